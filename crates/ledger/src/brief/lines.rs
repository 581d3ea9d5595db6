//! The parts of a brief and their lines.

use super::{Line, MOST, Section};
use crate::dossiers::{Ceasefire, Commitment, Control, Entry, LASTS, Side, Standing, Talks};
use crate::error::Result;
use crate::files::Ledger;
use crate::questions::{Answer, Conditions, Filter, Value};
use jiff::ToSpan;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Claims of a chain that are shown.
const SHOWN: usize = 3;

/// Days for which a brief recalls what is overdue.
const RECALLED: i32 = 365;

/// Categories of force, of steps towards each other, and of words.
const FORCE: &[&str] = &["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"];
const STEPS: &[&str] = &["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"];
const WORDS: &[&str] = &["REQUEST", "ACCUSE", "REJECT", "THREATEN"];

pub(super) fn sections(ledger: &Ledger, since: Date, today: Date, filter: &Filter) -> Result<Vec<Section>> {
    let whole = filter.whole();
    let since_day = since.to_string();
    let news = Filter { since: Some(since), ..whole.clone() };
    let events = ledger.events(&news)?;
    let part = |heading, categories: &[&str]| new_events(ledger, heading, &events, categories, &since_day);
    let mut sections = vec![
        part("Violence, force and protest", FORCE)?,
        part("Talks, agreements and steps towards each other", STEPS)?,
        part("Demands, accusations, refusals and threats", WORDS)?,
        retold(ledger, &events, &since_day)?,
        disputed(ledger, &events)?,
        talks(ledger, &ledger.talks_since(since, &whole)?, &since_day)?,
        ceasefires(ledger, &ledger.ceasefires(&whole)?, &since_day, today)?,
    ];
    let due = since.saturating_sub(RECALLED.days());
    sections.extend(commitments(ledger, &ledger.commitments_since(since, due, &whole)?, &since_day, due, today)?);
    let lasting = since.saturating_sub(LASTS.days());
    sections.push(control(ledger, &ledger.control_since(lasting, &whole)?, today)?);
    sections.push(sums(ledger, &events, &since_day)?);
    sections.push(coverage(ledger, &news)?);
    sections.retain(|section| !section.lines.is_empty());
    for section in &mut sections {
        section.more += section.lines.len().saturating_sub(MOST);
        section.lines.truncate(MOST);
    }
    Ok(sections)
}

fn section(heading: &'static str, note: Option<&'static str>, lines: Vec<Line>) -> Section {
    Section { heading, note, lines, more: 0 }
}

fn text<'a>(answer: &Answer, row: &'a [Value], column: &str) -> &'a str {
    answer.get(row, column).as_text().unwrap_or_default()
}

fn number(answer: &Answer, row: &[Value], column: &str) -> i64 {
    if let Value::Integer(number) = answer.get(row, column) { *number } else { 0 }
}

/// The claims of an event that counts, those that vouch for it first.
fn tellings(ledger: &Ledger, event: &str) -> Result<Vec<Entry>> {
    let mut conditions = Conditions::default();
    conditions.and("claims.event_number = (SELECT number FROM event WHERE id = ?)", event);
    let mut entries = ledger.entries(&conditions)?;
    entries.sort_by_key(|entry| (entry.status == "negated", entry.background, entry.available.clone()));
    Ok(entries)
}

/// "2018-03-10", "2018-03", "from … to …", or nothing.
fn days(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => "day not stated".to_owned(),
        (from, to) if from == to || to.is_empty() => from.to_owned(),
        ("", to) => format!("until {to}"),
        (from, to) => format!("{from} to {to}"),
    }
}

