//! Speech in quotation marks: quotations stretch the content that grammar found, find their own cue beside them, or
//! carry on the speech before. Works on the drafts of `clauses`.

use super::clauses;
use super::draft::{self, Draft};
use super::quotes::{self, Quotation};
use super::speakers::{self, Speaker};
use document::{Manner, Name, Relation, Syntax, Token, TokenId, TokenSpan, Upos};

/// How many tokens a cue may stand from its quotation.
const REACH: u32 = 14;

/// Gives each quotation to a draft, making new drafts where a cue stands beside it.
pub(super) fn attach(syntax: &Syntax, quotations: &[Quotation], names: &[Name], drafts: &mut Vec<Draft>) {
    for draft in drafts.iter_mut() {
        keep_inside(syntax, quotations, draft);
    }
    drafts.retain(|draft| !is_spoken_by_quotation(syntax, quotations, draft));
    let mut owners: Vec<Option<usize>> = vec![None; quotations.len()];
    for (index, draft) in drafts.iter_mut().enumerate() {
        stretch(syntax, quotations, draft, index, &mut owners);
    }
    for (number, &quotation) in quotations.iter().enumerate() {
        if owners[number].is_some() || !is_speech(syntax, quotation) {
            continue;
        }
        if let Some((head, speaker, cue)) = cue_after(syntax, quotation)
            .or_else(|| cue_before(syntax, quotation))
            .or_else(|| colon_before(syntax, quotation, names))
        {
            let place = drafts.iter().position(|draft| draft.head == head);
            let index = place.unwrap_or(drafts.len());
            if place.is_none() {
                let speakers = speaker.into_iter().collect();
                drafts.push(Draft { head, speakers, cue, content: Vec::new(), addressee: None, manner: Manner::Said });
            }
            give(syntax, quotation, &mut drafts[index]);
            owners[number] = Some(index);
        } else if let Some(index) = carried_on(syntax, quotations, &owners, number) {
            give(syntax, quotation, &mut drafts[index]);
            owners[number] = Some(index);
        }
    }
    // Paragraphs of speech whose speaker is named only in the last of them.
    for number in (1..quotations.len()).rev() {
        if let (None, Some(index)) = (owners[number - 1], owners[number])
            && quotations[number].continues
        {
            give(syntax, quotations[number - 1], &mut drafts[index]);
            owners[number - 1] = Some(index);
        }
    }
}

/// What is said within a quotation does not reach out of it, whatever the parse joins.
fn keep_inside(syntax: &Syntax, quotations: &[Quotation], draft: &mut Draft) {
    let at = quotations.partition_point(|quotation| quotation.span.end <= draft.head);
    let Some(quotation) = quotations.get(at).filter(|quotation| quotation.span.holds(draft.head)) else { return };
    let around = TokenSpan { start: TokenId(0), end: quotation.span.start };
    let beyond = TokenSpan { start: quotation.span.end, end: TokenId(syntax.tokens.len() as u32) };
    let inner = inner(*quotation);
    let out = |span: &TokenSpan| span.overlaps(around) || span.overlaps(beyond);
    if draft.content.iter().any(out) {
        let clipped: Vec<TokenSpan> = draft
            .content
            .iter()
            .map(|part| TokenSpan { start: part.start.max(inner.start), end: part.end.min(inner.end) })
            .filter(|part| part.start < part.end)
            .collect();
        draft.content = draft::cut(syntax, &clipped, &[]);
    }
    if draft.speakers.iter().any(|speaker| out(&speaker.span)) {
        draft.content.clear();
    }
}

/// Whether a draft takes a part of a quotation for its speaker; its cue will find the quotation by their order.
fn is_spoken_by_quotation(syntax: &Syntax, quotations: &[Quotation], draft: &Draft) -> bool {
    draft.speakers.iter().any(|speaker| {
        let at = quotations.partition_point(|quotation| quotation.span.end <= speaker.span.start);
        quotations.get(at).is_some_and(|quotation| {
            !quotation.span.holds(draft.head)
                && is_speech(syntax, *quotation)
                && (quotation.span.start < speaker.span.start || speaker.span.contains(quotation.span))
        })
    })
}

