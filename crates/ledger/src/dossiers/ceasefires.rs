//! Ceasefires over time: for each party the phase in which it stands, from claims with the facet `ceasefire`.
//!
//! Rules:
//! - A ceasefire is known by its sides. A claim that names a side joins the ceasefire, not yet over, that has this side;
//!   one that names none joins that of its report, else the last one of its country that is under way.
//! - A step after all sides have ended it begins another.
//! - It binds who agrees to it, declares it, ends it or breaks it. A name that seldom stands there is a mediator's or a host's.
//! - `agreed`, `in effect` and `extended` bind all sides of the claim; `declared`, `ended` and `refused` bind who speaks or acts.
//! - A declaration of two sides together is an agreement.
//! - A government or its people without a country are those of the only state that has a part in it, rebels without a name
//!   the only side that is no state. A step of somebody else who is not known concerns nobody.
//! - Who has ended it is bound again only by a claim that names him. One whose last day has gone by without more is expired.
//! - A breach is *alleged* by whoever says so. It is *confirmed* once somebody says so who is neither side, nor the outlet
//!   in its own voice; it is *accepted* once the side that is blamed says so. A claim that blames nobody means the other
//!   side if a side makes it, else whom the claim before it blamed for the same event; else it concerns nobody.

use super::entries::{Entry, Kind, Party, Side};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// One step.
#[derive(Clone, PartialEq, Debug)]
pub struct Step {
    /// `called for`, `offered`, `declared`, `agreed`, `in effect`, `extended`, `breach alleged`, `breach confirmed`,
    /// `breach accepted`, `suspended`, `ended`, `expired`, `refused`, `not called for`.
    pub phase: String,
    /// Whom it concerns.
    pub sides: Vec<Side>,
    /// Whether it concerns all sides because its claim names none.
    pub all: bool,
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
    /// The phase in which each side stands on a day, with the breach laid at its door. What is to come on a later day is no
    /// state yet.
    #[must_use]
    pub fn states(&self, today: Date) -> BTreeMap<Side, Vec<&str>> {
        let today = today.to_string();
        let mut states: BTreeMap<&Side, State<'_>> = BTreeMap::new();
        for step in self.steps.iter().filter(|step| step.day <= today) {
            for side in &step.sides {
                states.entry(side).or_default().take(step);
            }
        }
        states.into_iter().map(|(side, state)| (side.clone(), state.told(&today))).collect()
    }

