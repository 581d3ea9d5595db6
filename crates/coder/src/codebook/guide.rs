//! The codebook for readers: what its prose says, what its lists hold, and what each rule's pattern means.
//!
//! Coding needs none of it. How it is laid out is the business of whoever shows it.

use super::pattern::{FillerClass, Line, Need, Role, SlotName, TriggerPart};
use super::rules::Rule;
use document::Strength;
use std::collections::BTreeMap;

/// What stands in a codebook beside its rules.
#[derive(Debug, Default, Clone)]
pub struct Guide {
    /// The categories and then the states that have a text or modes, each sorted by name.
    pub categories: Vec<Category>,
    /// The contexts, sorted by name.
    pub contexts: Vec<Context>,
    /// The word lists by name, each in the order of its file.
    pub lists: BTreeMap<String, Vec<String>>,
}

/// A category or a kind of state.
#[derive(Debug, Default, Clone)]
pub struct Category {
    /// As claims have it: `ASSAULT`, `control`.
    pub name: String,
    /// Whether it is a kind of state.
    pub state: bool,
    /// What counts and what does not: `category.md`.
    pub text: String,
    /// Each mode with the words that tell it, sorted by name.
    pub modes: Vec<(String, Vec<String>)>,
}

/// A context with the words that signal it.
#[derive(Debug, Default, Clone)]
pub struct Context {
    /// Its name.
    pub name: String,
    /// What it is about.
    pub summary: String,
    /// The words, in the order of the file.
    pub words: Vec<String>,
}

impl Guide {
    /// The category of a folder, made if it is not there yet.
    pub(super) fn category(&mut self, folder: &str, name: &str) -> &mut Category {
        let state = folder == "states";
        let name = if state { name.to_owned() } else { name.to_uppercase() };
        let key = |category: &Category| (category.state, category.name.clone());
        let place = match self.categories.binary_search_by_key(&(state, name.clone()), key) {
            Ok(place) => place,
            Err(place) => {
                self.categories.insert(place, Category { name, state, ..Category::default() });
                place
            }
        };
        &mut self.categories[place]
    }

    pub(super) fn add_list<'a>(&mut self, name: &str, entries: impl Iterator<Item = &'a str>) {
        self.lists.insert(name.to_owned(), entries.map(str::to_owned).collect());
    }
}

/// What a line of a pattern is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// The words that the rule hangs on.
    Words,
    /// The actor.
    Who,
    /// The recipient.
    Whom,
    /// The nested claim, the thing acted on, the instrument or the topic.
    What,
    /// A place.
    Where,
    /// A figure.
    Figure,
    /// A condition without a role.
    Condition,
    /// What must not be there.
    Never,
}

/// One line of a pattern, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PatternLine {
    /// What it is about.
    pub about: About,
    /// Where it is looked for, or the part of speech of the words.
    pub slots: Vec<String>,
    /// What may stand there; `@name` is a word list.
    pub fillers: Vec<String>,
    /// The role within what it is about ("mediator", "content"), if it is not plain.
    pub role: Option<String>,
    /// Whether the rule fires without it.
    pub optional: bool,
}

impl Rule {
    /// The pattern in words: what it hangs on, who, whom, what, where, and on which conditions.
    #[must_use]
    pub fn pattern(&self) -> Vec<PatternLine> {
        let part = |part: TriggerPart, name: &str| {
            let mut fillers: Vec<String> = Vec::new();
            for trigger in self.triggers.iter().filter(|trigger| trigger.part == part) {
                let others = trigger.others.join(" ");
                fillers.push(match (part, others.is_empty()) {
                    (_, true) => trigger.lemma.clone(),
                    (TriggerPart::Noun, false) => format!("{others} {}", trigger.lemma),
                    (_, false) => format!("{} {others}", trigger.lemma),
                });
            }
            let slots = vec![name.to_owned()];
            (!fillers.is_empty()).then_some(PatternLine {
                about: About::Words,
                slots,
                fillers,
                role: None,
                optional: false,
            })
        };
        let parts = [(TriggerPart::Verb, "verb"), (TriggerPart::Noun, "noun"), (TriggerPart::Adjective, "adjective")];
        let mut lines: Vec<PatternLine> = parts.into_iter().filter_map(|(which, name)| part(which, name)).collect();
        lines.extend(self.lines.iter().map(in_words));
        lines.sort_by_key(|line| line.about);
        lines
    }

