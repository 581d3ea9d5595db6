//! `chancery codebook`: check a codebook, run its examples, show its pages, compare it with another.

use super::codebook_diff::{self, DiffArguments};
use super::codebook_folder::CodebookArguments;
use super::codebook_show::{self, ShowArguments};
use super::out::OutputArguments;
use crate::exit_codes::Ending;
use engine::examples;
use std::io::Write;

/// Check a codebook, run its examples, show its pages, compare it with another
#[derive(clap::Args, Debug)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand, Debug)]
enum Action {
    /// Load it, and name every fault with file, line, the words that are wrong and a hint
    Check(Common),
    /// Run every example; where one fails, show what was expected, the parse and the claims
    ///
    /// A yes must give exactly the expected claim, a no must not give the rule's category, a gap must still be missed.
    Test(Common),
    /// Show a category as a page to read: what counts, modes, rules, examples
    ///
    /// Without a category, the page of contents. With --format html and -o FOLDER, all pages, linked with each other.
    Show(ShowArguments),
    /// Read the same reports with two codebooks, and show the claims gained, lost and changed
    ///
    /// Claims are matched by the words that they hang on, whatever their category. A changed claim differs in category,
    /// actors, recipients, status, modes, when or where.
    Diff(DiffArguments),
}

#[derive(clap::Args, Debug)]
struct Common {
    #[command(flatten)]
    codebook: CodebookArguments,
    #[command(flatten)]
    output: OutputArguments,
}

/// Runs the command.
///
/// # Errors
/// If the codebook has faults or the output cannot be written.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    match arguments.action {
        Action::Show(arguments) => codebook_show::run(&arguments),
        Action::Diff(arguments) => codebook_diff::run(arguments),
        Action::Check(common) => {
            let engine = common.codebook.engine_with_examples()?;
            let (mut out, _) = common.output.open()?;
            let codebook = engine.codebook();
            let examples: usize = codebook.rules.iter().map(|rule| rule.examples.len()).sum();
            writeln!(
                out,
                "{} {}: {} rules, {examples} examples, no fault",
                codebook.name,
                codebook.version,
                codebook.rules.len()
            )?;
            Ok(Ending::Complete)
        }
        Action::Test(common) => {
            let engine = common.codebook.engine_with_examples()?;
            let (mut out, _) = common.output.open()?;
            let (count, failures) = examples::check(&engine);
            for failure in &failures {
                writeln!(out, "{failure}")?;
            }
            writeln!(out, "{count} examples, {} failed", failures.len())?;
            Ok(if failures.is_empty() { Ending::Complete } else { Ending::Failed })
        }
    }
}
