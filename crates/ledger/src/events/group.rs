//! Events from links: average linkage, so that no single weak link chains two groups.
//!
//! Two groups join when the mean over all pairs across them reaches the threshold, a pair without a link counting 0.
//! Scores are summed in whole numbers and ties go to the least ids, so that the order of input is nothing.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Mean score from which two groups are one event. Below one half, since most pairs lack fields that would raise them.
pub const THRESHOLD: f32 = 0.35;
/// Steps of a probability.
const STEPS: f32 = 10_000.0;

/// Groups of ids as [`group`] makes them, in two steps: first what one report tells of one happening, so that a report which
/// tells it ten times weighs no more than one which tells it once; then those groups, each linked by its best link.
/// `reports` has the report of each id.
#[must_use]
pub fn group_by_reports<I: Ord + Clone>(
    ids: &[I],
    reports: &[usize],
    links: &[(usize, usize, f32)],
    threshold: f32,
) -> Vec<Vec<I>> {
    let together = |link: &&(usize, usize, f32)| reports.get(link.0) == reports.get(link.1);
    let within: Vec<_> = links.iter().filter(together).copied().collect();
    let places: Vec<usize> = (0..ids.len()).collect();
    let units = group(&places, &within, threshold);
    let mut unit_of = vec![0; ids.len()];
    for (unit, members) in units.iter().enumerate() {
        members.iter().for_each(|&member| unit_of[member] = unit);
    }
    let across: Vec<_> = links
        .iter()
        .filter(|link| !together(link) && link.0.max(link.1) < ids.len())
        .map(|&(one, other, score)| (unit_of[one], unit_of[other], score))
        .collect();
    // A unit goes by its least id.
    let least: Vec<I> =
        units.iter().filter_map(|unit| unit.iter().map(|&member| &ids[member]).min()).cloned().collect();
    let mut at: BTreeMap<&I, usize> = BTreeMap::new();
    least.iter().enumerate().for_each(|(unit, id)| {
        at.insert(id, unit);
    });
    let mut groups: Vec<Vec<I>> = group(&least, &across, threshold)
        .iter()
        .map(|members| {
            let places = members.iter().filter_map(|id| at.get(id)).flat_map(|&unit| &units[unit]);
            let mut members: Vec<I> = places.map(|&place| ids[place].clone()).collect();
            members.sort();
            members
        })
        .collect();
    groups.sort();
    groups
}

/// Groups of ids, each sorted, in the order of their least id. `links` are pairs of places in `ids` with a probability;
/// of a pair named twice the higher counts. Ids are distinct and stay the same from run to run.
#[must_use]
pub(super) fn group<I: Ord + Clone>(ids: &[I], links: &[(usize, usize, f32)], threshold: f32) -> Vec<Vec<I>> {
    // Places in the order of ids, so that all that follows does not see the order of input.
    let mut order: Vec<usize> = (0..ids.len()).collect();
    order.sort_by(|one, other| ids[*one].cmp(&ids[*other]));
    let mut rank = vec![0; ids.len()];
    for (place, number) in order.iter().enumerate() {
        rank[*number] = place;
    }
    let mut near: Vec<BTreeMap<usize, i64>> = vec![BTreeMap::new(); ids.len()];
    for &(one, other, score) in links {
        if one == other || one >= ids.len() || other >= ids.len() {
            continue;
        }
        let steps = (score.clamp(0.0, 1.0) * STEPS) as i64;
        for (from, to) in [(rank[one], rank[other]), (rank[other], rank[one])] {
            let old = near[from].entry(to).or_insert(0);
            *old = steps.max(*old);
        }
    }
    let bar = i64::from((threshold.clamp(0.0, 1.0) * STEPS) as i32);
    let mut members: Vec<Vec<usize>> = (0..ids.len()).map(|place| vec![place]).collect();
    let mut version = vec![0_u32; ids.len()];
    let mut heap = BinaryHeap::new();
    let mean = |sum: i64, one: usize, other: usize| sum * 1_000 / (one * other).max(1) as i64;
    for (one, row) in near.iter().enumerate() {
        for (&other, &sum) in row.range(one + 1..) {
            if sum >= bar {
                heap.push((mean(sum, 1, 1), Reverse((one, other)), 0_u32, 0_u32));
            }
        }
    }
    while let Some((_, Reverse((one, other)), one_version, other_version)) = heap.pop() {
        if version[one] != one_version || version[other] != other_version {
            continue;
        }
        // `one` has the lesser first member; it takes in `other`.
        let moved = std::mem::take(&mut members[other]);
        members[one].extend(moved);
        version[one] += 1;
        version[other] = u32::MAX;
        let row = std::mem::take(&mut near[other]);
        for (&third, &sum) in &row {
            near[third].remove(&other);
            if third != one {
                *near[one].entry(third).or_insert(0) += sum;
                *near[third].entry(one).or_insert(0) += sum;
            }
        }
        for (&third, &sum) in &near[one] {
            let value = mean(sum, members[one].len(), members[third].len());
            if value >= bar * 1_000 {
                let (low, high) = (one.min(third), one.max(third));
                heap.push((value, Reverse((low, high)), version[low], version[high]));
            }
        }
    }
    let mut groups: Vec<Vec<I>> = members
        .into_iter()
        .filter(|places| !places.is_empty())
        .map(|mut places| {
            places.sort_unstable();
            places.into_iter().map(|place| ids[order[place]].clone()).collect()
        })
        .collect();
    groups.sort();
    groups
}

#[cfg(test)]
mod tests {
    use super::{group, group_by_reports};

    #[test]
    fn no_single_link_chains_two_groups() {
        let ids = ["a", "b", "c", "d", "e", "f"];
        let strong = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (3, 4, 0.9), (4, 5, 0.9), (3, 5, 0.9)];
        let mut links = strong.to_vec();
        links.push((2, 3, 0.95));
        // "c" and "d" join first, but their link does not hold all six together.
        assert_eq!(group(&ids, &links, 0.35).len(), 2);
        links.pop();
        links.push((2, 3, 0.7));
        assert_eq!(group(&ids, &links, 0.35), [["a", "b", "c"], ["d", "e", "f"]]);
    }

    #[test]
    fn a_report_that_tells_it_often_weighs_no_more() {
        // Report 0 tells it three times, and only one of its claims is like that of report 1.
        let links = [(0, 1, 0.9), (1, 2, 0.9), (0, 2, 0.9), (2, 3, 0.8)];
        assert_eq!(group(&["a", "b", "c", "d"], &links, 0.35), [vec!["a", "b", "c"], vec!["d"]]);
        assert_eq!(group_by_reports(&["a", "b", "c", "d"], &[0, 0, 0, 1], &links, 0.35), [["a", "b", "c", "d"]]);
        // Two claims of one report that a third would hold together only across are joined by their links with it.
        let across = [(0, 2, 0.9), (1, 2, 0.9)];
        assert_eq!(
            group_by_reports(&["a", "b", "c"], &[0, 0, 1], &across, 0.35),
            group(&["a", "b", "c"], &across, 0.35)
        );
    }

    #[test]
    fn what_has_no_link_stands_alone() {
        assert_eq!(group(&[7, 3], &[], 0.35), [[3], [7]]);
        assert!(group::<u8>(&[], &[(0, 1, 1.0)], 0.35).is_empty());
    }
}
