//! Holidays and festivals: "Christmas Eve", "last Ramadan", "the Eid holiday".

use super::calendar::{self, Reading};
use super::rules::{Context, Match, Side};
use document::{Report, TimeBasis, TimeKind};
use jiff::civil::{Date, Weekday};
use std::sync::LazyLock;

/// A festival: its days in a year of the Gregorian calendar.
#[derive(Clone, Copy, Debug)]
enum Rule {
    Fixed {
        month: u32,
        day: u32,
    },
    /// The first such weekday on or after a day.
    Following {
        weekday: Weekday,
        month: u32,
        day: u32,
    },
    /// Days after Western Easter.
    Easter(i64),
    /// Days after Orthodox Easter.
    Pascha(i64),
    /// A day of the tabular Islamic calendar.
    Hijri {
        month: i64,
        day: i64,
    },
}

struct Holiday {
    /// The tokens of the name in small letters.
    name: Vec<String>,
    rules: Vec<Rule>,
    days: i64,
}

impl Holiday {
    fn first(&self) -> &str {
        self.name.first().map_or("", String::as_str)
    }
}

/// All names in order.
static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let mut holidays: Vec<Holiday> = include_str!("holidays.txt").lines().flat_map(entries).collect();
    holidays.sort_by(|left, right| left.name.cmp(&right.name));
    holidays
});

/// The names of one line of the list.
fn entries(line: &str) -> Vec<Holiday> {
    let mut columns = line.split('\t');
    let (Some(when), Some(days), Some(names)) = (columns.next(), columns.next(), columns.next()) else {
        return Vec::new();
    };
    let rules: Vec<Rule> = when.split(',').filter_map(Rule::read).collect();
    let days = days.parse().unwrap_or(1);
    let tokens = |name: &str| {
        let report = Report::from_text("", name);
        let tokens = crate::tokens::split(&report);
        tokens.spans.iter().map(|span| span.of(&report.text).to_lowercase()).collect()
    };
    names.split("; ").map(|name| Holiday { name: tokens(name), rules: rules.clone(), days }).collect()
}

/// The holidays whose name begins with a word.
fn beginning(word: &str) -> &'static [Holiday] {
    let start = HOLIDAYS.partition_point(|holiday| holiday.first() < word);
    let length = HOLIDAYS[start..].partition_point(|holiday| holiday.first() == word);
    &HOLIDAYS[start..start + length]
}

/// Whether the name of a holiday may begin with a word.
pub(super) fn begins(word: &str) -> bool {
    !beginning(word).is_empty()
}

impl Rule {
    fn read(text: &str) -> Option<Self> {
        let numbers = |text: &str| -> Option<(u32, u32)> {
            let (month, day) = text.split_once('-')?;
            Some((month.parse().ok()?, day.parse().ok()?))
        };
        if let Some(days) = text.strip_prefix("easter") {
            return Some(Self::Easter(days.parse().ok()?));
        }
        if let Some(days) = text.strip_prefix("pascha") {
            return Some(Self::Pascha(days.parse().ok()?));
        }
        if let Some(day) = text.strip_prefix("hijri ") {
            let (month, day) = numbers(day)?;
            return Some(Self::Hijri { month: month.into(), day: day.into() });
        }
        if let Some((weekday, day)) = text.split_once(">=") {
            let weekday = match weekday {
                "monday" => Weekday::Monday,
                "tuesday" => Weekday::Tuesday,
                "thursday" => Weekday::Thursday,
                "sunday" => Weekday::Sunday,
                _ => return None,
            };
            let (month, day) = numbers(day)?;
            return Some(Self::Following { weekday, month, day });
        }
        let (month, day) = numbers(text)?;
        Some(Self::Fixed { month, day })
    }

    /// The first days of the festival in a year: of the Islamic year, none to two.
    fn in_year(self, year: i32) -> Vec<Date> {
        let day = match self {
            Self::Fixed { month, day } => calendar::date(year, month, day),
            Self::Following { weekday, month, day } => calendar::date(year, month, day)
                .and_then(|day| calendar::shift(day, i64::from(day.weekday().until(weekday)))),
            Self::Easter(days) => easter(year).and_then(|day| calendar::shift(day, days)),
            Self::Pascha(days) => pascha(year).and_then(|day| calendar::shift(day, days)),
            Self::Hijri { month, day } => {
                // An Islamic year is eleven days shorter; that of the year's middle is found within one.
                let near = (i64::from(year) - 622) * 33 / 32;
                return (near - 1..=near + 2)
                    .filter_map(|islamic| hijri(islamic, month, day))
                    .filter(|date| i32::from(date.year()) == year)
                    .collect();
            }
        };
        day.into_iter().collect()
    }
}

/// Western Easter, by the algorithm of Meeus, Jones and Butcher.
fn easter(year: i32) -> Option<Date> {
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let moon = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let sunday = (32 + 2 * (century % 4) + 2 * (rest / 4) - moon - rest % 4) % 7;
    let late = (golden + 11 * moon + 22 * sunday) / 451;
    let days = moon + sunday - 7 * late + 114;
    calendar::date(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)
}

