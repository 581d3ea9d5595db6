//! Statements that the grammar of one sentence shows, above all those of verbs: where the content of a cue verb stands,
//! active, passive, set in or merely beside it. Quotations that no cue reaches by grammar are left to `speeches`.

use super::cues::{CUES, Cue};
use super::draft::{Draft, Found, finish, subtract};
use super::links::{begins_with, is_infinitive, linked_by, prepositional, with_adjuncts};
use super::nominals::{according, adjective, adverb, noun, noun_content, state_of};
use super::speakers;
use document::{Relation, Syntax, Token, TokenId, TokenSpan, Upos, Xpos};

/// All statements that grammar shows, in the order of their cue words.
pub(super) fn find(syntax: &Syntax) -> Vec<Draft> {
    syntax
        .iter_tokens()
        .filter_map(|token| match token.upos() {
            Upos::Verb => verb(token).or_else(|| according(token)),
            Upos::Noun => noun(token),
            Upos::Adj => adjective(token),
            Upos::Adv => adverb(token),
            _ => according(token),
        })
        .map(|draft| until_semicolon(syntax, draft))
        .collect()
}

/// What is said ends at a semicolon with a main clause behind it: "…, the network said; there was no comment".
fn until_semicolon(syntax: &Syntax, mut draft: Draft) -> Draft {
    let sentence = syntax.sentence_of(draft.head).tokens();
    let mut quoted = false;
    let mut border = None;
    for id in sentence.iter().skip_while(|id| *id <= draft.head) {
        let form = syntax.token(id).form();
        quoted ^= super::quotes::is_mark(form);
        if form == ";" && !quoted {
            border = Some(id);
            break;
        }
    }
    let Some(border) = border else { return draft };
    let behind = TokenSpan { start: TokenId(border.0 + 1), end: sentence.end };
    let mut words = behind.iter().map(|id| syntax.token(id));
    // "said that …; that …" goes on.
    let goes_on = words.clone().take(2).any(|word| word.form() == "that" && word.relation() != Relation::Det);
    let own = words.clone().any(|word| word.relation().is_subject() || word.relation() == Relation::Expl)
        && words.any(|word| matches!(word.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    if own && !goes_on {
        draft.content = super::draft::cut(syntax, &draft.content, &[TokenSpan { start: border, end: sentence.end }]);
    }
    draft
}

/// The cue entry of a verb, with its particle if the list has them together.
pub(super) fn verb_cue(token: Token<'_>) -> Option<&'static Cue> {
    let particle = token.child(Relation::CompoundPrt).map(|particle| particle.form());
    CUES.verb(token.lemma(), particle)
}

fn verb(token: Token<'_>) -> Option<Draft> {
    // "Regarding the plan, …" is a preposition.
    if token.form().eq_ignore_ascii_case("regarding") {
        return None;
    }
    // "are committed to", "was convinced that": a state of the subject, not done to it.
    let state = CUES.adjective(&token.form().to_lowercase());
    if let Some(cue) = state.filter(|_| speakers::is_passive(token) && speakers::agent(token).is_none()) {
        return state_of(token, cue);
    }
    let cue = verb_cue(token)?;
    let found = if cue.impersonal {
        impersonal(token, cue)
    } else if speakers::is_passive(token) {
        passive(token, cue)
    } else {
        active(token, cue)
    }?;
    finish(token, found)
}

fn active<'a>(token: Token<'a>, cue: &Cue) -> Option<Found> {
    let mut found = active_content(token, cue)?;
    if found.speakers.is_none() {
        let inverted = || speakers::after_verb(token).filter(|_| cue.quote && follows_comma(token));
        found.speakers = Some(vec![speakers::of_verb(token).or_else(inverted)?]);
    }
    if found.addressee.is_none() {
        found.addressee = addressee(token, cue, &found.content);
    }
    Some(found)
}

fn active_content(token: Token<'_>, cue: &Cue) -> Option<Found> {
    // "claimed the lives of", "claimed responsibility", "claimed victory" put nothing forward.
    if token.lemma() == "claim"
        && token
            .child(Relation::Obj)
            .is_some_and(|object| matches!(object.lemma(), "life" | "responsibility" | "victory"))
    {
        return None;
    }
    if cue.clause
        && (is_set_in(token) || is_inverted(token))
        && let Some(found) = beside(token, cue)
    {
        return Some(found);
    }
    if cue.clause || cue.quote {
        let clauses: Vec<TokenSpan> = token
            .children()
            .filter(|child| is_content_clause(token, *child, cue))
            .flat_map(|child| without_siblings(token, child))
            .collect();
        if !clauses.is_empty() {
            return Some(Found::new(with_main_clause(token, clauses), cue.manner));
        }
    }
    if cue.target
        && let Some(content) = target(token)
    {
        return Some(Found::new(vec![content], cue.manner));
    }
    if let Some(manner) = cue.infinitive
        && let Some(infinitive) =
            token.children().find(|child| child.relation() == Relation::Xcomp && is_infinitive(*child))
    {
        return Some(Found::new(vec![infinitive.subtree()], manner));
    }
    if let Some((content, link, manner)) = prepositional(token, cue) {
        let mut found = Found::new(vec![content], manner);
        found.link = Some(link);
        return Some(found);
    }
    if cue.object
        && !cue.person
        && let Some(object) = token.child(Relation::Obj)
        && !lends_subject(token, object)
    {
        return Some(Found::new(vec![with_adjuncts(token, object.subtree())], cue.manner));
    }
    if cue.clause {
        return around(token, cue).or_else(|| beside(token, cue));
    }
    None
}

/// "…, he said, …": set between commas, so that what stands before and after is the content, whatever the parse makes
/// of the two halves.
fn is_set_in(token: Token<'_>) -> bool {
    let syntax = token.syntax;
    let sentence = token.sentence().tokens();
    let is_comma = |id: u32| sentence.holds(TokenId(id)) && syntax.token(TokenId(id)).form() == ",";
    let before = speakers::before_verb(token).and_then(|speaker| speaker.span.start.0.checked_sub(1));
    let ends = |id: u32| sentence.holds(TokenId(id)) && syntax.token(TokenId(id)).form() == ";";
    (is_comma(token.id.0 + 1) || ends(token.id.0 + 1)) && before.is_some_and(is_comma)
}

fn follows_comma(token: Token<'_>) -> bool {
    let before = token.id.0.checked_sub(1).map(|id| token.syntax.token(TokenId(id)));
    before.is_some_and(|before| before.form() == ",")
}

/// "…, said its spokesman, Colonel …": nothing said stands behind the verb, whatever the parse takes for its object.
fn is_inverted(token: Token<'_>) -> bool {
    let clause = |child: Token<'_>| {
        child.id > token.id && matches!(child.relation(), Relation::Ccomp | Relation::Parataxis | Relation::Xcomp)
    };
    let object = token.child(Relation::Obj).is_some_and(|object| matches!(object.upos(), Upos::Noun | Upos::Propn));
    token.lemma() == "say" && follows_comma(token) && object && !subject_before(token) && !token.children().any(clause)
}

/// A finite verb for which the parse found no content, read from the order of words alone: "…, the ministry said.",
/// "…, said the envoy, who …", "The ministry said the …".
fn beside(token: Token<'_>, cue: &Cue) -> Option<Found> {
    let syntax = token.syntax;
    let finite = |token: Token<'_>| matches!(token.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    if !finite(token) {
        return None;
    }
    let sentence = token.sentence().tokens();
    let clause = |span: TokenSpan| {
        let verbs = span.iter().any(|id| finite(syntax.token(id)));
        let nominal = span.iter().any(|id| syntax.token(id).relation().is_subject());
        // Quoted words may stand inside; a whole quotation is the business of `speeches`.
        let marks = span.iter().filter(|id| super::quotes::is_mark(syntax.token(*id).form())).count();
        let opens = span.iter().next().is_some_and(|id| super::quotes::is_mark(syntax.token(id).form()));
        verbs && nominal && marks % 2 == 0 && !opens
    };
    let noun_phrase = speakers::before_verb(token);
    let start = noun_phrase.map_or(token.id, |speaker| speaker.span.start);
    let comma = start > sentence.start && syntax.token(TokenId(start.0 - 1)).form() == ",";
    let before = TokenSpan { start: sentence.start, end: TokenId(start.0 - u32::from(comma)) };
    let after = TokenSpan { start: TokenId(token.id.0 + 1), end: sentence.end };
    let next = after.iter().next().map(|id| syntax.token(id));
    let mut found = Found::new(Vec::new(), cue.manner);
    if comma && clause(before) {
        match (noun_phrase, next) {
            (Some(_), None) => {}
            // "…, she added, to make sure …": the content goes on; a participle belongs to the speaker.
            (Some(_), Some(next)) if next.form() == "," => {
                let follows = after.iter().nth(1).is_some_and(|id| syntax.token(id).xpos() != Xpos::Vbg);
                found.content.extend(follows.then_some(after));
            }
            (Some(_), Some(next)) if next.upos() == Upos::Punct || after.len() <= 8 && !clause(after) => {}
            (None, Some(_)) if cue.quote && !subject_before(token) => {
                found.speakers = Some(vec![speakers::after_verb(token)?])
            }
            _ => return None,
        }
        found.content.insert(0, before);
    } else if let (true, Some(that), Some(_)) = (cue.clause, that_after(token, after), speakers::of_verb(token)) {
        // "said in a statement that …": the parser may hang the clause on the statement.
        found.speakers = speakers::of_verb(token).map(|speaker| vec![speaker]);
        found.content.push(TokenSpan { start: that, end: token.subtree().end.max(that) });
    } else if let (true, false, Some(_), Some(next)) = (cue.quote, comma, noun_phrase, next) {
        if !clause(after) || next.upos() == Upos::Punct {
            return None;
        }
        found.content.push(after);
    } else {
        return None;
    }
    found.speakers = found.speakers.or_else(|| noun_phrase.map(|speaker| vec![speaker]));
    Some(found)
}

