//! What two codebooks read differently in one report: claims gained, lost and changed.
//!
//! Claims are matched by their place, whatever their category: predicates that overlap.

use super::layout::{DENIED, FAINT, OPEN, PLAIN, Paragraph, STRONG};
use record::{Claim, Participant};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Columns of the marks before a difference.
const LABEL: usize = 10;

/// The claims of a report under two codebooks.
#[derive(Debug, Default)]
pub struct Differences<'a> {
    gained: Vec<&'a Claim>,
    lost: Vec<&'a Claim>,
    changed: Vec<(&'a Claim, &'a Claim, Vec<Change>)>,
    same: usize,
}

/// A field that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
struct Change {
    field: &'static str,
    old: String,
    new: String,
}

/// Compares the claims of one report.
#[must_use]
pub fn differences<'a>(old: &'a [Claim], new: &'a [Claim]) -> Differences<'a> {
    let mut pairs = Vec::new();
    for (first, before) in old.iter().enumerate() {
        for (second, after) in new.iter().enumerate() {
            let overlap = overlap(before, after);
            if overlap > 0 {
                // The likest are paired first: an act and a state, an act and its content may share their predicate.
                let unlike = changes(before, after).len();
                let likeness = (before.kind == after.kind, before.category == after.category, Reverse(unlike), overlap);
                pairs.push((Reverse(likeness), first, second));
            }
        }
    }
    pairs.sort_unstable();
    let mut matched: Vec<Option<usize>> = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for (_, first, second) in pairs {
        if matched[first].is_none() && !taken[second] {
            matched[first] = Some(second);
            taken[second] = true;
        }
    }
    let mut found = Differences::default();
    for (before, after) in old.iter().zip(matched) {
        match after.map(|after| &new[after]) {
            None => found.lost.push(before),
            Some(after) => match changes(before, after) {
                none if none.is_empty() => found.same += 1,
                some => found.changed.push((before, after, some)),
            },
        }
    }
    found.gained.extend(new.iter().zip(taken).filter(|(_, taken)| !taken).map(|(claim, _)| claim));
    found
}

/// The code points that two predicates have in common.
fn overlap(one: &Claim, other: &Claim) -> u32 {
    let spans = one.predicate.spans.iter().flat_map(|one| other.predicate.spans.iter().map(move |other| (one, other)));
    spans.map(|(one, other)| one.1.min(other.1).saturating_sub(one.0.max(other.0))).sum()
}

/// What is compared of a claim.
fn fields(claim: &Claim) -> [(&'static str, String); 7] {
    let when = claim.when.as_ref().map(|when| {
        let days = [when.from.as_deref().unwrap_or(".."), when.to.as_deref().unwrap_or("..")];
        let days = if days[0] == days[1] { days[0].to_owned() } else { days.join("/") };
        let bound = when.bound.as_ref().map(|bound| format!("{bound} ")).unwrap_or_default();
        format!("{bound}{days} ({})", when.text.as_deref().unwrap_or(&when.derived))
    });
    let places = claim.places.iter().map(|place| format!("{} ({})", place.name, place.role));
    [
        ("category", claim.category.clone()),
        ("actors", phrases(&claim.actors)),
        ("recipients", phrases(&claim.recipients)),
        ("status", claim.status.to_string()),
        ("modes", claim.modes.join(", ")),
        ("when", when.unwrap_or_default()),
        ("where", places.collect::<Vec<_>>().join(", ")),
    ]
}

/// The phrases, with who they are read to be.
fn phrases(participants: &[Participant]) -> String {
    let one = |participant: &Participant| {
        let codes: Vec<&str> = participant.country.iter().chain(&participant.sectors).map(String::as_str).collect();
        let who = participant.actor.iter().map(String::as_str).chain(codes).collect::<Vec<_>>().join(" ");
        if who.is_empty() { participant.text.clone() } else { format!("{} [{who}]", participant.text) }
    };
    participants.iter().map(one).collect::<Vec<_>>().join(" + ")
}

fn changes(old: &Claim, new: &Claim) -> Vec<Change> {
    let pairs = fields(old).into_iter().zip(fields(new));
    pairs.filter(|((_, old), (_, new))| old != new).map(|((field, old), (_, new))| Change { field, old, new }).collect()
}

/// The differences of a report for people; nothing where there are none.
#[must_use]
pub fn text(report: &str, differences: &Differences<'_>, width: usize) -> String {
    let mut out = String::new();
    let Differences { gained, lost, changed, .. } = differences;
    if gained.is_empty() && lost.is_empty() && changed.is_empty() {
        return out;
    }
    Paragraph::default().push(STRONG, report).write(&mut out, "", PLAIN, width);
    let whole = |claim: &Claim| {
        let [(_, category), (_, actors), (_, recipients), (_, status), ..] = fields(claim);
        let side = |side: String| if side.is_empty() { "–".to_owned() } else { side };
        format!("{category} “{}”: {} → {}, {status}", claim.predicate.text, side(actors), side(recipients))
    };
    for (label, style, claims) in [("+ gained", OPEN, gained), ("- lost", DENIED, lost)] {
        for claim in claims {
            Paragraph::default().push(PLAIN, whole(claim)).push(FAINT, format!(" ({})", claim.rule)).write(
                &mut out,
                &format!("{label:<LABEL$}"),
                style,
                width,
            );
        }
    }
    for (old, new, changes) in changed {
        let rules = if old.rule == new.rule { old.rule.clone() } else { format!("{} → {}", old.rule, new.rule) };
        let head = format!("{} “{}”", old.category, old.predicate.text);
        Paragraph::default().push(PLAIN, head).push(FAINT, format!(" ({rules})")).write(
            &mut out,
            &format!("{:<LABEL$}", "~ changed"),
            PLAIN,
            width,
        );
        for Change { field, old, new } in changes {
            let side = |side: &str| if side.is_empty() { "–".to_owned() } else { side.to_owned() };
            Paragraph::default().push(PLAIN, format!("{} → {}", side(old), side(new))).write(
                &mut out,
                &format!("{:LABEL$}{field:<12}", ""),
                FAINT,
                width,
            );
        }
    }
    out.push('\n');
    out
}

#[derive(Serialize)]
struct Line<'a> {
    report: &'a str,
    change: &'static str,
    /// The fields that differ.
    fields: &'a [Change],
    old: Option<&'a Claim>,
    new: Option<&'a Claim>,
}

