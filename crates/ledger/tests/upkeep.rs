//! Runs and their differences, removal of texts, copies and checks.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

mod scene;

use ledger::agreement::{Sentences, measure};
use ledger::questions::{Filter, Value};
use ledger::verdicts::{Decision, Verdict};
use ledger::{Arrival, Coding, Ledger, Writer};
use scene::{FOUND, REPORTS, claim, content, events, file, lines, made, moment, recode, report_id, reports, run};
use std::path::Path;

#[test]
fn runs_differ_by_claims_gained_lost_and_changed() {
    let mut ledger = made("runs");
    let before = content(&ledger);
    let courier = [FOUND[1][0], ("told", "CONSULT", "", "", "", "")];
    let herald = [FOUND[0][0], ("met", "CONSULT", "Kuru", "", "2024-05-02", "Lubera")];
    recode(&mut ledger, "two", &[&herald, &courier, FOUND[2]]);
    let diff = ledger.runs_diff(1, 2).unwrap();
    let mut told: Vec<String> = diff
        .rows
        .iter()
        .map(|row| {
            let cells = ["change", "told", "field", "old", "new"].map(|column| match diff.get(row, column) {
                Value::Text(text) => text.clone(),
                _ => "-".to_owned(),
            });
            cells.join("|")
        })
        .collect();
    told.sort();
    assert_eq!(
        told,
        [
            "changed|met|actors|bana|kuru",
            "changed|met|from_day|2024-05-03|2024-05-02",
            "changed|met|recipients|kuru|",
            "changed|met|to_day|2024-05-03|2024-05-02",
            "gained|told|-|-|-",
            "lost|shelled|-|-|-",
        ]
    );
    assert_eq!(lines(&ledger, "SELECT count(*) FROM claims"), ["6"]);
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    // What a run has coded it does not code again, and the same again changes nothing.
    let mut writer = Writer::new(&mut ledger, moment("2024-05-08"));
    assert!(writer.uncoded(&run("two"), 0, 10).unwrap().is_empty());
    writer.commit().unwrap();
    drop(writer);
    recode(&mut ledger, "three", &FOUND);
    assert_eq!(content(&ledger), before);
    assert!(ledger.runs_diff(1, 3).unwrap().rows.is_empty());
    assert_eq!(ledger.runs().unwrap().rows.len(), 3);
    assert!(ledger.runs_diff(1, 9).unwrap_err().to_string().contains("there is no run 9"));
}

fn bytes_of(path: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for ending in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        all.extend(std::fs::read(name).unwrap_or_default());
    }
    all
}

fn holds(path: &Path, words: &str) -> bool {
    bytes_of(path).windows(words.len()).any(|window| window == words.as_bytes())
}

#[test]
fn redacted_words_are_in_no_byte_of_the_file() {
    let mut ledger = made("redacted");
    let path = ledger.path().to_owned();
    let attacked = claim("Courier", "attacked");
    let verdict = Verdict {
        targets: vec![attacked],
        decision: Decision::Correct { field: "object".to_owned(), value: "garrison-of-Courier".to_owned() },
        analyst: "Ada".to_owned(),
        reason: Some("quoted-from-Courier".to_owned()),
    };
    ledger.judge(&verdict, moment("2024-06-01")).unwrap();
    assert!(holds(&path, "garrison-of-Courier"));
    let courier = report_id("Courier");
    ledger.redact(&courier, "Ada", "order of the court", moment("2024-06-02")).unwrap();
    for words in ["garrison-of-Courier", "quoted-from-Courier", "courier.example", "telephone", "hospital"] {
        assert!(!holds(&path, words), "{words} is still in the file");
    }
    // Compressed as it was, the text is gone as well.
    assert_eq!(
        lines(&ledger, "SELECT count(*) FROM report WHERE number NOT IN (SELECT report FROM report_text)"),
        ["1"]
    );
    let tombstone = "SELECT report.id, outlet, length(sha256), reason, analyst, redaction.recorded FROM redaction
        JOIN report ON report.number = redaction.report";
    assert_eq!(
        lines(&ledger, tombstone),
        [format!("{courier}|Courier|64|order of the court|Ada|2024-06-02T12:00:00Z")]
    );
    assert!(events(&ledger).contains(&"Herald attacked + Tribune attacked".to_owned()), "{:?}", events(&ledger));
    assert!(ledger.search("telephone", &Filter::default()).unwrap().rows.is_empty());
    assert_eq!(lines(&ledger, "SELECT count(*) FROM reports"), ["2"]);
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    // It does not come back by being added or coded again.
    let now = content(&ledger);
    let report = reports().remove(1);
    assert!(ledger.has(&report, true).unwrap());
    let mut writer = Writer::new(&mut ledger, moment("2024-06-03"));
    let coding = Some(Coding::new(scene::record(&report, run("one"), FOUND[1])).unwrap());
    writer.take(&Arrival::new(report, coding)).unwrap();
    writer.commit().unwrap();
    drop(writer);
    assert_eq!(content(&ledger), now);
    recode(&mut ledger, "two", &FOUND);
    assert_eq!(content(&ledger), now);
    assert!(ledger.redact("r0", "Ada", "x", moment("2024-06-03")).is_err());
    assert!(ledger.redact(&courier, "Ada", " ", moment("2024-06-03")).is_err());
}

