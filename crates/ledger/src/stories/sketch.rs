//! What the index keeps of one report: [`Sketch`].
//!
//! The keys are the smallest hashes among the pairs of near content words (a bottom-k sample), so that two texts which
//! share many pairs share keys, whichever pairs those are. Only rare pairs are taken, by the fixed background, and never
//! two names nor two words side by side: names and stock phrases would gather long lists of reports under a key.

use super::wording::{Wording, key_of_whole};

/// Keys that two reports must share to be worth comparing.
const NEEDED: usize = 2;
/// Below so many keys one shared key is enough.
const FEW: usize = 12;

/// What the index keeps of one report: at most 35 keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sketch {
    whole: u64,
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

    /// Whether the report is so short that one key in common makes it worth a comparison.
    #[must_use]
    pub fn few(&self) -> bool {
        self.keys.len() < FEW
    }

    /// Whether two reports with so many shared keys are worth a comparison of their texts; `few` is whether either has few
    /// keys. The key of the whole text is not counted; who shares it is an exact copy.
    #[must_use]
    pub fn candidate(shared: usize, few: bool) -> bool {
        shared >= NEEDED || (shared == 1 && few)
    }

    /// Number of keys that both have, the key of the whole text apart.
    pub fn shared(&self, other: &Sketch) -> usize {
        self.keys.iter().filter(|key| other.keys.binary_search(key).is_ok()).count()
    }
}

impl Wording {
    /// The sketch of the text.
    pub fn sketch(&self) -> Sketch {
        Sketch { whole: self.whole, keys: self.keys.clone() }
    }
}
