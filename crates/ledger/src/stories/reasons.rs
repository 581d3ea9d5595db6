//! What a decision rests on, in words for an analyst: [`Reason`].

use std::fmt;

use super::traits::Traits;

/// One thing that was found in two texts. Shares are in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing but case, accents, blanks and punctuation differ.
    SameText,
    /// Runs of five words of the first that stand in the second, and the other way.
    Runs(u8, u8),
    /// Plain words outside quotations in common: how many, and their share of the text that has fewer.
    PlainWords(u32, u8),
    /// Pairs of words at the same distance: how many, and their share.
    Spacing(u32, u8),
    /// Words that occur once in either text and are in common; how many of them come in the same order.
    Order(u32, u32),
    /// How many of these stand together in matching sentences.
    Together(u32, u32),
    /// Names in common, and their share.
    Names(u32, u8),
    /// Figures in common, and their share.
    Figures(u32, u8),
    /// Quotations in common, and how many come in the same order.
    Quotations(u32, u32),
    /// Length of the shorter text as a share of the longer.
    Shorter(u8),
    /// Names and figures are in common, the wording is not.
    OnlyFacts,
    /// The wording is in common, names and figures are not.
    FilledIn,
    /// Too few words to tell a copy.
    TooShort,
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Reason::SameText => write!(f, "the same text but for case, accents and punctuation"),
            Reason::Runs(one, other) => {
                write!(f, "{one} % of the first text's runs of five words stand in the second, {other} % the other way")
            }
            Reason::PlainWords(count, share) => {
                write!(f, "{count} plain words outside quotations in common, {share} % of the text that has fewer")
            }
            Reason::Spacing(count, share) => {
                write!(f, "{count} pairs of words at the same distance in both ({share} %)")
            }
            Reason::Order(common, ordered) => {
                write!(
                    f,
                    "{ordered} of {common} rare words, names and figures that occur once in either come in the same order"
                )
            }
            Reason::Together(common, aligned) => {
                write!(f, "{aligned} of these {common} stand together in matching sentences")
            }
            Reason::Names(count, share) => write!(f, "{count} names in common ({share} %)"),
            Reason::Figures(count, share) => write!(f, "{count} figures in common ({share} %)"),
            Reason::Quotations(count, ordered) => {
                write!(f, "{count} quotations in common word for word, {ordered} in the same order")
            }
            Reason::Shorter(share) => write!(f, "the shorter text has {share} % of the words of the longer"),
            Reason::OnlyFacts => {
                write!(f, "names and figures are in common, the wording is not: one event, two reports")
            }
            Reason::FilledIn => write!(f, "the same wording around other names and figures: a form filled in anew"),
            Reason::TooShort => write!(f, "too short to tell a copy from chance"),
        }
    }
}

/// The findings worth telling, the strongest kind first.
pub(super) fn reasons(traits: &Traits) -> Vec<Reason> {
    let percent = |share: f32| (share * 100.0).round() as u8;
    let (one, other) = traits.runs.either_way();
    let mut reasons = vec![
        Reason::Runs(percent(one), percent(other)),
        Reason::PlainWords(traits.plain.count, percent(traits.plain.contained())),
        Reason::Spacing(traits.spaced.count, percent(traits.spaced.contained())),
    ];
    if traits.common > 0 {
        reasons.push(Reason::Order(traits.common, traits.ordered));
        reasons.push(Reason::Together(traits.common, traits.aligned));
    }
    reasons.push(Reason::Names(traits.names.count, percent(traits.names.contained())));
    reasons.push(Reason::Figures(traits.figures.count, percent(traits.figures.contained())));
    if traits.quotations.0 > 0 {
        reasons.push(Reason::Quotations(traits.quotations.0, traits.quotations.1));
    }
    reasons.push(Reason::Shorter(percent(traits.lengths.0 as f32 / traits.lengths.1.max(1) as f32)));
    reasons
}
