//! The arguments and the loop that all commands on reports share.

use crate::exit_codes::Ending;
use crate::intake::{self, DateProblem, Inputs, MAX_BYTES, Options, Position, Problem, Reason, Received, read_date};
use crate::pipeline;
use anyhow::Context;
use document::Report;
use jiff::civil::Date;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;

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
        let (mut read, mut failed) = (0, 0);
        self.run(Arc::default(), std::convert::identity, work, |outcome| {
            match outcome.told() {
                Ok(text) => {
                    out.write_all(text?.as_bytes()).context("the output cannot be written")?;
                    read += 1;
                }
                Err(_) => failed += 1,
            }
            Ok(())
        })?;
        out.flush().context("the output cannot be written")?;
        Ok(Ending::of(read, failed))
    }

    /// The bytes of all inputs, where they are known beforehand.
    pub(super) fn size(&self) -> Option<u64> {
        intake::size(&self.files)
    }

    /// Reads all inputs on a thread of its own, where `admit` makes of each report what goes on to `work`; that runs on
    /// several threads, and `finish` gets what came of each input, in order. A report on which `work` panics is a problem.
    /// `read` counts the bytes read of files. `finish` is called by the caller's thread and may end everything by an error.
    pub(super) fn run<I: Send, R: Send>(
        self,
        read: Arc<AtomicU64>,
        mut admit: impl FnMut(Report) -> I + Send,
        work: impl Fn(I) -> R + Sync,
        mut finish: impl FnMut(Outcome<R>) -> anyhow::Result<()>,
    ) -> anyhow::Result<()> {
        let threads = self.threads.map(usize::from);
        let threads = threads.or_else(|| std::thread::available_parallelism().ok().map(usize::from)).unwrap_or(1);
        // What is known of the inputs under way, oldest first: a report on which `work` panics does not come back.
        let under_way = std::cell::RefCell::new(std::collections::VecDeque::new());
        std::thread::scope(|scope| {
            let (items, ready) = std::sync::mpsc::sync_channel(threads * 2);
            let reading = move || {
                let options = Options { published: self.published, max_bytes: self.max_bytes };
                for input in Inputs::new(self.files, options).counted(read) {
                    let item =
                        input.map(|Received { report, remarks, .. }| (report.id.clone(), remarks, admit(report)));
                    if items.send(item).is_err() {
                        return;
                    }
                }
            };
            std::thread::Builder::new()
                .name("reader".to_owned())
                .stack_size(pipeline::STACK)
                .spawn_scoped(scope, reading)?;
            let reports = ready.into_iter().map(|item| {
                let (name, remarks, item) = match item {
                    Ok((name, remarks, item)) => (name, remarks, Ok(item)),
                    Err(problem) => (String::new(), Vec::new(), Err(problem)),
                };
                under_way.borrow_mut().push_back((name, remarks));
                item
            });
            pipeline::run(
                reports,
                threads,
                |item| item.map(&work),
                |result| {
                    let (name, remarks) = under_way.borrow_mut().pop_front().unwrap_or_default();
                    let result = result.unwrap_or_else(|message| {
                        let position = Position { input: name.clone(), at: None };
                        Err(Problem { position, reason: Reason::Fault(message) })
                    });
                    finish(Outcome { name, remarks, result })
                },
            )
        })
    }
}

/// What came of an input: the result of the work on its report, or why there is none.
pub(super) struct Outcome<R> {
    name: String,
    remarks: Vec<String>,
    result: Result<R, Problem>,
}

impl<R> Outcome<R> {
    /// The result, after what was odd about the report, or why there is no result, was told on standard error.
    pub(super) fn told(self) -> Result<R, Problem> {
        for remark in self.remarks {
            tell(&format!("{}: {remark}", self.name));
        }
        self.result.inspect_err(|problem| tell(&problem.to_string()))
    }
}

/// A line on standard error. That it cannot be written is no reason to stop.
pub(super) fn tell(message: &str) {
    let safe: String =
        message.chars().map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    let _ = writeln!(anstream::stderr(), "chancery: {safe}");
}
