//! Who is to read what: the list, the form that gives reports to analysts, and the page of a blind reader, who sees the
//! words of a report and what they have found in it themselves, and nothing else.

use super::entering::Entering;
use super::marks::{self, Numbered, Paragraph};
use super::report::empty;
use super::{Frame, Page, render};
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::{Admin, Analyst, Form, Visitor, remembering};
use crate::shown::{Row, rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use ledger::assignments::{Assignment, Found};
use ledger::questions::{Filter, Reading};
use record::Span;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "assigned.html")]
struct AssignedPage {
    frame: Frame,
    mine: Vec<Assigned>,
    /// Those of everybody, for who may give them.
    all: Vec<Assigned>,
    done: bool,
}

/// An assignment as lists show it.
struct Assigned {
    number: i64,
    analyst: String,
    report: String,
    title: String,
    source: String,
    blind: bool,
    giver: String,
    left: i64,
    done: String,
}

impl Assigned {
    fn new(row: Row<'_>) -> Self {
        Self {
            number: row.number("assignment"),
            analyst: row.text("analyst"),
            report: row.text("report"),
            title: row.text("title"),
            source: format!("{}, {}", row.text("outlet"), weekday(&row.text("available"))),
            blind: row.yes("blind"),
            giver: row.text("giver"),
            left: row.number("left"),
            done: row.text("done").chars().take(10).collect(),
        }
    }
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, Analyst(visitor): Analyst, pairs: Pairs) -> Page {
    let asked = pairs.asked(&["done"])?;
    let (own, admin) = (visitor.analyst.clone(), visitor.administers());
    let (mine, all) = workbench
        .store
        .ask(None, move |ledger| {
            let all = if admin { Some(ledger.assignments(None)?) } else { None };
            Ok((ledger.assignments(Some(&own))?, all))
        })
        .await?;
    let page = AssignedPage {
        frame: Frame::new(&workbench, visitor, "Assigned", "/assigned", &asked),
        mine: rows(&mine).map(Assigned::new).collect(),
        all: all.iter().flat_map(rows).map(Assigned::new).collect(),
        done: !asked.value("done").is_empty(),
    };
    render(&page)
}

/// Gives reports to analysts: those that are named, or as many as are asked for, drawn at random.
pub(super) async fn assign(State(workbench): State<Arc<Workbench>>, Admin(visitor): Admin, form: Form) -> Page {
    let giver = visitor.signature(form.field("analyst"))?.to_owned();
    if giver.is_empty() {
        return Err(Problem::refused("an assignment is signed; name who gives it"));
    }
    let split = |name: &str, by: &[char]| -> Vec<String> {
        let parts = form.field(name).split(by).map(str::trim).filter(|part| !part.is_empty());
        parts.map(str::to_owned).collect()
    };
    let (analysts, mut reports) = (split("analysts", &[',', ';']), split("reports", &[' ', ',', ';', '\n']));
    let number = |name: &str, most: u64| match form.field(name) {
        "" => Ok(0),
        written => written
            .parse::<u64>()
            .ok()
            .filter(|number| *number <= most)
            .ok_or_else(|| Problem::refused(format!("{name} is a whole number up to {most}, not {written}"))),
    };
    let (drawn, seed) = (number("number", 1_000)?, number("seed", u64::MAX)?);
    if reports.is_empty() && drawn > 0 {
        let sample = move |ledger: &ledger::Ledger| ledger.sample(&Filter::default(), drawn as usize, seed);
        reports = workbench.store.ask(None, sample).await?.into_iter().map(|report| report.id).collect();
    }
    let (blind, now, signed) = (form.field("blind") == "yes", (workbench.settings.now)(), giver.clone());
    workbench.store.write(move |ledger| ledger.assign(&analysts, &reports, blind, &signed, now)).await?;
    Ok(([(header::SET_COOKIE, remembering(&giver))], Redirect::to("/assigned?done=yes")).into_response())
}

#[derive(Template)]
#[template(path = "blind.html")]
struct BlindPage {
    frame: Frame,
    number: i64,
    meta: String,
    paragraphs: Vec<Paragraph>,
    found: Vec<FoundRow>,
    /// The sheet as it is now, for the forms to say what they have seen.
    sheet: String,
    handed_in: String,
    entering: Option<Entering>,
    claims: Vec<&'static str>,
}

/// A claim that a blind reader has found.
struct FoundRow {
    at: usize,
    words: String,
    category: String,
    rest: String,
}

fn words(text: &str, found: &Found) -> String {
    text.chars().skip(found.start as usize).take(found.end.saturating_sub(found.start) as usize).collect()
}

