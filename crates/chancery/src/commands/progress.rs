//! How far a long command is: a bar on a terminal, plain lines now and then elsewhere.

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
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
    /// The bytes read so far, and all there are.
    read: Option<(Arc<AtomicU64>, u64)>,
}

impl Progress {
    pub(super) fn new(what: &'static str) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = if plain { ProgressBar::hidden() } else { ProgressBar::new_spinner() };
        let style = ProgressStyle::with_template("{spinner} {human_pos} {msg}, {per_sec}, {elapsed}");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_spinner()));
        bar.set_message(what);
        let now = Instant::now();
        Self { what, bar, done: 0, begun: now, told: now, plain, read: None }
    }

    /// Of work that goes through so many bytes, of which `read` counts those it has come through, the time left is told too.
    pub(super) fn through(self, bytes: Option<u64>, read: Arc<AtomicU64>) -> Self {
        let Some(bytes) = bytes else { return self };
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {percent}% {msg}, {eta} left") {
            self.bar.set_length(bytes);
            self.bar.set_style(style);
        }
        Self { read: Some((read, bytes)), ..self }
    }

    pub(super) fn advance(&mut self, count: u64) {
        self.done += count;
        let seconds = self.begun.elapsed().as_secs_f64();
        let rate = self.done as f64 / seconds.max(1e-9);
        let mut left = String::new();
        if let Some((read, bytes)) = &self.read {
            let read = read.load(Ordering::Relaxed).min(*bytes);
            self.bar.set_position(read);
            self.bar.set_message(format!("{} {}, {rate:.0} a second", self.done, self.what));
            let seconds = seconds * (*bytes as f64 / (read as f64).max(1.0) - 1.0);
            left = format!(", {} left", HumanDuration(Duration::from_secs_f64(seconds.clamp(0.0, 1e9))));
        } else {
            self.bar.inc(count);
        }
        if self.plain && self.told.elapsed() >= INTERVAL {
            self.told = Instant::now();
            // That nobody reads it is no reason to stop.
            let _ = writeln!(anstream::stderr(), "chancery: {} {}, {rate:.0} a second{left}", self.done, self.what);
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
