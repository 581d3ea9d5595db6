//! How far two coders agree, people or runs: [`measure`].
//!
//! Claims of two coders match one to one within a report, as many as possible. The least that a match needs is that their
//! spans overlap and their category is the same ([`Level::Category`]); beside that a participant in common, on whichever
//! side, or none named by either ([`Level::Actors`]); beside that the same actors and the same recipients, and the same
//! status and day where both give them ([`Level::Strict`]). Two names are one participant if both bear the same id, or if
//! all words of one are among those of the other ("M23", "the M23 rebels").
//!
//! Finding and labelling are measured apart, by Krippendorff's alpha for nominal values: whether a sentence holds a claim,
//! over all sentences; and which category spans have that overlap, over those matched whatever their categories.

mod alpha;
mod matching;
mod sample;

pub use alpha::alpha;

use matching::matched;
use std::collections::{BTreeMap, BTreeSet};

/// A participant by all that it is called: an id, a name, the words of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Party {
    /// What it is called; any of it may match.
    pub names: Vec<String>,
}

/// A claim as far as coders are compared by it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Coded {
    /// Id of the report.
    pub report: String,
    /// First code point of its words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its category.
    pub category: String,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Whether it happened, if the coder says.
    pub status: Option<String>,
    /// The first day, if the coder says.
    pub day: Option<String>,
}

/// How much two claims must have in common.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Level {
    /// Overlapping spans.
    Span,
    /// The same category as well.
    Category,
    /// A shared participant as well.
    Actors,
    /// The same actors, recipients, status and day as well.
    Strict,
}

/// How many claims match; the first coder is the reference.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Score {
    /// What a match needs.
    pub level: Level,
    /// Matches.
    pub matches: usize,
    /// Claims of the first coder.
    pub first: usize,
    /// Claims of the second.
    pub second: usize,
}

impl Score {
    /// Of the second coder's claims, those that the first has as well; none where there are none.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        ratio(self.matches, self.second)
    }

    /// Of the first coder's claims, those that the second has as well.
    #[must_use]
    pub fn recall(&self) -> Option<f64> {
        ratio(self.matches, self.first)
    }

    /// The harmonic mean of both.
    #[must_use]
    pub fn f1(&self) -> Option<f64> {
        ratio(2 * self.matches, self.first + self.second)
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// A claim that the coders see differently.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Disagreement {
    /// Id of the report.
    pub report: String,
    /// Span of the words.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// `found by the first alone`, `found by the second alone`, `category`, `participants` or `details`.
    pub on: &'static str,
    /// What the first says.
    pub first: String,
    /// What the second says.
    pub second: String,
}

/// How far two coders agree.
#[derive(Clone, PartialEq, Debug)]
pub struct Agreement {
    /// Reports that both coded.
    pub reports: usize,
    /// Sentences of these.
    pub sentences: usize,
    /// From the strictest level to the laxest.
    pub scores: [Score; 3],
    /// Krippendorff's alpha over sentences: whether each holds a claim. None where it is not defined.
    pub finding: Option<f64>,
    /// Spans that both found, whatever their categories.
    pub shared: usize,
    /// Krippendorff's alpha over these: which category each has.
    pub labelling: Option<f64>,
    /// By report and place.
    pub disagreements: Vec<Disagreement>,
}

/// The sentences of each report that both coded, by its id.
pub type Sentences = BTreeMap<String, Vec<(u32, u32)>>;

/// Compares two coders on the reports named in `sentences`; claims on others are passed over.
#[must_use]
pub fn measure(sentences: &Sentences, first: &[Coded], second: &[Coded]) -> Agreement {
    let (mut found, mut labelled, mut disagreements) = (Vec::new(), Vec::new(), Vec::new());
    let mut scores =
        [Level::Strict, Level::Actors, Level::Category].map(|level| Score { level, matches: 0, first: 0, second: 0 });
    for (report, sentences) in sentences {
        let of = |claims: &[Coded]| -> Vec<Coded> {
            let mut claims: Vec<Coded> = claims.iter().filter(|claim| claim.report == *report).cloned().collect();
            claims.sort_by(|one, two| (one.start, one.end, &one.category).cmp(&(two.start, two.end, &two.category)));
            claims
        };
        let (one, two) = (of(first), of(second));
        for &(start, end) in sentences {
            let holds = |claims: &[Coded]| claims.iter().any(|claim| start <= claim.start && claim.start < end);
            found.push((holds(&one), holds(&two)));
        }
        for score in &mut scores {
            score.matches += matched(&one, &two, score.level).len();
            score.first += one.len();
            score.second += two.len();
        }
        let pairs = matched(&one, &two, Level::Span);
        for &(left, right) in &pairs {
            labelled.push((one[left].category.clone(), two[right].category.clone()));
        }
        disagreements.extend(differing(&one, &two, &pairs));
    }
    Agreement {
        reports: sentences.len(),
        sentences: found.len(),
        scores,
        finding: alpha(&found),
        shared: labelled.len(),
        labelling: alpha(&labelled),
        disagreements,
    }
}

fn differing(one: &[Coded], two: &[Coded], pairs: &[(usize, usize)]) -> Vec<Disagreement> {
    let row = |claim: &Coded, on, first: String, second: String| Disagreement {
        report: claim.report.clone(),
        start: claim.start,
        end: claim.end,
        on,
        first,
        second,
    };
    let mut all = Vec::new();
    for &(left, right) in pairs {
        let (left, right) = (&one[left], &two[right]);
        let on = match matching::level(left, right) {
            Some(Level::Strict) | None => continue,
            Some(Level::Span) => "category",
            Some(Level::Category) => "participants",
            Some(Level::Actors) => "details",
        };
        all.push(row(left, on, told(left), told(right)));
    }
    let (lefts, rights): (BTreeSet<usize>, BTreeSet<usize>) = pairs.iter().copied().unzip();
    let alone = |claims: &[Coded], found: &BTreeSet<usize>| -> Vec<Coded> {
        (0..claims.len()).filter(|at| !found.contains(at)).map(|at| claims[at].clone()).collect()
    };
    for claim in alone(one, &lefts) {
        all.push(row(&claim, "found by the first alone", told(&claim), String::new()));
    }
    for claim in alone(two, &rights) {
        all.push(row(&claim, "found by the second alone", String::new(), told(&claim)));
    }
    all.sort_by(|one, two| (one.start, one.end, one.on).cmp(&(two.start, two.end, two.on)));
    all
}

/// A claim in one line.
fn told(claim: &Coded) -> String {
    let side = |parties: &[Party]| {
        let names = parties.iter().filter_map(|party| party.names.first().map(String::as_str));
        names.collect::<Vec<_>>().join("; ")
    };
    let parts = [
        claim.category.clone(),
        side(&claim.actors),
        side(&claim.recipients),
        claim.status.clone().unwrap_or_default(),
        claim.day.clone().unwrap_or_default(),
    ];
    parts.join(" | ").trim_end_matches([' ', '|']).to_owned()
}

#[cfg(test)]
mod tests;
