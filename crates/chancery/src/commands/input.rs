//! The arguments and the loop that all commands on reports share.

use crate::exit_codes::Ending;
use crate::intake::{DateProblem, Inputs, MAX_BYTES, Options, Position, Problem, Reason, Received, read_date};
use crate::pipeline;
use anyhow::Context;
use document::Report;
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;

#[derive(clap::Args, Debug)]
pub(super) struct InputArguments {
    /// Reports to read: texts, web pages, JSON lines, tables, feeds, WARC files, gzip or folders of these; - is standard
    /// input
    ///
    /// What an input is, is told by its content, and where that leaves it open by its name (.jsonl, .json, .csv, .tsv,
    /// .html). Folders are read with all below them, in the order of names; hidden files are left out.
    ///
    /// A plain text may begin with a line "date YYYY-MM-DD", or with lines "Title:", "Date:", "Outlet:", "URL:" and an
    /// empty line. A line of JSON is an object with "text" and, if known, "id", "published", "title", "outlet", "url",
    /// "language". The first row of a table names its columns in the same way; body, headline, date, source and link
    /// are understood too. Of a web page the article is read, with the title, date and outlet that the page gives.
    ///
    /// Charsets go by what is declared, and else by their looks. Reports in other languages than English are kept, with a
    /// note, and not coded.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Day of publication, YYYY-MM-DD, instead of any that the reports give; relative dates are read from it
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<Date>,
    /// Skip reports longer than this many bytes (a text or page, a line of JSON, a row, an entry); 8 MiB unless told
    /// otherwise
    #[arg(long, value_name = "BYTES", default_value_t = MAX_BYTES, value_parser = clap::value_parser!(u64).range(1..=1 << 30))]
    max_bytes: u64,
    /// Threads to use; all processors unless told otherwise. The output is the same for any number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
}

fn day(written: &str) -> Result<Date, DateProblem> {
    read_date(written)
}

impl InputArguments {
    /// Reads all inputs, calls `work` on each report on several threads, and writes what it returns in order.
    /// What is skipped, and what is odd, is told on standard error.
    pub(super) fn each(
        self,
        out: &mut dyn Write,
        work: impl Fn(Report) -> anyhow::Result<String> + Sync,
    ) -> anyhow::Result<Ending> {
        let threads =
            self.threads.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(usize::from));
        let inputs = Inputs::new(self.files, Options { published: self.published, max_bytes: self.max_bytes });
        let (mut read, mut skipped) = (0, 0);
        let mut pending_names = std::collections::VecDeque::new();
        let names = std::sync::Mutex::new(&mut pending_names);
        let mut failed = 0;
        let reports = inputs.filter_map(|input| match input {
            Ok(Received { report, remarks, .. }) => {
                for remark in remarks {
                    tell(&format!("{}: {remark}", report.id));
                }
                if let Ok(mut names) = names.lock() {
                    names.push_back(report.id.clone());
                }
                Some(report)
            }
            Err(problem) => {
                skipped += 1;
                tell(&problem.to_string());
                None
            }
        });
        pipeline::run(reports, threads.unwrap_or(1), &work, |result| {
            let id = names.lock().ok().and_then(|mut names| names.pop_front()).unwrap_or_default();
            match result {
                Ok(text) => {
                    out.write_all(text?.as_bytes()).context("the output cannot be written")?;
                    read += 1;
                }
                Err(message) => {
                    failed += 1;
                    let position = Position { input: id, at: None };
                    tell(&Problem { position, reason: Reason::Fault(message) }.to_string());
                }
            }
            Ok(())
        })?;
        out.flush().context("the output cannot be written")?;
        Ok(Ending::of(read, skipped + failed))
    }
}

/// A line on standard error. That it cannot be written is no reason to stop.
fn tell(message: &str) {
    let safe: String =
        message.chars().map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    let _ = writeln!(anstream::stderr(), "chancery: {safe}");
}
