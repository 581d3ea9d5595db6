//! Reports that are sent in to be kept: a file of any kind that the command line reads, with progress where it is asked for.

use crate::intake::{Step, Taken};
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Admin;
use crate::state::Workbench;
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_core::Stream;
use schemars::JsonSchema;
use serde::Serialize;
use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use tokio::sync::mpsc;

/// What was taken in.
#[derive(Default, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct TakenIn {
    /// The reports, in their order; each is safe on the disk.
    reports: Vec<Kept>,
    /// What could not be read, and why.
    problems: Vec<String>,
    /// How many are new.
    new: usize,
    /// How many the ledger had.
    known: usize,
    /// Claims that were found in those that are new.
    claims: usize,
}

/// A report that the ledger has.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Kept {
    /// Its id in the ledger.
    report: String,
    /// What the sender calls it.
    name: String,
    /// Whether the ledger has it only now.
    new: bool,
    /// Claims that were found in it now.
    claims: usize,
}

impl TakenIn {
    fn count(&mut self, step: Step) -> Result<(), Problem> {
        match step {
            Step::Taken(Taken { report, name, new, claims }) => {
                *(if new { &mut self.new } else { &mut self.known }) += 1;
                self.claims += claims;
                self.reports.push(Kept { report, name, new, claims });
            }
            Step::Refused(why) => self.problems.push(why),
            Step::Failed(problem) => return Err(problem),
        }
        Ok(())
    }
}

/// The name of a file by which the intake tells its kind, where the sender gives none. What a form of another site can send
/// is not taken.
fn kind(headers: &HeaderMap) -> Result<&'static str, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    Ok(match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => "reports.json",
        "application/x-ndjson" | "application/jsonl" => "reports.jsonl",
        "application/octet-stream" => "reports",
        other => {
            let why = format!(
                "reports are sent as application/json, application/x-ndjson, or any file as application/octet-stream with \
                 its `name`; not as '{other}'"
            );
            return Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, why));
        }
    })
}

/// Takes reports in.
pub(super) async fn add(
    State(workbench): State<Arc<Workbench>>,
    Admin(visitor): Admin,
    pairs: Pairs,
    headers: HeaderMap,
    body: Result<Bytes, axum::extract::rejection::BytesRejection>,
) -> Result<Response, Problem> {
    let asked = pairs.asked(&["name", "analyst"])?;
    let who = visitor.signature(asked.value("analyst"))?.to_owned();
    let fallback = kind(&headers)?;
    let name = Some(asked.value("name")).filter(|name| !name.is_empty()).unwrap_or(fallback).to_owned();
    let body = body.map_err(|error| Problem::new(error.status(), error.body_text()))?;
    let mut steps = workbench.take_in(name, body.to_vec(), who)?;
    let wants = headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).unwrap_or_default();
    if wants.contains("text/event-stream") {
        let told = Told { steps, so_far: TakenIn::default(), ended: false };
        return Ok(Sse::new(told).keep_alive(KeepAlive::default()).into_response());
    }
    let mut taken = TakenIn::default();
    while let Some(step) = steps.recv().await {
        taken.count(step)?;
    }
    if taken.reports.is_empty() {
        let why = taken.problems.first().cloned().unwrap_or_else(|| "there is no report in it".to_owned());
        return Err(Problem::refused(why));
    }
    let status = if taken.new > 0 { StatusCode::CREATED } else { StatusCode::OK };
    Ok((status, Json(taken)).into_response())
}

/// The steps as events: `report` with what the ledger has, `problem` with why something was not read, `failed` with why it
/// goes on no longer, and `end` with the sums.
struct Told {
    steps: mpsc::Receiver<Step>,
    so_far: TakenIn,
    ended: bool,
}

impl Told {
    fn event(&mut self, step: Step) -> Event {
        let failed = self.so_far.count(step);
        match failed {
            Err(problem) => {
                self.ended = true;
                event("failed", &problem)
            }
            Ok(()) => match (self.so_far.reports.pop(), self.so_far.problems.pop()) {
                (Some(kept), _) => event("report", &kept),
                (None, why) => event("problem", &serde_json::json!({ "detail": why })),
            },
        }
    }
}

fn event(name: &str, data: &impl Serialize) -> Event {
    Event::default().event(name).data(serde_json::to_string(data).unwrap_or_default())
}

impl Stream for Told {
    type Item = Result<Event, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.steps.poll_recv(context).map(|step| {
            Some(Ok(match step {
                Some(step) => self.event(step),
                None => {
                    self.ended = true;
                    let TakenIn { new, known, claims, .. } = self.so_far;
                    event("end", &serde_json::json!({ "new": new, "known": known, "claims": claims }))
                }
            }))
        })
    }
}
