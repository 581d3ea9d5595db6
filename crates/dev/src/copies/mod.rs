//! `cargo dev copies`: makes the tables of `crates/ledger/src/stories` and measures how well copies are found.

mod background;
mod corpus;
mod fit;
pub(crate) use fit::solve;
pub(crate) mod index;
mod reworded;
mod rewording;

use crate::workspace;
use anyhow::Context as _;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    task: Task,
    /// The folder with `copies`, `news` and `ud`
    #[arg(long, global = true, default_value = "../shared/data")]
    data: PathBuf,
    /// The file to write; that of the ledger where not given
    #[arg(long, global = true)]
    output: Option<PathBuf>,
}

#[derive(clap::Subcommand)]
enum Task {
    /// Count the words of news and other prose: `background.bin`
    Background,
    /// Fit the weights of the decision on two reports: `weights.rs`
    Fit,
    /// Print how many copies are found and how many false alarms there are, by half and by kind of re-wording
    Reworded,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let data = arguments.data.as_path();
    let write = |name: &str, contents: &[u8]| {
        let shipped = workspace().join("crates/ledger/src/stories").join(name);
        let output: &Path = arguments.output.as_deref().unwrap_or(&shipped);
        std::fs::write(output, contents).with_context(|| format!("cannot write {}", output.display()))
    };
    match arguments.task {
        Task::Background => write("background.bin", &background::table_of(data)?),
        Task::Fit => write("weights.rs", fit::weights(&corpus::Corpus::read(data)?)?.as_bytes()),
        Task::Reworded => {
            reworded::measure(&corpus::Corpus::read(data)?);
            Ok(())
        }
    }
}
