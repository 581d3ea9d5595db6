//! JSON lines: one object a report, with `text` and, where known, `id`, `published`, `title`, `outlet` and `url`.

use super::dates::read_date;
use super::plain_text::{is_blank, settle_date};
use super::{Reason, Received};
use document::{Report, TextSpan};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Makes a report of one line. `fallback_id` serves where the line gives neither id nor URL; `published` goes before
/// the line's own date. The stored text is title, blank line, text. Unknown keys are left alone; `date` is taken where
/// `published` is missing.
///
/// # Errors
/// If the line is not a JSON object with a text.
pub fn read(fallback_id: &str, line: &[u8], published: Option<Date>) -> Result<Received, Reason> {
    let line = std::str::from_utf8(line).map_err(|error| {
        let at = error.valid_up_to();
        Reason::NotUtf8 { byte: line.get(at).copied().unwrap_or_default(), at: at + 1 }
    })?;
    let value = serde_json::from_str(line).map_err(|error| Reason::NotJson(describe(&error)))?;
    read_value(fallback_id, &value, published)
}

/// Makes a report of a JSON value, as [`read`] does of a line.
///
/// # Errors
/// If it is not an object with a text.
pub fn read_value(fallback_id: &str, value: &Value, published: Option<Date>) -> Result<Received, Reason> {
    match value {
        Value::Object(object) => from_object(fallback_id, object, published),
        _ => Err(Reason::NotAnObject),
    }
}

/// What the reader of JSON says, with the column of this line in place of its "line 1".
fn describe(error: &serde_json::Error) -> String {
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    format!("{message} at column {}", error.column())
}

fn from_object(fallback_id: &str, object: &Map<String, Value>, published: Option<Date>) -> Result<Received, Reason> {
    let body = string(object, "text")?.filter(|text| !is_blank(text)).ok_or(Reason::NoText)?;
    let title = string(object, "title")?.map(str::trim).filter(|title| !is_blank(title));
    let outlet = string(object, "outlet")?.map(str::to_owned);
    let url = string(object, "url")?.map(str::to_owned);
    let language = string(object, "language")?.map(str::to_owned);
    let id = match object.get("id") {
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => string(object, "id")?.map(str::to_owned),
    };
    let written = match string(object, "published")? {
        None => string(object, "date")?,
        published => published,
    };
    let mut remarks = Vec::new();
    let written = written.map(|written| (written.to_owned(), read_date(written)));
    let published = settle_date(published, written, &mut remarks);
    let (text, title, body_start) = match title {
        Some(title) => {
            let text = format!("{title}\n\n{body}");
            (text, Some(TextSpan::new(0, title.len())), title.len() + 2)
        }
        None => (body.to_owned(), None, 0),
    };
    let report = Report {
        id: id.or_else(|| url.clone()).unwrap_or_else(|| fallback_id.to_owned()),
        text,
        title,
        body_start: u32::try_from(body_start).unwrap_or(u32::MAX),
        published,
        outlet,
        url,
        language,
        notes: remarks.clone(),
    };
    Ok(Received { report, remarks })
}

/// The string under a key; nothing if the key is missing, null or an empty string.
fn string<'a>(object: &'a Map<String, Value>, key: &'static str) -> Result<Option<&'a str>, Reason> {
    match object.get(key) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(value)) => Ok(Some(value.as_str()).filter(|value| !value.trim().is_empty())),
        Some(_) => Err(Reason::WrongType(key)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_give_reports_or_reasons() {
        check(
            r#"{"id": "a", "published": "2021-07-18T01:02:03+09:00", "title": "T", "text": "B"}"#,
            "a 2021-07-18 \"T\\n\\nB\"",
        );
        check(
            r#"{"url": "https://a.example/1", "date": "2021-07-18", "text": "B"}"#,
            "https://a.example/1 2021-07-18 \"B\"",
        );
        check(r#"{"id": 7, "text": "B", "extra": [[[]]]}"#, "7 - \"B\"");
        check(r#"{"text": "B", "published": "yesterday"}"#, "fallback - \"B\" (1 remark)");
        check(r#"{"id": "a"}"#, &Reason::NoText.to_string());
        check(r#"{"text": " \u200b "}"#, &Reason::NoText.to_string());
        check(r#"{"text": 5}"#, &Reason::WrongType("text").to_string());
        check("[1]", &Reason::NotAnObject.to_string());
        check(r#"{"text": "B""#, &Reason::NotJson("EOF while parsing an object at column 12".into()).to_string());
        check(
            r#"{"text": "\ud83d"}"#,
            &Reason::NotJson("unexpected end of hex escape at column 17".into()).to_string(),
        );
        check(
            &format!("{}1", "[".repeat(100_000)),
            &Reason::NotJson("recursion limit exceeded at column 128".into()).to_string(),
        );
    }

    #[track_caller]
    fn check(line: &str, expected: &str) {
        let found = match read("fallback", line.as_bytes(), None) {
            Ok(Received { report, remarks }) => {
                let date = report.published.map_or("-".to_owned(), |day| day.to_string());
                let remarks = if remarks.is_empty() { String::new() } else { format!(" ({} remark)", remarks.len()) };
                format!("{} {date} {:?}{remarks}", report.id, report.text)
            }
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, expected);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_report_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read("test", &bytes, None);
        }
    }
}
