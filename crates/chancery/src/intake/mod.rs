//! The door: foreign files and streams become [`Report`]s, or one clear [`Problem`] each.
//!
//! [`Inputs`] goes through the named inputs in order, unpacks and walks them, and reads no more of any report than the
//! limit allows. What an input is, is told by `kinds`; each kind has one reader: [`plain_text`], [`json_lines`],
//! [`table`], [`page`], [`feed`] and [`warc`]. Readers take bytes and are total; those of inputs with several reports
//! are streams. What a reader has found of one report is put together by `parts`.

mod charset;
mod dates;
pub mod feed;
pub mod geonames;
mod gzip;
mod http;
mod inputs;
pub mod json_lines;
mod keys;
mod kinds;
mod language;
mod lines;
pub mod page;
mod parts;
pub mod plain_text;
mod problem;
pub mod records;
mod returned;
mod rows;
pub mod sheets;
pub mod table;
mod walk;
pub mod warc;

pub use dates::{DateProblem, read_date};
pub use inputs::{Inputs, Options, Reports};
pub use problem::{At, Position, Problem, Reason};
pub(crate) use walk::size;

use document::Report;

/// A report with the remarks that its sender should hear. The remarks stand in the report's notes as well.
#[derive(Debug, Clone, PartialEq)]
pub struct Received {
    /// The report.
    pub report: Report,
    /// What was odd about it, though not so odd that it could not be read.
    pub remarks: Vec<String>,
    /// Where it stands; [`Inputs`] fills it in, as a reader of one text knows of no other.
    pub position: Position,
}

/// The most bytes of one report that are read unless told otherwise: 8 MiB.
pub const MAX_BYTES: u64 = 8 * 1024 * 1024;
