//! Statements whose cue is no plain verb: nouns ("the claim that …"), adjectives ("is afraid of …"), adverbs
//! ("reportedly") and "according to". The words stand in `nouns.txt`, `adjectives.txt` and `adverbs.txt`.

use super::cues::{CUES, Cue};
use super::draft::{Draft, Found, cue_spans, cut, extend_to, finish, subtract};
use super::links::{is_infinitive, linked_by, prepositional};
use super::speakers::{self, Speaker};
use document::{Manner, Relation, Token, TokenId, TokenSpan, Upos};

pub(super) fn noun(token: Token<'_>) -> Option<Draft> {
    let cue = CUES.noun(token.lemma())?;
    let (content, link, manner) = noun_content(token, cue)?;
    let (speaker, lender) = speakers::of_noun(token);
    let mut spans = vec![TokenSpan::single(token.id)];
    if let Some(lender) = lender {
        let lent = cue_spans(lender, None);
        let start = lent.first().map_or(token.id, |span| span.start);
        if start < token.id {
            spans = vec![TokenSpan { start, end: TokenId(token.id.0 + 1) }];
        }
    }
    if let Some(link) = link {
        extend_to(&mut spans, link);
    }
    // "an offer of mediation", "confirmation of the figure": without a speaker, a noun with a mere phrase names a thing;
    // only fears, rumours and the like are put forward by nobody.
    let unowned = matches!(manner, Manner::Feared | Manner::Alleged | Manner::Believed);
    if speaker.is_none() && link.is_some() && !unowned {
        return None;
    }
    let speakers: Vec<Speaker> = speaker.into_iter().collect();
    let mut excluded = spans.clone();
    excluded.extend(speakers.iter().map(|speaker| speaker.span));
    let content = cut(token.syntax, &content, &excluded);
    (!content.is_empty()).then_some(Draft { head: token.id, speakers, cue: spans, content, addressee: None, manner })
}

/// The content of a cue noun, with the preposition that links it.
pub(super) fn noun_content(token: Token<'_>, cue: &Cue) -> Option<(Vec<TokenSpan>, Option<TokenId>, Manner)> {
    let clausal = |child: Token<'_>| {
        let finite = child
            .children()
            .any(|mark| mark.relation() == Relation::Mark && matches!(mark.lemma(), "that" | "whether" | "if"));
        match child.relation() {
            Relation::Acl | Relation::Ccomp if finite && cue.clause => Some(cue.manner),
            Relation::Acl | Relation::Xcomp if is_infinitive(child) => cue.infinitive,
            _ => None,
        }
    };
    let after = |child: &Token<'_>| child.id > token.id;
    if let Some((child, manner)) =
        token.children().filter(after).find_map(|child| clausal(child).map(|manner| (child, manner)))
    {
        return Some((vec![child.subtree()], None, manner));
    }
    // "Fears are growing that …": the clause hangs on the verb; "our aim is to …": the noun is the outer subject.
    if token.relation().is_subject()
        && let Some(governor) = token.head()
    {
        let copula = governor.children().any(|child| child.relation() == Relation::Cop);
        let clause = token.relation() == Relation::NsubjOuter || copula && is_infinitive(governor);
        if clause && cue.clause {
            let mut excluded = vec![token.subtree()];
            excluded.extend(
                governor
                    .children()
                    .filter(|child| child.relation() == Relation::Cop)
                    .map(|cop| TokenSpan::single(cop.id)),
            );
            return Some((subtract(governor.subtree(), &excluded), None, cue.manner));
        }
        if cue.clause
            && matches!(
                governor.lemma(),
                "grow" | "mount" | "rise" | "persist" | "remain" | "be" | "spread" | "exist" | "arise"
            )
            && let Some(clause) =
                governor.children().find(|child| child.relation() == Relation::Ccomp && child.id > governor.id)
        {
            return Some((vec![clause.subtree()], None, cue.manner));
        }
    }
    prepositional(token, cue).map(|(content, link, manner)| (vec![content], Some(link), manner))
}

pub(super) fn adjective(token: Token<'_>) -> Option<Draft> {
    state_of(token, CUES.adjective(token.lemma())?)
}

