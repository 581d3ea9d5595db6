//! Whether the program holds its tongue: claims drawn over all of the news, and what two readers thought of them.
//!
//! `cargo dev silence --draw 400` prints claims to be judged, stratified by category; `gold/silence.jsonl` holds the
//! verdicts as offsets, without the text; [`run`] says how many of the claims that are still made were judged right. The
//! reports of `gold/untouched.jsonl` are left out, as nobody is to look into them.

use crate::gold::{News, coded_urls, news, shared};
use crate::json_lines;
use anyhow::Context as _;
use engine::Engine;
use record::{Claim, Participant, Record};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Draw so many claims to be judged instead of scoring the verdicts
    #[arg(long, value_name = "COUNT")]
    draw: Option<usize>,
    /// Draw others with another seed
    #[arg(long, default_value_t = 1, requires = "draw")]
    seed: u32,
    /// Draw claims that nobody has judged, held back or not, of all categories as they come: for `cargo dev confidence`
    #[arg(long, value_enum, value_name = "PART", requires = "draw")]
    fresh: Option<Part>,
    /// The verdicts
    #[arg(long, default_value = "gold/silence.jsonl")]
    verdicts: PathBuf,
    /// The folder with `data`
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
}

/// The reports whose verdicts the table of confidence is fitted to, or those that it is measured by.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq)]
enum Part {
    Fitted,
    HeldOut,
}

/// A claim to be judged, as a reader sees it.
#[derive(Serialize)]
struct Drawn<'a> {
    url: &'a str,
    category: &'a str,
    span: (u32, u32),
    published: &'a str,
    title: &'a str,
    before: String,
    /// The sentence, with the predicate in double brackets.
    sentence: String,
    actors: Vec<&'a str>,
    recipients: Vec<&'a str>,
    status: &'a str,
}

/// A claim with the verdicts of one reader or two. Right: the category and who acts are.
#[derive(Deserialize)]
pub(crate) struct Judged {
    pub(crate) url: String,
    category: String,
    span: (u32, u32),
    first: Verdict,
    #[serde(default)]
    second: Option<Verdict>,
}

#[derive(Deserialize)]
struct Verdict {
    right: bool,
    #[serde(default)]
    reason: String,
}

impl Judged {
    /// Whether this claim is the one judged.
    pub(crate) fn is_of(&self, claim: &Claim) -> bool {
        claim.category == self.category && shared(span(claim), self.span) > 0
    }

    fn verdicts(&self) -> impl Iterator<Item = &Verdict> {
        std::iter::once(&self.first).chain(&self.second)
    }

    /// Whether all readers, and whether any, held the claim to be right.
    pub(crate) fn right(&self) -> (bool, bool) {
        (self.verdicts().all(|verdict| verdict.right), self.verdicts().any(|verdict| verdict.right))
    }
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Some(news) = news(&arguments.shared)? else {
        return print(&format!("skipped: no {}\n", arguments.shared.display()));
    };
    let engine = Engine::built_in()?;
    match arguments.draw {
        Some(count) => {
            let drawn = match arguments.fresh {
                Some(part) => draw_fresh(&engine, news, count, arguments.seed, part)?,
                None => draw(&engine, news, count, arguments.seed)?,
            };
            print(&drawn)
        }
        None => print(&score(&engine, news, &arguments.verdicts)?.table()),
    }
}

#[expect(clippy::print_stdout, reason = "this command's output")]
fn print(text: &str) -> anyhow::Result<()> {
    print!("{text}");
    Ok(())
}

/// The first and last character of what tells a claim.
fn span(claim: &Claim) -> (u32, u32) {
    let spans = claim.predicate.spans.iter();
    (spans.clone().map(|span| span.0).min().unwrap_or(0), spans.map(|span| span.1).max().unwrap_or(0))
}

