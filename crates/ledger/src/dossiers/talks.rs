//! Talks over time: who meets whom, in rounds, from CONSULT and what was agreed beside it.
//!
//! Rules:
//! - A process is known by its sides. A meeting joins the process with which it shares two sides, or all of its own.
//! - A round is an event of the ledger: tellings in many reports are one round. Rounds that are planned stand as planned
//!   until a telling says that they took place or were called off.
//! - Visits and telephone calls are contacts of a process, no rounds.
//! - The part that a side plays (party, mediator, host, observer) is what the claims say; the rest are parties.

use super::entries::{Entry, Place, Side};

/// One meeting.
#[derive(Clone, PartialEq, Debug)]
pub struct Round {
    pub(crate) event: i64,
    /// The first day, as far as it is told.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
    /// Where.
    pub venue: Option<Place>,
    /// `occurred`, `ongoing`, `planned`, …: what the latest telling says.
    pub status: String,
    /// `direct`, `proximity`, `shuttle` or `remote`, and `visit` or `phone` for contacts that are no rounds.
    pub format: Option<String>,
    /// `agreement`, `no agreement`.
    pub outcome: Option<String>,
    /// Where it is told, by day.
    pub tellings: Vec<Entry>,
}

/// One process.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Talks {
    /// Who takes part, the most often named first.
    pub sides: Vec<Side>,
    /// The rounds by day.
    pub rounds: Vec<Round>,
}

impl Talks {
    fn shared(&self, sides: &[Side]) -> usize {
        sides.iter().filter(|side| self.sides.contains(side)).count()
    }
}

/// The processes that claims tell of; `entries` are by day.
pub(crate) fn derive(entries: &[Entry]) -> Vec<Talks> {
    let mut found: Vec<Talks> = Vec::new();
    let talks = |entry: &&Entry| {
        entry.category == "CONSULT"
            && !matches!(entry.status.as_str(), "feared" | "unsaid")
            && entry.granularity == "single"
    };
    for entry in entries.iter().filter(talks) {
        let sides = entry.sides();
        if sides.len() < 2 {
            // A meeting of which one side is known joins only an event that is there.
            let round = found.iter_mut().flat_map(|talks| &mut talks.rounds).find(|round| round.event == entry.event);
            if let Some(round) = round {
                round.tell(entry);
            }
            continue;
        }
        let joined = found.iter().enumerate().map(|(at, talks)| (talks.shared(&sides), at));
        let best =
            joined.max_by_key(|&(shared, at)| (shared, std::cmp::Reverse(at))).filter(|&(shared, _)| shared >= 2);
        let at = best.map_or(found.len(), |(_, at)| at);
        if at == found.len() {
            found.push(Talks::default());
        }
        found[at].add(entry, &sides);
    }
    found
}

impl Talks {
    fn add(&mut self, entry: &Entry, sides: &[Side]) {
        for side in sides {
            if !self.sides.contains(side) {
                self.sides.push(side.clone());
            }
        }
        if let Some(round) = self.rounds.iter_mut().find(|round| round.event == entry.event) {
            round.tell(entry);
            return;
        }
        let mut round = Round {
            event: entry.event,
            from: None,
            to: None,
            venue: None,
            status: String::new(),
            format: None,
            outcome: None,
            tellings: Vec::new(),
        };
        round.tell(entry);
        self.rounds.push(round);
    }
}

impl Round {
    fn tell(&mut self, entry: &Entry) {
        self.from = self.from.take().or_else(|| entry.from.clone());
        self.to = self.to.take().or_else(|| entry.to.clone());
        self.venue = self.venue.take().or_else(|| entry.places.first().cloned());
        let mode = ["visit", "phone"].into_iter().find(|mode| entry.modes.split(' ').any(|own| own == *mode));
        let format = entry.facet("talks", "format").or(mode).map(str::to_owned);
        self.format = self.format.take().or(format);
        self.outcome = entry.facet("talks", "outcome").map(str::to_owned).or(self.outcome.take());
        let settled = matches!(self.status.as_str(), "occurred" | "ongoing");
        if !settled || matches!(entry.status.as_str(), "occurred" | "ongoing") {
            self.status.clone_from(&entry.status);
        }
        self.tellings.push(entry.clone());
    }
}
