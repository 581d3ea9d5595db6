//! What goes out of the ledger: events, claims, reports and tolls as rows with short evidence, and records as they were
//! stored (`records`), which come back through [`Returned`].
//!
//! Rows carry the sentence on which they rest, with its offsets and the hash of the text, rather than whole articles. The
//! names of private persons are withheld unless [`Persons::Named`] is asked for. Rows are handed on one by one, in the order
//! of the question of the same name; forms and files are the caller's.

mod claims;
mod entries;
mod events;
mod parties;
mod records;
mod reports;
pub(crate) mod returned;
mod source;

pub use claims::{Claim, Figure, Voice};
pub use events::{Event, Range};
pub use parties::Participant;
pub use reports::{Report, Toll};
pub use returned::{Entry, Returned};
pub use source::Evidence;

use crate::error::{LedgerError, Result, explain};
use crate::files::Ledger;
use crate::questions::{Conditions, sql_value};
use rusqlite::params_from_iter;

/// What becomes of the names of private persons.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Persons {
    /// "private person" stands in their place.
    Withheld,
    /// They stay.
    Named,
}

/// A place as a claim or an event has it.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// `event`, `venue`, `origin`, `destination` or `route`; empty for the place of an event.
    pub role: String,
    /// Degrees north.
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// `point`, `district`, `province`, `country`, `region` or `unresolved`.
    pub precision: String,
}

/// The ledger as it stood when this was made: what others write meanwhile is not seen until it is dropped.
#[derive(Debug)]
pub struct Snapshot<'a>(#[expect(dead_code, reason = "it ends when it is dropped")] rusqlite::Transaction<'a>);

impl Ledger {
    /// Reads from here on what the ledger holds now, so that several tables fit together.
    ///
    /// # Errors
    /// If the store fails.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        let transaction = self.connection.unchecked_transaction();
        transaction.map(Snapshot).map_err(|error| explain(self.path(), error))
    }

    /// Row numbers, in the order of a question.
    fn numbers(&self, sql: &str, conditions: &Conditions) -> Result<Vec<i64>> {
        self.with(|connection| {
            let mut statement = connection.prepare_cached(sql)?;
            let values = params_from_iter(conditions.values.iter().map(sql_value));
            statement.query_map(values, |row| row.get(0))?.collect()
        })
    }
}

/// Words that a column joins by blanks.
fn words(column: &str) -> Vec<String> {
    column.split_whitespace().map(str::to_owned).collect()
}

/// What a caller's function on rows returns; its error must be able to tell of a failing ledger.
type Each<E> = std::result::Result<(), E>;

/// Loads rows one by one and hands them on.
fn hand_on<T, E: From<LedgerError>>(
    numbers: Vec<i64>,
    mut load: impl FnMut(i64) -> Result<T>,
    mut each: impl FnMut(T) -> Each<E>,
) -> Each<E> {
    for number in numbers {
        each(load(number)?)?;
    }
    Ok(())
}
