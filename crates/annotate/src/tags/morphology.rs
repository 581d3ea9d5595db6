//! Universal features from form and tags: most follow from the tags alone, the rest stand in a table of exceptions.

use super::Label;
use crate::language::bytes::{Reader, Writer};
use crate::language::table::Table;
use crate::language::{LanguageError, mix};
use crate::perceptron::text_hash;
use std::sync::Arc;

/// The table of feature sets.
#[derive(Clone, Debug)]
pub struct Morphology {
    /// The feature sets in CoNLL-U notation; number 0 is "_".
    pub sets: Arc<[Box<str>]>,
    /// By the key of form and label, and by the key of the label alone.
    table: Table,
}

impl Default for Morphology {
    fn default() -> Self {
        Self { sets: Arc::from([Box::from("_")]), table: Table::default() }
    }
}

impl Morphology {
    /// The table from feature sets, the first of which is "_", and pairs of key and number of the set.
    #[must_use]
    pub fn new(sets: Vec<Box<str>>, pairs: Vec<(u32, u32)>) -> Self {
        Self { sets: sets.into(), table: Table::from_pairs(pairs) }
    }

    /// The key under which a form is looked up, or with an empty form the label alone.
    #[must_use]
    pub fn key(form: &str, (upos, xpos): Label) -> u32 {
        mix(text_hash(form), (upos as u32) << 8 | xpos as u32)
    }

    /// The number of the feature set of a form in small letters.
    #[must_use]
    pub fn find(&self, lower: &str, label: Label) -> u16 {
        let set = self.table.get(Self::key(lower, label)).or_else(|| self.table.get(Self::key("", label)));
        set.unwrap_or(0) as u16
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.length(self.sets.len());
        self.sets.iter().for_each(|set| writer.string(set));
        self.table.write(writer);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let count = reader.length(4)?;
        if count == 0 || count > 1 << 16 {
            return Err(LanguageError::Malformed("a table of features without entries or with too many"));
        }
        let sets = (0..count).map(|_| reader.string().map(Box::from)).collect::<Result<Vec<Box<str>>, _>>()?;
        Ok(Self { sets: sets.into(), table: Table::read(reader, count)? })
    }
}
