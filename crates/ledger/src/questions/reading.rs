//! One thing with all that is known of it: a report with its record, and the reasons for which claims are one event and
//! reports one story.

use super::{Answer, Filter, Value};
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::packing::unpack;
use crate::reports::{COLUMNS, described};
use record::{Record, Report};
use rusqlite::OptionalExtension;

/// A report with what its latest run made of it.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The report; with its text, where the ledger has it.
    pub report: Report,
    /// The record of the latest run; none where the report was not coded.
    pub record: Option<Record>,
    /// The story that it tells.
    pub story: String,
    /// The day on which it was available.
    pub available: String,
    /// When it was taken in.
    pub recorded: String,
    /// The day from which a revision stands in its place.
    pub replaced: Option<String>,
    /// The day from which it counts no longer.
    pub withdrawn: Option<String>,
    /// Why its text was removed, and by whom.
    pub redacted: Option<String>,
}

impl Ledger {
    /// A report by its id; none if there is no such report.
    ///
    /// # Errors
    /// If the store fails or holds a record that cannot be read.
    pub fn reading(&self, id: &str) -> Result<Option<Reading>> {
        let known = self.with(|connection| {
            connection
                .prepare_cached(&format!("SELECT {COLUMNS} FROM report WHERE id = ?1"))?
                .query_row([id], described)
                .optional()
        })?;
        let Some((number, report, _)) = known else { return Ok(None) };
        let (mut reading, record) = self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT (SELECT head.id FROM report AS head WHERE head.number = report.story), available, recorded,
                        replaced, withdrawn,
                        (SELECT redaction.reason || ' (' || analyst || ', ' || substr(redaction.recorded, 1, 10) || ')'
                            FROM redaction WHERE redaction.report = report.number),
                        (SELECT record FROM coding WHERE coding.report = report.number ORDER BY coding.number DESC LIMIT 1)
                     FROM report WHERE number = ?1",
                )?
                .query_row([number], |row| {
                    let reading = Reading {
                        report,
                        record: None,
                        story: row.get(0)?,
                        available: row.get(1)?,
                        recorded: row.get(2)?,
                        replaced: row.get(3)?,
                        withdrawn: row.get(4)?,
                        redacted: row.get(5)?,
                    };
                    Ok((reading, row.get::<_, Option<Vec<u8>>>(6)?))
                })
        })?;
        reading.report.text = self.text(id)?;
        let fail = |reason: String| LedgerError::Record { report: id.to_owned(), reason };
        if let Some(record) = record {
            let line = unpack(&record).map_err(|error| fail(error.to_string()))?;
            reading.record = Some(serde_json::from_str(&line).map_err(|error| fail(error.to_string()))?);
        }
        Ok(Some(reading))
    }

    /// How many events meet a filter, whatever its limit.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn count_events(&self, filter: &Filter) -> Result<i64> {
        let conditions = filter.events()?;
        self.counted(&format!("SELECT count(*) FROM event WHERE {conditions}"), &conditions.values)
    }

    /// How many claims meet a filter, whatever its limit.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn count_claims(&self, filter: &Filter) -> Result<i64> {
        let conditions = filter.claims()?;
        self.counted(&format!("SELECT count(*) FROM claims WHERE {conditions}"), &conditions.values)
    }

    fn counted(&self, sql: &str, values: &[Value]) -> Result<i64> {
        let answer = self.answer(sql, values)?;
        Ok(match answer.rows.first().and_then(|row| row.first()) {
            Some(Value::Integer(number)) => *number,
            _ => 0,
        })
    }

    /// Reports, the latest first, with how many claims of each stand.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn reports(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.reports()?;
        let limit = filter.limit();
        self.answer(
            &format!(
                "SELECT reports.id AS report, reports.available, reports.outlet, reports.title, reports.story, reports.url,
                    (SELECT count(*) FROM claim WHERE claim.report = reports.number AND claim.stands) AS claims
                 FROM reports WHERE {conditions} ORDER BY reports.available DESC, reports.id {limit}"
            ),
            &conditions.values,
        )
    }

    /// Why the claims of an event are held to tell of one happening: pairs with score and reasons, the surest first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn links(&self, event: &str) -> Result<Answer> {
        self.answer(
            "SELECT one.id AS claim, other.id AS \"with\", link.score, link.reasons
             FROM link JOIN claim AS one ON one.number = link.left JOIN claim AS other ON other.number = link.right
             WHERE one.stands AND other.stands AND one.event = other.event
                AND one.event = (SELECT number FROM event WHERE id = ?)
             ORDER BY link.score DESC, one.id, other.id",
            &[Value::Text(event.to_owned())],
        )
    }

    /// Events that tell of something else by the program's judgement, though a pair of claims comes near: with the score of
    /// the nearest pair and its reasons, the nearest first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn near_events(&self, event: &str) -> Result<Answer> {
        let pairs = |own: &str, other: &str| {
            format!(
                "SELECT other.event, link.score, link.reasons FROM claim AS own JOIN link ON link.{own} = own.number
                    JOIN claim AS other ON other.number = link.{other}
                 WHERE own.event = (SELECT number FROM event WHERE id = ?) AND own.stands AND other.stands
                    AND other.event <> own.event"
            )
        };
        let sql = format!(
            "SELECT event.id AS event, event.category, event.actors, event.told, event.recipients, event.from_day AS \"from\",
                event.to_day AS \"to\", event.place, max(near.score) AS score, near.reasons
             FROM ({} UNION ALL {}) AS near JOIN event ON event.number = near.event
             GROUP BY event.number ORDER BY 9 DESC, event.id LIMIT 30",
            pairs("left", "right"),
            pairs("right", "left")
        );
        let id = Value::Text(event.to_owned());
        self.answer(&sql, &[id.clone(), id])
    }

    /// The reports that tell the story of a report, the first first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn story(&self, report: &str) -> Result<Answer> {
        self.answer(
            "SELECT member.id AS report, member.outlet, member.available, member.title, head.id AS story
             FROM report JOIN report AS member ON member.story = report.story JOIN report AS head ON head.number = report.story
             WHERE report.id = ? ORDER BY member.available, member.id",
            &[Value::Text(report.to_owned())],
        )
    }

    /// What a report was compared with and descends from one text with: whether it is a copy, and why.
    ///
    /// # Errors
    /// If the store fails.
    pub fn likenesses(&self, report: &str) -> Result<Answer> {
        self.compared(report, "likeness.verdict <> 'independent'")
    }

    /// Reports that look like one and are held to be independent of it, and why; the likest first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn near_reports(&self, report: &str) -> Result<Answer> {
        self.compared(report, "likeness.verdict = 'independent'")
    }

    fn compared(&self, report: &str, which: &str) -> Result<Answer> {
        let likeness = |own: &str, other: &str| {
            format!(
                "SELECT other.id AS report, other.outlet, other.available, other.title, likeness.verdict, likeness.score,
                    likeness.reasons
                 FROM likeness JOIN report AS own ON own.number = likeness.{own}
                    JOIN report AS other ON other.number = likeness.{other}
                 WHERE own.id = ? AND {which}"
            )
        };
        let sql = format!(
            "SELECT * FROM ({} UNION ALL {}) ORDER BY score DESC, report",
            likeness("left", "right"),
            likeness("right", "left")
        );
        let id = Value::Text(report.to_owned());
        self.answer(&sql, &[id.clone(), id])
    }
}
