//! Acts of speech and their content; planned acts as promises; relations between the claims of a report.

use super::Draft;
use crate::actors::Actors;
use crate::codebook::{Codebook, TriggerPart};
use crate::frames::{has_mark_to, points_at, preposition};
use document::{
    Claim, ClaimKind, Document, Evidence, Granularity, GranularityKind, Participant, Relation, Relationship, Status,
    Strength, TokenId, TokenSpan,
};

/// Nests claims under the acts of speech whose content they are, and drops acts that need a content and have none.
pub(super) fn link(document: &Document, codebook: &Codebook, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let mut nested: Vec<usize> = Vec::new();
        for token in drafts[index].content.clone() {
            for found in content_claims(document, drafts, index, token) {
                if !nested.contains(&found) {
                    nested.push(found);
                }
            }
        }
        for &inner in &nested {
            drafts[inner].claim.nested = true;
        }
        drafts[index].claim.content = nested;
    }
    // Nothing is nested in itself by a detour.
    for index in 0..drafts.len() {
        let content = drafts[index].claim.content.clone();
        drafts[index].claim.content =
            content.into_iter().filter(|&inner| inner != index && !reaches(drafts, inner, index, 0)).collect();
    }
    let empty = |draft: &Draft| codebook.rules[draft.matched.rule].needs_content && draft.claim.content.is_empty();
    while let Some(gone) = drafts.iter().position(empty) {
        remove(drafts, gone);
    }
    mark_nested(drafts);
    while let Some(gone) = drafts.iter().position(|draft| is_bare_reference(document, draft)) {
        remove(drafts, gone);
    }
}

/// "The attack drew criticism": a definite noun of violence with nothing beside it points back to what was told before.
/// Told anew it has a victim, a place, a number, or a verb that says that it took place.
fn is_bare_reference(document: &Document, draft: &Draft) -> bool {
    let claim = &draft.claim;
    if claim.category != "ASSAULT"
        || claim.nested
        || draft.matched.frame.part != TriggerPart::Noun
        || draft.matched.frame.light.is_some()
        || !(claim.actors.is_empty() && claim.recipients.is_empty() && claim.quantities.is_empty())
        || !claim.content.is_empty()
        || claim.object.is_some()
    {
        return false;
    }
    let noun = document.token(claim.trigger);
    let definite = points_at(noun);
    let bare = noun.children().all(|child| {
        matches!(
            child.relation(),
            Relation::Det | Relation::Case | Relation::Punct | Relation::Amod | Relation::Compound | Relation::Cc
        )
    });
    let told = noun.relation() == Relation::Nsubj
        && noun.head().is_some_and(|verb| {
            matches!(
                verb.lemma(),
                "happen"
                    | "occur"
                    | "begin"
                    | "start"
                    | "continue"
                    | "last"
                    | "erupt"
                    | "come"
                    | "follow"
                    | "end"
                    | "be"
            )
        });
    definite && bare && !told
}

/// A noun with nobody, no place, no time and no number tells of nothing ("Military campaigns" over a section).
pub(super) fn drop_bare_nouns(drafts: &mut Vec<Draft>) {
    let bare = |draft: &Draft| {
        let claim = &draft.claim;
        draft.matched.frame.part == TriggerPart::Noun
            && draft.matched.frame.light.is_none()
            && matches!(claim.status, Status::Occurred | Status::Ongoing)
            && claim.kind == ClaimKind::Event
            && !claim.nested
            && claim.content.is_empty()
            && (claim.actors.is_empty() && claim.recipients.is_empty() && claim.object.is_none())
            && (claim.places.is_empty() && claim.when.is_none() && claim.quantities.is_empty())
    };
    while let Some(gone) = drafts.iter().position(bare) {
        remove(drafts, gone);
    }
}

