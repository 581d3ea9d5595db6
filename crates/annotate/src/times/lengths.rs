//! Rules of counted units: lengths, "two years ago", and repeated times.

use super::calendar::{self, Reading, Unit};
use super::line::Word;
use super::rules::{Context, Match, Side};
use crate::numbers;
use document::{TimeBasis, TimeKind};
use jiff::civil::Date;

impl Context<'_> {
    /// A number or a word for an unknown number: the number (None if unknown) and where it ends.
    pub(super) fn count(&self, at: usize) -> Option<(Option<f64>, usize)> {
        let skip = usize::from(self.form(at) == "a" && !self.is(at + 1, &["hundred"]));
        match self.form(at + skip) {
            "several" | "many" => return Some((None, at + skip + 1)),
            "few" => return Some((None, at + skip + 1)),
            "couple" => return Some((Some(2.0), at + skip + 1 + usize::from(self.form(at + skip + 1) == "of"))),
            "dozens" | "hundreds" | "thousands" if self.form(at + 1) == "of" => return Some((None, at + 2)),
            "half" if self.is(at + 1, &["a", "an"]) => return Some((Some(0.5), at + 2)),
            "dozen" if skip == 1 => return Some((Some(12.0), at + 2)),
            _ => {}
        }
        if let Some(whole) = self.form(at).strip_suffix('½').and_then(|whole| whole.parse::<f64>().ok()) {
            return Some((Some(whole + 0.5), at + 1));
        }
        let number = numbers::read(|index| self.form(index), at)?;
        let mut end = number.end;
        let mut value = number.value;
        // "ten or twelve", "two to three": the greater.
        if self.is(end, &["to", "or", "-"])
            && let Some(second) = numbers::read(|index| self.form(index), end + 1)
            && matches!(self.line.word(second.end), Word::Unit(..))
        {
            (value, end) = (second.value, second.end);
        }
        if matches!(self.form(end), "1/2" | "½") {
            return Some((Some(value + 0.5), end + 1));
        }
        if (self.form(end), self.form(end + 1), self.form(end + 2)) == ("1", "/", "2") {
            return Some((Some(value + 0.5), end + 3));
        }
        if self.form(end) == "and" && self.form(end + 1) == "a" && self.form(end + 2) == "half" {
            return Some((Some(value + 0.5), end + 3));
        }
        Some((Some(value), end))
    }

    /// "two years ago", "three days later", "27-year", "nine months", "a week", "for months".
    pub(super) fn counted(&self, at: usize) -> Option<Match> {
        if self.form(at) == "the" && self.line.word(at + 1) == Word::Number && self.form(at + 2) != "-" {
            let (end, reading) = self.counted(at + 1)?;
            return (reading.kind == TimeKind::Duration && self.line.word(end - 1) != Word::Number)
                .then_some((end, reading));
        }
        // "between 60 and 90 days": two lengths, the unit said once.
        if self.is(at.wrapping_sub(1), &["between"])
            && let Some(first) = numbers::read(|index| self.form(index), at)
            && self.is(first.end, &["and", "to"])
            && let Some(second) = numbers::read(|index| self.form(index), first.end + 1)
            && let Word::Unit(unit, true) = self.line.word(second.end)
        {
            return Some((first.end, Reading::new(TimeKind::Duration, calendar::length(unit, Some(first.value)))));
        }
        // "the post-1959 years"
        if !self.line.prefix(at).is_empty() {
            return None;
        }
        let articled = self.is(at, &["a", "an", "the"]);
        let (count, next) = match self.line.word(at) {
            Word::Unit(_, true) => (None, at),
            // "a day-long visit"
            Word::Unit(_, false) if self.form(at + 1) == "-" && self.form(at + 2) == "long" => (Some(1.0), at),
            _ => match self.count(at) {
                Some(found) => found,
                None if self.is(at, &["a", "an"]) => (Some(1.0), at + 1),
                None => return None,
            },
        };
        let hyphen = self.form(next) == "-" && next > at;
        // "the first nine months", "recent years" are others' rules.
        let mut next = next + usize::from(hyphen);
        // "three more years", "two full days".
        if !hyphen
            && self.is(next, &["more", "full", "consecutive", "straight", "additional", "whole", "long", "successive"])
            && next > at
        {
            next += 1;
        }
        let Word::Unit(unit, plural) = self.line.word(next) else { return None };
        let modal = ["will", "would", "may", "might", "could", "'ll", "shall"];
        if unit == Unit::Day && self.form(at) == "one" && !hyphen && self.is(at.wrapping_sub(1), &modal) {
            return Some((next + 1, Reading::new(TimeKind::Date, "FUTURE_REF")));
        }
        // "2018 day five": a year and a counted day.
        if !plural && !hyphen && count.is_some_and(|count| count > 999.0) {
            return None;
        }
        // "aged 8 to 10 years"
        if self.is(at.wrapping_sub(1), &["aged"]) {
            return None;
        }
        // "a several-year effort": the article belongs to the noun.
        if hyphen && articled {
            return None;
        }
        let end = next + 1;
        // "20-year-old" is an age.
        if (hyphen && self.form(end) == "-" && self.form(end + 1) == "old")
            || self.form(end) == "old"
            || (self.form(end) == "-" && self.form(end + 1) == "old")
        {
            return None;
        }
        if unit == Unit::Quarter && (!plural || hyphen) || unit == Unit::Weekend && articled {
            return None;
        }
        // "a year-earlier loss": the article belongs to the noun.
        if self.form(end) == "-" && self.is(end + 1, &["ago", "earlier"]) {
            return None;
        }
        // "in the early hours of", "military quarters"
        if next == at
            && plural
            && self.is(at.wrapping_sub(1), &["early", "small", "wee", "dark", "such", "living", "-"])
        {
            return None;
        }
        if let Some(found) = self.away(end, unit, count) {
            return Some(found);
        }
        // "$5 a day" and "twice a month" are repeated; "a day" alone after a number too.
        if self.form(at) == "a" && next == at + 1 {
            let before = self.line.before(at, 1);
            let rate = self.is(at.wrapping_sub(1), &["times", "%", "percent", "million", "billion"])
                || (self.line.word(at.wrapping_sub(1)) == Word::Number
                    && before.bytes().next().is_some_and(|byte| byte.is_ascii_digit()));
            if rate {
                return Some((end, Reading::new(TimeKind::Set, calendar::length(unit, Some(1.0)))));
            }
        }
        if !plural && !hyphen && !articled && count != Some(1.0) && self.line.before(at, 1) == "$" {
            return None;
        }
        // "decades-long", "a minute and a half"
        if self.form(end) == "-" && self.form(end + 1) == "long" {
            // The article belongs to the noun.
            if articled {
                return None;
            }
            return Some((end + 2, Reading::new(TimeKind::Duration, calendar::length(unit, count))));
        }
        if articled
            && !plural
            && !hyphen
            && (self.form(end), self.form(end + 1), self.form(end + 2)) == ("and", "a", "half")
        {
            return Some((end + 3, Reading::new(TimeKind::Duration, calendar::length(unit, Some(1.5)))));
        }
        let reading = Reading::new(TimeKind::Duration, calendar::length(unit, count));
        // "the six months ended June 30", "three days after May 5"
        let (from, to) = whole(count)
            .and_then(|count| self.closed(end, unit, count).or_else(|| self.away_from_day(end, unit, count)))
            .unzip();
        Some((end, reading.during(from, to).based(TimeBasis::Stated)))
    }

    /// "ago", "later", "earlier", "before", "from now" after a length.
    pub(super) fn away(&self, at: usize, unit: Unit, count: Option<f64>) -> Option<Match> {
        if unit == Unit::Year
            && count == Some(1.0)
            && (self.is(at, &["earlier", "before"]) || self.form(at) == "ago" && self.compares(at))
            && let Some(reading) =
                self.year_before().or_else(|| self.compares(at).then(|| self.directed_unit(Side::Last, Unit::Year)))
        {
            return Some((at + 1, reading));
        }
        let (end, sign, anchor, basis) = match (self.form(at), self.form(at + 1)) {
            ("ago", _) => (at + 1, -1, self.published, TimeBasis::Publication),
            ("from", "now") => (at + 2, 1, self.published, TimeBasis::Publication),
            ("from", "today") => (at + 2, 1, self.published, TimeBasis::Publication),
            ("later", _) => (at + 1, 1, self.named_within(unit), TimeBasis::Expression),
            ("earlier" | "before", next) if next != "than" && (self.form(at) == "earlier" || self.closes(at + 1)) => {
                (at + 1, -1, self.named_within(unit), TimeBasis::Expression)
            }
            _ => return None,
        };
        let length = calendar::length(unit, count);
        let Some(count) = whole(count) else {
            let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some((end, Reading::new(TimeKind::Date, value)));
        };
        // "An hour later" names no hour where none is named before.
        if unit < Unit::Day && basis == TimeBasis::Expression {
            return Some((end, Reading::new(TimeKind::Time, length)));
        }
        let day = anchor.and_then(|anchor| calendar::step(anchor, unit, sign * count));
        let reading = match day {
            // Years and months do not name a day; nobody counts decades to the year, but the value has to be one.
            Some(day) => calendar::unit_of(day, if unit >= Unit::Year { Unit::Year } else { unit }),
            None => Reading::new(TimeKind::Date, calendar::length(unit, Some(count as f64))),
        };
        Some((end, reading.based(basis)))
    }

    /// The day or longer that a length leads to from a day that follows: "three days after May 5".
    fn away_from_day(&self, at: usize, unit: Unit, count: i64) -> Option<(Date, Date)> {
        let sign = match self.form(at) {
            "after" | "following" => 1,
            "before" => -1,
            _ => return None,
        };
        let (_, day) = self.month(at + 1).filter(|(_, day)| day.from == day.to)?;
        let reached = calendar::unit_of(calendar::step(day.from?, unit, sign * count)?, unit);
        reached.from.zip(reached.to)
    }

    /// The day from which "three days later" counts.
    fn named_within(&self, unit: Unit) -> Option<Date> {
        self.thread.within(unit.max(Unit::Day)).or(self.thread.day).or(self.published)
    }

    pub(super) fn repeated(&self, at: usize) -> Option<Match> {
        let set = |end: usize, value: String| Some((end, Reading::new(TimeKind::Set, value)));
        match self.form(at) {
            // A capital makes them the name of a paper.
            "daily" | "weekly" if self.line.capital(at) || self.line.capital(at + 1) => return None,
            "daily" | "nightly" => return set(at + 1, "P1D".to_owned()),
            "hourly" => return set(at + 1, "PT1H".to_owned()),
            "weekly" => return set(at + 1, "P1W".to_owned()),
            "monthly" => return set(at + 1, "P1M".to_owned()),
            "yearly" | "annually" => return set(at + 1, "P1Y".to_owned()),
            "every" | "each" => {
                let next = at + 1 + usize::from(self.is(at + 1, &["other", "single"]));
                return match self.line.word(next) {
                    Word::Unit(unit, _) => set(
                        next + 1,
                        calendar::length(unit, Some(if self.form(at + 1) == "other" { 2.0 } else { 1.0 })),
                    ),
                    Word::Weekday(weekday) => set(next + 1, format!("XXXX-WXX-{weekday}")),
                    Word::Part(part) => set(next + 1, format!("XXXX-XX-XXT{part}")),
                    Word::Month(month) => set(next + 1, format!("XXXX-{month:02}")),
                    Word::Season(code) => set(next + 1, format!("XXXX-{code}")),
                    _ => {
                        let (count, end) = self.count(next)?;
                        let Word::Unit(unit, _) = self.line.word(end) else { return None };
                        set(end + 1, calendar::length(unit, count))
                    }
                };
            }
            _ => {}
        }
        // "24 hours a day": all the time.
        if self.form(at) == "24"
            && self.form(at + 1) == "hours"
            && self.form(at + 2) == "a"
            && self.form(at + 3) == "day"
        {
            return set(at + 4, "P1D".to_owned());
        }
        // "twice a month", "once a week", "three times a day".
        let next = match self.form(at) {
            "twice" | "once" => at + 1,
            _ => numbers::read(|index| self.form(index), at).filter(|number| self.form(number.end) == "times")?.end + 1,
        };
        if !self.is(next, &["a", "an", "every", "each", "per"]) {
            return None;
        }
        let Word::Unit(unit, false) = self.line.word(next + 1) else { return None };
        set(next + 2, calendar::length(unit, Some(1.0)))
    }
}

/// A number of whole units that the calendar can hold.
#[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
pub(super) fn whole(count: Option<f64>) -> Option<i64> {
    count.filter(|count| (0.0..=1e6).contains(count)).map(|count| count.ceil() as i64)
}
