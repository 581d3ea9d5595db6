//! Text to [`document::Document`]: a pure function, stage by stage.
//!
//! The order of the stages is enforced by their signatures: what needs the parse asks for a [`document::Syntax`].
//! Stages cannot fail; strange text gives poorer results.

pub mod coreference;
pub mod sentences;
pub mod statements;
pub mod tokens;
