//! What a correction may say: fields and their values as analysts write them, checked, and as they are kept.
//!
//! A participant, place or speaker that the ledger knows by this name brings along what is known of it. That is settled
//! when the verdict is given and kept with it, so that the same verdict says the same for ever.

use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use jiff::civil::Date;
use rusqlite::{OptionalExtension, params};
use serde_json::{Value, json};

const FIELDS: &str = include_str!("fields.txt");
const CATEGORIES: &str = include_str!("categories.txt");
const STATUSES: &str = include_str!("statuses.txt");

/// Takes a value away.
const NONE: &str = "none";

fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

/// The categories that every codebook has.
pub fn categories() -> impl Iterator<Item = &'static str> {
    lines(CATEGORIES).flat_map(|line| line.split(' '))
}

/// Whether something happened: the words for it.
pub fn statuses() -> impl Iterator<Item = &'static str> {
    lines(STATUSES).filter_map(|line| line.split(' ').next())
}

/// The fields that a verdict may correct.
pub fn correctable() -> impl Iterator<Item = &'static str> {
    lines(FIELDS).filter_map(|line| line.split([':', ' ']).next())
}

/// Event or state, by the way a category is written.
pub(super) fn kind_of(category: &str) -> &'static str {
    if category.chars().any(char::is_lowercase) { "state" } else { "event" }
}

/// What a status makes of the factuality.
pub(super) fn factuality(status: &str) -> f64 {
    let of = lines(STATUSES).filter_map(|line| line.split_once(' ')).find(|(name, _)| *name == status);
    of.and_then(|(_, number)| number.parse().ok()).unwrap_or(0.0)
}

fn refuse<T>(why: String) -> Result<T> {
    Err(LedgerError::Refused(why))
}

/// The field and the value as they are kept; no value where it is taken away.
pub(super) fn understood(ledger: &Ledger, field: &str, value: &str) -> Result<(String, Option<String>)> {
    let field = field.trim().to_lowercase();
    let field = field.strip_suffix('s').filter(|one| matches!(*one, "actor" | "recipient" | "place")).unwrap_or(&field);
    let value = value.trim();
    for line in lines(FIELDS) {
        if let Some((name, words)) = line.split_once(": ")
            && name == field
        {
            let word = value.to_lowercase();
            if word == NONE && field != "status" && field != "granularity" && field != "precision" {
                return Ok((field.to_owned(), None));
            }
            if !words.split(' ').any(|known| known == word) {
                return refuse(format!("{field} is one of {}, not {value}", words.replace(' ', ", ")));
            }
            return Ok((field.to_owned(), Some(word)));
        }
        if let Some((name, kind)) = line.split_once(" = ")
            && name == field
        {
            return Ok((field.to_owned(), free(ledger, field, kind, value)?));
        }
    }
    let names: Vec<&str> = correctable().collect();
    refuse(format!("there is no field {field}; a verdict may correct {}", names.join(", ")))
}

fn free(ledger: &Ledger, field: &str, kind: &str, value: &str) -> Result<Option<String>> {
    let none = value.is_empty() || value == NONE;
    match kind {
        "category" => category(ledger, value).map(Some),
        "words" => {
            let mut words: Vec<&str> = if none { Vec::new() } else { value.split([' ', ',']).collect() };
            words.retain(|word| !word.is_empty());
            words.sort_unstable();
            words.dedup();
            Ok(Some(words.join(" ")))
        }
        "number" => match value.parse::<f64>() {
            Ok(number) if (-3.0..=3.0).contains(&number) => Ok(Some(number.to_string())),
            _ => refuse(format!("{field} is a number from -3 to 3, not {value}")),
        },
        "yes-no" => match value {
            "yes" | "no" => Ok(Some(value.to_owned())),
            _ => refuse(format!("{field} is yes or no, not {value}")),
        },
        _ if none && kind != "figure" && kind != "facet" && kind != "speaker" => Ok(None),
        "day" => Ok(Some(day(field, value)?.to_string())),
        "days" => {
            let (from, to) = value.split_once("..").unwrap_or((value, value));
            let (from, to) = (day(field, from)?, day(field, to)?);
            if from > to {
                return refuse(format!("{from} is after {to}; exchange the days"));
            }
            Ok(Some(format!("{from}..{to}")))
        }
        "parties" => {
            let names = value.split(';').map(str::trim).filter(|name| !name.is_empty());
            let parties: Vec<Value> = names.map(|name| party(ledger, name)).collect::<Result<_>>()?;
            Ok(Some(Value::Array(parties).to_string()))
        }
        "places" => {
            let places = value.split(';').map(str::trim).filter(|place| !place.is_empty());
            let places: Vec<Value> = places.map(|written| place(ledger, written)).collect::<Result<_>>()?;
            Ok(Some(Value::Array(places).to_string()))
        }
        "speaker" if value == "outlet" => Ok(None),
        "speaker" if none => refuse("the speaker is a name, or `outlet` for the report's own voice".to_owned()),
        "speaker" => Ok(Some(party(ledger, value)?.to_string())),
        "figure" => figure(value).map(Some),
        "facet" => match value.splitn(3, ' ').collect::<Vec<_>>().as_slice() {
            [facet, field, value] => Ok(Some(json!({ "facet": facet, "field": field, "value": value }).to_string())),
            _ => refuse("a facet is written FACET FIELD VALUE, for example: ceasefire phase declared".to_owned()),
        },
        _ => Ok(Some(value.to_owned())),
    }
}

