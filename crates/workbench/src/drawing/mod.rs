//! Pictures as SVG, drawn from numbers. Colours are attributes, so that a picture stands on its own when it is saved; the
//! style sheet of the pages overrides them by class.

mod arcs;
mod borders;
mod map;
mod timeline;
mod tolls;

pub(crate) use arcs::{Leaf, arcs};
pub(crate) use map::{Held, Spot, apart, map};
pub(crate) use timeline::{Bar, Step, timeline};
pub(crate) use tolls::{Figure, tolls};

/// What categories have in common: name, colour, categories. All others are states.
pub(crate) const GROUPS: [(&str, &str, &[&str]); 4] = [
    ("force", "#b2452f", &["ASSAULT", "COERCE", "MOBILIZE", "PROTEST", "SANCTION"]),
    ("steps", "#2f7d4f", &["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"]),
    ("words", "#b98a1d", &["REQUEST", "ACCUSE", "REJECT", "THREATEN"]),
    ("states", "#6a63b5", &[]),
];

/// The number of a category's group.
pub(crate) fn group(category: &str) -> usize {
    GROUPS.iter().position(|(_, _, members)| members.contains(&category)).unwrap_or(GROUPS.len() - 1)
}

/// A text that SVG sees nothing of its own in.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
