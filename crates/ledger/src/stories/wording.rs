//! A text prepared once for comparison with many: [`Wording`].
//!
//! Residual wording is what the writer chose: plain words outside quotations. Names, figures and quotations belong to the
//! happening and stand in independent reports too, so they are kept apart and enter the pairs and runs only beside plain words.

use super::background::CONTENT;
use super::bag::Bag;
use super::words::{Kind, Word, hash, mix, words};

/// Content words this close to each other, counted in content words, make a pair.
const NEAR: usize = 3;
/// Words this close, counted in all words, make a pair with its distance.
const APART: usize = 7;
/// Most keys of a report beside the key of the whole text.
pub(super) const KEYS: usize = 34;
/// Pairs of words that are at least this rare on average become keys first; others only fill up for a short text.
const RARE: u8 = 13;
/// Length of the runs of words that show copying word for word.
const RUN: usize = 5;
/// Least rarity of a word, and of two together, that make a pair with its distance.
const SPACED: u8 = 9;
const SPACED_BOTH: u8 = 22;

/// What the comparison needs of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wording {
    /// Hash of the normalised text.
    pub(super) whole: u64,
    /// Number of words.
    pub(super) length: u32,
    /// Number of content words.
    pub(super) content: u32,
    /// Plain content words outside quotations.
    pub(super) plain: Bag,
    pub(super) names: Bag,
    pub(super) figures: Bag,
    /// Two content words near each other, in either order: what a translation leaves.
    pub(super) pairs: Bag,
    /// The smallest hashes among the pairs that serve as keys, ascending.
    pub(super) keys: Vec<u32>,
    /// Two words in this order and at this distance: what replacing words leaves.
    pub(super) spaced: Bag,
    /// Runs of words: what cutting and editing leaves.
    pub(super) runs: Bag,
    /// Content words that occur once: stem, place among the content words, sentence; by stem.
    pub(super) once: Vec<(u32, u32, u16)>,
    /// Hashes of the quotations in their order.
    pub(super) quotations: Vec<u32>,
}

impl Wording {
    /// Prepares a text.
    pub fn of(text: &str) -> Wording {
        let (words, whole) = words(text);
        let content: Vec<(usize, &Word)> =
            words.iter().enumerate().filter(|(_, word)| word.rarity >= CONTENT).collect();
        let bag = |keep: fn(&Word) -> bool| {
            Bag::of(content.iter().filter(|(_, word)| keep(word)).map(|(_, word)| (word.stem, word.rarity)))
        };
        let (pairs, keys) = pairs(&content);
        Wording {
            whole,
            length: u32::try_from(words.len()).unwrap_or(u32::MAX),
            content: u32::try_from(content.len()).unwrap_or(u32::MAX),
            plain: bag(|word| word.kind == Kind::Plain && !word.quoted),
            names: bag(|word| word.kind == Kind::Name),
            figures: bag(|word| word.kind == Kind::Figure),
            pairs,
            keys,
            spaced: spaced(&words),
            runs: runs(&words),
            once: once(&content),
            quotations: quotations(&words),
        }
    }
}

impl Wording {
    /// Whether there is no word in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }
}

/// Whether two words say something of the wording: two names, or two words of one quotation, do not.
fn tells(word: &Word, other: &Word) -> bool {
    (word.kind == Kind::Plain || other.kind == Kind::Plain) && !(word.quoted && other.quoted) && word.stem != other.stem
}

/// The pairs of near content words, and the keys among them.
fn pairs(content: &[(usize, &Word)]) -> (Bag, Vec<u32>) {
    let mut pairs = Vec::with_capacity(content.len() * NEAR);
    let (mut rare, mut others) = (Vec::with_capacity(content.len() * 2), Vec::new());
    for (at, &(place, word)) in content.iter().enumerate() {
        for &(to, other) in content.iter().skip(at + 1).take(NEAR) {
            if tells(word, other) {
                let hash = join(word.stem.min(other.stem), word.stem.max(other.stem));
                let rarity = (word.rarity + other.rarity) / 2;
                pairs.push((hash, rarity));
                // Two words side by side may be a stock phrase, which half of all reports share.
                if to - place > 1 && rarity >= RARE {
                    rare.push(hash);
                } else if to - place > 1 && rarity > CONTENT {
                    others.push(hash);
                }
            }
        }
    }
    let keys = smallest(rare, KEYS);
    let fill = smallest(others, KEYS - keys.len());
    let mut keys = [keys, fill].concat();
    keys.sort_unstable();
    keys.dedup();
    (Bag::of(pairs), keys)
}

fn smallest(mut hashes: Vec<u32>, count: usize) -> Vec<u32> {
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(count);
    hashes
}

fn spaced(words: &[Word]) -> Bag {
    let mut spaced = Vec::with_capacity(words.len() * 4);
    for (at, word) in words.iter().enumerate().filter(|(_, word)| word.rarity >= SPACED) {
        for (gap, other) in (1u32..).zip(words.iter().skip(at + 1).take(APART)) {
            let rarity = word.rarity + other.rarity;
            // Two names side by side are one name; two names further apart tell of the sentence around them.
            let wording = tells(word, other) || (gap > 2 && !(word.quoted && other.quoted) && word.stem != other.stem);
            if other.rarity >= SPACED && rarity >= SPACED_BOTH && wording {
                spaced.push((join(join(gap, word.stem), other.stem), rarity / 2));
            }
        }
    }
    Bag::of(spaced)
}

fn runs(words: &[Word]) -> Bag {
    let mut runs = Vec::with_capacity(words.len());
    for run in words.windows(RUN) {
        let plain = run.iter().any(|word| word.kind == Kind::Plain && word.rarity + 2 >= CONTENT);
        if plain && !run.iter().all(|word| word.quoted) {
            let rarity: u32 = run.iter().map(|word| u32::from(word.rarity)).sum();
            let weight = u8::try_from(rarity / RUN as u32).unwrap_or(u8::MAX);
            runs.push((run.iter().fold(0, |hash, word| join(hash, word.stem)), weight));
        }
    }
    Bag::of(runs)
}

fn once(content: &[(usize, &Word)]) -> Vec<(u32, u32, u16)> {
    let mut all: Vec<(u32, u32, u16)> =
        (0u32..).zip(content).map(|(place, (_, word))| (word.stem, place, word.sentence)).collect();
    all.sort_unstable();
    let single = all.chunk_by(|a, b| a.0 == b.0).filter(|same| same.len() == 1);
    single.flatten().copied().collect()
}

/// Quotations of at least three words; shorter ones are names and nicknames.
fn quotations(words: &[Word]) -> Vec<u32> {
    let quoted = words
        .chunk_by(|a, b| a.quoted == b.quoted)
        .filter(|part| part.len() > 2 && part.iter().all(|word| word.quoted));
    quoted.map(|part| part.iter().fold(1, |hash, word| join(hash, word.stem))).collect()
}

/// One hash of two, in this order.
fn join(a: u32, b: u32) -> u32 {
    (mix((u64::from(a) << 32 | u64::from(b)) ^ 0x5bd1_e995) >> 32) as u32
}

/// The hash of nothing in particular that marks a text as a whole among the keys.
pub(super) fn key_of_whole(whole: u64) -> u32 {
    (mix(whole ^ hash("whole")) >> 32) as u32
}
