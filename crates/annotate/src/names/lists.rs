//! The word lists of the finder of names: hints for the model, never verdicts.

use crate::language::Word;
use rustc_hash::FxHashMap;
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

/// Places by their first word: the hashes of the others, the longest name first.
static PLACES: LazyLock<FxHashMap<u32, Vec<Vec<u32>>>> = LazyLock::new(|| {
    let mut places: FxHashMap<u32, Vec<Vec<u32>>> = FxHashMap::default();
    for entry in entries(include_str!("places.txt")) {
        let spaced = entry.replace('-', " - ").replace(", ", " , ");
        let mut hashes = spaced.split(' ').map(|word| Word::new(word).lower);
        if let Some(first) = hashes.next() {
            places.entry(first).or_default().push(hashes.collect());
        }
    }
    let mut sorted = FxHashMap::default();
    #[expect(clippy::iter_over_hash_type, reason = "each entry is sorted for itself; their order is not seen")]
    for (first, mut rests) in places {
        rests.sort_by_key(|rest| std::cmp::Reverse(rest.len()));
        sorted.insert(first, rests);
    }
    sorted
});

fn entries(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// What the lists say of each word of a sentence.
pub(super) fn hints(words: &[Word]) -> Vec<Hints> {
    let mut hints: Vec<Hints> = words.iter().map(|word| WORDS.get(&word.lower).copied().unwrap_or_default()).collect();
    let mut at = 0;
    while at < words.len() {
        let length = PLACES.get(&words[at].lower).and_then(|rests| {
            let fits = |rest: &&Vec<u32>| {
                words
                    .get(at + 1..at + 1 + rest.len())
                    .is_some_and(|next| next.iter().zip(rest.iter()).all(|(word, hash)| word.lower == *hash))
            };
            rests.iter().find(fits).map(|rest| rest.len() + 1)
        });
        if let Some(length) = length {
            hints[at] |= PLACE_BEGIN;
            hints[at + 1..at + length].iter_mut().for_each(|hint| *hint |= PLACE_INSIDE);
        }
        at += length.unwrap_or(1);
    }
    hints
}
