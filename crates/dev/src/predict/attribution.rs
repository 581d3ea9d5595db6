//! Task `attribution`: who says what. Of the input only `doc` and `text` are read. The gold does not nest, so only the
//! outermost statements are written.

use annotate::places::Gazetteer;
use annotate::{Language, coreference, names, statements, syntax};
use anyhow::Context as _;
use document::{Report, Syntax, TokenSpan};
use serde_json::{Value, json};
use std::io::Write;
use std::path::PathBuf;

pub(super) fn run(files: &[PathBuf], language: &Language, gazetteer: &Gazetteer) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let lines = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in lines.lines().filter(|line| !line.trim().is_empty()) {
            let input: Value = serde_json::from_str(line).with_context(|| format!("reading {}", file.display()))?;
            let text = input["text"].as_str().context("no text")?;
            writeln!(output, "{}", json!({"doc": input["doc"], "attr": attributions(text, language, gazetteer)}))?;
        }
    }
    Ok(())
}

fn attributions(text: &str, language: &Language, gazetteer: &Gazetteer) -> Vec<Value> {
    let syntax = syntax(Report::from_text("given", text), language);
    let names = names::find(&syntax, language, gazetteer);
    let chains = coreference::find(&syntax, &names);
    let points = code_points(text);
    let spans =
        |spans: &[TokenSpan]| spans.iter().map(|span| code_point_span(&syntax, *span, &points)).collect::<Vec<_>>();
    statements::find(&syntax, &names, &chains)
        .iter()
        .filter(|statement| statement.within.is_none())
        .map(|statement| {
            json!({
                "source": spans(&whole(&statement.speakers)),
                "cue": spans(&statement.cue),
                "content": spans(&statement.content),
            })
        })
        .collect()
}

/// The speakers of a joint statement as the one phrase that the gold has.
fn whole(speakers: &[TokenSpan]) -> Vec<TokenSpan> {
    speakers.iter().copied().reduce(TokenSpan::cover).into_iter().collect()
}

/// For each byte of the text, and for its end, the number of code points before it.
fn code_points(text: &str) -> Vec<u32> {
    let mut count = 0;
    let mut points = Vec::with_capacity(text.len() + 1);
    for byte in text.bytes() {
        // Bytes that continue a character count with the one that begins it.
        count += u32::from(byte & 0xC0 != 0x80);
        points.push(count - 1);
    }
    points.push(count);
    points
}

fn code_point_span(syntax: &Syntax, span: TokenSpan, points: &[u32]) -> [u32; 2] {
    let span = syntax.text_span(span);
    [points[span.start as usize], points[span.end as usize]]
}
