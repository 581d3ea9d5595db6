//! What a narrative has named last: "the following month", "a year earlier" and "in March" of a report about the past
//! count from there, not from the day of publication.

use super::calendar::{self, Reading, Unit};
use document::{TimeBasis, TimeKind};
use jiff::civil::Date;

/// The running reference time.
#[derive(Clone, Copy, Default, Debug)]
pub(super) struct Thread {
    /// The last single day.
    pub(super) day: Option<Date>,
    /// The last single day on which something happened, not one on which it was told; and whether it was named with its
    /// evening or night. Hours without a day are its own.
    pub(super) scene: Option<(Date, bool)>,
    /// First day and size of the last day, week, month, quarter or year.
    point: Option<(Date, Unit)>,
    /// First day and size of the month, quarter or year that a comparison is with ("up from a year earlier").
    pub(super) period: Option<(Date, Unit)>,
    /// The last quarter that was closed: year and number.
    pub(super) quarter: Option<(i32, u32)>,
    /// First day and size of the last date with its own year, until a date is told from the day of publication.
    stated: Option<(Date, Unit)>,
    /// How many dates of about that year have been named in a row.
    run: u32,
}

impl Thread {
    /// Takes note of an expression, and of whether it says when something was told.
    pub(super) fn follow(&mut self, reading: &Reading, published: Option<Date>, told: bool) {
        if reading.kind == TimeKind::Duration && matches!(reading.value.as_str(), "P6M" | "P9M" | "P1Y") {
            // After "the first nine months" a year earlier is no quarter.
            self.period = None;
        }
        let (Some(from), Some(to)) = (reading.from, reading.to) else { return };
        if from == to {
            self.day = Some(from);
            if !told || self.scene.is_none() {
                self.scene = Some((from, is_night(&reading.value)));
            }
        }
        let Some(grain) = grain(&reading.value) else { return };
        self.point = Some((from, grain));
        match (reading.basis, self.stated) {
            (TimeBasis::Stated, None) => (self.stated, self.run) = (Some((from, grain)), 1),
            (TimeBasis::Stated | TimeBasis::Expression, Some((before, _))) => {
                let near = (from.year() - before.year()).abs() <= 1;
                (self.stated, self.run) = (Some((from, grain)), if near { self.run + 1 } else { 1 });
            }
            (TimeBasis::Publication, _) if grain < Unit::Month => (self.stated, self.run) = (None, 0),
            _ => {}
        }
        // What is still to come is not what results are about.
        if published.is_some_and(|published| to > published) {
            return;
        }
        // What is compared with does not become what the report is about.
        let compared = grain == Unit::Year
            && published.is_some_and(|published| published.month() > 3 && from.year() == published.year() - 1);
        let told = grain >= Unit::Month && (grain < Unit::Year || reading.basis == TimeBasis::Stated && !compared);
        let earlier =
            self.period.and_then(|(period, _)| calendar::months(period, -9)).is_some_and(|limit| from < limit);
        if told && !earlier {
            self.period = Some((from, grain));
            if grain == Unit::Quarter {
                self.quarter = quarter(&reading.value);
            }
        }
    }

    /// A day of the last expression, if that is no longer than `unit`.
    pub(super) fn within(&self, unit: Unit) -> Option<Date> {
        let (day, grain) = self.point?;
        (grain <= unit).then_some(day)
    }

    /// A day of the month named last, if no day of it has been named since.
    pub(super) fn later_month(&self) -> Option<Date> {
        let (first, _) = self.point.filter(|(_, grain)| *grain == Unit::Month)?;
        let named = self.day.is_some_and(|day| day.first_of_month() == first);
        (!named).then_some(first)
    }

    /// The year in which a month without a year lies when the narrative runs in another time than that of publication.
    pub(super) fn year(&self, published: Option<Date>, month: u32) -> Option<i32> {
        let (day, grain) = self.elsewhere(published)?;
        let year = i32::from(day.year());
        let turned = grain <= Unit::Month && u32::from(day.month().unsigned_abs()) >= month + 4;
        Some(year + i32::from(turned))
    }

    /// First day and size of the last stated date of a narrative that runs in another time than that of publication. News is full of asides
    /// about what was years ago: one date makes no narrative.
    pub(super) fn elsewhere(&self, published: Option<Date>) -> Option<(Date, Unit)> {
        let (day, grain) = self.stated?;
        let years = published.map_or(i16::MAX, |published| published.year() - day.year());
        let told = match years {
            i16::MAX => true,
            10.. => self.run > 1,
            2.. => self.run > 2 && grain <= Unit::Month,
            _ => false,
        };
        told.then_some((day, grain))
    }
}

/// Whether a value names an evening or a night: what comes "in the morning" after it comes on the next day.
fn is_night(value: &str) -> bool {
    let Some((_, part)) = value.split_once('T') else { return false };
    matches!(part, "NI" | "EV")
        || part.get(..2).and_then(|hour| hour.parse::<u32>().ok()).is_some_and(|hour| hour >= 18)
}

/// The unit that a value names.
fn grain(value: &str) -> Option<Unit> {
    let digits = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    match (value.len(), value.as_bytes().get(5)) {
        (4, _) if digits(value.get(..4)) => Some(Unit::Year),
        (7, Some(b'Q')) => Some(Unit::Quarter),
        (7, _) if digits(value.get(5..7)) => Some(Unit::Month),
        (8, Some(b'W')) => Some(Unit::Week),
        (10.., _) if digits(value.get(8..10)) => Some(Unit::Day),
        _ => None,
    }
}

fn quarter(value: &str) -> Option<(i32, u32)> {
    let (year, number) = value.split_once("-Q")?;
    Some((year.parse().ok()?, number.parse().ok()?))
}
