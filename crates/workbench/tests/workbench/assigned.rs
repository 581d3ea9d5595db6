//! Assigning, reading blind, agreement, and the list of changes.

use crate::scene::{Answer, Visit, guarded};
use crate::users::{log_in, three};
use axum::http::StatusCode;

fn send(visit: &mut Visit, address: &str, page: &Answer, fields: &[(&str, &str)]) -> Answer {
    let token = page.hidden("token");
    let mut all = vec![("token", token.as_str())];
    all.extend_from_slice(fields);
    visit.form(address, &all)
}

/// A workbench with an admin, and an analyst beside.
fn two(name: &str) -> (Visit, Visit) {
    let (mut bo, _) = guarded(name, three());
    log_in(&mut bo, "Bo");
    let mut ada = bo.other();
    log_in(&mut ada, "Ada");
    (bo, ada)
}

/// The first report of which the program says something.
fn report(visit: &mut Visit) -> String {
    visit.ask("/claims?category=assault&limit=1")["rows"][0]["report"].as_str().unwrap().to_owned()
}

#[test]
fn the_queue_holds_what_is_assigned_to_me() {
    let (mut bo, mut ada) = two("assigned-queue");
    let report = report(&mut bo);
    let none = ada.page("/review?assigned=me");
    assert!(none.contains("Nothing is left to judge"));
    let page = bo.get("/assigned");
    let answer = send(&mut bo, "/assigned", &page, &[("analysts", "Ada, Bo"), ("reports", &report)]);
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    assert!(ada.page("/assigned").contains("to judge"));
    let claims = bo.ask(&format!("/claims?id={report}"))["rows"].as_array().unwrap().len();
    let page = ada.page("/review?assigned=me");
    assert!(page.contains(&format!("<p class=\"lead\">{claims} claims wait")), "{page}");
    assert!(ada.get("/review?assigned=you").status.is_client_error());
    // Nobody but an admin assigns.
    let page = ada.get("/assigned");
    assert!(!page.body.contains("name=\"analysts\""));
    assert_eq!(
        send(&mut ada, "/assigned", &page, &[("analysts", "Ada"), ("reports", &report)]).status,
        StatusCode::FORBIDDEN
    );
    let rows = bo.ask("/assignments?analyst=ada")["rows"].clone();
    assert_eq!((rows[0]["giver"].as_str(), rows[0]["left"].as_u64()), (Some("Bo"), Some(claims as u64)));
}

