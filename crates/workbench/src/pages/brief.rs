//! The brief: what is new, each line with its chain.

use super::{Frame, Narrowing, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::{counted, weekday, with_weekdays};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use ledger::brief::{Brief, Source};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "brief.html")]
struct BriefPage {
    frame: Frame,
    narrowing: Narrowing,
    counts: String,
    /// Heading with its anchor, note, lines, and what was left out.
    parts: Vec<Part>,
}

struct Part {
    anchor: String,
    heading: &'static str,
    note: &'static str,
    lines: Vec<Line>,
    more: usize,
}

struct Line {
    text: String,
    event: Option<String>,
    sources: Vec<Whence>,
}

struct Whence {
    speaker: Option<String>,
    outlet: String,
    day: String,
    address: String,
    words: String,
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let (filter, as_of) = (asked.filter.clone(), asked.as_of);
    let brief = workbench.store.ask(as_of, move |ledger| ledger.brief(filter.since, as_of, &filter)).await?;
    let title = format!("Brief of {}", weekday(&brief.today.to_string()));
    let page = BriefPage {
        frame: Frame::new(&workbench, visitor, title, "/", &asked),
        narrowing: Narrowing::new("/", &asked),
        counts: counts(&brief),
        parts: brief.sections.into_iter().map(part).collect(),
    };
    render(&page)
}

fn counts(brief: &Brief) -> String {
    let counts = brief.counts;
    format!(
        "Since {}: {} from {}, which are {}; {} vouch for {}.",
        weekday(&brief.since.to_string()),
        counted(counts.reports, "report", "reports"),
        counted(counts.outlets, "outlet", "outlets"),
        counted(counts.stories, "story", "stories"),
        counted(counts.origins, "origin", "origins"),
        counted(counts.events, "event", "events"),
    )
}

fn part(section: ledger::brief::Section) -> Part {
    let anchor = section.heading.to_lowercase().replace(|char: char| !char.is_ascii_alphanumeric(), "-");
    let lines = section.lines.into_iter().map(|line| Line {
        text: with_weekdays(&line.text),
        event: line.event,
        sources: line.sources.into_iter().map(whence).collect(),
    });
    Part {
        anchor,
        heading: section.heading,
        note: section.note.unwrap_or_default(),
        lines: lines.collect(),
        more: section.more,
    }
}

fn whence(source: Source) -> Whence {
    Whence {
        speaker: source.speaker,
        outlet: source.outlet.unwrap_or_else(|| "outlet not stated".to_owned()),
        day: weekday(&source.available),
        address: format!("/reports/{}?claim={}#at-{}", source.report, source.claim, source.claim),
        words: source.words,
    }
}
