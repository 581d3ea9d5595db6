//! Days in a quotation: "yesterday" and "last night" are told from the day on which the words were spoken.

use super::sequel::is_speech;
use super::{Draft, when};
use document::{Claim, Document, Participant, Relation, Statement, Time, TimeBasis, Token, TokenId, Upos, Xpos};
use jiff::{Span, civil::Date};

/// Whether saying so is the act: by its rule, or in a quotation in which the speaker himself acts in the present tense
/// ("\"We reject it\", he said on Monday").
pub(super) fn is_uttered(document: &Document, draft: &Draft) -> bool {
    let claim = &draft.claim;
    let Some(statement) = claim.according_to.first().map(|&first| &document.statements[first]) else {
        return draft.spoken;
    };
    let own = |one: &Participant| {
        matches!(document.token(one.head).lemma().to_lowercase().as_str(), "we" | "i")
            || statement.speaker_heads.contains(&one.head)
    };
    let quoted = statement.quoted && is_speech(claim) && !claim.nested && claim.actors.iter().all(own);
    draft.spoken || quoted && is_told_in_present(document.token(claim.trigger))
}

/// "We reject it", "it is an insult": a verb in the present tense, or the verb of a noun. The perfect tells of the past.
fn is_told_in_present(word: Token<'_>) -> bool {
    let present = |word: &Token<'_>| matches!(word.xpos(), Xpos::Vbp | Xpos::Vbz);
    let auxiliary = |child: Token<'_>| {
        matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop)
            && child.lemma() != "have"
            && present(&child)
    };
    let verb = if word.upos() == Upos::Verb { Some(word) } else { word.head() };
    verb.is_some_and(|verb| present(&verb) || verb.children().any(auxiliary))
}

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
    when::governed(document, &cue).filter(outside).or_else(beside).or_else(|| behind(document, statement))
}

/// "said, \"…\", while addressing the press on Monday": the clause behind the quotation, whatever the parser has hung it
/// on, and also where it was taken for a part of what is quoted.
fn behind(document: &Document, statement: &Statement) -> Option<(usize, &'static str)> {
    let content = statement.content.last()?;
    let closes = |&token: &TokenId| matches!(document.token(token).form(), "\"" | "”" | "''");
    let end = content.iter().rev().find(closes).filter(|_| statement.quoted).unwrap_or(content.end);
    let sentence = document.token(statement.cue.first()?.start).sentence().tokens();
    let dates = |time: &Time| {
        let verb = document.token(when::head_of(document, time.span)).head();
        let beside = |verb: Token<'_>| verb.xpos() == Xpos::Vbg && verb.relation() == Relation::Advcl && verb.id >= end;
        sentence.contains(time.span) && time.from.is_some() && verb.is_some_and(beside)
    };
    document.times.iter().position(dates).map(|time| (time, "syntax"))
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
