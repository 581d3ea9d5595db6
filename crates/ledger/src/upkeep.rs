//! Upkeep: copying the file, putting a copy in its place, and checking that all in it is as it must be.

use crate::error::{LedgerError, Result, explain};
use crate::files::Ledger;
use crate::linking::Linker;
use crate::packing::unpack;
use crate::{summary, verdicts};
use record::Record;
use rusqlite::backup::Backup;
use rusqlite::{Connection, DropBehavior, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time; others may write in between.
const PAGES: i32 = 4_096;
/// Faults of one kind that are listed one by one.
const LISTED: usize = 100;

/// Something in the file that is not as it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What it is about: an id, or a table.
    pub at: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.at, self.what)
    }
}

fn refuse<T>(why: String) -> Result<T> {
    Err(LedgerError::Refused(why))
}

impl Ledger {
    /// Copies the ledger as it stands into a new file, while others read and write.
    ///
    /// # Errors
    /// If there is such a file already, or it cannot be written.
    pub fn backup(&self, to: &Path) -> Result<()> {
        if to.exists() {
            return refuse(format!("{}: there is such a file already; name another, or remove it", to.display()));
        }
        let part = beside(to);
        let copied = copy(&self.connection, &part).and_then(|()| rename(&part, to));
        if copied.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        copied
    }

    /// Puts a copy in the place of a ledger, after checking it.
    ///
    /// # Errors
    /// If the copy is no sound ledger, or there is a ledger already and `force` is not given.
    pub fn restore(from: &Path, to: &Path, force: bool) -> Result<()> {
        if to.exists() && !force {
            return refuse(format!("{}: there is a ledger already; --force puts the copy in its place", to.display()));
        }
        let part = beside(to);
        let _ = std::fs::remove_file(&part);
        let restored = Self::read(from).and_then(|source| {
            let faults = source.sound()?;
            if let Some(first) = faults.first() {
                return refuse(format!("{}: the copy is damaged ({first}); restore another", from.display()));
            }
            copy(&source.connection, &part)?;
            // The log of the old file does not belong to the new one.
            for log in ["-wal", "-shm"] {
                let mut path = to.as_os_str().to_owned();
                path.push(log);
                let _ = std::fs::remove_file(PathBuf::from(path));
            }
            rename(&part, to)
        });
        if restored.is_err() {
            let _ = std::fs::remove_file(&part);
        }
        restored
    }

    /// What is wrong in the file, if anything is: the store itself, texts and records, and what is derived from them.
    ///
    /// # Errors
    /// If the store fails so badly that nothing can be asked.
    pub fn check(&mut self) -> Result<Vec<Fault>> {
        let mut faults = self.sound()?;
        if faults.is_empty() {
            faults.extend(self.readable()?);
            faults.extend(self.derived()?);
        }
        Ok(faults)
    }

    /// The store itself.
    fn sound(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let told: Vec<String> = self.with(|connection| {
            connection.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect()
        })?;
        faults.extend(told.into_iter().filter(|line| line != "ok").map(|what| Fault { at: "file".to_owned(), what }));
        let broken: Vec<(String, Option<i64>, String)> = self.with(|connection| {
            connection
                .prepare("PRAGMA foreign_key_check")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .take(LISTED)
                .collect()
        })?;
        faults.extend(broken.into_iter().map(|(at, row, other)| Fault {
            at,
            what: format!("row {} refers to what is not in {other}", row.unwrap_or_default()),
        }));
        Ok(faults)
    }

    /// Texts and records.
    fn readable(&self) -> Result<Vec<Fault>> {
        self.with(|connection| {
            let mut faults = Vec::new();
            let mut statement =
                connection.prepare("SELECT id, sha256, length, text FROM report WHERE text IS NOT NULL ORDER BY id")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (at, sha256): (String, String) = (row.get(0)?, row.get(1)?);
                let what = match unpack(&row.get::<_, Vec<u8>>(3)?) {
                    Err(error) => format!("its text cannot be read ({error})"),
                    Ok(text) if hexadecimal(&text) != sha256 => "its text is not the one that was received".to_owned(),
                    Ok(text) if text.chars().count() as i64 != row.get::<_, i64>(2)? => {
                        "its text has another length".to_owned()
                    }
                    Ok(_) => continue,
                };
                faults.push(Fault { at, what });
            }
            let mut statement = connection.prepare(
                "SELECT report.id, coding.run, coding.record FROM coding JOIN report ON report.number = coding.report
                 ORDER BY report.id, coding.run",
            )?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let record = unpack(&row.get::<_, Vec<u8>>(2)?).map_err(|error| error.to_string());
                let record = record
                    .and_then(|record| serde_json::from_str::<Record>(&record).map_err(|error| error.to_string()));
                if let Err(error) = record {
                    let run: i64 = row.get(1)?;
                    faults
                        .push(Fault { at: row.get(0)?, what: format!("what run {run} read cannot be read ({error})") });
                }
            }
            Ok(faults)
        })
    }

    /// What is derived, made anew and compared; the file stays as it is.
    fn derived(&mut self) -> Result<Vec<Fault>> {
        let path = self.path().to_owned();
        let fail = |error| explain(&path, error);
        let mut faults = Vec::new();
        for (sql, what) in MISSING {
            let at: Vec<String> = self
                .with(|connection| connection.prepare(sql)?.query_map([], |row| row.get(0))?.take(LISTED).collect())?;
            faults.extend(at.into_iter().map(|at| Fault { at, what: (*what).to_owned() }));
        }
        let mut transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate).map_err(fail)?;
        transaction.set_drop_behavior(DropBehavior::Rollback);
        faults.extend(anew(&transaction).map_err(fail)?);
        Ok(faults)
    }
}

