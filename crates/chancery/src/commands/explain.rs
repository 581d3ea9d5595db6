//! `chancery explain`: how each sentence was read.

use super::codebook_folder::CodebookArguments;
use super::confidence::ConfidenceArguments;
use super::gazetteer::GazetteerArguments;
use super::input::InputArguments;
use super::out::OutputArguments;
use crate::exit_codes::{self, Ending};
use crate::output::explanation;

/// Show how each sentence was read, which rules fired and which nearly did
///
/// For each sentence: the words with their tags and heads; names, times, places, quantities and statements; and every
/// rule that hangs on one of the words, with the line of its pattern that was not met.
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
}

/// Runs the command.
///
/// # Errors
/// If the engine cannot be loaded or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let engine = arguments.gazetteer.lay_over(arguments.codebook.engine()?)?;
    let engine = arguments.confidence.lay_over(engine);
    let (mut out, width) = arguments.output.open()?;
    arguments.input.each(&mut out, |report| Ok(explanation::write(&engine.read(report), engine.codebook(), width)))
}
