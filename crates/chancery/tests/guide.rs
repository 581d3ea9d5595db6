//! Every command of the guide does what it is for, on the ledger that `chancery demo` makes.
//!
//! What stands in a block marked `sh` is run, line by line; CLAIM, EVENT and REPORT stand for ids of the ledger.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Runs a line as a shell does, with the program of this build.
fn run(folder: &Path, line: &str) -> Output {
    let own = Path::new(env!("CARGO_BIN_EXE_chancery")).parent().unwrap();
    let others = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(own.to_owned()).chain(std::env::split_paths(&others))).unwrap();
    let mut shell = Command::new("sh");
    shell.args(["-c", line]).current_dir(folder).env("PATH", path).env("CHANCERY_LEDGER", "chancery-demo.db");
    shell.env_remove("CHANCERY_ANALYST").output().unwrap()
}

/// The lines that readers of a page are told to type.
fn typed(page: &str) -> impl Iterator<Item = &str> {
    page.split("```sh\n").skip(1).flat_map(|rest| rest.split("```").next().unwrap_or_default().lines())
}

#[cfg(unix)]
#[test]
fn commands_of_the_guide_work_on_the_demo() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    // The demo never ends, as it serves; its reports are taken in instead.
    let reports = root().join("examples/story/reports.jsonl");
    let made = run(folder, &format!("chancery add '{}'", reports.display()));
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    std::fs::create_dir(folder.join("my-reports")).unwrap();
    std::fs::write(
        folder.join("my-reports/one.txt"),
        "date 2018-04-15\n\nThe army attacked the base in Bria on Sunday.\n",
    )
    .unwrap();

    let first = |column: &str| {
        let rows = run(folder, "chancery claims --category assault --stories 2 --limit 1 --format json").stdout;
        let rows: serde_json::Value = serde_json::from_slice(&rows).unwrap();
        rows[0][column].as_str().unwrap_or_else(|| panic!("no {column} in {rows}")).to_owned()
    };
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(root().join("docs/guide")).unwrap().map(|entry| entry.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    pages.sort();
    let mut number = 0;
    for page in pages {
        let text = std::fs::read_to_string(&page).unwrap();
        for line in typed(&text).filter(|line| !line.starts_with("export ") && *line != "chancery demo") {
            let line = ["CLAIM", "EVENT", "REPORT"]
                .into_iter()
                .filter(|word| line.contains(word))
                .fold(line.to_owned(), |line, word| line.replace(word, &first(&word.to_lowercase())));
            let output = run(folder, &line);
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {line}: {told}", page.display());
            let printed = String::from_utf8_lossy(&output.stdout);
            assert!(!printed.contains("nothing of the kind"), "{}: {line} finds nothing", page.display());
            let written = line.split_whitespace().skip_while(|word| !matches!(*word, "-o" | "--output")).nth(1);
            assert!(written.is_none_or(|file| folder.join(file).exists()), "{}: {line} writes nothing", page.display());
            number += 1;
        }
    }
    assert!(number > 30, "the guide has {number} commands");
}

#[test]
fn pictures_of_the_guide_are_there_and_small() {
    for entry in std::fs::read_dir(root().join("docs/guide")).unwrap() {
        let page = entry.unwrap().path();
        let Ok(text) = std::fs::read_to_string(&page) else { continue };
        for picture in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let path = page.with_file_name(picture);
            let size =
                path.metadata().map(|file| file.len()).unwrap_or_else(|_| panic!("{} is missing", path.display()));
            assert!(size < 150_000, "{} has {size} bytes", path.display());
        }
    }
}
