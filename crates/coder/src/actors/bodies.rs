//! Whose a body is that its own words do not tell: "the army", "In Baku, the ministry". The main type is [`Body`], a body
//! of the report with its country; a word for another country's leaves the question open.

use super::Actors;
use crate::codebook::{NameUse, RoleKind};
use crate::frames::preposition;
use document::{ActorRef, Relation, Token, TokenId, Upos, Xpos};
use rustc_hash::FxHashMap;

/// What may stand for each other: words for one body ("the army", "the military").
#[derive(Clone, PartialEq, Eq, Debug)]
enum Family {
    Forces,
    Rebels,
    Government,
    /// Bodies of this noun alone ("ministry").
    Noun(String),
}

/// A body of the report whose country its own words tell.
#[derive(Clone, Debug)]
pub(super) struct Body {
    head: TokenId,
    family: Family,
    country: String,
    /// What its own words tell.
    actor: ActorRef,
    /// Whether "the army" may mean this one; a word for its soldiers only shows that there is another army.
    refers: bool,
    /// Whether it is an institution of a state.
    state: bool,
}

impl<'a> Actors<'a> {
    /// The bodies whose country their own words tell.
    pub(super) fn find_bodies(&self) -> Vec<Body> {
        let roles = self.document.iter_tokens().filter_map(|token| self.told_by_role(token));
        let names = self.names.iter().filter_map(|&(span, entry, _)| {
            let entry = &self.codebook.actors.entries[entry];
            if entry.is_country || entry.is_place {
                return None;
            }
            let head = self.head_of(span)?;
            let country = entry.country.clone().filter(|country| self.is_state(country))?;
            let family = match entry.sectors_on(self.document.report.published).first()?.as_str() {
                "MIL" => Family::Forces,
                "REB" => Family::Rebels,
                _ => return None,
            };
            let state = family == Family::Forces;
            Some(Body { head, family, country, actor: self.resolve_own(head), refers: true, state })
        });
        let mut bodies: Vec<Body> = roles.chain(names).collect();
        bodies.sort_by_key(|body| body.head);
        bodies.dedup_by_key(|body| body.head);
        bodies
    }

    fn told_by_role(&self, token: Token<'a>) -> Option<Body> {
        let (_, role) = self.codebook.actors.role_at(token)?;
        // What stands in a name is read with the name: the "Army" of rebels is no state's.
        if self.codebook_name(token.id).is_some() {
            return None;
        }
        let family = self.family(token)?;
        // "A Sudanese army officer": the army that is meant is named with him.
        let named_with = token.children().any(|child| {
            child.relation() == Relation::Compound
                && self.codebook.actors.role_at(child).is_some_and(|(_, role)| role.kind == RoleKind::Body)
        });
        let refers = role.kind != RoleKind::Person || named_with || family == Family::Rebels;
        let several = matches!(token.xpos(), Xpos::Nns | Xpos::Nnps);
        if !refers && !several {
            return None;
        }
        let actor = self.resolve_own(token.id);
        let country = actor.country.clone().filter(|country| self.is_state(country))?;
        let state = role.kind == RoleKind::Body && family != Family::Rebels;
        Some(Body { head: token.id, family, country, actor, refers, state })
    }

    /// Whether a code is a country's, not that of the United Nations and the like.
    fn is_state(&self, code: &str) -> bool {
        self.codebook.actors.entries.iter().any(|entry| entry.is_country && entry.id == code)
    }

    /// What a role noun may stand for; none for persons who are no body together.
    fn family(&self, token: Token<'a>) -> Option<Family> {
        let (_, role) = self.codebook.actors.role_at(token)?;
        match role.sector.as_deref()? {
            "MIL" => Some(Family::Forces),
            "REB" => Some(Family::Rebels),
            "GOV" if matches!(token.lemma(), "government" | "junta" | "regime" | "administration") => {
                Some(Family::Government)
            }
            _ if role.kind != RoleKind::Person => Some(Family::Noun(token.lemma().to_lowercase())),
            _ => None,
        }
    }

