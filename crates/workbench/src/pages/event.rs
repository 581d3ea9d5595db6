//! An event: what is told of it, by how many, and every claim with its words; figures that differ stand side by side.

use super::claims::ClaimRow;
use super::events::EventRow;
use super::pictures::file;
use super::{Frame, Page, render};
use crate::drawing;
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{Row, counted, joined, percent, rows, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use ledger::LedgerError;
use ledger::exports::{Claim, Persons};
use ledger::questions::{Answer, Filter};
use ledger::verdicts::VerdictFilter;
use std::collections::BTreeMap;
use std::sync::Arc;

#[derive(Template)]
#[template(path = "event.html")]
struct EventPage {
    frame: Frame,
    event: EventRow,
    counts: String,
    told: String,
    confidence: String,
    /// The figures over time.
    picture: Option<String>,
    tolls: Vec<Toll>,
    stories: Vec<Story>,
    links: Vec<Link>,
    verdicts: Vec<super::verdicts::VerdictRow>,
}

impl EventPage {
    /// Where the picture is kept as a file.
    fn file(&self) -> String {
        format!("/events/{}/tolls.svg", self.event.id)
    }
}

/// A figure by one speaker.
struct Toll {
    role: String,
    text: String,
    counts: String,
    speaker: String,
    outlet: String,
    available: String,
    superseded: bool,
    claim: String,
}

/// A text, with the reports that printed it and the claims that it makes.
struct Story {
    id: String,
    title: String,
    printed: String,
    claims: Vec<Telling>,
}

struct Telling {
    row: ClaimRow,
    words: String,
    /// The speakers, from who vouches for it outwards.
    voices: String,
}

/// Why two claims are held to tell of one happening.
struct Link {
    claim: String,
    with: String,
    score: String,
    reasons: String,
}

pub(super) async fn page(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    visitor: Visitor,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&[])?;
    if !id.starts_with('e') {
        return Err(Problem::unknown(format!("the ledger has no event {id}; ids of events begin with e")));
    }
    let own = id.clone();
    let found = workbench
        .store
        .ask(asked.as_of, move |ledger| {
            let filter = Filter { id: Some(own.clone()), ..Filter::default() };
            let mut full: BTreeMap<String, Claim> = BTreeMap::new();
            ledger.each_claim(&filter, Persons::Named, |claim| -> Result<(), LedgerError> {
                full.insert(claim.evidence.claim.clone(), claim);
                Ok(())
            })?;
            let about = VerdictFilter { target: Some(own.clone()), ..VerdictFilter::default() };
            Ok((
                ledger.events(&filter)?,
                ledger.claims(&filter)?,
                full,
                ledger.tolls(&filter)?,
                ledger.stories(&filter)?,
                ledger.links(&own)?,
                ledger.verdicts(&about)?,
            ))
        })
        .await?;
    let (event, claims, full, tolls, stories, links, verdicts) = found;
    let Some(row) = rows(&event).next() else {
        return Err(Problem::unknown(format!("the ledger has no event {id}; `/events` lists them")));
    };
    let tellings = |story: &str| {
        let of_story = rows(&claims).map(ClaimRow::new).filter(|claim| claim.story == story);
        let telling = |row: ClaimRow| {
            let claim = full.get(&row.id);
            let voices = claim.map(|claim| claim.voices.iter().map(|voice| voice.name.as_str()).collect::<Vec<_>>());
            Telling {
                words: claim.and_then(|claim| claim.evidence.words.clone()).unwrap_or_default(),
                voices: voices.unwrap_or_default().join(", quoted by "),
                row,
            }
        };
        of_story.map(telling).collect()
    };
    let page = EventPage {
        counts: [
            counted(row.number("reports"), "report", "reports"),
            counted(row.number("outlets"), "outlet", "outlets"),
            counted(row.number("stories"), "independent story", "independent stories"),
            counted(row.number("origins"), "origin", "origins"),
        ]
        .join(", "),
        told: format!("{} to {}", weekday(&row.text("first told")), weekday(&row.text("last told"))),
        confidence: percent(row.real("confidence").unwrap_or(0.0)),
        picture: drawing::tolls(&figures(&tolls)),
        tolls: rows(&tolls)
            .map(|row| Toll {
                role: row.text("role"),
                text: row.text("text"),
                counts: row.text("counts"),
                speaker: row.text("speaker"),
                outlet: row.text("outlet"),
                available: weekday(&row.text("available")),
                superseded: row.yes("superseded"),
                claim: row.text("claim"),
            })
            .collect(),
        stories: rows(&stories)
            .map(|row| Story {
                id: row.text("story"),
                title: row.text("title"),
                printed: row.text("printed by").replace(',', ", "),
                claims: tellings(&row.text("story")),
            })
            .collect(),
        links: rows(&links)
            .map(|row| Link {
                claim: row.text("claim"),
                with: row.text("with"),
                score: percent(row.real("score").unwrap_or(0.0)),
                reasons: row.text("reasons"),
            })
            .collect(),
        verdicts: rows(&verdicts).map(super::verdicts::VerdictRow::new).collect(),
        frame: Frame::new(&workbench, visitor, format!("Event {id}"), "/events", &asked),
        event: EventRow::new(row),
    };
    render(&page)
}

/// The figures of an event as they are drawn: those that are a number and have a day.
fn figures(tolls: &Answer) -> Vec<drawing::Figure> {
    let figure = |row: Row<'_>| {
        let best = row.real("best").or(row.real("low")).or(row.real("high"))?;
        Some(drawing::Figure {
            told: row.text("available").parse().ok()?,
            role: row.text("role"),
            low: row.real("low").unwrap_or(best),
            best,
            high: row.real("high").unwrap_or(best),
            by: joined(&[&row.text("speaker"), &row.text("outlet")], ", in "),
            superseded: row.yes("superseded"),
            address: format!("/claims/{}", row.text("claim")),
        })
    };
    rows(tolls).filter_map(figure).collect()
}

pub(super) async fn tolls_file(State(workbench): State<Arc<Workbench>>, Path(id): Path<String>, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = Filter { id: Some(id.clone()).filter(|id| id.starts_with('e')), ..Filter::default() };
    let unknown = Problem::unknown(format!("the ledger has no event {id} with figures to compare"));
    if filter.id.is_none() {
        return Err(unknown);
    }
    let answer = workbench.store.ask(asked.as_of, move |ledger| ledger.tolls(&filter)).await?;
    Ok(file("tolls.svg", drawing::tolls(&figures(&answer)).ok_or(unknown)?))
}
