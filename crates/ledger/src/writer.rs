//! Taking reports in: a savepoint for each, commits in groups, and an acknowledgement only after the commit.

use crate::codings;
use crate::error::{Result, explain};
use crate::exports::returned;
use crate::files::Ledger;
use crate::identity::identity;
use crate::linking::Linker;
use crate::packing::pack;
use crate::reports::{self, Receipt};
use crate::returning;
use crate::runs;
use crate::stories::Wording;
use crate::verdicts;

use jiff::Timestamp;
use record::{Record, Report, Run};
use rusqlite::{Connection, TransactionBehavior, params};
use std::sync::Arc;

/// A report on its way in, with what takes longer to work out than to write: it is made beside the writer.
#[derive(Debug)]
pub struct Arrival {
    pub(crate) report: Report,
    pub(crate) id: String,
    pub(crate) coding: Option<Coding>,
    /// The text as it is stored.
    pub(crate) packed: Option<Vec<u8>>,
    /// The text behind any head of metadata.
    pub(crate) body: String,
    pub(crate) wording: Arc<Wording>,
    /// How another ledger had received the report, if it comes from there.
    pub(crate) receipt: Option<Receipt>,
    /// What earlier runs had made of it there, the first first.
    pub(crate) earlier: Vec<Coding>,
    /// Whether it comes back, so that the ids of its claims were made elsewhere.
    pub(crate) returned: bool,
}

impl Arrival {
    /// A report with its text, and what was read in it; no coding if it is not to be coded.
    #[must_use]
    pub fn new(report: Report, coding: Option<Coding>) -> Self {
        let text = report.text.as_deref();
        let body: String = text.unwrap_or_default().chars().skip(report.body_start as usize).collect();
        // A headline alone says nothing of the wording of the text behind it.
        let prose = text.map(|_| reports::prose(report.title.as_deref(), &body));
        Self {
            id: identity(&report),
            coding,
            packed: report.text.as_deref().map(pack),
            wording: Arc::new(Wording::of(&prose.unwrap_or_default())),
            body,
            receipt: None,
            earlier: Vec::new(),
            returned: false,
            report,
        }
    }
}

/// A record, and the same as it is stored. Made beside the writer, as it takes longer than the writing.
#[derive(Debug)]
pub struct Coding {
    pub(crate) record: Record,
    packed: Vec<u8>,
}

impl Coding {
    /// Packs a record.
    ///
    /// # Errors
    /// If it cannot be written as JSON.
    pub fn new(record: Record) -> serde_json::Result<Self> {
        Ok(Self { packed: codings::packed(&record)?, record })
    }
}

/// Bytes of texts that wait for the full text, at most.
const MOST_WORDS: usize = 32 << 20;

/// What became of a report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Taken {
    /// Its id.
    pub id: String,
    /// What the sender called it.
    pub name: String,
    /// Whether it was new, or is coded now for the first time.
    pub new: bool,
}

/// What was taken in.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tally {
    /// Reports that are new, or are coded for the first time.
    pub new: u64,
    /// Reports that the ledger had.
    pub known: u64,
    /// Claims stored.
    pub claims: u64,
    /// Inputs that could not be read.
    pub skipped: u64,
}

/// Writes to a ledger; one at a time.
#[derive(Debug)]
pub struct Writer<'a> {
    pub(crate) ledger: &'a mut Ledger,
    now: Timestamp,
    run: Option<(Run, i64)>,
    pub(crate) linker: Linker,
    /// Verdicts that come back; they are entered once the reports are there.
    pub(crate) held: Vec<returned::Verdict>,
    /// Whether a transaction is open.
    open: bool,
    /// What the open transaction holds.
    pending: Vec<Taken>,
    /// Number, title and body of reports whose words are not in the full text yet.
    words: Vec<(i64, String, String)>,
    /// Bytes of these.
    held_words: usize,
    tally: Tally,
}

