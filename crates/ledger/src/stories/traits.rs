//! What is measured on two wordings: [`Traits`], and the terms that the decision adds up.
//!
//! All arithmetic is exact or in a fixed order (no logarithm of the platform), so that every processor decides alike.

use super::bag::Shared;
use super::wording::Wording;

/// Number of terms of the decision.
pub const TERMS: usize = 30;

/// What two texts share.
#[derive(Clone, Debug)]
pub struct Traits {
    pub(super) plain: Shared,
    pub(super) names: Shared,
    pub(super) figures: Shared,
    pub(super) pairs: Shared,
    pub(super) spaced: Shared,
    pub(super) runs: Shared,
    /// Content words that occur once in either text, and how many of them come in the same order.
    pub(super) common: u32,
    pub(super) ordered: u32,
    /// How many of the common words stand at the same place of either text, within a tenth of its length.
    pub(super) placed: u32,
    /// Content words that occur once in the text that has fewer of them.
    pub(super) single: u32,
    /// Of these, words beyond the first that a sentence shares with its best counterpart.
    pub(super) aligned: u32,
    /// Quotations in both, and how many of them in the same order.
    pub(super) quotations: (u32, u32),
    /// Words of the shorter and of the longer text.
    pub(super) lengths: (u32, u32),
}

impl Traits {
    /// Measures two wordings; the order of the two does not matter but for the sides of [`Shared::either_way`].
    pub fn of(a: &Wording, b: &Wording) -> Traits {
        let mut places = Vec::with_capacity(a.once.len().min(b.once.len()));
        let mut sentences = Vec::with_capacity(places.capacity());
        let mut theirs = b.once.as_slice();
        for &(stem, place, sentence) in &a.once {
            while let Some((first, rest)) = theirs.split_first() {
                if first.0 > stem {
                    break;
                }
                theirs = rest;
                if first.0 == stem {
                    places.push((place, first.1));
                    sentences.push((sentence, first.2));
                }
            }
        }
        places.sort_unstable();
        let aligned = aligned(&mut sentences);
        for pair in &mut sentences {
            *pair = (pair.1, pair.0);
        }
        Traits {
            plain: a.plain.shared(&b.plain),
            names: a.names.shared(&b.names),
            figures: a.figures.shared(&b.figures),
            pairs: a.pairs.shared(&b.pairs),
            spaced: a.spaced.shared(&b.spaced),
            runs: a.runs.shared(&b.runs),
            common: places.len() as u32,
            ordered: rising(places.iter().map(|place| place.1)),
            // A sentence that was split has two counterparts from one side and one from the other.
            placed: placed(&places, a.content.max(1), b.content.max(1)),
            single: a.once.len().min(b.once.len()) as u32,
            aligned: aligned.min(self::aligned(&mut sentences)),
            quotations: quotations(&a.quotations, &b.quotations),
            lengths: (a.length.min(b.length), a.length.max(b.length)),
        }
    }

    /// The terms of the decision. Roots and logarithms spread the low values, where the decision falls; the products say
    /// that order and neighbourhood count the more, the more words there are to show them.
    pub fn terms(&self) -> [f32; TERMS] {
        let common = self.common as f32;
        // Two random orders of n things share a rising run of about twice the root of n.
        let order = if self.common == 0 { 0.0 } else { (self.ordered as f32 - 2.0 * common.sqrt() + 1.0) / common };
        let together = self.aligned as f32 / common.max(1.0);
        let placed = self.placed as f32 / common.max(1.0);
        let explained = (self.ordered as f32 / self.single.max(1) as f32).sqrt();
        let (pairs, runs) = (self.pairs.alike().sqrt(), self.runs.alike().sqrt());
        [
            self.plain.contained(),
            self.plain.alike(),
            bits(self.plain.count),
            self.pairs.contained().sqrt(),
            pairs,
            bits(self.pairs.count),
            self.spaced.contained().sqrt(),
            self.spaced.alike().sqrt(),
            bits(self.spaced.count),
            self.runs.contained().sqrt(),
            runs,
            self.names.contained(),
            bits(self.names.count),
            self.figures.contained(),
            bits(self.figures.count),
            order,
            together,
            bits(self.aligned),
            bits(self.common),
            together * bits(self.common),
            pairs * order,
            order * together,
            runs * bits(self.aligned),
            placed,
            placed * bits(self.common),
            explained,
            explained * order,
            pairs * placed,
            explained * placed,
            self.spaced.alike().sqrt() * order,
        ]
    }
}

/// The binary logarithm of a number and one, straight between the powers of two.
fn bits(count: u32) -> f32 {
    let count = u64::from(count) + 1;
    let whole = count.ilog2();
    whole as f32 + (count - (1 << whole)) as f32 / (1u64 << whole) as f32
}

/// Length of the longest rising run of a row, gaps allowed.
fn rising(row: impl Iterator<Item = u32>) -> u32 {
    let mut ends: Vec<u32> = Vec::new();
    for place in row {
        let at = ends.partition_point(|&end| end < place);
        match ends.get_mut(at) {
            Some(end) => *end = place,
            None => ends.push(place),
        }
    }
    ends.len() as u32
}

fn placed(places: &[(u32, u32)], ours: u32, theirs: u32) -> u32 {
    let far = |&&(a, b): &&(u32, u32)| {
        (u64::from(a) * u64::from(theirs)).abs_diff(u64::from(b) * u64::from(ours)) * 10
            <= u64::from(ours) * u64::from(theirs)
    };
    places.iter().filter(far).count() as u32
}

fn aligned(sentences: &mut [(u16, u16)]) -> u32 {
    sentences.sort_unstable();
    let best = |ours: &[(u16, u16)]| ours.chunk_by(|a, b| a.1 == b.1).map(<[_]>::len).max().unwrap_or(0);
    sentences.chunk_by(|a, b| a.0 == b.0).map(|ours| best(ours).saturating_sub(1) as u32).sum()
}

fn quotations(ours: &[u32], theirs: &[u32]) -> (u32, u32) {
    // Reports quote a dozen times at most, long interviews a hundred times: beyond that it shows nothing new.
    let theirs = &theirs[..theirs.len().min(200)];
    let places: Vec<u32> = ours
        .iter()
        .take(200)
        .filter_map(|one| theirs.iter().position(|other| other == one))
        .map(|at| at as u32)
        .collect();
    (places.len() as u32, rising(places.iter().copied()))
}
