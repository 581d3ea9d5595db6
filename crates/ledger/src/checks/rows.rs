//! The rows of claims against the records that they were made of: made again in an empty ledger, and compared.

use super::{Fault, LISTED, scratch};
use crate::codings;
use crate::packing::unpack;
use record::Record;
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// The parts of a claim, each with what it has beside the claim.
const PARTS: &[(&str, &str)] = &[
    (
        "claim",
        "kind, category, modes, contexts, cameo, predicate, lemma, tag, start, \"end\", sentence_start, sentence_end, \
        direction, target, object, granularity, happenings, from_day, to_day, bound, precision, derived, status, factuality, \
        background, nested, strength, origin, origin_name, rule, confidence",
    ),
    ("participant", "ordinal, side, text, actor, name, country, sectors, role, part, inferred"),
    ("place", "ordinal, name, role, lat, lon, country, admin1, feature, precision, inferred"),
    ("figure", "ordinal, role, low, best, high, approximate, unit, counts, text, part"),
    ("voice", "depth, text, actor, name, country, sectors, basis, stake, manner"),
    ("facet", "ordinal, facet, field, value"),
];

/// Records that cannot be read or are of another report, and claims whose rows are not those of their records.
pub(super) fn differing(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let mut faults = Vec::new();
    let scratch = scratch()?;
    scratch.execute_batch(
        "PRAGMA foreign_keys = OFF; INSERT INTO run VALUES (1, '', '', '', '');
         INSERT INTO report (number, id, name, available, recorded, sha256, length, body_start, notes, story)
            VALUES (1, '', '', '', '', '', 0, 0, '', 1)",
    )?;
    let mut statement = connection.prepare(
        "SELECT report.id, report.sha256, report.number, coding.run, coding.record, coding.names, coding.persons
         FROM coding JOIN report ON report.number = coding.report ORDER BY report.id, coding.run",
    )?;
    let mut codings = statement.query([])?;
    while let Some(row) = codings.next()? {
        let (at, sha256, report, run): (String, String, i64, i64) =
            (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
        let packed: Vec<u8> = row.get(4)?;
        let record = unpack(&packed).map_err(|error| error.to_string());
        let record =
            record.and_then(|record| serde_json::from_str::<Record>(&record).map_err(|error| error.to_string()));
        let record = match record {
            Ok(record) if record.report.id == at && record.report.sha256 == sha256 => record,
            Ok(_) => {
                faults.push(Fault { at, what: format!("what run {run} read is of another report") });
                continue;
            }
            Err(error) => {
                faults.push(Fault { at, what: format!("what run {run} read cannot be read ({error})") });
                continue;
            }
        };
        for table in ["relation", "participant", "place", "figure", "voice", "facet", "claim", "coding"] {
            scratch.prepare_cached(&format!("DELETE FROM {table}"))?.execute([])?;
        }
        codings::insert(&scratch, 1, 1, &record, &packed)?;
        let names: (String, String) = (row.get(5)?, row.get(6)?);
        let made = scratch
            .prepare_cached("SELECT names, persons FROM coding")?
            .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if names != made {
            faults.push(Fault { at, what: format!("the names that run {run} read are not those of its record") });
        }
        let mut wrong: BTreeSet<String> = BTreeSet::new();
        for (table, columns) in PARTS {
            let own = rows(connection, table, columns, report, run)?;
            let made = rows(&scratch, table, columns, 1, 1)?;
            wrong.extend(own.symmetric_difference(&made).map(|(claim, _)| claim.clone()));
        }
        // Others join them when claims are linked.
        let made = relations(&scratch, 1, 1)?;
        wrong.extend(made.difference(&relations(connection, report, run)?).map(|(claim, _)| claim.clone()));
        let what = format!("its rows are not what run {run} read");
        faults.extend(wrong.into_iter().take(LISTED).map(|at| Fault { at, what: what.clone() }));
    }
    Ok(faults)
}

/// Ids of claims, each with a row as a text.
type Rows = BTreeSet<(String, String)>;

fn rows(connection: &Connection, table: &str, columns: &str, report: i64, run: i64) -> rusqlite::Result<Rows> {
    let quoted: Vec<String> = columns.split(',').map(|column| format!("quote({table}.{})", column.trim())).collect();
    let quoted = quoted.join(" || '|' || ");
    let join = if table == "claim" { String::new() } else { format!("JOIN {table} ON {table}.claim = claim.number") };
    let sql = format!(
        "SELECT claim.id, {quoted} FROM claim {join} WHERE claim.report = ?1 AND claim.run = ?2 AND claim.verdict IS NULL"
    );
    let mut statement = connection.prepare_cached(&sql)?;
    statement.query_map(params![report, run], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

fn relations(connection: &Connection, report: i64, run: i64) -> rusqlite::Result<Rows> {
    let mut statement = connection.prepare_cached(
        "SELECT claim.id, relation.kind || ' ' || other.id FROM claim JOIN relation ON relation.claim = claim.number
         JOIN claim AS other ON other.number = relation.other
         WHERE claim.report = ?1 AND claim.run = ?2 AND claim.verdict IS NULL",
    )?;
    statement.query_map(params![report, run], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}
