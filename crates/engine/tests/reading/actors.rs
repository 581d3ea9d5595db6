//! Who acts, from the text of a report to its record.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use document::Report;
use engine::Engine;

/// The text, an actor as written, and the name or else the country that the record gives it.
const CASES: [(&str, &str, Option<&str>); 6] = [
    ("Chad's foreign minister met his Kenyan counterpart in Paris.", "his Kenyan counterpart", Some("KEN")),
    ("Israel and its American allies attacked the base.", "its American allies", Some("USA")),
    ("The special envoy to Chad resigned on Monday.", "The special envoy", None),
    ("Kenya's ambassador to Chad resigned on Monday.", "Kenya's ambassador", Some("KEN")),
    ("She told a guard, in French and English, that they raped her.", "they", None),
    (
        "Police named the attacker as Teresa Lagos. Lagos had bought a knife. Lagos threatened her neighbours.",
        "Lagos",
        Some("Teresa Lagos"),
    ),
];

#[test]
fn actors_are_who_the_report_says() {
    let engine = Engine::built_in().unwrap().with_min_confidence(0.0);
    for (text, written, expected) in CASES {
        let record = engine.record(&engine.read(Report::from_text("case", text)), true);
        let mut actors = record.claims.iter().flat_map(|claim| &claim.actors);
        let actor = actors.find(|actor| actor.text == written).unwrap();
        let known = actor.name.as_deref().filter(|_| actor.country.is_none()).or(actor.country.as_deref());
        assert_eq!(known, expected, "{text}");
    }
}

#[test]
fn what_a_clause_leaves_open_is_promised_by_nobody() {
    let engine = Engine::built_in().unwrap();
    let categories = |text: &str| -> Vec<String> {
        let record = engine.record(&engine.read(Report::from_text("case", text)), true);
        record.claims.iter().map(|claim| claim.category.clone()).collect()
    };
    assert!(!categories("The council did not say whom it would support in the vote.").contains(&"AGREE".to_owned()));
    assert!(categories("The council said it would support Kenya in the vote.").contains(&"AGREE".to_owned()));
}
