//! Task `copies`: texts to stories as the ledger makes them. Of the input only `id` and `text` are read.

use crate::copies::index::candidates;
use crate::json_lines;
use ledger::stories::{Pair, Wording, compare, group};
use serde::Deserialize;
use serde_json::json;
use std::io::Write;
use std::path::PathBuf;

#[derive(Deserialize, PartialEq, Eq, PartialOrd, Ord)]
struct Line {
    id: String,
    text: String,
}

pub(super) fn run(files: &[PathBuf]) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for path in files {
        let mut reports: Vec<Line> = json_lines::read(path)?;
        // Numbered by what does not depend on the order of arrival, as in the ledger.
        reports.sort();
        let wordings: Vec<Wording> = reports.iter().map(|report| Wording::of(&report.text)).collect();
        let pairs: Vec<Pair> = candidates(&wordings)
            .into_iter()
            .map(|(one, other)| Pair::new(one, other, &compare(&wordings[one], &wordings[other])))
            .collect();
        for (report, story) in reports.iter().zip(group(reports.len(), &pairs)) {
            writeln!(output, "{}", json!({"id": report.id, "cluster": reports[story].id}))?;
        }
    }
    Ok(())
}