/// The differences of a report, one JSON object a line, with the claims as their records have them.
///
/// # Errors
/// If a claim cannot be written as JSON.
pub fn json_lines(report: &str, differences: &Differences<'_>) -> anyhow::Result<String> {
    let Differences { gained, lost, changed, .. } = differences;
    let gained = gained.iter().map(|claim| Line { report, change: "gained", fields: &[], old: None, new: Some(claim) });
    let lost = lost.iter().map(|claim| Line { report, change: "lost", fields: &[], old: Some(claim), new: None });
    let changed = changed.iter().map(|(old, new, fields)| Line {
        report,
        change: "changed",
        fields,
        old: Some(old),
        new: Some(new),
    });
    let mut out = String::new();
    for line in gained.chain(lost).chain(changed) {
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}

/// Gained, lost and changed, in all and by category (of a changed claim, the one it had).
#[derive(Debug, Default)]
pub struct Counts {
    reports: usize,
    gained: usize,
    lost: usize,
    changed: usize,
    same: usize,
    categories: BTreeMap<String, [usize; 3]>,
}

impl Counts {
    /// Adds those of one report.
    pub fn add(&mut self, differences: &Differences<'_>) {
        let Differences { gained, lost, changed, same } = differences;
        self.reports += 1;
        self.gained += gained.len();
        self.lost += lost.len();
        self.changed += changed.len();
        self.same += same;
        let gained = gained.iter().map(|claim| (&claim.category, 0));
        let lost = lost.iter().map(|claim| (&claim.category, 1));
        let changed = changed.iter().map(|(old, _, _)| (&old.category, 2));
        for (category, place) in gained.chain(lost).chain(changed) {
            self.categories.entry(category.clone()).or_default()[place] += 1;
        }
    }

    /// Whether there is any difference.
    #[must_use]
    pub fn differ(&self) -> bool {
        self.gained + self.lost + self.changed > 0
    }

    /// The counts for people.
    #[must_use]
    pub fn text(&self) -> String {
        let mut out = String::new();
        let mut row = |name: &str, [gained, lost, changed]: [String; 3]| {
            let _ = writeln!(out, "{name:<14}{gained:>8}{lost:>8}{changed:>9}");
        };
        if self.differ() {
            row("", ["gained", "lost", "changed"].map(str::to_owned));
            self.categories.iter().for_each(|(category, counts)| row(category, counts.map(|count| count.to_string())));
        }
        let Self { reports, gained, lost, changed, same, .. } = self;
        let _ = writeln!(out, "{reports} reports: {gained} gained, {lost} lost, {changed} changed, {same} the same");
        out
    }

    /// The counts as one line of JSON.
    ///
    /// # Errors
    /// If they cannot be written.
    pub fn json_line(&self) -> anyhow::Result<String> {
        let categories: BTreeMap<&str, serde_json::Value> = self
            .categories
            .iter()
            .map(|(category, [gained, lost, changed])| {
                (category.as_str(), serde_json::json!({ "gained": gained, "lost": lost, "changed": changed }))
            })
            .collect();
        let Self { reports, gained, lost, changed, same, .. } = self;
        let counts = serde_json::json!({ "counts": {
            "reports": reports, "gained": gained, "lost": lost, "changed": changed, "same": same,
            "categories": categories,
        }});
        Ok(counts.to_string() + "\n")
    }
}
