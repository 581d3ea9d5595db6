//! What the gazetteer says of the words of a sentence: whether they spell a place that it has, and how large one.

use crate::language::{Casing, Word};
use crate::places::{Gazetteer, key};
use document::{Syntax, TokenSpan};
use std::ops::Range;

/// Up to how many inhabitants a place belongs to each class of size, from the least.
const SIZES: [f64; 4] = [2_000.0, 15_000.0, 100_000.0, 1_000_000.0];

/// Added to the class of a word that begins a place of several words, and of one that goes on with it.
pub(super) const BEGINS: u32 = 16;
pub(super) const GOES_ON: u32 = 8;

/// The most words that are tried as one name.
const LONGEST: usize = 5;

/// The class of each of some words: 0 for no place, else 1 and up by the size of the largest place of that name.
/// Names are sought from the left, the longest first, among words with capitals.
pub(super) fn classes(syntax: &Syntax, words: &[Word], range: Range<usize>, gazetteer: &Gazetteer) -> Vec<u32> {
    let mut classes = vec![0; range.len()];
    let mut at = range.start;
    while at < range.end {
        let Some((end, class)) = longest(syntax, words, at..range.end, gazetteer) else {
            at += 1;
            continue;
        };
        let found = &mut classes[at - range.start..end - range.start];
        found.fill(class + GOES_ON);
        found[0] = if found.len() > 1 { class + BEGINS } else { class };
        at = end;
    }
    classes
}

/// The end and the class of the longest place that begins with the first word.
fn longest(syntax: &Syntax, words: &[Word], range: Range<usize>, gazetteer: &Gazetteer) -> Option<(usize, u32)> {
    let start = range.start;
    if matches!(words[start].casing, Casing::Small | Casing::None) {
        return None;
    }
    let mut best = None;
    for end in start + 1..=range.end.min(start + LONGEST) {
        let key = key(syntax.text(TokenSpan::new(start, end)));
        if key.is_empty() {
            break;
        }
        let begins = gazetteer.begins(&key);
        if begins.whole && words[end - 1].casing != Casing::Small {
            best = Some((end, key));
        }
        if !begins.more {
            break;
        }
    }
    let (end, key) = best?;
    let largest = gazetteer.places(&key).into_iter().map(|place| gazetteer.population(place)).fold(0.0, f64::max);
    let class = 1 + SIZES.iter().filter(|size| largest >= **size).count();
    Some((end, class as u32))
}