#[test]
fn a_copy_takes_the_place_of_the_ledger() {
    let ledger = made("kept");
    let (copy, other) = (file("copy"), file("restored"));
    ledger.backup(&copy).unwrap();
    assert!(ledger.backup(&copy).unwrap_err().to_string().contains("already"));
    Ledger::restore(&copy, &other, false).unwrap();
    assert!(Ledger::restore(&copy, &other, false).unwrap_err().to_string().contains("--force"));
    let mut changed = Ledger::open(&other).unwrap();
    assert_eq!(content(&changed), content(&ledger));
    recode(&mut changed, "two", &[&[], &[], &[]]);
    assert_ne!(content(&changed), content(&ledger));
    drop(changed);
    Ledger::restore(&copy, &other, true).unwrap();
    assert_eq!(content(&Ledger::read(&other).unwrap()), content(&ledger));
    // A copy that is cut off is refused, and what is there stays.
    let bytes = std::fs::read(&copy).unwrap();
    std::fs::write(&copy, &bytes[..bytes.len() / 2]).unwrap();
    assert!(Ledger::restore(&copy, &other, true).is_err());
    assert_eq!(content(&Ledger::read(&other).unwrap()), content(&ledger));
}

/// What breaks a copy of the file, and what `check` says of it.
const DAMAGE: &[(&str, &str)] = &[
    ("UPDATE event SET reports = 9 WHERE category = 'AID'", "its row is another when it is made anew"),
    ("DELETE FROM event WHERE category = 'AID'", "its event does not exist"),
    ("INSERT INTO event SELECT 77, 'e77', kind, category, modes, cameo, granularity, status, disputed, from_day, to_day, precision,
        place, lat, lon, country, admin1, place_precision, actors, recipients, told, claims, reports, outlets, stories, origins,
        first_available, last_available, confidence FROM event LIMIT 1", "e77: its row is another"),
    ("UPDATE report SET sha256 = 'x' WHERE outlet = 'Courier'", "its text is not the one that was received"),
    ("UPDATE report_text SET text = x'00' WHERE report = (SELECT number FROM report WHERE outlet = 'Courier')", "its text cannot be read"),
    ("UPDATE report SET length = 5 WHERE outlet = 'Courier'", "its text has another length"),
    ("UPDATE report SET url = 'https://else.example'", "is not what its id was made of"),
    ("UPDATE report SET available = '2024-01-01'", "it was available on another day"),
    ("UPDATE report SET story = 77 WHERE outlet = 'Courier'", "its story does not exist"),
    ("UPDATE report SET story = 1 WHERE number = 3", "it belongs to another story"),
    ("DELETE FROM report_words WHERE rowid = 1", "it is not in the full-text index"),
    ("INSERT INTO report_words (rowid, title, body) VALUES (77, 'left', 'behind')", "row 77: it is in the full-text index"),
    ("UPDATE coding SET record = x'00' WHERE number = 1", "cannot be read"),
    ("UPDATE coding SET record = (SELECT record FROM coding WHERE number = 2) WHERE number = 1", "is of another report"),
    ("UPDATE coding SET persons = 'Anna'", "the names that run 1 read are not those of its record"),
    ("UPDATE claim SET category = 'AID' WHERE category = 'CONSULT'", "its rows are not what run 1 read"),
    ("UPDATE claim SET factuality = 1 WHERE category = 'CONSULT'", "its rows are not what run 1 read"),
    ("DELETE FROM participant WHERE side = 'recipient'", "its rows are not what run 1 read"),
    ("UPDATE place SET lat = 2", "its rows are not what run 1 read"),
    ("UPDATE claim SET event = 99 WHERE category = 'CONSULT'", "its event does not exist"),
    ("UPDATE claim SET event = coalesce((SELECT event FROM claim WHERE category = 'AID'), event) WHERE category = 'CONSULT'", "it belongs to another event"),
    ("UPDATE claim SET stands = 0 WHERE category = 'CONSULT'", "or does not though none has"),
    ("DELETE FROM link", "it belongs to another event"),
    ("PRAGMA foreign_keys = 0; INSERT INTO relation VALUES (77, 'denies', 78)", "relation: row"),
    ("PRAGMA foreign_keys = 0; DELETE FROM run", "refers to what is not in run"),
    ("DROP INDEX claim_event", "index claim_event: it is missing"),
    ("DROP TABLE skipped", "table skipped: it is missing"),
    ("ALTER TABLE skipped ADD COLUMN more TEXT", "table skipped: it is not as this schema has it"),
    ("CREATE TRIGGER t AFTER INSERT ON report BEGIN DELETE FROM report; END", "trigger t: no ledger has it"),
    // Of verdicts and removed texts.
    ("UPDATE verdict SET value = 'planned' WHERE decision = 'correct'", "it is not what the verdicts on it make of it"),
    ("UPDATE claim SET status = 'planned' WHERE verdict IS NOT NULL", "it is not what the verdicts on it make of it"),
    ("DELETE FROM concerned WHERE verdict = 1", "verdict 1: it concerns nothing"),
    ("UPDATE verdict SET decision = 'doubt' WHERE number = 1", "verdict 1: it is no decision"),
    ("UPDATE claim SET stands = 1 WHERE verdict IS NULL", "it stands, or does not, against the verdicts on it"),
    ("UPDATE report SET withdrawn = NULL WHERE outlet = 'Tribune'", "it still counts"),
    ("UPDATE report SET title = 'Left behind' WHERE outlet = 'Tribune'", "something of it is still there"),
];

#[test]
fn faults_are_found() {
    let mut ledger = made("faults");
    let verdict = |decision| Verdict {
        targets: vec![claim("Herald", "shelled")],
        decision,
        analyst: "Ada".to_owned(),
        reason: None,
    };
    let status = Decision::Correct { field: "status".to_owned(), value: "attempted".to_owned() };
    ledger.judge(&verdict(status), moment("2024-06-01")).unwrap();
    ledger.redact(&report_id("Tribune"), "Ada", "order", moment("2024-06-02")).unwrap();
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    let (whole, removed) = (file("whole"), file("removed"));
    made("unbroken").backup(&whole).unwrap();
    ledger.backup(&removed).unwrap();
    let mut missed = Vec::new();
    for (sql, part) in DAMAGE {
        let said: Vec<String> = [&whole, &removed]
            .map(|sound| {
                let broken = file("broken");
                std::fs::copy(sound, &broken).unwrap();
                rusqlite::Connection::open(&broken).unwrap().execute_batch(sql).unwrap();
                let faults = Ledger::open(&broken).unwrap().check().unwrap();
                faults.iter().map(|fault| fault.to_string() + "\n").collect()
            })
            .into();
        if !said.iter().any(|said| said.contains(part)) {
            missed.push(format!("{sql}: {part}: {said:?}"));
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

#[test]
fn samples_are_drawn_by_seed_and_compared_with_a_run() {
    let ledger = made("sampled");
    let ids = |seed| -> Vec<String> {
        ledger.sample(&Filter::default(), 2, seed).unwrap().into_iter().map(|report| report.id).collect()
    };
    assert_eq!(ids(1), ids(1));
    assert!((0..20).any(|seed| ids(seed) != ids(1)));
    assert!(ledger.sample(&Filter::default(), 4, 1).unwrap_err().to_string().contains("3 reports fit"));
    let herald = report_id("Herald");
    assert_eq!(ledger.described(&herald).unwrap().text.as_deref(), Some(REPORTS[0].2));
    let mut found = ledger.coded_by(&herald, None).unwrap().unwrap();
    let machine = found.clone();
    found[0].category = "COERCE".to_owned();
    let sentences = Sentences::from([(herald.clone(), vec![(0, 55), (55, 111), (111, 170)])]);
    let agreement = measure(&sentences, &found, &machine);
    assert_eq!(agreement.scores.map(|score| score.matches), [2, 2, 2]);
    assert_eq!(agreement.disagreements.len(), 1);
    assert_eq!(ledger.coded_by(&herald, Some(5)).unwrap(), None);
}
