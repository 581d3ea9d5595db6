//! Reports in other languages than English: kept with a note, and nothing is claimed of them.

use document::Report;
use engine::Engine;

#[test]
fn other_languages_are_kept_and_not_coded() {
    let engine = Engine::built_in().unwrap();
    let read = |language: Option<&str>| {
        let report = Report::from_text("a", "The rebels attacked the town on Monday, killing five people.");
        let reading = engine.read(Report { language: language.map(str::to_owned), ..report });
        engine.record(&reading, true)
    };
    for english in [None, Some("en"), Some("en-GB"), Some("EN_us"), Some("und")] {
        let record = read(english);
        assert!(!record.claims.is_empty() && record.report.notes.is_empty(), "{english:?}");
    }
    let record = read(Some("uk"));
    assert!(record.claims.is_empty() && record.sentences.is_empty());
    assert_eq!(record.report.notes, ["not coded: its language is uk, and only English is read"]);
    assert!(record.report.text.is_some_and(|text| text.starts_with("The rebels")));
}
