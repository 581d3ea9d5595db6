//! `chancery users`: who may use a workbench that others can reach.

use super::users_file::{UsersArguments, read, write};
use crate::exit_codes::{self, Ending};
use anyhow::Context;
use std::io::{IsTerminal, Write, stdin};
use workbench::users::{Role, Users};

/// Name who may use a workbench that others can reach, and what they may do
///
/// A reader reads, and sees no names of private persons; an analyst judges as well; an admin takes reports in, removes
/// texts and sees every change. The file keeps no password and no token, only their hashes. What is changed in it holds at
/// once for a workbench that runs.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand, Debug)]
enum Action {
    /// Add somebody; the password is asked for on the terminal, or is the first line of standard input
    Add {
        /// The name; verdicts are signed with it
        name: String,
        /// What the user may do: reader, analyst or admin
        #[arg(long)]
        role: Role,
        #[command(flatten)]
        file: UsersArguments,
    },
    /// List all with their roles
    List {
        #[command(flatten)]
        file: UsersArguments,
    },
    /// Remove somebody; sessions and tokens end with it
    Remove {
        /// The name
        name: String,
        #[command(flatten)]
        file: UsersArguments,
    },
    /// Draw a token with which programs ask in a user's name, and print it; an earlier one holds no longer
    ///
    /// Programs send it along as `Authorization: Bearer TOKEN`. It is shown this once.
    Token {
        /// The name
        name: String,
        /// Take the token away instead
        #[arg(long)]
        revoke: bool,
        #[command(flatten)]
        file: UsersArguments,
    },
}

/// Runs the command.
///
/// # Errors
/// If the file cannot be read or written, or what was asked for cannot be.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let mut out = anstream::stdout();
    match &arguments.action {
        Action::Add { name, role, file } => {
            let mut users = if file.path().exists() { read(file.path())? } else { Users::default() };
            users.add(name, *role, &password()?)?;
            write(file.path(), &users)?;
        }
        Action::List { file } => {
            for user in read(file.path())?.iter() {
                let token = if user.has_token() { "\ttoken" } else { "" };
                writeln!(out, "{}\t{}{token}", user.name, user.role.name())?;
            }
        }
        Action::Remove { name, file } => {
            let mut users = read(file.path())?;
            users.remove(name)?;
            write(file.path(), &users)?;
        }
        Action::Token { name, revoke, file } => {
            let mut users = read(file.path())?;
            if *revoke {
                users.revoke_token(name)?;
                write(file.path(), &users)?;
            } else {
                let token = users.issue_token(name)?;
                write(file.path(), &users)?;
                writeln!(out, "{token}")?;
            }
        }
    }
    Ok(Ending::Complete)
}

/// The password, twice where somebody types it.
fn password() -> anyhow::Result<String> {
    if !stdin().is_terminal() {
        let mut line = String::new();
        stdin().read_line(&mut line).context("the password cannot be read from standard input")?;
        return Ok(line.trim_end_matches(['\r', '\n']).to_owned());
    }
    let ask = |prompt: &str| rpassword::prompt_password(prompt).context("the password cannot be read");
    let password = ask("Password: ")?;
    anyhow::ensure!(ask("Again: ")? == password, "the two are not the same; nothing was changed");
    Ok(password)
}
