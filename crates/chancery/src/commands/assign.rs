//! `chancery assign`: draw reports for two coders.

use super::ledger_file::LedgerArguments;
use super::questions::{FilterArguments, open};
use crate::exit_codes::{self, Ending};
use anyhow::{Context, ensure};
use record::Report;
use serde_json::json;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;

/// Draw a random sample of reports and write a coding sheet for each coder
///
/// A sheet has a line of JSON for each report: its id, title, day, outlet and text, and an empty list "claims" for the coder
/// to fill in, with {"start", "end", "category", "actors", "recipients"} and, if wanted, "status" and "day"; offsets are code
/// points of the text. Nobody sees what the others or the program have found. `chancery agree` compares the sheets.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// The coders, set off by commas; each gets a sheet NAME.jsonl with the same reports
    #[arg(long, value_name = "A,B", value_delimiter = ',', required = true)]
    coders: Vec<String>,
    /// How many reports
    #[arg(long, value_name = "N")]
    number: usize,
    /// Draws other reports; the same number draws the same
    #[arg(long, value_name = "N")]
    seed: u64,
    /// Folder for the sheets
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    filter: FilterArguments,
}

/// Runs the command.
///
/// # Errors
/// If too few reports fit, a sheet is there already, or cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let plain =
        |name: &String| !name.is_empty() && name.chars().all(|char| char.is_alphanumeric() || "-_".contains(char));
    let mut names = arguments.coders.clone();
    names.sort();
    names.dedup();
    ensure!(
        names.len() == arguments.coders.len() && names.iter().all(plain),
        "coders have different names of letters, digits, - and _, since their sheets are called so"
    );
    let files: Vec<PathBuf> =
        arguments.coders.iter().map(|name| arguments.folder.join(format!("{name}.jsonl"))).collect();
    for file in &files {
        ensure!(!file.exists(), "{}: there is a sheet already; move it, or name another with --folder", file.display());
    }
    let ledger = open(&arguments.ledger, arguments.filter.as_of)?;
    let reports = ledger.sample(&arguments.filter.filter(&ledger)?, arguments.number, arguments.seed)?;
    for (coder, file) in arguments.coders.iter().zip(&files) {
        let mut sheet = String::new();
        for report in &reports {
            writeln!(sheet, "{}", line(coder, report))?;
        }
        std::fs::write(file, sheet).with_context(|| format!("{} cannot be written", file.display()))?;
        writeln!(anstream::stderr(), "{}: {} reports", file.display(), reports.len())?;
    }
    Ok(Ending::Complete)
}

fn line(coder: &str, report: &Report) -> serde_json::Value {
    json!({
        "report": report.id,
        "coder": coder,
        "title": report.title,
        "published": report.published,
        "outlet": report.outlet,
        "text": report.text,
        "title_span": report.title_span,
        "body_start": report.body_start,
        "claims": [],
    })
}
