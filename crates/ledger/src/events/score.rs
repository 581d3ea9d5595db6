//! The decision for two claims: what relation they may have by the rules of the ledger, how likely it holds, and why.

use super::features::{self, Features};
use super::happening::{Granularity, Happening, Status};
use super::{Lexicon, Nearness, Weights, reasons};

/// What two claims may be to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// They tell of one happening, or of one plan.
    Same,
    /// They tell of one happening, and one of the two denies it.
    Disputes,
    /// The first is a sum or campaign that takes in the second.
    Includes,
    /// The second is taken in by the first: `Includes` the other way round.
    Included,
    /// The first happened as the second had planned, called for or feared it.
    Fulfils,
    /// The second happened as the first had planned it: `Fulfils` the other way round.
    Fulfilled,
}

/// The decision for two claims.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// What they may be to each other.
    pub relation: Relation,
    /// The probability that they are.
    pub score: f32,
    /// Why, in an analyst's words, weightiest first.
    pub reasons: Vec<String>,
    /// The numbers behind it.
    pub features: Features,
}

/// The relation that the rules of the ledger allow; `None` where two claims never tell of one happening.
fn relation(one: &Happening, other: &Happening) -> Option<Relation> {
    use Status::{Ahead, Denied, Happened, Unsaid};
    match (one.granularity, other.granularity) {
        (Granularity::Several, Granularity::Several) => return None,
        (Granularity::Several, Granularity::Single) => return Some(Relation::Includes),
        (Granularity::Single, Granularity::Several) => return Some(Relation::Included),
        (Granularity::Single, Granularity::Single) => {}
    }
    match (one.status, other.status) {
        (Unsaid, _) | (_, Unsaid) | (Ahead, Denied) | (Denied, Ahead) => None,
        (Happened, Happened) | (Ahead, Ahead) | (Denied, Denied) => Some(Relation::Same),
        (Happened, Denied) | (Denied, Happened) => Some(Relation::Disputes),
        (Happened, Ahead) => Some(Relation::Fulfils),
        (Ahead, Happened) => Some(Relation::Fulfilled),
    }
}

/// The decision for two claims whose reports stand to each other as `nearness` says; `None` where the rules of the
/// ledger exclude every relation. A missing field is neutral, a contradiction counts, a differing figure does not.
#[must_use]
pub fn score(
    lexicon: &Lexicon,
    weights: &Weights,
    one: &Happening,
    other: &Happening,
    nearness: &Nearness,
) -> Option<Link> {
    let relation = relation(one, other)?;
    let comparison = features::compare(lexicon, one, other, nearness);
    let odds = weights.odds(&comparison.features);
    let score = 1.0 / (1.0 + (-odds).exp());
    let reasons = reasons::reasons(one, other, nearness, &comparison);
    Some(Link { relation, score, reasons, features: comparison.features })
}
