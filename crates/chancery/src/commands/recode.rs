//! `chancery recode`: code what is in the ledger again, as another run.

use super::codebook_folder::CodebookArguments;
use super::confidence::ConfidenceArguments;
use super::gazetteer::GazetteerArguments;
use super::input::tell;
use super::ledger_file::LedgerArguments;
use super::progress::Progress;
use crate::exit_codes::{self, Ending};
use crate::pipeline;
use anyhow::Context;
use engine::conversion;
use ledger::{Coding, Ledger, Stored, Writer};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::Write;
use std::time::{Duration, Instant};

/// Code what is in the ledger again
///
/// Every report that this program with this codebook has not coded is coded as another run; its earlier claims stay on
/// record and no longer count. Verdicts hold for the new claims as well (`chancery verdicts --orphaned` lists those whose
/// claims are gone); `chancery runs diff` shows what has changed. An interrupted command is simply given again.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    codebook: CodebookArguments,
    #[command(flatten)]
    confidence: ConfidenceArguments,
    #[command(flatten)]
    gazetteer: GazetteerArguments,
    /// Threads to use; all processors unless told otherwise. The ledger is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

/// Reports in one commit, at most; and the time after which a commit is made.
const GROUP: usize = 256;
const PAUSE: Duration = Duration::from_secs(2);
/// Reports read from the ledger at a time.
const BATCH: u32 = 64;

/// Runs the command.
///
/// # Errors
/// If the engine cannot be loaded, or the ledger cannot be written; what was committed is safe.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let Arguments { ledger, codebook, confidence, gazetteer, threads } = arguments;
    let mut ledger = Ledger::open(ledger.path())?;
    let engine = confidence.lay_over(gazetteer.lay_over(codebook.engine()?)?);
    let run = engine.run().clone();
    let threads = threads.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(usize::from));
    let writer = RefCell::new(Writer::new(&mut ledger, jiff::Timestamp::now()));
    let mut progress = Progress::new("reports");
    let mut failure = None;
    let mut last = 0;
    let mut batch = VecDeque::new();
    let under_way = RefCell::new(VecDeque::new());
    let reports = std::iter::from_fn(|| {
        if batch.is_empty() {
            match writer.borrow().uncoded(&run, last, BATCH) {
                Ok(more) => batch.extend(more),
                Err(error) => failure = Some(error),
            }
        }
        let next: Stored = batch.pop_front()?;
        last = next.number;
        under_way.borrow_mut().push_back(next.report.id.clone());
        Some(next)
    });
    let work = |stored: Stored| -> anyhow::Result<(Stored, Coding)> {
        let record = engine.record(&engine.read(conversion::from_record(&stored.report)), false);
        Ok((stored, Coding::new(record).context("the record cannot be stored")?))
    };
    let (mut committed, mut coded, mut failed) = (Instant::now(), 0, 0);
    pipeline::run(reports, threads.unwrap_or(1), work, |result| {
        let id = under_way.borrow_mut().pop_front().unwrap_or_default();
        let mut writer = writer.borrow_mut();
        match result {
            Ok(result) => {
                let (stored, coding) = result?;
                writer.recode(&stored, &coding)?;
                coded += 1;
            }
            Err(message) => {
                failed += 1;
                tell(&format!("{id}: it cannot be coded ({message})"));
            }
        }
        if writer.waiting() >= GROUP || committed.elapsed() >= PAUSE {
            progress.advance(writer.commit()?.len() as u64);
            committed = Instant::now();
        }
        Ok(())
    })?;
    let mut writer = writer.into_inner();
    progress.advance(writer.commit()?.len() as u64);
    let claims = writer.tally().claims;
    progress.end();
    if let Some(error) = failure {
        return Err(error.into());
    }
    writeln!(anstream::stderr(), "{coded} reports coded again with {claims} claims; {failed} could not be coded")?;
    Ok(Ending::of(u64::from(failed == 0 || coded > 0), failed))
}
