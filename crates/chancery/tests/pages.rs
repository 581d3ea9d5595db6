//! The main text of pages: each page `pages/NAME.html` gives the paragraphs of `pages/NAME.txt`, and no others. The pages
//! were written for this test, one for each way in which sites are built. What a page says of itself is told by the
//! snapshot of all pages.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use chancery::intake::page;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

#[test]
fn pages_give_their_articles() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pages");
    let mut files: Vec<PathBuf> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "html"))
        .collect();
    files.sort();
    assert!(files.len() > 9);
    let (mut told, mut wrong) = (String::new(), String::new());
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let expected = std::fs::read_to_string(file.with_extension("txt")).unwrap();
        let body = match page::read(&name, std::fs::read(&file).unwrap(), None) {
            Ok(received) => {
                let report = received.report;
                let date = report.published.map(|day| day.to_string());
                let title = report.title.map(|title| title.of(&report.text).to_owned());
                let fields = [date, report.language, report.outlet, report.url, title];
                let fields = fields.map(|field| field.unwrap_or_else(|| "-".to_owned()));
                let _ = writeln!(told, "{name}: {}", fields.join(" | "));
                for remark in received.remarks {
                    let _ = writeln!(told, "    {remark}");
                }
                report.text[report.body_start as usize..].to_owned()
            }
            Err(reason) => {
                let _ = writeln!(told, "{name}: {reason}");
                String::new()
            }
        };
        let (expected, found) = (paragraphs(&expected), paragraphs(&body));
        for (sign, these, those) in [('-', &expected, &found), ('+', &found, &expected)] {
            for paragraph in these.iter().filter(|paragraph| !those.contains(paragraph)) {
                let _ = writeln!(wrong, "{name}: {sign} {paragraph}");
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
    insta::assert_snapshot!("pages", told);
}

fn paragraphs(text: &str) -> Vec<&str> {
    text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect()
}
