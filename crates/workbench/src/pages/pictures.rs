//! The timeline and the map, each with a table of the same, and as a file to keep.

use super::{Frame, Narrowing, Page, render};
use crate::drawing::{Bar, GROUPS, Held, Spot, Step, apart, group, map, timeline};
use crate::problem::Problem;
use crate::query::{Asked, Pairs, encoded};
use crate::safety::Visitor;
use crate::shown::{days, joined, rows};
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Bars of a timeline, at most: a hundred years in months.
const MOST: usize = 1200;

type Counts = [i64; GROUPS.len()];

#[derive(Template)]
#[template(path = "timeline.html")]
struct TimelinePage {
    frame: Frame,
    narrowing: Narrowing,
    picture: String,
    step: &'static str,
    groups: Vec<&'static str>,
    rows: Vec<TableRow>,
    /// Events without a day of their own.
    undated: i64,
}

impl TimelinePage {
    /// Where the picture is kept as a file.
    fn file(&self) -> String {
        format!("/timeline.svg{}", self.narrowing.asked.narrowed())
    }
}

/// A row of the table beside a picture: what, where it is listed, events and stories by group.
struct TableRow {
    name: String,
    address: String,
    counts: Vec<(i64, i64)>,
}

impl TableRow {
    fn new(name: String, address: String, events: &Counts, stories: &Counts) -> Self {
        Self { name, address, counts: events.iter().copied().zip(stories.iter().copied()).collect() }
    }
}

struct Timeline {
    bars: Vec<Bar>,
    step: Step,
    undated: i64,
}

async fn load_timeline(workbench: &Workbench, asked: &Asked) -> Result<Timeline, Problem> {
    let filter = asked.filter.clone();
    let answer = workbench.store.ask(asked.as_of, move |ledger| ledger.events_by_day(&filter)).await?;
    let mut undated = 0;
    let mut days: BTreeMap<Date, (Counts, Counts)> = BTreeMap::new();
    for row in rows(&answer) {
        let (events, stories, group) = (row.number("events"), row.number("stories"), group(&row.text("category")));
        match row.text("day").parse::<Date>() {
            Ok(day) => {
                let (all_events, all_stories) = days.entry(day).or_default();
                all_events[group] += events;
                all_stories[group] += stories;
            }
            Err(_) => undated += events,
        }
    }
    let step = match (days.keys().next(), days.keys().next_back()) {
        (Some(first), Some(last)) => Step::fitting(*first, *last),
        _ => Step::Day,
    };
    let mut sums: BTreeMap<Date, (Counts, Counts)> = BTreeMap::new();
    for (day, (events, stories)) in &days {
        let sum = sums.entry(step.begin(*day)).or_default();
        sum.0.iter_mut().zip(events).for_each(|(sum, events)| *sum += events);
        sum.1.iter_mut().zip(stories).for_each(|(sum, stories)| *sum += stories);
    }
    let others: String = asked
        .conditions()
        .filter(|(name, _)| !matches!(name.as_str(), "from" | "to"))
        .map(|(name, value)| format!("&{}={}", encoded(name), encoded(value)))
        .collect();
    let mut bars = Vec::new();
    let mut next = sums.keys().next().copied();
    let last = sums.keys().next_back().copied();
    while let (Some(begin), Some(last)) = (next, last)
        && begin <= last
        && bars.len() < MOST
    {
        let end = step.end(begin);
        let (events, stories) = sums.get(&begin).copied().unwrap_or_default();
        bars.push(Bar { begin, end, events, stories, address: format!("/events?from={begin}&to={end}{others}") });
        next = end.checked_add(1.day()).ok();
    }
    Ok(Timeline { bars, step, undated })
}

pub(super) async fn timeline_page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let Timeline { bars, step, undated } = load_timeline(&workbench, &asked).await?;
    let row = |bar: &Bar| {
        let name = days(&bar.begin.to_string(), &bar.end.to_string());
        TableRow::new(name, bar.address.clone(), &bar.events, &bar.stories)
    };
    let page = TimelinePage {
        frame: Frame::new(&workbench, visitor, "Timeline", "/timeline", &asked),
        narrowing: Narrowing::new("/timeline", &asked),
        picture: if bars.is_empty() { String::new() } else { timeline(&bars, step) },
        step: step.word(),
        groups: GROUPS.map(|(name, _, _)| name).into(),
        rows: bars.iter().filter(|bar| bar.events.iter().any(|events| *events > 0)).map(row).collect(),
        undated,
    };
    render(&page)
}

