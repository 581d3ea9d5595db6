//! Dependency trees: the best tree over the arcs that the [network](crate::network) scores.

pub(crate) mod tree;
