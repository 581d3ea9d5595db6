//! The sieves, precise before wide: names, then nouns that point back, then pronouns. Each joins mentions to the
//! entities of [`Entities`]; later sieves see what earlier ones joined.

use super::mentions::{Form, Mention, Pronoun};
use super::words::{Gender, Kind, WORDS};
use crate::language::Word;
use document::{Relation, Syntax, Token, TokenId, TokenSpan, Upos, Xpos};
use rustc_hash::FxHashMap;

/// How many sentences back a noun may point, and a pronoun.
const NOUN_REACH: u32 = 12;
const PRONOUN_REACH: u32 = 3;
/// Within so many sentences a body with "the" is the last that was named, even if the report has several.
const NEAR: u32 = 2;
/// How many mentions back anything is looked for; bounds the work on texts of any length.
const WINDOW: usize = 150;

/// Which mentions are one. Each mention points at the first of its entity.
pub(super) struct Entities<'a> {
    syntax: &'a Syntax,
    mentions: &'a [Mention],
    first: Vec<usize>,
    /// For the first mention of each entity: how many mentions it has, and its gender.
    sizes: Vec<u32>,
    genders: Vec<Option<Gender>>,
}

pub(super) fn run(syntax: &Syntax, mentions: &[Mention]) -> Vec<usize> {
    let mut entities = Entities {
        syntax,
        mentions,
        first: (0..mentions.len()).collect(),
        sizes: vec![1; mentions.len()],
        genders: mentions.iter().map(|mention| mention.gender).collect(),
    };
    entities.names();
    for (index, mention) in mentions.iter().enumerate() {
        let antecedent = match mention.form {
            Form::Pronoun(pronoun) => entities.pronoun(index, pronoun),
            Form::Description => {
                let back = mention.definite.then(|| entities.description(index)).flatten();
                back.or_else(|| entities.group_of(index))
            }
            _ => None,
        };
        if let Some(antecedent) = antecedent {
            entities.join(antecedent, index);
            // Each mention points at its first by at most a few steps, so that long chains stay quick.
            entities.first[index] = entities.root(index);
        }
    }
    (0..mentions.len()).map(|mention| entities.root(mention)).collect()
}

