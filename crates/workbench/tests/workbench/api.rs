//! Every route of the API answers as its description says, and refuses with a problem.

use crate::scene::{own, visit};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::{Value, json};

/// Holds an answer against a schema of the description.
#[track_caller]
pub(crate) fn check(description: &Value, schema: &Value, answer: &Value, address: &str) {
    let mut root = schema.clone();
    root["components"] = description["components"].clone();
    let validator = jsonschema::validator_for(&root).unwrap();
    let wrong: Vec<String> =
        validator.iter_errors(answer).take(5).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(wrong.is_empty(), "{address}: {}", wrong.join("\n"));
}

pub(crate) fn schema<'a>(operation: &'a Value, status: &str, kind: &str) -> &'a Value {
    &operation["responses"][status]["content"][kind]["schema"]
}

#[test]
fn every_answer_is_as_described() {
    let mut visit = visit();
    let description = visit.ask("/openapi.json");
    let claims = visit.ask("/claims?category=assault&stories=2");
    let first = &claims["rows"][0];
    for (path, operations) in description["paths"].as_object().unwrap() {
        let Some(operation) = operations.get("get") else { continue };
        let kind = path.trim_start_matches("/api/v1/").split('/').next().unwrap().trim_end_matches('s');
        let address = path.replace("{id}", first.get(kind).and_then(Value::as_str).unwrap_or_default());
        let address = if path.ends_with("/search") { format!("{address}?words=truce") } else { address };
        let answer = visit.get(&address);
        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
        check(&description, schema(operation, "200", "application/json"), &answer.json(), &address);
        if let Some(rows) = answer.json().get("rows") {
            let none_yet = path.ends_with("/verdicts") || path.ends_with("/assignments");
            assert_eq!(rows.as_array().unwrap().is_empty(), none_yet, "{address} tests nothing");
        }
        // A condition that is none is a problem everywhere, and described as such.
        let refused = visit.get(&format!("{path}?colour=red"));
        if !path.ends_with("openapi.json") {
            assert!(refused.status.is_client_error(), "{path}: {}", refused.status);
            assert_eq!(refused.header("content-type"), "application/problem+json", "{path}");
            check(&description, schema(operation, "default", "application/problem+json"), &refused.json(), path);
        }
    }
}

#[test]
fn conditions_are_described_as_they_are_understood() {
    let mut visit = visit();
    let description = visit.ask("/openapi.json");
    for parameter in description["paths"]["/api/v1/events"]["get"]["parameters"].as_array().unwrap() {
        let name = parameter["name"].as_str().unwrap();
        let value = match (name, parameter["schema"]["format"].as_str(), parameter["schema"]["type"].as_str()) {
            ("id", ..) => "e1",
            ("format", ..) => "json",
            ("box", ..) => "-90,-180,90,180",
            ("country", ..) => "CAF",
            ("category", ..) => "ASSAULT",
            ("status", ..) => "occurred",
            (_, Some("date"), _) => "2018-03-12",
            (_, _, Some("integer")) => "1",
            _ => "x",
        };
        visit.ask(&format!("/events?{name}={value}"));
    }
}

#[test]
fn pages_of_a_list_make_the_whole() {
    let mut visit = visit();
    for list in ["events", "claims", "talks"] {
        let whole = visit.ask(&format!("/{list}?limit=1000"))["rows"].as_array().unwrap().clone();
        let mut pages: Vec<Value> = Vec::new();
        let mut next = Some(format!("/api/v1/{list}?limit=7"));
        while let Some(address) = next {
            let page = visit.get(&address).json();
            pages.extend(page["rows"].as_array().unwrap().iter().cloned());
            next = page["next"].as_str().map(str::to_owned);
        }
        assert_eq!(pages.len(), whole.len(), "{list}");
        assert_eq!(pages, whole, "{list}");
    }
}

