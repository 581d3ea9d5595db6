//! The pattern of a rule: which words it hangs on, and what must or may stand around them.
//!
//! One line is one condition: a slot, what may fill it, and the role that the filler gets.
//!
//! ```text
//! verb     disperse, break up          words that the rule hangs on (also: noun, adjective; @LIST, any of a word list)
//! subject  @security-force as actor    a required filler
//! object?  @actor as recipient         an optional one
//! subject! @actor as actor             a required one that a passive must name as well
//! not with club                        must not be there
//! on/against *  as recipient           either preposition, any filler
//! ```
//!
//! Slots are those of [`crate::frames::Slot`]: `subject` and `object` in their deep sense (the subject of a passive is
//! its object, the possessor of a noun its subject), `indirect`, `clause`, `infinitive`, `modifier`, or any preposition. Fillers are
//! lemmas, `*`, or classes: `@actor`, `@country`, `@place`, `@figure`, a PLOVER sector such as `@MIL`, or the name of a
//! word list such as `@weapon`.

use super::fault::Faults;
use super::word_list::{unsplit, words};
use document::Upos;

/// A word, or a word with particles or modifiers, that a rule hangs on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Trigger {
    pub(crate) part: TriggerPart,
    /// The lemma of the head word: the first of a verb ("break" of "break up"), the last of a noun ("strike" of "air strike").
    pub(crate) lemma: String,
    /// The other words.
    pub(crate) others: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum TriggerPart {
    Verb,
    Noun,
    Adjective,
}

impl TriggerPart {
    /// Whether a token with this part of speech can be the trigger. Taggers confuse participles with adjectives, and
    /// nouns with names in headlines, so both readings are let in.
    pub(crate) fn admits(self, upos: Upos, xpos: document::Xpos) -> bool {
        use document::Xpos;
        match self {
            Self::Verb => {
                upos == Upos::Verb || (upos == Upos::Adj && matches!(xpos, Xpos::Vbn | Xpos::Vbg | Xpos::Vbd))
            }
            Self::Noun => matches!(upos, Upos::Noun | Upos::Propn),
            Self::Adjective => {
                matches!(upos, Upos::Adj | Upos::Adv) || (upos == Upos::Verb && matches!(xpos, Xpos::Vbn | Xpos::Jj))
            }
        }
    }
}

