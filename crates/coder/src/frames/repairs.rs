//! What the parser hung one word too low, too high or elsewhere, and that the frame of a predicate puts right.

use super::subjects::{asks, has_mark_to};
use super::{Filler, Slot, preposition};
use document::{Relation, Token, TokenId, Upos};

/// "sent an envoy to Sudan", "urged both sides to talk": what the parser hung on the object, or on another phrase of the
/// verb, may be the verb's as well. It comes last, so that what hangs on the verb itself is preferred.
pub(super) fn below_object(verb: Token<'_>, passive: bool, fillers: &mut Vec<Filler>) {
    let own: Vec<Filler> = fillers.iter().filter(|filler| !filler.shared).cloned().collect();
    let has_subject = own.iter().any(|filler| filler.slot == Slot::Subject);
    for filler in own {
        let object = filler.slot == Slot::Object;
        if !object && !matches!(filler.slot, Slot::Preposition(_)) {
            continue;
        }
        let phrase = verb.syntax.token(filler.token);
        // "control of the port to Ethiopia", "two million in aid to Fiji": also what hangs on these.
        let inner = phrase.children().filter(|child| {
            child.relation() == Relation::Nmod && matches!(preposition(*child).as_deref(), Some("of" | "in"))
        });
        // "sent food and tents to Libya": or on the last of several objects.
        let beside = phrase.children().filter(|child| child.relation() == Relation::Conj && child.upos() != Upos::Verb);
        let hanging = phrase
            .children()
            .chain(inner.flat_map(|inner| inner.children()))
            .chain(beside.flat_map(|conjunct| conjunct.children()));
        for child in hanging.filter(|child| child.id > verb.id) {
            let mut add = |slot| fillers.push(Filler { slot, token: child.id, shared: false });
            match child.relation() {
                Relation::Nmod => match preposition(child) {
                    Some(word) if word == "by" && passive && !has_subject => add(Slot::Subject),
                    Some(word) if is_loose(&word) || (word == "of" && takes_of(verb)) => add(Slot::Preposition(word)),
                    _ => {}
                },
                // "accused the militia of shelling a village", "criticized the minister for arresting journalists"
                Relation::Acl | Relation::Advcl
                    if child.child(Relation::Mark).is_some_and(|mark| mark.upos() != Upos::Part) =>
                {
                    if let Some(mark) = child.child(Relation::Mark) {
                        add(Slot::Preposition(mark.form().to_lowercase()));
                    }
                }
                Relation::Acl if asks(verb) && has_mark_to(child) => add(Slot::Clause),
                _ => {}
            }
        }
    }
}

/// Verbs of a person and, with "of", a deed or thing: "convicted the colonel of murder".
pub(super) fn takes_of(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "accuse"
            | "acquit"
            | "clear"
            | "convict"
            | "deprive"
            | "inform"
            | "notify"
            | "rob"
            | "strip"
            | "suspect"
            | "warn"
    )
}

/// Prepositions whose phrase the parser hangs now on the verb and now on the noun before it.
fn is_loose(preposition: &str) -> bool {
    matches!(preposition, "to" | "from" | "for" | "with" | "against" | "on" | "into" | "between" | "over" | "in")
}

/// "killed at least 14", "injuring more than 30": a bare number directly behind the verb, wherever the parser hung it.
pub(super) fn number_behind(verb: Token<'_>) -> Option<TokenId> {
    let behind = verb.syntax.sentence_of(verb.id).iter().filter(|token| token.id > verb.id).take(4);
    for token in behind {
        if token.upos() == Upos::Num {
            // "left three dead": what is counted is not said.
            let counts =
                token.relation() == Relation::Nummod && token.head().is_some_and(|head| head.upos() != Upos::Adj);
            return (!counts).then_some(token.id);
        }
        let bound = matches!(
            token.lemma(),
            "at" | "least" | "more" | "than" | "about" | "around" | "nearly" | "almost" | "up" | "to" | "over" | "some"
        );
        if !bound && !matches!(token.form(), "least" | "more" | "most") {
            return None;
        }
    }
    None
}

/// "will work to provide": the infinitive directly behind a verb, where the parser hung it elsewhere.
pub(super) fn infinitive_behind(verb: Token<'_>) -> Option<TokenId> {
    let sentence = verb.sentence().tokens();
    let next = Some(TokenId(verb.id.0 + 1)).filter(|next| sentence.holds(*next))?;
    let to = verb.syntax.token(next);
    let infinitive =
        to.head().filter(|infinitive| to.relation() == Relation::Mark && infinitive.upos() == Upos::Verb)?;
    let elsewhere = infinitive.head().is_none_or(|head| head.id != verb.id) && infinitive.id != verb.id;
    (to.form().eq_ignore_ascii_case("to") && elsewhere).then_some(infinitive.id)
}

/// "the repatriation of refugees by Chad", "announced the withdrawal of its troops from Tigray": what the parser hung on
/// the "of" phrase or on the verb above, though it stands directly behind the noun's phrase.
pub(super) fn loose_phrases(noun: Token<'_>, top: Token<'_>, fillers: &mut Vec<Filler>) {
    let mut add = |child: Token<'_>| {
        if let Some(word) = preposition(child)
            && (is_loose(&word) || matches!(word.as_str(), "by" | "of"))
        {
            fillers.push(Filler { slot: Slot::Preposition(word), token: child.id, shared: false });
        }
    };
    for of in noun
        .children()
        .filter(|child| child.relation() == Relation::Nmod && preposition(*child).as_deref() == Some("of"))
    {
        of.children().filter(|child| child.relation() == Relation::Nmod && child.id > of.id).for_each(&mut add);
    }
    let mut high = top;
    for _ in 0..4 {
        match high.head() {
            Some(above) if high.relation() == Relation::Nmod => high = above,
            _ => break,
        }
    }
    if let Some(verb) = high.head().filter(|head| head.upos() == Upos::Verb)
        && top.id > verb.id
    {
        let end = top.subtree().end;
        verb.children()
            .filter(|child| child.relation() == Relation::Obl && child.subtree().start == end)
            .for_each(&mut add);
    }
}
