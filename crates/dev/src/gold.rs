//! The whole reports coded by hand in `gold/` against what the program says of them; `gold/README.md` states what
//! matches. [`run`] is `cargo dev gold`, [`measure`] the rows of the table of scores.

use crate::json_lines;
use anyhow::{Context as _, ensure};
use chancery::commands::codebook_folder::load;
use document::{Report, TextSpan};
use engine::{Engine, Reading};
use record::{self, Record};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The coded reports
    #[arg(default_value = "gold/work.jsonl")]
    file: PathBuf,
    /// The folder with `data`
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// A folder with a codebook, as for `chancery read`
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// List what is missed, what is added and which fields differ, report by report
    #[arg(long)]
    verbose: bool,
    /// Count by category: of the claims coded how many are found, of the claims given how many are right
    #[arg(long)]
    by_category: bool,
}

/// A report coded by hand. Spans are code points into title, blank line, body.
#[derive(Deserialize)]
struct Coded {
    id: String,
    url: String,
    sha256: String,
    claims: Vec<Claim>,
}

type Span = (u32, u32);

#[derive(Deserialize)]
struct Claim {
    category: String,
    span: Span,
    actors: Vec<Named>,
    recipients: Vec<Named>,
    when: Option<When>,
    #[serde(rename = "where")]
    places: Vec<Named>,
    figures: Vec<Figure>,
    status: String,
    #[serde(default)]
    optional: bool,
    according_to: Vec<Named>,
}

/// A phrase with what it stands for; without a span where nobody is named.
#[derive(Deserialize)]
struct Named {
    span: Option<Span>,
    name: Option<String>,
}

#[derive(Deserialize)]
struct When {
    from: Option<String>,
    to: Option<String>,
}

#[derive(Deserialize)]
struct Figure {
    low: Option<f64>,
    high: Option<f64>,
}

/// A line of the news file.
#[derive(Deserialize)]
pub(crate) struct News {
    url: String,
    date: String,
    title: String,
    text: String,
}

impl News {
    pub(crate) fn report(self, id: &str) -> Report {
        let title = TextSpan { start: 0, end: self.title.len() as u32 };
        Report {
            title: Some(title),
            body_start: title.end + 2,
            published: self.date.parse().ok(),
            url: Some(self.url),
            ..Report::from_text(id, format!("{}\n\n{}", self.title, self.text))
        }
    }
}

/// How many of how many.
#[derive(Clone, Copy, Default)]
struct Tally {
    right: usize,
    of: usize,
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.right += usize::from(right);
        self.of += 1;
    }

    fn share(self) -> f64 {
        if self.of == 0 { 0.0 } else { self.right as f64 / self.of as f64 }
    }
}

/// The outcome over a file.
#[derive(Default)]
struct Score {
    /// Of the claims that must be found.
    found: Tally,
    /// Of the claims that the program gives.
    good: Tally,
    fields: BTreeMap<&'static str, Tally>,
    /// Found and good by category.
    categories: BTreeMap<String, [Tally; 2]>,
    /// Why claims are missed.
    missed: BTreeMap<&'static str, usize>,
    listing: String,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let engine = load(arguments.codebook.as_deref())?;
    let Some(score) = score(&engine, &arguments.file, &arguments.shared)? else {
        return print(&format!("skipped: no {}\n", arguments.shared.display()));
    };
    if arguments.verbose {
        print(&score.listing)?;
    }
    if arguments.by_category {
        for (category, [found, good]) in &score.categories {
            let counts = format!("found {} of {}, right {} of {}", found.right, found.of, good.right, good.of);
            print(&format!("{category:12} {counts}\n"))?;
        }
        for (kind, count) in &score.missed {
            print(&format!("{kind}: {count}\n"))?;
        }
    }
    print(&format!("{}\n", score.figures()))
}

#[expect(clippy::print_stdout, reason = "this command's output")]
fn print(text: &str) -> anyhow::Result<()> {
    print!("{text}");
    Ok(())
}

/// The figures of a file of coded reports as a cell of the table of scores; `None` without the development data.
pub(crate) fn measure(file: &Path, shared: &Path) -> anyhow::Result<Option<String>> {
    Ok(score(&Engine::built_in()?, file, shared)?.map(|score| score.figures()))
}

impl Score {
    fn figures(&self) -> String {
        let (recall, precision) = (self.found.share(), self.good.share());
        let f1 = if recall + precision > 0.0 { 2.0 * recall * precision / (recall + precision) } else { 0.0 };
        let mut text = format!("claim F1 {f1:.3}, precision {precision:.3}, recall {recall:.3}");
        for (field, tally) in &self.fields {
            let _ = write!(text, ", {field} {:.3}", tally.share());
        }
        text
    }
}

/// The news by address; `None` without the development data.
pub(crate) fn news(shared: &Path) -> anyhow::Result<Option<BTreeMap<String, News>>> {
    let path = shared.join("data/news/wikinews_2019_2020.jsonl");
    if !path.is_file() {
        return Ok(None);
    }
    let mut texts = BTreeMap::new();
    for line in read(&path)?.lines() {
        let line: News = serde_json::from_str(line).with_context(|| format!("a line of {}", path.display()))?;
        texts.insert(line.url.clone(), line);
    }
    Ok(Some(texts))
}

