//! What foreign sites and hostile reports try.

use crate::scene::{ledger_of, own, visit};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::json;

#[test]
fn every_answer_tells_the_browser_what_it_may_do() {
    let mut visit = visit();
    for address in ["/", "/nowhere", "/api/v1/events", "/api/v1/nothing", "/assets/style.css"] {
        let answer = visit.get(address);
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'") && !policy.contains("unsafe"), "{address}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{address}");
    }
}

#[test]
fn no_page_has_anything_inline_or_from_elsewhere() {
    let mut visit = visit();
    let report = visit.ask("/reports?limit=1")["rows"][0]["report"].as_str().unwrap().to_owned();
    for address in ["/", "/events", "/review", &format!("/reports/{report}")] {
        let page = visit.page(address);
        for scrap in [" style=", "<style", "javascript:", " onclick=", " onload=", "<iframe", "src=\"http", "src=\"//"]
        {
            assert!(!page.contains(scrap), "{scrap} on {address}");
        }
        for script in page.split("<script").skip(1) {
            assert!(script.starts_with(" type=\"module\" src=\"/assets/"), "{address}: {}", &script[..60]);
        }
    }
}

#[test]
fn other_names_and_other_sites_are_refused() {
    let mut visit = own("foreign");
    let named = |host: &str| Request::builder().uri("/").header(header::HOST, host).body(Body::empty()).unwrap();
    assert_eq!(visit.send(named("evil.example")).status, StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(visit.send(named("127.0.0.1:8020")).status, StatusCode::OK);
    let body = || Body::from("{\"targets\": [\"c1\"], \"decision\": \"accept\", \"analyst\": \"Eve\"}");
    for (name, value) in [("origin", "https://evil.example"), ("origin", "null"), ("sec-fetch-site", "cross-site")] {
        let request = visit.request("POST", "/api/v1/verdicts").header(name, value);
        let request = request.header(header::CONTENT_TYPE, "application/json").body(body()).unwrap();
        assert_eq!(visit.send(request).status, StatusCode::FORBIDDEN, "{name}: {value}");
    }
    let own = visit.request("POST", "/api/v1/verdicts").header("origin", "http://localhost:8020");
    let own = own.header(header::CONTENT_TYPE, "application/json").body(body()).unwrap();
    assert_eq!(visit.send(own).status, StatusCode::NOT_FOUND);
}

#[test]
fn a_form_of_somebody_else_is_refused() {
    let mut ada = own("forms");
    let page = ada.get("/review");
    let mut eve = ada.other();
    eve.get("/review");
    let fields = |token: &str| {
        [
            ("token", token.to_owned()),
            ("target", page.hidden("target")),
            ("seen", "0".to_owned()),
            ("analyst", "Eve".to_owned()),
            ("decision", "accept".to_owned()),
        ]
    };
    for token in [page.hidden("token"), String::new()] {
        let fields = fields(&token);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(eve.form("/review", &fields).status, StatusCode::FORBIDDEN);
    }
    assert!(ada.ask("/verdicts")["rows"].as_array().unwrap().is_empty());
}

#[test]
fn hostile_reports_are_harmless() {
    let title = "<script>alert(1)</script> \u{202e}kcatta\u{202c} \"><img src=x onerror=alert(2)>";
    let text = "The rebels attacked the <b>army</b> base in Goma on Monday, killing 12 soldiers, \u{202e}\u{2066}said the governor. \
        </span></article><script>alert(3)</script> {{ 7*7 }} The army denied the attack.";
    let mut visit = ledger_of(
        "hostile",
        &[
            json!({ "title": title, "text": text, "outlet": "<i>Eve</i>\" onmouseover=\"x", "published": "2023-05-03", "url": "javascript:alert(4)" }),
        ],
    );
    let rows = visit.ask("/reports")["rows"].clone();
    let report = rows[0]["report"].as_str().unwrap();
    let event = visit.ask("/events")["rows"][0]["event"].as_str().unwrap().to_owned();
    let pages = [
        "/".to_owned(),
        "/events".to_owned(),
        "/claims".to_owned(),
        "/reports".to_owned(),
        "/coverage".to_owned(),
        "/review".to_owned(),
        format!("/reports/{report}"),
        format!("/events/{event}"),
    ];
    for address in pages {
        let page = visit.page(&address);
        for scrap in
            ["<script>", "<img", "<i>", "<b>army", "\u{202e}", "\u{2066}", "href=\"javascript", "onmouseover=\"x"]
        {
            assert!(!page.contains(scrap), "{scrap:?} on {address}: {page}");
        }
    }
    // Programs get the words as they are.
    assert_eq!(rows[0]["title"], title.trim());
}

#[test]
fn long_words_and_many_marks_do_no_harm() {
    let text =
        format!("{} said {} attacked Goma. {}", "A".repeat(20_000), "\u{1f980}".repeat(5_000), "\n".repeat(5_000));
    let mut visit = ledger_of("long", &[json!({ "text": text, "published": "2023-05-03" })]);
    let report = visit.ask("/reports")["rows"][0]["report"].as_str().unwrap().to_owned();
    visit.page(&format!("/reports/{report}"));
    let long = "x".repeat(3_000);
    assert_eq!(visit.get(&format!("/events?actor={long}")).status, StatusCode::OK);
    assert_eq!(visit.get(&format!("/events?{long}=1")).status, StatusCode::BAD_REQUEST);
}
