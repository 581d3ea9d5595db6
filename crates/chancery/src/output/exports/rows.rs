//! Rows of the tables, in the order of their columns.

use super::columns::{Cell, What};
use ledger::Ledger;
use ledger::exports::{Claim, Event, Participant, Persons, Report, Toll};
use ledger::questions::{Answer, Area, Filter, Policy, Value};

/// Hands on the rows of a table one by one.
pub(crate) fn each(
    ledger: &Ledger,
    what: What,
    filter: &Filter,
    persons: Persons,
    policy: Policy,
    row: &mut dyn FnMut(&[Cell]) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    match what {
        What::Events => ledger.each_event(filter, persons, policy, |one| row(&event(&one))),
        What::Claims => ledger.each_claim(filter, persons, |one| row(&claim(&one))),
        What::Reports => ledger.each_report(filter, persons, |one| row(&report(&one))),
        What::Tolls => ledger.each_toll(filter, persons, |one| row(&toll(&one))),
        What::CountryMonths => answered(&ledger.months(Area::Country, policy, filter)?, row),
        What::Admin1Months => answered(&ledger.months(Area::Admin1, policy, filter)?, row),
        What::Vintages => answered(&ledger.vintages(filter)?, row),
    }
}

/// Rows of a question that has the columns of the table.
fn answered(answer: &Answer, row: &mut dyn FnMut(&[Cell]) -> anyhow::Result<()>) -> anyhow::Result<()> {
    let cell = |value: &Value| match value {
        Value::Null => Cell::Empty,
        Value::Integer(number) => (*number).into(),
        Value::Real(number) => (*number).into(),
        Value::Text(text) => text.into(),
    };
    answer.rows.iter().try_for_each(|cells| row(&cells.iter().map(cell).collect::<Vec<_>>()))
}

/// A speaker whom nobody names.
const UNNAMED: &str = "unnamed";

/// Sets off the parts of a cell.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> Cell {
    parts.collect::<Vec<_>>().join("; ").into()
}

fn names(participants: &[Participant]) -> Cell {
    joined(participants.iter().map(Participant::shown))
}

/// One code a participant, empty where it has none; nothing where nobody has one.
fn codes<'a>(participants: &'a [Participant], code: impl Fn(&'a Participant) -> Option<&'a str>) -> Cell {
    if participants.iter().all(|one| code(one).is_none()) {
        return Cell::Empty;
    }
    joined(participants.iter().map(|one| code(one).unwrap_or_default()))
}

fn countries(participants: &[Participant]) -> Cell {
    codes(participants, |one| one.country.as_deref())
}

fn sectors(participants: &[Participant]) -> Cell {
    codes(participants, |one| one.sectors.first().map(String::as_str))
}

/// The cells of an event.
pub(crate) fn event(event: &Event) -> Vec<Cell> {
    let place = event.place.as_ref();
    let toll = |role: &str| event.tolls.iter().find(|range| range.role == role);
    let evidence = &event.evidence;
    vec![
        (&event.id).into(),
        (&event.kind).into(),
        (&event.category).into(),
        event.modes.join(" ").into(),
        event.contexts.join(" ").into(),
        event.cameo.as_ref().into(),
        event.from.as_ref().into(),
        event.to.as_ref().into(),
        event.precision.as_ref().into(),
        names(&event.actors),
        countries(&event.actors),
        sectors(&event.actors),
        (&event.told).into(),
        names(&event.recipients),
        countries(&event.recipients),
        sectors(&event.recipients),
        place.map(|place| &place.name).into(),
        place.and_then(|place| place.admin1.as_ref()).into(),
        place.and_then(|place| place.country.as_ref()).into(),
        place.and_then(|place| place.lat).into(),
        place.and_then(|place| place.lon).into(),
        place.map(|place| &place.precision).into(),
        (&event.status).into(),
        event.disputed.into(),
        (&event.granularity).into(),
        toll("killed").map(|range| range.low).into(),
        toll("killed").map(|range| range.best).into(),
        toll("killed").map(|range| range.high).into(),
        toll("wounded").map(|range| range.low).into(),
        toll("wounded").map(|range| range.best).into(),
        toll("wounded").map(|range| range.high).into(),
        event.claims.into(),
        event.reports.into(),
        event.outlets.into(),
        event.stories.into(),
        event.origins.into(),
        (&event.first_told).into(),
        (&event.last_told).into(),
        event.confidence.into(),
        (&evidence.claim).into(),
        (&evidence.report).into(),
        evidence.start.into(),
        evidence.end.into(),
        (&evidence.sha256).into(),
        evidence.words.as_ref().into(),
    ]
}

