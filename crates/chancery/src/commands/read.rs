//! `chancery read`: code reports and print them.

use super::codebook_folder::CodebookArguments;
use super::confidence::ConfidenceArguments;
use super::gazetteer::GazetteerArguments;
use super::input::InputArguments;
use super::out::OutputArguments;
use crate::exit_codes::{self, Ending};
use crate::output::reading;

/// Read reports and print what they claim
///
/// Prints each report sentence by sentence, and under each sentence what it was read to claim: what happened, who did
/// it to whom, when, where, how many, whether it happened, and according to whom. With --format jsonl, prints one JSON
/// object a report, schema chancery/1, on one line.
///
/// An input that cannot be read is named on standard error; the others go on.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    #[command(flatten)]
    codebook: CodebookArguments,
    #[command(flatten)]
    confidence: ConfidenceArguments,
    #[command(flatten)]
    gazetteer: GazetteerArguments,
    #[command(flatten)]
    output: OutputArguments,
    /// How to print
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Include the stored text in each JSON object (text output always shows it)
    #[arg(long)]
    with_text: bool,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// For people
    Text,
    /// For machines: JSON lines
    Jsonl,
}

/// Runs the command.
///
/// # Errors
/// If the engine cannot be loaded or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let engine = arguments.gazetteer.lay_over(arguments.codebook.engine()?)?;
    let engine = arguments.confidence.lay_over(engine);
    let (mut out, width) = arguments.output.open()?;
    let Arguments { format, with_text, .. } = arguments;
    arguments.input.each(&mut out, |report| {
        let read = engine.read(report);
        match format {
            Format::Text => Ok(reading::write(&engine.record(&read, false), &read.document.report.text, width)),
            Format::Jsonl => Ok(serde_json::to_string(&engine.record(&read, with_text))? + "\n"),
        }
    })
}
