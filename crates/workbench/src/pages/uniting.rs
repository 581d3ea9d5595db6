//! What is one event, and what is one story: the parts with the reasons that the program had, what it held apart and why;
//! and the forms by which an analyst says otherwise.

use super::claims::ClaimRow;
use super::entering::decide;
use super::verdicts::VerdictRow;
use super::{Frame, Page, render};
use crate::problem::Problem;
use crate::query::{Pairs, address};
use crate::safety::{Analyst, Form, Visitor, remembering};
use crate::shown::{Row, days, joined, percent, rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use ledger::exports::Persons;
use ledger::questions::{Answer, Filter};
use ledger::verdicts::{Decision, VerdictFilter};
use ledger::{Ledger, LedgerError};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "uniting.html")]
struct UnitingPage {
    frame: Frame,
    /// `event` or `story`.
    what: &'static str,
    id: String,
    /// Where it is looked at.
    address: String,
    /// Where the forms go.
    action: String,
    parts: Vec<Part>,
    pairs: Vec<Pair>,
    near: Vec<Near>,
    seen: i64,
    done: Option<i64>,
    undoable: bool,
    queue: &'static str,
    verdicts: Vec<VerdictRow>,
}

/// A claim of an event, or a report of a story.
struct Part {
    id: String,
    address: String,
    source: String,
    words: String,
}

/// Two parts, and why they are held together.
struct Pair {
    one: String,
    other: String,
    score: String,
    reasons: String,
}

/// Another event or story that comes near.
struct Near {
    id: String,
    address: String,
    text: String,
    score: String,
    reasons: String,
}

fn pair(row: Row<'_>, one: &str, other: &str) -> Pair {
    Pair {
        one: row.text(one),
        other: row.text(other),
        score: percent(row.real("score").unwrap_or(0.0)),
        reasons: row.text("reasons"),
    }
}

/// The verdicts on an event or story, and on any of its parts: which of them it held together before, a verdict says by the
/// parts.
fn about<'a>(ledger: &Ledger, ids: impl Iterator<Item = &'a str>) -> Result<Answer, LedgerError> {
    let (mut columns, mut entries) = (Vec::new(), BTreeMap::new());
    for id in ids {
        let some = ledger.verdicts(&VerdictFilter { target: Some(id.to_owned()), ..VerdictFilter::default() })?;
        let numbers: Vec<i64> = rows(&some).map(|row| row.number("verdict")).collect();
        entries.extend(numbers.into_iter().zip(some.rows));
        columns = some.columns;
    }
    Ok(Answer { columns, rows: entries.into_values().collect() })
}

pub(super) async fn event(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Analyst(visitor): Analyst,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&["done", "undone"])?;
    let own = id.clone();
    let (claims, words, links, near, verdicts, seen) = workbench
        .store
        .ask(None, move |ledger| {
            let filter = Filter { id: Some(own.clone()).filter(|id| id.starts_with('e')), ..Filter::default() };
            if filter.id.is_none() {
                return Err(LedgerError::Unknown(format!("the ledger has no event {own}; ids of events begin with e")));
            }
            let mut words: BTreeMap<String, String> = BTreeMap::new();
            ledger.each_claim(&filter, Persons::Named, |claim| -> Result<(), LedgerError> {
                words.insert(claim.evidence.claim, claim.evidence.words.unwrap_or_default());
                Ok(())
            })?;
            let (claims, links) = (ledger.claims(&filter)?, ledger.links(&own)?);
            let verdicts = about(ledger, words.keys().chain([&own]).map(String::as_str))?;
            Ok((claims, words, links, ledger.near_events(&own)?, verdicts, ledger.last_verdict()?))
        })
        .await?;
    if claims.rows.is_empty() {
        return Err(Problem::unknown(format!("the ledger has no event {id}; `/events` lists them")));
    }
    let part = |row: ClaimRow| Part {
        address: format!("/reports/{}?claim={}#at-{}", row.report, row.id, row.id),
        source: joined(&[&row.outlet, &row.available], ", "),
        words: words.get(&row.id).cloned().unwrap_or_default(),
        id: row.id,
    };
    let near_one = |row: Row<'_>| {
        let (from, to) = (row.text("from"), row.text("to"));
        let who = ["actors", "told", "recipients"].map(|column| row.text(column));
        let who = joined(&who.each_ref().map(String::as_str), " · ");
        let when = joined(&[&days(&from, &to), &row.text("place")], ", ");
        Near {
            address: format!("/events/{}", row.text("event")),
            text: joined(&[&row.text("category"), &who, &when], " · "),
            score: percent(row.real("score").unwrap_or(0.0)),
            reasons: row.text("reasons"),
            id: row.text("event"),
        }
    };
    let page = UnitingPage {
        frame: Frame::new(&workbench, visitor, format!("What event {id} is"), "/events", &asked),
        what: "event",
        address: format!("/events/{id}"),
        action: format!("/events/{id}/parts"),
        parts: rows(&claims).map(ClaimRow::new).map(part).collect(),
        pairs: rows(&links).map(|row| pair(row, "claim", "with")).collect(),
        near: rows(&near).map(near_one).collect(),
        seen,
        done: asked.value("done").parse().ok(),
        undoable: asked.value("undone").is_empty(),
        queue: "",
        verdicts: rows(&verdicts).map(VerdictRow::new).collect(),
        id,
    };
    render(&page)
}

