//! Confidence goes by the table of the codebook, and what is of too low a confidence leaves with what is nested in it.

#![allow(clippy::panic, reason = "a test ends at what it did not expect")]

use coder::{Codebook, Coding, Examples, code};
use document::{Document, testing};

const AGREE: &str = r#"
summary = "A promise"
pattern = """
  verb    agree
  subject @actor as actor
  clause  *      as content
"""
[[yes]]
text = "Rebels agreed to leave."
[[no]]
text = "Rain fell."
because = "no promise"
"#;

const ATTACK: &str = r#"
summary = "An attack"
pattern = """
  verb     attack
  subject? @actor as actor
"""
[[yes]]
text = "Rebels attacked soldiers."
[[no]]
text = "Rain fell."
because = "no attack"
"#;

/// "Rebels agreed to attack.", read with this table of confidence.
fn coding(table: &str, min_confidence: f64) -> Coding {
    let files = [
        ("codebook.toml", "name = \"test\"\nversion = \"1\"\nontology = \"PLOVER\"\n"),
        ("categories/assault/attack.rule.toml", ATTACK),
        ("categories/agree/agree.rule.toml", AGREE),
        ("actors/roles.toml", "[[role]]\nnouns = [\"rebel\"]\nsector = \"REB\"\nkind = \"person\"\n"),
        ("confidence.toml", table),
    ]
    .map(|(path, contents)| (path.to_owned(), contents.to_owned()));
    let codebook = Codebook::load(&files, Examples::Read).unwrap_or_else(|faults| panic!("{faults:?}"));
    let syntax = testing::syntax(
        "Rebels rebel NOUN NNS 2 nsubj
         agreed agree VERB VBD 0 root
         to to PART TO 4 mark
         attack attack VERB VB 2 xcomp
         . . PUNCT . 2 punct",
    );
    let document = Document { syntax, ..Document::default() };
    code(&document, &codebook).hold_back(&document, &codebook, min_confidence)
}

const TABLE: &str = "
min-confidence = 0.0
start = 0.0
scenes = []
[weights]
\"category AGREE\" = -1.0
\"category ASSAULT\" = 1.0
";

/// Category and confidence of each claim that is kept, and the categories of those held back.
fn check(table: &str, min_confidence: f64, kept: &[(&str, f64)], held_back: &[&str]) {
    let coding = coding(table, min_confidence);
    let found: Vec<(&str, f64)> =
        coding.claims.iter().map(|claim| (claim.category.as_str(), claim.confidence)).collect();
    assert_eq!(found, kept);
    let found: Vec<&str> = coding.held_back.iter().map(|held| held.claim.category.as_str()).collect();
    assert_eq!(found, held_back);
}

#[test]
fn confidence_is_the_logistic_sum_of_the_table() {
    check(TABLE, 0.0, &[("AGREE", 0.269), ("ASSAULT", 0.731)], &[]);
    check("min-confidence = 0.0\nstart = 0.0\nscenes = []\n", 0.5, &[("AGREE", 0.5), ("ASSAULT", 0.5)], &[]);
}

#[test]
fn what_is_nested_falls_with_what_it_is_nested_in_and_not_without() {
    check(TABLE, 0.5, &[], &["AGREE", "ASSAULT"]);
    let turned = TABLE.replace("-1.0", "2.0").replace("ASSAULT\" = 1.0", "ASSAULT\" = -2.0");
    check(&turned, 0.5, &[("AGREE", 0.881), ("ASSAULT", 0.119)], &[]);
    assert_eq!(coding(&turned, 0.5).claims[0].content, [1]);
}

#[test]
fn reasons_are_the_heaviest_traits_first() {
    let held = &coding(TABLE, 0.5).held_back[0];
    assert_eq!((held.traits[0].name.as_str(), held.traits[0].weight), ("category AGREE", -1.0));
    assert!(held.claim.content.is_empty());
}
