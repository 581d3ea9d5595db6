//! `cargo dev score`: every task on the development data through the scorers, as one table that is committed.
//!
//! Predictions are made by this same program (`predict`), in a process of its own, so that a task sees its input only.

use anyhow::{Context, bail};
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder with `data` and `score`
    #[arg(long, default_value = "../shared")]
    shared: PathBuf,
    /// Where predictions are kept
    #[arg(long, default_value = "predictions")]
    predictions: PathBuf,
    /// The table to write
    #[arg(long, default_value = "SCORES.md")]
    output: PathBuf,
    /// Only tasks whose name begins so; the table is then printed but not written
    #[arg(long)]
    only: Option<String>,
}

/// One row of the table: a task on one file.
struct Row {
    task: &'static str,
    input: &'static str,
    gold: &'static str,
    scorer: &'static str,
    /// Arguments of the scorer after GOLD and PRED.
    more: &'static [&'static str],
    /// Path into the scorer's JSON and the name of the figure; for text output, the word before the figure.
    figures: &'static [(&'static str, &'static str)],
    note: &'static str,
}

const fn row(
    task: &'static str,
    gold: &'static str,
    scorer: &'static str,
    figures: &'static [(&'static str, &'static str)],
) -> Row {
    Row { task, input: gold, gold, scorer, more: &[], figures, note: "" }
}

const PARSE: &[(&str, &str)] =
    &[("UPOS", "UPOS"), ("XPOS", "XPOS"), ("Lemma", "lemma"), ("UAS", "UAS"), ("LAS", "LAS")];
const PARSE_RAW: &[(&str, &str)] =
    &[("Words", "words F1"), ("Sentences", "sentences F1"), ("UPOS", "UPOS"), ("Lemma", "lemma"), ("LAS", "LAS")];
const NAMES: &[(&str, &str)] = &[("ALL/2", "F1")];
const TIMES: &[(&str, &str)] =
    &[("value_F1", "value F1"), ("strict_PRF/2", "strict F1"), ("relaxed_PRF/2", "relaxed F1")];
const PLACES: &[(&str, &str)] =
    &[("overlap_PRF/2", "found F1"), ("e2e161_PRF/2", "right within 161 km F1"), ("acc161", "right of those found")];
const QUANTITIES: &[(&str, &str)] = &[("strict/2", "strict F1"), ("overlap/2", "overlap F1")];

const ROWS: &[Row] = &[
    row("parse", "ud/ewt-dev.conllu", "score_parse.py", PARSE),
    row("parse", "ud/gum-dev.conllu", "score_parse.py", PARSE),
    Row { input: "ud/ewt-dev.txt", ..row("parse-raw", "ud/ewt-dev.conllu", "score_parse_raw.py", PARSE_RAW) },
    Row { input: "ud/gum-dev.txt", ..row("parse-raw", "ud/gum-dev.conllu", "score_parse_raw.py", PARSE_RAW) },
    Row {
        note: "the model was trained on this file; its card gives cross-validation",
        ..row("names", "entities/uner_ewt_dev.gold.jsonl", "score_names.py", NAMES)
    },
    Row {
        more: &["--types", "Person,Organisation,Location", "--outermost"],
        ..row("names", "entities/re3d_half.gold.jsonl", "score_names.py", NAMES)
    },
    row("times", "time/aquaint.gold.jsonl", "score_times.py", TIMES),
    row("times", "time/timebank.gold.jsonl", "score_times.py", TIMES),
    row("times", "time/meantime_half.gold.jsonl", "score_times.py", TIMES),
    row("times", "time/gum_news.gold.jsonl", "score_times.py", TIMES),
    Row { note: "demonyms count as places", ..row("places", "places/lgl.gold.jsonl", "score_places.py", PLACES) },
    row("places", "places/geovirus_half.gold.jsonl", "score_places.py", PLACES),
    row("quantities", "quantities/meantime_half.gold.jsonl", "score_quantities.py", QUANTITIES),
    row("quantities", "quantities/re3d_half.gold.jsonl", "score_quantities.py", QUANTITIES),
    row(
        "attribution",
        "attribution/polnear_dev.gold.jsonl",
        "score_attribution.py",
        &[
            ("link/2", "link F1"),
            ("overlap/content/2", "content overlap F1"),
            ("overlap/source/2", "source overlap F1"),
            ("overlap/cue/2", "cue overlap F1"),
        ],
    ),
    row(
        "factuality",
        "factuality/dev.jsonl",
        "score_factuality.py",
        &[("r", "Pearson r"), ("mae", "mean absolute error"), ("acc3", "three-way accuracy")],
    ),
    row(
        "events",
        "events/pairs.tsv",
        "score_events.py",
        &[
            ("STRICT", "STRICT macro-F1"),
            ("FIRST", "FIRST macro-F1"),
            ("pair-prec", "pair precision"),
            ("cover", "sentences with an event, %"),
            ("roots/sent(emitting)", "roots a sentence"),
        ],
    ),
    Row {
        input: "copies/docs.blank.jsonl",
        ..row(
            "copies",
            "copies",
            "score_copies.py",
            &[("pair_F1", "pair F1"), ("B3_F1", "B3 F1"), ("false_alarm_rate", "false alarm rate")],
        )
    },
    Row {
        input: "linking/dev",
        ..row(
            "linking",
            "linking/dev/mentions.gold.jsonl",
            "score_clusters.py",
            &[("CoNLL_F1", "CoNLL F1"), ("LEA_F1", "LEA F1")],
        )
    },
];

