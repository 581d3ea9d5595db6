//! The word lists of the tokenizer, read once from the text files beside this module.

use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::LazyLock;

type Words = LazyLock<FxHashSet<&'static str>>;

/// Prefixes that keep their hyphen.
static PREFIXES: Words = LazyLock::new(|| entries(include_str!("prefixes.txt")).collect());
/// Abbreviations that stand before a name; their period never ends a sentence.
static TITLES: Words = LazyLock::new(|| entries(include_str!("titles.txt")).collect());
/// Other abbreviations.
static ABBREVIATIONS: Words = LazyLock::new(|| entries(include_str!("abbreviations.txt")).collect());
/// Units written onto a number.
pub(super) static UNITS: Words = LazyLock::new(|| entries(include_str!("units.txt")).collect());
/// Words that begin sentences.
static STARTERS: Words = LazyLock::new(|| entries(include_str!("starters.txt")).collect());
/// Fused words with the length of their first part.
static CONTRACTIONS: LazyLock<FxHashMap<&'static str, usize>> = LazyLock::new(|| {
    entries(include_str!("contractions.txt"))
        .filter_map(|entry| entry.split_once(' '))
        .filter_map(|(word, length)| Some((word, length.parse().ok()?)))
        .collect()
});

fn entries(file: &'static str) -> impl Iterator<Item = &'static str> {
    file.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// Looks up an ASCII word in lower case without allocating.
fn lowered<T>(word: &str, look: impl FnOnce(&str) -> T) -> Option<T> {
    let mut buffer = [0u8; 12];
    let bytes = word.as_bytes();
    if bytes.len() > buffer.len() || !word.is_ascii() {
        return None;
    }
    for (slot, byte) in buffer.iter_mut().zip(bytes) {
        *slot = byte.to_ascii_lowercase();
    }
    std::str::from_utf8(&buffer[..bytes.len()]).ok().map(look)
}

/// Whether `word` (without period) is an abbreviation that stands before a name, in any case.
pub(crate) fn is_title(word: &str) -> bool {
    lowered(word, |word| TITLES.contains(word)).unwrap_or(false)
}

/// Whether `word` (without period) is another abbreviation, in any case.
pub(super) fn is_abbreviation(word: &str) -> bool {
    lowered(word, |word| ABBREVIATIONS.contains(word)).unwrap_or(false)
}

/// Whether `word` (with its capital) usually begins a sentence.
pub(crate) fn is_starter(word: &str) -> bool {
    STARTERS.contains(word)
}

/// Whether `word` is a prefix that keeps its hyphen, in any case.
pub(super) fn is_prefix(word: &str) -> bool {
    lowered(word, |word| PREFIXES.contains(word)).unwrap_or(false)
}

/// The length of the first part if `word` is two words written as one ("cannot").
pub(super) fn fused(word: &str) -> Option<usize> {
    lowered(word, |word| CONTRACTIONS.get(word).copied()).flatten()
}
