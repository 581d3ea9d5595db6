//! How near two reports are: whether they may tell of the same happenings at all. A pairwise likeness of names, rare
//! words and days; no clustering of the whole ledger.

use super::{Day, Lexicon};
use rustc_hash::{FxHashMap, FxHashSet};

/// How much heavier a word of a name weighs.
const NAME: f32 = 2.0;
/// Terms that a report keeps, the weightiest.
const TERMS: usize = 100;

/// The report's own terms with their weights, and its day.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct ReportWords {
    /// Publication day, or the first day told.
    pub day: Option<Day>,
    /// Words in small letters with their weight, sorted by word; the squares of the weights sum to 1.
    terms: Vec<(String, f32)>,
    /// The same for words of names alone.
    names: Vec<(String, f32)>,
    /// The same for figures alone.
    figures: Vec<(String, f32)>,
}

/// The words of a text in small letters.
pub(crate) fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_lowercase)
}

/// The weightiest terms, sorted by word and brought to length 1.
fn unit(mut terms: Vec<(String, f32)>) -> Vec<(String, f32)> {
    terms.retain(|(_, weight)| *weight > 0.0);
    terms.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
    terms.truncate(TERMS);
    terms.sort_by(|one, other| one.0.cmp(&other.0));
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    terms.iter_mut().for_each(|(_, weight)| *weight /= length);
    terms
}

/// Sum over shared words of the product of their weights, and the shared words by how much they gave.
fn shared<'a>(one: &'a [(String, f32)], other: &[(String, f32)]) -> (f32, Vec<(&'a str, f32)>) {
    let (mut left, mut right) = (0, 0);
    let mut words = Vec::new();
    while let (Some(first), Some(second)) = (one.get(left), other.get(right)) {
        match first.0.cmp(&second.0) {
            std::cmp::Ordering::Less => left += 1,
            std::cmp::Ordering::Greater => right += 1,
            std::cmp::Ordering::Equal => {
                words.push((first.0.as_str(), first.1 * second.1));
                left += 1;
                right += 1;
            }
        }
    }
    let sum = words.iter().map(|(_, weight)| weight).sum();
    words.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));
    (sum, words)
}

impl ReportWords {
    /// From a report's text, the names found in it, and its day.
    #[must_use]
    pub fn new<'a>(lexicon: &Lexicon, text: &str, names: impl Iterator<Item = &'a str>, day: Option<Day>) -> Self {
        let named: FxHashSet<String> = names.flat_map(words).collect();
        let mut places: FxHashMap<String, usize> = FxHashMap::default();
        let mut counts: Vec<(String, f32)> = Vec::new();
        for word in words(text) {
            if let Some(place) = places.get(&word) {
                counts[*place].1 += 1.0;
            } else {
                places.insert(word.clone(), counts.len());
                counts.push((word, 1.0));
            }
        }
        for (word, count) in &mut counts {
            let name = if named.contains(word) { NAME } else { 1.0 };
            *count = count.sqrt() * lexicon.rarity(word) * name;
        }
        let names = counts.iter().filter(|(word, _)| named.contains(word)).cloned().collect();
        let digits = |word: &str| word.bytes().all(|byte| byte.is_ascii_digit());
        let figures = counts
            .iter()
            .filter(|(word, _)| digits(word))
            .map(|(word, _)| (word.clone(), lexicon.rarity(word)))
            .collect();
        Self { day, terms: unit(counts), names: unit(names), figures: unit(figures) }
    }

    /// The weightiest terms, best first.
    #[must_use]
    pub fn foremost(&self, number: usize) -> Vec<&str> {
        let mut terms: Vec<&(String, f32)> = self.terms.iter().collect();
        terms.sort_by(|one, other| other.1.total_cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        terms.into_iter().take(number).map(|(word, _)| word.as_str()).collect()
    }
}

/// How near two reports are.
#[derive(Clone, PartialEq, Debug)]
pub struct Nearness {
    /// Whether they are one report.
    pub same: bool,
    /// 0 to 1 by all words.
    pub words: f32,
    /// 0 to 1 by words of names; `None` where a report has no names.
    pub names: Option<f32>,
    /// 0 to 1 by figures; `None` where a report has none.
    pub figures: Option<f32>,
    /// Days between them, where both days are known.
    pub days: Option<u32>,
    /// The shared words that count most.
    pub shared: Vec<String>,
}

impl Nearness {
    /// Of two different reports.
    #[must_use]
    pub fn between(one: &ReportWords, other: &ReportWords) -> Self {
        let (words, common) = shared(&one.terms, &other.terms);
        let figures = !one.figures.is_empty() && !other.figures.is_empty();
        let known = !one.names.is_empty() && !other.names.is_empty();
        Self {
            same: false,
            words: words.clamp(0.0, 1.0),
            names: known.then(|| shared(&one.names, &other.names).0.clamp(0.0, 1.0)),
            figures: figures.then(|| shared(&one.figures, &other.figures).0.clamp(0.0, 1.0)),
            days: one.day.zip(other.day).map(|(first, second)| first.0.abs_diff(second.0)),
            shared: common.iter().take(4).map(|(word, _)| (*word).to_owned()).collect(),
        }
    }

    /// Of a report with itself.
    #[must_use]
    pub fn within() -> Self {
        Self { same: true, words: 1.0, names: Some(1.0), figures: Some(1.0), days: Some(0), shared: Vec::new() }
    }
}
