//! Universal features from form and label: most follow from the label alone, the rest stand in a table of exceptions.

use crate::language::LanguageError;
use crate::network::{File, hash};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The table of feature sets.
#[derive(Clone, Debug)]
pub(crate) struct Morphology {
    /// The feature sets in CoNLL-U notation; the last is "_".
    pub(crate) sets: Arc<[Box<str>]>,
    /// The usual set of each label.
    usual: Vec<u16>,
    /// Sets by the hash of form and label.
    exceptions: FxHashMap<u64, u16>,
}

impl Default for Morphology {
    fn default() -> Self {
        Self { sets: Arc::from([Box::from("_")]), usual: Vec::new(), exceptions: FxHashMap::default() }
    }
}

impl Morphology {
    /// Reads the table for so many labels out of a model file.
    pub(crate) fn load(file: &File<'_>, labels: usize) -> Result<Self, LanguageError> {
        let sets: Vec<Box<str>> = file.strings("features")?.iter().copied().chain(["_"]).map(Box::from).collect();
        let number = |set: &u32| -> Result<u16, LanguageError> {
            let known = (*set as usize) < sets.len() && sets.len() <= usize::from(u16::MAX);
            if known { Ok(*set as u16) } else { Err(LanguageError::Malformed("an unknown set of features")) }
        };
        let usual = file.numbers("features.usual")?.iter().map(number).collect::<Result<Vec<_>, _>>()?;
        let keys = file.strings("features.keys")?;
        let values = file.numbers("features.values")?;
        if usual.len() != labels || keys.len() != values.len() {
            return Err(LanguageError::Malformed("features that do not fit the labels"));
        }
        let exceptions = keys
            .iter()
            .zip(values)
            .map(|(key, set)| Ok((hash(0, key.as_bytes()), number(set)?)))
            .collect::<Result<_, LanguageError>>()?;
        Ok(Self { sets: sets.into(), usual, exceptions })
    }

    /// The number of the feature set of a normal form in small letters. `key` is a buffer.
    pub(crate) fn find(&self, small: &str, label: u16, key: &mut String) -> u16 {
        use std::fmt::Write;
        key.clear();
        // Writing to a string cannot fail.
        let _ = write!(key, "{small}\t{label}");
        let none = self.sets.len() - 1;
        let usual = || self.usual.get(usize::from(label)).copied().unwrap_or(none as u16);
        self.exceptions.get(&hash(0, key.as_bytes())).copied().unwrap_or_else(usual)
    }
}
