//! The program `chancery`: arguments in, one command called, an exit code out.

use chancery::commands::{
    add, agree, assign, brief, codebook, demo, explain, export, gazetteer, help_pages, import, parse, questions, read,
    recode, redact, release, runs, serve, upkeep, users, verdict, verdicts,
};
use chancery::exit_codes::{self, Ending};
use chancery::help;
use clap::{ColorChoice, CommandFactory, FromArgMatches, Parser, Subcommand};
use std::io::Write;
use std::process::ExitCode;

/// Reads reports of war and peace: who did what to whom, when, where, how many, whether it happened, and according to
/// whom, each field with the exact words that justify it.
///
/// Runs offline; models and codebook are part of the program.
#[derive(Parser)]
#[command(name = "chancery", version, max_term_width = 100, color = ColorChoice::Auto, after_help = exit_codes::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Read(read::Arguments),
    Add(add::Arguments),
    Brief(brief::Arguments),
    Serve(serve::Arguments),
    Demo(demo::Arguments),
    Users(users::Arguments),
    #[command(flatten)]
    Question(questions::Question),
    Export(export::Arguments),
    Import(import::Arguments),
    Release(release::Arguments),
    Verdict(verdict::Arguments),
    Verdicts(verdicts::Arguments),
    Assign(assign::Arguments),
    Agree(agree::Arguments),
    Recode(recode::Arguments),
    Runs(runs::Arguments),
    Redact(redact::Arguments),
    Backup(upkeep::BackupArguments),
    Restore(upkeep::RestoreArguments),
    Check(upkeep::CheckArguments),
    Parse(parse::Arguments),
    Explain(explain::Arguments),
    Codebook(codebook::Arguments),
    Gazetteer(gazetteer::Arguments),
    HelpPages(help_pages::Arguments),
}

fn main() -> ExitCode {
    let program = help::with_examples(Arguments::command());
    let understood = Arguments::from_arg_matches(&program.clone().get_matches());
    let result = match understood.unwrap_or_else(|error| error.exit()).command {
        Command::Read(arguments) => read::run(arguments),
        Command::Add(arguments) => add::run(arguments),
        Command::Brief(arguments) => brief::run(&arguments),
        Command::Serve(arguments) => serve::run(&arguments),
        Command::Demo(arguments) => demo::run(&arguments),
        Command::Users(arguments) => users::run(&arguments),
        Command::Question(question) => questions::run(question),
        Command::Export(arguments) => export::run(&arguments),
        Command::Import(arguments) => import::run(&arguments),
        Command::Release(arguments) => release::run(&arguments),
        Command::Verdict(arguments) => verdict::run(arguments),
        Command::Verdicts(arguments) => verdicts::run(arguments),
        Command::Assign(arguments) => assign::run(&arguments),
        Command::Agree(arguments) => agree::run(arguments),
        Command::Recode(arguments) => recode::run(arguments),
        Command::Runs(arguments) => runs::run(arguments),
        Command::Redact(arguments) => redact::run(&arguments),
        Command::Backup(arguments) => upkeep::backup(&arguments),
        Command::Restore(arguments) => upkeep::restore(&arguments),
        Command::Check(arguments) => upkeep::check(&arguments),
        Command::Parse(arguments) => parse::run(arguments),
        Command::Explain(arguments) => explain::run(arguments),
        Command::Codebook(arguments) => codebook::run(arguments),
        Command::Gazetteer(arguments) => gazetteer::run(&arguments),
        Command::HelpPages(arguments) => help_pages::run(&arguments, program),
    };
    let ending = result.unwrap_or_else(|error| {
        // A reader that has seen enough and closed the pipe is no failure.
        if exit_codes::is_closed_pipe(&error) {
            return Ending::Complete;
        }
        let _ = writeln!(anstream::stderr(), "chancery: {error:#}");
        Ending::Failed
    });
    ExitCode::from(ending.code())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(command: &clap::Command, path: &str, all: &mut Vec<String>) {
        for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
            let path = format!("{path} {}", inner.get_name()).trim().to_owned();
            assert!(help::of(&path).next().is_some(), "`{path}` has no example in src/help/examples.txt");
            check(inner, &path, all);
            all.push(path);
        }
    }

    #[test]
    fn every_command_has_examples_and_nothing_else_has() {
        let mut all = Vec::new();
        check(&Arguments::command(), "", &mut all);
        for named in help::named() {
            assert!(all.iter().any(|path| path == named), "there is no command `{named}`");
        }
    }

    #[test]
    fn examples_are_understood() {
        for named in help::named() {
            for line in help::of(named).filter(|line| !line.starts_with(' ')) {
                let (_, typed) = line.split_once("chancery ").unwrap_or_default();
                let words = quoted(&format!("chancery {typed}"));
                let understood = Arguments::try_parse_from(&words);
                assert!(
                    understood.is_ok(),
                    "{line}: {}",
                    understood.err().map(|error| error.to_string()).unwrap_or_default()
                );
                assert!(words[1..].join(" ").starts_with(named), "{line} is no example of `{named}`");
            }
        }
    }

    /// Words as a shell sees them.
    fn quoted(line: &str) -> Vec<String> {
        let (mut words, mut within) = (vec![String::new()], None);
        for char in line.chars() {
            match (char, within) {
                (' ', None) => words.push(String::new()),
                ('\'' | '"', None) => within = Some(char),
                (char, Some(open)) if char == open => within = None,
                (char, _) => {
                    if let Some(last) = words.last_mut() {
                        last.push(char);
                    }
                }
            }
        }
        words
    }
}
