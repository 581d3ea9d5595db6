//! Many who read and several who write at once lose nothing: what was acknowledged stands in the ledger afterwards, once.
//! A few seconds unless `CHANCERY_LOAD_SECONDS` says otherwise.

use crate::scene::{Visit, add, own_file};
use axum::http::StatusCode;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

const READERS: usize = 3;
const ANALYSTS: usize = 3;

const VIEWS: &[&str] = &[
    "/",
    "/events?category=assault",
    "/claims?limit=20",
    "/timeline",
    "/map",
    "/review",
    "/verdicts",
    "/reports?words=truce",
    "/api/v1/tolls",
    "/api/v1/verdicts?limit=1000",
];

fn seconds() -> u64 {
    std::env::var("CHANCERY_LOAD_SECONDS").ok().and_then(|seconds| seconds.parse().ok()).unwrap_or(4)
}

/// What an analyst was told is on record: number, target, reason.
type Acknowledged = Vec<(i64, String, String)>;

/// Judges claims as fast as they are answered, half of the time as of what was seen before.
fn judge(mut visit: Visit, name: &str, until: Instant) -> (Acknowledged, usize) {
    let claims = visit.ask("/claims?limit=30")["rows"].as_array().unwrap().clone();
    let (mut acknowledged, mut overtaken) = (Vec::new(), 0);
    for number in 0.. {
        if Instant::now() > until {
            break;
        }
        let claim = claims[number % claims.len()]["claim"].as_str().unwrap();
        let reason = format!("{name} {number}");
        let decision = ["accept", "unsure", "reject"][number % 3];
        let mut body = json!({ "targets": [claim], "decision": decision, "analyst": name, "reason": reason });
        if number % 2 == 0 {
            let seen = visit.get(&format!("/api/v1/claims/{claim}"));
            // A rejected claim stands no longer, so that there is nothing to have been seen.
            if seen.status == StatusCode::OK {
                body["seen"] = seen.json()["version"].clone();
            }
        }
        let answer = visit.post("/api/v1/verdicts", &body);
        match answer.status {
            StatusCode::CREATED => {
                let entry = answer.json()["entries"][0]["verdict"].as_i64().unwrap();
                acknowledged.push((entry, claim.to_owned(), reason));
            }
            StatusCode::CONFLICT => overtaken += 1,
            // Somebody has rejected it meanwhile.
            status => assert!(status.is_client_error(), "{status}: {}", answer.body),
        }
    }
    (acknowledged, overtaken)
}

#[test]
fn many_at_once_lose_nothing() {
    let (path, visit) = own_file("load");
    let until = Instant::now() + Duration::from_secs(seconds());
    let (mut entries, mut asked, mut overtaken) = (Vec::new(), 0, 0);
    let mut added = Vec::new();
    std::thread::scope(|scope| {
        let readers: Vec<_> = (0..READERS)
            .map(|reader| {
                let mut visit = visit.other();
                scope.spawn(move || {
                    let mut asked = reader;
                    while Instant::now() < until {
                        let address = VIEWS[asked % VIEWS.len()];
                        let answer = visit.get(address);
                        assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.body);
                        asked += 1;
                    }
                    asked
                })
            })
            .collect();
        let analysts: Vec<_> = (0..ANALYSTS)
            .map(|number| {
                let visit = visit.other();
                scope.spawn(move || judge(visit, &format!("Analyst {number}"), until))
            })
            .collect();
        // Another process that takes in reports meanwhile, as `chancery add` does.
        let path = &path;
        let taking = scope.spawn(move || {
            let mut added = Vec::new();
            while Instant::now() < until {
                let text = format!("Report {} tells of nothing in particular.", added.len());
                added.push(add(path, &json!({ "text": text, "published": "2018-04-15", "outlet": "Load" })));
                std::thread::sleep(Duration::from_millis(100));
            }
            added
        });
        asked = readers.into_iter().map(|reader| reader.join().unwrap()).sum();
        for analyst in analysts {
            let (own, refused) = analyst.join().unwrap();
            entries.extend(own);
            overtaken += refused;
        }
        added = taking.join().unwrap();
    });
    let mut visit = visit;
    let mut found: BTreeSet<(i64, String, String)> = BTreeSet::new();
    let mut next = Some("/api/v1/verdicts?limit=1000".to_owned());
    while let Some(address) = next {
        let page = visit.get(&address).json();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        found.extend(
            page["rows"]
                .as_array()
                .unwrap()
                .iter()
                .map(|row| (row["verdict"].as_i64().unwrap_or_default(), text(row, "id"), text(row, "reason"))),
        );
        next = page["next"].as_str().map(str::to_owned);
    }
    let all = entries.len();
    assert!(all > 0 && asked > 0 && !added.is_empty());
    assert_eq!(entries.into_iter().collect::<BTreeSet<_>>(), found);
    assert_eq!(found.len(), all, "an entry stands twice");
    for report in &added {
        assert_eq!(visit.get(&format!("/api/v1/reports/{report}")).status, StatusCode::OK, "{report} is lost");
    }
    use std::io::Write;
    let told = format!("{asked} read, {all} judged, {overtaken} told that they were overtaken, {} added", added.len());
    let _ = writeln!(std::io::stderr(), "{told}");
}
