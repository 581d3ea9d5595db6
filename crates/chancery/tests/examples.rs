//! Every report in `examples/`, as `chancery read` shows it, kept as a snapshot. A change of rules or models shows here.
//!
//! `INSTA_UPDATE=always cargo test -p chancery --test examples` rewrites them; read the differences before you commit.

use chancery::intake::{Inputs, Options};
use chancery::output::reading;
use engine::Engine;
use std::path::{Path, PathBuf};

#[test]
fn examples_are_read_as_their_snapshots_say() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl"))
        .collect();
    files.sort();
    let engine = Engine::built_in().unwrap();
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    for input in Inputs::new(files, Options::default()) {
        let read = engine.read(input.unwrap().report);
        let report = &read.document.report;
        let text = reading::write(&engine.record(&read, false), &report.text, 92);
        let plain = anstream::adapter::strip_str(&text).to_string();
        settings.bind(|| insta::assert_snapshot!(report.id.trim_end_matches(".txt"), plain));
    }
}
