//! The reasons of a link in an analyst's words.

use super::Nearness;
use super::features::{Comparison, Feature, Parties, Places};
use super::happening::{Figure, Happening};
use super::score::Relation;

/// Two figures of one role.
fn figure(one: &Figure, other: &Figure) -> String {
    let (low, high) = (one.value.min(other.value), one.value.max(other.value));
    let role = (&one.role).min(&other.role);
    if low == high {
        format!("both {role} {low}")
    } else {
        format!("{role} {low} against {high}: differs, does not prevent")
    }
}

/// Why two claims are held to tell of one happening, or what speaks against it.
pub(super) fn reasons(
    relation: Relation,
    one: &Happening,
    other: &Happening,
    nearness: &Nearness,
    comparison: &Comparison<'_>,
) -> Vec<String> {
    let has = |feature| comparison.features.get(feature) > 0.0;
    let mut reasons = Vec::new();
    match relation {
        Relation::Same => {}
        Relation::Disputes => reasons.push("one denies that it happened".to_owned()),
        Relation::Includes | Relation::Included => reasons.push("one tells of several happenings together".to_owned()),
        Relation::Fulfils | Relation::Fulfilled => {
            reasons.push("one tells what lay ahead, the other that it happened".to_owned())
        }
    }
    let (first, second) = (&one.predicate.head, &other.predicate.head);
    let (first, second) = (first.min(second), first.max(second));
    if has(Feature::SameLemma) {
        reasons.push(format!("both \u{201c}{first}\u{201d}"));
    } else if has(Feature::SameRoot) || has(Feature::SameFamily) || has(Feature::InsidePredicate) {
        reasons.push(format!("\u{201c}{first}\u{201d} and \u{201c}{second}\u{201d} may tell of one thing"));
    }
    if let Some((first, second)) = one.category.as_ref().zip(other.category.as_ref()) {
        let (first, second) = (first.min(second), first.max(second));
        reasons.push(if first == second { format!("both {first}") } else { format!("{first} against {second}") });
    }
    for (found, part) in [(comparison.actors, "actor"), (comparison.recipients, "recipient")] {
        match found {
            Parties::Shared(word, _) => reasons.push(format!("same {part}: {word}")),
            Parties::Differ => reasons.push(format!("no {part} in common")),
            Parties::Unknown => {}
        }
    }
    if let (true, Parties::Shared(word, _)) = (has(Feature::Crossed), comparison.crossed) {
        reasons.push(format!("{word} in both"));
    }
    match comparison.places {
        Places::Shared(place, _) => reasons.push(format!("both in {place}")),
        Places::Differ(first, second) => reasons.push(format!("{first} is not {second}")),
        Places::Unknown => {}
    }
    if let (Some(days), Some((first, last)), Some((other_first, other_last))) = (comparison.days, one.days, other.days)
    {
        let (from, to) = (first.max(other_first), last.min(other_last));
        reasons.push(match days {
            0 if from == to => format!("same day {from}"),
            0 => format!("both between {from} and {to}"),
            1 => format!("one day apart ({} and {})", last.min(other_last), first.max(other_first)),
            _ => format!("{days} days apart ({} and {})", last.min(other_last), first.max(other_first)),
        });
    }
    let mut figures: Vec<String> = comparison.figures.iter().map(|(first, second)| figure(first, second)).collect();
    figures.sort_unstable();
    figures.dedup();
    reasons.extend(figures);
    if nearness.same {
        reasons.push("told in one report".to_owned());
    } else if !nearness.shared.is_empty() {
        reasons.push(format!("reports share {}", nearness.shared.join(", ")));
    }
    if comparison.features.get(Feature::SameSentenceWords).max(comparison.features.get(Feature::OtherSentenceWords))
        >= 0.2
    {
        let words: Vec<&str> = comparison.words.iter().take(4).copied().collect();
        reasons.push(format!("sentences share {}", words.join(", ")));
    }
    reasons
}
