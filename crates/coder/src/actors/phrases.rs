//! Which words a noun phrase holds. [`Actors::phrase`] gives the span of a head; who the phrase is, the module above says.

use super::Actors;
use crate::frames::preposition;
use document::{Relation, Token, TokenId, TokenSpan, Upos, Xpos};

impl<'a> Actors<'a> {
    /// The words of a noun phrase: its head with what modifies it closely, without its preposition, appositions,
    /// relative clauses and the other members of a coordination.
    #[must_use]
    pub fn phrase(&self, head: TokenId) -> TokenSpan {
        let mut tokens = vec![head.index()];
        self.collect_phrase(self.document.token(head), &mut tokens, 0);
        tokens.sort_unstable();
        tokens.dedup();
        let at = tokens.iter().position(|&token| token == head.index()).unwrap_or(0);
        let gap_is_small = |one: usize, other: usize| {
            other - one == 1
                || (other - one == 2
                    && matches!(
                        self.document.token(TokenId(one as u32 + 1)).form(),
                        "-" | "–" | "'" | "\"" | "“" | "”" | "’" | "‘"
                    ))
        };
        let mut start = at;
        while start > 0 && gap_is_small(tokens[start - 1], tokens[start]) {
            start -= 1;
        }
        let mut end = at;
        while end + 1 < tokens.len() && gap_is_small(tokens[end], tokens[end + 1]) {
            end += 1;
        }
        let (mut first, mut last) = (tokens[start], tokens[end]);
        // Nor does a phrase begin with the preposition before it ("in North Kivu", hung on its first word).
        let begins = |at: usize| {
            let word = self.document.token(TokenId(at as u32));
            word.upos() == Upos::Punct
                || word.upos() == Upos::Adp
                    && word.relation() == Relation::Case
                    && word.head().is_some_and(|head| head.id >= word.id)
        };
        while first < last && begins(first) {
            first += 1;
        }
        while last > first
            && (self.document.token(TokenId(last as u32)).upos() == Upos::Punct
                || self.document.token(TokenId(last as u32)).xpos() == Xpos::Pos)
        {
            last -= 1;
        }
        TokenSpan::new(first, last + 1)
    }

    fn collect_phrase(&self, token: Token<'a>, tokens: &mut Vec<usize>, depth: usize) {
        if depth > 8 {
            return;
        }
        for child in token.children() {
            let (keep, case) = match child.relation() {
                // "12 people dead": an adjective behind its noun says what becomes of it.
                Relation::Amod => (child.id < token.id, true),
                Relation::Det
                | Relation::DetPredet
                | Relation::Compound
                | Relation::Nummod
                | Relation::NmodPoss
                | Relation::Flat
                | Relation::NmodDesc
                | Relation::Goeswith
                | Relation::Fixed
                | Relation::NmodUnmarked => (true, true),
                Relation::Advmod => (child.id < token.id && child.upos() != Upos::Punct, true),
                Relation::Nmod => (
                    // "delegations from Kenya", "a spokesman for the rebels", but not "drove the rebels | from the town"
                    preposition(child).is_some_and(|word| match word.as_str() {
                        "of" => true,
                        "for" | "from" | "in" => {
                            child.upos() == Upos::Propn || self.codebook.actors.role_at(child).is_some()
                        }
                        _ => false,
                    }) && !self
                        .document
                        .places
                        .iter()
                        .any(|place| place.span.holds(child.id) && preposition(child).as_deref() == Some("in")),
                    true,
                ),
                Relation::Case => (child.xpos() == Xpos::Pos, false),
                _ => (false, false),
            };
            if !keep {
                continue;
            }
            tokens.push(child.id.index());
            // "the US-led coalition", "a 25-year-old man": what an adjective before the noun has before itself.
            if child.relation() == Relation::Amod
                && child.subtree().len() <= 5
                && child.subtree().end.0 == child.id.0 + 1
            {
                tokens.extend(child.subtree().range());
            }
            if case {
                for inner in child.children().filter(|inner| {
                    matches!(inner.relation(), Relation::Case | Relation::Punct | Relation::Cc | Relation::Conj)
                        && (inner.relation() != Relation::Punct || inner.form() == "-")
                }) {
                    tokens.extend(inner.subtree().range());
                }
            }
            self.collect_phrase(child, tokens, depth + 1);
        }
    }
}
