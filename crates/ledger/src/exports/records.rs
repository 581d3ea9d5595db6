//! Records as they were stored, chancery/1, with what the ledger knows of how each was received, and the ledger's own
//! entries beside them: runs, verdicts, what was skipped. All of it together is the ledger again (`super::returned`).
//!
//! Everything that the ledger holds goes out, what a revision replaced and what was withdrawn too. The order is that of the
//! days; texts that one address had on one day keep the order in which they were received, as it decides which revises which.

use super::{Each, entries};
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::packing::unpack;
use crate::questions::Filter;
use crate::reports::{COLUMNS, described};
use record::{Record, Report, SCHEMA};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// What a row of the table holds of a report, and what was coded in it, the latest run last.
struct Stored {
    report: Report,
    text: Option<Vec<u8>>,
    records: Vec<Vec<u8>>,
    received: Value,
}

impl Ledger {
    /// The ledger line by line, each one line of JSON without its end: runs, then reports, then verdicts and what was skipped.
    ///
    /// A report is the record that the latest run made of it; one that was not coded has the key `report` alone. The key
    /// `received` says what the sender called the report, since when it was available, when it was recorded, since when it is
    /// withdrawn, and why its text was removed if it was; `earlier` holds the records of earlier runs. With a filter, runs
    /// and verdicts are those that the reports have.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, the store fails or is damaged, or `each` does.
    pub fn each_record<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        with_text: bool,
        mut each: impl FnMut(&str) -> Each<E>,
    ) -> Each<E> {
        let conditions = filter.reports()?;
        let limit = filter.limit();
        let numbers = self.numbers(
            &format!(
                "SELECT reports.number FROM report AS reports WHERE {conditions}
                 ORDER BY reports.available, coalesce(reports.url, reports.id), reports.number {limit}"
            ),
            &conditions,
        )?;
        let whole = *filter == Filter::default();
        let chosen: BTreeSet<i64> = numbers.iter().copied().collect();
        let some = (!whole).then_some(&chosen);
        for run in self.with(|connection| entries::runs(connection, some))? {
            each(&run.to_string())?;
        }
        for number in numbers {
            each(&line(self.stored(number)?, with_text)?)?;
        }
        for verdict in self.with(|connection| entries::verdicts(connection, some))? {
            each(&verdict.to_string())?;
        }
        if whole {
            for skipped in self.with(entries::skipped)? {
                each(&skipped.to_string())?;
            }
        }
        Ok(())
    }

    fn stored(&self, number: i64) -> Result<Stored> {
        self.with(|connection| {
            let records = connection
                .prepare_cached("SELECT record FROM coding WHERE report = ?1 ORDER BY number")?
                .query_map([number], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let received = connection
                .prepare_cached(
                    // What a text replaced that was removed later stays replaced, though nobody sees by what.
                    "SELECT name, available, recorded, withdrawn, reason, analyst, redacted, CASE WHEN NOT EXISTS
                        (SELECT 1 FROM report AS later WHERE later.url = own.url AND later.available = own.replaced)
                        THEN replaced END
                     FROM (SELECT report.*, redaction.reason, redaction.analyst, redaction.recorded AS redacted
                        FROM report LEFT JOIN redaction ON redaction.report = report.number WHERE report.number = ?1) AS own",
                )?
                .query_row([number], |row| {
                    let mut received = json!({
                        "name": row.get::<_, String>(0)?,
                        "available": row.get::<_, String>(1)?,
                        "recorded": row.get::<_, String>(2)?,
                        "withdrawn": row.get::<_, Option<String>>(3)?,
                    });
                    if let Some(recorded) = row.get::<_, Option<String>>(6)? {
                        let (reason, analyst): (String, String) = (row.get(4)?, row.get(5)?);
                        received["redacted"] = json!({ "reason": reason, "analyst": analyst, "recorded": recorded });
                    }
                    if let Some(day) = row.get::<_, Option<String>>(7)? {
                        received["replaced"] = day.into();
                    }
                    Ok(received)
                })?;
            let mut statement = connection.prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE number = ?1"))?;
            let (_, report, text) = statement.query_row([number], described)?;
            Ok(Stored { report, text, records, received })
        })
    }
}

fn line(stored: Stored, with_text: bool) -> Result<String> {
    let Stored { report, text, records, received } = stored;
    let id = report.id.clone();
    let fail = |reason: String| LedgerError::Record { report: id.clone(), reason };
    let text = match text {
        Some(text) if with_text => Some(unpack(&text).map_err(|error| fail(error.to_string()))?),
        _ => None,
    };
    let mut records = records
        .iter()
        .map(|record| {
            let record = unpack(record).map_err(|error| fail(error.to_string()))?;
            serde_json::from_str(&record).map_err(|error| fail(error.to_string()))
        })
        .collect::<Result<Vec<Record>>>()?;
    let mut line = match records.pop() {
        Some(mut record) => {
            // The ledger knows the report as it was received first, whatever a later coding was told of it.
            record.report = Report { text, ..report };
            serde_json::to_string(&record)
        }
        None => {
            let report = serde_json::to_string(&Report { text, ..report }).map_err(|error| fail(error.to_string()))?;
            Ok(format!("{{\"schema\":\"{SCHEMA}\",\"report\":{report}}}"))
        }
    }
    .map_err(|error| fail(error.to_string()))?;
    line.pop();
    line.push_str(&format!(",\"received\":{received}"));
    if !records.is_empty() {
        let earlier = serde_json::to_string(&records).map_err(|error| fail(error.to_string()))?;
        line.push_str(&format!(",\"earlier\":{earlier}"));
    }
    line.push('}');
    Ok(line)
}
