//! Tells copies from independent reports: whether two reports descend from one text, and which reports are one story.
//!
//! A [`Sketch`] is what the index keeps of a report; its keys bring the candidates. [`compare`] decides on two [`Wording`]s
//! and says why; [`group`] makes stories of many such decisions. Shared names and figures show the same event and never
//! by themselves a copy: a copy shares wording, and the order in which its rare words come.
//! Everything here is a pure function of its arguments; the tables are fixed, so that a decision does not depend on what
//! else the ledger holds nor on the order of arrival.

pub mod background;
mod bag;
mod decision;
mod grouping;
mod reasons;
mod sketch;
mod traits;
mod weights;
mod wording;
mod words;

pub use decision::{Likeness, Verdict, compare};
pub use grouping::{Pair, group};
pub use reasons::Reason;
pub use sketch::Sketch;
pub use traits::{TERMS, Traits};
pub use wording::Wording;

#[cfg(test)]
mod tests;
