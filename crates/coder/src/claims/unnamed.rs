//! Acts of speech that no verb names: what a speaker says must be done, will be done, will not be done or was not done is
//! asked for, promised or threatened, refused, denied. Which categories, the codebook says.

use super::{Draft, participants};
use crate::actors::Actors;
use crate::codebook::Codebook;
use document::{
    Claim, ClaimKind, Document, Evidence, Granularity, GranularityKind, Manner, Participant, Relation, Relationship,
    Statement, Status, Token, TokenSpan,
};

/// "Israel must end the attacks", said by somebody else: the speaker asks for it.
pub(super) fn demand(document: &Document, codebook: &Codebook, actors: &Actors<'_>, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let inner = &drafts[index].claim;
        if inner.nested || inner.kind != ClaimKind::Event || !codebook.demands.contains(&inner.category) {
            continue;
        }
        let Some(statement) = inner.according_to.first().map(|&first| &document.statements[first]) else { continue };
        let anchors = &drafts[index].matched.frame.anchors;
        let modal = anchors
            .iter()
            .flat_map(|&anchor| document.token(anchor).children())
            .find(|child| child.relation() == Relation::Aux && matches!(child.lemma(), "must" | "should" | "ought"));
        let Some(modal) = modal.map(|modal| modal.id) else { continue };
        let own = is_speaker(actors, statement, &inner.actors);
        if own || statement.speaker_heads.is_empty() || inner.actors.is_empty() {
            continue;
        }
        let speakers = participants::of_speakers(document, actors, statement);
        let spans =
            |participants: &[Participant]| participants.iter().map(|one| document.text_span(one.span)).collect();
        let outer = Claim {
            category: "REQUEST".into(),
            modes: codebook.content_mode("REQUEST", &inner.category).map(str::to_owned).into_iter().collect(),
            trigger: modal,
            predicate: vec![TokenSpan::single(modal)],
            evidence: vec![
                Evidence { field: "actors", spans: spans(&speakers), rule: "demands".into() },
                Evidence { field: "recipients", spans: spans(&inner.actors), rule: "demands".into() },
            ],
            recipients: inner.actors.clone(),
            actors: speakers,
            rule: "demands".into(),
            ..speech(inner, index)
        };
        enclose(drafts, index, outer);
    }
}

/// "The junta will not free the ministers": what somebody will not do is refused.
pub(super) fn refuse(document: &Document, codebook: &Codebook, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let inner = &drafts[index].claim;
        let refusable = inner.kind == ClaimKind::Event && codebook.refusals.contains(&inner.category);
        if inner.nested || !refusable || inner.status != Status::Negated || inner.actors.is_empty() {
            continue;
        }
        let anchors = &drafts[index].matched.frame.anchors;
        let beside = |lemmas: &[&str]| {
            anchors
                .iter()
                .flat_map(|&anchor| document.token(anchor).children())
                .find(|child| lemmas.contains(&child.lemma()) || lemmas.contains(&child.form()))
                .map(|child| child.id)
        };
        let (Some(will), Some(not)) = (beside(&["will", "would", "shall"]), beside(&["not", "never", "n't", "n’t"]))
        else {
            continue;
        };
        let outer = Claim {
            category: "REJECT".into(),
            modes: codebook.content_mode("REJECT", &inner.category).map(str::to_owned).into_iter().collect(),
            trigger: will,
            predicate: vec![TokenSpan::single(will), TokenSpan::single(not)],
            evidence: of_participants(inner),
            rule: "refusals".into(),
            ..speech(inner, index)
        };
        enclose(drafts, index, outer);
    }
}

/// Puts a claim around another.
fn enclose(drafts: &mut Vec<Draft>, index: usize, outer: Claim) {
    drafts[index].claim.nested = true;
    let matched = drafts[index].matched.clone();
    drafts.push(Draft { claim: outer, matched, content: Vec::new(), joined: Vec::new(), spoken: true });
}

/// The evidence of who acts and on whom, which an act of speech shares with its content.
fn of_participants(claim: &Claim) -> Vec<Evidence> {
    claim.evidence.iter().filter(|evidence| matches!(evidence.field, "actors" | "recipients")).cloned().collect()
}

/// An act of speech around a claim: the same words and speaker, nothing else of it.
fn speech(inner: &Claim, index: usize) -> Claim {
    Claim {
        modes: Vec::new(),
        contexts: Vec::new(),
        cameo: None,
        direction: None,
        target: None,
        object: None,
        granularity: Granularity { kind: GranularityKind::Single, events: None, period: None },
        when: None,
        places: Vec::new(),
        quantities: Vec::new(),
        status: Status::Occurred,
        factuality: 3.0,
        background: false,
        content: vec![index],
        relations: Vec::new(),
        facets: Vec::new(),
        evidence: Vec::new(),
        ..inner.clone()
    }
}

