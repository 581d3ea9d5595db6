//! `chancery agree`: how far two coders agree, or a coder and a run.

use super::ledger_file::LedgerArguments;
use super::questions::{FormArguments, print_under};
use crate::exit_codes::{self, Ending};
use crate::intake::sheets;
use crate::output::agreements;
use anyhow::{Context, bail, ensure};
use engine::conversion::from_record;
use ledger::Ledger;
use ledger::agreement::{Coded, Sentences, measure};
use record::Report;
use std::path::{Path, PathBuf};

/// Tell how far two coders agree, or a coder and a run of the program
///
/// Claims match one to one, as many as possible, if their spans overlap and their category is the same ("category"); if
/// they also share a participant or name none ("category and actors"); if also all actors and recipients are the same, and
/// status and day where both give them ("strict"). The first file is the reference for precision and recall. Krippendorff's
/// alpha is given apart for finding (whether a sentence holds a claim) and for labelling (the category of spans that both
/// found). The list of disagreements follows; --format csv or json prints the list alone.
///
/// Files are lines of JSON: sheets of `chancery assign`, single claims with "report", "start", "end", "category", or records
/// of `chancery read --with-text`. What only one of the two has read is left out.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// What the first coder found
    first: PathBuf,
    /// What the second coder found
    #[arg(required_unless_present = "run", conflicts_with = "run")]
    second: Option<PathBuf>,
    /// Compare with what a run found: its number, or `latest`, the last on each report
    #[arg(long, value_name = "RUN", value_parser = run_number)]
    run: Option<Chosen>,
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    form: FormArguments,
}

/// A run by its number; none for the last on each report.
#[derive(Clone, Copy, Debug)]
struct Chosen(Option<i64>);

fn run_number(written: &str) -> Result<Chosen, String> {
    match written {
        "latest" => Ok(Chosen(None)),
        number => number
            .parse()
            .map(|number| Chosen(Some(number)))
            .map_err(|_| "the number of a run (`chancery runs`), or latest".to_owned()),
    }
}

/// Runs the command.
///
/// # Errors
/// If a file cannot be read, a text is nowhere to be had, or the two have no report in common.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let first = read(&arguments.first)?;
    let mut ledger = None;
    let mut sentences = Sentences::new();
    let mut second: Vec<Coded> = Vec::new();
    let mut enter = |id: &str, known: Option<&Report>| -> anyhow::Result<()> {
        let report = match known {
            Some(report) => from_record(report),
            None => from_record(&opened(&mut ledger, &arguments.ledger)?.described(id)?),
        };
        sentences.insert(id.to_owned(), split(&report));
        Ok(())
    };
    if let Some(path) = &arguments.second {
        let other = read(path)?;
        for (id, text) in &first.reports {
            if let Some(others) = other.reports.get(id) {
                enter(id, text.as_ref().or(others.as_ref()))?;
            }
        }
        second = other.claims;
    } else {
        let Chosen(run) = arguments.run.unwrap_or(Chosen(None));
        let asked = Ledger::read(arguments.ledger.path())?;
        for (id, text) in &first.reports {
            if let Some(claims) = asked.coded_by(id, run)? {
                enter(id, text.as_ref())?;
                second.extend(claims);
            }
        }
    }
    ensure!(!sentences.is_empty(), "the two have no report in common; they are matched by \"report\"");
    let agreement = measure(&sentences, &first.claims, &second);
    let answer = agreements::disagreements(&agreement);
    print_under(&agreements::summary(&agreement), &answer, &[], arguments.form)
}

fn read(path: &Path) -> anyhow::Result<sheets::Sheets> {
    let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
    match sheets::read(&text) {
        Ok(sheets) => Ok(sheets),
        Err(reason) => bail!("{}: {reason}", path.display()),
    }
}

fn opened<'a>(ledger: &'a mut Option<Ledger>, arguments: &LedgerArguments) -> anyhow::Result<&'a Ledger> {
    match ledger {
        Some(ledger) => Ok(ledger),
        none => Ok(none.insert(Ledger::read(arguments.path())?)),
    }
}

/// The sentences of a report, in code points.
fn split(report: &document::Report) -> Vec<(u32, u32)> {
    let tokens = annotate::tokens::split(report);
    let sentences = annotate::sentences::split(report, &tokens);
    let points = |byte: u32| report.text.get(..byte as usize).map_or(0, |before| before.chars().count() as u32);
    let spans = sentences.spans.iter().filter_map(|span| {
        let (first, last) = (span.start.index(), span.end.index().checked_sub(1)?);
        Some((points(tokens.spans.get(first)?.start), points(tokens.spans.get(last)?.end)))
    });
    spans.collect()
}
