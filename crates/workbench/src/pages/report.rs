//! The reading page: a report with all that was read in it marked in its text.

use super::claims::ClaimRow;
use super::entering::Entering;
use super::marks::{self, Numbered, Paragraph};
use super::{Frame, Page, render};
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{joined, percent, rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect};
use ledger::questions::{Answer, Filter, Reading};
use record::{Claim, Record, Span, Statement, Words};
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage {
    frame: Frame,
    id: String,
    outlet: String,
    day: String,
    /// Where it was found; only addresses that a browser opens.
    url: String,
    story: String,
    remarks: Vec<String>,
    paragraphs: Vec<Paragraph>,
    claims: Vec<ClaimNote>,
    statements: Vec<StatementNote>,
    /// What was made of names, places, times and figures: id, kind, words, meaning.
    notes: Vec<Note>,
    likenesses: Vec<Likeness>,
    /// The forms, for those who may judge.
    entering: Option<Entering>,
    /// The entry that was made last, and whether it can be taken back.
    done: Option<i64>,
    undoable: bool,
    /// Where its undoing goes.
    action: String,
    queue: &'static str,
    has_text: bool,
}

/// A claim beside the text.
pub(super) struct ClaimNote {
    pub(super) number: usize,
    pub(super) id: String,
    /// How deep it is nested in others.
    pub(super) depth: usize,
    /// As the ledger has it now; none where it does not stand.
    pub(super) row: Option<ClaimRow>,
    pub(super) category: String,
    pub(super) told: String,
    pub(super) confidence: String,
    pub(super) rule: String,
    pub(super) lit: bool,
    /// Field, words, and the rule or finder that read them.
    pub(super) fields: Vec<(String, String, String)>,
    /// Field and value that stand in no words of their own.
    pub(super) facets: Vec<(String, String)>,
}

struct StatementNote {
    id: String,
    depth: usize,
    speaker: String,
    cue: String,
    manner: String,
    content: String,
}

/// What was made of some words.
pub(super) struct Note {
    pub(super) id: String,
    pub(super) kind: &'static str,
    pub(super) words: String,
    pub(super) meaning: String,
    /// The same as a correction would have it; empty where there is nothing that one could say.
    pub(super) value: String,
}

struct Likeness {
    report: String,
    outlet: String,
    day: String,
    title: String,
    verdict: String,
    reasons: String,
}

pub(super) async fn page(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    visitor: Visitor,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&["claim", "done", "undone"])?;
    let own = id.clone();
    let analyst = visitor.analyst.clone();
    let (reading, standing, likenesses, seen, blind) = workbench
        .store
        .ask(None, move |ledger| {
            let filter = Filter { id: Some(own.clone()).filter(|id| id.starts_with('r')), ..Filter::default() };
            let Some(reading) = ledger.reading(&own)? else {
                return Ok((None, Answer::default(), Answer::default(), 0, None));
            };
            let (claims, likenesses) = (ledger.claims(&filter)?, ledger.likenesses(&own)?);
            Ok((Some(reading), claims, likenesses, ledger.last_verdict()?, ledger.blind(&analyst, &own)?))
        })
        .await?;
    let reading =
        reading.ok_or_else(|| Problem::unknown(format!("the ledger has no report {id}; `/reports` lists them")))?;
    if let Some(number) = blind {
        // Whoever is to read it blind sees what others found once the sheet is handed in.
        return Ok(Redirect::to(&format!("/assigned/{number}")).into_response());
    }
    let reading = workbench.shown_to(&visitor, reading).await?;
    let read = Read::new(&reading, &standing, asked.value("claim"));
    let title = reading.report.title.clone().unwrap_or_else(|| format!("Report {id}"));
    let can_add = visitor.judges() && reading.report.text.is_some();
    let page = ReportPage {
        entering: can_add.then(|| Entering::new(&id, "report", "", asked.value("claim"), seen)),
        done: asked.value("done").parse().ok().filter(|_| visitor.judges()),
        undoable: asked.value("undone").is_empty(),
        action: format!("/reports/{id}/verdicts"),
        queue: "",
        has_text: reading.report.text.is_some(),
        frame: Frame::new(&workbench, visitor, title, "/reports", &asked),
        outlet: reading.report.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()),
        day: weekday(&reading.available),
        url: reading
            .report
            .url
            .clone()
            .filter(|url| url.starts_with("https://") || url.starts_with("http://"))
            .unwrap_or_default(),
        story: reading.story.clone(),
        remarks: remarks(&reading),
        paragraphs: read.paragraphs,
        claims: read.claims,
        statements: reading.record.as_ref().map(statements).unwrap_or_default(),
        notes: reading.record.as_ref().map(notes).unwrap_or_default(),
        likenesses: rows(&likenesses)
            .map(|row| Likeness {
                report: row.text("report"),
                outlet: row.text("outlet"),
                day: weekday(&row.text("available")),
                title: row.text("title"),
                verdict: row.text("verdict"),
                reasons: row.text("reasons"),
            })
            .collect(),
        id,
    };
    render(&page)
}

