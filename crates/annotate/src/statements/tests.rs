//! The cases of `cases.txt`.

use document::{Statement, Syntax, TokenSpan};

#[track_caller]
fn check(notation: &str, expected: &[&str]) {
    let syntax = document::testing::syntax(notation);
    let found: Vec<String> = super::find(&syntax, &[], &[]).iter().map(|statement| line(&syntax, statement)).collect();
    assert_eq!(found, expected, "{}", syntax.report.text);
}

fn line(syntax: &Syntax, statement: &Statement) -> String {
    let words = |spans: &[TokenSpan]| match spans {
        [] => "-".to_owned(),
        spans => spans.iter().map(|span| syntax.text(*span).replace("\n\n", " ")).collect::<Vec<_>>().join(" / "),
    };
    let mut line = [words(&statement.speakers), words(&statement.cue), words(&statement.content)].join(" | ");
    line.push_str(&format!(" | {}", statement.manner.as_str()));
    if let Some(addressee) = statement.addressee {
        line.push_str(&format!(" | to {}", syntax.text(addressee)));
    }
    if let Some(within) = statement.within {
        line.push_str(&format!(" | in {within}"));
    }
    line
}

#[test]
fn speaker_cue_content_and_manner() {
    let mut notation = String::new();
    let mut expected = Vec::new();
    let mut lines = include_str!("cases.txt").lines().filter(|line| !line.starts_with("# ")).peekable();
    while let Some(line) = lines.next() {
        match line.strip_prefix("= ") {
            Some(statement) => expected.push(statement),
            None => {
                notation.push_str(line);
                notation.push('\n');
            }
        }
        // A case ends with its statements, or with the file.
        if lines.peek().is_none() || line.starts_with('=') && lines.peek() == Some(&"") {
            check(&notation, &expected);
            notation.clear();
            expected.clear();
        }
    }
}