pub(super) async fn story(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Analyst(visitor): Analyst,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&["done", "undone"])?;
    let own = id.clone();
    let (members, likenesses, near, verdicts, seen) = workbench
        .store
        .ask(None, move |ledger| {
            let members = ledger.story(&own)?;
            let (mut likenesses, mut near) = (Vec::new(), Vec::new());
            let ids: Vec<String> = rows(&members).map(|row| row.text("report")).collect();
            for member in &ids {
                likenesses.push((member.clone(), ledger.likenesses(member)?));
                near.push(ledger.near_reports(member)?);
            }
            let verdicts = about(ledger, ids.iter().map(String::as_str))?;
            Ok((members, likenesses, near, verdicts, ledger.last_verdict()?))
        })
        .await?;
    let Some(head) = rows(&members).next().map(|row| row.text("story")) else {
        return Err(Problem::unknown(format!("the ledger has no story {id}; `/reports` lists what there is")));
    };
    let told = |row: Row<'_>| joined(&[&row.text("outlet"), &weekday(&row.text("available"))], ", ");
    let part = |row: Row<'_>| Part {
        address: format!("/reports/{}", row.text("report")),
        source: told(row),
        words: row.text("title"),
        id: row.text("report"),
    };
    let parts: Vec<Part> = rows(&members).map(part).collect();
    let mut pairs = Vec::new();
    for (member, answer) in &likenesses {
        // Each pair is found from both sides.
        let forward = rows(answer).filter(|row| *member < row.text("report"));
        pairs.extend(forward.map(|row| Pair { one: member.clone(), ..pair(row, "", "report") }));
    }
    let mut near_ones: Vec<Near> = Vec::new();
    for row in near.iter().flat_map(rows) {
        let id = row.text("report");
        if near_ones.iter().any(|other| other.id == id) || parts.iter().any(|part| part.id == id) {
            continue;
        }
        near_ones.push(Near {
            address: format!("/reports/{id}"),
            text: joined(&[&row.text("title"), &told(row)], " · "),
            score: percent(row.real("score").unwrap_or(0.0)),
            reasons: row.text("reasons"),
            id,
        });
    }
    let page = UnitingPage {
        frame: Frame::new(&workbench, visitor, format!("What story {head} is"), "/reports", &asked),
        what: "story",
        address: format!("/reports/{head}"),
        action: format!("/stories/{head}"),
        id: head,
        parts,
        pairs,
        near: near_ones,
        seen,
        done: asked.value("done").parse().ok(),
        undoable: asked.value("undone").is_empty(),
        queue: "",
        verdicts: rows(&verdicts).map(VerdictRow::new).collect(),
    };
    render(&page)
}

pub(super) async fn judge_event(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Analyst(visitor): Analyst,
    form: Form,
) -> Page {
    let (number, analyst) = judge(&workbench, &visitor, &id, &form).await?;
    // The event may be another now: it is that of one of the claims.
    let claim = form.field("part").to_owned();
    let filter = Filter { id: Some(claim).filter(|id| id.starts_with('c')), limit: Some(1), ..Filter::default() };
    let claims = match &filter.id {
        Some(_) => workbench.store.ask(None, move |ledger| ledger.claims(&filter)).await?,
        None => Answer::default(),
    };
    let event = rows(&claims).next().map_or(id, |row| row.text("event"));
    Ok(led_back(&format!("/events/{event}/parts"), number, &form, &analyst))
}

pub(super) async fn judge_story(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Analyst(visitor): Analyst,
    form: Form,
) -> Page {
    let (number, analyst) = judge(&workbench, &visitor, &id, &form).await?;
    Ok(led_back(&format!("/stories/{id}"), number, &form, &analyst))
}

fn led_back(to: &str, number: i64, form: &Form, analyst: &str) -> axum::response::Response {
    let mut pairs = vec![("done".to_owned(), number.to_string())];
    if form.field("decision") == "undo" {
        pairs.push(("undone".to_owned(), form.field("target").to_owned()));
    }
    let to = format!("{to}{}", address(pairs.iter()));
    ([(header::SET_COOKIE, remembering(analyst))], Redirect::to(&to)).into_response()
}

/// Enters what the form says of an event or story; the number of the entry, and who signed.
async fn judge(workbench: &Workbench, visitor: &Visitor, id: &str, form: &Form) -> Result<(i64, String), Problem> {
    let (targets, decision) = match form.field("decision") {
        "merge" => {
            let others = form.all("with").filter(|other| *other != id).map(str::to_owned);
            (std::iter::once(id.to_owned()).chain(others).collect(), Decision::Merge)
        }
        "split" => (vec![id.to_owned()], Decision::Split { out: form.all("out").map(str::to_owned).collect() }),
        "undo" => (vec![form.field("target").to_owned()], Decision::Undo),
        other => return Err(Problem::refused(format!("'{other}' is no decision; merge, split, undo are"))),
    };
    let (entered, analyst) = decide(workbench, visitor, form, targets, decision).await?;
    Ok((entered.first().map_or(0, |(number, _)| *number), analyst))
}
