//! Words that bound a number or make it approximate: "at least", "up to", "more than", "about", "between".

use super::Amount;
use crate::times::line::Line;

/// What the words around a number say of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Bounds {
    None,
    /// "at least", "or more": the number or more.
    AtLeast,
    /// "up to", "at most": the number or less.
    AtMost,
    /// "more than", "over".
    Above,
    /// "fewer than", "under".
    Below,
    /// "about", "some".
    About,
    /// "nearly", "almost": a little less.
    Nearly,
    /// "all", "exactly".
    Exactly,
    /// "between", which needs an "and".
    Between,
}

/// The bounds that begin at `at`, and where the number should begin.
pub(super) fn before(line: &Line, at: usize) -> (Bounds, usize) {
    match (line.form(at), line.form(at + 1), line.form(at + 2), line.form(at + 3)) {
        ("at", "least", _, _) | ("no", "fewer" | "less", "than", _) | ("a", "minimum", "of", _) => {
            (Bounds::AtLeast, at + if line.form(at) == "at" { 2 } else { 3 })
        }
        ("at", "most", _, _) | ("up", "to", _, _) => (Bounds::AtMost, at + 2),
        ("no", "more", "than", _) | ("a", "maximum", "of", _) => (Bounds::AtMost, at + 3),
        ("as", "many" | "much", "as", _) => (Bounds::AtMost, at + 3),
        ("as", "few" | "little", "as", _) => (Bounds::AtLeast, at + 3),
        ("just" | "well" | "far" | "slightly", "more", "than", _) => (Bounds::Above, at + 3),
        ("just" | "slightly", "less" | "fewer", "than", _) => (Bounds::Below, at + 3),
        ("more", "than", _, _) | ("just" | "well", "over", _, _) => (Bounds::Above, at + 2),
        ("less" | "fewer", "than", _, _) | ("just", "under", _, _) => (Bounds::Below, at + 2),
        ("over" | "above", _, _, _) => (Bounds::Above, at + 1),
        ("under" | "below", _, _, _) => (Bounds::Below, at + 1),
        ("an", "estimated" | "additional", _, _) if line.form(at + 1) == "estimated" => (Bounds::About, at + 2),
        ("about" | "around" | "approximately" | "roughly" | "some" | "estimated" | "circa", _, _, _) => {
            (Bounds::About, at + 1)
        }
        ("nearly" | "almost", _, _, _) => (Bounds::Nearly, at + 1),
        ("all" | "exactly", _, _, _) => (Bounds::Exactly, at + 1),
        ("between", _, _, _) => (Bounds::Between, at + 1),
        _ => (Bounds::None, at),
    }
}

impl Bounds {
    pub(super) fn apply(self, amount: &mut Amount) {
        match self {
            Self::None | Self::Exactly | Self::Between => {}
            Self::AtLeast | Self::Above => amount.high = None,
            Self::AtMost | Self::Below => amount.low = None,
            Self::About => {
                amount.approximate = true;
                // A range that is "about" keeps its ends; of a single number nothing is known on either side.
                if amount.low == amount.high {
                    (amount.low, amount.high) = (None, None);
                }
            }
            Self::Nearly => {
                amount.approximate = true;
                amount.low = None;
            }
        }
    }
}
