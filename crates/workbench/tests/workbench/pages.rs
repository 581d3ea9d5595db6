//! Every page shows what it is for, links to its evidence, and refuses politely.

use crate::scene::{Visit, visit};
use axum::http::StatusCode;

/// Addresses on a page that lead to the workbench itself.
fn links(page: &str) -> Vec<String> {
    let targets = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
    let mut links: Vec<String> = targets
        .filter(|target| target.starts_with('/'))
        .map(|target| target.split('#').next().unwrap().replace("&#38;", "&").replace("&amp;", "&"))
        .collect();
    links.sort();
    links.dedup();
    links
}

const VIEWS: &[&str] = &[
    "/",
    "/events",
    "/claims",
    "/timeline",
    "/map",
    "/talks",
    "/ceasefires",
    "/commitments",
    "/control",
    "/reports",
    "/coverage",
    "/review",
    "/verdicts",
    "/assigned",
    "/agreement",
    "/add",
    "/audit",
];

#[test]
fn every_view_is_there_and_all_its_links_lead_somewhere() {
    let mut visit = visit();
    let mut all: Vec<String> = Vec::new();
    for view in VIEWS {
        let page = visit.page(view);
        assert!(page.contains("<h1>"), "{view}");
        all.extend(links(&page).into_iter().take(40));
    }
    all.sort();
    all.dedup();
    for link in all {
        let answer = visit.get(&link);
        assert!(
            answer.status.is_success() || answer.status.is_redirection(),
            "{link}: {} {}",
            answer.status,
            answer.body
        );
    }
}

#[test]
fn a_view_takes_its_conditions_along() {
    let mut visit = visit();
    let page = visit.page("/events?category=assault&stories=2");
    assert!(
        page.contains("href=\"/claims?category=assault&#38;stories=2\"")
            || page.contains("/claims?category=assault&amp;stories=2")
    );
    assert!(!page.contains(">AGREE</b>"));
    let all = visit.page("/events");
    assert!(all.contains(" of ") && all.contains(">ASSAULT</b>"));
}

#[test]
fn lists_turn_their_pages() {
    let mut visit = visit();
    let first = visit.page("/events?limit=5");
    assert!(first.contains("1–5 of ") && first.contains("further") && !first.contains("before"));
    let second = visit.page("/events?limit=5&offset=5");
    assert!(second.contains("6–10 of ") && second.contains("before"));
}

/// The first event of several stories with a toll.
fn event(visit: &mut Visit) -> String {
    let tolls = visit.ask("/tolls?stories=2");
    tolls["rows"][0]["event"].as_str().unwrap().to_owned()
}

#[test]
fn an_event_shows_claims_stories_and_figures() {
    let mut visit = visit();
    let event = event(&mut visit);
    let page = visit.page(&format!("/events/{event}"));
    for part in ["<h2>Figures</h2>", "<h2>Stories", "independent stories", "<blockquote>", "printed by", "according to"]
    {
        assert!(page.contains(part), "{part} is not in {page}");
    }
}

#[test]
fn a_report_is_marked_and_a_claim_can_be_lit() {
    let mut visit = visit();
    let claims = visit.ask("/claims?category=assault&limit=1");
    let (claim, report) = (claims["rows"][0]["claim"].as_str().unwrap(), claims["rows"][0]["report"].as_str().unwrap());
    let plain = visit.page(&format!("/reports/{report}"));
    for part in ["class=\"headline\"", "data-roles=", "class=\"claims\"", "Who says what", "data-notes="] {
        assert!(plain.contains(part), "{part} is not in {plain}");
    }
    assert!(!plain.contains("data-lit="));
    let lit = visit.page(&format!("/reports/{report}?claim={claim}"));
    assert!(lit.contains("data-lit=\"told\"") && lit.contains("data-held"));
    assert!(lit.contains(&format!("id=\"at-{claim}\"")));
    let redirect = visit.get(&format!("/claims/{claim}"));
    assert_eq!(redirect.header("location"), format!("/reports/{report}?claim={claim}#at-{claim}"));
}

