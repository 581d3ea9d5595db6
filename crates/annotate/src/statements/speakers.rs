//! Who speaks: the subject of a verb, through conjunctions, infinitives and participles; the agent of a passive; the
//! possessor of a noun. The main type is [`Speaker`].

use super::cues::CUES;
use document::{Relation, Syntax, Token, TokenId, TokenSpan, Upos, Xpos, puts_out};

/// A speaker's phrase and its head word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Speaker {
    pub(super) span: TokenSpan,
    pub(super) head: TokenId,
}

/// How many steps up the tree a missing subject is looked for.
const REACH: usize = 6;

/// The subject of a verb or predicate, its own or the one it shares with a governing clause.
pub(super) fn of_verb(token: Token<'_>) -> Option<Speaker> {
    let mut verb = token;
    for _ in 0..REACH {
        if let Some(subject) = nearest_subject(verb) {
            return Some(with_apposed(verb, whole_phrase(verb, speaker(subject)), subject));
        }
        let governor = verb.head()?;
        match verb.relation() {
            Relation::Conj | Relation::Advcl | Relation::Parataxis | Relation::Ccomp | Relation::Dep => verb = governor,
            Relation::Xcomp => {
                // "urged them to say": the object of the governing verb speaks.
                if let Some(object) =
                    governor.children().find(|child| child.relation() == Relation::Obj && child.id < verb.id)
                {
                    return Some(speaker(object));
                }
                verb = governor;
            }
            // "a letter saying that …"
            Relation::Acl | Relation::AclRelcl => {
                if let Some(writer) = writer_of(governor).filter(|_| verb.xpos() == Xpos::Vbg) {
                    return Some(speaker(writer));
                }
                return (governor.upos() != Upos::Verb).then(|| shortened(governor, verb));
            }
            _ => return None,
        }
    }
    None
}

/// "signed a letter urging the sides to talk": whoever signs or issues a text says what it says.
fn writer_of(text: Token<'_>) -> Option<Token<'_>> {
    nearest_subject(puts_out(text)?).filter(|subject| subject.relation() == Relation::Nsubj)
}

/// The noun that a relative pronoun stands for, and the clause that tells of it.
pub(super) fn antecedent(relative: Token<'_>) -> Option<(Speaker, TokenSpan)> {
    let mut clause = relative;
    for _ in 0..REACH {
        let governor = clause.head()?;
        if clause.relation() == Relation::AclRelcl && governor.id < relative.id {
            return Some((shortened(governor, clause), clause.subtree()));
        }
        clause = governor;
    }
    None
}

/// "A member of the delegation, Salem Noor, spoke": of two subjects the second explains the first.
fn with_apposed<'a>(verb: Token<'a>, named: Speaker, subject: Token<'a>) -> Speaker {
    let syntax = verb.syntax;
    let Some(comma) = named.span.start.0.checked_sub(1).filter(|id| syntax.token(TokenId(*id)).form() == ",") else {
        return named;
    };
    let first = verb.children().find(|child| {
        let span = phrase(*child);
        child.relation().is_subject() && child.id < subject.id && child.upos() == Upos::Noun && span.end.0 == comma
    });
    let name = subject.upos() == Upos::Propn;
    match first.filter(|_| name) {
        Some(first) => Speaker { span: phrase(first).cover(named.span), head: first.id },
        None => named,
    }
}

