//! The page of a category or state: what counts, the words of its modes, its rules with their examples.

use super::contents::rules_of;
use super::{Block, Page, Piece, count, heading, joined, markdown};
use coder::{About, Codebook, Example, ExampleKind, Expectation, PatternLine, Rule};

pub(super) fn page(codebook: &Codebook, name: &str) -> Page {
    let category = codebook.guide().categories.iter().find(|category| category.name == name);
    let mut blocks = category.map_or_else(Vec::new, |category| markdown::blocks(&category.text));
    // The title of the text is the title of the page.
    if matches!(blocks.first(), Some(Block::Heading { level: 1, .. })) {
        blocks.remove(0);
    }
    let modes = category.map_or(&[][..], |category| &category.modes);
    let rules: Vec<&Rule> = rules_of(codebook, name).collect();
    if !modes.is_empty() {
        blocks.push(heading(2, "Modes"));
        let words = "A mode is told by these words in the frame of the predicate, or set by a rule.";
        blocks.push(Block::Paragraph(vec![Piece::text(words)]));
        let rows = modes.iter().map(|(mode, words)| {
            let setting = rules.iter().filter(|rule| rule.modes().contains(mode)).map(|rule| Piece::rule(rule));
            vec![vec![Piece::Code(mode.clone())], vec![Piece::text(words.join(", "))], joined(setting, ", ")]
        });
        blocks.push(Block::Table { head: vec!["mode", "words", "set by"], rows: rows.collect() });
    }
    blocks.push(heading(2, "Rules"));
    blocks.push(Block::Paragraph(vec![Piece::text(format!("{}, sorted by name.", count(rules.len(), "rule")))]));
    rules.iter().for_each(|rule| blocks.extend(rule_blocks(codebook, rule)));
    Page { name: name.to_lowercase(), title: name.to_owned(), blocks }
}

fn rule_blocks(codebook: &Codebook, rule: &Rule) -> Vec<Block> {
    let anchor = rule.id.split_once('/').map_or(rule.id.as_str(), |(_, name)| name);
    let mut blocks = vec![
        Block::Heading { level: 3, text: rule.id.clone(), anchor: Some(anchor.to_owned()) },
        Block::Paragraph(vec![Piece::text(format!("{}.", rule.summary.trim_end_matches('.')))]),
    ];
    let mut fields: Vec<_> = rule.pattern().iter().map(|line| pattern_line(codebook, line)).collect();
    for (key, value) in rule.settings() {
        fields.push(("sets", vec![Piece::Code(key), Piece::text(format!(" {value}"))]));
    }
    blocks.push(Block::Fields(fields));
    blocks.extend(rule.examples.iter().map(example));
    blocks
}

/// A line of a pattern: its label, and where what is looked for.
fn pattern_line(codebook: &Codebook, line: &PatternLine) -> (&'static str, Vec<Piece>) {
    let label = match (line.about, line.slots.first().map(String::as_str)) {
        (About::Words, Some("noun")) => "noun",
        (About::Words, Some("adjective")) => "adjective",
        (About::Words, _) => "verb",
        (About::Who, _) => "who",
        (About::Whom, _) => "whom",
        (About::What, _) => "what",
        (About::Where, _) => "where",
        (About::Figure, _) => "figure",
        (About::Condition, _) => "if",
        (About::Never, _) => "never",
    };
    let fillers = line.fillers.iter().map(|filler| match filler.strip_prefix('@') {
        Some(list) if codebook.guide().lists.contains_key(list) => Piece::link("words", Some(list), filler),
        _ => Piece::text(filler),
    });
    let fillers = joined(fillers, ", ");
    if line.about == About::Words {
        return (label, fillers);
    }
    let mut pieces = vec![Piece::text(format!("{}: ", line.slots.join(" or ")))];
    pieces.extend(fillers);
    pieces.extend(line.role.as_ref().map(|role| Piece::text(format!(" (as {role})"))));
    if line.optional {
        pieces.push(Piece::text(" (may be missing)"));
    }
    (label, pieces)
}

fn example(example: &Example) -> Block {
    let (kind, note) = match example.kind {
        ExampleKind::Yes => ("yes", expected(&example.expect, &example.also)),
        ExampleKind::No => ("no", example.because.clone().unwrap_or_default()),
        ExampleKind::Gap => ("gap", example.because.clone().unwrap_or_default()),
    };
    let mut note = note;
    if let Some(published) = &example.published {
        let day = format!("published {published}");
        note = if note.is_empty() { day } else { format!("{note}; {day}") };
    }
    Block::Example { kind, text: example.text.clone(), note }
}

/// What a claim must look like, in words.
fn expected(expect: &Expectation, also: &[String]) -> String {
    let quoted = |words: Vec<&str>| words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(" + ");
    let mut parts: Vec<String> = Vec::new();
    for (name, phrases) in [("actor", &expect.actor), ("recipient", &expect.recipient)] {
        parts.extend(phrases.as_ref().map(|phrases| match phrases.list() {
            none if none.is_empty() => format!("no {name}"),
            some => format!("{name} {}", quoted(some)),
        }));
    }
    parts.extend(expect.mode.as_ref().map(|modes| format!("mode {}", modes.list().join(", "))));
    parts.extend(expect.place.as_ref().map(|place| format!("place “{place}”")));
    parts.extend(expect.date.as_ref().map(|date| format!("date {date}")));
    parts.extend(expect.status.as_ref().map(|status| format!("status {status}")));
    parts.extend(expect.content.as_ref().map(|content| format!("content {content}")));
    parts.extend(expect.figures.iter().map(|(name, value)| format!("{name} {value}")));
    if !also.is_empty() {
        parts.push(format!("also {}", also.join(", ")));
    }
    parts.join("; ")
}
