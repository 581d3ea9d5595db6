//! The members of a filler: coordinations and "the two sides" become one participant each.

use crate::actors::Actors;
use crate::codebook::{Codebook, FillerClass, Line, Role};
use crate::frames::{Slot, conjuncts, points_at, preposition, surface_subject};
use crate::matching::{Match, fits_class};
use document::{ActorRef, Document, Participant, Relation, Statement, TokenId, Upos, Xpos};

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
        let head = if matches!(line.role, Some(Role::Actor(_))) { actors.agent_of(head) } else { head };
        participants.extend(members_or_self(document, actors, head, part, shared));
    }
    participants
}

/// "retook three villages from the rebels": what another line of the rule has taken is no part of a phrase before it.
pub(super) fn without(
    document: &Document,
    mut participants: Vec<Participant>,
    bound: &[(usize, TokenId, bool)],
) -> Vec<Participant> {
    for participant in &mut participants {
        for &(_, token, _) in bound {
            let start = document.parse.subtree(token).start;
            let behind = start > participant.head && participant.span.holds(start);
            if behind && document.token(token).child(Relation::Case).is_some() {
                participant.span.end = start;
            }
        }
    }
    participants
}

/// Who the talks were between when they are told as a circumstance of what the parties did: "said after two days of
/// talks that they would meet again".
pub(super) fn of_circumstance(document: &Document, actors: &Actors<'_>, matched: &Match) -> Vec<Participant> {
    let Some(&top) = matched.frame.anchors.last() else { return Vec::new() };
    let top = document.token(top);
    let told = top.relation() == Relation::Obl
        && preposition(top).is_some_and(|word| matches!(word.as_str(), "after" | "during" | "following" | "before"));
    let Some((subject, _)) = top.head().filter(|_| told).and_then(|verb| surface_subject(verb, 0)) else {
        return Vec::new();
    };
    let mut participants = Vec::new();
    for head in conjuncts(document.token(subject)).into_iter().filter(|head| actors.is_actor(*head)) {
        participants.extend(members_or_self(document, actors, head, Some("party"), true));
    }
    participants
}

/// Those who make a statement, as participants that are inferred from it.
pub(super) fn of_speakers(document: &Document, actors: &Actors<'_>, statement: &Statement) -> Vec<Participant> {
    let speakers = statement.speaker_heads.iter();
    speakers.flat_map(|&head| members_or_self(document, actors, head, None, true)).collect()
}

/// Whether a speaker is a pronoun that stands for nobody the report knows.
pub(super) fn is_bare_pronoun(document: &Document, actors: &Actors<'_>, speaker: TokenId) -> bool {
    let actor = actors.resolve(speaker);
    let known = actor.id.is_some() || actor.country.is_some() || actor.name.is_some() || !actor.sectors.is_empty();
    document.token(speaker).upos() == Upos::Pron && !known
}

/// Prepositions whose phrase may name whom an act concerns, beside its object.
const CONCERN: [&str; 10] = ["against", "at", "for", "from", "in", "into", "of", "on", "to", "with"];

/// Whom an act concerns, where its rule names nobody: whose the thing is that is rejected or returned, or who comes first
/// in what is promised, refused or done ("agreed to withdraw its troops from *Chad*", "vetoed *Togo*'s draft").
/// They are inferred. `things` are looked through first, then what else stands beside the predicate.
pub(super) fn concerned(
    document: &Document,
    actors: &Actors<'_>,
    matched: &Match,
    things: &[TokenId],
    own: &[Participant],
) -> Vec<Participant> {
    let beside = matched.frame.fillers.iter().filter(|filler| match &filler.slot {
        Slot::Object | Slot::Indirect => !filler.shared,
        Slot::Preposition(word) => !filler.shared && CONCERN.contains(&word.as_str()),
        _ => false,
    });
    let roots: Vec<TokenId> = things.iter().copied().chain(beside.map(|filler| filler.token)).collect();
    // Who is known goes before who is only called "troops" or "individuals".
    let first = |known: bool| roots.iter().find_map(|&root| first_actor(document, actors, root, own, known));
    let found = first(true).or_else(|| first(false));
    let Some(head) = found else { return Vec::new() };
    conjuncts(document.token(head))
        .into_iter()
        .filter(|head| actors.is_actor(*head))
        .flat_map(|head| members_or_self(document, actors, head, None, true))
        .collect()
}

