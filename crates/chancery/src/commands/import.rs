//! `chancery import`: records into the ledger, as another ledger or `chancery read` gave them out.

use super::add::skip;
use super::input::tell;
use super::ledger_file::LedgerArguments;
use super::progress::Progress;
use crate::exit_codes::{self, Ending};
use crate::intake::{Position, Problem, Reason, records};
use ledger::{Ledger, LedgerError, Writer};
use std::io::Write;
use std::path::PathBuf;

/// Take records back into the ledger
///
/// Takes what `chancery export --format record` gives out, without loss: reports with the days on which they were available
/// and recorded, claims as each run coded them, verdicts, tombstones and what was skipped, and from them the same stories and
/// events. Keep the order of the lines: runs are numbered by it. Without the texts (--with-text of the export) copies are not
/// known as such, so that each report is a story of its own, and nothing can be searched.
///
/// Takes what `chancery read --format jsonl` writes too, so that reports can be coded elsewhere and gathered in one ledger;
/// their claims get ids that go with the report's id in the ledger.
///
/// A report or verdict that the ledger has is not taken in again; a removed text whose report is still in this ledger is told. What cannot be read is named on standard error and kept in the
/// ledger's list (`chancery skipped`); the rest goes on.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// Records, one JSON object a line; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Skip lines longer than this many bytes; 256 MiB unless told otherwise
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES, value_parser = clap::value_parser!(u64).range(1..=1 << 32))]
    max_bytes: u64,
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// A record is many times as long as its report.
const MAX_BYTES: u64 = 256 * 1024 * 1024;

/// Reports in one commit, at most.
const GROUP: usize = 512;

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be written; what was committed is safe, and the command can be given again.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let mut ledger = Ledger::create(arguments.ledger.path())?;
    let mut writer = Writer::new(&mut ledger, jiff::Timestamp::now());
    let mut progress = Progress::new("records");
    // Entered, and there already.
    let mut verdicts = (0, 0);
    for file in &arguments.files {
        records::read(file, arguments.max_bytes, |position, read| {
            let taken = match read.map(|returned| writer.take_back(returned)) {
                Ok(Err(LedgerError::Refused(why))) => Err(Reason::NoRecord(why)),
                Ok(taken) => Ok(taken?),
                Err(reason) => Err(reason),
            };
            if let Err(reason) = taken {
                refuse(&mut writer, &progress, Problem { position, reason })?;
            }
            if writer.waiting() >= GROUP {
                progress.advance(writer.commit()?.len() as u64);
            }
            Ok(())
        })?;
        let entered = writer.enter_verdicts()?;
        verdicts.0 += entered.new;
        verdicts.1 += entered.known;
        for why in entered.refused {
            let position = Position { input: file.display().to_string(), at: None };
            refuse(&mut writer, &progress, Problem { position, reason: Reason::NoRecord(why) })?;
        }
    }
    writer.commit()?;
    let tally = writer.tally();
    progress.end();
    writeln!(
        anstream::stderr(),
        "{} reports taken back with {} claims; {} were there already, {} could not be read",
        tally.new,
        tally.claims,
        tally.known,
        tally.skipped
    )?;
    if verdicts != (0, 0) {
        writeln!(anstream::stderr(), "{} verdicts entered; {} were there already", verdicts.0, verdicts.1)?;
    }
    Ok(Ending::of(tally.new + tally.known, tally.skipped))
}

/// Names what was not taken in, and keeps it in the ledger's list.
fn refuse(writer: &mut Writer<'_>, progress: &Progress, problem: Problem) -> anyhow::Result<()> {
    progress.aside(|| tell(&problem.to_string()));
    skip(writer, &problem)
}
