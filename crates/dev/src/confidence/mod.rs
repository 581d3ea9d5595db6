//! `cargo dev confidence`: fits the table by which claims are trusted, `codebook/confidence.toml`, and measures it.
//!
//! Judged claims are those of `gold/work.jsonl`, right where they match a coded claim, and those on which readers gave
//! verdicts: `verdicts`, `whole` and `held-out`. Rules were written on the first and in view of some of the second, so
//! that claims are right there more often than on news; a constant of its own takes that up, which is not shipped.
//! Nothing of the reports that are held out is fitted, nor of `silence`, which measures.
//! Where rules were narrowed in view of verdicts, those on claims that went are the ones that tell wrong from right: then
//! `--codebook` names the codebook as it was when the readers judged.

mod fit;
mod measure;

use crate::gold::{self, coded_urls};
use crate::silence::{Judged, is_held_out, judged};
use crate::workspace;
use anyhow::{Context as _, ensure};
use chancery::commands::codebook_folder::load;
use coder::confidence::weighed;
use engine::{Engine, Reading};
use fit::Model;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    action: Action,
    /// The folder with `data`
    #[arg(long, default_value = "../shared", global = true)]
    shared: PathBuf,
    /// A folder with a codebook, as for `chancery read`
    #[arg(long, global = true)]
    codebook: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Fit the weights, choose the bound by cross-validation, and write the table
    Fit {
        /// The table to write; that of the codebook where not given
        #[arg(long)]
        output: Option<PathBuf>,
    },
    /// Print how well the table that is loaded agrees with the verdicts held out
    Measure,
    /// Print the judged claims with their traits, one JSON object a line
    Rows,
}

/// A judged claim.
struct Row {
    url: String,
    /// The file that judges it, without its ending.
    set: &'static str,
    /// 1 right, 0 wrong, one half where two readers differ.
    right: f64,
    /// What the loaded table gives.
    confidence: f64,
    traits: Vec<String>,
}

const HELD_OUT: &str = "held-out";
const WORK: &str = "work";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let engine = load(arguments.codebook.as_deref())?;
    let rows = rows(&engine, &arguments.shared)?;
    if rows.is_empty() {
        return print(&format!("skipped: no {}\n", arguments.shared.display()));
    }
    match &arguments.action {
        Action::Fit { output } => {
            let fitted: Vec<&Row> = rows.iter().filter(|row| row.set != HELD_OUT).collect();
            let guesses = fit::cross_validated(&fitted);
            let news: Vec<(f64, f64)> = fitted
                .iter()
                .zip(&guesses)
                .filter(|(row, _)| row.set != WORK)
                .map(|(row, guess)| (*guess, row.right))
                .collect();
            let bound = measure::best_bound(&news);
            let model = Model::fit(&fitted);
            let held: Vec<(f64, f64)> =
                rows.iter().filter(|row| row.set == HELD_OUT).map(|row| (model.guess(row), row.right)).collect();
            print(&format!("cross-validated\n{}held out\n{}", measure::table(&news), measure::table(&held)))?;
            print(&measure::bounds(&news))?;
            let path = output.clone().unwrap_or_else(|| workspace().join("codebook/confidence.toml"));
            let table = table(&model, bound, &engine.codebook().confidence.scenes)?;
            std::fs::write(&path, table).with_context(|| format!("cannot write {}", path.display()))
        }
        Action::Measure => print(&measure::table(&held_out(&rows))),
        Action::Rows => rows.iter().try_for_each(|row| {
            let Row { url, set, right, confidence, traits } = row;
            print(&format!(
                "{}\n",
                serde_json::json!({"url": url, "set": set, "right": right, "confidence": confidence, "traits": traits})
            ))
        }),
    }
}

#[expect(clippy::print_stdout, reason = "this command's output")]
fn print(text: &str) -> anyhow::Result<()> {
    print!("{text}");
    Ok(())
}

/// The figures on the verdicts held out as a cell of the table of scores; `None` without the development data.
pub(crate) fn measure(shared: &Path) -> anyhow::Result<Option<String>> {
    let rows = held_out(&rows(&Engine::built_in()?, shared)?);
    Ok((!rows.is_empty()).then(|| measure::figures(&rows)))
}