impl<'a> Entities<'a> {
    /// The first mention of the entity that a mention belongs to.
    fn root(&self, mention: usize) -> usize {
        let mut root = mention;
        while self.first[root] != root {
            root = self.first[root];
        }
        root
    }

    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        let (to, from) = (one.min(other), one.max(other));
        if to == from {
            return;
        }
        self.first[from] = to;
        self.sizes[to] += self.sizes[from];
        self.genders[to] = self.genders[to].or(self.genders[from]);
    }

    fn names(&mut self) {
        let mut known: FxHashMap<String, usize> = FxHashMap::default();
        let mut surnames: FxHashMap<String, usize> = FxHashMap::default();
        // The words of fuller names of persons; none where two persons have one.
        let mut parts: FxHashMap<String, Option<usize>> = FxHashMap::default();
        for index in 0..self.mentions.len() {
            let Form::Name(span) = self.mentions[index].form else { continue };
            let words = self.name_words(span);
            let Some(last) = words.last() else { continue };
            let written = words.join(" ");
            let country = WORDS.country(self.syntax.text(span)).map(str::to_lowercase);
            let key = country.unwrap_or_else(|| written.clone());
            let person = self.mentions[index].kind == Kind::Person;
            let mut antecedent = known.get(&key).copied();
            if antecedent.is_none() && person {
                antecedent = surnames.get(last).copied().filter(|&other| self.may_be_same_person(other, &words));
            }
            // "Noor" for "Idris Noor Tia", even where the finder of names takes the short form for a place.
            if antecedent.is_none() && words.len() <= 3 && self.may_name_person(index) {
                antecedent = parts.get(last).copied().flatten().filter(|&other| self.may_be_same_person(other, &words));
            }
            match antecedent {
                Some(antecedent) => self.join(antecedent, index),
                None if !person => {
                    // A short form that has yet to come: initials, and what stands before "of" or "for".
                    if let Some(initials) = self.initials(span) {
                        known.entry(initials).or_insert(index);
                    }
                    if let Some(place) = words.iter().position(|word| matches!(word.as_str(), "of" | "for" | "in"))
                        && place >= 2
                    {
                        known.entry(words[..place].join(" ")).or_insert(index);
                    }
                }
                None => {}
            }
            known.entry(key).or_insert(index);
            if person {
                surnames.insert(last.clone(), index);
                surnames.entry(last.trim_start_matches("al-").to_owned()).or_insert(index);
                if words.len() > 1 {
                    known.entry(words[0].clone()).or_insert(index);
                    let entity = self.root(index);
                    for word in words.iter().filter(|word| word.chars().count() > 2) {
                        let part = parts.entry(word.clone()).or_insert(Some(entity));
                        if part.is_some_and(|other| self.root(other) != entity) {
                            *part = None;
                        }
                    }
                }
            }
        }
    }

    /// Whether a name may be a person's short one: it is called a person, or acts and is no country.
    fn may_name_person(&self, index: usize) -> bool {
        let mention = &self.mentions[index];
        let acts = || self.syntax.token(mention.head).relation().is_subject();
        mention.kind == Kind::Person || mention.kind != Kind::Country && !mention.plural && acts()
    }

    /// The words of a name in small letters, without article and possessive ending.
    fn name_words(&self, span: TokenSpan) -> Vec<String> {
        span.iter()
            .map(|token| self.syntax.token(token).form().to_lowercase())
            .filter(|word| !matches!(word.as_str(), "the" | "'s" | "’s"))
            .collect()
    }

    /// Two persons with one surname are the same unless both are called by different first names or genders.
    fn may_be_same_person(&self, other: usize, words: &[String]) -> bool {
        let Form::Name(span) = self.mentions[other].form else { return false };
        let other_words = self.name_words(span);
        let (short, long) = if words.len() < other_words.len() {
            (words, other_words.as_slice())
        } else {
            (other_words.as_slice(), words)
        };
        short.iter().all(|word| long.contains(word))
    }

    fn initials(&self, span: TokenSpan) -> Option<String> {
        let letters: String = span
            .iter()
            .filter_map(|token| self.syntax.token(token).form().chars().next().filter(|letter| letter.is_uppercase()))
            .collect();
        (letters.chars().count() >= 2).then(|| letters.to_lowercase())
    }

    /// Earlier mentions, nearest first, no further back than the reach.
    fn before(&self, index: usize, reach: u32) -> impl Iterator<Item = usize> + use<'a> {
        let mentions = self.mentions;
        let sentence = mentions[index].sentence;
        (index.saturating_sub(WINDOW)..index)
            .rev()
            .take_while(move |&other| mentions[other].sentence.saturating_add(reach) >= sentence)
    }

    /// A noun that points back: to the same noun, to a name said with it, or to the last thing of its kind.
    fn description(&self, index: usize) -> Option<usize> {
        let mention = &self.mentions[index];
        let head = self.syntax.token(mention.head);
        if mention.kind == Kind::Thing || mention.kind == Kind::Event && mention.plural {
            return None;
        }
        let words = modifiers(head);
        if is_pair(head, &words) {
            return self.pair(index, head);
        }
        let same_noun = self.before(index, NOUN_REACH).find(|&other| {
            let earlier = &self.mentions[other];
            // A bare noun ("local government") names a kind of thing, nothing that "the government" could mean.
            let bare = earlier.form == Form::Description
                && !earlier.definite
                && !self
                    .syntax
                    .token(earlier.head)
                    .children()
                    // "M23 rebels" are known by their name.
                    .any(|child| {
                        matches!(child.relation(), Relation::Det | Relation::NmodPoss | Relation::Nummod)
                            || matches!(child.relation(), Relation::Compound | Relation::Amod)
                                && child.form().starts_with(char::is_uppercase)
                                && child.id.0 + 1 == earlier.head.0
                    });
            !bare
                && !matches!(earlier.form, Form::Pronoun(_) | Form::Coordination)
                && earlier.plural == mention.plural
                && !earlier.span.overlaps(mention.span)
                && self.says(earlier, head.lemma(), &words)
        });
        if let Some(other) = same_noun {
            return (!self.is_of_another_state(index, other)).then_some(other);
        }
        // "the group of ministers" or "the northern city" is described, not pointed at.
        if !words.is_empty() || mention.plural {
            return None;
        }
        let kind = mention.kind;
        let generic = match kind {
            Kind::Body => matches!(
                head.lemma(),
                "group"
                    | "movement"
                    | "organization"
                    | "organisation"
                    | "militia"
                    | "faction"
                    | "insurgency"
                    | "alliance"
                    | "body"
            ),
            Kind::Country => matches!(head.lemma(), "country" | "nation"),
            Kind::City => matches!(head.lemma(), "city" | "town" | "village"),
            Kind::Person => matches!(head.lemma(), "man" | "woman"),
            _ => false,
        };
        generic
            .then(|| {
                self.before(index, NOUN_REACH / 2).find(|&other| {
                    let earlier = &self.mentions[other];
                    let fits = match (kind, earlier.kind) {
                        // A people or a movement is a group, but no organization.
                        (Kind::Body, Kind::People) => !matches!(head.lemma(), "organization" | "organisation" | "body"),
                        (Kind::Body, Kind::Body) => !self.is_state_body(earlier) && !self.reports(earlier),
                        (wanted, found) => {
                            wanted == found
                                && (kind != Kind::Person || self.genders[self.root(other)] == mention.gender)
                        }
                    };
                    fits && matches!(earlier.form, Form::Name(_)) && !earlier.span.overlaps(mention.span)
                })
            })
            .flatten()
    }

    /// Whether a body is the outlet, or is told things as outlets are: it is no group of which its report tells.
    fn reports(&self, body: &Mention) -> bool {
        let name = self.syntax.text(body.span);
        let is_told = |mention: &Mention| {
            let head = self.syntax.token(mention.head);
            matches!(head.relation(), Relation::Obj | Relation::Iobj)
                && head.head().is_some_and(|verb| verb.lemma() == "tell")
                && self.syntax.text(mention.span) == name
        };
        self.syntax.report.outlet.as_deref() == Some(name) || self.mentions.iter().any(is_told)
    }

    /// "his group", said of "Taliban leader Akhundzada": the body beside whose name the person's was told.
    fn group_of(&self, index: usize) -> Option<usize> {
        let head = self.syntax.token(self.mentions[index].head);
        let generic =
            matches!(head.lemma(), "group" | "movement" | "organization" | "organisation" | "militia" | "party");
        let possessor = head.child(Relation::NmodPoss).filter(|word| generic && word.upos() == Upos::Pron)?.id;
        let pronoun = self.before(index, 0).find(|&other| self.mentions[other].head == possessor)?;
        let person = self.root(pronoun);
        let told = self.before(index, NOUN_REACH).filter(|&other| self.root(other) == person);
        // The body stands in the person's phrase or close before the name ("leader of the Taliban, Haibatullah …").
        let bodies = |other: usize| {
            let mention = &self.mentions[other];
            let name = if let Form::Name(name) = mention.form { name.start } else { mention.head };
            let beside = move |head: TokenId| {
                mention.span.holds(head)
                    || head < name
                        && name.0 - head.0 <= 4
                        && (head.0 + 1..name.0).all(|between| {
                            let word = self.syntax.token(TokenId(between));
                            matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Adj) || word.form() == ","
                        })
            };
            (0..index).rev().take(WINDOW).find(move |&body| {
                let body = &self.mentions[body];
                matches!(body.kind, Kind::Body | Kind::People)
                    && matches!(body.form, Form::Name(_))
                    && !self.is_state_body(body)
                    && beside(body.head)
            })
        };
        told.filter(|&other| self.mentions[other].kind == Kind::Person).find_map(bodies)
    }

    /// "In Baku, the ministry said" after another country's ministry, or "the army" long after two armies: the same word
    /// need not mean the same body.
    fn is_of_another_state(&self, index: usize, other: usize) -> bool {
        let mention = &self.mentions[index];
        if !matches!(mention.kind, Kind::Body | Kind::People) {
            return false;
        }
        let head = self.syntax.token(mention.head);
        let Some(nation) = self.nation(&self.mentions[other]) else { return false };
        let sentence = head.sentence();
        let fronted = sentence.iter().next().is_some_and(|first| first.form() == "In")
            && sentence.iter().take(5).any(|word| word.form() == "," && word.id < mention.head);
        if fronted && mention.sentence != self.mentions[other].sentence {
            return true;
        }
        let far = mention.sentence > self.mentions[other].sentence + NEAR;
        far && self.before(index, u32::MAX).any(|rival| {
            let rival = &self.mentions[rival];
            !matches!(rival.form, Form::Pronoun(_) | Form::Coordination)
                && self.says(rival, head.lemma(), &[])
                && self.nation(rival).is_some_and(|another| another != nation)
        })
    }

    /// The country or people that a mention names beside its noun.
    fn nation(&self, mention: &Mention) -> Option<String> {
        mention.span.iter().filter(|id| *id != mention.head).find_map(|id| {
            let form = self.syntax.token(id).form();
            let named = WORDS.country(form).is_some() || crate::names::demonym(&Word::new(form));
            named.then(|| form.to_lowercase())
        })
    }

    /// Ministries, parliaments and the like are not "the group".
    fn is_state_body(&self, mention: &Mention) -> bool {
        mention.span.iter().any(|token| {
            matches!(
                self.syntax.token(token).lemma().to_lowercase().as_str(),
                "government"
                    | "ministry"
                    | "parliament"
                    | "court"
                    | "council"
                    | "department"
                    | "nations"
                    | "agency"
                    | "administration"
                    | "news"
            )
        })
    }

    /// Whether a mention is called by this noun (its head, or the role beside a name) and has all these words.
    fn says(&self, mention: &Mention, lemma: &str, words: &[String]) -> bool {
        let head = self.syntax.token(mention.head);
        let is = |token: Token<'_>| token.lemma().eq_ignore_ascii_case(lemma);
        let role = |child: Token<'_>| {
            matches!(child.relation(), Relation::Compound | Relation::NmodDesc | Relation::Appos | Relation::Flat)
                && is(child)
        };
        let called = is(head) || matches!(mention.form, Form::Name(_)) && head.children().any(role);
        let has =
            |word: &str| mention.span.iter().any(|token| self.syntax.token(token).lemma().eq_ignore_ascii_case(word));
        called && words.iter().all(|word| has(word))
    }

    /// "the two sides", "both governments": the same words before, or two that were named together.
    fn pair(&self, index: usize, head: Token<'_>) -> Option<usize> {
        let mention = &self.mentions[index];
        let actors = |kind: Kind| matches!(kind, Kind::Body | Kind::People | Kind::Country);
        self.before(index, NOUN_REACH).find(|&other| {
            let earlier = &self.mentions[other];
            if earlier.span.overlaps(mention.span) {
                return false;
            }
            match earlier.form {
                Form::Coordination => match mention.kind {
                    Kind::Person => earlier.kind == Kind::Person,
                    Kind::Country => earlier.kind == Kind::Country,
                    _ => actors(earlier.kind),
                },
                Form::Description => {
                    let other_head = self.syntax.token(earlier.head);
                    earlier.plural
                        && (other_head.lemma() == head.lemma() || is_side(other_head.lemma()) && is_side(head.lemma()))
                        && is_pair(other_head, &modifiers(other_head))
                }
                _ => false,
            }
        })
    }

    fn pronoun(&self, index: usize, pronoun: Pronoun) -> Option<usize> {
        let mut best: Option<(i32, usize)> = None;
        for other in self.before(index, PRONOUN_REACH) {
            if let Some(score) = self.score(index, other, pronoun)
                && best.is_none_or(|(highest, _)| score > highest)
            {
                best = Some((score, other));
            }
        }
        best.map(|(_, other)| other)
    }

    /// How well an earlier mention suits a pronoun; `None` if grammar, number, gender or kind forbid it.
    fn score(&self, index: usize, other: usize, pronoun: Pronoun) -> Option<i32> {
        let (this, that) = (&self.mentions[index], &self.mentions[other]);
        let token = self.syntax.token(this.head);
        let candidate = self.syntax.token(that.head);
        let subject = that.form == Form::Coordination || candidate.relation().is_subject();
        if that.span.overlaps(this.span) || !self.suits(other, pronoun) || binds(token, candidate) {
            return None;
        }
        let distance = i32::try_from(this.sentence - that.sentence).unwrap_or(i32::MAX);
        let mut score = 100 - 30 * distance;
        if distance == 0 {
            score -= i32::try_from(this.head.0.saturating_sub(that.head.0) / 6).unwrap_or(20);
        }
        score += if candidate.relation().is_subject() { 22 } else { 0 };
        score += match candidate.relation() {
            Relation::Obl | Relation::Nmod | Relation::OblUnmarked => -8,
            Relation::Compound | Relation::Amod => -18,
            _ => 0,
        };
        score -= if pronoun == Pronoun::They && self.is_affiliation(that) { 60 } else { 0 };
        score += if token.relation().is_subject() && subject { 6 } else { 0 };
        score += if has_object_of(candidate, token) { 25 } else { 0 };
        let size = self.sizes[self.root(other)].min(4);
        score += 4 * i32::try_from(size).unwrap_or(0);
        score += match that.form {
            Form::Name(_) => 8,
            Form::Pronoun(_) => 10,
            Form::Coordination => 4,
            Form::Description => 0,
        };
        score += match (pronoun, that.kind) {
            (Pronoun::It, Kind::Body | Kind::Country) => 8,
            (Pronoun::They, Kind::Person | Kind::People) => 8,
            (Pronoun::They, Kind::Event | Kind::Thing) => -14,
            (Pronoun::It, Kind::Event) => -6,
            (Pronoun::It, Kind::Thing) => -8,
            (_, _) => 0,
        };
        if pronoun == Pronoun::It && takes_event(token) {
            score += match that.kind {
                Kind::Event => 40,
                Kind::Body | Kind::Country | Kind::City | Kind::Region => -30,
                _ => 0,
            };
        }
        Some(score)
    }

    /// "Osama bin Javaid of Al Jazeera": a body that only says where a person belongs.
    fn is_affiliation(&self, mention: &Mention) -> bool {
        let head = self.syntax.token(mention.head);
        mention.kind == Kind::Body
            && head.relation() == Relation::Nmod
            && head.children().any(|child| child.relation() == Relation::Case && matches!(child.form(), "of" | "from"))
            && head.head().is_some_and(|person| person.upos() == Upos::Propn)
    }

    fn suits(&self, other: usize, pronoun: Pronoun) -> bool {
        let that = &self.mentions[other];
        if let Form::Pronoun(earlier) = that.form {
            return earlier == pronoun;
        }
        let gender = self.genders[self.root(other)];
        match pronoun {
            Pronoun::He => that.kind == Kind::Person && !that.plural && gender != Some(Gender::Woman),
            Pronoun::She => that.kind == Kind::Person && !that.plural && gender != Some(Gender::Man),
            Pronoun::It => !matches!(that.kind, Kind::Person | Kind::People) && !that.plural,
            Pronoun::They => {
                that.plural
                    || matches!(that.kind, Kind::People)
                    || that.kind == Kind::Body && matches!(that.form, Form::Name(_))
            }
        }
    }
}

