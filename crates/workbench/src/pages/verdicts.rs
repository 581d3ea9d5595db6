//! The list of verdicts: who decided what, when and why.

use super::{Frame, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{Row, joined, rows};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use ledger::verdicts::VerdictFilter;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "verdicts.html")]
struct VerdictsPage {
    frame: Frame,
    orphaned: bool,
    verdicts: Vec<VerdictRow>,
}

/// A verdict as lists show it.
pub(super) struct VerdictRow {
    pub(super) number: i64,
    pub(super) recorded: String,
    pub(super) analyst: String,
    pub(super) decision: String,
    /// Where what it is about can be seen.
    pub(super) address: String,
    pub(super) id: String,
    pub(super) change: String,
    pub(super) reason: String,
    pub(super) undone: String,
    pub(super) undoes: String,
}

impl VerdictRow {
    pub(super) fn new(row: Row<'_>) -> Self {
        let id = row.text("id");
        let first = id.split(' ').next().unwrap_or_default();
        let folder = match first.chars().next() {
            Some('c') => "/claims/",
            Some('e') => "/events/",
            Some('r') => "/reports/",
            _ => "",
        };
        Self {
            number: row.number("verdict"),
            recorded: row.text("recorded").chars().take(16).collect::<String>().replace('T', " "),
            analyst: row.text("analyst"),
            decision: row.text("decision"),
            address: if folder.is_empty() { String::new() } else { format!("{folder}{first}") },
            change: joined(&[&row.text("field"), &row.text("value")], ": "),
            reason: row.text("reason"),
            undone: row.text("undone"),
            undoes: row.text("undoes"),
            id,
        }
    }
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&["analyst", "orphaned"])?;
    let filter = VerdictFilter {
        analyst: Some(asked.value("analyst").to_owned()).filter(|name| !name.is_empty()),
        target: asked.filter.id.clone(),
        since: asked.filter.since,
        orphaned: asked.value("orphaned") == "yes",
    };
    let orphaned = filter.orphaned;
    let answer = workbench.store.ask(None, move |ledger| ledger.verdicts(&filter)).await?;
    let mut verdicts: Vec<VerdictRow> = rows(&answer).map(VerdictRow::new).collect();
    verdicts.reverse();
    let page =
        VerdictsPage { frame: Frame::new(&workbench, visitor, "Verdicts", "/verdicts", &asked), orphaned, verdicts };
    render(&page)
}
