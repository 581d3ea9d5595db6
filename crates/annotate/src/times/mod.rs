//! Time expressions with TIMEX3 values and the calendar days that they cover.
//!
//! [`find`] reads each sentence from left to right ([`rules`]), all relative expressions from the day of publication.
//! Spans follow TimeML: with article and modifiers, without preposition. Which event a time belongs to is left to the
//! coder.

pub(crate) mod calendar;
mod dates;
mod days;
mod lengths;
pub(crate) mod line;
mod rules;
#[cfg(test)]
mod tests;
mod units;

use calendar::Reading;
use document::{Syntax, Time, TokenSpan};
use jiff::civil::Date;
use line::Line;

/// Finds the time expressions of a report.
#[must_use]
pub fn find(syntax: &Syntax) -> Vec<Time> {
    let mut times = Vec::new();
    let mut line = Line::default();
    // "Two days later" counts from the last day named before it.
    let mut last_day: Option<Date> = None;
    let mut last_night = false;
    for sentence in &syntax.sentences.spans {
        line.read(syntax, *sentence);
        let mut at = 0;
        while at < line.len() {
            if !line.may_begin(at) {
                at += 1;
                continue;
            }
            let context = rules::Context {
                line: &line,
                syntax,
                first: sentence.start.index(),
                published: syntax.report.published,
                last_day,
                last_night,
            };
            let Some((start, end, reading)) = context.expression(at) else {
                at += 1;
                continue;
            };
            let Reading { kind, value, from, to, basis } = reading;
            if from.is_some() && from == to {
                last_day = from;
                last_night = is_night(&value);
            }
            let first = sentence.start.index();
            times.push(Time { span: TokenSpan::new(first + start, first + end), kind, value, from, to, basis });
            at = end.max(at + 1);
        }
    }
    times
}

/// Whether a value names an evening or a night: what comes "in the morning" after it comes on the next day.
fn is_night(value: &str) -> bool {
    let Some((_, part)) = value.split_once('T') else { return false };
    matches!(part, "NI" | "EV")
        || part.get(..2).and_then(|hour| hour.parse::<u32>().ok()).is_some_and(|hour| hour >= 18)
}