fn subject_before(token: Token<'_>) -> bool {
    token.children().any(|child| child.relation().is_subject() && child.id < token.id)
}

/// The "that" of a clause after a verb, if no other verb and no mark of punctuation stands between.
fn that_after(token: Token<'_>, after: TokenSpan) -> Option<TokenId> {
    let syntax = token.syntax;
    let words = after.iter().take(10).take_while(|id| !matches!(syntax.token(*id).upos(), Upos::Verb | Upos::Punct));
    words.into_iter().find(|id| {
        let word = syntax.token(*id);
        // Not the article of "said on that day".
        let opens = word.form() == "that" && word.relation() != Relation::Det && id.0 + 1 < after.end.0;
        opens && !syntax.token(TokenId(id.0 - 1)).xpos().as_str().starts_with("IN")
    })
}

/// Whether the object is a cue noun that will take this verb's subject as its speaker.
fn lends_subject(verb: Token<'_>, object: Token<'_>) -> bool {
    CUES.is_light(verb.lemma()) && CUES.noun(object.lemma()).is_some_and(|cue| noun_content(object, cue).is_some())
}

fn is_content_clause(token: Token<'_>, child: Token<'_>, cue: &Cue) -> bool {
    match child.relation() {
        // "agreed to talk until a deal is reached": a clause of time or condition is not the content.
        Relation::Ccomp => !begins_with(child, |word| {
            matches!(
                word,
                "until"
                    | "unless"
                    | "before"
                    | "after"
                    | "because"
                    | "although"
                    | "though"
                    | "while"
                    | "since"
                    | "once"
            )
        }),
        // "He said: they left." and "“They left,” he said": what stands beside a verb of speech after a colon or in
        // quotation marks.
        Relation::Parataxis => {
            cue.quote && verb_cue(child).is_none_or(|inner| !inner.quote) && {
                let syntax = token.syntax;
                let between = if child.id > token.id {
                    TokenSpan { start: TokenId(token.id.0 + 1), end: child.subtree().start }
                } else {
                    TokenSpan { start: child.subtree().start, end: TokenId(child.subtree().start.0 + 1) }
                };
                let first = child.subtree().start;
                let opens = |id: TokenId| super::quotes::is_mark(syntax.token(id).form());
                let colon = syntax.token(first).form() == ":" && child.id > token.id;
                opens(first) || colon || between.iter().any(|id| opens(id) || syntax.token(id).form() == ":")
            }
        }
        _ => false,
    }
}

