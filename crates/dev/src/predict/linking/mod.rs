//! Task `linking`: mentions of happenings to events, as the ledger links claims. The input is a folder; of it only the
//! texts (`docs.blank.jsonl`) and the spans of the mentions (`mentions.blank.jsonl`) are read.
//!
//! A mention takes the place of a claim: its words are given, and who, when and where is read from the program's own
//! reading of the text. All pairs of reports that are near enough are compared, where the ledger takes those that keys bring.

mod mention;
mod participants;

use crate::json_lines;
use anyhow::Context as _;
use document::{Report, TextSpan, TimeKind};
use engine::{Engine, Reading};
use ledger::events::{Happening, Lexicon, Nearness, ReportWords, THRESHOLD, Weights, group_by_reports, score};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde_json::json;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Least likeness of two reports whose mentions are compared.
const NEAR: f32 = 0.04;
/// A link of less than this is not kept: it would join nothing.
const KEPT: f32 = 0.02;

#[derive(Deserialize)]
struct Text {
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Mention {
    id: String,
    doc: String,
    /// In code points.
    spans: Vec<(usize, usize)>,
}

/// A mention as linking sees it.
struct Told {
    id: String,
    happening: Happening,
}

/// A report as linking sees it.
struct Matter {
    words: ReportWords,
    mentions: Vec<Told>,
}

pub(super) fn run(folders: &[PathBuf], engine: &Engine) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    let lexicon = Lexicon::new();
    for folder in folders {
        let matters = read(folder, engine, &lexicon)?;
        let ids: Vec<&str> =
            matters.iter().flat_map(|matter| &matter.mentions).map(|mention| mention.id.as_str()).collect();
        let reports: Vec<usize> =
            matters.iter().enumerate().flat_map(|(at, matter)| matter.mentions.iter().map(move |_| at)).collect();
        for event in group_by_reports(&ids, &reports, &links(&matters, &lexicon), THRESHOLD) {
            for id in &event {
                writeln!(output, "{}", json!({"id": id, "cluster": event[0]}))?;
            }
        }
    }
    Ok(())
}

fn read(folder: &Path, engine: &Engine, lexicon: &Lexicon) -> anyhow::Result<Vec<Matter>> {
    let mut mentions: FxHashMap<String, Vec<Mention>> = FxHashMap::default();
    for mention in json_lines::read::<Mention>(&folder.join("mentions.blank.jsonl"))? {
        mentions.entry(mention.doc.clone()).or_default().push(mention);
    }
    let texts = json_lines::read::<Text>(&folder.join("docs.blank.jsonl"))?.into_iter();
    texts
        .map(|Text { id, text }| {
            let own = mentions.remove(&id).unwrap_or_default();
            matter(&engine.read(Report::from_text(id, text)), own, lexicon)
        })
        .collect()
}

fn matter(reading: &Reading, mentions: Vec<Mention>, lexicon: &Lexicon) -> anyhow::Result<Matter> {
    let document = &reading.document;
    let text = document.report.text.as_str();
    let names = document.names.iter().map(|name| document.text(name.span));
    // The texts are given without their day of publication.
    let told =
        document.times.iter().find(|time| time.kind == TimeKind::Date && time.from.is_some() && time.from == time.to);
    let words = ReportWords::new(lexicon, text, names, told.and_then(|time| mention::day(time.from)));
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let byte = |point: usize| bytes.get(point).copied().context("a mention lies outside its text");
    let mentions = mentions.into_iter().map(|Mention { id, spans, .. }| {
        let spans = spans
            .into_iter()
            .map(|(start, end)| Ok(TextSpan::new(byte(start)?, byte(end)?)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        let happening = mention::happening(reading, &spans, lexicon).unwrap_or_default();
        Ok(Told { id, happening })
    });
    Ok(Matter { words, mentions: mentions.collect::<anyhow::Result<_>>()? })
}

/// The links between mentions, by their numbers through all reports.
fn links(matters: &[Matter], lexicon: &Lexicon) -> Vec<(usize, usize, f32)> {
    let weights = Weights::new();
    let mut links = Vec::new();
    let mut compare = |(one, first): (usize, &Told), (other, second): (usize, &Told), near: &Nearness| {
        let link = score(lexicon, &weights, &first.happening, &second.happening, near);
        links.extend(link.filter(|link| link.score >= KEPT).map(|link| (one, other, link.score)));
    };
    let mut next = 0;
    let numbered: Vec<Vec<(usize, &Told)>> = matters
        .iter()
        .map(|matter| {
            let first = next;
            next += matter.mentions.len();
            (first..).zip(&matter.mentions).collect()
        })
        .collect();
    for (at, own) in numbered.iter().enumerate() {
        for (place, &mention) in own.iter().enumerate() {
            own[place + 1..].iter().for_each(|&other| compare(mention, other, &Nearness::within()));
        }
        for (to, others) in numbered.iter().enumerate().skip(at + 1) {
            let near = Nearness::between(&matters[at].words, &matters[to].words);
            if near.words >= NEAR {
                for &mention in own {
                    others.iter().for_each(|&other| compare(mention, other, &near));
                }
            }
        }
    }
    links
}
