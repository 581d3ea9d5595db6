//! `chancery export`: rows of the ledger in the forms of other programs, and the ledger line by line.

use super::input::tell;
use super::ledger_file::LedgerArguments;
use super::out::FileArguments;
use super::questions::{FilterArguments, PolicyArguments, open};
use crate::exit_codes::{self, Ending};
use crate::output::exports::{self, Format, What};
use anyhow::{Context, ensure};
use ledger::Ledger;
use ledger::exports::Persons;
use ledger::questions::Filter;
use std::io::Write;

/// Hand on what the ledger holds: events, claims, tolls, country-months as CSV, JSON lines, Parquet, GeoJSON, HXL or CAMEO
///
/// Rows carry the sentence on which they rest, with its offsets and the SHA-256 of the text, rather than whole articles.
///
/// Withheld are the names of private persons: whom a report names, and whom neither the codebook nor an office (a sector
/// other than CVL) makes public. "private person" stands in their place, in participants, speakers, sentences and headlines,
/// as far as the program knows a name for one of a person; --with-persons leaves the names. Addresses (URLs) stay as they
/// are.
///
/// --format record gives back the ledger line by line: whole records, chancery/1, by day, with all that was read in a report
/// and what earlier runs had read, and beside them runs, verdicts, tombstones of removed texts and what was skipped
/// (chancery-ledger/1). Names are not withheld there, and --with-text adds the texts. `chancery import` takes the lines back
/// without loss. With filters it is part of a ledger: some reports, with their runs and verdicts.
///
/// --format cameo is lossy: events without a single day, with a status other than occurred or ongoing, sums, states, whoever
/// acts upon itself and what has no CAMEO code are left out, of several actors the first is taken, and the code comes from
/// PLOVER's crosswalk. The names are GDELT's but for ActionGeo_CountryISO3, as GDELT's countries are those of FIPS 10-4.
/// NumMentions counts claims, NumSources outlets, NumArticles reports.
///
/// --what country-months and admin1-months count single events in a country whose days lie in one month or are at most seven,
/// by category, with the dead and wounded, under a policy, beside the reports and stories that were read: where nothing was
/// read the counts are empty, as silence is not peace. --from and --to choose whole months, other filters choose events.
/// --what vintages tells how many events of a day were known how many days later.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// In which form
    #[arg(long, value_enum)]
    format: Format,
    /// Of what; events unless told otherwise
    #[arg(long, value_enum)]
    what: Option<What>,
    /// With the names of private persons
    #[arg(long)]
    with_persons: bool,
    /// With the texts of the reports, in records; mind the rights of their publishers
    #[arg(long)]
    with_text: bool,
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    output: FileArguments,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened, the arguments do not fit together, or the output cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let Arguments { format, what, with_persons, with_text, .. } = *arguments;
    ensure!(
        !with_text || format == Format::Record,
        "rows carry sentences, not texts; take --format record for --with-text"
    );
    if format == Format::Record {
        ensure!(what.is_none(), "records are whole reports; leave out --what");
        ensure!(!with_persons, "records withhold no names; leave out --with-persons");
        let ledger = open(&arguments.ledger, None)?;
        let filter = arguments.filter.filter(&ledger)?;
        // What a revision replaced later was there on the day.
        let to = arguments.filter.as_of.into_iter().chain(filter.to).min();
        return records(&ledger, &Filter { to, ..filter }, with_text, &arguments.output);
    }
    let ledger = open(&arguments.ledger, arguments.filter.as_of)?;
    let filter = arguments.filter.filter(&ledger)?;
    let _snapshot = ledger.snapshot()?;
    let policy = arguments.policy.chosen().unwrap_or_default();
    let persons = if with_persons { Persons::Named } else { Persons::Withheld };
    let mut out = arguments.output.open(format == Format::Parquet)?;
    let written = exports::write(&mut out, &ledger, what.unwrap_or(What::Events), format, &filter, persons, policy)
        .context("the export is not complete")?;
    if written.left_out > 0 {
        let reason = if format == Format::Geojson { "have no point" } else { "do not fit the table" };
        tell(&format!("{} events {reason} and were left out; {} were written", written.left_out, written.rows));
    }
    Ok(Ending::Complete)
}

fn records(ledger: &Ledger, filter: &Filter, with_text: bool, output: &FileArguments) -> anyhow::Result<Ending> {
    let _snapshot = ledger.snapshot()?;
    let mut out = output.open(false)?;
    ledger.each_record(filter, with_text, |line| writeln!(out, "{line}").map_err(anyhow::Error::from))?;
    out.flush()?;
    Ok(Ending::Complete)
}
