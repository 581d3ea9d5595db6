//! `cargo dev predict TASK FILE…`: one file per task. Each reads only the columns that its task may see.

mod attribution;
mod copies;
mod events;
mod factuality;
mod linking;
mod mentions;
mod names;
mod parse;
mod parse_raw;
mod places;
mod quantities;
mod reports;
mod times;

use annotate::Language;
use annotate::places::Gazetteer;
use anyhow::Context as _;
use chancery::commands::codebook_folder::load;
use std::path::{Path, PathBuf};

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The task: one of those in the scorers' README
    task: String,
    /// Input files, in the task's own format; for linking the folder with the texts and mentions
    files: Vec<PathBuf>,
    /// The words for the kinds of names; by the file's name where not given
    #[arg(long, value_enum)]
    types: Option<names::Vocabulary>,
    /// The language model
    #[arg(long, default_value = "models/english.bin")]
    model: PathBuf,
    /// Events and linking: a folder with a codebook, as for `chancery read`
    #[arg(long)]
    codebook: Option<PathBuf>,
    /// Places: count demonyms as mentions of their country, as files named "lgl" do anyway
    #[arg(long)]
    demonyms: bool,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let files = arguments.files.as_slice();
    match arguments.task.as_str() {
        "attribution" => attribution::run(files, &language(&arguments.model)?, &gazetteer()?),
        "copies" => copies::run(files),
        "events" => events::run(files, &load(arguments.codebook.as_deref())?),
        "factuality" => factuality::run(files, &language(&arguments.model)?, &gazetteer()?),
        "linking" => linking::run(files, &load(arguments.codebook.as_deref())?),
        "names" => names::run(files, &language(&arguments.model)?, &gazetteer()?, arguments.types),
        "parse" => parse::run(files, &language(&arguments.model)?),
        "parse-raw" => parse_raw::run(files, &language(&arguments.model)?),
        "places" => places::run(files, &language(&arguments.model)?, &gazetteer()?, arguments.demonyms),
        "quantities" => quantities::run(files, &language(&arguments.model)?),
        "times" => times::run(files, &language(&arguments.model)?),
        task => anyhow::bail!("unknown task {task}"),
    }
}

fn gazetteer() -> anyhow::Result<Gazetteer> {
    let bytes = std::fs::read("models/gazetteer.bin").context("models/gazetteer.bin (cargo dev gazetteer)")?;
    Ok(Gazetteer::load(bytes)?)
}

fn language(path: &Path) -> anyhow::Result<Language> {
    let bytes = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(Language::load(&bytes)?)
}
