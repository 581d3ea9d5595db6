//! Figures of a claim, and tolls that belong to an event told by another word ("attacked …, killing 12").

use super::Draft;
use crate::codebook::{Codebook, Rule};
use crate::frames::{conjuncts, preposition};
use crate::matching::Match;
use document::{Claim, Direction, Document, Evidence, Granularity, GranularityKind, QuantityRef, Relation, TokenId};

/// Adds the quantities that count a token under a name.
pub(super) fn count(document: &Document, token: TokenId, name: &str, claim: &mut Claim) {
    let mut heads = conjuncts(document.token(token));
    // "the deaths of 12 people", "hundreds of protesters": the number may hang on a noun below.
    heads.extend(
        document
            .token(token)
            .children()
            // … or, by a slip of the parser, on a word before it.
            .filter(|child| match child.relation() {
                // "the dead to nine": what has another preposition is counted by itself.
                Relation::Nmod => preposition(*child).is_none_or(|word| word == "of"),
                relation => matches!(relation, Relation::Appos | Relation::Compound),
            })
            .map(|child| child.id),
    );
    for (index, quantity) in document.quantities.iter().enumerate() {
        let counted = quantity.counts.is_some_and(|counted| heads.contains(&counted))
            || heads.iter().any(|head| quantity.span.holds(*head));
        // "two of the 12 hostages were freed": what a part is taken of is not the count.
        let whole = document.quantities.iter().any(|part| {
            part.subset_of == Some(index)
                && part.span.end <= quantity.span.start
                && (part.counts == quantity.counts || part.unit.as_deref() == Some("percent"))
        });
        if whole {
            continue;
        }
        // "around half of the 400 districts": of areas the share is the figure.
        let whole_counts = quantity.subset_of.and_then(|whole| document.quantities[whole].counts);
        let share = name == "areas"
            && quantity.unit.as_deref() == Some("percent")
            && whole_counts.is_some_and(|counted| document.token(token).subtree().holds(counted));
        let counted = counted || share;
        let plain = quantity.unit.is_none() || name == "amount" || share;
        if counted && plain {
            add(document, index, name, claim);
        }
    }
}

/// Figures that the rule names, the number of events, and with it the granularity.
pub(super) fn of_claim(document: &Document, rule: &Rule, matched: &Match, claim: &mut Claim) {
    if let Some(name) = &rule.figure {
        let mut heads: Vec<TokenId> = claim.recipients.iter().map(|recipient| recipient.head).collect();
        for &(line, token, _) in &matched.bound {
            if rule.lines[line].slots.contains(&crate::codebook::SlotName::Object)
                || rule.lines[line].role == Some(crate::codebook::Role::Object)
            {
                heads.push(token);
            }
            // "63 soldiers surrendered", "thousands marched": those who do it are counted.
            if matches!(name.as_str(), "participants" | "surrendered" | "returned")
                && matches!(rule.lines[line].role, Some(crate::codebook::Role::Actor(_)))
            {
                heads.push(token);
            }
        }
        for head in heads {
            count(document, head, name, claim);
        }
        if name == "killed" {
            wounded_besides(document, matched, claim);
        }
    }
    let dead =
        |line: usize| matches!(&rule.lines[line].role, Some(crate::codebook::Role::Figure(name)) if name == "killed");
    if let Some(&(_, dead, _)) = matched.bound.iter().find(|bound| dead(bound.0)) {
        wounded_behind(document, dead, claim);
    }
    // "around half of the country's 400 districts": the share of what is held.
    if claim.category == "control"
        && let Some(held) = claim.object
        && let Some(share) = document
            .quantities
            .iter()
            .find(|quantity| quantity.unit.as_deref() == Some("percent") && quantity.span.overlaps(held))
    {
        let value = document.text(share.span).to_owned();
        claim.facets.push(document::Facet { facet: "control", field: "share", value });
    }
    let mut plural = false;
    for &anchor in &matched.frame.anchors {
        let token = document.token(anchor);
        // "two days of talks" counts days, not talks.
        let measures = matches!(token.lemma(), "hour" | "day" | "night" | "week" | "month" | "year" | "decade");
        if Some(anchor) == matched.frame.light || token.upos() == document::Upos::Verb || measures {
            continue;
        }
        // "the deaths of four": as many as the dead, not a series.
        let losses =
            matches!(token.lemma(), "death" | "killing" | "casualty" | "loss" | "injury" | "fatality" | "victim");
        plural |= token.xpos() == document::Xpos::Nns && !losses;
        let counted =
            document.quantities.iter().position(|quantity| quantity.counts == Some(anchor) && quantity.unit.is_none());
        if let Some(index) = counted {
            let several =
                document.quantities[index].high.or(document.quantities[index].best).is_none_or(|number| number > 1.0);
            claim.quantities.push(QuantityRef { quantity: index, role: "events".into() });
            claim.evidence.push(Evidence {
                field: "granularity",
                spans: vec![document.text_span(document.quantities[index].span)],
                rule: "quantities".into(),
            });
            claim.granularity = Granularity {
                kind: if several { GranularityKind::Aggregate } else { GranularityKind::Single },
                events: Some(index),
                period: None,
            };
        }
    }
    // "a series of attacks", "air strikes": several, but not a sum. Talks and clashes are plural by nature.
    let series = matched.frame.anchors.len() > 1 + usize::from(matched.frame.light.is_some());
    if claim.granularity.events.is_none() && claim.category == "ASSAULT" && !rule.mutual && (plural || series) {
        claim.granularity.kind = GranularityKind::Campaign;
    }
    let habitual = matched.frame.anchors.iter().flat_map(|&anchor| document.token(anchor).children()).find(|child| {
        matches!(
            child.lemma(),
            "intermittently"
                | "often"
                | "regularly"
                | "repeatedly"
                | "frequently"
                | "routinely"
                | "periodically"
                | "sporadically"
        )
    });
    if let Some(adverb) = habitual {
        claim.granularity.kind = GranularityKind::Habitual;
        claim.evidence.push(Evidence { field: "granularity", spans: vec![adverb.span()], rule: "habitual".into() });
    }
}

