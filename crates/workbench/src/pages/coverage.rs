//! Which outlets and days were read, so that silence is not taken for peace.

use super::{Frame, Narrowing, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "coverage.html")]
struct CoveragePage {
    frame: Frame,
    narrowing: Narrowing,
    outlets: Vec<Outlet>,
    skipped: Vec<Skipped>,
}

struct Outlet {
    name: String,
    reports: i64,
    stories: i64,
    first: String,
    last: String,
    read: i64,
    without: i64,
    coded: i64,
    languages: String,
}

/// What could not be read.
struct Skipped {
    input: String,
    place: String,
    reason: String,
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = asked.filter.clone();
    let (coverage, skipped) =
        workbench.store.ask(asked.as_of, move |ledger| Ok((ledger.coverage(&filter)?, ledger.skipped()?))).await?;
    let page = CoveragePage {
        frame: Frame::new(&workbench, visitor, "Coverage", "/coverage", &asked),
        narrowing: Narrowing::new("/coverage", &asked),
        outlets: rows(&coverage)
            .map(|row| Outlet {
                name: row.text("outlet"),
                reports: row.number("reports"),
                stories: row.number("stories"),
                first: weekday(&row.text("first")),
                last: weekday(&row.text("last")),
                read: row.number("days read"),
                without: row.number("days without"),
                coded: row.number("coded"),
                languages: row.text("languages"),
            })
            .collect(),
        skipped: rows(&skipped)
            .map(|row| Skipped { input: row.text("input"), place: row.text("place"), reason: row.text("reason") })
            .collect(),
    };
    render(&page)
}
