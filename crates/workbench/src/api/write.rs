//! What is sent in: reports to be read, of which nothing is kept, and verdicts.

use super::body::Body;
use crate::problem::Problem;
use crate::safety::Analyst;
use crate::state::Workbench;
use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::tz::Offset;
use ledger::questions::Filter;
use ledger::verdicts::{Added, Decision};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// A report to be read, as a line of JSON for `chancery read`.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "it is described; the intake reads it")]
pub(super) struct Sent {
    /// The text.
    text: String,
    /// The headline.
    title: Option<String>,
    /// The day of publication, YYYY-MM-DD; relative dates are read from it.
    published: Option<String>,
    /// Who published it.
    outlet: Option<String>,
    /// Where it was found.
    url: Option<String>,
    /// BCP 47 tag of its language.
    language: Option<String>,
    /// What the record calls it.
    id: Option<String>,
}

/// Reads a report.
pub(super) async fn read(
    State(workbench): State<Arc<Workbench>>,
    Body(sent): Body<serde_json::Value>,
) -> Result<Response, Problem> {
    let report = (workbench.settings.intake)(&sent).map_err(Problem::refused)?;
    Ok(Json(workbench.read(report).await?).into_response())
}

/// A verdict with who signs it.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Judged {
    /// Ids of claims, events, reports or stories; numbers of entries for `undo`.
    targets: Vec<String>,
    /// `accept`, `reject`, `unsure`, `correct`, `add`, `merge`, `split`, `withdraw` or `undo`.
    decision: String,
    /// Who decides; where the workbench has users, the one who asks, and nobody else may be named.
    #[serde(default)]
    analyst: String,
    /// Why.
    #[serde(default)]
    reason: Option<String>,
    /// The `version` of what is judged, as it was when the analyst looked; a later verdict is then not written over.
    #[serde(default)]
    seen: Option<i64>,
    /// The field of a correction.
    #[serde(default)]
    field: Option<String>,
    /// The value of a correction, as for `chancery verdict correct`.
    #[serde(default)]
    value: Option<String>,
    /// Claims or reports that `split` takes out.
    #[serde(default)]
    out: Vec<String>,
    /// The day from which `withdraw` holds; today unless it is given.
    #[serde(default)]
    from: Option<String>,
    /// The claim that `add` makes.
    #[serde(default)]
    add: Option<Missed>,
}

/// A claim that was missed.
#[derive(Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Missed {
    /// First code point of its words in the stored text.
    start: u32,
    /// One past their last.
    end: u32,
    /// PLOVER category, or predicate of a state.
    category: String,
    /// Other fields with their values, as for a correction.
    #[serde(default)]
    fields: Vec<(String, String)>,
}

/// The entries that a verdict has made.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Entered {
    entries: Vec<Entry>,
}

/// An entry.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Entry {
    /// Its number; `undo` takes it back.
    verdict: i64,
    /// What it is about.
    target: String,
}

/// Enters a verdict.
pub(super) async fn judge(
    State(workbench): State<Arc<Workbench>>,
    Analyst(visitor): Analyst,
    Body(mut sent): Body<Judged>,
) -> Result<Response, Problem> {
    sent.analyst = visitor.signature(sent.analyst.trim())?.to_owned();
    let now = (workbench.settings.now)();
    let seen = sent.seen;
    let verdict = understood(sent, now)?;
    let entered = workbench.enter(verdict, seen).await?;
    let entries = entered.into_iter().map(|(verdict, target)| Entry { verdict, target }).collect();
    Ok((StatusCode::CREATED, Json(Entered { entries })).into_response())
}

fn understood(sent: Judged, now: jiff::Timestamp) -> Result<ledger::verdicts::Verdict, Problem> {
    let missing = |what: &str| Problem::refused(format!("{} needs `{what}`", sent.decision));
    let decision = match sent.decision.as_str() {
        "accept" => Decision::Accept,
        "reject" => Decision::Reject,
        "unsure" => Decision::Unsure,
        "merge" => Decision::Merge,
        "undo" => Decision::Undo,
        "correct" => Decision::Correct {
            field: sent.field.clone().ok_or_else(|| missing("field"))?,
            value: sent.value.clone().ok_or_else(|| missing("value"))?,
        },
        "split" => Decision::Split { out: sent.out.clone() },
        "withdraw" => {
            let mut day = Filter::default();
            day.set("from", sent.from.as_deref().unwrap_or_default())?;
            Decision::Withdraw { from: day.from.unwrap_or_else(|| Offset::UTC.to_datetime(now).date()) }
        }
        "add" => {
            let Missed { start, end, category, fields } = sent.add.as_ref().ok_or_else(|| missing("add"))?.clone();
            Decision::Add(Added { start, end, category, fields })
        }
        other => {
            let all = "accept, reject, unsure, correct, add, merge, split, withdraw, undo";
            return Err(Problem::refused(format!("'{other}' is no decision; there are {all}")));
        }
    };
    Ok(ledger::verdicts::Verdict { targets: sent.targets, decision, analyst: sent.analyst, reason: sent.reason })
}
