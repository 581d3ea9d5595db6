//! What goes out of the ledger and comes back: each form on a few of the example reports, as snapshots, and the promises
//! that hold for all of them.
//!
//! `INSTA_UPDATE=always cargo test -p chancery --test exports` rewrites the snapshots; read the differences before you
//! commit.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// Of each form a few rows.
const EXAMPLES: &[&str] = &[
    "2023-06-22-gegharkunik-clashes.txt",
    "2023-08-09-khost-strike.txt",
    "2023-09-15-luanda-ceasefire.txt",
    "2023-09-21-masisi-breach.txt",
    "wire.jsonl",
];

fn folder() -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("exports");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// A file that is not there yet.
fn fresh(name: &str) -> PathBuf {
    let path = folder().join(name);
    for ending in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{ending}", path.display()));
    }
    let _ = fs::remove_dir_all(&path);
    path
}

fn chancery(ledger: &Path, line: &str, files: &[PathBuf]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(line.split_whitespace()).args(files);
    command.current_dir(folder()).env("CHANCERY_LEDGER", ledger).env("NO_COLOR", "1").output().unwrap()
}

fn told(output: Output) -> String {
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{told}");
    told
}

fn text(ledger: &Path, line: &str) -> String {
    let output = chancery(ledger, line, &[]);
    assert!(output.status.success(), "{line}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The ledger of the examples.
fn examples() -> &'static Path {
    static LEDGER: OnceLock<PathBuf> = OnceLock::new();
    LEDGER.get_or_init(|| {
        let ledger = fresh("examples.db");
        let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
        let files: Vec<PathBuf> = EXAMPLES.iter().map(|name| examples.join(name)).collect();
        told(chancery(&ledger, "add", &files));
        ledger
    })
}

fn snapshot(name: &str, found: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("export-{name}"), found));
}

/// Objects of JSON, one field a line.
fn pretty(lines: &str) -> String {
    let objects = lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    objects.map(|object| serde_json::to_string_pretty(&object).unwrap() + "\n").collect()
}

#[test]
fn each_form_is_as_its_snapshot_says() {
    let ledger = examples();
    snapshot("events-csv", &text(ledger, "export --format csv --country COD --limit 3"));
    snapshot("tolls-csv", &text(ledger, "export --format csv --what tolls --limit 4"));
    snapshot("events-hxl", &text(ledger, "export --format hxl --category assault --limit 3"));
    snapshot("reports-jsonl", &pretty(&text(ledger, "export --format jsonl --what reports --limit 2")));
    snapshot(
        "claims-jsonl",
        &pretty(&text(ledger, "export --format jsonl --what claims --category assault --limit 2")),
    );
    snapshot("events-jsonl", &pretty(&text(ledger, "export --format jsonl --category consult --limit 1")));
    snapshot("events-cameo", &text(ledger, "export --format cameo"));
    let collection: serde_json::Value =
        serde_json::from_str(&text(ledger, "export --format geojson --category assault")).unwrap();
    assert_eq!(collection["type"], "FeatureCollection");
    let features = collection["features"].as_array().unwrap();
    for feature in features {
        let [lon, lat] = [0, 1].map(|at| feature["geometry"]["coordinates"][at].as_f64().unwrap());
        assert!(lon.abs() <= 180.0 && lat.abs() <= 90.0);
        assert!(feature["properties"]["place_precision"].is_string());
    }
    snapshot("events-geojson", &serde_json::to_string_pretty(&features.first()).unwrap());
}

#[test]
fn what_a_form_cannot_hold_is_counted() {
    let ledger = examples();
    let rows = |line: &str| text(ledger, line).lines().count() - 1;
    let all = rows("export --format csv");
    for (form, heads) in [("geojson", 2), ("cameo", 0)] {
        let output = chancery(ledger, &format!("export --format {form}"), &[]);
        let written = String::from_utf8(output.stdout.clone()).unwrap().lines().count() - 1 - heads / 2;
        let told = told(output);
        let left: usize = told.split_whitespace().find_map(|word| word.parse().ok()).unwrap();
        assert_eq!(left + written, all, "{form}: {told}");
    }
}

