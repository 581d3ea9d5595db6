//! Lists of words and of phrases, looked up by their last word.

use super::{look_up, precede, stems};
use rustc_hash::FxHashMap;

/// A list of lemmas and of phrases of lemmas.
#[derive(Debug, Default, Clone)]
pub(crate) struct WordList {
    /// Last word of each entry to the words before it.
    entries: FxHashMap<String, Vec<Vec<String>>>,
}

impl WordList {
    /// The list of these entries; `twice` is told of each that was there already.
    pub(super) fn new<'a>(entries: impl Iterator<Item = &'a str>, mut twice: impl FnMut(&str)) -> Self {
        let mut list = Self::default();
        let mut seen = rustc_hash::FxHashSet::default();
        for entry in entries {
            let mut words = words(entry);
            if !seen.insert(words.clone()) {
                twice(entry);
                continue;
            }
            if let Some(last) = words.pop() {
                list.entries.entry(last).or_default().push(words);
            }
            if let Some(mut words) = unsplit(entry)
                && let Some(last) = words.pop()
            {
                list.entries.entry(last).or_default().push(words);
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for heads in list.entries.values_mut() {
            heads.sort_by_key(|words| std::cmp::Reverse(words.len()));
        }
        list
    }

    /// All entries in order: the last word, and the words before it.
    pub(super) fn sorted(&self) -> Vec<(&str, &[String])> {
        let heads = self.entries.iter();
        let mut entries: Vec<(&str, &[String])> =
            heads.flat_map(|(last, heads)| heads.iter().map(move |words| (last.as_str(), words.as_slice()))).collect();
        entries.sort_unstable();
        entries
    }

    /// Whether an entry ends at the token: its last word is the token's lemma or form, the others precede it.
    pub(crate) fn matches(&self, token: document::Token<'_>) -> bool {
        self.longest(token).is_some()
    }

    /// Whether the list has the verb, or the verb with one of its particles ("break out").
    pub(crate) fn has_verb(&self, verb: document::Token<'_>) -> bool {
        let alone = |lemma: &str| self.entries.get(lemma).is_some_and(|heads| heads.iter().any(Vec::is_empty));
        let with = |particle: &str| {
            self.entries.get(particle).is_some_and(|heads| {
                heads.iter().any(|words| matches!(words.as_slice(), [first] if first == verb.lemma()))
            })
        };
        alone(verb.lemma())
            || (!self.entries.contains_key(verb.lemma())
                && stems(verb, &verb.form().to_lowercase()).iter().any(|stem| alone(stem)))
            || verb.children().any(|child| {
                matches!(child.relation(), document::Relation::CompoundPrt | document::Relation::Advmod)
                    && with(child.lemma())
            })
    }

    /// The number of words of the longest entry that ends at the token.
    pub(crate) fn longest(&self, token: document::Token<'_>) -> Option<usize> {
        let heads = look_up(&self.entries, token)?;
        heads.iter().find(|words| precede(token, words)).map(|words| words.len() + 1)
    }
}

/// The words of an entry with hyphens, these kept: whether "counter-protester" is one word or two is up to whoever made
/// the tokens.
pub(super) fn unsplit(entry: &str) -> Option<Vec<String>> {
    entry.contains('-').then(|| entry.split_whitespace().map(str::to_lowercase).collect())
}

/// The words of an entry; hyphens are blanks.
pub(super) fn words(entry: &str) -> Vec<String> {
    entry.split([' ', '-']).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
}
