//! The form of every answer.

use crate::error::Result;
use crate::files::Ledger;
use rusqlite::params_from_iter;
use rusqlite::types::ValueRef;

/// A cell.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Not known.
    Null,
    /// A count, or 0 and 1 for no and yes.
    Integer(i64),
    /// A measure.
    Real(f64),
    /// Anything else.
    Text(String),
}

impl Value {
    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    /// As it stands in a table: nothing where it is not known, and no control characters, as a text from outside moves no
    /// cursor and ends no line.
    #[must_use]
    pub fn plain(&self) -> String {
        match self {
            Self::Null => String::new(),
            Self::Integer(number) => number.to_string(),
            Self::Real(number) => number.to_string(),
            Self::Text(text) => text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect(),
        }
    }
}

impl From<&Value> for serde_json::Value {
    fn from(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Integer(number) => (*number).into(),
            Value::Real(number) => (*number).into(),
            Value::Text(text) => text.as_str().into(),
        }
    }
}

/// Named columns and rows of the same length.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Answer {
    /// The names, in the words of the documentation.
    pub columns: Vec<String>,
    /// The rows, in a stated order.
    pub rows: Vec<Vec<Value>>,
}

impl Answer {
    /// The cell of a row under a name.
    #[must_use]
    pub fn get<'a>(&self, row: &'a [Value], column: &str) -> &'a Value {
        let at = self.columns.iter().position(|name| name == column);
        at.and_then(|at| row.get(at)).unwrap_or(&Value::Null)
    }

    /// The rows as objects, with the names of the columns as keys.
    #[must_use]
    pub fn objects(&self) -> Vec<serde_json::Value> {
        let object = |row: &Vec<Value>| {
            self.columns.iter().zip(row).map(|(name, value)| (name.clone(), serde_json::Value::from(value))).collect()
        };
        self.rows.iter().map(object).map(serde_json::Value::Object).collect()
    }

    /// The rows as CSV after RFC 4180 with plain line ends, below the names of the columns.
    ///
    /// # Errors
    /// If `out` cannot be written.
    pub fn write_csv(&self, out: impl std::io::Write) -> csv::Result<()> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(&self.columns)?;
        for row in &self.rows {
            writer.write_record(row.iter().map(Value::plain))?;
        }
        Ok(writer.flush()?)
    }
}

impl Ledger {
    /// Asks and collects.
    pub(crate) fn answer(&self, sql: &str, values: &[Value]) -> Result<Answer> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let columns: Vec<String> = statement.column_names().map(str::to_owned).collect();
            let width = columns.len();
            let mut rows = statement.query(params_from_iter(values.iter().map(sql_value)))?;
            let mut answer = Answer { columns, rows: Vec::new() };
            while let Some(row) = rows.next()? {
                let cells = (0..width).map(|at| row.get_ref(at).map(cell)).collect::<rusqlite::Result<_>>()?;
                answer.rows.push(cells);
            }
            Ok(answer)
        })
    }

    /// A question in SQL, as the program's own questions are asked.
    ///
    /// # Errors
    /// If it is no question, or the store fails.
    pub fn ask(&self, sql: &str) -> Result<Answer> {
        self.answer(sql, &[])
    }
}

pub(crate) fn sql_value(value: &Value) -> rusqlite::types::Value {
    match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.clone().into(),
    }
}

fn cell(value: ValueRef<'_>) -> Value {
    match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Real(number) => Value::Real(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Text(format!("{} bytes", bytes.len())),
    }
}
