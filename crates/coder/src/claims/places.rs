//! Where a claim lies: the places that its words govern, by the role of their preposition; else those of its sentence.

use super::Draft;
use crate::actors::Actors;
use crate::frames::preposition;
use document::{Claim, Document, Evidence, NameKind, PlaceRef, Relation, Token, TokenId, TokenSpan};

/// Fills `places` of one draft.
pub(super) fn find(document: &Document, actors: &Actors<'_>, drafts: &mut [Draft], index: usize) {
    let sentence = document.sentence_of(drafts[index].claim.trigger).tokens();
    let own = |draft: &Draft| {
        let mut anchors = draft.matched.frame.anchors.clone();
        anchors.extend(&draft.joined);
        anchors
    };
    let anchors = own(&drafts[index]);
    // What another happening governs is its place: "suspended it in protest at the shelling of the town".
    let others: Vec<TokenId> =
        drafts.iter().flat_map(own).filter(|&anchor| sentence.start <= anchor && anchor < sentence.end).collect();
    let draft = &mut drafts[index];
    let mut found: Vec<PlaceRef> = Vec::new();
    for (index, place) in document.places.iter().enumerate() {
        if !sentence.contains(place.span) || draft.claim.places.iter().any(|known| known.place == index) {
            continue;
        }
        // A country that acts is an actor, not a place; whom an act seems to concern may well be its place.
        let acts = |participant: &document::Participant| {
            let inferred = participant.inferred && !draft.claim.actors.contains(participant);
            !inferred && participant.head == actors.head_of(place.span).unwrap_or(place.span.start)
        };
        if draft.claim.actors.iter().chain(&draft.claim.recipients).any(acts)
            && !ends_way(document, sentence, place.span)
        {
            continue;
        }
        // "the Islamic State", "the New York Herald": part of a name is no place.
        let within = document.names.iter().any(|name| {
            matches!(name.kind, NameKind::Person | NameKind::Organization)
                && name.span.contains(place.span)
                && name.span.len() > place.span.len()
        });
        if within {
            continue;
        }
        let path = Path { document, actors, anchors: &anchors, others: &others, claim: &draft.claim };
        if let Some(role) = path.role_of(place.span) {
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
            let head = document.token(actors.head_of(place.span).unwrap_or(place.span.start));
            let town = head.head().is_some_and(|noun| {
                matches!(
                    noun.lemma(),
                    "town" | "city" | "village" | "port" | "camp" | "base" | "airport" | "border" | "coast"
                )
            });
            if spans.iter().any(|span| span.contains(place.span)) && (town || !is_nationality(actors, head)) {
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

/// Whether a token stands in a place.
fn document_place(document: &Document, token: TokenId) -> bool {
    document.places.iter().any(|place| place.span.holds(token))
}

/// "from one town to another": a town that somebody is helped in is also where the way ends.
fn ends_way(document: &Document, sentence: TokenSpan, span: TokenSpan) -> bool {
    let after = |span: TokenSpan, words: &[&str]| {
        span.start > sentence.start && words.contains(&document.token(TokenId(span.start.0 - 1)).form())
    };
    after(span, &["to", "into"])
        && document.places.iter().any(|place| {
            sentence.start <= place.span.start && place.span.start < span.start && after(place.span, &["from"])
        })
}

/// The way from a place up to the words of a claim.
struct Path<'a> {
    document: &'a Document,
    actors: &'a Actors<'a>,
    anchors: &'a [TokenId],
    /// The words of all claims of the sentence.
    others: &'a [TokenId],
    claim: &'a Claim,
}

impl Path<'_> {
    /// The role of a place that hangs on an anchor, directly or through other places and the object.
    fn role_of(&self, span: document::TokenSpan) -> Option<&'static str> {
        let mut at = self.document.token(self.actors.head_of(span)?);
        let mut word = preposition(at);
        for _ in 0..5 {
            let head = at.head()?;
            if self.anchors.contains(&head.id) {
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
                    | Relation::NsubjPass => role(word.as_deref(), at.relation(), self.claim),
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
            // "companies from Belarus": where they are from, unless the act is a leaving.
            let home = at.relation() == Relation::Nmod
                && word.as_deref() == Some("from")
                && !matches!(self.claim.category.as_str(), "RETREAT" | "MOBILIZE" | "displacement")
                && self.actors.is_actor(head.id);
            if !continues
                || home
                || super::when::is_aside(head)
                || is_nationality(self.actors, at)
                || self.others.contains(&head.id)
                || self.belongs_to_speaker(head.id, word.as_deref())
            {
                return None;
            }
            // "from one town to another via a third": each has its own preposition, whatever it hangs on.
            let chained = word.as_deref().is_some_and(is_direction)
                && document_place(self.document, head.id)
                && at.relation() == Relation::Nmod;
            at = head;
            // The innermost preposition of place holds ("with heavy weapons on posts in the valley"), unless the whole
            // is left or gone to.
            let outer = preposition(at);
            let moved =
                at.relation() == Relation::Obl && outer.as_deref().is_some_and(is_direction) && moves(self.claim);
            if at.lemma() == "way" && outer.as_deref() == Some("by") {
                word = Some("via".to_owned());
            } else if moved && !chained && word.as_deref() != Some("via")
                || matches!(word.as_deref(), None | Some("of"))
            {
                word = outer.or(word);
            }
        }
        None
    }

    /// "the ministers of Armenia", "the government in Mogadishu denied it": of an actor's own phrase only "in" tells where
    /// something was done, and of one that speaks not even that.
    fn belongs_to_speaker(&self, head: TokenId, word: Option<&str>) -> bool {
        let speaks = matches!(self.claim.category.as_str(), "REJECT" | "ACCUSE" | "REQUEST" | "THREATEN");
        self.claim.actors.iter().any(|actor| actor.head == head)
            && (speaks || matches!(word, None | Some("of" | "for" | "from")))
    }
}

/// "US forces", "the Kabul government", "the Syrian embassy": a nationality, not a place.
fn is_nationality(actors: &Actors<'_>, at: Token<'_>) -> bool {
    matches!(
        at.relation(),
        Relation::Compound | Relation::Amod | Relation::NmodPoss | Relation::NmodDesc | Relation::NmodUnmarked
    ) && at.head().is_some_and(|head| actors.is_actor(head.id))
}

fn is_direction(word: &str) -> bool {
    matches!(
        word,
        "from" | "out of" | "off" | "to" | "into" | "toward" | "towards" | "onto" | "for" | "through" | "via"
    )
}

/// Whether an act goes from one place to another.
fn moves(claim: &Claim) -> bool {
    matches!(claim.category.as_str(), "RETREAT" | "MOBILIZE" | "AID" | "displacement")
        || claim.modes.iter().any(|mode| matches!(mode.as_str(), "visit" | "deport" | "expel" | "withdraw" | "abduct"))
        || claim.places.iter().any(|place| matches!(place.role, "origin" | "destination"))
}

fn role(word: Option<&str>, relation: Relation, claim: &Claim) -> Option<&'static str> {
    let at_event = if claim.category == "CONSULT" { "venue" } else { "event" };
    let moves = moves(claim);
    Some(match word {
        Some("from" | "out of" | "off") if moves => "origin",
        Some("to" | "into" | "toward" | "towards" | "onto" | "for") if moves => "destination",
        // "fired rockets into the town": where they fell.
        Some("into" | "onto" | "toward" | "towards") => at_event,
        Some("through" | "via" | "along") => "route",
        Some(
            "across" | "in" | "at" | "near" | "on" | "inside" | "outside" | "around" | "over" | "of" | "between"
            | "throughout" | "within" | "north of" | "south of" | "east of" | "west of" | "against" | "close to"
            | "north" | "south" | "east" | "west" | "above" | "off of" | "along with" | "beyond" | "under" | "behind"
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
