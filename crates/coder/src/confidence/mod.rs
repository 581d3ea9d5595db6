//! How likely a careful reader would call a claim right: its category fits something told there, and who acts is right.
//!
//! Each claim shows [`traits`]; a table of the codebook, `confidence.toml`, gives each trait a weight. The sum of the
//! weights is the log-odds that the claim is right (a logistic sum). The weights are fitted to verdicts of readers by
//! `cargo dev confidence`; a codebook without the table trusts all claims alike.

mod holding;
mod traits;

pub use holding::HeldBack;

use crate::codebook::Codebook;
use document::{Claim, Document};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The table `confidence.toml` of a codebook.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confidence {
    /// Claims of a lower confidence are held back unless told otherwise.
    #[serde(rename = "min-confidence")]
    pub min_confidence: f64,
    /// The log-odds of a claim without any trait that weighs.
    pub start: f64,
    /// Word lists that are sought in headline, lead and sentence.
    pub scenes: Vec<String>,
    /// The weight of each trait; those not named weigh nothing.
    #[serde(default)]
    pub weights: BTreeMap<String, f64>,
}

/// A trait of a claim with its weight.
#[derive(Debug, Clone, PartialEq)]
pub struct Weighed {
    /// The trait, as the table names it.
    pub name: String,
    /// What it adds to the log-odds.
    pub weight: f64,
}

/// What each claim of a document shows, in the order of the claims, with its weight.
#[must_use]
pub fn weighed(document: &Document, codebook: &Codebook, claims: &[Claim]) -> Vec<Vec<Weighed>> {
    let table = &codebook.confidence;
    let weight = |name: String| Weighed { weight: table.weights.get(&name).copied().unwrap_or_default(), name };
    let traits = traits::traits(document, codebook, &table.scenes, claims);
    traits.into_iter().map(|names| names.into_iter().map(weight).collect()).collect()
}

/// Sets the confidence of each claim.
pub(crate) fn set(document: &Document, codebook: &Codebook, claims: &mut [Claim]) {
    let weighed = weighed(document, codebook, claims);
    for (claim, traits) in claims.iter_mut().zip(weighed) {
        claim.confidence = confidence(&codebook.confidence, &traits);
    }
}

/// The probability that these traits give, in thousandths: finer it says nothing, and every processor gives the same.
fn confidence(table: &Confidence, traits: &[Weighed]) -> f64 {
    let odds = table.start + traits.iter().map(|one| one.weight).sum::<f64>();
    (1000.0 / (1.0 + (-odds).exp())).round() / 1000.0
}
