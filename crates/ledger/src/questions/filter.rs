//! What a question is about.

use super::Value;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::verdicts::{self, statuses};
use jiff::civil::Date;
use std::fmt;

/// Conditions, all of which hold. The default asks for everything.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Filter {
    /// The claim (`c…`), event (`e…`) or report (`r…`) that it is, or belongs to.
    pub id: Option<String>,
    /// An actor of the codebook by its id, or any part of a participant's name.
    pub actor: Option<String>,
    /// ISO 3166-1 alpha-3 code: where it happened; for reports and actors, where anything told in them did.
    pub country: Option<String>,
    /// PLOVER category or predicate of a state, in any case.
    pub category: Option<String>,
    /// Part of the name of a place, or of its first-level division.
    pub place: Option<String>,
    /// South, west, north and east border in degrees; a box across the antimeridian has west greater than east.
    pub within: Option<[f64; 4]>,
    /// What happened on this day or later; what has no day goes by the day on which it was told.
    pub from: Option<Date>,
    /// What happened on this day or before.
    pub to: Option<Date>,
    /// What was told on this day or later.
    pub since: Option<Date>,
    /// `occurred`, `planned`, …
    pub status: Option<String>,
    /// Any part of the name of who vouches for it.
    pub speaker: Option<String>,
    /// Any part of the outlet's name.
    pub outlet: Option<String>,
    /// At least so many independent stories tell of the event.
    pub stories: Option<u32>,
    /// At least so many origins vouch for the event.
    pub origins: Option<u32>,
    /// Rows, at most.
    pub limit: Option<u32>,
    /// Rows passed over first; needs a limit.
    pub offset: Option<u32>,
}

/// Parts of a WHERE clause with their values, in order.
#[derive(Debug, Default)]
pub(crate) struct Conditions {
    parts: Vec<String>,
    pub(crate) values: Vec<Value>,
}

impl fmt::Display for Conditions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.parts.is_empty() { formatter.write_str("TRUE") } else { formatter.write_str(&self.parts.join(" AND ")) }
    }
}

impl Conditions {
    /// Adds a condition whose question marks all stand for `value`.
    pub(crate) fn and(&mut self, part: &str, value: &str) {
        for _ in part.matches('?') {
            self.values.push(Value::Text(value.to_owned()));
        }
        self.parts.push(format!("({part})"));
    }

    fn and_number(&mut self, part: &str, value: impl Into<f64>) {
        self.values.push(Value::Real(value.into()));
        self.parts.push(format!("({part})"));
    }

    /// Adds a condition with a value for each of its question marks.
    pub(crate) fn and_all(&mut self, part: &str, values: &[&str]) {
        self.values.extend(values.iter().map(|value| Value::Text((*value).to_owned())));
        self.parts.push(format!("({part})"));
    }

    fn within(&mut self, table: &str, [south, west, north, east]: [f64; 4]) {
        self.and_number(&format!("{table}.lat >= ?"), south);
        self.and_number(&format!("{table}.lat <= ?"), north);
        let across = if west <= east { "AND" } else { "OR" };
        self.values.extend([Value::Real(west), Value::Real(east)]);
        self.parts.push(format!("({table}.lon >= ? {across} {table}.lon <= ?)"));
    }
}

/// A part of a name, whatever its case.
fn part(name: &str) -> String {
    let plain = name.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
    format!("%{plain}%")
}

impl Filter {
    /// The same, if its category is one of PLOVER's, a state, or one that something in the ledger has.
    ///
    /// # Errors
    /// If there is no such category, or the store fails.
    pub fn known(self, ledger: &Ledger) -> Result<Self> {
        match &self.category {
            None => Ok(self),
            Some(category) => verdicts::category(ledger, category).map(|_| self),
        }
    }

