//! Control of places over time, from states of control and sieges.
//!
//! Rules:
//! - A claim counts for a place, by its name and country, for the side that gains, loses, holds, contests or besieges it.
//! - The last change that is not denied decides who holds it; a claim that the same side still holds it is evidence, not a
//!   change. Where two sides claim it at the same time, it is disputed.
//! - Control expires: after [`LASTS`] days without evidence it is "no recent evidence", not control for ever.

use super::entries::{Entry, Side};
use jiff::civil::Date;

/// Days for which evidence of control lasts.
pub const LASTS: i32 = 30;

/// One claim on a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Hold {
    /// `gains`, `loses`, `holds`, `contests` or `besieges`.
    pub change: String,
    /// Who.
    pub side: Side,
    /// The day.
    pub day: String,
    /// Where it is told.
    pub entry: Entry,
}

/// What is known of a place.
#[derive(Clone, PartialEq, Debug)]
pub struct Control {
    /// The place.
    pub place: String,
    /// Its country.
    pub country: Option<String>,
    /// The claims by day.
    pub holds: Vec<Hold>,
}

/// Who holds a place, as of a day.
#[derive(Clone, PartialEq, Debug)]
pub struct Holder {
    /// The side; empty where nobody is known to hold it.
    pub side: Side,
    /// Since when, as far as is told.
    pub since: Option<String>,
    /// The day of the last evidence.
    pub last: String,
    /// Whether another side claims it too.
    pub disputed: bool,
    /// Whether the evidence is older than [`LASTS`] days.
    pub expired: bool,
}

impl Control {
    /// Who holds the place on a day.
    #[must_use]
    pub fn holder(&self, today: Date) -> Option<Holder> {
        let mut holder: Option<Holder> = None;
        for hold in self.holds.iter().filter(|hold| hold.entry.status != "negated" && hold.side.is_known()) {
            let day = hold.day.clone();
            match (hold.change.as_str(), &mut holder) {
                ("gains" | "holds", Some(known)) if known.side == hold.side => known.last = day,
                ("gains", _) => {
                    holder = Some(Holder {
                        side: hold.side.clone(),
                        since: Some(day.clone()),
                        last: day,
                        disputed: false,
                        expired: false,
                    });
                }
                ("holds", None) => {
                    holder = Some(Holder {
                        side: hold.side.clone(),
                        since: None,
                        last: day,
                        disputed: false,
                        expired: false,
                    });
                }
                ("holds", Some(known)) if known.side.is_known() => known.disputed = true,
                ("holds", Some(known)) => {
                    *known =
                        Holder { side: hold.side.clone(), since: None, last: day, disputed: false, expired: false };
                }
                ("loses", Some(known)) if known.side == hold.side => {
                    *known = Holder {
                        side: Side::default(),
                        since: Some(day.clone()),
                        last: day,
                        disputed: false,
                        expired: false,
                    };
                }
                ("contests" | "besieges", Some(known)) if known.side != hold.side => known.last = day,
                _ => {}
            }
        }
        let mut holder = holder?;
        let denied =
            |hold: &&Hold| hold.entry.status == "negated" && hold.side == holder.side && hold.day >= holder.last;
        holder.disputed |= self.holds.iter().any(|hold| denied(&hold));
        holder.expired = holder.last.parse::<Date>().is_ok_and(|last| (today - last).get_days() > LASTS);
        Some(holder)
    }
}

/// What claims tell of who holds what; `entries` are by day.
pub(crate) fn derive(entries: &[Entry]) -> Vec<Control> {
    let mut found: Vec<Control> = Vec::new();
    for entry in entries {
        if matches!(entry.status.as_str(), "planned" | "hypothetical" | "feared" | "imminent" | "unsaid" | "attempted")
        {
            continue;
        }
        let change = match entry.category.as_str() {
            "siege" => "besieges",
            "control" => entry.facet("control", "change").unwrap_or("holds"),
            _ => continue,
        };
        let Some(side) = entry.actors.iter().map(|party| &party.side).find(|side| side.is_known()) else { continue };
        for place in entry.places.iter().filter(|place| place.precision != "country") {
            let hold = Hold {
                change: change.to_owned(),
                side: side.clone(),
                day: entry.day().to_owned(),
                entry: entry.clone(),
            };
            match found.iter_mut().find(|control| control.place == place.name && control.country == place.country) {
                Some(control) => control.holds.push(hold),
                None => {
                    found.push(Control { place: place.name.clone(), country: place.country.clone(), holds: vec![hold] })
                }
            }
        }
    }
    found.sort_by(|left, right| (&left.country, &left.place).cmp(&(&right.country, &right.place)));
    found
}
