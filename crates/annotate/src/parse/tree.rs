//! The best tree over scored arcs: Chu and Liu's algorithm for dense graphs, with a single root.
//!
//! Every word takes the head that it likes best; where that closes a circle, the circle is drawn together into one
//! node and the search goes on (Chu and Liu 1965, Edmonds 1967). Drawing together costs as many steps as the circle
//! has words times the length of the sentence, so that the whole is quadratic.

/// An arc between words, and how much more it is worth than what it replaces.
#[derive(Clone, Copy, Debug)]
struct Arc {
    head: usize,
    word: usize,
    score: i64,
}

/// Less than any sum of arcs.
const BARRED: i64 = i64::MIN / 4;

/// The heads of the best tree over `count` words, the root's being `count`; `score(word, head)` values an arc, where
/// the head `count` stands for the root. Of equal heads the root comes first, then the words in their order.
#[must_use]
pub(crate) fn best(count: usize, score: impl Fn(usize, usize) -> i64) -> Vec<usize> {
    if count == 0 {
        return Vec::new();
    }
    let favourite = |word: usize| {
        let heads = std::iter::once(count).chain(0..count).filter(|head| *head != word);
        heads
            .map(|head| (head, score(word, head)))
            .reduce(|best, other| if other.1 > best.1 { other } else { best })
            .map_or(count, |best| best.0)
    };
    let greedy: Vec<usize> = (0..count).map(favourite).collect();
    if is_tree(&greedy) { greedy } else { Contraction::new(count, score).run() }
}

/// Whether heads make one tree with one root.
fn is_tree(heads: &[usize]) -> bool {
    let count = heads.len();
    let mut state = vec![0u32; count];
    for start in 0..count {
        let mark = start as u32 + 1;
        let mut at = start;
        while at != count && state[at] == 0 {
            state[at] = mark;
            at = heads[at];
        }
        if at != count && state[at] == mark {
            return false;
        }
    }
    heads.iter().filter(|head| **head == count).count() == 1
}

/// The graph while circles are drawn together. Nodes beyond the words and the root are circles.
struct Contraction {
    count: usize,
    /// Row by node, column by head: the best arc into the node from the head's words.
    arcs: Vec<Vec<Arc>>,
    /// The circle that has swallowed a node.
    swallowed: Vec<Option<usize>>,
    /// The nodes of each circle, in the order of their arcs, by node number less the words and the root.
    circles: Vec<Vec<usize>>,
    /// The arc that each node has chosen.
    chosen: Vec<Option<Arc>>,
}

impl Contraction {
    fn new(count: usize, score: impl Fn(usize, usize) -> i64) -> Self {
        let mut low = i64::MAX;
        let mut high = i64::MIN;
        let mut arcs: Vec<Vec<Arc>> = (0..count)
            .map(|word| {
                (0..=count)
                    .map(|head| {
                        let score = if head == word { 0 } else { score(word, head) };
                        (low, high) = (low.min(score), high.max(score));
                        Arc { head, word, score }
                    })
                    .collect()
            })
            .collect();
        // Arcs from the root cost more than any tree can gain by them, so that one is taken and no second.
        let cost = (high - low + 1) * (count as i64 + 1);
        arcs.iter_mut().for_each(|row| row[count].score -= cost);
        arcs.push(Vec::new());
        Self { count, arcs, swallowed: vec![None; count + 1], circles: Vec::new(), chosen: vec![None; count + 1] }
    }

    fn run(mut self) -> Vec<usize> {
        // A path is grown against the arcs until it meets the root or what leads there; circles on it are drawn together.
        let mut settled = vec![false; self.count + 1];
        settled[self.count] = true;
        for word in 0..self.count {
            let mut node = self.top(word);
            let mut path: Vec<usize> = Vec::new();
            while !settled[node] {
                let Some(arc) = self.best_into(node) else { break };
                self.chosen[node] = Some(arc);
                path.push(node);
                let next = self.top(arc.head);
                if let Some(place) = path.iter().position(|other| *other == next) {
                    let circle = path.split_off(place);
                    node = self.contract(circle);
                    settled.push(false);
                } else {
                    node = next;
                }
            }
            path.into_iter().for_each(|node| settled[node] = true);
        }
        self.expand()
    }

