//! Task `parse`: tags and trees for given tokens. Of the input only the forms and the multiword ranges are read.

use annotate::{Language, conllu, syntax_of};
use anyhow::Context as _;
use std::io::Write;
use std::path::PathBuf;

pub(super) fn run(files: &[PathBuf], language: &Language) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        let (report, tokens, sentences) = conllu::tokens("given", &conllu::read(&text));
        output.write_all(conllu::write(&syntax_of(report, tokens, sentences, language)).as_bytes())?;
    }
    Ok(())
}
