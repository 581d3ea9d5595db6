//! Odd values for every parameter of every route that the API describes, for bodies, and for the pages: whatever is asked,
//! the answer is one, or says what is wrong. The same values every time; `CHANCERY_FUZZ=N` asks N times as many.

use crate::scene::{Answer, Visit, own, visit};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// What nobody should send, and what is nearly right.
const ODD: &[&str] = &[
    " ",
    "0",
    "-1",
    "1e308",
    "NaN",
    "18446744073709551616",
    "9223372036854775807",
    "2018-02-30",
    "0000-00-00",
    "-9999-01-01",
    "9999-12-31",
    "2018-03-12",
    "c",
    "e",
    "r",
    "c0123456789ab",
    "'",
    "\"",
    "\"a phrase",
    "%",
    "_",
    "*",
    "truce*",
    "^",
    "NEAR",
    "truce NEAR",
    "AND OR NOT",
    "title: x",
    "(",
    "-",
    "a\u{0}b",
    "\u{202e}abc",
    "\u{feff}",
    "İ",
    "😀",
    "e\u{301}",
    "null",
    "true",
    "[]",
    "{}",
    "../../../etc/hosts",
    "<script>alert(1)</script>",
    "'; DROP TABLE claims; --",
    "-91,0,91,360",
    "NaN,NaN,NaN,NaN",
    "inf,-inf,1,1",
    ",,,",
    "1,2,3,4,5",
    "-90,-180,90,180",
    "csv",
    "xml",
    "ASSAULT",
    "occurred",
    "CAF",
    "confidence",
];

/// Draws the same numbers every time (xorshift).
struct Draw(u64);

impl Draw {
    fn below(&mut self, number: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % number as u64) as usize
    }

    /// An odd value, now and then a very long one.
    fn value(&mut self) -> String {
        match self.below(40) {
            0 => "x".repeat(20_000),
            1 => "(".repeat(3_000),
            2 => "1 ".repeat(2_000),
            _ => ODD[self.below(ODD.len())].to_owned(),
        }
    }

    /// A value of the wrong kind, or of the right one with odd contents.
    fn json(&mut self) -> Value {
        match self.below(8) {
            0 => Value::Null,
            1 => json!(-1),
            2 => json!(u64::MAX),
            3 => json!(1e300),
            4 => json!([]),
            5 => json!([self.value(), 7, null]),
            6 => json!({ self.value(): self.value() }),
            _ => json!(self.value()),
        }
    }
}

fn rounds() -> usize {
    std::env::var("CHANCERY_FUZZ").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1)
}

fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}

#[track_caller]
fn check(answer: &Answer, asked: &str) {
    let shown: String = asked.chars().take(300).collect();
    assert!(!answer.status.is_server_error(), "{shown}: {} {}", answer.status, answer.body);
    let refused = answer.status.is_client_error();
    if refused && asked.contains("/api/") {
        assert_eq!(answer.header("content-type"), "application/problem+json", "{shown}");
    }
}

/// The operations of a kind that the API describes: path, parameters, schema of the body.
fn operations(visit: &mut Visit, method: &str) -> Vec<(String, Vec<String>, Value)> {
    let description = visit.ask("/openapi.json");
    let paths = description["paths"].as_object().unwrap();
    let found = paths.iter().filter_map(|(path, operations)| {
        let operation = operations.get(method)?;
        let parameters = operation["parameters"].as_array().into_iter().flatten();
        let names = parameters.filter(|one| one["in"] == "query").filter_map(|one| one["name"].as_str());
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        let named = body["$ref"].as_str().and_then(|name| name.rsplit('/').next());
        let schema = named.map_or_else(|| body.clone(), |name| description["components"]["schemas"][name].clone());
        Some((path.clone(), names.map(str::to_owned).collect(), schema))
    });
    found.collect()
}

#[test]
fn odd_questions_are_answered_or_refused() {
    let mut visit = visit();
    let mut draw = Draw(0x5eed);
    let mut asked = 0;
    for (path, parameters, _) in operations(&mut visit, "get") {
        let own_path = |draw: &mut Draw| path.replace("{id}", &encoded(&draw.value()));
        for _ in 0..rounds() {
            for name in &parameters {
                let address = format!("{}?{name}={}", own_path(&mut draw), encoded(&draw.value()));
                check(&visit.get(&address), &address);
            }
            // Several at once, the same one twice, and names that nobody knows.
            for _ in 0..4 {
                let names: Vec<&str> = parameters.iter().map(String::as_str).chain(["offset", "colour"]).collect();
                let pairs: Vec<String> = (0..4)
                    .map(|_| format!("{}={}", encoded(names[draw.below(names.len())]), encoded(&draw.value())))
                    .collect();
                let address = format!("{}?{}", own_path(&mut draw), pairs.join("&"));
                check(&visit.get(&address), &address);
                asked += 1;
            }
            asked += parameters.len();
        }
    }
    assert!(asked > 200, "the description names {asked} things to ask");
}

#[test]
fn odd_addresses_of_pages_are_answered_or_refused() {
    let mut visit = visit();
    let mut draw = Draw(0xface);
    let (_, mut names, _) =
        operations(&mut visit, "get").into_iter().find(|(path, ..)| path.ends_with("/events")).unwrap();
    names.extend(["words", "order", "after", "claim", "done", "undone", "orphaned"].map(str::to_owned));
    let front = visit.page("/");
    let navigation = front.split("<nav").nth(1).unwrap().split("</nav").next().unwrap().to_owned();
    let mut views: Vec<&str> =
        navigation.split("href=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    views.extend([
        "/map.svg",
        "/timeline.svg",
        "/events/{id}",
        "/events/{id}/tolls.svg",
        "/reports/{id}",
        "/claims/{id}",
    ]);
    for view in views {
        for _ in 0..6 * rounds() {
            let path = view.replace("{id}", &encoded(&draw.value()));
            let name = &names[draw.below(names.len())];
            let address = format!("{path}?{name}={}", encoded(&draw.value()));
            check(&visit.get(&address), &address);
        }
    }
}

#[test]
fn odd_bodies_are_taken_or_refused() {
    let mut visit = own("fuzz");
    let mut draw = Draw(0xb0d1);
    let claim = visit.ask("/claims?limit=1")["rows"][0]["claim"].clone();
    let decisions = ["accept", "reject", "correct", "add", "merge", "split", "withdraw", "undo", "unsure"];
    for (path, _, schema) in operations(&mut visit, "post") {
        let names: Vec<String> =
            schema["properties"].as_object().map(|all| all.keys().cloned().collect()).unwrap_or_default();
        for _ in 0..40 * rounds() {
            let mut body = json!({
                "targets": [claim], "analyst": "Ada", "decision": decisions[draw.below(decisions.len())], "text": "Ten died."
            });
            body.as_object_mut().unwrap().retain(|name, _| names.contains(name));
            for _ in 0..=draw.below(3) {
                let name = names.get(draw.below(names.len().max(1))).cloned().unwrap_or_default();
                body[name.as_str()] = draw.json();
            }
            check(&visit.post(&path, &body), &format!("{path} {body}"));
        }
        for body in [json!(null), json!([]), json!("text"), json!(7)] {
            assert!(visit.post(&path, &body).status.is_client_error(), "{path} {body}");
        }
        let deep = format!("{}{}", "[".repeat(5_000), "]".repeat(5_000));
        let request = visit.request("POST", &path).header("content-type", "application/json");
        let answer = visit.send(request.body(axum::body::Body::from(deep)).unwrap());
        check(&answer, &path);
    }
    assert_eq!(visit.get("/api/v1/events").status, StatusCode::OK);
}
