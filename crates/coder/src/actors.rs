//! Who the phrases of a document are: resolved to the codebook's actors, to country and sector, on the day of the report.
//!
//! [`Actors`] answers for any head of a noun phrase. What it cannot resolve stays named and unresolved: it never guesses
//! from similar spelling.

mod affiliation;
mod agency;
mod bodies;
mod persons;
mod phrases;

use crate::antecedents::{Antecedents, head_of};
use crate::codebook::{Codebook, NameUse, RoleKind};
use crate::frames::{TRANSPARENT_NOUNS, preposition};
use bodies::Body;
use document::{ActorRef, Document, NameKind, Relation, Token, TokenId, TokenSpan, Upos, Xpos};
use persons::Sought;
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::RefCell;

/// The actors of one document.
pub struct Actors<'a> {
    document: &'a Document,
    codebook: &'a Codebook,
    names: Vec<(TokenSpan, usize, NameUse)>,
    antecedents: Antecedents,
    resolved: RefCell<FxHashMap<TokenId, ActorRef>>,
    /// What phrases refer to by their own words alone.
    own: RefCell<FxHashMap<TokenId, ActorRef>>,
    /// The mentions that tell what a chain refers to; for the key see `informant`.
    informants: RefCell<FxHashMap<(usize, bool, Sought), Vec<Informant>>>,
    /// The bodies of the report whose country their own words tell, in text order.
    bodies: Vec<Body>,
    /// Phrases whose country was not told but taken from the rest of the report.
    inferred: RefCell<FxHashSet<TokenId>>,
}

/// The mention that tells what its chain refers to.
#[derive(Clone, Copy)]
struct Informant {
    mention: TokenSpan,
    head: TokenId,
}

/// Whether a noun has "the".
fn is_definite(token: Token<'_>) -> bool {
    token.children().any(|child| child.relation() == Relation::Det && child.lemma() == "the")
}

