//! What re3d marks: whole phrases around names, and references by pronouns and common nouns. Inner ones are left out.

use annotate::language::Word;
use annotate::names;
use document::{Name, NameKind, Relation, Syntax, Token, TokenId, TokenSpan, Upos, Xpos};
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// A phrase and its kind in the words of re3d.
pub(super) type Mention = (TokenSpan, &'static str);

const PERSON: &str = "Person";
const ORGANISATION: &str = "Organisation";
const LOCATION: &str = "Location";

/// Nouns for one person: the kinds of persons that coreference knows.
static PERSONS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("../../../annotate/src/coreference/nouns.txt").lines();
    let persons =
        lines.filter_map(|line| line.split_once(' ')).filter(|(kind, _)| ["person", "man", "woman"].contains(kind));
    persons.flat_map(|(_, nouns)| nouns.split(' ')).collect()
});

/// The outermost phrases of a report.
pub(super) fn find(syntax: &Syntax, names: &[Name]) -> Vec<Mention> {
    let mut mentions = places_in_places(syntax, names.iter().filter_map(|name| around(syntax, name)).collect());
    let named = mentions.clone();
    mentions.extend(syntax.iter_tokens().filter_map(|token| reference(syntax, token, &named)));
    mentions.sort_by_key(|(span, _)| (std::cmp::Reverse(span.len()), *span));
    let mut outermost: Vec<Mention> = Vec::new();
    for mention in mentions {
        if !outermost.iter().any(|(outer, _)| outer.overlaps(mention.0)) {
            outermost.push(mention);
        }
    }
    outermost.sort_by_key(|(span, _)| *span);
    outermost
}

/// The phrase around a name. A people in the plural counts as an organisation; "Syrian" is a nationality.
fn around(syntax: &Syntax, name: &Name) -> Option<Mention> {
    let is_plural = |token: TokenId| matches!(syntax.token(token).xpos(), Xpos::Nnps | Xpos::Nns);
    Some(match name.kind {
        NameKind::Person => (titled(syntax, phrase(syntax, name.span)), PERSON),
        NameKind::Organization => (phrase(syntax, name.span), ORGANISATION),
        NameKind::Location => (phrase(syntax, name.span), LOCATION),
        NameKind::Group if name.span.iter().all(is_plural) => (phrase(syntax, name.span), ORGANISATION),
        NameKind::Group | NameKind::Other => return None,
    })
}

/// "Baghdad, Iraq" is one place; a list of countries is not.
fn places_in_places(syntax: &Syntax, names: Vec<Mention>) -> Vec<Mention> {
    let mut joined: Vec<Mention> = Vec::new();
    for (span, kind) in names {
        match joined.last_mut() {
            Some((before, LOCATION))
                if kind == LOCATION
                    && before.end.0 + 1 == span.start.0
                    && syntax.token(before.end).form() == ","
                    && head(syntax, span).relation() != Relation::Conj
                    && head(syntax, *before).child(Relation::Conj).is_none() =>
            {
                *before = before.cover(span);
            }
            _ => joined.push((span, kind)),
        }
    }
    joined
}