/// "Nine people were killed and at least 30 wounded": a number before the second participle counts what is counted before
/// the first, though nothing is named.
fn wounded_besides(document: &Document, matched: &Match, claim: &mut Claim) {
    let besides = matched.frame.anchors.iter().flat_map(|&anchor| {
        document.token(anchor).children().filter(move |child| child.relation() == Relation::Conj && child.id > anchor)
    });
    for wounded in besides.filter(|word| matches!(word.form(), "wounded" | "injured" | "hurt")) {
        let figure = document.quantities.iter().position(|quantity| {
            quantity.unit.is_none()
                && quantity.span.end == wounded.id
                && quantity.counts.is_none_or(|counted| counted == wounded.id)
        });
        if let Some(index) = figure {
            add(document, index, "wounded", claim);
        }
    }
}

/// "brings the dead to nine and the wounded to 30": a second count behind the figure of the dead.
fn wounded_behind(document: &Document, dead: TokenId, claim: &mut Claim) {
    let behind = document.sentence_of(dead).iter().filter(|word| word.id > dead).take(9);
    let mut wounded = behind.skip_while(|word| !matches!(word.form(), "wounded" | "injured")).skip(1).take(5);
    let and = document.sentence_of(dead).iter().find(|word| word.id > dead).is_some_and(|word| word.form() == "and");
    if !and || wounded.next().is_none_or(|to| to.form() != "to") {
        return;
    }
    let index = wounded.find_map(|word| {
        document.quantities.iter().position(|quantity| quantity.unit.is_none() && quantity.span.holds(word.id))
    });
    if let Some(index) = index {
        add(document, index, "wounded", claim);
    }
}

/// Adds a figure to a claim that does not have it.
fn add(document: &Document, quantity: usize, role: &str, claim: &mut Claim) {
    if claim.quantities.iter().any(|known| known.quantity == quantity) {
        return;
    }
    claim.quantities.push(QuantityRef { quantity, role: role.to_owned() });
    claim.evidence.push(Evidence {
        field: "quantities",
        spans: vec![document.text_span(document.quantities[quantity].span)],
        rule: "quantities".into(),
    });
}

/// Joins claims of one category that tell of one happening: the act and its toll, the toll and the act it fell in, the
/// verb and the noun that it is said of ("the talks resumed").
pub(super) fn merge(document: &Document, codebook: &Codebook, drafts: &mut Vec<Draft>) {
    let mut index = 0;
    while index < drafts.len() {
        let beside = super::same_sentence(document, drafts, index);
        let first = beside.start;
        let partner = beside
            .filter(|&other| other != index)
            .find(|&other| belongs(document, codebook, &drafts[index], &drafts[other]));
        match partner {
            Some(other) => {
                let part = drafts.remove(index);
                let whole = &mut drafts[if other > index { other - 1 } else { other }];
                absorb(&mut whole.claim, part.claim);
                count_on(document, &mut whole.claim);
                whole.joined.extend(part.matched.frame.anchors);
                whole.joined.extend(part.joined);
                whole.content.extend(part.content);
                index = first;
            }
            None => index += 1,
        }
    }
}

