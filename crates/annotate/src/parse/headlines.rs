//! Verbs of headlines that were taken for plural nouns: "House backs bill", "Court orders release".
//!
//! English puts no plural before another noun, so that a line without a verb in which one stands there has its verb in it.

use super::mends::Change;
use document::{Relation, Syntax, Token, TokenId, Upos, Xpos};

/// The verb that a line lacks, with the changes that make it one.
pub(super) fn find(syntax: &Syntax) -> Vec<(TokenId, Vec<Change>)> {
    let sentences = syntax.iter_sentences();
    sentences.filter_map(|sentence| sentence.iter().take(5).find_map(verb_of_headline)).collect()
}

fn verb_of_headline(verb: Token<'_>) -> Option<(TokenId, Vec<Change>)> {
    // Its tag may be right and its place in the tree wrong.
    let misread = verb.xpos() == Xpos::Nns || verb.xpos() == Xpos::Vbz && verb.relation() == Relation::Compound;
    if !misread || !ACTS.contains(&verb.lemma()) {
        return None;
    }
    let sentence = verb.sentence();
    let finite = |word: Token<'_>| {
        word.id != verb.id && matches!(word.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md | Xpos::Vb)
    };
    let stop = sentence.iter().last().is_some_and(|last| last.upos() == Upos::Punct);
    // "As envoy resigns" is a clause beside it.
    let beside = |word: &Token<'_>| {
        matches!(word.form().to_lowercase().as_str(), "as" | "after" | "before" | "when" | "while" | "until")
    };
    let clause: Vec<Token<'_>> = sentence.iter().take_while(|word| !beside(word)).collect();
    // One name before it and nothing else but what tells its kind.
    let subject = verb.syntax.token(TokenId(verb.id.0.checked_sub(1)?));
    let noun = matches!(subject.xpos(), Xpos::Nn | Xpos::Nnp)
        && matches!(subject.relation(), Relation::Compound | Relation::Nsubj);
    let own = subject.head().is_some_and(|head| head.id >= verb.id);
    let opens = subject.subtree().start == sentence.tokens().start && sentence.tokens().holds(subject.id);
    if stop || !noun || !own || !opens || clause.into_iter().any(finite) {
        return None;
    }
    let object = match verb.relation() {
        Relation::Compound | Relation::Nsubj => verb.head(),
        Relation::Root => verb.child(Relation::Appos),
        _ => None,
    };
    let object = object.filter(|object| object.id > verb.id && matches!(object.upos(), Upos::Noun | Upos::Propn))?;
    let root = object.relation() == Relation::Root || verb.relation() == Relation::Root;
    let bare = !object.children().any(|child| child.relation() == Relation::Case);
    let changes = vec![
        (verb.id, verb.id, Relation::Root),
        (subject.id, verb.id, Relation::Nsubj),
        (object.id, verb.id, Relation::Obj),
    ];
    (root && bare).then_some((verb.id, changes))
}

/// Verbs of headlines whose third person is a plural noun as well.
const ACTS: [&str; 36] = [
    "attack", "back", "ban", "block", "bomb", "charge", "claim", "condemn", "delay", "demand", "free", "halt",
    "impeach", "issue", "launch", "name", "offer", "order", "plan", "pledge", "probe", "promise", "question", "raid",
    "release", "report", "request", "seek", "shell", "slam", "strike", "support", "target", "vote", "vow", "warn",
];

/// Makes verbs of them.
pub(super) fn retag(syntax: &mut Syntax, verbs: impl Iterator<Item = TokenId>) {
    for verb in verbs {
        syntax.tags.upos[verb.index()] = Upos::Verb;
        syntax.tags.xpos[verb.index()] = Xpos::Vbz;
    }
}
