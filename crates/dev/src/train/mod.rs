//! `cargo dev train`: makes `models/english.bin` from the network that `training/` made, the names of UNER and GUM, and
//! raw news.
//!
//! What may train it is said in `models/english.md`. The seed is fixed and all sums are whole numbers, so that the same
//! data give the same bytes.

mod clusters;
mod learner;
mod naming;
mod treebank;

use annotate::Language;
use annotate::places::Gazetteer;
use anyhow::Context as _;
use std::path::PathBuf;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with `ud`, `entities` and `news`
    #[arg(long, default_value = "../shared/data")]
    data: PathBuf,
    /// The file of a network (see `training/README.md`); that of the model that is there if not given
    #[arg(long)]
    network: Option<PathBuf>,
    /// The gazetteer, whose places are hints for names
    #[arg(long, default_value = "models/gazetteer.bin")]
    gazetteer: PathBuf,
    /// Where the model is written
    #[arg(long, default_value = "models/english.bin")]
    output: PathBuf,
}

const SEED: u64 = 20_210_718;

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let language = train(arguments)?;
    let bytes = language.to_bytes();
    Language::load(&bytes).context("reading back what was trained")?;
    if let Some(folder) = arguments.output.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(&arguments.output, &bytes).with_context(|| format!("writing {}", arguments.output.display()))?;
    report(&format!("{}: {} bytes", arguments.output.display(), bytes.len()));
    Ok(())
}

fn train(arguments: &Arguments) -> anyhow::Result<Language> {
    let ud = arguments.data.join("ud");
    let mut samples = treebank::read(&ud.join("ewt-train.conllu"))?;
    let mut gum = treebank::read(&ud.join("gum-train-free.conllu"))?;
    gum.iter_mut().for_each(|sample| sample.with_entities = true);
    samples.extend(gum);
    let read = |path: &PathBuf| std::fs::read(path).with_context(|| format!("reading {}", path.display()));
    let network = match &arguments.network {
        Some(path) => read(path)?,
        None => Language::load(&read(&arguments.output)?)?.network_file().to_vec(),
    };
    let mut language = Language::of_network(&network)?;
    report("classes of words");
    let mut text = clusters::news(&arguments.data.join("news/wikinews_2019_2020.jsonl"))?;
    text.extend(samples.iter().map(|sample| sample.words.iter().map(|word| word.lower).collect()));
    language.clusters = clusters::induce(&text);
    samples.extend(treebank::recased(&samples, 10));
    teach_names(arguments, &samples, &mut language)?;
    Ok(language)
}

fn teach_names(arguments: &Arguments, samples: &[treebank::Sample], language: &mut Language) -> anyhow::Result<()> {
    report("names");
    let gazetteer =
        std::fs::read(&arguments.gazetteer).with_context(|| format!("reading {}", arguments.gazetteer.display()))?;
    let gazetteer = Gazetteer::load(gazetteer)?;
    let uner = arguments.data.join("entities/uner_ewt_dev.gold.jsonl");
    let mut lessons = naming::of_uner(&uner, language)?;
    lessons.extend(naming::of_treebank(samples, language));
    report(&naming::cross_validate(&lessons, language, &gazetteer, SEED));
    language.namer = naming::namer(&lessons.iter().collect::<Vec<_>>(), &gazetteer, SEED);
    Ok(())
}

/// Progress goes to standard error, as standard output is data only.
#[expect(clippy::print_stderr, reason = "a chore that takes minutes says where it is")]
fn report(line: &str) {
    eprintln!("{line}");
}
