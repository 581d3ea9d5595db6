//! Claims as they go out: with participants, places, figures and voices one by one, and the sentence.

use super::source::Source;
use super::{Each, Evidence, Participant, Persons, Place, hand_on, parties, words};
use crate::error::LedgerError;
use crate::files::Ledger;
use crate::persons::{Mask, PRIVATE, holds_nothing};
use crate::questions::Filter;
use rusqlite::{Connection, Row};

/// A claim.
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// Its event.
    pub event: Option<String>,
    /// The story of its report.
    pub story: String,
    /// Who published the report.
    pub outlet: Option<String>,
    /// Where.
    pub url: Option<String>,
    /// Under which headline.
    pub title: Option<String>,
    /// In which language.
    pub language: Option<String>,
    /// The day on which it was available.
    pub available: String,
    /// `event` or `state`.
    pub kind: String,
    /// PLOVER category, or predicate of a state.
    pub category: String,
    /// PLOVER's modes.
    pub modes: Vec<String>,
    /// PLOVER's contexts.
    pub contexts: Vec<String>,
    /// CAMEO code; lossy.
    pub cameo: Option<String>,
    /// The words that it hangs on.
    pub told: String,
    /// Who did it.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// First day.
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// `before`, `after`, `since`, `until` or `by`.
    pub bound: Option<String>,
    /// How exact the days are.
    pub precision: Option<String>,
    /// Where.
    pub places: Vec<Place>,
    /// How many.
    pub figures: Vec<Figure>,
    /// Whether it happened.
    pub status: String,
    /// The same as a number from -3 to 3.
    pub factuality: f64,
    /// Whether it is told as history.
    pub background: bool,
    /// Whether it is the content of another claim.
    pub nested: bool,
    /// `single`, `campaign`, `aggregate` or `habitual`.
    pub granularity: String,
    /// The statements it rests on, innermost first; none in the outlet's own voice.
    pub voices: Vec<Voice>,
    /// The rule that found it.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: f64,
    /// First code point of the words that it hangs on.
    pub start: u32,
    /// One past their last.
    pub end: u32,
    /// Its sentence.
    pub evidence: Evidence,
}

/// A figure.
#[derive(Clone, PartialEq, Debug)]
pub struct Figure {
    /// `killed`, `wounded`, `events`, `amount`, …
    pub role: String,
    /// The least value that the words allow.
    pub low: Option<f64>,
    /// The value as written.
    pub best: Option<f64>,
    /// The greatest value that the words allow.
    pub high: Option<f64>,
    /// Whether the words mark it as approximate.
    pub approximate: bool,
    /// Unit of measure; none for a plain count.
    pub unit: Option<String>,
    /// What is counted.
    pub counts: Option<String>,
    /// The exact words.
    pub text: String,
    /// Whether it is counted in another figure of the claim.
    pub part: bool,
}

/// Who says so.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Voice {
    /// The name, or the phrase where there is none; empty if nobody is named.
    pub name: String,
    /// The codebook's actor.
    pub actor: Option<String>,
    /// How it is put forward.
    pub manner: String,
    /// How the speaker knows.
    pub basis: Option<String>,
    /// The speaker's part in the matter.
    pub stake: Option<String>,
}

impl Ledger {
    /// Claims one by one, in the order of [`Ledger::claims`].
    ///
    /// # Errors
    /// If the filter asks for what cannot be, the store fails, or `each` does.
    pub fn each_claim<E: From<LedgerError>>(
        &self,
        filter: &Filter,
        persons: Persons,
        each: impl FnMut(Claim) -> Each<E>,
    ) -> Each<E> {
        let conditions = filter.claims()?;
        let limit = filter.limit();
        let numbers = self.numbers(
            &format!(
                "SELECT claims.number FROM claims WHERE {conditions}
                 ORDER BY claims.available DESC, claims.report, claims.start, claims.id {limit}"
            ),
            &conditions,
        )?;
        // The claims of a report follow one another.
        let mut source: Option<Source> = None;
        let load = |number| self.with(|connection| load(connection, number, persons, &mut source));
        hand_on(numbers, load, each)
    }
}