#[test]
fn what_is_asked_wrongly_is_a_problem() {
    let mut visit = visit();
    for (address, status, words) in [
        ("/nothing", 404, "openapi.json"),
        ("/events/e000", 404, "the ledger has no event e000"),
        ("/claims/c000", 404, "the ledger has no claim"),
        ("/claims/r000", 404, "the ledger has no claim"),
        ("/reports/zzz", 404, "the ledger has no report zzz"),
        ("/events?from=2018-02-30", 400, "the calendar has no such day"),
        ("/events?limit=-1", 400, "not a whole number"),
        ("/events?offset=99999999999", 400, "not a whole number"),
        ("/events?country=x", 400, "no code of a country"),
        ("/search", 400, "what is to be looked for"),
        ("/search?words=AND", 400, "give plain words, \"a phrase\" in quotation marks"),
        ("/brief?since=2030-01-01", 400, "nothing is new since"),
        ("/read", 405, "openapi.json"),
    ] {
        let answer = visit.get(&format!("/api/v1{address}"));
        assert_eq!(answer.status.as_u16(), status, "{address}: {}", answer.body);
        assert_eq!(answer.header("content-type"), "application/problem+json", "{address}");
        assert!(answer.json()["detail"].as_str().unwrap().contains(words), "{address}: {}", answer.body);
    }
}

