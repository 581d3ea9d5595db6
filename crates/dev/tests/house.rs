//! Checks of the house: arrows between crates, shared lints, paths named in documents, length of files.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Which row each crate stands in; a crate uses rows below its own. `dev` may use all.
const ROWS: &[(&str, u8)] = &[
    ("document", 1),
    ("record", 1),
    ("annotate", 2),
    ("coder", 2),
    ("engine", 3),
    ("ledger", 3),
    ("workbench", 4),
    ("chancery", 5),
    ("dev", 6),
];

/// Lines past which a source file needs a reason.
const MAX_LINES: usize = 600;

/// Longer files, each with its reason.
const LONG_FILES: &[(&str, &str)] = &[];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn manifests() -> BTreeMap<String, toml::Table> {
    let mut manifests = BTreeMap::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let path = entry.unwrap().path();
        let manifest = fs::read_to_string(path.join("Cargo.toml")).unwrap().parse().unwrap();
        manifests.insert(path.file_name().unwrap().to_string_lossy().into_owned(), manifest);
    }
    manifests
}

#[test]
fn crates_use_rows_below_their_own() {
    let rows: BTreeMap<&str, u8> = ROWS.iter().copied().collect();
    let mut wrong = Vec::new();
    for (name, manifest) in manifests() {
        let Some(row) = rows.get(name.as_str()) else {
            wrong.push(format!("{name} has no row; give it one in ARCHITECTURE.md and here"));
            continue;
        };
        // Tests may reach down as well, so all three tables count.
        for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(used) = manifest.get(table).and_then(|table| table.as_table()) else { continue };
            for other in used.keys().filter(|other| rows.get(other.as_str()).is_some_and(|other| other >= row)) {
                wrong.push(format!("{name} uses {other}, which does not stand below it"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn crates_share_lints_and_versions() {
    let mut wrong = Vec::new();
    for (name, manifest) in manifests() {
        let inherits = |table: &str| {
            manifest.get(table).and_then(|table| table.get("workspace")).and_then(toml::Value::as_bool) == Some(true)
        };
        if !inherits("lints") {
            wrong.push(format!("{name} does not inherit the lints of the workspace"));
        }
        if manifest.get("package").and_then(|package| package.get("name")).and_then(toml::Value::as_str) != Some(&name)
        {
            wrong.push(format!("the folder {name} and its package differ in name"));
        }
        for table in ["dependencies", "dev-dependencies", "build-dependencies"] {
            let Some(used) = manifest.get(table).and_then(|table| table.as_table()) else { continue };
            for (other, value) in used {
                if value.get("workspace").and_then(toml::Value::as_bool) != Some(true) {
                    wrong.push(format!("{name}: the version of {other} belongs into the root Cargo.toml"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn source_files_are_short() {
    let mut wrong = Vec::new();
    for file in files_under(&root().join("crates"), "rs") {
        let lines = fs::read_to_string(&file).unwrap().lines().count();
        let name = relative(&file);
        if lines > MAX_LINES && !LONG_FILES.iter().any(|(long, _)| *long == name) {
            wrong.push(format!("{name} has {lines} lines; split it, or list it here with the reason"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every path in backticks in our documents is there. A path is what has a slash or an ending that we use, and no
/// blanks, capitals that stand for a name, or other signs of a pattern.
#[test]
fn paths_named_in_documents_exist() {
    let mut documents: Vec<PathBuf> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .collect();
    for folder in ["docs", "codebook", "models", "examples", "fuzz"] {
        documents.extend(files_under(&root().join(folder), "md"));
    }
    documents.sort();
    let mut wrong = Vec::new();
    for document in documents {
        let text = fs::read_to_string(&document).unwrap();
        let folder = document.parent().unwrap();
        for (number, line) in text.lines().enumerate() {
            for named in in_backticks(line).filter(|named| is_path(named)) {
                let bases = [folder, folder.parent().unwrap(), &root()].map(Path::to_path_buf);
                if !bases.iter().any(|base| base.join(named).exists()) {
                    wrong.push(format!("{}:{}: `{named}` does not exist", relative(&document), number + 1));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn in_backticks(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn is_path(named: &str) -> bool {
    const ENDINGS: &[&str] = &[".md", ".rs", ".toml", ".txt", ".json", ".jsonl", ".bin", ".lock", ".cff"];
    let first = named.split('/').next().unwrap_or_default();
    let plain = named.chars().all(|char| char.is_ascii_alphanumeric() || matches!(char, '/' | '.' | '-' | '_'));
    let placeholder =
        named.split(['/', '.']).any(|part| part.len() > 1 && part.chars().all(|char| char.is_ascii_uppercase()))
            && !named.ends_with(".md");
    let ours = root().join(first).exists() || ENDINGS.iter().any(|ending| named.ends_with(ending));
    // What is written by a run, or lies outside, is not ours to have.
    let outside = named.starts_with("..") || named.starts_with('/') || named.contains("//");
    plain
        && !placeholder
        && !outside
        && (named.contains('/') && ours || ENDINGS.iter().any(|ending| named.ends_with(ending)) && named.contains('/'))
}

fn files_under(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let Ok(entries) = fs::read_dir(folder) else { return files };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "target") {
                files.extend(files_under(&path, ending));
            }
        } else if path.extension().is_some_and(|extension| extension == ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).display().to_string()
}