fn draw(engine: &Engine, news: BTreeMap<String, News>, count: usize, seed: u32) -> anyhow::Result<String> {
    let untouched = coded_urls(Path::new("gold/untouched.jsonl"))?;
    let mut records: Vec<Record> = Vec::new();
    for (url, news) in news.into_iter().filter(|(url, _)| !untouched.contains(url)) {
        records.push(engine.record(&engine.read(news.report(&url)), true));
    }
    // The order is chance, the same each time.
    let mut categories: BTreeMap<&str, Vec<(u64, usize, usize)>> = BTreeMap::new();
    for (report, record) in records.iter().enumerate() {
        for (number, claim) in record.claims.iter().enumerate() {
            let place = (chance(&format!("{seed} {:?} {:?}", record.report.url, span(claim))), report, number);
            categories.entry(&claim.category).or_default().push(place);
        }
    }
    categories.values_mut().for_each(|places| places.sort_unstable_by(|one, other| other.cmp(one)));
    let mut drawn = Vec::new();
    while drawn.len() < count {
        let before = drawn.len();
        for places in categories.values_mut() {
            drawn.extend(places.pop().filter(|_| drawn.len() < count));
        }
        if drawn.len() == before {
            break;
        }
    }
    drawn.sort_unstable();
    lines(&records, drawn.into_iter().map(|(_, report, number)| (report, number)))
}

/// Claims with their reports, a line each.
fn lines(records: &[Record], drawn: impl Iterator<Item = (usize, usize)>) -> anyhow::Result<String> {
    let mut text = String::new();
    for (report, number) in drawn {
        let line = serde_json::to_string(&for_reader(&records[report], &records[report].claims[number]))?;
        let _ = writeln!(text, "{line}");
    }
    Ok(text)
}

/// Claims of one part of the reports that nobody has judged, in text order.
fn draw_fresh(
    engine: &Engine,
    news: BTreeMap<String, News>,
    count: usize,
    seed: u32,
    part: Part,
) -> anyhow::Result<String> {
    let mut known = Vec::new();
    for name in ["silence", "verdicts", "whole", "held-out"] {
        known.push(judged(&PathBuf::from(format!("gold/{name}.jsonl")))?);
    }
    let mut passed_over = coded_urls(Path::new("gold/untouched.jsonl"))?;
    passed_over.append(&mut coded_urls(Path::new("gold/work.jsonl"))?);
    let mut records: Vec<Record> = Vec::new();
    let mut places = Vec::new();
    for (url, news) in news {
        if passed_over.contains(&url) || is_held_out(&url) != (part == Part::HeldOut) {
            continue;
        }
        let record = engine.record(&engine.read_all(news.report(&url)), true);
        for (number, claim) in record.claims.iter().enumerate() {
            if !known.iter().filter_map(|known| known.get(&url)).flatten().any(|line| line.is_of(claim)) {
                places.push((
                    chance(&format!("{seed} {:?} {:?}", record.report.url, span(claim))),
                    records.len(),
                    number,
                ));
            }
        }
        records.push(record);
    }
    places.sort_unstable();
    let mut drawn: Vec<(usize, usize)> =
        places.into_iter().take(count).map(|(_, report, number)| (report, number)).collect();
    drawn.sort_unstable();
    lines(&records, drawn.into_iter())
}

/// A number that depends on a text, for an order without meaning: FNV-1a, and then Appleby's finish of MurmurHash3, as the
/// last letters of a text move only the low bits of the former.
pub(crate) fn chance(text: &str) -> u64 {
    let hash =
        text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    hash ^ (hash >> 33)
}

fn for_reader<'a>(record: &'a Record, claim: &'a Claim) -> Drawn<'a> {
    let text: Vec<char> = record.report.text.as_deref().unwrap_or_default().chars().collect();
    let words = |from: u32, to: u32| -> String { text[from as usize..to as usize].iter().collect() };
    let (from, to) = span(claim);
    let at = record.sentences.iter().position(|sentence| sentence.start <= from && from < sentence.end);
    let ends = |at: usize| (record.sentences[at].start, record.sentences[at].end);
    let (start, end) = at.map_or((from, to), ends);
    let before = at.filter(|at| *at > 0).map_or((0, 0), |at| ends(at - 1));
    let phrases = |participants: &'a [Participant]| participants.iter().map(|one| one.text.as_str()).collect();
    Drawn {
        url: record.report.url.as_deref().unwrap_or_default(),
        category: &claim.category,
        span: (from, to),
        published: record.report.published.as_deref().unwrap_or_default(),
        title: record.report.title.as_deref().unwrap_or_default(),
        before: words(before.0, before.1),
        sentence: format!("{}[[{}]]{}", words(start, from), words(from, to), words(to, end.max(to))),
        actors: phrases(&claim.actors),
        recipients: phrases(&claim.recipients),
        status: &claim.status,
    }
}