/// Confidence and verdict of what is held out.
fn held_out(rows: &[Row]) -> Vec<(f64, f64)> {
    rows.iter().filter(|row| row.set == HELD_OUT).map(|row| (row.confidence, row.right)).collect()
}

/// The judged claims that are still made, in the order of their addresses, those of the reports coded in full behind.
fn rows(engine: &Engine, shared: &Path) -> anyhow::Result<Vec<Row>> {
    let Some(mut news) = gold::news(shared)? else { return Ok(Vec::new()) };
    let mut verdicts: BTreeMap<String, Vec<(&'static str, Judged)>> = BTreeMap::new();
    for name in ["verdicts", "whole", HELD_OUT] {
        for (url, lines) in judged(&PathBuf::from(format!("gold/{name}.jsonl")))? {
            verdicts.entry(url).or_default().extend(lines.into_iter().map(|line| (name, line)));
        }
    }
    let traits = |reading: &Reading| -> Vec<Vec<String>> {
        let weighed = weighed(&reading.document, engine.codebook(), &reading.coding.claims);
        weighed.into_iter().map(|traits| traits.into_iter().map(|one| one.name).collect()).collect()
    };
    let work = Path::new("gold/work.jsonl");
    let coded = coded_urls(work)?;
    let mut rows = Vec::new();
    for (url, lines) in verdicts {
        let text = news.remove(&url).with_context(|| format!("{url} is not in the news"))?;
        let reading = engine.read_all(text.report(&url));
        let (record, traits) = (engine.record(&reading, false), traits(&reading));
        ensure!(record.claims.len() == traits.len(), "{url}: the record has other claims than the reading");
        let apart = is_held_out(&url) && !coded.contains(&url);
        for (set, line) in lines {
            let Some(at) = record.claims.iter().position(|claim| line.is_of(claim)) else { continue };
            let (both, either) = line.right();
            rows.push(Row {
                url: url.clone(),
                set: if apart { HELD_OUT } else { set },
                right: (f64::from(u8::from(both)) + f64::from(u8::from(either))) / 2.0,
                confidence: record.claims[at].confidence,
                traits: traits[at].clone(),
            });
        }
    }
    for (reading, right) in gold::judged(engine, work, shared)? {
        let url = reading.document.report.url.clone().unwrap_or_default();
        for ((traits, right), claim) in traits(&reading).into_iter().zip(right).zip(&reading.coding.claims) {
            let right = f64::from(u8::from(right));
            rows.push(Row { url: url.clone(), set: WORK, right, confidence: claim.confidence, traits });
        }
    }
    Ok(rows)
}

/// Written before the weights.
const HEAD: &str = "\
# How likely a careful reader would call a claim right: written by `cargo dev confidence fit`, not by hand.
# The weights of all traits that a claim shows, and the start, add up to the log-odds: 0 is one in two, 1 is 73 %, 2 is 88 %.
# A trait without a line weighs nothing. `chancery explain` prints the traits of what is held back.
";

/// The table as the codebook has it.
fn table(model: &Model, bound: f64, scenes: &[String]) -> anyhow::Result<String> {
    let mut text = HEAD.to_owned();
    writeln!(text, "\n# Claims that are less likely right than this are held back; --min-confidence says otherwise.")?;
    writeln!(text, "min-confidence = {bound:.2}\n\n# The log-odds of a claim that shows nothing.")?;
    writeln!(text, "start = {:.2}", model.start())?;
    writeln!(text, "\n# Word lists that are sought in the headline, the lead and the claim's sentence.")?;
    let scenes: Vec<String> = scenes.iter().map(|name| format!("    {name:?},\n")).collect();
    writeln!(text, "scenes = [\n{}]\n\n[weights]", scenes.concat())?;
    for (name, weight) in model.weights() {
        let weight = format!("{weight:.2}");
        if !matches!(weight.as_str(), "0.00" | "-0.00") {
            writeln!(text, "{name:?} = {weight}")?;
        }
    }
    Ok(text)
}
