//! What tells of nothing in particular, and is no claim: acts between parties that name no party, habits of anybody and
//! general truths.

use super::{Draft, nesting};
use crate::codebook::{Codebook, TriggerPart};
use crate::frames::has_mark_to;
use document::{ClaimKind, Document, Participant, Relation, Status, Token, TokenId, Upos, Xpos};

/// Drops what is told of nobody.
pub(super) fn drop_others(document: &Document, codebook: &Codebook, drafts: &mut Vec<Draft>) {
    let nothing = |draft: &Draft| {
        !draft.claim.nested
            && (is_between_nobody(codebook, draft)
                || is_no_fact(codebook, draft)
                || is_left_open(document, draft)
                || is_general(document, draft))
    };
    while let Some(gone) = drafts.iter().position(nothing) {
        nesting::remove(drafts, gone);
    }
    nesting::mark_nested(drafts);
}

/// "A deal would be reached": an act that takes two names neither, nor a thing, a day or a place.
fn is_between_nobody(codebook: &Codebook, draft: &Draft) -> bool {
    let claim = &draft.claim;
    let told = claim.object.is_some() || claim.when.is_some() || !claim.places.is_empty();
    if told {
        return false;
    }
    codebook.between_parties.contains(&claim.category)
        && claim.content.is_empty()
        && claim.actors.is_empty()
        && claim.recipients.is_empty()
}

/// "Exempt from investigation": a noun of procedure that tells of no fact.
fn is_no_fact(codebook: &Codebook, draft: &Draft) -> bool {
    codebook.rules[draft.matched.rule].needs_fact
        && draft.matched.frame.part == TriggerPart::Noun
        && draft.claim.according_to.is_empty()
        && matches!(draft.claim.status, Status::Hypothetical | Status::Feared)
}

/// "Did not say whether he supports changes": what is asked is not told.
fn is_left_open(document: &Document, draft: &Draft) -> bool {
    let mut word = document.token(draft.matched.frame.light.unwrap_or(draft.claim.trigger));
    loop {
        if word.children().any(|child| child.relation() == Relation::Mark && child.lemma() == "whether") {
            // "Considers whether to close the border" may come to it.
            return !has_mark_to(word);
        }
        match word.head() {
            Some(head) if matches!(word.relation(), Relation::Conj | Relation::Xcomp) => word = head,
            _ => return false,
        }
    }
}

/// "Countries collaborate", "officials can be removed": in the present tense, or under "can" or "may", of no one in
/// particular, and without day, place or number.
fn is_general(document: &Document, draft: &Draft) -> bool {
    let claim = &draft.claim;
    let open = matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Hypothetical | Status::Negated);
    let stated = claim.when.is_some() || !claim.places.is_empty() || !claim.quantities.is_empty();
    if claim.kind != ClaimKind::Event || !open || stated || is_headline(document, claim.trigger) {
        return false;
    }
    let told_of: Vec<&Participant> = claim.actors.iter().chain(&claim.recipients).collect();
    let anybody = !told_of.is_empty() && told_of.iter().all(|one| is_anybody(document, one));
    let predicate = document.token(draft.matched.frame.light.unwrap_or(claim.trigger));
    // "The measures freeze the accounts of judges": of something in particular.
    let subject = predicate.children().find(|child| child.relation().is_subject());
    anybody && is_timeless(predicate) && subject.is_none_or(is_kind)
}

/// Headlines tell in the present what has happened; captions and lists are as short.
fn is_headline(document: &Document, token: TokenId) -> bool {
    let sentence = document.sentence_of(token);
    let in_title = document.report.title.is_some_and(|title| document.text_span(sentence.tokens()).start < title.end);
    in_title || sentence.iter().last().is_none_or(|last| last.upos() != Upos::Punct)
}

/// Whether a verb has the plain present, or "can" or "may", and nothing else that tells a time.
fn is_timeless(verb: Token<'_>) -> bool {
    // "Opponents argue that …" tells of a dispute; "no longer", "still" and "now" tell of a time.
    let particular = verb.children().any(|child| {
        child.relation() == Relation::Ccomp
            || child.relation() == Relation::Advmod
                && matches!(child.lemma(), "long" | "longer" | "now" | "still" | "again" | "already" | "currently")
    });
    if particular || matches!(verb.lemma(), "remain" | "continue") {
        return false;
    }
    let helpers = || verb.children().filter(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass));
    let able = helpers().any(|helper| matches!(helper.lemma(), "can" | "may"));
    let present = |xpos: Xpos| matches!(xpos, Xpos::Vbz | Xpos::Vbp);
    if able {
        return !helpers().any(|helper| helper.lemma() == "have");
    }
    match verb.xpos() {
        Xpos::Vbz | Xpos::Vbp => helpers().next().is_none(),
        Xpos::Vbn => {
            helpers().next().is_some() && helpers().all(|helper| helper.lemma() == "be" && present(helper.xpos()))
        }
        _ => false,
    }
}

/// Whether a participant is one of a kind: "countries", "anyone", "an official", "you".
fn is_anybody(document: &Document, participant: &Participant) -> bool {
    let actor = &participant.actor;
    if actor.id.is_some() || actor.country.is_some() || actor.name.is_some() || actor.antecedent.is_some() {
        return false;
    }
    is_kind(document.token(participant.head))
}

/// Whether the head of a phrase is a bare plural, has "a" or "any", or is "you" or "anyone".
fn is_kind(head: Token<'_>) -> bool {
    match head.upos() {
        Upos::Pron => {
            matches!(
                head.lemma(),
                "you" | "one" | "anyone" | "anybody" | "everyone" | "everybody" | "whoever" | "those"
            )
        }
        // "Parliament" is one in particular, "parliaments" and "a parliament" are not.
        Upos::Noun if head.xpos() == Xpos::Nns || head.child(Relation::Det).is_some() => {
            head.children().all(|child| match child.relation() {
                Relation::Det => matches!(child.lemma(), "a" | "an" | "any" | "every" | "each" | "all" | "most" | "no"),
                Relation::NmodPoss | Relation::Nummod | Relation::AclRelcl | Relation::Nmod => false,
                _ => true,
            })
        }
        _ => false,
    }
}