fn remarks(reading: &Reading) -> Vec<String> {
    let mut remarks = Vec::new();
    if let Some(day) = &reading.withdrawn {
        remarks.push(format!("Withdrawn: it counts no longer from {} on.", weekday(day)));
    }
    if let Some(day) = &reading.replaced {
        remarks.push(format!("Replaced by a revision from {} on.", weekday(day)));
    }
    if let Some(why) = &reading.redacted {
        remarks.push(format!("Its text was removed: {why}."));
    } else if reading.report.text.is_none() {
        remarks.push("Its text is not in the ledger.".to_owned());
    }
    if reading.record.is_none() {
        remarks.push("It was not coded.".to_owned());
    }
    remarks.extend(reading.report.notes.iter().cloned());
    remarks
}

/// The text with its claims.
pub(super) struct Read {
    pub(super) paragraphs: Vec<Paragraph>,
    pub(super) claims: Vec<ClaimNote>,
}

impl Read {
    /// Marks the text; `standing` are the report's claims as the ledger has them, `lit` the claim to show.
    pub(super) fn new(reading: &Reading, standing: &Answer, lit: &str) -> Self {
        let text = reading.report.text.as_deref().unwrap_or_default();
        let mut standing: BTreeMap<String, (ClaimRow, Span, String)> = rows(standing)
            .map(|row| {
                let span = Span(row.number("start") as u32, row.number("end") as u32);
                (row.text("claim"), (ClaimRow::new(row), span, percent(row.real("confidence").unwrap_or(0.0))))
            })
            .collect();
        let Some(record) = &reading.record else {
            let empty = empty(reading);
            return Self {
                paragraphs: marks::cut(text, reading.report.title_span, &empty, &[], None),
                claims: Vec::new(),
            };
        };
        let (mut numbered, mut claims) = (Vec::new(), Vec::new());
        for (claim, depth) in nested(record) {
            let number = numbered.len();
            let predicate = claim.predicate.spans.first().copied().unwrap_or(Span(0, 0));
            numbered.push(Numbered { id: claim.id.clone(), predicate, roles: marks::roles(claim, record) });
            claims.push(ClaimNote {
                row: standing.remove(&claim.id).map(|(row, _, _)| row),
                ..note(claim, text, number, depth, claim.id == lit)
            });
        }
        for (id, (row, span, confidence)) in standing {
            let number = numbered.len();
            numbered.push(Numbered { id: id.clone(), predicate: span, roles: vec![("told".to_owned(), vec![span])] });
            claims.push(ClaimNote {
                number,
                depth: 0,
                category: row.category.clone(),
                told: row.told.clone(),
                confidence,
                rule: "added by an analyst".to_owned(),
                lit: id == lit,
                fields: Vec::new(),
                facets: Vec::new(),
                row: Some(row),
                id,
            });
        }
        let lit = claims.iter().position(|claim| claim.lit);
        Self { paragraphs: marks::cut(text, reading.report.title_span, record, &numbered, lit), claims }
    }
}

/// A record of which nothing was read.
pub(super) fn empty(reading: &Reading) -> Record {
    Record {
        schema: record::SCHEMA.into(),
        run: record::Run { program: String::new(), models: String::new(), codebook: String::new() },
        report: reading.report.clone(),
        sentences: Vec::new(),
        names: Vec::new(),
        chains: Vec::new(),
        times: Vec::new(),
        places: Vec::new(),
        quantities: Vec::new(),
        statements: Vec::new(),
        claims: Vec::new(),
    }
}

/// The claims in the order of the text, each followed by those nested in it, with how deep they are.
fn nested(record: &Record) -> Vec<(&Claim, usize)> {
    let by_id: BTreeMap<&str, &Claim> = record.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let mut inner: Vec<&str> = record.claims.iter().flat_map(|claim| &claim.content).map(String::as_str).collect();
    inner.sort_unstable();
    let mut waiting: Vec<(&Claim, usize)> = record
        .claims
        .iter()
        .rev()
        .filter(|claim| inner.binary_search(&claim.id.as_str()).is_err())
        .map(|claim| (claim, 0))
        .collect();
    let mut all: Vec<(&Claim, usize)> = Vec::new();
    let mut done: Vec<&str> = Vec::new();
    while let Some((claim, depth)) = waiting.pop() {
        if done.contains(&claim.id.as_str()) {
            continue;
        }
        done.push(&claim.id);
        all.push((claim, depth));
        waiting.extend(
            claim.content.iter().rev().filter_map(|id| by_id.get(id.as_str())).map(|claim| (*claim, depth + 1)),
        );
    }
    all
}

/// Words of the text by spans of code points.
fn words(text: &str, spans: &[Span]) -> String {
    let part = |span: &Span| {
        text.chars().skip(span.0 as usize).take(span.1.saturating_sub(span.0) as usize).collect::<String>()
    };
    spans.iter().map(part).collect::<Vec<_>>().join(" … ")
}

