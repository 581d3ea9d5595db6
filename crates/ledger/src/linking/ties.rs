//! What analysts have said belongs together or apart: mergers and splits, obeyed whenever groups are made.
//!
//! [`Ties`] names claims or reports by their ids, so that it holds for the claims of every later run. Groups are first made
//! as if there were no ties; then [`Ties::obey`] parts what must be apart and joins what must be together. Where two
//! verdicts contradict each other the later one holds.

use rusqlite::Connection;
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

/// One verdict on what belongs together: all in `together`, and none of it with any of `apart`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Tie {
    together: Vec<String>,
    apart: Vec<String>,
}

/// All ties that hold, as classes of ids and which classes are foes.
#[derive(Debug, Default)]
pub(super) struct Ties {
    place: FxHashMap<String, usize>,
    ids: Vec<String>,
    parent: Vec<usize>,
    foes: Vec<BTreeSet<usize>>,
}

impl Ties {
    /// The ties between the claims of events, or between the reports of stories.
    pub(super) fn read(connection: &Connection, target: &str) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached(
            "SELECT verdicts.number, verdicts.decision, concerned.id, concerned.named
             FROM verdicts JOIN concerned ON concerned.verdict = verdicts.number
             WHERE verdicts.target = ?1 AND verdicts.decision IN ('merge', 'split') AND verdicts.undone IS NULL
             ORDER BY verdicts.number, concerned.ordinal",
        )?;
        let mut ties: BTreeMap<i64, Tie> = BTreeMap::new();
        let mut rows = statement.query([target])?;
        while let Some(row) = rows.next()? {
            let tie = ties.entry(row.get(0)?).or_default();
            let left = row.get::<_, String>(1)? == "split" && !row.get::<_, bool>(3)?;
            if left { tie.apart.push(row.get(2)?) } else { tie.together.push(row.get(2)?) }
        }
        Ok(Self::new(ties.into_values()))
    }

    /// From verdicts in the order in which they were given.
    pub(super) fn new(ties: impl DoubleEndedIterator<Item = Tie>) -> Self {
        let mut all = Self::default();
        for tie in ties.rev() {
            all.take(&tie);
        }
        all
    }

    /// What an earlier verdict says, as far as the later ones allow it.
    fn take(&mut self, tie: &Tie) {
        let mut classes: Vec<usize> = Vec::new();
        for id in &tie.together {
            let own = self.enter(id);
            let found = classes.iter().copied().find(|&class| self.may_join(class, own));
            match found {
                Some(class) => self.join(class, own),
                None => classes.push(own),
            }
        }
        for id in &tie.apart {
            let other = self.enter(id);
            for &class in &classes {
                let (one, two) = (self.root(class), self.root(other));
                if one != two {
                    self.foes[one].insert(two);
                    self.foes[two].insert(one);
                }
            }
        }
    }

    fn enter(&mut self, id: &str) -> usize {
        if let Some(&place) = self.place.get(id) {
            return place;
        }
        let place = self.ids.len();
        self.place.insert(id.to_owned(), place);
        self.ids.push(id.to_owned());
        self.parent.push(place);
        self.foes.push(BTreeSet::new());
        place
    }

    fn root(&self, mut of: usize) -> usize {
        while self.parent[of] != of {
            of = self.parent[of];
        }
        of
    }

    fn may_join(&self, one: usize, two: usize) -> bool {
        !self.foes[self.root(one)].contains(&self.root(two))
    }

    fn join(&mut self, one: usize, two: usize) {
        let (one, two) = (self.root(one), self.root(two));
        if one == two {
            return;
        }
        self.parent[two] = one;
        for foe in std::mem::take(&mut self.foes[two]) {
            self.foes[foe].remove(&two);
            self.foes[foe].insert(one);
            self.foes[one].insert(foe);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    fn class(&self, id: &str) -> Option<usize> {
        self.place.get(id).map(|&place| self.root(place))
    }

    /// The ids that must be together with one, itself among them; none if no tie names it.
    pub(super) fn together(&self, id: &str) -> Vec<&str> {
        let Some(class) = self.class(id) else { return Vec::new() };
        (0..self.ids.len()).filter(|&place| self.root(place) == class).map(|place| self.ids[place].as_str()).collect()
    }

    /// Whether two groups of classes may be one.
    fn agree(&self, one: &BTreeSet<usize>, two: &BTreeSet<usize>) -> bool {
        one.iter().all(|&class| self.foes[class].is_disjoint(two))
    }

    /// Groups, as places in `ids`, that keep the ties. `score` says how well two places go together: what must be apart is
    /// parted, and what belongs to neither side goes where it fits best.
    pub(super) fn obey(
        &self,
        ids: &[&str],
        groups: Vec<Vec<usize>>,
        score: &dyn Fn(usize, usize) -> i64,
    ) -> Vec<Vec<usize>> {
        if self.is_empty() {
            return groups;
        }
        let classes: Vec<Option<usize>> = ids.iter().map(|id| self.class(id)).collect();
        let parted: Vec<Group> = groups.into_iter().flat_map(|group| self.part(&classes, group, score)).collect();
        let mut groups: Vec<Vec<usize>> = self.unite(&classes, parted).into_iter().map(|group| group.members).collect();
        for group in &mut groups {
            group.sort_unstable();
        }
        groups.retain(|group| !group.is_empty());
        groups.sort();
        groups
    }

    fn part(&self, classes: &[Option<usize>], group: Vec<usize>, score: &dyn Fn(usize, usize) -> i64) -> Vec<Group> {
        let whole = Group::of(classes, group);
        if self.agree(&whole.classes, &whole.classes) {
            return vec![whole];
        }
        let is_free = |place: usize| classes[place].is_none_or(|class| self.foes[class].is_disjoint(&whole.classes));
        let mut members = whole.members.clone();
        members.sort_by_key(|&place| (is_free(place), place));
        let mut parts: Vec<Group> = Vec::new();
        for place in members {
            let own = classes[place].into_iter().collect();
            // Members of one class stay together; others go where they fit best, the first part among equals.
            let best = (0..parts.len()).filter(|&part| self.agree(&own, &parts[part].classes)).max_by_key(|&part| {
                let at_home = classes[place].is_some_and(|class| parts[part].classes.contains(&class));
                (at_home, parts[part].fit(place, score), std::cmp::Reverse(part))
            });
            match best {
                Some(part) => parts[part].add(place, classes),
                None => parts.push(Group::of(classes, vec![place])),
            }
        }
        parts
    }

    fn unite(&self, classes: &[Option<usize>], mut groups: Vec<Group>) -> Vec<Group> {
        let all: BTreeSet<usize> = classes.iter().copied().flatten().collect();
        for class in all {
            let with: Vec<usize> = (0..groups.len()).filter(|&at| groups[at].classes.contains(&class)).collect();
            if with.len() < 2 {
                continue;
            }
            // The class itself first, then of each group what may come along.
            let is_own = |place: &usize| classes[*place] == Some(class);
            let own = with.iter().flat_map(|&at| groups[at].members.iter().copied().filter(is_own)).collect();
            let mut united = Group::of(classes, own);
            for at in with {
                let rest = groups[at].members.iter().copied().filter(|place| !is_own(place)).collect();
                let rest = Group::of(classes, rest);
                if self.agree(&united.classes, &rest.classes) {
                    rest.members.into_iter().for_each(|place| united.add(place, classes));
                    groups[at] = Group::default();
                } else {
                    groups[at] = rest;
                }
            }
            groups.push(united);
        }
        groups
    }
}

#[derive(Debug, Default)]
struct Group {
    members: Vec<usize>,
    classes: BTreeSet<usize>,
}

impl Group {
    fn of(classes: &[Option<usize>], members: Vec<usize>) -> Self {
        let classes = members.iter().filter_map(|&place| classes[place]).collect();
        Self { members, classes }
    }

    fn add(&mut self, place: usize, classes: &[Option<usize>]) {
        self.members.push(place);
        self.classes.extend(classes[place]);
    }

    fn fit(&self, place: usize, score: &dyn Fn(usize, usize) -> i64) -> i64 {
        let sum: i64 = self.members.iter().map(|&member| score(member, place)).sum();
        sum.saturating_mul(1_000) / self.members.len().max(1) as i64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn tie(together: &str, apart: &str) -> Tie {
        let ids = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Tie { together: ids(together), apart: ids(apart) }
    }

    /// The groups of one-letter ids after the ties, from groups written "ab cd".
    fn grouped(ties: &[Tie], before: &str) -> String {
        let ids: Vec<String> = before.split_whitespace().flat_map(str::chars).map(String::from).collect();
        let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
        let mut next = 0..;
        let groups = before.split_whitespace().map(|group| next.by_ref().take(group.len()).collect()).collect();
        let groups = Ties::new(ties.iter().cloned()).obey(&ids, groups, &|_, _| 1);
        let words: Vec<String> =
            groups.iter().map(|group| group.iter().map(|&place| ids[place]).collect::<String>()).collect();
        words.join(" ")
    }

    #[test]
    fn ties_are_obeyed() {
        assert_eq!(grouped(&[], "abc d"), "abc d");
        assert_eq!(grouped(&[tie("a d", "")], "abc de f"), "abcde f");
        assert_eq!(grouped(&[tie("b", "a c")], "abcd"), "acd b");
        // What was merged and then split is apart, the rest stays merged.
        assert_eq!(grouped(&[tie("a b c d", ""), tie("d", "a b c")], "ab cd"), "abc d");
        // And the other way about.
        assert_eq!(grouped(&[tie("d", "a b c"), tie("a b c d", "")], "ab cd"), "abcd");
        // A group that may not come along stays behind without what is tied.
        assert_eq!(grouped(&[tie("x", "y"), tie("a b", "")], "ax by"), "axb y");
    }

    proptest! {
        #[test]
        fn the_last_tie_always_holds(
            ties in proptest::collection::vec((proptest::collection::btree_set(0_u8..8, 1..5), any::<bool>()), 1..8),
            cuts in proptest::collection::vec(any::<bool>(), 8),
        ) {
            let ids: Vec<String> = (b'a'..b'i').map(|letter| char::from(letter).to_string()).collect();
            let ties: Vec<Tie> = ties.into_iter().map(|(set, split)| {
                let (named, rest): (Vec<_>, Vec<_>) = (0..8_u8).partition(|place| set.contains(place));
                let of = |places: Vec<u8>| places.into_iter().map(|place| ids[usize::from(place)].clone()).collect();
                Tie { together: of(named), apart: if split { of(rest) } else { Vec::new() } }
            }).collect();
            let mut before = String::new();
            for (id, cut) in ids.iter().zip(cuts) {
                before.push_str(if cut { " " } else { "" });
                before.push_str(id);
            }
            let after = grouped(&ties, &before);
            let group = |id: &str| after.split_whitespace().find(|group| group.contains(id)).map(str::to_owned);
            let last = ties.last().cloned().unwrap_or_default();
            for id in &last.together {
                prop_assert_eq!(group(id), group(&last.together[0]));
            }
            for id in &last.apart {
                prop_assert_ne!(group(id), group(&last.together[0]));
            }
            let mut letters: Vec<char> = after.chars().filter(|char| *char != ' ').collect();
            letters.sort_unstable();
            prop_assert_eq!(letters, ('a'..'i').collect::<Vec<_>>());
        }
    }
}
