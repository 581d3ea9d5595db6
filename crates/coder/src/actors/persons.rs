//! What persons are called: one name throughout a report.

use super::Actors;
use crate::codebook::{NameUse, RoleKind};
use crate::frames::preposition;
use document::{ActorRef, Name, NameKind, Relation, Token, TokenId, Upos, Xpos};

/// What a pronoun asks for.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Sought {
    Anything,
    /// "He", "her".
    Person,
    /// "They", "their".
    Several,
}

impl Sought {
    pub(super) fn by(token: Token<'_>) -> Self {
        match token.form().to_lowercase().as_str() {
            _ if token.upos() != Upos::Pron => Self::Anything,
            "he" | "she" | "his" | "her" | "hers" | "him" | "himself" | "herself" => Self::Person,
            "they" | "their" | "them" | "theirs" => Self::Several,
            _ => Self::Anything,
        }
    }
}

impl<'a> Actors<'a> {
    /// Whether a mention may be what a pronoun stands for: a country or body is no "she", and a language not "they".
    pub(super) fn may_be(&self, sought: Sought, head: TokenId, actor: &ActorRef) -> bool {
        match sought {
            Sought::Anything => true,
            Sought::Person => {
                let role = self.codebook.actors.role_at(self.document.token(head)).map(|(_, role)| role.kind);
                let called = self.name_kind(head) == Some(NameKind::Person);
                called
                    || role == Some(RoleKind::Person)
                    || role.is_none() && (actor.role.is_some() || self.is_person_or_nobody(actor))
            }
            Sought::Several => {
                let token = self.document.token(head);
                let several = matches!(token.xpos(), Xpos::Nns | Xpos::Nnps) || token.child(Relation::Det).is_some();
                let people = self.name_kind(head) == Some(NameKind::Group)
                    || self
                        .codebook_name(head)
                        .is_some_and(|(_, _, name_use)| matches!(name_use, NameUse::Adjective | NameUse::People));
                several || !people
            }
        }
    }

    /// Whether an actor is a person of the codebook, or none that it knows.
    fn is_person_or_nobody(&self, actor: &ActorRef) -> bool {
        actor.id.as_ref().is_none_or(|id| self.codebook.actors.is_person(id))
    }

    /// "Lagos" after "Teresa Lagos": the surname of somebody whom the report has named, and no place.
    pub(super) fn is_surname(&self, token: TokenId) -> bool {
        let form = self.document.token(token).form();
        let word = preposition(self.document.token(token));
        let place = word.is_some_and(|word| matches!(word.as_str(), "in" | "to" | "from" | "near" | "at" | "outside"));
        let full = |name: &&Name| name.kind == NameKind::Person && name.span.len() > 1;
        let mut persons = self.document.names.iter().filter(full);
        !place
            && persons.any(|name| {
                let last = TokenId(name.span.end.0.saturating_sub(1));
                last < token && self.document.token(last).form() == form
            })
    }

    /// The fullest name of a person in a chain.
    pub(super) fn person_of(&self, chain: usize) -> Option<String> {
        let heads = self.antecedents.heads(chain).iter();
        let names = heads.filter_map(|head| self.document.name_at(*head)).filter(|name| name.kind == NameKind::Person);
        names.rev().max_by_key(|name| name.span.len()).map(|name| self.document.text(name.span).to_owned())
    }

    /// The same with the fullest name that the report has for a person: "Hamat Djibrine" for "Djibrine" below it. Else one man
    /// would be two who vouch for a thing.
    pub(super) fn called(&self, token: Token<'a>, actor: ActorRef) -> ActorRef {
        // One occurrence may have been taken for something else, or for no name.
        let text = match self.document.name_at(token.id) {
            _ if actor.id.is_some() => return actor,
            Some(name) => self.document.text(name.span),
            None if token.upos() == Upos::Propn => token.form(),
            None => return actor,
        };
        let persons = self.document.names.iter().filter(|name| name.kind == NameKind::Person);
        let persons: Vec<&str> = persons.map(|name| self.document.text(name.span)).collect();
        let bears = |full: &&str| full.strip_suffix(text).is_some_and(|first| first.ends_with(' '));
        let mut full: Vec<&str> = persons.iter().copied().filter(bears).collect();
        full.sort_unstable();
        full.dedup();
        let known = match full.as_slice() {
            [only] => *only,
            // Two of one surname stay who they are.
            [_, ..] => text,
            [] if persons.contains(&text) => text,
            [] => return actor,
        };
        match &actor.name {
            Some(name) if name.len() >= known.len() => actor,
            _ => ActorRef { name: Some(known.to_owned()), ..actor },
        }
    }

    /// The personal name that a role noun introduces.
    pub(super) fn person_beside(&self, token: Token<'a>) -> Option<String> {
        let name = self.document.names.iter().find(|name| {
            name.kind == NameKind::Person && name.span.start > token.id && name.span.start.0 <= token.id.0 + 2
        })?;
        // "An envoy to Vienna", whatever the name was taken for.
        let head =
            self.head_of(name.span).filter(|&head| preposition(self.document.token(head)).as_deref() != Some("to"))?;
        let tied = self.document.token(head).head().is_some_and(|above| above.id == token.id)
            || token.head().is_some_and(|above| above.id == head);
        (tied && self.document.sentence_of(token.id).tokens().contains(name.span))
            .then(|| self.document.text(name.span).to_owned())
    }
}
