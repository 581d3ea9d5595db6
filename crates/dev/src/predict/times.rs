//! Predictions of time expressions.

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
            let offsets = code_points(&syntax.report.text);
            let timex: Vec<serde_json::Value> = annotate::times::find(&syntax)
                .iter()
                .map(|time| {
                    let TextSpan { start, end } = syntax.text_span(time.span);
                    serde_json::json!({
                        "start": offsets(start), "end": offsets(end), "type": time.kind.as_str(), "value": time.value,
                    })
                })
                .collect();
            writeln!(write, "{}", serde_json::json!({"doc": doc, "timex": timex}))?;
        }
    }
    Ok(())
}
