//! The sectors of actors with their dates.

use super::actors::NewActor;
use super::fault::Faults;
use jiff::civil::Date;

/// A sector that an actor belongs to, for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SectorCode {
    pub(crate) code: String,
    /// The first day.
    pub(crate) from: Option<Date>,
    /// The first day on which it holds no longer.
    pub(crate) until: Option<Date>,
}

/// PLOVER's sector codes (manual, section "Sector Codes").
const SECTORS: &[&str] = &[
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS", "CRM", "CVL", "EDU",
    "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC",
];

/// Whether this is one of PLOVER's sector codes.
pub(super) fn is_sector(code: &str) -> bool {
    SECTORS.contains(&code)
}

/// Names what is wrong with the sectors and dates of an actor.
pub(super) fn check_spans(actor: &NewActor, faults: &mut Faults<'_>) {
    let inverted = |from: Option<Date>, until: Option<Date>| from.zip(until).filter(|(from, until)| from >= until);
    if let Some((from, until)) = inverted(actor.from, actor.until) {
        faults.at(actor.at, &format!("{from}, {until}"), "an actor that ends before it begins", "from before until");
    }
    for (number, sector) in actor.sectors.iter().enumerate() {
        if !is_sector(&sector.code) {
            faults.at(actor.at, &sector.code, "unknown sector", "one of PLOVER's sector codes");
        }
        if let Some((from, until)) = inverted(sector.from, sector.until) {
            let words = format!("{} {from}, {until}", sector.code);
            faults.at(actor.at, &words, "a sector that ends before it begins", "from before until");
        }
        let before = actor.sectors.iter().take(number);
        if before.filter(|other| other.code == sector.code).any(|other| overlap(other, sector)) {
            faults.at(actor.at, &sector.code, "the same sector twice at one time", "spans that do not overlap");
        }
    }
}

fn overlap(one: &SectorCode, other: &SectorCode) -> bool {
    times_overlap((one.from, one.until), (other.from, other.until))
}

/// Whether two times have a day in common; what has no beginning or end goes on that way.
pub(super) fn times_overlap(one: (Option<Date>, Option<Date>), other: (Option<Date>, Option<Date>)) -> bool {
    let begins_before = |from: Option<Date>, until: Option<Date>| match (from, until) {
        (Some(from), Some(until)) => from < until,
        _ => true,
    };
    begins_before(one.0, other.1) && begins_before(other.0, one.1)
}
