//! The tables that go out and their columns: names, types and meanings stand in `columns.tsv`.

/// What goes out.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    /// Events, with how many reports, stories and origins tell of each
    Events,
    /// Claims, each with who says so and its sentence
    Claims,
    /// Reports without their texts
    Reports,
    /// Tolls: one row a figure and speaker
    Tolls,
    /// Events and tolls by country and month under a policy, beside what was read
    CountryMonths,
    /// The same by first-level division
    #[value(name = "admin1-months")]
    Admin1Months,
    /// How many events of each day were known how many days later
    Vintages,
}

impl What {
    /// The tables of a release, in order.
    pub(crate) const RELEASED: [Self; 4] = [Self::Reports, Self::Claims, Self::Events, Self::Tolls];

    /// The name of the table.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Events => "events",
            Self::Claims => "claims",
            Self::Reports => "reports",
            Self::Tolls => "tolls",
            Self::CountryMonths => "country-months",
            Self::Admin1Months => "admin1-months",
            Self::Vintages => "vintages",
        }
    }

    /// Its columns, in order.
    pub(crate) fn columns(self) -> Vec<Column> {
        let lines = COLUMNS.lines().filter(|line| !line.starts_with('#'));
        let columns = lines.filter_map(|line| {
            let mut parts = line.split('\t');
            let table = parts.next()?;
            let (name, kind, tag, meaning) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            (table == self.name()).then(|| Column { name, kind: Kind::named(kind), tag, meaning })
        });
        columns.collect()
    }
}

const COLUMNS: &str = include_str!("columns.tsv");

/// A column.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Column {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    /// Hashtag of the Humanitarian Exchange Language.
    pub(crate) tag: &'static str,
    pub(crate) meaning: &'static str,
}

/// What the cells of a column hold, where they hold anything.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    Text,
    Integer,
    Number,
    Day,
    Flag,
}

impl Kind {
    fn named(name: &str) -> Self {
        match name {
            "integer" => Self::Integer,
            "number" => Self::Number,
            "day" => Self::Day,
            "flag" => Self::Flag,
            _ => Self::Text,
        }
    }
}

/// A cell.
#[derive(Clone, PartialEq, Debug)]
pub(crate) enum Cell {
    Empty,
    Text(String),
    Integer(i64),
    Number(f64),
    Flag(bool),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        text.as_str().into()
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        text.as_str().into()
    }
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<u32> for Cell {
    fn from(number: u32) -> Self {
        Self::Integer(number.into())
    }
}

impl From<f64> for Cell {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl From<bool> for Cell {
    fn from(flag: bool) -> Self {
        Self::Flag(flag)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Empty, Into::into)
    }
}

impl Cell {
    /// The cell on one line: a text from outside breaks no row and moves no cursor.
    pub(crate) fn plain(&self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => one_line(text),
            Self::Integer(number) => number.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Flag(flag) => flag.to_string(),
        }
    }

    /// The cell as a value of JSON.
    pub(crate) fn json(&self) -> serde_json::Value {
        match self {
            Self::Empty => serde_json::Value::Null,
            Self::Text(text) => text.as_str().into(),
            Self::Integer(number) => (*number).into(),
            Self::Number(number) => (*number).into(),
            Self::Flag(flag) => (*flag).into(),
        }
    }
}

/// A text without characters that control a terminal or a table.
pub(crate) fn one_line(text: &str) -> String {
    text.chars().map(|char| if char.is_control() { ' ' } else { char }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn every_line_of_the_table_is_a_column() {
        let lines = COLUMNS.lines().filter(|line| !line.starts_with('#')).count();
        let columns: Vec<Column> = What::value_variants().iter().flat_map(|what| what.columns()).collect();
        assert_eq!(columns.len(), lines);
        let hashtags = include_str!("hashtags.txt").lines().filter(|line| !line.starts_with('#'));
        let known: Vec<&str> = hashtags.flat_map(str::split_whitespace).collect();
        for column in columns {
            let tag = column.tag.strip_prefix('#').and_then(|tag| tag.split('+').next()).unwrap_or_default();
            assert!(known.contains(&tag) && !column.meaning.is_empty(), "{} {}", column.name, column.tag);
            assert!(
                column.tag.chars().all(|char| char.is_ascii_alphanumeric() || "#+_".contains(char)),
                "{}",
                column.tag
            );
        }
    }

    #[test]
    fn names_are_unique_within_a_table() {
        for what in What::value_variants() {
            let mut names: Vec<&str> = what.columns().iter().map(|column| column.name).collect();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), what.columns().len());
        }
    }
}
