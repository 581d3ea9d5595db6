//! Taking reports in, removing a text, and the grammar of a sentence.

use crate::scene::{Visit, guarded, own};
use crate::users::{log_in, three};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

fn sent(number: u32) -> Value {
    json!({ "title": format!("Attack {number}"), "text": format!("Rebels attacked the army base in Goma on Monday, killing {number} soldiers."),
        "outlet": "Lake Post", "published": "2018-03-06" })
}

fn upload(visit: &mut Visit, kind: &str, accept: &str, body: String) -> crate::scene::Answer {
    let request = visit.request("POST", "/api/v1/reports?name=a.jsonl&analyst=Bo");
    let request = request.header(header::CONTENT_TYPE, kind).header(header::ACCEPT, accept);
    visit.send(request.body(Body::from(body)).unwrap())
}

#[test]
fn reports_are_taken_in_once_and_acknowledged() {
    let mut visit = own("adding-api");
    let body = format!("{}\n{}\nno json\n{}", sent(11), sent(12), sent(11));
    let answer = upload(&mut visit, "application/x-ndjson", "application/json", body.clone());
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let taken = answer.json();
    assert_eq!((&taken["new"], &taken["known"]), (&json!(2), &json!(1)), "{taken}");
    assert_eq!(taken["problems"].as_array().unwrap().len(), 1);
    assert_eq!(taken["reports"][0]["report"], taken["reports"][2]["report"]);
    let report = taken["reports"][0]["report"].as_str().unwrap();
    assert_eq!(visit.ask(&format!("/reports/{report}"))["record"]["claims"][0]["category"], "ASSAULT");
    assert_eq!(visit.ask("/audit?limit=1")["rows"][0]["who"], "Bo");
    let again = upload(&mut visit, "application/octet-stream", "*/*", body);
    assert_eq!((again.status, &again.json()["new"]), (StatusCode::OK, &json!(0)));
    let description = visit.ask("/openapi.json");
    let post = &description["paths"]["/api/v1/reports"]["post"];
    crate::api::check(&description, crate::api::schema(post, "201", "application/json"), &taken, "/reports");
}

#[test]
fn progress_is_told_as_events() {
    let mut visit = own("adding-events");
    let body = format!("{}\nno json\n{}", sent(13), sent(13));
    let answer = upload(&mut visit, "application/x-ndjson", "text/event-stream", body);
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::OK, "text/event-stream"));
    let events: Vec<(&str, Value)> = answer
        .body
        .split("\n\n")
        .filter(|block| !block.is_empty())
        .map(|block| {
            let line = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).unwrap();
            (line("event: "), serde_json::from_str(line("data: ")).unwrap())
        })
        .collect();
    let names: Vec<&str> = events.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, ["report", "problem", "report", "end"]);
    assert_eq!((&events[0].1["new"], &events[2].1["new"]), (&json!(true), &json!(false)));
    assert_eq!((&events[3].1["new"], &events[3].1["known"]), (&json!(1), &json!(1)));
}

