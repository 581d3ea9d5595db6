//! Which claims of a report stand, after what was read in it and what was decided: made anew from both.

use super::{added, corrections};
use rusqlite::{Connection, OptionalExtension, params};

/// An entry that holds, on one claim.
struct Held {
    number: i64,
    decision: String,
    field: Option<String>,
    value: Option<String>,
}

/// Makes the claims of a report anew on which there are verdicts; tells whether any is another now.
pub(crate) fn renew(connection: &Connection, report: i64) -> rusqlite::Result<bool> {
    let mut statement = connection.prepare_cached(
        "SELECT concerned.id FROM claim JOIN concerned ON concerned.id = claim.id WHERE claim.report = ?1
         UNION SELECT verdict.id FROM report JOIN concerned ON concerned.id = report.id
            JOIN verdict ON verdict.number = concerned.verdict AND verdict.decision = 'add' WHERE report.number = ?1
         ORDER BY 1",
    )?;
    let ids: Vec<String> = statement.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut changed = false;
    for id in ids {
        changed |= renew_claim(connection, report, &id)?;
    }
    Ok(changed)
}

fn renew_claim(connection: &Connection, report: i64, id: &str) -> rusqlite::Result<bool> {
    let held = held(connection, id)?;
    let rejected = held.last().is_some_and(|last| last.decision == "reject");
    let adding = held.iter().rev().find(|one| one.decision == "add");
    let corrected: Vec<&Held> = held.iter().filter(|one| one.decision == "correct").collect();
    let read: Option<(i64, bool, bool)> = connection
        .prepare_cached(
            "SELECT claim.number, claim.stands, coding.number = (SELECT max(number) FROM coding WHERE report = ?1)
             FROM claim JOIN coding ON coding.report = claim.report AND coding.run = claim.run
             WHERE claim.report = ?1 AND claim.id = ?2 AND claim.verdict IS NULL ORDER BY coding.number DESC LIMIT 1",
        )?
        .query_row(params![report, id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let mut changed = clear(connection, report, id)?;
    let made = match (adding, read) {
        _ if rejected => None,
        (Some(adding), _) => added::insert(connection, report, id, adding.number, adding.value.as_deref())?,
        (None, Some((read, _, _))) if !corrected.is_empty() => Some(copy(connection, read)?),
        _ => None,
    };
    if let Some(made) = made {
        for one in &corrected {
            corrections::apply(connection, made, one.field.as_deref().unwrap_or_default(), one.value.as_deref())?;
        }
        let last = corrected.last().map(|last| last.number).max(adding.map(|adding| adding.number));
        connection
            .prepare_cached("UPDATE claim SET verdict = ?2, event = number, confidence = 1.0 WHERE number = ?1")?
            .execute(params![made, last])?;
        changed = true;
    }
    if let Some((number, stood, latest)) = read {
        let stands = latest && made.is_none() && !rejected;
        changed |= stands != stood;
        connection
            .prepare_cached("UPDATE claim SET stands = ?2 WHERE number = ?1")?
            .execute(params![number, stands])?;
    }
    Ok(changed)
}

fn held(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Held>> {
    let mut statement = connection.prepare_cached(
        "SELECT verdicts.number, verdicts.decision, verdicts.field, verdicts.value
         FROM concerned JOIN verdicts ON verdicts.number = concerned.verdict
         WHERE concerned.id = ?1 AND verdicts.undone IS NULL
            AND verdicts.decision IN ('accept', 'unsure', 'reject', 'correct', 'add')
         ORDER BY verdicts.number",
    )?;
    let rows = statement.query_map([id], |row| {
        Ok(Held { number: row.get(0)?, decision: row.get(1)?, field: row.get(2)?, value: row.get(3)? })
    })?;
    rows.collect()
}

/// The tables of which a claim has rows.
const PARTS: &[&str] = &["participant", "place", "figure", "voice", "facet"];

/// Takes away what earlier verdicts made of a claim; tells whether there was any.
fn clear(connection: &Connection, report: i64, id: &str) -> rusqlite::Result<bool> {
    let mut statement =
        connection.prepare_cached("SELECT number FROM claim WHERE report = ?1 AND id = ?2 AND verdict IS NOT NULL")?;
    let made: Vec<i64> =
        statement.query_map(params![report, id], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    for &number in &made {
        remove(connection, number)?;
    }
    Ok(!made.is_empty())
}

/// Removes a claim with all its rows.
pub(crate) fn remove(connection: &Connection, number: i64) -> rusqlite::Result<()> {
    for part in PARTS {
        connection.prepare_cached(&format!("DELETE FROM {part} WHERE claim = ?1"))?.execute([number])?;
    }
    connection.prepare_cached("DELETE FROM relation WHERE claim = ?1 OR other = ?1")?.execute([number])?;
    connection.prepare_cached("DELETE FROM link WHERE left = ?1 OR right = ?1")?.execute([number])?;
    connection.prepare_cached("DELETE FROM claim WHERE number = ?1")?.execute([number])?;
    Ok(())
}

/// A copy of a claim for a verdict to change, with its relations to the other claims of the report.
fn copy(connection: &Connection, from: i64) -> rusqlite::Result<i64> {
    let columns = columns(connection, "claim", &["number", "run", "verdict", "stands"])?;
    connection
        .prepare_cached(&format!(
            "INSERT INTO claim (stands, {columns}) SELECT 1, {columns} FROM claim WHERE number = ?1"
        ))?
        .execute([from])?;
    let to = connection.last_insert_rowid();
    for part in PARTS {
        let columns = self::columns(connection, part, &["claim"])?;
        let sql = format!("INSERT INTO {part} (claim, {columns}) SELECT ?2, {columns} FROM {part} WHERE claim = ?1");
        connection.prepare_cached(&sql)?.execute(params![from, to])?;
    }
    let within = "(SELECT report FROM claim WHERE number = relation.claim)
        = (SELECT report FROM claim WHERE number = relation.other)";
    for (own, other) in [("claim", "other"), ("other", "claim")] {
        let sql = format!(
            "INSERT OR IGNORE INTO relation ({own}, kind, {other}) SELECT ?2, kind, {other} FROM relation
             WHERE {own} = ?1 AND {within}"
        );
        connection.prepare_cached(&sql)?.execute(params![from, to])?;
    }
    Ok(to)
}

fn columns(connection: &Connection, table: &str, but: &[&str]) -> rusqlite::Result<String> {
    let mut statement = connection.prepare_cached("SELECT name FROM pragma_table_info(?1) ORDER BY cid")?;
    let names: Vec<String> = statement.query_map([table], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let kept = names.iter().filter(|name| !but.contains(&name.as_str())).map(|name| format!("\"{name}\""));
    Ok(kept.collect::<Vec<_>>().join(", "))
}

/// Sets from when a report counts no longer. One whose text was removed has never counted.
pub(crate) fn withdraw(connection: &Connection, report: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE report SET withdrawn = CASE
                WHEN EXISTS (SELECT 1 FROM redaction WHERE redaction.report = report.number) THEN available
                ELSE (SELECT value FROM concerned JOIN verdicts ON verdicts.number = concerned.verdict
                    WHERE concerned.id = report.id AND verdicts.decision = 'withdraw' AND verdicts.undone IS NULL
                    ORDER BY verdicts.number DESC LIMIT 1) END
             WHERE number = ?1",
        )?
        .execute([report])?;
    Ok(())
}
