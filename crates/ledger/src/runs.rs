//! Runs: the list, what is still to be coded by one, and how two differ claim by claim.

use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::questions::{Answer, Value};
use crate::reports::{COLUMNS, described, with_text};
use record::{Report, Run};
use rusqlite::{OptionalExtension, params};
use std::collections::BTreeMap;

/// A report of the ledger with its place in the file.
#[derive(Clone, PartialEq, Debug)]
pub struct Stored {
    /// Its place; the next batch begins after it.
    pub number: i64,
    /// The report under its id in the ledger, with its text.
    pub report: Report,
}

/// A claim of a run as it is compared: its fields by name.
type Fields = BTreeMap<String, String>;

/// The columns of a claim in which two runs may differ.
const FIELDS: &[&str] = &[
    "category",
    "modes",
    "contexts",
    "cameo",
    "direction",
    "target",
    "object",
    "granularity",
    "happenings",
    "from_day",
    "to_day",
    "bound",
    "precision",
    "derived",
    "status",
    "factuality",
    "background",
    "nested",
    "strength",
    "origin",
    "rule",
];

/// The rows of a claim in other tables, each as one text.
const PARTS: &[(&str, &str)] = &[
    (
        "actors",
        "SELECT coalesce(actor, name, text) FROM participant WHERE claim = ?1 AND side = 'actor' ORDER BY ordinal",
    ),
    (
        "recipients",
        "SELECT coalesce(actor, name, text) FROM participant WHERE claim = ?1 AND side = 'recipient' ORDER BY ordinal",
    ),
    (
        "places",
        "SELECT role || ' ' || name || coalesce(' ' || country, '') FROM place WHERE claim = ?1 ORDER BY ordinal",
    ),
    ("figures", "SELECT role || ' ' || text FROM figure WHERE claim = ?1 ORDER BY ordinal"),
    ("voices", "SELECT manner || ' ' || coalesce(actor, name, text) FROM voice WHERE claim = ?1 ORDER BY depth"),
    ("facets", "SELECT facet || ' ' || field || ' ' || value FROM facet WHERE claim = ?1 ORDER BY ordinal"),
];

impl Ledger {
    /// The runs, the first first: what coded, when it began, how many reports, claims, and claims that stand.
    ///
    /// # Errors
    /// If the store fails.
    pub fn runs(&self) -> Result<Answer> {
        self.answer(
            "SELECT run.number AS run, run.program, run.models, run.codebook, run.recorded,
                (SELECT count(*) FROM coding WHERE coding.run = run.number) AS reports,
                (SELECT count(*) FROM claim WHERE claim.run = run.number) AS claims,
                (SELECT count(*) FROM claim WHERE claim.run = run.number AND claim.stands) AS standing
             FROM run ORDER BY run.number",
            &[],
        )
    }

    /// How two runs differ in the reports that both coded: claims gained, lost and changed, matched by id; of a changed one
    /// a row for each field that differs.
    ///
    /// # Errors
    /// If there is no such run, or the store fails.
    pub fn runs_diff(&self, old: i64, new: i64) -> Result<Answer> {
        for run in [old, new] {
            let known: Option<i64> = self.with(|connection| {
                connection.query_row("SELECT number FROM run WHERE number = ?1", [run], |row| row.get(0)).optional()
            })?;
            if known.is_none() {
                return Err(LedgerError::Refused(format!("there is no run {run}; `chancery runs` lists them")));
            }
        }
        let columns = ["change", "claim", "report", "category", "told", "field", "old", "new"];
        let mut answer = Answer { columns: columns.map(str::to_owned).to_vec(), rows: Vec::new() };
        let reports: Vec<(i64, String)> = self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT report.number, report.id FROM report
                     WHERE EXISTS (SELECT 1 FROM coding WHERE coding.report = report.number AND coding.run = ?1)
                        AND EXISTS (SELECT 1 FROM coding WHERE coding.report = report.number AND coding.run = ?2)
                     ORDER BY report.available, report.id",
                )?
                .query_map([old, new], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        for (number, report) in reports {
            let before = self.with(|connection| claims(connection, number, old))?;
            let after = self.with(|connection| claims(connection, number, new))?;
            compare(&mut answer, &report, &before, &after);
        }
        Ok(answer)
    }

    /// Reports with a text that a run has not coded, after a place in the file.
    ///
    /// # Errors
    /// If the store fails or a text cannot be read.
    pub fn uncoded(&self, run: &Run, after: i64, limit: u32) -> Result<Vec<Stored>> {
        let rows: Vec<(i64, Report, Option<Vec<u8>>)> = self.with(|connection| {
            connection
                .prepare_cached(&format!(
                    "SELECT {COLUMNS} FROM report WHERE number > ?1 AND number IN (SELECT report FROM report_text) AND NOT EXISTS (
                        SELECT 1 FROM coding JOIN run ON run.number = coding.run WHERE coding.report = report.number
                            AND run.program = ?2 AND run.models = ?3 AND run.codebook = ?4)
                     ORDER BY number LIMIT ?5"
                ))?
                .query_map(params![after, run.program, run.models, run.codebook, limit], described)?
                .collect()
        })?;
        let mut all = Vec::with_capacity(rows.len());
        for (number, report, packed) in rows {
            all.extend(with_text(report, packed.as_deref())?.map(|report| Stored { number, report }));
        }
        Ok(all)
    }
}

/// The claims of a run on a report: by id, with the words, and the fields.
fn claims(connection: &rusqlite::Connection, report: i64, run: i64) -> rusqlite::Result<BTreeMap<String, Fields>> {
    let columns: String = FIELDS.iter().map(|field| format!(", CAST({field} AS TEXT)")).collect();
    let mut statement = connection
        .prepare_cached(&format!("SELECT number, id, predicate{columns} FROM claim WHERE report = ?1 AND run = ?2"))?;
    let mut rows = statement.query([report, run])?;
    let mut all = BTreeMap::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let mut fields = Fields::from([("told".to_owned(), row.get(2)?)]);
        for (at, field) in FIELDS.iter().enumerate() {
            fields.insert((*field).to_owned(), row.get::<_, Option<String>>(at + 3)?.unwrap_or_default());
        }
        for (part, sql) in PARTS {
            let mut statement = connection.prepare_cached(sql)?;
            let values: Vec<String> =
                statement.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            fields.insert((*part).to_owned(), values.join("; "));
        }
        all.insert(row.get(1)?, fields);
    }
    Ok(all)
}

fn compare(answer: &mut Answer, report: &str, before: &BTreeMap<String, Fields>, after: &BTreeMap<String, Fields>) {
    let mut row = |change: &str, claim: &str, of: &Fields, field: Option<(&str, &str, &str)>| {
        let text = |text: &str| Value::Text(text.to_owned());
        let named = |name: &str| of.get(name).map_or(Value::Null, |value| text(value));
        let mut cells = vec![text(change), text(claim), text(report), named("category"), named("told")];
        match field {
            Some((field, old, new)) => cells.extend([text(field), text(old), text(new)]),
            None => cells.extend([Value::Null, Value::Null, Value::Null]),
        }
        answer.rows.push(cells);
    };
    for (claim, old) in before {
        match after.get(claim) {
            None => row("lost", claim, old, None),
            Some(new) => {
                for (field, value) in old.iter().filter(|(field, value)| new.get(*field) != Some(*value)) {
                    let now = new.get(field).map_or("", String::as_str);
                    row("changed", claim, new, Some((field, value, now)));
                }
            }
        }
    }
    for (claim, new) in after.iter().filter(|(claim, _)| !before.contains_key(*claim)) {
        row("gained", claim, new, None);
    }
}
