//! Claims as dossiers read them, with their participants, places and facets.

use crate::questions::Conditions;
use rusqlite::{Connection, Row, params_from_iter};
use rustc_hash::FxHashMap;
use serde_json::json;
use std::collections::BTreeMap;

/// A claim that counts, with what hangs on it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entry {
    pub(crate) number: i64,
    /// The claim.
    pub claim: String,
    /// The report that makes it.
    pub report: String,
    /// Its story.
    pub story: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When it was published.
    pub available: String,
    /// Number of its event.
    pub(crate) event: i64,
    /// Its category.
    pub category: String,
    /// Its modes, set off by blanks.
    pub modes: String,
    /// The words it hangs on.
    pub told: String,
    /// First day.
    pub from: Option<String>,
    /// Last day.
    pub to: Option<String>,
    /// `before`, `after`, `since`, `until` or `by`.
    pub bound: Option<String>,
    /// Whether it happened.
    pub status: String,
    /// Whether it is told as history.
    pub background: bool,
    /// Whether it is the content of another claim.
    pub nested: bool,
    /// `single`, `campaign`, `aggregate` or `habitual`.
    pub granularity: String,
    /// Who vouches for it; none in the outlet's own voice.
    pub speaker: Option<String>,
    /// The same as a key.
    pub origin: String,
    /// Code points of the sentence.
    pub sentence: (u32, u32),
    /// The actors.
    pub actors: Vec<Party>,
    /// The recipients.
    pub recipients: Vec<Party>,
    /// The places, in the order of the claim.
    pub places: Vec<Place>,
    /// Facet, field and value.
    pub facets: Vec<(String, String, String)>,
    /// Numbers of the claims nested in it.
    pub(crate) content: Vec<i64>,
    /// The side of who vouches for it.
    pub(crate) speaker_side: Option<Side>,
}

/// A participant.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Party {
    /// The name, or the phrase where there is none.
    pub name: String,
    /// On whose side it stands.
    pub side: Side,
}

/// On whose side a participant stands: all organs of a state are one side. `key` compares, `name` is shown.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Side {
    /// A country's code for its state, else the actor's id or name in small letters; empty for who is not known.
    pub key: String,
    /// What people call it.
    pub name: String,
    /// What is known of who is not known by country or name.
    pub kind: Kind,
}

/// What kind of participant it is, where more is not told.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub enum Kind {
    /// An organ of a state whose country is not told: "the government", the name of a minister.
    State,
    /// Rebels without a name.
    Rebels,
    /// Known, or of another kind.
    #[default]
    Other,
}

/// A place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// Its name.
    pub name: String,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// `point`, `district`, `province`, `country`, `region` or `unresolved`.
    pub precision: String,
    /// `event`, `venue`, `origin`, `destination` or `route`.
    pub role: String,
}

/// PLOVER's sectors of the organs of a state.
const STATE: &[&str] = &["GOV", "MIL", "LEG", "JUD", "COP", "SPY"];

impl Side {
    fn new(actor: Option<String>, name: Option<String>, country: Option<String>, sectors: &str) -> Self {
        let first = sectors.split(' ').next().unwrap_or_default();
        let state = first.is_empty() && actor.is_some() || STATE.contains(&first);
        let kind = Kind::Other;
        match (country, actor, name) {
            (Some(country), _, _) if state && country.len() == 3 => Self { name: country.clone(), key: country, kind },
            (_, Some(actor), name) => Self { name: name.unwrap_or_else(|| actor.clone()), key: actor, kind },
            (_, None, Some(name)) => {
                Self { key: name.to_lowercase(), name, kind: if state { Kind::State } else { kind } }
            }
            _ if state => Self { kind: Kind::State, ..Self::default() },
            _ if first == "REB" => Self { kind: Kind::Rebels, ..Self::default() },
            _ => Self::default(),
        }
    }

    /// The side among those of a matter that it must be: the only state, the only one that is none.
    pub(super) fn placed(self, sides: &[Self]) -> Self {
        let mut fit = sides.iter().filter(|side| match self.kind {
            Kind::State => side.is_state(),
            Kind::Rebels => !side.is_state(),
            Kind::Other => false,
        });
        match (fit.next(), fit.next()) {
            (Some(only), None) => only.clone(),
            _ => self,
        }
    }

    pub(super) fn is_state(&self) -> bool {
        self.key.len() == 3 && self.key.chars().all(|char| char.is_ascii_uppercase())
    }

    /// Whether it is known who this is.
    #[must_use]
    pub fn is_known(&self) -> bool {
        !self.key.is_empty()
    }
}

impl Entry {
    /// The value of a field of a facet.
    #[must_use]
    pub fn facet(&self, facet: &str, field: &str) -> Option<&str> {
        let found = self.facets.iter().find(|(of, name, _)| of == facet && name == field);
        found.map(|(_, _, value)| value.as_str())
    }

    /// The day by which it is ordered: that on which it happened, else that on which it was told.
    #[must_use]
    pub fn day(&self) -> &str {
        self.from.as_deref().or(self.to.as_deref()).unwrap_or(&self.available)
    }

