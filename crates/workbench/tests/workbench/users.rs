//! Who is let in, what each role may do, and what readers do not see.

use crate::scene::{Answer, Visit, guarded};
use axum::body::Body;
use axum::http::{StatusCode, header};
use serde_json::json;
use workbench::users::{Role, Users};

const PASSWORD: &str = "correct horse";

/// One user of each role.
pub(crate) fn three() -> Users {
    let mut users = Users::default();
    for (name, role) in [("Rita", Role::Reader), ("Ada", Role::Analyst), ("Bo", Role::Admin)] {
        users.add(name, role, PASSWORD).unwrap();
    }
    users
}

fn try_in(visit: &mut Visit, name: &str, password: &str, to: &str) -> Answer {
    let page = visit.get("/login");
    assert_eq!(page.status, StatusCode::OK, "{}", page.body);
    let token = page.hidden("token");
    visit.form("/login", &[("token", &token), ("name", name), ("password", password), ("back", to)])
}

pub(crate) fn log_in(visit: &mut Visit, name: &str) {
    assert_eq!(try_in(visit, name, PASSWORD, "/").status, StatusCode::SEE_OTHER);
}

#[test]
fn nobody_sees_anything_before_the_login() {
    let (mut visit, _) = guarded("users-closed", three());
    for address in ["/", "/events", "/review", "/timeline.svg", "/nowhere"] {
        let answer = visit.get(address);
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{address}");
        assert!(answer.header("location").starts_with("/login?back=%2F") && answer.body.is_empty(), "{address}");
    }
    for address in ["/api/v1/events", "/api/v1/openapi.json", "/api/v1/nothing"] {
        let answer = visit.get(address);
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{address}");
        assert_eq!(answer.header("www-authenticate"), "Bearer");
        assert!(answer.json()["detail"].as_str().unwrap().contains("/login"));
    }
    assert_eq!(visit.post("/api/v1/read", &json!({ "text": "x" })).status, StatusCode::UNAUTHORIZED);
    assert_eq!(visit.form("/review", &[("decision", "accept")]).status, StatusCode::UNAUTHORIZED);
    assert_eq!(visit.get("/assets/style.css").status, StatusCode::OK);
    assert!(visit.page("/login").contains("type=\"password\""));
    let to = visit.get("/events?category=assault").header("location").to_owned();
    assert_eq!(visit.get(&to).hidden("back"), "/events?category=assault");
}

