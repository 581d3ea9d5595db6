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
        let (mut read, mut skipped, mut failed) = (0, 0, 0);
        let admit = |input| {
            let admitted = told(input);
            skipped += u64::from(admitted.is_err());
            Ok(admitted.ok().map(|report| (report.id.clone(), report)))
        };
        self.run(admit, work, |result| {
            match result {
                Ok(text) => {
                    out.write_all(text?.as_bytes()).context("the output cannot be written")?;
                    read += 1;
                }
                Err(problem) => {
                    failed += 1;
                    tell(&problem.to_string());
                }
            }
            Ok(())
        })?;
        out.flush().context("the output cannot be written")?;
        Ok(Ending::of(read, skipped + failed))
    }

    /// Reads all inputs; `admit` makes of each what goes on to `work`, under the name of the report, or nothing; `work`
    /// runs on several threads, and `finish` gets what it returns, in order. A report on which `work` panics is a problem. `admit` and `finish` are called by the
    /// caller's thread and may end everything by an error.
    pub(super) fn run<I: Send, R: Send>(
        self,
        mut admit: impl FnMut(Result<Received, Problem>) -> anyhow::Result<Option<(String, I)>>,
        work: impl Fn(I) -> R + Sync,
        mut finish: impl FnMut(Result<R, Problem>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let threads =
            self.threads.map(usize::from).or_else(|| std::thread::available_parallelism().ok().map(usize::from));
        let mut inputs = Inputs::new(self.files, Options { published: self.published, max_bytes: self.max_bytes });
        let mut ended = None;
        // The names of the reports under way, oldest first: a report on which `work` panics does not come back.
        let under_way = std::cell::RefCell::new(std::collections::VecDeque::new());
        let reports = std::iter::from_fn(|| {
            for input in inputs.by_ref() {
                match admit(input) {
                    Ok(Some((name, item))) => {
                        under_way.borrow_mut().push_back(name);
                        return Some(item);
                    }
                    Ok(None) => {}
                    Err(error) => {
                        ended = Some(error);
                        return None;
                    }
                }
            }
            None
        });
        pipeline::run(reports, threads.unwrap_or(1), &work, |result| {
            let input = under_way.borrow_mut().pop_front().unwrap_or_default();
            finish(
                result.map_err(|message| Problem {
                    position: Position { input, at: None },
                    reason: Reason::Fault(message),
                }),
            )
        })?;
        ended.map_or(Ok(()), Err)
    }
}

/// The report of an input, after its oddities or the reason why there is none were told on standard error.
pub(super) fn told(input: Result<Received, Problem>) -> Result<Report, Problem> {
    match input {
        Ok(Received { report, remarks, .. }) => {
            for remark in remarks {
                tell(&format!("{}: {remark}", report.id));
            }
            Ok(report)
        }
        Err(problem) => {
            tell(&problem.to_string());
            Err(problem)
        }
    }
}

/// A line on standard error. That it cannot be written is no reason to stop.
pub(super) fn tell(message: &str) {
    let safe: String =
        message.chars().map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    let _ = writeln!(anstream::stderr(), "chancery: {safe}");
}