/// "The government has not paid the wages it promised": whoever does something to a thing is meant in what is told of it.
fn has_object_of(subject: Token<'_>, pronoun: Token<'_>) -> bool {
    let clause =
        pronoun.head().filter(|clause| pronoun.relation().is_subject() && clause.relation() == Relation::AclRelcl);
    let object = clause.and_then(Token::head).filter(|object| object.relation() == Relation::Obj);
    let verb = object.and_then(Token::head);
    subject.relation() == Relation::Nsubj && verb.zip(subject.head()).is_some_and(|(verb, head)| verb.id == head.id)
}

/// Whether a pronoun stands where talks, truces and the like do: what begins, is put off or is suspended.
fn takes_event(token: Token<'_>) -> bool {
    let Some(verb) = token.head() else { return false };
    match token.relation() {
        Relation::Nsubj => {
            let object = verb.children().any(|child| matches!(child.relation(), Relation::Obj | Relation::Xcomp));
            !object && matches!(verb.lemma(), "begin" | "start" | "end" | "resume" | "expire" | "collapse" | "last")
        }
        Relation::NsubjPass | Relation::Obj => {
            let off = || verb.child(Relation::CompoundPrt).is_some_and(|particle| particle.form() == "off");
            matches!(verb.lemma(), "suspend" | "postpone" | "cancel" | "resume" | "delay")
                || matches!(verb.lemma(), "put" | "call") && off()
        }
        _ => false,
    }
}

