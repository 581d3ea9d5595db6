//! The names of private persons are kept from readers: whatever page or answer they get goes through here last, so that no
//! template and no route can forget it.

use super::forms::Visitor;
use crate::problem::Problem;
use crate::state::Workbench;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use ledger::Withheld;
use ledger::questions::Reading;
use std::sync::{Arc, PoisonError};

impl Workbench {
    /// The names that readers are not to see, as the ledger has them now.
    pub(crate) async fn withheld(&self) -> Result<Arc<Withheld>, Problem> {
        let known = Arc::clone(&self.withheld.lock().unwrap_or_else(PoisonError::into_inner));
        let own = Arc::clone(&known);
        let Some(newer) = self.store.ask(None, move |ledger| ledger.withheld(&own)).await? else { return Ok(known) };
        let newer = Arc::new(newer);
        *self.withheld.lock().unwrap_or_else(PoisonError::into_inner) = Arc::clone(&newer);
        Ok(newer)
    }

    /// A report as a visitor may see it: readers get the text with blocks in the place of private persons, so that marks
    /// and offsets stay where they are.
    pub(crate) async fn shown_to(&self, visitor: &Visitor, mut reading: Reading) -> Result<Reading, Problem> {
        if !visitor.judges() {
            let withheld = self.withheld().await?;
            reading.report.text = reading.report.text.map(|text| withheld.blot(&text));
        }
        Ok(reading)
    }
}

/// Takes the names out of what a reader gets.
pub(crate) async fn withhold(State(workbench): State<Arc<Workbench>>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(visitor) = Visitor::from_request_parts(&mut parts, &workbench).await;
    let response = next.run(Request::from_parts(parts, body)).await;
    if visitor.judges() {
        return response;
    }
    match workbench.withheld().await {
        Ok(withheld) => without(response, &withheld).await,
        Err(problem) => problem.into_response(),
    }
}

async fn without(response: Response, withheld: &Withheld) -> Response {
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal("the answer could not be written").into_response();
    };
    let Ok(text) = std::str::from_utf8(&bytes) else {
        return Problem::internal("the answer is no text").into_response();
    };
    parts.headers.remove(header::CONTENT_LENGTH);
    Response::from_parts(parts, Body::from(withheld.apply(text)))
}
