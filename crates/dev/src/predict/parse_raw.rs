//! Task `parse-raw`: tokens, sentences, tags and trees of plain text.

use annotate::{Language, conllu, syntax};
use anyhow::Context as _;
use document::Report;
use std::io::Write;
use std::path::PathBuf;

pub(super) fn run(files: &[PathBuf], language: &Language) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        output.write_all(conllu::write(&syntax(Report::from_text("raw", text), language)).as_bytes())?;
    }
    Ok(())
}
