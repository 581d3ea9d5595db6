//! Tasks "copies" and "linking" in a first, plain form: texts that share their rare words are one story, mentions with
//! one lemma in similar texts are one event.
//!
//! This is the baseline that the ledger's own linking has to beat; it is not part of the product.

use annotate::Language;
use anyhow::Context as _;
use rustc_hash::FxHashMap;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Cosine from which two texts are held to be copies.
const COPY: f64 = 0.45;
/// Cosine from which two texts are held to tell of the same happenings.
const SAME_MATTER: f64 = 0.25;

/// Texts as sparse vectors of rare words, weighted by inverse document frequency and of length 1.
struct Vectors {
    rows: Vec<Vec<(u32, f64)>>,
    postings: Vec<Vec<(u32, f64)>>,
}

impl Vectors {
    fn new<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let mut vocabulary: FxHashMap<String, u32> = FxHashMap::default();
        let mut counts: Vec<Vec<(u32, f64)>> = Vec::new();
        for text in texts {
            let mut row: Vec<u32> = Vec::new();
            for word in text
                .split(|letter: char| !letter.is_alphanumeric())
                .filter(|word| word.len() > 2 || word.bytes().all(|byte| byte.is_ascii_digit()))
            {
                let next = vocabulary.len() as u32;
                row.push(*vocabulary.entry(word.to_lowercase()).or_insert(next));
            }
            row.sort_unstable();
            let groups =
                row.chunk_by(|one, other| one == other).map(|group| (group[0], 1.0 + (group.len() as f64).ln()));
            counts.push(groups.collect());
        }
        let mut frequency = vec![0.0; vocabulary.len()];
        counts.iter().flatten().for_each(|(word, _)| frequency[*word as usize] += 1.0);
        let total = counts.len() as f64;
        let mut postings = vec![Vec::new(); vocabulary.len()];
        for (number, row) in counts.iter_mut().enumerate() {
            row.iter_mut().for_each(|(word, weight)| *weight *= (total / frequency[*word as usize]).ln().max(0.0));
            let length = row.iter().map(|(_, weight)| weight * weight).sum::<f64>().sqrt().max(1e-9);
            for (word, weight) in row.iter_mut() {
                *weight /= length;
                postings[*word as usize].push((number as u32, *weight));
            }
        }
        Self { rows: counts, postings }
    }

    /// Earlier texts with a cosine of at least `threshold`, best first.
    fn earlier(&self, number: usize, threshold: f64) -> Vec<(usize, f64)> {
        let mut sums = vec![0.0; number];
        for &(word, weight) in &self.rows[number] {
            for &(other, other_weight) in
                self.postings[word as usize].iter().take_while(|(other, _)| (*other as usize) < number)
            {
                sums[other as usize] += weight * other_weight;
            }
        }
        let mut near: Vec<(usize, f64)> =
            sums.into_iter().enumerate().filter(|(_, cosine)| *cosine >= threshold).collect();
        near.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        near
    }
}

/// Task "copies": one line {"id", "cluster"} for each text.
pub(super) fn copies(files: &[PathBuf]) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for path in files {
        let docs = json_lines(path)?;
        let vectors = Vectors::new(docs.iter().map(|doc| doc["text"].as_str().unwrap_or_default()));
        let mut cluster: Vec<usize> = Vec::new();
        for number in 0..docs.len() {
            let near = vectors.earlier(number, COPY);
            cluster.push(near.first().map_or(number, |(other, _)| cluster[*other]));
            writeln!(output, "{}", json!({"id": docs[number]["id"], "cluster": cluster[number].to_string()}))?;
        }
    }
    Ok(())
}

/// Task "linking": `path` is the folder with `docs.blank.jsonl` and `mentions.blank.jsonl`.
pub(super) fn linking(files: &[PathBuf], language: &Language) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for folder in files {
        link_folder(folder, language, &mut output)?;
    }
    Ok(())
}

fn link_folder(folder: &Path, language: &Language, output: &mut dyn Write) -> anyhow::Result<()> {
    let docs = json_lines(&folder.join("docs.blank.jsonl"))?;
    let mentions = json_lines(&folder.join("mentions.blank.jsonl"))?;
    let vectors = Vectors::new(docs.iter().map(|doc| doc["text"].as_str().unwrap_or_default()));
    let mut matter: FxHashMap<&str, usize> = FxHashMap::default();
    let mut matters: Vec<usize> = Vec::new();
    for number in 0..docs.len() {
        let near = vectors.earlier(number, SAME_MATTER);
        matters.push(near.first().map_or(number, |(other, _)| matters[*other]));
        matter.insert(docs[number]["id"].as_str().unwrap_or_default(), matters[number]);
    }
    for mention in &mentions {
        let text = mention["text"].as_str().unwrap_or_default();
        let syntax = annotate::syntax(document::Report::from_text("mention", text.to_lowercase()), language);
        let lemma =
            syntax.iter_tokens().find(|token| token.head().is_none()).map_or("", |token| token.lemma()).to_owned();
        let own = Value::String(format!(
            "{}-{lemma}",
            matter.get(mention["doc"].as_str().unwrap_or_default()).copied().unwrap_or(usize::MAX)
        ));
        writeln!(output, "{}", json!({"id": mention["id"], "cluster": own}))?;
    }
    Ok(())
}

fn json_lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    std::fs::read_to_string(path)
        .with_context(|| format!("reading {}", path.display()))?
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| serde_json::from_str(line).with_context(|| format!("a line of {}", path.display())))
        .collect()
}
