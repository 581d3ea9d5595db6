//! What a claim shows that tells right readings from wrong ones: how it was found, who is named, and what the report is.
//!
//! [`traits`] gives the traits of all claims of a report by name, as they stand in `confidence.toml`. They are read off the
//! finished claims and the document alone, so that whatever finds claims may change without them.

use crate::codebook::{Codebook, WordList};
use document::{Claim, ClaimKind, Document, NameKind, Participant, Relation, Sentence, Token, Upos};
use std::collections::BTreeMap;

/// Sentences of the body that tell what a report is about, after the headline.
const LEAD: usize = 2;
/// Shares of a report's sentences: of questions in an interview; of claims, from which on it is about public affairs.
const QUESTIONS: f64 = 0.06;
const DENSE: [(f64, &str); 3] =
    [(0.7, "claims in most sentences"), (0.35, "claims in many sentences"), (0.15, "claims in some sentences")];

/// The traits of each claim, in the claims' order. `scenes` names the word lists that are sought in the headline, the
/// lead and the claim's sentence.
pub(super) fn traits(
    document: &Document,
    codebook: &Codebook,
    scenes: &[String],
    claims: &[Claim],
) -> Vec<Vec<String>> {
    let report = Report::new(document, codebook, scenes, claims);
    claims.iter().enumerate().map(|(index, claim)| report.of(index, claim)).collect()
}

struct Report<'a> {
    document: &'a Document,
    claims: &'a [Claim],
    /// How many claims tell of conflict in deed, and how many have an actor whose country is known.
    conflict: usize,
    known: usize,
    categories: BTreeMap<&'a str, usize>,
    /// The word lists with their names.
    scenes: Vec<(&'a str, &'a WordList)>,
    /// What all claims of the report share.
    shared: Vec<String>,
}

impl<'a> Report<'a> {
    fn new(document: &'a Document, codebook: &'a Codebook, scenes: &'a [String], claims: &'a [Claim]) -> Self {
        let scenes: Vec<(&str, &WordList)> =
            scenes.iter().filter_map(|name| Some((name.as_str(), codebook.list(name)?))).collect();
        let mut shared = Vec::new();
        let sentences = document.iter_sentences().len().max(1) as f64;
        let title = |sentence: &Sentence<'_>| in_headline(document, *sentence);
        let lead: Vec<Sentence<'_>> = document
            .iter_sentences()
            .filter(title)
            .chain(document.iter_sentences().filter(|sentence| !title(sentence)).take(LEAD))
            .collect();
        if !claims.is_empty() {
            for (name, list) in &scenes {
                if lead.iter().any(|sentence| sentence.iter().any(|token| list.matches(token))) {
                    shared.push(format!("report of {name}"));
                }
            }
        }
        let questions = document.iter_sentences().filter(|sentence| asks(*sentence)).count() as f64;
        if questions / sentences >= QUESTIONS && questions > 2.0 {
            shared.push("report is an interview".into());
        }
        let density = claims.len() as f64 / sentences;
        let dense =
            DENSE.iter().find(|(least, _)| density >= *least).map_or("claims in few sentences", |dense| dense.1);
        shared.push(dense.into());
        let mut categories: BTreeMap<&str, usize> = BTreeMap::new();
        for claim in claims {
            *categories.entry(&claim.category).or_default() += 1;
        }
        let conflict = claims.iter().filter(|claim| is_conflict(&claim.category)).count();
        let known = claims.iter().filter(|claim| has_country(claim)).count();
        Self { document, claims, conflict, known, categories, scenes, shared }
    }

    fn of(&self, index: usize, claim: &Claim) -> Vec<String> {
        let mut traits = vec![format!("category {}", claim.category), format!("rule {}", claim.rule)];
        self.told(claim, &mut traits);
        self.participants(claim, &mut traits);
        self.place_in_text(claim, &mut traits);
        self.among_others(index, claim, &mut traits);
        traits.extend(self.shared.iter().cloned());
        traits
    }

