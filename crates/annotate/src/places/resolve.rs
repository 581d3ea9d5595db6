//! Which of the places of a name is meant. All mentions of a report are settled together: first the pairs that say it
//! themselves ("Spin Boldak in Kandahar province", "Athens, Georgia"), then by the countries and divisions that the
//! report is about, and by size. One name has one sense in a report.

use super::mentions::Mention;
use super::{Feature, Gazetteer, PlaceNumber};
use document::{Syntax, TokenSpan};
use std::collections::BTreeMap;

/// Only the most important places of a name are weighed; the rest are villages that nobody means without saying where.
const WEIGHED: usize = 60;
/// What a pair of mentions that contain one another weighs, against size in powers of ten.
const CONTAINED: f64 = 9.0;

/// The place meant by each mention.
pub(super) fn senses(syntax: &Syntax, mentions: &[Mention], gazetteer: &Gazetteer) -> Vec<Option<PlaceNumber>> {
    let mut groups: BTreeMap<&str, Group> = BTreeMap::new();
    for mention in mentions {
        let group = groups.entry(&mention.key).or_insert_with(|| Group::new(mention, gazetteer));
        group.count += 1;
        let hint = hint(syntax, mention);
        for candidate in &mut group.candidates {
            candidate.score += match (hint, gazetteer.feature(candidate.place)) {
                (Some(Feature::Division), Feature::Division) | (Some(Feature::District), Feature::District) => 4.0,
                (Some(Feature::Town), Feature::Town | Feature::Capital) => 4.0,
                _ => 0.0,
            };
        }
    }
    for pair in mentions.windows(2) {
        let between = pair[0].span.end.index()..pair[1].span.start.index();
        if pair[0].key != pair[1].key && joined(syntax, between) {
            contain(&mut groups, &pair[0].key, &pair[1].key, gazetteer);
        }
    }
    for chain in mentions.windows(3) {
        if let [inner, middle, outer] = chain
            && is_comma(syntax, inner, middle)
            && is_comma(syntax, middle, outer)
        {
            bar(&mut groups, [&inner.key, &middle.key, &outer.key], gazetteer);
        }
    }
    for _ in 0..2 {
        settle(&mut groups, gazetteer);
    }
    mentions.iter().map(|mention| groups.get(mention.key.as_str()).and_then(Group::best)).collect()
}

/// Whether a comma alone stands between two mentions.
fn is_comma(syntax: &Syntax, one: &Mention, other: &Mention) -> bool {
    one.span.end.index() + 1 == other.span.start.index()
        && syntax.text(TokenSpan::new(one.span.end.index(), other.span.start.index())) == ","
}

/// All mentions of one name.
struct Group {
    candidates: Vec<Candidate>,
    count: usize,
}

struct Candidate {
    place: PlaceNumber,
    country: Option<PlaceNumber>,
    division: Option<PlaceNumber>,
    /// From size, kind and containment.
    score: f64,
    /// From what else the report names.
    context: f64,
}

impl Group {
    fn new(mention: &Mention, gazetteer: &Gazetteer) -> Self {
        let candidates = mention.candidates.iter().take(WEIGHED).map(|&place| {
            let kind = match gazetteer.feature(place) {
                Feature::Country => 4.0,
                Feature::Division => 0.8,
                Feature::Capital => 1.5,
                Feature::Region | Feature::Water => 1.0,
                Feature::District | Feature::Spot | Feature::Town => 0.0,
            };
            Candidate {
                place,
                country: gazetteer.country(place),
                division: gazetteer.division(place),
                score: kind + (gazetteer.population(place) + 100.0).log10(),
                context: 0.0,
            }
        });
        Self { candidates: candidates.collect(), count: 0 }
    }

    fn best(&self) -> Option<PlaceNumber> {
        let total = |candidate: &Candidate| candidate.score + candidate.context;
        let mut best = self.candidates.first()?;
        for candidate in &self.candidates {
            if total(candidate) > total(best) {
                best = candidate;
            }
        }
        Some(best.place)
    }
}

/// What a word after the mention says of its kind ("Kandahar province", "the city of Kandahar").
fn hint(syntax: &Syntax, mention: &Mention) -> Option<Feature> {
    let form = |token: usize| syntax.tokens.spans.get(token).map_or("", |span| span.of(&syntax.report.text));
    let start = mention.span.start.index();
    match form(mention.span.end.index()) {
        "province" | "oblast" | "governorate" | "state" | "region" | "provinces" => return Some(Feature::Division),
        "district" | "county" | "parish" => return Some(Feature::District),
        "city" | "town" | "village" => return Some(Feature::Town),
        _ => {}
    }
    if start >= 2 && form(start - 1) == "of" {
        return match form(start - 2) {
            "province" | "region" | "state" => Some(Feature::Division),
            "district" => Some(Feature::District),
            "city" | "town" | "village" | "capital" | "port" => Some(Feature::Town),
            _ => None,
        };
    }
    (start >= 1 && matches!(form(start - 1), "city" | "town" | "village")).then_some(Feature::Town)
}

