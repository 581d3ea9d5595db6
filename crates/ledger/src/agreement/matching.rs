//! Which claims of two coders are one.

use super::{Coded, Level, Party};

/// Words of a name that tell nobody apart.
const FILLERS: &[&str] = &["a", "an", "the", "of", "s"];

/// As many pairs as possible, each claim in one at most, in the order of the first coder's claims. Pairs that have more in
/// common are tried first.
pub(super) fn matched(one: &[Coded], two: &[Coded], least: Level) -> Vec<(usize, usize)> {
    let edges: Vec<Vec<usize>> = one
        .iter()
        .map(|claim| {
            let levels = two.iter().enumerate().filter_map(|(at, other)| level(claim, other).map(|level| (level, at)));
            let mut fitting: Vec<(Level, usize)> = levels.filter(|(level, _)| *level >= least).collect();
            fitting.sort_by_key(|&(level, at)| (std::cmp::Reverse(level), overlap(claim, &two[at]), at));
            fitting.into_iter().map(|(_, at)| at).collect()
        })
        .collect();
    let mut partner: Vec<Option<usize>> = vec![None; two.len()];
    for left in 0..one.len() {
        augment(&edges, left, &mut partner, &mut vec![false; two.len()]);
    }
    let mut pairs: Vec<(usize, usize)> =
        partner.into_iter().enumerate().filter_map(|(right, left)| left.map(|left| (left, right))).collect();
    pairs.sort_unstable();
    pairs
}

/// Finds a partner for a claim, if need be by finding others for those that have one.
fn augment(edges: &[Vec<usize>], left: usize, partner: &mut [Option<usize>], tried: &mut [bool]) -> bool {
    for &right in &edges[left] {
        if std::mem::replace(&mut tried[right], true) {
            continue;
        }
        if partner[right].is_none_or(|other| augment(edges, other, partner, tried)) {
            partner[right] = Some(left);
            return true;
        }
    }
    false
}

/// Code points in common, as a key that puts the most first.
fn overlap(one: &Coded, two: &Coded) -> std::cmp::Reverse<u32> {
    std::cmp::Reverse(one.end.min(two.end).saturating_sub(one.start.max(two.start)))
}

/// How much two claims have in common; none if their spans do not overlap.
pub(super) fn level(one: &Coded, two: &Coded) -> Option<Level> {
    if one.report != two.report || one.start.max(two.start) >= one.end.min(two.end) {
        return None;
    }
    if one.category != two.category {
        return Some(Level::Span);
    }
    let all = |claim: &Coded| claim.actors.iter().chain(&claim.recipients).cloned().collect::<Vec<Party>>();
    let (ones, twos) = (all(one), all(two));
    let shared = ones.iter().any(|party| twos.iter().any(|other| same(party, other)));
    if !(shared || ones.is_empty() && twos.is_empty()) {
        return Some(Level::Category);
    }
    let alike = |one: &Option<String>, two: &Option<String>| one.is_none() || two.is_none() || one == two;
    let strict = covers(&one.actors, &two.actors)
        && covers(&two.actors, &one.actors)
        && covers(&one.recipients, &two.recipients)
        && covers(&two.recipients, &one.recipients)
        && alike(&one.status, &two.status)
        && alike(&one.day, &two.day);
    Some(if strict { Level::Strict } else { Level::Actors })
}

/// Whether each of `those` is among `these`.
fn covers(these: &[Party], those: &[Party]) -> bool {
    those.iter().all(|party| these.iter().any(|other| same(party, other)))
}

fn same(one: &Party, two: &Party) -> bool {
    let pairs = one.names.iter().flat_map(|name| two.names.iter().map(move |other| (name, other)));
    pairs.into_iter().any(|(name, other)| {
        let (name, other) = (words(name), words(other));
        let within = |few: &[String], many: &[String]| !few.is_empty() && few.iter().all(|word| many.contains(word));
        within(&name, &other) || within(&other, &name)
    })
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|char: char| !char.is_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| !word.is_empty() && !FILLERS.contains(&word.as_str())).collect()
}