#[test]
fn an_answer_that_the_asker_has_is_not_sent_again() {
    let mut visit = visit();
    let tag = visit.get("/api/v1/events?limit=3").header("etag").to_owned();
    let again = |visit: &crate::scene::Visit, tag: &str| {
        visit.request("GET", "/api/v1/events?limit=3").header(header::IF_NONE_MATCH, tag).body(Body::empty()).unwrap()
    };
    let request = again(&visit, &tag);
    let answer = visit.send(request);
    assert_eq!((answer.status, answer.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    let request = again(&visit, "\"other\"");
    assert_eq!(visit.send(request).status, StatusCode::OK);
}

#[test]
fn a_report_is_read_and_nothing_kept() {
    let mut visit = visit();
    let before = visit.ask("/coverage");
    let sent = json!({ "text": "The rebels attacked the army base in Goma on Monday, killing 12 soldiers.", "published": "2023-05-03" });
    let answer = visit.post("/api/v1/read", &sent);
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    let (description, record) = (visit.ask("/openapi.json"), answer.json());
    let operation = &description["paths"]["/api/v1/read"]["post"];
    check(&description, schema(operation, "200", "application/json"), &record, "/read");
    assert_eq!(record["claims"][0]["category"], "ASSAULT");
    assert_eq!(visit.ask("/coverage"), before);
    for (body, status) in [(json!({}), 400), (json!([1]), 400)] {
        assert_eq!(visit.post("/api/v1/read", &body).status.as_u16(), status);
    }
    let plain = visit.request("POST", "/api/v1/read").header(header::CONTENT_TYPE, "text/plain");
    assert_eq!(
        visit.send(plain.body(Body::from("{\"text\": \"x\"}")).unwrap()).status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    let broken = visit.request("POST", "/api/v1/read").header(header::CONTENT_TYPE, "application/json");
    assert_eq!(visit.send(broken.body(Body::from("{")).unwrap()).status, StatusCode::BAD_REQUEST);
    let large = visit.request("POST", "/api/v1/read").header(header::CONTENT_TYPE, "application/json");
    let answer = visit.send(large.body(Body::from(vec![b' '; 9 << 20])).unwrap());
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
}

#[test]
fn verdicts_are_entered_and_never_written_over() {
    let mut visit = own("api-verdicts");
    let claim = visit.ask("/claims?limit=1")["rows"][0]["claim"].as_str().unwrap().to_owned();
    let version = visit.ask(&format!("/claims/{claim}"))["version"].clone();
    assert_eq!(version, 0);
    let verdict = |decision: &str, analyst: &str| json!({ "targets": [claim], "decision": decision, "analyst": analyst, "seen": version });
    let answer = visit.post("/api/v1/verdicts", &verdict("accept", "Ada"));
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.body);
    let description = visit.ask("/openapi.json");
    let operation = &description["paths"]["/api/v1/verdicts"]["post"];
    check(&description, schema(operation, "201", "application/json"), &answer.json(), "/verdicts");
    check(
        &description,
        &operation["requestBody"]["content"]["application/json"]["schema"],
        &verdict("accept", "Ada"),
        "/verdicts",
    );
    let late = visit.post("/api/v1/verdicts", &verdict("reject", "Ben"));
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert!(late.json()["detail"].as_str().unwrap().contains("accept by Ada"), "{}", late.body);
    let whole = visit.ask(&format!("/claims/{claim}"));
    assert_eq!((&whole["version"], &whole["claim"]["verdict"]), (&json!(1), &json!("accept")));
    let seen = json!({ "targets": [claim], "decision": "reject", "analyst": "Ben", "seen": 1, "reason": "a drill" });
    assert_eq!(visit.post("/api/v1/verdicts", &seen).status, StatusCode::CREATED);
    assert_eq!(visit.get(&format!("/api/v1/claims/{claim}")).status, StatusCode::NOT_FOUND);
    let undo = json!({ "targets": ["2"], "decision": "undo", "analyst": "Ben" });
    assert_eq!(visit.post("/api/v1/verdicts", &undo).status, StatusCode::CREATED);
    assert_eq!(visit.ask(&format!("/claims/{claim}"))["version"], 3);
    let listed = visit.ask("/verdicts");
    check(
        &description,
        schema(&description["paths"]["/api/v1/verdicts"]["get"], "200", "application/json"),
        &listed,
        "/verdicts",
    );
    assert_eq!(listed["rows"].as_array().unwrap().len(), 3);
}

#[test]
fn verdicts_that_cannot_be_are_refused() {
    let mut visit = own("api-refused");
    let claim = visit.ask("/claims?limit=1")["rows"][0]["claim"].as_str().unwrap().to_owned();
    for (body, status, words) in [
        (json!({ "targets": ["c000"], "decision": "accept", "analyst": "Ada" }), 404, "the ledger has no claim c000"),
        (
            json!({ "targets": ["c000"], "decision": "reject", "analyst": "Ada", "seen": 0 }),
            404,
            "the ledger has no claim",
        ),
        (json!({ "targets": [claim], "decision": "accept", "analyst": " " }), 400, "a verdict is signed"),
        (json!({ "targets": [claim], "decision": "praise", "analyst": "Ada" }), 400, "is no decision"),
        (json!({ "targets": [claim], "decision": "correct", "analyst": "Ada" }), 400, "needs `field`"),
        (
            json!({ "targets": [claim], "decision": "correct", "analyst": "Ada", "field": "status", "value": "maybe" }),
            400,
            "status is one of",
        ),
        (json!({ "targets": [], "decision": "accept", "analyst": "Ada" }), 400, "Name an id"),
        (json!({ "targets": ["7"], "decision": "undo", "analyst": "Ada" }), 400, "there is no verdict 7"),
        (json!({ "decision": "accept", "analyst": "Ada" }), 400, "targets"),
        (json!({ "targets": [claim], "decision": "accept", "analyst": "Ada", "colour": 1 }), 400, "colour"),
    ] {
        let answer = visit.post("/api/v1/verdicts", &body);
        assert_eq!(answer.status.as_u16(), status, "{body}: {}", answer.body);
        assert!(answer.json()["detail"].as_str().unwrap().contains(words), "{body}: {}", answer.body);
    }
    assert!(visit.ask("/verdicts")["rows"].as_array().unwrap().is_empty());
}

#[test]
fn lists_are_handed_on_as_csv() {
    let mut visit = visit();
    let rows = visit.ask("/events?limit=1000&category=assault")["rows"].as_array().unwrap().len();
    let answer = visit.get("/api/v1/events?category=assault&format=csv");
    assert!(answer.header("content-type").starts_with("text/csv"));
    assert!(answer.body.starts_with("event,from,to,category,"));
    assert_eq!(answer.body.lines().count(), rows + 1);
    assert_eq!(visit.get("/api/v1/talks?format=csv&limit=2").body.lines().count(), 3);
    assert_eq!(visit.get("/api/v1/events?format=xml").status, StatusCode::BAD_REQUEST);
}
