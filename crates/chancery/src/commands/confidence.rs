//! `--min-confidence`: from which confidence on claims are shown and kept.

use engine::Engine;

#[derive(clap::Args, Debug)]
pub(super) struct ConfidenceArguments {
    /// Hold back claims that are less likely right than this, from 0 (hold back none) to 1; the bound of the codebook
    /// (confidence.toml) where not given
    ///
    /// What is nested in a claim that is held back goes with it. `chancery explain` names what is held back, and why.
    #[arg(long, value_name = "PROBABILITY", value_parser = probability)]
    min_confidence: Option<f64>,
}

impl ConfidenceArguments {
    /// The engine with this bound.
    pub(super) fn lay_over(&self, engine: Engine) -> Engine {
        match self.min_confidence {
            Some(least) => engine.with_min_confidence(least),
            None => engine,
        }
    }
}

fn probability(text: &str) -> Result<f64, String> {
    text.parse().ok().filter(|value| (0.0..=1.0).contains(value)).ok_or_else(|| "not a number from 0 to 1".to_owned())
}
