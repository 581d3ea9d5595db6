//! Events counted by day and by place, for pictures. Stories are counted, not copies.

use super::{Answer, Filter};
use crate::error::Result;
use crate::files::Ledger;

/// What a picture shows: single events that took or take place, or were tried.
const SHOWN: &str = "event.granularity = 'single' AND event.status IN ('occurred', 'ongoing', 'attempted')";

impl Ledger {
    /// Single events by day and category: how many, and how many stories tell of them. What has no day of its own stands
    /// under a day of null.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn events_by_day(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.events()?;
        self.answer(
            &format!(
                "SELECT CASE WHEN event.from_day = event.to_day THEN event.from_day END AS day, event.category,
                    count(*) AS events, sum(event.stories) AS stories
                 FROM event WHERE {conditions} AND {SHOWN} GROUP BY 1, 2 ORDER BY 1, 2"
            ),
            &conditions.values,
        )
    }

    /// Single events by place and category, as far as the places are on the map.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn events_by_place(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.events()?;
        self.answer(
            &format!(
                "SELECT event.place, event.country, event.lat, event.lon, event.place_precision AS precision, event.category,
                    count(*) AS events, sum(event.stories) AS stories
                 FROM event WHERE {conditions} AND {SHOWN} AND event.lat IS NOT NULL AND event.lon IS NOT NULL
                 GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 2, 3, 4, 5, 6"
            ),
            &conditions.values,
        )
    }
}