    /// The keys that the rule sets, as its file names them, with their values.
    #[must_use]
    pub fn settings(&self) -> Vec<(String, String)> {
        let strength = self.strength.map(|strength| match strength {
            Strength::Firm => "firm",
            Strength::Effort => "effort",
            Strength::Intention => "intention",
        });
        let list = |words: &[String]| (!words.is_empty()).then(|| words.join(", "));
        let flag = |set: bool| set.then(|| "yes".to_owned());
        let recast: Vec<String> = self.recast.iter().map(|(content, name)| format!("{content}: {name}")).collect();
        let mut settings: Vec<(String, String)> = [
            ("modes", list(&self.modes)),
            ("contexts", list(&self.contexts)),
            ("strength", strength.map(str::to_owned)),
            ("relation", self.relation.map(str::to_owned)),
            ("content-status", self.content_status.map(|status| status.as_str().to_owned())),
            ("recast", list(&recast)),
            ("figure", self.figure.clone()),
            ("mutual", flag(self.mutual)),
            ("needs-content", flag(self.needs_content)),
            ("speaker-acts", flag(self.speaker_acts)),
            ("negated-acts", flag(self.negated_acts)),
            ("performative", flag(self.performative)),
            ("beside", flag(self.beside)),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key.to_owned(), value?)))
        .collect();
        settings.extend(self.facets.iter().map(|(facet, field, value)| (format!("{facet}.{field}"), value.clone())));
        settings
    }

    /// The value that the rule gives to a field of a facet.
    #[must_use]
    pub fn facet(&self, facet: &str, field: &str) -> Option<&str> {
        let mut facets = self.facets.iter();
        facets.find(|(one, other, _)| (*one, *other) == (facet, field)).map(|(_, _, value)| value.as_str())
    }

    /// The modes that the rule sets.
    #[must_use]
    pub fn modes(&self) -> &[String] {
        &self.modes
    }

    /// The contexts that the rule sets.
    #[must_use]
    pub fn contexts(&self) -> &[String] {
        &self.contexts
    }

    /// Whether it tells of a state rather than of an act.
    #[must_use]
    pub fn is_state(&self) -> bool {
        self.state
    }
}

fn in_words(line: &Line) -> PatternLine {
    let (about, role) = match &line.role {
        _ if line.need == Need::Forbidden => (About::Never, None),
        None => (About::Condition, None),
        Some(Role::Actor(part)) => (About::Who, part.map(str::to_owned)),
        Some(Role::Recipient) => (About::Whom, None),
        Some(Role::RecipientOwner) => (About::Whom, Some("owner".to_owned())),
        Some(Role::Content) => (About::What, Some("content".to_owned())),
        Some(Role::Object) => (About::What, Some("object".to_owned())),
        Some(Role::Instrument) => (About::What, Some("instrument".to_owned())),
        Some(Role::Topic) => (About::What, Some("topic".to_owned())),
        Some(Role::Place("event")) => (About::Where, None),
        Some(Role::Place(role)) => (About::Where, Some((*role).to_owned())),
        Some(Role::Figure(name)) => (About::Figure, Some(name.clone())),
    };
    PatternLine {
        about,
        slots: line.slots.iter().map(slot).collect(),
        fillers: line.fillers.iter().map(filler).collect(),
        role,
        optional: line.need == Need::Optional,
    }
}

fn slot(slot: &SlotName) -> String {
    match slot {
        SlotName::Subject => "subject",
        SlotName::Object => "object",
        SlotName::Indirect => "indirect object",
        SlotName::Clause => "clause",
        SlotName::Infinitive => "infinitive",
        SlotName::Modifier => "modifier",
        SlotName::Modal => "modal",
        SlotName::Light => "light verb",
        SlotName::Head => "head",
        SlotName::Near => "anywhere below the word",
        SlotName::Sentence => "in the headline or the sentence",
        SlotName::Scene => "in the headline, the sentence or the three before it",
        SlotName::ModifierOf(noun) => return format!("modifier of the {}", self::slot(noun)),
        SlotName::Preposition(preposition) => return format!("“{preposition}”"),
    }
    .to_owned()
}

fn filler(filler: &FillerClass) -> String {
    match filler {
        FillerClass::Any => "anything".to_owned(),
        FillerClass::Actor => "an actor".to_owned(),
        FillerClass::Country => "a country".to_owned(),
        FillerClass::Place => "a place".to_owned(),
        FillerClass::Figure => "a number of something".to_owned(),
        FillerClass::Sector(code) => format!("an actor of sector {code}"),
        FillerClass::List(name) => format!("@{name}"),
        FillerClass::Lemma(words) => words.join(" "),
    }
}