/// One condition on what stands around the trigger.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Line {
    /// Any of these slots.
    pub(crate) slots: Vec<SlotName>,
    pub(crate) fillers: Vec<FillerClass>,
    pub(crate) role: Option<Role>,
    pub(crate) need: Need,
    /// The line as written, for messages.
    pub(crate) written: String,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Need {
    Required,
    /// Required also of a passive, which otherwise need not say who did it.
    Named,
    Optional,
    Forbidden,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum SlotName {
    Subject,
    Object,
    Indirect,
    Clause,
    /// A clause with "to".
    Infinitive,
    Modifier,
    /// A word of grammar that says how the verb is meant: an auxiliary, or "have", "need" before its "to".
    Modal,
    /// The light verb that governs the noun.
    Light,
    /// The word that the trigger hangs on: "police" of "riot police".
    Head,
    /// Anything in the trigger's own phrase or under its light verb.
    Near,
    /// Anything in the headline or the sentence.
    Sentence,
    /// Anything in the headline, the sentence or the few before it: what the report is speaking of.
    Scene,
    /// What stands before the noun that fills a slot: "tax" of "filed *tax* returns" is an object's modifier.
    ModifierOf(Box<SlotName>),
    Preposition(String),
}

impl SlotName {
    /// Whether it is any word of a stretch, not one that stands in a position of its own.
    pub(crate) fn is_stretch(&self) -> bool {
        matches!(self, Self::Near | Self::Sentence | Self::Scene)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum FillerClass {
    Any,
    Actor,
    Country,
    Place,
    /// A phrase with a number in it.
    Figure,
    Sector(String),
    List(String),
    Lemma(Vec<String>),
}

/// What a filler becomes in the claim.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Role {
    Actor(Option<&'static str>),
    Recipient,
    /// Whose the filler is, or the filler itself where it has no owner: "praised *Egypt*'s role".
    RecipientOwner,
    Content,
    Object,
    Place(&'static str),
    /// A figure counted in the filler, under this name ("killed", "events").
    Figure(String),
    Instrument,
    Topic,
}

const PREPOSITIONS: &[&str] = &[
    "about",
    "above",
    "across",
    "after",
    "against",
    "ahead of",
    "along",
    "among",
    "around",
    "as",
    "at",
    "because of",
    "before",
    "behind",
    "between",
    "by",
    "despite",
    "during",
    "following",
    "for",
    "from",
    "in",
    "inside",
    "into",
    "near",
    "of",
    "off",
    "on",
    "onto",
    "out of",
    "over",
    "through",
    "to",
    "toward",
    "towards",
    "under",
    "until",
    "upon",
    "via",
    "with",
    "within",
    "without",
    "outside",
    "amid",
    "beyond",
    "aboard",
    "beneath",
    "past",
    "when",
    "while",
    "using",
    "below",
    "than",
    "like",
    "if",
    "whether",
    "including",
    "opposite",
    "besides",
    "except",
    "in connection with",
    "in response to",
    "in support of",
    "in protest at",
    "next to",
    "close to",
    "instead of",
    "alongside",
    "regarding",
    "since",
    "per",
    "up to",
    "on behalf of",
    "in favor of",
    "in favour of",
    "in exchange for",
    "in return for",
];

pub(crate) struct Pattern {
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) lines: Vec<Line>,
}

/// Reads a pattern; `first_line` is the line of the file on which it begins.
pub(crate) fn parse(pattern: &str, first_line: usize, faults: &mut Faults<'_>) -> Pattern {
    let mut triggers = Vec::new();
    let mut lines = Vec::new();
    for (number, raw) in pattern.lines().enumerate() {
        let line = raw.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let at = first_line + number;
        let (need, rest) = match line.strip_prefix("not ") {
            Some(rest) => (Need::Forbidden, rest.trim()),
            None => (Need::Required, line),
        };
        let (slot, rest) = rest.split_once(char::is_whitespace).map_or((rest, ""), |(slot, rest)| (slot, rest.trim()));
        // "with?/between?" and "with/between?" both make the line optional.
        let need = match need {
            Need::Required if slot.contains('?') => Need::Optional,
            Need::Required if slot.contains('!') => Need::Named,
            need => need,
        };
        let slot = &slot.replace(['?', '!'], "");
        let part = match slot.as_str() {
            "verb" => Some(TriggerPart::Verb),
            "noun" => Some(TriggerPart::Noun),
            "adjective" => Some(TriggerPart::Adjective),
            _ => None,
        };
        if let Some(part) = part {
            for word in rest.split(',').map(str::trim).filter(|word| !word.is_empty()) {
                triggers.push(trigger(part, word, words(word)));
                triggers.extend(unsplit(word).map(|words| trigger(part, word, words)));
            }
            if rest.is_empty() {
                faults.on_line(at, line, "a trigger line names no word", "verb attack, storm");
            }
            continue;
        }
        let (fillers, role) = match rest.rsplit_once(" as ") {
            Some((fillers, role)) => (fillers.trim(), Some(role.trim())),
            None => match rest.strip_prefix("as ") {
                Some(role) => ("", Some(role.trim())),
                None => (rest, None),
            },
        };
        let role = role.and_then(|role| {
            let parsed = read_role(role);
            if parsed.is_none() {
                faults.on_line(at, role, "unknown role", "actor, actor:mediator, recipient, recipient:owner, content, object, venue, origin, destination, place, route, instrument, topic, or figure:NAME");
            }
            parsed
        });
        let slots = slot.split('/').filter_map(|slot| {
            let read = read_slot(slot);
            if read.is_none() {
                faults.on_line(
                    at,
                    slot,
                    "unknown slot",
                    "verb, noun, adjective, subject, object, indirect, clause, infinitive, modifier, modal, light, head, near, own, sentence, scene, or a preposition",
                );
            }
            read
        });
        let mut slots: Vec<SlotName> = slots.collect();
        // Among other slots "near" is the preposition; alone it means anything below the word.
        if slots.len() > 1 {
            slots.iter_mut().filter(|slot| **slot == SlotName::Near).for_each(|slot| {
                *slot = SlotName::Preposition("near".into());
            });
        }
        let fillers: Vec<FillerClass> = if fillers.is_empty() {
            vec![FillerClass::Any]
        } else {
            fillers.split(',').flat_map(|filler| read_filler(filler.trim())).collect()
        };
        lines.push(Line { slots, fillers, role, need, written: line.split_whitespace().collect::<Vec<_>>().join(" ") });
    }
    let modal = |line: &Line| line.need == Need::Required && line.slots.contains(&SlotName::Modal);
    if triggers.iter().any(|trigger| trigger.lemma == ANY) && !lines.iter().any(modal) {
        faults.on_line(first_line, ANY, "any word is too many", "a required line such as: modal must, should");
    }
    if triggers.is_empty() {
        faults.on_line(first_line, "", "the pattern has no trigger", "begin with a line such as: verb attack, storm");
    }
    Pattern { triggers, lines }
}

/// The trigger that any word of its part of speech is. A rule that hangs on it needs a line with `modal`.
pub(crate) const ANY: &str = "*";

fn trigger(part: TriggerPart, written: &str, mut words: Vec<String>) -> Trigger {
    // The words of a list are spelled out when all lists are known.
    if written.starts_with('@') {
        return Trigger { part, lemma: written.to_owned(), others: Vec::new() };
    }
    let lemma = match part {
        TriggerPart::Noun => words.pop().unwrap_or_default(),
        _ if words.is_empty() => String::new(),
        _ => words.remove(0),
    };
    Trigger { part, lemma, others: words }
}

fn read_slot(slot: &str) -> Option<SlotName> {
    Some(match slot {
        "subject" => SlotName::Subject,
        "object" => SlotName::Object,
        "indirect" => SlotName::Indirect,
        "clause" => SlotName::Clause,
        "infinitive" => SlotName::Infinitive,
        "modifier" => SlotName::Modifier,
        "modal" => SlotName::Modal,
        "light" => SlotName::Light,
        "head" => SlotName::Head,
        "near" => SlotName::Near,
        "sentence" => SlotName::Sentence,
        "scene" => SlotName::Scene,
        other if other.ends_with("-modifier") => {
            SlotName::ModifierOf(Box::new(read_slot(other.strip_suffix("-modifier")?)?))
        }
        other => {
            let other = other.replace('_', " ");
            PREPOSITIONS.contains(&other.as_str()).then_some(SlotName::Preposition(other))?
        }
    })
}

fn read_filler(filler: &str) -> Vec<FillerClass> {
    let Some(class) = filler.strip_prefix('@') else {
        if filler == "*" {
            return vec![FillerClass::Any];
        }
        return std::iter::once(words(filler)).chain(unsplit(filler)).map(FillerClass::Lemma).collect();
    };
    vec![match class {
        "actor" => FillerClass::Actor,
        "country" => FillerClass::Country,
        "place" => FillerClass::Place,
        "figure" => FillerClass::Figure,
        _ if class.len() == 3 && class.chars().all(|letter| letter.is_ascii_uppercase()) => {
            FillerClass::Sector(class.to_owned())
        }
        _ => FillerClass::List(class.to_owned()),
    }]
}

fn read_role(role: &str) -> Option<Role> {
    Some(match role {
        "actor" => Role::Actor(None),
        "actor:mediator" => Role::Actor(Some("mediator")),
        "actor:facilitator" => Role::Actor(Some("facilitator")),
        "actor:host" => Role::Actor(Some("host")),
        "actor:guarantor" => Role::Actor(Some("guarantor")),
        "actor:observer" => Role::Actor(Some("observer")),
        "actor:signatory" => Role::Actor(Some("signatory")),
        "actor:party" => Role::Actor(Some("party")),
        "recipient" => Role::Recipient,
        "recipient:owner" => Role::RecipientOwner,
        "content" => Role::Content,
        "object" => Role::Object,
        "place" => Role::Place("event"),
        "venue" => Role::Place("venue"),
        "origin" => Role::Place("origin"),
        "destination" => Role::Place("destination"),
        "route" => Role::Place("route"),
        "instrument" => Role::Instrument,
        "topic" => Role::Topic,
        other => Role::Figure(other.strip_prefix("figure:").filter(|name| !name.is_empty())?.to_owned()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults_of(pattern: &str) -> Vec<String> {
        let mut list = Vec::new();
        let mut faults = Faults::new("x.rule.toml", pattern, &mut list);
        parse(pattern, 1, &mut faults);
        list.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn a_line_is_slot_fillers_role() {
        let mut list = Vec::new();
        let mut faults = Faults::new("x", "", &mut list);
        let pattern = parse(
            "verb break up, scatter\nnoun air strike\nsubject @COP, riot police as actor\nobject? @crowd as recipient\nnot with/by rain",
            1,
            &mut faults,
        );
        assert!(list.is_empty());
        assert_eq!(
            pattern.triggers[0],
            Trigger { part: TriggerPart::Verb, lemma: "break".into(), others: vec!["up".into()] }
        );
        assert_eq!(
            pattern.triggers[2],
            Trigger { part: TriggerPart::Noun, lemma: "strike".into(), others: vec!["air".into()] }
        );
        assert_eq!(
            pattern.lines[0].fillers,
            [FillerClass::Sector("COP".into()), FillerClass::Lemma(vec!["riot".into(), "police".into()])]
        );
        assert_eq!(pattern.lines[1].need, Need::Optional);
        assert_eq!(pattern.lines[2].need, Need::Forbidden);
        assert_eq!(pattern.lines[2].slots.len(), 2);
    }

    #[test]
    fn a_subject_may_have_to_be_named_and_a_word_with_a_hyphen_is_one_or_two() {
        let mut list = Vec::new();
        let mut faults = Faults::new("x", "", &mut list);
        let pattern =
            parse("noun counter-offensive\nsubject! @actor as actor\nnot object-modifier tax", 1, &mut faults);
        assert!(list.is_empty());
        let triggers: Vec<&str> = pattern.triggers.iter().map(|trigger| trigger.lemma.as_str()).collect();
        assert_eq!(triggers, ["offensive", "counter-offensive"]);
        assert_eq!(pattern.lines[0].need, Need::Named);
        assert_eq!(pattern.lines[1].slots, [SlotName::ModifierOf(Box::new(SlotName::Object))]);
    }

    #[test]
    fn faults_name_line_and_words() {
        assert_eq!(faults_of("verb hit\nsubjekt @actor as actor").len(), 1);
        assert!(
            faults_of("verb hit\nsubjekt @actor as actor")[0].starts_with("x.rule.toml:2: unknown slot: `subjekt`")
        );
        assert!(faults_of("verb hit\nsubject @actor as aktor")[0].contains("unknown role: `aktor`"));
        assert!(faults_of("subject @actor as actor")[0].contains("no trigger"));
        assert!(faults_of("verb *\nsubject @actor as actor")[0].contains("any word is too many"));
        assert!(faults_of("verb *\nmodal must").is_empty());
    }
}
