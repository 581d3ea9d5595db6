//! Subjects that something set between commas parts from their verb: an apposition, a clause of saying, or a name that the
//! parser hung on the clause before.

use super::preposition;
use document::{Relation, Token, TokenId, Upos, Xpos};

/// "The bishop, the only cleric on the board, endorsed": the noun before an apposition that the parser took for a subject of
/// its own.
pub(super) fn before_apposition<'a>(verb: Token<'a>, subject: Token<'a>) -> Option<Token<'a>> {
    let described = subject.upos() == Upos::Noun && subject.child(Relation::Det).is_some();
    let comma = last_comma(subject, verb).filter(|_| described && subject.id < verb.id)?;
    let opens = subject.subtree().start;
    let first = verb.children().rfind(|child| child.relation().is_subject() && child.id < opens)?;
    let apart = word_before(verb, opens).is_some_and(|word| word.form() == ",");
    let closed = (comma.0 + 1..verb.id.0).all(|at| {
        let word = verb.syntax.token(TokenId(at));
        matches!(word.upos(), Upos::Aux | Upos::Adv | Upos::Part)
    });
    let time =
        matches!(first.lemma(), "morning" | "afternoon" | "evening" | "night" | "day" | "week" | "month" | "year");
    let touches = first.subtree().end == opens || first.subtree().end.0 + 1 == opens.0;
    (apart && closed && touches && !time && preposition(first).is_none()).then_some(first)
}

/// "Soldiers, officials said, attacked the village": the subject before a clause of saying that is set within another.
pub(super) fn before_saying<'a>(saying: Token<'a>, verb: Token<'a>) -> Option<Token<'a>> {
    let mut subjects = saying.children().filter(|child| child.relation() == Relation::Nsubj && child.id < saying.id);
    let (first, second) = (subjects.next()?, subjects.next()?);
    let comma = |from: Token<'a>, to: Token<'a>| last_comma(from, to).is_some();
    let said = verb.relation() == Relation::Ccomp && verb.id > saying.id;
    (said && comma(first, second) && !comma(second, saying) && comma(saying, verb)).then_some(first)
}

/// "He was arrested after the mayor, a former priest, was stabbed": the subject of the clause behind "after", taken for a
/// phrase of the verb before it.
pub(super) fn behind_conjunction<'a>(verb: Token<'a>) -> Option<Token<'a>> {
    let joined = verb.children().any(|child| child.relation() == Relation::Cc);
    let hung = matches!(verb.relation(), Relation::Conj | Relation::Parataxis);
    let above = verb.head().filter(|above| !joined && hung && above.id < verb.id)?;
    let opens = |child: &Token<'a>| {
        child.relation() == Relation::Obl
            && child.id < verb.id
            && matches!(preposition(*child).as_deref(), Some("after" | "before" | "since" | "until" | "as" | "because"))
    };
    let subject = above.children().rfind(opens)?;
    let noun = matches!(subject.upos(), Upos::Noun | Upos::Propn);
    let touches = verb.children().map(|child| child.id).min().unwrap_or(verb.id).min(verb.id) == subject.subtree().end;
    let apart = last_comma(subject, verb).is_some();
    (noun && (touches || apart && between_is_bare(subject, verb))).then_some(subject)
}

/// "Announced the talks, which were due in May, have been cancelled": the subject of what is said without "that", taken for
/// an object of the verb of saying.
pub(super) fn before_statement<'a>(saying: Token<'a>, verb: Token<'a>) -> Option<Token<'a>> {
    let says = matches!(
        saying.lemma(),
        "say"
            | "announce"
            | "claim"
            | "report"
            | "allege"
            | "confirm"
            | "declare"
            | "reveal"
            | "state"
            | "note"
            | "add"
    );
    let linked = verb.children().any(|child| matches!(child.relation(), Relation::Mark | Relation::Cc));
    let object = saying.child(Relation::Obj).filter(|_| says && !linked && verb.relation() == Relation::Ccomp)?;
    let own = verb.children().any(|child| child.relation().is_subject());
    (saying.id < object.id && object.id < verb.id && !own).then_some(object)
}

/// "A group of soldiers led by Colonel Omar seized": a name behind a participle with "by" is not the subject of the verb after
/// it; the verb that the parser took the participle for has that.
pub(super) fn before_by<'a>(verb: Token<'a>, subject: Token<'a>) -> Option<Token<'a>> {
    let opens = subject.subtree().start;
    let by = verb.syntax.token(opens);
    let participle = word_before(verb, opens).filter(|_| by.form() == "by" && subject.id < verb.id)?;
    let is_head = verb.head().is_some_and(|head| head.id == participle.id);
    let form = matches!(participle.xpos(), Xpos::Vbd | Xpos::Vbn);
    (is_head && form).then_some(participle)
}

