//! The command line: a folder of cases, arguments and input in, exact output and exit code out.
//!
//! A case is a file `cmd/NAME.case`: the command, then the parts `--- stdin`, `--- exit`, `--- stderr`, `--- stdout`.
//! It runs in `cmd/inputs`. Of JSON lines only the reports are compared; what is read in them is the matter of other
//! tests. `UPDATE_CASES=1 cargo test -p chancery --test cmd` rewrites the last three parts; read them before you commit.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

#[test]
fn cases_give_their_output() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let failures: Vec<String> = files.iter().filter_map(|file| check(&folder, file)).collect();
    assert!(failures.is_empty(), "{}", failures.join("\n\n"));
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(examples)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension != "md"))
        .collect();
    files.sort();
    let read = |threads: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
        command.args(["read", "--format", "jsonl", "--threads", threads]).args(&files);
        command.output().unwrap().stdout
    };
    let one = read("1");
    assert!(one.len() > 10_000);
    assert!(one == read("3") && one == read("8"));
}

#[cfg(unix)]
#[test]
fn closed_pipe_is_a_quiet_end() {
    let mut child = command("chancery read --color never plain.txt plain.txt").stdout(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
}

#[test]
fn places_of_a_dump_are_added_and_read() {
    let own = Path::new(env!("CARGO_TARGET_TMPDIR")).join("own-places.tsv");
    let _ = std::fs::remove_file(&own);
    let add = || {
        let output = command("chancery gazetteer add places.tsv --to").arg(&own).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, told) = add();
    assert_eq!(code, Some(3));
    for line in [
        "places.tsv: line 3: 2 columns instead of 19",
        "places.tsv: line 4: the latitude “ninety” is no number",
        "places.tsv: line 6: “ZZ” is no code of a country",
        "places.tsv: line 7: the longitude 228.2 is beyond 180",
        "2 places read, 1 left out as roads, fields and the like, 4 lines not understood; 2 new, 2 in all",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    // A second time brings nothing new.
    assert!(add().1.contains("0 new, 2 in all"));
    let read = |own: Option<&Path>| {
        let mut command = command("chancery read --format jsonl stary-put.txt");
        command.args(own.iter().flat_map(|own| [Path::new("--gazetteer"), own]));
        String::from_utf8(command.output().unwrap().stdout).unwrap()
    };
    let place = "\"name\":\"Drumul Vechi\",\"lat\":46.95";
    assert!(read(Some(&own)).contains(place) && !read(None).contains(place), "{}", read(Some(&own)));
}

fn command(line: &str) -> Command {
    let mut words = line.split_whitespace();
    assert_eq!(words.next(), Some("chancery"));
    let mut command = Command::new(env!("CARGO_BIN_EXE_chancery"));
    command.args(words).current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd/inputs"));
    command.env_remove("CLICOLOR_FORCE").env("NO_COLOR", "1").env_remove("COLUMNS").stderr(Stdio::piped());
    command
}

/// Runs one case; what is wrong with it, if anything is.
fn check(folder: &Path, file: &Path) -> Option<String> {
    let case = std::fs::read_to_string(file).unwrap();
    let line = case.lines().next().and_then(|line| line.strip_prefix("$ ")).unwrap();
    let stdin = case.split_once("--- stdin\n").map(|(_, rest)| rest.split("--- exit").next().unwrap_or(rest));
    let mut child = command(line).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(stdin.unwrap_or_default().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();

    let mut found = format!("$ {line}\n");
    if let Some(stdin) = stdin {
        let _ = write!(found, "--- stdin\n{stdin}");
    }
    let _ = writeln!(found, "--- exit\n{}", output.status.code().unwrap_or(-1));
    let _ =
        write!(found, "--- stderr\n{}", String::from_utf8(output.stderr).unwrap().replace("chancery.exe", "chancery"));
    let _ = write!(found, "--- stdout\n{}", reports_alone(&String::from_utf8(output.stdout).unwrap()));
    if found == case {
        return None;
    }
    if std::env::var_os("UPDATE_CASES").is_some() {
        std::fs::write(file, &found).unwrap();
        return None;
    }
    let name = file.strip_prefix(folder).unwrap_or(file).display();
    Some(format!("{name}: expected\n{case}\nfound\n{found}"))
}

/// Lines of JSON cut to their reports, without the hash; other output as it is.
fn reports_alone(stdout: &str) -> String {
    let mut out = String::new();
    for line in stdout.lines() {
        match serde_json::from_str::<serde_json::Value>(line) {
            Ok(mut record) if record.get("report").is_some() => {
                if let Some(report) = record["report"].as_object_mut() {
                    report.remove("sha256");
                }
                let _ = writeln!(out, "{}", serde_json::to_string_pretty(&record["report"]).unwrap());
            }
            _ => {
                let _ = writeln!(out, "{}", line.trim_end());
            }
        }
    }
    out
}
