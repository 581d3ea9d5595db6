//! How far blind readers agree, with each other or with the program, and what they see differently, side by side.

use super::{Frame, Page, render};
use crate::query::Pairs;
use crate::safety::Analyst;
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use ledger::agreement::{Agreement, Coded, Level, Sentences, measure};
use ledger::{Ledger, LedgerError};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The name of the program among the readers.
const PROGRAM: &str = "program";

#[derive(Template)]
#[template(path = "agreement.html")]
struct AgreementPage {
    frame: Frame,
    readers: Vec<String>,
    first: String,
    second: String,
    measured: Option<Measured>,
}

/// What was measured, in words.
struct Measured {
    reports: usize,
    sentences: usize,
    scores: Vec<ScoreRow>,
    finding: String,
    shared: usize,
    labelling: String,
    disagreements: Vec<Disagreement>,
}

struct ScoreRow {
    level: &'static str,
    first: usize,
    second: usize,
    matches: usize,
    precision: String,
    recall: String,
    f1: String,
}

/// One thing seen differently, with its sentence cut at the words.
struct Disagreement {
    report: String,
    on: &'static str,
    before: String,
    words: String,
    after: String,
    first: String,
    second: String,
}

/// What two have found in the reports that both have read.
struct Both {
    sentences: Sentences,
    texts: BTreeMap<String, String>,
    first: Vec<Coded>,
    second: Vec<Coded>,
}

/// What a reader has found, by report.
fn read_by(ledger: &Ledger, reader: &str, others: &[String]) -> Result<BTreeMap<String, Vec<Coded>>, LedgerError> {
    let mut all = BTreeMap::new();
    if reader == PROGRAM {
        for report in others {
            if let Some(coded) = ledger.coded_by(report, None)? {
                all.insert(report.clone(), coded);
            }
        }
    } else {
        for (report, sheet) in ledger.sheets(reader)? {
            all.insert(report.clone(), sheet.iter().map(|found| found.coded(&report)).collect());
        }
    }
    Ok(all)
}

fn both(ledger: &Ledger, first: &str, second: &str) -> Result<Both, LedgerError> {
    let sheets = |reader: &str| -> Result<Vec<String>, LedgerError> {
        Ok(ledger.sheets(reader)?.into_iter().map(|(report, _)| report).collect())
    };
    let (mut one, mut two) = (read_by(ledger, first, &sheets(second)?)?, read_by(ledger, second, &sheets(first)?)?);
    one.retain(|report, _| two.contains_key(report));
    two.retain(|report, _| one.contains_key(report));
    let mut both = Both { sentences: Sentences::new(), texts: BTreeMap::new(), first: Vec::new(), second: Vec::new() };
    for report in one.keys() {
        let Some(reading) = ledger.reading(report)? else { continue };
        let sentences = reading.record.map(|record| record.sentences).unwrap_or_default();
        let mut spans: Vec<(u32, u32)> = sentences.iter().map(|sentence| (sentence.start, sentence.end)).collect();
        if spans.is_empty() {
            spans.push((0, reading.report.length));
        }
        both.sentences.insert(report.clone(), spans);
        both.texts.insert(report.clone(), reading.report.text.unwrap_or_default());
    }
    both.first = one.into_values().flatten().collect();
    both.second = two.into_values().flatten().collect();
    Ok(both)
}

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, Analyst(visitor): Analyst, pairs: Pairs) -> Page {
    let asked = pairs.asked(&["first", "second"])?;
    let (first, second) = (asked.value("first").to_owned(), asked.value("second").to_owned());
    let (one, two) = (first.clone(), second.clone());
    let (readers, both) = workbench
        .store
        .ask(None, move |ledger| {
            let readers = ledger.coders()?;
            let chosen = !one.is_empty() && !two.is_empty() && one != two;
            Ok((readers, if chosen { Some(both(ledger, &one, &two)?) } else { None }))
        })
        .await?;
    let measured = both.map(|both| {
        let agreement = measure(&both.sentences, &both.first, &both.second);
        told(agreement, &both)
    });
    let page = AgreementPage {
        frame: Frame::new(&workbench, visitor, "Agreement", "/assigned", &asked),
        readers: readers.into_iter().chain([PROGRAM.to_owned()]).collect(),
        first,
        second,
        measured,
    };
    render(&page)
}

fn told(agreement: Agreement, both: &Both) -> Measured {
    let share = |value: Option<f64>| value.map_or("–".to_owned(), |value| format!("{value:.3}"));
    let scores = agreement.scores.iter().map(|score| ScoreRow {
        level: match score.level {
            Level::Strict => "strict",
            Level::Actors => "category and actors",
            Level::Category => "category",
            Level::Span => "span",
        },
        first: score.first,
        second: score.second,
        matches: score.matches,
        precision: share(score.precision()),
        recall: share(score.recall()),
        f1: share(score.f1()),
    });
    let disagreements = agreement.disagreements.iter().map(|one| {
        let text = both.texts.get(&one.report).map(String::as_str).unwrap_or_default();
        let sentences = both.sentences.get(&one.report).map(Vec::as_slice).unwrap_or_default();
        let around = sentences.iter().find(|(start, end)| (*start..*end).contains(&one.start));
        let (from, to) = around.map_or((one.start, one.end), |(start, end)| (*start, (*end).max(one.end)));
        let part = |from: u32, to: u32| -> String {
            text.chars().skip(from as usize).take(to.saturating_sub(from) as usize).collect()
        };
        Disagreement {
            report: one.report.clone(),
            on: one.on,
            before: part(from, one.start),
            words: part(one.start, one.end),
            after: part(one.end, to),
            first: one.first.clone(),
            second: one.second.clone(),
        }
    });
    Measured {
        reports: agreement.reports,
        sentences: agreement.sentences,
        scores: scores.collect(),
        finding: share(agreement.finding),
        shared: agreement.shared,
        labelling: share(agreement.labelling),
        disagreements: disagreements.collect(),
    }
}
