//! How rare a word is in news and other prose: a fixed table, so that a decision never depends on what else the ledger holds.
//!
//! `background.bin` is made by `cargo dev copies background` from Wikinews (CC BY 2.5) and the training parts
//! of UD English EWT (CC BY-SA 4.0) and of the freely licensed documents of GUM (CC BY, CC BY-SA); it holds counts alone.
//! It is a table of open addressing that is read where it lies: [`SLOTS`] slots of five bytes, the hash of a stem
//! (little-endian) and its rarity in bits, zero where the slot is free; no loading, no state.

/// Number of slots, a power of two.
pub const SLOTS: usize = 1 << 15;

/// Rarity of a word the background has not seen (or once).
pub(super) const UNKNOWN: u8 = 19;

/// Rarity counted for a figure: figures are as many as one likes, and small ones common.
pub(super) const FIGURE: u8 = 13;

/// Words at least this rare carry content; the more common ones are grammar.
pub(super) const CONTENT: u8 = 10;

static TABLE: &[u8] = include_bytes!("background.bin");

/// Rarity of a stem in bits: the binary logarithm of all words counted over the occurrences of this one.
pub(super) fn rarity(stem: u32) -> u8 {
    let mut slot = stem as usize % SLOTS;
    for _ in 0..SLOTS {
        let Some(&[a, b, c, d, bits]) = TABLE.get(slot * 5..slot * 5 + 5) else { return UNKNOWN };
        if bits == 0 {
            return UNKNOWN;
        }
        if u32::from_le_bytes([a, b, c, d]) == stem {
            return bits;
        }
        slot = (slot + 1) % SLOTS;
    }
    UNKNOWN
}

/// The table for counts of stems, as `background.bin` holds it. Stems seen once are left out: they are names and slips.
pub fn table(counts: &[(u32, u32)]) -> Vec<u8> {
    let all: u64 = counts.iter().map(|&(_, count)| u64::from(count)).sum();
    let mut kept: Vec<(u32, u32)> = counts.iter().copied().filter(|&(_, count)| count > 1).collect();
    kept.sort_by_key(|&(stem, count)| (std::cmp::Reverse(count), stem));
    // A third of the slots stays free, or a search would take long.
    kept.truncate(SLOTS * 2 / 3);
    let mut table = vec![0; SLOTS * 5];
    for (stem, count) in kept {
        let bits = (all / u64::from(count)).max(2).ilog2() as u8;
        let mut slot = stem as usize % SLOTS;
        while table[slot * 5 + 4] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot * 5..slot * 5 + 4].copy_from_slice(&stem.to_le_bytes());
        table[slot * 5 + 4] = bits;
    }
    table
}

/// The stems of a text, for counting.
pub fn stems(text: &str) -> Vec<u32> {
    super::words::words(text)
        .0
        .iter()
        .filter(|word| word.kind != super::words::Kind::Figure)
        .map(|word| word.stem)
        .collect()
}
