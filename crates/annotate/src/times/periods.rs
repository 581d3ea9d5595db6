//! Rules of quarters, halves, fiscal years and centuries, and of the period that figures are compared with: "the third
//! quarter of 1998", "this year's first half", "the year-ago quarter", "the quarter ended June 30", "a year earlier".

use super::calendar::{self, Reading, Unit};
use super::rules::{Context, Match, Side};
use crate::numbers;
use document::{TimeBasis, TimeKind};
use jiff::civil::Date;

/// The year of a period as the words before it give it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Which {
    /// "the quarter", "the latest quarter".
    Running,
    /// "the year-ago quarter", "the quarter a year earlier".
    YearBefore,
    Year(i32),
}

impl Context<'_> {
    /// "the third quarter of 1998", "the latest quarter", "the 1998 period", "this year's second half",
    /// "the fiscal year", "Q3".
    pub(super) fn period(&self, at: usize) -> Option<Match> {
        let articled = self.is(at, &["the", "its"]);
        let start = at + usize::from(articled);
        if let "q1" | "q2" | "q3" | "q4" = self.form(at) {
            let number = self.form(at)[1..].parse().ok()?;
            let (end, which) = self.which_after(at + 1).unwrap_or((at + 1, Which::Running));
            return Some((end, self.quarter(at, number, which)));
        }
        let (which, mut next) = self.which_before(start)?;
        let determined = next > start;
        // "the current fiscal year" is said of publication, "the fiscal year" of what the report is about.
        let fiscal = self.form(next) == "fiscal";
        next += if fiscal { 1 + usize::from(self.form(next + 1) == "-") } else { 0 };
        let number = match self.form(next) {
            "final" => Some(4),
            "last" | "latter" if self.form(next + 1) == "half" => Some(2),
            form => numbers::ordinal(form),
        };
        let numbered = next;
        next += usize::from(number.is_some());
        let hyphen = number.is_some() && self.form(next) == "-";
        // "the third-quarter loss": the article belongs to the noun.
        if hyphen && articled && !determined && !fiscal {
            return None;
        }
        next += usize::from(hyphen);
        let noun = self.form(next);
        let end = next + 1;
        if matches!(noun, "century" | "centuries") && !determined {
            let number = number.filter(|number| (1..=21).contains(number))?;
            return Some((end, calendar::century((number as i32 - 1) * 100).based(TimeBasis::Stated)));
        }
        // "the year" alone and "the year-long strike" are others'.
        if !(determined || fiscal || number.is_some() || articled && matches!(noun, "quarter" | "period"))
            || (self.form(end) == "-" && number.is_none())
        {
            return None;
        }
        let after = self.which_after(end).filter(|_| !matches!(which, Some(Which::Year(_) | Which::YearBefore)));
        let (end, which) = match after {
            Some((end, which)) => (end, Some(which)),
            None => (end, which),
        };
        let dated = which.is_some_and(|which| which != Which::Running);
        let reading = match (noun, number) {
            ("quarter", Some(number @ 1..=4)) if self.form(numbered) != "final" || dated => {
                let reading = self.quarter(at, number, which.unwrap_or(Which::Running));
                self.closed(end, Unit::Quarter, 1).map_or(reading.clone(), |(from, to)| {
                    let year = to.year();
                    Reading { value: format!("{year:04}-Q{number}"), ..reading.during(Some(from), Some(to)) }
                })
            }
            ("quarter", None) => {
                if let Some((from, to)) = self.closed(end, Unit::Quarter, 1) {
                    // The calendar's quarter with most of its days.
                    let middle = calendar::shift(from, 45)?;
                    calendar::unit_of(middle, Unit::Quarter).during(Some(from), Some(to)).based(TimeBasis::Stated)
                } else {
                    self.same_quarter(which.unwrap_or(Which::Running), articled && !determined)?
                }
            }
            ("half", Some(number @ 1..=2)) => {
                let year = match which? {
                    Which::Year(year) => year,
                    Which::YearBefore => i32::from(self.published?.year()) - 1,
                    Which::Running => return None,
                };
                calendar::half(year, number).based(TimeBasis::Stated)
            }
            ("period", None) if determined => match which {
                Some(Which::Year(year)) if !self.about_a_quarter() => calendar::year(year).based(TimeBasis::Stated),
                Some(Which::YearBefore) if !self.about_a_quarter() => self.year_of(Which::YearBefore)?,
                _ => self.same_quarter(which?, true)?,
            },
            ("year", None) if fiscal || self.is(start, &["full", "entire"]) => {
                if let Some((from, to)) = self.closed(end, Unit::Year, 1) {
                    Reading::new(TimeKind::Duration, "P1Y").during(Some(from), Some(to)).based(TimeBasis::Stated)
                } else {
                    self.year_of(which.unwrap_or(Which::Running))?
                }
            }
            _ => return None,
        };
        Some((end, reading))
    }

    /// "the year ended March 31", "the six months ended June 30": a length that ends on a day, from the noun on.
    pub(super) fn closed(&self, at: usize, unit: Unit, count: i64) -> Option<(Date, Date)> {
        if !self.is(at, &["ended", "ending"]) {
            return None;
        }
        let (_, day) = self.month(at + 1).filter(|(_, reading)| reading.from == reading.to)?;
        let to = day.to?;
        // A last day of a month follows a last day of a month.
        let next = calendar::shift(to, 1)?;
        Some((calendar::step(next, unit, -count)?, to))
    }

    /// What names the year before the noun: "the 1998 …", "this year's …", "the year-ago …", "the latest …".
    fn which_before(&self, at: usize) -> Option<(Option<Which>, usize)> {
        if let Some(year) = self.year_at(at) {
            return Some((Some(Which::Year(year)), at + 1));
        }
        Some(match (self.form(at), self.form(at + 1), self.form(at + 2)) {
            ("last" | "this" | "next", "year", "'s") => {
                let shift = match self.form(at) {
                    "last" => -1,
                    "next" => 1,
                    _ => 0,
                };
                (Some(Which::Year(i32::from(self.published?.year()) + shift)), at + 3)
            }
            ("year", "-", "ago" | "earlier") => (Some(Which::YearBefore), at + 3),
            ("current" | "this" | "last" | "previous" | "next" | "coming", "fiscal", _) => {
                let shift = match self.form(at) {
                    "last" | "previous" => -1,
                    "next" | "coming" => 1,
                    _ => 0,
                };
                (Some(Which::Year(i32::from(self.published?.year()) + shift)), at + 1)
            }
            ("latest" | "full" | "entire" | "same" | "comparable" | "corresponding", ..) => {
                (Some(Which::Running), at + 1)
            }
            _ => (None, at),
        })
    }

    /// What names the year after the noun: "of 1998", "last year", "a year earlier".
    fn which_after(&self, at: usize) -> Option<(usize, Which)> {
        if let Some((end, year)) = self.year_after(at) {
            return Some((end, Which::Year(year)));
        }
        match (self.form(at), self.form(at + 1), self.form(at + 2)) {
            ("of", "the", "year") => Some((at + 3, Which::Year(i32::from(self.published?.year())))),
            ("a", "year", "ago" | "earlier" | "before") => Some((at + 3, Which::YearBefore)),
            _ => None,
        }
    }

    /// A quarter by its number. Reports tell of the quarter last closed, or of the one that runs.
    fn quarter(&self, at: usize, number: u32, which: Which) -> Reading {
        if let Which::Year(year) = which {
            return calendar::quarter(year, number).based(TimeBasis::Stated);
        }
        let reading = self.relative(|published| {
            let (year, now) = (i32::from(published.year()), u32::from(published.month().unsigned_abs()).div_ceil(3));
            // What follows the quarter that runs is as often expected as remembered.
            let last = number > now + 1 || number > now && self.told_of_the_past(at);
            let back = i32::from(last && !self.ahead(at)) + i32::from(which == Which::YearBefore);
            Some(calendar::quarter(year - back, number))
        });
        reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-Q{number}")))
    }

    /// The quarter that the report is about, or that of another year; if none is named and none needs be, the last one
    /// closed.
    fn same_quarter(&self, which: Which, named: bool) -> Option<Reading> {
        let (year, number) = match self.thread.quarter {
            Some(quarter) => quarter,
            None if named => return None,
            None => {
                let closed = calendar::months(self.published?, -3)?;
                (i32::from(closed.year()), u32::from(closed.month().unsigned_abs()).div_ceil(3))
            }
        };
        let year = match which {
            Which::Running => year,
            Which::YearBefore => year - 1,
            Which::Year(year) => year,
        };
        Some(calendar::quarter(year, number).based(TimeBasis::Expression))
    }

    fn year_of(&self, which: Which) -> Option<Reading> {
        let running = match self.thread.quarter {
            Some((year, _)) => year,
            None => i32::from(self.published?.year()),
        };
        Some(match which {
            Which::Year(year) => calendar::year(year).based(TimeBasis::Stated),
            Which::YearBefore => calendar::year(running - 1).based(TimeBasis::Expression),
            Which::Running => calendar::year(running).based(TimeBasis::Expression),
        })
    }

    /// "year-ago results", "the year-earlier loss": the period of a year before.
    pub(super) fn year_ago(&self, at: usize) -> Option<Match> {
        let hyphened = self.form(at) == "year" && self.form(at + 1) == "-" && self.is(at + 2, &["ago", "earlier"]);
        hyphened.then(|| (at + 3, self.year_before().unwrap_or_else(|| self.directed_unit(Side::Last, Unit::Year))))
    }

    /// The month, quarter or year that the report is about, of the year before.
    pub(super) fn year_before(&self) -> Option<Reading> {
        let (first, grain) = self.thread.period?;
        let first = calendar::step(first, Unit::Year, -1)?;
        let reading = match self.thread.quarter.filter(|_| grain == Unit::Quarter) {
            // A fiscal quarter keeps its number.
            Some((year, number)) => {
                let last = calendar::step(first, Unit::Quarter, 1).and_then(|next| calendar::shift(next, -1));
                calendar::quarter(year - 1, number).during(Some(first), last)
            }
            None => calendar::unit_of(first, grain),
        };
        Some(reading.based(TimeBasis::Expression))
    }

    fn about_a_quarter(&self) -> bool {
        self.thread.period.is_some_and(|(_, grain)| grain == Unit::Quarter)
    }

    /// Whether figures are compared before `at`: "up from $3 million a year ago".
    pub(super) fn compares(&self, at: usize) -> bool {
        (1..=at.min(10)).any(|back| {
            matches!(
                self.line.before(at, back),
                "from" | "than" | "compared" | "%" | "percent" | "million" | "billion" | "share" | "versus"
            )
        })
    }

    /// "the first week of March", "the last weekend of May 2019".
    pub(super) fn part_of_month(&self, at: usize) -> Option<Match> {
        let start = at + usize::from(self.form(at) == "the");
        // "the week of March 6"
        if start > at && self.form(start) == "week" && self.form(start + 1) == "of" {
            let (end, day) = self.month(start + 2).filter(|(_, day)| day.from == day.to)?;
            return Some((end, calendar::week(day.from?).based(day.basis)));
        }
        let number = match self.form(start) {
            "last" | "final" => None,
            form => Some(numbers::ordinal(form).filter(|number| (1..=4).contains(number))?),
        };
        if self.form(start + 2) != "of" {
            return None;
        }
        let (end, month) = self.month(start + 3).filter(|(_, month)| month.value.len() == 7)?;
        let (from, to) = (month.from?, month.to?);
        let reading = match self.form(start + 1) {
            "week" => {
                // The week that has most of its days in that part of the month.
                let day = match number {
                    Some(number) => calendar::shift(from, i64::from(number) * 7 - 4)?,
                    None => calendar::shift(to, -3)?,
                };
                calendar::week(day)
            }
            "weekend" => {
                let day = number.map_or(to, |number| calendar::shift(from, i64::from(number) * 7 - 1).unwrap_or(to));
                let back = (i64::from(day.weekday().to_monday_zero_offset()) + 2) % 7;
                calendar::weekend(calendar::shift(day, -back)?)
            }
            "day" => match number {
                Some(number) => calendar::day(calendar::shift(from, i64::from(number) - 1)?),
                None => calendar::day(to),
            },
            _ => return None,
        };
        Some((end, reading.based(month.basis)))
    }

    /// "year-end", "the year's end".
    pub(super) fn year_end(&self, at: usize) -> Option<Match> {
        let start = at + usize::from(self.form(at) == "the");
        let end = match (self.form(start), self.form(start + 1), self.form(start + 2)) {
            ("year", "-" | "'s", "end") => start + 3,
            ("year", "end", _) => start + 2,
            _ => return None,
        };
        let reading = self.directed_unit(Side::This, Unit::Year);
        let from = reading.to.map(Date::first_of_month);
        let to = reading.to;
        Some((end, reading.during(from, to)))
    }
}
