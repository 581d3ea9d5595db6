//! The public record: [`Record`], and its making from a document and its claims.
//!
//! The types of the other crates stay free of serialisation; this module is the one place that knows what leaves the
//! program. [`shape`] has the types, `convert` fills them, `code_points` turns bytes into code points.

mod claim_ids;
mod code_points;
mod convert;
mod shape;

pub(crate) use convert::hexadecimal;
pub use convert::{Identities, record};
pub use shape::*;

/// The JSON Schema (draft 2020-12) of [`Record`], as it is written.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.into_root_schema_for::<Record>().to_value()
}
