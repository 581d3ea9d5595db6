//! Dossiers: matters followed over time. Each is derived from the claims that count, by rules stated in its module, and
//! nothing of it is stored: it can be derived anew at any time, and as of any day.

mod answers;
mod ceasefires;
mod commitments;
mod control;
mod entries;
mod talks;
#[cfg(test)]
mod tests;

pub use ceasefires::{Ceasefire, Step};
pub use commitments::{Commitment, Standing};
pub use control::{Control, Hold, Holder, LASTS};
pub use entries::{Entry, Kind, Party, Place, Side};
pub use talks::{Round, Talks};

use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::questions::{Answer, Conditions, Filter};
use jiff::civil::Date;
use serde_json::json;
use std::collections::BTreeSet;

/// Condition on a claim: its event was told of on a day or later.
const RETOLD: &str = "claims.event_number IN (SELECT number FROM event WHERE last_available >= ?)";

/// Condition on a claim: it tells of a place of whose control there is evidence from a day on.
const EVIDENCE_OF_CONTROL: &str = "claims.number IN (SELECT claim FROM place WHERE name IN (
    SELECT place.name FROM claims AS recent JOIN place ON place.claim = recent.number
    WHERE recent.category IN ('siege', 'control')
        AND coalesce(recent.from_day, recent.to_day, recent.available) >= ?))";

/// Condition on a claim: it says what it is that is promised.
const SAYS_WHAT: &str = "claims.number IN (SELECT claim FROM facet WHERE facet = ?)
    OR claims.number IN (SELECT claim FROM relation WHERE kind = 'content')";

/// Condition on a claim: on this side stands one of those listed, each the claim's category and the key of a side.
fn taken_part(side: &str) -> String {
    let listed = |key: &str| format!("claims.category || ' ' || {key} IN (SELECT value FROM json_each(?))");
    let [actor, country, name] = ["actor", "country", "lower(name)"].map(listed);
    format!(
        "EXISTS (SELECT 1 FROM participant WHERE claim = claims.number AND side = '{side}'
            AND ({actor} OR {country} OR {name}))"
    )
}

impl Ledger {
    /// Claims as dossiers read them, by day.
    pub(crate) fn entries(&self, conditions: &Conditions) -> Result<Vec<Entry>> {
        self.with(|connection| entries::load(connection, conditions))
    }

