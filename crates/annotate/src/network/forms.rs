//! What the network sees of a word: its row in the vocabulary, its ends, and the pattern of its letters.
//!
//! `training/corpus.py` says the same for training.

use super::arithmetic::{quantise, tanh};
use super::file::File;
use crate::language::{LanguageError, class, normal, small_form};
use rustc_hash::FxHashMap;

/// How many characters the longest beginning and end have.
const ENDS: usize = 4;

/// The tables of words, ends and patterns.
#[derive(Clone, Debug, Default)]
pub(super) struct Forms {
    /// Rows of the known words by the hash of their normal form in small letters.
    words: FxHashMap<u64, u32>,
    word: Embedding,
    affix: Embedding,
    shape: Embedding,
}

/// Rows of small whole numbers, and what one of their units is worth.
#[derive(Clone, Debug, Default)]
struct Embedding {
    rows: Vec<i8>,
    width: usize,
    scale: f32,
}

impl Embedding {
    fn load(file: &File<'_>, name: &str) -> Result<Self, LanguageError> {
        let (rows, width) = file.rows(name)?;
        let scale = file.floats(&format!("{name}.scale"), 1)?[0];
        Ok(Self { rows, width, scale })
    }

    fn count(&self) -> u64 {
        (self.rows.len() / self.width.max(1)) as u64
    }

    /// Adds a row to sums of that width.
    fn add(&self, row: u64, sums: &mut [i16]) {
        let row = &self.rows[row as usize * self.width..][..self.width];
        sums.iter_mut().zip(row).for_each(|(sum, value)| *sum += i16::from(*value));
    }

    fn write(&self, sums: &[i16], input: &mut [i16]) {
        for (value, sum) in input.iter_mut().zip(sums) {
            *value = quantise(tanh(f32::from(*sum) * self.scale));
        }
    }
}

/// FNV-1a of 64 bits, begun with a byte that tells what is hashed.
pub(crate) fn hash(prefix: u8, text: &[u8]) -> u64 {
    let step = |value: u64, byte: u8| (value ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    text.iter().fold(step(0xcbf2_9ce4_8422_2325, prefix), |value, byte| step(value, *byte))
}

/// The prefixes of hashes: beginnings, ends, patterns as in training; whole words are the program's own.
const BEGINNING: u8 = 1;
const END: u8 = 5;
const PATTERN: u8 = 9;
const WHOLE: u8 = 10;

impl Forms {
    pub(super) fn load(file: &File<'_>) -> Result<Self, LanguageError> {
        let [word, affix, shape] = ["word", "affix", "shape"].map(|name| Embedding::load(file, name));
        let (word, affix, shape) = (word?, affix?, shape?);
        let words = file.strings("words")?;
        if word.count() as usize != words.len() + 1 {
            return Err(LanguageError::Malformed("words without rows"));
        }
        let words = words.iter().zip(1..).map(|(word, row)| (hash(WHOLE, word.as_bytes()), row)).collect();
        Ok(Self { words, word, affix, shape })
    }

    /// Whether a word stands in the vocabulary.
    pub(super) fn knows(&self, word: &str) -> bool {
        let mut small = String::with_capacity(word.len());
        small_form(word, &mut small);
        self.words.contains_key(&hash(WHOLE, small.as_bytes()))
    }

    /// Length of an input.
    pub(super) fn width(&self) -> usize {
        self.word.width + self.affix.width + self.shape.width
    }

    /// Writes the input that stands for a form.
    pub(super) fn input(&self, form: &str, input: &mut [i16]) {
        let mut small = String::with_capacity(form.len());
        small_form(form, &mut small);
        let mut pattern = String::with_capacity(form.len());
        let (mut before, mut run) = (None, 0);
        for character in form.chars().map(normal) {
            let kind = class(character);
            run = if before == Some(kind) { run + 1 } else { 0 };
            before = Some(kind);
            if run < 2 {
                pattern.push(kind);
            }
        }
        let (word, rest) = input.split_at_mut(self.word.width);
        let (affix, shape) = rest.split_at_mut(self.affix.width);
        let mut sums = vec![0; self.word.width.max(self.affix.width).max(self.shape.width)];
        let row = self.words.get(&hash(WHOLE, small.as_bytes())).copied().unwrap_or(0);
        self.word.add(u64::from(row), &mut sums[..self.word.width]);
        self.word.write(&sums, word);
        sums.fill(0);
        for length in 1..=ENDS {
            let start = small.char_indices().nth(length).map_or(small.as_str(), |(at, _)| &small[..at]);
            let end = small.char_indices().rev().nth(length - 1).map_or(small.as_str(), |(at, _)| &small[at..]);
            let number = length as u8 - 1;
            for (prefix, text) in [(BEGINNING + number, start), (END + number, end)] {
                self.affix.add(hash(prefix, text.as_bytes()) % self.affix.count(), &mut sums[..self.affix.width]);
            }
        }
        self.affix.write(&sums, affix);
        sums.fill(0);
        self.shape.add(hash(PATTERN, pattern.as_bytes()) % self.shape.count(), &mut sums[..self.shape.width]);
        self.shape.write(&sums, shape);
    }
}