#[test]
fn parquet_is_a_file_of_the_same_rows() {
    let file = fresh("events.parquet");
    told(chancery(examples(), &format!("export --format parquet --output {}", file.display()), &[]));
    let bytes = fs::read(&file).unwrap();
    assert!(bytes.starts_with(b"PAR1") && bytes.ends_with(b"PAR1"));
    let again = fresh("again.parquet");
    told(chancery(examples(), &format!("export --format parquet --output {}", again.display()), &[]));
    assert!(fs::read(&again).unwrap() == bytes);
}

#[test]
fn participants_are_those_of_the_question() {
    let names = |csv: &str| -> BTreeMap<String, (String, String)> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let (event, actors, recipients) = (at("event"), at("actors"), at("recipients"));
        let rows = reader.records().map(Result::unwrap);
        rows.map(|row| (row[event].to_owned(), (row[actors].to_owned(), row[recipients].to_owned()))).collect()
    };
    let exported = names(&text(examples(), "export --format csv --with-persons"));
    assert!(exported.len() > 20);
    assert_eq!(exported, names(&text(examples(), "events --format csv")));
}

#[test]
fn records_come_back_without_loss() {
    let ledger = examples();
    let tables = |ledger: &Path| {
        ["events", "claims", "reports", "tolls"].map(|what| text(ledger, &format!("export --format csv --what {what}")))
    };
    for with_text in [" --with-text", ""] {
        let line = format!("export --format record{with_text}");
        let given = text(ledger, &line);
        assert_eq!(given.lines().count(), 9, "eight reports and the run that read them");
        assert_eq!(given.contains("told reporters"), !with_text.is_empty());
        let file = fresh("given.jsonl");
        fs::write(&file, &given).unwrap();
        let other = fresh("other.db");
        assert!(told(chancery(&other, "import", std::slice::from_ref(&file))).contains("8 reports taken back"));
        assert!(text(&other, &line) == given);
        if !with_text.is_empty() {
            assert_eq!(tables(&other), tables(ledger));
            assert_eq!(text(&other, "stories --format csv"), text(ledger, "stories --format csv"));
        }
        // A second time brings nothing new, and the order of the lines changes nothing.
        assert!(told(chancery(&other, "import", std::slice::from_ref(&file))).contains("8 were there already"));
        let turned: String = given.lines().rev().map(|line| format!("{line}\n")).collect();
        fs::write(&file, turned).unwrap();
        let turned = fresh("turned.db");
        told(chancery(&turned, "import", &[file]));
        assert!(text(&turned, &line) == given);
        assert_eq!(tables(&turned), tables(&other));
    }
}

#[test]
fn what_people_decided_comes_back() {
    let ledger = fresh("decided.db");
    let report = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/2023-08-09-khost-strike.txt");
    told(chancery(&ledger, "add", &[report]));
    let first = |csv: &str| csv.lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let claim = first(&text(&ledger, "claims --format csv --category assault"));
    told(chancery(&ledger, &format!("verdict correct {claim} day 2023-08-01 --analyst Ada"), &[]));
    told(chancery(&ledger, "verdict undo 1 --analyst Ben", &[]));
    told(chancery(&ledger, &format!("verdict reject {claim} --analyst Ben --reason drill"), &[]));
    let line = "export --format record --with-text";
    let given = text(&ledger, line);
    let file = fresh("decided.jsonl");
    fs::write(&file, &given).unwrap();
    let other = fresh("decided-elsewhere.db");
    assert!(told(chancery(&other, "import", std::slice::from_ref(&file))).contains("3 verdicts entered; 0 were there"));
    assert!(text(&other, line) == given);
    for question in
        ["verdicts --format csv", "events --format csv", "claims --format csv", "runs --format csv", "brief"]
    {
        assert_eq!(text(&other, question), text(&ledger, question), "{question}");
    }
    assert!(told(chancery(&other, "import", &[file])).contains("0 verdicts entered; 3 were there already"));
    assert_eq!(text(&other, "verdicts --format csv").lines().count(), 4);
}

