//! The members of a filler: coordinations and "the two sides" become one participant each.

use crate::actors::Actors;
use crate::codebook::{Codebook, FillerClass, Line};
use crate::frames::{conjuncts, preposition};
use crate::matching::fits_class;
use document::{Document, Participant, TokenId, Xpos};

/// The participants that a filler stands for.
pub(super) fn expand(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors<'_>,
    line: &Line,
    filler: TokenId,
    part: Option<&'static str>,
    shared: bool,
) -> Vec<Participant> {
    let any = line.fillers.iter().any(|class| matches!(class, FillerClass::Any));
    let mut participants = Vec::new();
    for head in conjuncts(document.token(filler)) {
        if !any && !line.fillers.iter().any(|class| fits_class(document, codebook, actors, class, head)) {
            continue;
        }
        let span = actors.phrase(head);
        let members = members(document, actors, head);
        if members.len() > 1 {
            for member in members {
                let mut actor = actors.resolve(member);
                actor.antecedent = Some(actors.phrase(member));
                participants.push(Participant { span, head, actor, part, inferred: shared });
            }
        } else {
            participants.push(Participant { span, head, actor: actors.resolve(head), part, inferred: shared });
        }
    }
    participants
}

/// The heads that a plural phrase stands for: whose the delegations are ("delegations from Chad and Niger"), or what a
/// reference ("the two sides", "they") refers to, if that is a coordination.
fn members(document: &Document, actors: &Actors<'_>, head: TokenId) -> Vec<TokenId> {
    if document.token(head).xpos() == Xpos::Nns
        && actors.resolve(head).role.is_some()
        && let Some(owner) = document
            .token(head)
            .children()
            .find(|child| matches!(preposition(*child).as_deref(), Some("from" | "of" | "for")))
    {
        let owners: Vec<TokenId> = conjuncts(owner).into_iter().filter(|owner| actors.is_actor(*owner)).collect();
        if owners.len() > 1 {
            return owners;
        }
    }
    for chain in &document.chains {
        let is_own = |mention: &&document::TokenSpan| actors.head_of(**mention) == Some(head);
        let Some(own) = chain.mentions.iter().find(is_own) else { continue };
        for mention in chain.mentions.iter().filter(|mention| *mention != own) {
            let Some(first) = actors.head_of(*mention) else { continue };
            let members: Vec<TokenId> =
                conjuncts(document.token(first)).into_iter().filter(|member| mention.holds(*member)).collect();
            if members.len() > 1 {
                return members;
            }
        }
    }
    Vec::new()
}