/// Whether the tokens between two mentions say that the second contains the first.
fn joined(syntax: &Syntax, between: std::ops::Range<usize>) -> bool {
    if between.len() > 6 {
        return false;
    }
    let words: Vec<&str> =
        between.filter_map(|token| syntax.tokens.spans.get(token)).map(|span| span.of(&syntax.report.text)).collect();
    // "the town of X in eastern Y"
    let plain = words.iter().rposition(|word| !is_direction(word)).map_or(0, |last| last + 1);
    match &words[..plain] {
        [","] | ["("] | ["in"] | [",", "in"] => true,
        [start @ .., last] if matches!(*last, "in" | "of" | "'s" | "the") => {
            start.iter().all(|word| !matches!(*word, "and" | "to" | "from" | "." | ";" | "near"))
        }
        _ => false,
    }
}

/// A word between "in" and the name of what is meant in part.
fn is_direction(word: &str) -> bool {
    let word = word.trim_end_matches("ern");
    matches!(word, "north" | "south" | "east" | "west" | "central")
        || ["north", "south"].iter().any(|first| {
            word.strip_prefix(first).is_some_and(|rest| matches!(rest.trim_start_matches('-'), "east" | "west"))
        })
}

/// "A, B, Country": what lies outside the country is meant by neither, if one of them may lie in it. What has no place
/// left stays open.
fn bar(groups: &mut BTreeMap<&str, Group>, [inner, middle, outer]: [&str; 3], gazetteer: &Gazetteer) {
    let country = groups.get(outer).and_then(Group::best);
    let Some(country) = country.filter(|&place| gazetteer.feature(place) == Feature::Country) else { return };
    let within = |candidate: &Candidate| gazetteer.lies_in(candidate.place, country);
    // "Mexico, China, Japan": a list of countries is no chain.
    let is_land = |group: &Group| group.best().is_some_and(|place| gazetteer.feature(place) == Feature::Country);
    let chained = |name: &str| name != outer && groups.get(name).is_some_and(|group| !is_land(group));
    let holds = |name: &str| groups.get(name).is_some_and(|group| group.candidates.iter().any(within));
    if chained(inner) && chained(middle) && (holds(inner) || holds(middle)) {
        for name in [inner, middle] {
            if let Some(group) = groups.get_mut(name) {
                group.candidates.retain(within);
            }
        }
    }
}

/// Raises the candidates of two names of which the one lies in the other.
fn contain(groups: &mut BTreeMap<&str, Group>, inner: &str, outer: &str, gazetteer: &Gazetteer) {
    let Some(outside) = groups.get(outer) else { return };
    let outside: Vec<PlaceNumber> = outside.candidates.iter().map(|candidate| candidate.place).collect();
    let containers = |place: PlaceNumber| {
        outside.iter().copied().find(|&container| {
            container != place && feature_contains(gazetteer.feature(container)) && gazetteer.lies_in(place, container)
        })
    };
    let Some(group) = groups.get_mut(inner) else { return };
    let mut raised: Vec<PlaceNumber> = Vec::new();
    for candidate in &mut group.candidates {
        if let Some(container) = containers(candidate.place) {
            candidate.score += CONTAINED;
            if !raised.contains(&container) {
                raised.push(container);
            }
        }
    }
    if let Some(group) = groups.get_mut(outer) {
        for candidate in &mut group.candidates {
            if raised.contains(&candidate.place) {
                candidate.score += CONTAINED / 2.0;
            }
        }
    }
}

fn feature_contains(feature: Feature) -> bool {
    matches!(feature, Feature::Country | Feature::Division | Feature::District)
}

/// Weighs each candidate by how many other names of the report lie in its country and division.
fn settle(groups: &mut BTreeMap<&str, Group>, gazetteer: &Gazetteer) {
    let mut winners: BTreeMap<PlaceNumber, f64> = BTreeMap::new();
    let mut own: Vec<[Option<PlaceNumber>; 2]> = Vec::with_capacity(groups.len());
    for group in groups.values() {
        let best = group.best();
        let above = [best.and_then(|best| gazetteer.country(best)), best.and_then(|best| gazetteer.division(best))];
        for place in above.into_iter().flatten() {
            *winners.entry(place).or_default() += 1.0 + (group.count.min(4) as f64 - 1.0) / 3.0;
        }
        own.push(above);
    }
    for (group, own) in groups.values_mut().zip(own) {
        let itself = 1.0 + (group.count.min(4) as f64 - 1.0) / 3.0;
        let weight = |place: Option<PlaceNumber>| {
            let Some(place) = place else { return 0.0 };
            winners.get(&place).copied().unwrap_or(0.0) - if own.contains(&Some(place)) { itself } else { 0.0 }
        };
        for candidate in &mut group.candidates {
            candidate.context = weight(candidate.country).min(4.0) * 0.4 + weight(candidate.division).min(4.0) * 0.8;
        }
    }
}
