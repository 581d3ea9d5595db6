use super::bytes::checksum;
use super::*;
use crate::names::StateWeights;
use crate::perceptron::Weights;
use crate::places::{self, Gazetteer};

/// A small model without a network.
fn small() -> Language {
    let weights = || Weights::from_rows(&[(7, vec![(0, 3), (2, -4)]), (900_000_000, vec![(1, 127)])]);
    Language {
        clusters: Clusters::new(vec![(5, [1, 2]), (9, [400, 64])]),
        namer: Namer::new(weights(), StateWeights::default()),
        ..Language::default()
    }
}

fn sealed(body: &[u8]) -> Vec<u8> {
    [MAGIC.as_slice(), &checksum(body).to_le_bytes(), body].concat()
}

#[test]
fn written_models_are_read_back() {
    let bytes = small().to_bytes();
    let language = Language::load(&bytes).unwrap();
    assert_eq!(language.to_bytes(), bytes);
}

#[test]
fn the_empty_language_reads_any_text() {
    let syntax = syntax(Report::from_text("case", "One two. Three"), &Language::default());
    assert_eq!(syntax.parse.len(), 4);
    assert_eq!(syntax.token(TokenId(0)).features(), "_");
}

#[test]
fn wrong_bytes_under_a_right_checksum_do_no_harm() {
    let bytes = small().to_bytes();
    let body = &bytes[16..];
    let gazetteer = Gazetteer::load(places::encode(&[])).unwrap();
    for place in 0..body.len() {
        for value in [0, 1, 2, 127, 128, 255] {
            let mut body = body.to_vec();
            body[place] = value;
            if let Ok(language) = Language::load(&sealed(&body)) {
                let syntax = syntax(Report::from_text("case", "Ties b, c. D"), &language);
                assert_eq!(syntax.parse.len(), syntax.tokens.len());
                let _ = crate::names::find(&syntax, &language, &gazetteer);
            }
        }
        assert!(Language::load(&sealed(&body[..place])).is_err());
    }
}
