//! How far two coders agree, for people; and the list of what they see differently.

use ledger::agreement::{Agreement, Level};
use ledger::questions::{Answer, Value};
use std::fmt::Write;

/// The measures, as lines of text.
pub(crate) fn summary(agreement: &Agreement) -> String {
    let mut text = String::new();
    let part = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| format!("{value:.3}"));
    // Writing to a string does not fail.
    let _ = writeln!(text, "{} reports, {} sentences", agreement.reports, agreement.sentences);
    let _ = writeln!(
        text,
        "{:<22}{:>8}{:>8}{:>9}{:>11}{:>8}{:>8}",
        "", "first", "second", "matches", "precision", "recall", "F1"
    );
    for score in &agreement.scores {
        let level = match score.level {
            Level::Strict => "strict",
            Level::Actors => "category and actors",
            Level::Category => "category",
            Level::Span => "span",
        };
        let _ = writeln!(
            text,
            "{level:<22}{:>8}{:>8}{:>9}{:>11}{:>8}{:>8}",
            score.first,
            score.second,
            score.matches,
            part(score.precision()),
            part(score.recall()),
            part(score.f1())
        );
    }
    let _ = writeln!(text, "Krippendorff's alpha, finding (sentences):        {}", part(agreement.finding));
    let _ = writeln!(
        text,
        "Krippendorff's alpha, labelling ({} spans of both): {}\n",
        agreement.shared,
        part(agreement.labelling)
    );
    text
}

/// The disagreements as an answer.
pub(crate) fn disagreements(agreement: &Agreement) -> Answer {
    let columns = ["report", "start", "end", "on", "first", "second"];
    let rows = agreement.disagreements.iter().map(|one| {
        let text = |text: &str| Value::Text(text.to_owned());
        vec![
            text(&one.report),
            Value::Integer(one.start.into()),
            Value::Integer(one.end.into()),
            text(one.on),
            text(&one.first),
            text(&one.second),
        ]
    });
    Answer { columns: columns.map(str::to_owned).to_vec(), rows: rows.collect() }
}
