//! What all requests share.

use crate::problem::Problem;
use crate::store::Store;
use engine::Engine;
use jiff::Timestamp;
use ledger::LedgerError;
use record::Record;
use std::path::Path;
use std::sync::{Arc, OnceLock};
use tokio::sync::{Semaphore, oneshot};

/// Stack of a thread that reads a report, in bytes: sentences of thousands of words nest deeply.
const STACK: usize = 32 * 1024 * 1024;

/// What the caller provides.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What time it is.
    pub now: fn() -> Timestamp,
    /// Makes a report of a JSON object, as the intake does of a line of JSON; or says what is wrong with it.
    pub intake: fn(&serde_json::Value) -> Result<document::Report, String>,
}

/// A ledger with all that is needed to show it.
#[derive(Debug)]
pub struct Workbench {
    pub(crate) store: Arc<Store>,
    pub(crate) settings: Settings,
    /// Keys the tokens of forms; drawn anew whenever the workbench opens.
    pub(crate) secret: [u8; 32],
    engine: Arc<OnceLock<Result<Engine, String>>>,
    /// Reports that are read at one time.
    reading: Semaphore,
}

impl Workbench {
    /// Opens a ledger that exists.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn open(path: &Path, settings: Settings) -> Result<Self, LedgerError> {
        let threads = std::thread::available_parallelism().map_or(2, usize::from);
        let mut secret = [0; 32];
        // A machine that gives no randomness has bigger troubles than foreseeable tokens on its own loopback address.
        let _ = getrandom::fill(&mut secret);
        Ok(Self {
            store: Arc::new(Store::open(path, threads.max(2))?),
            settings,
            secret,
            engine: Arc::default(),
            reading: Semaphore::new(threads),
        })
    }

    /// Reads a report and keeps nothing of it.
    pub(crate) async fn read(&self, report: document::Report) -> Result<Record, Problem> {
        let _turn = self.reading.acquire().await.map_err(|_| Problem::ended())?;
        let (sender, receiver) = oneshot::channel();
        let engine = Arc::clone(&self.engine);
        let work = move || {
            let engine = engine.get_or_init(|| Engine::built_in().map_err(|error| error.to_string()));
            let record = engine.as_ref().map(|engine| engine.record(&engine.read(report), true)).map_err(Clone::clone);
            // Nobody listens when the request has been given up.
            let _ = sender.send(record);
        };
        std::thread::Builder::new()
            .stack_size(STACK)
            .spawn(work)
            .map_err(|error| Problem::internal(error.to_string()))?;
        let read = receiver.await.map_err(|_| Problem::internal("the report could not be read to its end"))?;
        read.map_err(Problem::internal)
    }
}