/// Whether any part of the content stands in quotation marks that the cue is outside of.
pub(super) fn is_quoted(quotations: &[Quotation], draft: &Draft) -> bool {
    overlapping(quotations, draft).next().is_some()
}

fn overlapping<'a>(quotations: &'a [Quotation], draft: &'a Draft) -> impl Iterator<Item = usize> + 'a {
    let first = draft.content.first().map_or(TokenId(0), |part| part.start);
    let from = quotations.partition_point(|quotation| quotation.span.end <= first);
    let end = draft.content.last().map_or(TokenId(0), |part| part.end);
    (from..quotations.len())
        .take_while(move |&number| quotations[number].span.start < end)
        .filter(|&number| !quotations[number].span.holds(draft.head))
        .filter(|&number| draft.content.iter().any(|part| inner(quotations[number]).overlaps(*part)))
}

fn inner(quotation: Quotation) -> TokenSpan {
    let span = quotation.span;
    let start = TokenId((span.start.0 + 1).min(span.end.0));
    let end = TokenId(if quotation.closed { span.end.0 - 1 } else { span.end.0 });
    TokenSpan { start: start.min(end), end }
}

/// A content that reaches into a quotation takes all of it. Short quoted words inside a content change nothing.
fn stretch(syntax: &Syntax, quotations: &[Quotation], draft: &mut Draft, index: usize, owners: &mut [Option<usize>]) {
    let touched: Vec<usize> = overlapping(quotations, draft).collect();
    for number in touched {
        give(syntax, quotations[number], draft);
        owners[number].get_or_insert(index);
    }
}

fn give(syntax: &Syntax, quotation: Quotation, draft: &mut Draft) {
    draft.content.push(quotation.span);
    draft.content.sort_unstable();
    let mut merged: Vec<TokenSpan> = Vec::new();
    for &part in &draft.content {
        match merged.last_mut() {
            Some(last) if part.start <= last.end => *last = last.cover(part),
            _ => merged.push(part),
        }
    }
    let mut excluded = draft.cue.clone();
    excluded.extend(draft.speakers.iter().map(|speaker| speaker.span).filter(|span| !quotation.span.contains(*span)));
    draft.content = draft::cut(syntax, &merged, &excluded);
}

/// Whether a quotation is speech rather than a word held at arm's length.
fn is_speech(syntax: &Syntax, quotation: Quotation) -> bool {
    let span = inner(quotation);
    let verb = span.iter().any(|token| matches!(syntax.token(token).upos(), Upos::Verb | Upos::Aux));
    let ends = span.iter().next_back().is_some_and(|token| syntax.token(token).upos() == Upos::Punct);
    span.len() >= 4 && (verb || ends) || ends && span.len() >= 2
}

fn speech_verb(token: Token<'_>) -> bool {
    matches!(token.upos(), Upos::Verb | Upos::Aux) && clauses::verb_cue(token).is_some_and(|cue| cue.quote)
}

/// The paragraph's tokens around a quotation.
fn paragraph(syntax: &Syntax, token: TokenId) -> TokenSpan {
    let at = syntax.sentence_of(token).id.index();
    let number = syntax.sentences.paragraphs[at];
    let paragraphs = &syntax.sentences.paragraphs;
    let first = paragraphs.partition_point(|&other| other < number);
    let last = paragraphs.partition_point(|&other| other <= number) - 1;
    syntax.sentences.spans[first].cover(syntax.sentences.spans[last])
}

type Cue = (TokenId, Option<Speaker>, Vec<TokenSpan>);

