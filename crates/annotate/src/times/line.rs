//! One sentence prepared for the rules: its forms in small letters, and what each may be in an expression of time.

use super::calendar::Unit;
use super::holidays;
use crate::numbers;
use document::{Syntax, TokenSpan};

/// What a word may be in an expression of time.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) enum Word {
    /// Nothing that an expression begins with.
    Other,
    /// 1 to 12.
    Month(u32),
    /// 1 (Monday) to 7.
    Weekday(u32),
    /// A unit, and whether it stands in the plural.
    Unit(Unit, bool),
    /// A part of the day, by its TIMEX3 code.
    Part(&'static str),
    /// A season, by its TIMEX3 code.
    Season(&'static str),
    /// Digits or a number word.
    Number,
    /// A word with which an expression may begin.
    Opener,
}

#[derive(Default)]
pub(crate) struct Line {
    text: String,
    ends: Vec<usize>,
    words: Vec<Word>,
    /// Whether the form begins with a capital.
    capitals: Vec<bool>,
    /// "mid", "pre" or "post" where the form is what stands behind it: "mid-November", "post-1959".
    prefixes: Vec<&'static str>,
}

impl Line {
    pub(crate) fn read(&mut self, syntax: &Syntax, sentence: TokenSpan) {
        self.text.clear();
        self.ends.clear();
        self.words.clear();
        self.capitals.clear();
        self.prefixes.clear();
        for span in syntax.tokens.spans.get(sentence.range()).unwrap_or_default() {
            let (prefix, form) = without_prefix(span.of(&syntax.report.text));
            self.prefixes.push(prefix);
            let start = self.text.len();
            if form.is_ascii() {
                self.text.push_str(form);
                self.text[start..].make_ascii_lowercase();
            } else {
                match form {
                    "\u{2013}" | "\u{2010}" | "\u{2011}" => self.text.push('-'),
                    _ => self.text.extend(
                        form.chars()
                            .flat_map(char::to_lowercase)
                            .map(|character| if character == '\u{2019}' { '\'' } else { character }),
                    ),
                }
            }
            let capital = form.starts_with(|first: char| first.is_ascii_uppercase());
            self.words.push(word(&self.text[start..], capital));
            self.capitals.push(capital);
            self.ends.push(self.text.len());
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The form in small letters; "" outside the sentence.
    pub(crate) fn form(&self, at: usize) -> &str {
        let Some(&end) = self.ends.get(at) else { return "" };
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.text[start..end]
    }

    pub(crate) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |index| self.form(index))
    }

    pub(crate) fn word(&self, at: usize) -> Word {
        self.words.get(at).copied().unwrap_or(Word::Other)
    }

    pub(crate) fn capital(&self, at: usize) -> bool {
        self.capitals.get(at).copied().unwrap_or(false)
    }

    /// "mid", "pre", "post" or "".
    pub(crate) fn prefix(&self, at: usize) -> &'static str {
        self.prefixes.get(at).copied().unwrap_or_default()
    }

    pub(crate) fn may_begin(&self, at: usize) -> bool {
        self.words[at] != Word::Other
    }
}

/// A form cut where a month, year or decade follows a prefix.
fn without_prefix(form: &str) -> (&'static str, &str) {
    for (prefix, start) in [("mid", "mid-"), ("mid", "Mid-"), ("pre", "pre-"), ("post", "post-")] {
        let Some(rest) = form.strip_prefix(start) else { continue };
        let digits = rest.strip_suffix('s').unwrap_or(rest);
        let year = digits.len() == 4 && digits.bytes().all(|byte| byte.is_ascii_digit());
        if year || matches!(word(&rest.to_lowercase(), rest.starts_with(char::is_uppercase)), Word::Month(_)) {
            return (prefix, rest);
        }
    }
    ("", form)
}

