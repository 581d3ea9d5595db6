//! Counts of stems for the rarity of words, from prose that may be counted for what ships.

use crate::prose;
use ledger::stories::background::{stems, table};
use std::collections::BTreeMap;
use std::path::Path;

pub(super) fn table_of(data: &Path) -> anyhow::Result<Vec<u8>> {
    let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
    for text in prose::texts(data)? {
        // By line, so that a quotation mark left open does not reach beyond.
        for stem in text.lines().flat_map(stems) {
            *counts.entry(stem).or_default() += 1;
        }
    }
    Ok(table(&counts.into_iter().collect::<Vec<_>>()))
}
