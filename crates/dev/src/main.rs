//! Developer chores: train, score, predict, generate, check the house. Never shipped.

mod bench;
mod confidence;
mod copies;
mod events;
mod gazetteer;
mod generate;
mod gold;
mod json_lines;
mod large_codebook;
mod pages;
mod predict;
mod prose;
mod score;
mod silence;
mod story;
mod train;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "dev", about = "Developer chores of Chancery")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Time the reading of the examples and write the table of speeds
    Bench(bench::Arguments),
    /// Fit the table by which claims are trusted to the verdicts of readers, and measure it
    Confidence(confidence::Arguments),
    /// Make and measure the tables by which copies are told from independent reports
    Copies(copies::Arguments),
    /// Make the tables by which claims are linked to events
    Events(events::Arguments),
    /// Write the files that are generated from the code
    Generate,
    /// Build models/gazetteer.bin from GeoNames data and the tables in gazetteer/
    Gazetteer(gazetteer::Arguments),
    /// Compare the reports coded by hand with what the program says of them
    Gold(gold::Arguments),
    /// Time the pages and routes of the workbench over a large ledger
    Pages(pages::Arguments),
    /// Write prediction lines for one task to standard output, seeing only what the task may see
    Predict(predict::Arguments),
    /// Run every task on the development data and write the table of scores
    Score(score::Arguments),
    /// Score what two readers thought of claims drawn over all of the news, or draw claims for them
    Silence(silence::Arguments),
    /// Compare the ledger's record of examples/story with what a careful analyst would put on record
    Story(story::Arguments),
    /// Train the language model from the tree banks and write it
    Train(train::Arguments),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Confidence(arguments) => confidence::run(&arguments),
        Command::Copies(arguments) => copies::run(&arguments),
        Command::Events(arguments) => events::run(&arguments),
        Command::Generate => generate::run(),
        Command::Gazetteer(arguments) => gazetteer::run(&arguments),
        Command::Gold(arguments) => gold::run(&arguments),
        Command::Pages(arguments) => pages::run(&arguments),
        Command::Predict(arguments) => predict::run(&arguments),
        Command::Score(arguments) => score::run(&arguments),
        Command::Silence(arguments) => silence::run(&arguments),
        Command::Story(arguments) => story::run(&arguments),
        Command::Train(arguments) => train::run(&arguments),
    }
}

/// The folder of the project.
fn workspace() -> std::path::PathBuf {
    std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}