#[test]
fn a_blind_reader_sees_words_alone_and_is_compared() {
    let (mut bo, mut ada) = two("assigned-blind");
    let report = report(&mut bo);
    let page = bo.get("/assigned");
    let fields = [("analysts", "Ada; Bo"), ("reports", report.as_str()), ("blind", "yes")];
    assert_eq!(send(&mut bo, "/assigned", &page, &fields).status, StatusCode::SEE_OTHER);
    // The reading page leads to the sheet, which shows nothing that was found.
    assert_eq!(ada.get(&format!("/reports/{report}")).header("location"), "/assigned/1");
    let sheet = ada.get("/assigned/1");
    assert!(!sheet.body.contains("data-roles") && sheet.body.contains("data-chosen"), "{}", sheet.body);
    assert_eq!(bo.get("/assigned/1").status, StatusCode::FORBIDDEN);
    let told = bo.ask(&format!("/claims?id={report}&category=assault"))["rows"][0].clone();
    let text = bo.ask(&format!("/reports/{report}"))["report"]["text"].as_str().unwrap().to_owned();
    let (start, end) = (told["start"].as_u64().unwrap(), told["end"].as_u64().unwrap());
    let words: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
    let (start, end) = (start.to_string(), end.to_string());
    let found = |category: &'static str| {
        [
            ("decision", "add"),
            ("words", words.as_str()),
            ("start", &start),
            ("end", &end),
            ("category", category),
            ("sheet", "[]"),
        ]
    };
    assert_eq!(send(&mut ada, "/assigned/1", &sheet, &found("ASSAULT")).status, StatusCode::SEE_OTHER);
    let late = send(&mut ada, "/assigned/1", &sheet, &found("COERCE"));
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.body);
    let wrong = send(
        &mut ada,
        "/assigned/1",
        &sheet,
        &[("decision", "add"), ("words", &words), ("start", &start), ("end", &end), ("category", "DANCE")],
    );
    assert!(wrong.body.contains("there is no category"), "{}", wrong.body);
    assert_eq!(
        send(&mut bo, "/assigned/2", &sheet, &found("COERCE")).status,
        StatusCode::FORBIDDEN,
        "a form of somebody else"
    );
    let own = bo.get("/assigned/2");
    assert_eq!(send(&mut bo, "/assigned/2", &own, &found("COERCE")).status, StatusCode::SEE_OTHER);
    assert!(ada.page("/agreement").contains("Nobody has handed in"));
    for (visit, address) in [(&mut ada, "/assigned/1"), (&mut bo, "/assigned/2")] {
        let page = visit.get(address);
        assert!(page.body.contains(&words));
        let handed = send(visit, address, &page, &[("decision", "hand in")]);
        assert_eq!(handed.status, StatusCode::SEE_OTHER, "{}", handed.body);
        let after = send(visit, address, &page, &[("decision", "remove"), ("at", "0")]);
        assert!(after.body.contains("was handed in"), "{}", after.body);
    }
    let page = ada.page("/agreement?first=Ada&second=Bo");
    assert!(page.contains("1 reports") && page.contains("<mark>") && page.contains(">category<"), "{page}");
    let page = ada.page("/agreement?first=Ada&second=program");
    assert!(page.contains("found by the second alone"), "{page}");
    assert!(ada.page(&format!("/reports/{report}")).contains("data-roles"));
    assert!(ada.ask("/verdicts")["rows"].as_array().unwrap().is_empty(), "a sheet changes nothing in the ledger");
    let audit = bo.page("/audit");
    for what in ["hand in", "assign blind", "take in"] {
        assert!(audit.contains(&format!("<td>{what}</td>")), "{what}: {audit}");
    }
    assert_eq!(ada.get("/audit").status, StatusCode::FORBIDDEN);
    assert_eq!(ada.get("/api/v1/audit").status, StatusCode::FORBIDDEN);
}

#[test]
fn reports_are_drawn_and_what_cannot_be_is_refused() {
    let (mut bo, mut ada) = two("assigned-refused");
    let page = bo.get("/assigned");
    let drawn =
        send(&mut bo, "/assigned", &page, &[("analysts", "Ada"), ("number", "3"), ("seed", "7"), ("blind", "yes")]);
    assert_eq!(drawn.status, StatusCode::SEE_OTHER, "{}", drawn.body);
    assert_eq!(bo.ask("/assignments")["rows"].as_array().unwrap().len(), 3);
    for (fields, why) in [
        (vec![("analysts", ""), ("number", "1")], "needs an analyst and a report"),
        (vec![("analysts", "Ada")], "needs an analyst and a report"),
        (vec![("analysts", "Ada"), ("reports", "r000")], "no report r000"),
        (vec![("analysts", "Ada"), ("number", "1000")], "are asked for"),
        (vec![("analysts", "Ada"), ("number", "-1")], "number is a whole number"),
        (vec![("analysts", "Ada"), ("number", "1"), ("seed", "x")], "seed is a whole number"),
    ] {
        let answer = send(&mut bo, "/assigned", &page, &fields);
        assert!(answer.status.is_client_error() && answer.body.contains(why), "{fields:?}: {}", answer.body);
    }
    assert_eq!(ada.get("/assigned/99").status, StatusCode::NOT_FOUND);
    assert!(ada.get("/assigned/x").status.is_client_error());
    let sheet = ada.get("/assigned/1");
    for (fields, why) in [
        (vec![("decision", "remove"), ("at", "0")], "no such claim on the sheet"),
        (vec![("decision", "add"), ("words", "xyzzy")], "does not stand"),
        (vec![("decision", "add"), ("sheet", "{")], "the sheet"),
        (vec![("decision", "praise")], "is no decision"),
    ] {
        let answer = send(&mut ada, "/assigned/1", &sheet, &fields);
        assert!(answer.status.is_client_error() && answer.body.contains(why), "{fields:?}: {}", answer.body);
    }
    assert!(ada.page("/agreement?first=Eve&second=program").contains("no report that both have read"));
}