/// A planned meeting or help that no act of speech encloses is itself a promise (PLOVER manual, AGREE); force or a
/// sanction that somebody says he will use is a threat (THREATEN: "hostile actions in the future tense").
pub(super) fn promise(document: &Document, codebook: &Codebook, actors: &Actors<'_>, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let inner = &drafts[index].claim;
        if inner.nested || inner.kind != ClaimKind::Event || inner.status != Status::Planned {
            continue;
        }
        if is_left_open(document.token(inner.trigger)) {
            continue;
        }
        // "The truce, which was to run out on Sunday": nobody promises an end.
        let ends = |facet: &document::Facet| {
            (facet.facet, facet.field) == ("ceasefire", "phase") && matches!(facet.value.as_str(), "expired" | "ended")
        };
        if inner.actors.is_empty() && inner.facets.iter().any(ends) {
            continue;
        }
        let (category, rule) = match codebook.promises.get(&inner.category) {
            Some(category) => (category.clone(), "promises"),
            None if codebook.threats.contains(&inner.category)
                && is_asserted(document, inner)
                && is_own(document, actors, inner) =>
            {
                ("THREATEN".to_owned(), "threats")
            }
            None => continue,
        };
        let outer = Claim { category, evidence: of_participants(inner), rule: rule.into(), ..speech(inner, index) };
        enclose(drafts, index, outer);
    }
}

/// "Did not say whom they would support", "asked whether they would": what a clause leaves open is not promised.
fn is_left_open(verb: Token<'_>) -> bool {
    let asks = |child: Token<'_>| {
        matches!(child.lemma(), "who" | "whom" | "what" | "which" | "how" | "where" | "when" | "why" | "whether")
            && child.id < verb.id
    };
    verb.relation() == Relation::Ccomp && verb.children().any(asks)
}

/// Whether who vouches for a claim says so, and does not merely think it.
fn is_asserted(document: &Document, claim: &Claim) -> bool {
    let first = claim.according_to.first().map(|&first| document.statements[first].manner);
    matches!(first, Some(Manner::Said | Manner::Promised))
}

/// Whether an act is told by who does it.
fn is_own(document: &Document, actors: &Actors<'_>, claim: &Claim) -> bool {
    let statement = claim.according_to.first().map(|&first| &document.statements[first]);
    // "Our guns have not fired", in quotation marks.
    let ours = || claim.actors.iter().any(|actor| actors.is_spoken_of_as_own(actor.head));
    statement.is_some_and(|statement| is_speaker(actors, statement, &claim.actors) || statement.quoted && ours())
}

/// Whether one of these makes the statement.
pub(super) fn is_speaker(actors: &Actors<'_>, statement: &Statement, participants: &[Participant]) -> bool {
    statement.speaker_heads.iter().any(|&head| {
        let speaker = actors.resolve(head);
        participants.iter().any(|participant| {
            let actor = &participant.actor;
            let same =
                speaker.id.is_some() && speaker.id == actor.id || speaker.name.is_some() && speaker.name == actor.name;
            // "The baker said he must go", in whose words he is nobody else.
            let pronoun = actor.id.is_none() && actor.antecedent.is_none() && !statement.quoted;
            let he = pronoun && matches!(actors.lemma(participant.head), "he" | "she");
            same || he || participant.head == head || actor.antecedent.is_some_and(|span| span.holds(head))
        })
    })
}

/// "The army said it had not bombed the hospital": what somebody says that he did not do is denied.
pub(super) fn deny(document: &Document, codebook: &Codebook, actors: &Actors<'_>, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let inner = &drafts[index].claim;
        let deniable = inner.kind == ClaimKind::Event && codebook.denials.contains(&inner.category);
        if inner.nested || !deniable || inner.status != Status::Negated || !is_own(document, actors, inner) {
            continue;
        }
        let anchors = drafts[index].matched.frame.anchors.iter();
        let not = anchors
            .flat_map(|&anchor| document.token(anchor).children())
            .find(|child| matches!(child.lemma(), "not" | "never" | "no"))
            .map_or(inner.trigger, |child| child.id);
        let outer = Claim {
            category: "REJECT".into(),
            trigger: not,
            predicate: vec![TokenSpan::single(not)],
            evidence: of_participants(inner),
            relations: vec![Relationship { kind: "denies", claim: index }],
            rule: "denials".into(),
            ..speech(inner, index)
        };
        enclose(drafts, index, outer);
    }
}
