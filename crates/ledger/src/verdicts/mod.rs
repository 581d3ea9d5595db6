//! Verdicts: what analysts decide about claims, events, stories and reports.
//!
//! An entry of the table `verdict` is never changed; [`Decision::Undo`] is another entry. What the ledger shows follows from
//! what the latest run read and the entries that hold: `standing` works it out for a report, `crate::linking` obeys mergers
//! and splits. So a later run inherits every verdict on a claim that it finds again, and entries taken back leave no trace
//! but themselves. Where entries contradict each other the last one holds.

mod added;
mod corrections;
mod entries;
mod fields;
mod list;
mod rows;
mod standing;
mod version;

pub use added::Added;
pub use entries::{Decision, Verdict};
pub(crate) use fields::category;
pub use fields::{categories, correctable, statuses};
pub use list::VerdictFilter;
pub(crate) use rows::Row;
pub(crate) use standing::{remove, renew, withdraw};
