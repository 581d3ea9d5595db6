//! Days in a quotation: "yesterday" and "last night" are told from the day on which the words were spoken.

use super::when;
use document::{Claim, Document, Relation, Time, TimeBasis, TokenId, Xpos};
use jiff::{Span, civil::Date};

/// The time at which somebody says what is itself the act ("\"They must leave\", he said on Monday").
pub(super) fn said_on(document: &Document, claim: &Claim) -> Option<(usize, &'static str)> {
    let statement = &document.statements[*claim.according_to.first()?];
    let cue: Vec<TokenId> = statement.cue.iter().flat_map(|part| part.iter()).collect();
    let outside = |found: &(usize, &'static str)| {
        let time = &document.times[found.0];
        time.from.is_some() && statement.content.iter().all(|part| !part.overlaps(time.span))
    };
    // "said while addressing the press on Monday"
    let beside = || {
        let verb = document.token(*cue.first()?);
        verb.children()
            .filter(|child| child.relation() == Relation::Advcl && child.xpos() == Xpos::Vbg)
            .find_map(|child| when::governed(document, &[child.id]).filter(outside))
    };
    when::governed(document, &cue).filter(outside).or_else(beside)
}

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