    /// The outermost node that holds this one.
    fn top(&self, node: usize) -> usize {
        let mut node = node;
        while let Some(circle) = self.swallowed[node] {
            node = circle;
        }
        node
    }

    fn best_into(&self, node: usize) -> Option<Arc> {
        let mut best: Option<Arc> = None;
        for (head, arc) in self.arcs[node].iter().enumerate() {
            if head != node && self.swallowed[head].is_none() && best.is_none_or(|best| arc.score > best.score) {
                best = Some(*arc);
            }
        }
        best
    }

    /// Makes one node of a circle; an arc into it is worth what it adds to the arc of the circle that it replaces.
    fn contract(&mut self, circle: Vec<usize>) -> usize {
        let node = self.arcs.len();
        circle.iter().for_each(|&member| self.swallowed[member] = Some(node));
        let mut row: Vec<Arc> = Vec::with_capacity(node + 1);
        for head in 0..node {
            let mut best = Arc { head, word: circle[0], score: BARRED };
            if self.swallowed[head].is_none() {
                for &member in &circle {
                    let loss = self.chosen[member].map_or(0, |arc| arc.score);
                    let arc = self.arcs[member][head];
                    if arc.score - loss > best.score {
                        best = Arc { score: arc.score - loss, ..arc };
                    }
                }
            }
            row.push(best);
        }
        row.push(Arc { head: node, word: circle[0], score: BARRED });
        for other in 0..node {
            if other == self.count {
                continue;
            }
            let mut best = Arc { head: circle[0], word: other, score: BARRED };
            if self.swallowed[other].is_none() {
                for &member in &circle {
                    let arc = self.arcs[other][member];
                    if arc.score > best.score {
                        best = arc;
                    }
                }
            }
            self.arcs[other].push(best);
        }
        self.arcs.push(row);
        self.swallowed.push(None);
        self.chosen.push(None);
        self.circles.push(circle);
        node
    }

    /// Opens the circles from the outermost inwards: each is entered at one word, whose own arc in the circle falls.
    fn expand(mut self) -> Vec<usize> {
        for index in (0..self.circles.len()).rev() {
            let node = self.count + 1 + index;
            let Some(arc) = self.chosen[node] else { continue };
            let mut entered = arc.word;
            while self.swallowed[entered] != Some(node) {
                match self.swallowed[entered] {
                    Some(outer) => entered = outer,
                    None => break,
                }
            }
            self.chosen[entered] = Some(arc);
        }
        (0..self.count).map(|word| self.chosen[word].map_or(self.count, |arc| arc.head)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The value of the best tree, by trying all.
    fn exhaustive(count: usize, scores: &[i64]) -> i64 {
        let mut heads = vec![0; count];
        let mut best = i64::MIN;
        loop {
            if heads.iter().enumerate().all(|(word, head)| *head != word) && is_tree(&heads) {
                best = best.max(value(&heads, scores));
            }
            let Some(place) = heads.iter().rposition(|head| *head < count) else { return best };
            heads[place] += 1;
            heads[place + 1..].fill(0);
        }
    }

    fn value(heads: &[usize], scores: &[i64]) -> i64 {
        heads.iter().enumerate().map(|(word, head)| scores[word * (heads.len() + 1) + head]).sum()
    }

    proptest! {
        #[test]
        fn no_tree_is_better(count in 1usize..6, seed in prop::collection::vec(-20i32..20, 42)) {
            let scores: Vec<i64> = seed.iter().map(|value| i64::from(*value)).collect();
            let heads = best(count, |word, head| scores[word * (count + 1) + head]);
            prop_assert!(is_tree(&heads), "{heads:?}");
            prop_assert_eq!(value(&heads, &scores), exhaustive(count, &scores));
        }

        #[test]
        fn any_scores_give_one_tree(count in 0usize..60, seed in any::<u32>()) {
            let score = |word: usize, head: usize| {
                ((word as u32 * 7919 + head as u32 * 104_729) ^ seed).wrapping_mul(2_654_435_761).into()
            };
            let heads = best(count, score);
            prop_assert!(count == 0 || is_tree(&heads), "{heads:?}");
        }
    }
}
