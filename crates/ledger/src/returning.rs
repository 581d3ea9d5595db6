//! Taking back what another ledger gave out: reports as [`Writer::take`] takes them, and its own entries. What this ledger
//! has already stays as it is, so that a file can be taken back twice, or go on after an interruption.

use crate::error::{LedgerError, Result};
use crate::exports::returned::Verdict;
use crate::exports::{Entry, Returned};
use crate::files::Ledger;
use crate::reports;
use crate::verdicts::Row;
use crate::writer::{Arrival, Writer};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// What became of the verdicts of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Entered {
    /// Verdicts that are new.
    pub new: u64,
    /// Verdicts that the ledger had.
    pub known: u64,
    /// Why some were not entered.
    pub refused: Vec<String>,
}

/// Refuses a report that does not fit to what is there.
pub(crate) fn fits(ledger: &Ledger, arrival: &Arrival) -> Result<()> {
    let refuse = |why: String| Err(LedgerError::Refused(why));
    let known = ledger.with(|connection| reports::find(connection, &arrival.id))?;
    let is_removed = arrival.receipt.as_ref().is_some_and(|receipt| receipt.redacted.is_some());
    if is_removed && let Some(known) = known {
        let text: bool = ledger.with(|connection| {
            let sql = "SELECT NOT EXISTS (SELECT 1 FROM redaction WHERE report = ?1)";
            connection.prepare_cached(sql)?.query_row([known.number], |row| row.get(0))
        })?;
        if text {
            return refuse(format!(
                "the text of {} was removed where this comes from, and is still in this ledger; `chancery redact` removes it",
                arrival.id
            ));
        }
    }
    if known.is_some_and(|known| known.coded) {
        return Ok(());
    }
    for claim in arrival.earlier.iter().chain(&arrival.coding).flat_map(|coding| &coding.record.claims) {
        let other: Option<String> = ledger.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT report.id FROM claim JOIN report ON report.number = claim.report
                     WHERE claim.id = ?1 AND report.id <> ?2 LIMIT 1",
                )?
                .query_row(params![claim.id, arrival.id], |row| row.get(0))
                .optional()
        })?;
        if let Some(other) = other {
            return refuse(format!("the claim {} is one of report {other} already; ids are given once", claim.id));
        }
    }
    Ok(())
}

impl Writer<'_> {
    /// Takes back what a line gave. Verdicts are held until [`Writer::enter_verdicts`], as they need the claims that they are
    /// about and the entries before them. All else is safe once [`Writer::commit`] has returned.
    ///
    /// # Errors
    /// If it does not fit to what is there ([`LedgerError::Refused`]; the next can be taken), or the store fails.
    pub fn take_back(&mut self, returned: Returned) -> Result<()> {
        let entry = match returned {
            Returned::Report(arrival) => return self.take(&arrival),
            Returned::Entry(entry) => entry,
        };
        self.begin()?;
        match *entry {
            Entry::Verdict(verdict) => self.held.push(verdict),
            Entry::Run(run, recorded) => {
                self.ledger.with(|connection| {
                    connection
                        .prepare_cached(
                            "INSERT INTO run (program, models, codebook, recorded) VALUES (?1, ?2, ?3, ?4)
                             ON CONFLICT DO UPDATE SET recorded = min(recorded, excluded.recorded)",
                        )?
                        .execute(params![run.program, run.models, run.codebook, recorded])
                })?;
            }
            Entry::Skipped(skipped) => {
                self.ledger.with(|connection| {
                    connection
                        .prepare_cached(
                            "INSERT OR IGNORE INTO skipped (input, place, reason, recorded) VALUES (?1, ?2, ?3, ?4)",
                        )?
                        .execute(skipped)
                })?;
            }
        }
        Ok(())
    }

    /// Enters the verdicts that were held, in the order in which they were given. To be called at the end of each file, as
    /// their numbers are those of the ledger that it comes from.
    ///
    /// # Errors
    /// If the store fails.
    pub fn enter_verdicts(&mut self) -> Result<Entered> {
        let mut held = std::mem::take(&mut self.held);
        let mut entered = Entered::default();
        if held.is_empty() {
            return Ok(entered);
        }
        self.begin()?;
        held.sort_by_key(|verdict| verdict.number);
        let Self { ledger, linker, .. } = self;
        ledger.with(|connection| {
            linker.settle(connection)?;
            // The numbers here of the entries there, and how often the same entry has come.
            let mut numbers: BTreeMap<i64, i64> = BTreeMap::new();
            let mut times: BTreeMap<Row, usize> = BTreeMap::new();
            for Verdict { number, mut row } in held {
                if let Some(undone) = row.undoes {
                    let Some(&own) = numbers.get(&undone) else {
                        entered.refused.push(format!(
                            "verdict {number} takes back verdict {undone}, which does not stand before it in the file"
                        ));
                        continue;
                    };
                    row.undoes = Some(own);
                }
                let known = row.known(connection)?;
                let time = times.entry(row.clone()).or_default();
                let own = match known.get(*time) {
                    Some(&own) => {
                        entered.known += 1;
                        own
                    }
                    None => {
                        entered.new += 1;
                        row.enter(connection, linker)?
                    }
                };
                *time += 1;
                numbers.insert(number, own);
            }
            linker.settle(connection)
        })?;
        Ok(entered)
    }
}
