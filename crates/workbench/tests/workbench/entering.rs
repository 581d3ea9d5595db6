//! What is entered where a report is read: missed claims, corrections, and taking them back.

use crate::scene::{Answer, Visit, own};
use axum::http::StatusCode;

/// A report with its page and its text.
fn report(visit: &mut Visit) -> (String, Answer, String) {
    let report = visit.ask("/claims?category=assault&limit=1")["rows"][0]["report"].as_str().unwrap().to_owned();
    let page = visit.get(&format!("/reports/{report}"));
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let text = visit.ask(&format!("/reports/{report}"))["report"]["text"].as_str().unwrap().to_owned();
    (report, page, text)
}

/// A word that stands once in a text and tells of no claim yet, and where it begins.
fn lonely(text: &str) -> (String, usize) {
    let words = text.split(|char: char| !char.is_alphabetic()).filter(|word| word.len() > 6);
    let word = words.into_iter().rfind(|word| text.matches(word).count() == 1).unwrap();
    (word.to_owned(), text[..text.find(word).unwrap()].chars().count())
}

fn send(visit: &mut Visit, report: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let token = page.hidden("token");
    let mut all = vec![("token", token.as_str()), ("analyst", "Ada")];
    all.extend_from_slice(fields);
    visit.form(&format!("/reports/{report}/verdicts"), &all)
}

#[test]
fn paragraphs_say_where_they_stand() {
    let mut visit = own("entering-offsets");
    let (_, page, text) = report(&mut visit);
    assert!(page.body.contains("data-chosen") && page.body.contains("/assets/choosing.js"));
    let mut checked = 0;
    for part in page.body.split("<p data-at=\"").skip(1) {
        let (at, rest) = part.split_once('"').unwrap();
        let words = rest.split("</p>").next().unwrap().split_once('>').unwrap().1;
        let mut shown = String::new();
        for piece in format!(">{words}").split('<') {
            shown.push_str(piece.split_once('>').map_or("", |(_, text)| text));
        }
        let plain = shown.replace("&#39;", "'").replace("&#34;", "\"").replace("&#38;", "&");
        let stored: String = text.chars().skip(at.parse().unwrap()).take(plain.chars().count()).collect();
        assert_eq!(plain, stored);
        checked += 1;
    }
    assert!(checked > 1);
}

