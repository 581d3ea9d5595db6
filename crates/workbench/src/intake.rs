//! Taking reports in: what is sent is read, kept, and acknowledged report by report, each once it is safe on the disk. It
//! goes on when whoever sent it has gone away.

use crate::problem::Problem;
use crate::state::{Sent, Workbench, deep};
use document::Report;
use engine::conversion;
use jiff::Timestamp;
use ledger::{Arrival, Coding, Writer, identity};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Reports that wait to be read, and words that wait to be heard.
const WAITING: usize = 4;
const HEARD: usize = 64;

/// What became of a report, or of all.
#[derive(Debug)]
pub(crate) enum Step {
    /// It is safe on the disk.
    Taken(Taken),
    /// It could not be read, and why; the rest goes on.
    Refused(String),
    /// It could not be kept; the rest is not taken in.
    Failed(Problem),
}

/// A report that the ledger has.
#[derive(Debug)]
pub(crate) struct Taken {
    /// Its id in the ledger.
    pub(crate) report: String,
    /// What the sender calls it.
    pub(crate) name: String,
    /// Whether the ledger has it only now.
    pub(crate) new: bool,
    /// Claims that were found in it now.
    pub(crate) claims: usize,
}

impl Workbench {
    /// Takes in the reports of a file.
    pub(crate) fn take_in(
        self: &Arc<Self>,
        name: String,
        bytes: Vec<u8>,
        who: String,
    ) -> Result<mpsc::Receiver<Step>, Problem> {
        let (sender, waiting) = mpsc::channel::<Sent>(WAITING);
        let files = self.settings.files;
        deep(move || files(&name, bytes, &mut |sent| sender.blocking_send(sent).is_ok()))?;
        Ok(self.keep_all(waiting, who))
    }

    /// Takes in one report.
    pub(crate) async fn take_one(self: &Arc<Self>, report: Report, who: &str) -> Result<Taken, Problem> {
        self.keep(report, who, (self.settings.now)()).await
    }

    fn keep_all(self: &Arc<Self>, mut waiting: mpsc::Receiver<Sent>, who: String) -> mpsc::Receiver<Step> {
        let (steps, heard) = mpsc::channel(HEARD);
        let workbench = Arc::clone(self);
        tokio::spawn(async move {
            let now = (workbench.settings.now)();
            while let Some(sent) = waiting.recv().await {
                let step = match sent {
                    Err(why) => Step::Refused(why),
                    Ok(report) => workbench.keep(report, &who, now).await.map_or_else(Step::Failed, Step::Taken),
                };
                let failed = matches!(step, Step::Failed(_));
                // Nobody hears it who has gone away.
                let _ = steps.send(step).await;
                if failed {
                    break;
                }
            }
        });
        heard
    }

    async fn keep(self: &Arc<Self>, mut report: Report, who: &str, now: Timestamp) -> Result<Taken, Problem> {
        let described = conversion::report(&report, true);
        let (id, name) = (identity(&described), described.id.clone());
        let asked = described.clone();
        if self.store.ask(None, move |ledger| ledger.has(&asked, true)).await? {
            return Ok(Taken { report: id, name, new: false, claims: 0 });
        }
        // The ids of claims depend on the id in the ledger.
        report.id.clone_from(&id);
        let arrival = self
            .with_engine(move |engine| {
                let record = engine.record(&engine.read(report), false);
                let claims = record.claims.len();
                Coding::new(record).map(|coding| (Arrival::new(described, Some(coding)), claims))
            })
            .await?;
        let (arrival, claims) = arrival.map_err(|error| Problem::internal(error.to_string()))?;
        let (who, about) = (who.to_owned(), id.clone());
        let new = self
            .store
            .write(move |ledger| {
                let mut writer = Writer::new(ledger, now);
                writer.take(&arrival)?;
                // Somebody else may have sent it meanwhile.
                let new = writer.commit()?.first().is_some_and(|taken| taken.new);
                drop(writer);
                if new {
                    ledger.note_change(&who, "take in", &about, now)?;
                }
                Ok(new)
            })
            .await?;
        Ok(Taken { report: id, name, new, claims: if new { claims } else { 0 } })
    }
}