/// The subtree of a clause, without the other dependents of its governor that stand inside it: "…," he said, "…".
fn without_siblings<'a>(token: Token<'a>, clause: Token<'a>) -> Vec<TokenSpan> {
    let span = clause.subtree();
    if !span.holds(token.id) {
        return vec![if span.start > token.id { from_that(token.syntax, span) } else { span }];
    }
    let mut excluded: Vec<TokenSpan> = token
        .children()
        .filter(|child| child.id != clause.id && child.relation() != Relation::Punct)
        .map(Token::subtree)
        .filter(|sibling| !sibling.holds(clause.id))
        .collect();
    excluded.push(TokenSpan::single(token.id));
    subtract(span, &excluded)
}

/// "said that although the troops left, the country …": where the parser ends the content at the comma, the main clause
/// is still to come, and the content runs to the end of the sentence.
fn with_main_clause(token: Token<'_>, mut clauses: Vec<TokenSpan>) -> Vec<TokenSpan> {
    let syntax = token.syntax;
    let sentence = token.sentence().tokens();
    if let [content] = clauses.as_mut_slice()
        && content.start > token.id
        && content.end < sentence.end
        && [content.end, TokenId(content.end.0 - 1)].iter().any(|id| syntax.token(*id).form() == ",")
    {
        let word = |offset: u32| {
            syntax.token(TokenId((content.start.0 + offset).min(content.end.0))).form().to_ascii_lowercase()
        };
        let subordinates = |word: &str| {
            matches!(word, "although" | "though" | "while" | "if" | "as" | "when" | "because" | "since" | "unless")
        };
        if subordinates(&word(0)) || word(0) == "that" && subordinates(&word(1)) {
            content.end = sentence.end;
        }
    }
    clauses
}

