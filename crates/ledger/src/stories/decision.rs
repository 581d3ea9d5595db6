//! The decision on two reports: [`compare`].
//!
//! A logistic sum of [`Traits::terms`]; the weights were fitted by `cargo dev copies fit` (see `weights`). Three rules
//! stand above the sum, because no sum of many small things may overrule them: a text too short to tell, wording that
//! is not shared, and a form filled in anew.

use super::reasons::{Reason, reasons};
use super::traits::Traits;
use super::weights::{BIAS, LEAST, WEIGHTS};
use super::wording::Wording;

/// Fewer words than this are never a copy, unless the texts are the same.
const SHORTEST: u32 = 8;
/// Least share of the plain words that a copy has in common with its text.
const WORDING: f32 = 0.1;
/// A text with less than this share of the other's words is a part of it.
const PART: f32 = 0.6;
/// Evidence of the same text, and against a copy where a rule says so.
const CERTAIN: f32 = 12.0;

/// What two reports are to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Both tell one text, reprinted, edited, translated or re-worded.
    Copy,
    /// One is a part of the other: cut, or built into a longer text.
    Part,
    /// Neither descends from the other's text, whatever the event.
    Independent,
}

/// A decision with its grounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Likeness {
    /// The decision.
    pub verdict: Verdict,
    /// Probability that both descend from one text, in steps of a thousandth.
    pub score: f32,
    /// The same as a sum that is positive exactly where the verdict is not [`Verdict::Independent`]; for [`super::group`].
    pub evidence: f32,
    /// What was found.
    pub reasons: Vec<Reason>,
}

/// Decides whether two reports descend from one text.
pub fn compare(a: &Wording, b: &Wording) -> Likeness {
    if a.whole == b.whole && a.length == b.length {
        return likeness(CERTAIN, 1.0, vec![Reason::SameText]);
    }
    if a.length.min(b.length) < SHORTEST {
        return likeness(-CERTAIN, 1.0, vec![Reason::TooShort]);
    }
    let traits = Traits::of(a, b);
    let sum = traits.terms().iter().zip(WEIGHTS).fold(BIAS, |sum, (term, weight)| sum + term * weight) - LEAST;
    let shorter = traits.lengths.0 as f32 / traits.lengths.1 as f32;
    let rule = if traits.plain.contained() < WORDING {
        Some(Reason::OnlyFacts)
    } else if filled_in(&traits) {
        Some(Reason::FilledIn)
    } else {
        None
    };
    match rule {
        Some(rule) if sum > 0.0 => likeness(-CERTAIN, shorter, vec![rule]),
        _ => likeness(sum, shorter, reasons(&traits)),
    }
}

/// Whether two texts have their wording in common and nothing of what it is about: notices, results, bulletins.
fn filled_in(traits: &Traits) -> bool {
    let figures = traits.figures.fewer();
    let names = traits.names.fewer();
    let other_names = names >= 4 && traits.names.contained() < 0.15;
    let other_figures = figures >= 3 && traits.figures.contained() < 0.1;
    traits.runs.contained() > 0.25 && other_names && (other_figures || figures < 3)
        || traits.runs.contained() > 0.5 && figures >= 5 && traits.figures.count == 0
}

fn likeness(evidence: f32, shorter: f32, reasons: Vec<Reason>) -> Likeness {
    let verdict = match (evidence > 0.0, shorter < PART) {
        (false, _) => Verdict::Independent,
        (true, true) => Verdict::Part,
        (true, false) => Verdict::Copy,
    };
    let score = 1.0 / (1.0 + (-(evidence + LEAST)).exp());
    Likeness { verdict, score: (score * 1000.0).round() / 1000.0, evidence, reasons }
}
