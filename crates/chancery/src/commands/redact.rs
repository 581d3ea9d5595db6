//! `chancery redact`: remove a text from the file.

use super::ledger_file::LedgerArguments;
use super::signature::SignatureArguments;
use crate::exit_codes::{self, Ending};
use jiff::Timestamp;
use ledger::Ledger;

/// Remove the text of a report, and all that was read in it, from the file
///
/// For law and safety; it cannot be undone. What remains is a tombstone: the report's id, outlet and day, the hash of its
/// text, who removed it, when and why. The report leaves all counts and is not taken in again. The file is written anew, so
/// that the words are nowhere in it; copies of the file are yours to find.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// The report (r…)
    report: String,
    #[command(flatten)]
    signature: SignatureArguments,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: String,
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Runs the command.
///
/// # Errors
/// If there is no such report, or the file cannot be written anew.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let mut ledger = Ledger::open(arguments.ledger.path())?;
    ledger.redact(&arguments.report, &arguments.signature.analyst, &arguments.reason, Timestamp::now())?;
    Ok(Ending::Complete)
}
