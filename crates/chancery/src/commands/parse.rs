//! `chancery parse`: the language layer alone.

use super::input::InputArguments;
use super::out::OutputArguments;
use crate::exit_codes::{self, Ending};
use engine::Engine;

/// Print the grammar of reports: tokens, lemmas, tags, heads and relations
///
/// CoNLL-U is the tables of Universal Dependencies, one word a line.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    input: InputArguments,
    #[command(flatten)]
    output: OutputArguments,
    /// How to print
    #[arg(long, value_enum, default_value = "conllu")]
    format: Format,
}

#[derive(clap::ValueEnum, Clone, Copy, Debug)]
enum Format {
    /// CoNLL-U
    Conllu,
}

/// Runs the command.
///
/// # Errors
/// If the engine cannot be loaded or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let engine = Engine::built_in()?;
    let (mut out, _) = arguments.output.open()?;
    arguments.input.each(&mut out, |report| {
        let document = engine.parse(report);
        match arguments.format {
            Format::Conllu => Ok(annotate::conllu::write(&document)),
        }
    })
}