/// Orthodox Easter on the Gregorian calendar, by the algorithm of Meeus for the Julian one.
fn pascha(year: i32) -> Option<Date> {
    let moon = (19 * (year % 19) + 15) % 30;
    let sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7;
    let days = moon + sunday + 114;
    let julian = calendar::date(year, u32::try_from(days / 31).ok()?, u32::try_from(days % 31 + 1).ok()?)?;
    calendar::shift(julian, i64::from(year / 100 - year / 400 - 2))
}

/// A day of the tabular Islamic calendar: leap years are 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of thirty.
fn hijri(year: i64, month: i64, day: i64) -> Option<Date> {
    // 16 July 622 of the Julian calendar, counted from 1 January 1970, less one day.
    const EPOCH: i64 = -492_149;
    let days = (year - 1) * 354 + (11 * year + 3) / 30 + (month - 1) * 29 + month / 2 + day;
    calendar::shift(calendar::date(1970, 1, 1)?, EPOCH + days)
}

impl Context<'_> {
    /// A holiday, with "last", "this" or "next", a year, or "the … holiday".
    pub(super) fn holiday(&self, at: usize) -> Option<Match> {
        let side = match self.form(at) {
            "last" => Some(Side::Last),
            "this" => Some(Side::This),
            "next" => Some(Side::Next),
            _ => None,
        };
        let articled = self.form(at) == "the";
        // "the 2019 Easter attacks"
        let before = self.year_at(at);
        let start = at + usize::from(side.is_some() || articled || before.is_some());
        if !self.line.capital(start) {
            return None;
        }
        let named = |holiday: &&Holiday| {
            holiday.name.iter().enumerate().all(|(index, word)| self.form(start + index) == word.as_str())
        };
        let holiday = beginning(self.form(start)).iter().filter(named).max_by_key(|holiday| holiday.name.len())?;
        let mut end = start + holiday.name.len();
        let extended = self.is(end, &["holiday", "holidays", "weekend", "festival", "period", "season"]);
        // An island, an agreement or a song may be named after a holiday.
        if self.line.capital(end) || articled && !extended {
            return None;
        }
        end += usize::from(articled);
        let mut year = before;
        if let Some((after, stated)) = self.year_after(end).filter(|_| year.is_none()) {
            (end, year) = (after, Some(stated));
        }
        let first = self.festival(holiday, at, side, year);
        let reading = match (first, holiday.days) {
            (None, _) => Reading::new(TimeKind::Date, "XXXX-XX-XX"),
            (Some(day), 1) => calendar::day(day),
            (Some(day), days) => {
                let last = calendar::shift(day, days - 1)?;
                // "Easter week" is the calendar's week with most of its days.
                let value = match days {
                    7 => calendar::week(calendar::shift(day, 3)?).value,
                    _ => format!("{}/{}", calendar::day_value(day), calendar::day_value(last)),
                };
                Reading::new(TimeKind::Date, value).during(Some(day), Some(last))
            }
        };
        Some((end, reading.based(if year.is_some() { TimeBasis::Stated } else { TimeBasis::Publication })))
    }

    /// The first day of the festival that is meant.
    fn festival(&self, holiday: &Holiday, at: usize, side: Option<Side>, year: Option<i32>) -> Option<Date> {
        let of_year = |year: i32| holiday.rules.iter().flat_map(move |rule| rule.in_year(year));
        if let Some(year) = year {
            return of_year(year).min();
        }
        let published = self.published?;
        let year = i32::from(published.year());
        let days = (year - 1..=year + 1).flat_map(of_year);
        match side {
            Some(Side::Last) => days.filter(|day| *day < published).max(),
            Some(Side::Next) => days.filter(|day| *day > published).min(),
            Some(Side::This) => of_year(year).min(),
            None => self.nearest(at, published, days),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moveable_feasts_fall_on_their_days() {
        for (name, year, expected) in [
            ("thanksgiving", 2023, "2023-11-23"),
            ("election", 2024, "2024-11-05"),
            ("easter", 2024, "2024-03-31"),
            ("easter", 2011, "2011-04-24"),
            ("orthodox easter", 2023, "2023-04-16"),
            ("ramadan", 2023, "2023-03-23"),
            ("ramadan", 2030, "2030-01-06"),
            ("eid al-adha", 2021, "2021-07-20"),
            ("ashura", 2004, "2004-03-02"),
        ] {
            let first = name.split(' ').next().unwrap();
            let holiday =
                beginning(first).iter().find(|holiday| holiday.name.concat().starts_with(&name.replace(' ', "")));
            let day = holiday.unwrap().rules[0].in_year(year).into_iter().min().unwrap();
            assert_eq!(day.to_string(), expected, "{name}");
        }
    }

    #[test]
    fn every_line_of_the_list_is_read() {
        assert!(
            HOLIDAYS.iter().all(|holiday| !holiday.rules.is_empty() && holiday.days > 0 && !holiday.name.is_empty())
        );
        let lines = include_str!("holidays.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
        assert!(lines.into_iter().all(|line| !entries(line).is_empty()));
    }
}
