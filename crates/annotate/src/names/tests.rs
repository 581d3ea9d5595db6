//! What a report and a name's own words make of the kinds that the model gave.

use super::{LABELS, StateWeights, acronyms, agree, by_words, carry, known};
use crate::language::Word;
use crate::places::{self, Entry, Feature, Gazetteer};
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

#[test]
fn a_place_named_twice_is_one_where_the_model_passed_over_it() {
    let notation = "Rebels rebel NOUN NNS 2 nsubj
        left leave VERB VBD 0 root
        Arda Arda PROPN NNP 2 obj

        In in ADP IN 2 case
        Arda Arda PROPN NNP 4 obl
        troops troops NOUN NNS 4 nsubj
        returned return VERB VBD 0 root

        They they PRON PRP 2 nsubj
        took take VERB VBD 0 root
        Arda Arda PROPN NNP 2 obj

        Arda Arda PROPN NNP 2 compound
        Bank Bank PROPN NNP 3 nsubj
        closed close VERB VBD 0 root";
    let syntax = document::testing::syntax(notation);
    let words: Vec<Word> = syntax.iter_tokens().map(|token| Word::new(token.form())).collect();
    let name = |at, kind| Name { span: TokenSpan::new(at, at + 1), kind };
    let carried = |names: &[Name]| {
        let mut names = names.to_vec();
        carry(&syntax, &words, &mut names);
        names.iter().map(|name| name.span.start.0).collect::<Vec<_>>()
    };
    let place = NameKind::Location;
    assert_eq!(carried(&[name(2, place), name(4, place)]), [2, 4, 9]);
    assert_eq!(carried(&[name(2, place)]), [2]);
    assert_eq!(carried(&[name(2, place), name(4, NameKind::Person)]), [2, 4]);
}

#[test]
fn a_short_form_that_is_explained_is_what_its_long_form_is() {
    let notation = "Blue Blue PROPN NNP 2 compound
        Valley Valley PROPN NNP 3 compound
        Guard Guard PROPN NNP 7 nsubj
        ( ( PUNCT -LRB- 5 punct
        BVG BVG PROPN NNP 3 appos
        ) ) PUNCT -RRB- 5 punct
        left leave VERB VBD 0 root

        BVG BVG PROPN NNP 2 nsubj
        returned return VERB VBD 0 root";
    let syntax = document::testing::syntax(notation);
    let words: Vec<Word> = syntax.iter_tokens().map(|token| Word::new(token.form())).collect();
    let name = |start, end, kind| Name { span: TokenSpan::new(start, end), kind };
    let mut names = vec![name(0, 3, NameKind::Organization), name(4, 5, NameKind::Person)];
    acronyms::tie(&syntax, &words, &mut names);
    let organizations = [(0, 3), (4, 5), (7, 8)].map(|(start, end)| name(start, end, NameKind::Organization));
    assert_eq!(names, organizations);
}

#[test]
fn states_of_a_word_add_up_to_scores_of_labels() {
    let mut weights = vec![0; 2 * LABELS];
    weights[0..4].copy_from_slice(&[1, 2, -127, 127]);
    let mut scores = Vec::new();
    StateWeights::new(weights, 2, 10).weigh(&[100, 50, 0, 127], &mut scores);
    let row = |begin: [i16; 2]| begin.into_iter().chain([0; LABELS - 2]);
    assert_eq!(scores, row([20, -635]).chain(row([25, 1612])).collect::<Vec<i16>>());
}

#[test]
fn the_gazetteer_knows_the_longest_place_and_its_size() {
    let entry = |name: &str, population| Entry {
        name: name.to_owned(),
        aliases: Vec::new(),
        latitude: 0.0,
        longitude: 0.0,
        population,
        within: None,
        feature: Feature::Town,
        country: None,
    };
    let gazetteer = Gazetteer::load(places::encode(&[entry("Arda", 500), entry("Arda Falls", 20_000)])).unwrap();
    let notation = "Arda Arda PROPN NNP 2 compound
        Falls Falls PROPN NNP 3 nsubj
        met meet VERB VBD 0 root
        Arda Arda PROPN NNP 3 obj
        arda arda NOUN NN 3 obl";
    let syntax = document::testing::syntax(notation);
    let words: Vec<Word> = syntax.iter_tokens().map(|token| Word::new(token.form())).collect();
    let found = known::classes(&syntax, &words, 0..words.len(), &gazetteer);
    assert_eq!(found, [3 + known::BEGINS, 3 + known::GOES_ON, 0, 1, 0]);
}
