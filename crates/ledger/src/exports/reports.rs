//! Reports as they go out, without their texts, and tolls.

use super::source::Source;
use super::{Each, Persons, hand_on, source};
use crate::error::LedgerError;
use crate::files::Ledger;
use crate::questions::{Filter, Value};

/// A report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// The story that it tells.
    pub story: String,
    /// The headline.
    pub title: Option<String>,
    /// The day of publication, where it is known.
    pub published: Option<String>,
    /// The day on which it was available: that of publication, or else that on which it was recorded.
    pub available: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    /// Length of its text in code points.
    pub length: i64,
    /// Whether it was coded.
    pub coded: bool,
    /// Claims found in it.
    pub claims: i64,
}

/// One figure of a toll, by one speaker.
#[derive(Clone, PartialEq, Debug)]
pub struct Toll {
    /// The event.
    pub event: String,
    /// First day.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// Where.
    pub place: Option<String>,
    /// `killed`, `wounded`, `missing`, `captured`, `displaced` or `arrested`.
    pub role: String,
    /// The least value that the words allow.
    pub low: Option<f64>,
    /// The value as written.
    pub best: Option<f64>,
    /// The greatest value that the words allow.
    pub high: Option<f64>,
    /// What is counted.
    pub counts: Option<String>,
    /// The exact words.
    pub text: String,
    /// Who gives the figure.
    pub speaker: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// The story.
    pub story: String,
    /// The day on which it was available.
    pub available: String,
    /// `single`, `campaign`, `aggregate` or `habitual`, of the event.
    pub granularity: String,
    /// Whether the same speaker gave a later figure.
    pub superseded: bool,
    /// The claim that gives it.
    pub claim: String,
}

impl Ledger {
    /// Reports one by one, by day; those that a revision replaced or that were withdrawn are left out.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, the store fails, or `each` does.
    pub fn each_report<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        persons: Persons,
        each: impl FnMut(Report) -> Each<E>,
    ) -> Each<E> {
        let conditions = filter.reports()?;
        let limit = filter.limit();
        let numbers = self.numbers(
            &format!(
                "SELECT reports.number FROM reports WHERE {conditions}
                 ORDER BY reports.available DESC, reports.id {limit}"
            ),
            &conditions,
        )?;
        let load = |number| {
            self.with(|connection| {
                let source = Source::load(connection, number, persons)?;
                let mut statement = connection.prepare_cached(
                    "SELECT id, story, published, available, outlet, length,
                        EXISTS (SELECT 1 FROM coding WHERE report = ?1),
                        (SELECT count(*) FROM claim WHERE report = ?1 AND stands)
                     FROM reports WHERE number = ?1",
                )?;
                statement.query_row([number], |row| {
                    Ok(Report {
                        id: row.get(0)?,
                        story: row.get(1)?,
                        title: source.title,
                        published: row.get(2)?,
                        available: row.get(3)?,
                        outlet: row.get(4)?,
                        url: source.url,
                        language: source.language,
                        sha256: source.sha256,
                        length: row.get(5)?,
                        coded: row.get(6)?,
                        claims: row.get(7)?,
                    })
                })
            })
        };
        hand_on(numbers, load, each)
    }

    /// Figures one by one, in the order of [`Ledger::tolls`].
    ///
    /// # Errors
    /// If the filter asks for what cannot be, the store fails, or `each` does.
    pub fn each_toll<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        persons: Persons,
        mut each: impl FnMut(Toll) -> Each<E>,
    ) -> Each<E> {
        let answer = self.tolls(filter)?;
        for row in &answer.rows {
            let cell = |column| answer.get(row, column);
            let text = |column| cell(column).as_text().map(str::to_owned);
            let number = |column| match cell(column) {
                Value::Real(number) => Some(*number),
                Value::Integer(number) => Some(*number as f64),
                _ => None,
            };
            let claim = text("claim").unwrap_or_default();
            let mask = self.with(|connection| {
                let mut statement = connection.prepare_cached("SELECT report FROM claim WHERE id = ?1 LIMIT 1")?;
                let report = statement.query_row([&claim], |row| row.get(0))?;
                source::mask(connection, report, persons)
            })?;
            let masked = |column| text(column).map(|text| mask.apply(&text));
            each(Toll {
                event: text("event").unwrap_or_default(),
                from: text("from"),
                to: text("to"),
                place: text("place"),
                role: text("role").unwrap_or_default(),
                low: number("low"),
                best: number("best"),
                high: number("high"),
                counts: masked("counts"),
                text: masked("text").unwrap_or_default(),
                speaker: masked("speaker"),
                outlet: text("outlet"),
                story: text("story").unwrap_or_default(),
                available: text("available").unwrap_or_default(),
                granularity: text("granularity").unwrap_or_default(),
                superseded: *cell("superseded") == Value::Integer(1),
                claim,
            })?;
        }
        Ok(())
    }
}
