//! `chancery serve`: the workbench in a browser, and the HTTP API.

use super::ledger_file::LedgerArguments;
use super::users_file;
use crate::exit_codes::{self, Ending};
use crate::intake::{Inputs, Options, Problem, Received, json_lines};
use anyhow::ensure;
use std::io::Write;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use workbench::{Sent, Settings, Workbench};

/// Open the ledger in a browser, and to programs
///
/// Serves pages to look at (brief, events, claims, timeline, map, talks, ceasefires, commitments, control, reports,
/// coverage), to judge (review), and an API under /api/v1, described at /api/v1/openapi.json. Everything shown links to
/// its words. Nothing is fetched from elsewhere. Ends on Ctrl-C.
///
/// Answers to this machine alone unless --bind says otherwise; beyond it --users names who is let in, by password or by
/// token. It speaks HTTP: where passwords travel, put a server before it that speaks HTTPS and hands `Host` on.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    bind: BindArguments,
    /// Let those in alone whom this file names (`chancery users`), each with a role
    #[arg(long, value_name = "FILE", env = "CHANCERY_USERS")]
    users: Option<PathBuf>,
}

#[derive(clap::Args, Debug)]
pub(super) struct BindArguments {
    /// Address and port to listen on; port 0 takes any that is free
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8020")]
    bind: SocketAddr,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be opened, or the address cannot be listened on.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    serve(arguments.ledger.path(), &arguments.bind, arguments.users.as_deref())
}

/// Serves a ledger until the process is told to end.
pub(super) fn serve(ledger: &Path, bind: &BindArguments, users: Option<&Path>) -> anyhow::Result<Ending> {
    let intake = |sent: &serde_json::Value| {
        json_lines::read_value("report", sent, None)
            .map(|received| received.report)
            .map_err(|reason| reason.to_string())
    };
    let files = |name: &str, bytes: Vec<u8>, each: &mut dyn FnMut(Sent) -> bool| {
        let told = |received: Result<Received, Problem>| match received {
            Ok(received) => Ok(received.report),
            Err(problem) => Err(problem.to_string()),
        };
        Inputs::sent(name, bytes, Options::default()).map(told).all(each);
    };
    let mut workbench = Workbench::open(ledger, Settings { now: jiff::Timestamp::now, intake, files })?;
    if let Some(path) = users {
        let named = !users_file::read(path)?.is_empty();
        ensure!(named, "{} names nobody; `chancery users add` adds somebody", path.display());
        workbench = workbench.with_users(users_file::source(path.to_owned()));
    }
    workbench::serve(workbench, bind.bind, |address| {
        let _ = writeln!(anstream::stderr(), "the workbench is open at http://{address}/ (Ctrl-C closes it)");
    })?;
    Ok(Ending::Complete)
}
