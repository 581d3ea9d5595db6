//! Records as they were stored, chancery/1, with what the ledger knows of how each was received.
//!
//! Everything that the ledger holds goes out, what a revision replaced and what was withdrawn too. The order is that of the
//! days; texts that one address had on one day keep the order in which they were received, as it decides which revises which.

use super::Each;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::packing::unpack;
use crate::questions::Filter;
use record::{Record, Report, SCHEMA, Span};
use rusqlite::OptionalExtension;
use serde_json::{Value, json};

/// What a row of the table holds of a report, and what was coded in it.
struct Stored {
    report: Report,
    text: Option<Vec<u8>>,
    record: Option<Vec<u8>>,
    received: Value,
}

impl Ledger {
    /// Records one by one, each as one line of JSON without its end; a report that was not coded has the key `report` alone.
    /// The key `received` says what the sender called the report, since when it was available, when it was recorded and
    /// since when it is withdrawn.
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
        for number in numbers {
            each(&line(self.stored(number)?, with_text)?)?;
        }
        Ok(())
    }

    fn stored(&self, number: i64) -> Result<Stored> {
        self.with(|connection| {
            let record = connection
                .prepare_cached("SELECT record FROM coding WHERE report = ?1 ORDER BY run DESC LIMIT 1")?
                .query_row([number], |row| row.get(0))
                .optional()?;
            let mut statement = connection.prepare_cached(
                "SELECT id, title, title_start, title_end, published, outlet, url, language, sha256, length, body_start,
                    notes, text, name, available, recorded, withdrawn
                 FROM report WHERE number = ?1",
            )?;
            statement.query_row([number], |row| {
                let title: (Option<u32>, Option<u32>) = (row.get(2)?, row.get(3)?);
                let notes: String = row.get(11)?;
                let report = Report {
                    id: row.get(0)?,
                    title: row.get(1)?,
                    title_span: title.0.zip(title.1).map(|(start, end)| Span(start, end)),
                    published: row.get(4)?,
                    outlet: row.get(5)?,
                    url: row.get(6)?,
                    language: row.get(7)?,
                    sha256: row.get(8)?,
                    length: row.get(9)?,
                    body_start: row.get(10)?,
                    notes: serde_json::from_str(&notes).unwrap_or_default(),
                    text: None,
                };
                let received = json!({
                    "name": row.get::<_, String>(13)?,
                    "available": row.get::<_, String>(14)?,
                    "recorded": row.get::<_, String>(15)?,
                    "withdrawn": row.get::<_, Option<String>>(16)?,
                });
                Ok(Stored { report, text: row.get(12)?, record, received })
            })
        })
    }
}

fn line(stored: Stored, with_text: bool) -> Result<String> {
    let Stored { report, text, record, received } = stored;
    let id = report.id.clone();
    let fail = |reason: String| LedgerError::Record { report: id.clone(), reason };
    let text = match text {
        Some(text) if with_text => Some(unpack(&text).map_err(|error| fail(error.to_string()))?),
        _ => None,
    };
    let mut line = match record {
        Some(record) => {
            let record = unpack(&record).map_err(|error| fail(error.to_string()))?;
            let mut record: Record = serde_json::from_str(&record).map_err(|error| fail(error.to_string()))?;
            record.report.text = text;
            serde_json::to_string(&record)
        }
        None => {
            let report = serde_json::to_string(&Report { text, ..report }).map_err(|error| fail(error.to_string()))?;
            Ok(format!("{{\"schema\":\"{SCHEMA}\",\"report\":{report}}}"))
        }
    }
    .map_err(|error| fail(error.to_string()))?;
    line.pop();
    line.push_str(&format!(",\"received\":{received}}}"));
    Ok(line)
}
