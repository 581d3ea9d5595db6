//! The word lists of status: which words decide whether something happened, and how. The main type is [`Words`].

use document::Status;
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// All word lists. Built once, then only read.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::load);

/// What a word does to what hangs on it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Effect {
    /// A status, and a number on the factuality scale.
    Fixed(Status, f64),
    /// The fate of the word itself.
    Same,
    /// The opposite of the fate of the word itself.
    Reverse,
    /// What hangs on it is taken for granted.
    Through,
}

/// An effect, and the one that holds when the word is negated.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Effects {
    pub(super) plain: Effect,
    pub(super) negated: Option<Effect>,
}

pub(super) struct Words {
    governors: FxHashMap<(String, &'static str), Effects>,
    modals: FxHashMap<&'static str, Effects>,
    negations: FxHashMap<&'static str, f64>,
    modifiers: FxHashMap<&'static str, Effects>,
    links: FxHashMap<String, Effects>,
    duratives: Vec<&'static str>,
    /// Phrases of history, and whether they make history of what they introduce.
    pub(super) background: Vec<(Vec<&'static str>, bool)>,
}

impl Words {
    fn load() -> Self {
        Self {
            governors: governors(),
            modals: lines(include_str!("modals.txt")).filter_map(entry).collect(),
            negations: lines(include_str!("negations.txt")).filter_map(negation).collect(),
            modifiers: lines(include_str!("modifiers.txt")).filter_map(entry).collect(),
            links: lines(include_str!("links.txt"))
                .filter_map(entry)
                .map(|(words, effects)| (words.replace('_', " "), effects))
                .collect(),
            duratives: lines(include_str!("duratives.txt")).collect(),
            background: lines(include_str!("background.txt")).filter_map(history).collect(),
        }
    }

    /// What a governing word does to what hangs on it in this frame; `joined` is its particle or its object.
    pub(super) fn governor(&self, lemma: &str, joined: Option<&str>, frame: &'static str) -> Option<Effects> {
        let lemma = lemma.to_lowercase();
        joined
            .and_then(|joined| self.governors.get(&(format!("{lemma}+{joined}"), frame)))
            .or_else(|| self.governors.get(&(lemma, frame)))
            .copied()
    }

    /// The frame under its fixed name, if any governor has it.
    pub(super) fn preposition(&self, form: &str) -> Option<&'static str> {
        const PREPOSITIONS: [&str; 14] = [
            "about", "against", "at", "for", "from", "in", "into", "of", "on", "over", "to", "toward", "towards",
            "whether",
        ];
        PREPOSITIONS.into_iter().find(|known| known.eq_ignore_ascii_case(form))
    }

    pub(super) fn modal(&self, form: &str) -> Option<Effects> {
        self.modals.get(form.to_lowercase().as_str()).copied()
    }

    /// How much of certainty a negating word takes: 1 for all.
    pub(super) fn negation(&self, form: &str) -> Option<f64> {
        self.negations.get(form.to_lowercase().as_str()).copied()
    }

    pub(super) fn modifier(&self, lemma: &str) -> Option<Effects> {
        self.modifiers.get(lemma.to_lowercase().as_str()).copied()
    }

    /// Whether a verb tells of what lasts, so that "has … since" means that it still does.
    pub(super) fn is_durative(&self, lemma: &str) -> bool {
        self.duratives.contains(&lemma)
    }

    pub(super) fn link(&self, words: &str) -> Option<Effects> {
        self.links.get(words.to_lowercase().as_str()).copied()
    }
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn governors() -> FxHashMap<(String, &'static str), Effects> {
    let mut governors = FxHashMap::default();
    for line in lines(include_str!("governors.txt")) {
        let Some((lemma, rest)) = line.split_once(' ') else { continue };
        let Some((frames, effects)) = entry(rest) else { continue };
        for frame in frames.split(',') {
            governors.entry((lemma.to_owned(), frame)).or_insert(effects);
        }
    }
    governors
}

/// A word and its effects.
fn entry(line: &'static str) -> Option<(&'static str, Effects)> {
    let mut words = line.split_whitespace();
    let word = words.next()?;
    let plain = effect(&mut words)?;
    Some((word, Effects { plain, negated: effect(&mut words) }))
}

fn effect(words: &mut std::str::SplitWhitespace<'static>) -> Option<Effect> {
    Some(match words.next()? {
        "same" => Effect::Same,
        "reverse" => Effect::Reverse,
        "through" => Effect::Through,
        word => Effect::Fixed(status(word)?, words.next()?.parse().ok()?),
    })
}

fn status(word: &str) -> Option<Status> {
    [
        Status::Occurred,
        Status::Ongoing,
        Status::Attempted,
        Status::Planned,
        Status::Imminent,
        Status::Feared,
        Status::Hypothetical,
        Status::Negated,
        Status::Unsaid,
    ]
    .into_iter()
    .find(|status| status.as_str() == word)
}

fn negation(line: &'static str) -> Option<(&'static str, f64)> {
    let (word, number) = line.split_once(' ')?;
    Some((word, number.parse().ok()?))
}

fn history(line: &'static str) -> Option<(Vec<&'static str>, bool)> {
    let (phrase, kind) = line.split_once(' ')?;
    Some((phrase.split('_').collect(), kind == "of"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_is_understood() {
        for list in [include_str!("modals.txt"), include_str!("modifiers.txt"), include_str!("links.txt")] {
            for line in lines(list) {
                assert!(entry(line).is_some(), "{line}");
            }
        }
        for line in lines(include_str!("governors.txt")) {
            let (_, rest) = line.split_once(' ').unwrap_or_default();
            let (frames, _) = entry(rest).unwrap_or_else(|| panic!("{line}"));
            for frame in frames.split(',') {
                let plain = ["infinitive", "clause", "gerund", "object", "subject"].contains(&frame);
                assert!(plain || WORDS.preposition(frame).is_some(), "{line}");
            }
        }
        for line in lines(include_str!("negations.txt")) {
            assert!(negation(line).is_some(), "{line}");
        }
    }
}
