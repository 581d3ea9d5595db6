//! Stretches of days that no single expression tells: "on Tuesday and Wednesday", "within ten days", "after two days of
//! talks".

use super::when::{head_of, is_bare_length};
use document::{Document, Relation, Time, TimeKind, Token, TokenId, Upos};
use jiff::{Span, civil::Date};

/// The last day of "within 10 days".
pub(super) fn deadline(document: &Document, length: &Time) -> Option<Date> {
    let within = document.token(TokenId(length.span.start.0.checked_sub(1)?)).form().eq_ignore_ascii_case("within");
    let number = length.value.strip_prefix('P').filter(|_| within && is_bare_length(length))?;
    let count: i32 = number.get(..number.len() - 1)?.parse().ok().filter(|count| (1..=400).contains(count))?;
    let span = match number.as_bytes().last()? {
        b'D' => Span::new().try_days(count),
        b'W' => Span::new().try_weeks(count),
        b'M' => Span::new().try_months(count),
        _ => return None,
    };
    document.report.published?.checked_add(span.ok()?).ok()
}

/// The time joined to another by "and": "on Tuesday and Wednesday".
pub(super) fn beside(document: &Document, time: usize) -> Option<usize> {
    let one = document.times[time].span;
    let dated = |time: &Time| time.from.is_some() && time.to.is_some() && time.kind != TimeKind::Duration;
    let and = |from: TokenId, to: TokenId| {
        let between = from.0..to.0;
        (1..=3).contains(&between.len())
            && between.clone().any(|id| document.token(TokenId(id)).form() == "and")
            && between.into_iter().all(|id| matches!(document.token(TokenId(id)).form(), "and" | "on" | "in"))
    };
    let next = time + 1;
    if !dated(&document.times[time]) {
        return None;
    }
    let follows = document.times.get(next).is_some_and(|other| dated(other) && and(one.end, other.span.start));
    let before = time.checked_sub(1).filter(|&before| {
        let other = &document.times[before];
        dated(other) && and(other.span.end, one.start)
    });
    if follows { Some(next) } else { before }
}

/// The stretch of whole days that ends on the one day named in the sentence: a length of time told with "after".
pub(super) fn days_before(document: &Document, length: &Time) -> Option<(Option<Date>, Option<Date>)> {
    let days: i32 =
        length.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok().filter(|days| (1..=31).contains(days))?;
    let sentence = document.sentence_of(length.span.start).tokens();
    // "said on Monday that they took it after 16 days": the day on which it was said is not that on which they end. But
    // "said on Monday that they would meet again after two days of talks" puts the talks before what lies ahead.
    let verb = verb_above(document, length.span)?;
    let ahead = lies_ahead(document.token(verb));
    let mut named = document.times.iter().filter(|time| {
        let above = verb_above(document, time.span);
        sentence.contains(time.span)
            && time.from.is_some()
            && time.from == time.to
            && (above == Some(verb) || (ahead && above.is_some_and(|above| governs(document, above, verb))))
    });
    let last = named.next().filter(|_| named.next().is_none())?.to?;
    // What has lasted so long does not end on a day to come.
    if document.report.published.is_some_and(|published| last > published) {
        return None;
    }
    let first = last.checked_sub(Span::new().try_days(days - 1).ok()?).ok()?;
    Some((Some(first), Some(last)))
}

/// Whether a verb tells of what is to come: an infinitive, or with a modal of its own or of what it is conjoined with.
fn lies_ahead(verb: Token<'_>) -> bool {
    crate::frames::has_mark_to(verb)
        || verb.children().any(|child| child.relation() == Relation::Aux && matches!(child.lemma(), "will" | "would"))
        || (verb.relation() == Relation::Conj && verb.head().is_some_and(lies_ahead))
}

/// Whether one word stands above another in the tree.
fn governs(document: &Document, above: TokenId, below: TokenId) -> bool {
    std::iter::successors(document.token(below).head(), |word| word.head()).take(12).any(|word| word.id == above)
}

/// The verb that a time expression hangs on, through nouns.
pub(super) fn verb_above(document: &Document, span: document::TokenSpan) -> Option<TokenId> {
    let head = document.token(head_of(document, span));
    std::iter::successors(head.head(), |word| word.head())
        .take(6)
        .find(|word| word.upos() == Upos::Verb)
        .map(|word| word.id)
}
