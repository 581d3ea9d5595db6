//! Opening, checking and copying the file.

use crate::error::{LedgerError, Result, explain};
use crate::schema;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How long a reader waits for a writer, and a second writer for the first.
const PATIENCE: Duration = Duration::from_secs(5);

/// KiB of pages that are kept: what a commit of some thousand reports touches, or a question goes through several times.
const PAGES: i64 = 196_608;

/// Prepared statements that are kept.
const STATEMENTS: usize = 512;

/// An open ledger.
#[derive(Debug)]
pub struct Ledger {
    pub(crate) connection: Connection,
    path: PathBuf,
}

impl Ledger {
    /// Opens a ledger for reading and writing; makes it if there is no file or an empty one.
    ///
    /// # Errors
    /// If the file is no ledger, is of a newer program, is damaged, or may not be written.
    pub fn create(path: &Path) -> Result<Self> {
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)
    }

    /// Opens a ledger that exists, for reading and writing.
    ///
    /// # Errors
    /// As for [`Ledger::create`], and if there is no such file.
    pub fn open(path: &Path) -> Result<Self> {
        Self::exists(path)?;
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
    }

    /// Opens a ledger for questions.
    ///
    /// # Errors
    /// If there is no such file, or it is no ledger of this schema.
    pub fn read(path: &Path) -> Result<Self> {
        Self::exists(path)?;
        Self::open_with(path, OpenFlags::SQLITE_OPEN_READ_ONLY)
    }

    /// Answers from here on as the ledger stood on a day, by what was available then.
    ///
    /// # Errors
    /// If the store fails.
    pub fn as_of(&mut self, day: jiff::civil::Date) -> Result<()> {
        self.with(|connection| schema::as_of(connection, &day.to_string()))
    }

    fn exists(path: &Path) -> Result<()> {
        if path.exists() { Ok(()) } else { Err(LedgerError::Missing(path.to_owned())) }
    }

    fn open_with(path: &Path, flags: OpenFlags) -> Result<Self> {
        let writable = !flags.contains(OpenFlags::SQLITE_OPEN_READ_ONLY);
        let fail = |error| explain(path, error);
        if path.is_dir() {
            return Err(LedgerError::Foreign(path.to_owned()));
        }
        let connection = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(fail)?;
        let mut ledger = Self { connection, path: path.to_owned() };
        ledger.prepare(writable)?;
        Ok(ledger)
    }

    fn prepare(&mut self, writable: bool) -> Result<()> {
        let path = self.path.clone();
        let fail = |error| explain(&path, error);
        self.connection.busy_timeout(PATIENCE).map_err(fail)?;
        self.connection.set_prepared_statement_cache_capacity(STATEMENTS);
        // Plans that do not look at the values asked for: else, because of the indexes on a part of a table, each statement
        // that touches one is planned anew for each value.
        self.connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(fail)?;
        self.connection.pragma_update(None, "cache_size", -PAGES).map_err(fail)?;
        // What a savepoint needs to be undone, or a question as of a day to be answered, would else go through a file.
        self.connection.pragma_update(None, "temp_store", "MEMORY").map_err(fail)?;
        let application: i64 =
            self.connection.pragma_query_value(None, "application_id", |row| row.get(0)).map_err(fail)?;
        let tables: i64 =
            self.connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(fail)?;
        let found = schema::found(&self.connection).map_err(fail)?;
        if application != schema::APPLICATION && (tables > 0 || !writable) {
            return Err(LedgerError::Foreign(path));
        }
        if found > schema::NEWEST {
            return Err(LedgerError::Newer { path, found, known: schema::NEWEST });
        }
        if !writable {
            if found < schema::NEWEST {
                return Err(LedgerError::Older { path, found, known: schema::NEWEST });
            }
            return schema::hide_other_views(&self.connection).map_err(fail);
        }
        // Readers go on while somebody writes; a commit is on the disk before it is acknowledged.
        let _: String =
            self.connection.pragma_update_and_check(None, "journal_mode", "WAL", |row| row.get(0)).map_err(fail)?;
        self.connection.pragma_update(None, "synchronous", "FULL").map_err(fail)?;
        self.connection.pragma_update(None, "foreign_keys", true).map_err(fail)?;
        // Pages of the log before they are copied into the file: a commit of some thousand reports touches most pages of the
        // index of wordings, and each is to be written once.
        self.connection.pragma_update(None, "wal_autocheckpoint", 16_384).map_err(fail)?;
        schema::migrate(&mut self.connection).map_err(fail)
    }

    /// The file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Runs work that is done as a whole or not at all.
    pub(crate) fn transact<T>(&mut self, work: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        self.with(|connection| connection.execute_batch("BEGIN IMMEDIATE"))?;
        let done =
            work(self).and_then(|done| self.with(|connection| connection.execute_batch("COMMIT")).map(|()| done));
        if done.is_err() {
            // The first failure is the one to tell.
            let _ = self.connection.execute_batch("ROLLBACK");
        }
        done
    }

    /// Runs what may fail in the store, and names the failure.
    pub(crate) fn with<T>(&self, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> Result<T> {
        work(&self.connection).map_err(|error| explain(&self.path, error))
    }
}
