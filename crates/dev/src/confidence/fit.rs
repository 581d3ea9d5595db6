//! The logistic sum with a ridge, fitted by Newton's method.

use super::{Row, WORK};
use crate::copies::solve;
use crate::silence::chance;
use std::collections::BTreeMap;

/// Traits of fewer judged claims weigh nothing.
const LEAST: usize = 4;
/// How strongly weights are pulled towards nothing: of a trait; of a rule, an arc or a tag, of which there are many.
const RIDGE: f64 = 12.0;
const RIDGE_OF_MANY: f64 = 24.0;
const STEPS: usize = 15;
const FOLDS: u64 = 10;

/// Weights of traits, and behind them the start and what reports coded in full have above it.
pub(super) struct Model {
    columns: BTreeMap<String, usize>,
    weights: Vec<f64>,
}

impl Model {
    pub(super) fn fit(rows: &[&Row]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in rows.iter().flat_map(|row| &row.traits) {
            *counts.entry(name).or_default() += 1;
        }
        let known = counts.into_iter().filter(|(_, count)| *count >= LEAST);
        let columns: BTreeMap<String, usize> =
            known.enumerate().map(|(column, (name, _))| (name.to_owned(), column)).collect();
        let mut ridge = vec![RIDGE; columns.len()];
        for (name, &column) in &columns {
            if name.starts_with("rule ") || name.contains(" hangs as ") || name.starts_with("verb tagged ") {
                ridge[column] = RIDGE_OF_MANY;
            }
        }
        ridge.extend([1e-3, 1e-3]);
        let mut model = Self { weights: vec![0.0; ridge.len()], columns };
        let rows: Vec<(Vec<usize>, f64)> = rows.iter().map(|row| (model.shown(row), row.right)).collect();
        for _ in 0..STEPS {
            model.step(&rows, &ridge);
        }
        model
    }

    /// The columns of what a row shows.
    fn shown(&self, row: &Row) -> Vec<usize> {
        let mut shown: Vec<usize> = row.traits.iter().filter_map(|name| self.columns.get(name).copied()).collect();
        shown.push(self.columns.len());
        shown.extend((row.set == WORK).then_some(self.columns.len() + 1));
        shown
    }

    fn step(&mut self, rows: &[(Vec<usize>, f64)], ridge: &[f64]) {
        let size = ridge.len();
        let mut gradient: Vec<f64> = self.weights.iter().zip(ridge).map(|(weight, ridge)| -weight * ridge).collect();
        let mut matrix = vec![vec![0.0; size]; size];
        for (at, ridge) in ridge.iter().enumerate() {
            matrix[at][at] = *ridge;
        }
        for (shown, right) in rows {
            let guess = self.probability(shown);
            let slope = guess * (1.0 - guess) + 1e-9;
            for &one in shown {
                gradient[one] += right - guess;
                for &other in shown {
                    matrix[one][other] += slope;
                }
            }
        }
        for (weight, step) in self.weights.iter_mut().zip(solve(matrix, gradient)) {
            *weight += step;
        }
    }

    fn probability(&self, shown: &[usize]) -> f64 {
        let odds: f64 = shown.iter().map(|&column| self.weights[column]).sum();
        1.0 / (1.0 + (-odds).exp())
    }

    /// The probability that a row is right.
    pub(super) fn guess(&self, row: &Row) -> f64 {
        self.probability(&self.shown(row))
    }

    pub(super) fn start(&self) -> f64 {
        self.weights[self.columns.len()]
    }

    /// The weight of each trait, in the order of their names.
    pub(super) fn weights(&self) -> impl Iterator<Item = (&String, f64)> {
        self.columns.iter().map(|(name, &column)| (name, self.weights[column]))
    }
}

/// The probability of each row by a model that has seen nothing of its report.
pub(super) fn cross_validated(rows: &[&Row]) -> Vec<f64> {
    let fold = |row: &Row| chance(&row.url) % FOLDS;
    let mut guesses = vec![0.0; rows.len()];
    for apart in 0..FOLDS {
        let seen: Vec<&Row> = rows.iter().copied().filter(|row| fold(row) != apart).collect();
        let model = Model::fit(&seen);
        for (guess, row) in guesses.iter_mut().zip(rows).filter(|(_, row)| fold(row) == apart) {
            *guess = model.guess(row);
        }
    }
    guesses
}
