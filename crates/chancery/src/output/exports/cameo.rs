//! A table of events like those of CAMEO and GDELT: tab-separated, under a line of names.
//!
//! It is lossy, and what it cannot hold is left out rather than bent to fit: one day (so that events without a day, or with
//! a longer interval, are left out), one actor on each side, one code, no status (so that only what occurred or is going on
//! is in), no sums of happenings, no states, nobody who acts upon itself. The counts are those of the ledger: mentions are
//! claims, sources outlets, articles reports. The code comes from PLOVER's crosswalk read backwards, which knows less than
//! CAMEO.

use super::columns::one_line;
use ledger::exports::{Event, Participant};
use std::io::Write;

/// The names: GDELT's (version 2.0 of its codebook) where it has the same. GDELT's own column of the country has the codes
/// of FIPS 10-4, so that ours is called otherwise; types are PLOVER's sectors, most of which are CAMEO's.
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
    "ActionGeo_CountryISO3",
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
    let first = event.actors.first();
    // Of a mutual act the second party is an actor as well.
    let mut others = event.recipients.iter().chain(event.actors.iter().skip(1));
    let second = others.find(|other| first.is_none_or(|first| !same(first, other)));
    if second.is_none() && !event.recipients.is_empty() {
        return None;
    }
    let [code1, name1, country1, type1] = described(first);
    let [code2, name2, country2, type2] = described(second);
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

/// Whether two participants are one: a government that arrests its own soldiers is no pair.
fn same(one: &Participant, other: &Participant) -> bool {
    one.shown() == other.shown() || one.actor.is_some() && one.actor == other.actor
}

/// Code, name, country and sector; CAMEO's code is country and sector in one.
fn described(participant: Option<&Participant>) -> [String; 4] {
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

#[cfg(test)]
mod tests {
    use super::*;
    use ledger::exports::Evidence;

    fn party(actor: &str) -> Participant {
        Participant { text: actor.to_owned(), actor: Some(actor.to_owned()), ..Participant::default() }
    }

    fn event(actors: &[&str], recipients: &[&str]) -> Event {
        let parties = |names: &[&str]| names.iter().map(|name| party(name)).collect();
        Event {
            id: "e1".to_owned(),
            kind: "event".to_owned(),
            category: "ASSAULT".to_owned(),
            modes: Vec::new(),
            contexts: Vec::new(),
            cameo: Some("190".to_owned()),
            granularity: "single".to_owned(),
            status: "occurred".to_owned(),
            disputed: false,
            from: Some("2024-05-03".to_owned()),
            to: Some("2024-05-03".to_owned()),
            precision: None,
            place: None,
            actors: parties(actors),
            recipients: parties(recipients),
            told: "attacked".to_owned(),
            tolls: Vec::new(),
            claims: 1,
            reports: 1,
            outlets: 1,
            stories: 1,
            origins: 1,
            first_told: "2024-05-04".to_owned(),
            last_told: "2024-05-04".to_owned(),
            confidence: 1.0,
            evidence: Evidence::default(),
        }
    }

    #[test]
    fn nobody_is_paired_with_itself() {
        for (actors, recipients, pair) in [
            (&["bana"][..], &["kuru"][..], Some(["bana", "kuru"])),
            (&["bana"], &["bana"], None),
            (&["bana"], &["bana", "kuru"], Some(["bana", "kuru"])),
            (&["bana", "kuru"], &[], Some(["bana", "kuru"])),
            (&["bana", "kuru"], &["bana"], Some(["bana", "kuru"])),
            (&["bana"], &[], Some(["bana", ""])),
            (&[], &["kuru"], Some(["", "kuru"])),
        ] {
            let found = cells(&event(actors, recipients)).map(|cells| [cells[3].clone(), cells[7].clone()]);
            assert_eq!(found, pair.map(|pair| pair.map(str::to_owned)), "{actors:?} {recipients:?}");
        }
    }
}