fn event_line(ledger: &Ledger, answer: &Answer, row: &[Value]) -> Result<Line> {
    let get = |column| text(answer, row, column);
    let count = |column| number(answer, row, column);
    let mut line = days(get("from"), get("to"));
    let place = [get("place"), get("country")];
    let place: Vec<&str> = place.into_iter().filter(|part| !part.is_empty()).collect();
    if !place.is_empty() {
        let _ = write!(line, ", {}", place.join(", "));
    }
    let _ = write!(line, ": {}", get("category"));
    if !get("modes").is_empty() {
        let _ = write!(line, " ({})", get("modes"));
    }
    let parts = [get("actors"), get("told"), get("recipients")];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let _ = write!(line, ": {}", parts.join(" · "));
    let event = get("event");
    let told = tellings(ledger, event)?;
    let figures = figures(ledger, event)?;
    if !figures.is_empty() {
        let _ = write!(line, "; {figures}");
    }
    if get("status") != "occurred" {
        let _ = write!(line, " [{}]", get("status"));
    }
    if count("disputed") == 1 {
        line.push_str(" [disputed]");
    }
    let _ = write!(
        line,
        " ({} reports, {} outlets, {} stories, {} origins)",
        count("reports"),
        count("outlets"),
        count("stories"),
        count("origins")
    );
    let sources = ledger.sources(&told.iter().collect::<Vec<_>>(), SHOWN)?;
    Ok(Line { text: line, event: Some(event.to_owned()), sources })
}

/// "killed 9 rebels (the army), 11 (the governor; the hospital)": the latest figure of each speaker, side by side; those who
/// give the same figure stand together.
fn figures(ledger: &Ledger, event: &str) -> Result<String> {
    let tolls = ledger.tolls_of(event)?;
    let mut roles: BTreeMap<&str, Vec<(String, Vec<&str>)>> = BTreeMap::new();
    for row in tolls.rows.iter().filter(|row| number(&tolls, row, "superseded") == 0) {
        let figure = figure(&tolls, row);
        let figures = roles.entry(text(&tolls, row, "role")).or_default();
        let at = figures.iter().position(|(known, _)| *known == figure).unwrap_or(figures.len());
        if at == figures.len() {
            figures.push((figure, Vec::new()));
        }
        let speaker = text(&tolls, row, "speaker");
        if let Some((_, speakers)) = figures.get_mut(at).filter(|(_, speakers)| !speakers.contains(&speaker)) {
            speakers.push(speaker);
        }
    }
    let told = |(figure, speakers): &(String, Vec<&str>)| format!("{figure} ({})", speakers.join("; "));
    let roles = roles.iter().map(|(role, figures)| {
        let figures: Vec<String> = figures.iter().map(told).collect();
        format!("{role} {}", figures.join(", "))
    });
    Ok(roles.collect::<Vec<_>>().join("; "))
}

/// A number with what it counts, where that says more than that they are people; in the words of the text where it is no
/// plain number.
fn figure(tolls: &Answer, row: &[Value]) -> String {
    let best = tolls.get(row, "best");
    let plain = best == tolls.get(row, "low") && best == tolls.get(row, "high");
    let number = match best {
        Value::Real(best) if plain && best.fract() == 0.0 => format!("{best:.0}"),
        _ => text(tolls, row, "text").to_owned(),
    };
    match text(tolls, row, "counts") {
        "" | "people" | "persons" | "person" | "deaths" | "dead" | "victims" | "them" => number,
        counts => format!("{number} {counts}"),
    }
}

fn is_news(answer: &Answer, row: &[Value]) -> bool {
    matches!(text(answer, row, "status"), "occurred" | "ongoing" | "attempted")
        && text(answer, row, "granularity") == "single"
}

/// A part with one line an event, as many as are shown; the rest is counted and not looked up.
fn of_events(ledger: &Ledger, heading: &'static str, events: &Answer, rows: &[&Vec<Value>]) -> Result<Section> {
    let lines = rows.iter().take(MOST).map(|row| event_line(ledger, events, row)).collect::<Result<_>>()?;
    Ok(Section { more: rows.len().saturating_sub(MOST), ..section(heading, None, lines) })
}

/// Events first told since the day, those of most stories first.
fn new_events(
    ledger: &Ledger,
    heading: &'static str,
    events: &Answer,
    categories: &[&str],
    since: &str,
) -> Result<Section> {
    let mut rows: Vec<&Vec<Value>> = events
        .rows
        .iter()
        .filter(|row| {
            categories.contains(&text(events, row, "category"))
                && text(events, row, "first told") >= since
                && is_news(events, row)
        })
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse((number(events, row, "stories"), number(events, row, "origins"))));
    of_events(ledger, heading, events, &rows)
}

/// Older events of which something was told again.
fn retold(ledger: &Ledger, events: &Answer, since: &str) -> Result<Section> {
    let rows: Vec<&Vec<Value>> = events
        .rows
        .iter()
        .filter(|row| text(events, row, "first told") < since && is_news(events, row))
        .filter(|row| number(events, row, "stories") > 1)
        .collect();
    of_events(ledger, "Older events told again", events, &rows)
}

