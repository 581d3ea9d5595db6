//! The ledger's own entries as lines of JSON, chancery-ledger/1: runs, verdicts with what they concern, what was skipped.
//!
//! Numbers are those of the file; whoever takes the lines back has numbers of his own.

use rusqlite::Connection;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// The form of the entries.
pub(crate) const ENTRIES: &str = "chancery-ledger/1";

/// Runs, all of them or those that read one of some reports.
pub(super) fn runs(connection: &Connection, reports: Option<&BTreeSet<i64>>) -> rusqlite::Result<Vec<Value>> {
    let used = pairs(connection, "SELECT DISTINCT run, report FROM coding")?;
    let mut statement =
        connection.prepare_cached("SELECT number, program, models, codebook, recorded FROM run ORDER BY number")?;
    let rows = statement.query_map([], |row| {
        let run = json!({
            "program": row.get::<_, String>(1)?,
            "models": row.get::<_, String>(2)?,
            "codebook": row.get::<_, String>(3)?,
            "recorded": row.get::<_, String>(4)?,
        });
        Ok((row.get(0)?, json!({ "schema": ENTRIES, "run": run })))
    })?;
    Ok(chosen(rows.collect::<rusqlite::Result<_>>()?, &used, reports))
}

/// Verdicts, all of them or those that concern one of some reports, with the entries that take them back.
pub(super) fn verdicts(connection: &Connection, reports: Option<&BTreeSet<i64>>) -> rusqlite::Result<Vec<Value>> {
    let about = pairs(
        connection,
        "SELECT concerned.verdict, claim.report FROM concerned JOIN claim ON claim.id = concerned.id
         UNION SELECT concerned.verdict, report.number FROM concerned JOIN report ON report.id = concerned.id
         UNION SELECT verdict.number, claim.report FROM verdict JOIN concerned ON concerned.verdict = verdict.undoes
            JOIN claim ON claim.id = concerned.id
         UNION SELECT verdict.number, report.number FROM verdict JOIN concerned ON concerned.verdict = verdict.undoes
            JOIN report ON report.id = concerned.id",
    )?;
    let mut concerned: BTreeMap<i64, Vec<Value>> = BTreeMap::new();
    let mut statement =
        connection.prepare_cached("SELECT verdict, id, named FROM concerned ORDER BY verdict, ordinal")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (id, named): (String, bool) = (row.get(1)?, row.get(2)?);
        concerned.entry(row.get(0)?).or_default().push(json!({ "id": id, "named": named }));
    }
    let mut statement = connection.prepare_cached(
        "SELECT number, target, id, decision, field, value, analyst, reason, recorded, undoes FROM verdict ORDER BY number",
    )?;
    let rows = statement.query_map([], |row| {
        let number: i64 = row.get(0)?;
        let verdict = json!({
            "number": number,
            "target": row.get::<_, String>(1)?,
            "id": row.get::<_, String>(2)?,
            "decision": row.get::<_, String>(3)?,
            "field": row.get::<_, Option<String>>(4)?,
            "value": row.get::<_, Option<String>>(5)?,
            "analyst": row.get::<_, String>(6)?,
            "reason": row.get::<_, Option<String>>(7)?,
            "recorded": row.get::<_, String>(8)?,
            "undoes": row.get::<_, Option<i64>>(9)?,
            "concerned": concerned.remove(&number).unwrap_or_default(),
        });
        Ok((number, json!({ "schema": ENTRIES, "verdict": verdict })))
    })?;
    Ok(chosen(rows.collect::<rusqlite::Result<_>>()?, &about, reports))
}

/// What could not be read.
pub(super) fn skipped(connection: &Connection) -> rusqlite::Result<Vec<Value>> {
    let mut statement = connection
        .prepare_cached("SELECT input, place, reason, recorded FROM skipped ORDER BY input, place, reason")?;
    let rows = statement.query_map([], |row| {
        let skipped = json!({
            "input": row.get::<_, String>(0)?,
            "place": row.get::<_, String>(1)?,
            "reason": row.get::<_, String>(2)?,
            "recorded": row.get::<_, String>(3)?,
        });
        Ok(json!({ "schema": ENTRIES, "skipped": skipped }))
    })?;
    rows.collect()
}

fn pairs(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<(i64, i64)>> {
    connection.prepare_cached(sql)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

/// The entries that have to do with some reports, by pairs of entry and report.
fn chosen(entries: Vec<(i64, Value)>, pairs: &[(i64, i64)], reports: Option<&BTreeSet<i64>>) -> Vec<Value> {
    let kept: Option<BTreeSet<i64>> = reports
        .map(|reports| pairs.iter().filter(|(_, report)| reports.contains(report)).map(|(entry, _)| *entry).collect());
    let keeps = |number: i64| kept.as_ref().is_none_or(|kept| kept.contains(&number));
    entries.into_iter().filter(|(number, _)| keeps(*number)).map(|(_, entry)| entry).collect()
}
