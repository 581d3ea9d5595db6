//! The ledger: one SQLite file that keeps what was read, what was coded, why, and who corrected it.
//!
//! [`Ledger`] is the open file. [`Writer`] takes reports in and acknowledges them once they are committed; the modules
//! below it decide which reports tell one story (`stories`) and which claims tell of one event (`events`). Questions are SQL
//! views over the tables, so that people who ask with Python or R see what the program shows.
//!
//! The ledger knows the public record and nothing of how it was made.

pub mod agreement;
pub mod assignments;
mod audit;
pub mod brief;
mod checks;
mod codings;
pub mod dossiers;
mod error;
pub mod events;
pub mod exports;
mod files;
mod identity;
mod linking;
mod moments;
mod packing;
mod persons;
pub mod questions;
mod redaction;
mod reports;
mod returning;
mod runs;
mod schema;
pub mod stories;
mod summary;
mod upkeep;
pub mod verdicts;
mod views;
mod withheld;
mod writer;

pub use checks::Fault;
pub use error::LedgerError;
pub use files::Ledger;
pub use identity::identity;
pub use returning::Entered;
pub use runs::Stored;
pub use withheld::Withheld;
pub use writer::{Arrival, Coding, Taken, Tally, Writer};
