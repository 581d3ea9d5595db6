//! From matches to claims: participants, nesting, merging, status, time, place, figures, and the reasons for each.
//!
//! [`code`] is the whole of it. A claim begins as the match of one rule; the modules beside this one fill its fields.

mod figures;
mod nesting;
mod participants;
mod particular;
mod places;
mod retelling;
mod sequel;
mod speaking;
mod stretches;
mod unnamed;
mod vouching;
mod when;

use crate::actors::Actors;
use crate::codebook::{Codebook, FillerClass, Role, Rule, TriggerPart};
use crate::confidence::HeldBack;
use crate::matching::{self, Match, Trace};
use crate::status;
use document::{
    ActorRef, Claim, ClaimKind, Direction, Document, Evidence, Facet, Granularity, GranularityKind, PlaceRef, Status,
    Target, TextSpan, TokenId, TokenSpan,
};
use std::collections::BTreeSet;

/// What was found in a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Coding {
    /// The claims, in text order.
    pub claims: Vec<Claim>,
    /// Claims that were found and are held back, in text order.
    pub held_back: Vec<HeldBack>,
    /// What each name of the document refers to.
    pub name_actors: Vec<ActorRef>,
    /// What each chain refers to.
    pub chain_actors: Vec<ActorRef>,
    /// What the speakers of each statement refer to.
    pub speaker_actors: Vec<Vec<ActorRef>>,
    /// What became of every rule that hangs on a word of the document.
    pub traces: Vec<Trace>,
}

/// A claim in the making, with the match it came from.
struct Draft {
    claim: Claim,
    matched: Match,
    /// Tokens that a rule marks as content.
    content: Vec<TokenId>,
    /// Words of the tolls that were joined to this claim.
    joined: Vec<TokenId>,
    /// Whether saying so is the act ("\"They must leave\", he said").
    spoken: bool,
}

/// Finds the claims of a document.
#[must_use]
pub fn code(document: &Document, codebook: &Codebook) -> Coding {
    let actors = Actors::new(document, codebook);
    let (matches, traces) = matching::find(document, codebook, &actors);
    let mut drafts: Vec<Draft> =
        matches.into_iter().filter_map(|matched| draft(document, codebook, &actors, matched)).collect();
    nesting::drop_doubles(codebook, &mut drafts);
    figures::merge(document, codebook, &mut drafts);
    nesting::link(document, codebook, &mut drafts);
    for draft in &mut drafts {
        read_status(document, codebook, draft);
    }
    nesting::recast(codebook, &mut drafts);
    nesting::settle_status(codebook, &mut drafts);
    unnamed::demand(document, codebook, &actors, &mut drafts);
    unnamed::refuse(document, codebook, &mut drafts);
    unnamed::deny(document, codebook, &actors, &mut drafts);
    for index in 0..drafts.len() {
        when::find(document, &mut drafts, index);
        places::find(document, &actors, &mut drafts, index);
    }
    nesting::drop_bare_nouns(document, codebook, &mut drafts);
    particular::drop_others(document, codebook, &mut drafts);
    retelling::lend(document, &mut drafts);
    sequel::name_again(document, &mut drafts);
    sequel::go_on(document, &mut drafts);
    retelling::lend_doers(document, &mut drafts);
    unnamed::promise(document, codebook, &actors, &mut drafts);
    nesting::relate(document, codebook, &mut drafts);
    let mut claims: Vec<Claim> = drafts.into_iter().map(|draft| finish(document, codebook, draft)).collect();
    // Text order, the outer claim before what is nested in it at the same word.
    let mut order: Vec<usize> = (0..claims.len()).collect();
    order.sort_by_key(|&index| (claims[index].trigger, claims[index].nested, index));
    let mut place_of = vec![0; claims.len()];
    for (place, &index) in order.iter().enumerate() {
        place_of[index] = place;
    }
    for claim in &mut claims {
        claim.content.iter_mut().for_each(|index| *index = place_of[*index]);
        claim.content.sort_unstable();
        claim.relations.iter_mut().for_each(|relation| relation.claim = place_of[relation.claim]);
    }
    let mut sorted: Vec<Option<Claim>> = claims.into_iter().map(Some).collect();
    let mut claims: Vec<Claim> = order.into_iter().filter_map(|index| sorted[index].take()).collect();
    crate::confidence::set(document, codebook, &mut claims);
    Coding {
        claims,
        held_back: Vec::new(),
        name_actors: document.names.iter().map(|name| actors.resolve_span(name.span)).collect(),
        chain_actors: document.chains.iter().map(|chain| chain_actor(&actors, &chain.mentions)).collect(),
        speaker_actors: document
            .statements
            .iter()
            .map(|statement| {
                let heads = statement.speaker_heads.iter();
                heads.map(|&head| participants::maker(document, &actors, head)).collect()
            })
            .collect(),
        traces,
    }
}

