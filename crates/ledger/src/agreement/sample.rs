//! What coders get, and what a run found in the same reports.

use super::{Coded, Party};
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::questions::{Filter, Value};
use crate::reports::{COLUMNS, described, with_text};
use record::Report;
use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

impl Ledger {
    /// A random sample of reports with their texts. The same seed draws the same reports from the same ledger, and reports
    /// that come later push out as few as possible.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, fewer reports fit it, or the store fails.
    pub fn sample(&self, filter: &Filter, number: usize, seed: u64) -> Result<Vec<Report>> {
        let conditions = filter.reports()?;
        let found = self.answer(&format!("SELECT reports.id FROM reports WHERE {conditions}"), &conditions.values)?;
        let mut drawn: Vec<([u8; 32], &str)> = found
            .rows
            .iter()
            .filter_map(|row| row.first().and_then(Value::as_text))
            .map(|id| (Sha256::new().chain_update(seed.to_le_bytes()).chain_update(id).finalize().into(), id))
            .collect();
        drawn.sort_unstable();
        if drawn.len() < number {
            return Err(LedgerError::Refused(format!(
                "{} reports fit, {number} are asked for; take fewer, or widen the filters",
                drawn.len()
            )));
        }
        drawn.truncate(number);
        drawn.into_iter().map(|(_, id)| self.described(id)).collect()
    }

    /// A report with its text.
    ///
    /// # Errors
    /// If there is none, its text is not there or cannot be read, or the store fails.
    pub fn described(&self, id: &str) -> Result<Report> {
        let number = self.report_number(id)?;
        let (_, report, packed) = self.with(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE number = ?1"))?
                .query_row([number], described)
        })?;
        let report = with_text(report, packed.as_deref())?;
        report.ok_or_else(|| LedgerError::Refused(format!("the ledger has no text of {id}")))
    }

    /// What a run found in a report, whatever was decided since; the last run on it unless one is named. None if the run
    /// did not code it.
    ///
    /// # Errors
    /// If there is no such report, or the store fails.
    pub fn coded_by(&self, id: &str, run: Option<i64>) -> Result<Option<Vec<Coded>>> {
        let report = self.report_number(id)?;
        self.with(|connection| {
            let run: Option<i64> = connection
                .prepare_cached(
                    "SELECT run FROM coding WHERE report = ?1 AND (?2 IS NULL OR run = ?2) ORDER BY number DESC LIMIT 1",
                )?
                .query_row(params![report, run], |row| row.get(0))
                .optional()?;
            let Some(run) = run else { return Ok(None) };
            let mut parties = connection.prepare_cached(
                "SELECT actor, name, text FROM participant WHERE claim = ?1 AND side = ?2 ORDER BY ordinal",
            )?;
            let mut side = |claim: i64, side: &str| -> rusqlite::Result<Vec<Party>> {
                let rows = parties.query_map(params![claim, side], |row| {
                    let (actor, name): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
                    Ok(Party { names: name.into_iter().chain(row.get(2)).chain(actor).collect() })
                })?;
                rows.collect()
            };
            let mut statement = connection.prepare_cached(
                "SELECT number, start, \"end\", category, status, from_day FROM claim WHERE report = ?1 AND run = ?2
                 ORDER BY start, id",
            )?;
            let mut rows = statement.query([report, run])?;
            let mut claims = Vec::new();
            while let Some(row) = rows.next()? {
                let number = row.get(0)?;
                claims.push(Coded {
                    report: id.to_owned(),
                    start: row.get(1)?,
                    end: row.get(2)?,
                    category: row.get(3)?,
                    actors: side(number, "actor")?,
                    recipients: side(number, "recipient")?,
                    status: row.get(4)?,
                    day: row.get(5)?,
                });
            }
            Ok(Some(claims))
        })
    }
}
