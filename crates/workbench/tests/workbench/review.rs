//! Judging claims one after the other, undoing, and two analysts at once.

use crate::scene::{Answer, Visit, own};
use axum::http::StatusCode;

fn judge(visit: &mut Visit, page: &Answer, analyst: &str, decision: &str) -> Answer {
    let (token, target, seen, queue) =
        (page.hidden("token"), page.hidden("target"), page.hidden("seen"), page.hidden("queue"));
    visit.form(
        "/review",
        &[
            ("token", &token),
            ("target", &target),
            ("seen", &seen),
            ("queue", &queue),
            ("analyst", analyst),
            ("decision", decision),
        ],
    )
}

/// How many claims are left to judge.
fn left(page: &Answer) -> i64 {
    page.body.split("<p class=\"lead\">").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn a_claim_is_judged_the_next_comes_and_the_verdict_is_taken_back() {
    let mut visit = own("review");
    let first = visit.get("/review?category=assault");
    assert_eq!(first.status, StatusCode::OK, "{}", first.body);
    assert!(first.body.contains("data-lit=\"told\""));
    let before = left(&first);
    let answer = judge(&mut visit, &first, "Ada Ng", "reject");
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let to = answer.header("location").to_owned();
    assert!(to.starts_with("/review?category=assault&"), "{to}");
    let second = visit.get(&to);
    assert_eq!(left(&second), before - 1);
    assert_ne!(second.body.split("class=\"verdict\"").nth(1), first.body.split("class=\"verdict\"").nth(1));
    assert!(second.body.contains("Entry 1 is on record.") && second.body.contains("value=\"Ada Ng\""));
    let (token, queue) = (second.hidden("token"), second.hidden("queue"));
    let undone = visit.form(
        "/review",
        &[("token", &token), ("queue", &queue), ("analyst", "Ada Ng"), ("target", "1"), ("decision", "undo")],
    );
    let third = visit.get(undone.header("location"));
    assert_eq!(left(&third), before);
    assert!(third.body.contains(&first.hidden("target")), "the claim is shown again");
    assert!(visit.page("/verdicts").contains("taken back by 2"));
}

#[test]
fn a_field_is_corrected() {
    let mut visit = own("correct");
    let page = visit.get("/review?category=assault");
    let (token, target, seen) = (page.hidden("token"), page.hidden("target"), page.hidden("seen"));
    let fields = |value: &'static str| {
        [
            ("token", token.as_str()),
            ("target", &target),
            ("seen", &seen),
            ("analyst", "Ada"),
            ("decision", "correct"),
            ("field", "status"),
            ("value", value),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
    };
    let mut send = |value| {
        let fields = fields(value);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        visit.form("/review", &fields)
    };
    let wrong = send("perhaps");
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("status is one of"));
    assert_eq!(send("planned").status, StatusCode::SEE_OTHER);
    assert_eq!(visit.ask(&format!("/claims/{target}"))["claim"]["status"], "planned");
}

#[test]
fn two_analysts_at_once_do_not_overwrite_each_other() {
    let mut ada = own("two");
    let mut ben = ada.other();
    let (one, other) = (ada.get("/review"), ben.get("/review"));
    assert_eq!(one.hidden("target"), other.hidden("target"));
    assert_eq!(judge(&mut ada, &one, "Ada", "accept").status, StatusCode::SEE_OTHER);
    let refused = judge(&mut ben, &other, "Ben", "reject");
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert!(refused.body.contains("accept by Ada") && refused.body.contains("look at it again"), "{}", refused.body);
    let again = ben.get(&format!("/review?claim={}", one.hidden("target")));
    assert_eq!(judge(&mut ben, &again, "Ben", "reject").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_verdict_is_signed() {
    let mut visit = own("signed");
    let page = visit.get("/review");
    let answer = judge(&mut visit, &page, "", "accept");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.body.contains("a verdict is signed"));
}
