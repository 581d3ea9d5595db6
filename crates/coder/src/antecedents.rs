//! Where to look for what a phrase refers to: the chains that it stands in.
//!
//! [`Antecedents`] is built once for a document, so that asking stays quick however long the report is.

use crate::frames::conjuncts;
use document::{Document, TokenId, TokenSpan, Upos};
use rustc_hash::FxHashMap;

/// Indices over the chains of a document.
pub(crate) struct Antecedents {
    /// The chains with a mention that a token heads, in order.
    chains: FxHashMap<TokenId, Vec<usize>>,
    /// The heads of the mentions of each chain.
    heads: Vec<Vec<TokenId>>,
    /// The first two mentions of each chain that are coordinations: head of the mention, and all members.
    coordinations: Vec<Vec<(TokenId, Vec<TokenId>)>>,
}

impl Antecedents {
    pub(crate) fn new(document: &Document) -> Self {
        let mut chains: FxHashMap<TokenId, Vec<usize>> = FxHashMap::default();
        let mut heads = vec![Vec::new(); document.chains.len()];
        let mut coordinations = vec![Vec::new(); document.chains.len()];
        for (number, chain) in document.chains.iter().enumerate() {
            let coordinations = &mut coordinations[number];
            for &mention in &chain.mentions {
                let Some(head) = head_of(document, mention) else { continue };
                heads[number].push(head);
                let of_head = chains.entry(head).or_default();
                if of_head.last() != Some(&number) {
                    of_head.push(number);
                }
                if coordinations.len() < 2 {
                    let mut members = conjuncts(document.token(head));
                    members.retain(|member| mention.holds(*member));
                    if members.len() > 1 {
                        coordinations.push((head, members));
                    }
                }
            }
        }
        Self { chains, heads, coordinations }
    }

    /// The chains with a mention that this token heads.
    pub(crate) fn chains_of(&self, head: TokenId) -> &[usize] {
        self.chains.get(&head).map_or(&[], Vec::as_slice)
    }

    /// The heads of the mentions of a chain, in their order.
    pub(crate) fn heads(&self, chain: usize) -> &[TokenId] {
        &self.heads[chain]
    }

    /// The members of the first coordination among the other mentions of the chains of this token.
    pub(crate) fn coordinated(&self, head: TokenId) -> Option<&[TokenId]> {
        let mut all = self.chains_of(head).iter().flat_map(|&chain| &self.coordinations[chain]);
        all.find(|(other, _)| *other != head).map(|(_, members)| members.as_slice())
    }
}

/// The token of a span whose head lies outside it.
pub(crate) fn head_of(document: &Document, span: TokenSpan) -> Option<TokenId> {
    span.iter().find(|&token| {
        document.parse.head(token).is_none_or(|head| !span.holds(head)) && document.token(token).upos() != Upos::Punct
    })
}
