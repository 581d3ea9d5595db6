//! The making of the public record from a document and its claims.
//!
//! The types of the other crates stay free of serialisation; this module is the one place that turns them into what leaves
//! the program. `convert` fills the record, `code_points` turns bytes into code points, `claim_ids` names the claims; `stored`
//! makes a report of a stored one, to be read again.

mod claim_ids;
mod code_points;
mod convert;
mod stored;

pub(crate) use convert::hexadecimal;
pub use convert::{Identities, record, report};
pub use stored::from_record;
