//! The ledger behind asynchronous requests: questions run on blocking threads, each with a connection of its own, and one
//! writer enters verdicts, one after the other.

use crate::problem::Problem;
use jiff::civil::Date;
use ledger::{Ledger, LedgerError};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Semaphore;

/// An open ledger.
#[derive(Debug)]
pub(crate) struct Store {
    path: PathBuf,
    /// Connections that nobody uses now.
    idle: Mutex<Vec<Ledger>>,
    turns: Semaphore,
    /// Opened by the first verdict, so that a ledger that may not be written can still be read.
    writer: Mutex<Option<Ledger>>,
}

impl Store {
    /// Opens the ledger for as many questions at one time.
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self, LedgerError> {
        let first = match Ledger::read(path) {
            // Opening it for writing brings it to the schema of this program.
            Err(LedgerError::Older { .. }) => Ledger::open(path).and_then(|_| Ledger::read(path)),
            read => read,
        }?;
        Ok(Self {
            path: path.to_owned(),
            idle: Mutex::new(vec![first]),
            turns: Semaphore::new(readers),
            writer: Mutex::new(None),
        })
    }

    /// What the file is called.
    pub(crate) fn name(&self) -> String {
        self.path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
    }

    /// Asks the ledger as it stands now, or as it stood on a day. All that `work` asks fits together, whatever is
    /// written meanwhile.
    pub(crate) async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        as_of: Option<Date>,
        work: impl FnOnce(&Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.turns.acquire().await.map_err(|_| Problem::ended())?;
        let store = Arc::clone(self);
        let asked = tokio::task::spawn_blocking(move || match as_of {
            None => store.ask_now(work),
            Some(day) => {
                let mut ledger = Ledger::read(&store.path)?;
                ledger.as_of(day)?;
                work(&ledger)
            }
        });
        Ok(asked.await.map_err(|_| Problem::internal("the question could not be answered to its end"))??)
    }

    fn ask_now<T>(&self, work: impl FnOnce(&Ledger) -> Result<T, LedgerError>) -> Result<T, LedgerError> {
        let idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let ledger = idle.map_or_else(|| Ledger::read(&self.path), Ok)?;
        let answer = {
            let _same = ledger.snapshot()?;
            work(&ledger)
        };
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(ledger);
        answer
    }

    /// Writes, when all that came before is written.
    pub(crate) async fn write<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&mut Ledger) -> Result<T, LedgerError> + Send + 'static,
    ) -> Result<T, Problem> {
        let store = Arc::clone(self);
        let written = tokio::task::spawn_blocking(move || {
            let mut writer = store.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let mut ledger = match writer.take() {
                Some(ledger) => ledger,
                None => Ledger::open(&store.path)?,
            };
            let done = work(&mut ledger);
            *writer = Some(ledger);
            done
        });
        Ok(written.await.map_err(|_| Problem::internal("nothing was written"))??)
    }
}
