//! Predictions of quantities.

use super::reports::{code_points, read};
use annotate::Language;
use document::TextSpan;
use std::io::Write as _;
use std::path::PathBuf;

pub(super) fn run(files: &[PathBuf], language: &Language) -> anyhow::Result<()> {
    let mut write = std::io::stdout().lock();
    for file in files {
        for (doc, report) in read(file)? {
            let syntax = annotate::syntax(report, language);
            let times = annotate::times::find(&syntax);
            let offsets = code_points(&syntax.report.text);
            let values: Vec<serde_json::Value> = annotate::quantities::find(&syntax, &times)
                .iter()
                .map(|quantity| {
                    let TextSpan { start, end } = syntax.text_span(quantity.span);
                    serde_json::json!({"start": offsets(start), "end": offsets(end)})
                })
                .collect();
            writeln!(write, "{}", serde_json::json!({"doc": doc, "values": values}))?;
        }
    }
    Ok(())
}
