//! Ceasefires over time: for each party the phase in which it stands, from claims with the facet `ceasefire`.
//!
//! Rules:
//! - A ceasefire is known by its sides. A claim that names a side joins the ceasefire, not yet over, that has this side;
//!   one that names none joins that of its report, else the last one of its country that is under way.
//! - A step after all sides have ended it begins another.
//! - It binds who agrees to it, declares it, ends it or breaks it. A name that seldom stands there is a mediator's or a host's.
//! - `agreed`, `in effect` and `extended` bind all sides of the claim; `declared`, `ended` and `refused` bind who speaks or acts.
//! - A breach is *alleged* by whoever says so. It is *confirmed* once somebody says so who is neither side, nor the outlet
//!   in its own voice; it is *accepted* once the side that is blamed says so.

use super::entries::{Entry, Side};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// `called for`, `offered`, `declared`, `agreed`, `in effect`, `extended`, `breach alleged`, `breach confirmed`,
    /// `breach accepted`, `suspended`, `ended`, `expired`, `refused`, `not called for`.
    pub phase: String,
    /// Whom it concerns.
    pub sides: Vec<Side>,
    /// The day of the step.
    pub day: String,
    /// Until when it binds, where that is said.
    pub until: Option<String>,
    /// Where it is told.
    pub entry: Entry,
}

/// One ceasefire.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Ceasefire {
    /// The sides bound.
    pub sides: Vec<Side>,
    /// The country in which it holds, if the claims tell.
    pub country: Option<String>,
    /// The steps by day.
    pub steps: Vec<Step>,
}

/// Phases after which a side is no longer bound.
const ENDS: &[&str] = &["ended", "expired"];
/// Days after the last step for which a claim without sides still belongs to a ceasefire.
const SILENCE: i32 = 30;
/// Phases that do not begin a ceasefire.
const NOT_YET: &[&str] = &["called for", "offered", "refused", "not called for"];

impl Ceasefire {
    /// The phase in which each side stands, with the breaches laid at its door.
    #[must_use]
    pub fn states(&self) -> BTreeMap<Side, Vec<&str>> {
        let mut states: BTreeMap<Side, (Option<&str>, Option<&str>)> = BTreeMap::new();
        for step in &self.steps {
            for side in &step.sides {
                let (phase, breach) = states.entry(side.clone()).or_default();
                match step.phase.as_str() {
                    "breach alleged" if breach.is_none() => *breach = Some("breach alleged"),
                    "breach alleged" => {}
                    "breach confirmed" | "breach accepted" => *breach = Some(&step.phase),
                    // What was called for or offered does not undo what is in effect.
                    other if NOT_YET.contains(&other) && phase.is_some() => {}
                    "agreed" if matches!(phase, Some("in effect" | "extended")) => {}
                    "in effect" if matches!(phase, Some("extended")) => {}
                    other => *phase = Some(other),
                }
            }
        }
        states.into_iter().map(|(side, (phase, breach))| (side, phase.into_iter().chain(breach).collect())).collect()
    }

    fn is_over(&self) -> bool {
        let states = self.states();
        !states.is_empty() && states.values().all(|state| state.first().is_some_and(|phase| ENDS.contains(phase)))
    }

    fn shares_side(&self, sides: &[Side]) -> bool {
        sides.iter().any(|side| self.sides.contains(side))
    }
}

