//! The fixed word tables of the linking: how rare a word is in general English news, roots and families of predicates,
//! words that say little. Built once and passed in; a result never depends on what else the ledger holds.

use super::roots;
use rustc_hash::{FxHashMap, FxHashSet};

/// `cargo dev events words` counts in how many texts of Wikinews 2019-2020 (CC BY 2.5), of UD English EWT train and of the freely
/// licensed part of GUM train a word stands: first the number of texts, then word and count where it is 2 or more.
const WORDS: &str = include_str!("words.tsv");
const FAMILIES: &str = include_str!("families.txt");
const LIGHT: &str = include_str!("light.txt");
const SPEECH: &str = include_str!("speech.txt");

/// Rarity, roots, families and light words.
#[derive(Debug)]
pub struct Lexicon {
    texts: f32,
    rarity: FxHashMap<&'static str, f32>,
    roots: FxHashMap<&'static str, &'static str>,
    families: FxHashMap<&'static str, Vec<u16>>,
    light: FxHashSet<&'static str>,
    speech: FxHashSet<&'static str>,
}

/// Lines of a table that are neither empty nor a comment.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

impl Lexicon {
    /// From the tables that are part of the program.
    #[must_use]
    pub fn new() -> Self {
        let mut words = WORDS.lines();
        let texts = words.next().and_then(|line| line.trim().parse().ok()).unwrap_or(1.0_f32);
        let rarity = words
            .filter_map(|line| line.split_once('\t'))
            .filter_map(|(word, count)| Some((word, ((texts + 1.0) / count.trim().parse::<f32>().ok()?).ln())))
            .collect();
        let mut roots: FxHashMap<&str, &str> = FxHashMap::default();
        let mut families: FxHashMap<&str, Vec<u16>> = FxHashMap::default();
        for (number, line) in (0_u16..).zip(lines(FAMILIES)) {
            for group in line.split_whitespace() {
                let first = group.split('/').next().unwrap_or(group);
                let root = roots.get(first).copied().unwrap_or_else(|| roots::root(first));
                for word in group.split('/') {
                    roots.entry(word).or_insert(root);
                }
                let numbers = families.entry(root).or_default();
                if numbers.last() != Some(&number) {
                    numbers.push(number);
                }
            }
        }
        Self { texts, rarity, roots, families, light: lines(LIGHT).collect(), speech: lines(SPEECH).collect() }
    }

    /// How rare a word in small letters is, as the logarithm of texts by texts with the word: 0 to about 7.
    #[must_use]
    pub fn rarity(&self, word: &str) -> f32 {
        self.rarity.get(word).copied().unwrap_or_else(|| self.highest()).max(0.0)
    }

    /// The rarity of a word that the table does not have.
    #[must_use]
    pub fn highest(&self) -> f32 {
        (self.texts + 1.0).ln()
    }

    /// The root of a lemma in small letters.
    #[must_use]
    pub fn root<'a>(&self, lemma: &'a str) -> &'a str {
        self.roots.get(lemma).copied().unwrap_or_else(|| roots::root(lemma))
    }

    /// The families of a root, as numbers that mean nothing outside.
    #[must_use]
    pub fn families(&self, root: &str) -> &[u16] {
        self.families.get(root).map_or(&[], Vec::as_slice)
    }

    /// Whether a lemma says little by itself.
    #[must_use]
    pub fn is_light(&self, lemma: &str) -> bool {
        self.light.contains(lemma)
    }

    /// Whether a lemma tells that somebody speaks or thinks.
    #[must_use]
    pub fn is_speech(&self, lemma: &str) -> bool {
        self.speech.contains(lemma)
    }
}

impl Default for Lexicon {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::Lexicon;

    #[test]
    fn families_hold_roots_and_near_words() {
        let lexicon = Lexicon::new();
        assert_eq!(lexicon.root("explosion"), lexicon.root("explode"));
        assert_ne!(lexicon.root("blast"), lexicon.root("explode"));
        let blast = lexicon.families(lexicon.root("blast"));
        assert!(lexicon.families(lexicon.root("explosion")).iter().any(|family| blast.contains(family)));
        assert!(lexicon.families("tablecloth").is_empty());
    }

    #[test]
    fn rare_words_are_rarer() {
        let lexicon = Lexicon::new();
        assert!(lexicon.rarity("the") < lexicon.rarity("government"));
        assert!(lexicon.rarity("government") < lexicon.rarity("zyxwv"));
    }
}