    /// "the army" after "the Congolese army": the nearest like body, if all of the report are of one country. Where
    /// none is told, the country of the only state whose bodies act, marked as inferred.
    pub(super) fn same_body(&self, token: Token<'a>, direct: &ActorRef) -> Option<ActorRef> {
        let family = self.family(token)?;
        let (_, role) = self.codebook.actors.role_at(token)?;
        let several = matches!(token.xpos(), Xpos::Nns | Xpos::Nnps);
        if role.kind == RoleKind::Person && !(several && family == Family::Rebels) {
            return None;
        }
        let like = || self.bodies.iter().filter(|body| body.family == family && body.head != token.id);
        let Some(first) = like().next() else {
            return (family != Family::Rebels).then(|| self.only_state(token, &family, direct)).flatten();
        };
        if like().any(|body| body.country != first.country) {
            return None;
        }
        let body = like().filter(|body| body.refers).take_while(|body| body.head < token.id).last()?;
        let known = body.actor.clone();
        let mut actor = direct.clone();
        actor.country = Some(body.country.clone());
        actor.antecedent = Some(self.phrase(body.head));
        match family {
            Family::Government => (actor.id, actor.name) = (known.id, known.name),
            // Several groups may rebel in one country.
            Family::Rebels => {
                let mut named = like().filter(|other| other.actor.id.as_ref().is_some_and(|id| *id != other.country));
                if let Some(one) = named.next()
                    && named.all(|other| other.actor.id == one.actor.id)
                {
                    (actor.id, actor.name) = (one.actor.id.clone(), one.actor.name.clone());
                }
            }
            _ => {
                if self.document.token(body.head).lemma() == token.lemma() {
                    (actor.id, actor.name) = (known.id, known.name);
                }
            }
        }
        Some(actor)
    }

    /// The country of the only state whose bodies the report names, if it names no country more often.
    fn only_state(&self, token: Token<'a>, family: &Family, direct: &ActorRef) -> Option<ActorRef> {
        if !matches!(family, Family::Forces | Family::Government) {
            return None;
        }
        let mut states = self.bodies.iter().filter(|body| body.state);
        let first = states.next()?;
        if states.any(|body| body.country != first.country) {
            return None;
        }
        let mut counts: FxHashMap<&str, usize> = FxHashMap::default();
        for &(_, entry, _) in &self.names {
            if let Some(country) = &self.codebook.actors.entries[entry].country {
                *counts.entry(country).or_default() += 1;
            }
        }
        let most = counts.values().copied().max()?;
        if counts.get(first.country.as_str()) != Some(&most) {
            return None;
        }
        self.inferred.borrow_mut().insert(token.id);
        let mut actor = direct.clone();
        actor.antecedent = Some(self.phrase(first.head));
        if *family == Family::Government {
            actor.id = Some(first.country.clone());
        }
        actor.country = Some(first.country.clone());
        Some(actor)
    }

    /// Whether the country of a phrase was taken from the rest of the report.
    pub(crate) fn is_inferred(&self, head: TokenId) -> bool {
        self.inferred.borrow().contains(&head)
    }

    /// "In Baku, the ministry of defence said": a capital set before the clause tells whose body acts in it.
    pub(super) fn seat(&self, token: Token<'a>) -> Option<ActorRef> {
        let (_, role) = self.codebook.actors.role_at(token)?;
        let body = role.kind != RoleKind::Person
            && matches!(role.sector.as_deref(), Some("GOV" | "MIL" | "COP" | "LEG" | "JUD" | "SPY"));
        if !body || !token.relation().is_subject() {
            return None;
        }
        let verb = token.head().filter(|verb| verb.relation() != Relation::AclRelcl)?;
        let sentence = token.sentence().tokens();
        let comma = sentence.iter().take(8).find(|id| self.document.token(*id).form() == ",")?;
        let (span, entry, name_use) = self.names.iter().copied().find(|(span, _, _)| span.end == comma)?;
        let fronted = span.start.0 == sentence.start.0 + 1
            && self.document.token(sentence.start).form().eq_ignore_ascii_case("in")
            && name_use == NameUse::Capital;
        // Only the first subject after it; a later clause may turn to somebody else.
        let earlier = TokenId(comma.0 + 1).0..token.id.0;
        let first = !earlier.into_iter().any(|id| {
            let word = self.document.token(TokenId(id));
            word.relation().is_subject() && word.head().is_none_or(|head| head.id != verb.id)
        });
        (fronted && comma < token.id && first)
            .then(|| self.by_name(self.document.token(span.start), span, entry, name_use))
    }

    /// Whether what follows a noun with "in" is where someone is, not whose: a capital behind persons and posts ("a
    /// diplomat in Addis Ababa"), any place behind a post, and all beside an owner ("a spokesman for the rebels in Luanda").
    pub(super) fn is_mere_place(&self, token: Token<'a>, place: Token<'a>) -> bool {
        let owned = token.children().any(|child| {
            child.relation() == Relation::Nmod
                && matches!(preposition(child).as_deref(), Some("of" | "for"))
                && (self.codebook.actors.role_at(child).is_some() || self.codebook_name(child.id).is_some())
        });
        let Some((_, role)) = self.codebook.actors.role_at(token) else { return false };
        if role.kind != RoleKind::Person {
            return false;
        }
        // "officials in Khartoum" are those of the government there.
        let of_government = matches!(token.lemma(), "official" | "authority" | "leader" | "ruler");
        let capital = self.codebook_name(place.id).is_some_and(|(_, _, name_use)| name_use == NameUse::Capital);
        let post = role.sector.as_deref() == Some("GOV");
        owned || !of_government && (capital || post) && matches!(place.upos(), Upos::Propn | Upos::Noun)
    }
}
