//! Text to [`document::Document`]: a pure function, stage by stage.
//!
//! The order of the stages is enforced by their signatures: what needs the parse asks for a [`document::Syntax`].
//! Stages cannot fail; strange text gives poorer results.
#![doc = include_str!("../README.md")]

pub mod conllu;
pub mod coreference;
pub mod language;
mod lemmas;
pub mod names;
mod network;
mod numbers;
mod parse;
pub mod perceptron;
pub mod places;
pub mod quantities;
pub mod sentences;
pub mod statements;
pub mod tags;
pub mod times;
pub mod tokens;

pub use language::{Language, LanguageError, syntax, syntax_of};
