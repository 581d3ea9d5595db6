//! The weights of the features, read from `weights.txt`.

use super::features::{Feature, Features};

const WEIGHTS: &str = include_str!("weights.txt");

/// One weight for each feature; the sum of weight by value is the log-odds that two claims tell of one happening.
#[derive(Clone, PartialEq, Debug)]
pub struct Weights([f32; Feature::ALL.len()]);

impl Weights {
    /// From the table that is part of the program.
    #[must_use]
    pub fn new() -> Self {
        Self::parse(WEIGHTS)
    }

    /// From a table of lines "name weight meaning"; a feature without a line weighs nothing.
    #[must_use]
    pub fn parse(table: &str) -> Self {
        let mut weights = [0.0; Feature::ALL.len()];
        for line in table.lines().filter(|line| !line.starts_with('#')) {
            let mut fields = line.split_whitespace();
            let number = Feature::ALL.iter().position(|(_, name)| Some(*name) == fields.clone().next());
            let weight = fields.nth(1).and_then(|field| field.parse().ok());
            if let Some((number, weight)) = number.zip(weight) {
                weights[number] = weight;
            }
        }
        Self(weights)
    }

    /// The log-odds of a comparison.
    #[must_use]
    pub fn odds(&self, features: &Features) -> f32 {
        self.0.iter().zip(&features.0).map(|(weight, value)| weight * value).sum()
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self::new()
    }
}
