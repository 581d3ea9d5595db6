//! Task `names`: proper names with their kinds, in the words of the data.

use super::mentions;
use annotate::places::Gazetteer;
use annotate::{Language, names, syntax};
use anyhow::Context as _;
use document::{NameKind, Report};
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The words for the kinds.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Vocabulary {
    /// PER, ORG, LOC
    Uner,
    /// Person, Organisation, Location
    Re3d,
}

impl Vocabulary {
    /// The vocabulary of a file where none is asked for.
    fn of(file: &Path) -> Self {
        let name = file.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if name.contains("re3d") { Self::Re3d } else { Self::Uner }
    }
}

#[derive(Deserialize)]
struct Input {
    doc: String,
    text: String,
}

#[derive(Serialize)]
struct Output {
    doc: String,
    entities: Vec<Entity>,
}

#[derive(Serialize)]
struct Entity {
    start: usize,
    end: usize,
    r#type: &'static str,
}

pub(super) fn run(
    files: &[PathBuf],
    language: &Language,
    gazetteer: &Gazetteer,
    vocabulary: Option<Vocabulary>,
) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let vocabulary = vocabulary.unwrap_or_else(|| Vocabulary::of(file));
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let found = find(serde_json::from_str(line)?, language, gazetteer, vocabulary);
            writeln!(output, "{}", serde_json::to_string(&found)?)?;
        }
    }
    Ok(())
}

fn find(input: Input, language: &Language, gazetteer: &Gazetteer, vocabulary: Vocabulary) -> Output {
    let syntax = syntax(Report::from_text(input.doc, input.text), language);
    let text = &syntax.report.text;
    let point = |byte: u32| text[..byte as usize].chars().count();
    let names = names::find(&syntax, language, gazetteer);
    let found = match vocabulary {
        Vocabulary::Uner => names.iter().filter_map(|name| Some((name.span, label(name.kind)?))).collect(),
        Vocabulary::Re3d => mentions::find(&syntax, &names),
    };
    let entities = found.into_iter().map(|(span, kind)| {
        let span = syntax.text_span(span);
        Entity { start: point(span.start), end: point(span.end), r#type: kind }
    });
    Output { doc: syntax.report.id.clone(), entities: entities.collect() }
}

/// The word of UNER for a kind.
fn label(kind: NameKind) -> Option<&'static str> {
    match kind {
        NameKind::Person => Some("PER"),
        NameKind::Organization => Some("ORG"),
        NameKind::Location => Some("LOC"),
        NameKind::Group | NameKind::Other => None,
    }
}