    /// Whether all sides have ended it.
    fn is_over(&self) -> bool {
        let states = self.states(Date::MAX);
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
    for (step, country) in steps.iter().filter(|(step, _)| !named(&step.entry).is_empty()) {
        let sides = named(&step.entry);
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
    for (step, country) in steps.iter().filter(|(step, _)| named(&step.entry).is_empty()) {
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
        for side in named(&step.entry) {
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
        let sides = self.sides.clone();
        let known = |side: &&Side| sides.contains(side);
        for side in self.steps.iter().filter(binding).flat_map(|step| &step.sides).filter(known) {
            *times.entry(side.clone()).or_default() += 1;
        }
        if times.len() >= 2 {
            let most = times.values().copied().max().unwrap_or(0);
            // A name that stands beside the sides now and then is that of a mediator or host.
            self.sides.retain(|side| times.get(side).is_some_and(|count| count * 4 >= most));
        }
        for step in &mut self.steps {
            let placed: BTreeSet<Side> = step.sides.drain(..).map(|side| side.placed(&self.sides)).collect();
            step.sides.extend(placed);
        }
        if let [country] = self.sides.iter().filter(|side| side.is_state()).collect::<Vec<_>>()[..] {
            self.country = Some(country.key.clone());
        }
        for step in &mut self.steps {
            step.sides.retain(|side| self.sides.contains(side));
            step.all = step.sides.is_empty() && step.entry.actors.is_empty() && !step.phase.starts_with("breach");
            if step.phase == "declared" && step.sides.len() > 1 {
                "agreed".clone_into(&mut step.phase);
            }
            if step.all {
                step.sides.clone_from(&self.sides);
            }
        }
        self.weigh_breaches();
    }

    /// Who is blamed for each breach, and whether it is alleged, confirmed or accepted: by who says so.
    fn weigh_breaches(&mut self) {
        let sides = self.sides.clone();
        // Whom the last claim on an event blamed.
        let mut blamed: BTreeMap<i64, Vec<Side>> = BTreeMap::new();
        for step in self.steps.iter_mut().filter(|step| step.phase.starts_with("breach")) {
            let speaker = step.entry.speaker_side.clone().filter(Side::is_known);
            if step.sides.is_empty() {
                step.sides = match &speaker {
                    Some(speaker) if sides.contains(speaker) => {
                        sides.iter().filter(|side| *side != speaker).cloned().collect()
                    }
                    _ => blamed.get(&step.entry.event).cloned().unwrap_or_default(),
                };
            }
            if !step.sides.is_empty() {
                blamed.insert(step.entry.event, step.sides.clone());
            }
            if step.phase == "breach alleged"
                && let Some(speaker) = speaker
            {
                if step.sides.contains(&speaker) {
                    "breach accepted".clone_into(&mut step.phase);
                } else if !sides.contains(&speaker) {
                    "breach confirmed".clone_into(&mut step.phase);
                }
            }
        }
    }
}

/// How one side stands while its steps are gone through.
#[derive(Default)]
struct State<'a> {
    phase: Option<&'a str>,
    breach: Option<&'a str>,
    until: Option<&'a str>,
}

impl<'a> State<'a> {
    fn take(&mut self, step: &'a Step) {
        let over = self.phase.is_some_and(|phase| ENDS.contains(&phase));
        match step.phase.as_str() {
            "breach alleged" => self.breach = self.breach.or(Some("breach alleged")),
            "breach confirmed" | "breach accepted" => self.breach = Some(&step.phase),
            // What was called for or offered does not undo what is in effect.
            other if NOT_YET.contains(&other) && self.phase.is_some() => {}
            _ if over && step.all => {}
            "agreed" if matches!(self.phase, Some("in effect" | "extended")) => {}
            "declared" if matches!(self.phase, Some("agreed" | "in effect" | "extended")) => {}
            // An end that is announced is none yet.
            other if ENDS.contains(&other) && step.entry.status == "planned" => {}
            "in effect" if matches!(self.phase, Some("extended")) => {}
            other => self.phase = Some(other),
        }
        if matches!(step.phase.as_str(), "agreed" | "declared" | "in effect" | "extended") {
            self.until = step.until.as_deref().max(self.until);
        }
    }

    fn told(self, today: &str) -> Vec<&'a str> {
        let over = self.phase.is_some_and(|phase| ENDS.contains(&phase));
        let expired = self.phase.is_some() && !over && self.until.is_some_and(|until| until < today);
        let phase = if expired { Some("expired") } else { self.phase };
        phase.into_iter().chain(self.breach.filter(|_| !over && !expired)).collect()
    }
}

/// The sides that a claim names.
fn named(entry: &Entry) -> Vec<Side> {
    entry.sides().into_iter().filter(|side| side.kind != Kind::State).collect()
}

fn step(entry: &Entry, phase: &str) -> Step {
    let parties = |parties: &[Party]| -> Vec<Side> {
        let sides = parties.iter().map(|party| party.side.clone());
        sides.filter(|side| side.is_known() || side.kind != Kind::Other).collect()
    };
    let acting = parties(&entry.actors);
    let all = || [acting.clone(), parties(&entry.recipients)].concat();
    let sides = match phase {
        "agreed" | "in effect" | "extended" | "expired" => all(),
        _ if acting.is_empty() => all(),
        _ => acting,
    };
    // Of an extension the day may be that on which it was made.
    let until = entry.to.clone().filter(|to| {
        matches!(entry.bound.as_deref(), Some("until" | "by")) || phase == "extended" && *to > entry.available
    });
    let day = if until.is_some() { entry.available.clone() } else { entry.day().to_owned() };
    Step { phase: phase.to_owned(), sides, all: false, day, until, entry: entry.clone() }
}
