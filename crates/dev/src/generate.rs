//! `cargo dev generate`: writes the files that are generated from the code. The tests compare them and write nothing.

use anyhow::Context;
use std::path::Path;

pub(crate) fn run() -> anyhow::Result<()> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../schema/chancery-1.schema.json");
    let schema = serde_json::to_string_pretty(&record::json_schema())? + "\n";
    std::fs::write(&path, schema).with_context(|| format!("{} cannot be written", path.display()))?;
    Ok(())
}
