//! `chancery demo`: a small ledger to try everything on.

use super::add::arrival;
use super::progress::Progress;
use super::serve::{BindArguments, serve};
use crate::exit_codes::{self, Ending};
use crate::intake::json_lines;
use crate::pipeline;
use anyhow::Context;
use engine::{Engine, conversion};
use ledger::{Ledger, Writer};
use std::path::{Path, PathBuf};

/// The reports: six weeks of an invented war, as two agencies and three outlets told them.
const REPORTS: &str = include_str!("../../../../examples/story/reports.jsonl");

/// Make a small ledger of built-in example reports, and open it in a browser
///
/// The reports were written for Chancery and tell of events that did not happen. The ledger is made once; given again, the
/// command opens it as it is. Delete the file to begin anew.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    /// Where to keep the ledger
    #[arg(long, value_name = "FILE", default_value = "chancery-demo.db")]
    ledger: PathBuf,
    #[command(flatten)]
    bind: BindArguments,
}

/// Runs the command.
///
/// # Errors
/// If the ledger cannot be made or opened, or the address cannot be listened on.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    make(&arguments.ledger)?;
    serve(&arguments.ledger, &arguments.bind, None)
}

/// Takes in those of the reports that the ledger does not have.
fn make(path: &Path) -> anyhow::Result<()> {
    let mut ledger = Ledger::create(path)?;
    let mut waiting = Vec::new();
    for (number, line) in (1..).zip(REPORTS.lines()) {
        let received = json_lines::read(&format!("line {number}"), line.as_bytes(), None);
        let report = received.map_err(|reason| anyhow::anyhow!("built-in report {number}: {reason}"))?.report;
        let described = conversion::report(&report, true);
        if !ledger.has(&described, true)? {
            waiting.push((report, described));
        }
    }
    if waiting.is_empty() {
        return Ok(());
    }
    let mut writer = Writer::new(&mut ledger, jiff::Timestamp::now());
    let engine = Engine::built_in()?;
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut progress = Progress::new("reports");
    let work = |(report, described)| arrival(report, described, Some(&engine));
    pipeline::run(waiting.into_iter(), threads, work, |read| {
        writer.take(&read.map_err(anyhow::Error::msg)??)?;
        progress.advance(1);
        Ok(())
    })?;
    writer.commit().context("the reports cannot be kept")?;
    progress.end();
    Ok(())
}
