//! Participants of a claim or an event, with the names of private persons withheld.

use super::{Persons, source, words};
use crate::persons::{Mask, PRIVATE, holds_nothing};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};

/// An actor or a recipient.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Participant {
    /// The phrase.
    pub text: String,
    /// The name by which a reader knows it.
    pub name: Option<String>,
    /// The codebook's actor.
    pub actor: Option<String>,
    /// ISO 3166-1 alpha-3 code, or PLOVER's code for what is not of one country.
    pub country: Option<String>,
    /// PLOVER's sector codes, primary first.
    pub sectors: Vec<String>,
    /// The role held.
    pub role: Option<String>,
    /// Part played in talks.
    pub part: Option<String>,
    /// Whether it is inferred rather than stated.
    pub inferred: bool,
}

impl Participant {
    /// The name, or the phrase where there is none.
    #[must_use]
    pub fn shown(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.text)
    }

    /// The same without the name, if it is that of a private person; what describes the person goes with the name.
    pub(super) fn withheld(self, mask: &Mask) -> Self {
        let named = mask.covers(&self.text) || self.name.as_deref().is_some_and(|name| mask.covers(name));
        if !named {
            return self;
        }
        if !holds_nothing(self.actor.as_deref(), &self.sectors) {
            return Self { text: mask.apply(&self.text), name: self.name.map(|name| mask.apply(&name)), ..self };
        }
        Self { text: PRIVATE.to_owned(), name: Some(PRIVATE.to_owned()), role: None, ..self }
    }
}

/// The participants of a claim on one side, in the order of the claim.
pub(super) fn of_claim(
    connection: &Connection,
    claim: i64,
    side: &str,
    mask: &Mask,
) -> rusqlite::Result<Vec<Participant>> {
    let mut statement = connection.prepare_cached(
        "SELECT text, name, actor, country, sectors, role, part, inferred FROM participant
         WHERE claim = ?1 AND side = ?2 ORDER BY ordinal",
    )?;
    let rows = statement.query_map(params![claim, side], |row| {
        let sectors: String = row.get(4)?;
        Ok(Participant {
            text: row.get(0)?,
            name: row.get(1)?,
            actor: row.get(2)?,
            country: row.get(3)?,
            sectors: words(&sectors),
            role: row.get(5)?,
            part: row.get(6)?,
            inferred: row.get(7)?,
        })
    })?;
    rows.map(|row| row.map(|one| one.withheld(mask))).collect()
}

/// The participants of an event on one side, by the rule of the event's summary: the names that most stories give first,
/// and one phrase only where nobody has a name.
pub(super) fn of_event(
    connection: &Connection,
    members: &[Member],
    side: &str,
    persons: Persons,
) -> rusqlite::Result<Vec<Participant>> {
    let mut named: BTreeMap<String, (BTreeSet<&str>, Participant)> = BTreeMap::new();
    let mut phrases: BTreeMap<String, (BTreeSet<&str>, Participant)> = BTreeMap::new();
    for member in members {
        let mask = source::mask(connection, member.report, persons)?;
        for one in of_claim(connection, member.claim, side, &mask)? {
            let into = if one.name.is_some() { &mut named } else { &mut phrases };
            let (stories, _) = into.entry(one.shown().to_owned()).or_insert_with(|| (BTreeSet::new(), one));
            stories.insert(&member.story);
        }
    }
    let mut chosen: Vec<(usize, Participant)> =
        named.into_values().map(|(stories, one)| (stories.len(), one)).collect();
    if chosen.is_empty() {
        chosen = phrases.into_values().map(|(stories, one)| (stories.len(), one)).collect();
        chosen.sort_by_key(|(stories, one)| (std::cmp::Reverse(*stories), one.text.len(), one.text.clone()));
        chosen.truncate(1);
    }
    chosen.sort_by(|left, right| right.0.cmp(&left.0).then_with(|| left.1.shown().cmp(right.1.shown())));
    Ok(chosen.into_iter().map(|(_, one)| one).collect())
}

/// A claim of an event.
#[derive(Debug)]
pub(super) struct Member {
    pub(super) claim: i64,
    pub(super) report: i64,
    pub(super) story: String,
}

/// The claims of an event that count.
pub(super) fn members(connection: &Connection, event: i64) -> rusqlite::Result<Vec<Member>> {
    let mut statement = connection.prepare_cached(
        "SELECT number, report_number, story FROM claims WHERE event_number = ?1 ORDER BY report, id",
    )?;
    let rows = statement
        .query_map([event], |row| Ok(Member { claim: row.get(0)?, report: row.get(1)?, story: row.get(2)? }))?;
    rows.collect()
}
