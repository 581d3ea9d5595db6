//! The ledger under failure: killed at any moment, written twice at once, read-only, foreign, newer, damaged.
//!
//! `CHANCERY_KILLS` sets how often the program is killed; the full test has 200.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const PROGRAM: &str = env!("CARGO_BIN_EXE_chancery");

/// A folder for one test, empty.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ledger").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// An archive of short reports of words drawn by a fixed series, all different.
fn archive(folder: &Path, reports: usize) -> PathBuf {
    let mut lines = String::new();
    let mut state = 88_172_645_463_325_252_u64;
    let mut word = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let syllable = |at: u32| ["ka", "mo", "ri", "ten", "su", "la", "vor", "ne"][(state >> (at * 3)) as usize % 8];
        (0..3).map(syllable).collect::<String>()
    };
    for number in 0..reports {
        let day = number % 28 + 1;
        let text: Vec<String> = (0..40).map(|_| word()).collect();
        let _ = writeln!(
            lines,
            r#"{{"id":"n{number}","published":"2023-02-{day:02}","outlet":"Delta Wire","url":"https://delta.example/{number}","title":"Item {number}","text":"{}."}}"#,
            text.join(" ")
        );
    }
    let path = folder.join("archive.jsonl");
    fs::write(&path, lines).unwrap();
    path
}

fn chancery(arguments: &[&str], ledger: &Path) -> Output {
    Command::new(PROGRAM).args(arguments).arg("--ledger").arg(ledger).output().unwrap()
}

/// The ids of all reports of a ledger, after its integrity was checked.
fn reports(ledger: &Path) -> Vec<String> {
    let ledger = ledger::Ledger::read(ledger).unwrap();
    let check = ledger.ask("PRAGMA integrity_check").unwrap();
    assert_eq!(check.rows, [[ledger::questions::Value::Text("ok".to_owned())]]);
    let answer = ledger.ask("SELECT id FROM report ORDER BY id").unwrap();
    answer.rows.iter().map(|row| row[0].as_text().unwrap().to_owned()).collect()
}

#[test]
fn what_was_acknowledged_survives_a_kill_and_nothing_is_doubled() {
    let folder = folder("kill");
    let archive = archive(&folder, 1_500);
    let ledger = folder.join("ledger.db");
    let kills: u64 = std::env::var("CHANCERY_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(12);
    let mut acknowledged = BTreeSet::new();
    // A fixed series of moments: what it hits differs with the machine, what must hold does not.
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    for _ in 0..kills {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let mut child = Command::new(PROGRAM)
            .args(["add", "--no-coding", "--acknowledge", "--ledger"])
            .arg(&ledger)
            .arg(&archive)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = child.stdout.take().unwrap();
        let reader = std::thread::spawn(move || BufReader::new(out).lines().map_while(Result::ok).collect::<Vec<_>>());
        std::thread::sleep(Duration::from_micros(state % 400_000));
        // SIGKILL on Unix.
        let _ = child.kill();
        child.wait().unwrap();
        let mut lines = reader.join().unwrap();
        // The last line may be cut off.
        lines.retain(|line| line.contains('\t'));
        acknowledged.extend(lines.iter().filter_map(|line| line.split('\t').next()).map(str::to_owned));
        if ledger.exists() && fs::metadata(&ledger).unwrap().len() > 0 {
            let there: BTreeSet<String> = if ledger::Ledger::read(&ledger).is_ok() {
                reports(&ledger).into_iter().collect()
            } else {
                // Killed before the schema was laid: nothing can have been acknowledged.
                assert!(acknowledged.is_empty());
                BTreeSet::new()
            };
            assert!(acknowledged.is_subset(&there), "acknowledged and lost");
        }
    }
    let end = chancery(&["add", "--no-coding", archive.to_str().unwrap()], &ledger);
    assert!(end.status.success(), "{}", String::from_utf8_lossy(&end.stderr));
    let all = reports(&ledger);
    assert_eq!(all.len(), 1_500, "each report once");
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), 1_500);
}

#[test]
fn foreign_newer_and_missing_files_are_refused_and_stay_as_they_are() {
    let folder = folder("foreign");
    let text = folder.join("text.db");
    fs::write(&text, "no ledger, but a letter\n".repeat(100)).unwrap();
    let newer = folder.join("newer.db");
    assert!(chancery(&["add", "--no-coding", archive(&folder, 3).to_str().unwrap()], &newer).status.success());
    // The version stands in bytes 60 to 63 of the file's head (SQLite file format, "user version").
    let mut bytes = fs::read(&newer).unwrap();
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&newer, &bytes).unwrap();
    let missing = folder.join("missing.db");
    for (file, words) in [
        (&text, "this is no ledger of Chancery"),
        (&newer, "the ledger has schema 99"),
        (&missing, "there is no ledger here"),
        (&folder, "this is no ledger of Chancery"),
    ] {
        let before = fs::read(file).ok();
        let output = chancery(&["events"], file);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && told.contains(words), "{}: {told}", file.display());
        if *file != missing {
            let output = chancery(&["add", "--no-coding", archive(&folder, 2).to_str().unwrap()], file);
            let told = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && told.contains(words), "{}: {told}", file.display());
        }
        assert_eq!(fs::read(file).ok(), before, "{} was changed", file.display());
    }
    assert!(!missing.exists());
}

#[test]
fn a_damaged_ledger_is_named_and_does_not_end_in_a_panic() {
    let folder = folder("damaged");
    let ledger = folder.join("ledger.db");
    assert!(chancery(&["add", "--no-coding", archive(&folder, 400).to_str().unwrap()], &ledger).status.success());
    let whole = fs::read(&ledger).unwrap();
    for cut in [whole.len() / 2, whole.len() - 100, 5_000] {
        fs::write(&ledger, &whole[..cut]).unwrap();
        told_without_panic(&chancery(&["stories"], &ledger));
    }
    let mut spoilt = whole;
    for byte in spoilt.iter_mut().skip(4_096).step_by(97) {
        *byte ^= 0x55;
    }
    fs::write(&ledger, &spoilt).unwrap();
    told_without_panic(&chancery(&["search", "envoy"], &ledger));
    told_without_panic(&chancery(&["brief"], &ledger));
}

fn told_without_panic(output: &Output) {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(!told.contains("panicked"), "{told}");
    assert!(matches!(output.status.code(), Some(0 | 1)), "{told}");
}

#[test]
fn a_second_writer_is_refused_in_plain_words() {
    let folder = folder("second");
    let ledger = folder.join("ledger.db");
    let archive = archive(&folder, 5);
    assert!(chancery(&["add", "--no-coding", archive.to_str().unwrap()], &ledger).status.success());
    let mut first = ledger::Ledger::open(&ledger).unwrap();
    let mut writer = ledger::Writer::new(&mut first, "2023-02-01T00:00:00Z".parse().unwrap());
    writer.skip("held", "", "a lock").unwrap();
    let other = self::archive(&folder, 9);
    let output = chancery(&["add", "--no-coding", other.to_str().unwrap()], &ledger);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success() && told.contains("another program is writing"), "{told}");
    writer.commit().unwrap();
    assert!(chancery(&["add", "--no-coding", other.to_str().unwrap()], &ledger).status.success());
    assert_eq!(reports(&ledger).len(), 9);
}
