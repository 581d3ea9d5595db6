//! Ceasefires over time: for each party the phase in which it stands, from claims with the facet `ceasefire`.
//!
//! Rules:
//! - A ceasefire is known by its sides. A claim with one side joins the ceasefire, open on that day, that has this side;
//!   one with none joins that of the same country.
//! - Its first step is any phase but an end; a step that begins anew after all sides have ended it begins another.
//! - `agreed`, `in effect` and `extended` bind all sides of the claim; `declared`, `ended` and `refused` bind who speaks or acts.
//! - A breach is *alleged* by whoever says so. It is *confirmed* once somebody says so who is neither side, nor the outlet
//!   in its own voice; it is *accepted* once the side that is blamed says so.

use super::entries::{Entry, Side};
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
    let mut found: Vec<Ceasefire> = Vec::new();
    for entry in entries {
        let Some(phase) = entry.facet("ceasefire", "phase") else { continue };
        // What may come or was called off is no step.
        if matches!(entry.status.as_str(), "hypothetical" | "feared" | "negated" | "unsaid") {
            continue;
        }
        let step = step(entry, phase);
        let country = entry.places.iter().find_map(|place| place.country.clone());
        let sides = entry.sides();
        let open = |ceasefire: &&mut Ceasefire| !ceasefire.is_over() || ENDS.contains(&phase);
        let begins = !ENDS.contains(&phase) && !phase.starts_with("breach") && phase != "extended";
        let joined = found.iter_mut().rev().filter(open).find(|ceasefire| {
            if sides.is_empty() {
                country.is_none() || ceasefire.country.is_none() || ceasefire.country == country
            } else {
                ceasefire.shares_side(&sides)
            }
        });
        match joined {
            Some(ceasefire) => ceasefire.add(step, &sides, country, begins),
            None if begins || !sides.is_empty() => {
                let mut ceasefire = Ceasefire::default();
                ceasefire.add(step, &sides, country, true);
                found.push(ceasefire);
            }
            None => {}
        }
    }
    for ceasefire in &mut found {
        ceasefire.weigh_breaches();
    }
    found
}

impl Ceasefire {
    fn add(&mut self, mut step: Step, sides: &[Side], country: Option<String>, widen: bool) {
        if widen || self.sides.len() < 2 {
            for side in sides {
                if !self.sides.contains(side) {
                    self.sides.push(side.clone());
                }
            }
        }
        if self.country.is_none() {
            self.country = country;
        }
        if step.sides.is_empty() {
            step.sides.clone_from(&self.sides);
        }
        self.steps.push(step);
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
