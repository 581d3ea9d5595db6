//! What the index keeps of one report: [`Sketch`].
//!
//! The keys are the smallest hashes among the pairs of near content words (a bottom-k sample), so that two texts which
//! share many pairs share keys, whichever pairs those are. Only rare pairs are taken, by the fixed background, and never
//! two names nor two words side by side: names and stock phrases would gather long lists of reports under a key.

use std::fmt;

use super::wording::{KEYS, Wording, key_of_whole};

/// Version of the bytes.
const VERSION: u8 = 1;
/// Version, hash of the text, length, number of keys.
const HEAD: usize = 1 + 8 + 4 + 1;
/// Keys that two reports must share to be worth comparing.
const NEEDED: usize = 2;
/// Below so many keys one shared key is enough.
const FEW: usize = 12;

/// What the index keeps of one report: at most 570 bytes, the keys in the index table counted at 12 bytes each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    whole: u64,
    length: u32,
    keys: Vec<u32>,
}

impl Sketch {
    /// The sketch of a text.
    pub fn of(text: &str) -> Sketch {
        Wording::of(text).sketch()
    }

    /// The keys under which the report stands in the index, each once, the first for the whole text.
    pub fn keys(&self) -> impl Iterator<Item = u32> + '_ {
        std::iter::once(key_of_whole(self.whole)).chain(self.keys.iter().copied())
    }

    /// Hash of the normalised text: reports that agree in it are exact copies.
    pub fn whole(&self) -> u64 {
        self.whole
    }

    /// Whether two reports with so many shared keys are worth a comparison of their texts. The key of the whole text is
    /// not counted; who shares it is an exact copy.
    ///
    /// `keys` is the number of keys that the other report has: the answer is the same whichever of the two comes later.
    #[must_use]
    pub fn candidate(&self, shared: usize, keys: usize) -> bool {
        shared >= NEEDED || (shared == 1 && self.keys.len().min(keys) < FEW)
    }

    /// Number of keys that both have, the key of the whole text apart.
    pub fn shared(&self, other: &Sketch) -> usize {
        self.keys.iter().filter(|key| other.keys.binary_search(key).is_ok()).count()
    }

    /// The bytes to keep.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(HEAD + self.keys.len() * 4);
        bytes.push(VERSION);
        bytes.extend(self.whole.to_le_bytes());
        bytes.extend(self.length.to_le_bytes());
        bytes.push(u8::try_from(self.keys.len()).unwrap_or(u8::MAX));
        for key in &self.keys {
            bytes.extend(key.to_le_bytes());
        }
        bytes
    }

    /// Reads what [`Sketch::to_bytes`] wrote.
    ///
    /// # Errors
    /// Where the bytes are of another version, cut off, too long or out of order.
    pub fn from_bytes(bytes: &[u8]) -> Result<Sketch, Damaged> {
        let (&version, rest) = bytes.split_first().ok_or(Damaged("is empty"))?;
        if version != VERSION {
            return Err(Damaged("is of another version"));
        }
        let (whole, rest) = rest.split_first_chunk::<8>().ok_or(Damaged("is cut off"))?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or(Damaged("is cut off"))?;
        let (&count, rest) = rest.split_first().ok_or(Damaged("is cut off"))?;
        let (keys, left) = rest.as_chunks::<4>();
        if !left.is_empty() || keys.len() != usize::from(count) || keys.len() > KEYS {
            return Err(Damaged("has not the number of keys it states"));
        }
        let keys: Vec<u32> = keys.iter().map(|key| u32::from_le_bytes(*key)).collect();
        if !keys.is_sorted_by(|a, b| a < b) {
            return Err(Damaged("has keys out of order"));
        }
        Ok(Sketch { whole: u64::from_le_bytes(*whole), length: u32::from_le_bytes(*length), keys })
    }
}

impl Wording {
    /// The sketch of the text.
    pub fn sketch(&self) -> Sketch {
        Sketch { whole: self.whole, length: self.length, keys: self.keys.clone() }
    }
}

/// Bytes that are no sketch, with what is wrong about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damaged(&'static str);

impl fmt::Display for Damaged {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the copy index of a report {}; build the index anew from the texts", self.0)
    }
}

impl std::error::Error for Damaged {}
