//! JSON lines: one object a report, with `text` and, where known, `id`, `published`, `title`, `outlet`, `url` and
//! `language`, or the other names that these have in `keys`.

use super::keys::{Field, is};
use super::parts::{Language, Parts};
use super::plain_text::is_blank;
use super::{Reason, Received, charset};
use jiff::civil::Date;
use serde_json::{Map, Value};

/// Makes a report of one line. `fallback_id` serves where the line gives neither id nor URL; `published` goes before
/// the line's own date. The stored text is title, blank line, text. Unknown keys are left alone.
///
/// # Errors
/// If the line is not a JSON object with a text.
pub fn read(fallback_id: &str, line: &[u8], published: Option<Date>) -> Result<Received, Reason> {
    let (value, remark) = match serde_json::from_slice(line) {
        Ok(value) => (value, None),
        Err(error) if std::str::from_utf8(line).is_ok() => return Err(Reason::NotJson(describe(&error))),
        // JSON ought to be UTF-8, and yet is not always.
        Err(_) => {
            let decoded = charset::decode(line.to_vec(), None)?;
            let value = serde_json::from_str(&decoded.text).map_err(|error| Reason::NotJson(describe(&error)))?;
            (value, decoded.remark)
        }
    };
    let mut received = read_value(fallback_id, &value, published)?;
    received.report.notes.extend(remark.clone());
    received.remarks.extend(remark);
    Ok(received)
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
    let take = |field| string(object, field);
    let body = take(Field::Text)?.ok_or(Reason::NoText)?;
    let id = match object.get("id") {
        Some(Value::Number(number)) => Some(number.to_string()),
        _ => take(Field::Id)?,
    };
    let parts = Parts {
        id,
        title: take(Field::Title)?,
        body,
        published: take(Field::Published)?,
        outlet: take(Field::Outlet)?,
        url: take(Field::Url)?,
        language: take(Field::Language)?.map_or(Language::Open, Language::Told),
        ..Parts::default()
    };
    parts.receive(fallback_id, published)
}

/// The string under the most telling of a field's keys that has one; nothing if they are missing, null or empty.
/// Another kind of value is a mistake under the field's own name, and somebody else's matter under another.
fn string(object: &Map<String, Value>, field: Field) -> Result<Option<String>, Reason> {
    let own = object.get(field.name());
    if !matches!(own, None | Some(Value::Null | Value::String(_))) {
        return Err(Reason::WrongType(field.name()));
    }
    let full = |value: &Value| value.as_str().filter(|text| !is_blank(text)).map(str::to_owned);
    if let Some(text) = own.and_then(full) {
        return Ok(Some(text));
    }
    Ok(field.names().find_map(|name| object.iter().filter(|(key, _)| is(key, name)).find_map(|(_, value)| full(value))))
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
        check(
            r#"{"link": "https://a.example/1", "Published_At": "18 July 2021", "headline": "T", "body": "B"}"#,
            "https://a.example/1 2021-07-18 \"T\\n\\nB\"",
        );
        check(r#"{"text": "B", "title": null, "headline": "T", "source": {"name": "P"}}"#, "fallback - \"T\\n\\nB\"");
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
            Ok(Received { report, remarks, .. }) => {
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
