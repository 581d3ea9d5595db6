//! How far a long command is: a bar on a terminal, plain lines now and then elsewhere.

use indicatif::{ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::time::{Duration, Instant};

/// Time between two plain lines.
const INTERVAL: Duration = Duration::from_secs(10);

pub(super) struct Progress {
    what: &'static str,
    bar: ProgressBar,
    done: u64,
    begun: Instant,
    told: Instant,
    plain: bool,
}

impl Progress {
    pub(super) fn new(what: &'static str) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = if plain { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {per_sec}, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.set_message(what);
        let now = Instant::now();
        Self { what, bar, done: 0, begun: now, told: now, plain }
    }

    pub(super) fn advance(&mut self, count: u64) {
        self.done += count;
        self.bar.inc(count);
        if self.plain && self.told.elapsed() >= INTERVAL {
            self.told = Instant::now();
            let seconds = self.begun.elapsed().as_secs_f64();
            let rate = self.done as f64 / seconds.max(1e-9);
            // That nobody reads it is no reason to stop.
            let _ = writeln!(anstream::stderr(), "chancery: {} {}, {rate:.0} a second", self.done, self.what);
        }
    }

    /// Runs what writes to standard error, with the bar out of its way.
    pub(super) fn aside<T>(&self, work: impl FnOnce() -> T) -> T {
        self.bar.suspend(work)
    }

    pub(super) fn end(self) {
        self.bar.finish_and_clear();
    }
}
