//! `chancery verdicts`: list what analysts have decided.

use super::ledger_file::LedgerArguments;
use super::questions::{FormArguments, day, open, print};
use crate::exit_codes::{self, Ending};
use crate::output::answers::Column;
use jiff::civil::Date;
use ledger::verdicts::VerdictFilter;

/// List what analysts have decided
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    /// Signed by this analyst
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    analyst: Option<String>,
    /// On this claim, event, story or report
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    target: Option<String>,
    /// Given on this day or later
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Filters")]
    since: Option<Date>,
    /// Those that hold and whose claims the last run on their report did not find
    #[arg(long, help_heading = "Filters")]
    orphaned: bool,
    #[command(flatten)]
    form: FormArguments,
}

const COLUMNS: &[Column] = &[
    ("verdict", &["verdict"]),
    ("given", &["recorded"]),
    ("analyst", &["analyst"]),
    ("decision", &["decision", "field", "value"]),
    ("on", &["id"]),
    ("reason", &["reason"]),
    ("undone by", &["undone"]),
    ("lost", &["lost"]),
];

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let Arguments { ledger, analyst, target, since, orphaned, form } = arguments;
    let filter = VerdictFilter { analyst, target, since, orphaned };
    print(&open(&ledger, None)?.verdicts(&filter)?, COLUMNS, form)
}
