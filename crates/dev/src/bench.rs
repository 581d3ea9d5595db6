//! `cargo dev bench`: how fast named documents are read and how much memory it takes, into `benches/results.md`.
//!
//! `cargo bench -p engine` times the stages one by one; this table is for people and for the record.

use crate::large_codebook;
use anyhow::{Context, anyhow};
use chancery::intake::{Inputs, Options};
use coder::{Codebook, Examples};
use document::Report;
use engine::Engine;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Each measurement is repeated until this much time has gone by; the best round counts, as noise only adds.
const TIME: Duration = Duration::from_secs(6);

/// How often models and codebook are loaded.
const LOADS: usize = 20;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The day to write beside the figures, YYYY-MM-DD
    #[arg(long)]
    date: jiff::civil::Date,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let reports = examples(&root)?;
    let engine = Engine::built_in()?;
    let mut loading = Duration::MAX;
    for _ in 0..LOADS {
        let before = Instant::now();
        let loaded = Engine::built_in()?;
        loading = loading.min(before.elapsed());
        drop(loaded);
    }
    let tokens: usize = reports.iter().map(|report| engine.parse(report.clone()).tokens.len()).sum();

    let mut rows = String::new();
    let mut row = |what: &str, time: Duration| {
        let seconds = time.as_secs_f64();
        let _ = writeln!(
            rows,
            "| {what} | {:.1} ms | {:.0} | {:.1} |",
            seconds * 1e3,
            tokens as f64 / seconds,
            reports.len() as f64 / seconds
        );
    };
    let grammar = best(|| {
        for_each(&reports, |report| {
            let syntax = annotate::syntax(report, engine.language());
            drop(annotate::names::find(&syntax, engine.language(), engine.gazetteer()));
        });
    });
    row("tokens, tags, lemmas, trees and names alone", grammar);
    row("annotate alone (`Engine::parse`)", best(|| for_each(&reports, |report| drop(engine.parse(report)))));
    row("annotate and code (`Engine::read`)", best(|| for_each(&reports, |report| drop(engine.read(report)))));
    let mut written = Ok(());
    let whole = best(|| {
        for_each(&reports, |report| {
            let json = serde_json::to_string(&engine.record(&engine.read(report), false));
            if let Err(error) = json {
                written = Err(error);
            }
        });
    });
    written?;
    row("the same and the record as JSON", whole);

    let memory = peak_memory().unwrap_or_else(|| "not known on this system".into());
    let large = large_codebook::files(large_codebook::RULES, large_codebook::ACTORS);
    let mut loading_large = Duration::MAX;
    for _ in 0..LOADS {
        let before = Instant::now();
        let loaded = Codebook::load(&large, Examples::Read);
        loading_large = loading_large.min(before.elapsed());
        loaded.map_err(|faults| anyhow!("the large codebook has {} faults", faults.len()))?;
    }

    let table = format!(
        "Written by `cargo dev bench --date {date}`.\n\n\
         {processor}, {cores} cores, one thread used; {count} reports of `examples/`, {tokens} tokens.\n\n\
         | what | all reports | tokens/s | reports/s |\n|---|---:|---:|---:|\n{rows}\n\
         Loading models and codebook: {loading:.0} ms.\n\
         Loading a codebook of {rules} rules and {actors} actors: {loading_large:.0} ms.\n\
         Peak memory of the whole: {memory}.\n",
        date = arguments.date,
        processor = processor(),
        cores = std::thread::available_parallelism()?,
        count = reports.len(),
        loading = loading.as_secs_f64() * 1e3,
        rules = large_codebook::RULES,
        actors = large_codebook::ACTORS,
        loading_large = loading_large.as_secs_f64() * 1e3,
    );
    keep("Speed", &table)
}

/// Puts a section into the table of speeds, in the place of what stood there under its heading.
pub(crate) fn keep(heading: &str, section: &str) -> anyhow::Result<()> {
    let path = crate::workspace().join("benches/results.md");
    let known = std::fs::read_to_string(&path).unwrap_or_default();
    let own = format!("# {heading}\n\n{}\n", section.trim_end());
    let mut sections: Vec<String> = Vec::new();
    for line in known.lines() {
        if line.starts_with("# ") || sections.is_empty() {
            sections.push(String::new());
        }
        if let Some(last) = sections.last_mut() {
            last.push_str(line);
            last.push('\n');
        }
    }
    let first = format!("# {heading}\n");
    match sections.iter_mut().find(|other| other.starts_with(&first)) {
        Some(other) => *other = own,
        None => sections.push(own),
    }
    let whole: Vec<&str> = sections.iter().map(|section| section.trim_end()).collect();
    std::fs::write(&path, whole.join("\n\n") + "\n").with_context(|| format!("{} cannot be written", path.display()))
}

fn examples(root: &Path) -> anyhow::Result<Vec<Report>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(root.join("examples"))? {
        let path: PathBuf = entry?.path();
        if path.extension().is_some_and(|extension| extension == "txt" || extension == "jsonl") {
            files.push(path);
        }
    }
    files.sort();
    Inputs::new(files, Options::default())
        .map(|input| input.map(|received| received.report).map_err(|problem| anyhow::anyhow!("{problem}")))
        .collect()
}

fn for_each(reports: &[Report], mut work: impl FnMut(Report)) {
    reports.iter().for_each(|report| work(report.clone()));
}

fn best(mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    let mut best = Duration::MAX;
    while start.elapsed() < TIME {
        let round = Instant::now();
        work();
        best = best.min(round.elapsed());
    }
    best
}

pub(crate) fn processor() -> String {
    let information = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = information.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    model.map_or_else(|| "unknown processor".to_owned(), |(_, name)| name.trim().to_owned())
}

/// The most memory that this process has had at once, as Linux tells it.
fn peak_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes: f64 =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(format!("{:.0} MiB", kilobytes / 1024.0))
}