/// The assignment, if it is the visitor's own and blind, with its report.
async fn own(workbench: &Workbench, visitor: &Visitor, number: i64) -> Result<(Assignment, Reading), Problem> {
    let (assignment, reading) = workbench
        .store
        .ask(None, move |ledger| {
            let assignment = ledger.assignment(number)?;
            let reading = ledger.reading(&assignment.report)?;
            Ok((assignment, reading))
        })
        .await?;
    if assignment.analyst.to_lowercase() != visitor.analyst.to_lowercase() {
        return Err(Problem::forbidden(format!("this assignment is that of {}", assignment.analyst)));
    }
    match reading.filter(|_| assignment.blind) {
        Some(reading) => Ok((assignment, reading)),
        None => Err(Problem::unknown(format!("assignment {number} has no sheet"))),
    }
}

pub(super) async fn blind(
    State(workbench): State<Arc<Workbench>>,
    Path(number): Path<i64>,
    Analyst(visitor): Analyst,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&["done", "claim"])?;
    let (assignment, reading) = own(&workbench, &visitor, number).await?;
    let text = reading.report.text.as_deref().unwrap_or_default();
    let number_one = |(at, found): (usize, &Found)| {
        let span = Span(found.start, found.end);
        Numbered { id: at.to_string(), predicate: span, roles: vec![("told".to_owned(), vec![span])] }
    };
    let marked: Vec<Numbered> = assignment.sheet.iter().enumerate().map(number_one).collect();
    let row = |(at, found): (usize, &Found)| {
        let who = [found.actors.join("; "), found.recipients.join("; ")]
            .map(|side| if side.is_empty() { "–".into() } else { side });
        let (status, day) = (found.status.clone().unwrap_or_default(), found.day.clone().unwrap_or_default());
        FoundRow {
            at,
            words: words(text, found),
            category: found.category.clone(),
            rest: format!("{} → {}; {status} {}", who[0], who[1], weekday(&day)),
        }
    };
    let open = assignment.done.is_none() && reading.report.text.is_some();
    let page = BlindPage {
        number,
        meta: [reading.report.outlet.clone().unwrap_or_default(), weekday(&reading.available)].join(", "),
        paragraphs: marks::cut(text, reading.report.title_span, &empty(&reading), &marked, None),
        found: assignment.sheet.iter().enumerate().map(row).collect(),
        sheet: serde_json::to_string(&assignment.sheet).map_err(|error| Problem::internal(error.to_string()))?,
        handed_in: assignment.done.clone().unwrap_or_default().chars().take(10).collect(),
        entering: open.then(|| Entering::blind(number)),
        claims: Vec::new(),
        frame: Frame::new(&workbench, visitor, format!("Assignment {number}"), "/assigned", &asked),
    };
    render(&page)
}

/// Puts a claim on the sheet, takes one off, or hands the sheet in.
pub(super) async fn keep(
    State(workbench): State<Arc<Workbench>>,
    Path(number): Path<i64>,
    Analyst(visitor): Analyst,
    form: Form,
) -> Page {
    let (assignment, reading) = own(&workbench, &visitor, number).await?;
    let seen: Vec<Found> = match form.field("sheet") {
        "" => assignment.sheet,
        sheet => serde_json::from_str(sheet).map_err(|error| Problem::refused(format!("the sheet: {error}")))?,
    };
    let mut sheet = seen.clone();
    let (mut hand_in, mut to) = (false, format!("/assigned/{number}"));
    match form.field("decision") {
        "add" => {
            sheet.push(found(&form, reading.report.text.as_deref().unwrap_or_default())?);
            sheet.sort_by_key(|found| (found.start, found.end));
        }
        "remove" => {
            let at = form.field("at").parse().ok().filter(|at| *at < sheet.len());
            sheet.remove(at.ok_or_else(|| Problem::refused("there is no such claim on the sheet"))?);
        }
        "hand in" => (hand_in, to) = (true, "/assigned?done=yes".to_owned()),
        other => return Err(Problem::refused(format!("'{other}' is no decision; add, remove, hand in are"))),
    }
    let (analyst, now) = (visitor.analyst, (workbench.settings.now)());
    workbench.store.write(move |ledger| ledger.keep_sheet(number, &analyst, (&seen, &sheet), hand_in, now)).await?;
    Ok::<Response, Problem>(Redirect::to(&to).into_response())
}

fn found(form: &Form, text: &str) -> Result<Found, Problem> {
    let (start, end) = super::entering::span(form, text)?;
    let names = |field: &str| {
        let names = form.field(field).split(';').map(str::trim).filter(|name| !name.is_empty());
        names.map(str::to_owned).collect()
    };
    let day = form.field("when").split("..").next().unwrap_or_default();
    if !day.is_empty() && day.parse::<Date>().is_err() {
        return Err(Problem::refused(format!("a day is YYYY-MM-DD, not {day}")));
    }
    let status = form.field("status");
    if !status.is_empty() && !ledger::verdicts::statuses().any(|known| known == status) {
        return Err(Problem::refused(format!("there is no status {status}")));
    }
    let text = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    Ok(Found {
        start,
        end,
        category: form.field("category").to_owned(),
        actors: names("actor"),
        recipients: names("recipient"),
        status: text(status),
        day: text(day),
    })
}
