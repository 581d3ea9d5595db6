//! A table of events like those of CAMEO and GDELT: tab-separated, under a line of names.
//!
//! It is lossy, and what it cannot hold is left out rather than bent to fit: one day (so that events without a day, or with
//! a longer interval, are left out), one actor on each side, one code, no status (so that only what occurred or is going on
//! is in), no sums of happenings, no states. The counts are those of the ledger: mentions are claims, sources outlets,
//! articles reports. The code comes from PLOVER's crosswalk read backwards, which knows less than CAMEO.

use super::columns::one_line;
use ledger::exports::{Event, Participant};
use std::io::Write;

/// The names, GDELT's where it has the same.
const NAMES: [&str; 21] = [
    "GlobalEventID",
    "Day",
    "Actor1Code",
    "Actor1Name",
    "Actor1CountryCode",
    "Actor1Type1Code",
    "Actor2Code",
    "Actor2Name",
    "Actor2CountryCode",
    "Actor2Type1Code",
    "EventCode",
    "EventBaseCode",
    "EventRootCode",
    "QuadClass",
    "NumMentions",
    "NumSources",
    "NumArticles",
    "ActionGeo_Fullname",
    "ActionGeo_CountryCode",
    "ActionGeo_Lat",
    "ActionGeo_Long",
];

/// Writes the line of names.
pub(crate) fn begin(out: &mut dyn Write) -> anyhow::Result<()> {
    Ok(writeln!(out, "{}", NAMES.join("\t"))?)
}

/// Writes an event; false if the table cannot hold it.
pub(crate) fn event(out: &mut dyn Write, event: &Event) -> anyhow::Result<bool> {
    let Some(cells) = cells(event) else { return Ok(false) };
    let cells: Vec<String> = cells.iter().map(|cell| one_line(cell)).collect();
    writeln!(out, "{}", cells.join("\t"))?;
    Ok(true)
}

fn cells(event: &Event) -> Option<[String; 21]> {
    let code = event.cameo.as_ref()?;
    let day = event.from.as_ref().filter(|day| event.to.as_ref() == Some(day))?;
    let happened = matches!(event.status.as_str(), "occurred" | "ongoing");
    if event.kind != "event" || !happened || event.granularity != "single" {
        return None;
    }
    let root = code.get(..2)?;
    // Of a mutual act the second party is an actor as well.
    let first = event.actors.first();
    let second = event.recipients.first().or_else(|| event.actors.get(1));
    let [code1, name1, country1, type1] = party(first);
    let [code2, name2, country2, type2] = party(second);
    let place = event.place.as_ref();
    let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
    Some([
        event.id.clone(),
        day.replace('-', ""),
        code1,
        name1,
        country1,
        type1,
        code2,
        name2,
        country2,
        type2,
        code.clone(),
        code.get(..3).unwrap_or(code).to_owned(),
        root.to_owned(),
        quad(root)?.to_string(),
        event.claims.to_string(),
        event.outlets.to_string(),
        event.reports.to_string(),
        place.map(|place| place.name.clone()).unwrap_or_default(),
        place.and_then(|place| place.country.clone()).unwrap_or_default(),
        degrees(place.and_then(|place| place.lat)),
        degrees(place.and_then(|place| place.lon)),
    ])
}

/// Code, name, country and sector; CAMEO's code is country and sector in one.
fn party(participant: Option<&Participant>) -> [String; 4] {
    let Some(participant) = participant else { return Default::default() };
    let country = participant.country.clone().unwrap_or_default();
    let sector = participant.sectors.first().cloned().unwrap_or_default();
    [format!("{country}{sector}"), participant.shown().to_owned(), country, sector]
}

/// CAMEO's quad class of a root code.
fn quad(root: &str) -> Option<u8> {
    match root.parse().ok()? {
        1..=5 => Some(1),
        6..=8 => Some(2),
        9..=13 => Some(3),
        14..=20 => Some(4),
        _ => None,
    }
}
