//! Task `names`: proper names with their kinds, in the words of the data.

use annotate::{Language, names, syntax};
use anyhow::Context as _;
use document::{Name, NameKind, Relation, Report, Syntax, TokenId, TokenSpan};
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

    fn word(self, kind: NameKind) -> Option<&'static str> {
        let (uner, re3d) = match kind {
            NameKind::Person => ("PER", "Person"),
            NameKind::Organization => ("ORG", "Organisation"),
            NameKind::Location => ("LOC", "Location"),
            NameKind::Group | NameKind::Other => return None,
        };
        Some(if self == Self::Uner { uner } else { re3d })
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

pub(super) fn run(files: &[PathBuf], language: &Language, vocabulary: Option<Vocabulary>) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for file in files {
        let vocabulary = vocabulary.unwrap_or_else(|| Vocabulary::of(file));
        let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            let found = find(serde_json::from_str(line)?, language, vocabulary);
            writeln!(output, "{}", serde_json::to_string(&found)?)?;
        }
    }
    Ok(())
}

fn find(input: Input, language: &Language, vocabulary: Vocabulary) -> Output {
    let syntax = syntax(Report::from_text(input.doc, input.text), language);
    let text = &syntax.report.text;
    let point = |byte: u32| text[..byte as usize].chars().count();
    let entities = names::find(&syntax, language)
        .iter()
        .filter_map(|name| {
            let whole = if vocabulary == Vocabulary::Re3d { phrase(&syntax, name) } else { name.span };
            let span = syntax.text_span(whole);
            Some(Entity { start: point(span.start), end: point(span.end), r#type: vocabulary.word(name.kind)? })
        })
        .collect();
    Output { doc: syntax.report.id.clone(), entities }
}

/// The name with article, title and adjectives, as re3d marks it.
fn phrase(syntax: &Syntax, name: &Name) -> TokenSpan {
    let mut span = name.span;
    while let Some(before) = span.start.index().checked_sub(1) {
        let token = syntax.token(TokenId(before as u32));
        let joins = matches!(token.relation(), Relation::Det | Relation::Compound | Relation::Amod);
        if !joins || !token.head().is_some_and(|head| span.holds(head.id)) {
            break;
        }
        span = TokenSpan::new(before, span.end.index());
    }
    span
}
