//! The weights of the decision on two reports, from `copies` and `news` of the development data.
//!
//! Copies are the translations of one article, and re-worded, cut and edited texts made here with a fixed seed; the
//! others are independent reports of one event and texts of different articles. Only the even half is used: by a hash of
//! the article's id for translations, of the event's for independent reports. Each kind has a weight of its own, so that
//! the rare kinds count. A logistic sum is fitted by Newton's method; the least sum for a copy leaves one in a thousand
//! of the independent pairs of the even half above it.

#![expect(clippy::print_stdout, reason = "the command says how well the weights fit")]

use super::corpus::Corpus;
use super::index::candidates;
use super::rewording::{Dice, Pool};
use ledger::stories::{TERMS, Traits, Wording};
use std::fmt::Write;

/// Kinds of pairs, each with what all of its pairs weigh together.
const KINDS: [(&str, f64); 11] = [
    ("translation", 1500.0),
    ("re30", 500.0),
    ("re50", 800.0),
    ("re30ds", 500.0),
    ("re50ds", 800.0),
    ("cut", 500.0),
    ("edit", 500.0),
    ("independent", 3000.0),
    ("random", 600.0),
    ("near", 2500.0),
    ("re-independent", 300.0),
];
/// So many of the kinds are copies; the next are the independent reports.
const COPIES: usize = 7;
/// Strength of the pull of the weights towards nothing.
const RIDGE: f64 = 1.0;
/// Share of the independent pairs above the least sum.
const ALARMS: f64 = 0.001;
const STEPS: usize = 40;

struct Row {
    kind: usize,
    odd: bool,
    terms: Vec<f64>,
}

/// Written before the weights.
const HEAD: &str =
    "//! Weights of the decision, in the order of the terms: written by `cargo dev copies fit`, not by hand.

use super::traits::TERMS;
";

/// Fits the weights, prints how well they part the kinds, and gives the file that the ledger includes.
pub(super) fn weights(corpus: &Corpus) -> anyhow::Result<String> {
    let mut rows = rows(corpus);
    let even = || rows.iter().filter(|row| !row.odd);
    let mut counts = [0.0; KINDS.len()];
    even().for_each(|row| counts[row.kind] += 1.0);
    let number = even().count() as f64;
    let mean: Vec<f64> = (0..TERMS).map(|at| even().map(|row| row.terms[at]).sum::<f64>() / number).collect();
    let spread: Vec<f64> = (0..TERMS)
        .map(|at| (even().map(|row| (row.terms[at] - mean[at]).powi(2)).sum::<f64>() / number).sqrt() + 1e-9)
        .collect();
    for row in &mut rows {
        for at in 0..TERMS {
            row.terms[at] = (row.terms[at] - mean[at]) / spread[at];
        }
        row.terms.push(1.0);
    }
    let mut weights = vec![0.0; TERMS + 1];
    for _ in 0..STEPS {
        newton(&rows, &counts, &mut weights);
    }
    let sum = |row: &Row| row.terms.iter().zip(&weights).map(|(term, weight)| term * weight).sum::<f64>();
    let mut independent: Vec<f64> = rows.iter().filter(|row| !row.odd && row.kind == COPIES).map(sum).collect();
    independent.sort_by(|a, b| b.total_cmp(a));
    let least = independent.get((independent.len() as f64 * ALARMS) as usize).map_or(0.0, |sum| sum.max(0.0)) + 0.01;
    print_shares(&rows, &counts, sum, least);
    let bias = weights[TERMS] - (0..TERMS).map(|at| weights[at] * mean[at] / spread[at]).sum::<f64>();
    let mut text = String::from(HEAD);
    writeln!(text, "\n/// The sum where nothing is shared.\npub(super) const BIAS: f32 = {bias:.5};")?;
    writeln!(text, "/// Weight of each of [`super::Traits::terms`].\n#[rustfmt::skip]")?;
    writeln!(text, "pub(super) const WEIGHTS: [f32; TERMS] = [")?;
    for at in 0..TERMS {
        writeln!(text, "    {:.5},", weights[at] / spread[at])?;
    }
    writeln!(text, "];\n/// The least sum of a copy.\npub(super) const LEAST: f32 = {least:.5};")?;
    Ok(text)
}

/// For each kind the share above the least sum; for the odd half how often a score is right.
fn print_shares(rows: &[Row], counts: &[f64], sum: impl Fn(&Row) -> f64, least: f64) {
    for (kind, (name, _)) in KINDS.iter().enumerate() {
        let above = |odd: bool| {
            let of: Vec<bool> =
                rows.iter().filter(|row| row.kind == kind && row.odd == odd).map(|row| sum(row) > least).collect();
            of.iter().filter(|above| **above).count() as f64 / of.len() as f64
        };
        println!("{name:15} even {:.4} odd {:.4}", above(false), above(true));
    }
    for probability in 0..10 {
        let low = f64::from(probability) / 10.0;
        let within = |row: &&Row| row.odd && (low..low + 0.1).contains(&(1.0 / (1.0 + (-sum(row)).exp())));
        let within: Vec<&Row> = rows.iter().filter(within).collect();
        let weight = |row: &&Row| KINDS[row.kind].1 / counts[row.kind];
        let all: f64 = within.iter().map(weight).sum();
        let copies: f64 = within.iter().filter(|row| row.kind < COPIES).map(weight).sum();
        let (pairs, share) = (within.len(), copies / all);
        println!("score {low:.1} to {:.1}: {pairs} pairs of the odd half, share of copies {share:.3}", low + 0.1);
    }
}