    /// How the claim is told: its word and what its fields say.
    fn told(&self, claim: &Claim, traits: &mut Vec<String>) {
        let document = self.document;
        let trigger = document.token(claim.trigger);
        let part = match trigger.upos() {
            Upos::Verb | Upos::Aux => "verb",
            Upos::Noun | Upos::Propn => "noun",
            Upos::Adj => "adjective",
            _ => "other",
        };
        traits.push(format!("word is a {part}"));
        if part == "verb" {
            traits.push(format!("verb tagged {}", trigger.xpos()));
        }
        traits.push(format!("word hangs as {}", trigger.relation()));
        if claim.predicate.iter().map(|span| span.len()).sum::<usize>() > 1 {
            traits.push("told by several words".into());
        }
        traits.push(format!("status {}", claim.status.as_str()));
        let mut when = |holds: bool, name: &str| {
            if holds {
                traits.push(name.to_owned());
            }
        };
        when(claim.kind == ClaimKind::State, "state");
        when(claim.background, "background");
        when(claim.granularity.kind != document::GranularityKind::Single, "more than one event");
        when(claim.nested, "nested in another");
        when(!claim.content.is_empty(), "has a content");
        when(claim.when.is_some(), "dated");
        when(!claim.places.is_empty(), "placed");
        when(!claim.quantities.is_empty(), "counted");
        when(claim.object.is_some(), "has an object");
        match claim.according_to.first().map(|&first| &document.statements[first]) {
            None => when(true, "in the report's own voice"),
            Some(statement) if statement.speaker_heads.is_empty() => when(true, "said by nobody named"),
            Some(statement) if statement.quoted => when(true, "said in quotation marks"),
            Some(_) => when(true, "said by somebody named"),
        }
    }

    /// Who is named, and how.
    fn participants(&self, claim: &Claim, traits: &mut Vec<String>) {
        let document = self.document;
        for (role, participants) in [("actor", &claim.actors), ("recipient", &claim.recipients)] {
            let Some(first) = participants.first() else {
                traits.push(format!("no {role}"));
                continue;
            };
            traits.push(format!("{role} {}", standing(document, first)));
            let head = document.token(first.head);
            if let Some(person) = person(head) {
                traits.push(format!("{role} is {person}"));
            }
            if first.inferred {
                traits.push(format!("{role} stands elsewhere"));
            } else if first.head < claim.trigger {
                traits.push(format!("{role} before the word"));
            } else {
                traits.push(format!("{role} after the word"));
            }
            if role == "actor" {
                traits.push(format!("actor hangs as {}", head.relation()));
                if document.sentence_of(first.head).tokens() != document.sentence_of(claim.trigger).tokens() {
                    traits.push("actor in another sentence".into());
                }
            }
        }
        if claim.actors.is_empty() {
            traits.push(format!("no actor of {}", claim.category));
            let named = self.others_named(claim);
            let told = match (claim.recipients.is_empty(), named) {
                (true, true) => "nobody found, somebody named",
                (true, false) => "nobody found, nobody named",
                (false, true) => "no actor, somebody else named",
                (false, false) => "no actor, nobody else named",
            };
            traits.push(told.into());
        }
    }

    /// Whether the sentence names a person, body or people that is no participant.
    fn others_named(&self, claim: &Claim) -> bool {
        let sentence = self.document.sentence_of(claim.trigger).tokens();
        let names = &self.document.names;
        let first = names.partition_point(|name| name.span.start < sentence.start);
        names[first..]
            .iter()
            .take_while(|name| sentence.contains(name.span))
            .filter(|name| !matches!(name.kind, NameKind::Location | NameKind::Other))
            .any(|name| !claim.recipients.iter().any(|one| one.span.overlaps(name.span)))
    }

    /// Where in the text and in its sentence the claim stands.
    fn place_in_text(&self, claim: &Claim, traits: &mut Vec<String>) {
        let document = self.document;
        let sentence = document.sentence_of(claim.trigger);
        let at = sentence.id.index() as f64 / document.iter_sentences().len().max(1) as f64;
        traits.push(
            match at {
                _ if in_headline(document, sentence) => "in the headline",
                _ if at < 0.2 => "in the first fifth",
                _ if at < 0.6 => "in the middle",
                _ => "towards the end",
            }
            .into(),
        );
        traits.push(
            match sentence.tokens().len() {
                0..=12 => "short sentence",
                13..=28 => "sentence of usual length",
                29..=45 => "long sentence",
                _ => "very long sentence",
            }
            .into(),
        );
        let mut depth = 0;
        let mut token = document.token(claim.trigger);
        while let Some(head) = token.head().filter(|_| depth < 8) {
            (token, depth) = (head, depth + 1);
        }
        traits.push(
            match depth {
                0 => "at the root",
                1..=2 => "near the root",
                3..=4 => "deep in the sentence",
                _ => "very deep in the sentence",
            }
            .into(),
        );
        if asks(sentence) {
            traits.push("in a question".into());
        }
        let says = |words: &[&str]| {
            sentence.iter().any(|token| words.iter().any(|word| token.form().eq_ignore_ascii_case(word)))
        };
        if says(&["I", "me", "my"]) {
            traits.push("sentence speaks as I".into());
        }
        if says(&["we", "us", "our"]) {
            traits.push("sentence speaks as we".into());
        }
        if says(&["you", "your"]) {
            traits.push("sentence speaks to you".into());
        }
        let first = document.times.partition_point(|time| time.span.start < sentence.tokens().start);
        if !document.times.get(first).is_some_and(|time| sentence.tokens().contains(time.span)) {
            traits.push("sentence without a time".into());
        }
        for (name, list) in &self.scenes {
            if sentence.iter().any(|token| list.matches(token)) {
                traits.push(format!("sentence with {name}"));
            }
        }
    }

