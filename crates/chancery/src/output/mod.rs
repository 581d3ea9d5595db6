//! What people see: readings, explanations and comparisons as text, laid out for a terminal, and the pages of a codebook.

pub(crate) mod agreements;
pub mod answers;
pub mod briefs;
pub mod comparison;
pub mod explanation;
pub mod exports;
mod layout;
pub mod pages;
pub mod reading;

pub use layout::WIDTHS;
