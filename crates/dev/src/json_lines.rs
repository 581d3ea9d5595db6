//! Files of JSON lines.

use anyhow::Context as _;
use serde::de::DeserializeOwned;
use std::path::Path;

/// What each line of a file holds; empty lines are passed over.
pub(crate) fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    std::fs::read_to_string(path)
        .with_context(|| format!("reading {}", path.display()))?
        .lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("line {} of {}", number + 1, path.display()))
        })
        .collect()
}
