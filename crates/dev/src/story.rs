//! `cargo dev story`: the ledger's record of `examples/story` against what a careful analyst would put on record.
//!
//! Each figure is of the ledger as the program fills it, reading included. `expected.toml` says what each part means; a telling
//! is found if a claim of the event's category (or one of `also`) shares a character with its words.

#![expect(clippy::print_stdout, reason = "this command's output")]

use crate::workspace;
use anyhow::{Context, ensure};
use chancery::commands::codebook_folder::load;
use chancery::intake::{Inputs, Options};
use engine::{Engine, conversion};
use jiff::civil::Date;
use ledger::dossiers::Standing;
use ledger::questions::{Answer, Filter, Value};
use ledger::{Arrival, Coding, Ledger, Writer};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// A folder with a codebook, as for `chancery read`
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// List what is missing or wrong
    #[arg(long)]
    verbose: bool,
}

#[derive(Deserialize)]
struct Expected {
    story: Vec<Story>,
    event: Vec<Event>,
    commitment: Vec<Commitment>,
    control: Vec<Control>,
    ceasefire: Vec<Ceasefire>,
}

#[derive(Deserialize)]
struct Story {
    reports: Vec<String>,
}

#[derive(Deserialize)]
struct Event {
    id: String,
    category: String,
    #[serde(default)]
    also: Vec<String>,
    reports: i64,
    stories: i64,
    tells: Vec<Telling>,
}

#[derive(Deserialize)]
struct Telling {
    report: String,
    words: String,
}

#[derive(Deserialize)]
struct Commitment {
    id: String,
    due: Option<toml::value::Datetime>,
    status: String,
    made_report: String,
    made_words: String,
}

#[derive(Deserialize)]
struct Control {
    place: String,
    rows: Vec<Holding>,
}

#[derive(Deserialize)]
struct Holding {
    holder: String,
    since: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
struct Ceasefire {
    as_of: Vec<BTreeMap<String, toml::Value>>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let engine = load(arguments.codebook.as_deref())?;
    println!("{}", measure(&engine, arguments.verbose)?.join("\n"));
    Ok(())
}

/// The rows of the table.
pub(crate) fn measure(engine: &Engine, verbose: bool) -> anyhow::Result<Vec<String>> {
    let folder = workspace().join("examples/story");
    let expected: Expected = toml::from_str(&std::fs::read_to_string(folder.join("expected.toml"))?)?;
    let file = tempfile::tempdir()?;
    let path = file.path().join("story.db");
    let reports = fill(engine, &folder.join("reports.jsonl"), &path)?;
    let ledger = Ledger::read(&path)?;
    Ok(vec![
        stories(&ledger, &expected, &reports, verbose)?,
        events(&ledger, &expected, &reports, verbose)?,
        commitments(&ledger, &expected, &reports, verbose)?,
        control(&path, &expected, verbose)?,
        ceasefire(&path, &expected, verbose)?,
    ])
}

/// A report by the sender's name: its id in the ledger and its text.
struct Kept {
    id: String,
    text: String,
}

fn fill(engine: &Engine, reports: &Path, path: &Path) -> anyhow::Result<BTreeMap<String, Kept>> {
    let mut ledger = Ledger::create(path)?;
    let mut writer = Writer::new(&mut ledger, "2018-04-16T12:00:00Z".parse()?);
    let mut kept = BTreeMap::new();
    for received in Inputs::new(vec![reports.to_owned()], Options { published: None, max_bytes: 1 << 20 }) {
        let mut report = received.map_err(|problem| anyhow::anyhow!("{problem}"))?.report;
        let described = conversion::report(&report, true);
        let id = ledger::identity(&described);
        kept.insert(report.id.clone(), Kept { id: id.clone(), text: report.text.clone() });
        report.id = id;
        let coding = Coding::new(engine.record(&engine.read(report), false))?;
        writer.take(&Arrival::new(described, Some(coding)))?;
    }
    writer.commit()?;
    ensure!(!kept.is_empty(), "{} holds no report", reports.display());
    Ok(kept)
}

fn text<'a>(answer: &Answer, row: &'a [Value], column: &str) -> &'a str {
    answer.get(row, column).as_text().unwrap_or_default()
}

fn number(answer: &Answer, row: &[Value], column: &str) -> i64 {
    if let Value::Integer(number) = answer.get(row, column) { *number } else { 0 }
}

