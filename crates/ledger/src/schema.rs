//! The numbered steps of the schema, and the views that are laid over it.

use crate::views;
use rusqlite::{Connection, params};
use serde_json::json;

/// Marks the file as a ledger ("CHNC").
pub(crate) const APPLICATION: i64 = 0x4348_4E43;

/// The steps in order; the n-th leads to schema n.
const STEPS: &[&str] = &[include_str!("schema/0001.sql"), include_str!("schema/0002.sql")];

/// The newest schema.
pub(crate) const NEWEST: i64 = STEPS.len() as i64;

/// The schema that the file has; 0 for an empty file.
pub(crate) fn found(connection: &Connection) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Brings a file to the newest schema, in one transaction.
pub(crate) fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)?;
    let from = usize::try_from(found(&transaction)?).unwrap_or(0);
    for step in STEPS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    if from < STEPS.len() {
        transaction.pragma_update(None, "application_id", APPLICATION)?;
        transaction.pragma_update(None, "user_version", NEWEST)?;
    }
    lay_views(&transaction)?;
    transaction.commit()
}

/// The views of this program in place of those of another version; untouched if they are the same.
fn lay_views(connection: &Connection) -> rusqlite::Result<()> {
    let statements = views::statements(None);
    let known = known_views(connection)?;
    if same(&known, &statements) {
        return Ok(());
    }
    for (name, _) in &known {
        connection.execute_batch(&format!("DROP VIEW \"{}\"", name.replace('"', "\"\"")))?;
    }
    statements.iter().try_for_each(|statement| connection.execute_batch(statement))
}

/// Lays the views of this program over a file that may not be written and has those of another version.
pub(crate) fn hide_other_views(connection: &Connection) -> rusqlite::Result<()> {
    let statements = views::statements(None);
    if same(&known_views(connection)?, &statements) {
        return Ok(());
    }
    lay_over(connection, &statements)
}

fn known_views(connection: &Connection) -> rusqlite::Result<Vec<(String, String)>> {
    let mut statement = connection.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'view'")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}

fn same(known: &[(String, String)], statements: &[String]) -> bool {
    known.len() == statements.len() && known.iter().all(|(_, sql)| statements.contains(sql))
}

/// Views for this connection alone; they hide those of the file.
fn lay_over(connection: &Connection, statements: &[String]) -> rusqlite::Result<()> {
    let laid: Vec<String> = connection
        .prepare("SELECT name FROM temp.sqlite_schema WHERE type = 'view'")?
        .query_map([], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for name in laid {
        connection.execute_batch(&format!("DROP VIEW temp.\"{name}\""))?;
    }
    for statement in statements {
        connection.execute_batch(&statement.replacen("CREATE VIEW", "CREATE TEMP VIEW", 1))?;
    }
    Ok(())
}

/// The same views for this connection alone, as of a day. They hide those of the file, and so does the table of events.
pub(crate) fn as_of(connection: &Connection, day: &str) -> rusqlite::Result<()> {
    lay_over(connection, &views::statements(Some(day)))?;
    // The events that stood otherwise on that day: told further since, or by a report that was replaced or withdrawn since.
    let otherwise: Vec<i64> = connection
        .prepare(
            "SELECT number FROM main.event WHERE first_available <= ?1 AND last_available > ?1
             UNION SELECT claim.event FROM report JOIN claim ON claim.report = report.number
                WHERE claim.stands AND (report.replaced IS NOT NULL OR report.withdrawn IS NOT NULL)
                    AND report.available <= ?1 AND (report.replaced > ?1 OR report.withdrawn > ?1)
             ORDER BY 1",
        )?
        .query_map([day], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    connection.execute_batch("CREATE TEMP TABLE event AS SELECT * FROM main.event LIMIT 0")?;
    connection.execute(
        "INSERT INTO temp.event SELECT * FROM main.event WHERE last_available <= ?1
            AND number NOT IN (SELECT value FROM json_each(?2)) ORDER BY number",
        params![day, json!(otherwise).to_string()],
    )?;
    for event in otherwise {
        crate::summary::write(connection, "temp.event", event, Some(day))?;
    }
    connection.execute_batch(
        "CREATE UNIQUE INDEX temp.event_number ON event (number); CREATE UNIQUE INDEX temp.event_id ON event (id)",
    )
}
