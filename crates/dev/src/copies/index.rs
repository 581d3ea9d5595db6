//! The table of keys in memory, as the ledger keeps it in its file.

use ledger::stories::{Sketch, Wording};
use rustc_hash::FxHashMap;

/// Brings the reports that are worth comparing.
#[derive(Default)]
pub(crate) struct Index {
    reports: FxHashMap<u32, Vec<u32>>,
    /// For each report whether it has few keys.
    few: Vec<bool>,
}

impl Index {
    /// Adds the next report.
    pub(crate) fn add(&mut self, sketch: &Sketch) {
        let number = self.few.len() as u32;
        for key in sketch.keys() {
            self.reports.entry(key).or_default().push(number);
        }
        self.few.push(sketch.few());
    }

    /// The reports worth comparing, ascending.
    pub(crate) fn candidates(&self, sketch: &Sketch) -> Vec<usize> {
        let sharing = |key: u32| self.reports.get(&key).into_iter().flatten().map(|&report| report as usize);
        let mut keys = sketch.keys();
        // The first key is that of the whole text: who shares it is compared in any case.
        let mut candidates: Vec<usize> = keys.next().into_iter().flat_map(sharing).collect();
        let mut found: Vec<usize> = keys.flat_map(sharing).collect();
        found.sort_unstable();
        let shared = found.chunk_by(|one, other| one == other);
        let near = |same: &&[usize]| Sketch::candidate(same.len(), sketch.few() || self.few[same[0]]);
        candidates.extend(shared.filter(near).map(|same| same[0]));
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }
}

/// The pairs that the keys bring together, each with the earlier report first.
pub(crate) fn candidates(wordings: &[Wording]) -> Vec<(usize, usize)> {
    let mut index = Index::default();
    let mut pairs = Vec::new();
    for (at, wording) in wordings.iter().enumerate() {
        let sketch = wording.sketch();
        pairs.extend(index.candidates(&sketch).into_iter().map(|other| (other, at)));
        index.add(&sketch);
    }
    pairs
}