/// "Rescuers, according to the ministry recovered": whether a phrase names only whose word it is.
pub(super) fn is_source(subject: Token<'_>) -> bool {
    let opens = subject.subtree().start;
    let to = word_before(subject, opens).filter(|to| to.form() == "to");
    to.and_then(|to| word_before(to, to.id)).is_some_and(|word| word.form() == "according")
}

/// "By a prisoner, suspected to be a spy": who stands with "by" before a participle and its comma is not who does what it
/// says, but to whom it is done.
pub(super) fn named_before(participle: Token<'_>) -> Option<TokenId> {
    let modifies = participle.xpos() == Xpos::Vbn && matches!(participle.relation(), Relation::Advcl | Relation::Acl);
    let is_named = |child: &Token<'_>| {
        matches!(child.relation(), Relation::Obl | Relation::OblAgent)
            && child.id < participle.id
            && preposition(*child).as_deref() == Some("by")
    };
    let named = participle.children().filter(|_| modifies).find(is_named)?;
    last_comma(named, participle).map(|_| named.id)
}

/// "Kenya, a member of the bloc, and Chad signed": the first of two subjects, where the parser took the second alone with its
/// verb for what goes on from the first.
pub(super) fn joined_before<'a>(subject: Token<'a>) -> Option<Token<'a>> {
    let verb = subject.head().filter(|verb| verb.relation() == Relation::Conj && subject.relation().is_subject())?;
    let first = verb.head().filter(|first| matches!(first.upos(), Upos::Propn | Upos::Noun))?;
    let and = verb.children().find(|child| child.relation() == Relation::Cc && child.id < subject.id)?;
    let alone = first.relation() == Relation::Root && first.child(Relation::Appos).is_some();
    (alone && and.id.0 + 1 == subject.subtree().start.0).then_some(first)
}

/// Whether no other verb and no conjunction stands between a phrase and a verb.
fn between_is_bare(phrase: Token<'_>, verb: Token<'_>) -> bool {
    (phrase.subtree().end.0..verb.id.0).all(|at| {
        let word = verb.syntax.token(TokenId(at));
        !matches!(word.upos(), Upos::Verb | Upos::Cconj | Upos::Noun | Upos::Propn)
    })
}

/// "For Chad to leave": who stands with "for" directly before the "to" of an infinitive does what it says.
pub(super) fn before_to<'a>(infinitive: Token<'a>) -> Option<Token<'a>> {
    let to = infinitive.child(Relation::Mark).filter(|mark| mark.form().eq_ignore_ascii_case("to"))?;
    infinitive.head()?.children().find(|child| {
        matches!(child.relation(), Relation::Nmod | Relation::Obl)
            && child.subtree().end == to.id
            && preposition(*child).as_deref() == Some("for")
            && matches!(child.upos(), Upos::Propn | Upos::Pron)
    })
}

/// "Was stabbed in Nairobi, at 3 a.m. on Friday, by a client": who is named with "by" far behind a participle, below one of
/// the times and places between them or beside a clause of saying.
pub(super) fn distant_agent(participle: Token<'_>) -> Option<TokenId> {
    let sentence = participle.sentence();
    let by = sentence.iter().filter(|word| word.id > participle.id && word.form() == "by");
    let mut phrases = by.filter(|by| by.relation() == Relation::Case).filter_map(|by| Some((by, by.head()?)));
    phrases.find_map(|(by, phrase)| {
        let apart = word_before(participle, by.id).is_some_and(|word| {
            word.form() == ","
                || word.upos() == Upos::Num
                || DAYS.contains(&word.lemma())
                || DAYS.contains(&word.form())
        });
        let mut above = phrase;
        for _ in 0..5 {
            if above.id == participle.id {
                return (apart && phrase.upos() != Upos::Num).then_some(phrase.id);
            }
            // "By a prisoner, suspected to be a spy", hung on the participle behind it
            let before = named_before(above) == Some(phrase.id);
            let passes = before
                || matches!(
                    above.relation(),
                    Relation::Obl
                        | Relation::Nmod
                        | Relation::Appos
                        | Relation::NmodUnmarked
                        | Relation::OblUnmarked
                        | Relation::Parataxis
                        | Relation::Nummod
                );
            above = above.head().filter(|_| passes)?;
        }
        None
    })
}

/// Words that end a phrase of time.
const DAYS: [&str; 16] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
    "morning",
    "afternoon",
    "evening",
    "night",
    "yesterday",
    "today",
    "a.m.",
    "p.m.",
    "time",
];

/// The last comma between two words.
fn last_comma(from: Token<'_>, to: Token<'_>) -> Option<TokenId> {
    (from.id.0 + 1..to.id.0).rev().map(TokenId).find(|&at| from.syntax.token(at).form() == ",")
}

/// The word before a position in the sentence of a word.
fn word_before(of: Token<'_>, at: TokenId) -> Option<Token<'_>> {
    let id = TokenId(at.0.checked_sub(1)?);
    of.sentence().tokens().holds(id).then(|| of.syntax.token(id))
}
