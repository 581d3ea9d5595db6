//! `chancery help-pages`: the help as man pages, and completions for shells, for whoever installs the program.

use crate::exit_codes::{self, Ending};
use anyhow::Context;
use clap::Command;
use clap_complete::Shell;
use std::path::PathBuf;

/// Write man pages and shell completions
///
/// Writes man1/chancery.1 and a page for each command, and completions for bash, zsh and fish. Where they belong depends on
/// the system: often /usr/local/share/man, /usr/share/bash-completion/completions, /usr/local/share/zsh/site-functions and
/// ~/.config/fish/completions.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// The folder to write; it is made if it is not there
    #[arg(short, long, value_name = "FOLDER")]
    output: PathBuf,
}

/// Runs the command; `program` is what the pages are about.
///
/// # Errors
/// If the folder cannot be written.
pub fn run(arguments: &Arguments, program: Command) -> anyhow::Result<Ending> {
    let mut program = without_help(program);
    let folder = |name: &str| {
        let folder = arguments.output.join(name);
        std::fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
        Ok::<_, anyhow::Error>(folder)
    };
    let completions = folder("completions")?;
    for shell in [Shell::Bash, Shell::Zsh, Shell::Fish] {
        clap_complete::generate_to(shell, &mut program, "chancery", &completions)
            .with_context(|| format!("{} cannot be written", completions.display()))?;
    }
    let pages = folder("man1")?;
    clap_mangen::generate_to(program, &pages).with_context(|| format!("{} cannot be written", pages.display()))?;
    Ok(Ending::Complete)
}

/// A program whose commands have no command `help`, which would have a page for each of the others.
fn without_help(command: Command) -> Command {
    command.disable_help_subcommand(true).mut_subcommands(without_help)
}
