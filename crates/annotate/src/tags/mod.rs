//! Parts of speech and morphology of each token: a greedy tagger from left to right, whose labels join the universal
//! tag and that of the Penn Treebank, and a table of features behind it.
//!
//! The main type is [`Tagger`]. It is trained by the crate `dev`, which shares [`features`] with it.

mod morphology;

use crate::language::bytes::{Reader, Writer};
use crate::language::table::Table;
use crate::language::{Casing, LanguageError, Word, sentence_casing};
use crate::perceptron::{Scorer, Scores, Weights, best, feature};
use document::{Upos, Xpos};
pub use morphology::Morphology;

/// A joint label: universal tag and Penn Treebank tag.
pub type Label = (Upos, Xpos);

/// Number of feature templates.
pub const TEMPLATES: usize = 36;

/// A trained tagger.
#[derive(Clone, Debug)]
pub struct Tagger {
    /// The labels; a label's number is its place here.
    pub labels: Vec<Label>,
    /// Words that have practically one label, by the hash of their form.
    pub(crate) certain: Table,
    pub(crate) weights: Weights,
    plurals: Plurals,
}

/// Plural nouns of the news that the tree banks hardly know and that are taken for verbs ("US troops left").
#[derive(Clone, Debug)]
struct Plurals {
    /// Hashes of the words in small letters, sorted.
    words: Vec<u32>,
    /// The label of a plural noun, if the model has it.
    label: Option<u8>,
}

impl Plurals {
    fn new(labels: &[Label]) -> Self {
        let entries = include_str!("plurals.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        let mut words: Vec<u32> = entries.map(|entry| Word::new(entry).lower).collect();
        words.sort_unstable();
        let label = labels.iter().position(|label| *label == (Upos::Noun, Xpos::Nns)).map(|label| label as u8);
        Self { words, label }
    }

    fn get(&self, word: &Word) -> Option<u8> {
        self.label.filter(|_| self.words.binary_search(&word.lower).is_ok())
    }
}

impl Default for Tagger {
    /// A tagger that knows nothing, so that an empty language is no special case.
    fn default() -> Self {
        Self::new(vec![(Upos::X, Xpos::Xx)], Vec::new(), Weights::default())
    }
}

impl Tagger {
    /// A tagger from its parts; `certain` holds pairs of form hash and label number.
    #[must_use]
    pub fn new(labels: Vec<Label>, certain: Vec<(u32, u32)>, weights: Weights) -> Self {
        let plurals = Plurals::new(&labels);
        Self { labels, certain: Table::from_pairs(certain), weights, plurals }
    }

    /// Appends the label numbers of one sentence to `output`.
    pub fn tag(&self, words: &[Word], output: &mut Vec<u8>) {
        tag(
            words,
            self.labels.len(),
            |word| self.plurals.get(word).or_else(|| self.certain.get(word.form).map(|label| label as u8)),
            &self.weights,
            output,
        );
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.length(self.labels.len());
        for (upos, xpos) in &self.labels {
            writer.string(upos.as_str());
            writer.string(xpos.as_str());
        }
        self.certain.write(writer);
        self.weights.write(writer);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let count = reader.length(8)?;
        if count == 0 || count > 250 {
            return Err(LanguageError::Malformed("a tagger without labels or with too many"));
        }
        let mut labels = Vec::with_capacity(count);
        for _ in 0..count {
            let upos = Upos::from_label(reader.string()?);
            let xpos = Xpos::from_label(reader.string()?);
            labels.push(upos.zip(xpos).ok_or(LanguageError::Malformed("an unknown part of speech"))?);
        }
        let plurals = Plurals::new(&labels);
        Ok(Self { labels, certain: Table::read(reader, count)?, weights: Weights::read(reader)?, plurals })
    }
}

/// Tags one sentence with any scorer, appending label numbers to `output`.
pub fn tag(
    words: &[Word],
    labels: usize,
    certain: impl Fn(&Word) -> Option<u8>,
    scorer: &impl Scorer,
    output: &mut Vec<u8>,
) {
    let start = output.len();
    let casing = sentence_casing(words);
    let mut found = [0; TEMPLATES];
    for at in 0..words.len() {
        let label = certain(&words[at]).unwrap_or_else(|| {
            let before = |distance: usize| if at >= distance { output[start + at - distance] } else { 255 };
            features(words, at, casing, [before(1), before(2)], &mut found);
            let mut scores: Scores = [0; 256];
            scorer.score(&found, &mut scores);
            best(&scores, 0..labels) as u8
        });
        output.push(label);
    }
}

/// Writes the features of the word at `at`; `before` holds the labels of the word before it and the one before that.
pub fn features(words: &[Word], at: usize, casing: Casing, before: [u8; 2], found: &mut [u32; TEMPLATES]) {
    let outside = |side| Word::outside(side);
    let back =
        |distance: usize| at.checked_sub(distance).map_or_else(|| outside(distance as u32), |place| words[place]);
    let ahead = |distance: usize| words.get(at + distance).copied().unwrap_or_else(|| outside(8 + distance as u32));
    let (word, previous, next, second, further) = (words[at], back(1), ahead(1), back(2), ahead(2));
    let tag = u32::from(before[0]);
    let tags = tag << 8 | u32::from(before[1]);
    let first = u32::from(at == 0) << 4 | casing as u32;
    let [fine, coarse] = word.clusters.map(u32::from);
    let sides = u32::from(previous.clusters[0]) << 16 | u32::from(next.clusters[0]);
    *found = [
        feature(0, word.form, 0, 0),
        feature(1, word.lower, 0, 0),
        feature(2, word.suffixes[0], 0, 0),
        feature(3, word.suffixes[1], 0, 0),
        feature(4, word.suffixes[2], 0, 0),
        feature(5, word.suffixes[3], 0, 0),
        feature(6, word.prefixes[0], 0, 0),
        feature(7, word.prefixes[1], 0, 0),
        feature(8, word.prefixes[2], 0, 0),
        feature(9, word.shape, first, 0),
        feature(10, word.casing as u32, first, word.suffixes[2]),
        feature(11, tag, 0, 0),
        feature(12, tags, 0, 0),
        feature(13, tag, word.lower, 0),
        feature(14, previous.lower, 0, 0),
        feature(15, previous.suffixes[2], 0, 0),
        feature(16, second.lower, 0, 0),
        feature(17, next.lower, 0, 0),
        feature(18, next.suffixes[2], next.casing as u32, 0),
        feature(19, further.lower, 0, 0),
        feature(20, previous.lower, word.lower, 0),
        feature(21, word.lower, next.lower, 0),
        feature(22, previous.lower, next.lower, 0),
        feature(23, tag, next.lower, 0),
        feature(24, tags, word.lower, 0),
        feature(25, tag, word.suffixes[2], next.suffixes[1]),
        feature(26, word.casing as u32, first << 8 | next.casing as u32, previous.casing as u32),
        feature(27, fine, 0, 0),
        feature(28, coarse, tag, 0),
        feature(29, u32::from(next.clusters[0]), 0, 0),
        feature(30, u32::from(previous.clusters[0]), fine, 0),
        feature(31, fine, u32::from(next.clusters[0]), 0),
        feature(32, sides, 0, 0),
        feature(33, tag, u32::from(next.clusters[0]), u32::from(further.clusters[1])),
        feature(34, word.shape, tag, 0),
        feature(35, word.suffixes[1], tag, next.suffixes[1]),
    ];
}
