//! The averaged perceptron that all models are trained with. Weights are whole numbers, so that sums are the same on
//! every machine.

use annotate::names::StateWeights;
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

    /// Takes in what another learner learned, so that the averages run over both.
    pub(crate) fn join(&mut self, other: &Self) {
        let mut features: Vec<(u32, u32)> = other.numbers.iter().map(|(&feature, &number)| (feature, number)).collect();
        features.sort_unstable();
        for (feature, number) in features {
            let next = self.rows.len() as u32;
            let own = *self.numbers.entry(feature).or_insert(next);
            if own == next {
                self.rows.push(Vec::new());
            }
            let row = &mut self.rows[own as usize];
            for cell in &other.rows[number as usize] {
                let total = cell.total + i64::from(cell.weight) * i64::from(other.step - cell.stamp);
                // A finished run stands as its sum alone.
                match row.iter_mut().find(|own| own.label == cell.label) {
                    Some(own) => own.total += total,
                    None => row.push(Cell { label: cell.label, weight: 0, stamp: 0, total }),
                }
            }
        }
        self.step += other.step;
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

/// Weights of the network's states under training, one for each state and label.
pub(crate) struct StateLearner {
    width: usize,
    weights: Vec<i64>,
    /// Changes times the step at which they were made, so that weights can be averaged over all steps.
    totals: Vec<i64>,
    step: i64,
}

impl StateLearner {
    /// How much of a sum weighs as much as one feature: about thirty features move as far as all states of a word do.
    const UNIT: i64 = 27_000;

    pub(crate) fn new(width: usize, labels: usize) -> Self {
        Self { width, weights: vec![0; width * labels], totals: vec![0; width * labels], step: 0 }
    }

    /// Adds what the states of a word say to the scores, and counts the decision.
    pub(crate) fn score(&mut self, states: &[i16], scores: &mut Scores) {
        for (score, weights) in scores.iter_mut().zip(self.weights.chunks_exact(self.width)) {
            let sum: i64 = states.iter().zip(weights).map(|(state, weight)| i64::from(*state) * weight).sum();
            *score += (sum / Self::UNIT) as i32;
        }
        self.step += 1;
    }

    /// Moves weight from the label that was chosen to the one that should have been.
    pub(crate) fn update(&mut self, states: &[i16], right: usize, wrong: usize) {
        for (label, sign) in [(right, 1), (wrong, -1)] {
            let row = label * self.width;
            for (at, state) in (row..).zip(states) {
                let change = sign * i64::from(*state);
                self.weights[at] += change;
                self.totals[at] += change * self.step;
            }
        }
    }

    /// Takes in what another learner learned, so that the averages run over both.
    pub(crate) fn join(&mut self, other: &Self) {
        for (at, (weight, total)) in other.weights.iter().zip(&other.totals).enumerate() {
            self.totals[at] += total - weight * other.step;
            self.weights[at] = 0;
        }
        self.step += other.step;
    }

    /// The averaged weights, with units scaled by `scale` as those of the features are.
    pub(crate) fn weights(&self, scale: f64) -> StateWeights {
        let step = self.step.max(1);
        let averages: Vec<i64> =
            self.weights.iter().zip(&self.totals).map(|(weight, total)| weight * step - total).collect();
        let largest = averages.iter().map(|average| average.abs()).max().unwrap_or(0).max(1) as f64;
        let weights = averages.iter().map(|average| (*average as f64 / largest * 127.0).round() as i8).collect();
        let unit = 127.0 * step as f64 * Self::UNIT as f64 / (largest * scale);
        StateWeights::new(weights, self.width, unit.round() as i32)
    }
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
