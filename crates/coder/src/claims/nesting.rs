//! Acts of speech and their content; relations between the claims of a report.

use super::Draft;
use super::retelling::alike;
use crate::codebook::{Codebook, TriggerPart};
use crate::frames::{conjuncts, has_mark_to, points_at, preposition};
use document::{Claim, ClaimKind, Document, Relation, Relationship, Status, Strength, Token, TokenId};

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
    while let Some(gone) = drafts.iter().position(|draft| is_bare_reference(document, codebook, draft)) {
        remove(drafts, gone);
    }
}

/// "The attack drew criticism": a definite noun of violence with nothing beside it points back to what was told before.
/// Told anew it has a victim, a place, a number, or a verb that says that it took place.
fn is_bare_reference(document: &Document, codebook: &Codebook, draft: &Draft) -> bool {
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
    definite && bare && !is_told(noun, codebook)
}

/// "He said the raid was a crime": told by the verb of saying, it is not told once more by what is said.
pub(super) fn drop_doubles(codebook: &Codebook, drafts: &mut Vec<Draft>) {
    let told = |one: &Draft, other: &Draft| {
        !one.claim.predicate.iter().any(|span| span.holds(one.claim.trigger))
            && one.claim.category == other.claim.category
            && (codebook.rules[other.matched.rule].spoken || other.claim.actors.is_empty())
            && one.claim.predicate.iter().any(|span| span.holds(other.claim.trigger))
    };
    while let Some(double) = drafts.iter().position(|other| drafts.iter().any(|one| told(one, other))) {
        drafts.remove(double);
    }
}

/// Verbs and predicates that say of an event that it took or takes place: "erupted", "was heard", "are under way".
const OCCURRENCE: &str = "occurrence";

/// Whether a noun is the subject of what says that it happened.
fn is_told(noun: Token<'_>, codebook: &Codebook) -> bool {
    matches!(noun.relation(), Relation::Nsubj | Relation::NsubjPass)
        && noun.head().zip(codebook.list(OCCURRENCE)).is_some_and(|(predicate, list)| {
            list.has_verb(predicate)
                || list.matches(predicate)
                || predicate.children().any(|child| child.relation() == Relation::Advmod && list.matches(child))
        })
}

/// A noun with nobody, no place, no time and no number tells of nothing ("Military campaigns" over a section), unless a
/// verb says that it happened ("Gunfire was heard").
pub(super) fn drop_bare_nouns(document: &Document, codebook: &Codebook, drafts: &mut Vec<Draft>) {
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
            && !is_told(document.token(claim.trigger), codebook)
    };
    while let Some(gone) = drafts.iter().position(bare) {
        remove(drafts, gone);
    }
}

pub(super) fn remove(drafts: &mut Vec<Draft>, gone: usize) {
    drafts.remove(gone);
    for draft in drafts.iter_mut() {
        draft.claim.content.retain(|&inner| inner != gone);
        draft.claim.content.iter_mut().filter(|inner| **inner > gone).for_each(|inner| *inner -= 1);
        draft.claim.relations.retain(|related| related.claim != gone);
        let behind = draft.claim.relations.iter_mut().filter(|related| related.claim > gone);
        behind.for_each(|related| related.claim -= 1);
    }
}

pub(super) fn mark_nested(drafts: &mut [Draft]) {
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

/// A word with all that are listed with it. The second of a list is often read as another name for the first ("the repeal
/// of the ban, the release of all prisoners, and …").
fn listed(first: Token<'_>) -> Vec<TokenId> {
    let is_list = |child: &Token<'_>| child.children().any(|member| member.relation() == Relation::Conj);
    let mut heads = conjuncts(first);
    for second in first.children().filter(|child| child.relation() == Relation::Appos).filter(is_list) {
        heads.extend(conjuncts(second));
    }
    heads
}

/// The claims that a content token stands for: those that hang on it or on a word conjoined with it, else the nearest below.
fn content_claims(document: &Document, drafts: &[Draft], outer: usize, token: TokenId) -> Vec<usize> {
    let heads = listed(document.token(token));
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
    let near = |depth: usize| Some(depth) == nearest;
    // What is listed with the nearest is content as well.
    let beside: Vec<TokenId> = candidates
        .iter()
        .filter(|(depth, _)| near(*depth))
        .flat_map(|(_, index)| listed(document.token(drafts[*index].claim.trigger)))
        .collect();
    let with = |index: usize| beside.contains(&drafts[index].claim.trigger);
    candidates.into_iter().filter(|(depth, index)| near(*depth) || with(*index)).map(|(_, index)| index).collect()
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

/// Denials and confirmations: of their own content, and of what the report said before of the same act.
pub(super) fn relate(document: &Document, codebook: &Codebook, drafts: &mut [Draft]) {
    for index in 0..drafts.len() {
        let Some(kind) = codebook.rules[drafts[index].matched.rule].relation else { continue };
        let mut related: Vec<usize> = drafts[index].claim.content.clone();
        if related.is_empty() && kind == "denies" {
            related.extend(denied_deed(document, drafts, index));
        }
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

/// How many sentences back a deed may stand that somebody denies without naming it.
const DENIED: u32 = 3;

/// "Villagers say the army shelled them. The army denied it": the nearest deed told before that somebody lays at the
/// denier's door.
fn denied_deed(document: &Document, drafts: &[Draft], denial: usize) -> Option<usize> {
    let denial = &drafts[denial].claim;
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    let own = |claim: &Claim| alike(document, &claim.actors, &denial.actors) == Some(true);
    let deed = |claim: &Claim| {
        matches!(claim.category.as_str(), "ASSAULT" | "COERCE" | "PROTEST")
            && !matches!(claim.status, Status::Negated | Status::Planned)
            && own(claim)
            && claim.according_to.iter().any(|&statement| !document.statements[statement].speaker_heads.is_empty())
    };
    let candidates = drafts.iter().enumerate().filter(|(_, draft)| {
        let claim = &draft.claim;
        claim.trigger < denial.trigger && sentence(claim) + DENIED >= sentence(denial) && deed(claim)
    });
    candidates.max_by_key(|(_, draft)| draft.claim.trigger).map(|(index, _)| index)
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
