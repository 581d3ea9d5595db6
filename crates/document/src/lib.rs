//! The shared words of Chancery: a report, the annotations of a document, and claims.
//!
//! Types only: no algorithms, no input or output. Positions are bytes and tokens ([`TextSpan`], [`TokenSpan`]); the
//! public record converts them to code points in one place, outside this crate.

mod claims;
mod columns;
mod document;
mod labels;
mod mentions;
mod report;
mod span;
#[cfg(any(test, feature = "testing"))]
#[expect(clippy::panic, reason = "a test with a broken table should stop at once")]
pub mod testing;
mod texts;

pub use claims::*;
pub use columns::{Parse, Sentences, Strings, Tags, Tokens};
pub use document::{Document, Sentence, Syntax, Token};
pub use labels::{Relation, Upos, Xpos};
pub use mentions::*;
pub use report::Report;
pub use span::{SentenceId, TextSpan, TokenId, TokenSpan};
pub use texts::puts_out;

/// Index into [`Document::times`].
pub type TimeId = usize;
/// Index into [`Document::places`].
pub type PlaceId = usize;
/// Index into [`Document::quantities`].
pub type QuantityId = usize;
/// Index into [`Document::statements`].
pub type StatementId = usize;
