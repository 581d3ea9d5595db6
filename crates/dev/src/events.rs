//! `cargo dev events words`: in how many texts a word stands, for the rarity of words in the linking of claims.
//!
//! `crates/ledger/src/events/words.tsv`: first the number of texts, then word and count where it is 2 or more.

use crate::{prose, workspace};
use anyhow::Context as _;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    table: Table,
}

#[derive(clap::Subcommand)]
enum Table {
    /// Count in how many texts each word stands
    Words {
        /// The folder with `news` and `ud`
        #[arg(long, default_value = "../shared/data")]
        data: PathBuf,
        /// The table to write; that of the ledger where not given
        #[arg(long)]
        output: Option<PathBuf>,
    },
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let Table::Words { data, output } = &arguments.table;
    let output = output.clone().unwrap_or_else(|| workspace().join("crates/ledger/src/events/words.tsv"));
    let texts = prose::texts(data)?;
    let mut counts: BTreeMap<String, u32> = BTreeMap::new();
    for text in &texts {
        let text = text.to_lowercase();
        let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
        for word in words.collect::<BTreeSet<_>>() {
            *counts.entry(word.to_owned()).or_default() += 1;
        }
    }
    let mut table = format!("{}\n", texts.len());
    for (word, count) in counts.iter().filter(|(_, count)| **count > 1) {
        writeln!(table, "{word}\t{count}")?;
    }
    std::fs::write(&output, table).with_context(|| format!("cannot write {}", output.display()))
}