/// Events with figures that differ between speakers, or of which somebody says that they did not happen.
fn disputed(ledger: &Ledger, events: &Answer) -> Result<Section> {
    let mut lines = Vec::new();
    for row in &events.rows {
        let event = text(events, row, "event");
        let denied = number(events, row, "disputed") == 1;
        if !denied && number(events, row, "origins") < 2 {
            continue;
        }
        let tolls = ledger.tolls_of(event)?;
        let mut roles: BTreeMap<&str, Vec<(&str, String)>> = BTreeMap::new();
        for toll in tolls.rows.iter().filter(|toll| number(&tolls, toll, "superseded") == 0) {
            let best = format!("{:?}", tolls.get(toll, "best"));
            roles.entry(text(&tolls, toll, "role")).or_default().push((text(&tolls, toll, "speaker"), best));
        }
        let differ = roles.values().any(|figures| {
            figures.iter().any(|(speaker, best)| figures.iter().any(|(other, value)| other != speaker && value != best))
        });
        if denied || differ {
            lines.push(event_line(ledger, events, row)?);
        }
    }
    Ok(section("Disputed", Some("Figures that differ stand side by side; none is averaged."), lines))
}

fn names(sides: &[Side]) -> String {
    sides.iter().map(|side| side.name.as_str()).collect::<Vec<_>>().join(", ")
}

fn talks(ledger: &Ledger, all: &[Talks], since: &str) -> Result<Section> {
    let mut lines = Vec::new();
    for talks in all {
        for round in &talks.rounds {
            let told: Vec<&Entry> = round.tellings.iter().filter(|entry| entry.available.as_str() >= since).collect();
            if told.is_empty() || round.tellings.iter().all(|entry| entry.background) {
                continue;
            }
            let mut sides: Vec<Side> = round.tellings.iter().flat_map(Entry::sides).collect();
            sides.sort();
            sides.dedup();
            let mut line = format!(
                "{}: {}",
                days(round.from.as_deref().unwrap_or_default(), round.to.as_deref().unwrap_or_default()),
                names(&sides)
            );
            if let Some(venue) = &round.venue {
                let _ = write!(line, " in {}", venue.name);
            }
            for detail in [&round.format, &round.outcome].into_iter().flatten() {
                let _ = write!(line, ", {detail}");
            }
            if round.status != "occurred" {
                let _ = write!(line, " [{}]", round.status);
            }
            lines.push(Line { text: line, event: None, sources: ledger.sources(&told, SHOWN)? });
        }
    }
    Ok(section("Who met whom", None, lines))
}

fn ceasefires(ledger: &Ledger, all: &[Ceasefire], since: &str, today: Date) -> Result<Section> {
    let mut lines = Vec::new();
    for ceasefire in
        all.iter().filter(|ceasefire| ceasefire.steps.iter().any(|step| step.entry.available.as_str() >= since))
    {
        let states = ceasefire.states(today);
        let states: Vec<String> =
            states.iter().map(|(side, state)| format!("{}: {}", side.name, state.join(", "))).collect();
        let latest: Vec<&Entry> = ceasefire.steps.iter().rev().map(|step| &step.entry).collect();
        let text = format!("Ceasefire of {}: {}", names(&ceasefire.sides), states.join("; "));
        lines.push(Line { text, event: None, sources: ledger.sources(&latest, SHOWN)? });
        for step in ceasefire.steps.iter().filter(|step| step.entry.available.as_str() >= since) {
            let mut text = format!("{}: {}", step.day, step.phase);
            if !step.sides.is_empty() {
                let _ = write!(text, ", {}", names(&step.sides));
            }
            if let Some(until) = &step.until {
                let _ = write!(text, ", until {until}");
            }
            lines.push(Line { text, event: None, sources: ledger.sources(&[&step.entry], SHOWN)? });
        }
    }
    Ok(section(
        "Ceasefires and breaches",
        Some("A breach is alleged until somebody with another stake confirms it."),
        lines,
    ))
}

