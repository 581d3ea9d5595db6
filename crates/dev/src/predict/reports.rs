//! The input lines that hold whole texts: `doc`, `text` and perhaps `dct`, the day of publication. Nothing else is read.

use anyhow::Context as _;
use document::Report;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Line {
    doc: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
}

/// The reports of a file with their ids.
pub(super) fn read(path: &Path) -> anyhow::Result<Vec<(String, Report)>> {
    std::fs::read_to_string(path)
        .with_context(|| format!("reading {}", path.display()))?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let line: Line = serde_json::from_str(line).with_context(|| format!("a line of {}", path.display()))?;
            let published = line.dct.as_deref().and_then(|day| day.get(..10)?.parse().ok());
            Ok((line.doc.clone(), Report { published, ..Report::from_text(line.doc, line.text) }))
        })
        .collect()
}

/// Converts bytes of the text to code points.
pub(super) fn code_points(text: &str) -> impl Fn(u32) -> usize {
    let mut points = vec![0; text.len() + 1];
    let mut count = 0;
    for (byte, point) in points.iter_mut().enumerate() {
        *point = count;
        count += usize::from(text.is_char_boundary(byte));
    }
    move |byte| points[byte as usize]
}