impl<'a> Writer<'a> {
    /// A writer; `now` is the moment at which all is recorded.
    #[must_use]
    pub fn new(ledger: &'a mut Ledger, now: Timestamp) -> Self {
        Self {
            ledger,
            now,
            run: None,
            linker: Linker::default(),
            held: Vec::new(),
            open: false,
            pending: Vec::new(),
            words: Vec::new(),
            held_words: 0,
            tally: Tally::default(),
        }
    }

    /// Takes a report in. It is safe once [`Writer::commit`] has returned it.
    ///
    /// # Errors
    /// If the store fails; the report is then not in, all before it are as they were.
    pub fn take(&mut self, arrival: &Arrival) -> Result<()> {
        self.begin()?;
        if arrival.returned {
            returning::fits(self.ledger, arrival)?;
        }
        let run = match &arrival.coding {
            Some(coding) => Some(self.run(&coding.record.run)?),
            None => None,
        };
        let path = self.ledger.path().to_owned();
        let now = self.now;
        let fail = |error| explain(&path, error);
        let savepoint = self.ledger.connection.savepoint().map_err(fail)?;
        let Stored { entered, new, claims } = store(&savepoint, arrival, run, now, &mut self.linker).map_err(fail)?;
        savepoint.commit().map_err(fail)?;
        if let Some(number) = entered.filter(|_| arrival.report.text.is_some()) {
            let title = arrival.report.title.clone().unwrap_or_default();
            self.held_words += arrival.body.len();
            self.words.push((number, title, arrival.body.clone()));
        }
        if self.held_words > MOST_WORDS {
            self.enter_words()?;
        }
        self.tally.claims += claims;
        if new {
            self.tally.new += 1;
        } else {
            self.tally.known += 1;
        }
        self.pending.push(Taken { id: arrival.id.clone(), name: arrival.report.id.clone(), new });
        Ok(())
    }

    /// Stores what another run read in a report that the ledger has. It is safe once [`Writer::commit`] has returned it.
    ///
    /// # Errors
    /// If there is no such report, or the store fails; its claims are then as they were.
    pub fn recode(&mut self, report: &runs::Stored, coding: &Coding) -> Result<()> {
        self.begin()?;
        let run = self.run(&coding.record.run)?;
        let path = self.ledger.path().to_owned();
        let fail = |error| explain(&path, error);
        let savepoint = self.ledger.connection.savepoint().map_err(fail)?;
        let claims = code(&savepoint, report.number, run, coding, &mut self.linker).map_err(fail)?;
        savepoint.commit().map_err(fail)?;
        self.tally.claims += claims;
        self.tally.new += 1;
        self.pending.push(Taken { id: report.report.id.clone(), name: report.report.id.clone(), new: false });
        Ok(())
    }

    /// Reports that a run has not coded, after a place in the file.
    ///
    /// # Errors
    /// If the store fails or a text cannot be read.
    pub fn uncoded(&self, run: &Run, after: i64, limit: u32) -> Result<Vec<runs::Stored>> {
        self.ledger.uncoded(run, after, limit)
    }

    /// Notes that the ledger had a report.
    pub fn known(&mut self, report: &Report) {
        self.tally.known += 1;
        self.pending.push(Taken { id: identity(report), name: report.id.clone(), new: false });
    }

    /// Notes what could not be read, so that it can be listed; `place` is where in the input it stands, if it holds several.
    ///
    /// # Errors
    /// If the store fails.
    pub fn skip(&mut self, input: &str, place: &str, reason: &str) -> Result<()> {
        self.begin()?;
        self.tally.skipped += 1;
        let recorded = crate::moments::written(self.now);
        self.ledger.with(|connection| {
            connection
                .prepare_cached(
                    "INSERT OR IGNORE INTO skipped (input, place, reason, recorded) VALUES (?1, ?2, ?3, ?4)",
                )?
                .execute(params![input, place, reason, recorded])
        })?;
        Ok(())
    }

