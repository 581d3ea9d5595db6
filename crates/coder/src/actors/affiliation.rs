//! Whose somebody is: the state, group or person that a role is held for ("Qatar's envoy", "the rebels' spokesman").

use super::{Actors, is_definite};
use crate::codebook::{NameUse, RoleKind};
use crate::frames::preposition;
use document::{ActorRef, Relation, Token, Upos};

impl<'a> Actors<'a> {
    /// Whose the bearer of a role is: by nationality, possessor, or what follows with "of", "for", "from".
    pub(super) fn affiliation(&self, token: Token<'a>, depth: usize) -> Option<ActorRef> {
        let mut best: Option<ActorRef> = None;
        let is_place =
            |child: Token<'a>| preposition(child).as_deref() == Some("in") && self.is_mere_place(token, child);
        let national = self.has_nationality(token);
        for child in token.children() {
            if national && child.relation() == Relation::NmodPoss {
                continue;
            }
            let binds = match child.relation() {
                Relation::Amod
                | Relation::Compound
                | Relation::NmodPoss
                | Relation::NmodDesc
                | Relation::NmodUnmarked
                | Relation::Flat => true,
                Relation::Nmod => preposition(child).is_some_and(|word| {
                    matches!(word.as_str(), "of" | "for" | "from" | "in" | "with" | "at" | "to" | "")
                }),
                _ => false,
            };
            if !binds || child.relation() == Relation::Nmod && is_place(child) {
                continue;
            }
            if let Some(owner) = self.owner(child, depth) {
                if is_destination(token, child, &owner) {
                    continue;
                }
                // A named actor says more than a country, and a country more than nothing.
                let better = match &best {
                    None => true,
                    Some(known) => {
                        known.country.is_none()
                            || (known.id == known.country
                                && owner.id.is_some()
                                && owner.id != owner.country
                                && owner.country == known.country)
                    }
                };
                if better {
                    best = Some(owner);
                }
            }
        }
        if best.is_none() {
            // The nationality may hang on another modifier: "Afghan security force spokesperson".
            let phrase = self.phrase(token.id);
            best = phrase
                .iter()
                .filter(|&other| other < token.id)
                .find_map(|other| self.codebook_name(other))
                .filter(|(span, _, _)| phrase.contains(*span))
                .map(|(span, entry, name_use)| self.by_name(self.document.token(span.start), span, entry, name_use));
            if let Some(owner) = &mut best
                && owner.sectors.is_empty()
                && let Some(inner) = token.children().find(|child| {
                    child.relation() == Relation::Compound && self.codebook.actors.role_at(*child).is_some()
                })
            {
                owner.sectors = self.resolve_phrase(inner, depth + 1).sectors;
            }
        }
        best.map(|mut owner| {
            if owner.sectors.is_empty() && owner.id.is_some() && owner.id == owner.country {
                // A national official of no stated body is the government's.
                owner.sectors = vec!["GOV".to_owned()];
            }
            owner
        })
    }

    /// "His Kenyan counterpart": what a nationality says goes before whose somebody is.
    pub(super) fn has_nationality(&self, noun: Token<'a>) -> bool {
        noun.children().any(|child| {
            matches!(child.relation(), Relation::Amod | Relation::Compound)
                && self.codebook_name(child.id).is_some_and(|(_, entry, name_use)| {
                    self.codebook.actors.entries[entry].is_country && name_use == NameUse::Adjective
                })
        })
    }

    pub(super) fn owner(&self, child: Token<'a>, depth: usize) -> Option<ActorRef> {
        let mut owner =
            if child.upos() == Upos::Pron { self.resolve(child.id) } else { self.resolve_phrase(child, depth + 1) };
        // "the army's spokesman", "the government delegation": the army and the government of the report.
        if owner.country.is_none()
            && let Some((_, role)) = self.codebook.actors.role_at(child)
        {
            if is_definite(child) {
                owner = self.resolve(child.id);
            } else if role.kind != RoleKind::Person && child.relation() == Relation::Compound {
                owner = self.same_body(child, &owner).unwrap_or(owner);
            }
        }
        (owner.country.is_some()
            || owner.id.is_some()
            || (!owner.sectors.is_empty() && child.relation() != Relation::Amod))
            .then_some(owner)
    }
}

/// "The envoy to Chad", "special representative for Libya": the country that somebody is sent to is not whose he is.
fn is_destination(role: Token<'_>, place: Token<'_>, owner: &ActorRef) -> bool {
    let sent = matches!(
        role.lemma(),
        "ambassador"
            | "attaché"
            | "commissioner"
            | "consul"
            | "delegate"
            | "emissary"
            | "envoy"
            | "mediator"
            | "nuncio"
            | "representative"
    );
    let there = match preposition(place).as_deref() {
        Some("to") => true,
        Some("for") if matches!(role.lemma(), "ambassador" | "commissioner" | "delegate") => false,
        Some("for") => owner.id == owner.country,
        _ => false,
    };
    sent && there && owner.country.is_some()
}
