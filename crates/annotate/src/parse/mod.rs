//! Dependency trees: the best tree over the arcs that the [network](crate::network) scores, and what grammar puts right
//! in it.

mod headlines;
pub(crate) mod mends;
pub(crate) mod punctuation;
mod speech;
pub(crate) mod tree;

#[cfg(test)]
mod tests;