fn note(claim: &Claim, text: &str, number: usize, depth: usize, lit: bool) -> ClaimNote {
    let fields = claim
        .evidence
        .iter()
        .map(|evidence| (evidence.field.to_string(), words(text, &evidence.spans), evidence.rule.to_string()));
    let mut facets: Vec<(String, String)> =
        claim.facets.iter().map(|facet| (format!("{} {}", facet.facet, facet.field), facet.value.clone())).collect();
    if !claim.contexts.is_empty() {
        facets.push(("contexts".to_owned(), claim.contexts.join(", ")));
    }
    facets.extend(claim.relations.iter().map(|relation| (relation.kind.to_string(), relation.claim.clone())));
    ClaimNote {
        number,
        id: claim.id.clone(),
        depth: depth.min(3),
        row: None,
        category: claim.category.clone(),
        told: claim.predicate.text.clone(),
        confidence: percent(claim.confidence),
        rule: claim.rule.clone(),
        lit,
        fields: fields.collect(),
        facets,
    }
}

fn statements(record: &Record) -> Vec<StatementNote> {
    let depth = |statement: &Statement| {
        let outer = |id: &String| record.statements.iter().find(|other| other.id == *id);
        std::iter::successors(statement.within.as_ref().and_then(outer), |outer_one| {
            outer_one.within.as_ref().and_then(outer)
        })
        .take(3)
        .count()
    };
    let excerpt = |content: &Words| {
        let short: String = content.text.chars().take(90).collect();
        if short.len() < content.text.len() { format!("{short}…") } else { short }
    };
    let note = |statement: &Statement| StatementNote {
        id: statement.id.clone(),
        depth: depth(statement),
        speaker: match (&statement.speaker.name, statement.speaker.text.as_str()) {
            (Some(name), _) => name.clone(),
            (None, "") => "nobody named".to_owned(),
            (None, text) => text.to_owned(),
        },
        cue: statement.cue.text.clone(),
        manner: statement.manner.to_string(),
        content: excerpt(&statement.content),
    };
    record.statements.iter().map(note).collect()
}

/// What was made of names, places, times and figures.
pub(super) fn notes(record: &Record) -> Vec<Note> {
    let mut notes = Vec::new();
    let mut note = |id: &str, kind, words: &str, meaning: String, value: String| {
        notes.push(Note { id: id.to_owned(), kind, words: words.to_owned(), meaning, value });
    };
    for name in &record.names {
        let actor = name.actor.as_deref().map(|actor| format!("the codebook's {actor}")).unwrap_or_default();
        let value = name.actor.clone().unwrap_or_else(|| name.text.clone());
        note(&name.id, "name", &name.text, joined(&[&name.kind, &actor], ", "), value);
    }
    for place in &record.places {
        let point = place.lat.zip(place.lon);
        let at = point.map(|(lat, lon)| format!("{lat:.2}, {lon:.2}")).unwrap_or_default();
        let country = place.country.as_deref().unwrap_or_default();
        let within = place.admin1.as_deref().unwrap_or_default();
        let meaning = joined(&[&place.name, within, country, &place.precision, &at], ", ");
        // A name with a comma would be read as a name with a country.
        let name = place.name.split(',').next().unwrap_or_default();
        let exact = point.filter(|_| !country.is_empty() && &*place.precision == "point");
        let exact = exact.map(|(lat, lon)| format!("{lat}, {lon}")).unwrap_or_default();
        note(&place.id, "place", &place.text, meaning, joined(&[name, country, &exact], ", "));
    }
    for time in &record.times {
        let (from, to) = (time.from.as_deref().unwrap_or_default(), time.to.as_deref().unwrap_or_default());
        let days = crate::shown::days(from, to);
        let meaning = joined(&[&days, &time.value, &format!("read from: {}", time.derived)], "; ");
        let value = match (from, to) {
            ("", _) | (_, "") => String::new(),
            (from, to) if from == to => from.to_owned(),
            (from, to) => format!("{from}..{to}"),
        };
        note(&time.id, "time", &time.text, meaning, value);
    }
    for figure in &record.quantities {
        let number = |value: Option<f64>| value.map(|value| value.to_string()).unwrap_or_default();
        let one = figure.low == figure.high && figure.low == figure.best && figure.best.is_some();
        let range = if one {
            number(figure.best)
        } else {
            joined(&[&number(figure.low), &number(figure.best), &number(figure.high)], " – ")
        };
        let counts = figure.counts.as_ref().map(|counts| counts.text.as_str()).unwrap_or_default();
        let part = figure.subset_of.as_deref().map(|of| format!("part of {of}")).unwrap_or_default();
        let about = if figure.approximate { "approximate" } else { "" };
        let unit = figure.unit.as_deref().unwrap_or_default();
        let meaning = joined(&[&joined(&[&range, unit, counts], " "), about, &part], ", ");
        let value = if one { number(figure.best) } else { joined(&[&number(figure.low), &number(figure.high)], "-") };
        note(&figure.id, "figure", &figure.text, meaning, value);
    }
    notes
}