/// Of the claims judged and still made: by category how many, how many right by both, and by either.
#[derive(Default)]
struct Score {
    categories: BTreeMap<String, [usize; 3]>,
    reasons: BTreeMap<String, usize>,
    judged: usize,
}

/// The figures as a cell of the table of scores; `None` without the development data.
pub(crate) fn measure(verdicts: &Path, shared: &Path) -> anyhow::Result<Option<String>> {
    let Some(news) = news(shared)? else { return Ok(None) };
    let score = score(&Engine::built_in()?, news, verdicts)?;
    let [made, both, either] = score.total();
    let share = |right: usize| right as f64 / made.max(1) as f64;
    let (low, high) = interval(both, made);
    Ok(Some(format!(
        "right by both readers {:.3} [{low:.2}, {high:.2}], by either {:.3}, of {made} claims still made of {} judged",
        share(both),
        share(either),
        score.judged
    )))
}

/// The verdicts of a file by report.
pub(crate) fn judged(verdicts: &Path) -> anyhow::Result<BTreeMap<String, Vec<Judged>>> {
    let mut judged: BTreeMap<String, Vec<Judged>> = BTreeMap::new();
    for line in json_lines::read::<Judged>(verdicts)? {
        judged.entry(line.url.clone()).or_default().push(line);
    }
    Ok(judged)
}

/// Whether the verdicts on a report's claims are kept apart, to be measured by and never fitted to: one report in four.
pub(crate) fn is_held_out(url: &str) -> bool {
    chance(&format!("held out {url}")).is_multiple_of(4)
}

fn score(engine: &Engine, mut news: BTreeMap<String, News>, verdicts: &Path) -> anyhow::Result<Score> {
    let judged = judged(verdicts)?;
    let mut score = Score::default();
    for (url, judged) in judged {
        let text = news.remove(&url).with_context(|| format!("{url} is not in the news"))?;
        let record = engine.record(&engine.read(text.report(&url)), false);
        for line in judged {
            score.judged += 1;
            if !record.claims.iter().any(|claim| line.is_of(claim)) {
                continue;
            }
            let (both, either) = line.right();
            let counts = score.categories.entry(line.category.clone()).or_default();
            counts[0] += 1;
            counts[1] += usize::from(both);
            counts[2] += usize::from(either);
            for verdict in line.verdicts().filter(|verdict| !verdict.right) {
                *score.reasons.entry(verdict.reason.clone()).or_default() += 1;
            }
        }
    }
    Ok(score)
}

impl Score {
    fn total(&self) -> [usize; 3] {
        let mut total = [0; 3];
        for counts in self.categories.values() {
            total.iter_mut().zip(counts).for_each(|(sum, count)| *sum += count);
        }
        total
    }

    fn table(&self) -> String {
        let mut text = format!("{:14} {:>5} {:>5} {:>7}  interval\n", "category", "made", "both", "either");
        let mut row = |name: &str, [made, both, either]: [usize; 3]| {
            let (low, high) = interval(both, made);
            let share = |right: usize| right as f64 / made.max(1) as f64;
            let _ =
                writeln!(text, "{name:14} {made:5} {:5.2} {:7.2}  {low:.2} to {high:.2}", share(both), share(either));
        };
        for (category, counts) in &self.categories {
            row(category, *counts);
        }
        row("all", self.total());
        let mut reasons: Vec<(&String, &usize)> = self.reasons.iter().collect();
        reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(**count), *reason));
        for (reason, count) in reasons {
            let _ = writeln!(text, "{count:5} verdicts: {reason}");
        }
        text
    }
}

/// The 95 % interval of a share (Wilson 1927).
fn interval(right: usize, of: usize) -> (f64, f64) {
    if of == 0 {
        return (0.0, 1.0);
    }
    let (share, count, z) = (right as f64 / of as f64, of as f64, 1.96_f64);
    let middle = share + z * z / (2.0 * count);
    let reach = z * (share * (1.0 - share) / count + z * z / (4.0 * count * count)).sqrt();
    let scale = 1.0 + z * z / count;
    ((middle - reach) / scale, (middle + reach) / scale)
}