/// "…," said the minister; "…," the minister told reporters.
fn cue_after(syntax: &Syntax, quotation: Quotation) -> Option<Cue> {
    if !quotation.closed {
        return None;
    }
    let mut end = paragraph(syntax, quotation.span.start).end.min(TokenId(quotation.span.end.0 + REACH));
    // "He called it “a farce.” He also praised …": words quoted within a sentence have their cue there.
    let sentence = syntax.sentence_of(quotation.span.start).tokens();
    if sentence.start < quotation.span.start && sentence.holds(TokenId(quotation.span.end.0 - 1)) {
        end = end.min(sentence.end);
    }
    let following = TokenSpan { start: quotation.span.end.min(end), end };
    for id in following.iter() {
        let token = syntax.token(id);
        if speech_verb(token) {
            let speaker = near_subject(token, following)?;
            return Some((id, Some(speaker), draft::cue_spans(token, None)));
        }
        if token.upos() == Upos::Verb && id.0 > quotation.span.end.0 + 8
            || matches!(token.form(), "." | ";" | ":")
            || quotes::is_mark(token.form())
        {
            return None;
        }
    }
    None
}

fn nominal(token: &Token<'_>) -> bool {
    matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Pron)
}

/// The subject by grammar if it stands outside the quotation, else the noun phrase that adjoins the verb.
fn near_subject(verb: Token<'_>, within: TokenSpan) -> Option<Speaker> {
    let syntax = verb.syntax;
    // "…," the brother, Sher Khan, said: all that stands between, if it is a noun phrase with its apposition.
    let between = TokenSpan { start: within.start.min(verb.id), end: verb.id };
    let plain = |token: Token<'_>| {
        nominal(&token)
            || matches!(token.upos(), Upos::Det | Upos::Adj | Upos::Adp | Upos::Num | Upos::Part | Upos::Cconj)
            || token.form() == ","
    };
    if between.iter().any(|id| nominal(&syntax.token(id)))
        && between.iter().all(|id| plain(syntax.token(id)))
        && let Some(span) = speakers::trim(syntax, between)
        && let Some(head) = span
            .iter()
            .find(|id| nominal(&syntax.token(*id)) && syntax.parse.head(*id).is_none_or(|head| !span.holds(head)))
    {
        return Some(Speaker { span, head });
    }
    if let Some(speaker) = speakers::of_verb(verb).filter(|speaker| within.holds(speaker.head)) {
        return Some(speaker);
    }
    let before = TokenSpan { start: within.start, end: verb.id };
    let before = before.iter().rev().map(|id| syntax.token(id)).find(nominal);
    let after = TokenSpan { start: TokenId(verb.id.0 + 1).min(within.end), end: within.end };
    let after = after.iter().map(|id| syntax.token(id)).take_while(|token| token.upos() != Upos::Punct).find(nominal);
    let mut head = before.or(after)?;
    while let Some(governor) = head.head()
        && within.holds(governor.id)
        && nominal(&governor)
    {
        head = governor;
    }
    let span = speakers::phrase(head);
    let span = TokenSpan { start: span.start.max(within.start), end: span.end };
    let span = draft::subtract(span, &[TokenSpan::single(verb.id)]).into_iter().find(|part| part.holds(head.id))?;
    Some(Speaker { span: speakers::trim(syntax, span)?, head: head.id })
}

/// The minister said: "…"; She added that "…"
fn cue_before(syntax: &Syntax, quotation: Quotation) -> Option<Cue> {
    let start =
        paragraph(syntax, quotation.span.start).start.max(TokenId(quotation.span.start.0.saturating_sub(REACH)));
    let before = TokenSpan { start, end: quotation.span.start };
    let mut linked = false;
    for id in before.iter().rev() {
        let token = syntax.token(id);
        match token.form() {
            "," | ":" if id.0 + 1 == quotation.span.start.0 => linked = true,
            "." | ";" | "!" | "?" => return None,
            form if quotes::is_mark(form) => return None,
            _ => {}
        }
        if speech_verb(token) && (linked || id.0 + 1 == quotation.span.start.0) {
            let speaker = near_subject(token, before)?;
            return Some((id, Some(speaker), draft::cue_spans(token, None)));
        }
    }
    None
}

