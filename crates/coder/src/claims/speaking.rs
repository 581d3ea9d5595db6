//! Days in a quotation: "yesterday" and "last night" are told from the day on which the words were spoken.

use super::when;
use document::{Document, Time, TimeBasis, TokenId};
use jiff::{Span, civil::Date};

/// The days of an expression that stands in a quotation whose own day is told, if it counts from that day.
pub(super) fn days(document: &Document, expression: &Time) -> Option<(Option<Date>, Option<Date>)> {
    let published = document.report.published?;
    let counts = expression.basis == TimeBasis::Publication
        && expression.span.iter().any(|token| {
            let word = document.token(token).form().to_lowercase();
            matches!(word.as_str(), "yesterday" | "today" | "tonight" | "tomorrow" | "last" | "this")
        });
    if !counts || expression.from != expression.to {
        return None;
    }
    let statement = document
        .statements
        .iter()
        .rfind(|statement| statement.quoted && statement.content.iter().any(|part| part.contains(expression.span)))?;
    let cue: Vec<TokenId> = statement.cue.iter().flat_map(|part| part.iter()).collect();
    let (spoken, _) = when::governed(document, &cue)?;
    let spoken = &document.times[spoken];
    let day = spoken.from.filter(|&day| spoken.to == Some(day) && day <= published)?;
    let outside = statement.content.iter().all(|part| !part.overlaps(spoken.span));
    let back = Span::new().try_days(published.since(day).ok()?.get_days()).ok()?;
    outside.then(|| {
        let earlier = |date: Option<Date>| date.and_then(|date| date.checked_sub(back).ok());
        (earlier(expression.from), earlier(expression.to))
    })
}
