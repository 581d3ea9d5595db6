//! What refers to the same thing within a report. [`find`] gives [`Chain`]s of names, descriptions and pronouns, joined
//! by rules from the precise to the wide. Who the actors are in the world is left to the coder.

mod mentions;
mod sieves;
#[cfg(test)]
mod tests;
mod words;

use document::{Chain, Name, Syntax, TokenSpan};

/// The chains of a report, in the order of their first mentions. A mention with a title or an apposition is one span.
#[must_use]
pub fn find(syntax: &Syntax, names: &[Name]) -> Vec<Chain> {
    let mentions = mentions::find(syntax, names);
    let first = sieves::run(syntax, &mentions);
    let mut spans: Vec<Vec<TokenSpan>> = vec![Vec::new(); mentions.len()];
    for (mention, first) in mentions.iter().zip(first) {
        spans[first].push(mention.span);
    }
    let mut chains: Vec<Chain> = spans
        .into_iter()
        .filter_map(|mut mentions| {
            mentions.sort_unstable();
            mentions.dedup();
            (mentions.len() > 1).then_some(Chain { mentions })
        })
        .collect();
    chains.sort_by_key(|chain| chain.mentions.first().copied());
    chains
}
