//! What is entered where a report is read: a claim that was missed, a field that is otherwise, and taking either back.

use super::Page;
use crate::problem::Problem;
use crate::query::address;
use crate::safety::{Analyst, Form, Visitor, remembering};
use crate::state::Workbench;
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Redirect};
use ledger::verdicts::{Added, Decision, Verdict};
use std::sync::Arc;

/// The forms of a page on which words of a report can be chosen.
#[derive(Clone, Debug)]
pub(super) struct Entering {
    /// Where the form of an addition goes.
    pub(super) action: String,
    /// Whether it goes on the sheet of a blind reader, which has fewer fields.
    pub(super) blind: bool,
    /// The page that the forms lead back to: `report` or `review`.
    pub(super) page: &'static str,
    /// The conditions of the queue, on the review page.
    pub(super) queue: String,
    /// The claim that the page shows, if one.
    pub(super) claim: String,
    /// The last entry of the ledger when the page was made.
    pub(super) seen: i64,
    pub(super) figures: &'static [&'static str],
    pub(super) parts: &'static [(&'static str, &'static str)],
    pub(super) fields: Vec<&'static str>,
}

/// What is counted most; other figures are entered as corrections.
const FIGURES: &[&str] = &["killed", "wounded", "missing", "captured", "arrested", "displaced", "events", "amount"];

/// What words may be in a claim, and what the buttons say.
const PARTS: &[(&str, &str)] = &[
    ("words", "Words of a claim"),
    ("actor", "Who"),
    ("recipient", "To whom"),
    ("when", "When"),
    ("where", "Where"),
    ("figure", "Figure"),
    ("speaker", "According to"),
];

/// How many of these a sheet has.
const SHEET: usize = 4;

/// The fields of the form, and what a verdict calls them.
const FIELDS: &[(&str, &str)] = &[
    ("actor", "actor"),
    ("recipient", "recipient"),
    ("when", "day"),
    ("where", "place"),
    ("speaker", "speaker"),
    ("status", "status"),
];

impl Entering {
    pub(super) fn new(report: &str, page: &'static str, queue: &str, claim: &str, seen: i64) -> Self {
        Self {
            action: format!("/reports/{report}/verdicts"),
            blind: false,
            page,
            queue: queue.to_owned(),
            claim: claim.to_owned(),
            seen,
            figures: FIGURES,
            parts: PARTS,
            fields: ledger::verdicts::correctable().collect(),
        }
    }

    /// The form of a blind reader.
    pub(super) fn blind(assignment: i64) -> Self {
        let parts = PARTS.split_at(SHEET).0;
        Self { action: format!("/assigned/{assignment}"), blind: true, parts, ..Self::new("", "blind", "", "", 0) }
    }
}

/// Enters a verdict from the page of a report, and leads back.
pub(super) async fn enter(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    Analyst(visitor): Analyst,
    form: Form,
) -> Page {
    let (target, decision) = match form.field("decision") {
        "add" => {
            let own = id.clone();
            let report = workbench.store.ask(None, move |ledger| ledger.described(&own)).await?;
            (id.clone(), Decision::Add(missed(&form, report.text.as_deref().unwrap_or_default())?))
        }
        "correct" => {
            let (field, value) = (form.field("field").to_owned(), form.field("value").to_owned());
            (form.field("target").to_owned(), Decision::Correct { field, value })
        }
        "undo" => (form.field("target").to_owned(), Decision::Undo),
        other => return Err(Problem::refused(format!("'{other}' is no decision; add, correct, undo are"))),
    };
    let undone = decision == Decision::Undo;
    let (entered, analyst) = decide(&workbench, &visitor, &form, vec![target], decision).await?;
    let (number, claim) = entered.into_iter().next().unwrap_or_default();
    let mut pairs = vec![("done".to_owned(), number.to_string())];
    if undone {
        pairs.push(("undone".to_owned(), form.field("target").to_owned()));
    }
    let to = if form.field("page") == "review" {
        pairs.push(("claim".to_owned(), form.field("claim").to_owned()));
        let queue = super::review::conditions(form.field("queue"))?;
        format!("/review{}", address(queue.iter().chain(&pairs)))
    } else {
        pairs.push(("claim".to_owned(), claim.clone()));
        format!("/reports/{id}{}#at-{claim}", address(pairs.iter()))
    };
    Ok(([(header::SET_COOKIE, remembering(&analyst))], Redirect::to(&to)).into_response())
}

/// Enters what a form decides, with its reason: the entries, and who signed.
pub(super) async fn decide(
    workbench: &Workbench,
    visitor: &Visitor,
    form: &Form,
    targets: Vec<String>,
    decision: Decision,
) -> Result<(Vec<(i64, String)>, String), Problem> {
    let analyst = visitor.signature(form.field("analyst"))?.to_owned();
    // An addition changes nothing that somebody else may have decided; taking back names its entry.
    let overtakes = !matches!(decision, Decision::Add(_) | Decision::Undo);
    let seen = overtakes.then(|| form.field("seen").parse().unwrap_or(0));
    let reason = Some(form.field("reason").to_owned()).filter(|reason| !reason.is_empty());
    let verdict = Verdict { targets, decision, analyst: analyst.clone(), reason };
    Ok((workbench.enter(verdict, seen).await?, analyst))
}

/// The claim of the form.
fn missed(form: &Form, text: &str) -> Result<Added, Problem> {
    let (start, end) = span(form, text)?;
    let mut fields: Vec<(String, String)> = FIELDS
        .iter()
        .map(|(name, field)| ((*field).to_owned(), form.field(name).to_owned()))
        .filter(|(_, value)| !value.is_empty())
        .collect();
    if !form.field("figure").is_empty() {
        fields.push(("figure".to_owned(), format!("{} {}", form.field("role"), form.field("figure"))));
    }
    Ok(Added { start, end, category: form.field("category").to_owned(), fields })
}

/// Where the words stand: at the offsets that were chosen if they stand there, and otherwise where they stand alone.
pub(super) fn span(form: &Form, text: &str) -> Result<(u32, u32), Problem> {
    let words = form.field("words");
    if words.is_empty() {
        return Err(Problem::refused("which words tell of it? Choose them in the text, or write them exactly"));
    }
    let points = |text: &str| u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    if let (Ok(start), Ok(end)) = (form.field("start").parse::<u32>(), form.field("end").parse::<u32>()) {
        let chosen: String = text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
        // A page shows every blank alike.
        if chosen.split_whitespace().eq(words.split_whitespace()) {
            return Ok((start, end));
        }
    }
    let mut places = text.match_indices(words).map(|(at, _)| at);
    match (places.next(), places.count()) {
        (Some(at), 0) => {
            let start = points(text.get(..at).unwrap_or_default());
            Ok((start, start + points(words)))
        }
        (None, _) => Err(Problem::refused(format!("“{words}” does not stand in the report; write the words exactly"))),
        (Some(_), more) => {
            Err(Problem::refused(format!("“{words}” stands {} times in the report; choose the words there", more + 1)))
        }
    }
}
