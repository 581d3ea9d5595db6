//! Time expressions with TIMEX3 values and the calendar days that they cover.
//!
//! [`find`] reads each sentence from left to right ([`rules`]), relative expressions from the day of publication or from
//! what the narrative has named before ([`thread`]). Types and values are those of TIMEX3 (TimeML annotation guidelines
//! 1.2.1), which writes points and lengths after ISO 8601.
//! Spans follow TimeML: with article and modifiers, without preposition. Which event a time belongs to is left to the
//! coder.

pub(crate) mod calendar;
mod dates;
mod days;
mod holidays;
mod lengths;
pub(crate) mod line;
mod periods;
mod rules;
#[cfg(test)]
mod tests;
mod thread;
mod units;

use calendar::Reading;
use document::{Syntax, Time, TokenSpan};
use line::Line;
use thread::Thread;

/// Finds the time expressions of a report.
#[must_use]
pub fn find(syntax: &Syntax) -> Vec<Time> {
    let mut times = Vec::new();
    let mut line = Line::default();
    let mut thread = Thread::default();
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
                thread,
            };
            let Some((start, end, reading)) = context.expression(at) else {
                at += 1;
                continue;
            };
            let day = reading.from.is_some() && reading.from == reading.to;
            if thread.day.is_none() || !day || syntax.parse.is_empty() || !context.names(start, end) {
                thread.follow(&reading, syntax.report.published, context.says(start));
            }
            let Reading { kind, value, from, to, basis } = reading;
            let first = sentence.start.index();
            times.push(Time { span: TokenSpan::new(first + start, first + end), kind, value, from, to, basis });
            at = end.max(at + 1);
        }
    }
    times
}