#[test]
fn a_missed_claim_is_added_and_taken_back() {
    let mut visit = own("entering-add");
    let (report, page, text) = report(&mut visit);
    let (word, at) = lonely(&text);
    let (start, end) = (at.to_string(), (at + word.chars().count()).to_string());
    let fields = [
        ("decision", "add"),
        ("words", word.as_str()),
        ("start", &start),
        ("end", &end),
        ("category", "AID"),
        ("actor", "Red Cross; Orvan Front"),
        ("when", "2018-03-02"),
        ("role", "wounded"),
        ("figure", "3"),
        ("status", "planned"),
    ];
    let answer = send(&mut visit, &report, &page, &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let to = answer.header("location").to_owned();
    assert!(to.starts_with(&format!("/reports/{report}?done=1&claim=c")), "{to}");
    let shown = visit.get(to.split('#').next().unwrap());
    assert!(shown.body.contains("Entry 1 is on record.") && shown.body.contains("added by an analyst"));
    let claim = to.split("claim=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    let whole = visit.ask(&format!("/claims/{claim}"));
    let row = &whole["claim"];
    assert_eq!(
        (&row["category"], &row["status"], &row["from"]),
        (&"AID".into(), &"planned".into(), &"2018-03-02".into())
    );
    assert!(row["actors"].as_str().unwrap().contains("Red Cross") && row["figures"].as_str().unwrap().contains('3'));
    // The same words again are refused.
    let again = send(&mut visit, &report, &page, &fields);
    assert_eq!(again.status, StatusCode::BAD_REQUEST);
    assert!(again.body.contains("these words have this claim already"), "{}", again.body);
    let undone = send(&mut visit, &report, &shown, &[("decision", "undo"), ("target", "1")]);
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.body);
    assert_eq!(visit.get(&format!("/api/v1/claims/{claim}")).status, StatusCode::NOT_FOUND);
}

#[test]
fn words_are_found_without_a_script() {
    let mut visit = own("entering-words");
    let (report, page, text) = report(&mut visit);
    let (word, at) = lonely(&text);
    let answer = send(&mut visit, &report, &page, &[("decision", "add"), ("words", &word), ("category", "AID")]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let claim = answer.header("location").split("claim=").nth(1).unwrap().split('#').next().unwrap().to_owned();
    assert_eq!(visit.ask(&format!("/claims/{claim}"))["claim"]["start"], at);
}

#[test]
fn what_cannot_be_entered_is_refused() {
    let mut visit = own("entering-refused");
    let (report, page, text) = report(&mut visit);
    let (word, _) = lonely(&text);
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("decision", "add"), ("words", ""), ("category", "AID")], "which words tell of it"),
        (&[("decision", "add"), ("words", "xyzzy"), ("category", "AID")], "does not stand in the report"),
        (&[("decision", "add"), ("words", "the"), ("category", "AID")], "times in the report"),
        (&[("decision", "add"), ("words", &word), ("category", "DANCE")], "there is no category"),
        (&[("decision", "add"), ("words", &word), ("category", "")], "there is no category"),
        (&[("decision", "add"), ("words", &word), ("category", "AID"), ("when", "soon")], "a day, YYYY-MM-DD"),
        (
            &[("decision", "add"), ("words", &word), ("category", "AID"), ("role", "killed"), ("figure", "many")],
            "a figure is",
        ),
        (
            &[("decision", "add"), ("words", "the"), ("start", "4000000"), ("end", "4000003"), ("category", "AID")],
            "choose the words",
        ),
        (&[("decision", "correct"), ("target", "c000"), ("field", "status"), ("value", "planned")], "no claim c000"),
        (&[("decision", "undo"), ("target", "9")], "there is no verdict 9"),
        (&[("decision", "praise")], "is no decision"),
    ];
    for (fields, why) in cases {
        let answer = send(&mut visit, &report, &page, fields);
        assert!(answer.status.is_client_error(), "{fields:?}: {}", answer.status);
        assert!(answer.body.contains(why), "{why}: {}", answer.body);
    }
    let nowhere = send(&mut visit, "r000", &page, &[("decision", "add"), ("words", "x"), ("category", "AID")]);
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(visit.ask("/verdicts")["rows"].as_array().unwrap().is_empty());
}

#[test]
fn a_field_is_corrected_on_the_reading_page_and_never_over_another() {
    let mut visit = own("entering-correct");
    let (report, page, _) = report(&mut visit);
    let claim = visit.ask(&format!("/claims?id={report}&limit=1"))["rows"][0]["claim"].as_str().unwrap().to_owned();
    let seen = page.hidden("seen");
    let correct = |value: &'static str| {
        [
            ("decision", "correct"),
            ("target", claim.as_str()),
            ("field", "day"),
            ("value", value),
            ("seen", seen.as_str()),
        ]
    };
    let first = send(&mut visit, &report, &page, &correct("2018-03-03"));
    assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
    assert_eq!(visit.ask(&format!("/claims/{claim}"))["claim"]["from"], "2018-03-03");
    let late = send(&mut visit, &report, &page, &correct("2018-03-04"));
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
}

#[test]
fn a_claim_is_added_from_the_review_page_and_the_queue_goes_on() {
    let mut visit = own("entering-review");
    let page = visit.get("/review?category=assault");
    let target = page.hidden("target");
    let report = visit.ask(&format!("/claims/{target}"))["claim"]["report"].as_str().unwrap().to_owned();
    let text = visit.ask(&format!("/reports/{report}"))["report"]["text"].as_str().unwrap().to_owned();
    let (word, _) = lonely(&text);
    let fields = [
        ("decision", "add"),
        ("words", word.as_str()),
        ("category", "AID"),
        ("page", "review"),
        ("queue", "?category=assault"),
        ("claim", &target),
    ];
    let answer = send(&mut visit, &report, &page, &fields);
    let to = answer.header("location").to_owned();
    assert!(to.starts_with("/review?category=assault&done=1&claim=c"), "{to}");
    assert!(visit.page(&to).contains(&format!("data-held data-id=\"{target}\"")));
}
