//! Task `factuality`: a number from -3 to 3 for each target word. Of the input only `idx`, the blank-separated tokens of
//! `text` and `span1` of the targets are read.

use annotate::places::Gazetteer;
use annotate::{Language, coreference, names, statements, syntax_of};
use anyhow::Context as _;
use document::{Document, Report, Sentences, TextSpan, TokenId, TokenSpan, Tokens};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

pub(super) fn run(files: &[PathBuf], language: &Language, gazetteer: &Gazetteer) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let lines = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let input: Value = serde_json::from_str(line).with_context(|| format!("reading {}", file.display()))?;
            let document = read(input["text"].as_str().context("no text")?, language, gazetteer);
            let targets = input["targets"].as_array().context("no targets")?;
            let scores: Vec<f64> = targets.iter().map(|target| score(&document, target)).collect();
            writeln!(output, "{}", json!({"idx": input["idx"], "scores": scores}))?;
        }
    }
    Ok(())
}

/// A document of one sentence with the given tokens.
fn read(text: &str, language: &Language, gazetteer: &Gazetteer) -> Document {
    let mut tokens = Tokens::default();
    let mut start = 0;
    for word in text.split_whitespace() {
        start += text[start..].find(word).unwrap_or_default();
        tokens.spans.push(TextSpan::new(start, start + word.len()));
        tokens.joined.push(false);
        start += word.len();
    }
    let sentence = (!tokens.is_empty()).then(|| TokenSpan::new(0, tokens.len()));
    let sentences = Sentences { paragraphs: vec![0; sentence.iter().len()], spans: sentence.into_iter().collect() };
    let syntax = syntax_of(Report::from_text("given", text), tokens, sentences, language);
    let names = names::find(&syntax, language, gazetteer);
    let chains = coreference::find(&syntax, &names);
    let statements = statements::find(&syntax, &names, &chains);
    Document { syntax, names, chains, statements, ..Document::default() }
}

fn score(document: &Document, target: &Value) -> f64 {
    match target["span1"][0].as_u64().and_then(|index| u32::try_from(index).ok()) {
        Some(index) if (index as usize) < document.tokens.len() => {
            coder::status::read(document, TokenId(index)).factuality
        }
        _ => 0.0,
    }
}
