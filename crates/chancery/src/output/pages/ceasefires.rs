//! The page on ceasefires: each phase or act with the category that it is coded as, generated from the rules.

use super::{Block, Page, Piece, joined};
use coder::{CEASEFIRE_PHASES, Codebook, Rule};

/// Phases that no rule of the built-in codebook sets: what such words are coded as instead, and how.
pub const NOT_CODED: &[(&str, &str, &str)] = &[
    ("breach accepted", "ASSAULT", "told as breach alleged, according to the side that admits it"),
    ("not called for", "REQUEST", "told as called for, with the status negated or unsaid"),
];

pub(super) fn page(codebook: &Codebook) -> Page {
    let intro = "What is done with a ceasefire belongs to different categories. The rows stand in the order of a \
                 ceasefire's life and are generated from the rules that set its phase.";
    Page {
        name: "ceasefires".to_owned(),
        title: "Ceasefires".to_owned(),
        blocks: vec![
            Block::Paragraph(vec![Piece::text(intro)]),
            Block::Table {
                head: vec!["phase or act", "coded as", "with", "rules"],
                rows: CEASEFIRE_PHASES.iter().flat_map(|phase| rows(codebook, phase)).collect(),
            },
        ],
    }
}

/// A row for each category that a phase is coded as.
fn rows(codebook: &Codebook, phase: &str) -> Vec<Vec<Vec<Piece>>> {
    let setting = |rule: &&Rule| rule.facet("ceasefire", "phase") == Some(phase);
    let rules: Vec<&Rule> = codebook.rules.iter().filter(setting).collect();
    let mut rows: Vec<_> = rules
        .chunk_by(|one, other| one.category == other.category)
        .map(|rules| {
            let category = &rules[0].category;
            let mut with: Vec<String> = Vec::new();
            for rule in rules {
                let modes = rule.modes().iter().map(|mode| format!("mode {mode}"));
                for words in modes.chain(rule.facet("ceasefire", "mutuality").map(str::to_owned)) {
                    if !with.contains(&words) {
                        with.push(words);
                    }
                }
            }
            vec![
                vec![Piece::text(phase)],
                vec![Piece::link(&category.to_lowercase(), None, category)],
                vec![Piece::text(with.join(", "))],
                joined(rules.iter().map(|rule| Piece::rule(rule)), ", "),
            ]
        })
        .collect();
    if rows.is_empty() {
        let (_, category, how) =
            NOT_CODED.iter().find(|(known, _, _)| *known == phase).copied().unwrap_or((phase, "", "not coded"));
        let category = if category.is_empty() {
            Piece::text("—")
        } else {
            Piece::link(&category.to_lowercase(), None, category)
        };
        let how = format!("no rule sets this phase: {how}");
        rows.push(vec![vec![Piece::text(phase)], vec![category], Vec::new(), vec![Piece::text(how)]]);
    }
    rows
}
