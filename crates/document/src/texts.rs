//! Texts that are put out: "the bishops signed a letter urging …" has the bishops urge.

use crate::{Relation, Token};

/// Nouns for what is written or said in somebody's name.
const TEXTS: &[&str] = &[
    "appeal",
    "communique",
    "communiqué",
    "declaration",
    "letter",
    "message",
    "note",
    "petition",
    "resolution",
    "statement",
    "tweet",
];

/// Verbs of those who put it out.
const MAKERS: &[&str] =
    &["adopt", "deliver", "hand", "issue", "make", "pass", "post", "publish", "release", "send", "sign", "write"];

/// The verb with which somebody puts out the text that a noun names; what the text says is then said by the verb's subject.
#[must_use]
pub fn puts_out(text: Token<'_>) -> Option<Token<'_>> {
    let verb = text.head().filter(|_| text.relation() == Relation::Obj && TEXTS.contains(&text.lemma()))?;
    MAKERS.contains(&verb.lemma()).then_some(verb)
}