/// The drafts of the sentence of one of them. Only for drafts in text order; what words govern ends with their sentence.
fn same_sentence(document: &Document, drafts: &[Draft], index: usize) -> std::ops::Range<usize> {
    let sentence = document.sentence_of(drafts[index].claim.trigger).tokens();
    let before = |border: TokenId| drafts.partition_point(|draft| draft.claim.trigger < border);
    before(sentence.start)..before(sentence.end)
}

fn chain_actor(actors: &Actors<'_>, mentions: &[TokenSpan]) -> ActorRef {
    let resolved = mentions.iter().map(|mention| actors.resolve_span(*mention));
    resolved
        .max_by_key(|actor| (actor.id.is_some(), actor.country.is_some(), actor.name.as_ref().map_or(0, String::len)))
        .unwrap_or_default()
}

/// The claim of a match; none where its rule asks for a speaker and nobody speaks.
fn draft(document: &Document, codebook: &Codebook, actors: &Actors<'_>, matched: Match) -> Option<Draft> {
    let rule = &codebook.rules[matched.rule];
    let predicate = matched.frame.predicate;
    let mut words: Vec<TokenId> = matched.words.clone();
    words.extend(matched.frame.light);
    words.sort_unstable();
    words.dedup();
    let mut claim = Claim {
        kind: if rule.state { ClaimKind::State } else { ClaimKind::Event },
        category: rule.category.clone(),
        modes: rule.modes.clone(),
        contexts: rule.contexts.clone(),
        cameo: None,
        trigger: predicate,
        predicate: join(&words),
        actors: Vec::new(),
        recipients: Vec::new(),
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
        according_to: vouching::according_to(document, actors, predicate, &rule.category),
        content: Vec::new(),
        nested: false,
        strength: rule.strength,
        relations: Vec::new(),
        facets: rule.facets.iter().map(|(facet, field, value)| Facet { facet, field, value: value.clone() }).collect(),
        evidence: Vec::new(),
        rule: rule.id.clone(),
        confidence: 0.0,
    };
    let speaker = claim.according_to.first().map(|&first| &document.statements[first]);
    // "They say that it is absurd": nobody says so.
    let anybody = |statement: &document::Statement| {
        statement.speaker_heads.iter().all(|&head| participants::is_bare_pronoun(document, actors, head))
    };
    if rule.spoken && speaker.is_none_or(anybody) {
        return None;
    }
    let mut content = if rule.around { vec![predicate] } else { Vec::new() };
    let mut reciprocal = false;
    for &(line, token, shared) in &matched.bound {
        let line = &rule.lines[line];
        match &line.role {
            Some(Role::Recipient | Role::Actor(_)) if matching::is_reciprocal(document.token(token)) => {
                reciprocal = true
            }
            Some(Role::Actor(part)) => {
                let found = participants::expand(document, codebook, actors, line, token, *part, shared);
                let found = participants::without(document, found, &matched.bound);
                add_participants(document, &mut claim.actors, found, "actors", rule, &mut claim.evidence);
            }
            Some(Role::Recipient) => {
                let found = participants::expand(document, codebook, actors, line, token, None, shared);
                let found = participants::without(document, found, &matched.bound);
                add_participants(document, &mut claim.recipients, found, "recipients", rule, &mut claim.evidence);
            }
            Some(Role::RecipientOwner) => {
                // The line says what is owned; whoever can act may own it. What nobody owns gives no recipient.
                let anybody = crate::codebook::Line { fillers: vec![FillerClass::Actor], ..line.clone() };
                let owner = actors.owner_of(token).unwrap_or(token);
                let found = participants::expand(document, codebook, actors, &anybody, owner, None, shared);
                add_participants(document, &mut claim.recipients, found, "recipients", rule, &mut claim.evidence);
            }
            Some(Role::Content) => content.push(token),
            Some(Role::Object) => claim.object = Some(actors.phrase(token)),
            Some(Role::Place(role)) => {
                let phrase = actors.phrase(token);
                for (index, _) in document
                    .places
                    .iter()
                    .enumerate()
                    .filter(|(_, place)| phrase.overlaps(place.span) || place.span.holds(token))
                {
                    claim.places.push(PlaceRef { place: index, role, inferred: shared });
                }
            }
            Some(Role::Figure(name)) => figures::count(document, token, name, &mut claim),
            Some(Role::Instrument | Role::Topic) | None => {}
        }
    }
    if claim.category == "CONSULT" && claim.actors.is_empty() && claim.recipients.is_empty() {
        let found = participants::of_circumstance(document, actors, &matched);
        add_participants(document, &mut claim.actors, found, "actors", rule, &mut claim.evidence);
    }
    let spoken = rule.spoken || rule.speaker_acts && claim.actors.is_empty();
    if rule.speaker_acts
        && claim.actors.is_empty()
        && let Some(statement) = claim.according_to.first().map(|&first| &document.statements[first])
    {
        let found = participants::of_speakers(document, actors, statement);
        add_participants(document, &mut claim.actors, found, "actors", rule, &mut claim.evidence);
    }
    // "He said he must leave": nobody asks himself.
    if rule.spoken && speaker.is_some_and(|statement| unnamed::is_speaker(actors, statement, &claim.recipients)) {
        return None;
    }
    // "returned a manuscript to Italy": a thing is no recipient where somebody is concerned.
    if may_concern(rule, &claim) && !claim.recipients.iter().any(|one| actors.is_actor(one.head)) {
        let mut things: Vec<TokenId> = claim.recipients.iter().map(|one| one.head).collect();
        things.extend(&content);
        things.extend(
            matched
                .bound
                .iter()
                .filter(|(line, _, _)| rule.lines[*line].role == Some(Role::Object))
                .map(|bound| bound.1),
        );
        let found = participants::concerned(document, actors, &matched, &things, &claim.actors);
        if !found.is_empty() {
            claim.object = claim.object.or(claim.recipients.first().map(|thing| thing.span));
            claim.recipients.clear();
            claim.evidence.retain(|evidence| evidence.field != "recipients");
            add_participants(document, &mut claim.recipients, found, "recipients", rule, &mut claim.evidence);
        }
    }
    if reciprocal && !rule.mutual {
        let actors = claim.actors.clone();
        add_participants(document, &mut claim.recipients, actors, "recipients", rule, &mut claim.evidence);
    }
    if rule.mutual {
        let recipients = std::mem::take(&mut claim.recipients);
        for participant in recipients {
            if !claim.actors.iter().any(|actor| actor.span == participant.span && actor.actor == participant.actor) {
                claim.actors.push(participant);
            }
        }
    }
    if let Some(told) = told_by_content(document, codebook, &matched, &content) {
        claim.predicate = join(&told);
    }
    figures::of_claim(document, rule, &matched, &mut claim);
    tell_modes(document, codebook, rule, &matched, &mut claim);
    if claim.category == "ASSAULT" {
        describe_violence(document, codebook, rule, &mut claim);
    }
    Some(Draft { claim, matched, content, joined: Vec::new(), spoken })
}

