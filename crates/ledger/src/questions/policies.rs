//! Questions that take one number from several: tolls, and events and tolls by month. Which is taken follows a named policy
//! (view `policies`), and each row says which it was and what it was taken from.

use super::{Answer, Conditions, Filter, Value};
use crate::error::Result;
use crate::files::Ledger;
use crate::views::{self, Area};

/// How one number is taken from several that differ.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Policy {
    /// The value that most origins hold, among equals the lower; after the practice of UCDP where sources are equally good.
    #[default]
    MostHeld,
    /// The average of what the origins hold, each with the same weight; rows say where values were averaged.
    Weighted,
    /// The value told last.
    Latest,
}

impl Policy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::MostHeld, Self::Weighted, Self::Latest];

    /// Its name in the views.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::MostHeld => "most-held",
            Self::Weighted => "weighted",
            Self::Latest => "latest",
        }
    }
}

impl Ledger {
    /// One row an event and kind of toll: the number that a policy takes, its bounds, and what it was taken from.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn tolls_by(&self, policy: Policy, filter: &Filter) -> Result<Answer> {
        let mut conditions = filter.events()?;
        conditions.and("toll.policy = ?", policy.name());
        let limit = filter.limit();
        self.answer(
            &format!(
                "SELECT event.id AS event, event.from_day AS \"from\", event.to_day AS \"to\", event.place, event.told,
                    toll.role, toll.policy, toll.low, toll.best, toll.high, toll.averaged, toll.origins, toll.inputs,
                    event.granularity
                 FROM event JOIN event_tolls AS toll ON toll.event_number = event.number WHERE {conditions}
                 ORDER BY coalesce(event.from_day, event.first_available) DESC, event.id, toll.role {limit}"
            ),
            &conditions.values,
        )
    }

    /// Events and tolls by month and area, beside what was read. The days of a filter choose whole months; its other
    /// conditions choose events, and change nothing of what was read.
    ///
    /// # Errors
    /// As for [`Ledger::tolls_by`].
    pub fn months(&self, area: Area, policy: Policy, filter: &Filter) -> Result<Answer> {
        filter.check()?;
        let chosen = filter.whole().events()?;
        let mut cells = Conditions::default();
        cells.and("policy = ?", policy.name());
        if let Some(country) = &filter.country {
            cells.and("country = upper(?)", country);
        }
        if let Some(from) = filter.from {
            cells.and("month >= substr(?, 1, 7)", &from.to_string());
        }
        if let Some(to) = filter.to {
            cells.and("month <= substr(?, 1, 7)", &to.to_string());
        }
        let order = if area == Area::Admin1 { "country, admin1, month" } else { "country, month" };
        let limit = filter.limit();
        let question = views::months(area, &chosen.to_string());
        let values: Vec<Value> = chosen.values.iter().chain(&cells.values).cloned().collect();
        self.answer(&format!("SELECT * FROM ({question}) WHERE {cells} ORDER BY {order} {limit}"), &values)
    }

    /// How many events of each day were known how many days later.
    ///
    /// # Errors
    /// As for [`Ledger::tolls_by`].
    pub fn vintages(&self, filter: &Filter) -> Result<Answer> {
        let chosen = filter.events()?;
        let limit = filter.limit();
        let question = views::vintages(&chosen.to_string());
        self.answer(&format!("{question} ORDER BY country, day, since {limit}"), &chosen.values)
    }
}
