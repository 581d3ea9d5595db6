//! Removing a text physically, for law and safety: the one exception to a ledger that only grows.
//!
//! What remains of the report is its row, with id, outlet, day and the hash of the text, and the tombstone: reason, signer,
//! day. Its words are then in no byte of the file: freed pages are overwritten, the full-text index is written anew, the
//! file is rebuilt and the log of the store is emptied.

use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::linking::Linker;
use crate::verdicts::{remove, withdraw};
use jiff::Timestamp;
use rusqlite::{Connection, params};

impl Ledger {
    /// Removes the text of a report and everything that was read in it. Given again for the same report it ends what an
    /// interruption left undone.
    ///
    /// # Errors
    /// If there is no such report, nobody signs, no reason is given, or the store fails. If somebody else is reading, the
    /// text is removed from the tables, and the error says that the file is still to be cleaned.
    pub fn redact(&mut self, report: &str, analyst: &str, reason: &str, now: Timestamp) -> Result<()> {
        if analyst.trim().is_empty() || reason.trim().is_empty() {
            return Err(LedgerError::Refused("a redaction is signed and has a reason".to_owned()));
        }
        let number = self.report_number(report)?;
        self.with(|connection| connection.pragma_update(None, "secure_delete", true))?;
        self.transact(|ledger| {
            ledger.with(|connection| {
                erase(connection, number)?;
                connection.execute(
                    "INSERT OR IGNORE INTO redaction (report, reason, analyst, recorded) VALUES (?1, ?2, ?3, ?4)",
                    params![number, reason.trim(), analyst.trim(), crate::moments::written(now)],
                )?;
                withdraw(connection, number)
            })
        })?;
        self.clean()
    }

    /// Writes the file anew, so that nothing that was deleted is in it.
    fn clean(&self) -> Result<()> {
        let busy: bool = self.with(|connection| {
            connection.execute_batch("INSERT INTO report_words (report_words) VALUES ('optimize'); VACUUM")?;
            connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
        })?;
        if busy {
            return Err(LedgerError::Refused(format!(
                "{}: another program reads this ledger, so that removed words may still be in its log; end it and give the \
                 same command again",
                self.path().display()
            )));
        }
        Ok(())
    }
}

/// Removes what a report says from all tables.
fn erase(connection: &Connection, report: i64) -> rusqlite::Result<()> {
    let mut linker = Linker::default();
    linker.touch(connection, report)?;
    linker.touch_copies(connection, report)?;
    // What verdicts say of its claims may repeat its words; what they say of the claims of other reports as well, holds for
    // those and is told by them.
    connection.execute(
        "UPDATE verdict SET value = NULL, reason = 'redacted' WHERE decision <> 'withdraw' AND number IN (
            SELECT concerned.verdict FROM concerned JOIN claim ON claim.id = concerned.id WHERE claim.report = ?1
            UNION SELECT concerned.verdict FROM concerned JOIN report ON report.id = concerned.id WHERE report.number = ?1)
         AND number NOT IN (
            SELECT concerned.verdict FROM concerned JOIN claim ON claim.id = concerned.id WHERE claim.report <> ?1)",
        [report],
    )?;
    let claims: Vec<i64> = connection
        .prepare("SELECT number FROM claim WHERE report = ?1")?
        .query_map([report], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for claim in claims {
        remove(connection, claim)?;
    }
    for table in ["coding", "matter", "report_text"] {
        connection.execute(&format!("DELETE FROM {table} WHERE report = ?1"), [report])?;
    }
    // What blind readers have found in it names whom it names.
    connection.execute("UPDATE assignment SET sheet = NULL WHERE report = ?1", [report])?;
    connection.execute("DELETE FROM wording WHERE report IN (?1, -?1)", [report])?;
    connection.execute("DELETE FROM likeness WHERE left = ?1 OR right = ?1", [report])?;
    connection.execute("DELETE FROM report_words WHERE rowid = ?1", [report])?;
    // An address often repeats the headline, and so may the name of a file.
    connection.execute(
        "UPDATE report SET name = id, title = NULL, url = NULL, title_start = NULL, title_end = NULL, notes = '[]'
         WHERE number = ?1",
        [report],
    )?;
    linker.settle(connection)
}