/// Whether grammar keeps a pronoun from meaning a mention: both hang on one verb ("the rebels attacked them"), or the
/// mention stands in apposition or as a predicate there.
fn binds(token: Token<'_>, candidate: Token<'_>) -> bool {
    let reflexive = token.form().to_lowercase().ends_with("self") || token.form().to_lowercase().ends_with("selves");
    let (Some(governor), other) = (token.head(), candidate.head()) else { return false };
    let siblings = other.is_some_and(|other| other.id == governor.id);
    if reflexive {
        return !siblings;
    }
    let possessive = token.relation() == Relation::NmodPoss;
    siblings && !possessive && governor.upos() != Upos::Noun || governor.id == candidate.id
}

/// The words that narrow a noun down: adjectives, nouns and phrases, not articles and numbers of course.
fn modifiers(head: Token<'_>) -> Vec<String> {
    let mut words = Vec::new();
    for child in head.children() {
        match child.relation() {
            Relation::Amod | Relation::Compound | Relation::Nummod | Relation::NmodPoss => {
                words.push(child.lemma().to_lowercase())
            }
            // "the two parties held talks", with the verb hung on its subject, narrows nothing down.
            Relation::Acl if child.id > head.id && is_predicate(child) => {}
            Relation::Nmod | Relation::Acl | Relation::AclRelcl | Relation::Appos => {
                words.push(child.lemma().to_lowercase())
            }
            _ => {}
        }
    }
    words.retain(|word| !matches!(word.as_str(), "same" | "whole" | "former" | "late"));
    words
}

