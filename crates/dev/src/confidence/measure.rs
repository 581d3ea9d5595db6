//! How well probabilities agree with verdicts: reliability in ten bins, Brier score, expected error of calibration, and
//! the area under the curve of hits and false alarms; and which bound gives the best F1.

use std::fmt::Write;

const BINS: usize = 10;
/// The share of what careful readers put on record that is found at all, on news nobody has read: of what is held back, the
/// right claims were among these.
const RECALL: f64 = 0.47;

/// What F1 may lose for precision: who acts on a record loses more by a wrong claim than by a missing one.
const FLAT: f64 = 0.008;

/// Guess and verdict of each bin: how many, mean guess, share right.
fn bins(rows: &[(f64, f64)]) -> [(usize, f64, f64); BINS] {
    let mut bins = [(0, 0.0, 0.0); BINS];
    for (guess, right) in rows {
        let bin = &mut bins[((guess * BINS as f64) as usize).min(BINS - 1)];
        *bin = (bin.0 + 1, bin.1 + guess, bin.2 + right);
    }
    bins.map(|(count, guess, right)| (count, guess / count.max(1) as f64, right / count.max(1) as f64))
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    let (sum, count) = values.fold((0.0, 0_usize), |(sum, count), value| (sum + value, count + 1));
    sum / count.max(1) as f64
}

/// Of pairs of a right and a wrong claim, the share in which the right one has the higher guess.
fn area(rows: &[(f64, f64)]) -> f64 {
    let (mut won, mut pairs) = (0.0, 0.0);
    for (guess, right) in rows {
        for (other, wrong) in rows.iter().map(|(other, verdict)| (other, 1.0 - verdict)) {
            let half = if guess == other { 0.5 } else { f64::from(u8::from(guess > other)) };
            won += right * wrong * half;
            pairs += right * wrong;
        }
    }
    if pairs > 0.0 { won / pairs } else { 0.5 }
}

/// The figures on one line.
pub(super) fn figures(rows: &[(f64, f64)]) -> String {
    let brier = mean(rows.iter().map(|(guess, right)| (guess - right).powi(2)));
    let count = rows.len().max(1) as f64;
    let error: f64 =
        bins(rows).iter().map(|(number, guess, right)| *number as f64 / count * (guess - right).abs()).sum();
    let (guess, right) = (mean(rows.iter().map(|row| row.0)), mean(rows.iter().map(|row| row.1)));
    format!(
        "ROC AUC {:.3}, Brier {brier:.3} (by the mean alone {:.3}), ECE {error:.3}, mean {guess:.3} against {right:.3} \
         right, of {} claims",
        area(rows),
        mean(rows.iter().map(|row| (right - row.1).powi(2))),
        rows.len()
    )
}

/// The figures with a line for each bin.
pub(super) fn table(rows: &[(f64, f64)]) -> String {
    let mut text = format!("{}\n", figures(rows));
    for (at, (count, guess, right)) in bins(rows).iter().enumerate().filter(|(_, bin)| bin.0 > 0) {
        let low = at as f64 / BINS as f64;
        let _ = writeln!(text, "  {low:.1} to {:.1} {count:5} claims  guess {guess:.2}  right {right:.2}", low + 0.1);
    }
    text
}

/// Precision, the share of right claims that is kept, and F1 when claims below a bound are held back.
fn at_bound(rows: &[(f64, f64)], bound: f64) -> (f64, f64, f64) {
    let all: f64 = rows.iter().map(|row| row.1).sum();
    let kept: Vec<f64> = rows.iter().filter(|row| row.0 >= bound).map(|row| row.1).collect();
    let right: f64 = kept.iter().sum();
    let wanted = all / RECALL;
    (right / kept.len().max(1) as f64, right / all.max(1.0), 2.0 * right / (kept.len() as f64 + wanted).max(1.0))
}

/// The bounds that are tried.
fn tried() -> impl Iterator<Item = f64> {
    (0..16).map(|step| f64::from(step) * 0.05)
}

/// The highest bound whose F1 is the best but for [`FLAT`]: the curve is flat there, and a record that is trusted is worth
/// more than one that is long.
pub(super) fn best_bound(rows: &[(f64, f64)]) -> f64 {
    let f1 = |bound: f64| at_bound(rows, bound).2;
    let best = tried().map(f1).fold(0.0, f64::max);
    tried().filter(|bound| f1(*bound) >= best - FLAT).last().unwrap_or_default()
}

/// What each bound would give.
pub(super) fn bounds(rows: &[(f64, f64)]) -> String {
    let line = |bound: f64| {
        let (precision, kept, f1) = at_bound(rows, bound);
        format!("held back below {bound:.2}: precision {precision:.3}, right claims kept {kept:.3}, F1 {f1:.3}\n")
    };
    tried().map(line).collect()
}