pub(super) async fn timeline_file(State(workbench): State<Arc<Workbench>>, pairs: Pairs) -> Page {
    let Timeline { bars, step, .. } = load_timeline(&workbench, &pairs.asked(&[])?).await?;
    Ok(file("timeline.svg", timeline(&bars, step)))
}

/// A picture to keep.
pub(super) fn file(name: &str, svg: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "image/svg+xml".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    (headers, svg).into_response()
}

#[derive(Template)]
#[template(path = "map.html")]
struct MapPage {
    frame: Frame,
    narrowing: Narrowing,
    picture: String,
    groups: Vec<&'static str>,
    rows: Vec<TableRow>,
    held: Vec<Held>,
    /// Places outside the picture: name, and where their events are listed.
    far: Vec<(String, String)>,
}

impl MapPage {
    /// Where the picture is kept as a file.
    fn file(&self) -> String {
        format!("/map.svg{}", self.narrowing.asked.narrowed())
    }
}

async fn load_map(workbench: &Workbench, asked: &Asked) -> Result<(Vec<Spot>, Vec<Held>), Problem> {
    let (filter, as_of) = (asked.filter.clone(), asked.as_of);
    let (answer, control, today) = workbench
        .store
        .ask(as_of, move |ledger| {
            // An empty ledger has no day; its map is empty.
            let today = as_of.or_else(|| ledger.today().ok());
            Ok((ledger.events_by_place(&filter)?, ledger.control(&filter)?, today))
        })
        .await?;
    let mut spots: BTreeMap<(String, String), Spot> = BTreeMap::new();
    for row in rows(&answer) {
        let (Some(lat), Some(lon)) = (row.real("lat"), row.real("lon")) else { continue };
        let (place, country) = (row.text("place"), row.text("country"));
        let key = (joined(&[&place, &country], ", "), format!("{lat} {lon}"));
        let spot = spots.entry(key).or_insert_with(|| {
            let others = asked.conditions().filter(|(name, _)| !matches!(name.as_str(), "box" | "place"));
            let others: String = others.map(|(name, value)| format!("&{}={}", encoded(name), encoded(value))).collect();
            Spot {
                name: place,
                lat,
                lon,
                precision: row.text("precision"),
                stories: Counts::default(),
                events: Counts::default(),
                address: format!("/events?box={lat},{lon},{lat},{lon}{others}"),
            }
        });
        let group = group(&row.text("category"));
        spot.events[group] += row.number("events");
        spot.stories[group] += row.number("stories");
    }
    let held = control.iter().filter_map(|control| {
        let holder = control.holder(today?)?;
        let known = spots.iter().find(|((name, _), _)| {
            *name == joined(&[&control.place, control.country.as_deref().unwrap_or_default()], ", ")
        });
        let (_, spot) = known?;
        Some(Held {
            name: control.place.clone(),
            lat: spot.lat,
            lon: spot.lon,
            holder: if holder.side.name.is_empty() { "nobody known".to_owned() } else { holder.side.name },
            expired: holder.expired,
            disputed: holder.disputed,
        })
    });
    let held = held.collect();
    Ok((spots.into_values().collect(), held))
}

pub(super) async fn map_page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let (spots, held) = load_map(&workbench, &asked).await?;
    let mut ordered: Vec<&Spot> = spots.iter().collect();
    ordered.sort_by_key(|spot| std::cmp::Reverse(spot.total()));
    let (near, far) = apart(spots.clone());
    let row = |spot: &&Spot| TableRow::new(spot.name.clone(), spot.address.clone(), &spot.events, &spot.stories);
    let page = MapPage {
        frame: Frame::new(&workbench, visitor, "Map", "/map", &asked),
        narrowing: Narrowing::new("/map", &asked),
        picture: if near.is_empty() { String::new() } else { map(&near, &held) },
        groups: GROUPS.map(|(name, _, _)| name).into(),
        rows: ordered.iter().map(row).collect(),
        held,
        far: far.into_iter().map(|spot| (spot.name, spot.address)).collect(),
    };
    render(&page)
}

pub(super) async fn map_file(State(workbench): State<Arc<Workbench>>, pairs: Pairs) -> Page {
    let (spots, held) = load_map(&workbench, &pairs.asked(&[])?).await?;
    Ok(file("map.svg", map(&apart(spots).0, &held)))
}