fn claim(claim: &Claim) -> Vec<Cell> {
    let place = claim.places.first();
    let figures: Vec<String> = claim.figures.iter().map(|figure| format!("{} {}", figure.role, figure.text)).collect();
    let voices = claim.voices.iter().map(|voice| if voice.name.is_empty() { UNNAMED } else { &voice.name });
    let evidence = &claim.evidence;
    vec![
        (&evidence.claim).into(),
        claim.event.as_ref().into(),
        (&claim.kind).into(),
        (&claim.category).into(),
        claim.modes.join(" ").into(),
        claim.contexts.join(" ").into(),
        claim.cameo.as_ref().into(),
        claim.from.as_ref().into(),
        claim.to.as_ref().into(),
        claim.bound.as_ref().into(),
        claim.precision.as_ref().into(),
        names(&claim.actors),
        countries(&claim.actors),
        sectors(&claim.actors),
        (&claim.told).into(),
        names(&claim.recipients),
        countries(&claim.recipients),
        sectors(&claim.recipients),
        place.map(|place| &place.name).into(),
        place.map(|place| &place.role).into(),
        place.and_then(|place| place.admin1.as_ref()).into(),
        place.and_then(|place| place.country.as_ref()).into(),
        place.and_then(|place| place.lat).into(),
        place.and_then(|place| place.lon).into(),
        place.map(|place| &place.precision).into(),
        joined(figures.iter().map(String::as_str)),
        (&claim.status).into(),
        claim.factuality.into(),
        claim.background.into(),
        claim.nested.into(),
        (&claim.granularity).into(),
        joined(voices),
        claim.outlet.as_ref().into(),
        (&claim.available).into(),
        (&evidence.report).into(),
        (&claim.story).into(),
        (&claim.rule).into(),
        claim.confidence.into(),
        claim.start.into(),
        claim.end.into(),
        evidence.start.into(),
        evidence.end.into(),
        (&evidence.sha256).into(),
        evidence.words.as_ref().into(),
    ]
}

fn report(report: &Report) -> Vec<Cell> {
    vec![
        (&report.id).into(),
        (&report.story).into(),
        report.title.as_ref().into(),
        report.published.as_ref().into(),
        (&report.available).into(),
        report.outlet.as_ref().into(),
        report.url.as_ref().into(),
        report.language.as_ref().into(),
        (&report.sha256).into(),
        report.length.into(),
        report.coded.into(),
        report.claims.into(),
    ]
}

fn toll(toll: &Toll) -> Vec<Cell> {
    vec![
        (&toll.event).into(),
        toll.from.as_ref().into(),
        toll.to.as_ref().into(),
        toll.place.as_ref().into(),
        (&toll.role).into(),
        toll.low.into(),
        toll.best.into(),
        toll.high.into(),
        toll.counts.as_ref().into(),
        (&toll.text).into(),
        toll.speaker.as_ref().into(),
        toll.outlet.as_ref().into(),
        (&toll.story).into(),
        (&toll.available).into(),
        (&toll.granularity).into(),
        toll.superseded.into(),
        (&toll.claim).into(),
    ]
}
