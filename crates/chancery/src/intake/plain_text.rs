//! Plain text with an optional head that gives title, date, outlet and URL.
//!
//! The stored text is the whole input, decoded and otherwise unchanged; the head is kept in it and is not read as prose. A byte order mark is
//! part of the stored text too, so that offsets fit the file.

use super::charset::{self, Decoded};
use super::dates::{DateProblem, read_date, read_day};
use super::{Position, Reason, Received, language};
use document::{Report, TextSpan};
use jiff::civil::Date;

const MARK: char = '\u{FEFF}';

/// Makes a report of the bytes of one text. `published` goes before any date that the text gives.
///
/// # Errors
/// If the bytes are no text or hold nothing to read.
pub fn read(id: &str, bytes: Vec<u8>, published: Option<Date>) -> Result<Received, Reason> {
    let Decoded { text, remark } = charset::decode(bytes, None)?;
    if is_blank(&text) {
        return Err(Reason::Empty);
    }
    let head = Head::find(&text);
    let mut report = Report {
        id: id.to_owned(),
        title: head.title,
        body_start: u32::try_from(head.body_start).unwrap_or(u32::MAX),
        outlet: head.outlet,
        url: head.url,
        ..Report::default()
    };
    let mut remarks: Vec<String> = remark.into_iter().collect();
    report.published = settle_date(published, head.date, &mut remarks);
    if head.date_runs_into_text {
        report.notes.push("the date line runs into the first sentence".to_owned());
    }
    report.notes.extend(remarks.iter().cloned());
    report.language = language::detect(&text[head.body_start..]);
    report.text = text;
    if report.blocks().all(|block| is_blank(block.of(&report.text))) {
        return Err(Reason::Empty);
    }
    Ok(Received { report, remarks, position: Position::default() })
}

/// The day told to the program, or else the one that the input gives; a date that cannot be read is remarked upon.
pub(super) fn settle_date(
    told: Option<Date>,
    written: Option<(String, Result<Date, DateProblem>)>,
    remarks: &mut Vec<String>,
) -> Option<Date> {
    match (told, written) {
        (Some(day), _) => Some(day),
        (None, Some((_, Ok(day)))) => Some(day),
        (None, Some((written, Err(problem)))) => {
            let written: String = written.chars().take(40).collect();
            remarks.push(format!("the date “{written}” was not used: {problem}; relative dates stay open"));
            None
        }
        (None, None) => None,
    }
}

