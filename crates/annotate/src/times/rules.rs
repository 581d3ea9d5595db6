//! The rules of time expressions: dates, relative days and units, lengths, repeated times, times of day. Each reads
//! from one token on and gives where it ends; the longest wins.

use super::calendar::{self as calendar, Reading, Unit};
use super::line::{Line, Word};
use crate::numbers;
use document::{Syntax, TimeBasis, TimeKind, Token, TokenId, Upos, Xpos};
use jiff::civil::Date;

pub(super) struct Context<'a> {
    pub(super) line: &'a Line,
    pub(super) syntax: &'a Syntax,
    /// The document's number of the sentence's first token.
    pub(super) first: usize,
    pub(super) published: Option<Date>,
    pub(super) last_day: Option<Date>,
}

/// Where an expression ends, and what it means.
type Match = (usize, Reading);

/// Past, present or future of the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Side {
    Last,
    This,
    Next,
}

impl Context<'_> {
    /// The expression that begins at `at`: first and last token (exclusive), and reading.
    pub(super) fn expression(&self, at: usize) -> Option<(usize, usize, Reading)> {
        let (end, reading) = self.longest(at)?;
        Some((at, end, reading))
    }

    fn longest(&self, at: usize) -> Option<Match> {
        let rules: [fn(&Self, usize) -> Option<Match>; 14] = [
            Self::clock,
            Self::weekday,
            Self::month,
            Self::numeric,
            Self::year_or_decade,
            Self::ordinal_period,
            Self::named_day,
            Self::deictic,
            Self::directed,
            Self::counted,
            Self::repeated,
            Self::season,
            Self::modified,
            Self::vague,
        ];
        let mut best: Option<Match> = None;
        for rule in rules {
            if let Some(found) = rule(self, at)
                && best.as_ref().is_none_or(|best| found.0 > best.0)
            {
                best = Some(found);
            }
        }
        best
    }

    fn form(&self, at: usize) -> &str {
        self.line.form(at)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.form(at))
    }

    fn relative(&self, read: impl FnOnce(Date) -> Option<Reading>) -> Option<Reading> {
        Some(read(self.published?)?.based(TimeBasis::Publication))
    }

    /// Whether a day without direction lies ahead: by the verb it belongs to, or without a parse by the words before it.
    fn ahead(&self, at: usize) -> bool {
        if self.syntax.parse.is_empty() {
            return self.ahead_by_words(at);
        }
        let mut token = self.syntax.token(TokenId((self.first + at) as u32));
        // The nearest verb above; a noun in between ("the meeting on Monday") has no tense.
        for _ in 0..6 {
            if matches!(token.upos(), Upos::Verb | Upos::Aux) && token.xpos() != Xpos::Md {
                return lies_ahead(token);
            }
            let Some(head) = token.head() else { break };
            token = head;
        }
        token.children().any(|child| is_will(child.form()))
    }

    fn ahead_by_words(&self, at: usize) -> bool {
        for back in 1..=at.min(10) {
            match self.line.before(at, back) {
                "will" | "'ll" | "shall" | "scheduled" | "due" | "plans" | "wo" => return true,
                "said" | "told" | "was" | "were" | "had" | "did" | ";" | "reported" | "announced" => return false,
                _ => {}
            }
        }
        false
    }

    // ---- absolute dates ------------------------------------------------------------------------------------------

    /// A year in digits that may stand beside a month or in other firm company.
    fn year_at(&self, at: usize) -> Option<i32> {
        let form = self.form(at);
        (form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| form.parse().ok())
            .flatten()
            .filter(|year| (1000..=2999).contains(year))
    }

    fn day_number(&self, at: usize) -> Option<u32> {
        let form = self.form(at);
        let digits = form.strip_suffix("st").or_else(|| form.strip_suffix("nd")).or_else(|| form.strip_suffix("rd"));
        let digits = digits.or_else(|| form.strip_suffix("th")).unwrap_or(form);
        let day: u32 = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
        (1..=31).contains(&day).then_some(day)
    }

    /// ", 2001" or "2001" after a month or day.
    fn year_after(&self, at: usize) -> Option<(usize, i32)> {
        if let Some(year) = self.year_at(at) {
            return Some((at + 1, year));
        }
        if self.form(at) == "," {
            return self.year_at(at + 1).map(|year| (at + 2, year));
        }
        if self.is(at, &["last", "this", "next"]) && self.form(at + 1) == "year" {
            let year = i32::from(self.published?.year());
            let shift = match self.form(at) {
                "last" => -1,
                "next" => 1,
                _ => 0,
            };
            return Some((at + 2, year + shift));
        }
        (self.form(at) == "of").then(|| self.year_after(at + 1)).flatten()
    }

    fn month(&self, at: usize) -> Option<Match> {
        // "5 March 2001", "the 5th of March".
        if let Some(day) = self.day_number(at) {
            let skip = usize::from(self.form(at + 1) == "of");
            if let Word::Month(month) = self.line.word(at + 1 + skip) {
                let (end, year) = self.year_after(at + 2 + skip).unzip();
                return Some((end.unwrap_or(at + 2 + skip), self.on_day(at, year, month, day)?));
            }
        }
        if self.form(at) == "the" && self.day_number(at + 1).is_some() && self.form(at + 2) == "of" {
            return self.month(at + 1);
        }
        let Word::Month(month) = self.line.word(at) else { return None };
        // "May" and "March" alone may be a name or a verb at the head of a sentence.
        let day_at = at + 1 + usize::from(self.form(at + 1) == "the");
        if let Some(day) = self.day_number(day_at)
            && !self.is(day_at + 1, &["%", "percent", "people", "million"])
        {
            if let Some((end, year)) = self.year_after(day_at + 1) {
                return Some((end, self.on_day(at, Some(year), month, day)?));
            }
            return Some((day_at + 1, self.on_day(at, None, month, day)?));
        }
        if let Some((end, year)) = self.year_after(at + 1) {
            return Some((end, calendar::month(year, month).based(TimeBasis::Stated)));
        }
        let doubtful = matches!(month, 3 | 5)
            && !self.is(
                at.wrapping_sub(1),
                &[
                    "in", "since", "of", "last", "this", "next", "early", "late", "until", "by", "from", "to", "and",
                    "through", "between", "for", "during", "before", "after", "mid", "mid-", "-",
                ],
            );
        let short = matches!(self.form(at), "mar" | "apr" | "jun" | "jul" | "sep" | "dec" | "jan");
        if doubtful || short {
            return None;
        }
        let reading = self.relative(|published| Some(calendar::month(self.year_near(at, published, month), month)));
        Some((at + 1, reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-{month:02}")))))
    }

    /// The year that puts a month near the day of publication: at most three months ahead, else behind.
    fn year_near(&self, at: usize, published: Date, month: u32) -> i32 {
        let gap = month as i32 - i32::from(published.month());
        let ahead = self.ahead(at);
        i32::from(published.year())
            + match gap {
                4.. if !ahead => -1,
                1..=3 if !ahead && gap > 1 && self.is(at.wrapping_sub(1), &["in", "since", "last"]) => -1,
                ..=-8 => 1,
                ..=-1 if ahead => 1,
                _ => 0,
            }
    }

    fn on_day(&self, at: usize, year: Option<i32>, month: u32, day: u32) -> Option<Reading> {
        if let Some(year) = year {
            return Some(calendar::day(calendar::date(year, month, day)?).based(TimeBasis::Stated));
        }
        let Some(published) = self.published else {
            return Some(Reading::new(TimeKind::Date, format!("XXXX-{month:02}-{day:02}")));
        };
        let year = i32::from(published.year());
        let near = [year, year - 1, year + 1].into_iter().filter_map(|year| calendar::date(year, month, day));
        let distance = |date: &Date| (i64::from(published.since(*date).map_or(0, |span| span.get_days())).abs(), *date);
        let mut days: Vec<Date> = near.collect();
        if self.ahead(at) {
            days.retain(|date| *date >= published);
        }
        Some(calendar::day(days.into_iter().min_by_key(distance)?).based(TimeBasis::Publication))
    }

    /// "2001-09-11", "9/11/2001", "9/11/01".
    fn numeric(&self, at: usize) -> Option<Match> {
        let form = self.form(at);
        let (parts, end): (Vec<&str>, usize) = if form.matches('-').count() == 2 {
            (form.split('-').collect(), at + 1)
        } else if form.matches('/').count() == 2 && form.len() > 5 {
            (form.split('/').collect(), at + 1)
        } else if self.is(at + 1, &["-", "/"]) && self.form(at + 3) == self.form(at + 1) {
            (vec![form, self.form(at + 2), self.form(at + 4)], at + 5)
        } else {
            return None;
        };
        if parts.iter().any(|part| part.is_empty() || part.len() > 4 || !part.bytes().all(|byte| byte.is_ascii_digit()))
        {
            return None;
        }
        let [first, second, third] = [parts[0].parse::<u32>().ok()?, parts[1].parse().ok()?, parts[2].parse().ok()?];
        let short = |year: u32| {
            if year < 50 {
                2000 + year
            } else if year < 100 {
                1900 + year
            } else {
                year
            }
        };
        let (year, month, day) = if parts[0].len() == 4 {
            (first, second, third)
        } else if parts[2].len() == 4 || parts[2].len() == 2 {
            // American order, unless the first number cannot be a month.
            if first > 12 { (short(third), second, first) } else { (short(third), first, second) }
        } else {
            return None;
        };
        Some((end, calendar::day(calendar::date(year as i32, month, day)?).based(TimeBasis::Stated)))
    }

    fn year_or_decade(&self, at: usize) -> Option<Match> {
        if self.form(at) == "the" {
            let inner = self.form(at + 1);
            if inner == "year" && self.year_at(at + 2).is_some() {
                return Some((at + 3, calendar::year(self.year_at(at + 2)?).based(TimeBasis::Stated)));
            }
            return self.decade(at + 1);
        }
        if let Some(found) = self.decade(at) {
            return Some(found);
        }
        let (at_year, start) = match self.form(at) {
            "fiscal" => (at + 1, at),
            _ => (at, at),
        };
        let year = self.year_at(at_year)?;
        // A bare number of this size is a year unless its neighbours say that it counts or names something.
        let firm = start < at_year
            || self.is(
                at.wrapping_sub(1),
                &[
                    "in", "since", "of", "until", "by", "from", "before", "after", "during", "early", "late", "mid",
                    "through", "the", "and", "to", "for", "(", ",", "between", "-", "around", "about", "as", "on",
                    "'s", "and/or", "or",
                ],
            );
        let counts = match self.line.word(at_year + 1) {
            Word::Unit(..) | Word::Number => true,
            _ => self.is(
                at_year + 1,
                &[
                    "people",
                    "men",
                    "women",
                    "children",
                    "troops",
                    "soldiers",
                    "miles",
                    "kilometers",
                    "km",
                    "percent",
                    "%",
                    "dead",
                    "residents",
                    "feet",
                    "million",
                    "jobs",
                    "employees",
                    "deaths",
                    "points",
                    "homes",
                    "others",
                    "families",
                    "gmt",
                    "hours",
                    "acres",
                    "members",
                    "victims",
                    "civilians",
                    "refugees",
                    "tons",
                    "meters",
                    "metres",
                ],
            ),
        };
        let money = self.is(
            at.wrapping_sub(1),
            &[
                "$",
                "#",
                "no.",
                "no",
                "number",
                "us$",
                "£",
                "€",
                "route",
                "highway",
                "boeing",
                "resolution",
                "room",
                "flight",
                "article",
                "section",
                "page",
            ],
        );
        let modern = (1800..=2100).contains(&year);
        if counts || money || !modern || (!firm && !(1900..=2060).contains(&year)) {
            return None;
        }
        // "1998-99" and "2006-2008".
        if self.is(at_year + 1, &["-", "/"])
            && self.form(at_year + 2).len() == 2
            && self.form(at_year + 2).bytes().all(|byte| byte.is_ascii_digit())
            && self.form(at_year + 3) != "-"
        {
            let last = self.form(at_year + 2).parse::<i32>().ok()? + year / 100 * 100;
            let reading = Reading::new(TimeKind::Date, format!("{year:04}/{last:04}"))
                .during(calendar::date(year, 1, 1), calendar::date(last, 12, 31));
            return Some((at_year + 3, reading.based(TimeBasis::Stated)));
        }
        Some((at_year + 1, calendar::year(year).based(TimeBasis::Stated)))
    }

    /// "1990s", "'60s", "the sixties".
    fn decade(&self, at: usize) -> Option<Match> {
        let (form, end) = match (self.form(at), self.form(at + 1)) {
            ("'", next) if next.ends_with('s') && next.len() == 3 => (next, at + 2),
            (form, "s" | "'s") if form.len() == 4 && form.ends_with('0') => (form, at + 2),
            (form, _) => (form, at + 1),
        };
        let digits = form.trim_start_matches('\'').trim_end_matches('s').trim_end_matches('\'');
        let plural = form.ends_with('s') || end > at + 1;
        let first: i32 = match digits {
            _ if plural && digits.len() == 4 && digits.ends_with('0') => digits.parse().ok()?,
            _ if plural
                && digits.len() == 2
                && digits.ends_with('0')
                && (form.starts_with('\'') || end > at + 1 || self.line.before(at, 1) == "the") =>
            {
                1900 + digits.parse::<i32>().ok()?
            }
            _ => {
                1900 + match form {
                    "twenties" => 20,
                    "thirties" => 30,
                    "forties" => 40,
                    "fifties" => 50,
                    "sixties" => 60,
                    "seventies" => 70,
                    "eighties" => 80,
                    "nineties" => 90,
                    _ => return None,
                }
            }
        };
        (1000..=2990).contains(&first).then(|| (end, calendar::decade(first).based(TimeBasis::Stated)))
    }

    /// "the third quarter of 1998", "the 19th century", "fourth-quarter".
    fn ordinal_period(&self, at: usize) -> Option<Match> {
        let start = at + usize::from(self.form(at) == "the");
        let (number, mut next) = match self.form(start) {
            "q1" | "q2" | "q3" | "q4" => (self.form(start)[1..].parse().ok()?, start + 1),
            form => (numbers::ordinal(form)?, start + 1),
        };
        if next > start && !self.form(start).starts_with('q') {
            next += usize::from(self.form(next) == "-");
            match self.form(next) {
                "quarter" if number <= 4 => next += 1,
                "century" | "centuries" if (1..=21).contains(&number) => {
                    let first = (number as i32 - 1) * 100;
                    return Some((next + 1, calendar::century(first).based(TimeBasis::Stated)));
                }
                _ => return None,
            }
        }
        if let Some((end, year)) = self.year_after(next) {
            return Some((end, calendar::quarter(year, number).based(TimeBasis::Stated)));
        }
        let reading = self.relative(|published| {
            // Reports tell of the quarter last closed, or of the one that runs.
            let (year, now) = (i32::from(published.year()), u32::from(published.month().unsigned_abs()).div_ceil(3));
            Some(calendar::quarter(if number > now { year - 1 } else { year }, number))
        });
        Some((next, reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-Q{number}")))))
    }

    // ---- days ----------------------------------------------------------------------------------------------------

    fn weekday(&self, at: usize) -> Option<Match> {
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
        let comma = at + 1 + usize::from(self.form(at + 1) == ",");
        if let Some((end, reading)) = self.month(comma).filter(|(_, reading)| reading.value.len() == 10) {
            return Some(self.with_part(end, reading));
        }
        let reading = self.on_weekday(weekday, None, at);
        Some(self.with_part(at + 1, reading))
    }

    fn on_weekday(&self, weekday: u32, side: Option<Side>, at: usize) -> Reading {
        let reading = self.relative(|published| {
            let today = i64::from(published.weekday().to_monday_one_offset());
            let back = (today - i64::from(weekday)).rem_euclid(7);
            let day = match side {
                Some(Side::Next) => calendar::shift(published, if back == 0 { 7 } else { 7 - back }),
                Some(Side::Last) => calendar::shift(published, if back == 0 { -7 } else { -back }),
                Some(Side::This) => calendar::shift(published, i64::from(weekday) - today),
                None if back > 0 && self.ahead(at) => calendar::shift(published, 7 - back),
                None => calendar::shift(published, -back),
            };
            Some(calendar::day(day?))
        });
        reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-WXX-{weekday}")))
    }

    /// A part of the day after a day: "Monday night", "yesterday evening".
    fn part_after(&self, at: usize) -> Option<(usize, &'static str)> {
        match self.line.word(at) {
            Word::Part(part) => Some((at + 1, part)),
            _ => None,
        }
    }

    fn with_part(&self, end: usize, mut reading: Reading) -> Match {
        let Some((end, part)) = self.part_after(end) else { return (end, reading) };
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{part}", reading.value);
        (end, reading)
    }

    fn named_day(&self, at: usize) -> Option<Match> {
        let (shift, part) = match self.form(at) {
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
    fn deictic(&self, at: usize) -> Option<Match> {
        let first = self.form(at);
        if let Word::Part(part) = self.line.word(at + 1) {
            let shift = match first {
                "this" => 0,
                "last" => -1,
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
        let shift = match (self.form(start), self.form(start + 1)) {
            ("previous", "day") => -1,
            ("next" | "following", "day") => 1,
            ("same", "day") => 0,
            ("day", "before" | "earlier") if start > at => -1,
            ("day", "after") if start > at && !self.is(start + 2, &["the", "a", "he", "they", "she"]) => 1,
            _ => return None,
        };
        let day = self.last_day.and_then(|day| calendar::shift(day, shift));
        let reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
        Some((start + 2, reading.based(TimeBasis::Expression)))
    }

    /// "the morning", of the day last named or of publication.
    fn bare_part(&self, at: usize, part: &'static str) -> Option<Match> {
        if self.form(at) != "the" || !self.is(at.wrapping_sub(1), &["in", "during", "of"]) {
            return None;
        }
        let day = self.last_day.or(self.published);
        let mut reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
        reading.kind = TimeKind::Time;
        reading.value = format!("{}T{part}", reading.value);
        Some((at + 2, reading.based(TimeBasis::Expression)))
    }

    // ---- units near the day of publication -----------------------------------------------------------------------

    /// "last week", "this month", "next Monday", "last summer", "the coming year", "the past three months".
    fn directed(&self, at: usize) -> Option<Match> {
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
            Word::Month(month) => return Some((start + 2, self.directed_month(side, month))),
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

    fn directed_month(&self, side: Side, month: u32) -> Reading {
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

    fn directed_season(&self, side: Side, code: &'static str) -> Reading {
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

    fn directed_unit(&self, side: Side, unit: Unit) -> Reading {
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
    fn stretch(&self, unit: Unit, count: Option<f64>, side: Side) -> Reading {
        let reading = Reading::new(TimeKind::Duration, calendar::length(unit, count));
        let (Some(published), Some(count)) = (self.published, whole(count)) else { return reading };
        let other = calendar::step(published, unit, if side == Side::Next { count } else { -count });
        let (from, to) = if side == Side::Next { (Some(published), other) } else { (other, Some(published)) };
        reading.during(from, to).based(TimeBasis::Publication)
    }

    // ---- counted units -------------------------------------------------------------------------------------------

    /// A number or a word for an unknown number: the number (None if unknown) and where it ends.
    fn count(&self, at: usize) -> Option<(Option<f64>, usize)> {
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
        if self.form(end) == "and" && self.form(end + 1) == "a" && self.form(end + 2) == "half" {
            return Some((Some(value + 0.5), end + 3));
        }
        Some((Some(value), end))
    }

    /// "two years ago", "three days later", "27-year", "nine months", "a week", "for months".
    fn counted(&self, at: usize) -> Option<Match> {
        if self.form(at) == "the" && self.line.word(at + 1) == Word::Number && self.form(at + 2) != "-" {
            let (end, reading) = self.counted(at + 1)?;
            return (reading.kind == TimeKind::Duration && self.line.word(end - 1) != Word::Number)
                .then_some((end, reading));
        }
        let articled = self.is(at, &["a", "an", "the"]);
        let (count, next) = match self.line.word(at) {
            Word::Unit(_, true) => (None, at),
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
        if unit == Unit::Quarter && !plural || unit == Unit::Weekend && articled {
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
        Some((end, Reading::new(TimeKind::Duration, calendar::length(unit, count))))
    }

    /// "ago", "later", "earlier", "before", "from now" after a length.
    fn away(&self, at: usize, unit: Unit, count: Option<f64>) -> Option<Match> {
        let (end, sign, anchor, basis) = match (self.form(at), self.form(at + 1)) {
            ("ago", _) => (at + 1, -1, self.published, TimeBasis::Publication),
            ("from", "now") => (at + 2, 1, self.published, TimeBasis::Publication),
            ("from", "today") => (at + 2, 1, self.published, TimeBasis::Publication),
            ("later", _) => (at + 1, 1, self.last_day.or(self.published), TimeBasis::Expression),
            ("earlier" | "before", next) if !matches!(next, "than" | "the" | "he" | "they" | "it" | "she") => {
                (at + 1, -1, self.last_day.or(self.published), TimeBasis::Expression)
            }
            _ => return None,
        };
        let Some(count) = whole(count) else {
            let value = if sign < 0 { "PAST_REF" } else { "FUTURE_REF" };
            return Some((end, Reading::new(TimeKind::Date, value)));
        };
        let day = anchor.and_then(|anchor| calendar::step(anchor, unit, sign * count));
        let reading = match day {
            // Years and months do not name a day; nobody counts decades to the year, but the value has to be one.
            Some(day) => calendar::unit_of(day, if unit >= Unit::Year { Unit::Year } else { unit }),
            None => Reading::new(TimeKind::Date, calendar::length(unit, Some(count as f64))),
        };
        Some((end, reading.based(basis)))
    }

    // ---- repeated times ------------------------------------------------------------------------------------------

    fn repeated(&self, at: usize) -> Option<Match> {
        let set = |end: usize, value: String| Some((end, Reading::new(TimeKind::Set, value)));
        match self.form(at) {
            // A capital makes them the name of a paper.
            "daily" | "weekly" if self.line.capital(at) => return None,
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

    // ---- seasons, times of day, modifiers, vague words -----------------------------------------------------------

    fn season(&self, at: usize) -> Option<Match> {
        let start = at + usize::from(self.form(at) == "the");
        let Word::Season(code) = self.line.word(start) else { return None };
        if let Some((end, year)) = self.year_after(start + 1) {
            return Some((end, calendar::season(year, code).based(TimeBasis::Stated)));
        }
        // "fall" and "spring" alone are mostly verbs.
        let placed = self.is(at.wrapping_sub(1), &["in", "this", "during", "since", "by", "until"]);
        if !placed || (start == at && matches!(code, "SP" | "FA") && self.form(at) != "autumn") {
            return None;
        }
        let side = if self.ahead(at) { Side::Next } else { Side::This };
        Some((start + 1, self.directed_season(side, code)))
    }

    /// "10:30 a.m.", "3 p.m. Thursday", "0830 GMT", "noon".
    fn clock(&self, at: usize) -> Option<Match> {
        let form = self.form(at);
        let (hour, minute, mut end) = match form {
            "noon" | "midday" => (12, 0, at + 1),
            "midnight" => (0, 0, at + 1),
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
        // The day may follow: "3 p.m. Thursday", "noon on Friday".
        let skip = usize::from(self.is(end, &["on", ","]));
        let mut day = None;
        if let Some((after, reading)) =
            self.weekday(end + skip).or_else(|| self.month(end + skip)).or_else(|| self.named_day(end + skip))
            && reading.value.len() == 10
            && (skip == 0 || self.form(end) == "on")
        {
            (day, end) = (Some(reading), after);
        }
        let basis = day.as_ref().map_or(TimeBasis::Publication, |day| day.basis);
        let day = day.or_else(|| self.last_day.or(self.published).map(calendar::day));
        let date = day.as_ref().map_or("XXXX-XX-XX", |day| day.value.as_str());
        let reading = Reading::new(TimeKind::Time, format!("{date}T{hour:02}:{minute:02}{zone}"));
        let (from, to) = day.map_or((None, None), |day| (day.from, day.to));
        Some((end, reading.during(from, to).based(basis)))
    }

    /// "earlier this month", "late last year", "early 1998", "mid-July", "nearly two decades".
    fn modified(&self, at: usize) -> Option<Match> {
        let form = self.form(at);
        let articled = form == "the" && self.is(at + 1, &["early", "late", "mid", "mid-"]);
        let at = at + usize::from(articled);
        let form = if articled { self.form(at) } else { form };
        if matches!(form, "early" | "late" | "mid" | "mid-" | "earlier" | "later") {
            let next = at + 1 + usize::from(self.form(at + 1) == "-") + usize::from(self.is(at + 1, &["in", "on"]));
            let all: &[fn(&Self, usize) -> Option<Match>] = if matches!(form, "earlier" | "later") {
                // "Earlier Friday" adds nothing to the day.
                &[Self::directed, Self::month, Self::year_or_decade]
            } else {
                &[
                    Self::month,
                    Self::year_or_decade,
                    Self::directed,
                    Self::weekday,
                    Self::named_day,
                    Self::season,
                    Self::deictic,
                ]
            };
            let (end, reading) = all.iter().filter_map(|rule| rule(self, next)).max_by_key(|(end, _)| *end)?;
            return Some((end, self.narrowed(form, reading)));
        }
        if form == "the" && self.is(at + 1, &["end", "beginning", "start", "middle"]) && self.form(at + 2) == "of" {
            let rules: [fn(&Self, usize) -> Option<Match>; 3] = [Self::month, Self::directed, Self::year_or_decade];
            return rules.iter().filter_map(|rule| rule(self, at + 3)).max_by_key(|(end, _)| *end).or_else(|| {
                let Word::Unit(unit, false) = self.line.word(at + 4) else { return None };
                (self.form(at + 3) == "the" && self.form(at + 5) != "of" && unit >= Unit::Week)
                    .then(|| (at + 5, self.directed_unit(Side::This, unit)))
            });
        }
        let next = match (form, self.form(at + 1)) {
            ("nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "over" | "some", _) => at + 1,
            ("more" | "less" | "fewer", "than") => at + 2,
            ("at", "least" | "most") => at + 2,
            ("up", "to") => at + 2,
            ("just", "over" | "under") => at + 2,
            _ => return None,
        };
        let (end, reading) = self.counted(next)?;
        // "over 1,200" and "about 20" stand before other things too; only lengths and "ago" take the modifier.
        (reading.kind == TimeKind::Duration || reading.kind == TimeKind::Date).then_some((end, reading))
    }

    /// The part of a unit that "earlier" and "later" leave: up to the day of publication, or from it.
    fn narrowed(&self, modifier: &str, mut reading: Reading) -> Reading {
        if let (Some(published), Some(from), Some(to)) = (self.published, reading.from, reading.to)
            && from <= published
            && published <= to
        {
            match modifier {
                "earlier" => reading.to = Some(published),
                "later" => reading.from = Some(published),
                _ => {}
            }
        }
        reading
    }

    fn vague(&self, at: usize) -> Option<Match> {
        let date = |end: usize, value: &str| Some((end, Reading::new(TimeKind::Date, value)));
        match (self.form(at), self.form(at + 1)) {
            ("now" | "currently" | "presently" | "nowadays", _) => date(at + 1, "PRESENT_REF"),
            ("recently" | "previously" | "formerly" | "lately", _) => date(at + 1, "PAST_REF"),
            ("the", "past") if !matches!(self.line.word(at + 2), Word::Unit(..) | Word::Number) => {
                date(at + 2, "PAST_REF")
            }
            ("the", "future") => date(at + 2, "FUTURE_REF"),
            ("recent", "years" | "months" | "weeks" | "days" | "decades") => {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                Some((at + 2, Reading::new(TimeKind::Duration, calendar::length(unit, None))))
            }
            ("the", "weekend") => Some((at + 2, self.directed_weekend())),
            ("the", "first" | "last" | "final") => {
                let (count, next) = self.count(at + 2)?;
                let Word::Unit(unit, _) = self.line.word(next) else { return None };
                Some((next + 1, Reading::new(TimeKind::Duration, calendar::length(unit, count))))
            }
            ("the" | "that" | "whole" | "entire", "year" | "month" | "week")
                if self.is(at.wrapping_sub(1), &["of", "in", "during", "for", "throughout"])
                    && self.form(at + 2) != "of" =>
            {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                Some((at + 2, self.directed_unit(Side::This, unit)))
            }
            _ => None,
        }
    }

    /// "the weekend": the last one, or the one that runs.
    fn directed_weekend(&self) -> Reading {
        let ongoing = self.published.is_some_and(|published| published.weekday().to_monday_one_offset() >= 6);
        self.directed_unit(if ongoing { Side::This } else { Side::Last }, Unit::Weekend)
    }
}

/// Whether a verb speaks of what lies ahead: "will meet", "to meet" under "plan", "is scheduled".
fn lies_ahead(verb: Token<'_>) -> bool {
    const PLANS: &[&str] =
        &["plan", "expect", "schedule", "intend", "hope", "set", "due", "slate", "prepare", "agree", "vow", "promise"];
    if matches!(verb.xpos(), Xpos::Vbd) {
        return false;
    }
    if verb.children().any(|child| is_will(child.form())) {
        return true;
    }
    let infinitive = verb.xpos() == Xpos::Vb && verb.children().any(|child| child.form() == "to");
    if infinitive {
        return verb
            .head()
            .is_some_and(|head| PLANS.contains(&head.lemma()) || head.children().any(|child| is_will(child.form())));
    }
    matches!(verb.lemma(), "schedule" | "slate") && verb.xpos() == Xpos::Vbn
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

fn is_will(form: &str) -> bool {
    matches!(form, "will" | "Will" | "'ll" | "wo" | "shall")
}

/// A number of whole units that the calendar can hold.
#[expect(clippy::cast_possible_truncation, reason = "bounded just before")]
fn whole(count: Option<f64>) -> Option<i64> {
    count.filter(|count| (0.0..=1e6).contains(count)).map(|count| count.ceil() as i64)
}
