//! Events: which claims, of the same report or of different reports, tell of the same happening, and why.
//!
//! `Happening` is what the linking sees of a claim and `ReportWords` what it sees of a report. `complete` fills in what a
//! report says of a happening elsewhere, `keys` finds candidates in an index, `score` gives a `Link` with a probability and
//! an analyst's reasons, `group_by_reports` makes events of links.
//! All are pure functions over a `Lexicon`, which is loaded once; nothing here depends on what else the ledger holds.

mod completion;
mod day;
mod features;
mod group;
mod happening;
mod keys;
mod lexicon;
mod nearness;
#[cfg(test)]
mod properties;
mod reasons;
mod roots;
mod score;
mod weights;

pub use completion::complete;
pub use day::Day;
pub(crate) use features::far;
pub use features::{Feature, Features};
#[cfg(test)]
use group::group;
pub use group::{THRESHOLD, group_by_reports};
pub use happening::{Figure, Granularity, Happening, Party, Place, Predicate, Status};
pub use keys::{WEEKS, keys, report_keys, week_of};
pub use lexicon::Lexicon;
pub(crate) use nearness::words;
pub use nearness::{Nearness, ReportWords};
pub use score::{Link, Relation, score};
pub use weights::Weights;