/// The words that tell an act whose verb of saying does not: "said that the generals *must resign*".
fn told_by_content(
    document: &Document,
    codebook: &Codebook,
    matched: &Match,
    content: &[TokenId],
) -> Option<Vec<TokenId>> {
    let verb = document.token(matched.frame.predicate);
    let neutral =
        matched.frame.part == TriggerPart::Verb && matched.words.len() == 1 && codebook.neutral.contains(verb.lemma());
    let said = document.token(*content.first().filter(|_| neutral)?);
    // "Told the army to leave": here the verb asks.
    if said.relation() == document::Relation::Xcomp {
        return None;
    }
    let grammar = |child: &document::Token<'_>| {
        matches!(child.relation(), document::Relation::Aux | document::Relation::CompoundPrt)
            || matches!(child.lemma(), "not" | "n't" | "never")
    };
    let mut words: Vec<TokenId> = said.children().filter(grammar).map(|child| child.id).collect();
    words.push(said.id);
    words.sort_unstable();
    Some(words)
}

/// Whether an act whose recipient is not named concerns those whom its objects and contents name. A crowd marches and a
/// bomb goes off somewhere: who is named there need not be meant. Two that agree do so with each other.
fn may_concern(rule: &Rule, claim: &Claim) -> bool {
    let joint = claim.actors.len() > 1 && matches!(claim.category.as_str(), "AGREE" | "COOPERATE" | "SUPPORT");
    let apart = matches!(claim.category.as_str(), "ASSAULT" | "PROTEST" | "CONSULT");
    !rule.mutual && !rule.state && !claim.actors.is_empty() && !joint && !apart
}

fn add_participants(
    document: &Document,
    to: &mut Vec<document::Participant>,
    found: Vec<document::Participant>,
    field: &'static str,
    rule: &Rule,
    evidence: &mut Vec<Evidence>,
) {
    for participant in found {
        if to.iter().any(|other| other.span == participant.span && other.actor == participant.actor) {
            continue;
        }
        let mut spans = vec![document.text_span(participant.span)];
        spans.extend(participant.actor.antecedent.map(|span| document.text_span(span)));
        evidence.push(Evidence { field, spans, rule: rule.id.clone() });
        to.push(participant);
    }
}