/// A pronoun or a common noun that stands for somebody or for a place.
fn reference(syntax: &Syntax, token: Token<'_>, named: &[Mention]) -> Option<Mention> {
    let lemma = token.lemma().to_lowercase();
    if token.upos() == Upos::Pron && token.relation() != Relation::NmodPoss {
        let kind = match (lemma.as_str(), token.form()) {
            ("i" | "he" | "she", _) => PERSON,
            (_, "us" | "them") => return None,
            ("we" | "they", _) => ORGANISATION,
            _ => return None,
        };
        return Some((TokenSpan::single(token.id), kind));
    }
    // A noun before another says of what kind that is: "camp residents".
    if token.upos() != Upos::Noun || token.relation() == Relation::Compound {
        return None;
    }
    let kind = match lemma.as_str() {
        "force" | "troop" | "troops" | "militant" | "civilian" | "regime" | "government" | "fighter" | "coalition"
        | "group" | "people" | "unit" | "army" | "military" | "soldier" | "rebel" | "terrorist" | "ministry"
        | "refugee" | "police" | "opposition" | "authority" | "militia" | "partner" | "ally" | "party"
        | "population" | "jihadist" | "enemy" => ORGANISATION,
        "city" | "town" | "village" | "camp" | "area" | "region" | "province" | "district" | "border" | "hospital"
        | "library" | "line" | "country" | "neighborhood" | "neighbourhood" | "building" | "school" | "mosque"
        | "airport" | "dam" | "farm" | "position" | "location" | "site" | "base" | "bridge" | "station"
        | "territory" | "facility" | "market" => LOCATION,
        noun if !PERSONS.contains(noun) => return None,
        _ if token.xpos() == Xpos::Nns => ORGANISATION,
        _ if token.child(Relation::Det).is_some_and(|article| matches!(article.lemma(), "the" | "this")) => PERSON,
        _ => return None,
    };
    let span = phrase(syntax, TokenSpan::single(token.id));
    // "the city of Mosul", "the government of Iraq": the name belongs to the phrase.
    let after = token.id.0 + 2;
    let of = syntax.tokens.len() > after as usize && syntax.token(TokenId(after - 1)).form() == "of";
    let whole = named.iter().find(|(name, name_kind)| {
        let fits = *name_kind == kind || matches!(lemma.as_str(), "government" | "ministry");
        of && name.start.0 == after && fits && head(syntax, *name).head().is_some_and(|above| above.id == token.id)
    });
    Some((whole.map_or(span, |(name, _)| span.cover(*name)), kind))
}

/// A phrase with what stands before its head: article, number, adjectives, owner.
fn phrase(syntax: &Syntax, span: TokenSpan) -> TokenSpan {
    let head = head(syntax, span);
    let first = head.sentence().tokens().start;
    let mut start = span.start;
    while start > first && belongs(syntax.token(TokenId(start.0 - 1)), head) {
        start.0 -= 1;
    }
    while start < span.start && matches!(syntax.token(start).upos(), Upos::Punct | Upos::Cconj) {
        start.0 += 1;
    }
    TokenSpan { start, end: span.end }
}

/// Whether a word before the head is part of its phrase.
fn belongs(token: Token<'_>, head: Token<'_>) -> bool {
    let mut top = token;
    while let Some(above) = top.head().filter(|above| above.id != head.id) {
        top = above;
    }
    let joins = matches!(
        top.relation(),
        Relation::Det | Relation::Compound | Relation::Amod | Relation::NmodPoss | Relation::Nummod
    );
    let is_vague = matches!(token.lemma(), "many" | "more" | "most" | "several" | "some" | "such");
    let parts = match token.relation() {
        Relation::Advmod => true,
        Relation::Case => !matches!(token.form(), "'s" | "’s" | "'" | "’"),
        _ => matches!(token.form(), "(" | "\"" | "“"),
    };
    joins && top.head().is_some() && !is_vague && !parts
}

/// A person's name with the titles before it: "Russian Foreign Minister", "Mr".
fn titled(syntax: &Syntax, span: TokenSpan) -> TokenSpan {
    let mut span = span;
    let own = head(syntax, span);
    if matches!(own.relation(), Relation::Flat | Relation::Compound)
        && let Some(title) = own.head().filter(|title| title.id.0 + 1 == span.start.0)
    {
        span = phrase(syntax, TokenSpan::single(title.id)).cover(span);
    }
    let first = own.sentence().tokens().start;
    let before = |span: TokenSpan| (span.start > first).then(|| syntax.token(TokenId(span.start.0 - 1)));
    while let Some(title) = before(span).filter(|title| names::title(&Word::new(title.form()))) {
        span.start = title.id;
    }
    let joins = |token: &Token<'_>| {
        matches!(token.relation(), Relation::Det | Relation::Compound | Relation::Amod)
            && token.head().is_some_and(|head| span.holds(head.id))
    };
    let mut whole = span;
    while let Some(word) = before(whole).filter(joins) {
        whole.start = word.id;
    }
    whole
}

/// The word of a span that hangs on a word outside.
fn head(syntax: &Syntax, span: TokenSpan) -> Token<'_> {
    let outside = |token: &Token<'_>| token.head().is_none_or(|head| !span.holds(head.id));
    let first = syntax.token(span.start);
    span.iter().map(|token| syntax.token(token)).find(outside).unwrap_or(first)
}
