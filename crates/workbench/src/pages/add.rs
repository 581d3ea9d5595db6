//! Taking reports in: pasted, or as files; and removing the text of one, for law and safety.

use super::{Frame, Page, render};
use crate::problem::Problem;
use crate::query::{Pairs, address};
use crate::safety::{Admin, Form, remembering};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use serde_json::{Map, Value};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "add.html")]
struct AddPage {
    frame: Frame,
    /// The report that was taken in last.
    report: String,
    new: bool,
    claims: String,
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, Admin(visitor): Admin, pairs: Pairs) -> Page {
    let asked = pairs.asked(&["report", "new", "claims"])?;
    let page = AddPage {
        report: asked.value("report").to_owned(),
        new: asked.value("new") == "yes",
        claims: asked.value("claims").to_owned(),
        frame: Frame::new(&workbench, visitor, "Add reports", "/add", &asked),
    };
    render(&page)
}

/// Takes in what was pasted.
pub(super) async fn take(State(workbench): State<Arc<Workbench>>, Admin(visitor): Admin, form: Form) -> Page {
    let analyst = visitor.signature(form.field("analyst"))?.to_owned();
    let fields = ["title", "text", "outlet", "published", "url"];
    let sent = fields.into_iter().filter(|name| !form.field(name).is_empty());
    let sent: Map<String, Value> = sent.map(|name| (name.to_owned(), form.field(name).into())).collect();
    let report = (workbench.settings.intake)(&Value::Object(sent)).map_err(Problem::refused)?;
    let taken = workbench.take_one(report, &analyst).await?;
    let new = if taken.new { "yes" } else { "no" };
    let pairs = [("report", taken.report), ("new", new.to_owned()), ("claims", taken.claims.to_string())];
    let to = address(pairs.map(|(name, value)| (name.to_owned(), value)).iter());
    Ok(([(header::SET_COOKIE, remembering(&analyst))], Redirect::to(&format!("/add{to}"))).into_response())
}

/// Removes the text of a report.
pub(super) async fn redact(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Admin(visitor): Admin,
    form: Form,
) -> Page {
    let analyst = visitor.signature(form.field("analyst"))?.to_owned();
    if form.field("sure") != "yes" {
        return Err(Problem::refused("a text that is removed is gone for ever; say that you are sure"));
    }
    let (reason, own, now) = (form.field("reason").to_owned(), id.clone(), (workbench.settings.now)());
    let signed = analyst.clone();
    workbench.store.write(move |ledger| ledger.redact(&own, &signed, &reason, now)).await?;
    Ok(([(header::SET_COOKIE, remembering(&analyst))], Redirect::to(&format!("/reports/{id}"))).into_response())
}