/// The subject of a verb; where the parse has several, the one nearest to it that is not a day.
fn nearest_subject(verb: Token<'_>) -> Option<Token<'_>> {
    verb.children()
        .filter(|child| {
            // The parser may take a speaking "it" for an empty one.
            let it = child.relation() == Relation::Expl && child.id < verb.id && child.upos() == Upos::Pron;
            (child.relation().is_subject() || it) && !CUES.is_day(child.form())
        })
        .min_by_key(|child| child.id.0.abs_diff(verb.id.0))
}

/// The subject with the words before it that the parser has torn off: "Rebel leader" of "Rebel leader Daud said",
/// "Envoys from the union and" of "Envoys from the union and France said".
fn whole_phrase(verb: Token<'_>, subject: Speaker) -> Speaker {
    let syntax = verb.syntax;
    let Some(region) = before_verb(verb).filter(|region| region.span.end == subject.span.end) else { return subject };
    let start = region.span.start;
    // "Villagers who fear": a relative pronoun stands alone.
    if start >= subject.span.start || syntax.token(subject.span.start).upos() == Upos::Pron {
        return subject;
    }
    let upos = |index: u32| syntax.token(TokenId(index)).upos();
    // The region must be all of its clause before the verb, else its first words may belong to what stands before.
    let opens = start == verb.sentence().tokens().start
        || matches!(upos(start.0 - 1), Upos::Punct | Upos::Sconj)
        || syntax.token(TokenId(start.0 - 1)).form() == "that";
    let day = region.span.iter().any(|id| CUES.is_day(syntax.token(id).form()));
    let article = syntax.token(subject.span.start).upos() == Upos::Det;
    match upos(subject.span.start.0 - 1) {
        _ if !opens || day => subject,
        Upos::Cconj => {
            let first = region.span.iter().find(|id| matches!(syntax.token(*id).upos(), Upos::Noun | Upos::Propn));
            Speaker { span: region.span, head: first.unwrap_or(subject.head) }
        }
        // "two residents of El Bur said": not who stands behind "of".
        Upos::Adp if syntax.token(TokenId(subject.span.start.0 - 1)).form() == "of" => {
            let first = region.span.iter().find(|id| matches!(syntax.token(*id).upos(), Upos::Noun | Upos::Propn));
            Speaker { span: region.span, head: first.unwrap_or(subject.head) }
        }
        Upos::Noun | Upos::Propn if !article => Speaker { span: region.span, head: subject.head },
        _ => subject,
    }
}

/// The noun phrase that stands right before a verb and its auxiliaries, whatever the parse makes of it.
pub(super) fn before_verb(verb: Token<'_>) -> Option<Speaker> {
    let syntax = verb.syntax;
    let first = verb.sentence().tokens().start;
    let upos = |index: u32| syntax.token(TokenId(index)).upos();
    let mut end = verb.id.0;
    while end > first.0 && matches!(upos(end - 1), Upos::Aux | Upos::Adv) {
        end -= 1;
    }
    let mut start = end;
    while start > first.0
        && matches!(
            upos(start - 1),
            Upos::Noun
                | Upos::Propn
                | Upos::Pron
                | Upos::Det
                | Upos::Adj
                | Upos::Num
                | Upos::Adp
                | Upos::Part
                | Upos::Cconj
        )
    {
        start -= 1;
    }
    // "the deal, which the rebels denied": the pronoun is what is denied.
    let relative = |index: u32| syntax.token(TokenId(index)).xpos().as_str().starts_with('W');
    if let Some(pronoun) = (start..end).rev().find(|index| relative(*index)) {
        start = pronoun + 1;
    }
    // A preposition or conjunction cannot open the phrase.
    while start < end && matches!(upos(start), Upos::Adp | Upos::Part | Upos::Cconj) {
        start += 1;
    }
    let span = TokenSpan { start: TokenId(start), end: TokenId(end) };
    let head = nearest_subject(verb).map(|subject| subject.id).filter(|head| span.holds(*head));
    let nominal =
        || span.iter().rev().find(|id| matches!(syntax.token(*id).upos(), Upos::Noun | Upos::Propn | Upos::Pron));
    Some(Speaker { span, head: head.or_else(nominal)? })
}

/// The noun phrase that stands right after a verb ("…, said the envoy").
pub(super) fn after_verb(verb: Token<'_>) -> Option<Speaker> {
    let syntax = verb.syntax;
    let end = verb.sentence().tokens().end;
    let subject = nearest_subject(verb).filter(|subject| subject.id > verb.id);
    let after = TokenSpan { start: TokenId(verb.id.0 + 1).min(end), end };
    let nominal = || {
        after
            .iter()
            .map(|id| syntax.token(id))
            .take_while(|token| {
                matches!(token.upos(), Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn | Upos::Pron)
            })
            .find(|token| matches!(token.upos(), Upos::Noun | Upos::Propn))
    };
    let head = subject.or_else(nominal)?;
    let span = phrase(head);
    let span = TokenSpan { start: span.start.max(after.start), end: span.end };
    (!span.is_empty()).then_some(Speaker { span, head: head.id })
}

/// The speakers of a joint statement ("the union and France said"), one for each part of the phrase.
pub(super) fn apart(syntax: &Syntax, speaker: Speaker) -> Vec<Speaker> {
    let joined: Vec<Token<'_>> = syntax
        .token(speaker.head)
        .children()
        .filter(|child| child.relation() == Relation::Conj && child.id > speaker.head && speaker.span.holds(child.id))
        .filter(|child| matches!(child.upos(), Upos::Noun | Upos::Propn | Upos::Pron))
        .collect();
    let and = |next: &Token<'_>| next.children().any(|child| child.relation() == Relation::Cc);
    if !joined.iter().any(and) {
        return vec![speaker];
    }
    let mut speakers = Vec::with_capacity(joined.len() + 1);
    let (mut start, mut head) = (speaker.span.start, speaker.head);
    for next in joined {
        let begins = next.subtree().start.max(TokenId(head.0 + 1));
        speakers.extend(trim(syntax, TokenSpan { start, end: begins }).map(|span| Speaker { span, head }));
        (start, head) = (without_link(next, TokenSpan { start: begins, end: speaker.span.end }).start, next.id);
    }
    speakers.extend(trim(syntax, TokenSpan { start, end: speaker.span.end }).map(|span| Speaker { span, head }));
    speakers
}

/// The noun before a participle or relative clause, without that clause.
fn shortened(noun: Token<'_>, clause: Token<'_>) -> Speaker {
    let span = noun.subtree();
    let span = if clause.subtree().start > noun.id {
        TokenSpan { start: span.start, end: clause.subtree().start }
    } else {
        TokenSpan::single(noun.id)
    };
    Speaker { span: trim(noun.syntax, without_link(noun, span)).unwrap_or(TokenSpan::single(noun.id)), head: noun.id }
}

fn without_link(noun: Token<'_>, span: TokenSpan) -> TokenSpan {
    let start = noun
        .children()
        .filter(|child| matches!(child.relation(), Relation::Case | Relation::Cc) && child.id < noun.id)
        .map(|child| child.subtree().end)
        .max()
        .unwrap_or(span.start);
    TokenSpan { start: start.max(span.start), end: span.end }
}

fn speaker(token: Token<'_>) -> Speaker {
    Speaker { span: phrase(token), head: token.id }
}

/// The phrase of a noun, without preposition, conjunction and outer punctuation.
pub(super) fn phrase(token: Token<'_>) -> TokenSpan {
    let whole = without_link(token, token.subtree());
    let mut span = trim(token.syntax, whole).unwrap_or(TokenSpan::single(token.id));
    // A mark that closes the quotation before, or opens the one after, is not the speaker's.
    let mark = |id: TokenId| super::quotes::is_mark(token.syntax.token(id).form());
    if span.iter().filter(|id| mark(*id)).count() % 2 == 1 {
        if mark(span.start) {
            span.start.0 += 1;
        } else if mark(TokenId(span.end.0 - 1)) {
            span.end.0 -= 1;
        }
    }
    trim(token.syntax, span).unwrap_or(TokenSpan::single(token.id))
}

/// Whether a verb is passive: it has a passive auxiliary or subject, or is a past participle after a noun.
pub(super) fn is_passive(token: Token<'_>) -> bool {
    let own = token.children().any(|child| matches!(child.relation(), Relation::AuxPass | Relation::NsubjPass));
    let participle = token.xpos() == Xpos::Vbn && !token.children().any(|child| child.relation() == Relation::Aux);
    match token.relation() {
        _ if own => true,
        // "The group, formed last year, announced that …": what has a "that" clause is no participle of the noun.
        Relation::Acl => {
            participle && !token.children().any(|child| child.relation() == Relation::Ccomp || is_means(child))
        }
        Relation::Advcl => participle,
        Relation::Conj => {
            participle
                && !token.children().any(|child| child.relation().is_subject())
                && token.head().is_some_and(|head| head.children().any(|child| child.relation() == Relation::AuxPass))
        }
        _ => false,
    }
}

/// The agent of a passive ("by the ministry").
pub(super) fn agent(token: Token<'_>) -> Option<Speaker> {
    token
        .children()
        .find(|child| {
            matches!(child.relation(), Relation::OblAgent | Relation::Obl)
                && child.children().any(|case| case.relation() == Relation::Case && case.lemma() == "by")
                && !is_means(*child)
        })
        .map(speaker)
}

/// "said by telephone": the means, not the speaker.
fn is_means(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "telephone" | "phone" | "e-mail" | "email" | "mail" | "post" | "fax" | "radio" | "letter")
}

