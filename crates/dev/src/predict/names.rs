//! Task `names`: proper names with their kinds, in the words of the data.

use annotate::places::Gazetteer;
use annotate::{Language, names, syntax};
use anyhow::Context as _;
use document::{Name, NameKind, Relation, Report, Syntax, Token, TokenId, TokenSpan, Upos, Xpos};
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
    let mut found: Vec<(TokenSpan, &'static str)> = names
        .iter()
        .filter_map(|name| {
            let whole = if vocabulary == Vocabulary::Re3d { phrase(&syntax, name.span) } else { name.span };
            let people = vocabulary == Vocabulary::Re3d && name.kind == NameKind::Group && is_plural(&syntax, name);
            Some((whole, if people { "Organisation" } else { vocabulary.word(name.kind)? }))
        })
        .collect();
    if vocabulary == Vocabulary::Re3d {
        let named = |span: TokenSpan| found.iter().any(|(other, _)| other.overlaps(span));
        let others: Vec<_> = syntax.iter_tokens().filter_map(|token| reference(&syntax, token)).collect();
        let others: Vec<_> = others.into_iter().filter(|(span, _)| !named(*span)).collect();
        found.extend(others);
        found.sort_by_key(|(span, _)| *span);
    }
    let entities = found.into_iter().map(|(span, kind)| {
        let span = syntax.text_span(span);
        Entity { start: point(span.start), end: point(span.end), r#type: kind }
    });
    Output { doc: syntax.report.id.clone(), entities: entities.collect() }
}

/// "Syrians": a people, which re3d counts as an organisation, where "Syrian" is a nationality.
fn is_plural(syntax: &Syntax, name: &Name) -> bool {
    name.span.iter().all(|token| matches!(syntax.token(token).xpos(), Xpos::Nnps | Xpos::Nns))
}

/// re3d marks references beside names: pronouns of persons and groups, and common nouns for groups and places.
fn reference(syntax: &Syntax, token: Token<'_>) -> Option<(TokenSpan, &'static str)> {
    if token.upos() == Upos::Pron {
        let kind = match token.lemma().to_lowercase().as_str() {
            "i" | "my" | "he" | "his" | "she" | "her" | "myself" | "himself" | "herself" => "Person",
            "we" | "our" | "they" | "themselves" | "ourselves" => "Organisation",
            _ => return None,
        };
        return (token.form() != "their").then_some((TokenSpan::single(token.id), kind));
    }
    let kind = match (token.upos(), token.lemma()) {
        (
            Upos::Noun,
            "force" | "troop" | "troops" | "militant" | "civilian" | "regime" | "government" | "fighter" | "coalition"
            | "group" | "people" | "unit" | "army" | "military" | "soldier" | "rebel" | "terrorist" | "ministry"
            | "refugee" | "police" | "opposition" | "authority" | "militia" | "partner" | "ally",
        ) => "Organisation",
        (
            Upos::Noun,
            "city" | "town" | "village" | "camp" | "area" | "region" | "province" | "district" | "border" | "hospital"
            | "library" | "line" | "country" | "neighborhood" | "neighbourhood" | "building" | "school" | "mosque",
        ) => "Location",
        _ => return None,
    };
    Some((phrase(syntax, TokenSpan::single(token.id)), kind))
}

/// The name with article, title and adjectives, as re3d marks it.
fn phrase(syntax: &Syntax, name: TokenSpan) -> TokenSpan {
    let mut span = name;
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