fn remove(drafts: &mut Vec<Draft>, gone: usize) {
    drafts.remove(gone);
    for draft in drafts.iter_mut() {
        draft.claim.content.retain(|&inner| inner != gone);
        draft.claim.content.iter_mut().filter(|inner| **inner > gone).for_each(|inner| *inner -= 1);
    }
}

fn mark_nested(drafts: &mut [Draft]) {
    let mut inner = vec![false; drafts.len()];
    for draft in drafts.iter() {
        draft.claim.content.iter().for_each(|&index| inner[index] = true);
    }
    for (draft, inner) in drafts.iter_mut().zip(inner) {
        draft.claim.nested = inner;
    }
}

fn reaches(drafts: &[Draft], from: usize, to: usize, depth: usize) -> bool {
    depth < 8 && drafts[from].claim.content.iter().any(|&inner| inner == to || reaches(drafts, inner, to, depth + 1))
}

/// The claims that a content token stands for: those that hang on it or on a word conjoined with it, else the nearest below.
fn content_claims(document: &Document, drafts: &[Draft], outer: usize, token: TokenId) -> Vec<usize> {
    let mut heads = vec![token];
    heads.extend(
        document.token(token).children().filter(|child| child.relation() == Relation::Conj).map(|child| child.id),
    );
    let hangs = |draft: &Draft, head: TokenId| draft.matched.frame.anchors.contains(&head);
    let beside = super::same_sentence(document, drafts, outer);
    let direct: Vec<usize> = beside
        .clone()
        .filter(|&index| index != outer && heads.iter().any(|&head| hangs(&drafts[index], head)))
        .collect();
    if !direct.is_empty() {
        return direct;
    }
    let below = |index: &usize| -> Option<usize> {
        let mut at = document.token(drafts[*index].claim.trigger);
        for depth in 1..12 {
            let head = at.head()?;
            // What a relative clause or an adverbial one tells is told beside the content.
            if matches!(at.relation(), Relation::AclRelcl | Relation::Parataxis)
                || (at.relation() == Relation::Advcl && !has_mark_to(at))
            {
                return None;
            }
            // "agreed to meet after a week of talks": the talks are no part of what was agreed.
            if matches!(at.relation(), Relation::Obl | Relation::Nmod)
                && preposition(at).is_some_and(|word| {
                    matches!(
                        word.as_str(),
                        "after" | "before" | "following" | "since" | "during" | "despite" | "amid" | "ahead of"
                    )
                })
            {
                return None;
            }
            if heads.contains(&head.id) {
                return Some(depth);
            }
            at = head;
        }
        None
    };
    let candidates: Vec<(usize, usize)> =
        beside.filter(|&index| index != outer).filter_map(|index| below(&index).map(|depth| (depth, index))).collect();
    let nearest = candidates.iter().map(|(depth, _)| *depth).min();
    candidates.into_iter().filter(|(depth, _)| Some(*depth) == nearest).map(|(_, index)| index).collect()
}

/// An act of speech is named after its content: to promise to strike is to threaten, to ask for talks has the mode of
/// meetings. Where the table says "none", only the content is an event: to plan a march is to march.
pub(super) fn recast(codebook: &Codebook, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let claim = &drafts[index].claim;
        let Some(&first) = claim.content.first() else { continue };
        if drafts[first].claim.status == Status::Negated {
            // To agree not to attack, or to stop attacking, is no threat.
            continue;
        }
        let content = drafts[first].claim.category.clone();
        let own = codebook.rules[drafts[index].matched.rule].recast.get(&content).map(String::as_str);
        if let Some(category) = own.or_else(|| codebook.recast(&claim.category, &content)) {
            drafts[index].claim.category = category.to_owned();
        }
        let claim = &mut drafts[index].claim;
        if claim.modes.is_empty()
            && let Some(mode) = codebook.content_mode(&claim.category, &content)
        {
            claim.modes.push(mode.to_owned());
        }
    }
    while let Some(gone) = drafts.iter().position(|draft| draft.claim.category == "none") {
        remove(drafts, gone);
    }
    mark_nested(drafts);
}

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
        let own = inner.actors.iter().any(|actor| {
            statement.speaker_heads.iter().any(|&speaker| {
                let speaker = actors.resolve(speaker);
                speaker.id.is_some() && speaker.id == actor.actor.id
            })
        });
        if own || statement.speaker_heads.is_empty() || inner.actors.is_empty() {
            continue;
        }
        let speakers: Vec<Participant> = statement
            .speaker_heads
            .iter()
            .map(|&head| Participant {
                span: actors.phrase(head),
                head,
                actor: actors.resolve(head),
                part: None,
                inferred: false,
            })
            .collect();
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
    drafts.push(Draft { claim: outer, matched, content: Vec::new(), joined: Vec::new() });
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

