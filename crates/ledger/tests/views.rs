//! The views are what `VIEWS.md` says: the same views with the same columns, and examples that run.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

mod scene;

use scene::{lines, made};
use std::collections::BTreeMap;

const DOCUMENT: &str = include_str!("../VIEWS.md");

#[test]
fn the_document_has_the_views_and_their_columns() {
    let mut told: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    let mut view = "";
    for line in DOCUMENT.lines() {
        if let Some(name) = line.strip_prefix("## ").filter(|name| *name != "Examples") {
            view = name;
            told.insert(name, Vec::new());
        } else if let Some(row) = line.strip_prefix("| ").filter(|row| !row.starts_with("column |")) {
            let cells: Vec<&str> = row.trim_end_matches(" |").split(" | ").collect();
            assert!(cells.len() == 3 && cells.iter().all(|cell| !cell.is_empty()), "{line}");
            told.get_mut(view).unwrap().push(cells[0]);
        }
    }
    let ledger = made("documented");
    let views = lines(&ledger, "SELECT name FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    assert_eq!(told.keys().collect::<Vec<_>>(), views.iter().collect::<Vec<_>>());
    for (view, columns) in told {
        let found = lines(&ledger, &format!("SELECT name FROM pragma_table_info('{view}') ORDER BY cid"));
        assert_eq!(columns, found, "{view}");
    }
}

#[test]
fn examples_run() {
    let ledger = made("examples");
    let mut examples = 0;
    for example in DOCUMENT.split("```sql\n").skip(1) {
        let sql = example.split("```").next().unwrap();
        let answer = ledger.ask(sql).unwrap_or_else(|error| panic!("{error} in {sql}"));
        assert!(!answer.columns.is_empty());
        examples += 1;
    }
    assert!(examples > 5);
}

#[test]
fn older_views_are_replaced_or_hidden() {
    let ledger = made("older-views");
    let path = ledger.path().to_owned();
    let now = lines(&ledger, "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name");
    let count = "SELECT count(*) FROM event_counts";
    let counted = lines(&ledger, count);
    drop(ledger);
    for older in [
        "DROP VIEW event_counts",
        "DROP VIEW claims; CREATE VIEW claims AS SELECT 1 AS one",
        "CREATE VIEW gone AS SELECT 1 AS one",
    ] {
        rusqlite::Connection::open(&path).unwrap().execute_batch(older).unwrap();
        // Who may not write sees the views of the program all the same.
        assert_eq!(lines(&ledger::Ledger::read(&path).unwrap(), count), counted, "{older}");
        let ledger = ledger::Ledger::open(&path).unwrap();
        assert_eq!(
            lines(&ledger, "SELECT name, sql FROM sqlite_schema WHERE type = 'view' ORDER BY name"),
            now,
            "{older}"
        );
    }
}
