//! The pages in a real browser: `tests/browser` holds the tests, in JavaScript, and says with what they are run.

use crate::scene::{own, served, visit};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

const BROWSERS: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Says why nothing was tested. Not by `eprintln`, which is heard of failed tests alone.
fn skip(why: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {why}");
}

/// Where a program lies, if it is there.
fn installed(program: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&folders).map(|folder| folder.join(program)).find(|path| path.is_file())
}

/// The version of node, if it is there.
fn node() -> Option<u32> {
    let told = Command::new(installed("node")?).arg("--version").output().ok()?.stdout;
    String::from_utf8(told).ok()?.trim_start_matches('v').split('.').next()?.parse().ok()
}

#[test]
fn pages_do_what_they_are_for_in_a_browser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser");
    let Some(browser) = BROWSERS.into_iter().find_map(installed) else { return skip("no chromium") };
    if node().is_none_or(|version| version < 20) {
        return skip("no node of version 20 or later");
    }
    if !folder.join("node_modules/playwright-core").exists() || !folder.join("node_modules/axe-core").exists() {
        return skip("no playwright-core (npm ci in crates/workbench/tests/browser)");
    }
    let (reading, writing) = (served(&visit()), served(&own("browser")));
    let tests = Command::new("node")
        .args(["--test", "--test-concurrency=1", "--test-reporter=spec"])
        .current_dir(folder)
        .env("CHANCERY_CHROMIUM", &browser)
        .env("CHANCERY_READING", reading)
        .env("CHANCERY_WRITING", writing)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&tests.stdout);
    assert!(tests.status.success() && told.contains("pass "), "{told}\n{}", String::from_utf8_lossy(&tests.stderr));
    let passed: Vec<&str> = told.lines().filter(|line| line.contains('✔')).collect();
    let _ = writeln!(std::io::stderr(), "in {}:\n{}", browser.display(), passed.join("\n"));
}