fn rows(corpus: &Corpus) -> Vec<Row> {
    let wordings: Vec<Wording> = corpus.texts.iter().map(|text| Wording::of(text)).collect();
    let mut rows = Vec::new();
    let mut add = |kind: &str, odd: bool, a: &Wording, b: &Wording| {
        let kind = KINDS.iter().position(|known| known.0 == kind).unwrap_or(KINDS.len());
        let terms = Traits::of(a, b).terms().iter().map(|term| f64::from(*term)).collect();
        rows.push(Row { kind, odd, terms });
    };
    for (a, b) in corpus.translation_pairs() {
        add("translation", corpus.odd[a], &wordings[a], &wordings[b]);
    }
    for &(a, b) in &corpus.independent {
        add("independent", corpus.odd[a], &wordings[a], &wordings[b]);
    }
    let mut dice = Dice(1);
    for _ in 0..20_000 {
        let (a, b) = (dice.below(wordings.len()), dice.below(wordings.len()));
        if a != b && !corpus.same_article(a, b) {
            add("random", corpus.odd[a], &wordings[a], &wordings[b]);
        }
    }
    // What the keys bring together wrongly: of other articles, and of one half.
    for (a, b) in candidates(&wordings) {
        if !corpus.same_article(a, b) && !corpus.same_event(a, b) && corpus.odd[a] == corpus.odd[b] {
            add("near", corpus.odd[a], &wordings[a], &wordings[b]);
        }
    }
    let pool = Pool::of(&corpus.texts);
    for (at, text) in corpus.texts.iter().enumerate().step_by(2) {
        let original = &wordings[at];
        for (kind, replaced, dropped, shuffled) in [
            ("re30", 0.3, 0.0, false),
            ("re50", 0.5, 0.0, false),
            ("re50ds", 0.5, 0.3, true),
            ("re30ds", 0.3, 0.3, true),
            ("edit", 0.05, 0.15, false),
        ] {
            let copy = Wording::of(&pool.reword(text, &mut dice, replaced, dropped, shuffled));
            add(kind, corpus.odd[at], original, &copy);
            if kind == "re30"
                && let Some(&(a, b)) = corpus.independent.iter().find(|pair| pair.0 == at || pair.1 == at)
            {
                add("re-independent", corpus.odd[at], &copy, &wordings[a + b - at]);
            }
        }
        add("cut", corpus.odd[at], original, &Wording::of(&dice.cut(text)));
    }
    rows
}

/// One step of Newton's method on the weighted likelihood.
#[expect(clippy::needless_range_loop, reason = "rows and columns of a matrix are named by their numbers")]
fn newton(rows: &[Row], counts: &[f64], weights: &mut [f64]) {
    let size = weights.len();
    let mut gradient = vec![0.0; size];
    let mut matrix = vec![vec![0.0; size]; size];
    for row in rows.iter().filter(|row| !row.odd) {
        let sum: f64 = row.terms.iter().zip(weights.iter()).map(|(term, weight)| term * weight).sum();
        let probability = 1.0 / (1.0 + (-sum.clamp(-30.0, 30.0)).exp());
        let weight = KINDS[row.kind].1 / counts[row.kind];
        let wanted = if row.kind < COPIES { 1.0 } else { 0.0 };
        let slope = weight * probability * (1.0 - probability) + 1e-6;
        for i in 0..size {
            gradient[i] += weight * (wanted - probability) * row.terms[i];
            for j in 0..=i {
                matrix[i][j] += slope * row.terms[i] * row.terms[j];
            }
        }
    }
    for i in 0..size {
        if i < TERMS {
            gradient[i] -= RIDGE * weights[i];
            matrix[i][i] += RIDGE;
        }
        for j in 0..i {
            matrix[j][i] = matrix[i][j];
        }
    }
    for (weight, step) in weights.iter_mut().zip(solve(matrix, gradient)) {
        *weight += step;
    }
}

/// Gaussian elimination with the largest pivot.
#[expect(clippy::needless_range_loop, reason = "rows and columns of a matrix are named by their numbers")]
pub(crate) fn solve(mut matrix: Vec<Vec<f64>>, mut right: Vec<f64>) -> Vec<f64> {
    let size = right.len();
    for at in 0..size {
        let pivot = (at..size).max_by(|&a, &b| matrix[a][at].abs().total_cmp(&matrix[b][at].abs())).unwrap_or(at);
        matrix.swap(at, pivot);
        right.swap(at, pivot);
        for below in at + 1..size {
            let factor = matrix[below][at] / matrix[at][at];
            for column in at..size {
                matrix[below][column] -= factor * matrix[at][column];
            }
            right[below] -= factor * right[at];
        }
    }
    for at in (0..size).rev() {
        let known: f64 = (at + 1..size).map(|column| matrix[at][column] * right[column]).sum();
        right[at] = (right[at] - known) / matrix[at][at];
    }
    right
}