/// What is promised is planned, what is asked is open: where the content's own words say nothing else, the codebook's
/// table of acts of speech decides. "We will work to …", in the future tense, is a promise made now.
pub(super) fn settle_status(codebook: &Codebook, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let claim = &mut drafts[index].claim;
        if claim.strength.is_some_and(|strength| strength != Strength::Firm) && claim.status == Status::Planned {
            claim.status = Status::Occurred;
            claim.factuality = 3.0;
        }
        let rule = &codebook.rules[drafts[index].matched.rule];
        let Some(status) = rule.content_status.or_else(|| codebook.content_status(&drafts[index].claim.category))
        else {
            continue;
        };
        // "will work to provide": what is promised is not tried yet.
        let effort = drafts[index].claim.strength == Some(Strength::Effort);
        for inner in drafts[index].claim.content.clone() {
            let claim = &mut drafts[inner].claim;
            let open =
                matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Planned | Status::Hypothetical);
            if (open || (effort && claim.status == Status::Attempted)) && claim.status != status {
                claim.status = status;
                claim.factuality = match status {
                    Status::Planned | Status::Imminent => 1.0,
                    Status::Negated => -3.0,
                    Status::Occurred => 3.0,
                    _ => 0.0,
                };
            }
        }
    }
}

/// A planned meeting or help that no act of speech encloses is itself a promise (PLOVER manual, AGREE).
pub(super) fn promise(codebook: &Codebook, drafts: &mut Vec<Draft>) {
    for index in 0..drafts.len() {
        let inner = &drafts[index].claim;
        let Some(category) = codebook.promises.get(&inner.category) else { continue };
        if inner.nested || inner.kind != ClaimKind::Event || inner.status != Status::Planned {
            continue;
        }
        let outer = Claim {
            category: category.clone(),
            evidence: of_participants(inner),
            rule: "promises".into(),
            ..speech(inner, index)
        };
        enclose(drafts, index, outer);
    }
}

/// Denials and confirmations: of their own content, and of what the report said before of the same act.
pub(super) fn relate(codebook: &Codebook, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let Some(kind) = codebook.rules[drafts[index].matched.rule].relation else { continue };
        let mut related: Vec<usize> = drafts[index].claim.content.clone();
        for inner in drafts[index].claim.content.clone() {
            let denied = &drafts[inner].claim;
            related.extend(
                (0..drafts.len())
                    .filter(|&other| other != inner && other != index && same_act(&drafts[other].claim, denied)),
            );
        }
        related.sort_unstable();
        related.dedup();
        drafts[index].claim.relations.extend(related.into_iter().map(|claim| Relationship { kind, claim }));
    }
}

fn same_act(one: &Claim, other: &Claim) -> bool {
    let shared = |one: &[document::Participant], other: &[document::Participant]| {
        one.iter().any(|actor| {
            other.iter().any(|known| {
                actor.actor.id.is_some()
                    && actor.actor.id == known.actor.id
                    && actor.actor.country == known.actor.country
            })
        })
    };
    one.category == other.category
        && one.kind == other.kind
        && one.trigger < other.trigger
        && shared(&one.actors, &other.actors)
}
