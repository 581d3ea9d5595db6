//! One thing with all that is known of it.

use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::state::Workbench;
use axum::Json;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use ledger::questions::{Answer, Filter};
use ledger::verdicts::VerdictFilter;
use record::{Record, Report};
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

type Asking = State<Arc<Workbench>>;

/// What an id must begin with to name such a thing.
fn filter(id: &str, first: char, what: &str) -> Result<Filter, Problem> {
    if id.starts_with(first) {
        return Ok(Filter { id: Some(id.to_owned()), ..Filter::default() });
    }
    Err(unknown(id, what))
}

fn unknown(id: &str, what: &str) -> Problem {
    Problem::unknown(format!("the ledger has no {what} {id}"))
}

fn first(answer: &Answer) -> Option<serde_json::Value> {
    answer.objects().into_iter().next()
}

pub(super) async fn event(State(workbench): Asking, Path(id): Path<String>, pairs: Pairs) -> Result<Response, Problem> {
    let asked = pairs.asked(&[])?;
    let filter = filter(&id, 'e', "event")?;
    let own = id.clone();
    let whole = workbench
        .store
        .ask(asked.as_of, move |ledger| {
            let Some(event) = first(&ledger.events(&filter)?) else { return Ok(None) };
            Ok(Some(json!({
                "event": event,
                "version": ledger.version(std::slice::from_ref(&own))?,
                "claims": ledger.claims(&filter)?.objects(),
                "tolls": ledger.tolls(&filter)?.objects(),
                "stories": ledger.stories(&filter)?.objects(),
                "links": ledger.links(&own)?.objects(),
            })))
        })
        .await?;
    whole.map(|whole| Json(whole).into_response()).ok_or_else(|| unknown(&id, "event"))
}

pub(super) async fn claim(State(workbench): Asking, Path(id): Path<String>, pairs: Pairs) -> Result<Response, Problem> {
    let asked = pairs.asked(&[])?;
    let filter = filter(&id, 'c', "claim")?;
    let own = id.clone();
    let whole = workbench
        .store
        .ask(asked.as_of, move |ledger| {
            let Some(claim) = first(&ledger.claims(&filter)?) else { return Ok(None) };
            let about = VerdictFilter { target: Some(own.clone()), ..VerdictFilter::default() };
            let verdicts = ledger.verdicts(&about)?.objects();
            Ok(Some(json!({ "claim": claim, "version": ledger.version(&[own])?, "verdicts": verdicts })))
        })
        .await?;
    whole.map(|whole| Json(whole).into_response()).ok_or_else(|| unknown(&id, "claim that stands under the id"))
}

/// A report with its record.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct ReportWhole {
    /// The report with its text, where the ledger has it.
    report: Report,
    /// What the latest run made of it; null where it was not coded.
    record: Option<Record>,
    /// The story that it tells.
    story: String,
    /// The day on which it was available.
    available: String,
    /// When it was taken in.
    recorded: String,
    /// The day from which a revision stands in its place.
    replaced: Option<String>,
    /// The day from which it counts no longer.
    withdrawn: Option<String>,
    /// Why its text was removed, and by whom.
    redacted: Option<String>,
}

pub(super) async fn report(
    State(workbench): Asking,
    Path(id): Path<String>,
    visitor: Visitor,
    pairs: Pairs,
) -> Result<Response, Problem> {
    pairs.asked(&[])?;
    let own = id.clone();
    let reading = workbench.store.ask(None, move |ledger| ledger.reading(&own)).await?;
    let reading = reading.ok_or_else(|| unknown(&id, "report"))?;
    let reading = workbench.shown_to(&visitor, reading).await?;
    let ledger::questions::Reading { report, record, story, available, recorded, replaced, withdrawn, redacted } =
        reading;
    Ok(Json(ReportWhole { report, record, story, available, recorded, replaced, withdrawn, redacted }).into_response())
}

/// A situation report.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Brief {
    /// The first day of which news is told.
    since: String,
    /// The day of the brief.
    today: String,
    /// Reports read in that time.
    reports: i64,
    /// Outlets that published them.
    outlets: i64,
    /// Independent stories among them.
    stories: i64,
    /// Origins that vouch for what they tell.
    origins: i64,
    /// Events of which they tell.
    events: i64,
    /// Its parts.
    sections: Vec<Section>,
}

/// A part of a brief.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Section {
    /// Its heading.
    heading: String,
    /// What the reader should know to read it rightly.
    note: Option<String>,
    /// Its lines.
    lines: Vec<Line>,
    /// Lines left out.
    more: usize,
}

/// A line of a brief, with its chain.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Line {
    /// What it says.
    text: String,
    /// The event, if it is about one.
    event: Option<String>,
    /// Where it stands.
    sources: Vec<Source>,
}

/// A link of the chain.
#[derive(Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Source {
    /// The claim.
    claim: String,
    /// The report.
    report: String,
    /// Who published it.
    outlet: Option<String>,
    /// When it was available.
    available: String,
    /// Who vouches for it; null in the outlet's own voice.
    speaker: Option<String>,
    /// The sentence.
    words: String,
}

pub(super) async fn brief(State(workbench): Asking, pairs: Pairs) -> Result<Response, Problem> {
    let asked = pairs.asked(&[])?;
    let (filter, as_of) = (asked.filter.clone(), asked.as_of);
    let brief = workbench.store.ask(as_of, move |ledger| ledger.brief(filter.since, as_of, &filter)).await?;
    let source = |source: ledger::brief::Source| {
        let ledger::brief::Source { claim, report, outlet, available, speaker, words } = source;
        Source { claim, report, outlet, available, speaker, words }
    };
    let line = |line: ledger::brief::Line| Line {
        text: line.text,
        event: line.event,
        sources: line.sources.into_iter().map(source).collect(),
    };
    let section = |section: ledger::brief::Section| Section {
        heading: section.heading.to_owned(),
        note: section.note.map(str::to_owned),
        lines: section.lines.into_iter().map(line).collect(),
        more: section.more,
    };
    let counts = brief.counts;
    let brief = Brief {
        since: brief.since.to_string(),
        today: brief.today.to_string(),
        reports: counts.reports,
        outlets: counts.outlets,
        stories: counts.stories,
        origins: counts.origins,
        events: counts.events,
        sections: brief.sections.into_iter().map(section).collect(),
    };
    Ok(Json(brief).into_response())
}
