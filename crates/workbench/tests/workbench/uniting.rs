//! Merging and splitting events and stories on their pages.

use crate::scene::{Answer, Visit, own};
use axum::http::StatusCode;
use serde_json::Value;

fn column(answer: &Value, name: &str) -> Vec<String> {
    answer["rows"].as_array().unwrap().iter().map(|row| row[name].as_str().unwrap().to_owned()).collect()
}

fn send(visit: &mut Visit, address: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let (token, seen) = (page.hidden("token"), page.hidden("seen"));
    let mut all =
        vec![("token", token.as_str()), ("seen", seen.as_str()), ("analyst", "Ada"), ("reason", "two places")];
    all.extend_from_slice(fields);
    visit.form(address, &all)
}

#[test]
fn an_event_is_split_and_merged_again() {
    let mut visit = own("uniting-event");
    let event = column(&visit.ask("/events?stories=2"), "event").remove(0);
    let address = format!("/events/{event}/parts");
    let page = visit.get(&address);
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    assert!(page.body.contains("Why they are held together") && page.body.contains("name=\"out\""));
    assert!(visit.page(&format!("/events/{event}")).contains(&address));
    let claims = column(&visit.ask(&format!("/claims?id={event}")), "claim");
    let (first, last) = (&claims[0], claims.last().unwrap());
    let answer = send(&mut visit, &address, &page, &[("decision", "split"), ("part", first), ("out", last)]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let to = answer.header("location").to_owned();
    let shown = visit.get(&to);
    assert!(shown.body.contains("Entry 1 is on record.") && shown.body.contains("two places"), "{}", shown.body);
    let event_of = |visit: &mut Visit, claim: &str| visit.ask(&format!("/claims/{claim}"))["claim"]["event"].clone();
    assert_ne!(event_of(&mut visit, first), event_of(&mut visit, last));
    // The parts come near, and the page says so.
    let (one, other) = (event_of(&mut visit, first), event_of(&mut visit, last));
    let address = format!("/events/{}/parts", one.as_str().unwrap());
    let page = visit.get(&address);
    let fields = [("decision", "merge"), ("part", first.as_str()), ("with", other.as_str().unwrap())];
    let merged = send(&mut visit, &address, &page, &fields);
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    assert_eq!(event_of(&mut visit, first), event_of(&mut visit, last));
    let page = visit.get(merged.header("location"));
    for number in ["2", "1"] {
        let fields = [("decision", "undo"), ("target", number), ("part", first.as_str())];
        let address = format!("/events/{}/parts", event_of(&mut visit, first).as_str().unwrap());
        assert_eq!(send(&mut visit, &address, &page, &fields).status, StatusCode::SEE_OTHER);
    }
    assert_eq!(column(&visit.ask(&format!("/claims?id={event}")), "claim"), claims, "nothing is left of it");
}

#[test]
fn a_story_is_split_and_merged() {
    let mut visit = own("uniting-story");
    let reports = visit.ask("/reports?limit=1000");
    let copy = reports["rows"].as_array().unwrap().iter().find(|row| row["story"] != row["report"]).unwrap().clone();
    let (copy, story) = (copy["report"].as_str().unwrap(), copy["story"].as_str().unwrap());
    let address = format!("/stories/{story}");
    let page = visit.get(&address);
    assert!(page.body.contains("Why they are held together") && page.body.contains(copy), "{}", page.body);
    assert!(visit.page(&format!("/reports/{copy}")).contains(&format!("/stories/{copy}")));
    let answer = send(&mut visit, &address, &page, &[("decision", "split"), ("out", copy)]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let story_of = |visit: &mut Visit| {
        let rows = visit.ask(&format!("/reports?id={copy}"));
        rows["rows"][0]["story"].as_str().unwrap().to_owned()
    };
    assert_ne!(story_of(&mut visit), story);
    let page = visit.get(&address);
    let merged = send(&mut visit, &address, &page, &[("decision", "merge"), ("with", copy)]);
    assert_eq!(merged.status, StatusCode::SEE_OTHER, "{}", merged.body);
    assert_eq!(story_of(&mut visit), story);
}

#[test]
fn two_analysts_at_once_do_not_split_one_event() {
    let mut ada = own("uniting-two");
    let mut ben = ada.other();
    let event = column(&ada.ask("/events?stories=2"), "event").remove(0);
    let address = format!("/events/{event}/parts");
    let claims = column(&ada.ask(&format!("/claims?id={event}")), "claim");
    let (one, other) = (ada.get(&address), ben.get(&address));
    let fields = [("decision", "merge"), ("part", claims[0].as_str()), ("with", claims.last().unwrap())];
    assert_eq!(send(&mut ada, &address, &one, &fields).status, StatusCode::SEE_OTHER);
    let split = [("decision", "split"), ("out", claims[0].as_str())];
    let refused = send(&mut ben, &address, &other, &split);
    assert_eq!(refused.status, StatusCode::CONFLICT, "{}", refused.body);
    assert!(refused.body.contains("merge by Ada"));
}

#[test]
fn what_cannot_be_is_refused() {
    let mut visit = own("uniting-refused");
    let event = column(&visit.ask("/events?stories=2"), "event").remove(0);
    let address = format!("/events/{event}/parts");
    let page = visit.get(&address);
    for (fields, why) in [
        (vec![("decision", "split")], "name some of them, and not all"),
        (vec![("decision", "split"), ("out", "c000")], "c000 is no part of"),
        (vec![("decision", "merge")], "a merger needs two or more ids"),
        (vec![("decision", "merge"), ("with", "e000")], "no event e000"),
        (vec![("decision", "merge"), ("with", "x")], "x is no id"),
        (vec![("decision", "praise")], "is no decision"),
    ] {
        let answer = send(&mut visit, &address, &page, &fields);
        assert!(answer.status.is_client_error() && answer.body.contains(why), "{fields:?}: {}", answer.body);
    }
    for address in ["/events/e000/parts", "/events/c000/parts", "/stories/r000", "/stories/%00"] {
        assert_eq!(visit.get(address).status, StatusCode::NOT_FOUND, "{address}");
    }
}
