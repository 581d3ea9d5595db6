//! The figures of one event in the order in which they were told: one row of dots a kind of toll, a dot a figure, a stroke
//! where the words leave a range, open where a later figure of the same speaker has taken its place.

use super::escaped;
use jiff::civil::Date;
use std::fmt::Write;

/// A figure.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Figure {
    /// The day on which it was told.
    pub(crate) told: Date,
    /// What is counted: `killed`, `wounded`, `missing`, `captured`, `displaced`, `arrested`.
    pub(crate) role: String,
    pub(crate) low: f64,
    pub(crate) best: f64,
    pub(crate) high: f64,
    /// Who gives it, and who published it.
    pub(crate) by: String,
    pub(crate) superseded: bool,
    /// Where its claim is shown.
    pub(crate) address: String,
}

/// Kinds of tolls with their colours, in the order in which they are drawn.
const ROLES: [(&str, &str); 6] = [
    ("killed", "#b2452f"),
    ("wounded", "#b98a1d"),
    ("missing", "#6a63b5"),
    ("captured", "#2f7d4f"),
    ("displaced", "#3a76a8"),
    ("arrested", "#7a6a5a"),
];

const WIDTH: f64 = 640.0;
const LEFT: f64 = 84.0;
const RIGHT: f64 = 24.0;
const ROW: f64 = 120.0;
const TOP: f64 = 16.0;
const BELOW: f64 = 28.0;

/// The picture; none where there are not two figures to compare.
pub(crate) fn tolls(figures: &[Figure]) -> Option<String> {
    let drawn: Vec<(&str, &str)> =
        ROLES.into_iter().filter(|(role, _)| figures.iter().any(|figure| figure.role == *role)).collect();
    let first = figures.iter().map(|figure| figure.told).min()?;
    let last = figures.iter().map(|figure| figure.told).max()?;
    if figures.len() < 2 || drawn.is_empty() {
        return None;
    }
    let height = TOP + ROW * drawn.len() as f64 + BELOW;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture tolls\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" \
         width=\"{WIDTH:.0}\" height=\"{height:.0}\" role=\"group\" aria-label=\"Figures by the day on which they were told\" \
         font-family=\"system-ui, sans-serif\" font-size=\"11\">\n"
    );
    let days = days_between(first, last).max(1.0);
    let across = |day: Date| LEFT + 14.0 + (WIDTH - LEFT - RIGHT - 28.0) * days_between(first, day) / days;
    for (number, (role, colour)) in drawn.into_iter().enumerate() {
        let ground = TOP + ROW * (number + 1) as f64 - 14.0;
        let own: Vec<&Figure> = figures.iter().filter(|figure| figure.role == role).collect();
        row(&mut svg, role, colour, ground, &own, across);
    }
    let base = height - 8.0;
    let mut label = |day: Date, anchor: &str| {
        let x = across(day);
        let _ = writeln!(
            svg,
            "<text class=\"scale\" x=\"{x:.1}\" y=\"{base:.0}\" text-anchor=\"{anchor}\" fill=\"#555555\">{} {day}</text>",
            day.strftime("%a")
        );
    };
    label(first, "start");
    if last != first {
        label(last, "end");
    }
    svg.push_str("</svg>\n");
    Some(svg)
}

fn days_between(first: Date, day: Date) -> f64 {
    first.until(day).map_or(0.0, |span| f64::from(span.get_days()))
}

/// The dots of one kind of toll, on a scale of their own that begins at nought.
fn row(svg: &mut String, role: &str, colour: &str, ground: f64, figures: &[&Figure], across: impl Fn(Date) -> f64) {
    let most = figures.iter().map(|figure| figure.high).fold(1.0, f64::max);
    let up = |value: f64| ground - (ROW - 34.0) * value / most;
    let _ = writeln!(svg, "<text class=\"name\" x=\"0\" y=\"{:.1}\" fill=\"#222222\">{role}</text>", ground + 4.0);
    for mark in [0.0, most] {
        let _ = writeln!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{WIDTH}\" y1=\"{y:.1}\" y2=\"{y:.1}\" stroke=\"#cccccc\"/>\
             <text class=\"scale\" x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" fill=\"#555555\">{mark}</text>",
            LEFT - 5.0,
            up(mark) + 4.0,
            y = up(mark)
        );
    }
    for (at, figure) in figures.iter().enumerate() {
        // What was told on one day stands side by side.
        let before = figures[..at].iter().filter(|other| other.told == figure.told).count();
        let same = figures.iter().filter(|other| other.told == figure.told).count();
        let x = across(figure.told) + (before as f64 - (same - 1) as f64 / 2.0) * (28.0 / same as f64).min(11.0);
        let (low, best, high) = (up(figure.low), up(figure.best), up(figure.high));
        let fill = if figure.superseded { "none" } else { colour };
        let open = if figure.superseded { " open" } else { "" };
        let _ = write!(svg, "<a href=\"{}\"><title>{}</title>", escaped(&figure.address), escaped(&told(figure)));
        if low - high > 0.5 {
            let _ = write!(
                svg,
                "<line class=\"range {role}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{low:.1}\" y2=\"{high:.1}\" \
                 stroke=\"{colour}\" stroke-width=\"2\"/>"
            );
        }
        let _ = writeln!(
            svg,
            "<circle class=\"{role}{open}\" cx=\"{x:.1}\" cy=\"{best:.1}\" r=\"4.5\" fill=\"{fill}\" stroke=\"{colour}\" \
             stroke-width=\"1.5\"/></a>"
        );
    }
}

/// What a dot says.
fn told(figure: &Figure) -> String {
    let Figure { told, role, low, best, high, by, superseded, .. } = figure;
    let range = if low == high { String::new() } else { format!(" ({low} to {high})") };
    let later = if *superseded { "; superseded" } else { "" };
    format!("{} {told}: {best} {role}{range}, {by}{later}", told.strftime("%a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn figure(told: &str, role: &str, best: f64) -> Figure {
        Figure {
            told: told.parse().unwrap(),
            role: role.to_owned(),
            low: best,
            best,
            high: best,
            by: "the army <spokesman>, A & B".to_owned(),
            superseded: false,
            address: "/claims/c1?a=1&b=2".to_owned(),
        }
    }

    #[test]
    fn one_figure_is_no_picture() {
        assert_eq!(tolls(&[]), None);
        assert_eq!(tolls(&[figure("2018-03-11", "killed", 4.0)]), None);
    }

    #[test]
    fn figures_are_dots_that_say_who_gives_them() {
        let range = Figure { low: 4.0, high: 20.0, superseded: true, ..figure("2018-03-12", "killed", 11.0) };
        let svg = tolls(&[figure("2018-03-11", "killed", 4.0), range, figure("2018-03-12", "wounded", 9.0)]).unwrap();
        assert_eq!((svg.matches("<circle").count(), svg.matches("class=\"range").count()), (3, 1));
        assert!(svg.contains("Mon 2018-03-12: 11 killed (4 to 20), the army &lt;spokesman&gt;, A &amp; B; superseded"));
        assert!(svg.contains("fill=\"none\"") && svg.contains("a=1&amp;b=2"));
    }
}
