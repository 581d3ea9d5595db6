//! From pure decisions to rows: which reports are one story (`stories`), which claims are one event (`events`).
//!
//! New reports and claims are compared through indexes in the file when they are taken in; groups are made anew when a
//! commit is due, for those only that something new touches. Decisions depend on the two texts or claims alone, and groups on
//! the decisions, so that the order of arrival changes nothing.

mod events;
mod recent;
mod stories;
mod ties;

use crate::stories::Wording;
use crate::summary;
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Compares what is new with what is there.
#[derive(Debug, Default)]
pub(crate) struct Linker {
    stories: stories::Stories,
    events: events::Events,
    /// Events whose row is to be made anew in any case.
    stale: BTreeSet<i64>,
}

impl Linker {
    /// Compares a new report with those that share wording with it.
    pub(crate) fn report(
        &mut self,
        connection: &Connection,
        report: i64,
        wording: &Arc<Wording>,
    ) -> rusqlite::Result<()> {
        self.stories.add(connection, report, wording)
    }

    /// Compares the claims of a report with each other and with those of the reports on the same matter.
    pub(crate) fn claims(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<()> {
        self.events.add(connection, report)
    }

    /// Has the events of a report made anew, with all that tell of them: before its claims change, and for a report that
    /// counts no longer, or again.
    pub(crate) fn touch(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<()> {
        self.events.forget(report);
        let mut statement = connection.prepare_cached("SELECT DISTINCT event FROM claim WHERE report = ?1")?;
        let events: Vec<i64> = statement.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut statement = connection.prepare_cached("SELECT number FROM claim WHERE event = ?1 AND stands")?;
        for event in events {
            self.stale.insert(event);
            let mut rows = statement.query([event])?;
            while let Some(row) = rows.next()? {
                self.events.touch(row.get(0)?);
            }
        }
        Ok(())
    }

    /// Has the event of a claim made anew.
    pub(crate) fn touch_claim(&mut self, claim: i64) {
        self.events.touch(claim);
    }

    /// Has the stories of a report and of all that share one with it made anew.
    pub(crate) fn touch_copies(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<()> {
        let mut statement = connection.prepare_cached(
            "SELECT other.number FROM report JOIN report AS other ON other.story = report.story WHERE report.number = ?1",
        )?;
        let mut rows = statement.query([report])?;
        while let Some(row) = rows.next()? {
            self.stories.touch(row.get(0)?);
        }
        Ok(())
    }

    /// Has the story of a report made anew.
    pub(crate) fn touch_story(&mut self, report: i64) {
        self.stories.touch(report);
    }

    /// Makes stories and events anew where something new touches them.
    pub(crate) fn settle(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        let mut changed: BTreeSet<i64> = self.events.settle(connection)?;
        changed.extend(std::mem::take(&mut self.stale));
        for report in self.stories.settle(connection)? {
            let mut statement = connection.prepare_cached("SELECT DISTINCT event FROM claim WHERE report = ?1")?;
            let events = statement.query_map([report], |row| row.get::<_, i64>(0))?;
            changed.extend(events.collect::<rusqlite::Result<Vec<_>>>()?);
        }
        summary::renew(connection, &changed)
    }
}

/// All numbers that links lead to from some, by `neighbours`.
fn reachable(
    from: impl IntoIterator<Item = i64>,
    mut neighbours: impl FnMut(i64) -> rusqlite::Result<Vec<i64>>,
) -> rusqlite::Result<BTreeSet<i64>> {
    let mut open: Vec<i64> = from.into_iter().collect();
    let mut found: BTreeSet<i64> = open.iter().copied().collect();
    while let Some(number) = open.pop() {
        for other in neighbours(number)? {
            if found.insert(other) {
                open.push(other);
            }
        }
    }
    Ok(found)
}
