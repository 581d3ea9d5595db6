//! Short reports for a large ledger: three sentences each, drawn from the examples of the codebook, the same on every
//! machine. Sentences made of a pattern would not do, as all of them would be taken for copies of one text. Every fourth
//! report is a reprint by another outlet, so that there are copies to find.

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::{Date, date};
use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

const OUTLETS: usize = 60;

/// The first day of the archive, and how many days it covers.
const FIRST: Date = date(2021, 1, 1);
const DAYS: u64 = 1400;

/// Numbers that look drawn by chance, and are the same every time (splitmix64).
struct Draw(u64);

impl Draw {
    fn below(&mut self, number: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % number.max(1) as u64) as usize
    }
}

/// Writes so many reports as lines of JSON.
pub(super) fn write(number: u64, out: &mut impl Write) -> anyhow::Result<()> {
    let mut sentences = BTreeSet::new();
    gather(&crate::workspace().join("codebook/categories"), &mut sentences)?;
    let sentences: Vec<String> = sentences.into_iter().collect();
    for report in 0..number {
        let original = if report % 4 == 3 { report - 1 } else { report };
        let mut draw = Draw(original.wrapping_mul(7919));
        let told: Vec<&str> = (0..3).map(|_| sentences[draw.below(sentences.len())].as_str()).collect();
        let title: Vec<&str> = told[0].split(' ').take(8).collect();
        let day = FIRST.saturating_add(((original * DAYS / number.max(1)) as i64).days());
        let line = serde_json::json!({
            "title": title.join(" "),
            "text": told.join(" "),
            "published": day.to_string(),
            "outlet": format!("Outlet {}", Draw(report).below(OUTLETS) + 1),
        });
        writeln!(out, "{line}")?;
    }
    Ok(())
}

/// Gathers the sentences of all rules below a folder.
fn gather(folder: &Path, sentences: &mut BTreeSet<String>) -> anyhow::Result<()> {
    for entry in std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            gather(&path, sentences)?;
        } else if path.to_string_lossy().ends_with(".rule.toml") {
            let rule: toml::Table =
                std::fs::read_to_string(&path)?.parse().with_context(|| path.display().to_string())?;
            let examples = ["yes", "no", "gap"].iter().filter_map(|kind| rule.get(*kind)?.as_array()).flatten();
            sentences.extend(examples.filter_map(|example| Some(example.get("text")?.as_str()?.to_owned())));
        }
    }
    Ok(())
}