#[test]
fn months_stand_beside_what_was_read() {
    let ledger = examples();
    snapshot(
        "country-months-csv",
        &text(ledger, "export --what country-months --format csv --country AFG --from 2023-07-20 --to 2023-09-01"),
    );
    snapshot(
        "admin1-months-jsonl",
        &pretty(&text(
            ledger,
            "export --what admin1-months --format jsonl --policy weighted --country AFG --from 2023-08-01 --to 2023-08-31 --limit 2",
        )),
    );
    snapshot("vintages-csv", &text(ledger, "export --what vintages --format csv"));
    let column = |csv: &str, name: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        let at = reader.headers().unwrap().iter().position(|head| head == name).unwrap();
        reader.records().map(|row| row.unwrap()[at].to_owned()).collect()
    };
    let all = text(ledger, "export --what country-months --format csv");
    let sum = |name: &str| column(&all, name).iter().filter_map(|cell| cell.parse::<f64>().ok()).sum::<f64>();
    assert!(
        sum("events_low") <= sum("events_best") && sum("events_best") <= sum("events_high") && sum("events_best") > 3.0
    );
    assert!(column(&all, "policy").iter().all(|policy| policy == "most-held"));
    let unread = column(&all, "reports_read")
        .iter()
        .zip(column(&all, "events_best"))
        .any(|(read, events)| read == "0" && events.is_empty());
    assert!(unread, "{all}");
    // As of a day before the last reports there is less.
    let known =
        |line: &str| column(&text(ledger, line), "new").iter().map(|new| new.parse::<u32>().unwrap()).sum::<u32>();
    assert!(
        known("export --what vintages --format csv --as-of 2023-09-15") < known("export --what vintages --format csv")
    );
    let file = fresh("months.parquet");
    told(chancery(ledger, &format!("export --what admin1-months --format parquet --output {}", file.display()), &[]));
    assert!(fs::read(&file).unwrap().starts_with(b"PAR1"));
}

#[test]
fn a_policy_says_what_it_took() {
    let ledger = examples();
    for policy in ["most-held", "weighted", "latest"] {
        let tolls = text(ledger, &format!("tolls --format csv --policy {policy}"));
        let mut reader = csv::Reader::from_reader(tolls.as_bytes());
        let heads = reader.headers().unwrap().clone();
        let at = |name: &str| heads.iter().position(|head| head == name).unwrap();
        let [taken, averaged, inputs] = ["policy", "averaged", "inputs"].map(at);
        let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
        assert!(rows.len() > 2);
        for row in rows {
            assert_eq!(&row[taken], policy);
            assert_eq!(&row[averaged] == "1", policy == "weighted" && row[inputs].contains(", "), "{row:?}");
        }
    }
}

