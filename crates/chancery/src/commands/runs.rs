//! `chancery runs`: which passes of coding the ledger holds, and how two of them differ.

use super::ledger_file::LedgerArguments;
use super::questions::{FormArguments, open, print};
use crate::exit_codes::{self, Ending};
use crate::output::answers::Column;

/// List the runs of coding; `runs diff OLD NEW` compares two
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP, args_conflicts_with_subcommands = true)]
pub struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    listed: Listed,
}

#[derive(clap::Subcommand, Debug)]
enum Command {
    /// Show claims gained, lost and changed between two runs, in the reports that both coded
    Diff(Compared),
}

#[derive(clap::Args, Debug)]
struct Listed {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    form: FormArguments,
}

#[derive(clap::Args, Debug)]
struct Compared {
    /// Number of the one run
    old: i64,
    /// Number of the other
    new: i64,
    #[command(flatten)]
    listed: Listed,
}

const CHANGES: &[Column] = &[
    ("change", &["change"]),
    ("claim", &["claim"]),
    ("report", &["report"]),
    ("category · told", &["category", "told"]),
    ("field", &["field"]),
    ("old", &["old"]),
    ("new", &["new"]),
];

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened, there is no such run, or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    match arguments.command {
        None => print(&open(&arguments.listed.ledger, None)?.runs()?, &[], arguments.listed.form),
        Some(Command::Diff(Compared { old, new, listed })) => {
            print(&open(&listed.ledger, None)?.runs_diff(old, new)?, CHANGES, listed.form)
        }
    }
}
