//! Rules of days and parts of the day: weekdays, "yesterday evening", "the next day", "3 p.m. Thursday".

use super::calendar::{self, Reading, Unit};
use super::line::Word;
use super::rules::{Context, Match, Side};
use document::{TimeBasis, TimeKind};
use jiff::civil::Date;

impl Context<'_> {
    pub(super) fn weekday(&self, at: usize) -> Option<Match> {
        let Word::Weekday(weekday) = self.line.word(at) else { return None };
        if self.form(at).ends_with("days") && self.form(at).len() > 6 {
            let (end, part) =
                self.part_after(at + 1).map_or((at + 1, String::new()), |(end, part)| (end, format!("T{part}")));
            return Some((end, Reading::new(TimeKind::Set, format!("XXXX-WXX-{weekday}{part}"))));
        }
        if let Some(part) = plural_part(self.form(at + 1)) {
            return Some((at + 2, Reading::new(TimeKind::Set, format!("XXXX-WXX-{weekday}T{part}"))));
        }
        // "Friday, July 21, 2017" is one date.
        // "Bloody Sunday" and "Black Friday" are names.
        if self.line.capital(at.wrapping_sub(1))
            && self.is(at.wrapping_sub(1), &["black", "bloody", "good", "super", "ash", "palm", "holy", "easter"])
        {
            return None;
        }
        let comma = at + 1 + usize::from(self.form(at + 1) == ",");
        if let Some((end, reading)) = self.month(comma).filter(|(_, reading)| reading.value.len() == 10) {
            return Some(self.with_part(end, reading));
        }
        let reading = self.on_weekday(weekday, None, at);
        Some(self.with_part(at + 1, reading))
    }

    pub(super) fn on_weekday(&self, weekday: u32, side: Option<Side>, at: usize) -> Reading {
        if side.is_none()
            && self.told_of_the_past(at)
            && let Some((day, grain)) = self.thread.elsewhere(self.published)
        {
            // The first one on or after the day that the narrative has come to; none can be told from a month.
            let gap = i64::from(weekday) - i64::from(day.weekday().to_monday_one_offset());
            return match calendar::shift(day, gap.rem_euclid(7)).filter(|_| grain <= Unit::Day) {
                Some(day) => calendar::day(day).based(TimeBasis::Expression),
                None => Reading::new(TimeKind::Date, format!("XXXX-WXX-{weekday}")),
            };
        }
        let reading = self.relative(|published| {
            let today = i64::from(published.weekday().to_monday_one_offset());
            let back = (today - i64::from(weekday)).rem_euclid(7);
            let day = match side {
                Some(Side::Next) => calendar::shift(published, if back == 0 { 7 } else { 7 - back }),
                Some(Side::Last) => calendar::shift(published, if back == 0 { -7 } else { -back }),
                Some(Side::This) => calendar::shift(published, i64::from(weekday) - today),
                None if back > 0 && (self.ahead(at) || self.clock_ahead(at)) => calendar::shift(published, 7 - back),
                None => calendar::shift(published, -back),
            };
            Some(calendar::day(day?))
        });
        reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-WXX-{weekday}")))
    }

    /// "midnight on Sunday": the hour before a day tells which way it lies, wherever the parser hangs the day.
    fn clock_ahead(&self, at: usize) -> bool {
        let clock = at.wrapping_sub(2);
        self.is(at.wrapping_sub(1), &["on"])
            && self.is(clock, &["midnight", "noon", "midday", "dawn", "dusk", "a.m.", "p.m."])
            && self.ahead(clock)
    }

    /// A part of the day after a day: "Monday night", "yesterday evening".
    pub(super) fn part_after(&self, at: usize) -> Option<(usize, &'static str)> {
        match self.line.word(at) {
            Word::Part(part) => Some((at + 1, part)),
            _ => None,
        }
    }

    pub(super) fn with_part(&self, end: usize, mut reading: Reading) -> Match {
        let Some((end, part)) = self.part_after(end) else { return (end, reading) };
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{part}", reading.value);
        (end, reading)
    }

    pub(super) fn named_day(&self, at: usize) -> Option<Match> {
        let (shift, part) = match self.form(at) {
            // "USA Today" is a paper.
            "today" if at > 0 && self.line.capital(at) && self.line.capital(at - 1) => return None,
            "today" => (0, None),
            "tonight" => (0, Some("NI")),
            "overnight" => (0, Some("NI")),
            "yesterday" => (-1, None),
            "tomorrow" => (1, None),
            _ => return None,
        };
        let reading = self.relative(|published| Some(calendar::day(calendar::shift(published, shift)?)));
        let mut reading = reading.unwrap_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"));
        if let Some(part) = part {
            reading.kind = TimeKind::Time;
            reading.value = format!("{}T{part}", reading.value);
            return Some((at + 1, reading));
        }
        Some(self.with_part(at + 1, reading))
    }

    /// "this morning", "last night", "the previous day", "that same day", "the day before".
    pub(super) fn deictic(&self, at: usize) -> Option<Match> {
        let first = self.form(at);
        if let Word::Part(part) = self.line.word(at + 1) {
            let shift = match first {
                "this" => 0,
                "last" => -1,
                "that" => {
                    let day = self.thread.day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
                    return Some(self.with_part(at + 1, day.based(TimeBasis::Expression)));
                }
                _ => return self.bare_part(at, part),
            };
            let reading = self.relative(|published| {
                let mut reading = calendar::day(calendar::shift(published, shift)?);
                reading.kind = TimeKind::Time;
                reading.value = format!("{}T{part}", reading.value);
                Some(reading)
            });
            return Some((
                at + 2,
                reading.unwrap_or_else(|| Reading::new(TimeKind::Time, format!("XXXX-XX-XXT{part}"))),
            ));
        }
        let start = at + usize::from(matches!(first, "the" | "that"));
        if let Some(found) = self.next_part(start) {
            return Some(found);
        }
        if let Some(found) = self.named_unit(at, start) {
            return Some(found);
        }
        let shift = match (self.form(start), self.form(start + 1)) {
            ("previous", "day") => -1,
            ("next" | "following", "day") => 1,
            ("same", "day") => 0,
            ("day", _) if first == "that" => return Some((at + 2, self.day_meant()?)),
            ("day", "before") if self.form(start + 2) == "yesterday" => return self.removed(start + 3, -2),
            ("day", "after") if self.form(start + 2) == "tomorrow" => return self.removed(start + 3, 2),
            ("day", "before" | "earlier") if start > at && self.closes(start + 2) => -1,
            ("day", "after") if start > at && self.closes(start + 2) => 1,
            _ => return None,
        };
        if shift == 0
            && let Some(reading) = self.day_meant()
        {
            return Some((start + 2, reading));
        }
        let day = self.thread.day.and_then(|day| calendar::shift(day, shift));
        let reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
        Some((start + 2, reading.based(TimeBasis::Expression)))
    }

    /// So many days from that of publication.
    fn removed(&self, end: usize, days: i64) -> Option<Match> {
        let reading = self.relative(|published| Some(calendar::day(calendar::shift(published, days)?)));
        Some((end, reading.unwrap_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"))))
    }

    /// "That day" after a day; after "last October" some day of that month.
    fn day_meant(&self) -> Option<Reading> {
        let reading = match self.thread.later_month() {
            Some(month) => {
                let mut reading = calendar::unit_of(month, Unit::Month);
                reading.value.push_str("-XX");
                reading
            }
            None => calendar::day(self.thread.day?),
        };
        Some(reading.based(TimeBasis::Expression))
    }

    /// "the next morning", "the same evening", of the day last named.
    fn next_part(&self, start: usize) -> Option<Match> {
        let Word::Part(part) = self.line.word(start + 1) else { return None };
        let shift = match self.form(start) {
            "next" | "following" => 1,
            "previous" => -1,
            "same" => 0,
            _ => return None,
        };
        let day = self.thread.day.and_then(|day| calendar::shift(day, shift));
        let mut reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{part}", reading.value);
        Some((start + 2, reading.based(TimeBasis::Expression)))
    }

    /// "that year", "the same month", "the following week", "the year before": counted from what was named last.
    fn named_unit(&self, at: usize, start: usize) -> Option<Match> {
        let (unit, shift, end) = match (self.form(start), self.line.word(start), self.line.word(start + 1)) {
            ("same", _, Word::Unit(unit, false)) => (unit, 0, start + 2),
            ("following", _, Word::Unit(unit, false)) => (unit, 1, start + 2),
            ("previous" | "preceding", _, Word::Unit(unit, false)) => (unit, -1, start + 2),
            (_, Word::Unit(unit, false), _) if start > at => match self.form(start + 1) {
                "before" | "earlier" | "previous" if self.closes(start + 2) => (unit, -1, start + 2),
                "after" if self.closes(start + 2) => (unit, 1, start + 2),
                _ if self.form(at) == "that" && self.form(start + 1) != "-" => (unit, 0, start + 1),
                _ => return None,
            },
            _ => return None,
        };
        if unit < Unit::Week {
            return None;
        }
        let day = calendar::step(self.thread.within(unit)?, unit, shift)?;
        Some((end, calendar::unit_of(day, unit).based(TimeBasis::Expression)))
    }

    /// Whether a phrase ends at `at`: "the day before" in itself, not "the day before the vote".
    pub(super) fn closes(&self, at: usize) -> bool {
        let form = self.form(at);
        !form.starts_with(char::is_alphanumeric) || self.is(at, &["and", "but", "in", "at", "on", "by", "with", "near"])
    }

    /// "the morning", of the day last named or of publication.
    pub(super) fn bare_part(&self, at: usize, part: &'static str) -> Option<Match> {
        if self.form(at) != "the" || !self.is(at.wrapping_sub(1), &["in", "during", "of"]) {
            return None;
        }
        // "in the night of July 5": that day's, not the day's last named.
        if self.form(at + 2) == "of"
            && let Some((end, mut reading)) =
                self.month(at + 3).or_else(|| self.weekday(at + 3)).or_else(|| self.named_day(at + 3))
            && reading.value.len() == 10
        {
            reading.kind = TimeKind::Time;
            reading.value = format!("{}T{part}", reading.value);
            return Some((end, reading));
        }
        let day = self.day_of(at, part == "MO").or(self.published);
        let mut reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{part}", reading.value);
        Some((at + 2, reading.based(TimeBasis::Expression)))
    }

    /// The day last named, or the next one for a morning after its night.
    fn day_of(&self, at: usize, morning: bool) -> Option<Date> {
        let (day, night) = self.thread.scene?;
        let next = calendar::shift(day, 1).filter(|_| morning && night);
        // What is told has come to pass, unless its verb puts it ahead.
        next.filter(|next| self.published.is_none_or(|published| *next <= published) || self.ahead(at)).or(Some(day))
    }

    /// "10:30 a.m.", "3 p.m. Thursday", "0830 GMT", "noon".
    pub(super) fn clock(&self, at: usize) -> Option<Match> {
        let form = self.form(at);
        let (hour, minute, mut end) = match form {
            // "High Noon" is a film.
            "noon" | "midnight" if self.line.capital(at) && at > 0 && self.line.capital(at - 1) => return None,
            "noon" | "midday" => (12, 0, at + 1),
            "midnight" => (0, 0, at + 1),
            _ if self.is_military(at) => (form[..2].parse().ok()?, form[2..].parse().ok()?, at + 1),
            _ if self.hour_of_part(at).is_some() => {
                let (hour, end) = self.hour_of_part(at)?;
                (hour, 0, end)
            }
            _ => {
                let (digits, half) = match form.strip_suffix("am").or_else(|| form.strip_suffix("a.m.")) {
                    Some(digits) if !digits.is_empty() => (digits, Some(0)),
                    _ => match form.strip_suffix("pm").or_else(|| form.strip_suffix("p.m.")) {
                        Some(digits) if !digits.is_empty() => (digits, Some(12)),
                        _ => (form, None),
                    },
                };
                let (hour, minute) = digits
                    .split_once(':')
                    .or_else(|| digits.split_once('.').filter(|_| half.is_some()))
                    .unwrap_or((digits, ""));
                let colon = !minute.is_empty();
                if hour.is_empty() || hour.len() > 2 || (colon && minute.len() != 2) {
                    return None;
                }
                let (mut hour, minute) =
                    (hour.parse::<u32>().ok()?, if colon { minute.parse::<u32>().ok()? } else { 0 });
                let mut end = at + 1;
                let half = half.or_else(|| {
                    let half = match self.form(end) {
                        "a.m." | "am" | "a.m" => Some(0),
                        "p.m." | "pm" | "p.m" => Some(12),
                        _ => None,
                    };
                    end += usize::from(half.is_some());
                    half
                });
                if hour > 24 || minute > 59 || (half.is_none() && !colon && self.form(end) != "o'clock") {
                    return None;
                }
                end += usize::from(self.form(end) == "o'clock");
                // "2:1" is a score.
                if let Some(half) = half {
                    hour = hour % 12 + half;
                }
                (hour, minute, end)
            }
        };
        let mut zone = "";
        if self.is(end, &["gmt", "utc"]) {
            (zone, end) = ("Z", end + 1);
        } else if self.is(end, &["est", "edt", "cst", "pst", "local", "et"]) {
            end += 1 + usize::from(self.form(end) == "local" && self.form(end + 1) == "time");
        }
        // "at 4 a.m. local time (0100 UTC) on Friday": the same hour elsewhere says no more.
        if self.form(end) == "(" && self.is(end + 2, &["gmt", "utc"]) && self.form(end + 3) == ")" {
            end += 4;
        }
        // The day may follow: "3 p.m. Thursday", "noon on Friday", "midnight Wednesday night".
        let skip = usize::from(self.is(end, &["on", ","]));
        let mut day = None;
        if let Some((after, reading)) =
            self.weekday(end + skip).or_else(|| self.month(end + skip)).or_else(|| self.named_day(end + skip))
            && (reading.value.len() == 10 || reading.from.is_some() && reading.value.as_bytes().get(10) == Some(&b'T'))
        {
            (day, end) = (Some(reading), after);
        }
        let basis = day.as_ref().map_or(TimeBasis::Publication, |day| day.basis);
        let day = day.or_else(|| {
            self.day_of(at, hour < 12 && !self.is(end + 1, &["next", "following"]))
                .or(self.published)
                .map(calendar::day)
        });
        let date = day.as_ref().map_or("XXXX-XX-XX", |day| day.value.get(..10).unwrap_or("XXXX-XX-XX"));
        let reading = Reading::new(TimeKind::Time, format!("{date}T{hour:02}:{minute:02}{zone}"));
        let (from, to) = day.map_or((None, None), |day| (day.from, day.to));
        Some((end, reading.during(from, to).based(basis)))
    }

    /// "0830 GMT".
    fn is_military(&self, at: usize) -> bool {
        let form = self.form(at);
        let digits = form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit());
        digits && form < "2400" && &form[2..] < "60" && self.is(at + 1, &["gmt", "utc"])
    }

    /// "at 4 in the morning", "around nine at night".
    fn hour_of_part(&self, at: usize) -> Option<(u32, usize)> {
        let form = self.form(at);
        let hour: u32 = form.parse().ok().or_else(|| crate::numbers::small(form).map(|hour| hour as u32))?;
        let led = self.is(at.wrapping_sub(1), &["at", "around", "about", "until", "till", "by", "before", "after"]);
        let (part, end) = match (self.form(at + 1), self.form(at + 2)) {
            ("in", "the") => (at + 3, at + 4),
            ("at", "night") => (at + 2, at + 3),
            _ => return None,
        };
        let half = match self.line.word(part) {
            Word::Part("MO") => 0,
            Word::Part(_) => 12,
            _ => return None,
        };
        (led && (1..=12).contains(&hour)).then_some((hour % 12 + half, end))
    }
}

fn plural_part(form: &str) -> Option<&'static str> {
    Some(match form {
        "mornings" => "MO",
        "afternoons" => "AF",
        "evenings" => "EV",
        "nights" => "NI",
        _ => return None,
    })
}