#[expect(clippy::print_stderr, reason = "a chore that takes minutes says where it is")]
pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    if !arguments.shared.join("data").is_dir() || !arguments.shared.join("score").is_dir() {
        eprintln!("skipped: no {}", arguments.shared.display());
        return Ok(());
    }
    std::fs::create_dir_all(&arguments.predictions).context("cannot make the folder for predictions")?;
    let mut table = String::from("| task | data | figures |\n|---|---|---|\n");
    for row in ROWS {
        if arguments.only.as_ref().is_some_and(|only| !row.task.starts_with(only.as_str())) {
            continue;
        }
        let name = row.gold.rsplit('/').next().unwrap_or(row.gold).split('.').next().unwrap_or_default();
        let figures = match score(arguments, row, name) {
            Ok(figures) => figures,
            Err(error) => format!("not measured: {error}"),
        };
        let note = if row.note.is_empty() { String::new() } else { format!(" ({})", row.note) };
        let line = format!("| {} | {name} | {figures}{note} |", row.task);
        eprintln!("{line}");
        writeln!(table, "{line}")?;
    }
    let wanted = arguments.only.as_ref().is_none_or(|only| "claims".starts_with(only.as_str()));
    for name in ["work", "untouched", "silence"].into_iter().filter(|_| wanted) {
        let file = PathBuf::from(format!("gold/{name}.jsonl"));
        let measured = match name {
            "silence" => crate::silence::measure(&file, &arguments.shared)?,
            _ => crate::gold::measure(&file, &arguments.shared)?,
        };
        let figures = measured.unwrap_or_else(|| "not measured".to_owned());
        let line = format!("| claims | gold/{name} | {figures} |");
        eprintln!("{line}");
        writeln!(table, "{line}")?;
    }
    if arguments.only.as_ref().is_none_or(|only| "confidence".starts_with(only.as_str())) {
        let figures = crate::confidence::measure(&arguments.shared)?.unwrap_or_else(|| "not measured".to_owned());
        let line = format!("| confidence | gold/held-out | {figures} |");
        eprintln!("{line}");
        writeln!(table, "{line}")?;
    }
    print_out(&table);
    if arguments.only.is_none() {
        let today = jiff::Timestamp::now().to_string();
        let today = today.get(..10).unwrap_or_default();
        let text = format!(
            "# Scores\n\nWritten by `cargo dev score` on {today}.\nEvery task of the development data, through its scorer; percentages unless the name of the figure says otherwise.\nThe data is for measuring and is not part of the repository.\n\n{table}"
        );
        std::fs::write(&arguments.output, text)
            .with_context(|| format!("cannot write {}", arguments.output.display()))?;
    }
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is this command's output")]
fn print_out(table: &str) {
    print!("{table}");
}

fn score(arguments: &Arguments, row: &Row, name: &str) -> anyhow::Result<String> {
    let data = arguments.shared.join("data");
    let prediction = arguments.predictions.join(format!("{}-{name}.out", row.task));
    predict(row.task, &data.join(row.input), &prediction)?;
    let scorer = arguments.shared.join("score").join(row.scorer);
    let mut command = Command::new("python3");
    command.arg(&scorer);
    if row.task == "events" {
        command.arg(&prediction).arg("--gold").arg(data.join(row.gold));
    } else {
        command.arg(data.join(row.gold)).arg(&prediction).args(row.more);
    }
    let output = command.output().context("cannot run python3")?;
    if !output.status.success() {
        bail!("{} failed: {}", row.scorer, last_line(&output.stderr));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<String> = row
        .figures
        .iter()
        .map(|(path, name)| format!("{name} {}", figure(&text, path).unwrap_or_else(|| "?".into())))
        .collect();
    Ok(figures.join(", "))
}

fn predict(task: &str, input: &Path, output: &Path) -> anyhow::Result<()> {
    let file = std::fs::File::create(output).with_context(|| format!("cannot write {}", output.display()))?;
    let program = std::env::current_exe().context("cannot find this program")?;
    let result = Command::new(program)
        .arg("predict")
        .arg(task)
        .arg(input)
        .stdout(file)
        .output()
        .context("cannot run predict")?;
    if !result.status.success() {
        bail!("{}", last_line(&result.stderr));
    }
    Ok(())
}

fn last_line(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).lines().rfind(|line| !line.trim().is_empty()).unwrap_or("no message").to_owned()
}

/// A figure of a scorer's output: by path in its JSON, else the word after the name.
fn figure(text: &str, path: &str) -> Option<String> {
    if let Some(json) = text.lines().find_map(|line| serde_json::from_str::<serde_json::Value>(line).ok()) {
        let mut value = &json;
        for key in path.split('/') {
            value = match key.parse::<usize>() {
                Ok(index) => value.get(index)?,
                Err(_) => value.get(key)?,
            };
        }
        return Some(value.to_string());
    }
    let words: Vec<&str> = text.split([' ', '\n']).filter(|word| !word.is_empty()).collect();
    match path {
        // "with>=1 event 900 (85.7%)"
        "cover" => words.iter().find_map(|word| word.strip_prefix('(')?.strip_suffix("%)")).map(str::to_owned),
        _ => {
            words.iter().position(|word| *word == path).and_then(|at| words.get(at + 1)).map(|word| (*word).to_owned())
        }
    }
}
