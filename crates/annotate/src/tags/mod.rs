//! Parts of speech and morphology: labels that join the universal tag and that of the Penn Treebank, and a table of
//! features behind them. The labels are found by the [network](crate::network).

mod morphology;

use document::{Upos, Xpos};
pub(crate) use morphology::Morphology;

/// A joint label: universal tag and Penn Treebank tag.
pub type Label = (Upos, Xpos);
