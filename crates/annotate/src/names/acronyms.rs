//! Short forms that a report explains: "Syrian Democratic Forces (SDF)" says what SDF is wherever it stands.

use crate::language::{Casing, Word};
use document::{Name, NameKind, Syntax, TokenId, TokenSpan};
use rustc_hash::FxHashSet;

/// Gives explained short forms the kind of their long form, and adds those that the model passed over.
pub(super) fn tie(syntax: &Syntax, words: &[Word], names: &mut Vec<Name>) {
    let explained: FxHashSet<u32> = names
        .iter()
        .filter(|name| name.kind == NameKind::Organization)
        .filter_map(|name| explained(syntax, words, name.span))
        .map(|token| words[token.index()].form)
        .collect();
    if explained.is_empty() {
        return;
    }
    let mut added = Vec::new();
    for (at, _) in words.iter().enumerate().filter(|(_, word)| explained.contains(&word.form)) {
        let span = TokenSpan::new(at, at + 1);
        let place = names.partition_point(|name| name.span.end <= span.start);
        match names.get_mut(place).filter(|name| name.span.overlaps(span)) {
            Some(name) if name.span == span => name.kind = NameKind::Organization,
            Some(_) => {}
            None => added.push(Name { span, kind: NameKind::Organization }),
        }
    }
    names.extend(added);
    names.sort_by_key(|name| name.span);
}

/// The short form in brackets after a name, made of the first letters of its words.
fn explained(syntax: &Syntax, words: &[Word], name: TokenSpan) -> Option<TokenId> {
    let (open, short, close) = (name.end, TokenId(name.end.0 + 1), TokenId(name.end.0 + 2));
    let is = |token: TokenId, form: &str| token.index() < words.len() && syntax.token(token).form() == form;
    let fits = is(open, "(")
        && is(close, ")")
        && words[short.index()].casing == Casing::Upper
        && has_initials(syntax.text(name), syntax.token(short).form());
    fits.then_some(short)
}

/// Whether the letters are first letters of the words, in their order.
fn has_initials(name: &str, letters: &str) -> bool {
    let mut initials = name.split([' ', '-', '\n']).filter_map(|word| word.chars().next()?.to_uppercase().next());
    letters.chars().filter(|letter| letter.is_alphabetic()).all(|letter| initials.any(|initial| initial == letter))
}
