use super::*;
use proptest::prelude::*;

fn claim(start: u32, end: u32, category: &str, actors: &str) -> Coded {
    let actors = actors.split(';').map(str::trim).filter(|name| !name.is_empty());
    Coded {
        report: "r1".to_owned(),
        start,
        end,
        category: category.to_owned(),
        actors: actors.map(|name| Party { names: vec![name.to_owned()] }).collect(),
        ..Coded::default()
    }
}

fn sentences() -> Sentences {
    Sentences::from([("r1".to_owned(), (0..6).map(|at| (at * 10, at * 10 + 10)).collect())])
}

#[test]
fn alpha_is_that_of_the_textbook() {
    let first = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0];
    let second = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
    let units: Vec<(i32, i32)> = first.into_iter().zip(second).collect();
    assert!((alpha(&units).unwrap_or_default() - 0.095).abs() < 0.0005);
    assert_eq!(alpha(&[(1, 1), (1, 1)]), None);
    assert_eq!(alpha::<i32>(&[]), None);
    assert_eq!(alpha(&[(1, 1), (2, 2)]), Some(1.0));
}

#[test]
fn levels_ask_for_more_and_more() {
    let first = [
        claim(0, 5, "ASSAULT", "M23"),
        claim(10, 15, "CONSULT", "Kenya; Uganda"),
        claim(20, 25, "AID", "Norway"),
        claim(30, 35, "AGREE", "M23"),
        claim(40, 45, "AGREE", "M23"),
    ];
    let second = [
        claim(2, 9, "ASSAULT", "the M23 rebels"),
        claim(10, 15, "CONSULT", "Kenya"),
        claim(20, 25, "AID", "Sweden"),
        claim(30, 35, "CONSULT", "M23"),
        claim(50, 55, "AGREE", "M23"),
    ];
    let agreement = measure(&sentences(), &first, &second);
    assert_eq!(agreement.scores.map(|score| score.matches), [1, 2, 3]);
    assert_eq!(agreement.shared, 4);
    let on: Vec<&str> = agreement.disagreements.iter().map(|one| one.on).collect();
    assert_eq!(on, ["details", "participants", "category", "found by the first alone", "found by the second alone"]);
    assert_eq!((agreement.reports, agreement.sentences), (1, 6));
}

#[test]
fn as_many_claims_match_as_can() {
    // The long span fits both of the other coder's; the short one only the first.
    let first = [claim(0, 20, "AID", ""), claim(0, 4, "AID", "")];
    let second = [claim(0, 5, "AID", ""), claim(15, 20, "AID", "")];
    assert_eq!(measure(&sentences(), &first, &second).scores.map(|score| score.matches), [2, 2, 2]);
}

proptest! {
    #[test]
    fn who_agrees_with_himself_agrees_wholly(spans in proptest::collection::vec((0_u32..58, 0_usize..3, 0_usize..3), 0..9)) {
        let categories = ["AID", "AGREE", "ASSAULT"];
        let names = ["M23", "Kenya", ""];
        let claims: Vec<Coded> = spans.into_iter()
            .map(|(start, category, name)| claim(start, start + 2, categories[category], names[name])).collect();
        let agreement = measure(&sentences(), &claims, &claims);
        prop_assert!(agreement.disagreements.is_empty());
        prop_assert!(agreement.scores.iter().all(|score| score.matches == claims.len()));
        prop_assert!(agreement.finding.is_none_or(|alpha| alpha == 1.0));
    }
}
