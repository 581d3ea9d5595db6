//! How a report was read: for each sentence its tokens with tags and heads, what the finders found, and what became of
//! every rule that hangs on one of its words.

use super::layout::{FAINT, PLAIN, Paragraph, STRONG, clean, columns, padded, styled};
use coder::confidence::{HeldBack, Weighed};
use coder::{Codebook, Outcome};
use document::{Document, Sentence, TokenSpan};
use engine::Reading;

/// Lays out an explanation, `width` columns wide.
#[must_use]
pub fn write(reading: &Reading, codebook: &Codebook, width: usize) -> String {
    let document = &reading.document;
    let mut out = format!("{}\n", styled(STRONG, &clean(&document.report.id)));
    for note in &document.report.notes {
        Paragraph::default().push(FAINT, format!("note: {note}")).write(&mut out, "", PLAIN, width);
    }
    for sentence in document.iter_sentences() {
        out.push('\n');
        let first = format!("{:>4}  ", sentence.id.index() + 1);
        Paragraph::default().push(STRONG, sentence.text()).write(&mut out, &first, FAINT, width);
        out.push('\n');
        tokens(sentence, &mut out);
        found(document, sentence.tokens(), width, &mut out);
        rules(reading, codebook, sentence.tokens(), width, &mut out);
        held_back(reading, sentence.tokens(), width, &mut out);
    }
    out
}

fn tokens(sentence: Sentence<'_>, out: &mut String) {
    let first = sentence.tokens().start.index();
    let rows: Vec<[String; 7]> = sentence
        .iter()
        .map(|token| {
            let head = token
                .head()
                .map_or("—".to_owned(), |head| format!("{} {}", head.id.index() + 1 - first, clean(head.form())));
            [
                (token.id.index() + 1 - first).to_string(),
                clean(token.form()),
                clean(token.lemma()),
                token.upos().to_string(),
                token.xpos().to_string(),
                token.relation().to_string(),
                head,
            ]
        })
        .collect();
    let titles = ["", "word", "lemma", "part", "tag", "relation", "head"].map(str::to_owned);
    let widths: [usize; 7] = std::array::from_fn(|column| {
        rows.iter().chain([&titles]).map(|row| columns(&row[column])).max().unwrap_or(0).min(30)
    });
    for (style, row) in std::iter::once((FAINT, &titles)).chain(rows.iter().map(|row| (PLAIN, row))) {
        let cells: Vec<String> = row.iter().zip(widths).map(|(cell, width)| padded(cell, width + 2)).collect();
        out.push_str("      ");
        out.push_str(&styled(style, cells.concat().trim_end()));
        out.push('\n');
    }
}

fn found(document: &Document, sentence: TokenSpan, width: usize, out: &mut String) {
    let mut lines: Vec<(&str, TokenSpan, String)> = Vec::new();
    lines.extend(document.names.iter().map(|name| ("name", name.span, name.kind.as_str().to_owned())));
    lines.extend(document.times.iter().map(|time| {
        let days = [time.from, time.to].map(|day| day.map_or("?".to_owned(), |day| day.to_string())).join(" to ");
        ("time", time.span, format!("{} {}, {days}, {}", time.kind.as_str(), time.value, time.basis.as_str()))
    }));
    lines.extend(document.places.iter().map(|place| {
        let country = place.country.as_deref().map_or(String::new(), |country| format!(", {country}"));
        ("place", place.span, format!("{}{country}, {}", place.name, place.precision.as_str()))
    }));
    lines.extend(document.quantities.iter().map(|quantity| {
        let number = |value: Option<f64>| value.map_or("?".to_owned(), |value| value.to_string());
        let counts = quantity.counts.map_or("nothing", |counts| document.token(counts).form());
        let values = [quantity.low, quantity.best, quantity.high].map(number).join(" / ");
        ("quantity", quantity.span, format!("{values}, counts {counts}"))
    }));
    for statement in &document.statements {
        let Some(&cue) = statement.cue.first().or(statement.content.first()) else { continue };
        let texts = |spans: &[TokenSpan]| spans.iter().map(|&span| document.text(span)).collect::<Vec<_>>().join(" … ");
        let speaker =
            if statement.speakers.is_empty() { "nobody named".to_owned() } else { texts(&statement.speakers) };
        lines.push((
            "statement",
            cue,
            format!("{}, {speaker}: {}", statement.manner.as_str(), texts(&statement.content)),
        ));
    }
    lines.retain(|(_, span, _)| sentence.holds(span.start));
    lines.sort_by_key(|(_, span, _)| *span);
    if !lines.is_empty() {
        out.push('\n');
    }
    for (kind, span, what) in lines {
        Paragraph::default().push(PLAIN, format!("“{}”", document.text(span))).push(FAINT, format!(" {what}")).write(
            out,
            &format!("      {kind:<11}"),
            FAINT,
            width,
        );
    }
}

fn rules(reading: &Reading, codebook: &Codebook, sentence: TokenSpan, width: usize, out: &mut String) {
    let document = &reading.document;
    let mut traces = reading.coding.traces.iter().filter(|trace| sentence.holds(trace.token)).peekable();
    if traces.peek().is_some() {
        out.push('\n');
    }
    for trace in traces {
        let form = document.token(trace.token).form();
        let rule = &codebook.rules[trace.rule];
        let (mark, why) = match trace.outcome {
            Outcome::Fired => ("fired", String::new()),
            Outcome::Missed(line) => {
                let wanted = if rule.forbids(line) { "must not be there: " } else { "" };
                let line = rule.line(line).split_whitespace().collect::<Vec<_>>().join(" ");
                ("not", format!(": wanted `{wanted}{line}`"))
            }
            Outcome::Overruled(by) => ("gave way", format!(": {} is more specific", codebook.rules[by].id)),
        };
        let mut line = Paragraph::default();
        line.push(if mark == "fired" { STRONG } else { PLAIN }, &rule.id).push(FAINT, format!(" at “{form}”{why}"));
        line.write(out, &format!("      {mark:<11}"), FAINT, width);
    }
}

/// Traits that are named of a claim held back.
const NAMED: usize = 4;

/// The claims of a sentence that are held back, and what speaks most against each.
fn held_back(reading: &Reading, sentence: TokenSpan, width: usize, out: &mut String) {
    let here = |held: &&HeldBack| sentence.holds(held.claim.trigger);
    for HeldBack { claim, traits } in reading.coding.held_back.iter().filter(here) {
        let form = reading.document.token(claim.trigger).form();
        let tell = |one: &Weighed| format!("{} ({:+.2})", one.name, one.weight);
        let against: Vec<String> = traits.iter().filter(|one| one.weight < 0.0).take(NAMED).map(tell).collect();
        let nested = if claim.nested { ", with what it is nested in" } else { "" };
        let why =
            format!(" at “{form}”{nested}: confidence {:.3}; against it: {}", claim.confidence, against.join(", "));
        let mut line = Paragraph::default();
        line.push(STRONG, &claim.category).push(FAINT, format!(" by {}{why}", claim.rule));
        line.write(out, &format!("      {:<11}", "held back"), FAINT, width);
    }
}