/// The noun that a "who" or "which" stands for: the one its clause hangs on, or, where the parser has lost that, the one
/// before its comma.
fn relative_noun(token: Token<'_>) -> Option<Token<'_>> {
    if token.upos() != Upos::Pron || !token.xpos().as_str().starts_with('W') {
        return None;
    }
    let nominal = |noun: &Token<'_>| matches!(noun.upos(), Upos::Noun | Upos::Propn) && noun.id < token.id;
    let mut clause = token.head()?;
    while clause.relation() == Relation::Conj
        && let Some(first) = clause.head()
    {
        clause = first;
    }
    if clause.relation() == Relation::AclRelcl {
        return clause.head().filter(nominal);
    }
    let before = |distance: u32| {
        let id = TokenId(token.id.0.checked_sub(distance)?);
        token.sentence().tokens().holds(id).then(|| token.syntax.token(id))
    };
    before(1).filter(|comma| comma.form() == ",")?;
    before(2).filter(nominal)
}

fn is_known(actor: &ActorRef) -> bool {
    actor.id.is_some() || actor.country.is_some()
}

impl<'a> Actors<'a> {
    /// Finds the codebook's names in a document; phrases are resolved when they are asked for.
    #[must_use]
    pub fn new(document: &'a Document, codebook: &'a Codebook) -> Self {
        let mut actors = Self {
            document,
            codebook,
            names: codebook.actors.find_names(document),
            antecedents: Antecedents::new(document),
            resolved: RefCell::default(),
            own: RefCell::default(),
            informants: RefCell::default(),
            bodies: Vec::new(),
            inferred: RefCell::default(),
        };
        actors.bodies = actors.find_bodies();
        // What was worked out on the way knew no bodies yet.
        for known in [&actors.resolved, &actors.own] {
            known.borrow_mut().clear();
        }
        actors.informants.borrow_mut().clear();
        actors
    }

    /// What the noun phrase with this head refers to.
    #[must_use]
    pub fn resolve(&self, head: TokenId) -> ActorRef {
        if let Some(actor) = self.resolved.borrow().get(&head) {
            return actor.clone();
        }
        // What refers back to itself by a detour refers to nothing.
        self.resolved.borrow_mut().insert(head, ActorRef::default());
        let token = self.document.token(head);
        let actor = self.called(token, self.resolve_with_chain(token));
        self.resolved.borrow_mut().insert(head, actor.clone());
        actor
    }

    /// What a span refers to, by its head.
    #[must_use]
    pub fn resolve_span(&self, span: TokenSpan) -> ActorRef {
        self.head_of(span).map(|head| self.resolve(head)).unwrap_or_default()
    }

    fn name_kind(&self, head: TokenId) -> Option<NameKind> {
        self.document.name_at(head).map(|name| name.kind)
    }

    fn codebook_name(&self, token: TokenId) -> Option<(TokenSpan, usize, NameUse)> {
        let at = self.names.partition_point(|(span, _, _)| span.end <= token);
        let found = self.names.get(at).copied().filter(|(span, _, _)| span.holds(token))?;
        // "Melania Trump" is not "Trump", and the Bank of China not China.
        let (span, entry, _) = found;
        // "Iraqi Prime Minister", taken for one name, is somebody of Iraq.
        let is_office = |name: TokenSpan| {
            let role = |word| self.codebook.actors.role_at(self.document.token(word));
            name.iter().any(|word| role(word).is_some_and(|(_, role)| role.kind == RoleKind::Person))
        };
        let longer = self.document.name_at(token).filter(|name| name.span.contains(span) && name.span != span);
        let within = longer.is_some_and(|name| match name.kind {
            NameKind::Person => true,
            NameKind::Organization => self.codebook.actors.entries[entry].is_country && !is_office(name.span),
            _ => false,
        });
        let surname = self.codebook.actors.entries[entry].is_country && self.is_surname(token);
        (!within && !surname).then_some(found)
    }

    /// The token of a span whose head lies outside it.
    #[must_use]
    pub fn head_of(&self, span: TokenSpan) -> Option<TokenId> {
        head_of(self.document, span)
    }

    /// The heads that the chains of a phrase coordinate elsewhere: "Chad and Niger" for "the two countries".
    pub(crate) fn coordinated(&self, head: TokenId) -> Option<&[TokenId]> {
        let sought = Sought::by(self.document.token(head));
        let members = self.antecedents.coordinated(head)?;
        members.iter().all(|&member| self.may_be(sought, member, &self.resolve_own(member))).then_some(members)
    }

    /// "We", "I" and "our" are whoever says so; a joint statement speaks for those who made it.
    fn first_person(&self, token: Token<'a>) -> Option<ActorRef> {
        let statement = self.spoken_in(token)?;
        let mut actor = self.resolve(*statement.speaker_heads.first()?);
        actor.antecedent = statement.speakers.first().copied();
        // "Under our control", a spokesman says: whom he speaks for, not himself.
        let speaks_for_others = actor.role.as_deref().is_some_and(|role| role.to_lowercase().contains("spokes"));
        if speaks_for_others && actor.id.is_none() && matches!(token.lemma(), "we" | "our" | "us") {
            actor.name = None;
        }
        Some(actor)
    }

    /// The statement whose makers a first person stands for: the innermost around it, or, where "the statement" speaks,
    /// the one by which that statement was made.
    pub(crate) fn spoken_in(&self, token: Token<'a>) -> Option<&'a document::Statement> {
        let statements = &self.document.statements;
        let innermost = statements
            .iter()
            .filter(|statement| statement.content.iter().any(|part| part.holds(token.id)))
            .min_by_key(|statement| statement.content.iter().map(|part| part.len()).sum::<usize>())?;
        let speaker = *innermost.speaker_heads.first()?;
        let actor = self.resolve(speaker);
        if actor.id.is_some() || actor.country.is_some() || actor.role.is_some() {
            return Some(innermost);
        }
        let paper = self.document.token(speaker).lemma();
        let made_by = |other: &&document::Statement| {
            !other.speaker_heads.contains(&speaker)
                && other.cue.iter().flat_map(|part| part.iter()).any(|word| {
                    let word = self.document.token(word);
                    word.upos() == Upos::Noun && word.lemma() == paper
                })
        };
        Some(statements.iter().find(made_by).unwrap_or(innermost))
    }

    fn resolve_with_chain(&self, token: Token<'a>) -> ActorRef {
        if matches!(token.form().to_lowercase().as_str(), "we" | "i" | "our" | "us" | "my" | "me")
            && token.upos() == Upos::Pron
        {
            return self.first_person(token).unwrap_or_default();
        }
        if let Some(noun) = relative_noun(token) {
            let actor = self.resolve(noun.id);
            let antecedent = actor.antecedent.or_else(|| Some(self.phrase(noun.id)));
            return ActorRef { antecedent, ..actor };
        }
        let direct = self.resolve_own(token.id);
        let possessed = token.child(Relation::NmodPoss).is_some_and(|possessor| possessor.upos() == Upos::Pron);
        // "his group" may have a name of its own in the chain; whatever else is known is known.
        if is_known(&direct) && (direct.id.is_some() || !possessed) {
            return direct;
        }
        let is_name = self.document.name_at(token.id).is_some();
        let is_reference = token.upos() == Upos::Pron
            || is_name
            || token.children().any(|child| {
                child.relation() == Relation::Det
                    && matches!(child.lemma(), "the" | "this" | "that" | "both" | "these" | "those")
            })
            || possessed;
        if !is_reference {
            return direct;
        }
        // The chains with a mention that this token heads, and the first of their other mentions that is known.
        for &chain in self.antecedents.chains_of(token.id) {
            let informant = self.informant(chain, direct.name.is_none(), token.id);
            let Some(Informant { mention, head }) = informant else { continue };
            let mut actor = self.resolve_own(head);
            actor.antecedent = Some(mention);
            if !direct.sectors.is_empty() && actor.sectors.is_empty() {
                actor.sectors = direct.sectors;
            }
            actor.role = direct.role.or(actor.role);
            // "The army's spokesman, Major Daud": known by the one, called by the other.
            if actor.name.is_none() && actor.id.is_none() {
                actor.name = self.person_of(chain);
            }
            if is_name
                && direct
                    .name
                    .as_ref()
                    .is_some_and(|name| actor.name.is_none() || name.len() > actor.name.as_ref().map_or(0, String::len))
            {
                actor.name = direct.name;
            }
            return actor;
        }
        if is_known(&direct) {
            return direct;
        }
        // "the army" after "the Congolese army", where the report knows no army of another country.
        if is_definite(token)
            && let Some(actor) = self.same_body(token, &direct)
        {
            return actor;
        }
        // "its forces", "their leader": whose they are.
        if let Some(possessor) = token.child(Relation::NmodPoss).filter(|possessor| possessor.upos() == Upos::Pron) {
            let owner = self.resolve(possessor.id);
            if is_known(&owner) {
                let mut actor = direct;
                actor.antecedent = owner.antecedent.or(Some(TokenSpan::single(possessor.id)));
                if actor.sectors.is_empty() {
                    actor.sectors = owner.sectors;
                }
                actor.id = owner.id;
                actor.country = owner.country;
                actor.name = actor.name.or(owner.name);
                return actor;
            }
        }
        self.by_sector(token, &direct).unwrap_or(direct)
    }

    /// What a chain tells that knows no more than a sector: "they" for "Kachin rebels".
    fn by_sector(&self, token: Token<'a>, direct: &ActorRef) -> Option<ActorRef> {
        let person = matches!(token.lemma(), "he" | "she" | "his" | "her" | "him");
        if person || !direct.sectors.is_empty() || direct.name.is_some() {
            return None;
        }
        let chains = self.antecedents.chains_of(token.id).iter();
        let mut mentions = chains.flat_map(|&chain| self.document.chains[chain].mentions.iter().copied());
        mentions.find_map(|mention| {
            let head = self.head_of(mention).filter(|head| *head < token.id)?;
            let actor = self.resolve_own(head);
            actor
                .sectors
                .iter()
                .any(|sector| sector != "UNK")
                .then_some(ActorRef { antecedent: Some(mention), ..actor })
        })
    }

    /// The noun that a pronoun refers to, or the token itself: "if it is signed" may be said of a deal.
    pub(crate) fn referent(&self, token: Token<'a>) -> Token<'a> {
        if token.upos() != Upos::Pron {
            return token;
        }
        let heads =
            self.antecedents.chains_of(token.id).first().map_or(&[][..], |&chain| self.antecedents.heads(chain));
        let nouns = heads.iter().filter(|head| **head < token.id).map(|head| self.document.token(*head));
        nouns.rev().find(|head| head.upos() != Upos::Pron).unwrap_or(token)
    }

    /// The mention of a chain that tells what a token of it refers to: the first that is known, or has a name if that is
    /// enough. Where the mentions are of several countries, the chain has joined what is apart, and the nearest before
    /// the token tells more.
    fn informant(&self, chain: usize, name_suffices: bool, token: TokenId) -> Option<Informant> {
        let sought = Sought::by(self.document.token(token));
        let key = (chain, name_suffices, sought);
        if !self.informants.borrow().contains_key(&key) {
            // A mention may hold a pronoun of its own chain; asked again on the way, the chain knows nothing.
            self.informants.borrow_mut().insert(key, Vec::new());
            let known = self.informants_of(chain, name_suffices, sought);
            self.informants.borrow_mut().insert(key, known);
        }
        let informants = self.informants.borrow();
        let known = informants.get(&key)?;
        let at = known.partition_point(|informant| informant.head < token).saturating_sub(1);
        known.get(at).copied()
    }

    /// The first known mention of a chain; all of them where their countries differ.
    fn informants_of(&self, chain: usize, name_suffices: bool, sought: Sought) -> Vec<Informant> {
        let mut countries: Vec<Option<String>> = Vec::new();
        let mut known: Vec<Informant> = Vec::new();
        for &mention in &self.document.chains[chain].mentions {
            let Some(head) = self.head_of(mention) else { continue };
            let actor = self.resolve_own(head);
            if self.may_be(sought, head, &actor) && (is_known(&actor) || name_suffices && actor.name.is_some()) {
                known.push(Informant { mention, head });
                countries.push(actor.country);
            }
        }
        let mut told = countries.iter().flatten();
        let first = told.next();
        if told.all(|country| Some(country) == first) {
            known.truncate(1);
        }
        known.sort_by_key(|informant| informant.head);
        known
    }

    /// What a phrase refers to by its own words, worked out once.
    fn resolve_own(&self, head: TokenId) -> ActorRef {
        if let Some(actor) = self.own.borrow().get(&head) {
            return actor.clone();
        }
        let actor = self.resolve_phrase(self.document.token(head), 0);
        self.own.borrow_mut().insert(head, actor.clone());
        actor
    }

    /// Resolves a phrase by its own words.
    fn resolve_phrase(&self, token: Token<'a>, depth: usize) -> ActorRef {
        if depth > 6 {
            return ActorRef::default();
        }
        let token = self.look_through(token);
        if let Some((span, entry, name_use)) = self.codebook_name(token.id) {
            return self.by_name(token, span, entry, name_use);
        }
        let role = self.codebook.actors.role_at(token);
        let mut actor = ActorRef::default();
        if let Some((length, role)) = role {
            actor.role = Some(self.role_words(token, length));
            // "the two parties" of a war or of talks are no political parties.
            let is_pair = token.lemma() == "party"
                && token.xpos() == Xpos::Nns
                && token
                    .children()
                    .any(|child| matches!(child.lemma(), "two" | "both" | "rival" | "warring" | "opposing"));
            if let Some(sector) = role.sector.as_ref().filter(|_| !is_pair) {
                actor.sectors.push(sector.clone());
            }
            // "the group's opponents" are not the group.
            let against = role.against
                && token.children().any(|child| matches!(child.relation(), Relation::NmodPoss | Relation::Nmod));
            let owner = (!against).then(|| self.affiliation(token, depth).or_else(|| self.seat(token))).flatten();
            if let Some(owner) = owner {
                // "the Afghan government": the country acts; "Afghan villagers": people of that country do.
                let government = role.sector.as_deref() == Some("GOV") && role.kind == RoleKind::Body;
                // "Akhundzada's group" is not Akhundzada.
                let person = owner.id.as_deref().is_some_and(|id| self.codebook.actors.is_person(id));
                if !person
                    && (government || role.sector.is_none() || owner.country.is_none() || owner.id != owner.country)
                {
                    actor.id = owner.id.clone();
                }
                actor.country = owner.country;
                if role.sector.is_none() {
                    actor.sectors = owner.sectors;
                } else {
                    for sector in owner.sectors {
                        if owner.id != actor.country && !actor.sectors.contains(&sector) {
                            actor.sectors.push(sector);
                        }
                    }
                }
                actor.name = owner.name.filter(|_| actor.id.is_some());
            }
            // "Qatar's counterterrorism envoy Mutlaq al-Qahtani": the person's name, and the state's country and sector.
            if let Some(person) = self.person_beside(token) {
                actor.name = Some(person);
                if actor.id == actor.country {
                    actor.id = None;
                }
            } else if let Some(named) =
                self.name_behind(token).filter(|_| actor.id.is_none() || actor.id == actor.country)
            {
                actor.name = named.name;
                actor.id = named.id;
                actor.country = actor.country.or(named.country);
            }
            return actor;
        }
        if let Some(name) = self.document.name_at(token.id) {
            actor.name = Some(self.document.text(name.span).to_owned());
            if matches!(name.kind, NameKind::Person | NameKind::Organization | NameKind::Group | NameKind::Other) {
                // "Sara Idris, a spokeswoman for the ministry"; "President Sara Idris"
                for child in token.children().filter(|child| {
                    matches!(
                        child.relation(),
                        Relation::Appos | Relation::NmodDesc | Relation::Compound | Relation::Flat | Relation::Amod
                    )
                }) {
                    if self.codebook.actors.role_at(child).is_some() || child.relation() == Relation::Appos {
                        let described = self.resolve_phrase(child, depth + 1);
                        if described.role.is_some() || described.country.is_some() {
                            let name = actor.name;
                            actor = described;
                            actor.name = name;
                            if actor.id == actor.country {
                                actor.id = None;
                            }
                            if actor.country.is_some() {
                                break;
                            }
                            actor = ActorRef { name: actor.name.clone(), ..actor };
                        }
                    }
                }
                if actor.role.is_none()
                    && token.relation() == Relation::Appos
                    && let Some(described) = token.head()
                    && self.codebook.actors.role_at(described).is_some()
                {
                    let name = actor.name;
                    actor = self.resolve_phrase(described, depth + 1);
                    actor.name = name;
                    if actor.id == actor.country {
                        actor.id = None;
                    }
                }
                if actor.country.is_none()
                    && let Some(owner) = self.affiliation(token, depth)
                {
                    actor.country = owner.country;
                    if actor.sectors.is_empty() && name.kind == NameKind::Person {
                        actor.sectors = owner.sectors;
                    }
                }
            }
            return actor;
        }
        // "the two countries", "Sudanese people": a nationality on a noun that is no role.
        let national = self.has_nationality(token);
        if let Some(owner) = token
            .children()
            .filter(|child| match child.relation() {
                Relation::NmodPoss => !national,
                Relation::Amod | Relation::Compound => true,
                _ => false,
            })
            .find_map(|child| self.owner(child, depth))
            && matches!(token.upos(), Upos::Noun | Upos::Propn)
        {
            actor.country = owner.country;
            actor.id = owner.id.filter(|id| Some(id) != actor.country.as_ref());
        }
        actor
    }

    /// "The president of the league, Sara Idris": the name of a person or body that stands behind a role and a comma.
    fn name_behind(&self, role: Token<'a>) -> Option<ActorRef> {
        let of_party = |kind| matches!(kind, NameKind::Person | NameKind::Organization | NameKind::Group);
        let name = role.children().find(|child| {
            child.relation() == Relation::Appos
                && child.id > role.id
                && !child.children().any(|inner| inner.relation() == Relation::Conj)
                && self.name_kind(child.id).is_some_and(of_party)
        })?;
        Some(match self.codebook_name(name.id) {
            Some((span, entry, name_use)) => self.by_name(name, span, entry, name_use),
            None => ActorRef {
                name: self.document.name_at(name.id).map(|name| self.document.text(name.span).to_owned()),
                ..ActorRef::default()
            },
        })
    }

    fn by_name(&self, token: Token<'a>, span: TokenSpan, entry: usize, name_use: NameUse) -> ActorRef {
        let entry = &self.codebook.actors.entries[entry];
        if entry.is_place {
            return ActorRef::default();
        }
        let mut sectors = entry.sectors_on(self.document.report.published);
        if entry.is_country {
            sectors = match name_use {
                NameUse::Name | NameUse::Capital | NameUse::Metonym => vec!["GOV".to_owned()],
                NameUse::People if token.upos() != Upos::Adj => vec!["CVL".to_owned()],
                NameUse::People | NameUse::Adjective => Vec::new(),
            };
        }
        let mut actor = ActorRef {
            id: Some(entry.id.clone()),
            name: Some(entry.name.clone()),
            country: entry.country.clone(),
            sectors,
            role: None,
            antecedent: None,
        };
        // A name inside a longer phrase whose head it is taken for ("Taliban fighters" read as one name).
        if token.children().any(|child| child.id == span.end && child.relation() == Relation::Flat)
            && let Some(name) = self.document.name_at(span.start).filter(|name| name.span.contains(span))
        {
            actor.name = Some(self.document.text(name.span).to_owned());
        }
        actor
    }

    /// "hundreds of protesters", "a group of soldiers", "members of the party": the noun that counts.
    pub(crate) fn look_through(&self, token: Token<'a>) -> Token<'a> {
        let mut token = token;
        for _ in 0..3 {
            let of = token.children().find(|child| {
                matches!(child.relation(), Relation::Nmod | Relation::Obl)
                    && preposition(*child).as_deref() == Some("of")
            });
            // "some of the detainees", "none of its fighters", "one of them"
            let counts = || {
                matches!(token.upos(), Upos::Num | Upos::Det)
                    || matches!(
                        token.lemma(),
                        "some"
                            | "several"
                            | "many"
                            | "most"
                            | "much"
                            | "none"
                            | "few"
                            | "all"
                            | "both"
                            | "each"
                            | "one"
                    )
                    || self.codebook.list(TRANSPARENT_NOUNS).is_some_and(|list| list.matches(token))
            };
            match of.filter(|_| counts()) {
                Some(inner) => token = inner,
                None => break,
            }
        }
        token
    }

    fn role_words(&self, token: Token<'a>, length: usize) -> String {
        let mut start = token.id.index() + 1 - length.min(token.id.index() + 1);
        while start > 0 {
            let before = self.document.token(TokenId(start as u32 - 1));
            let part_of_role = matches!(before.relation(), Relation::Compound | Relation::Amod)
                && before.head().is_some_and(|head| head.id.index() >= start && head.id <= token.id)
                && before.xpos() != Xpos::Cd
                && self.codebook_name(before.id).is_none();
            if !part_of_role {
                break;
            }
            start -= 1;
        }
        self.document.text(TokenSpan::new(start, token.id.index() + 1)).to_owned()
    }
}
