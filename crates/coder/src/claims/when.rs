//! When a claim's content lies: the time expression that its words govern, else that of the clause it depends on.

use super::Draft;
use crate::frames::preposition;
use document::{Document, Evidence, Relation, Status, TimeKind, Token, TokenId, Upos, When, Xpos};
use jiff::{Span, civil::Date};

/// Fills `when` of one draft. An act told without a date stays without one: it is not put on the day of publication.
pub(super) fn find(document: &Document, drafts: &mut [Draft], index: usize) {
    let anchors = drafts[index].matched.frame.anchors.clone();
    let found = governed(document, &anchors).or_else(|| inherited(document, drafts, index));
    let claim = &mut drafts[index].claim;
    let Some((time, derived)) = found else {
        return;
    };
    let expression = &document.times[time];
    if matches!(expression.kind, TimeKind::Set) {
        claim.granularity.kind = document::GranularityKind::Habitual;
    }
    let first = document.token(expression.span.start);
    let bound =
        bound_of(document, first, expression.span).or_else(|| bound_between(document, expression.span, &anchors));
    let throughout = matches!(bound, Some("since" | "during" | "for" | "throughout" | "over"))
        || expression.kind == TimeKind::Duration
        || matches!(claim.status, Status::Ongoing);
    // "said on Sunday after two days of talks": the days that end with the day of which the sentence speaks.
    let (from, to) = match bound {
        Some("after") if expression.from.is_none() && expression.span.iter().any(|token| anchors.contains(&token)) => {
            days_before(document, expression).unwrap_or((None, None))
        }
        _ => (expression.from, expression.to),
    };
    claim.when = Some(When {
        time: Some(time),
        from,
        to,
        throughout,
        bound: bound
            .filter(|word| matches!(*word, "before" | "after" | "since" | "until" | "by"))
            .filter(|word| *word != "after" || from.is_none() || expression.from.is_some()),
        precision: precision(from, to),
        derived,
    });
    if claim.granularity.kind == document::GranularityKind::Aggregate {
        claim.granularity.period = Some(time);
    }
    claim.evidence.push(Evidence {
        field: "when",
        spans: vec![document.text_span(expression.span)],
        rule: format!("times/{derived}"),
    });
    let ahead = document.report.published.zip(from).is_some_and(|(published, from)| from > published);
    if ahead && claim.status == Status::Occurred && has_no_past(document, &drafts[index]) {
        let claim = &mut drafts[index].claim;
        claim.status = Status::Planned;
        claim.factuality = claim.factuality.min(1.0);
    }
}

/// "the truce expires on Friday", "the talks on Monday": a present tense or a noun, which a day to come makes a plan.
fn has_no_past(document: &Document, draft: &Draft) -> bool {
    let frame = &draft.matched.frame;
    let word = document.token(frame.light.unwrap_or(frame.predicate));
    let participle = matches!(word.xpos(), Xpos::Vbg | Xpos::Vbn);
    let present = |child: &Token<'_>| {
        matches!(child.relation(), Relation::Aux | Relation::AuxPass)
            && child.lemma() == "be"
            && matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp)
    };
    matches!(word.upos(), Upos::Noun | Upos::Propn)
        || matches!(word.xpos(), Xpos::Vbz | Xpos::Vbp)
        || participle && word.children().any(|child| present(&child))
}

/// The stretch of whole days that ends on the one day named in the sentence: a length of time told with "after".
fn days_before(document: &Document, length: &document::Time) -> Option<(Option<Date>, Option<Date>)> {
    let days: i32 =
        length.value.strip_prefix('P')?.strip_suffix('D')?.parse().ok().filter(|days| (1..=31).contains(days))?;
    let sentence = document.sentence_of(length.span.start).tokens();
    let mut named = document
        .times
        .iter()
        .filter(|time| sentence.contains(time.span) && time.from.is_some() && time.from == time.to);
    let last = named.next().filter(|_| named.next().is_none())?.to?;
    let first = last.checked_sub(Span::new().try_days(days - 1).ok()?).ok()?;
    Some((Some(first), Some(last)))
}

/// The head token of a time expression: the one whose head lies outside.
fn head_of(document: &Document, span: document::TokenSpan) -> TokenId {
    span.iter().find(|&token| document.parse.head(token).is_none_or(|head| !span.holds(head))).unwrap_or(span.start)
}

