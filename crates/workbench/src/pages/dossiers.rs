//! Matters followed over time: talks, ceasefires, and who holds what.

use super::{Frame, Narrowing, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{days, joined, weekday};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use ledger::dossiers::{Entry, LASTS, Side};
use std::sync::Arc;

/// Where something is told: who vouches for it, and the way to the words.
pub(super) struct Chain {
    pub(super) told: String,
    pub(super) speaker: String,
    pub(super) outlet: String,
    pub(super) day: String,
    pub(super) address: String,
}

impl Chain {
    pub(super) fn new(entry: &Entry) -> Self {
        Self {
            told: entry.told.clone(),
            speaker: entry.speaker.clone().unwrap_or_default(),
            outlet: entry.outlet.clone().unwrap_or_else(|| "outlet not stated".to_owned()),
            day: weekday(&entry.available),
            address: format!("/reports/{}?claim={}#at-{}", entry.report, entry.claim, entry.claim),
        }
    }
}

pub(super) fn names(sides: &[Side]) -> String {
    sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn optional(text: Option<&String>) -> String {
    text.cloned().unwrap_or_default()
}

#[derive(Template)]
#[template(path = "talks.html")]
struct TalksPage {
    frame: Frame,
    narrowing: Narrowing,
    processes: Vec<Process>,
}

struct Process {
    sides: String,
    rounds: Vec<Round>,
}

struct Round {
    days: String,
    venue: String,
    status: String,
    format: String,
    outcome: String,
    sides: String,
    chain: Vec<Chain>,
}

pub(super) async fn talks(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = asked.filter.clone();
    let talks = workbench.store.ask(asked.as_of, move |ledger| ledger.talks(&filter)).await?;
    let round = |round: &ledger::dossiers::Round| Round {
        days: days(&optional(round.from.as_ref()), &optional(round.to.as_ref())),
        venue: round.venue.as_ref().map(|venue| venue.name.clone()).unwrap_or_default(),
        status: round.status.clone(),
        format: optional(round.format.as_ref()),
        outcome: optional(round.outcome.as_ref()),
        sides: round.tellings.first().map(|telling| names(&telling.sides())).unwrap_or_default(),
        chain: round.tellings.iter().map(Chain::new).collect(),
    };
    let page = TalksPage {
        frame: Frame::new(&workbench, visitor, "Talks", "/talks", &asked),
        narrowing: Narrowing::new("/talks", &asked),
        processes: talks
            .iter()
            .map(|talks| Process { sides: names(&talks.sides), rounds: talks.rounds.iter().map(round).collect() })
            .collect(),
    };
    render(&page)
}

#[derive(Template)]
#[template(path = "ceasefires.html")]
struct CeasefiresPage {
    frame: Frame,
    narrowing: Narrowing,
    ceasefires: Vec<Ceasefire>,
}

struct Ceasefire {
    sides: String,
    country: String,
    /// Each side with the phase in which it stands.
    states: Vec<(String, String)>,
    steps: Vec<Step>,
}

struct Step {
    day: String,
    phase: String,
    sides: String,
    until: String,
    chain: Chain,
}

pub(super) async fn ceasefires(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let filter = asked.filter.clone();
    let as_of = asked.as_of;
    let (ceasefires, today) = workbench
        .store
        .ask(as_of, move |ledger| {
            let today = as_of.map_or_else(|| ledger.today(), Ok)?;
            Ok((ledger.ceasefires(&filter)?, today))
        })
        .await?;
    let one = |ceasefire: &ledger::dossiers::Ceasefire| Ceasefire {
        sides: names(&ceasefire.sides),
        country: optional(ceasefire.country.as_ref()),
        states: ceasefire.states(today).into_iter().map(|(side, phases)| (side.name, phases.join(", "))).collect(),
        steps: ceasefire
            .steps
            .iter()
            .map(|step| Step {
                day: weekday(&step.day),
                phase: step.phase.clone(),
                sides: names(&step.sides),
                until: step.until.as_deref().map(weekday).unwrap_or_default(),
                chain: Chain::new(&step.entry),
            })
            .collect(),
    };
    let page = CeasefiresPage {
        frame: Frame::new(&workbench, visitor, "Ceasefires", "/ceasefires", &asked),
        narrowing: Narrowing::new("/ceasefires", &asked),
        ceasefires: ceasefires.iter().map(one).collect(),
    };
    render(&page)
}

#[derive(Template)]
#[template(path = "control.html")]
struct ControlPage {
    frame: Frame,
    narrowing: Narrowing,
    today: String,
    lasts: i32,
    places: Vec<Place>,
}

struct Place {
    name: String,
    holder: String,
    since: String,
    last: String,
    disputed: bool,
    expired: bool,
    holds: Vec<Hold>,
}

struct Hold {
    day: String,
    side: String,
    change: String,
    status: String,
    chain: Chain,
}

pub(super) async fn control(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let (filter, as_of) = (asked.filter.clone(), asked.as_of);
    let (places, today) = workbench
        .store
        .ask(as_of, move |ledger| {
            let today = as_of.map_or_else(|| ledger.today(), Ok)?;
            Ok((ledger.control(&filter)?, today))
        })
        .await?;
    let place = |place: &ledger::dossiers::Control| {
        let holder = place.holder(today);
        let held = holder.as_ref();
        Place {
            name: joined(&[&place.place, place.country.as_deref().unwrap_or_default()], ", "),
            holder: held.map(|holder| holder.side.name.clone()).filter(|name| !name.is_empty()).unwrap_or_default(),
            since: held.and_then(|holder| holder.since.as_deref()).map(weekday).unwrap_or_default(),
            last: held.map(|holder| weekday(&holder.last)).unwrap_or_default(),
            disputed: held.is_some_and(|holder| holder.disputed),
            expired: held.is_some_and(|holder| holder.expired),
            holds: place
                .holds
                .iter()
                .map(|hold| Hold {
                    day: weekday(&hold.day),
                    side: hold.side.name.clone(),
                    change: hold.change.clone(),
                    status: hold.entry.status.clone(),
                    chain: Chain::new(&hold.entry),
                })
                .collect(),
        }
    };
    let page = ControlPage {
        frame: Frame::new(&workbench, visitor, "Control", "/control", &asked),
        narrowing: Narrowing::new("/control", &asked),
        today: weekday(&today.to_string()),
        lasts: LASTS,
        places: places.iter().map(place).collect(),
    };
    render(&page)
}
