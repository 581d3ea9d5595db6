//! Rules of units near the day of publication: "last week", "next May", "the past three months", seasons.

use super::calendar::{self, Reading, Unit};
use super::lengths::whole;
use super::line::Word;
use super::rules::{Context, Match, Side};
use document::{TimeBasis, TimeKind};

impl Context<'_> {
    /// "last week", "this month", "next Monday", "last summer", "the coming year", "the past three months".
    pub(super) fn directed(&self, at: usize) -> Option<Match> {
        let start = at
            + usize::from(
                self.is(at, &["the", "this", "these"])
                    && self.is(at + 1, &["last", "past", "next", "coming", "previous", "following", "current"]),
            );
        let word = self.form(start);
        let side = match word {
            "last" | "past" | "previous" => Side::Last,
            "this" | "current" => Side::This,
            "next" | "coming" | "following" => Side::Next,
            _ => return None,
        };
        let bare = start == at;
        match self.line.word(start + 1) {
            Word::Weekday(weekday) => {
                return Some(self.with_part(start + 2, self.on_weekday(weekday, Some(side), at)));
            }
            // "last October 23"
            Word::Month(month) => {
                let reading = self.directed_month(side, month);
                let day = self
                    .day_number(start + 2)
                    .zip(reading.from)
                    .and_then(|(day, from)| calendar::date(i32::from(from.year()), month, day));
                return Some(match day {
                    Some(day) => (start + 3, calendar::day(day).based(TimeBasis::Publication)),
                    None => (start + 2, reading),
                });
            }
            Word::Season(code) => return Some((start + 2, self.directed_season(side, code))),
            Word::Unit(unit, false) if unit >= Unit::Day => {
                // "the past year" is a length that ends now, "last year" the calendar's.
                if matches!(word, "past") || (word == "last" && !bare && unit != Unit::Quarter) {
                    return Some((start + 2, self.stretch(unit, Some(1.0), Side::Last)));
                }
                return Some((start + 2, self.directed_unit(side, unit)));
            }
            Word::Unit(unit, true) if side != Side::This => return Some((start + 2, self.stretch(unit, None, side))),
            _ => {}
        }
        let (count, next) = self.count(start + 1)?;
        let Word::Unit(unit, _) = self.line.word(next) else { return None };
        Some((next + 1, self.stretch(unit, count, side)))
    }

    pub(super) fn directed_month(&self, side: Side, month: u32) -> Reading {
        let reading = self.relative(|published| {
            let (year, now) = (i32::from(published.year()), u32::from(published.month().unsigned_abs()));
            Some(calendar::month(
                match side {
                    Side::Last if month >= now => year - 1,
                    Side::Next if month <= now => year + 1,
                    _ => year,
                },
                month,
            ))
        });
        reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-{month:02}")))
    }

    pub(super) fn directed_season(&self, side: Side, code: &'static str) -> Reading {
        let reading = self.relative(|published| {
            let year = i32::from(published.year());
            let this = calendar::season(year, code);
            let year = match side {
                Side::Last
                    if this.from.is_some_and(|from| from > published || this.to.is_some_and(|to| to >= published)) =>
                {
                    year - 1
                }
                Side::Next if this.from.is_some_and(|from| from <= published) => year + 1,
                _ => year,
            };
            Some(calendar::season(year, code))
        });
        reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-{code}")))
    }

    pub(super) fn directed_unit(&self, side: Side, unit: Unit) -> Reading {
        let shift = match side {
            Side::Last => -1,
            Side::This => 0,
            Side::Next => 1,
        };
        let reading = self.relative(|published| {
            // The last weekend before a weekend day is the one that is over.
            Some(calendar::unit_of(calendar::step(published, unit, shift)?, unit))
        });
        reading.unwrap_or_else(|| {
            let value = match unit {
                Unit::Week | Unit::Fortnight => "XXXX-WXX",
                Unit::Weekend => "XXXX-WXX-WE",
                Unit::Month => "XXXX-XX",
                Unit::Day | Unit::Night => "XXXX-XX-XX",
                Unit::Quarter => "XXXX-QX",
                _ => "XXXX",
            };
            Reading::new(TimeKind::Date, value)
        })
    }

    /// A length that ends or begins with the day of publication.
    pub(super) fn stretch(&self, unit: Unit, count: Option<f64>, side: Side) -> Reading {
        let reading = Reading::new(TimeKind::Duration, calendar::length(unit, count));
        let (Some(published), Some(count)) = (self.published, whole(count)) else { return reading };
        let other = calendar::step(published, unit, if side == Side::Next { count } else { -count });
        let (from, to) = if side == Side::Next { (Some(published), other) } else { (other, Some(published)) };
        reading.during(from, to).based(TimeBasis::Publication)
    }

    pub(super) fn season(&self, at: usize) -> Option<Match> {
        let start = at + usize::from(self.form(at) == "the");
        let Word::Season(code) = self.line.word(start) else { return None };
        if let Some((end, year)) = self.year_after(start + 1) {
            return Some((end, calendar::season(year, code).based(TimeBasis::Stated)));
        }
        // "fall" and "spring" alone are mostly verbs.
        let placed = self
            .is(at.wrapping_sub(1), &["in", "this", "during", "since", "by", "until", "over", "into", "throughout"]);
        if !placed || (start == at && matches!(code, "SP" | "FA") && self.form(at) != "autumn") {
            return None;
        }
        let side = if self.ahead(at) { Side::Next } else { Side::This };
        Some((start + 1, self.directed_season(side, code)))
    }
}
