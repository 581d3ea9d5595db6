//! Events over time: a bar a day, week or month, as high as there are independent stories, in the colours of the groups.

use super::{GROUPS, escaped};
use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use std::fmt::Write;

/// How much time one bar covers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Step {
    Day,
    Week,
    Month,
}

impl Step {
    /// The finest that leaves bars wide enough to point at.
    pub(crate) fn fitting(first: Date, last: Date) -> Self {
        match first.until(last).map_or(0, |span| span.get_days()) {
            ..=130 => Self::Day,
            131..=900 => Self::Week,
            _ => Self::Month,
        }
    }

    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Day => "day",
            Self::Week => "week",
            Self::Month => "month",
        }
    }

    /// The first day of the time in which a day lies.
    pub(crate) fn begin(self, day: Date) -> Date {
        match self {
            Self::Day => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().since(Weekday::Monday)).days()),
            Self::Month => day.first_of_month(),
        }
    }

    /// The last day of the time that begins on a day.
    pub(crate) fn end(self, begin: Date) -> Date {
        match self {
            Self::Day => begin,
            Self::Week => begin.saturating_add(6.days()),
            Self::Month => begin.last_of_month(),
        }
    }
}

/// A bar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Bar {
    pub(crate) begin: Date,
    pub(crate) end: Date,
    /// Stories by group.
    pub(crate) stories: [i64; GROUPS.len()],
    /// Events by group.
    pub(crate) events: [i64; GROUPS.len()],
    /// Where they are listed.
    pub(crate) address: String,
}

const HEIGHT: f64 = 220.0;
const LEFT: f64 = 36.0;
const BELOW: f64 = 26.0;
const TOP: f64 = 10.0;

/// The picture of bars in order, without gaps.
pub(crate) fn timeline(bars: &[Bar], step: Step) -> String {
    let pitch = (960.0 / bars.len().max(1) as f64).clamp(7.0, 26.0);
    let width = LEFT + pitch * bars.len() as f64 + 8.0;
    let most = bars.iter().map(|bar| bar.stories.iter().sum::<i64>()).max().unwrap_or(0).max(1);
    let unit = (HEIGHT - BELOW - TOP) / most as f64;
    let ground = HEIGHT - BELOW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture timeline\" viewBox=\"0 0 {width:.0} {HEIGHT:.0}\" \
         width=\"{width:.0}\" height=\"{HEIGHT:.0}\" role=\"group\" aria-label=\"Independent stories by {}\" \
         font-family=\"system-ui, sans-serif\" font-size=\"11\">\n",
        step.word()
    );
    for mark in marks(most) {
        let y = ground - mark as f64 * unit;
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{width:.0}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#cccccc\"/>\
             <text class=\"scale\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555555\">{mark}</text>",
            LEFT - 5.0,
            y + 4.0
        );
    }
    let mut labelled = f64::MIN;
    for (number, bar) in bars.iter().enumerate() {
        let x = LEFT + pitch * number as f64;
        let fits = x - labelled > 74.0;
        let begins = match step {
            Step::Day => bar.begin.weekday() == Weekday::Monday || bars.len() < 14,
            Step::Week => bar.begin.day() <= 7,
            Step::Month => bar.begin.month() == 1 || bars.len() < 24,
        };
        if begins && fits {
            labelled = x;
            let _ = writeln!(
                svg,
                "<text class=\"scale\" x=\"{x:.1}\" y=\"{:.0}\" fill=\"#555555\">{}</text>",
                HEIGHT - 8.0,
                bar.begin
            );
        }
        if bar.stories.iter().all(|stories| *stories == 0) {
            continue;
        }
        let _ = write!(svg, "<a href=\"{}\"><title>{}</title>", escaped(&bar.address), escaped(&told(bar)));
        let mut y = ground;
        for ((name, colour, _), stories) in GROUPS.iter().zip(bar.stories) {
            let height = stories as f64 * unit;
            y -= height;
            if stories > 0 {
                let _ = write!(
                    svg,
                    "<rect class=\"{name}\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{:.1}\" height=\"{height:.1}\" fill=\"{colour}\"/>",
                    pitch - 2.0
                );
            }
        }
        svg.push_str("</a>\n");
    }
    svg.push_str("</svg>\n");
    svg
}

/// What a bar says.
fn told(bar: &Bar) -> String {
    let when = crate::shown::days(&bar.begin.to_string(), &bar.end.to_string());
    let parts: Vec<String> = GROUPS
        .iter()
        .zip(bar.events.iter().zip(&bar.stories))
        .filter(|(_, (events, _))| **events > 0)
        .map(|((name, _, _), (events, stories))| format!("{name}: {events} events in {stories} stories"))
        .collect();
    format!("{when}: {}", parts.join("; "))
}

/// A few round numbers up to the highest.
fn marks(most: i64) -> Vec<i64> {
    let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];
    let step = steps.into_iter().find(|step| most / step <= 5).unwrap_or(most.max(1));
    (1..).map(|number| number * step).take_while(|mark| *mark <= most).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn time_is_cut_by_how_long_it_is() {
        assert_eq!(Step::fitting(day("2018-03-01"), day("2018-04-20")), Step::Day);
        assert_eq!(Step::fitting(day("2018-03-01"), day("2019-04-20")), Step::Week);
        assert_eq!(Step::fitting(day("2018-03-01"), day("2028-04-20")), Step::Month);
        assert_eq!(Step::Week.begin(day("2018-03-11")), day("2018-03-05"));
        assert_eq!(Step::Month.end(day("2018-02-01")), day("2018-02-28"));
    }

    #[test]
    fn bars_are_drawn_and_say_what_they_are() {
        let bar = Bar {
            begin: day("2018-03-11"),
            end: day("2018-03-11"),
            stories: [3, 0, 1, 0],
            events: [2, 0, 1, 0],
            address: "/events?from=2018-03-11&to=2018-03-11".to_owned(),
        };
        let svg = timeline(&[bar], Step::Day);
        assert!(svg.contains("Sun 2018-03-11: force: 2 events in 3 stories; words: 1 events in 1 stories"), "{svg}");
        assert_eq!(svg.matches("<rect").count(), 2);
        assert!(svg.contains("&amp;to="));
        assert_eq!(marks(7), [2, 4, 6]);
    }
}