/// The addresses of the reports of a file of coded reports.
pub(crate) fn coded_urls(file: &Path) -> anyhow::Result<BTreeSet<String>> {
    let address = |line: &str| Ok(serde_json::from_str::<Coded>(line)?.url);
    read(file)?.lines().map(address).collect()
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}

fn score(engine: &Engine, file: &Path, shared: &Path) -> anyhow::Result<Option<Score>> {
    let Some(mut texts) = news(shared)? else { return Ok(None) };
    let mut score = Score::default();
    for line in read(file)?.lines() {
        let coded: Coded = serde_json::from_str(line).with_context(|| format!("a line of {}", file.display()))?;
        let text = texts.remove(&coded.url).with_context(|| format!("{} is not in the news", coded.url))?;
        let record = engine.record(&engine.read(text.report(&coded.id)), true);
        ensure!(record.report.sha256 == coded.sha256, "{}: the text is another than the one coded", coded.id);
        score.add(&coded, &record);
    }
    Ok(Some(score))
}

impl Score {
    fn add(&mut self, coded: &Coded, record: &Record) {
        let text: Vec<char> = record.report.text.as_deref().unwrap_or_default().chars().collect();
        let words = |span: Span| -> String { text[span.0 as usize..span.1 as usize].iter().collect() };
        let _ = writeln!(self.listing, "## {}", coded.id);
        let (of_gold, of_found) = matches(coded, record);
        for (claim, found) in coded.claims.iter().zip(&of_gold) {
            if !claim.optional {
                self.found.add(found.is_some());
                self.categories.entry(claim.category.clone()).or_default()[0].add(found.is_some());
            }
            if let Some(found) = found {
                let mut wrong = Vec::new();
                for (field, right) in fields(claim, &record.claims[*found], record) {
                    self.fields.entry(field).or_default().add(right);
                    wrong.extend((!right).then_some(field));
                }
                if !wrong.is_empty() {
                    let _ = writeln!(
                        self.listing,
                        "  field   {} “{}” at {}: {}",
                        claim.category,
                        words(claim.span),
                        claim.span.0,
                        wrong.join(", ")
                    );
                    self.listing.push_str(&differences(claim, &record.claims[*found], &wrong));
                }
            } else if !claim.optional {
                let overlaps = |other: &&record::Claim| {
                    other.predicate.spans.iter().any(|span| shared(claim.span, pair(*span)) > 0)
                };
                let near = record.claims.iter().find(overlaps);
                let alike = record.claims.iter().filter(overlaps).any(|other| other.category == claim.category);
                let kind = match near {
                    _ if alike => "missed, same category with other participants or taken",
                    Some(_) => "missed, another category there",
                    None => "missed, nothing there",
                };
                *self.missed.entry(kind).or_default() += 1;
                let near = near.map_or("nothing".to_owned(), |other| format!("{} by {}", other.category, other.rule));
                let _ = writeln!(
                    self.listing,
                    "  missed  {} “{}” at {} ({near})",
                    claim.category,
                    words(claim.span),
                    claim.span.0
                );
            }
        }
        for (claim, gold) in record.claims.iter().zip(&of_found) {
            if gold.is_none_or(|gold| !coded.claims[gold].optional) {
                self.good.add(gold.is_some());
                self.categories.entry(claim.category.clone()).or_default()[1].add(gold.is_some());
            }
            if gold.is_none() {
                let at = claim.predicate.spans.first().map_or(0, |span| pair(*span).0);
                let _ = writeln!(
                    self.listing,
                    "  added   {} “{}” at {at} by {}",
                    claim.category, claim.predicate.text, claim.rule
                );
            }
        }
    }
}

/// For each coded claim the claim of the program that it matches, and the other way round.
fn matches(coded: &Coded, record: &Record) -> (Vec<Option<usize>>, Vec<Option<usize>>) {
    let mut candidates: Vec<(u32, usize, usize)> = Vec::new();
    for (gold, claim) in coded.claims.iter().enumerate() {
        for (found, other) in record.claims.iter().enumerate() {
            let shared = other.predicate.spans.iter().map(|span| shared(claim.span, pair(*span))).max().unwrap_or(0);
            if shared > 0 && claim.category == other.category && same_participants(claim, other) {
                candidates.push((shared, gold, found));
            }
        }
    }
    candidates.sort_by_key(|&(shared, gold, found)| (std::cmp::Reverse(shared), gold, found));
    let (mut of_gold, mut of_found) = (vec![None; coded.claims.len()], vec![None; record.claims.len()]);
    for (_, gold, found) in candidates {
        if of_gold[gold].is_none() && of_found[found].is_none() {
            (of_gold[gold], of_found[found]) = (Some(found), Some(gold));
        }
    }
    (of_gold, of_found)
}

