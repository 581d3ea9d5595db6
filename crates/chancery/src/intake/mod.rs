//! The door: foreign files and streams become [`Report`]s, or one clear [`Problem`] each.
//!
//! [`Inputs`] goes through the named inputs in order and reads no more of any than the limit allows. What a text looks
//! like is known to [`plain_text`], what a JSON line looks like to [`json_lines`]; both take bytes and are total.

mod dates;
pub mod geonames;
mod inputs;
pub mod json_lines;
pub mod plain_text;
mod problem;
pub mod sheets;
mod stored;

pub use dates::{DateProblem, read_date};
pub use inputs::{Inputs, Options};
pub use problem::{Problem, Reason};
pub use stored::from_record;

use document::Report;

/// A report with the remarks that its sender should hear. The remarks stand in the report's notes as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The report.
    pub report: Report,
    /// What was odd about it, though not so odd that it could not be read.
    pub remarks: Vec<String>,
}

/// The most bytes of one report that are read unless told otherwise: 8 MiB.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;
