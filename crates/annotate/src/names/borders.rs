//! Where a name ends: what the tagger draws into one name though it is a common noun or an office beside it, or two names.

use super::lists;
use crate::language::{Casing, Word};
use crate::places::{Feature, Gazetteer, key};
use document::{Name, NameKind, Relation, Syntax, TokenId, TokenSpan, Upos};

/// Cuts common nouns off ("Ayeyarwady River bank", "Somali defense ministry"), parts what "and" joins ("African Union
/// and France"), and leaves offices out ("Kenya President Uhuru Kenyatta").
pub(super) fn draw(syntax: &Syntax, words: &[Word], names: Vec<Name>, gazetteer: &Gazetteer) -> Vec<Name> {
    let mut drawn: Vec<Name> = names
        .into_iter()
        .map(|name| Name { span: trim(syntax, words, name.span, gazetteer), ..name })
        .flat_map(|name| part(syntax, words, name, gazetteer))
        .flat_map(|name| without_office(syntax, words, name, gazetteer))
        .collect();
    // A person's name that goes on behind its first word takes what was another name there.
    drawn.sort_by_key(|name| (name.span.start, std::cmp::Reverse(name.span.end)));
    drawn.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
    drawn
}

/// What stands before an office, if it is known by itself, and the person behind it.
fn without_office(syntax: &Syntax, words: &[Word], name: Name, gazetteer: &Gazetteer) -> Vec<Name> {
    let range = name.span.range();
    let Some(office) = range.clone().skip(1).find(|&at| lists::is_office(syntax.token(TokenId(at as u32)).form()))
    else {
        return vec![name];
    };
    let before = (range.start + 1..=office).rev().map(|end| TokenSpan::new(range.start, end));
    let known = before
        .filter(|span| span.end.index() <= office)
        .find_map(|span| kind_of(syntax, words, span, gazetteer).map(|kind| Name { span, kind }));
    let mut parts: Vec<Name> = known.into_iter().collect();
    let mut end = range.end;
    // "Secretary of State" has nobody behind it.
    if office + 1 < end && words[office + 1].casing != Casing::Small {
        let goes_on = |at: usize| {
            let token = syntax.token(TokenId(at as u32));
            token.relation() == Relation::Flat && token.head().is_some_and(|head| head.id.index() > office)
        };
        let sentence = syntax.sentence_of(TokenId(office as u32)).tokens().end.index();
        while end < sentence && goes_on(end) {
            end += 1;
        }
        parts.push(Name { span: TokenSpan::new(office + 1, end), kind: NameKind::Person });
    }
    parts
}

/// A name without the common nouns in small letters behind it, where what is left is known by itself: "Somali defense",
/// not "Sand Hill park".
fn trim(syntax: &Syntax, words: &[Word], span: TokenSpan, gazetteer: &Gazetteer) -> TokenSpan {
    let small = |at: &usize| {
        words[*at].casing == Casing::Small
            && matches!(syntax.tags.upos[*at], Upos::Noun | Upos::Adj | Upos::Verb | Upos::Adv | Upos::Adp | Upos::Det)
    };
    let behind = span.range().rev().take_while(small).count();
    if behind == 0 || behind == span.len() {
        return span;
    }
    let rest = TokenSpan::new(span.start.index(), span.end.index() - behind);
    let known = || {
        kind_of(syntax, words, rest, gazetteer).is_some()
            || !gazetteer.places(&key(syntax.text(rest))).is_empty() && rest.len() == 1
    };
    if known() { rest } else { span }
}

/// Two names where one side of "and" is a country or a listed body by itself and the whole is neither.
fn part(syntax: &Syntax, words: &[Word], name: Name, gazetteer: &Gazetteer) -> Vec<Name> {
    let range = name.span.range();
    let kind = |span: TokenSpan| kind_of(syntax, words, span, gazetteer);
    let and = range
        .clone()
        .find(|&at| at > range.start && at + 1 < range.end && syntax.text(TokenSpan::new(at, at + 1)) == "and");
    let Some(and) = and.filter(|_| kind(name.span).is_none()) else { return vec![name] };
    let (left, right) = (TokenSpan::new(range.start, and), TokenSpan::new(and + 1, range.end));
    match (kind(left), kind(right)) {
        (None, None) => vec![name],
        (one, other) => vec![
            Name { span: left, kind: one.unwrap_or(name.kind) },
            Name { span: right, kind: other.unwrap_or(name.kind) },
        ],
    }
}

/// What a phrase is, if it is a listed name or a country.
fn kind_of(syntax: &Syntax, words: &[Word], span: TokenSpan, gazetteer: &Gazetteer) -> Option<NameKind> {
    let listed = lists::listed(&words[span.range()]);
    if let Some((_, kind)) = listed.iter().find(|(range, _)| range.len() == span.len()) {
        return Some(*kind);
    }
    let country = |place| gazetteer.feature(place) == Feature::Country;
    gazetteer.places(&key(syntax.text(span))).into_iter().any(country).then_some(NameKind::Location)
}