/// The time expression that one of the anchors governs, directly or through a noun that is no event's own.
fn governed(document: &Document, anchors: &[TokenId]) -> Option<(usize, &'static str)> {
    let sentence = document.sentence_of(*anchors.first()?).tokens();
    let mut best: Option<(usize, usize)> = None;
    for (index, time) in document.times.iter().enumerate() {
        if !sentence.contains(time.span) || time.span.iter().any(|token| anchors.contains(&token)) {
            continue;
        }
        // "Despite the days before the feast" is no time at which something happens.
        let first = document.token(head_of(document, time.span));
        if preposition(first)
            .is_some_and(|word| matches!(word.as_str(), "despite" | "about" | "regarding" | "because of"))
        {
            continue;
        }
        // "the March 3 attacks"
        let before = time.span.start.0.checked_sub(1).map(|id| document.token(TokenId(id)).upos());
        let names_day = time.from.is_some() && before != Some(Upos::Adp);
        let noun = anchors.contains(&time.span.end) && document.token(time.span.end).upos() == Upos::Noun;
        if names_day && noun && best.is_none_or(|(cost, _)| cost > 0) {
            best = Some((0, index));
            continue;
        }
        let mut at = document.token(head_of(document, time.span));
        for distance in 0..4 {
            let Some(head) = at.head() else { break };
            if anchors.contains(&head.id) {
                // A length of time that measures something else ("two days of talks") still dates loosely.
                let cost = distance * 2 + usize::from(time.kind == TimeKind::Duration || time.from.is_none());
                if best.is_none_or(|(known, _)| cost < known) {
                    best = Some((cost, index));
                }
                break;
            }
            let phrase = matches!(
                at.relation(),
                Relation::Obl
                    | Relation::OblUnmarked
                    | Relation::Nmod
                    | Relation::NmodUnmarked
                    | Relation::NmodPoss
                    | Relation::Advmod
                    | Relation::Compound
                    | Relation::Conj
                    | Relation::Appos
                    | Relation::Nummod
                    | Relation::Amod
                    | Relation::Dep
            );
            if !phrase || head.relation().is_clause() {
                break;
            }
            at = head;
        }
    }
    best.map(|(_, index)| (index, "syntax"))
}

/// The time of the clause that this one depends on without a time of its own: participles, conjoined verbs, and
/// complements of verbs that say how an act goes ("began to withdraw on Monday") share it; reported content does not.
fn inherited(document: &Document, drafts: &[Draft], index: usize) -> Option<(usize, &'static str)> {
    let mut at: Token<'_> = document.token(*drafts[index].matched.frame.anchors.last()?);
    for _ in 0..4 {
        let head = at.head()?;
        let shares = match at.relation() {
            Relation::Conj => true,
            Relation::Advcl => !at.children().any(|child| {
                child.relation() == Relation::Mark
                    && matches!(child.lemma(), "after" | "before" | "since" | "if" | "until" | "to")
            }),
            Relation::Xcomp => matches!(
                head.lemma(),
                "begin" | "start" | "continue" | "stop" | "finish" | "manage" | "fail" | "help" | "complete" | "keep"
            ),
            Relation::Obj
            | Relation::Obl
            | Relation::Nsubj
            | Relation::NsubjPass
            | Relation::OblAgent
            | Relation::Nmod => true,
            _ => false,
        };
        if !shares
            || drafts.iter().enumerate().any(|(other, draft)| {
                other != index
                    && !draft.claim.content.is_empty()
                    && draft.matched.frame.anchors.contains(&head.id)
                    && draft.claim.content.contains(&index)
            })
        {
            return None;
        }
        if let Some((time, _)) = governed(document, &[head.id]) {
            return Some((time, "syntax"));
        }
        at = head;
    }
    None
}

/// The preposition or conjunction before a time expression.
fn bound_of(document: &Document, first: Token<'_>, span: document::TokenSpan) -> Option<&'static str> {
    let head = document.token(head_of(document, span));
    let word = preposition(head).or_else(|| {
        let before = first.id.0.checked_sub(1).map(|before| document.token(TokenId(before)))?;
        Some(before.form().to_lowercase())
    })?;
    ["before", "after", "since", "until", "by", "during", "for", "throughout", "over"]
        .into_iter()
        .find(|known| *known == word || (*known == "until" && word == "till"))
}

/// The bound that stands between a time and the word it dates: "in the aftermath of the March 3 attacks".
fn bound_between(document: &Document, span: document::TokenSpan, anchors: &[TokenId]) -> Option<&'static str> {
    let mut at = document.token(head_of(document, span));
    for _ in 0..4 {
        at = at.head().filter(|head| !anchors.contains(&head.id))?;
        match at.lemma() {
            "aftermath" | "wake" => return Some("after"),
            "eve" | "run-up" => return Some("before"),
            _ => {}
        }
    }
    None
}

fn precision(from: Option<Date>, to: Option<Date>) -> &'static str {
    let (Some(from), Some(to)) = (from, to) else { return "unknown" };
    let days = from.until(to).map_or(0, |span| span.get_days());
    match days {
        0 => "day",
        1..=6 => "week",
        7..=30 => "month",
        31..=366 => "year",
        _ => "interval",
    }
}