fn load(
    connection: &Connection,
    number: i64,
    persons: Persons,
    latest: &mut Option<Source>,
) -> rusqlite::Result<Claim> {
    let mut statement = connection.prepare_cached(
        "SELECT id, (SELECT event.id FROM event WHERE event.number = event_number) AS event, report, report_number, story,
            outlet, available, kind, category, modes, contexts, cameo, predicate, from_day, to_day, bound, precision,
            status, factuality, background, nested, granularity, rule, confidence, start, \"end\", sentence_start,
            sentence_end
         FROM claims WHERE number = ?1",
    )?;
    let report = connection
        .prepare_cached("SELECT report FROM claim WHERE number = ?1")?
        .query_row([number], |row| row.get(0))?;
    let source = match latest.take() {
        Some(source) if source.number == report => source,
        _ => Source::load(connection, report, persons)?,
    };
    let mut claim = statement.query_row([number], |row| plain(row, &source))?;
    claim.actors = parties::of_claim(connection, number, "actor", &source.mask)?;
    claim.recipients = parties::of_claim(connection, number, "recipient", &source.mask)?;
    claim.places = places(connection, number)?;
    claim.figures = figures(connection, number, &source.mask)?;
    claim.voices = voices(connection, number, &source.mask)?;
    *latest = Some(source);
    Ok(claim)
}

fn plain(row: &Row<'_>, source: &Source) -> rusqlite::Result<Claim> {
    let (start, end) = (row.get("sentence_start")?, row.get("sentence_end")?);
    Ok(Claim {
        event: row.get("event")?,
        story: row.get("story")?,
        outlet: row.get("outlet")?,
        url: source.url.clone(),
        title: source.title.clone(),
        language: source.language.clone(),
        available: row.get("available")?,
        kind: row.get("kind")?,
        category: row.get("category")?,
        modes: words(&row.get::<_, String>("modes")?),
        contexts: words(&row.get::<_, String>("contexts")?),
        cameo: row.get("cameo")?,
        told: source.mask.apply(&row.get::<_, String>("predicate")?),
        actors: Vec::new(),
        recipients: Vec::new(),
        from: row.get("from_day")?,
        to: row.get("to_day")?,
        bound: row.get("bound")?,
        precision: row.get("precision")?,
        places: Vec::new(),
        figures: Vec::new(),
        status: row.get("status")?,
        factuality: row.get("factuality")?,
        background: row.get("background")?,
        nested: row.get("nested")?,
        granularity: row.get("granularity")?,
        voices: Vec::new(),
        rule: row.get("rule")?,
        confidence: row.get("confidence")?,
        start: row.get("start")?,
        end: row.get("end")?,
        evidence: Evidence {
            claim: row.get("id")?,
            report: row.get("report")?,
            sha256: source.sha256.clone(),
            start,
            end,
            words: source.words(start, end),
        },
    })
}

fn places(connection: &Connection, claim: i64) -> rusqlite::Result<Vec<Place>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, role, lat, lon, country, admin1, precision FROM place WHERE claim = ?1 ORDER BY ordinal",
    )?;
    let rows = statement.query_map([claim], |row| {
        Ok(Place {
            name: row.get(0)?,
            role: row.get(1)?,
            lat: row.get(2)?,
            lon: row.get(3)?,
            country: row.get(4)?,
            admin1: row.get(5)?,
            precision: row.get(6)?,
        })
    })?;
    rows.collect()
}

fn figures(connection: &Connection, claim: i64, mask: &Mask) -> rusqlite::Result<Vec<Figure>> {
    let mut statement = connection.prepare_cached(
        "SELECT role, low, best, high, approximate, unit, counts, text, part FROM figure WHERE claim = ?1 ORDER BY ordinal",
    )?;
    let rows = statement.query_map([claim], |row| {
        Ok(Figure {
            role: row.get(0)?,
            low: row.get(1)?,
            best: row.get(2)?,
            high: row.get(3)?,
            approximate: row.get(4)?,
            unit: row.get(5)?,
            counts: row.get::<_, Option<String>>(6)?.map(|counts| mask.apply(&counts)),
            text: mask.apply(&row.get::<_, String>(7)?),
            part: row.get(8)?,
        })
    })?;
    rows.collect()
}

fn voices(connection: &Connection, claim: i64, mask: &Mask) -> rusqlite::Result<Vec<Voice>> {
    let mut statement = connection.prepare_cached(
        "SELECT text, name, actor, sectors, manner, basis, stake FROM voice WHERE claim = ?1 ORDER BY depth",
    )?;
    let rows = statement.query_map([claim], |row| {
        let (text, name): (String, Option<String>) = (row.get(0)?, row.get(1)?);
        let actor: Option<String> = row.get(2)?;
        let sectors = words(&row.get::<_, String>(3)?);
        let named = mask.covers(&text) || name.as_deref().is_some_and(|name| mask.covers(name));
        let name = match name.unwrap_or(text) {
            _ if named && holds_nothing(actor.as_deref(), &sectors) => PRIVATE.to_owned(),
            name => mask.apply(&name),
        };
        Ok(Voice { name, actor, manner: row.get(4)?, basis: row.get(5)?, stake: row.get(6)? })
    })?;
    rows.collect()
}