/// Precision, recall and F1 of pairs.
fn pairs(both: usize, found: usize, wanted: usize) -> String {
    let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
    let (precision, recall) = (share(both, found), share(both, wanted));
    let f1 = if both == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    format!("pairs P {precision:.3} R {recall:.3} F1 {f1:.3}")
}

fn pairs_of<T: Ord + Clone>(groups: impl IntoIterator<Item = Vec<T>>) -> BTreeSet<(T, T)> {
    let mut pairs = BTreeSet::new();
    for mut group in groups {
        group.sort();
        for (at, one) in group.iter().enumerate() {
            pairs.extend(group[at + 1..].iter().map(|other| (one.clone(), other.clone())));
        }
    }
    pairs
}

fn stories(
    ledger: &Ledger,
    expected: &Expected,
    reports: &BTreeMap<String, Kept>,
    verbose: bool,
) -> anyhow::Result<String> {
    // A revised text leaves the counts, not its story: the ledger is asked as it keeps them.
    let answer =
        ledger.ask("SELECT id, (SELECT id FROM report AS head WHERE head.number = report.story) FROM report")?;
    let mut found: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in &answer.rows {
        let story = row[1].as_text().unwrap_or_default();
        found.entry(story).or_default().push(row[0].as_text().unwrap_or_default());
    }
    let id = |name: &String| reports.get(name).map(|kept| kept.id.as_str());
    let wanted = pairs_of(expected.story.iter().map(|story| story.reports.iter().filter_map(id).collect()));
    let found = pairs_of(found.into_values());
    if verbose {
        let name = |id: &str| reports.iter().find(|(_, kept)| kept.id == id).map_or("?", |(name, _)| name);
        for (kind, pairs) in [("missed", wanted.difference(&found)), ("wrong", found.difference(&wanted))] {
            pairs.for_each(|(one, other)| println!("  story {kind}: {} and {}", name(one), name(other)));
        }
    }
    let both = wanted.intersection(&found).count();
    Ok(format!("stories: {}", pairs(both, found.len(), wanted.len())))
}

fn events(
    ledger: &Ledger,
    expected: &Expected,
    reports: &BTreeMap<String, Kept>,
    verbose: bool,
) -> anyhow::Result<String> {
    let claims = ledger.claims(&Filter::default())?;
    let all = ledger.events(&Filter::default())?;
    let (mut tellings, mut told, mut right, mut seen) = (0, 0, 0, 0);
    let mut gold: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut system: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for event in &expected.event {
        let mut found: BTreeMap<String, usize> = BTreeMap::new();
        for telling in &event.tells {
            tellings += 1;
            let kept = reports.get(&telling.report).with_context(|| format!("no report {}", telling.report))?;
            let start =
                kept.text.find(&telling.words).with_context(|| format!("{}: {}", telling.report, telling.words))?;
            let start = kept.text[..start].chars().count() as i64;
            let end = start + telling.words.chars().count() as i64;
            let fits = |row: &&Vec<Value>| {
                let category = text(&claims, row, "category");
                text(&claims, row, "report") == kept.id
                    && (category == event.category || event.also.iter().any(|also| also == category))
                    && number(&claims, row, "start") < end
                    && number(&claims, row, "end") > start
            };
            let mut any = false;
            for row in claims.rows.iter().filter(fits) {
                any = true;
                let claim = text(&claims, row, "claim").to_owned();
                let group = text(&claims, row, "event").to_owned();
                *found.entry(group.clone()).or_default() += 1;
                gold.entry(event.id.clone()).or_default().push(claim.clone());
                system.entry(group).or_default().push(claim);
            }
            told += usize::from(any);
            if verbose && !any {
                println!("  telling missed: {}: {} “{}”", event.id, telling.report, telling.words);
            }
        }
        seen += usize::from(!found.is_empty());
        let main = found.iter().max_by_key(|(_, count)| **count).map(|(event, _)| event.clone());
        let row = main.as_ref().and_then(|main| all.rows.iter().find(|row| text(&all, row, "event") == main));
        let counts = row.map(|row| (number(&all, row, "reports"), number(&all, row, "stories")));
        right += usize::from(counts == Some((event.reports, event.stories)));
        if verbose {
            println!(
                "  event {}: {counts:?} of ({}, {}), in {} groups",
                event.id,
                event.reports,
                event.stories,
                found.len()
            );
        }
    }
    for members in gold.values_mut().chain(system.values_mut()) {
        members.sort();
        members.dedup();
    }
    let (wanted, found) = (pairs_of(gold.into_values()), pairs_of(system.into_values()));
    let both = wanted.intersection(&found).count();
    Ok(format!(
        "events: {seen} of {} seen, {told} of {tellings} tellings read, counts right {right}; linking {}",
        expected.event.len(),
        pairs(both, found.len(), wanted.len())
    ))
}

