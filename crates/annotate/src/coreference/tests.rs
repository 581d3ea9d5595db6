//! The cases of `cases.txt`.

use document::{Name, NameKind, Syntax, TokenSpan};

#[track_caller]
fn check(notation: &str, names: &[(NameKind, &str)], expected: &[&str]) {
    let syntax = document::testing::syntax(notation);
    let all: Vec<Name> = names.iter().flat_map(|(kind, words)| occurrences(&syntax, words, *kind)).collect();
    let inside = |name: &Name| all.iter().any(|other| other.span != name.span && other.span.contains(name.span));
    let names: Vec<Name> = all.iter().filter(|name| !inside(name)).cloned().collect();
    let chains: Vec<String> = super::find(&syntax, &names)
        .iter()
        .map(|chain| chain.mentions.iter().map(|mention| syntax.text(*mention)).collect::<Vec<_>>().join(" | "))
        .collect();
    assert_eq!(chains, expected, "{}", syntax.report.text);
}

fn occurrences(syntax: &Syntax, words: &str, kind: NameKind) -> Vec<Name> {
    let length = words.split(' ').count();
    (0..syntax.tokens.len().saturating_sub(length - 1))
        .map(|start| TokenSpan::new(start, start + length))
        .filter(|span| syntax.text(*span) == words)
        .map(|span| Name { span, kind })
        .collect()
}

fn kind(word: &str) -> NameKind {
    [NameKind::Person, NameKind::Organization, NameKind::Location, NameKind::Group, NameKind::Other]
        .into_iter()
        .find(|kind| kind.as_str() == word)
        .expect(word)
}

#[test]
fn names_descriptions_and_pronouns_chain() {
    let mut notation = String::new();
    let (mut names, mut chains) = (Vec::new(), Vec::new());
    let mut lines = include_str!("cases.txt").lines().filter(|line| !line.starts_with("# ")).peekable();
    while let Some(line) = lines.next() {
        if let Some(name) = line.strip_prefix("n ") {
            let (word, words) = name.split_once(' ').expect(name);
            names.push((kind(word), words));
        } else if let Some(chain) = line.strip_prefix("= ") {
            chains.push(chain);
        } else {
            notation.push_str(line);
            notation.push('\n');
        }
        // A case ends with its names and chains, or with the file.
        let expectation = line.starts_with("n ") || line.starts_with("= ");
        if lines.peek().is_none() || expectation && lines.peek() == Some(&"") {
            check(&notation, &names, &chains);
            notation.clear();
            names.clear();
            chains.clear();
        }
    }
}