fn day(field: &str, value: &str) -> Result<Date> {
    match value.trim().parse::<Date>() {
        Ok(day) => Ok(day),
        Err(_) => refuse(format!("{field} is a day, YYYY-MM-DD, not {value}")),
    }
}

/// One of those that every codebook has, or one that the ledger has already from a codebook of its own.
pub(crate) fn category(ledger: &Ledger, value: &str) -> Result<String> {
    let known = categories().find(|name| name.eq_ignore_ascii_case(value));
    if let Some(known) = known {
        return Ok(known.to_owned());
    }
    let own: Option<String> = ledger.with(|connection| {
        connection
            .prepare_cached("SELECT category FROM claim WHERE category = ?1 COLLATE NOCASE LIMIT 1")?
            .query_row([value], |row| row.get(0))
            .optional()
    })?;
    let all = || lines(CATEGORIES).collect::<Vec<_>>().join(" ").replace(' ', ", ");
    own.map_or_else(|| refuse(format!("there is no category {value}; there are {}", all())), Ok)
}

/// Somebody by the id of the codebook's actor, or by name; with what the ledger knows of it.
fn party(ledger: &Ledger, name: &str) -> Result<Value> {
    type Known = (Option<String>, Option<String>, Option<String>, String);
    let known: Option<Known> = ledger.with(|connection| {
        connection
            .prepare_cached(
                "SELECT actor, name, country, sectors FROM participant
                 WHERE actor IS NOT NULL AND (actor = ?1 OR name = ?1 COLLATE NOCASE)
                 GROUP BY 1, 2, 3, 4 ORDER BY count(*) DESC, 1, 2, 3, 4 LIMIT 1",
            )?
            .query_row([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))
            .optional()
    })?;
    Ok(match known {
        Some((actor, known, country, sectors)) => {
            json!({ "name": known.as_deref().unwrap_or(name), "actor": actor, "country": country, "sectors": sectors })
        }
        None => json!({ "name": name, "actor": null, "country": null, "sectors": "" }),
    })
}

/// NAME, or NAME, COUNTRY, or NAME, COUNTRY, LAT, LON.
fn place(ledger: &Ledger, written: &str) -> Result<Value> {
    let wrong = || refuse(format!("a place is NAME, or NAME, CODE, or NAME, CODE, LAT, LON; not {written}"));
    let parts: Vec<&str> = written.split(',').map(str::trim).collect();
    let (name, country, point) = match parts.as_slice() {
        [name] => (*name, None, None),
        [name, country] => (*name, Some(*country), None),
        [name, country, lat, lon] => match (lat.parse::<f64>(), lon.parse::<f64>()) {
            (Ok(lat), Ok(lon)) if lat.abs() <= 90.0 && lon.abs() <= 180.0 => (*name, Some(*country), Some((lat, lon))),
            _ => return wrong(),
        },
        _ => return wrong(),
    };
    let code = |code: &str| code.len() == 3 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if name.is_empty() || country.is_some_and(|country| !code(country)) {
        return wrong();
    }
    if let Some((lat, lon)) = point {
        return Ok(json!({ "name": name, "country": country, "admin1": null, "lat": lat, "lon": lon,
            "feature": null, "precision": "point" }));
    }
    let known: Option<Value> = ledger.with(|connection| {
        connection
            .prepare_cached(
                "SELECT name, country, admin1, lat, lon, feature, precision FROM place
                 WHERE name = ?1 COLLATE NOCASE AND (?2 IS NULL OR country = ?2) AND precision <> 'unresolved'
                 GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY count(*) DESC, 1, 2, 3, 4, 5, 6, 7 LIMIT 1",
            )?
            .query_row(params![name, country], |row| {
                Ok(json!({
                    "name": row.get::<_, String>(0)?,
                    "country": row.get::<_, Option<String>>(1)?,
                    "admin1": row.get::<_, Option<String>>(2)?,
                    "lat": row.get::<_, Option<f64>>(3)?,
                    "lon": row.get::<_, Option<f64>>(4)?,
                    "feature": row.get::<_, Option<String>>(5)?,
                    "precision": row.get::<_, String>(6)?,
                }))
            })
            .optional()
    })?;
    Ok(known.unwrap_or_else(|| {
        json!({ "name": name, "country": country, "admin1": null, "lat": null, "lon": null, "feature": null,
            "precision": "unresolved" })
    }))
}

/// ROLE NUMBER, ROLE LOW-HIGH, or ROLE none.
fn figure(value: &str) -> Result<String> {
    let wrong = || refuse(format!("a figure is ROLE NUMBER, ROLE LOW-HIGH or ROLE none (killed 12), not {value}"));
    let Some((role, number)) = value.split_once(' ') else { return wrong() };
    let number = number.trim();
    let (low, high) = match number.split_once('-') {
        _ if number == NONE => return Ok(json!({ "role": role }).to_string()),
        Some((low, high)) => (low.trim().parse::<f64>(), high.trim().parse::<f64>()),
        None => (number.parse(), number.parse()),
    };
    match (low, high) {
        (Ok(low), Ok(high)) if 0.0 <= low && low <= high && high.is_finite() => {
            let best = if low < high { None } else { Some(low) };
            Ok(json!({ "role": role, "low": low, "best": best, "high": high, "text": number }).to_string())
        }
        _ => wrong(),
    }
}
