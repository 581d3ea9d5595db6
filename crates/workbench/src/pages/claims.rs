//! The list of claims, each with who says so and the way to its words.

use super::{Frame, Narrowing, Page, Turning, limited, render, turn};
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{Row, days, joined, rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use ledger::questions::Filter;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "claims.html")]
struct ClaimsPage {
    frame: Frame,
    narrowing: Narrowing,
    turning: Turning,
    claims: Vec<ClaimRow>,
}

/// A claim as lists show it.
pub(super) struct ClaimRow {
    pub(super) id: String,
    pub(super) event: String,
    pub(super) report: String,
    pub(super) story: String,
    pub(super) category: String,
    pub(super) modes: String,
    pub(super) actors: String,
    pub(super) told: String,
    pub(super) recipients: String,
    pub(super) day: String,
    pub(super) place: String,
    pub(super) figures: String,
    pub(super) status: String,
    pub(super) speaker: String,
    pub(super) outlet: String,
    pub(super) available: String,
    pub(super) verdict: String,
}

impl ClaimRow {
    pub(super) fn new(row: Row<'_>) -> Self {
        Self {
            id: row.text("claim"),
            event: row.text("event"),
            report: row.text("report"),
            story: row.text("story"),
            category: row.text("category"),
            modes: row.text("modes"),
            actors: row.text("actors"),
            told: row.text("told"),
            recipients: row.text("recipients"),
            day: days(&row.text("from"), &row.text("to")),
            place: joined(&[&row.text("place"), &row.text("country")], ", "),
            figures: row.text("figures"),
            status: row.text("status"),
            speaker: row.text("speaker"),
            outlet: row.text("outlet"),
            available: weekday(&row.text("available")),
            verdict: row.text("verdict"),
        }
    }
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = limited(&asked);
    let own = filter.clone();
    let (answer, total) =
        workbench.store.ask(asked.as_of, move |ledger| Ok((ledger.claims(&own)?, ledger.count_claims(&own)?))).await?;
    let mut claims: Vec<ClaimRow> = rows(&answer).map(ClaimRow::new).collect();
    let page = ClaimsPage {
        turning: turn(&asked, &filter, &mut claims, Some(total)),
        frame: Frame::new(&workbench, visitor, "Claims", "/claims", &asked),
        narrowing: Narrowing::new("/claims", &asked),
        claims,
    };
    render(&page)
}

/// A claim is read where it stands.
pub(super) async fn one(State(workbench): State<Arc<Workbench>>, Path(id): Path<String>) -> Page {
    let filter = Filter { id: Some(id.clone()).filter(|id| id.starts_with('c')), limit: Some(1), ..Filter::default() };
    if filter.id.is_none() {
        return Err(Problem::unknown(format!("the ledger has no claim {id}; ids of claims begin with c")));
    }
    let answer = workbench.store.ask(None, move |ledger| ledger.claims(&filter)).await?;
    let report = rows(&answer).next().map(|row| row.text("report"));
    let report = report.ok_or_else(|| Problem::unknown(format!("the ledger has no claim {id} that stands")))?;
    Ok(Redirect::to(&format!("/reports/{report}?claim={id}#at-{id}")).into_response())
}
