//! Linear models over hashed features: each feature has a short row of weights, one for each label it speaks of.
//!
//! The main type is [`Weights`], fixed and fast; the crate `dev` has the learner that makes it. Which features there
//! are is the business of each annotator.

use crate::language::bytes::{Reader, Writer};
use crate::language::table::{ROUND, Table};
use crate::language::{LanguageError, mix};

/// One sum for each label; labels are numbers below 16.
pub type Scores = [i32; 16];

/// Something that gives labels scores from features: [`Weights`], or a learner under training.
pub trait Scorer {
    /// Adds the weights of all features to the scores.
    fn score(&self, features: &[u32], scores: &mut Scores);
}

/// The hash of a feature, made of the number of its template and up to three atoms.
#[must_use]
#[inline]
pub fn feature(template: u32, first: u32, second: u32, third: u32) -> u32 {
    let mut hash =
        (u64::from(first) << 32 | u64::from(second)) ^ u64::from(template).wrapping_mul(0xa076_1d64_78bd_642f);
    hash = (hash ^ (hash >> 29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash = (hash ^ (hash >> 32) ^ u64::from(third)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    (hash >> 32) as u32
}

/// The number of the best label among `labels`; the first of equals.
#[must_use]
pub fn best(scores: &Scores, labels: std::ops::Range<usize>) -> usize {
    let mut best = labels.start;
    for label in labels {
        if scores[label] > scores[best] {
            best = label;
        }
    }
    best
}

/// The weights of a trained model.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    /// From the feature to its row: the place in `cells` above 8 bits of length.
    rows: Table,
    /// Weight (24 bits, signed) above the label's number (8 bits).
    cells: Vec<i32>,
}

impl Scorer for Weights {
    #[inline]
    fn score(&self, features: &[u32], scores: &mut Scores) {
        // Table and cells are too large for the caches near the processor. All rows are looked up before any is added, so
        // that their ways to memory overlap.
        let mut rows = [(0, 0); ROUND];
        for features in features.chunks(ROUND) {
            let mut count = 0;
            self.rows.get_each(features, |row| {
                rows[count] = (row, self.cells[(row >> 8) as usize]);
                count += 1;
            });
            for &(row, first) in &rows[..count] {
                let mut add = |cell: i32| scores[(cell & 0xf) as usize] += cell >> 8;
                add(first);
                let start = (row >> 8) as usize;
                self.cells[start + 1..start + (row & 0xff) as usize].iter().copied().for_each(add);
            }
        }
    }
}

impl Weights {
    /// Weights from rows of (feature, cells of label and weight), in ascending order of the features. Rows past the
    /// room of the format (16 M cells) are left out.
    #[must_use]
    pub fn from_rows(rows: &[(u32, Vec<(u8, i8)>)]) -> Self {
        let mut cells = Vec::new();
        let mut pairs = Vec::with_capacity(rows.len());
        for (feature, row) in rows {
            if row.is_empty() || row.len() > 255 || cells.len() + row.len() >= 1 << 24 {
                continue;
            }
            pairs.push((*feature, (cells.len() as u32) << 8 | row.len() as u32));
            cells.extend(row.iter().map(|&(label, weight)| i32::from(weight) << 8 | i32::from(label)));
        }
        Self { rows: Table::from_pairs(pairs), cells }
    }

    /// Number of features and of weights.
    #[must_use]
    pub fn size(&self) -> (usize, usize) {
        (self.rows.pairs().len(), self.cells.len())
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        let pairs = self.rows.pairs();
        writer.length(pairs.len());
        // Sorted hashes lie close together: their distances take half the room.
        let mut last = 0;
        for pair in &pairs {
            writer.number(pair.0 - last);
            last = pair.0;
        }
        pairs.iter().for_each(|pair| writer.u8((pair.1 & 0xff) as u8));
        let cells = || {
            pairs.iter().flat_map(|pair| {
                let start = (pair.1 >> 8) as usize;
                &self.cells[start..start + (pair.1 & 0xff) as usize]
            })
        };
        writer.length(cells().count());
        cells().for_each(|cell| writer.u8((cell & 0xff) as u8));
        cells().for_each(|cell| writer.raw(&((cell >> 8) as i8).to_le_bytes()));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let count = reader.length(2)?;
        let mut keys = Vec::with_capacity(count);
        let mut last = 0u32;
        for _ in 0..count {
            last = last.wrapping_add(reader.number()?);
            keys.push(last);
        }
        let lengths = reader.raw(count)?;
        let cell_count = reader.length(2)?;
        let total: usize = lengths.iter().map(|&length| usize::from(length)).sum();
        if total != cell_count || cell_count >= 1 << 24 {
            return Err(LanguageError::Malformed("rows of weights that do not add up"));
        }
        if lengths.contains(&0) {
            return Err(LanguageError::Malformed("an empty row of weights"));
        }
        let labels = reader.raw(cell_count)?;
        let weights = reader.raw(cell_count)?;
        let cells = labels
            .iter()
            .zip(weights)
            .map(|(&label, &weight)| i32::from(weight.cast_signed()) << 8 | i32::from(label))
            .collect();
        let mut start = 0u32;
        let pairs = keys.iter().zip(lengths).map(|(&key, &length)| {
            let row = start << 8 | u32::from(length);
            start += u32::from(length);
            (key, row)
        });
        Ok(Self { rows: Table::new(pairs, count), cells })
    }
}

/// A hash of a text as it stands, for tables keyed by forms.
#[must_use]
pub fn text_hash(text: &str) -> u32 {
    text.bytes().fold(11, |hash, byte| mix(hash, u32::from(byte)))
}