    /// Refuses what cannot be.
    pub(super) fn check(&self) -> Result<()> {
        if let (Some(from), Some(to)) = (self.from, self.to)
            && from > to
        {
            return Err(LedgerError::Refused(format!("nothing lies from {from} to {to}; exchange the days")));
        }
        let refuse = |why: String| Err(LedgerError::Refused(why));
        if let Some(country) = self.country.as_deref()
            && !(country.len() == 3 && country.bytes().all(|byte| byte.is_ascii_alphabetic()))
        {
            return refuse(format!(
                "\"{country}\" is no code of a country; ISO 3166-1 alpha-3 has three letters (SSD)"
            ));
        }
        if let Some(status) = self.status.as_deref()
            && !statuses().any(|known| known == status.to_lowercase())
        {
            let known = statuses().collect::<Vec<_>>().join(", ");
            return refuse(format!("there is no status {status}; there are {known}"));
        }
        let parts =
            [("actor", &self.actor), ("place", &self.place), ("speaker", &self.speaker), ("outlet", &self.outlet)];
        if let Some((name, _)) =
            parts.iter().find(|(_, part)| part.as_deref().is_some_and(|part| part.trim().is_empty()))
        {
            return refuse(format!("the {name} is empty; give part of its name"));
        }
        if let Some([south, west, north, east]) = self.within {
            let fits = |value: f64, limit: f64| value.is_finite() && value.abs() <= limit;
            if !(fits(south, 90.0) && fits(north, 90.0) && fits(west, 180.0) && fits(east, 180.0) && south <= north) {
                return Err(LedgerError::Refused(
                    "a box is SOUTH,WEST,NORTH,EAST in degrees, for example 12.5,22,15.5,26.5".to_owned(),
                ));
            }
        }
        Ok(())
    }

    /// The end of a question that asks for some rows only.
    pub(crate) fn limit(&self) -> String {
        self.limit.map_or_else(String::new, |limit| format!("LIMIT {limit} OFFSET {}", self.offset.unwrap_or(0)))
    }

    /// The same without days and limit: what has a life over time is derived from all of it.
    pub(crate) fn whole(&self) -> Self {
        Self { from: None, to: None, since: None, limit: None, offset: None, ..self.clone() }
    }

    /// The id with the condition of its kind: for a claim, an event, a report.
    fn with_id(&self, all: &mut Conditions, kinds: [&str; 3]) -> Result<()> {
        let Some(id) = &self.id else { return Ok(()) };
        let [claim, event, report] = kinds;
        match id.chars().next() {
            Some('c') => all.and(claim, id),
            Some('e') => all.and(event, id),
            Some('r') => all.and(report, id),
            _ => {
                let why = format!("{id} is no id: claims begin with c, events with e, reports with r");
                return Err(LedgerError::Refused(why));
            }
        }
        Ok(())
    }

    pub(crate) fn events(&self) -> Result<Conditions> {
        self.check()?;
        let mut all = Conditions::default();
        self.with_id(
            &mut all,
            [
                "event.number IN (SELECT event FROM claim WHERE stands AND id = ?)",
                "event.id = ?",
                "event.number IN (SELECT event_number FROM claims WHERE report = ?)",
            ],
        )?;
        let day = "coalesce(event.to_day, event.from_day, event.first_available)";
        if let Some(from) = self.from {
            all.and(&format!("{day} >= ?"), &from.to_string());
        }
        if let Some(to) = self.to {
            all.and("coalesce(event.from_day, event.to_day, event.first_available) <= ?", &to.to_string());
        }
        if let Some(since) = self.since {
            all.and("event.last_available >= ?", &since.to_string());
        }
        if let Some(category) = &self.category {
            all.and("event.category = upper(?) OR event.category = lower(?)", category);
        }
        if let Some(country) = &self.country {
            all.and("event.country = upper(?)", country);
        }
        if let Some(place) = &self.place {
            all.and("event.place LIKE ? ESCAPE '\\' OR event.admin1 LIKE ? ESCAPE '\\'", &part(place));
        }
        if let Some(within) = self.within {
            all.within("event", within);
        }
        if let Some(status) = &self.status {
            all.and("event.status = lower(?)", status);
        }
        if let Some(stories) = self.stories {
            all.and_number("event.stories >= ?", stories);
        }
        if let Some(origins) = self.origins {
            all.and_number("event.origins >= ?", origins);
        }
        if let Some(actor) = &self.actor {
            all.and_all(
                &format!("event.number IN (SELECT event FROM claim WHERE stands AND number IN ({PARTICIPANTS}))"),
                &[actor, &part(actor)],
            );
        }
        if let Some(speaker) = &self.speaker {
            let told = "event.number IN (SELECT event FROM claim WHERE stands AND origin_name LIKE ? ESCAPE '\\')";
            all.and(told, &part(speaker));
        }
        if let Some(outlet) = &self.outlet {
            let told = "event.number IN (SELECT event_number FROM claims WHERE outlet LIKE ? ESCAPE '\\')";
            all.and(told, &part(outlet));
        }
        Ok(all)
    }