/// The ceasefires that claims tell of; `entries` are by day.
pub(crate) fn derive(entries: &[Entry]) -> Vec<Ceasefire> {
    let steps: Vec<(Step, Option<String>)> = entries
        .iter()
        // What may come or was called off is no step.
        .filter(|entry| !matches!(entry.status.as_str(), "hypothetical" | "feared" | "negated" | "unsaid"))
        .filter_map(|entry| Some(step(entry, entry.facet("ceasefire", "phase")?)))
        .map(|step| {
            let country = step.entry.places.iter().find_map(|place| place.country.clone());
            (step, country)
        })
        .collect();
    let mut found: Vec<Ceasefire> = Vec::new();
    // Those that name sides first: the others can only join.
    for (step, country) in steps.iter().filter(|(step, _)| !step.entry.sides().is_empty()) {
        let sides = step.entry.sides();
        let ends = ENDS.contains(&step.phase.as_str());
        let joined =
            found.iter_mut().rev().find(|ceasefire| (ends || !ceasefire.is_over()) && ceasefire.shares_side(&sides));
        if let Some(ceasefire) = joined {
            ceasefire.add(step.clone(), country.clone());
        } else {
            found.push(Ceasefire::default());
            if let Some(ceasefire) = found.last_mut() {
                ceasefire.add(step.clone(), country.clone());
            }
        }
    }
    for (step, country) in steps.iter().filter(|(step, _)| step.entry.sides().is_empty()) {
        let same_report =
            |ceasefire: &Ceasefire| ceasefire.steps.iter().any(|other| other.entry.report == step.entry.report);
        let fits = |ceasefire: &Ceasefire| {
            let near = country.is_none() || ceasefire.country.is_none() || ceasefire.country == *country;
            near && ceasefire.spans(&step.day)
        };
        let at = found.iter().position(same_report).or_else(|| found.iter().rposition(fits));
        if let Some(ceasefire) = at.and_then(|at| found.get_mut(at)) {
            ceasefire.add(step.clone(), country.clone());
        }
    }
    for ceasefire in &mut found {
        ceasefire.bind();
    }
    found
}

impl Ceasefire {
    fn add(&mut self, step: Step, country: Option<String>) {
        if self.country.is_none() {
            self.country = country;
        }
        for side in step.entry.sides() {
            if !self.sides.contains(&side) {
                self.sides.push(side);
            }
        }
        self.steps.push(step);
    }

    /// Whether a day lies between the first step and a month after the last.
    fn spans(&self, day: &str) -> bool {
        let first = self.steps.first().map(|step| step.day.as_str());
        let last = self.steps.last().and_then(|step| step.day.parse::<Date>().ok());
        let day_of = day.parse::<Date>().ok();
        let after = last.zip(day_of).is_some_and(|(last, day)| (day - last).get_days() <= SILENCE);
        first.is_some_and(|first| first <= day) && after
    }

    /// Settles whom it binds once all steps are known: who agreed, declared, or is said to be bound or to have broken it. Who
    /// announces, asks or watches has no part. Steps that name nobody concern all.
    fn bind(&mut self) {
        self.steps.sort_by(|one, other| {
            let key = |step: &Step| (step.day.clone(), step.entry.available.clone(), step.entry.number);
            key(one).cmp(&key(other))
        });
        let binding = |step: &&Step| {
            matches!(step.phase.as_str(), "agreed" | "declared" | "in effect" | "ended")
                || step.phase.starts_with("breach")
        };
        let mut times: BTreeMap<Side, usize> = BTreeMap::new();
        for side in self.steps.iter().filter(binding).flat_map(|step| &step.sides) {
            *times.entry(side.clone()).or_default() += 1;
        }
        if times.len() >= 2 {
            let most = times.values().copied().max().unwrap_or(0);
            // A name that stands beside the sides now and then is that of a mediator or host.
            self.sides.retain(|side| times.get(side).is_some_and(|count| count * 4 >= most));
        }
        for step in &mut self.steps {
            step.sides.retain(|side| self.sides.contains(side));
            if step.sides.is_empty() {
                step.sides.clone_from(&self.sides);
            }
        }
        self.weigh_breaches();
    }

    /// Alleged, confirmed or accepted: by who says so.
    fn weigh_breaches(&mut self) {
        let sides = self.sides.clone();
        for step in self.steps.iter_mut().filter(|step| step.phase == "breach alleged") {
            let Some(speaker) = &step.entry.speaker_side else { continue };
            if step.sides.contains(speaker) {
                "breach accepted".clone_into(&mut step.phase);
            } else if !sides.contains(speaker) {
                "breach confirmed".clone_into(&mut step.phase);
            }
        }
    }
}

fn step(entry: &Entry, phase: &str) -> Step {
    let acting: Vec<Side> = entry.actors.iter().map(|party| party.side.clone()).filter(Side::is_known).collect();
    let all = entry.sides();
    let sides = match phase {
        "agreed" | "in effect" | "extended" | "expired" => all,
        _ if acting.is_empty() => all,
        _ => acting,
    };
    let until =
        entry.to.clone().filter(|_| matches!(entry.bound.as_deref(), Some("until" | "by")) || phase == "extended");
    let day = if until.is_some() { entry.available.clone() } else { entry.day().to_owned() };
    Step { phase: phase.to_owned(), sides, day, until, entry: entry.clone() }
}
