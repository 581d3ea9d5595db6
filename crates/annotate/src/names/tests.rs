//! What a report and a name's own words make of the kinds that the model gave.

use super::{agree, by_words};
use crate::language::Word;
use document::{Name, NameKind, TokenSpan};

/// The kinds after the report has agreed on them. Each name is its first token, its end and its kind.
fn kinds(notation: &str, names: &[(usize, usize, NameKind)]) -> Vec<NameKind> {
    let syntax = document::testing::syntax(notation);
    let words: Vec<Word> = syntax.iter_tokens().map(|token| Word::new(token.form())).collect();
    let mut names: Vec<Name> =
        names.iter().map(|&(start, end, kind)| Name { span: TokenSpan::new(start, end), kind }).collect();
    for name in &mut names {
        name.kind = by_words(&syntax, &words, name);
    }
    agree(&syntax, &words, &mut names);
    names.into_iter().map(|name| name.kind).collect()
}

#[test]
fn letters_with_digits_and_first_names_make_no_places() {
    let notation = "M23 M23 PROPN NNP 2 nsubj
        met meet VERB VBD 0 root
        Alice Alice PROPN NNP 2 obj
        Jordan Jordan PROPN NNP 3 flat";
    let found = kinds(notation, &[(0, 1, NameKind::Location), (2, 4, NameKind::Location)]);
    assert_eq!(found, [NameKind::Organization, NameKind::Person]);
}

#[test]
fn a_town_is_a_place_wherever_it_is_named() {
    let notation = "The the DET DT 2 det
        town town NOUN NN 5 nsubj
        of of ADP IN 4 case
        Arda Arda PROPN NNP 2 nmod
        fell fall VERB VBD 0 root

        Arda Arda PROPN NNP 2 nsubj
        burned burn VERB VBD 0 root";
    let found = kinds(notation, &[(3, 4, NameKind::Location), (5, 6, NameKind::Person)]);
    assert_eq!(found, [NameKind::Location, NameKind::Location]);
}
