//! The cases of `cases.txt`.

use super::read;
use document::{Document, TokenId};

#[track_caller]
fn check(notation: &str, word: &str, status: &str, sign: &str, background: bool) {
    let document = Document { syntax: document::testing::syntax(notation), ..Document::default() };
    let token = document.iter_tokens().find(|token| token.form() == word).expect(word).id;
    let reading = read(&document, token);
    let text = &document.report.text;
    assert_eq!(reading.status.as_str(), status, "{word} in: {text}");
    let found = if reading.factuality >= 0.75 {
        "+"
    } else if reading.factuality <= -0.75 {
        "-"
    } else {
        "0"
    };
    assert_eq!(found, sign, "{word} in: {text}: {}", reading.factuality);
    assert_eq!(reading.background, background, "{word} in: {text}");
}

#[test]
fn status_follows_grammar_and_word_lists() {
    let cases = include_str!("cases.txt");
    for case in cases.split("\n\n").filter(|case| !case.starts_with('#')) {
        let notation: String =
            case.lines().filter(|line| !line.starts_with('=')).map(|line| format!("{line}\n")).collect();
        for line in case.lines().filter_map(|line| line.strip_prefix("= ")) {
            let words: Vec<&str> = line.split_whitespace().collect();
            check(&notation, words[0], words[1], words[2], words.get(3).is_some());
        }
    }
}

#[test]
fn any_token_of_a_bare_document_can_be_read() {
    let document = Document { syntax: document::testing::syntax("Fire fire NOUN NN 0 root"), ..Document::default() };
    assert!(!read(&document, TokenId(0)).background);
}
