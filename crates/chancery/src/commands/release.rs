//! `chancery release`: a frozen, citable version of what the ledger holds.

use super::ledger_file::LedgerArguments;
use crate::exit_codes::{self, Ending};
use crate::output::exports::package::{self, Description};
use anyhow::{Context, bail, ensure};
use ledger::Ledger;
use ledger::exports::Persons;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Freeze what the ledger holds as a data package that can be cited
///
/// Writes a folder after the Frictionless standard: reports, claims, events and tolls as CSV with short evidence,
/// coverage.csv with the outlets and days that were read, CITATION.txt, and datapackage.json with the schema of each table,
/// licence, title, contributors, version, sources, and size and SHA-256 of each file. With --since it has changes.csv: the
/// events added, gone and changed since the last release, with the columns that differ.
///
/// No clock stands in it: the same ledger gives the same bytes. Names of private persons are withheld as in `chancery
/// export`, and texts are not part of it.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// The folder to write; it must be new or empty
    #[arg(long, short, value_name = "FOLDER")]
    output: PathBuf,
    /// Version of the release; the last day on which something was available unless told otherwise
    #[arg(long, value_name = "VERSION")]
    version: Option<String>,
    /// The folder of the release before
    #[arg(long, value_name = "FOLDER")]
    since: Option<PathBuf>,
    /// What the release is called
    #[arg(long, value_name = "TEXT", default_value = "Events and claims from news reports")]
    title: String,
    /// Who made it; may be given several times
    #[arg(long = "contributor", value_name = "NAME")]
    contributors: Vec<String>,
    /// Licence of the tables, by its SPDX name; the quoted sentences remain their publishers'
    #[arg(long, value_name = "NAME", default_value = "CC-BY-4.0")]
    licence: String,
    /// With the names of private persons
    #[arg(long)]
    with_persons: bool,
    #[command(flatten)]
    ledger: LedgerArguments,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened or is empty, or the folder is not empty or cannot be written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let ledger = Ledger::read(arguments.ledger.path())?;
    let _snapshot = ledger.snapshot()?;
    let day = ledger.today()?;
    let version = arguments.version.clone().unwrap_or_else(|| day.to_string());
    ensure!(!version.trim().is_empty(), "a version is a word; give one with --version");
    if let Some(since) = &arguments.since {
        ensure!(
            since.join("datapackage.json").is_file(),
            "{} is no release; name the folder that `chancery release` wrote",
            since.display()
        );
    }
    prepare(&arguments.output)?;
    let description = Description {
        title: arguments.title.clone(),
        version,
        licence: arguments.licence.clone(),
        contributors: arguments.contributors.clone(),
        day,
    };
    let persons = if arguments.with_persons { Persons::Named } else { Persons::Withheld };
    let changed = package::release(&arguments.output, &ledger, &description, persons, arguments.since.as_deref())
        .context("the release is not complete")?;
    let changes =
        if arguments.since.is_some() { format!("; {changed} events differ from the last") } else { String::new() };
    writeln!(anstream::stderr(), "version {} written to {}{changes}", description.version, arguments.output.display())?;
    Ok(Ending::Complete)
}

fn prepare(folder: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(folder)
        .with_context(|| format!("{} cannot be made; name another folder with --output", folder.display()))?;
    let mut entries =
        fs::read_dir(folder).with_context(|| format!("{} cannot be read; check who may", folder.display()))?;
    if entries.next().is_some() {
        bail!("{} is not empty; a release is frozen, name a new folder with --output", folder.display());
    }
    Ok(())
}
