//! One corrected field, written into the row of a claim that verdicts made.

use super::fields;
use rusqlite::{Connection, params};
use serde_json::Value;

/// Writes a value as `super::fields` keeps it.
pub(super) fn apply(connection: &Connection, claim: i64, field: &str, value: Option<&str>) -> rusqlite::Result<()> {
    let set = |column: &str| -> rusqlite::Result<()> {
        let sql = format!("UPDATE claim SET {column} = ?2 WHERE number = ?1");
        connection.prepare_cached(&sql)?.execute(params![claim, value])?;
        Ok(())
    };
    let parsed = || value.and_then(|value| serde_json::from_str::<Value>(value).ok()).unwrap_or_default();
    match field {
        "category" => {
            let category = value.unwrap_or_default();
            // Modes and code are those of the other category.
            connection
                .prepare_cached(
                    "UPDATE claim SET category = ?2, kind = ?3, modes = '', cameo = NULL WHERE number = ?1",
                )?
                .execute(params![claim, category, fields::kind_of(category)])?;
            Ok(())
        }
        "status" => {
            let status = value.unwrap_or_default();
            connection
                .prepare_cached("UPDATE claim SET status = ?2, factuality = ?3 WHERE number = ?1")?
                .execute(params![claim, status, fields::factuality(status)])?;
            Ok(())
        }
        "factuality" => {
            connection
                .prepare_cached("UPDATE claim SET factuality = CAST(?2 AS REAL) WHERE number = ?1")?
                .execute(params![claim, value])?;
            Ok(())
        }
        "background" => {
            connection
                .prepare_cached("UPDATE claim SET background = ?2 WHERE number = ?1")?
                .execute(params![claim, value == Some("yes")])?;
            Ok(())
        }
        "from" => set("from_day").and_then(|()| dated(connection, claim)),
        "to" => set("to_day").and_then(|()| dated(connection, claim)),
        "day" => {
            let days = value.and_then(|value| value.split_once(".."));
            connection
                .prepare_cached("UPDATE claim SET from_day = ?2, to_day = ?3 WHERE number = ?1")?
                .execute(params![claim, days.map(|days| days.0), days.map(|days| days.1)])?;
            dated(connection, claim)
        }
        "modes" | "contexts" | "precision" | "bound" | "granularity" | "direction" | "target" | "object"
        | "strength" => set(field),
        "actor" | "recipient" => parties(connection, claim, field, &parsed()),
        "place" => places(connection, claim, &parsed()),
        "figure" => figure(connection, claim, &parsed()),
        "speaker" => speaker(connection, claim, value.map(|_| parsed()).as_ref()),
        "facet" => facet(connection, claim, &parsed()),
        // A field of a newer program.
        _ => Ok(()),
    }
}

/// How exact the corrected days are, and that an analyst gave them.
fn dated(connection: &Connection, claim: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached(
            "UPDATE claim SET derived = 'verdict', precision = CASE
                WHEN from_day IS NULL AND to_day IS NULL THEN 'unknown'
                WHEN from_day IS to_day THEN 'day' ELSE 'interval' END
             WHERE number = ?1",
        )?
        .execute([claim])?;
    Ok(())
}

/// The parties of a side in place of those that were there; the order of the sides is kept.
fn parties(connection: &Connection, claim: i64, side: &str, parties: &Value) -> rusqlite::Result<()> {
    // Ordinals may have gaps, so that a side is replaced without the other.
    connection
        .prepare_cached("DELETE FROM participant WHERE claim = ?1 AND side = ?2")?
        .execute(params![claim, side])?;
    let next: i64 = connection
        .prepare_cached("SELECT coalesce(max(ordinal), -1) + 1 FROM participant WHERE claim = ?1")?
        .query_row([claim], |row| row.get(0))?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO participant (claim, ordinal, side, text, actor, name, country, sectors, inferred)
         VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?6, ?7, 0)",
    )?;
    for (ordinal, party) in (next..).zip(parties.as_array().into_iter().flatten()) {
        let text = |key: &str| party[key].as_str();
        statement.execute(params![
            claim,
            ordinal,
            side,
            text("name").unwrap_or_default(),
            text("actor"),
            text("country"),
            text("sectors").unwrap_or_default(),
        ])?;
    }
    Ok(())
}

