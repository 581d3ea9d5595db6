//! The averaged perceptron that all models are trained with. Weights are whole numbers, so that sums are the same on
//! every machine.

use annotate::perceptron::{Scorer, Scores, Weights};
use rustc_hash::FxHashMap;

/// One weight, with what is needed to average it over all steps.
#[derive(Clone, Copy)]
struct Cell {
    label: u8,
    weight: i32,
    stamp: u32,
    total: i64,
}

/// Weights under training.
#[derive(Default)]
pub(crate) struct Learner {
    numbers: FxHashMap<u32, u32>,
    rows: Vec<Vec<Cell>>,
    step: u32,
}

impl Scorer for Learner {
    fn score(&self, features: &[u32], scores: &mut Scores) {
        for feature in features {
            if let Some(&number) = self.numbers.get(feature) {
                for cell in &self.rows[number as usize] {
                    scores[usize::from(cell.label)] += cell.weight;
                }
            }
        }
    }
}

impl Learner {
    /// Counts a decision, whether or not it was right.
    pub(crate) fn tick(&mut self) {
        self.step += 1;
    }

    /// Moves weight from the label that was chosen to the one that should have been.
    pub(crate) fn update(&mut self, features: &[u32], right: usize, wrong: usize) {
        for &feature in features {
            let next = self.rows.len() as u32;
            let number = *self.numbers.entry(feature).or_insert(next);
            if number == next {
                self.rows.push(Vec::new());
            }
            let row = &mut self.rows[number as usize];
            add(row, right as u8, 1, self.step);
            add(row, wrong as u8, -1, self.step);
        }
    }

    /// The averaged weights, scaled by `scale` and rounded; what is less than `least` then is left out.
    pub(crate) fn weights(&self, scale: f64, least: i32) -> Weights {
        let mut rows: Vec<(u32, Vec<(u8, i8)>)> = Vec::new();
        let mut features: Vec<(u32, u32)> = self.numbers.iter().map(|(&feature, &number)| (feature, number)).collect();
        features.sort_unstable();
        for (feature, number) in features {
            let mut cells: Vec<(u8, i8)> = Vec::new();
            for cell in &self.rows[number as usize] {
                let total = cell.total + i64::from(cell.weight) * i64::from(self.step - cell.stamp);
                let mut weight = (total as f64 / f64::from(self.step.max(1)) * scale).round() as i64;
                if weight.abs() < i64::from(least) {
                    continue;
                }
                // What does not fit in one cell is spread over several with the same label.
                while weight != 0 {
                    let part = weight.clamp(-127, 127);
                    cells.push((cell.label, part as i8));
                    weight -= part;
                }
            }
            cells.sort_unstable();
            if !cells.is_empty() {
                rows.push((feature, cells));
            }
        }
        Weights::from_rows(&rows)
    }
}

fn add(row: &mut Vec<Cell>, label: u8, change: i32, step: u32) {
    let at = match row.iter().position(|cell| cell.label == label) {
        Some(at) => at,
        None => {
            row.push(Cell { label, weight: 0, stamp: step, total: 0 });
            row.len() - 1
        }
    };
    let cell = &mut row[at];
    cell.total += i64::from(cell.weight) * i64::from(step - cell.stamp);
    cell.stamp = step;
    cell.weight += change;
}

/// A small generator of numbers for shuffling (xorshift); the seed is part of what makes a model.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `limit`.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 33) as usize * limit) >> 31
    }

    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.below(last + 1));
        }
    }
}