/// A clause without the adverb before its "that" ("told reporters afterwards that …"), which tells of the speaking.
fn from_that(syntax: &Syntax, span: TokenSpan) -> TokenSpan {
    let that = span.iter().take(4).skip(1).find(|id| syntax.token(*id).form() == "that");
    let first = syntax.token(span.start);
    match that {
        Some(that) if matches!(first.upos(), Upos::Adv | Upos::Adp | Upos::Noun | Upos::Propn) => {
            TokenSpan { start: that, end: span.end }
        }
        _ => span,
    }
}

/// "accused the rebels of looting", "called the vote a farce": the object with all that is said of it.
fn target(token: Token<'_>) -> Option<TokenSpan> {
    let object = token.child(Relation::Obj)?;
    let mut content = object.subtree();
    for child in token.children().filter(|child| child.id > object.id) {
        let belongs = match child.relation() {
            Relation::Xcomp | Relation::Ccomp | Relation::Iobj => true,
            Relation::Obl | Relation::Advcl | Relation::Obj => linked_by(child, |link| {
                matches!(link, "of" | "for" | "as" | "with" | "over" | "to" | "into" | "against" | "not")
            }),
            _ => false,
        };
        if belongs {
            content = content.cover(child.subtree());
        }
    }
    Some(with_adjuncts(token, content))
}

