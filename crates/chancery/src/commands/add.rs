//! `chancery add`: read reports into the ledger.

use super::codebook_folder::CodebookArguments;
use super::confidence::ConfidenceArguments;
use super::gazetteer::GazetteerArguments;
use super::input::InputArguments;
use super::ledger_file::LedgerArguments;
use super::progress::Progress;
use crate::exit_codes::{self, Ending};
use crate::intake::Problem;
use anyhow::Context;
use document::Report;
use engine::{Engine, conversion};
use ledger::{Arrival, Coding, Ledger, Tally, Writer};
use std::io::Write;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Read reports into the ledger
///
/// Takes in what `chancery read` reads, codes it, and keeps reports and claims in one file. A report that the ledger has
/// is not taken in again, so that an interrupted command is simply given again. A report counts as taken in once it is
/// safe on the disk; --acknowledge prints each at that moment.
///
/// What cannot be read is named on standard error and kept in the ledger's list (`chancery skipped`); the rest goes on.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    codebook: CodebookArguments,
    #[command(flatten)]
    confidence: ConfidenceArguments,
    #[command(flatten)]
    gazetteer: GazetteerArguments,
    /// Keep the reports without coding them; `chancery add` of the same reports codes them later
    #[arg(long)]
    no_coding: bool,
    /// Print the id and the name of each report once it is safe on the disk
    #[arg(long)]
    acknowledge: bool,
}

/// Reports in one commit, at most; and the time after which a commit is made.
const GROUP: usize = 4_096;
const PAUSE: Duration = Duration::from_secs(2);

/// Runs the command.
///
/// # Errors
/// If the engine cannot be loaded, or the ledger cannot be written; what was acknowledged is safe.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let Arguments { input, ledger, codebook, confidence, gazetteer, no_coding, acknowledge } = arguments;
    let mut ledger = Ledger::create(ledger.path())?;
    let engine = if no_coding { None } else { Some(confidence.lay_over(gazetteer.lay_over(codebook.engine()?)?)) };
    let known = Ledger::read(ledger.path())?;
    let mut writer = Writer::new(&mut ledger, jiff::Timestamp::now());
    let read = Arc::default();
    let mut progress = Progress::new("reports").through(input.size(), Arc::clone(&read));
    let mut out = anstream::stdout().lock();
    let mut committed = Instant::now();
    let mut commit = |writer: &mut Writer<'_>, progress: &mut Progress| -> anyhow::Result<()> {
        let taken = writer.commit()?;
        progress.advance(taken.len() as u64);
        if acknowledge {
            for one in taken {
                writeln!(out, "{}\t{}", one.id, one.name)?;
            }
            out.flush()?;
        }
        Ok(())
    };
    // What was committed need not be read again; what was read twice before the commit is told apart by the writer.
    let admit = move |report: Report| {
        let described = conversion::report(&report, true);
        known
            .has(&described, !no_coding)
            .map(|known| if known { Admitted::Known(described) } else { Admitted::New(report, described) })
    };
    let work = |admitted| match admitted? {
        Admitted::Known(described) => Ok(Ready::Known(Box::new(described))),
        Admitted::New(report, described) => {
            arrival(report, described, engine.as_ref()).map(|arrival| Ready::New(Box::new(arrival)))
        }
    };
    input.run(read, admit, work, |outcome| {
        match progress.aside(|| outcome.told()) {
            Ok(ready) => match ready? {
                Ready::Known(described) => writer.known(&described),
                Ready::New(arrival) => writer.take(&arrival)?,
            },
            Err(problem) => skip(&mut writer, &problem)?,
        }
        if writer.waiting() >= GROUP || committed.elapsed() >= PAUSE {
            commit(&mut writer, &mut progress)?;
            committed = Instant::now();
        }
        Ok(())
    })?;
    commit(&mut writer, &mut progress)?;
    let tally = writer.tally();
    progress.end();
    writeln!(anstream::stderr(), "{}", summary(tally))?;
    Ok(Ending::of(tally.new + tally.known, tally.skipped))
}

/// A report on its way to the workers: one that the ledger has needs no work.
enum Admitted {
    Known(record::Report),
    New(Report, record::Report),
}

/// A report on its way to the writer.
enum Ready {
    Known(Box<record::Report>),
    New(Box<Arrival>),
}

/// Enters a problem into the ledger's list.
pub(super) fn skip(writer: &mut Writer<'_>, problem: &Problem) -> anyhow::Result<()> {
    let place = problem.position.at.map(|at| at.to_string()).unwrap_or_default();
    Ok(writer.skip(&problem.position.input, &place, &problem.reason.to_string())?)
}

/// A report with its coding. What the claims' ids depend on is the report's id in the ledger, not the sender's name.
pub(super) fn arrival(
    mut report: Report,
    described: record::Report,
    engine: Option<&Engine>,
) -> anyhow::Result<Arrival> {
    let coding = match engine {
        None => None,
        Some(engine) => {
            report.id = ledger::identity(&described);
            let record = engine.record(&engine.read(report), false);
            Some(Coding::new(record).context("the record cannot be stored")?)
        }
    };
    Ok(Arrival::new(described, coding))
}

fn summary(tally: Tally) -> String {
    let Tally { new, known, claims, skipped } = tally;
    format!("{new} reports taken in with {claims} claims; {known} were there already, {skipped} could not be read")
}
