//! What all requests share.

use crate::problem::Problem;
use crate::safety::{Attempts, Sessions, Source};
use crate::store::Store;
use crate::users::Users;
use engine::Engine;
use jiff::Timestamp;
use ledger::verdicts::Verdict;
use ledger::{LedgerError, Withheld};
use record::Record;
use std::path::Path;
use std::sync::{Arc, Mutex, OnceLock};
use tokio::sync::{Semaphore, oneshot};

/// Stack of a thread that reads a report, in bytes: sentences of thousands of words nest deeply.
const STACK: usize = 32 * 1024 * 1024;

/// Passwords that are checked at one time: each takes much memory on purpose.
const LOGINS: usize = 2;

/// A report that was sent, or what is wrong with it.
pub type Sent = Result<document::Report, String>;

/// What the caller provides.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// What time it is.
    pub now: fn() -> Timestamp,
    /// Makes a report of a JSON object, as the intake does of a line of JSON; or says what is wrong with it.
    pub intake: fn(&serde_json::Value) -> Sent,
    /// Hands on the reports of a file of any kind that the intake knows, by its name and contents, one by one, until it is
    /// told to stop.
    pub files: fn(&str, Vec<u8>, &mut dyn FnMut(Sent) -> bool),
}

/// A ledger with all that is needed to show it.
#[derive(Debug)]
pub struct Workbench {
    pub(crate) store: Arc<Store>,
    pub(crate) settings: Settings,
    /// Keys the tokens of forms; drawn anew whenever the workbench opens.
    pub(crate) secret: [u8; 32],
    /// Who may use it; none where everybody at this machine may do all.
    pub(crate) users: Option<Source>,
    pub(crate) sessions: Sessions,
    pub(crate) attempts: Attempts,
    pub(crate) logins: Semaphore,
    /// The names that readers are not to see, as far as the ledger was read for them.
    pub(crate) withheld: Mutex<Arc<Withheld>>,
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
            users: None,
            sessions: Sessions::default(),
            attempts: Attempts::default(),
            logins: Semaphore::new(LOGINS),
            withheld: Mutex::default(),
            engine: Arc::default(),
            reading: Semaphore::new(threads),
        })
    }

    /// Enters a verdict: the numbers of its entries, and what each is about. With the version that the analyst saw, not over
    /// what somebody else has decided since.
    pub(crate) async fn enter(&self, verdict: Verdict, seen: Option<i64>) -> Result<Vec<(i64, String)>, Problem> {
        let now = (self.settings.now)();
        let entered = self.store.write(move |ledger| match seen {
            Some(seen) => ledger.judge_unless_overtaken(&verdict, seen, now),
            None => ledger.judge(&verdict, now),
        });
        entered.await
    }

    /// Lets those in alone whom `source` names, each with a role. It is asked at every request, so that who is removed is
    /// out at once; where it fails nobody is let in.
    #[must_use]
    pub fn with_users(self, source: impl Fn() -> Result<Arc<Users>, String> + Send + Sync + 'static) -> Self {
        Self { users: Some(Source::new(source)), ..self }
    }

    /// Works with the engine on a thread with a deep stack, in turn.
    pub(crate) async fn with_engine<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Engine) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let _turn = self.reading.acquire().await.map_err(|_| Problem::ended())?;
        let (sender, receiver) = oneshot::channel();
        let engine = Arc::clone(&self.engine);
        let work = move || {
            let engine = engine.get_or_init(|| Engine::built_in().map_err(|error| error.to_string()));
            let done = engine.as_ref().map(work).map_err(Clone::clone);
            // Nobody listens when the request has been given up.
            let _ = sender.send(done);
        };
        deep(work)?;
        let read = receiver.await.map_err(|_| Problem::internal("the report could not be read to its end"))?;
        read.map_err(Problem::internal)
    }

    /// Reads a report and keeps nothing of it.
    pub(crate) async fn read(&self, report: document::Report) -> Result<Record, Problem> {
        self.with_engine(move |engine| engine.record(&engine.read(report), true)).await
    }
}

/// Runs what may nest deeply beside everything else.
pub(crate) fn deep(work: impl FnOnce() + Send + 'static) -> Result<(), Problem> {
    let begun = std::thread::Builder::new().stack_size(STACK).spawn(work);
    begun.map(|_| ()).map_err(|error| Problem::internal(error.to_string()))
}
