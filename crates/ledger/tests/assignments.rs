//! Who reads what: queues, sheets of blind readers, and the list of changes.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

mod scene;

use ledger::LedgerError;
use ledger::assignments::Found;
use ledger::questions::{Filter, Order, Value};

fn found(start: u32, end: u32) -> Found {
    Found { start, end, category: "ASSAULT".to_owned(), actors: vec!["M23".to_owned()], ..Found::default() }
}

#[test]
fn a_queue_holds_what_is_assigned() {
    let mut ledger = scene::made("assigned");
    let claims = ledger.claims(&Filter::default()).unwrap();
    let report = claims.get(&claims.rows[0], "report").as_text().unwrap().to_owned();
    let own = Filter { id: Some(report.clone()), ..Filter::default() };
    let expected = ledger.claims(&own).unwrap().rows.len();
    let queue = |ledger: &ledger::Ledger, who: &str| {
        ledger.queue(&Filter::default(), Order::Newest, None, Some(who)).unwrap().rows.len()
    };
    assert_eq!(queue(&ledger, "Ada"), 0);
    assert_eq!(
        ledger
            .assign(
                &["Ada".into(), "Ben".into()],
                std::slice::from_ref(&report),
                false,
                "Bo",
                scene::moment("2029-06-01")
            )
            .unwrap(),
        2
    );
    assert_eq!(ledger.assign(&["ada".into()], &[report], false, "Bo", scene::moment("2029-06-01")).unwrap(), 0);
    assert_eq!((queue(&ledger, "ada"), queue(&ledger, "Eve")), (expected, 0));
}

#[test]
fn a_sheet_is_kept_until_it_is_handed_in() {
    let mut ledger = scene::made("sheets");
    let claims = ledger.claims(&Filter::default()).unwrap();
    let report = claims.get(&claims.rows[0], "report").as_text().unwrap().to_owned();
    ledger.assign(&["Ada".into()], std::slice::from_ref(&report), true, "Bo", scene::moment("2029-06-01")).unwrap();
    assert_eq!(ledger.blind("Ada", &report).unwrap(), Some(1));
    let mut keep = |who: &str, seen: &[Found], sheet: &[Found], done| {
        ledger.keep_sheet(1, who, (seen, sheet), done, scene::moment("2029-06-01"))
    };
    assert!(matches!(keep("Ben", &[], &[found(0, 4)], false), Err(LedgerError::Refused(_))));
    assert!(matches!(keep("Ada", &[], &[found(0, 4_000_000)], false), Err(LedgerError::Refused(_))));
    assert!(matches!(keep("Ada", &[], &[found(4, 4)], false), Err(LedgerError::Refused(_))));
    keep("ada", &[], &[found(0, 4)], false).unwrap();
    assert!(matches!(keep("Ada", &[], &[found(0, 5)], false), Err(LedgerError::Overtaken(_))));
    keep("Ada", &[found(0, 4)], &[found(0, 5)], true).unwrap();
    assert!(matches!(keep("Ada", &[found(0, 5)], &[], false), Err(LedgerError::Refused(_))));
    assert_eq!(ledger.coders().unwrap(), ["Ada"]);
    assert_eq!(ledger.sheets("ada").unwrap(), [(report.clone(), vec![found(0, 5)])]);
    assert_eq!(ledger.blind("Ada", &report).unwrap(), None);
    let audit = ledger.audit(10, 0).unwrap();
    let what: Vec<&str> = audit.rows.iter().filter_map(|row| audit.get(row, "what").as_text()).collect();
    assert_eq!(what[..2], ["hand in", "assign blind"], "{what:?}");
    assert!(what.contains(&"take in"));
    assert_eq!(audit.get(&audit.rows[1], "who"), &Value::Text("Bo".to_owned()));
    ledger.redact(&report, "Bo", "law", scene::moment("2029-06-01")).unwrap();
    assert_eq!(ledger.sheets("Ada").unwrap(), [(report, vec![])]);
    assert!(ledger.check().unwrap().is_empty());
}
