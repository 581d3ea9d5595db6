//! Answers as CSV, after RFC 4180 with plain line ends, as `chancery events --format csv` writes them.

use ledger::questions::{Answer, Value};

/// A line with the names of the columns, and a line a row.
pub(super) fn written(answer: &Answer) -> String {
    let mut out = String::new();
    line(&mut out, answer.columns.iter().cloned());
    for row in &answer.rows {
        line(&mut out, row.iter().map(plain));
    }
    out
}

fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (number, cell) in cells.enumerate() {
        if number > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push('\n');
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        // A text from outside ends no line.
        Value::Text(text) => text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_where_they_must_be() {
        let answer = Answer {
            columns: vec!["a".to_owned(), "b".to_owned()],
            rows: vec![
                vec![Value::Text("x, \"y\"\nz".to_owned()), Value::Null],
                vec![Value::Integer(1), Value::Real(0.5)],
            ],
        };
        assert_eq!(written(&answer), "a,b\n\"x, \"\"y\"\" z\",\n1,0.5\n");
    }
}
