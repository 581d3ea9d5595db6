//! The word lists of the finder of names: hints for the model, never verdicts.

use crate::language::{Casing, Word};
use document::NameKind;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

/// What the lists say of a word, one bit each.
pub(super) type Hints = u32;

pub(super) const PLACE_BEGIN: Hints = 1;
pub(super) const PLACE_INSIDE: Hints = 2;
pub(super) const DEMONYM: Hints = 4;
pub(super) const BODY: Hints = 8;
pub(super) const TITLE: Hints = 16;
pub(super) const GIVEN: Hints = 32;

/// Lists of single words, by the hash of the word in small letters.
static WORDS: LazyLock<FxHashMap<u32, Hints>> = LazyLock::new(|| {
    let mut hints: FxHashMap<u32, Hints> = FxHashMap::default();
    let lists = [
        (include_str!("demonyms.txt"), DEMONYM),
        (include_str!("bodies.txt"), BODY),
        (include_str!("titles.txt"), TITLE),
        (include_str!("given.txt"), GIVEN),
    ];
    for (list, hint) in lists {
        for entry in entries(list) {
            *hints.entry(Word::new(entry).lower).or_default() |= hint;
            if hint == DEMONYM {
                *hints.entry(Word::new(&format!("{entry}s")).lower).or_default() |= hint;
            }
        }
    }
    hints
});

/// First names of either gender, in small letters.
static FIRST_NAMES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let lines = entries(include_str!("../coreference/first_names.txt"));
    lines.flat_map(|line| line.split_whitespace().skip(1)).collect()
});

/// Offices, as they are written before a name.
static OFFICES: LazyLock<FxHashSet<&str>> = LazyLock::new(|| entries(include_str!("offices.txt")).collect());

/// Whether a word is an office that stands before a person's name.
pub(super) fn is_office(form: &str) -> bool {
    OFFICES.contains(form)
}

/// Whether a word is known as a first name; no feature of the model, so that the list may grow without training.
pub(super) fn is_first_name(form: &str) -> bool {
    FIRST_NAMES.contains(form.to_lowercase().as_str())
}

/// Names by their first word: the hashes of the others, the longest name first.
type Phrases = FxHashMap<u32, Vec<Vec<u32>>>;

static PLACES: LazyLock<Phrases> = LazyLock::new(|| phrases(include_str!("places.txt")));
static ORGANIZATIONS: LazyLock<Phrases> = LazyLock::new(|| phrases(include_str!("organizations.txt")));

fn phrases(list: &'static str) -> Phrases {
    let mut phrases = Phrases::default();
    for entry in entries(list) {
        let spaced = entry.replace('-', " - ").replace(", ", " , ");
        let mut hashes = spaced.split(' ').map(|word| Word::new(word).lower);
        let Some(first) = hashes.next() else { continue };
        let rests = phrases.entry(first).or_default();
        rests.push(hashes.collect());
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
    }
    phrases
}

/// The length of the longest listed name that begins at `at`.
fn length(phrases: &Phrases, words: &[Word], at: usize) -> Option<usize> {
    let fits = |rest: &&Vec<u32>| {
        let next = words.get(at + 1..at + 1 + rest.len());
        next.is_some_and(|next| next.iter().zip(rest.iter()).all(|(word, hash)| word.lower == *hash))
    };
    phrases.get(&words.get(at)?.lower)?.iter().find(fits).map(|rest| rest.len() + 1)
}

/// The listed places, organizations and peoples in a text, as ranges of words; longer names before shorter, first come first.
pub(super) fn listed(words: &[Word]) -> Vec<(std::ops::Range<usize>, NameKind)> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let organization = length(&ORGANIZATIONS, words, at).map(|length| (length, NameKind::Organization));
        let place = length(&PLACES, words, at).map(|length| (length, NameKind::Location));
        // Names are written with capitals; "us" and "who" are not names.
        let group = WORDS.get(&words[at].lower).filter(|hints| **hints & DEMONYM > 0).map(|_| (1, NameKind::Group));
        let best = organization.max(place).max(group).filter(|_| words[at].casing != Casing::Small);
        if let Some((length, kind)) = best {
            found.push((at..at + length, kind));
        }
        at += best.map_or(1, |best| best.0);
    }
    found
}

fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What the lists say of each word of a sentence.
pub(super) fn hints(words: &[Word]) -> Vec<Hints> {
    let mut hints: Vec<Hints> = words.iter().map(|word| WORDS.get(&word.lower).copied().unwrap_or_default()).collect();
    let mut at = 0;
    while at < words.len() {
        let length = length(&PLACES, words, at);
        if let Some(length) = length {
            hints[at] |= PLACE_BEGIN;
            hints[at + 1..at + length].iter_mut().for_each(|hint| *hint |= PLACE_INSIDE);
        }
        at += length.unwrap_or(1);
    }
    hints
}
