//! Every change: who did what, and when. Verdicts and redactions are their own record; what else somebody does is noted.

use crate::error::Result;
use crate::files::Ledger;
use crate::moments::written;
use crate::questions::{Answer, Value};
use jiff::Timestamp;
use rusqlite::params;

/// Notes what somebody did, within a transaction.
pub(crate) fn note(ledger: &Ledger, who: &str, what: &str, about: &str, now: Timestamp) -> Result<()> {
    ledger.with(|connection| {
        connection
            .prepare_cached("INSERT INTO change (recorded, who, what, about) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![written(now), who.trim(), what, about])
    })?;
    Ok(())
}

impl Ledger {
    /// Notes what somebody did that leaves no entry of its own.
    ///
    /// # Errors
    /// If the store fails.
    pub fn note_change(&mut self, who: &str, what: &str, about: &str, now: Timestamp) -> Result<()> {
        note(self, who, what, about, now)
    }

    /// All changes, the latest first. Reports that were taken in without a name stand together by their moment.
    ///
    /// # Errors
    /// If the store fails.
    pub fn audit(&self, limit: u32, offset: u32) -> Result<Answer> {
        self.answer(
            "SELECT recorded, who, what, about, reason FROM (
                SELECT recorded, analyst AS who, decision || coalesce(' ' || field, '') AS what,
                    id || coalesce(': ' || value, '') || coalesce('entry ' || undoes, '') AS about, reason, number
                FROM verdict
                UNION ALL SELECT redaction.recorded, analyst, 'redact', report.id, reason, report.number
                FROM redaction JOIN report ON report.number = redaction.report
                UNION ALL SELECT recorded, who, what, about, NULL, number FROM change
                UNION ALL SELECT recorded, NULL, 'take in', count(*) || ' reports', NULL, min(number)
                FROM report WHERE recorded NOT IN (SELECT recorded FROM change WHERE what = 'take in') GROUP BY recorded)
             ORDER BY recorded DESC, number DESC LIMIT ? OFFSET ?",
            &[Value::Integer(limit.into()), Value::Integer(offset.into())],
        )
    }
}
