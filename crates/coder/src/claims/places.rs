//! Where a claim lies: the places that its words govern, by the role of their preposition; else those of its sentence.

use super::Draft;
use crate::actors::Actors;
use crate::frames::preposition;
use document::{Document, Evidence, PlaceRef, Relation, TokenId};

/// Fills `places` of one draft.
pub(super) fn find(document: &Document, actors: &Actors<'_>, draft: &mut Draft) {
    let sentence = document.sentence_of(draft.claim.trigger).tokens();
    let anchors = &draft.matched.frame.anchors;
    let mut found: Vec<PlaceRef> = Vec::new();
    for (index, place) in document.places.iter().enumerate() {
        if !sentence.contains(place.span) || draft.claim.places.iter().any(|known| known.place == index) {
            continue;
        }
        // A country that acts is an actor, not a place.
        let acts = |participant: &document::Participant| {
            participant.head == actors.head_of(place.span).unwrap_or(place.span.start)
        };
        if draft.claim.actors.iter().chain(&draft.claim.recipients).any(acts) {
            continue;
        }
        if let Some(role) = governed(document, actors, anchors, place.span, &draft.claim.category) {
            found.push(PlaceRef { place: index, role, inferred: false });
        }
    }
    if found.is_empty() && draft.claim.places.is_empty() {
        // The town or land that is hit is where it happens.
        let hit = draft.claim.recipients.iter().filter(|_| {
            matches!(draft.claim.category.as_str(), "ASSAULT" | "COERCE" | "PROTEST" | "control" | "siege")
        });
        let spans: Vec<_> = hit.map(|recipient| recipient.span).chain(draft.claim.object).collect();
        for (index, place) in document.places.iter().enumerate() {
            if spans.iter().any(|span| span.contains(place.span)) {
                found.push(PlaceRef { place: index, role: "event", inferred: false });
            }
        }
    }
    if !found.is_empty() {
        let spans = found.iter().map(|found| document.text_span(document.places[found.place].span)).collect();
        draft.claim.evidence.push(Evidence { field: "where", spans, rule: "places/syntax".into() });
    }
    draft.claim.places.extend(found);
    draft.claim.places.sort_by_key(|place| place.place);
}

/// The role of a place that hangs on an anchor, directly or through other places and the object.
fn governed(
    document: &Document,
    actors: &Actors<'_>,
    anchors: &[TokenId],
    span: document::TokenSpan,
    category: &str,
) -> Option<&'static str> {
    let mut at = document.token(actors.head_of(span)?);
    let mut word = preposition(at);
    for _ in 0..5 {
        let head = at.head()?;
        if anchors.contains(&head.id) {
            return match at.relation() {
                Relation::Obl
                | Relation::Nmod
                | Relation::OblAgent
                | Relation::Obj
                | Relation::Advmod
                | Relation::OblUnmarked
                | Relation::NmodUnmarked
                | Relation::NmodPoss
                | Relation::Compound
                | Relation::Amod
                | Relation::Nsubj
                | Relation::NsubjPass => role(word.as_deref(), at.relation(), category),
                _ => None,
            };
        }
        // "in a camp near Jowhar", "in Jowhar, north of the capital", "positions in the town of X", "the port of Y"
        let continues = matches!(
            at.relation(),
            Relation::Nmod
                | Relation::Appos
                | Relation::Compound
                | Relation::Conj
                | Relation::Flat
                | Relation::NmodPoss
                | Relation::NmodDesc
                | Relation::NmodUnmarked
                | Relation::Amod
                | Relation::Obl
                | Relation::Dep
                | Relation::List
        ) && !head.relation().is_clause()
            && head.upos() != document::Upos::Verb;
        // "US forces", "the Kabul government": a nationality, not a place.
        let nationality = matches!(
            at.relation(),
            Relation::Compound | Relation::Amod | Relation::NmodPoss | Relation::NmodDesc | Relation::NmodUnmarked
        ) && actors.is_actor(head.id);
        // "companies from Belarus": where they are from, unless the act is a leaving.
        let home = at.relation() == Relation::Nmod
            && word.as_deref() == Some("from")
            && !matches!(category, "RETREAT" | "MOBILIZE" | "displacement")
            && actors.is_actor(head.id);
        if !continues || nationality || home {
            return None;
        }
        at = head;
        if matches!(word.as_deref(), None | Some("of")) || at.relation() == Relation::Obl {
            word = preposition(at).or(word);
        }
    }
    None
}

fn role(word: Option<&str>, relation: Relation, category: &str) -> Option<&'static str> {
    let at_event = if category == "CONSULT" { "venue" } else { "event" };
    Some(match word {
        Some("from" | "out of" | "off") => "origin",
        Some("to" | "into" | "toward" | "towards" | "onto" | "for") => "destination",
        Some("through" | "via" | "across" | "along") => {
            if word == Some("across") {
                at_event
            } else {
                "route"
            }
        }
        Some(
            "in" | "at" | "near" | "on" | "inside" | "outside" | "around" | "over" | "of" | "between" | "throughout"
            | "within" | "north of" | "south of" | "east of" | "west of" | "against" | "close to" | "north" | "south"
            | "east" | "west" | "above" | "off of" | "by" | "along with" | "beyond" | "under" | "behind"
            | "across from",
        ) => at_event,
        Some(_) => return None,
        None => match relation {
            Relation::Obj
            | Relation::NsubjPass
            | Relation::Compound
            | Relation::NmodPoss
            | Relation::Advmod
            | Relation::Amod => at_event,
            _ => return None,
        },
    })
}
