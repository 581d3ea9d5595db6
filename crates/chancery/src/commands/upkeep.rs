//! `chancery backup`, `restore` and `check`: copies of the ledger, and whether it is sound.

use super::ledger_file::LedgerArguments;
use crate::exit_codes::{self, Ending};
use ledger::Ledger;
use std::io::Write;
use std::path::PathBuf;

/// Copy the ledger as it stands into a file, while others read and write
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct BackupArguments {
    /// The copy; there must be no such file
    file: PathBuf,
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Put a copy in the place of the ledger, after checking it
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct RestoreArguments {
    /// The copy
    file: PathBuf,
    /// Even if there is a ledger already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Check the ledger: the file itself, each text and its hash, each record, and all that is derived from them
///
/// Prints a line for each fault; the exit code is 1 if there is any. A ledger of an older program is brought to the schema
/// of this one.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct CheckArguments {
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Runs `backup`.
///
/// # Errors
/// If the ledger cannot be read or the copy cannot be written.
pub fn backup(arguments: &BackupArguments) -> anyhow::Result<Ending> {
    Ledger::read(arguments.ledger.path())?.backup(&arguments.file)?;
    Ok(Ending::Complete)
}

/// Runs `restore`.
///
/// # Errors
/// If the copy is damaged, or there is a ledger that is not to be replaced.
pub fn restore(arguments: &RestoreArguments) -> anyhow::Result<Ending> {
    Ledger::restore(&arguments.file, arguments.ledger.path(), arguments.force)?;
    Ok(Ending::Complete)
}

/// Runs `check`.
///
/// # Errors
/// If the ledger cannot be opened.
pub fn check(arguments: &CheckArguments) -> anyhow::Result<Ending> {
    let faults = Ledger::open(arguments.ledger.path())?.check()?;
    let mut out = anstream::stdout().lock();
    for fault in &faults {
        writeln!(out, "{fault}")?;
    }
    if faults.is_empty() {
        writeln!(anstream::stderr(), "the ledger is sound")?;
        return Ok(Ending::Complete);
    }
    writeln!(anstream::stderr(), "{} faults; `chancery restore` puts a copy in its place", faults.len())?;
    Ok(Ending::Differs)
}
