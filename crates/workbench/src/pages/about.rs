//! How reliable all this is: the measured error rates of every layer, read from `SCORES.md` when the program is built, so
//! that what the page says is what was measured last.

use super::{Frame, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::weekday;
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use std::sync::Arc;

const SCORES: &str = include_str!("../../../../SCORES.md");

/// What a figure means: task, name of the figure, and how often it is wrong in 100 times, in words. `#` is that number.
const MEANINGS: &str = include_str!("about.txt");

#[derive(Template)]
#[template(path = "about.html")]
struct AboutPage {
    frame: Frame,
    /// The day on which it was measured.
    measured: String,
    layers: Vec<Layer>,
}

/// What one layer was measured on.
struct Layer {
    task: &'static str,
    heading: &'static str,
    tests: Vec<Measured>,
}

/// A test of a layer.
struct Measured {
    data: &'static str,
    about: &'static str,
    errors: Vec<String>,
    figures: &'static str,
}

/// The rows of the table of scores: task, data, figures.
fn scores() -> impl Iterator<Item = [&'static str; 3]> {
    SCORES.lines().filter_map(|line| {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        <[&str; 3]>::try_from(cells).ok().filter(|[task, ..]| *task != "task" && !task.starts_with('-'))
    })
}

/// A line of the meanings: its kind, and what stands under it.
fn meanings(kind: &'static str) -> impl Iterator<Item = [&'static str; 3]> {
    MEANINGS.lines().filter_map(move |line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let [own, rest @ ..] = cells.as_slice() else { return None };
        (*own == kind).then(|| <[&str; 3]>::try_from(rest).ok()).flatten()
    })
}

/// How many of 100 are wrong, by a figure that says what share is right, or, named with `error` before it, what is wrong.
fn wrong(figures: &str, name: &str) -> Option<String> {
    let (name, is_error) = name.strip_prefix("error ").map_or((name, false), |name| (name, true));
    let own = figures.split(", ").find_map(|figure| figure.strip_prefix(name)?.strip_prefix(' '))?;
    let number: f64 = own.split([' ', ',']).next()?.parse().ok()?;
    // Some scorers give shares, others percentages; no share of ours is as low as one per cent.
    let share = if number <= 1.0 { 100.0 * number } else { number };
    let wrong = if is_error { share } else { 100.0 - share };
    Some(if wrong < 1.0 { "less than 1".to_owned() } else { format!("{wrong:.0}") })
}

fn layers() -> Vec<Layer> {
    // In the order in which the data stands among the meanings: what says most comes first.
    let order = |data: &str| meanings("data").position(|[name, ..]| name == data);
    let tests = |task: &str| {
        let mut own: Vec<[&str; 3]> = scores().filter(|[other, ..]| *other == task).collect();
        own.sort_by_key(|[_, data, _]| order(data));
        own.into_iter()
            .map(|[task, data, figures]| Measured {
                data,
                about: meanings("data").find(|[name, ..]| *name == data).map_or("", |[_, about, _]| about),
                errors: meanings("error")
                    .filter(|[other, ..]| *other == task)
                    .filter_map(|[_, name, words]| Some(words.replace('#', &wrong(figures, name)?)))
                    .collect(),
                figures,
            })
            .collect()
    };
    meanings("layer").map(|[task, heading, _]| Layer { task, heading, tests: tests(task) }).collect()
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let page = AboutPage {
        frame: Frame::new(&workbench, visitor, "How reliable this is", "/about", &asked),
        measured: weekday(SCORES.split("` on ").nth(1).and_then(|rest| rest.get(..10)).unwrap_or_default()),
        layers: layers(),
    };
    render(&page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_score_is_put_into_words() {
        let layers = layers();
        for [task, data, figures] in scores() {
            let layer = layers.iter().find(|layer| layer.task == task);
            assert!(layer.is_some(), "about.txt has no layer {task}");
            let test = layer.and_then(|layer| layer.tests.iter().find(|test| test.data == data));
            assert!(test.is_some_and(|test| !test.errors.is_empty()), "about.txt has no words for {task}: {figures}");
            assert!(test.is_some_and(|test| !test.about.is_empty()), "about.txt does not say what {data} is");
        }
    }

    #[test]
    fn shares_and_percentages_are_told_apart() {
        let figures = "claim F1 0.532, precision 0.614, UAS 88.83, copies F1 0.9971";
        assert_eq!(wrong(figures, "precision").as_deref(), Some("39"));
        assert_eq!(wrong(figures, "UAS").as_deref(), Some("11"));
        assert_eq!(wrong(figures, "copies F1").as_deref(), Some("less than 1"));
        assert_eq!(wrong(figures, "error precision").as_deref(), Some("61"));
        assert_eq!(wrong(figures, "F1"), None);
    }
}
