//! A read-only map from 32-bit hashes to 32-bit values in one allocation; the base of all lookups of the models.

use super::LanguageError;
use super::bytes::{Reader, Writer};

/// How many keys are looked up together.
pub(crate) const ROUND: usize = 40;

/// An open-addressing table whose slots stand in the order of the keys, so that it is filled from front to back.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    /// Key and value; key 0 marks an empty slot.
    slots: Vec<(u32, u32)>,
    shift: u32,
}

impl Default for Table {
    fn default() -> Self {
        Self::new(std::iter::empty(), 0)
    }
}

impl Table {
    /// Builds the table from pairs in ascending order of the keys, of which there are `count`. Key 0 is read as 1.
    pub(crate) fn new(pairs: impl Iterator<Item = (u32, u32)>, count: usize) -> Self {
        let bits = (usize::BITS - (count.max(8) * 2 - 1).leading_zeros()).min(31);
        // Room past the end instead of a turn to the front keeps the probe a plain walk.
        let mut slots = vec![(0, 0); (1 << bits) + count.min(1 << 16) + 1];
        let shift = 32 - bits;
        for (key, value) in pairs {
            let mut at = (key >> shift) as usize;
            while at < slots.len() && slots[at].0 != 0 {
                at += 1;
            }
            // Keys that cluster past the room kept for them are dropped: only a damaged file has such.
            if at + 1 < slots.len() {
                slots[at] = (key.max(1), value);
            }
        }
        Self { slots, shift }
    }

    /// The values of those keys that are there, at most [`ROUND`] at a time. The first slots of all are read before any
    /// is looked at, so that the processor waits for memory once and not once a key.
    pub(crate) fn get_each(&self, keys: &[u32], mut see: impl FnMut(u32)) {
        let mut slots = [(0, 0); ROUND];
        for (slot, key) in slots.iter_mut().zip(keys) {
            *slot = self.slots[((*key).max(1) >> self.shift) as usize];
        }
        for (slot, &key) in slots.iter().zip(keys) {
            if slot.0 == key.max(1) {
                see(slot.1);
            } else if slot.0 != 0
                && let Some(value) = self.get(key)
            {
                see(value);
            }
        }
    }

    pub(crate) fn get(&self, key: u32) -> Option<u32> {
        let key = key.max(1);
        for slot in &self.slots[(key >> self.shift) as usize..] {
            if slot.0 == key {
                return Some(slot.1);
            }
            if slot.0 == 0 {
                return None;
            }
        }
        None
    }

    /// The pairs in ascending order of the keys.
    pub(crate) fn pairs(&self) -> Vec<(u32, u32)> {
        let mut pairs: Vec<(u32, u32)> = self.slots.iter().filter(|slot| slot.0 != 0).copied().collect();
        pairs.sort_unstable();
        pairs
    }

    /// A table from pairs in any order; of two with one key the first in order of values is kept.
    pub(crate) fn from_pairs(mut pairs: Vec<(u32, u32)>) -> Self {
        for pair in &mut pairs {
            pair.0 = pair.0.max(1);
        }
        pairs.sort_unstable();
        pairs.dedup_by_key(|pair| pair.0);
        Self::new(pairs.iter().copied(), pairs.len())
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        let pairs = self.pairs();
        writer.length(pairs.len());
        pairs.iter().for_each(|pair| writer.u32(pair.0));
        pairs.iter().for_each(|pair| writer.u32(pair.1));
    }

    /// Reads a table whose values are below `limit`.
    pub(crate) fn read(reader: &mut Reader<'_>, limit: usize) -> Result<Self, LanguageError> {
        let length = reader.length(8)?;
        let keys = reader.raw(4 * length)?.as_chunks::<4>().0;
        let values = reader.raw(4 * length)?.as_chunks::<4>().0;
        if values.iter().any(|&value| u32::from_le_bytes(value) as usize >= limit) {
            return Err(LanguageError::Malformed("a number out of its range"));
        }
        let number = |bytes: &[u8; 4]| u32::from_le_bytes(*bytes);
        Ok(Self::new(keys.iter().map(number).zip(values.iter().map(number)), length))
    }
}
