//! How values are shown: rows of answers by the names of their columns, days with their weekday, texts from outside.

use jiff::civil::Date;
use ledger::questions::{Answer, Value};

/// A row with the names of its columns.
#[derive(Clone, Copy)]
pub(crate) struct Row<'a> {
    answer: &'a Answer,
    row: &'a [Value],
}

/// The rows of an answer.
pub(crate) fn rows(answer: &Answer) -> impl Iterator<Item = Row<'_>> {
    answer.rows.iter().map(move |row| Row { answer, row })
}

impl Row<'_> {
    /// The cell as a text; empty where there is nothing.
    pub(crate) fn text(&self, column: &str) -> String {
        match self.answer.get(self.row, column) {
            Value::Null => String::new(),
            Value::Integer(number) => number.to_string(),
            Value::Real(number) => number.to_string(),
            Value::Text(text) => text.clone(),
        }
    }

    /// The cell as a whole number; 0 where there is none.
    pub(crate) fn number(&self, column: &str) -> i64 {
        if let Value::Integer(number) = self.answer.get(self.row, column) { *number } else { 0 }
    }

    /// The cell as a number.
    pub(crate) fn real(&self, column: &str) -> Option<f64> {
        match self.answer.get(self.row, column) {
            Value::Real(number) => Some(*number),
            Value::Integer(number) => Some(*number as f64),
            _ => None,
        }
    }

    pub(crate) fn yes(&self, column: &str) -> bool {
        self.number(column) == 1
    }
}

/// "Sun 2018-03-11"; what is no day stays as it is.
pub(crate) fn weekday(day: &str) -> String {
    day.parse::<Date>().map_or_else(|_| day.to_owned(), |date| format!("{} {day}", date.strftime("%a")))
}

/// A text with the weekday before each day that stands in it.
pub(crate) fn with_weekdays(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len() + 8), text);
    while let Some(at) = rest.find(|char: char| char.is_ascii_digit()) {
        let long = rest[at..].find(|char: char| !char.is_ascii_digit() && char != '-').unwrap_or(rest.len() - at);
        let (before, word) = (&rest[..at], &rest[at..at + long]);
        out.push_str(before);
        let inside = before.ends_with(|char: char| char.is_alphanumeric());
        out.push_str(&if word.len() == 10 && !inside { weekday(word) } else { word.to_owned() });
        rest = &rest[at + long..];
    }
    out + rest
}

/// Days of something that lasts from one to another, as far as they are known.
pub(crate) fn days(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => String::new(),
        (from, to) if from == to || to.is_empty() => weekday(from),
        ("", to) => format!("until {}", weekday(to)),
        (from, to) => format!("{} to {}", weekday(from), weekday(to)),
    }
}

/// Parts that are not empty, joined.
pub(crate) fn joined(parts: &[&str], by: &str) -> String {
    parts.iter().copied().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(by)
}

/// From 0 to 1 as per cent.
pub(crate) fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// "1 report", "2 reports".
pub(crate) fn counted(number: i64, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The sign that stands for one that would move what stands around it.
const HARMLESS: char = char::REPLACEMENT_CHARACTER;

/// A page whose texts from outside turn no writing direction and hold no control characters. All such characters are
/// foreign, as our own templates have none but line breaks and tabs.
pub(crate) fn harmless(page: String) -> String {
    let moves = |char: char| {
        matches!(char, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{2028}' | '\u{2029}')
            || char.is_control() && !matches!(char, '\n' | '\t' | '\r')
    };
    if page.chars().any(moves) {
        page.chars().map(|char| if moves(char) { HARMLESS } else { char }).collect()
    } else {
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_have_their_weekday() {
        assert_eq!(days("2018-03-11", "2018-03-11"), "Sun 2018-03-11");
        assert_eq!(days("2018-03-11", "2018-03-12"), "Sun 2018-03-11 to Mon 2018-03-12");
        assert_eq!(days("", "2018-03-12"), "until Mon 2018-03-12");
        assert_eq!(days("", ""), "");
        assert_eq!(weekday("soon"), "soon");
        assert_eq!(
            with_weekdays("2018-03-11, due 2018-03-12: 12 of 2018-3"),
            "Sun 2018-03-11, due Mon 2018-03-12: 12 of 2018-3"
        );
        assert_eq!(with_weekdays("a2018-03-11 é1234567890-"), "a2018-03-11 é1234567890-");
    }

    #[test]
    fn signs_that_move_the_text_are_replaced() {
        assert_eq!(harmless("a\u{202e}b\u{0}c\n".to_owned()), "a\u{fffd}b\u{fffd}c\n");
    }
}
