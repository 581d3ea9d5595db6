//! Dossiers as rows: one a step, so that a table shows how a matter went.

use super::{Ceasefire, Commitment, Control, Entry, Side, Talks};
use crate::questions::{Answer, Value};
use jiff::civil::Date;

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn optional(text: Option<&String>) -> Value {
    text.map_or(Value::Null, |text| Value::Text(text.clone()))
}

fn names(sides: &[Side]) -> Value {
    text(sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join("; "))
}

/// The columns with which every row ends: who says so, and where.
const CHAIN: [&str; 5] = ["speaker", "outlet", "available", "report", "claim"];

fn chain(entry: &Entry) -> [Value; 5] {
    [
        optional(entry.speaker.as_ref()),
        optional(entry.outlet.as_ref()),
        text(&entry.available),
        text(&entry.report),
        text(&entry.claim),
    ]
}

fn columns(own: &[&str]) -> Vec<String> {
    own.iter().chain(&CHAIN).map(|name| (*name).to_owned()).collect()
}

fn row(own: impl IntoIterator<Item = Value>, entry: &Entry) -> Vec<Value> {
    own.into_iter().chain(chain(entry)).collect()
}

/// One row a telling of a round.
pub(super) fn talks(all: &[Talks]) -> Answer {
    let mut answer = Answer {
        columns: columns(&["process", "from", "to", "sides", "venue", "status", "format", "outcome", "told"]),
        rows: Vec::new(),
    };
    for talks in all {
        for round in &talks.rounds {
            for telling in &round.tellings {
                let own = [
                    names(&talks.sides),
                    optional(round.from.as_ref()),
                    optional(round.to.as_ref()),
                    names(&telling.sides()),
                    round.venue.as_ref().map_or(Value::Null, |venue| text(&venue.name)),
                    text(&round.status),
                    optional(round.format.as_ref()),
                    optional(round.outcome.as_ref()),
                    text(&telling.told),
                ];
                answer.rows.push(row(own, telling));
            }
        }
    }
    answer
}

/// One row a step.
pub(super) fn ceasefires(all: &[Ceasefire]) -> Answer {
    let mut answer = Answer {
        columns: columns(&["ceasefire", "country", "day", "phase", "sides", "until", "told"]),
        rows: Vec::new(),
    };
    for ceasefire in all {
        for step in &ceasefire.steps {
            let own = [
                names(&ceasefire.sides),
                optional(ceasefire.country.as_ref()),
                text(&step.day),
                text(&step.phase),
                names(&step.sides),
                optional(step.until.as_ref()),
                text(&step.entry.told),
            ];
            answer.rows.push(row(own, &step.entry));
        }
    }
    answer
}

/// One row a claim on a place.
pub(super) fn control(all: &[Control]) -> Answer {
    let mut answer =
        Answer { columns: columns(&["place", "country", "day", "change", "side", "status", "told"]), rows: Vec::new() };
    for control in all {
        for hold in &control.holds {
            let own = [
                text(&control.place),
                optional(control.country.as_ref()),
                text(&hold.day),
                text(&hold.change),
                text(&hold.side.name),
                text(&hold.entry.status),
                text(&hold.entry.told),
            ];
            answer.rows.push(row(own, &hold.entry));
        }
    }
    answer
}

/// One row a commitment, with the first telling of it, or with what shows that it was kept or broken.
pub(super) fn commitments(all: &[Commitment], today: Date) -> Answer {
    let own = ["by", "to", "what", "category", "strength", "made", "due", "standing", "shown"];
    let mut answer = Answer { columns: columns(&own), rows: Vec::new() };
    for commitment in all {
        let shown = commitment.shows(today);
        let Some(entry) = shown.or_else(|| commitment.tellings.first()) else { continue };
        let own = [
            names(&commitment.by),
            names(&commitment.to),
            text(&commitment.what),
            optional(commitment.category.as_ref()),
            optional(commitment.strength.as_ref()),
            text(&commitment.made),
            optional(commitment.due.as_ref()),
            text(commitment.standing(today).as_str()),
            shown.map_or(Value::Null, |shown| text(shown.day())),
        ];
        answer.rows.push(row(own, entry));
    }
    answer
}
