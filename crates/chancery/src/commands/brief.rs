//! `chancery brief`: the situation report.

use super::ledger_file::LedgerArguments;
use super::out::OutputArguments;
use super::questions::{FilterArguments, open};
use crate::exit_codes::{self, Ending};
use crate::output::briefs;
use anyhow::Context;

/// Write the situation report: what is new, met, agreed, due, kept, broken and disputed since a day
///
/// Every line has its chain: who says so, in which outlet's report of which day, and the sentence. The day of the brief is
/// that of the last report unless --as-of gives another; the clock plays no part in it. Without --since it covers a week.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    filter: FilterArguments,
    /// How to write it
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For a terminal
    Text,
    /// Markdown
    Markdown,
    /// A page for a browser or a printer
    Html,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened, the days do not fit, or the output cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let ledger = open(&arguments.ledger, arguments.filter.as_of)?;
    let brief = ledger.brief(arguments.filter.since, arguments.filter.as_of, &arguments.filter.filter(&ledger)?)?;
    let (mut out, width) = arguments.output.open()?;
    let written = match arguments.format {
        Format::Text => briefs::text(&brief, width),
        Format::Markdown => briefs::markdown(&brief),
        Format::Html => briefs::html(&brief),
    };
    out.write_all(written.as_bytes()).context("the output cannot be written")?;
    out.flush().context("the output cannot be written")?;
    Ok(Ending::Complete)
}
