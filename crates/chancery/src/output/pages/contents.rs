//! The page of contents: every category and state with the number of its rules and examples.

use super::{Block, Page, Piece, count, heading};
use coder::{Codebook, Example, ExampleKind, Rule};

/// The names of all categories and then of all states that have rules, a text or modes.
pub(super) fn names(codebook: &Codebook) -> Vec<String> {
    let from_rules = codebook.rules.iter().map(|rule| (rule.is_state(), rule.category.clone()));
    let from_guide = codebook.guide().categories.iter().map(|category| (category.state, category.name.clone()));
    let mut names: Vec<(bool, String)> = from_rules.chain(from_guide).collect();
    names.sort();
    names.dedup();
    names.into_iter().map(|(_, name)| name).collect()
}

pub(super) fn rules_of<'a>(codebook: &'a Codebook, category: &'a str) -> impl Iterator<Item = &'a Rule> {
    codebook.rules.iter().filter(move |rule| rule.category == category)
}

pub(super) fn page(codebook: &Codebook) -> Page {
    let examples: usize = codebook.rules.iter().map(|rule| rule.examples.len()).sum();
    let intro = format!(
        "{} and {}. A yes must be read as its rule says, a no must not give the category, a gap is known to be missed.",
        count(codebook.rules.len(), "rule"),
        count(examples, "example")
    );
    let table = |names: Vec<&String>| {
        let rows = names.into_iter().map(|name| {
            let rules: Vec<&Rule> = rules_of(codebook, name).collect();
            let of_kind = |kind: ExampleKind| {
                let examples = rules.iter().flat_map(|rule| &rule.examples);
                vec![Piece::text(examples.filter(|example: &&Example| example.kind == kind).count().to_string())]
            };
            let kinds = [ExampleKind::Yes, ExampleKind::No, ExampleKind::Gap];
            let mut row =
                vec![vec![Piece::link(&name.to_lowercase(), None, name)], vec![Piece::text(rules.len().to_string())]];
            row.extend(kinds.map(of_kind));
            row
        });
        Block::Table { head: vec!["", "rules", "yes", "no", "gap"], rows: rows.collect() }
    };
    let all = names(codebook);
    let (states, categories): (Vec<&String>, Vec<&String>) =
        all.iter().partition(|name| name.chars().all(|letter| !letter.is_uppercase()));
    let more = [
        ("ceasefires", "Ceasefires", "each phase and act of a ceasefire with the category that it is coded as"),
        ("contexts", "Contexts", "what signals each of PLOVER's contexts"),
        ("words", "Word lists", "the lists that rules name"),
    ];
    let more = more.map(|(page, title, what)| vec![Piece::link(page, None, title), Piece::text(format!(": {what}"))]);
    let mut blocks = vec![Block::Paragraph(vec![Piece::text(intro)])];
    for (title, names) in [("Categories", categories), ("States", states)] {
        if !names.is_empty() {
            blocks.extend([heading(2, title), table(names)]);
        }
    }
    blocks.extend([heading(2, "Across categories"), Block::List(more.into())]);
    Page { name: "index".to_owned(), title: format!("Codebook {} {}", codebook.name, codebook.version), blocks }
}
