//! Reports as rows: taken in once, never changed. A new text at a known address revises the old one.

use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::identity::identity;
use crate::packing::unpack;
use crate::writer::Arrival;
use jiff::Timestamp;
use record::{Report, Span};
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What is written in a report and no head of metadata: its headline, and the body of its text.
pub(crate) fn prose(title: Option<&str>, body: &str) -> String {
    format!("{}\n\n{body}", title.unwrap_or_default())
}

/// A report that the file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Known {
    pub(crate) number: i64,
    /// Whether a run has coded it. One whose text was removed is not to be coded again.
    pub(crate) coded: bool,
}

pub(crate) fn find(connection: &Connection, id: &str) -> rusqlite::Result<Option<Known>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, EXISTS (SELECT 1 FROM coding WHERE report = report.number)
            OR EXISTS (SELECT 1 FROM redaction WHERE report = report.number) FROM report WHERE id = ?1",
    )?;
    statement.query_row([id], |row| Ok(Known { number: row.get(0)?, coded: row.get(1)? })).optional()
}

impl Ledger {
    /// Whether the ledger has this report, and has it coded if `coded` is asked for.
    ///
    /// # Errors
    /// If the store fails.
    pub fn has(&self, report: &Report, coded: bool) -> Result<bool> {
        let known = self.with(|connection| find(connection, &identity(report)))?;
        Ok(known.is_some_and(|known| known.coded || !coded))
    }
}

/// The columns from which [`described`] reads a report, and the packed text behind them.
pub(crate) const COLUMNS: &str = "number, id, title, published, outlet, url, language, sha256, length, body_start,
    title_start, title_end, notes, (SELECT text FROM report_text WHERE report = report.number)";

/// A report under its id in the ledger, without its text, and its number and packed text.
pub(crate) fn described(row: &Row<'_>) -> rusqlite::Result<(i64, Report, Option<Vec<u8>>)> {
    let title: (Option<u32>, Option<u32>) = (row.get(10)?, row.get(11)?);
    let notes: String = row.get(12)?;
    let report = Report {
        id: row.get(1)?,
        title: row.get(2)?,
        title_span: title.0.zip(title.1).map(|(start, end)| Span(start, end)),
        published: row.get(3)?,
        outlet: row.get(4)?,
        url: row.get(5)?,
        language: row.get(6)?,
        sha256: row.get(7)?,
        length: row.get(8)?,
        body_start: row.get(9)?,
        notes: serde_json::from_str(&notes).unwrap_or_default(),
        text: None,
    };
    Ok((row.get(0)?, report, row.get(13)?))
}

/// The same with its text; none where the text is not there.
pub(crate) fn with_text(report: Report, packed: Option<&[u8]>) -> Result<Option<Report>> {
    let Some(packed) = packed else { return Ok(None) };
    match unpack(packed) {
        Ok(text) => Ok(Some(Report { text: Some(text), ..report })),
        Err(reason) => Err(LedgerError::Record { report: report.id, reason: reason.to_string() }),
    }
}

/// How another ledger had received a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Receipt {
    /// What its sender called it.
    pub(crate) name: String,
    /// The day on which it was available.
    pub(crate) available: String,
    /// The moment at which it was recorded.
    pub(crate) recorded: String,
    /// The day from which it leaves all counts.
    pub(crate) withdrawn: Option<String>,
    /// The day from which a text had replaced it that was removed since.
    pub(crate) replaced: Option<String>,
    /// Why its text is not there.
    pub(crate) redacted: Option<Tombstone>,
}

/// Who removed a text, when and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Tombstone {
    pub(crate) reason: String,
    pub(crate) analyst: String,
    pub(crate) recorded: String,
}

/// Stores a report that is not there yet, and gives its number. What another ledger knows of its reception stays.
pub(crate) fn insert(connection: &Connection, arrival: &Arrival, now: Timestamp) -> rusqlite::Result<i64> {
    let Arrival { report, receipt, .. } = arrival;
    let now = crate::moments::written(now);
    let recorded = receipt.as_ref().map_or(&now, |receipt| &receipt.recorded);
    let available = match (receipt, &report.published) {
        (Some(receipt), _) => &receipt.available,
        (None, Some(published)) => published,
        (None, None) => &now[..10],
    };
    let withdrawn = receipt.as_ref().and_then(|receipt| receipt.withdrawn.as_ref());
    let title = report.title_span;
    let notes = serde_json::to_string(&report.notes).unwrap_or_default();
    let mut statement = connection.prepare_cached("SELECT coalesce(max(number), 0) + 1 FROM report")?;
    let number: i64 = statement.query_row([], |row| row.get(0))?;
    // A report stands for a story of its own until it is found to be a copy.
    let mut statement = connection.prepare_cached(
        "INSERT INTO report (number, id, name, title, published, outlet, url, language, available, recorded, sha256, length,
            body_start, title_start, title_end, notes, withdrawn, replaced, story)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?1)",
    )?;
    statement.execute(params![
        number,
        arrival.id,
        report.id,
        report.title,
        report.published,
        report.outlet,
        report.url,
        report.language,
        available,
        recorded,
        report.sha256,
        report.length,
        report.body_start,
        title.map(|span| span.0),
        title.map(|span| span.1),
        notes,
        withdrawn,
        receipt.as_ref().and_then(|receipt| receipt.replaced.as_ref()),
    ])?;
    if let Some(packed) = &arrival.packed {
        connection
            .prepare_cached("INSERT INTO report_text (report, text) VALUES (?1, ?2)")?
            .execute(params![number, packed])?;
    }
    if let Some(tombstone) = receipt.as_ref().and_then(|receipt| receipt.redacted.as_ref()) {
        let Tombstone { reason, analyst, recorded } = tombstone;
        connection
            .prepare_cached("INSERT INTO redaction (report, reason, analyst, recorded) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![number, reason, analyst, recorded])?;
    }
    if let Some(url) = &report.url {
        revise(connection, url)?;
    }
    Ok(number)
}

/// Enters the words of a report into the full text.
pub(crate) fn index(connection: &Connection, number: i64, title: &str, body: &str) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT INTO report_words (rowid, title, body) VALUES (?1, ?2, ?3)")?
        .execute(params![number, title, body])?;
    Ok(())
}

/// The other texts that the address of a report has had.
pub(crate) fn of_same_address(connection: &Connection, report: i64) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT other.number FROM report JOIN report AS other ON other.url = report.url AND other.number <> report.number
         WHERE report.number = ?1 ORDER BY other.number",
    )?;
    statement.query_map([report], |row| row.get(0))?.collect()
}

/// Orders the texts that one address has had: by the day of publication, and those of one day as they were received. What was
/// replaced stays so since that day, by whatever text: one that was removed has no address any more.
fn revise(connection: &Connection, url: &str) -> rusqlite::Result<()> {
    let mut statement =
        connection.prepare_cached("SELECT number, available FROM report WHERE url = ?1 ORDER BY available, number")?;
    let texts: Vec<(i64, String)> =
        statement.query_map([url], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    if texts.len() < 2 {
        return Ok(());
    }
    let mut update = connection.prepare_cached(
        "UPDATE report SET revises = ?2, replaced = coalesce(min(replaced, ?3), replaced, ?3) WHERE number = ?1",
    )?;
    for (index, (number, _)) in texts.iter().enumerate() {
        let before = index.checked_sub(1).and_then(|before| texts.get(before)).map(|(number, _)| number);
        let after = texts.get(index + 1).map(|(_, available)| available);
        update.execute(params![number, before, after])?;
    }
    Ok(())
}