#[test]
fn the_words_of_a_report_are_all_on_its_page() {
    let mut visit = visit();
    let report = visit.ask("/reports?limit=1")["rows"][0]["report"].as_str().unwrap().to_owned();
    let whole = visit.ask(&format!("/reports/{report}"));
    let text = whole["report"]["text"].as_str().unwrap().to_owned();
    let page = visit.page(&format!("/reports/{report}"));
    let article = page.split("<article").nth(1).unwrap().split("<ul class=\"legend\"").next().unwrap();
    let mut shown = String::new();
    for part in article.split('<').skip(1) {
        shown.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    let plain = |text: &str| {
        text.replace("&#39;", "'")
            .replace("&#34;", "\"")
            .replace("&#38;", "&")
            .replace("&amp;", "&")
            .split_whitespace()
            .collect::<Vec<_>>()
            .join("")
    };
    assert!(plain(&shown).contains(&plain(&text)), "{shown}\n\n{text}");
}

#[test]
fn words_are_searched_for() {
    let mut visit = visit();
    assert!(visit.page("/reports?words=ambush").contains("<table"));
    assert!(visit.page("/reports?words=xyzzy").contains("No report meets"));
    let answer = visit.get("/reports?words=%22open");
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.body);
}

#[test]
fn the_ledger_is_shown_as_it_stood() {
    let mut visit = visit();
    let page = visit.page("/?as-of=2018-03-12");
    assert!(page.contains("Brief of Mon 2018-03-12") && page.contains("as of Mon 2018-03-12"), "{page}");
}

#[test]
fn what_is_not_there_is_refused_on_a_page() {
    let mut visit = visit();
    for (address, status, words) in [
        ("/nowhere", StatusCode::NOT_FOUND, "there is no such page"),
        ("/events/e000", StatusCode::NOT_FOUND, "the ledger has no event e000"),
        ("/events/c000", StatusCode::NOT_FOUND, "the ledger has no event c000"),
        ("/reports/r000", StatusCode::NOT_FOUND, "the ledger has no report r000"),
        ("/reports/%00%22", StatusCode::NOT_FOUND, "the ledger has no report"),
        ("/claims/c000", StatusCode::NOT_FOUND, "the ledger has no claim c000"),
        ("/events?from=yesterday", StatusCode::BAD_REQUEST, "not of the form YYYY-MM-DD"),
        ("/events?from=2018-03-02&to=2018-03-01", StatusCode::BAD_REQUEST, "exchange the days"),
        ("/events?box=1,2", StatusCode::BAD_REQUEST, "four numbers set off by commas"),
        ("/events?box=9,9,1,1", StatusCode::BAD_REQUEST, "a box is SOUTH,WEST,NORTH,EAST"),
        ("/claims?colour=red", StatusCode::BAD_REQUEST, "there is no condition"),
        ("/talks?id=x1", StatusCode::BAD_REQUEST, "x1 is no id"),
        ("/review?order=random", StatusCode::BAD_REQUEST, "an order is one of"),
        ("/?as-of=never", StatusCode::BAD_REQUEST, "for as-of"),
        ("/assets/none.js", StatusCode::NOT_FOUND, "there is no file"),
    ] {
        let answer = visit.get(address);
        assert_eq!(answer.status, status, "{address}: {}", answer.body);
        assert!(answer.body.replace("&#39;", "'").contains(words), "{address}: {}", answer.body);
    }
}

#[test]
fn pictures_have_a_table_and_can_be_kept() {
    let mut visit = visit();
    for name in ["timeline", "map"] {
        let page = visit.page(&format!("/{name}"));
        assert!(page.contains("<svg") && page.contains("<table") && page.contains(&format!("/{name}.svg")), "{page}");
        let file = visit.get(&format!("/{name}.svg?country=CAF"));
        assert_eq!(file.header("content-type"), "image/svg+xml");
        assert!(file.header("content-disposition").starts_with("attachment") && file.body.starts_with("<svg"));
        assert!(visit.page(&format!("/{name}?country=NZL")).contains("No event with a "));
    }
}
