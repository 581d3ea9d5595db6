//! Sets of hashed features with their weights, and what two of them share.

/// Hashes in ascending order, each once, with a weight.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Bag {
    entries: Vec<(u32, u8)>,
    weight: u32,
}

impl Bag {
    /// Sorts and drops repetitions; of two weights for one hash the larger stays.
    pub(super) fn of(entries: impl IntoIterator<Item = (u32, u8)>) -> Bag {
        // Hash and weight in one number: sorting is most of what preparing a text costs.
        let packed = entries.into_iter().map(|(hash, weight)| u64::from(hash) << 8 | u64::from(weight ^ u8::MAX));
        let mut packed: Vec<u64> = packed.collect();
        packed.sort_unstable();
        packed.dedup_by_key(|entry| *entry >> 8);
        let entries: Vec<(u32, u8)> =
            packed.iter().map(|entry| ((entry >> 8) as u32, *entry as u8 ^ u8::MAX)).collect();
        let weight = entries.iter().map(|&(_, weight)| u32::from(weight)).sum();
        Bag { entries, weight }
    }

    /// Weight and number of what both hold.
    pub(super) fn shared(&self, other: &Bag) -> Shared {
        let (mut weight, mut count) = (0, 0);
        let (mut ours, mut theirs) = (self.entries.iter(), other.entries.iter());
        let (mut a, mut b) = (ours.next(), theirs.next());
        while let (Some(x), Some(y)) = (a, b) {
            match x.0.cmp(&y.0) {
                std::cmp::Ordering::Less => a = ours.next(),
                std::cmp::Ordering::Greater => b = theirs.next(),
                std::cmp::Ordering::Equal => {
                    weight += u32::from(x.1.min(y.1));
                    count += 1;
                    (a, b) = (ours.next(), theirs.next());
                }
            }
        }
        let fewer = self.entries.len().min(other.entries.len()) as u32;
        Shared { weight, count, fewer, left: self.weight, right: other.weight }
    }
}

/// What two bags share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Shared {
    pub(super) weight: u32,
    pub(super) count: u32,
    /// Number of entries of the bag that has fewer.
    fewer: u32,
    left: u32,
    right: u32,
}

impl Shared {
    pub(super) fn fewer(&self) -> u32 {
        self.fewer
    }

    /// Share of the lighter bag that the other holds too, 0 where it is empty.
    pub(super) fn contained(&self) -> f32 {
        ratio(self.weight, self.left.min(self.right))
    }

    /// Share of all that either holds.
    pub(super) fn alike(&self) -> f32 {
        ratio(self.weight, self.left + self.right - self.weight)
    }

    /// Share of the left bag that the right one holds, and the other way.
    pub(super) fn either_way(&self) -> (f32, f32) {
        (ratio(self.weight, self.left), ratio(self.weight, self.right))
    }
}

fn ratio(part: u32, whole: u32) -> f32 {
    if whole == 0 { 0.0 } else { (part as f32 / whole as f32).min(1.0) }
}