/// Whether `part` is the toll, or the naming, of the happening that `whole` tells.
fn belongs(document: &Document, codebook: &Codebook, part: &Draft, whole: &Draft) -> bool {
    if part.claim.category != whole.claim.category || part.claim.kind != whole.claim.kind {
        return false;
    }
    let rule = &codebook.rules[whole.matched.rule];
    let content = |line: usize| rule.lines[line].role == Some(crate::codebook::Role::Content);
    if whole
        .matched
        .bound
        .iter()
        .any(|(line, token, shared)| !content(*line) && !shared && part.matched.frame.anchors.contains(token))
    {
        return true;
    }
    if part.claim.category != "ASSAULT" {
        return false;
    }
    let toll = |draft: &Draft| codebook.rules[draft.matched.rule].figure.is_some();
    if !toll(part) && !toll(whole) {
        return false;
    }
    // "killed 20 soldiers and lost four men": what a side loses it has not killed.
    let loses = |draft: &Draft| document.token(draft.claim.trigger).lemma() == "lose";
    if loses(part) && !loses(whole) && !whole.claim.actors.is_empty() {
        return false;
    }
    let top = |draft: &Draft| *draft.matched.frame.anchors.last().unwrap_or(&draft.claim.trigger);
    let from = document.token(top(part));
    let Some(governor) = from.head() else { return false };
    let tied = whole.matched.frame.anchors.contains(&governor.id) || whole.joined.contains(&governor.id);
    // "brings the dead to nine and the wounded to 30"
    let of_figure = whole.matched.bound.iter().any(|bound| bound.1 == governor.id);
    match from.relation() {
        Relation::Conj if of_figure => toll(part),
        // "attacked the village, killing 12"; "killed 12 and wounded 30"; "12 killed, 30 wounded"
        Relation::Advcl | Relation::Conj | Relation::Parataxis if toll(part) => {
            tied && !part_has_other_actor(part, whole)
        }
        // "killed in the attack", "the attack killed 12", "died when a bomb exploded"
        Relation::Obl | Relation::Nsubj | Relation::Nmod | Relation::Obj | Relation::OblAgent | Relation::Advcl
            if toll(whole) =>
        {
            tied
        }
        // "an attack that killed 12", "a bombing killing 12"
        Relation::AclRelcl | Relation::Acl if toll(part) => tied,
        _ => false,
    }
}

/// "Three more died, bringing the toll to 14": where the whole count is told, it is the number of the dead, and smaller
/// ones are those of them who died now.
fn count_on(document: &Document, claim: &mut Claim) {
    let counting = |facet: &document::Facet| {
        (facet.facet, facet.field, facet.value.as_str()) == ("toll", "counting", "cumulative")
    };
    if !claim.facets.iter().any(counting) {
        return;
    }
    let number = |figure: &QuantityRef| {
        let quantity = &document.quantities[figure.quantity];
        quantity.best.or(quantity.low).unwrap_or(0.0)
    };
    let dead = claim.quantities.iter().filter(|figure| figure.role == "killed");
    let whole = dead.map(number).fold(0.0, f64::max);
    for figure in claim.quantities.iter_mut().filter(|figure| figure.role == "killed") {
        if number(figure) < whole {
            figure.role = "newly killed".to_owned();
        }
    }
}

fn part_has_other_actor(part: &Draft, whole: &Draft) -> bool {
    !part.claim.actors.is_empty()
        && !whole.claim.actors.is_empty()
        && !part.claim.actors.iter().any(|actor| whole.claim.actors.iter().any(|other| other.head == actor.head))
}

fn absorb(whole: &mut Claim, part: Claim) {
    let keep_new = |to: &mut Vec<document::Participant>, from: Vec<document::Participant>| {
        for participant in from {
            if !to.iter().any(|known| known.span.overlaps(participant.span)) {
                to.push(participant);
            }
        }
    };
    if whole.actors.is_empty() {
        whole.actors = part.actors;
    } else if whole.category == "CONSULT" {
        keep_new(&mut whole.actors, part.actors);
    }
    keep_new(&mut whole.recipients, part.recipients);
    whole.recipients.retain(|recipient| !whole.actors.iter().any(|actor| actor.span == recipient.span));
    for figure in part.quantities {
        if !whole.quantities.iter().any(|known| known.quantity == figure.quantity) {
            whole.quantities.push(figure);
        }
    }
    for facet in part.facets {
        if !whole.facets.iter().any(|known| known.facet == facet.facet && known.field == facet.field) {
            whole.facets.push(facet);
        }
    }
    if whole.granularity.events.is_none() && part.granularity.events.is_some() {
        whole.granularity = part.granularity;
    }
    for place in part.places {
        if !whole.places.contains(&place) {
            whole.places.push(place);
        }
    }
    whole.modes.extend(part.modes);
    whole.modes.sort();
    whole.modes.dedup();
    whole.object = whole.object.or(part.object);
    whole.predicate.extend(part.predicate);
    whole.predicate.sort_unstable();
    whole.predicate.dedup();
    whole.evidence.extend(part.evidence);
    // "killed in clashes": the toll of a fight is the fight's.
    if whole.direction == Some(Direction::Unclear) || part.direction == Some(Direction::TwoSided) {
        whole.direction = part.direction;
    }
    if matches!(whole.target, Some(document::Target::Unknown) | None) {
        whole.target = part.target;
    }
}
