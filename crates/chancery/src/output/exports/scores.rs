//! PLOVER's quad classes and conflict-cooperation scores, as the built-in codebook has them.

use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The file of the codebook.
const FILE: &str = "scores.toml";

/// What a category is worth.
#[derive(Deserialize, Debug)]
struct Worth {
    quad: u8,
    score: f64,
    #[serde(default)]
    modes: BTreeMap<String, f64>,
}

/// The worth of each category; those that a codebook adds have none.
#[derive(Debug)]
pub(crate) struct Scores(BTreeMap<String, Worth>);

impl Scores {
    pub(crate) fn built_in() -> anyhow::Result<Self> {
        let files = engine::built_in_codebook();
        let text = files.iter().find(|(path, _)| path == FILE).map_or("", |(_, contents)| contents.as_str());
        toml::from_str(text).map(Self).with_context(|| format!("{FILE} of the built-in codebook cannot be read"))
    }

    /// 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    pub(crate) fn quad(&self, category: &str) -> Option<u8> {
        self.0.get(category).map(|worth| worth.quad)
    }

    /// From -10 to 10: that of the first mode that has its own, else that of the category.
    pub(crate) fn scale(&self, category: &str, modes: &[String]) -> Option<f64> {
        let worth = self.0.get(category)?;
        Some(modes.iter().find_map(|mode| worth.modes.get(mode)).copied().unwrap_or(worth.score))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_of_plover_have_their_worth() {
        let scores = Scores::built_in().unwrap_or_else(|error| unreachable!("{error}"));
        assert_eq!(scores.0.len(), 16);
        assert_eq!(scores.quad("ASSAULT"), Some(4));
        assert_eq!(scores.scale("CONSULT", &["phone".to_owned()]), Some(1.5));
        assert_eq!(scores.quad("control"), None);
    }
}