/// "is afraid that", "are committed to": the subject of a predicate speaks.
pub(super) fn state_of(token: Token<'_>, cue: &Cue) -> Option<Draft> {
    // "make sure that …" is an act, not a belief.
    if token.relation() == Relation::Xcomp && token.head().is_some_and(|head| head.lemma() == "make") {
        return None;
    }
    let speaker = speakers::of_verb(token)?;
    let clause = token.children().filter(|child| child.id > token.id).find_map(|child| match child.relation() {
        Relation::Ccomp | Relation::Advcl
            if cue.clause && !is_infinitive(child) && linked_by(child, |link| link == "that") =>
        {
            Some((child, cue.manner))
        }
        Relation::Ccomp if cue.clause => Some((child, cue.manner)),
        Relation::Xcomp | Relation::Advcl | Relation::Ccomp if is_infinitive(child) => {
            cue.infinitive.map(|manner| (child, manner))
        }
        _ => None,
    });
    let mut found = match clause {
        Some((child, manner)) => Found::new(vec![child.subtree()], manner),
        None => {
            let (content, link, manner) = prepositional(token, cue)?;
            let mut found = Found::new(vec![content], manner);
            found.link = Some(link);
            found
        }
    };
    found.speakers = Some(vec![speaker]);
    finish(token, found)
}

pub(super) fn adverb(token: Token<'_>) -> Option<Draft> {
    let cue = CUES.adverb(token.lemma())?;
    let clause = token.head()?;
    let content = cut(token.syntax, &[clause.subtree()], &[TokenSpan::single(token.id)]);
    Some(Draft {
        head: token.id,
        speakers: Vec::new(),
        cue: vec![TokenSpan::single(token.id)],
        content,
        addressee: None,
        manner: cue.manner,
    })
}

/// "according to X": the content is the clause that it is set in, the whole sentence if it stands at either end.
pub(super) fn according(token: Token<'_>) -> Option<Draft> {
    let syntax = token.syntax;
    let next = syntax.token(
        TokenId(token.id.0 + 1).min(syntax.sentences.spans.last()?.end.min(TokenId(syntax.tokens.len() as u32 - 1))),
    );
    if !token.form().eq_ignore_ascii_case("according") || next.id == token.id || !next.form().eq_ignore_ascii_case("to")
    {
        return None;
    }
    let head = match token.relation() {
        Relation::Case | Relation::Mark => token.head()?,
        _ => token.children().find(|child| {
            child.id > next.id && matches!(child.relation(), Relation::Obl | Relation::Obj | Relation::Nmod)
        })?,
    };
    // Where the parser takes the speaker for the root, the main clause hangs on it.
    let main = head.children().filter(|child| child.id > head.id).find(|child| {
        matches!(
            child.relation(),
            Relation::Parataxis | Relation::Ccomp | Relation::Conj | Relation::Dep | Relation::Advcl
        ) && child.children().any(|subject| subject.relation().is_subject())
    });
    let end = main.map_or(head.subtree().end, |main| main.subtree().start);
    let phrase = if token.relation() == Relation::Case { head.subtree() } else { token.subtree() };
    let phrase = TokenSpan { start: phrase.start, end: phrase.end.min(end).max(phrase.start) };
    let span = TokenSpan { start: TokenId(next.id.0 + 1), end };
    if span.start >= span.end {
        return None;
    }
    let top = if token.relation() == Relation::Case { head } else { token };
    let sentence = token.sentence();
    let first = sentence.iter().find(|word| word.upos() != Upos::Punct).map(|word| word.id);
    let last = sentence.iter().rev().find(|word| word.upos() != Upos::Punct).map(|word| word.id);
    let outer = first == Some(phrase.start) || last.is_some_and(|last| phrase.holds(last));
    let clause = if outer {
        sentence.tokens()
    } else {
        let mut above = top.head()?;
        while let Some(next) = above.head()
            && !(above.relation().is_clause() || above.relation() == Relation::Conj && above.upos() == Upos::Verb)
        {
            above = next;
        }
        above.subtree()
    };
    let cue = TokenSpan { start: token.id, end: TokenId(next.id.0 + 1) };
    let span = speakers::trim(syntax, span)?;
    let content = cut(syntax, &[clause], &[phrase, cue, span]);
    (!content.is_empty()).then(|| Draft {
        head: token.id,
        speakers: vec![Speaker { span, head: head.id }],
        cue: vec![cue],
        content,
        addressee: None,
        manner: Manner::Said,
    })
}