    pub(crate) fn claims(&self) -> Result<Conditions> {
        self.check()?;
        let mut all = Conditions::default();
        self.with_id(
            &mut all,
            [
                "claims.id = ?",
                "claims.event_number = (SELECT number FROM event WHERE id = ?)",
                "claims.report_number = (SELECT number FROM report WHERE id = ?)",
            ],
        )?;
        if let Some(from) = self.from {
            all.and("coalesce(claims.to_day, claims.from_day, claims.available) >= ?", &from.to_string());
        }
        if let Some(to) = self.to {
            all.and("coalesce(claims.from_day, claims.to_day, claims.available) <= ?", &to.to_string());
        }
        if let Some(since) = self.since {
            all.and("claims.available >= ?", &since.to_string());
        }
        if let Some(category) = &self.category {
            all.and("claims.category = upper(?) OR claims.category = lower(?)", category);
        }
        if let Some(country) = &self.country {
            all.and("claims.number IN (SELECT claim FROM place WHERE country = upper(?))", country);
        }
        if let Some(place) = &self.place {
            let named =
                "claims.number IN (SELECT claim FROM place WHERE name LIKE ? ESCAPE '\\' OR admin1 LIKE ? ESCAPE '\\')";
            all.and(named, &part(place));
        }
        if let Some(within) = self.within {
            let mut inner = Conditions::default();
            inner.within("place", within);
            all.parts.push(format!("claims.number IN (SELECT claim FROM place WHERE {inner})"));
            all.values.extend(inner.values);
        }
        if let Some(status) = &self.status {
            all.and("claims.status = lower(?)", status);
        }
        if let Some(stories) = self.stories {
            all.and_number("claims.event_number IN (SELECT number FROM event WHERE stories >= ?)", stories);
        }
        if let Some(origins) = self.origins {
            all.and_number("claims.event_number IN (SELECT number FROM event WHERE origins >= ?)", origins);
        }
        if let Some(actor) = &self.actor {
            all.and_all(&format!("claims.number IN ({PARTICIPANTS})"), &[actor, &part(actor)]);
        }
        if let Some(speaker) = &self.speaker {
            all.and("claims.speaker LIKE ? ESCAPE '\\'", &part(speaker));
        }
        if let Some(outlet) = &self.outlet {
            all.and("claims.outlet LIKE ? ESCAPE '\\'", &part(outlet));
        }
        Ok(all)
    }

    pub(crate) fn reports(&self) -> Result<Conditions> {
        self.check()?;
        let mut all = Conditions::default();
        if let Some(from) = self.from.max(self.since) {
            all.and("reports.available >= ?", &from.to_string());
        }
        if let Some(to) = self.to {
            all.and("reports.available <= ?", &to.to_string());
        }
        if let Some(outlet) = &self.outlet {
            all.and("reports.outlet LIKE ? ESCAPE '\\'", &part(outlet));
        }
        let own = self.id.as_ref().filter(|id| id.starts_with('r'));
        if let Some(id) = own {
            all.and("reports.id = ?", id);
        }
        // What is told in a report, not the report itself.
        let id = self.id.clone().filter(|_| own.is_none());
        let told =
            Self { id, from: None, to: None, since: None, outlet: None, limit: None, offset: None, ..self.clone() };
        if told != Self::default() {
            let inner = told.claims()?;
            all.parts.push(format!("reports.number IN (SELECT report_number FROM claims WHERE {inner})"));
            all.values.extend(inner.values);
        }
        Ok(all)
    }
}

/// Claims with a participant: by the id of the codebook, or by part of the name.
const PARTICIPANTS: &str = "SELECT claim FROM participant WHERE actor = ? OR coalesce(name, text) LIKE ? ESCAPE '\\'";
