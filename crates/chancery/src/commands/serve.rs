//! `chancery serve`: the workbench in a browser, and the HTTP API.

use super::ledger_file::LedgerArguments;
use crate::exit_codes::{self, Ending};
use crate::intake::json_lines;
use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use workbench::{Settings, Workbench};

/// Open the ledger in a browser, and to programs
///
/// Serves pages to look at (brief, events, claims, timeline, map, talks, ceasefires, commitments, control, reports,
/// coverage), to judge (review), and an API under /api/v1, described at /api/v1/openapi.json. Everything shown links to
/// its words. Nothing is fetched from elsewhere. Answers to this machine alone; ends on Ctrl-C.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    bind: BindArguments,
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
    serve(arguments.ledger.path(), &arguments.bind)
}

/// Serves a ledger until the process is told to end.
pub(super) fn serve(ledger: &Path, bind: &BindArguments) -> anyhow::Result<Ending> {
    let intake = |sent: &serde_json::Value| {
        json_lines::read_value("report", sent, None)
            .map(|received| received.report)
            .map_err(|reason| reason.to_string())
    };
    let workbench = Workbench::open(ledger, Settings { now: jiff::Timestamp::now, intake })?;
    workbench::serve(workbench, bind.bind, |address| {
        let _ = writeln!(anstream::stderr(), "the workbench is open at http://{address}/ (Ctrl-C closes it)");
    })?;
    Ok(Ending::Complete)
}
