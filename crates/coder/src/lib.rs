//! Loads a codebook and finds claims in a [`document::Document`].
//!
//! [`Codebook::load`] reads categories, rules, actors and word lists from the files of a codebook folder and reports all
//! faults at once. [`code`] resolves the actors of a document, builds the frames of its predicates, matches the rules
//! and assembles the claims. How the annotations were made is none of this crate's business.

mod actors;
mod antecedents;
mod claims;
mod codebook;
pub mod confidence;
mod frames;
mod matching;
pub mod status;

pub use actors::Actors;
pub use claims::{Coding, code};
pub use codebook::{
    About, CEASEFIRE_PHASES, Category, Codebook, Context, Example, ExampleKind, Examples, Expectation, Fault, Guide,
    PatternLine, Rule,
};
pub use matching::{Outcome, Trace};
