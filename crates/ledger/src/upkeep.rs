//! Upkeep: copying the file, and putting a copy in its place.

use crate::error::{LedgerError, Result, explain};
use crate::files::Ledger;
use rusqlite::Connection;
use rusqlite::backup::Backup;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Pages copied at a time; others may write in between.
const PAGES: i32 = 4_096;
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
