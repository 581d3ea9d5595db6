//! What people see: readings and explanations as text, laid out for a terminal.

pub mod explanation;
mod layout;
pub mod reading;

pub use layout::WIDTHS;
