//! Every change: who did what, and when.

use super::{Frame, Page, Turning, limited, render, turn};
use crate::query::Pairs;
use crate::safety::Admin;
use crate::shown::rows;
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "audit.html")]
struct AuditPage {
    frame: Frame,
    turning: Turning,
    changes: Vec<Change>,
}

struct Change {
    recorded: String,
    who: String,
    what: String,
    about: String,
    reason: String,
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, Admin(visitor): Admin, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = limited(&asked);
    let (limit, offset) = (filter.limit.unwrap_or(1), filter.offset.unwrap_or(0));
    let answer = workbench.store.ask(None, move |ledger| ledger.audit(limit, offset)).await?;
    let mut changes: Vec<Change> = rows(&answer)
        .map(|row| Change {
            recorded: row.text("recorded").chars().take(16).collect::<String>().replace('T', " "),
            who: row.text("who"),
            what: row.text("what"),
            about: row.text("about"),
            reason: row.text("reason"),
        })
        .collect();
    let page = AuditPage {
        turning: turn(&asked, &filter, &mut changes, None),
        frame: Frame::new(&workbench, visitor, "Audit", "/audit", &asked),
        changes,
    };
    render(&page)
}
