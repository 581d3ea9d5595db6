//! `chancery codebook diff`: what two codebooks read differently in the same reports.

use super::codebook_folder::load;
use super::input::InputArguments;
use super::out::OutputArguments;
use crate::exit_codes::{Ending, is_closed_pipe};
use crate::output::comparison::{self, Counts};
use anyhow::Context;
use engine::{Engine, Reading};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

const HELP: &str = "\
Exit codes:
  0  both codebooks read the same
  1  they differ
  2  the arguments were not understood, or the command failed
  3  some inputs were skipped; each is named on standard error";

#[derive(clap::Args, Debug)]
#[command(after_help = HELP)]
pub(super) struct DiffArguments {
    /// The codebook before: a folder as for --codebook, or built-in
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The codebook after
    #[arg(value_name = "NEW")]
    new: PathBuf,
    #[command(flatten)]
    input: InputArguments,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    #[command(flatten)]
    output: OutputArguments,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// A table for people
    Text,
    /// JSON lines: one object a difference, and one with the counts at the end
    Jsonl,
}

/// Runs the command. As with diff, that there is a difference is told by the exit code.
pub(super) fn run(arguments: DiffArguments) -> anyhow::Result<Ending> {
    compare(arguments).or_else(|error| {
        if is_closed_pipe(&error) {
            return Err(error);
        }
        let _ = writeln!(anstream::stderr(), "chancery: {error:#}");
        Ok(Ending::Trouble)
    })
}

fn compare(arguments: DiffArguments) -> anyhow::Result<Ending> {
    let (old, new) = (named(&arguments.old)?, named(&arguments.new)?);
    let (mut out, width) = arguments.output.open()?;
    let total = Mutex::new(Counts::default());
    let format = arguments.format;
    let ending = arguments.input.each(&mut out, |report| {
        // Annotations do not depend on the codebook, so the report is parsed once.
        let document = old.parse(report);
        let coding = coder::code(&document, old.codebook());
        let reading = Reading { document, coding };
        let before = old.record(&reading, false);
        let Reading { document, .. } = reading;
        let coding = coder::code(&document, new.codebook());
        let after = new.record(&Reading { document, coding }, false);
        let differences = comparison::differences(&before.claims, &after.claims);
        total.lock().unwrap_or_else(PoisonError::into_inner).add(&differences);
        match format {
            Format::Text => Ok(comparison::text(&before.report.id, &differences, width)),
            Format::Jsonl => comparison::json_lines(&before.report.id, &differences),
        }
    })?;
    let total = total.into_inner().unwrap_or_else(PoisonError::into_inner);
    let summary = match format {
        Format::Text => total.text(),
        Format::Jsonl => total.json_line()?,
    };
    out.write_all(summary.as_bytes()).and_then(|()| out.flush()).context("the output cannot be written")?;
    Ok(match ending {
        Ending::Complete if total.differ() => Ending::Differs,
        Ending::Failed => Ending::Trouble,
        other => other,
    })
}

fn named(codebook: &Path) -> anyhow::Result<Engine> {
    load((codebook != Path::new("built-in")).then_some(codebook))
}
