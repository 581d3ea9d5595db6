//! The list of events.

use super::{Frame, Narrowing, Page, Turning, limited, render, turn};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{Row, days, joined, rows};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "events.html")]
struct EventsPage {
    frame: Frame,
    narrowing: Narrowing,
    turning: Turning,
    events: Vec<EventRow>,
}

/// An event as lists show it.
pub(super) struct EventRow {
    pub(super) id: String,
    pub(super) day: String,
    pub(super) category: String,
    pub(super) modes: String,
    pub(super) actors: String,
    pub(super) told: String,
    pub(super) recipients: String,
    pub(super) place: String,
    /// What sets it apart: not occurred, disputed, not single, judged.
    pub(super) flags: Vec<String>,
    pub(super) reports: i64,
    pub(super) stories: i64,
    pub(super) origins: i64,
}

impl EventRow {
    pub(super) fn new(row: Row<'_>) -> Self {
        let mut flags = Vec::new();
        if row.text("status") != "occurred" {
            flags.push(row.text("status"));
        }
        if row.yes("disputed") {
            flags.push("disputed".to_owned());
        }
        if row.text("granularity") != "single" {
            flags.push(row.text("granularity"));
        }
        match row.text("verdict").as_str() {
            "accept" => flags.push("accepted".to_owned()),
            "" => {}
            other => flags.push(other.to_owned()),
        }
        let day = days(&row.text("from"), &row.text("to"));
        Self {
            id: row.text("event"),
            day,
            category: row.text("category"),
            modes: row.text("modes"),
            actors: row.text("actors"),
            told: row.text("told"),
            recipients: row.text("recipients"),
            place: joined(&[&row.text("place"), &row.text("country")], ", "),
            flags,
            reports: row.number("reports"),
            stories: row.number("stories"),
            origins: row.number("origins"),
        }
    }
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = limited(&asked);
    let own = filter.clone();
    let (answer, total) =
        workbench.store.ask(asked.as_of, move |ledger| Ok((ledger.events(&own)?, ledger.count_events(&own)?))).await?;
    let mut events: Vec<EventRow> = rows(&answer).map(EventRow::new).collect();
    let page = EventsPage {
        turning: turn(&asked, &filter, &mut events, Some(total)),
        frame: Frame::new(&workbench, visitor, "Events", "/events", &asked),
        narrowing: Narrowing::new("/events", &asked),
        events,
    };
    render(&page)
}