    /// Reports taken in and not yet acknowledged.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.pending.len()
    }

    /// What was taken in so far, committed or not.
    #[must_use]
    pub fn tally(&self) -> Tally {
        self.tally
    }

    /// Puts everything on the disk and acknowledges it.
    ///
    /// # Errors
    /// If the store fails; nothing is then acknowledged, and the ledger is as it was after the last commit.
    pub fn commit(&mut self) -> Result<Vec<Taken>> {
        if self.open {
            self.enter_words()?;
            self.ledger.with(|connection| {
                self.linker.settle(connection)?;
                connection.execute_batch("COMMIT")
            })?;
            self.open = false;
        }
        Ok(std::mem::take(&mut self.pending))
    }

    /// Enters into the full text what waits for it, all at once: at each savepoint it would write out what it holds, and
    /// merge it again later.
    fn enter_words(&mut self) -> Result<()> {
        self.ledger.with(|connection| {
            self.words.iter().try_for_each(|(number, title, body)| reports::index(connection, *number, title, body))
        })?;
        self.words.clear();
        self.held_words = 0;
        Ok(())
    }

    pub(crate) fn begin(&mut self) -> Result<()> {
        if !self.open {
            self.ledger.with(|connection| {
                rusqlite::Transaction::new_unchecked(connection, TransactionBehavior::Immediate).map(|mut open| {
                    open.set_drop_behavior(rusqlite::DropBehavior::Ignore);
                })
            })?;
            self.open = true;
        }
        Ok(())
    }

    fn run(&mut self, run: &Run) -> Result<i64> {
        if let Some((known, number)) = &self.run
            && known == run
        {
            return Ok(*number);
        }
        let number = self.ledger.with(|connection| codings::run(connection, run, self.now))?;
        self.run = Some((run.clone(), number));
        Ok(number)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        // What was not acknowledged does not stay behind half done.
        if self.open {
            let _ = self.ledger.connection.execute_batch("ROLLBACK");
        }
    }
}

/// What became of a report in the store.
struct Stored {
    /// Its number, if it was not there.
    entered: Option<i64>,
    /// Whether it was new, or is coded for the first time.
    new: bool,
    /// How many claims came with it.
    claims: u64,
}

fn store(
    connection: &Connection,
    arrival: &Arrival,
    run: Option<i64>,
    now: Timestamp,
    linker: &mut Linker,
) -> rusqlite::Result<Stored> {
    let known = reports::find(connection, &arrival.id)?;
    let number = match known {
        Some(known) => known.number,
        None => {
            let number = reports::insert(connection, arrival, now)?;
            // What they tell counts no longer, or counts until another day.
            for other in reports::of_same_address(connection, number)? {
                linker.touch(connection, other)?;
            }
            linker.report(connection, number, &arrival.wording)?;
            number
        }
    };
    let entered = known.is_none().then_some(number);
    let (Some(coding), Some(run)) = (&arrival.coding, run) else {
        return Ok(Stored { entered, new: known.is_none(), claims: 0 });
    };
    if known.is_some_and(|known| known.coded) {
        return Ok(Stored { entered, new: false, claims: 0 });
    }
    for earlier in &arrival.earlier {
        let run = codings::run(connection, &earlier.record.run, now)?;
        codings::insert(connection, number, run, &earlier.record, &earlier.packed)?;
    }
    let claims = code(connection, number, run, coding, linker)?;
    Ok(Stored { entered, new: true, claims })
}

/// Stores what a run made of a report, in place of what an earlier one did; verdicts hold for the new claims as well.
/// Gives the number of claims.
fn code(connection: &Connection, report: i64, run: i64, coding: &Coding, linker: &mut Linker) -> rusqlite::Result<u64> {
    linker.touch(connection, report)?;
    let claims = codings::insert(connection, report, run, &coding.record, &coding.packed)?;
    verdicts::renew(connection, report)?;
    linker.claims(connection, report)?;
    Ok(claims.len() as u64)
}
