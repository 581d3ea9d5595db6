//! `cargo dev predict TASK FILE…`: one file per task. Each reads only the columns that its task may see.

use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The task: one of those in the scorers' README
    task: String,
    /// Input files, in the task's own format
    files: Vec<PathBuf>,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    anyhow::bail!("unknown task {}", arguments.task)
}