/// Whether nothing in the text can be seen.
pub(super) fn is_blank(text: &str) -> bool {
    text.chars().all(|char| {
        char.is_whitespace()
            || char.is_control()
            || matches!(char, MARK | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{00AD}')
    })
}

/// What stands before the body.
#[derive(Default)]
struct Head {
    title: Option<TextSpan>,
    date: Option<(String, Result<Date, DateProblem>)>,
    outlet: Option<String>,
    url: Option<String>,
    body_start: usize,
    date_runs_into_text: bool,
}

/// Lines of a head before it is taken for prose. The four keys and a few doubles; no head is longer.
const MAX_HEAD_LINES: usize = 12;

impl Head {
    fn find(text: &str) -> Self {
        let start = text.len() - text.trim_start_matches(|char: char| char == MARK || char.is_whitespace()).len();
        Self::lines(text, start).or_else(|| Self::date_line(text, start)).unwrap_or_else(|| Self {
            // The mark is no prose, whatever follows it.
            body_start: text.len() - text.trim_start_matches(MARK).len(),
            ..Self::default()
        })
    }

    /// `Title:`, `Date:`, `Outlet:` and `URL:` lines, ended by an empty line or the end of the text.
    fn lines(text: &str, start: usize) -> Option<Self> {
        let mut head = Self::default();
        let mut at = start;
        for line in text[start..].split_inclusive('\n').take(MAX_HEAD_LINES) {
            if line.trim().is_empty() {
                head.body_start = at + line.len();
                return (at > start).then_some(head);
            }
            let (key, value) = line.split_once(':')?;
            let value_start = at + key.len() + 1 + (value.len() - value.trim_start().len());
            let value = value.trim();
            match key.trim().to_ascii_lowercase().as_str() {
                "title" if head.title.is_none() && !value.is_empty() => {
                    head.title = Some(TextSpan::new(value_start, value_start + value.len()));
                }
                // A day with prose behind it is a date line that runs into the text.
                "date" if runs_on(value) => return None,
                "date" if head.date.is_none() && !value.is_empty() => {
                    head.date = Some((value.to_owned(), read_date(value)));
                }
                "outlet" if head.outlet.is_none() && !value.is_empty() => head.outlet = Some(value.to_owned()),
                "url" if head.url.is_none() && !value.is_empty() => head.url = Some(value.to_owned()),
                "title" | "date" | "outlet" | "url" => {}
                _ => return None,
            }
            at += line.len();
        }
        head.body_start = at;
        (at > start && at == text.len()).then_some(head)
    }

    /// `date YYYY-MM-DD`, alone on its line or run into the first sentence.
    fn date_line(text: &str, start: usize) -> Option<Self> {
        let word = text[start..].split_at_checked(4).filter(|(word, _)| word.eq_ignore_ascii_case("date"))?.1;
        let blank = |char: char| matches!(char, ' ' | '\t' | '\u{A0}');
        let after_blanks = word.trim_start_matches(blank);
        let value = after_blanks.strip_prefix(':').unwrap_or(after_blanks).trim_start_matches(blank);
        if value.len() == word.len() {
            return None;
        }
        let (day, rest) = value.split_at_checked(10)?;
        let date = read_day(day);
        if date == Err(DateProblem::NotADay) || rest.starts_with(|next: char| next.is_alphanumeric() || next == '-') {
            return None;
        }
        let body = rest.trim_start_matches(blank);
        let date_runs_into_text = !body.is_empty() && !body.starts_with(['\n', '\r']);
        let body_start = text.len() - body.trim_start().len();
        Some(Self { date: Some((day.to_owned(), date)), body_start, date_runs_into_text, ..Self::default() })
    }
}

/// Whether a value begins with a day and goes on with what is no time.
fn runs_on(value: &str) -> bool {
    let day = value.get(..10).map(read_day);
    day.is_some_and(|day| day != Err(DateProblem::NotADay)) && read_date(value) == Err(DateProblem::NotADay)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn heads_are_metadata_and_the_text_is_kept() {
        check("Rebels left.", "- | - | - | Rebels left.");
        check(" date 2021-07-18 Rebels left.", "2021-07-18 | - | - | Rebels left.");
        check(" date: 2021-07-18 Rebels left.", "2021-07-18 | - | - | Rebels left.");
        check("Date: 2021-07-18 Rebels left.\n\nThey won.", "2021-07-18 | - | - | Rebels left.\n\nThey won.");
        check("Date: 2021-07-18\nRebels left.", "2021-07-18 | - | - | Rebels left.");
        check("\u{FEFF}DATE 2021-07-18\r\n\r\nRebels left.", "2021-07-18 | - | - | Rebels left.");
        check("\u{FEFF}Rebels left.", "- | - | - | Rebels left.");
        check(
            "Title: Rebels leave\nDate: 2021-07-18T10:00Z\nOutlet: The Post\n\nRebels left.",
            "2021-07-18 | Rebels leave | The Post | Rebels left.",
        );
        check(
            "title: Rebels leave\r\nurl: https://a.example/1\r\n\r\nRebels left.",
            "- | Rebels leave | - | Rebels left.",
        );
        check("Title: Rebels leave", "- | Rebels leave | - | ");
        check("Date: none given\n\nRebels left.", "- | - | - | Rebels left.");
        check("date 2021-02-30\nRebels left.", "- | - | - | Rebels left.");
        check("Title: a ship\nsank.\n\nIt was old.", "- | - | - | Title: a ship\nsank.\n\nIt was old.");
        check("Dates 2021-07-18 and later.", "- | - | - | Dates 2021-07-18 and later.");
        check("date 2021-07-181 is odd", "- | - | - | date 2021-07-181 is odd");
        check("Date 2021-07-18", "2021-07-18 | - | - | EMPTY");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let found = match read("test", text.as_bytes().to_vec(), None) {
            Ok(Received { report, .. }) => {
                assert_eq!(report.text, text);
                let date = report.published.map_or("-".to_owned(), |day| day.to_string());
                let title = report.title.map_or("-", |title| title.of(&report.text));
                let outlet = report.outlet.as_deref().unwrap_or("-");
                format!("{date} | {title} | {outlet} | {}", &report.text[report.body_start as usize..])
            }
            Err(Reason::Empty) => "2021-07-18 | - | - | EMPTY".to_owned(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_report_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read("test", bytes, None);
        }

        #[test]
        fn any_text_is_kept_with_spans_on_borders(text in "(\u{FEFF})?[ \n]{0,2}(date|Title:|Date:|URL:)?[ :]{0,2}(2021-0[0-9]-[0-3][0-9])?\\PC{0,40}(\r?\n){0,3}\\PC{0,40}") {
            if let Ok(Received { report, .. }) = read("test", text.clone().into_bytes(), None) {
                prop_assert_eq!(&report.text, &text);
                for block in report.blocks() {
                    let _ = block.of(&report.text);
                }
            }
        }
    }
}