    /// The known sides of its actors and recipients, without doubles.
    #[must_use]
    pub fn sides(&self) -> Vec<Side> {
        let mut sides: Vec<Side> =
            self.actors.iter().chain(&self.recipients).map(|party| party.side.clone()).filter(Side::is_known).collect();
        sides.sort();
        sides.dedup();
        sides
    }
}

/// The claims that meet the conditions, by day, then by report and text.
pub(crate) fn load(connection: &Connection, conditions: &Conditions) -> rusqlite::Result<Vec<Entry>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT number, id, report, story, outlet, available, event_number, category, modes, predicate, from_day, to_day, bound,
            status, background, nested, granularity, speaker, origin, sentence_start, sentence_end
         FROM claims WHERE {conditions} ORDER BY coalesce(from_day, to_day, available), available, report, start, id"
    ))?;
    let values = params_from_iter(conditions.values.iter().map(crate::questions::sql_value));
    let rows = statement.query_map(values, |row| {
        Ok(Entry {
            number: row.get(0)?,
            claim: row.get(1)?,
            report: row.get(2)?,
            story: row.get(3)?,
            outlet: row.get(4)?,
            available: row.get(5)?,
            event: row.get(6)?,
            category: row.get(7)?,
            modes: row.get(8)?,
            told: row.get(9)?,
            from: row.get(10)?,
            to: row.get(11)?,
            bound: row.get(12)?,
            status: row.get(13)?,
            background: row.get(14)?,
            nested: row.get(15)?,
            granularity: row.get(16)?,
            speaker: row.get(17)?,
            origin: row.get(18)?,
            sentence: (row.get(19)?, row.get(20)?),
            ..Entry::default()
        })
    })?;
    let mut entries: Vec<Entry> = rows.collect::<rusqlite::Result<_>>()?;
    fill(connection, &mut entries)?;
    Ok(entries)
}

/// The claims with these numbers, by number.
pub(crate) fn by_number(connection: &Connection, numbers: &[i64]) -> rusqlite::Result<BTreeMap<i64, Entry>> {
    let mut conditions = Conditions::default();
    conditions.and("number IN (SELECT value FROM json_each(?))", &json!(numbers).to_string());
    Ok(load(connection, &conditions)?.into_iter().map(|entry| (entry.number, entry)).collect())
}

/// Reads what hangs on claims, table by table: a query for each claim would take the time of all others together.
fn fill(connection: &Connection, entries: &mut [Entry]) -> rusqlite::Result<()> {
    let numbers = json!(entries.iter().map(|entry| entry.number).collect::<Vec<_>>()).to_string();
    let places: FxHashMap<i64, usize> = entries.iter().enumerate().map(|(at, entry)| (entry.number, at)).collect();
    let mut each = |table: &str,
                    columns: &str,
                    order: &str,
                    take: &dyn Fn(&mut Entry, &Row<'_>) -> rusqlite::Result<()>| {
        let mut statement = connection.prepare_cached(&format!(
            "SELECT claim, {columns} FROM {table} WHERE claim IN (SELECT value FROM json_each(?1)) ORDER BY claim, {order}"
        ))?;
        let mut rows = statement.query([&numbers])?;
        while let Some(row) = rows.next()? {
            if let Some(entry) = places.get(&row.get(0)?).and_then(|&at| entries.get_mut(at)) {
                take(entry, row)?;
            }
        }
        rusqlite::Result::Ok(())
    };
    let participants = "side, text, actor, name, country, sectors";
    each("participant", participants, "ordinal", &|entry, row| {
        let (side, text, name): (String, String, Option<String>) = (row.get(1)?, row.get(2)?, row.get(4)?);
        let sectors: String = row.get(6)?;
        let party =
            Party { name: name.clone().unwrap_or(text), side: Side::new(row.get(3)?, name, row.get(5)?, &sectors) };
        if side == "actor" {
            entry.actors.push(party)
        } else {
            entry.recipients.push(party)
        }
        Ok(())
    })?;
    each("place", "name, country, precision, role", "ordinal", &|entry, row| {
        let place = Place { name: row.get(1)?, country: row.get(2)?, precision: row.get(3)?, role: row.get(4)? };
        entry.places.push(place);
        Ok(())
    })?;
    each("facet", "facet, field, value", "ordinal", &|entry, row| {
        entry.facets.push((row.get(1)?, row.get(2)?, row.get(3)?));
        Ok(())
    })?;
    each("relation", "kind, other", "other", &|entry, row| {
        if row.get::<_, String>(1)? == "content" {
            entry.content.push(row.get(2)?);
        }
        Ok(())
    })?;
    each("voice", "actor, name, country, sectors, depth", "depth", &|entry, row| {
        let sectors: String = row.get(4)?;
        if row.get::<_, i64>(5)? == 0 {
            let side = Side::new(row.get(1)?, row.get(2)?, row.get(3)?, &sectors);
            entry.speaker_side = Some(side).filter(Side::is_known);
        }
        Ok(())
    })
}