/// The first phrase below a word that is an actor or belongs to one, other than those given; if `known` is set only one
/// whose country or name is.
fn first_actor(
    document: &Document,
    actors: &Actors<'_>,
    root: TokenId,
    own: &[Participant],
    known: bool,
) -> Option<TokenId> {
    let other = |head: TokenId| {
        let actor = actors.resolve(head);
        // "its troops" are the actor's own.
        let possessed = document.token(head).child(Relation::NmodPoss).is_some_and(|owner| owner.upos() == Upos::Pron);
        // Nor need "4,500 troops" or "observers" be anybody but the actor's.
        let told = actor.id.is_some() || actor.country.is_some() || actor.name.is_some();
        let definite = points_at(document.token(head));
        if possessed || !told && (known || !definite) {
            return false;
        }
        !own.iter()
            .any(|one| one.span.holds(head) || one.head == head || actor.id.is_some() && actor.id == one.actor.id)
    };
    let outside = |id: TokenId| {
        std::iter::successors(Some(document.token(id)), |word| word.head())
            .take_while(|word| word.id != root)
            .any(|word| word.relation() == Relation::AclRelcl)
    };
    document.parse.subtree(root).iter().find_map(|id| {
        let word = document.token(id);
        let part = matches!(
            word.relation(),
            Relation::Compound | Relation::Flat | Relation::Amod | Relation::Appos | Relation::NmodDesc
        );
        let noun = matches!(word.upos(), Upos::Noun | Upos::Propn);
        if part || !noun || document.time_at(id).is_some() || outside(id) {
            return None;
        }
        let actor = if actors.is_actor(id) { Some(id) } else { actors.owner_of(id) };
        actor.filter(|&head| document.token(head).upos() != Upos::Pron && other(head))
    })
}

/// One participant for each member of a plural reference, or one for the phrase itself.
fn members_or_self(
    document: &Document,
    actors: &Actors<'_>,
    head: TokenId,
    part: Option<&'static str>,
    inferred: bool,
) -> Vec<Participant> {
    let span = actors.phrase(head);
    let nationalities = actors.nationalities(head);
    if nationalities.len() > 1 {
        let each = nationalities.into_iter().map(|actor| Participant { span, head, actor, part, inferred });
        return each.collect();
    }
    let members = members(document, actors, head);
    if members.len() < 2 {
        let actor = actors.resolve(head);
        return vec![Participant { span, head, actor, part, inferred: inferred || actors.is_inferred(head) }];
    }
    let each = members.into_iter().map(|member| {
        let mut actor = actors.resolve(member);
        actor.antecedent = Some(actors.phrase(member));
        Participant { span, head, actor, part, inferred }
    });
    each.collect()
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
        // "Negotiators from the rival parties"
        if let Some(members) = actors.coordinated(owner.id) {
            return members.to_vec();
        }
    }
    if let Some(members) = actors.coordinated(head) {
        return members.to_vec();
    }
    let token = document.token(head);
    if matches!(token.form().to_lowercase().as_str(), "we" | "our" | "us") && token.upos() == Upos::Pron {
        return actors.spoken_in(token).map(|statement| speakers_of(document, statement)).unwrap_or_default();
    }
    joint_speakers(document, head)
}

/// "Delegations of both said that they would meet", "the two sides" after a joint statement: those who spoke together.
fn joint_speakers(document: &Document, head: TokenId) -> Vec<TokenId> {
    let token = document.token(head);
    let they = matches!(token.lemma(), "they" | "their" | "them");
    let sides = matches!(token.lemma(), "side" | "party" | "delegation")
        && token.xpos() == Xpos::Nns
        && token.children().any(|child| matches!(child.lemma(), "two" | "both" | "rival" | "warring"));
    if !they && !sides {
        return Vec::new();
    }
    let joint = |statement: &Statement| {
        let heads = speakers_of(document, statement);
        let says = sides || (!statement.quoted && statement.content.iter().any(|part| part.holds(head)));
        (says && heads.len() > 1 && heads.iter().all(|speaker| *speaker < head)).then_some(heads)
    };
    document.statements.iter().rev().find_map(joint).unwrap_or_default()
}

/// The heads of those who make a statement: the members of each speaker's phrase, also where the parser tore it apart.
fn speakers_of(document: &Document, statement: &Statement) -> Vec<TokenId> {
    let top = |span: &document::TokenSpan, token: TokenId| {
        let word = document.token(token);
        let noun = matches!(word.upos(), Upos::Noun | Upos::Propn);
        noun && (word.head().is_none_or(|head| !span.holds(head.id)) || word.relation() == Relation::Conj)
    };
    // A phrase that is torn but joins nobody is one speaker's.
    let joined = |span: &document::TokenSpan| span.iter().any(|token| document.token(token).relation() == Relation::Cc);
    let pairs = statement.speakers.iter().zip(&statement.speaker_heads);
    let heads = pairs.flat_map(|(span, head)| {
        let all = joined(span);
        span.iter().filter(move |token| if all { top(span, *token) } else { token == head })
    });
    heads.collect()
}

/// Who a speaker is. Several under one word ("the two governments") have the names of all and the sectors that all
/// have; they are not the first of them.
pub(super) fn maker(document: &Document, actors: &Actors<'_>, head: TokenId) -> ActorRef {
    let members: Vec<ActorRef> =
        members(document, actors, head).into_iter().map(|member| actors.resolve(member)).collect();
    let [first, others @ ..] = members.as_slice() else { return actors.resolve(head) };
    if others.iter().all(|other| other.id == first.id && other.country == first.country) {
        return actors.resolve(head);
    }
    let shared = |sector: &&String| others.iter().all(|other| other.sectors.contains(sector));
    let names: Vec<&str> = members.iter().filter_map(|member| member.name.as_deref()).collect();
    ActorRef {
        id: None,
        name: (names.len() == members.len()).then(|| names.join(", ")),
        country: first.country.clone().filter(|_| others.iter().all(|other| other.country == first.country)),
        sectors: first.sectors.iter().filter(shared).cloned().collect(),
        role: None,
        antecedent: None,
    }
}
