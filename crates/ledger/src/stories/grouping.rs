//! Stories from decisions on pairs of reports: [`group`].
//!
//! Two groups become one story when the average of the evidence over all pairs across them is for it; a pair that was not
//! compared, because nothing brought it together, counts against. So one link, however strong, joins two reports but never
//! two groups of several: a round-up that contains two stories goes with one of them, and the two stay apart.
//! The strongest groups are joined first. Sums are in whole numbers, so that the order of the pairs changes nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::decision::{Likeness, Verdict};
use super::reasons::Reason;

/// A pair is never counted as more than this, for or against, in thousandths.
const MOST: i64 = 4_000;
/// A part is weaker than a copy: it may be part of several texts.
const MOST_PART: i64 = 2_000;
/// A pair counts against by at most this, and by this where it was not compared.
const AGAINST: i64 = -3_000;

/// One decision, on two reports by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    first: usize,
    second: usize,
    /// In thousandths; none where both are the same text.
    evidence: Option<i64>,
}

impl Pair {
    /// The decision on reports number `first` and `second`.
    pub fn new(first: usize, second: usize, likeness: &Likeness) -> Pair {
        let same = likeness.reasons == [Reason::SameText];
        Self::of(first, second, likeness.evidence, likeness.verdict == Verdict::Part, same)
    }

    /// The same from what is kept of a decision.
    #[must_use]
    pub fn of(first: usize, second: usize, evidence: f32, part: bool, same: bool) -> Pair {
        let most = if part { MOST_PART } else { MOST };
        let evidence = ((evidence * 1000.0).round() as i64).clamp(AGAINST, most);
        Pair { first, second, evidence: (!same).then_some(evidence) }
    }
}

/// The story of each of `n` reports, named by its first member. Pairs with a number of `n` or more are passed over.
///
/// Number the reports by something that does not depend on their arrival (the ledger sorts by identity): the numbers decide
/// between ties.
pub fn group(n: usize, pairs: &[Pair]) -> Vec<usize> {
    let valid = || pairs.iter().filter(|pair| pair.first < n && pair.second < n && pair.first != pair.second);
    // The same text counts once, however many outlets print it.
    let mut text: Vec<usize> = (0..n).collect();
    for pair in valid().filter(|pair| pair.evidence.is_none()) {
        let (a, b) = (root(&text, pair.first), root(&text, pair.second));
        text[a.max(b)] = a.min(b);
    }
    let text: Vec<usize> = (0..n).map(|report| root(&text, report)).collect();
    let mut links: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    for pair in valid() {
        let (a, b) = (text[pair.first], text[pair.second]);
        if let (Some(evidence), true) = (pair.evidence, a != b) {
            let link = links.entry((a.min(b), a.max(b))).or_insert(evidence);
            *link = evidence.max(*link);
        }
    }
    let story = join(n, &links);
    text.iter().map(|&text| root(&story, text)).collect()
}

/// Joins the best two groups until none is left to join; gives for each text another of its story, or itself.
fn join(n: usize, links: &BTreeMap<(usize, usize), i64>) -> Vec<usize> {
    let mut story: Vec<usize> = (0..n).collect();
    let mut sizes: Vec<i64> = vec![1; n];
    // For each group the groups it is linked to: sum of the evidence and number of pairs compared.
    let mut near: Vec<BTreeMap<usize, (i64, i64)>> = vec![BTreeMap::new(); n];
    let mut queue: BTreeSet<(i64, std::cmp::Reverse<(usize, usize)>)> = BTreeSet::new();
    for (&(a, b), &evidence) in links {
        near[a].insert(b, (evidence, 1));
        near[b].insert(a, (evidence, 1));
        queue.insert((evidence, std::cmp::Reverse((a, b))));
    }
    while let Some((evidence, std::cmp::Reverse((a, b)))) = queue.pop_last() {
        if evidence <= 0 {
            break;
        }
        let ordered = |other: usize, group: usize| std::cmp::Reverse((group.min(other), group.max(other)));
        let lost = std::mem::take(&mut near[b]);
        let kept = std::mem::take(&mut near[a]);
        let mut merged: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        for (group, linked) in [(a, kept), (b, lost)] {
            for (other, (sum, count)) in linked {
                near[other].remove(&group);
                queue.remove(&(average(sum, count, sizes[group] * sizes[other]), ordered(other, group)));
                if other != a && other != b {
                    let entry = merged.entry(other).or_default();
                    *entry = (entry.0 + sum, entry.1 + count);
                }
            }
        }
        story[b] = a;
        sizes[a] += sizes[b];
        for (&other, &(sum, count)) in &merged {
            near[other].insert(a, (sum, count));
            queue.insert((average(sum, count, sizes[a] * sizes[other]), ordered(other, a)));
        }
        near[a] = merged;
    }
    story
}

/// Average over all pairs across two groups, those not compared among them.
fn average(sum: i64, compared: i64, pairs: i64) -> i64 {
    (sum + (pairs - compared) * AGAINST) / pairs.max(1)
}

fn root(parent: &[usize], mut of: usize) -> usize {
    while parent[of] != of {
        of = parent[of];
    }
    of
}
