//! Who did what somebody is accused of, tried or punished for, and what a charge goes on with.

use super::preposition;
use super::repairs::takes_of;
use super::subjects::{agent, antecedent, goes_on_speaking, is_passive, surface_subject};
use document::{Relation, Token, TokenId, Upos, Xpos};

/// "Blamed Chad for the attacks", "was jailed for the murder", "suspected of an attack", "pleaded guilty to a murder",
/// "arrested on suspicion of murder": whoever is accused did it.
pub(super) fn accused_of(deed: Token<'_>) -> Option<TokenId> {
    let mut deed = deed;
    // "On charges of murder", "with two counts of murder": what the charge hangs on.
    for _ in 0..2 {
        match deed.head() {
            Some(charge) if is_charge(charge) && preposition(deed).as_deref() == Some("of") => deed = charge,
            _ => break,
        }
    }
    if deed.relation() == Relation::Obj {
        // "Admitted two murders", "confessed his guilt in …"
        // "Admitted the killing of a journalist by militants": theirs.
        let other = deed.children().any(|child| preposition(child).as_deref() == Some("by"));
        let verb = deed.head().filter(|verb| admits(*verb) && !is_passive(*verb, 0) && !other)?;
        return surface_subject(verb, 0).map(|(accused, _)| accused);
    }
    let above = deed.head().filter(|_| matches!(deed.relation(), Relation::Obl | Relation::Nmod))?;
    let word = preposition(deed)?;
    // The parser hangs the deed on the verb, on whom it accuses, or on a phrase of theirs.
    let mut verb = above;
    for _ in 0..3 {
        if verb.upos() == Upos::Verb {
            break;
        }
        verb = verb.head()?;
    }
    if verb.upos() != Upos::Verb {
        return None;
    }
    let is_on_verb = above.id == verb.id;
    let is_guilt = matches!(above.lemma(), "guilty" | "guilt");
    let charges = match word.as_str() {
        // Hung on whom it accuses, an "of" makes one phrase with it.
        "of" => is_on_verb && takes_of(verb) && !matches!(verb.lemma(), "acquit" | "clear") || is_guilt,
        "for" => is_blamed_for(verb),
        "with" => matches!(verb.lemma(), "charge" | "arrest" | "prosecute"),
        "over" => {
            // "Held a vigil over the murder": who is held or tried is told of in the passive.
            let passive = matches!(verb.lemma(), "detain" | "hold" | "try") && is_passive(verb, 0);
            passive
                || matches!(
                    verb.lemma(),
                    "charge" | "arrest" | "prosecute" | "jail" | "imprison" | "sentence" | "convict" | "indict"
                )
        }
        "on" => is_charge(deed) && matches!(verb.lemma(), "arrest" | "convict" | "detain" | "hold" | "indict" | "try"),
        "to" => {
            is_guilt || is_on_verb && (admits(verb) || verb.lemma() == "plead" && stands_between(verb, deed, "guilty"))
        }
        "in" => is_guilt && admits(verb),
        _ => false,
    };
    if !charges || stands_between(verb, deed, "not") {
        return None;
    }
    if is_passive(verb, 0) || matches!(word.as_str(), "to" | "in") {
        return surface_subject(verb, 0).map(|(accused, _)| accused);
    }
    let object = verb.child(Relation::Obj)?;
    // "Charged the driver in the crash with murder"
    let within =
        is_on_verb || object.subtree().holds(deed.id) && (word != "of" && word != "for" || above.id == object.id);
    within.then(|| antecedent(verb, object).0)
}

/// Whether a word stands between two others.
fn stands_between(from: Token<'_>, to: Token<'_>, word: &str) -> bool {
    (from.id.0..to.id.0).any(|at| from.syntax.token(TokenId(at)).form() == word)
}

/// "Was arrested by police on suspicion of murder": who suspects, and whom.
pub(super) fn suspects(charge: Token<'_>) -> Option<(Option<TokenId>, TokenId)> {
    let accused = accused_of(charge).filter(|_| is_charge(charge))?;
    let verb = charge.head().filter(|verb| verb.upos() == Upos::Verb)?;
    let accuser = if is_passive(verb, 0) {
        agent(verb).map(|by| by.token)
    } else {
        surface_subject(verb, 0).map(|(subject, _)| subject)
    };
    Some((accuser.filter(|accuser| *accuser != accused), accused))
}

/// Words for what somebody is charged with.
fn is_charge(noun: Token<'_>) -> bool {
    noun.upos() == Upos::Noun && matches!(noun.lemma(), "suspicion" | "charge" | "count")
}

/// Verbs by which somebody says that he did it.
fn admits(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "admit" | "confess")
}

/// Whether a deed is called after whom it befalls: "her murder".
pub(super) fn has_victim(deed: Token<'_>) -> bool {
    matches!(
        deed.lemma(),
        "murder" | "assassination" | "killing" | "manslaughter" | "abduction" | "kidnapping" | "rape"
    )
}

/// Verbs that lay at somebody's door what their "for" names.
fn is_blamed_for(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "arrest"
            | "blame"
            | "condemn"
            | "criticize"
            | "criticise"
            | "denounce"
            | "imprison"
            | "jail"
            | "praise"
            | "punish"
            | "sentence"
            | "thank"
    )
}

/// Whether a verb lays the deed of a participle at the door of its object: with "of", or with "for" or "in".
pub(super) fn is_charged_with(verb: Token<'_>, deed: Token<'_>) -> bool {
    let link = deed.children().find(|child| matches!(child.relation(), Relation::Mark | Relation::Case));
    match link.map(|link| link.lemma()) {
        Some("of") => takes_of(verb),
        Some("for") => is_blamed_for(verb),
        _ => false,
    }
}

/// "Accused the miller of bribing judges, threatening to …": a participle behind a charge that is one itself goes on with
/// the charge, unless it speaks.
pub(super) fn goes_on_with_charge(verb: Token<'_>, participle: Token<'_>) -> bool {
    let goes_on = participle.xpos() == Xpos::Vbg
        && participle.child(Relation::Mark).is_none()
        && participle.id > verb.id
        && !goes_on_speaking(participle);
    let between = verb.id.0 + 1..participle.id.0;
    let deed = |at: u32| {
        let (of, deed) = (verb.syntax.token(TokenId(at - 1)), verb.syntax.token(TokenId(at)));
        of.lemma() == "of" && deed.xpos() == Xpos::Vbg
    };
    goes_on && matches!(verb.lemma(), "accuse" | "suspect") && !is_passive(verb, 0) && between.skip(1).any(deed)
}