#[test]
fn a_user_logs_in_and_out() {
    let (mut visit, _) = guarded("users-in", three());
    let answer = try_in(&mut visit, " ada ", PASSWORD, "/events?category=assault");
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/events?category=assault"));
    let cookie = answer.headers.get_all(header::SET_COOKIE).iter().map(|line| line.to_str().unwrap());
    let cookie = cookie.into_iter().find(|line| line.starts_with("chancery_session=")).unwrap();
    assert!(
        cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && !cookie.contains("Secure"),
        "{cookie}"
    );
    let page = visit.page("/");
    assert!(page.contains("<bdi>Ada</bdi>, analyst") && page.contains("Log out") && page.contains("/review"));
    // Another visitor is still outside.
    assert_eq!(visit.other().get("/").status, StatusCode::SEE_OTHER);
    let token = visit.get("/").hidden("token");
    assert_eq!(visit.form("/logout", &[("token", "wrong")]).status, StatusCode::FORBIDDEN);
    assert_eq!(visit.form("/logout", &[("token", &token)]).header("location"), "/login");
    assert_eq!(visit.get("/").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_login_leads_nowhere_else() {
    let (mut visit, _) = guarded("users-to", three());
    for to in ["https://evil.example/", "//evil.example", "/\\evil.example", "", "/login"] {
        assert_eq!(try_in(&mut visit, "Ada", PASSWORD, to).header("location"), "/", "{to}");
    }
}

#[test]
fn wrong_passwords_cost_time() {
    let (mut visit, _) = guarded("users-wrong", three());
    for _ in 0..5 {
        let answer = try_in(&mut visit, "Ada", "battery staple", "/");
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.body.contains("do not fit") && answer.body.contains("value=\"Ada\""));
    }
    let answer = try_in(&mut visit, "ADA", PASSWORD, "/");
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
    log_in(&mut visit, "Bo");
    let nobody = try_in(&mut visit.other(), "Eve", PASSWORD, "/");
    assert!(nobody.body.contains("do not fit"));
    assert_eq!(try_in(&mut visit, "Bo", &"x".repeat(20_000), "/").status, StatusCode::PAYLOAD_TOO_LARGE);
    let long = "x".repeat(2_000);
    assert_eq!(try_in(&mut visit, "Bo", &long, "/").status, StatusCode::FORBIDDEN);
}

#[test]
fn a_form_of_another_site_logs_nobody_in() {
    let (mut visit, _) = guarded("users-forms", three());
    visit.get("/login");
    let answer = visit.form("/login", &[("token", "wrong"), ("name", "Ada"), ("password", PASSWORD)]);
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    assert_eq!(visit.get("/").status, StatusCode::SEE_OTHER);
}

#[test]
fn who_is_removed_is_out_at_once() {
    let (mut visit, users) = guarded("users-removed", three());
    log_in(&mut visit, "Ada");
    assert_eq!(visit.get("/").status, StatusCode::OK);
    let mut fewer = three();
    fewer.remove("Ada").unwrap();
    *users.lock().unwrap() = fewer.into();
    assert_eq!(visit.get("/").status, StatusCode::SEE_OTHER);
}

#[test]
fn a_token_lets_programs_in() {
    let mut users = three();
    let token = users.issue_token("Ada").unwrap();
    let (mut visit, _) = guarded("users-token", users);
    let ask = |visit: &Visit, line: &str| {
        visit.request("GET", "/api/v1/events?limit=1").header(header::AUTHORIZATION, line).body(Body::empty()).unwrap()
    };
    let request = ask(&visit, &format!("bearer {token}"));
    assert_eq!(visit.send(request).status, StatusCode::OK);
    for line in [format!("Bearer {token}0"), "Bearer ".to_owned(), format!("Basic {token}"), token.clone()] {
        let request = ask(&visit, &line);
        assert_eq!(visit.send(request).status, StatusCode::UNAUTHORIZED, "{line}");
    }
    // A program signs with its own name and no other.
    let claim = {
        let request =
            visit.request("GET", "/api/v1/claims?limit=1").header(header::AUTHORIZATION, format!("Bearer {token}"));
        visit.send(request.body(Body::empty()).unwrap()).json()["rows"][0]["claim"].clone()
    };
    for (analyst, status) in [(json!("Eve"), StatusCode::FORBIDDEN), (json!(""), StatusCode::CREATED)] {
        let body = json!({ "targets": [claim], "decision": "accept", "analyst": analyst });
        let request = visit
            .request("POST", "/api/v1/verdicts")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json");
        assert_eq!(visit.send(request.body(Body::from(body.to_string())).unwrap()).status, status);
    }
    log_in(&mut visit, "Bo");
    assert_eq!(visit.ask("/verdicts")["rows"][0]["analyst"], "Ada");
}

#[test]
fn a_reader_reads_and_no_more() {
    let (mut visit, _) = guarded("users-reader", three());
    log_in(&mut visit, "Rita");
    assert!(!visit.page("/").contains("href=\"/review"));
    assert_eq!(visit.get("/review").status, StatusCode::FORBIDDEN);
    let claim = visit.ask("/claims?limit=1")["rows"][0]["claim"].as_str().unwrap().to_owned();
    let body = json!({ "targets": [claim], "decision": "reject" });
    let refused = visit.post("/api/v1/verdicts", &body);
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
    assert!(
        refused.json()["detail"].as_str().unwrap().contains("you are a reader; analysts judge"),
        "{}",
        refused.body
    );
    let token = visit.get("/").hidden("token");
    let form = [("token", token.as_str()), ("target", &claim), ("decision", "reject"), ("seen", "0")];
    assert_eq!(visit.form("/review", &form).status, StatusCode::FORBIDDEN);
    log_in(&mut visit, "Ada");
    assert_eq!(visit.get("/review").status, StatusCode::OK);
    assert!(visit.ask("/verdicts")["rows"].as_array().unwrap().is_empty());
}

#[test]
fn a_user_signs_with_the_own_name() {
    let (mut visit, _) = guarded("users-signs", three());
    log_in(&mut visit, "Ada");
    let page = visit.get("/review");
    assert!(page.body.contains("Signed by <b><bdi>Ada</bdi></b>") && !page.body.contains("name=\"analyst\" required"));
    let fields = |analyst: &'static str| {
        [
            ("token", page.hidden("token")),
            ("target", page.hidden("target")),
            ("seen", page.hidden("seen")),
            ("analyst", analyst.to_owned()),
            ("decision", "accept".to_owned()),
        ]
    };
    for (analyst, status) in [("Eve", StatusCode::FORBIDDEN), ("", StatusCode::SEE_OTHER)] {
        let fields = fields(analyst);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(visit.form("/review", &fields).status, status, "{analyst}");
    }
    assert_eq!(visit.ask("/verdicts")["rows"][0]["analyst"], "Ada");
}

#[test]
fn readers_see_no_private_person() {
    let (mut visit, _) = guarded("users-private", three());
    log_in(&mut visit, "Rita");
    let mut all = visit.other();
    log_in(&mut all, "Ada");
    // Whom the records call a person with neither an office nor an entry in the codebook.
    let mut named = 0;
    for report in all.ask("/reports?limit=1000")["rows"].as_array().unwrap().clone() {
        let address = format!("/reports/{}", report["report"].as_str().unwrap());
        let (whole, masked) = (all.ask(&address), visit.ask(&address));
        let (text, blotted) = (whole["report"]["text"].as_str().unwrap(), masked["report"]["text"].as_str().unwrap());
        assert_eq!(text.chars().count(), blotted.chars().count(), "{address}");
        if !blotted.contains('█') {
            continue;
        }
        let at = blotted.chars().position(|char| char == '█').unwrap();
        let length = blotted.chars().skip(at).take_while(|char| *char == '█').count();
        let name: String = text.chars().skip(at).take(length).collect();
        named += 1;
        let page = visit.page(&address);
        assert!(page.contains('█'), "{address}");
        for address in [address.as_str(), "/claims?limit=500", "/events?limit=500", "/", "/talks", "/verdicts"] {
            let words = visit.page(address);
            let words = words.split(|char: char| !char.is_alphanumeric());
            assert!(!words.into_iter().any(|word| word == name), "{name} on {address}");
        }
    }
    assert!(named > 0, "the story names nobody who is private");
}
