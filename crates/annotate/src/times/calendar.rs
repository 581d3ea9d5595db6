//! TIMEX3 values with the days that they cover. Arithmetic that leaves the calendar (years 1 to 9999) gives no interval.

use document::{TimeBasis, TimeKind};
use jiff::{Span, civil::Date};

/// What an expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) from: Option<Date>,
    pub(super) to: Option<Date>,
    pub(super) basis: TimeBasis,
}

/// A unit of time, from short to long.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Unit {
    Second,
    Minute,
    Hour,
    Day,
    Night,
    Weekend,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

impl Reading {
    pub(super) fn new(kind: TimeKind, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), from: None, to: None, basis: TimeBasis::NotStated }
    }

    pub(super) fn during(mut self, from: Option<Date>, to: Option<Date>) -> Self {
        if let (Some(from), Some(to)) = (from, to)
            && from <= to
        {
            (self.from, self.to) = (Some(from), Some(to));
        }
        self
    }

    pub(super) fn based(mut self, basis: TimeBasis) -> Self {
        self.basis = if self.from.is_some() { basis } else { TimeBasis::NotStated };
        self
    }
}

pub(super) fn date(year: i32, month: u32, day: u32) -> Option<Date> {
    let year = i16::try_from(year).ok().filter(|year| *year >= 1)?;
    Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

pub(super) fn shift(date: Date, days: i64) -> Option<Date> {
    moved(date, Span::new().try_days(days).ok()?)
}

pub(super) fn moved(date: Date, span: Span) -> Option<Date> {
    date.checked_add(span).ok().filter(|date| date.year() >= 1)
}

pub(super) fn months(date: Date, months: i64) -> Option<Date> {
    moved(date, Span::new().try_months(months).ok()?)
}

/// The Monday of a day's week.
pub(super) fn monday(day: Date) -> Option<Date> {
    shift(day, -i64::from(day.weekday().to_monday_zero_offset()))
}

fn point(value: String, from: Option<Date>, to: Option<Date>) -> Reading {
    Reading::new(TimeKind::Date, value).during(from, to)
}

pub(super) fn day(day: Date) -> Reading {
    point(day_value(day), Some(day), Some(day))
}

pub(super) fn day_value(day: Date) -> String {
    format!("{:04}-{:02}-{:02}", day.year(), day.month(), day.day())
}

pub(super) fn week(day: Date) -> Reading {
    let first = monday(day);
    let iso = day.iso_week_date();
    point(format!("{:04}-W{:02}", iso.year(), iso.week()), first, first.and_then(|first| shift(first, 6)))
}

pub(super) fn weekend(day: Date) -> Reading {
    let first = monday(day);
    let iso = day.iso_week_date();
    let value = format!("{:04}-W{:02}-WE", iso.year(), iso.week());
    point(value, first.and_then(|first| shift(first, 5)), first.and_then(|first| shift(first, 6)))
}

pub(super) fn month(year: i32, month: u32) -> Reading {
    let first = date(year, month, 1);
    point(format!("{year:04}-{month:02}"), first, first.map(Date::last_of_month))
}

pub(super) fn quarter(year: i32, quarter: u32) -> Reading {
    let first = date(year, quarter * 3 - 2, 1);
    let last = date(year, quarter * 3, 1).map(Date::last_of_month);
    point(format!("{year:04}-Q{quarter}"), first, last)
}

/// The first or second half of a year.
pub(super) fn half(year: i32, half: u32) -> Reading {
    let first = date(year, half * 6 - 5, 1);
    let last = date(year, half * 6, 1).map(Date::last_of_month);
    point(format!("{year:04}-H{half}"), first, last)
}

/// Meteorological seasons of the north; winter belongs to the year in which it begins.
pub(super) fn season(year: i32, code: &str) -> Reading {
    let (first, last) = match code {
        "SP" => (date(year, 3, 1), date(year, 5, 31)),
        "SU" => (date(year, 6, 1), date(year, 8, 31)),
        "FA" => (date(year, 9, 1), date(year, 11, 30)),
        _ => (date(year, 12, 1), date(year + 1, 2, 1).map(Date::last_of_month)),
    };
    point(format!("{year:04}-{code}"), first, last)
}

pub(super) fn year(year: i32) -> Reading {
    point(format!("{year:04}"), date(year, 1, 1), date(year, 12, 31))
}

/// A decade by its first year.
pub(super) fn decade(first: i32) -> Reading {
    point(format!("{:03}", first / 10), date(first.max(1), 1, 1), date(first + 9, 12, 31))
}

/// A century by its first year (1900 for the twentieth).
pub(super) fn century(first: i32) -> Reading {
    point(format!("{:02}", first / 100), date(first.max(1), 1, 1), date(first + 99, 12, 31))
}

/// The year, month, week or other unit that holds `day`.
pub(super) fn unit_of(day: Date, unit: Unit) -> Reading {
    let (whole, part) = (i32::from(day.year()), u32::from(day.month().unsigned_abs()));
    match unit {
        Unit::Second | Unit::Minute | Unit::Hour | Unit::Day | Unit::Night => self::day(day),
        Unit::Weekend => weekend(day),
        Unit::Week | Unit::Fortnight => week(day),
        Unit::Month => month(whole, part),
        Unit::Quarter => quarter(whole, part.div_ceil(3)),
        Unit::Year => year(whole),
        Unit::Decade => decade(whole / 10 * 10),
        Unit::Century => century(whole / 100 * 100),
    }
}

/// The day `count` units on, counted back if negative.
pub(super) fn step(day: Date, unit: Unit, count: i64) -> Option<Date> {
    let days = |length: i64| shift(day, count.checked_mul(length)?);
    let by_months = |length: i64| months(day, count.checked_mul(length)?);
    match unit {
        Unit::Second | Unit::Minute => Some(day),
        Unit::Hour => shift(day, count.checked_add(if count < 0 { -12 } else { 12 })? / 24),
        Unit::Day | Unit::Night => days(1),
        Unit::Weekend | Unit::Week => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => by_months(1),
        Unit::Quarter => by_months(3),
        Unit::Year => by_months(12),
        Unit::Decade => by_months(120),
        Unit::Century => by_months(1200),
    }
}

/// The TIMEX3 value of a length; `None` for an unknown number ("for months").
pub(super) fn length(unit: Unit, count: Option<f64>) -> String {
    let (time, letter, factor) = match unit {
        Unit::Second => (true, "S", 1.0),
        Unit::Minute => (true, "M", 1.0),
        Unit::Hour => (true, "H", 1.0),
        Unit::Day | Unit::Night => (false, "D", 1.0),
        Unit::Weekend | Unit::Week => (false, "W", 1.0),
        Unit::Fortnight => (false, "W", 2.0),
        Unit::Month => (false, "M", 1.0),
        Unit::Quarter => (false, if count.is_some() { "M" } else { "Q" }, 3.0),
        Unit::Year => (false, "Y", 1.0),
        Unit::Decade => (false, "Y", 10.0),
        Unit::Century => (false, if count.is_some() { "Y" } else { "C" }, 100.0),
    };
    if unit == Unit::Hour && count == Some(24.0) {
        return "P1D".to_owned();
    }
    let sign = if time { "PT" } else { "P" };
    let Some(count) = count.map(|count| count * factor) else { return format!("{sign}X{letter}") };
    // ISO 8601 wants halves in the unit below.
    let below = match unit {
        Unit::Minute => "30S",
        Unit::Hour => "30M",
        Unit::Day => "T12H",
        Unit::Year => "6M",
        _ => return format!("{sign}{count}{letter}"),
    };
    match (count.trunc(), count.fract()) {
        (0.0, 0.5) => format!("{sign}{below}"),
        (whole, 0.5) => format!("{sign}{whole}{letter}{below}"),
        _ => format!("{sign}{count}{letter}"),
    }
}
