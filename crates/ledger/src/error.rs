//! What can go wrong with a ledger, in words that name the file and the next step.

use std::path::PathBuf;

/// Why a ledger could not be opened, read or written. The file is as it was before.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LedgerError {
    /// There is no such file.
    #[error("{0}: there is no ledger here; `chancery add` makes one")]
    Missing(PathBuf),
    /// The file is something else.
    #[error("{0}: this is no ledger of Chancery; name another file with --ledger")]
    Foreign(PathBuf),
    /// A newer program has written it.
    #[error("{path}: the ledger has schema {found}, this program knows schemas up to {known}; use a newer Chancery")]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest that this program knows.
        known: i64,
    },
    /// An older ledger, opened for reading only.
    #[error(
        "{path}: the ledger has schema {found}; `chancery check` with a right to write brings it to schema {known}"
    )]
    Older {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The one that this program reads.
        known: i64,
    },
    /// Somebody else is writing.
    #[error("{0}: another program is writing to this ledger; wait for it to end, or stop it")]
    Busy(PathBuf),
    /// The file may not be written.
    #[error("{0}: the ledger may not be written; check who may write the file and its folder")]
    ReadOnly(PathBuf),
    /// No room on the disk.
    #[error("{0}: the disk is full; what was acknowledged is safe, make room and go on")]
    Full(PathBuf),
    /// The file is damaged.
    #[error("{0}: the file is damaged ({1}); restore a backup with `chancery restore`")]
    Damaged(PathBuf, String),
    /// Any other failure of the store.
    #[error("{0}: {1}")]
    Store(PathBuf, rusqlite::Error),
    /// What was stored as a record is none.
    #[error("what is stored of report {report} cannot be read: {reason}")]
    Record {
        /// Id of the report.
        report: String,
        /// What the reader says.
        reason: String,
    },
    /// Somebody else has judged it since it was looked at.
    #[error("{0}; look at it again")]
    Overtaken(String),
    /// What was named by its id is not in the ledger.
    #[error("{0}")]
    Unknown(String),
    /// What an analyst named does not fit, or cannot be understood.
    #[error("{0}")]
    Refused(String),
}

/// What every function of the ledger returns.
pub(crate) type Result<T> = std::result::Result<T, LedgerError>;

/// Names the failures that people can mend.
pub(crate) fn explain(path: &std::path::Path, error: rusqlite::Error) -> LedgerError {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseCorrupt, DatabaseLocked, DiskFull, NotADatabase, ReadOnly};
    let path = path.to_owned();
    match error.sqlite_error_code() {
        Some(DatabaseBusy | DatabaseLocked) => LedgerError::Busy(path),
        Some(ReadOnly) => LedgerError::ReadOnly(path),
        Some(DiskFull) => LedgerError::Full(path),
        Some(NotADatabase) => LedgerError::Foreign(path),
        Some(DatabaseCorrupt) => LedgerError::Damaged(path, error.to_string()),
        _ => LedgerError::Store(path, error),
    }
}