/// Whether a verb hung on a noun may be the predicate of its clause: an infinitive or a form with its own object.
fn is_predicate(verb: Token<'_>) -> bool {
    verb.children().any(|child| {
        child.relation() == Relation::Mark && child.xpos() == Xpos::To && child.id < verb.id
            || child.relation() == Relation::Obj && matches!(verb.xpos(), Xpos::Vbn | Xpos::Vbd)
    })
}

/// Whether a plural noun means two known parties: "the two sides", "both governments", "the rivals", "the parties".
fn is_pair(head: Token<'_>, words: &[String]) -> bool {
    let both = head.children().any(|child| {
        matches!(child.relation(), Relation::Det | Relation::DetPredet | Relation::Nummod | Relation::Amod)
            && matches!(child.lemma(), "both" | "two")
    });
    // "both sides, who have agreed to talk": what a relative clause adds narrows no pair down.
    let clauses: Vec<String> = head
        .children()
        .filter(|child| child.relation() == Relation::AclRelcl)
        .map(|clause| clause.lemma().to_lowercase())
        .collect();
    let plain = |word: &str| matches!(word, "two" | "warring" | "rival" | "opposing");
    let others = words.iter().filter(|word| !plain(word) && !clauses.contains(word)).count();
    let each = head.children().any(|child| child.relation() == Relation::Det && child.lemma() == "each");
    if each && is_side(head.lemma()) {
        return others == 0;
    }
    let plural = matches!(head.xpos(), Xpos::Nns);
    plural && others == 0 && (both || is_side(head.lemma()) && head.lemma() != "government")
}

pub(super) fn is_side(lemma: &str) -> bool {
    matches!(lemma, "side" | "party" | "rival" | "government" | "delegation" | "camp")
}
