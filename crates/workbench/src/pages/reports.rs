//! The list of reports, and the search of their texts.

use super::{Frame, Narrowing, Page, Turning, limited, render, turn};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "reports.html")]
struct ReportsPage {
    frame: Frame,
    narrowing: Narrowing,
    turning: Turning,
    words: String,
    reports: Vec<ReportRow>,
}

struct ReportRow {
    id: String,
    day: String,
    outlet: String,
    title: String,
    story: String,
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&["words"])?;
    let words = asked.value("words").to_owned();
    let (filter, sought) = (limited(&asked), words.clone());
    let own = filter.clone();
    let ask = move |ledger: &ledger::Ledger| {
        if sought.is_empty() { ledger.reports(&own) } else { ledger.search(&sought, &own) }
    };
    let answer = workbench.store.ask(asked.as_of, ask).await?;
    let mut reports: Vec<ReportRow> = rows(&answer)
        .map(|row| ReportRow {
            id: row.text("report"),
            day: weekday(&row.text("available")),
            outlet: row.text("outlet"),
            title: row.text("title"),
            story: row.text("story"),
        })
        .collect();
    let page = ReportsPage {
        turning: turn(&asked, &filter, &mut reports, None),
        frame: Frame::new(&workbench, visitor, "Reports", "/reports", &asked),
        narrowing: Narrowing::new("/reports", &asked),
        words,
        reports,
    };
    render(&page)
}
