//! The cue words and their frames, read from `verbs.txt`, `nouns.txt` and `adjectives.txt`. The main type is [`Cues`];
//! where the content stands in a sentence is the business of `clauses`.

use document::Manner;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// All cue words. Built once from the word lists, then only read.
pub(super) static CUES: LazyLock<Cues> = LazyLock::new(Cues::load);

pub(super) struct Cues {
    verbs: FxHashMap<&'static str, Cue>,
    nouns: FxHashMap<&'static str, Cue>,
    adjectives: FxHashMap<&'static str, Cue>,
    adverbs: FxHashMap<&'static str, Cue>,
    light: FxHashSet<&'static str>,
    vehicles: FxHashSet<&'static str>,
    days: FxHashSet<&'static str>,
}

/// One cue word: how it puts its content forward, and where the content may stand.
pub(super) struct Cue {
    pub(super) manner: Manner,
    pub(super) clause: bool,
    pub(super) quote: bool,
    pub(super) object: bool,
    pub(super) person: bool,
    pub(super) target: bool,
    pub(super) impersonal: bool,
    /// An infinitive as content, with its own manner.
    pub(super) infinitive: Option<Manner>,
    prepositions: Vec<(&'static str, Manner)>,
}

impl Cue {
    /// The manner of a content that stands after this preposition, if the cue takes one there.
    pub(super) fn takes(&self, preposition: &str) -> Option<Manner> {
        self.prepositions.iter().find(|(known, _)| known.eq_ignore_ascii_case(preposition)).map(|(_, manner)| *manner)
    }
}

impl Cues {
    fn load() -> Self {
        Self {
            verbs: entries(include_str!("verbs.txt")),
            nouns: entries(include_str!("nouns.txt")),
            adjectives: entries(include_str!("adjectives.txt")),
            adverbs: entries(include_str!("adverbs.txt")),
            light: lines(include_str!("light.txt")).collect(),
            vehicles: lines(include_str!("vehicles.txt")).collect(),
            days: lines(include_str!("days.txt")).collect(),
        }
    }

    /// The verb with this lemma and particle.
    pub(super) fn verb(&self, lemma: &str, particle: Option<&str>) -> Option<&Cue> {
        particle
            .and_then(|particle| self.verbs.get(format!("{lemma}+{particle}").as_str()))
            .or_else(|| self.verbs.get(lemma))
    }

    pub(super) fn noun(&self, lemma: &str) -> Option<&Cue> {
        self.nouns.get(lemma)
    }

    pub(super) fn adverb(&self, lemma: &str) -> Option<&Cue> {
        self.adverbs.get(lemma)
    }

    /// Whether a verb lends its subject to a cue noun ("expressed concern").
    pub(super) fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether a noun is a text or an occasion in which things are said ("in a statement").
    pub(super) fn is_vehicle(&self, lemma: &str) -> bool {
        self.vehicles.contains(lemma)
    }

    /// Whether a word is a day of the week or the like, which may stand bare beside a verb of speech.
    pub(super) fn is_day(&self, form: &str) -> bool {
        self.days.contains(form)
    }

    pub(super) fn adjective(&self, lemma: &str) -> Option<&Cue> {
        self.adjectives.get(lemma)
    }
}

/// The lines of a word list: no comments, no empty lines.
pub(super) fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn entries(list: &'static str) -> FxHashMap<&'static str, Cue> {
    lines(list).filter_map(entry).collect()
}

fn entry(line: &'static str) -> Option<(&'static str, Cue)> {
    let mut words = line.split_whitespace();
    let lemma = words.next()?;
    let manner = manner(words.next()?)?;
    let mut cue = Cue {
        manner,
        clause: false,
        quote: false,
        object: false,
        person: false,
        target: false,
        impersonal: false,
        infinitive: None,
        prepositions: Vec::new(),
    };
    for frame in words {
        match frame.split_once(':').unwrap_or((frame, "")) {
            ("clause", _) => cue.clause = true,
            ("quote", _) => cue.quote = true,
            ("object", _) => cue.object = true,
            ("person", _) => cue.person = true,
            ("target", _) => cue.target = true,
            ("impersonal", _) => cue.impersonal = true,
            ("infinitive", own) => cue.infinitive = Some(self::manner(own).unwrap_or(manner)),
            (preposition, own) => cue.prepositions.push((preposition, self::manner(own).unwrap_or(manner))),
        }
    }
    Some((lemma, cue))
}

fn manner(word: &str) -> Option<Manner> {
    [Manner::Said, Manner::Believed, Manner::Feared, Manner::Denied, Manner::Alleged, Manner::Asked, Manner::Promised]
        .into_iter()
        .find(|manner| manner.as_str() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_is_understood_and_stands_once() {
        for list in [include_str!("verbs.txt"), include_str!("nouns.txt"), include_str!("adjectives.txt")] {
            let mut seen = std::collections::BTreeSet::new();
            for line in lines(list) {
                let (lemma, cue) = entry(line).unwrap_or_else(|| panic!("not understood: {line}"));
                assert!(seen.insert(lemma), "twice: {lemma}");
                let frames =
                    cue.clause || cue.quote || cue.object || cue.target || cue.impersonal || cue.infinitive.is_some();
                assert!(frames || !cue.prepositions.is_empty(), "no frame: {line}");
            }
        }
    }
}