/// Who a cue noun belongs to: its possessor, who it comes from, or the subject of a verb that lends it. With the
/// lending verb, whose words then belong to the cue.
pub(super) fn of_noun(token: Token<'_>) -> (Option<Speaker>, Option<Token<'_>>) {
    if let Some(possessor) = token.child(Relation::NmodPoss) {
        return (Some(possessive(possessor)), None);
    }
    let origin = token.children().find(|child| {
        matches!(child.relation(), Relation::Nmod | Relation::Obl)
            && child
                .children()
                .any(|case| case.relation() == Relation::Case && matches!(case.lemma(), "by" | "from" | "among"))
    });
    if let Some(origin) = origin {
        return (Some(speaker(origin)), None);
    }
    if token.relation() == Relation::Obj
        && let Some(verb) = token.head()
        && CUES.is_light(verb.lemma())
    {
        return (of_verb(verb), Some(verb));
    }
    (None, None)
}

/// A possessor without its ending ("the ministry" in "the ministry's claim").
fn possessive(token: Token<'_>) -> Speaker {
    let mut span = token.subtree();
    if let Some(case) = token.children().find(|child| child.xpos() == Xpos::Pos && child.id > token.id) {
        span.end = span.end.min(case.id);
    }
    Speaker { span, head: token.id }
}

/// A span without punctuation at its ends. Quotation marks and brackets stay where they enclose something of it.
pub(super) fn trim(syntax: &Syntax, span: TokenSpan) -> Option<TokenSpan> {
    let brackets = |form: &str| span.iter().filter(|&token| syntax.token(token).form() == form).count();
    let balanced = brackets("(") == brackets(")");
    let loose = |token: TokenId| match syntax.token(token).form() {
        "," | ";" | ":" | "." | "-" | "–" | "—" | "--" | "…" | "..." => true,
        "(" | ")" => !balanced,
        _ => false,
    };
    let mut span = span;
    while !span.is_empty() && loose(span.start) {
        span.start.0 += 1;
    }
    while !span.is_empty() && loose(TokenId(span.end.0 - 1)) {
        span.end.0 -= 1;
    }
    let only_marks = span.iter().all(|token| super::quotes::is_mark(syntax.token(token).form()));
    (!span.is_empty() && !only_marks).then_some(span)
}