    /// The talks of which claims tell, as the filter narrows them.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn talks(&self, filter: &Filter) -> Result<Vec<Talks>> {
        self.talks_with(filter.whole().claims()?)
    }

    /// Those of which something was told on a day or later.
    pub(crate) fn talks_since(&self, since: Date, filter: &Filter) -> Result<Vec<Talks>> {
        let mut conditions = filter.whole().claims()?;
        conditions.and(RETOLD, &since.to_string());
        self.talks_with(conditions)
    }

    fn talks_with(&self, mut conditions: Conditions) -> Result<Vec<Talks>> {
        conditions.and("claims.category = ?", "CONSULT");
        Ok(talks::derive(&self.entries(&conditions)?))
    }

    /// The ceasefires of which claims tell.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn ceasefires(&self, filter: &Filter) -> Result<Vec<Ceasefire>> {
        let mut conditions = filter.whole().claims()?;
        conditions.and("claims.number IN (SELECT claim FROM facet WHERE facet = ?)", "ceasefire");
        Ok(ceasefires::derive(&self.entries(&conditions)?))
    }

    /// Who holds what.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn control(&self, filter: &Filter) -> Result<Vec<Control>> {
        self.control_with(filter.whole().claims()?)
    }

    /// That of places of which there is evidence from a day on.
    pub(crate) fn control_since(&self, day: Date, filter: &Filter) -> Result<Vec<Control>> {
        let mut conditions = filter.whole().claims()?;
        conditions.and(EVIDENCE_OF_CONTROL, &day.to_string());
        self.control_with(conditions)
    }

    fn control_with(&self, mut conditions: Conditions) -> Result<Vec<Control>> {
        conditions.and("claims.category IN ('siege', ?)", "control");
        Ok(control::derive(&self.entries(&conditions)?))
    }

    /// What was promised, and what became of it.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn commitments(&self, filter: &Filter) -> Result<Vec<Commitment>> {
        self.commitments_with(filter.whole().claims()?, filter)
    }

    /// Those of which something was told on a day or later, or that are due after `due`.
    pub(crate) fn commitments_since(&self, since: Date, due: Date, filter: &Filter) -> Result<Vec<Commitment>> {
        let mut conditions = filter.whole().claims()?;
        conditions.and_all(
            &format!(
                "{RETOLD} OR claims.number IN (SELECT relation.claim FROM claim AS promised
                    JOIN relation ON relation.other = promised.number AND relation.kind = 'content'
                    WHERE coalesce(promised.to_day, promised.from_day) > ?)"
            ),
            &[&since.to_string(), &due.to_string()],
        );
        self.commitments_with(conditions, filter)
    }

    fn commitments_with(&self, mut conditions: Conditions, filter: &Filter) -> Result<Vec<Commitment>> {
        conditions
            .and("claims.category IN ('AGREE', 'CONCEDE') AND claims.status = ? AND NOT claims.background", "occurred");
        conditions.and(SAYS_WHAT, "commitment");
        let promises = self.entries(&conditions)?;
        let numbers: Vec<i64> = promises.iter().flat_map(|promise| promise.content.iter().copied()).collect();
        let contents = self.with(|connection| entries::by_number(connection, &numbers))?;
        let mut found = commitments::derive(&promises, &contents);
        // What became of them is looked for among the deeds of those who promised that have something in common with
        // what they promised.
        let mut conditions = filter.whole().claims()?;
        conditions.and("claims.status IN ('occurred', 'ongoing', 'negated') AND NOT claims.nested", "");
        let first = found.iter().map(|found| found.made.as_str()).min().unwrap_or_default();
        conditions.and("coalesce(claims.from_day, claims.to_day, claims.available) >= ?", first);
        let sought = commitments::Sought::of(&found);
        let list = |keys: &BTreeSet<String>| json!(keys).to_string();
        // The sides alone first: that reads no claim of all those that nobody of them acts in.
        conditions.and(
            "claims.number IN (SELECT claim FROM participant WHERE side = 'actor' AND (
                actor IN (SELECT value FROM json_each(?)) OR country IN (SELECT value FROM json_each(?))
                OR lower(name) IN (SELECT value FROM json_each(?))))",
            &list(&sought.sides),
        );
        conditions.and(&taken_part("actor"), &list(&sought.actors));
        let (acts, places, recipients) = (list(&sought.acts), list(&sought.places), list(&sought.recipients));
        conditions.and_all(
            &format!(
                "claims.category || ' ' || claims.modes IN (SELECT value FROM json_each(?))
                OR claims.category || ' ' || claims.predicate IN (SELECT value FROM json_each(?))
                OR EXISTS (SELECT 1 FROM place WHERE claim = claims.number
                    AND claims.category || ' ' || name IN (SELECT value FROM json_each(?)))
                OR {}",
                taken_part("recipient")
            ),
            &[&acts, &acts, &places, &recipients, &recipients, &recipients],
        );
        commitments::judge(&mut found, &self.entries(&conditions)?);
        Ok(found)
    }

    /// The last day on which something was available; dossiers stand as of that day.
    ///
    /// # Errors
    /// If the ledger holds nothing, or the store fails.
    pub fn today(&self) -> Result<Date> {
        let last: Option<String> =
            self.with(|connection| connection.query_row("SELECT max(available) FROM reports", [], |row| row.get(0)))?;
        let last = last.and_then(|last| last.parse().ok());
        last.ok_or_else(|| {
            LedgerError::Refused("the ledger holds no report yet; `chancery add` takes reports in".to_owned())
        })
    }

    /// Talks as rows: one a telling of a round.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn talks_table(&self, filter: &Filter) -> Result<Answer> {
        Ok(answers::talks(&self.talks(filter)?))
    }

    /// Ceasefires as rows: one a step.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn ceasefires_table(&self, filter: &Filter) -> Result<Answer> {
        Ok(answers::ceasefires(&self.ceasefires(filter)?))
    }

    /// Control as rows: one a claim on a place.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn control_table(&self, filter: &Filter) -> Result<Answer> {
        Ok(answers::control(&self.control(filter)?))
    }

    /// Commitments as rows, as they stand on the last day of the ledger.
    ///
    /// # Errors
    /// As for [`Ledger::talks`].
    pub fn commitments_table(&self, filter: &Filter) -> Result<Answer> {
        Ok(answers::commitments(&self.commitments(filter)?, self.today()?))
    }
}