/// Modes that the words of the frame tell: the trigger, its modifiers, the instrument.
fn tell_modes(document: &Document, codebook: &Codebook, rule: &Rule, matched: &Match, claim: &mut Claim) {
    let mut told: BTreeSet<String> = claim.modes.drain(..).collect();
    let mut look = |token: TokenId| codebook.modes_told(&rule.category, document.token(token), &mut told);
    matched.frame.anchors.iter().copied().for_each(&mut look);
    for filler in &matched.frame.fillers {
        use crate::frames::Slot;
        let tells = match &filler.slot {
            Slot::Modifier | Slot::Possessor | Slot::Subject => true,
            Slot::Object => {
                rule.category != "ASSAULT" || matched.bound.iter().any(|(_, token, _)| *token == filler.token)
            }
            Slot::Preposition(word) => matches!(word.as_str(), "by" | "with" | "in" | "from" | "using" | "of"),
            Slot::Indirect | Slot::Clause => false,
        };
        // What is asked for or promised tells the mode wherever it stands: "appealed for help".
        let is_content = |&(line, token, _): &(usize, TokenId, bool)| {
            token == filler.token && rule.lines[line].role == Some(Role::Content)
        };
        if (tells || matched.bound.iter().any(is_content)) && !filler.shared {
            for member in crate::frames::conjuncts(document.token(filler.token)) {
                look(member);
            }
        }
    }
    claim.modes = told.into_iter().collect();
}

/// Direction and target of violence, from who stands where.
fn describe_violence(document: &Document, codebook: &Codebook, rule: &Rule, claim: &mut Claim) {
    claim.direction = Some(match (claim.actors.is_empty(), claim.recipients.is_empty()) {
        _ if rule.mutual => Direction::TwoSided,
        (false, false) | (true, false) => Direction::OneSided,
        (false, true) if claim.object.is_some() => Direction::OneSided,
        _ => Direction::Unclear,
    });
    let mut civilian = false;
    let mut combatant = false;
    let hit = if rule.mutual { &claim.actors } else { &claim.recipients };
    for participant in hit {
        let head = document.token(participant.head);
        let in_list = |name: &str| codebook.list(name).is_some_and(|list| list.matches(head));
        let sector = participant.actor.sectors.first().map(String::as_str);
        if in_list("civilian")
            || (sector.is_some_and(|sector| {
                matches!(sector, "CVL" | "REF" | "MED" | "JRN" | "EDU" | "REL" | "SOC" | "AGR" | "BUS" | "LAB")
            }) && !in_list("fighter"))
        {
            civilian = true;
        } else if in_list("fighter")
            || sector.is_some_and(|sector| matches!(sector, "MIL" | "REB" | "PRM" | "UAF" | "COP"))
        {
            combatant = true;
        }
    }
    // "the attackers lost 20 men": what a side loses are its own fighters.
    let verb = document.token(claim.trigger);
    let lost = verb.child(document::Relation::Obj).filter(|_| verb.lemma() == "lose");
    if lost.is_some_and(|lost| claim.recipients.iter().any(|recipient| recipient.head == lost.id)) {
        (civilian, combatant) = (false, true);
    }
    claim.target = Some(match (civilian, combatant) {
        (true, true) => Target::Mixed,
        (true, false) => Target::Civilian,
        (false, true) => Target::Combatant,
        (false, false) => Target::Unknown,
    });
}

