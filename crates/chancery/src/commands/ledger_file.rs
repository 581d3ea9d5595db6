//! The ledger that a command works on.

use std::path::{Path, PathBuf};

#[derive(clap::Args, Debug)]
pub(super) struct LedgerArguments {
    /// The ledger
    #[arg(long, value_name = "FILE", default_value = "chancery.db", env = "CHANCERY_LEDGER")]
    ledger: PathBuf,
}

impl LedgerArguments {
    pub(super) fn path(&self) -> &Path {
        &self.ledger
    }
}