fn commitments(
    ledger: &Ledger,
    expected: &Expected,
    reports: &BTreeMap<String, Kept>,
    verbose: bool,
) -> anyhow::Result<String> {
    let today = ledger.today()?;
    let all = ledger.commitments(&Filter::default())?;
    let (mut found, mut due, mut standing) = (0, 0, 0);
    for commitment in &expected.commitment {
        let Some(kept) = reports.get(&commitment.made_report) else { continue };
        let words = kept.text.find(&commitment.made_words).unwrap_or(0);
        let start = kept.text[..words].chars().count() as u32;
        let end = start + commitment.made_words.chars().count() as u32;
        let here = |one: &&ledger::dossiers::Commitment| {
            one.tellings
                .iter()
                .any(|entry| entry.report == kept.id && entry.sentence.0 < end && entry.sentence.1 > start)
        };
        let Some(one) = all.iter().find(here) else {
            if verbose {
                println!("  commitment missed: {}", commitment.id);
            }
            continue;
        };
        found += 1;
        due += usize::from(one.due == commitment.due.map(|day| day.to_string()));
        let stands = one.standing(today);
        let fits = match commitment.status.as_str() {
            "kept" | "carried out" => matches!(stands, Standing::Kept | Standing::Late),
            "missed" => matches!(stands, Standing::Broken | Standing::Overdue),
            "broken" | "breach alleged" => stands == Standing::Broken,
            _ => stands == Standing::Open,
        };
        standing += usize::from(fits);
        if verbose {
            println!(
                "  commitment {}: due {:?} of {:?}, {} of {}",
                commitment.id,
                one.due,
                commitment.due.map(|day| day.to_string()),
                stands.as_str(),
                commitment.status
            );
        }
    }
    let wanted = expected.commitment.len();
    Ok(format!(
        "commitments: {found} of {wanted} found, due right {due}, standing right {standing}; {} in all",
        all.len()
    ))
}

fn as_of(path: &Path, day: Date) -> anyhow::Result<Ledger> {
    let mut ledger = Ledger::read(path)?;
    ledger.as_of(day)?;
    Ok(ledger)
}

/// Who holds a place on the day after each change.
fn control(path: &Path, expected: &Expected, verbose: bool) -> anyhow::Result<String> {
    let (mut right, mut wanted) = (0, 0);
    for control in &expected.control {
        for row in &control.rows {
            let Some(since) = row.since else { continue };
            let since: Date = since.to_string().parse()?;
            let day = since.tomorrow()?;
            wanted += 1;
            let ledger = as_of(path, day)?;
            let all = ledger.control(&Filter::default())?;
            let found = all.iter().find(|one| one.place == control.place).and_then(|one| one.holder(day));
            // The army of a state is that state's side.
            let state = |holder: &str| if holder.starts_with("faca") { "CAF".to_owned() } else { holder.to_owned() };
            let fits = found.as_ref().is_some_and(|holder| holder.side.key == state(&row.holder));
            right += usize::from(fits);
            if verbose && !fits {
                println!("  control of {} on {day}: {found:?}, not {}", control.place, row.holder);
            }
        }
    }
    Ok(format!("control: {right} of {wanted} changes"))
}

/// The state of each party on the days listed.
fn ceasefire(path: &Path, expected: &Expected, verbose: bool) -> anyhow::Result<String> {
    let (mut right, mut wanted) = (0, 0);
    for row in expected.ceasefire.iter().flat_map(|ceasefire| &ceasefire.as_of) {
        let day: Date = row.get("day").map(ToString::to_string).unwrap_or_default().parse()?;
        let ledger = as_of(path, day)?;
        let all = ledger.ceasefires(&Filter::default())?;
        for (party, state) in row.iter().filter(|(key, _)| *key != "day") {
            wanted += 1;
            let found = all.iter().rev().find_map(|one| {
                one.states(day).into_iter().find(|(side, _)| side.key == *party).map(|(_, state)| state.join(", "))
            });
            let fits = found.as_deref() == state.as_str();
            right += usize::from(fits);
            if verbose && !fits {
                println!("  ceasefire on {day}, {party}: {found:?}, not {state}");
            }
        }
    }
    Ok(format!("ceasefire: {right} of {wanted} states"))
}