fn read_status(document: &Document, codebook: &Codebook, draft: &mut Draft) {
    let frame = &draft.matched.frame;
    let own = status::read(document, frame.predicate);
    let performative = codebook.rules[draft.matched.rule].performative;
    let reading = match frame.light {
        Some(light) if performative => status::read(document, light),
        // "held talks", "possible talks will be held": the light verb carries tense, the noun may carry doubt.
        Some(light) => {
            let carried = status::read(document, light);
            if own.status == Status::Occurred
                || own.factuality.abs() >= carried.factuality.abs() && carried.status != Status::Occurred
            {
                carried
            } else {
                own
            }
        }
        None => own,
    };
    draft.claim.status = reading.status;
    draft.claim.factuality = reading.factuality;
    draft.claim.background = reading.background;
    let rule = &codebook.rules[draft.matched.rule];
    if rule.around || (rule.speaker_acts || rule.negated_acts) && draft.claim.status == Status::Negated {
        // "must leave": what the modal says is open is the leaving, and not that it was asked for. "\"The mayor does not
        // care\", the bishop said": what is denied is the caring, and not that the mayor was blamed. "No longer recognizes the
        // truce": not to recognize it is the act.
        draft.claim.status = Status::Occurred;
        draft.claim.factuality = 3.0;
        return;
    }
    // "plan to meet again after two days of talks": what lies behind has happened.
    let behind = frame.part == TriggerPart::Noun
        && frame.light.is_none()
        && frame.anchors.iter().any(|&anchor| {
            crate::frames::preposition(document.token(anchor))
                .is_some_and(|word| matches!(word.as_str(), "after" | "following" | "despite" | "since"))
        });
    if behind && matches!(reading.status, Status::Planned | Status::Hypothetical | Status::Imminent) {
        draft.claim.status = Status::Occurred;
        draft.claim.factuality = 2.0;
    }
    // "said it would free the prisoners": the future of what was said, not a condition.
    let conditional = |token: &document::Token<'_>| {
        token.relation() == document::Relation::Mark && matches!(token.lemma(), "if" | "unless" | "whether")
    };
    if draft.claim.status == Status::Hypothetical
        && let Some(statement) = draft.claim.according_to.first().map(|&first| &document.statements[first])
        && !statement.quoted
        && frame.anchors.iter().any(|&anchor| {
            document.token(anchor).children().any(|child| {
                child.relation() == document::Relation::Aux && matches!(child.form(), "would" | "'d" | "’d")
            })
        })
        && !document.sentence_of(frame.predicate).iter().any(|token| conditional(&token))
    {
        draft.claim.status = Status::Planned;
        draft.claim.factuality = 1.0;
    }
    // "is expected to visit Beijing": what others expect of somebody that one only does on purpose is planned.
    let expected = |token: document::Token<'_>| {
        token.relation() == document::Relation::Xcomp && token.head().is_some_and(|head| head.lemma() == "expect")
    };
    if draft.claim.status == Status::Feared
        && codebook.promises.contains_key(&draft.claim.category)
        && frame.anchors.iter().any(|&anchor| expected(document.token(anchor)))
    {
        draft.claim.status = Status::Planned;
        draft.claim.factuality = 1.0;
    }
    let spans: Vec<TextSpan> = reading.evidence.iter().map(|span| document.text_span(*span)).collect();
    if !spans.is_empty() {
        draft.claim.evidence.push(Evidence { field: "status", spans, rule: "status".into() });
    }
}

/// The last fields, which need all the others.
fn finish(document: &Document, codebook: &Codebook, draft: Draft) -> Claim {
    let mut claim = draft.claim;
    let sentence = document.sentence_of(claim.trigger);
    let mut contexts = codebook.contexts_told(sentence.iter());
    contexts.extend(claim.contexts.drain(..));
    claim.contexts = contexts.into_iter().collect();
    if claim.kind == ClaimKind::Event {
        claim.cameo = codebook.cameo(&claim.category, &claim.modes, &claim.contexts);
    }
    if claim.category == "CONSULT" {
        for actor in &mut claim.actors {
            actor.part = actor.part.or(Some("party"));
        }
    }
    if let Some(strength) = claim.strength
        && !claim.facets.iter().any(|facet| facet.facet == "commitment" && facet.field == "strength")
    {
        let value = match strength {
            document::Strength::Firm => "firm",
            document::Strength::Effort => "effort",
            document::Strength::Intention => "intention",
        };
        claim.facets.push(Facet { facet: "commitment", field: "strength", value: value.into() });
        // What is promised, in its own words: no rule may know it ("to avoid civilian casualties").
        if let Some(&token) = draft.content.first() {
            let span = document.parse.subtree(token);
            claim.facets.push(Facet { facet: "commitment", field: "what", value: document.text(span).to_owned() });
            let spans = vec![document.text_span(span)];
            claim.evidence.push(Evidence { field: "facets", spans, rule: claim.rule.clone() });
        }
    }
    claim.evidence.insert(
        0,
        Evidence {
            field: "category",
            spans: claim.predicate.iter().map(|span| document.text_span(*span)).collect(),
            rule: claim.rule.clone(),
        },
    );
    claim
}

/// Neighbouring tokens as spans.
fn join(tokens: &[TokenId]) -> Vec<TokenSpan> {
    let mut spans: Vec<TokenSpan> = Vec::new();
    for &token in tokens {
        match spans.last_mut() {
            Some(last) if last.end == token => last.end = TokenId(token.0 + 1),
            _ => spans.push(TokenSpan::single(token)),
        }
    }
    spans
}
