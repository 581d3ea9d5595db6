//! `cargo dev pages`: how fast the workbench answers over a large ledger, into `benches/results.md`.
//!
//! `pages reports` writes the reports of such a ledger, which `chancery add` takes in; `pages time` asks every page and
//! every route of the API for itself, as a browser on this machine does.

mod reports;
mod timing;

use anyhow::Context;
use clap::Subcommand;
use std::io::{BufWriter, Write};
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Write short made-up reports as lines of JSON, for `chancery add`
    Reports {
        /// How many
        #[arg(long, default_value_t = 100_000)]
        number: u64,
        /// Where to
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Time every page and route over a ledger
    Time(timing::Arguments),
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    match &arguments.command {
        Command::Reports { number, output } => {
            let file = std::fs::File::create(output).with_context(|| format!("{} cannot be made", output.display()))?;
            let mut out = BufWriter::new(file);
            reports::write(*number, &mut out)?;
            Ok(out.flush()?)
        }
        Command::Time(arguments) => timing::run(arguments),
    }
}