    /// What else the report claims.
    fn among_others(&self, index: usize, claim: &Claim, traits: &mut Vec<String>) {
        let count = self.claims.len() - 1;
        traits.push(
            match count {
                0..=1 => "almost alone in its report",
                2..=5 => "few others in its report",
                6..=15 => "some others in its report",
                _ => "many others in its report",
            }
            .into(),
        );
        let share = |all: usize, own: bool| (all - usize::from(own)) as f64 / count.max(1) as f64;
        traits.push(
            match share(self.conflict, is_conflict(&claim.category)) {
                share if share < 0.1 => "report without conflict",
                share if share < 0.35 => "report with some conflict",
                _ => "report of conflict",
            }
            .into(),
        );
        traits.push(
            match share(self.known, has_country(claim)) {
                share if share < 0.15 => "report of actors without country",
                share if share < 0.4 => "report of some actors with country",
                _ => "report of actors with country",
            }
            .into(),
        );
        if self.categories.get(claim.category.as_str()).is_some_and(|count| *count > 1) {
            traits.push("report has its category again".into());
        }
        // Claims stand in text order.
        let sentence = self.document.sentence_of(claim.trigger).tokens();
        let here = |other: &&Claim| sentence.holds(other.trigger);
        let before = self.claims[..index].iter().rev().take_while(here);
        let after = self.claims[index + 1..].iter().take_while(here);
        match before.clone().count() + after.clone().count() {
            0 => traits.push("alone in its sentence".into()),
            1..=2 => {}
            _ => traits.push("many in its sentence".into()),
        }
        if before.chain(after).any(|other| other.trigger == claim.trigger) {
            traits.push("another on the same word".into());
        }
    }
}

/// The categories that tell of conflict in deed.
fn is_conflict(category: &str) -> bool {
    matches!(category, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "THREATEN" | "SANCTION")
}

fn has_country(claim: &Claim) -> bool {
    claim.actors.iter().any(|actor| actor.actor.country.is_some())
}

/// What is known of a participant.
fn standing(document: &Document, participant: &Participant) -> &'static str {
    let actor = &participant.actor;
    let pronoun = document.token(participant.head).upos() == Upos::Pron;
    match actor {
        _ if actor.id.is_some() => "in the codebook",
        _ if actor.country.is_some() && !actor.sectors.is_empty() => "with country and sector",
        _ if actor.country.is_some() => "with a country",
        _ if !actor.sectors.is_empty() => "with a sector",
        _ if actor.name.is_some() => "named and not known",
        _ if pronoun => "a pronoun for nobody",
        _ if document.name_at(participant.head).is_some() => "a name and not known",
        _ => "not known",
    }
}

/// "I", "we", "he", "they", or a thing; nothing for a noun.
fn person(head: Token<'_>) -> Option<&'static str> {
    if !matches!(head.upos(), Upos::Pron | Upos::Det) {
        return None;
    }
    match head.form().to_lowercase().as_str() {
        "i" | "me" | "my" => Some("I"),
        "we" | "us" | "our" => Some("we"),
        "you" | "your" => Some("you"),
        "it" | "its" | "this" | "that" | "which" => Some("it"),
        "they" | "them" | "their" => Some("they"),
        "he" | "she" | "him" | "her" | "his" => Some("he or she"),
        _ => Some("another pronoun"),
    }
}

fn in_headline(document: &Document, sentence: Sentence<'_>) -> bool {
    let start = document.text_span(sentence.tokens()).start;
    document.report.title.is_some_and(|title| start < title.end)
}

fn asks(sentence: Sentence<'_>) -> bool {
    sentence.iter().any(|token| token.form() == "?" && token.relation() == Relation::Punct)
}
