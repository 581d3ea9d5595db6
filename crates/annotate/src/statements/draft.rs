//! A statement in the making, [`Draft`], and how its spans are cut from the parse: the words of the cue, the parts of
//! the content. Which words are speaker and content is decided in `clauses`, `nominals` and `speeches`.

use super::cues::CUES;
use super::links::linked_by;
use super::speakers::{self, Speaker};
use document::{Manner, Relation, Syntax, Token, TokenId, TokenSpan, Upos};

/// A statement in the making.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Draft {
    /// The word that the cue hangs on.
    pub(super) head: TokenId,
    pub(super) speakers: Vec<Speaker>,
    pub(super) cue: Vec<TokenSpan>,
    pub(super) content: Vec<TokenSpan>,
    pub(super) addressee: Option<TokenSpan>,
    pub(super) manner: Manner,
}

/// Where a cue's content was found.
pub(super) struct Found {
    pub(super) content: Vec<TokenSpan>,
    /// A preposition that belongs to the cue.
    pub(super) link: Option<TokenId>,
    pub(super) manner: Manner,
    pub(super) speakers: Option<Vec<Speaker>>,
    pub(super) addressee: Option<TokenSpan>,
}

impl Found {
    pub(super) fn new(content: Vec<TokenSpan>, manner: Manner) -> Self {
        Self { content, link: None, manner, speakers: None, addressee: None }
    }
}

pub(super) fn finish(token: Token<'_>, found: Found) -> Option<Draft> {
    let speakers = found.speakers?;
    let cue = cue_spans(token, found.link);
    let mut excluded = cue.clone();
    excluded
        .extend(speakers.iter().filter(|speaker| !covers(&found.content, speaker.span)).map(|speaker| speaker.span));
    let content = cut(token.syntax, &found.content, &excluded);
    if content.is_empty() {
        return None;
    }
    Some(Draft { head: token.id, speakers, cue, content, addressee: found.addressee, manner: found.manner })
}

fn covers(content: &[TokenSpan], span: TokenSpan) -> bool {
    content.iter().any(|part| part.contains(span) && part.start < span.start && span.end < part.end)
        && content.len() == 1
        && content[0].len() < span.len()
}

/// The verb with its auxiliaries, the adverbs among them, its particle, a vehicle ("in a statement") and a link.
pub(super) fn cue_spans(token: Token<'_>, link: Option<TokenId>) -> Vec<TokenSpan> {
    let mut span = TokenSpan::single(token.id);
    for child in token.children().rev().filter(|child| child.id < token.id) {
        let part = matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Advmod | Relation::Cop);
        let words = child.subtree();
        let plain = words.iter().all(|id| {
            let word = token.syntax.token(id);
            word.upos() != Upos::Punct && !word.xpos().as_str().starts_with('W')
        });
        if part && plain && words.end == span.start {
            span.start = words.start;
        }
    }
    let mut spans = vec![span];
    for child in token.children().filter(|child| child.id > token.id) {
        let vehicle = child.relation() == Relation::Obl
            && CUES.is_vehicle(child.lemma())
            && linked_by(child, |link| matches!(link, "in" | "on"));
        if child.relation() == Relation::CompoundPrt {
            extend_to(&mut spans, child.id);
        } else if vehicle
            && let Some(last) = spans.last_mut()
            && last.end == child.subtree().start
        {
            last.end = TokenId(child.id.0 + 1);
        }
    }
    if let Some(link) = link {
        extend_to(&mut spans, link);
    }
    spans
}

/// Adds a token to the cue, as part of its last span if it adjoins.
pub(super) fn extend_to(spans: &mut Vec<TokenSpan>, token: TokenId) {
    let end = TokenId(token.0 + 1);
    match spans.last_mut() {
        Some(last) if last.end == token => last.end = end,
        Some(last) if last.end >= end => {}
        Some(last) if token.0 - last.end.0 <= 4 => last.end = end,
        _ => spans.push(TokenSpan::single(token)),
    }
}

/// The parts of `span` outside all of `excluded`.
pub(super) fn subtract(span: TokenSpan, excluded: &[TokenSpan]) -> Vec<TokenSpan> {
    let mut parts = Vec::new();
    let mut start: Option<TokenId> = None;
    for token in span.iter() {
        let out = excluded.iter().any(|other| other.holds(token));
        match (out, start) {
            (true, Some(first)) => {
                parts.push(TokenSpan { start: first, end: token });
                start = None;
            }
            (false, None) => start = Some(token),
            _ => {}
        }
    }
    if let Some(first) = start {
        parts.push(TokenSpan { start: first, end: span.end });
    }
    parts
}

/// The parts of the content outside the excluded spans, each without punctuation at its ends, none of them empty.
pub(super) fn cut(syntax: &Syntax, content: &[TokenSpan], excluded: &[TokenSpan]) -> Vec<TokenSpan> {
    let mut parts: Vec<TokenSpan> = content
        .iter()
        .flat_map(|&part| subtract(part, excluded))
        .filter_map(|part| speakers::trim(syntax, part))
        .collect();
    parts.sort_unstable();
    parts.dedup();
    parts
}