fn commitments(ledger: &Ledger, all: &[Commitment], since: &str, recalled: Date, today: Date) -> Result<Vec<Section>> {
    let recalled = recalled.to_string();
    let mut parts: BTreeMap<Standing, Vec<Line>> = BTreeMap::new();
    for commitment in all {
        let standing = commitment.standing(today);
        let shows = commitment.shows(today);
        let told = |entry: &Entry| entry.available.as_str() >= since;
        let lasting = matches!(standing, Standing::Open | Standing::Overdue)
            && commitment.due.as_ref().is_some_and(|due| *due > recalled);
        if !lasting && !shows.is_some_and(told) && !commitment.tellings.iter().any(told) {
            continue;
        }
        let mut text = names(&commitment.by);
        if !commitment.to.is_empty() {
            let _ = write!(text, " to {}", names(&commitment.to));
        }
        let _ = write!(text, ": {}", commitment.what);
        if let Some(category) = &commitment.category {
            let _ = write!(text, " [{category}]");
        }
        let _ = write!(text, ", made {}", commitment.made);
        if let Some(due) = &commitment.due {
            let _ = write!(text, ", due {due}");
        }
        if let Some(shows) = shows {
            let _ = write!(text, "; {} {}", standing.as_str(), shows.day());
        }
        let chain: Vec<&Entry> = shows.into_iter().chain(&commitment.tellings).collect();
        parts.entry(standing).or_default().push(Line { text, event: None, sources: ledger.sources(&chain, SHOWN)? });
    }
    let heading = |standing| match standing {
        Standing::Open => "Commitments made and due",
        Standing::Overdue => "Commitments overdue for up to a year",
        Standing::Kept => "Commitments kept",
        Standing::Late => "Commitments kept late",
        Standing::Broken => "Commitments broken",
    };
    Ok(parts.into_iter().map(|(standing, lines)| section(heading(standing), None, lines)).collect())
}

fn control(ledger: &Ledger, all: &[Control], today: Date) -> Result<Section> {
    let mut lines = Vec::new();
    for control in all {
        let Some(holder) = control.holder(today) else { continue };
        let mut text = control.place.clone();
        if let Some(country) = &control.country {
            let _ = write!(text, ", {country}");
        }
        let _ = match (holder.side.is_known(), holder.expired) {
            (_, true) => write!(text, ": no recent evidence (last {})", holder.last),
            (true, _) => write!(text, ": {}", holder.side.name),
            (false, _) => write!(text, ": no known holder"),
        };
        if let Some(since) = holder.since.as_ref().filter(|_| !holder.expired) {
            let _ = write!(text, " since {since}");
        }
        if holder.disputed {
            text.push_str(" [disputed]");
        }
        if !holder.expired {
            let _ = write!(text, ", last evidence {}", holder.last);
        }
        let chain: Vec<&Entry> = control.holds.iter().rev().map(|hold| &hold.entry).collect();
        lines.push(Line { text, event: None, sources: ledger.sources(&chain, SHOWN)? });
    }
    Ok(section(
        "Control",
        Some(
            "Evidence of control lasts thirty days. Places without any that recent when the brief begins are left out.",
        ),
        lines,
    ))
}

/// Sums and campaigns, which are never added to single events.
fn sums(ledger: &Ledger, events: &Answer, since: &str) -> Result<Section> {
    let is_sum = |row: &&Vec<Value>| {
        matches!(text(events, row, "granularity"), "aggregate" | "campaign") && text(events, row, "first told") >= since
    };
    let lines = events.rows.iter().filter(is_sum).map(|row| event_line(ledger, events, row)).collect::<Result<_>>()?;
    Ok(section("Sums and campaigns", Some("These cover many events and are added to no count."), lines))
}

fn coverage(ledger: &Ledger, news: &Filter) -> Result<Section> {
    let outlets = ledger.coverage(&Filter { since: news.since, ..Filter::default() })?;
    let line = |row: &Vec<Value>| {
        let outlet = text(&outlets, row, "outlet");
        let text = format!(
            "{}: {} reports on {} days, {} to {}",
            if outlet.is_empty() { "outlet not stated" } else { outlet },
            number(&outlets, row, "reports"),
            number(&outlets, row, "days read"),
            text(&outlets, row, "first"),
            text(&outlets, row, "last"),
        );
        Line { text, ..Line::default() }
    };
    Ok(section(
        "What was read",
        Some("Silence of what was not read is no peace."),
        outlets.rows.iter().map(line).collect(),
    ))
}