/// Minister: "…" – a name and a colon.
fn colon_before(syntax: &Syntax, quotation: Quotation, names: &[Name]) -> Option<Cue> {
    let colon = TokenId(quotation.span.start.0.checked_sub(1)?);
    if syntax.token(colon).form() != ":" {
        return None;
    }
    let sentence = syntax.sentence_of(colon).tokens();
    let speaker = labelled(syntax, TokenSpan { start: sentence.start.min(colon), end: colon }, names)?;
    Some((colon, Some(speaker), vec![TokenSpan::single(colon)]))
}

/// The longest phrase that may stand before a colon as a speaker.
const LABEL: usize = 8;

fn labelled(syntax: &Syntax, span: TokenSpan, names: &[Name]) -> Option<Speaker> {
    let plain = span.iter().all(|id| {
        matches!(
            syntax.token(id).upos(),
            Upos::Noun | Upos::Propn | Upos::Adj | Upos::Det | Upos::Adp | Upos::Punct | Upos::Part | Upos::Num
        )
    });
    let named = names.iter().any(|name| span.contains(name.span))
        || span.iter().any(|id| syntax.token(id).upos() == Upos::Propn);
    if span.is_empty() || span.len() > LABEL || !plain || !named {
        return None;
    }
    let head = span.iter().find(|&id| syntax.parse.head(id).is_none_or(|head| !span.holds(head)))?;
    Some(Speaker { span, head })
}

/// The speech that a quotation without a cue carries on: the quotation before it in the same paragraph, or in the
/// paragraph before, if that was left open or both are whole paragraphs of speech.
fn carried_on(syntax: &Syntax, quotations: &[Quotation], owners: &[Option<usize>], number: usize) -> Option<usize> {
    let before = number.checked_sub(1)?;
    let owner = owners[before]?;
    let (last, this) = (quotations[before], quotations[number]);
    if this.continues {
        return Some(owner);
    }
    let here = paragraph(syntax, this.span.start);
    let starts_sentence = syntax.sentence_of(this.span.start).tokens().start.0 + 1 >= this.span.start.0;
    let gap = this.span.start.0.saturating_sub(last.span.end.0);
    if here.holds(last.span.start) {
        return (starts_sentence || gap <= REACH).then_some(owner);
    }
    let follows = paragraph(syntax, last.span.start).end == here.start;
    (follows && this.span.start == here.start && this.span.end.0 + 1 >= here.end.0).then_some(owner)
}

/// Labelled speech without quotation marks: a headline "Minister: no ceasefire" or a transcript's "SMITH: …".
pub(super) fn labels(syntax: &Syntax, names: &[Name], drafts: &mut Vec<Draft>) {
    for sentence in syntax.iter_sentences() {
        let tokens = sentence.tokens();
        let starts =
            sentence.id.index() == 0 || syntax.sentences.paragraphs[sentence.id.index() - 1] != sentence.paragraph();
        let colon = tokens.iter().take(LABEL + 1).find(|&id| syntax.token(id).form() == ":");
        let Some(colon) = colon.filter(|_| starts) else { continue };
        let content = TokenSpan { start: TokenId(colon.0 + 1), end: tokens.end };
        let taken = drafts.iter().any(|draft| draft.head == colon || tokens.holds(draft.head) && draft.head < colon);
        let Some(speaker) = labelled(syntax, TokenSpan { start: tokens.start, end: colon }, names) else { continue };
        let sentence_like = content.iter().any(|id| syntax.token(id).relation() == Relation::Nsubj);
        if taken || !sentence_like {
            continue;
        }
        let cue = vec![TokenSpan::single(colon)];
        let content = draft::cut(syntax, &[content], &[]);
        if !content.is_empty() {
            drafts.push(Draft {
                head: colon,
                speakers: vec![speaker],
                cue,
                content,
                addressee: None,
                manner: Manner::Said,
            });
        }
    }
}