/// The coded reports of a file, read, and for each claim of the program whether it matches a coded one.
pub(crate) fn judged(engine: &Engine, file: &Path, shared: &Path) -> anyhow::Result<Vec<(Reading, Vec<bool>)>> {
    let Some(mut texts) = news(shared)? else { return Ok(Vec::new()) };
    let mut judged = Vec::new();
    for coded in json_lines::read::<Coded>(file)? {
        let text = texts.remove(&coded.url).with_context(|| format!("{} is not in the news", coded.url))?;
        let reading = engine.read_all(text.report(&coded.id));
        let (_, of_found) = matches(&coded, &engine.record(&reading, true));
        judged.push((reading, of_found.iter().map(Option::is_some).collect()));
    }
    Ok(judged)
}

fn pair(span: record::Span) -> Span {
    (span.0, span.1)
}

/// How many characters two spans share.
pub(crate) fn shared(one: Span, other: Span) -> u32 {
    one.1.min(other.1).saturating_sub(one.0.max(other.0))
}

fn is_same(coded: &Named, spans: &[record::Span], name: Option<&str>) -> bool {
    let overlaps = coded.span.is_some_and(|span| spans.iter().any(|other| shared(span, pair(*other)) > 0));
    overlaps || coded.name.as_deref().zip(name).is_some_and(|(one, other)| one == other)
}

fn any_same(coded: &[Named], found: &[record::Participant]) -> bool {
    coded.iter().any(|one| found.iter().any(|other| is_same(one, &other.spans, other.name.as_deref())))
}

fn same_participants(coded: &Claim, found: &record::Claim) -> bool {
    let nobody = coded.actors.is_empty() && coded.recipients.is_empty();
    let any = |coded: &[Named]| any_same(coded, &found.actors) || any_same(coded, &found.recipients);
    nobody || any(&coded.actors) || any(&coded.recipients)
}

/// What stands in the fields that differ, by hand and by the program.
fn differences(coded: &Claim, found: &record::Claim, wrong: &[&str]) -> String {
    let mut text = String::new();
    for field in wrong {
        let (hand, program) = match *field {
            "status" => (coded.status.clone(), found.status.to_string()),
            "when" => (
                format!("{:?}", coded.when.as_ref().map(|when| (&when.from, &when.to))),
                format!("{:?}", found.when.as_ref().map(|when| (&when.text, &when.from, &when.to))),
            ),
            "where" => (
                format!("{:?}", coded.places.iter().map(|place| &place.name).collect::<Vec<_>>()),
                format!("{:?}", found.places.iter().map(|place| &place.name).collect::<Vec<_>>()),
            ),
            _ => continue,
        };
        let _ = writeln!(text, "            {field}: by hand {hand}, read {program}");
    }
    text
}

/// Each field of a matched claim, and whether it is right.
fn fields(coded: &Claim, found: &record::Claim, record: &Record) -> [(&'static str, bool); 6] {
    let actors = if coded.actors.is_empty() {
        found.actors.is_empty()
    } else {
        any_same(&coded.actors, &found.actors)
            && !any_same(&coded.actors, &found.recipients)
            && !any_same(&coded.recipients, &found.actors)
    };
    let days = coded.when.as_ref().map_or((None, None), |when| (when.from.as_deref(), when.to.as_deref()));
    let when = found.when.as_ref().map_or((None, None), |when| (when.from.as_deref(), when.to.as_deref()));
    let place = |role: &record::PlaceRole, coded: &Named| {
        let spans: Vec<record::Span> = record
            .places
            .iter()
            .filter(|place| place.id == role.place)
            .map(|place| record::Span(place.start, place.end))
            .collect();
        is_same(coded, &spans, Some(&role.name))
    };
    let places = if coded.places.is_empty() {
        found.places.is_empty()
    } else {
        coded.places.iter().any(|coded| found.places.iter().any(|role| place(role, coded)))
    };
    let values: Vec<f64> = found
        .quantities
        .iter()
        .filter_map(|role| record.quantities.iter().find(|quantity| quantity.id == role.quantity))
        .filter_map(|quantity| quantity.best.or(quantity.low).or(quantity.high))
        .collect();
    // "More than 20" is 20 to the one and 21 to the other.
    let same = |figure: &Figure, value: f64| figure.low.or(figure.high).is_some_and(|low| (low - value).abs() <= 1.0);
    let figures = coded.figures.iter().all(|figure| values.iter().any(|value| same(figure, *value)))
        && values.iter().all(|value| coded.figures.iter().any(|figure| same(figure, *value)));
    let speaker = found
        .according_to
        .first()
        .and_then(|id| record.statements.iter().find(|statement| statement.id == *id))
        .map(|statement| &statement.speaker);
    let speaker = match (coded.according_to.first(), speaker) {
        (None, None) => true,
        (Some(coded), Some(speaker)) => {
            coded.span.is_none() && coded.name.is_none() && speaker.spans.is_empty()
                || is_same(coded, &speaker.spans, speaker.name.as_deref())
        }
        _ => false,
    };
    [
        ("actors", actors),
        ("when", days == when),
        ("where", places),
        ("figures", figures),
        ("status", coded.status == found.status),
        ("according to", speaker),
    ]
}
