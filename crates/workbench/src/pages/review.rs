//! The review page: one claim after the other, each with its words, one key each for what an analyst may decide. It works
//! without scripts as well; the scripts add the keys.

use super::entering::{Entering, decide};
use super::marks::Paragraph;
use super::report::{ClaimNote, Note, Read, notes};
use super::{Frame, Narrowing, Page, render};
use crate::problem::Problem;
use crate::query::{Pairs, address};
use crate::safety::{Analyst, Form, remembering};
use crate::shown::{rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use ledger::questions::{Answer, Filter, Order};
use ledger::verdicts::Decision;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "review.html")]
struct ReviewPage {
    frame: Frame,
    narrowing: Narrowing,
    orders: Vec<(&'static str, bool)>,
    left: i64,
    task: Option<Task>,
    /// The entry that was made last, and whether it can be taken back.
    done: Option<i64>,
    undoable: bool,
    /// Whether only what is assigned to the visitor is asked for.
    mine: bool,
    fields: Vec<&'static str>,
    /// The conditions of the queue, which the forms send along.
    queue: String,
    /// The address of the next claim.
    next: String,
}

/// The claim to judge.
struct Task {
    claim: ClaimNote,
    title: String,
    outlet: String,
    day: String,
    url: String,
    version: i64,
    paragraphs: Vec<Paragraph>,
    notes: Vec<Note>,
    entering: Option<Entering>,
}

/// The names of the page's own parts of an address.
const OWN: &[&str] = &["order", "assigned", "after", "claim", "done", "undone"];

/// The order of a queue by its word.
fn order(written: &str) -> Result<Order, Problem> {
    if written.is_empty() {
        return Ok(Order::default());
    }
    let found = Order::ALL.into_iter().find(|(_, word)| *word == written);
    let words = Order::ALL.map(|(_, word)| word).join(", ");
    found.map(|(order, _)| order).ok_or_else(|| Problem::refused(format!("an order is one of {words}, not {written}")))
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, Analyst(visitor): Analyst, pairs: Pairs) -> Page {
    let asked = pairs.asked(OWN)?;
    let own_order = order(asked.value("order"))?;
    let after = Some(asked.value("after").to_owned()).filter(|after| !after.is_empty());
    let named = Some(asked.value("claim").to_owned()).filter(|claim| !claim.is_empty());
    let filter = Filter { limit: Some(1), offset: None, ..asked.filter.clone() };
    let mine = match asked.value("assigned") {
        "" => false,
        "me" => true,
        other => return Err(Problem::refused(format!("assigned is `me`, not {other}"))),
    };
    let own = mine.then(|| visitor.analyst.clone());
    let found = workbench
        .store
        .ask(None, move |ledger| {
            let queue = ledger.queue(&filter, own_order, after.as_deref(), own.as_deref())?;
            // Behind the last one it begins anew.
            let queue =
                if queue.rows.is_empty() { ledger.queue(&filter, own_order, None, own.as_deref())? } else { queue };
            let left = rows(&queue).next().map_or(0, |row| row.number("left"));
            let one = Filter { id: named, limit: Some(1), ..Filter::default() };
            let found = if one.id.is_some() { ledger.claims(&one)? } else { Answer::default() };
            // A claim that stands no longer, as its addition was taken back, gives way to the queue.
            let Some((claim, report)) =
                rows(&found).chain(rows(&queue)).next().map(|row| (row.text("claim"), row.text("report")))
            else {
                return Ok((left, None));
            };
            let of_report = Filter { id: Some(report.clone()), ..Filter::default() };
            let standing = ledger.claims(&of_report)?;
            let version = ledger.version(std::slice::from_ref(&claim))?;
            Ok((left, ledger.reading(&report)?.map(|reading| (claim, version, standing, reading))))
        })
        .await?;
    let queue: Vec<(String, String)> = asked
        .conditions()
        .chain(asked.written.iter().filter(|(name, _)| name == "order" || name == "assigned"))
        .cloned()
        .collect();
    let (left, found) = found;
    let task = found.and_then(|(claim, version, standing, reading)| {
        let read = Read::new(&reading, &standing, &claim);
        let note = read.claims.into_iter().find(|note| note.lit)?;
        Some(Task {
            notes: reading.record.as_ref().map(notes).unwrap_or_default(),
            entering: Some(Entering::new(&reading.report.id, "review", &address(queue.iter()), &claim, version)),
            claim: note,
            title: reading.report.title.clone().unwrap_or_default(),
            outlet: reading.report.outlet.clone().unwrap_or_default(),
            day: weekday(&reading.available),
            url: format!("/reports/{}?claim={claim}#at-{claim}", reading.report.id),
            version,
            paragraphs: around(read.paragraphs),
        })
    });
    let next = task.as_ref().map(|task| ("after".to_owned(), task.claim.id.clone()));
    let page = ReviewPage {
        frame: Frame::new(&workbench, visitor, "Review", "/review", &asked),
        narrowing: Narrowing::new("/review", &asked),
        orders: Order::ALL.map(|(other, word)| (word, other == own_order)).into(),
        left,
        mine,
        done: asked.value("done").parse().ok(),
        undoable: asked.value("undone").is_empty(),
        fields: ledger::verdicts::correctable().collect(),
        next: format!("/review{}", address(queue.iter().chain(next.iter()))),
        queue: address(queue.iter()),
        task,
    };
    render(&page)
}

/// The paragraphs in which the lit claim stands, and those next to them.
fn around(paragraphs: Vec<Paragraph>) -> Vec<Paragraph> {
    let lit = |paragraph: &Paragraph| paragraph.pieces.iter().any(|piece| piece.lit == "told");
    let first = paragraphs.iter().position(lit).unwrap_or(0);
    let last = paragraphs.iter().rposition(lit).unwrap_or(first);
    let near = |(at, _): &(usize, Paragraph)| at + 1 >= first && *at <= last + 1;
    paragraphs.into_iter().enumerate().filter(near).map(|(_, paragraph)| paragraph).collect()
}

/// Enters what an analyst has decided, and goes on to the next claim.
pub(super) async fn judge(State(workbench): State<Arc<Workbench>>, Analyst(visitor): Analyst, form: Form) -> Page {
    let target = form.field("target").to_owned();
    let decision = match form.field("decision") {
        "accept" => Decision::Accept,
        "reject" => Decision::Reject,
        "unsure" => Decision::Unsure,
        "undo" => Decision::Undo,
        "correct" => Decision::Correct { field: form.field("field").to_owned(), value: form.field("value").to_owned() },
        other => {
            return Err(Problem::refused(format!(
                "'{other}' is no decision; accept, reject, correct, unsure, undo are"
            )));
        }
    };
    let undoing = decision == Decision::Undo;
    let (entered, analyst) = decide(&workbench, &visitor, &form, vec![target.clone()], decision).await?;
    let mut to: Vec<(String, String)> = conditions(form.field("queue"))?;
    let mut add = |name: &str, value: String| to.push((name.to_owned(), value));
    match entered.first() {
        Some((number, id)) if undoing => {
            add("done", number.to_string());
            add("undone", target);
            if id.starts_with('c') {
                add("claim", id.clone());
            }
        }
        Some((number, _)) => {
            add("done", number.to_string());
            add("after", target);
        }
        None => {}
    }
    let to = format!("/review{}", address(to.iter()));
    Ok(([(header::SET_COOKIE, remembering(&analyst))], Redirect::to(&to)).into_response())
}

/// The conditions of a queue as a form sends them back, without what names one claim.
pub(super) fn conditions(queue: &str) -> Result<Vec<(String, String)>, Problem> {
    Ok(Pairs(read_queue(queue)).asked(OWN)?.written)
}

/// The pairs of an address as a form sends them back.
fn read_queue(queue: &str) -> Vec<(String, String)> {
    let uri: Option<axum::http::Uri> = format!("/review{queue}").parse().ok();
    let pairs = uri.and_then(|uri| axum::extract::Query::<Vec<(String, String)>>::try_from_uri(&uri).ok());
    pairs.map(|query| query.0).unwrap_or_default()
}
