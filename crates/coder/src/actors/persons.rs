//! What persons are called: one name throughout a report.

use super::Actors;
use document::{ActorRef, NameKind, Token, Upos};

impl<'a> Actors<'a> {
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
        let head = self.head_of(name.span)?;
        let tied = self.document.token(head).head().is_some_and(|above| above.id == token.id)
            || token.head().is_some_and(|above| above.id == head);
        (tied && self.document.sentence_of(token.id).tokens().contains(name.span))
            .then(|| self.document.text(name.span).to_owned())
    }
}