fn places(connection: &Connection, claim: i64, places: &Value) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM place WHERE claim = ?1")?.execute([claim])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO place (claim, ordinal, name, role, lat, lon, country, admin1, feature, precision, inferred)
         VALUES (?1, ?2, ?3, 'event', ?4, ?5, ?6, ?7, ?8, ?9, 0)",
    )?;
    for (ordinal, place) in (0_i64..).zip(places.as_array().into_iter().flatten()) {
        statement.execute(params![
            claim,
            ordinal,
            place["name"].as_str().unwrap_or_default(),
            place["lat"].as_f64(),
            place["lon"].as_f64(),
            place["country"].as_str(),
            place["admin1"].as_str(),
            place["feature"].as_str(),
            place["precision"].as_str().unwrap_or("unresolved"),
        ])?;
    }
    Ok(())
}

fn figure(connection: &Connection, claim: i64, figure: &Value) -> rusqlite::Result<()> {
    let role = figure["role"].as_str().unwrap_or_default();
    connection.prepare_cached("DELETE FROM figure WHERE claim = ?1 AND role = ?2")?.execute(params![claim, role])?;
    let Some(text) = figure["text"].as_str() else { return Ok(()) };
    connection
        .prepare_cached(
            "INSERT INTO figure (claim, ordinal, role, low, best, high, approximate, text, part)
             SELECT ?1, coalesce(max(ordinal), -1) + 1, ?2, ?3, ?4, ?5, 0, ?6, 0 FROM figure WHERE claim = ?1",
        )?
        .execute(params![
            claim,
            role,
            figure["low"].as_f64(),
            figure["best"].as_f64(),
            figure["high"].as_f64(),
            text
        ])?;
    Ok(())
}

/// Another speaker in place of the whole chain; none for the outlet's own voice.
fn speaker(connection: &Connection, claim: i64, speaker: Option<&Value>) -> rusqlite::Result<()> {
    connection.prepare_cached("DELETE FROM voice WHERE claim = ?1")?.execute([claim])?;
    let text = |key: &str| speaker.and_then(|speaker| speaker[key].as_str());
    let origin = match (text("actor"), text("name")) {
        (Some(actor), _) => actor.to_owned(),
        (None, Some(name)) => name.to_lowercase(),
        (None, None) => "outlet".to_owned(),
    };
    connection.prepare_cached("UPDATE claim SET origin = ?2, origin_name = ?3 WHERE number = ?1")?.execute(params![
        claim,
        origin,
        text("name")
    ])?;
    if let Some(name) = text("name") {
        connection
            .prepare_cached(
                "INSERT INTO voice (claim, depth, text, actor, name, country, sectors, manner)
                 VALUES (?1, 0, ?2, ?3, ?2, ?4, ?5, 'said')",
            )?
            .execute(params![claim, name, text("actor"), text("country"), text("sectors").unwrap_or_default()])?;
    }
    Ok(())
}

fn facet(connection: &Connection, claim: i64, facet: &Value) -> rusqlite::Result<()> {
    let text = |key: &str| facet[key].as_str().unwrap_or_default();
    connection.prepare_cached("DELETE FROM facet WHERE claim = ?1 AND facet = ?2 AND field = ?3")?.execute(params![
        claim,
        text("facet"),
        text("field")
    ])?;
    if text("value") == "none" {
        return Ok(());
    }
    connection
        .prepare_cached(
            "INSERT INTO facet (claim, ordinal, facet, field, value)
             SELECT ?1, coalesce(max(ordinal), -1) + 1, ?2, ?3, ?4 FROM facet WHERE claim = ?1",
        )?
        .execute(params![claim, text("facet"), text("field"), text("value")])?;
    Ok(())
}
