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

/// "according to X": the content is the clause that it is set in, the whole sentence if it stands at either end. What
/// follows "to" is read by the order of words, as the parser often hangs it elsewhere.
pub(super) fn according(token: Token<'_>) -> Option<Draft> {
    let syntax = token.syntax;
    let sentence = token.sentence().tokens();
    let to = TokenId(token.id.0 + 1);
    let follows = |id: TokenId| sentence.holds(id).then(|| syntax.token(id));
    if !token.form().eq_ignore_ascii_case("according") || !follows(to)?.form().eq_ignore_ascii_case("to") {
        return None;
    }
    let cue = TokenSpan { start: token.id, end: TokenId(to.0 + 1) };
    let first = follows(cue.end)?;
    let draft = |speaker: Speaker, content: Vec<TokenSpan>| {
        (!content.is_empty()).then(|| Draft {
            head: token.id,
            speakers: vec![speaker],
            cue: vec![cue],
            content,
            addressee: None,
            manner: Manner::Said,
        })
    };
    if is_relative(first) {
        let (speaker, clause) = speakers::antecedent(first)?;
        let content = cut(syntax, &[clause], &[TokenSpan { start: cue.start, end: TokenId(first.id.0 + 1) }]);
        return draft(speaker, content);
    }
    let region = noun_phrase(token, cue.end);
    let nominal = |id: &TokenId| matches!(syntax.token(*id).upos(), Upos::Noun | Upos::Propn | Upos::Pron);
    let top = |id: &TokenId| nominal(id) && syntax.parse.head(*id).is_none_or(|head| !region.holds(head));
    let head = syntax.token(region.iter().find(top).or_else(|| region.iter().rev().find(nominal))?);
    // Where the parser takes the speaker for the root, the main clause hangs on it; a relative clause tells more of him.
    let clause = head.children().filter(|child| child.id > head.id).find(|child| {
        child.relation() == Relation::AclRelcl
            || matches!(
                child.relation(),
                Relation::Parataxis | Relation::Ccomp | Relation::Conj | Relation::Dep | Relation::Advcl
            ) && child.children().any(|subject| subject.relation().is_subject())
    });
    let end = clause.map_or(head.subtree().end, |clause| clause.subtree().start).max(region.end);
    let span = speakers::trim(syntax, TokenSpan { start: region.start, end })?;
    let phrase = cue.cover(span);
    // "…, who said …", "…, a copy of which …": an aside on the speaker, up to the next comma where a main clause is to come.
    let is_comma = |id: &TokenId| syntax.token(*id).form() == ",";
    let behind = TokenSpan { start: span.end, end: sentence.end };
    let opening = sentence.iter().find(|id| syntax.token(*id).upos() != Upos::Punct) == Some(token.id);
    let aside = (behind.iter().next().is_some_and(|id| is_comma(&id))
        && behind.iter().skip(1).take(4).take_while(|id| !is_comma(id)).any(|id| is_relative(syntax.token(id))))
    .then(|| {
        let comma = behind.iter().skip(1).find(is_comma).filter(|_| opening);
        TokenSpan { start: behind.start, end: comma.unwrap_or(sentence.end) }
    });
    let mut excluded = vec![phrase];
    excluded.extend(aside);
    let word = |id: &TokenId| syntax.token(*id).upos() != Upos::Punct;
    let rest = TokenSpan { start: aside.map_or(behind.start, |aside| aside.end), end: sentence.end };
    let clause = if opening || !rest.iter().any(|id| word(&id)) {
        sentence
    } else if let Some(part) = verbless_part(token, rest, head) {
        part
    } else {
        let mut above = if token.relation() == Relation::Case { head } else { token }.head()?;
        while let Some(next) = above.head()
            && !(above.relation().is_clause() || above.relation() == Relation::Conj && above.upos() == Upos::Verb)
        {
            above = next;
        }
        above.subtree()
    };
    draft(Speaker { span, head: head.id }, cut(syntax, &[clause], &excluded))
}

fn is_relative(token: Token<'_>) -> bool {
    token.xpos().as_str().starts_with('W') && token.upos() == Upos::Pron
}

/// The words from `start` that may belong to one noun phrase, with what stands in brackets behind it.
fn noun_phrase(token: Token<'_>, start: TokenId) -> TokenSpan {
    let syntax = token.syntax;
    let sentence = token.sentence().tokens();
    let mut end = start;
    let mut bracket = false;
    while sentence.holds(end) {
        let word = syntax.token(end);
        let nominal = matches!(
            word.upos(),
            Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Part | Upos::Adp | Upos::Cconj
        );
        let possessive = word.upos() == Upos::Pron && !is_relative(word);
        // "United Nations", "aid workers": the tagger takes the first word for a verb.
        let next = TokenId(end.0 + 1);
        let before_noun = word.upos() == Upos::Verb
            && sentence.holds(next)
            && matches!(syntax.token(next).upos(), Upos::Noun | Upos::Propn)
            && (word.relation() == Relation::Amod || end == start);
        // "a statement the movement issued": another noun phrase begins.
        let another = word.upos() == Upos::Det
            && end > start
            && matches!(syntax.token(TokenId(end.0 - 1)).upos(), Upos::Noun | Upos::Propn);
        match word.form() {
            _ if another && !bracket => break,
            "(" => bracket = true,
            ")" => bracket = false,
            "-" | "’" | "'" => {}
            _ if bracket || nominal || possessive || before_noun => {}
            _ => break,
        }
        end = next;
    }
    TokenSpan { start, end: end.max(TokenId(start.0 + 1)).min(sentence.end) }
}

/// "…, among them, according to the agency, two nurses": without verbs on either side of the cue, only that part is said.
fn verbless_part(token: Token<'_>, rest: TokenSpan, head: Token<'_>) -> Option<TokenSpan> {
    let syntax = token.syntax;
    let sentence = token.sentence().tokens();
    let plain = |span: TokenSpan| !span.iter().any(|id| matches!(syntax.token(id).upos(), Upos::Verb | Upos::Aux));
    let comma = |id: &TokenId| syntax.token(*id).form() == ",";
    let inner = TokenSpan { start: sentence.start, end: TokenId(token.id.0.checked_sub(1)?.max(sentence.start.0)) };
    let start = inner.iter().rev().find(comma).map(|id| TokenId(id.0 + 1))?;
    let before = TokenSpan { start, end: token.id };
    let first = rest.iter().find(|id| syntax.token(*id).upos() != Upos::Punct)?;
    (plain(before) && plain(rest) && !head.subtree().holds(first)).then_some(before.cover(rest))
}
