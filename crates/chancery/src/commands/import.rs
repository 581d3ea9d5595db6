//! `chancery import`: records into the ledger, as another ledger or `chancery read` gave them out.

use super::add::skip;
use super::input::tell;
use super::ledger_file::LedgerArguments;
use super::progress::Progress;
use crate::exit_codes::{self, Ending};
use crate::intake::records;
use ledger::{Ledger, Writer};
use std::io::Write;
use std::path::PathBuf;

/// Take records back into the ledger
///
/// Takes what `chancery export --format record` gives out, without loss: reports with the days on which they were available
/// and recorded, claims as they were coded, and from them the same stories and events. Without the texts (--with-text of the
/// export) copies are not known as such, so that each report is a story of its own, and nothing can be searched.
///
/// Takes what `chancery read --format jsonl` writes too, so that reports can be coded elsewhere and gathered in one ledger;
/// their claims get ids that go with the report's id in the ledger.
///
/// A report that the ledger has is not taken in again. What cannot be read is named on standard error and kept in the
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
    for file in &arguments.files {
        records::read(file, arguments.max_bytes, |result| {
            match result {
                Ok(arrival) => writer.take(&arrival)?,
                Err(problem) => {
                    progress.aside(|| tell(&problem.to_string()));
                    skip(&mut writer, &problem)?;
                }
            }
            if writer.waiting() >= GROUP {
                progress.advance(writer.commit()?.len() as u64);
            }
            Ok(())
        })?;
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
    Ok(Ending::of(tally.new + tally.known, tally.skipped))
}
