//! One matter told over a report: the headline, the lead, and again below. What one telling says of its day, and the
//! headline of its place, holds for the others.
//!
//! A telling borrows from the last of its category before it (the headline from the first behind) where nothing speaks
//! against their being one matter: nobody else acts, and no other time stands in the sentence. What is borrowed is marked
//! as derived from the narrative.

use super::Draft;
use document::{Claim, ClaimKind, Document, Evidence, Participant, PlaceRef, Status, TimeBasis, TokenSpan, When};

/// How many sentences back an act may have been told if it shares nobody, and if it shares somebody.
const NEAR: u32 = 4;
const REACH: u32 = 12;
/// Longer than so many days is no date of an act.
const LONGEST: i64 = 31;

/// Lends days and places between the tellings of one act.
pub(super) fn lend(document: &Document, drafts: &mut [Draft]) {
    // Only what a telling says itself is lent, so that no date wanders from act to act.
    let dated: Vec<usize> = (0..drafts.len()).filter(|&index| is_dated(document, &drafts[index].claim)).collect();
    let placed: Vec<usize> = (0..drafts.len())
        .filter(|&index| in_title(document, &drafts[index].claim) && !drafts[index].claim.places.is_empty())
        .collect();
    let mut lent: Vec<(usize, usize, bool)> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        if !may_borrow(&draft.claim) {
            continue;
        }
        let other = |&other: &usize| other != index && is_same_act(document, &drafts[other].claim, &draft.claim);
        if draft.claim.when.is_none()
            && !has_time(document, &draft.claim)
            && let Some(from) = nearest(document, drafts, &dated, index, other)
        {
            lent.push((index, from, true));
        }
        if draft.claim.places.is_empty()
            && let Some(from) = placed.iter().copied().find(other)
        {
            lent.push((index, from, false));
        }
    }
    for (to, from, day) in lent {
        if day { lend_day(document, drafts, to, from) } else { lend_places(document, drafts, to, from) }
    }
}

fn lend_day(document: &Document, drafts: &mut [Draft], to: usize, from: usize) {
    let Some(when) = drafts[from].claim.when.clone() else { return };
    let spans = when.time.iter().map(|&time| document.text_span(document.times[time].span)).collect();
    let claim = &mut drafts[to].claim;
    claim.when = Some(When { derived: "narrative", ..when });
    claim.evidence.push(Evidence { field: "when", spans, rule: "times/retelling".into() });
}

fn lend_places(document: &Document, drafts: &mut [Draft], to: usize, from: usize) {
    let places: Vec<PlaceRef> = drafts[from].claim.places.clone();
    let spans = places.iter().map(|place| document.text_span(document.places[place.place].span)).collect();
    let claim = &mut drafts[to].claim;
    claim.places = places.into_iter().map(|place| PlaceRef { inferred: true, ..place }).collect();
    claim.evidence.push(Evidence { field: "where", spans, rule: "places/retelling".into() });
}

/// The nearest telling before; for the headline the first one behind.
fn nearest(
    document: &Document,
    drafts: &[Draft],
    lenders: &[usize],
    index: usize,
    same: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let here = drafts[index].claim.trigger;
    let candidates: Vec<usize> = lenders.iter().copied().filter(|other| same(other)).collect();
    let before = candidates.iter().copied().filter(|&other| drafts[other].claim.trigger < here);
    let headline = in_title(document, &drafts[index].claim);
    before.max_by_key(|&other| drafts[other].claim.trigger).or_else(|| candidates.first().copied().filter(|_| headline))
}

/// Whether a claim says itself on which days its act took place.
fn is_dated(document: &Document, claim: &Claim) -> bool {
    let Some(when) = claim.when.as_ref().filter(|when| when.bound.is_none() && when.derived == "syntax") else {
        return false;
    };
    let short = when.from.zip(when.to).is_some_and(|(from, to)| to.duration_since(from).as_hours() / 24 <= LONGEST);
    // "At 2 p.m." has its day from another expression, which may be another matter's.
    let own = when.time.is_some_and(|time| document.times[time].basis != TimeBasis::Expression);
    short && own && may_borrow(claim)
}

/// Acts that took place in the matter of the report itself; promises, fears and history keep to themselves.
fn may_borrow(claim: &Claim) -> bool {
    claim.kind == ClaimKind::Event
        && matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Attempted)
        && !claim.background
        && !claim.nested
}

/// Whether a day, month or year stands in the sentence of a claim.
fn has_time(document: &Document, claim: &Claim) -> bool {
    let sentence = document.sentence_of(claim.trigger).tokens();
    sentence.iter().any(|token| document.time_at(token).is_some_and(|time| time.from.is_some()))
}

fn in_title(document: &Document, claim: &Claim) -> bool {
    let start = document.text_span(TokenSpan::single(claim.trigger)).start;
    document.report.title.is_some_and(|title| title.start <= start && start < title.end)
}

/// Whether two claims may tell of one matter.
fn is_same_act(document: &Document, one: &Claim, other: &Claim) -> bool {
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    // Who acts is compared last: a long report has many claims of one category.
    if one.category != other.category || sentence(one).abs_diff(sentence(other)) > REACH {
        return false;
    }
    let actors = alike(document, &one.actors, &other.actors);
    let shares = actors == Some(true) || alike(document, &one.recipients, &other.recipients) == Some(true);
    actors != Some(false) && (shares || sentence(one).abs_diff(sentence(other)) <= NEAR)
}

/// Whether two lists have somebody in common; `None` where one of them is empty.
fn alike(document: &Document, one: &[Participant], other: &[Participant]) -> Option<bool> {
    let same = |one: &Participant, other: &Participant| match (&one.actor.id, &other.actor.id) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let (head, rival) = (document.token(one.head), document.token(other.head));
            one.actor.country == other.actor.country && head.lemma().eq_ignore_ascii_case(rival.lemma())
        }
    };
    (!one.is_empty() && !other.is_empty()).then(|| one.iter().any(|one| other.iter().any(|other| same(one, other))))
}