/// What must be there, as questions for what is wrong.
const MISSING: &[(&str, &str)] = &[
    (
        "SELECT report.id FROM report WHERE NOT EXISTS (SELECT 1 FROM report AS head WHERE head.number = report.story)
         ORDER BY 1",
        "its story does not exist",
    ),
    (
        "SELECT id FROM claims WHERE event_number NOT IN (SELECT number FROM event) ORDER BY 1",
        "its event does not exist",
    ),
    (
        "SELECT report.id FROM report WHERE text IS NOT NULL AND number NOT IN (SELECT rowid FROM report_words) ORDER BY 1",
        "it is not in the full-text index",
    ),
];

/// Claims by verdicts, stories, events and their rows, each made anew inside a transaction that is rolled back.
fn anew(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    connection.execute_batch(
        "CREATE TEMP TABLE was AS SELECT claim.number, claim.id, claim.stands, claim.event FROM claim;
         CREATE TEMP TABLE was_story AS SELECT number, story FROM report;
         CREATE TEMP TABLE was_event AS SELECT * FROM event",
    )?;
    let mut faults = Vec::new();
    let mut list = |sql: &str, what: &str| -> rusqlite::Result<()> {
        let at: Vec<String> =
            connection.prepare(sql)?.query_map([], |row| row.get(0))?.take(LISTED).collect::<rusqlite::Result<_>>()?;
        faults.extend(at.into_iter().map(|at| Fault { at, what: what.to_owned() }));
        Ok(())
    };
    // Groups first, as they stand; remade claims would have other numbers.
    let mut linker = Linker::default();
    for number in numbers(connection, "SELECT number FROM claim WHERE stands ORDER BY number")? {
        linker.touch_claim(number);
    }
    for number in numbers(connection, "SELECT number FROM report ORDER BY number")? {
        linker.touch_story(number);
    }
    linker.settle(connection)?;
    list(
        "SELECT was.id FROM temp.was JOIN claim ON claim.number = was.number
         WHERE claim.stands AND claim.event <> was.event ORDER BY 1",
        "it belongs to another event when events are made anew",
    )?;
    list(
        "SELECT report.id FROM temp.was_story AS was JOIN report ON report.number = was.number
         WHERE report.story <> was.story ORDER BY 1",
        "it belongs to another story when stories are made anew",
    )?;
    summary::renew(connection, &numbers(connection, "SELECT number FROM event")?.into_iter().collect())?;
    list(
        "SELECT id FROM (SELECT * FROM event EXCEPT SELECT * FROM temp.was_event)
         UNION SELECT id FROM (SELECT * FROM temp.was_event EXCEPT SELECT * FROM event) ORDER BY 1",
        "its row is another when it is made anew",
    )?;
    for report in
        numbers(connection, "SELECT DISTINCT claim.report FROM claim JOIN concerned ON concerned.id = claim.id")?
    {
        verdicts::renew(connection, report)?;
    }
    list(
        "SELECT id FROM (SELECT id, sum(stands) AS stand FROM temp.was GROUP BY id EXCEPT
            SELECT id, sum(stands) FROM claim GROUP BY id) ORDER BY 1",
        "it stands, or does not, against the verdicts on it",
    )?;
    Ok(faults)
}

fn numbers(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

fn hexadecimal(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A name for a file that is not complete yet.
fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}

fn copy(from: &Connection, to: &Path) -> Result<()> {
    let work = || -> rusqlite::Result<()> {
        let mut copy = Connection::open(to)?;
        Backup::new(from, &mut copy)?.run_to_completion(PAGES, Duration::from_millis(5), None)?;
        // One file without a log; whoever opens it to write turns the log on again.
        let _: String = copy.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
        copy.close().map_err(|(_, error)| error)
    };
    work().map_err(|error| explain(to, error))
}

fn rename(from: &Path, to: &Path) -> Result<()> {
    std::fs::rename(from, to).or_else(|error| refuse(format!("{} cannot be written: {error}", to.display())))
}
