//! The lists of the API: rows of an answer, page by page.

use super::{ROOT, rows};
use crate::problem::Problem;
use crate::query::{Asked, Pairs};
use crate::safety::Visitor;
use crate::state::Workbench;
use crate::users::Role;
use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use ledger::Ledger;
use ledger::questions::{Answered, Filter};
use ledger::verdicts::VerdictFilter;
use schemars::{Schema, SchemaGenerator};
use serde_json::json;
use std::sync::Arc;

/// Rows of a page unless told otherwise, and at most.
pub(super) const ROWS: u32 = 100;
pub(super) const MOST: u32 = 1000;

/// A list.
pub(super) struct List {
    /// Its path and the question of the same name.
    pub(super) name: &'static str,
    /// What it gives.
    pub(super) summary: &'static str,
    /// What it takes beside the conditions of a filter, and what for.
    pub(super) own: &'static [(&'static str, &'static str)],
    pub(super) ask: fn(&Ledger, &Asked, &Filter) -> Answered,
    /// Who may ask for it.
    pub(super) least: Role,
    /// Whether it is derived from all that meets the filter, so that its pages are cut here.
    derived: bool,
    /// The schema of a row.
    pub(super) row: fn(&mut SchemaGenerator) -> Schema,
}

macro_rules! list {
    ($name:literal, $row:ty, $derived:literal, $summary:literal, $ask:expr) => {
        list!($name, $row, $derived, $summary, $ask, &[])
    };
    ($name:literal, $row:ty, $derived:literal, $summary:literal, $ask:expr, $own:expr) => {
        List {
            name: $name,
            summary: $summary,
            own: $own,
            ask: $ask,
            least: Role::Reader,
            derived: $derived,
            row: SchemaGenerator::subschema_for::<$row>,
        }
    };
}

/// All lists.
pub(super) const LISTS: &[List] = &[
    list!("events", rows::Event, false, "Events, the latest first", |ledger, _, filter| ledger.events(filter)),
    list!(
        "claims",
        rows::Claim,
        false,
        "Claims, the latest report first, in the order of the text",
        |ledger, _, filter| { ledger.claims(filter) }
    ),
    list!("reports", rows::Report, false, "Reports, the latest first", |ledger, _, filter| ledger.reports(filter)),
    list!(
        "stories",
        rows::Story,
        false,
        "Stories: how often each was printed, and where first",
        |ledger, _, filter| { ledger.stories(filter) }
    ),
    list!(
        "tolls",
        rows::Toll,
        false,
        "Figures of the dead, hurt, missing, taken and driven out, one by one",
        |ledger, _, filter| { ledger.tolls(filter) }
    ),
    list!("actors", rows::Actor, false, "Who acts and is acted upon", |ledger, _, filter| ledger.actors(filter)),
    list!("coverage", rows::Coverage, false, "What was read: each outlet with its days", |ledger, _, filter| {
        ledger.coverage(filter)
    }),
    list!(
        "search",
        rows::Found,
        false,
        "Reports whose words match",
        |ledger, asked, filter| match asked.value("words") {
            "" => Err(ledger::LedgerError::Refused("what is to be looked for? Give words".to_owned())),
            words => ledger.search(words, filter),
        },
        &[("words", "What to look for: words, \"a phrase\", truce NEAR ceasefire")]
    ),
    list!("talks", rows::Talks, true, "Talks: one row a telling of a round", |ledger, _, filter| {
        ledger.talks_table(filter)
    }),
    list!("ceasefires", rows::Ceasefire, true, "Ceasefires: one row a step", |ledger, _, filter| {
        ledger.ceasefires_table(filter)
    }),
    list!("commitments", rows::Commitment, true, "Commitments, and what became of them", |ledger, _, filter| {
        ledger.commitments_table(filter)
    }),
    list!("control", rows::Control, true, "Who holds what: one row a claim on a place", |ledger, _, filter| {
        ledger.control_table(filter)
    }),
    list!(
        "verdicts",
        rows::Verdict,
        true,
        "What analysts have decided, the first first",
        |ledger, asked, filter| {
            let text = |name| Some(asked.value(name).to_owned()).filter(|value| !value.is_empty());
            ledger.verdicts(&VerdictFilter {
                analyst: text("analyst"),
                target: filter.id.clone(),
                since: filter.since,
                orphaned: asked.value("orphaned") == "yes",
            })
        },
        &[("analyst", "Who signed"), ("orphaned", "yes: those alone whose claims the last run does not find")]
    ),
    List {
        least: Role::Analyst,
        ..list!(
            "assignments",
            rows::Assignment,
            true,
            "Who is to read what; those not handed in first",
            |ledger, asked, _| ledger.assignments(Some(asked.value("analyst")).filter(|name| !name.is_empty())),
            &[("analyst", "Who is to read it")]
        )
    },
    List {
        least: Role::Admin,
        ..list!("audit", rows::Change, false, "Every change, the latest first", |ledger, _, filter| {
            ledger.audit(filter.limit.unwrap_or(u32::MAX), filter.offset.unwrap_or(0))
        })
    },
];

/// Answers one page of a list.
pub(super) async fn answer(
    list: &'static List,
    State(workbench): State<Arc<Workbench>>,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Problem> {
    if visitor.role < list.least {
        return Err(Problem::forbidden(format!("{} is for {}s", list.name, list.least.name())));
    }
    let names: Vec<&str> = list.own.iter().map(|(name, _)| *name).chain(["format"]).collect();
    let asked = pairs.asked(&names)?;
    match asked.value("format") {
        "" | "json" => {}
        "csv" => return table(list, &workbench, asked).await,
        other => return Err(Problem::refused(format!("the format is json or csv, not {other}"))),
    }
    let limit = asked.filter.limit.unwrap_or(ROWS).clamp(1, MOST);
    let offset = asked.filter.offset.unwrap_or(0);
    let filter = if list.derived {
        Filter { limit: None, offset: None, ..asked.filter.clone() }
    } else {
        // One more, to know whether there are more.
        Filter { limit: Some(limit + 1), offset: Some(offset), ..asked.filter.clone() }
    };
    let own = asked.clone();
    let mut answer = workbench.store.ask(asked.as_of, move |ledger| (list.ask)(ledger, &own, &filter)).await?;
    if list.derived {
        answer.rows.drain(..(offset as usize).min(answer.rows.len()));
    }
    let more = answer.rows.len() > limit as usize;
    answer.rows.truncate(limit as usize);
    let next = more.then(|| format!("{ROOT}/{}{}", list.name, asked.turned(offset.saturating_add(limit))));
    let page = json!({ "rows": answer.objects(), "limit": limit, "offset": offset, "next": next });
    Ok(Json(page).into_response())
}

/// Answers a list as CSV: all of it, unless a limit is given.
async fn table(list: &'static List, workbench: &Workbench, asked: Asked) -> Result<Response, Problem> {
    let whole = list.derived.then(|| asked.filter.clone());
    let filter = Filter { limit: asked.filter.limit.filter(|_| !list.derived), ..asked.filter.clone() };
    let mut answer = workbench.store.ask(asked.as_of, move |ledger| (list.ask)(ledger, &asked, &filter)).await?;
    if let Some(Filter { limit, offset, .. }) = whole {
        answer.rows.drain(..(offset.unwrap_or(0) as usize).min(answer.rows.len()));
        answer.rows.truncate(limit.map_or(usize::MAX, |limit| limit as usize));
    }
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{}.csv\"", list.name)),
    ];
    let mut table = Vec::new();
    answer.write_csv(&mut table).map_err(|error| Problem::internal(error.to_string()))?;
    Ok((headers, table).into_response())
}