#[test]
fn records_of_reading_are_taken_and_others_refused() {
    let read = chancery(
        Path::new("none.db"),
        "read --format jsonl --with-text",
        &[Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/2023-08-09-khost-strike.txt")],
    );
    let good = String::from_utf8(read.stdout).unwrap();
    let changed = good.replace("\"length\":", "\"length\":1");
    let other = good.replace("chancery/1", "chancery/9");
    let file = fresh("read.jsonl");
    fs::write(&file, format!("{good}{changed}\n{other}\n{{\"text\": \"A report.\"}}\nno JSON\n")).unwrap();
    let ledger = fresh("read.db");
    let output = chancery(&ledger, "import", &[file]);
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8(output.stderr).unwrap();
    for part in [
        "does not have the length that stands beside it",
        "the schema \"chancery/9\" is not known, only \"chancery/1\"; use a newer Chancery",
        "`chancery add` takes reports in",
        "this is not JSON",
        "1 reports taken back with",
    ] {
        assert!(told.contains(part), "{part} in {told}");
    }
    assert!(text(&ledger, "claims --format csv").lines().count() > 3);
    assert_eq!(text(&ledger, "skipped --format csv").lines().count(), 5);
}

#[test]
fn private_persons_are_withheld_unless_named() {
    let report = fresh("persons.txt");
    fs::write(
        &report,
        "Title: Police arrest teacher Miriam Okello in Gulu\nDate: 2024-03-05\nOutlet: Lakeside Post\n\n\
         GULU (Lakeside Post) - Police arrested Miriam Okello in Gulu on Monday. Miriam Okello accused the police of \
         beating her. Ugandan President Yoweri Museveni condemned the protest on Monday.\n",
    )
    .unwrap();
    let ledger = fresh("persons.db");
    told(chancery(&ledger, "add", &[report]));
    for line in [
        "--format csv",
        "--format csv --what claims",
        "--format csv --what reports",
        "--format jsonl",
        "--format jsonl --what claims",
        "--format hxl",
        "--format geojson",
        "--format cameo",
    ] {
        let withheld = text(&ledger, &format!("export {line}"));
        assert!(!withheld.contains("Okello") && !withheld.contains("Miriam"), "{line}: {withheld}");
        let named = text(&ledger, &format!("export {line} --with-persons"));
        assert!(named.contains("Okello") || line.ends_with("cameo"), "{line}: {named}");
    }
    let claims = text(&ledger, "export --format csv --what claims");
    assert!(claims.contains("private person") && claims.contains("Museveni"), "{claims}");
    // Whom an analyst names is withheld as well.
    let claim = text(&ledger, "claims --format csv").lines().nth(1).unwrap().split(',').next().unwrap().to_owned();
    let mut correct = Command::new(env!("CARGO_BIN_EXE_chancery"));
    correct
        .args(["verdict", "correct", &claim, "actor", "Anna Berg", "--analyst", "Ada"])
        .env("CHANCERY_LEDGER", &ledger);
    told(correct.output().unwrap());
    for what in ["events", "claims"] {
        let line = format!("export --format csv --what {what}");
        assert!(!text(&ledger, &line).contains("Berg"), "{what}");
        assert!(text(&ledger, &format!("{line} --with-persons")).contains("Anna Berg"), "{what}");
    }
}

#[test]
fn release_is_frozen_and_tells_what_changed() {
    let first = fresh("release-1");
    let made = |ledger: &Path, folder: &Path, more: &str| {
        chancery(ledger, &format!("release --output {} --contributor Ada {more}", folder.display()), &[])
    };
    told(made(examples(), &first, ""));
    let names =
        ["CITATION.txt", "claims.csv", "coverage.csv", "datapackage.json", "events.csv", "reports.csv", "tolls.csv"];
    let mut found: Vec<String> =
        fs::read_dir(&first).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    found.sort();
    assert_eq!(found, names);
    let package: serde_json::Value =
        serde_json::from_slice(&fs::read(first.join("datapackage.json")).unwrap()).unwrap();
    assert_eq!(package["version"], "2024-09-12");
    for resource in package["resources"].as_array().unwrap() {
        let csv = fs::read_to_string(first.join(resource["path"].as_str().unwrap())).unwrap();
        assert_eq!(resource["bytes"], csv.len());
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(csv.lines().next(), Some(names.join(",").as_str()));
    }
    // The same ledger gives the same bytes.
    let again = fresh("release-again");
    told(made(examples(), &again, ""));
    for name in names {
        assert!(fs::read(first.join(name)).unwrap() == fs::read(again.join(name)).unwrap(), "{name}");
    }
    // A folder that holds something is left alone.
    let refused = made(examples(), &first, "");
    assert_eq!(refused.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("name a new folder with --output"));
    // With another report.
    let ledger = fresh("grown.db");
    let file = fresh("grown.jsonl");
    fs::write(&file, text(examples(), "export --format record --with-text")).unwrap();
    told(chancery(&ledger, "import", &[file]));
    told(chancery(
        &ledger,
        "add",
        &[Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/2023-07-18-elbur-withdrawal.txt")],
    ));
    let second = fresh("release-2");
    told(made(&ledger, &second, &format!("--version 2 --since {}", first.display())));
    let changes = fs::read_to_string(second.join("changes.csv")).unwrap();
    assert!(changes.lines().skip(1).count() > 2, "{changes}");
    assert!(changes.lines().skip(1).all(|line| line.contains(",added,") || line.contains(",changed,")), "{changes}");
}

#[test]
fn what_does_not_fit_together_is_refused_with_a_next_step() {
    for (line, part) in [
        ("export --format geojson --what claims", "leave out --what"),
        ("export --format cameo --what tolls", "leave out --what"),
        ("export --format geojson --what vintages", "leave out --what"),
        ("events --category war", "there is no category war"),
        ("events --status done", "there is no status done; there are occurred"),
        ("events --country DR", "three letters"),
        ("search AND", "give plain words"),
        ("search \"open", "in quotation marks"),
        ("export --format csv --with-text", "take --format record"),
        ("export --format record --what claims", "leave out --what"),
        ("export --format record --with-persons", "leave out --with-persons"),
        ("release --output new --since nowhere", "name the folder that `chancery release` wrote"),
    ] {
        let output = chancery(examples(), line, &[]);
        assert_eq!(output.status.code(), Some(1), "{line}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains(part), "{line}: {told}");
    }
    let none = chancery(Path::new("none.db"), "export --format csv", &[]);
    assert!(String::from_utf8_lossy(&none.stderr).contains("`chancery add` makes one"));
}