#[test]
fn bodies_that_are_no_reports_are_refused() {
    let mut visit = own("adding-refused");
    for (kind, body, status) in [
        ("text/plain", "x".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("multipart/form-data", "x".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/x-www-form-urlencoded", "x".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("", "x".to_owned(), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("application/json", String::new(), StatusCode::BAD_REQUEST),
        ("application/json", "[1]".to_owned(), StatusCode::BAD_REQUEST),
        ("application/octet-stream", "x".repeat(9 << 20), StatusCode::PAYLOAD_TOO_LARGE),
    ] {
        let answer = upload(&mut visit, kind, "*/*", body);
        assert_eq!(answer.status, status, "{kind}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json");
    }
    assert!(visit.post("/api/v1/reports?colour=red", &sent(1)).status.is_client_error());
}

#[test]
fn a_report_is_pasted() {
    let mut visit = own("adding-paste");
    let page = visit.get("/add");
    let token = page.hidden("token");
    let text = "Rebels attacked the army base in Goma on Monday, killing 14 soldiers.";
    let fields = [
        ("token", token.as_str()),
        ("analyst", "Ada"),
        ("title", "Attack"),
        ("text", text),
        ("published", "2018-03-06"),
    ];
    let answer = visit.form("/add", &fields);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    let shown = visit.page(answer.header("location"));
    assert!(shown.contains("Taken in with 1 claims:"), "{shown}");
    let again = visit.form("/add", &fields);
    assert!(visit.page(again.header("location")).contains("The ledger had it already:"));
    let empty = visit.form("/add", &[("token", &token), ("analyst", "Ada")]);
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.body.contains("it has no text"));
}

#[test]
fn only_admins_take_in_and_remove() {
    let (mut ada, _) = guarded("adding-roles", three());
    log_in(&mut ada, "Ada");
    assert_eq!(ada.get("/add").status, StatusCode::FORBIDDEN);
    assert_eq!(ada.post("/api/v1/reports", &sent(15)).status, StatusCode::FORBIDDEN);
    let report = ada.ask("/reports?limit=1")["rows"][0]["report"].as_str().unwrap().to_owned();
    let page = ada.get(&format!("/reports/{report}"));
    assert!(!page.body.contains("Remove the text"));
    let token = page.hidden("token");
    let fields = [("token", token.as_str()), ("reason", "law"), ("sure", "yes")];
    assert_eq!(ada.form(&format!("/reports/{report}/redaction"), &fields).status, StatusCode::FORBIDDEN);
}

#[test]
fn a_text_is_removed() {
    let (mut bo, _) = guarded("adding-redact", three());
    log_in(&mut bo, "Bo");
    let report = bo.ask("/reports?limit=1")["rows"][0]["report"].as_str().unwrap().to_owned();
    let address = format!("/reports/{report}/redaction");
    let token = bo.get(&format!("/reports/{report}")).hidden("token");
    for (fields, why) in [
        (vec![("token", token.as_str()), ("reason", "law")], "say that you are sure"),
        (vec![("token", token.as_str()), ("reason", ""), ("sure", "yes")], "has a reason"),
    ] {
        let answer = bo.form(&address, &fields);
        assert!(answer.status == StatusCode::BAD_REQUEST && answer.body.contains(why), "{}", answer.body);
    }
    let done = bo.form(&address, &[("token", &token), ("reason", "law"), ("sure", "yes")]);
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let page = bo.page(&format!("/reports/{report}"));
    assert!(page.contains("Its text was removed: law (Bo,"), "{page}");
    assert!(bo.page("/audit").contains("<td>redact</td>"));
}

#[test]
fn a_sentence_is_parsed_when_it_is_asked_for() {
    let mut visit = own("adding-parse");
    let claim = visit.ask("/claims?category=assault&limit=1")["rows"][0].clone();
    let (report, at) = (claim["report"].as_str().unwrap(), claim["start"].as_u64().unwrap());
    let page = visit.page(&format!("/reports/{report}/parse?at={at}"));
    for part in ["<svg", "class=\"arc\"", "Words as a table", "fired", "nsubj"] {
        assert!(page.contains(part), "{part} is not in {page}");
    }
    let bare = visit.page(&format!("/reports/{report}/parse?at={at}&bare=yes"));
    assert!(!bare.contains("<html") && bare.contains("<svg"));
    assert!(visit.page(&format!("/reports/{report}/parse")).contains("next sentence"));
    for (address, status) in [
        (format!("/reports/{report}/parse?at=4000000"), StatusCode::NOT_FOUND),
        (format!("/reports/{report}/parse?at=-1"), StatusCode::BAD_REQUEST),
        ("/reports/r000/parse".to_owned(), StatusCode::NOT_FOUND),
    ] {
        assert_eq!(visit.get(&address).status, status, "{address}");
    }
}
