//! When a claim's content lies: the time expression that its words govern, else that of the clause it depends on.

use super::{Draft, stretches};
use crate::frames::preposition;
use document::{Document, Evidence, Relation, Status, TimeKind, Token, TokenId, Upos, When, Xpos};
use jiff::civil::Date;

/// Fills `when` of one draft. An act told without a date stays without one: it is not put on the day of publication.
pub(super) fn find(document: &Document, drafts: &mut [Draft], index: usize) {
    let mut anchors = drafts[index].matched.frame.anchors.clone();
    let mut joined = drafts[index].joined.clone();
    let whole = is_whole_count(&drafts[index].claim);
    if whole {
        // "The toll of Saturday's shelling rose on Monday": the verb's day is that of the count.
        let told = |anchor: &TokenId| matches!(document.token(*anchor).upos(), Upos::Noun | Upos::Propn);
        anchors.retain(told);
        joined.retain(told);
    }
    // A day beats a length: "gave them 72 hours on Monday" is dated by Monday, also where that stands with another verb.
    let spoken = super::speaking::is_uttered(document, &drafts[index]);
    let own =
        if spoken { super::speaking::said_on(document, &drafts[index].claim) } else { governed(document, &anchors) };
    let length = own.is_some_and(|(time, _)| is_bare_length(&document.times[time]));
    let day = |found: &(usize, &'static str)| !is_bare_length(&document.times[found.0]);
    let found = own.filter(|_| !length);
    let found = found.or_else(|| governed(document, &joined).filter(day));
    let found = found.or_else(|| inherited(document, drafts, index).filter(|_| !spoken && !whole));
    let found = found.or_else(|| fronted(document, &drafts[index].claim).filter(|_| !spoken && !whole));
    let claim = &mut drafts[index].claim;
    let Some((time, derived)) = found.or(own) else {
        return;
    };
    let expression = &document.times[time];
    // "announced a withdrawal on Sunday": what is promised lies behind the day of the promise.
    // "said on Sunday he might declare an emergency": so does what may be.
    let modal = |child: Token<'_>| child.relation() == Relation::Aux && child.xpos() == Xpos::Md;
    let may = claim.status == Status::Hypothetical
        && !claim.according_to.is_empty()
        && document.token(claim.trigger).children().any(modal);
    let promised = may || claim.nested && matches!(claim.status, Status::Planned | Status::Imminent);
    if promised && expression.to.zip(document.report.published).is_some_and(|(to, published)| to < published) {
        return;
    }
    if matches!(expression.kind, TimeKind::Set) {
        claim.granularity.kind = document::GranularityKind::Habitual;
    }
    // "announced his resignation effective Friday": what has occurred was not on a day to come.
    let first = document.token(expression.span.start);
    let ahead = document.report.published.zip(expression.from).is_some_and(|(published, from)| from > published);
    let limit =
        bound_of(document, first, expression.span).is_some_and(|word| matches!(word, "until" | "by" | "before"));
    // "Called a strike for Monday" dates the strike.
    let arranged = matches!(claim.category.as_str(), "PROTEST" | "CONSULT");
    if ahead && !limit && !arranged && claim.status == Status::Occurred && is_told_in_past(document, claim) {
        return;
    }
    // "issued a request for a hearing, scheduled for this week"
    let scheduled =
        stretches::verb_above(document, expression.span).map(|verb| document.token(verb)).is_some_and(|verb| {
            verb.relation() == Relation::Acl && matches!(verb.lemma(), "schedule" | "slate" | "plan" | "expect")
        });
    if scheduled && !arranged && claim.status == Status::Occurred {
        return;
    }
    let bound = bound_of(document, first, expression.span)
        .or_else(|| {
            // "the September 11 attacks": the day is the attacks' own.
            let own = anchors.contains(&expression.span.end);
            bound_between(document, expression.span, &anchors).filter(|_| !own)
        })
        .or_else(|| joined.iter().any(|&anchor| begins_since(document.token(anchor))).then_some("since"));
    // "Shortly after seven in the morning" is on that day.
    let hour = expression.value.as_bytes().get(11).is_some_and(u8::is_ascii_digit);
    let bound = bound.filter(|word| !(hour && matches!(*word, "before" | "after")));
    let deadline = stretches::deadline(document, expression)
        .filter(|_| matches!(claim.status, Status::Planned | Status::Imminent | Status::Hypothetical | Status::Feared));
    let bound = if deadline.is_some() { Some("by") } else { bound };
    let throughout = matches!(bound, Some("since" | "during" | "for" | "throughout" | "over"))
        || expression.kind == TimeKind::Duration
        || matches!(claim.status, Status::Ongoing);
    // "said on Sunday after two days of talks": the days that end with the day of which the sentence speaks.
    let (from, to) = match bound {
        Some("after") if expression.from.is_none() && expression.span.iter().any(|token| anchors.contains(&token)) => {
            stretches::days_before(document, expression).unwrap_or((None, None))
        }
        _ => match deadline {
            Some(last) => (document.report.published, Some(last)),
            None => super::speaking::days(document, expression).unwrap_or((expression.from, expression.to)),
        },
    };
    let beside = stretches::beside(document, time).filter(|_| bound.is_none());
    let (from, to) = beside.map_or((from, to), |other| {
        let other = &document.times[other];
        (from.min(other.from), to.max(other.to))
    });
    // "since Tuesday", "until Tuesday": the other end is open.
    let (from, to) = match bound {
        Some("since") => (from, None),
        Some("until") => (None, to),
        _ => (from, to),
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
    let dead = claim.category == "ASSAULT" && !claim.quantities.is_empty();
    if dead && bound == Some("since") && from.zip(document.report.published).is_some_and(is_long) {
        claim.granularity.kind = document::GranularityKind::Aggregate;
    }
    if claim.granularity.kind == document::GranularityKind::Aggregate {
        claim.granularity.period = Some(time);
    }
    claim.evidence.push(Evidence {
        field: "when",
        spans: std::iter::once(time).chain(beside).map(|time| document.text_span(document.times[time].span)).collect(),
        rule: format!("times/{derived}"),
    });
    // What is dated long ago is told as history, wherever the date stands.
    let published = document.report.published;
    let old = published.zip(to).is_some_and(|(published, to)| published.duration_since(to).as_hours() / 24 > OLD);
    claim.background |= old && !matches!(bound, Some("since" | "until" | "after"));
    let ahead = document.report.published.zip(from).is_some_and(|(published, from)| from > published);
    if ahead && claim.status == Status::Occurred && has_no_past(document, &drafts[index]) {
        let claim = &mut drafts[index].claim;
        claim.status = Status::Planned;
        claim.factuality = claim.factuality.min(1.0);
    }
}

/// "On Monday, the minister, speaking to reporters, called it void": the day with which a sentence begins is that of what
/// it tells in the past tense, whatever the parser has hung it on.
fn fronted(document: &Document, claim: &document::Claim) -> Option<(usize, &'static str)> {
    let sentence = document.sentence_of(claim.trigger).tokens();
    let told = !claim.nested && !claim.background && claim.status == Status::Occurred && claim.according_to.is_empty();
    if !told || !is_told_in_past(document, claim) {
        return None;
    }
    let mut times =
        document.times.iter().enumerate().filter(|(_, time)| sentence.contains(time.span) && time.from.is_some());
    let (index, time) = times.next()?;
    let first = time.span.start.0.checked_sub(sentence.start.0)?;
    let led = first == 0 || first == 1 && document.token(sentence.start).upos() == Upos::Adp;
    (led && time.from == time.to && times.next().is_none()).then_some((index, "syntax"))
}

/// Whether the verb of a claim is in the past tense.
fn is_told_in_past(document: &Document, claim: &document::Claim) -> bool {
    let verb = document.token(claim.trigger);
    let auxiliary =
        |child: Token<'_>| matches!(child.relation(), Relation::Aux | Relation::AuxPass) && child.xpos() == Xpos::Vbd;
    verb.xpos() == Xpos::Vbd || verb.xpos() == Xpos::Vbn && verb.children().any(auxiliary)
}

/// Whether a claim tells the whole count of what happened before.
fn is_whole_count(claim: &document::Claim) -> bool {
    let counting = |facet: &document::Facet| (facet.facet, facet.field) == ("toll", "counting");
    claim.category == "ASSAULT" && claim.facets.iter().any(counting)
}

/// Whether there are so many days from one to another that what fell on them is a sum: "killed 140 since January".
fn is_long((from, to): (Date, Date)) -> bool {
    to.duration_since(from).as_hours() / 24 >= SUM
}

/// From how many days on a toll is a sum of happenings.
const SUM: i64 = 14;

/// A date that ends so many days before publication belongs to history.
const OLD: i64 = 365;

/// A length of time that no calendar holds.
pub(super) fn is_bare_length(time: &document::Time) -> bool {
    time.kind == TimeKind::Duration && time.from.is_none()
}

/// "killed since the assault began on Monday": the verb that dates the toll is where it begins to count.
fn begins_since(verb: Token<'_>) -> bool {
    verb.children().any(|child| child.relation() == Relation::Mark && child.lemma() == "since")
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

/// The head token of a time expression: the one whose head lies outside.
pub(super) fn head_of(document: &Document, span: document::TokenSpan) -> TokenId {
    span.iter().find(|&token| document.parse.head(token).is_none_or(|head| !span.holds(head))).unwrap_or(span.start)
}

/// The time expression that one of the anchors governs, directly or through a noun that is no event's own.
pub(super) fn governed(document: &Document, anchors: &[TokenId]) -> Option<(usize, &'static str)> {
    let sentence = document.sentence_of(*anchors.first()?).tokens();
    let mut best: Option<(usize, usize)> = None;
    for (index, time) in document.times.iter().enumerate() {
        if !sentence.contains(time.span) {
            continue;
        }
        if time.span.iter().any(|token| anchors.contains(&token)) {
            // "after two days of talks": the length measures the event.
            if is_bare_length(time) && best.is_none() {
                best = Some((1, index));
            }
            continue;
        }
        // "Despite the days before the feast" is no time at which something happens.
        let first = document.token(head_of(document, time.span));
        if preposition(first)
            .is_some_and(|word| matches!(word.as_str(), "despite" | "about" | "regarding" | "because of"))
        {
            continue;
        }
        // "extended by five days", "gave them 72 hours": an amount. "The deadliest clash in months": a comparison.
        let amount = is_bare_length(time)
            && (preposition(first).is_some_and(|word| word == "by")
                || matches!(first.relation(), Relation::Obj | Relation::Iobj));
        if amount || compares(document, first, time, anchors) {
            continue;
        }
        if names_other(document, time, anchors) {
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
        // "an attack last week on the post": it stands with its noun, whatever the parser hung it on.
        let after = time.span.start.0.checked_sub(1).map(TokenId).filter(|id| anchors.contains(id));
        let beside = after.is_some_and(|id| document.token(id).upos() == Upos::Noun);
        if beside && time.from.is_some() && preposition(first).is_none() && best.is_none_or(|(cost, _)| cost > 1) {
            best = Some((1, index));
            continue;
        }
        // "they will stay, and the rebels will leave within 10 days": what stands last belongs to the last verb.
        let last = first.head().is_some_and(|verb| {
            anchors.iter().map(|&anchor| document.token(anchor)).any(|anchor| {
                anchor.relation() == Relation::Conj
                    && anchor.head().is_some_and(|head| head.id == verb.id)
                    && anchor.id < time.span.start
                    && anchor.children().any(|child| child.relation().is_subject())
            })
        });
        if last && best.is_none_or(|(cost, _)| cost > 12) {
            best = Some((12, index));
            continue;
        }
        let mut at = document.token(head_of(document, time.span));
        for distance in 0..4 {
            let Some(head) = at.head() else { break };
            if anchors.contains(&head.id) || dates_noun(head, anchors) {
                // A length of time that measures something else ("two days of talks") still dates loosely.
                let vague = usize::from(time.kind == TimeKind::Duration || time.from.is_none());
                let cost = distance * 2 + vague + if is_bare_length(time) { 10 } else { 0 };
                let finer = |known: usize| is_within(time, &document.times[known]);
                if best.is_none_or(|(known, other)| cost < known || cost == known && finer(other)) {
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
            // A verb of its own keeps its time to itself, and so does "the war of 2011" in "since the war of 2011".
            if !phrase || head.relation().is_clause() || head.upos() == Upos::Verb || is_aside(head) {
                break;
            }
            at = head;
        }
    }
    best.map(|(_, index)| (index, "syntax"))
}

/// "condemned the March 3 attacks", "named him 2019 man of the year": the time is that of the thing.
fn names_other(document: &Document, time: &document::Time, anchors: &[TokenId]) -> bool {
    let first = document.token(head_of(document, time.span));
    let Some(noun) = first.head().filter(|noun| matches!(noun.upos(), Upos::Noun | Upos::Propn)) else { return false };
    if preposition(first).is_some() || first.id > noun.id || anchors.contains(&noun.id) || is_unit(noun) {
        return false;
    }
    match noun.relation() {
        Relation::Obj | Relation::Xcomp => true,
        Relation::Obl | Relation::Nmod => {
            preposition(noun).is_some_and(|word| matches!(word.as_str(), "for" | "about" | "against" | "over"))
        }
        _ => false,
    }
}

/// "an invasion launched in May", "a bombing that happened in May": what the clause at a noun says of its time is the
/// noun's. "In a statement issued in May, they denounced it": what is said in the statement has the statement's.
fn dates_noun(verb: Token<'_>, anchors: &[TokenId]) -> bool {
    let Some(noun) = verb.head() else { return false };
    let dates = match verb.relation() {
        Relation::Acl => matches!(verb.xpos(), Xpos::Vbn | Xpos::Vbd),
        Relation::AclRelcl => {
            matches!(verb.lemma(), "happen" | "occur" | "take" | "begin" | "start" | "break")
                // "a ban which went into effect on Tuesday"
                || matches!(verb.lemma(), "go" | "come" | "enter")
                    && verb.children().any(|child| matches!(child.lemma(), "effect" | "force"))
        }
        _ => false,
    };
    let medium = || {
        noun.relation() == Relation::Obl
            && matches!(
                noun.lemma(),
                "statement" | "release" | "interview" | "letter" | "speech" | "message" | "report"
            )
            && noun.head().is_some_and(|head| anchors.contains(&head.id))
    };
    dates && (anchors.contains(&noun.id) || medium())
}

/// Whether one time is a part of another: "next month on August 2".
fn is_within(one: &document::Time, other: &document::Time) -> bool {
    let Some((from, to)) = one.from.zip(one.to) else { return false };
    other.from.zip(other.to).is_some_and(|(first, last)| first <= from && to <= last && (first, last) != (from, to))
}

/// "after a clash", "since the revolution": a noun that dates or surrounds what governs it, and has a time of its own.
pub(super) fn is_aside(noun: Token<'_>) -> bool {
    matches!(noun.relation(), Relation::Obl | Relation::Nmod)
        && matches!(noun.upos(), Upos::Noun | Upos::Propn)
        && !is_unit(noun)
        && preposition(noun).is_some_and(|word| {
            word == "as" && noun.lemma() == "part"
                || matches!(
                    word.as_str(),
                    "after"
                        | "before"
                        | "following"
                        | "since"
                        | "until"
                        | "despite"
                        | "ahead of"
                        | "amid"
                        | "because of"
                        | "over"
                        | "due to"
                        | "in response to"
                        | "according to"
                )
        })
}

/// "after a week of talks": the unit of a length is no event.
fn is_unit(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "minute" | "hour" | "day" | "night" | "week" | "month" | "year" | "end" | "beginning" | "start" | "middle"
    )
}

/// "the worst attack since 2011", "the first clash in months": what a superlative compares with.
fn compares(document: &Document, first: Token<'_>, time: &document::Time, anchors: &[TokenId]) -> bool {
    let since = preposition(first).is_some_and(|word| word == "since");
    let length = is_bare_length(time) && preposition(first).is_some_and(|word| matches!(word.as_str(), "in" | "for"));
    (since || length)
        && anchors.iter().flat_map(|&anchor| document.token(anchor).children()).any(|child| {
            child.xpos() == Xpos::Jjs
                || child.relation() == Relation::Amod
                    && (child.lemma() == "first" || child.form().to_lowercase().ends_with("iest"))
        })
}

/// The time of the clause that this one depends on without a time of its own: participles, conjoined verbs, and
/// complements of verbs that say how an act goes ("began to withdraw on Monday") share it; reported content does not.
fn inherited(document: &Document, drafts: &[Draft], index: usize) -> Option<(usize, &'static str)> {
    let mut at: Token<'_> = document.token(*drafts[index].matched.frame.anchors.last()?);
    let mut measured = false;
    for _ in 0..4 {
        let head = at.head()?;
        // "after 16 days of fighting": the fighting lasted so long.
        if measured
            && is_unit(at)
            && at.child(Relation::Case).is_some()
            && let Some(time) = document.times.iter().position(|time| time.span.holds(at.id))
        {
            return Some((time, "syntax"));
        }
        let mut fronted = false;
        let shares = match at.relation() {
            // A conjunct with a subject of its own is a clause of its own, but "on Monday" before both holds for both.
            Relation::Conj => {
                fronted = at.children().any(|child| child.relation().is_subject());
                true
            }
            // "signed a decree banning": what is laid down is in force with the act.
            // "On Monday the minister, speaking to reporters, called it void"
            Relation::Acl => {
                let beside = || head.relation().is_subject() && head.head().is_some_and(|verb| at.id < verb.id);
                at.xpos() == Xpos::Vbg && (is_act_of_law(head) || beside())
            }
            // "then met the president, where he denounced the deal"
            Relation::AclRelcl => at.children().any(|child| child.lemma() == "where"),
            // "announced on Monday that they had entered into an agreement"
            Relation::Ccomp => {
                let had = |child: Token<'_>| child.relation() == Relation::Aux && child.form() == "had";
                drafts[index].claim.category == "AGREE" && head.lemma() == "announce" && at.children().any(had)
            }
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
            | Relation::Nmod => !is_aside(at) && (!is_unit(at) || at.child(Relation::Case).is_none()),
            _ => false,
        };
        // "the meeting is set to open on Monday"
        let planned = || {
            let to = head.child(Relation::Xcomp).filter(|_| at.relation().is_subject())?;
            let arranged = matches!(head.lemma(), "set" | "schedule" | "expect" | "due" | "slate" | "plan");
            governed(document, &[to.id]).filter(|(time, _)| arranged && document.times[*time].from.is_some())
        };
        if let Some(found) = planned() {
            return Some(found);
        }
        let carries = matches!(at.relation(), Relation::Conj | Relation::Advcl);
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
        // A length belongs to the verb that lasts so long.
        if let Some((time, _)) = governed(document, &[head.id])
            && !(carries && is_bare_length(&document.times[time]))
        {
            let first = document.times[time].span.start;
            let before = || head.children().any(|child| child.relation().is_subject() && first < child.id);
            return (!fronted || before()).then_some((time, "syntax"));
        }
        if fronted {
            return None;
        }
        measured = at.relation() == Relation::Nmod;
        at = head;
    }
    None
}

/// "a decree banning": a paper by which something is done.
fn is_act_of_law(noun: Token<'_>) -> bool {
    matches!(
        noun.lemma(),
        "decree" | "order" | "law" | "bill" | "resolution" | "act" | "directive" | "ruling" | "edict"
    )
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
