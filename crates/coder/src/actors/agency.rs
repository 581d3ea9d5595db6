//! What can act: whether a phrase names a state, a person, an organization or a people, or stands for one; and whose a
//! thing is that cannot.

use super::Actors;
use crate::codebook::NameUse;
use crate::frames::{conjuncts, preposition};
use document::{ActorRef, NameKind, Relation, Token, TokenId, Upos, Xpos};

impl<'a> Actors<'a> {
    /// Whether a phrase can act: it is resolved, has a sector, or names a person, an organization or a people.
    pub(crate) fn is_actor(&self, head: TokenId) -> bool {
        if is_edge(self.document.token(head)) {
            return false;
        }
        let actor = self.resolve(head);
        if actor.id.is_some() || actor.country.is_some() || !actor.sectors.is_empty() || actor.role.is_some() {
            return true;
        }
        self.name_kind(head)
            .is_some_and(|kind| matches!(kind, NameKind::Person | NameKind::Organization | NameKind::Group))
            || self.stands_for_actor(self.document.token(head))
    }

    /// Whether a phrase says that its thing is the speaker's ("our guns").
    pub(crate) fn is_spoken_of_as_own(&self, head: TokenId) -> bool {
        let owner = self.document.token(head).child(Relation::NmodPoss);
        owner.is_some_and(|owner| matches!(owner.form().to_lowercase().as_str(), "our" | "my"))
    }

    /// The lemma of a word.
    pub(crate) fn lemma(&self, word: TokenId) -> &'a str {
        self.document.token(word).lemma()
    }

    /// Who acts where an event is told as acting: "*Israeli* airstrikes killed 12", "the *US* decision angered Iran". Any
    /// other phrase is itself.
    pub(crate) fn agent_of(&self, head: TokenId) -> TokenId {
        let noun = self.document.token(head);
        if noun.upos() != Upos::Noun
            || self.codebook_name(head).is_some()
            || self.codebook.actors.role_at(noun).is_some()
            || !self.codebook.names_event(noun)
        {
            return head;
        }
        let modifies = |child: &Token<'_>| {
            child.id < head && matches!(child.relation(), Relation::Amod | Relation::Compound | Relation::NmodPoss)
        };
        let known =
            |word: &Token<'_>| self.codebook_name(word.id).is_some() || self.codebook.actors.role_at(*word).is_some();
        let mut modifiers = noun.children().filter(modifies);
        modifiers
            .find_map(|child| if known(&child) { Some(child) } else { child.children().filter(modifies).find(known) })
            .map_or(head, |owner| owner.id)
    }

    /// "Russian and Turkish forces", "the Israeli and Egyptian leaders": one for each nation, of the phrase's own sectors
    /// and role. Nothing where the phrase is of one.
    pub(crate) fn nationalities(&self, head: TokenId) -> Vec<ActorRef> {
        let noun = self.document.token(head);
        let joined = |child: &Token<'_>| {
            matches!(child.relation(), Relation::Amod | Relation::Compound)
                && child.children().any(|other| other.relation() == Relation::Conj)
        };
        let Some(first) = noun.children().find(joined).filter(|_| noun.xpos() == Xpos::Nns) else { return Vec::new() };
        let mut owners = Vec::new();
        for word in conjuncts(first) {
            let owner = self.resolve(word);
            if owner.id.is_none() || owner.id != owner.country {
                return Vec::new();
            }
            owners.push(owner);
        }
        let own = self.resolve(head);
        let of = |owner: ActorRef| ActorRef { sectors: own.sectors.clone(), role: own.role.clone(), ..owner };
        owners.into_iter().map(of).collect()
    }

    /// Whether a pronoun stands for what can act: one of persons, "it" after a body, "the two".
    fn stands_for_actor(&self, token: Token<'a>) -> bool {
        match token.lemma() {
            "he" | "she" | "they" => true,
            // Who speaks of himself in nobody's words but his own, as in an interview, is nobody known.
            "we" | "I" | "i" => {
                let quoted = |word: Token<'_>| matches!(word.form(), "\"" | "“" | "”" | "``" | "''");
                self.spoken_in(token).is_some() || token.sentence().iter().any(quoted)
            }
            "it" => {
                let noun = self.referent(token);
                noun.id != token.id && noun.upos() != Upos::Pron && self.is_actor(noun.id)
            }
            "two" | "three" | "four" | "pair" | "duo" | "trio" => {
                token.relation().is_subject()
                    && token.children().all(|child| matches!(child.lemma(), "the" | "all"))
                    && token.children().next().is_some()
            }
            "both" => token.relation().is_subject() && token.upos() != Upos::Cconj && token.children().next().is_none(),
            _ => false,
        }
    }

    /// Whether a phrase names a country, as a name or by its government.
    pub(crate) fn is_country(&self, head: TokenId) -> bool {
        self.codebook_name(head).is_some_and(|(_, entry, name_use)| {
            self.codebook.actors.entries[entry].is_country && name_use != NameUse::Adjective
        })
    }

    /// Whether a phrase is the name of a capital, which may stand for a government or for the town.
    pub(crate) fn is_capital(&self, head: TokenId) -> bool {
        self.codebook_name(head).is_some_and(|(_, _, name_use)| name_use == NameUse::Capital)
    }

    /// Whose a thing is: "*Egypt*'s role", "the decision of *the court*", "the *Kenyan* proposal". None for what can
    /// act itself.
    pub(crate) fn owner_of(&self, head: TokenId) -> Option<TokenId> {
        let token = self.document.token(head);
        if self.codebook.actors.role_at(token).is_some()
            || self.codebook_name(head).is_some()
            || self.name_kind(head).is_some()
        {
            return None;
        }
        let owns = |child: &Token<'_>| match child.relation() {
            Relation::NmodPoss | Relation::Amod | Relation::Compound => true,
            Relation::Nmod => preposition(*child).is_some_and(|word| matches!(word.as_str(), "of" | "by" | "for")),
            _ => false,
        };
        token.children().filter(owns).find(|child| self.is_actor(child.id)).map(|child| child.id)
    }
}

/// "both sides of the road": the side of a thing acts as little as the thing.
fn is_edge(noun: Token<'_>) -> bool {
    let of = |child: Token<'_>| {
        matches!(
            child.lemma(),
            "road"
                | "street"
                | "river"
                | "border"
                | "wall"
                | "square"
                | "bridge"
                | "lake"
                | "mountain"
                | "valley"
                | "front"
        ) && preposition(child).as_deref() == Some("of")
    };
    noun.lemma() == "side" && noun.children().any(of)
}