/// "The plan, he said, would fail": the cue is set into or behind the clause that is its content.
fn around(token: Token<'_>, cue: &Cue) -> Option<Found> {
    let governor = token.head()?;
    let own_subject = token.children().any(|child| child.relation().is_subject());
    let set_in = match token.relation() {
        Relation::Parataxis => own_subject,
        Relation::Advcl => linked_by(token, |link| link == "as"),
        _ => false,
    };
    // A finite verb alone: "he said", not a comment such as "asked about it".
    if !set_in || token.child(Relation::Obj).is_some_and(|_| !cue.person) {
        return None;
    }
    let content = subtract(governor.subtree(), &[token.subtree()]);
    Some(Found::new(content, cue.manner))
}

fn impersonal(token: Token<'_>, cue: &Cue) -> Option<Found> {
    let complement = token
        .children()
        .find(|child| matches!(child.relation(), Relation::Xcomp | Relation::Ccomp) && child.id > token.id)?;
    // "seemed to mock them" is a statement of its own verb.
    if is_infinitive(complement) && verb_cue(complement).is_some() {
        return None;
    }
    let mut content = Vec::new();
    content.extend(subject_as_content(token));
    content.push(complement.subtree());
    let mut found = Found::new(content, cue.manner);
    found.speakers = Some(Vec::new());
    Some(found)
}

/// The subject of a passive, as a part of the content; not an expletive.
fn subject_as_content(token: Token<'_>) -> Option<TokenSpan> {
    let subject = speakers::of_verb(token)?;
    let head = token.syntax.token(subject.head);
    (!(head.relation() == Relation::Expl || head.form().eq_ignore_ascii_case("it") && has_clause(token)))
        .then_some(subject.span)
}

fn has_clause(token: Token<'_>) -> bool {
    token.children().any(|child| matches!(child.relation(), Relation::Ccomp | Relation::Csubj | Relation::CsubjPass))
}

fn passive(token: Token<'_>, cue: &Cue) -> Option<Found> {
    let clause = token
        .children()
        .find(|child| matches!(child.relation(), Relation::Ccomp | Relation::Csubj | Relation::CsubjPass));
    let mut found = if let Some(clause) = clause.filter(|_| cue.clause) {
        let mut found = Found::new(vec![clause.subtree()], cue.manner);
        if cue.person {
            found.addressee = speakers::of_verb(token).map(|subject| subject.span);
        }
        found
    } else {
        let mut content: Vec<TokenSpan> = subject_as_content(token).into_iter().collect();
        let complement = token.children().filter(|child| child.id > token.id).find(|child| match child.relation() {
            Relation::Xcomp | Relation::Ccomp => true,
            Relation::Obl | Relation::Advcl => linked_by(*child, |link| {
                cue.takes(link).is_some() || (cue.target && matches!(link, "of" | "for" | "as" | "with" | "over"))
            }),
            _ => false,
        });
        if !(cue.object || cue.target || complement.is_some()) || content.is_empty() && complement.is_none() {
            return None;
        }
        let manner = complement.filter(|child| is_infinitive(*child)).and(cue.infinitive).unwrap_or(cue.manner);
        content.extend(complement.map(Token::subtree));
        Found::new(content, manner)
    };
    found.speakers = Some(speakers::agent(token).into_iter().collect());
    Some(found)
}

fn addressee(token: Token<'_>, cue: &Cue, content: &[TokenSpan]) -> Option<TokenSpan> {
    let child = token.children().find(|child| match child.relation() {
        Relation::Iobj => true,
        Relation::Obj => cue.person,
        Relation::Obl => linked_by(*child, |link| link == "to") && cue.takes("to").is_none(),
        _ => false,
    })?;
    let span = speakers::phrase(child);
    (!content.iter().any(|part| part.overlaps(span))).then_some(span)
}
