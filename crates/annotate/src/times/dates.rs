//! Rules of dates that say their year, month or quarter themselves.

use super::calendar::{self, Reading};
use super::line::Word;
use super::rules::{Context, Match};
use crate::numbers;
use document::{Relation, TimeBasis, TimeKind, TokenId, Upos};
use jiff::civil::Date;

impl Context<'_> {
    /// A year in digits that may stand beside a month or in other firm company.
    pub(super) fn year_at(&self, at: usize) -> Option<i32> {
        let form = self.form(at);
        (form.len() == 4 && form.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| form.parse().ok())
            .flatten()
            .filter(|year| (1000..=2999).contains(year))
    }

    pub(super) fn day_number(&self, at: usize) -> Option<u32> {
        let form = self.form(at);
        let digits = form.strip_suffix("st").or_else(|| form.strip_suffix("nd")).or_else(|| form.strip_suffix("rd"));
        let digits = digits.or_else(|| form.strip_suffix("th")).unwrap_or(form);
        let day: u32 = (digits.len() <= 2).then(|| digits.parse().ok()).flatten()?;
        (1..=31).contains(&day).then_some(day)
    }

    /// ", 2001" or "2001" after a month or day.
    pub(super) fn year_after(&self, at: usize) -> Option<(usize, i32)> {
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
        if self.form(at) == "of" {
            return self.year_after(at + 1);
        }
        // "in May two thousand people" has no year.
        self.spelled_year(at).filter(|(end, _)| self.form(at) != "two" || self.closes(*end))
    }

    /// "nineteen ninety-six", "two thousand and four".
    pub(super) fn spelled_year(&self, at: usize) -> Option<(usize, i32)> {
        let small = |at: usize| numbers::small(self.form(at)).map(|value| value as i32);
        if self.form(at) == "two" && self.form(at + 1) == "thousand" {
            let rest = at + 2 + usize::from(self.form(at + 2) == "and");
            return Some(small(rest).map_or((at + 2, 2000), |year| (rest + 1, 2000 + year)));
        }
        let century = small(at).filter(|century| (17..=20).contains(century))?;
        let tens = small(at + 1).filter(|tens| (10..=90).contains(tens))?;
        let hyphen = usize::from(self.form(at + 2) == "-");
        let units = small(at + 2 + hyphen).filter(|units| tens >= 20 && tens % 10 == 0 && (1..=9).contains(units));
        let (end, year) = match units {
            Some(units) => (at + 3 + hyphen, century * 100 + tens + units),
            None => (at + 2, century * 100 + tens),
        };
        // "twenty ten-year-olds"
        (self.form(end) != "-").then_some((end, year))
    }

    pub(super) fn month(&self, at: usize) -> Option<Match> {
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
                    "through", "between", "for", "during", "before", "after", "mid", "mid-", "-", "the",
                ],
            );
        let short = matches!(self.form(at), "mar" | "apr" | "jun" | "jul" | "sep" | "dec" | "jan");
        if doubtful || short {
            return None;
        }
        if let Some(year) = self.year_of_narrative(at, month) {
            return Some((at + 1, calendar::month(year, month).based(TimeBasis::Expression)));
        }
        let reading = self.relative(|published| Some(calendar::month(self.year_near(at, published, month), month)));
        Some((at + 1, reading.unwrap_or_else(|| Reading::new(TimeKind::Date, format!("XXXX-{month:02}")))))
    }

    /// "25" of "April 24 and 25", "24-25 April" being one expression.
    pub(super) fn further_day(&self, at: usize) -> Option<Match> {
        let Word::Month(month) = self.line.word(at.checked_sub(3)?) else { return None };
        let (first, day) = (self.day_number(at - 2)?, self.day_number(at)?);
        if !self.is(at - 1, &["and", "or", "to", "-", "through"]) || day <= first {
            return None;
        }
        let (end, year) = self.year_after(at + 1).unzip();
        // "on April 24 and 25 people died" goes on.
        if end.is_none() && !self.closes(at + 1) {
            return None;
        }
        Some((end.unwrap_or(at + 1), self.on_day(at - 3, year, month, day)?))
    }

    /// The year of a month that a narrative of another time than that of publication tells of.
    fn year_of_narrative(&self, at: usize, month: u32) -> Option<i32> {
        let year = self.thread.year(self.published, month)?;
        (self.published.is_none() || self.told_of_the_past(at)).then_some(year)
    }

    /// The year that puts a month near the day of publication: at most three months ahead, else behind.
    pub(super) fn year_near(&self, at: usize, published: Date, month: u32) -> i32 {
        // "said in May that it would leave by the end of June" counts from May.
        if let Some((said, told)) = self.told_in(at) {
            return self.year_near(said, published, told) + i32::from(month < told);
        }
        let gap = month as i32 - i32::from(published.month());
        // "in early March"
        let first = at.wrapping_sub(usize::from(self.is(at.wrapping_sub(1), &["early", "late", "mid", "mid-"])));
        let placed = self.is(first.wrapping_sub(1), &["in", "last"]);
        let since = self.is(first.wrapping_sub(1), &["since"]);
        let ahead = !since && self.ahead(at);
        let past = since || !ahead && self.told_of_the_past(at);
        i32::from(published.year())
            + match gap {
                4.. if !ahead => -1,
                1..=3 if since || past && placed && gap > 1 => -1,
                ..=-8 if !past => 1,
                ..=-1 if ahead => 1,
                _ => 0,
            }
    }

    /// The month in which it was said what "would" happen in the month at `at`, and where it stands.
    fn told_in(&self, at: usize) -> Option<(usize, u32)> {
        if self.syntax.parse.is_empty() {
            return None;
        }
        let mut verb = self.syntax.token(TokenId((self.first + at) as u32));
        for _ in 0..6 {
            if verb.upos() == Upos::Verb {
                break;
            }
            verb = verb.head()?;
        }
        let would = verb.children().any(|child| child.relation() == Relation::Aux && child.form() == "would");
        let teller = verb.head().filter(|_| would && verb.relation() == Relation::Ccomp)?;
        teller.children().filter(|child| child.relation() == Relation::Obl && child.id < verb.id).find_map(|child| {
            let place = child.id.index().checked_sub(self.first)?;
            match self.line.word(place) {
                Word::Month(month) if place < at && self.is(place.wrapping_sub(1), &["in"]) => Some((place, month)),
                _ => None,
            }
        })
    }

    pub(super) fn on_day(&self, at: usize, year: Option<i32>, month: u32, day: u32) -> Option<Reading> {
        if let Some(year) = year {
            return Some(calendar::day(calendar::date(year, month, day)?).based(TimeBasis::Stated));
        }
        if let Some(year) = self.year_of_narrative(at, month) {
            return Some(calendar::day(calendar::date(year, month, day)?).based(TimeBasis::Expression));
        }
        let Some(published) = self.published else {
            return Some(Reading::new(TimeKind::Date, format!("XXXX-{month:02}-{day:02}")));
        };
        let year = i32::from(published.year());
        let days = (year - 1..=year + 1).filter_map(|year| calendar::date(year, month, day));
        Some(calendar::day(self.nearest(at, published, days)?).based(TimeBasis::Publication))
    }

    /// The day nearest to that of publication, on the side on which the verb puts it.
    pub(super) fn nearest(&self, at: usize, published: Date, days: impl Iterator<Item = Date>) -> Option<Date> {
        let distance = |date: &Date| i64::from(published.since(*date).map_or(0, |span| span.get_days()));
        let before = self.is(at.wrapping_sub(1), &["ended", "since"]);
        // "is to run from January 23" may be running.
        let ahead = !before && self.ahead(at) && !self.is(at.wrapping_sub(1), &["from"]);
        let behind = before || !ahead && self.behind(at);
        days.filter(|date| {
            if ahead {
                distance(date) <= 0
            } else if behind {
                // Reports run a day ahead of other parts of the world; and what comes soon may have been arranged.
                distance(date) >= -1 || !before && distance(date) > -45
            } else {
                // What is told without a year lies a season ahead at most, like a month.
                distance(date) > -120
            }
        })
        .min_by_key(|date| (distance(date).abs(), *date))
    }

    /// "2001-09-11", "9/11/2001", "9/11/01".
    pub(super) fn numeric(&self, at: usize) -> Option<Match> {
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

    pub(super) fn year_or_decade(&self, at: usize) -> Option<Match> {
        if self.form(at) == "the" {
            let inner = self.form(at + 1);
            if inner == "year" && self.year_at(at + 2).is_some() {
                return Some((at + 3, calendar::year(self.year_at(at + 2)?).based(TimeBasis::Stated)));
            }
            if inner == "year"
                && let Some((end, year)) = self.spelled_year(at + 2)
            {
                return Some((end, calendar::year(year).based(TimeBasis::Stated)));
            }
            return self.decade(at + 1);
        }
        if let Some((end, year)) = self.spelled_year(at).filter(|_| self.form(at) != "two") {
            return Some((end, calendar::year(year).based(TimeBasis::Stated)));
        }
        if let Some(found) = self.decade(at) {
            return Some(found);
        }
        let (at_year, start) = match self.form(at) {
            "fiscal" => (at + 1, at),
            _ => (at, at),
        };
        if let Some(found) = self.short_year(at) {
            return Some(found);
        }
        let year = self.year_at(at_year)?;
        // A bare number of this size is a year unless its neighbours say that it counts or names something.
        let firm = start < at_year
            || !self.line.prefix(at).is_empty()
            || self.is(
                at.wrapping_sub(1),
                &[
                    "in", "since", "of", "until", "by", "from", "before", "after", "during", "early", "late", "mid",
                    "through", "the", "and", "to", "for", "(", ",", "between", "-", "around", "about", "as", "on",
                    "'s", "and/or", "or",
                ],
            );
        let counts = match self.line.word(at_year + 1) {
            Word::Unit(..) | Word::Number => self.line.prefix(at).is_empty(),
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

    /// "since '82": the last such year.
    fn short_year(&self, at: usize) -> Option<Match> {
        let digits = self.form(at).strip_prefix('\'').filter(|digits| digits.len() == 2)?;
        let year: i32 = digits.parse().ok()?;
        let published = i32::from(self.published?.year());
        let full = published / 100 * 100 + year;
        let year = if full > published { full - 100 } else { full };
        self.is(at.wrapping_sub(1), &["in", "since", "of", "from", "until", "to", "and", "by"])
            .then(|| (at + 1, calendar::year(year).based(TimeBasis::Stated)))
    }

    /// "1990s", "'60s", "the sixties".
    pub(super) fn decade(&self, at: usize) -> Option<Match> {
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
}
