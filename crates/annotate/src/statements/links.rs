//! How phrases and clauses hang on a cue: by preposition, conjunction or infinitive, and how far they reach.

use super::cues::{CUES, Cue};
use document::{Manner, Relation, Token, TokenId, TokenSpan, Xpos};

/// A nominal content with the phrases that follow it at once ("opposed the plan for the port"): whether these hang on
/// the noun or on the verb is a toss-up for the parser, and either way they belong to what is put forward. Not so the
/// time and the place of speaking.
pub(super) fn with_adjuncts(token: Token<'_>, content: TokenSpan) -> TokenSpan {
    let mut content = content;
    for child in token.children().filter(|child| child.id > token.id) {
        let adjunct = matches!(
            child.relation(),
            Relation::Obl | Relation::Advcl | Relation::Nmod | Relation::Acl | Relation::AclRelcl
        );
        let of_speaking = CUES.is_vehicle(child.lemma())
            || CUES.is_day(child.form())
            || linked_by(child, |link| {
                matches!(
                    link,
                    "during"
                        | "after"
                        | "before"
                        | "when"
                        | "while"
                        | "at"
                        | "by"
                        | "if"
                        | "because"
                        | "although"
                        | "since"
                )
            })
            || child.child(Relation::Mark).is_none()
                && child.relation() == Relation::Advcl
                && child.xpos() == Xpos::Vbg;
        if adjunct && !of_speaking && child.subtree().start == content.end {
            content.end = child.subtree().end;
        }
    }
    content
}

/// Whether the first word of a clause passes the test, whatever the parser takes it for.
pub(super) fn begins_with(child: Token<'_>, test: impl Fn(&str) -> bool) -> bool {
    test(&child.syntax.token(child.subtree().start).form().to_ascii_lowercase())
}

/// Whether the phrase or clause begins with a preposition or conjunction that passes the test.
pub(super) fn linked_by(child: Token<'_>, test: impl Fn(&str) -> bool) -> bool {
    link(child).is_some_and(|link| test(&link.form().to_ascii_lowercase()))
}

pub(super) fn link(child: Token<'_>) -> Option<Token<'_>> {
    child.children().find(|link| matches!(link.relation(), Relation::Case | Relation::Mark) && link.id < child.id)
}

pub(super) fn is_infinitive(token: Token<'_>) -> bool {
    token.children().any(|child| child.relation() == Relation::Mark && child.xpos() == Xpos::To)
}

pub(super) fn prepositional(token: Token<'_>, cue: &Cue) -> Option<(TokenSpan, TokenId, Manner)> {
    token.children().filter(|child| child.id > token.id).find_map(|child| {
        let fits = matches!(
            child.relation(),
            Relation::Obl | Relation::Advcl | Relation::Nmod | Relation::Acl | Relation::Xcomp | Relation::Ccomp
        );
        let link = link(child).filter(|_| fits && !CUES.is_day(child.form()))?;
        let adjoins = link.relation() == Relation::Case || !is_infinitive(child);
        let manner = cue.takes(link.form()).filter(|_| adjoins && child.subtree().start == link.id)?;
        // "called on both sides to stop": the infinitive belongs to those called on.
        let infinitive = token.children().find(|other| other.relation() == Relation::Xcomp && is_infinitive(*other));
        let end = infinitive.map_or(child.subtree().end, |other| other.subtree().end.max(child.subtree().end));
        Some((with_adjuncts(token, TokenSpan { start: TokenId(link.id.0 + 1), end }), link.id, manner))
    })
}
