//! That two analysts at once do not overwrite each other: a verdict may say up to which entry its analyst has seen.

use super::entries::Verdict;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use jiff::Timestamp;
use rusqlite::OptionalExtension;

/// The entries that concern a claim, a report, or any claim of an event, and those that take them back.
const ENTRIES: &str = "WITH about AS (
        SELECT verdict FROM concerned WHERE id = ?1
        UNION SELECT verdict FROM concerned WHERE id IN
            (SELECT claim.id FROM claim JOIN event ON event.number = claim.event WHERE event.id = ?1 AND claim.stands))
    SELECT number, decision, analyst, substr(recorded, 1, 16) FROM verdict
    WHERE number IN (SELECT verdict FROM about) OR undoes IN (SELECT verdict FROM about) ORDER BY number DESC LIMIT 1";

impl Ledger {
    /// The number of the last entry that concerns any of some claims, events or reports; 0 if there is none.
    ///
    /// # Errors
    /// If the store fails.
    pub fn version(&self, targets: &[String]) -> Result<i64> {
        Ok(self.last_entry(targets)?.map_or(0, |(number, _)| number))
    }

    /// The number of the last entry of all; 0 if there is none. Whoever has seen it has seen all that concerns any claim.
    ///
    /// # Errors
    /// If the store fails.
    pub fn last_verdict(&self) -> Result<i64> {
        self.with(|connection| {
            connection.prepare_cached("SELECT coalesce(max(number), 0) FROM verdict")?.query_row([], |row| row.get(0))
        })
    }

    /// Enters a verdict as [`Ledger::judge`] does, unless an entry later than `seen` concerns one of its targets.
    ///
    /// # Errors
    /// As for [`Ledger::judge`], and if there is such an entry.
    pub fn judge_unless_overtaken(
        &mut self,
        verdict: &Verdict,
        seen: i64,
        now: Timestamp,
    ) -> Result<Vec<(i64, String)>> {
        self.transact(|ledger| {
            if let Some((number, told)) = ledger.last_entry(&verdict.targets)?
                && number > seen
            {
                return Err(LedgerError::Overtaken(told));
            }
            ledger.enter(verdict, now)
        })
    }

    /// The number of the last entry about some targets, and what it says.
    fn last_entry(&self, targets: &[String]) -> Result<Option<(i64, String)>> {
        let mut last: Option<(i64, String)> = None;
        for target in targets {
            let found = self.with(|connection| {
                connection
                    .prepare_cached(ENTRIES)?
                    .query_row([target], |row| {
                        let (decision, analyst, moment): (String, String, String) =
                            (row.get(1)?, row.get(2)?, row.get(3)?);
                        let told = format!("{target} was judged meanwhile: {decision} by {analyst}, {moment}");
                        Ok((row.get::<_, i64>(0)?, told))
                    })
                    .optional()
            })?;
            last = last.max(found);
        }
        Ok(last)
    }
}
