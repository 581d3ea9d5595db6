//! Events as they go out: the summary, its participants one by one, and the sentence of the claim that stands for it.

use super::source::Source;
use super::{Each, Evidence, Participant, Persons, Place, hand_on, parties, words};
use crate::error::LedgerError;
use crate::files::Ledger;
use crate::questions::{Filter, Policy};
use rusqlite::{Connection, Row};
use std::collections::BTreeMap;

/// An event.
#[derive(Clone, PartialEq, Debug)]
pub struct Event {
    /// Its id.
    pub id: String,
    /// `event` or `state`.
    pub kind: String,
    /// PLOVER category, or predicate of a state.
    pub category: String,
    /// PLOVER's modes.
    pub modes: Vec<String>,
    /// PLOVER's contexts, of the claim that stands for it.
    pub contexts: Vec<String>,
    /// CAMEO code; lossy.
    pub cameo: Option<String>,
    /// `single`, `campaign`, `aggregate` or `habitual`.
    pub granularity: String,
    /// Whether it happened.
    pub status: String,
    /// Whether somebody says that it did not.
    pub disputed: bool,
    /// First day.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// How exact the days are.
    pub precision: Option<String>,
    /// Where.
    pub place: Option<Place>,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// The words of the claim that stands for it.
    pub told: String,
    /// What its claims count, by role (killed, wounded, …), in the order of the roles.
    pub tolls: Vec<Range>,
    /// Claims that tell of it.
    pub claims: i64,
    /// Reports.
    pub reports: i64,
    /// Outlets.
    pub outlets: i64,
    /// Independent stories.
    pub stories: i64,
    /// Origins.
    pub origins: i64,
    /// Day on which it was first told.
    pub first_told: String,
    /// Day on which it was last told.
    pub last_told: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// The claim that stands for it.
    pub evidence: Evidence,
}

/// The number of a toll that a policy takes, and its bounds.
#[derive(Clone, PartialEq, Debug)]
pub struct Range {
    /// `killed`, `wounded`, `missing`, `captured`, `displaced` or `arrested`.
    pub role: String,
    /// The least.
    pub low: f64,
    /// The number that is taken.
    pub best: f64,
    /// The greatest.
    pub high: f64,
}

impl Ledger {
    /// Events one by one, in the order of [`Ledger::events`].
    ///
    /// # Errors
    /// If the filter asks for what cannot be, the store fails, or `each` does.
    pub fn each_event<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        persons: Persons,
        policy: Policy,
        each: impl FnMut(Event) -> Each<E>,
    ) -> Each<E> {
        let conditions = filter.events()?;
        let limit = filter.limit();
        let numbers = self.numbers(
            &format!(
                "SELECT event.number FROM event WHERE {conditions}
                 ORDER BY coalesce(event.from_day, event.first_available) DESC, event.id {limit}"
            ),
            &conditions,
        )?;
        let mut tolls = self.with(|connection| tolls(connection, policy))?;
        let load = |number| {
            let mut event = self.with(|connection| load(connection, number, persons))?;
            event.tolls = tolls.remove(&number).unwrap_or_default();
            Ok(event)
        };
        hand_on(numbers, load, each)
    }
}

fn load(connection: &Connection, number: i64, persons: Persons) -> rusqlite::Result<Event> {
    let mut statement = connection.prepare_cached("SELECT * FROM event WHERE number = ?1")?;
    let mut event = statement.query_row([number], summary)?;
    let members = parties::members(connection, number)?;
    event.actors = parties::of_event(connection, &members, "actor", persons)?;
    event.recipients = parties::of_event(connection, &members, "recipient", persons)?;
    lead(connection, number, persons, &mut event)?;
    Ok(event)
}

fn summary(row: &Row<'_>) -> rusqlite::Result<Event> {
    let place = match row.get::<_, Option<String>>("place")? {
        None => None,
        Some(name) => Some(Place {
            name,
            role: String::new(),
            lat: row.get("lat")?,
            lon: row.get("lon")?,
            country: row.get("country")?,
            admin1: row.get("admin1")?,
            precision: row.get::<_, Option<String>>("place_precision")?.unwrap_or_default(),
        }),
    };
    Ok(Event {
        id: row.get("id")?,
        kind: row.get("kind")?,
        category: row.get("category")?,
        modes: words(&row.get::<_, String>("modes")?),
        contexts: Vec::new(),
        cameo: row.get("cameo")?,
        granularity: row.get("granularity")?,
        status: row.get("status")?,
        disputed: row.get("disputed")?,
        from: row.get("from_day")?,
        to: row.get("to_day")?,
        precision: row.get("precision")?,
        place,
        actors: Vec::new(),
        recipients: Vec::new(),
        told: row.get("told")?,
        tolls: Vec::new(),
        claims: row.get("claims")?,
        reports: row.get("reports")?,
        outlets: row.get("outlets")?,
        stories: row.get("stories")?,
        origins: row.get("origins")?,
        first_told: row.get("first_available")?,
        last_told: row.get("last_available")?,
        confidence: row.get("confidence")?,
        evidence: Evidence::default(),
    })
}

/// The tolls of all events, by their numbers: a view that compares all figures is asked once.
fn tolls(connection: &Connection, policy: Policy) -> rusqlite::Result<BTreeMap<i64, Vec<Range>>> {
    let mut statement = connection.prepare_cached(
        "SELECT event_number, role, low, best, high FROM event_tolls WHERE policy = ?1 ORDER BY event_number, role",
    )?;
    let mut all: BTreeMap<i64, Vec<Range>> = BTreeMap::new();
    let mut rows = statement.query([policy.name()])?;
    while let Some(row) = rows.next()? {
        let range = Range { role: row.get(1)?, low: row.get(2)?, best: row.get(3)?, high: row.get(4)? };
        all.entry(row.get(0)?).or_default().push(range);
    }
    Ok(all)
}

/// Fills in what the claim that stands for the event gives; it is chosen as for the event's summary.
fn lead(connection: &Connection, number: i64, persons: Persons, event: &mut Event) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached(
        "SELECT id, report, report_number, sentence_start, sentence_end, contexts FROM claims
         WHERE event_number = ?1 AND status = ?2
         ORDER BY background, from_day IS NULL, CAST(1000.0 * (1.0 - confidence) AS INTEGER), report, id LIMIT 1",
    )?;
    let mut rows = statement.query((number, &event.status))?;
    let Some(row) = rows.next()? else { return Ok(()) };
    let source = Source::load(connection, row.get(2)?, persons)?;
    let (start, end) = (row.get(3)?, row.get(4)?);
    event.contexts = words(&row.get::<_, String>(5)?);
    event.told = source.mask.apply(&event.told);
    event.evidence = Evidence {
        claim: row.get(0)?,
        report: row.get(1)?,
        words: source.words(start, end),
        sha256: source.sha256,
        start,
        end,
    };
    Ok(())
}