fn word(form: &str, capital: bool) -> Word {
    let Some(first) = form.bytes().next() else { return Word::Other };
    if first.is_ascii_digit() {
        return Word::Number;
    }
    if form.len() > 13 || !(first.is_ascii_lowercase() || first == b'\'') {
        return Word::Other;
    }
    let bare = form.strip_suffix('.').unwrap_or(form);
    let unit = |unit, plural| Word::Unit(unit, plural);
    match bare {
        "january" | "jan" => Word::Month(1),
        "february" | "feb" => Word::Month(2),
        "march" | "mar" if capital => Word::Month(3),
        "april" | "apr" => Word::Month(4),
        "may" if capital => Word::Month(5),
        "june" | "jun" => Word::Month(6),
        "july" | "jul" => Word::Month(7),
        "august" | "aug" if capital => Word::Month(8),
        "september" | "sept" | "sep" => Word::Month(9),
        "october" | "oct" => Word::Month(10),
        "november" | "nov" => Word::Month(11),
        "december" | "dec" => Word::Month(12),
        "monday" | "mondays" => Word::Weekday(1),
        "tuesday" | "tuesdays" => Word::Weekday(2),
        "wednesday" | "wednesdays" => Word::Weekday(3),
        "thursday" | "thursdays" => Word::Weekday(4),
        "friday" | "fridays" => Word::Weekday(5),
        "saturday" | "saturdays" => Word::Weekday(6),
        "sunday" | "sundays" => Word::Weekday(7),
        "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri" if capital => {
            Word::Weekday(match &bare[..2] {
                "mo" => 1,
                "tu" => 2,
                "we" => 3,
                "th" => 4,
                _ => 5,
            })
        }
        "second" => Word::Opener,
        "seconds" => unit(Unit::Second, true),
        "minute" => unit(Unit::Minute, false),
        "minutes" => unit(Unit::Minute, true),
        "hour" => unit(Unit::Hour, false),
        "hours" => unit(Unit::Hour, true),
        "day" => unit(Unit::Day, false),
        "days" => unit(Unit::Day, true),
        "nights" => unit(Unit::Night, true),
        "weekend" => unit(Unit::Weekend, false),
        "weekends" => unit(Unit::Weekend, true),
        "week" => unit(Unit::Week, false),
        "weeks" => unit(Unit::Week, true),
        "fortnight" => unit(Unit::Fortnight, false),
        "month" => unit(Unit::Month, false),
        "months" => unit(Unit::Month, true),
        "quarter" => unit(Unit::Quarter, false),
        "quarters" => unit(Unit::Quarter, true),
        "year" => unit(Unit::Year, false),
        "years" => unit(Unit::Year, true),
        "decade" => unit(Unit::Decade, false),
        "decades" => unit(Unit::Decade, true),
        "century" => unit(Unit::Century, false),
        "centuries" => unit(Unit::Century, true),
        "morning" | "mornings" => Word::Part("MO"),
        "afternoon" | "afternoons" => Word::Part("AF"),
        "evening" | "evenings" => Word::Part("EV"),
        "night" | "overnight" => Word::Part("NI"),
        "midday" | "noon" | "midnight" => Word::Opener,
        "spring" => Word::Season("SP"),
        "summer" => Word::Season("SU"),
        "fall" | "autumn" => Word::Season("FA"),
        "winter" => Word::Season("WI"),
        "today" | "tonight" | "yesterday" | "tomorrow" | "now" | "currently" | "recently" | "daily" | "weekly"
        | "monthly" | "yearly" | "annually" | "nightly" | "hourly" | "early" | "late" | "mid" | "earlier" | "later"
        | "nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "more" | "less" | "at" | "up"
        | "over" | "some" | "the" | "a" | "an" | "this" | "that" | "last" | "next" | "past" | "coming" | "previous"
        | "following" | "same" | "every" | "each" | "these" | "several" | "few" | "many" | "couple" | "half"
        | "twice" | "once" | "recent" | "q1" | "q2" | "q3" | "q4" | "'s" | "mid-" | "future" | "fiscal" | "current"
        | "nowadays" | "presently" | "lately" | "dozens" | "hundreds" | "thousands" | "third" | "fourth" | "first"
        | "fewer" | "whole" | "entire" | "one-time" | "not" | "just" | "only" | "soon" | "'" | "hundred" | "no"
        | "its" | "final" => Word::Opener,
        _ if form.starts_with('\'') && form.len() >= 3 => Word::Opener,
        _ if numbers::small(bare).is_some() => Word::Number,
        _ if numbers::ordinal(bare).is_some() => Word::Opener,
        _ if capital && holidays::begins(form) => Word::Opener,
        _ => Word::Other,
    }
}
