//! Who vouches for a claim: the statements whose contents hold it, without those that it only stands beside.
//!
//! A relative clause may stand inside a content and yet be nobody's there: who denies a demand does not deny what the
//! clause adds about the man it is for. [`according_to`] is the whole of it.

use crate::actors::Actors;
use crate::frames::conjuncts;
use crate::status::is_circumstance;
use document::{Document, Manner, Relation, Statement, Token, TokenId, Upos};

/// How far up the tree a clause is looked for.
const REACH: usize = 24;

/// The innermost statement that vouches for a predicate of this category, and the statements around it.
pub(super) fn according_to(document: &Document, actors: &Actors<'_>, predicate: TokenId, category: &str) -> Vec<usize> {
    let is_speech = matches!(category, "ACCUSE" | "REJECT" | "REQUEST" | "THREATEN");
    let covering = document.statements.iter().enumerate().filter(|(_, statement)| {
        !statement.cue.iter().any(|part| part.holds(predicate))
            && reaches(document, actors, statement, predicate, is_speech)
    });
    let innermost = covering
        .min_by_key(|(index, statement)| (statement.content.iter().map(|part| part.len()).sum::<usize>(), *index));
    let mut chain = Vec::new();
    let mut next = innermost.map(|(index, _)| index);
    while let Some(index) = next {
        if chain.contains(&index) {
            break;
        }
        chain.push(index);
        let statement = &document.statements[index];
        next = statement.within;
        // What is said in an aside is not said by who is quoted around it.
        let cue = statement.cue.first().map(|cue| cue.start);
        while let (Some(outer), Some(cue)) = (next, cue) {
            if chain.contains(&outer) || reaches(document, actors, &document.statements[outer], cue, true) {
                break;
            }
            next = document.statements[outer].within;
        }
    }
    chain
}

/// Whether the content of a statement holds a word and puts it forward.
fn reaches(document: &Document, actors: &Actors<'_>, statement: &Statement, token: TokenId, is_speech: bool) -> bool {
    let Some(part) = statement.content.iter().find(|part| part.holds(token)) else { return false };
    let mut word = document.token(token);
    for _ in 0..REACH {
        let Some(above) = word.head() else { break };
        if is_relative(document, word) {
            let of_speaker = statement.speakers.iter().any(|span| span.holds(above.id));
            if of_speaker
                || above.id < word.id && part.holds(above.id) && leaves(actors, statement, word, token, is_speech)
            {
                return false;
            }
        }
        if !part.holds(above.id) {
            break;
        }
        // "plan to meet again after two days of talks": who plans the one takes the other for granted.
        if takes_for_granted(statement.manner) && is_circumstance(word) {
            return false;
        }
        word = above;
    }
    true
}

/// Whether a clause is a relative one: by the parse, or by its ", which" where the parser has hung it elsewhere.
fn is_relative(document: &Document, clause: Token<'_>) -> bool {
    let pronoun = |child: Token<'_>| {
        child.upos() == Upos::Pron
            && child.xpos().as_str().starts_with('W')
            && child.id < clause.id
            && child.id.0 > 0
            && document.token(TokenId(child.id.0 - 1)).form() == ","
    };
    clause.relation() == Relation::AclRelcl || clause.children().any(pronoun)
}

/// Whether a relative clause stands outside of what is put forward. Who denies, asks or promises takes it for granted;
/// who says something may add it himself, unless it tells what another said ("which the rebels have denied").
fn leaves(actors: &Actors<'_>, statement: &Statement, clause: Token<'_>, token: TokenId, is_speech: bool) -> bool {
    let own = || conjuncts(clause).contains(&token);
    // "…, which the union opposed, diplomats said": a cue behind the clause takes it in.
    let behind = || statement.cue.iter().any(|cue| cue.start < clause.id);
    takes_for_granted(statement.manner) || is_speech && own() && behind() && is_of_another(actors, statement, clause)
}

/// Whether what surrounds the content of a statement of this manner is outside of what is put forward.
fn takes_for_granted(manner: Manner) -> bool {
    matches!(manner, Manner::Denied | Manner::Asked | Manner::Promised)
}

/// Whether the subject of a clause is somebody else than the speaker.
fn is_of_another(actors: &Actors<'_>, statement: &Statement, clause: Token<'_>) -> bool {
    let Some(subject) = clause.children().find(|child| child.relation().is_subject()) else { return false };
    let relative = subject.xpos().as_str().starts_with('W');
    let noun = clause.head().filter(|head| matches!(head.upos(), Upos::Noun | Upos::Propn));
    let subject = if relative { noun.unwrap_or(subject) } else { subject };
    if subject.upos() == Upos::Pron {
        return false;
    }
    let actor = actors.resolve(subject.id);
    let another = |&head: &TokenId| {
        let speaker = actors.resolve(head);
        head != subject.id && (actor.id.is_none() || speaker.id != actor.id)
    };
    statement.speaker_heads.iter().all(another)
}
