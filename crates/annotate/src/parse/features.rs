//! What the parser looks at: the top of the stack, the front of the buffer, and their dependents so far.

use super::state::{NONE, State};
use crate::language::Word;
use crate::perceptron::feature;
use document::Upos;

/// Room for the features of one state.
pub type Features = [u32; TEMPLATES];

/// Number of feature templates.
pub const TEMPLATES: usize = 96;

/// The words and tags of one sentence, ready for the parser.
#[derive(Clone, Debug, Default)]
pub struct Input {
    atoms: Vec<Atom>,
}

/// What the features know of a token.
#[derive(Clone, Copy, Debug, Default)]
struct Atom {
    word: u32,
    tag: u32,
    coarse: u32,
    fine_cluster: u32,
    coarse_cluster: u32,
}

impl Input {
    /// Takes a sentence: its words, label numbers, and the universal tag of each label as a number.
    pub fn fill(&mut self, words: &[Word], tags: &[u8], coarse: impl Fn(u8) -> u8) {
        self.atoms.clear();
        self.atoms.extend(words.iter().zip(tags).map(|(word, &tag)| Atom {
            word: word.lower,
            tag: u32::from(tag) + 2,
            coarse: u32::from(coarse(tag)) + 2,
            fine_cluster: u32::from(word.clusters[0]) + 1,
            coarse_cluster: u32::from(word.clusters[1]) + 1,
        }));
        // The artificial root, and after it the token that is absent.
        self.atoms.push(Atom { word: 1, tag: 1, coarse: 1, fine_cluster: 0, coarse_cluster: 0 });
        self.atoms.push(Atom::default());
    }

    /// The universal part of speech of a token of the sentence.
    pub(crate) fn part_of_speech(&self, token: u32) -> Option<Upos> {
        let coarse = self.atoms.get(token as usize)?.coarse;
        coarse.checked_sub(2).and_then(|number| Upos::ALL.get(number as usize)).copied()
    }

    fn atom(&self, token: u32) -> Atom {
        *self.atoms.get(token as usize).unwrap_or(&self.atoms[self.atoms.len() - 1])
    }

    /// Writes the features of a state.
    pub fn features(&self, state: &State, found: &mut Features) {
        let node = |token: u32| state.nodes.get(token as usize);
        let left = |token, place: usize| node(token).map_or(NONE, |node| node.left[place]);
        let right = |token, place: usize| node(token).map_or(NONE, |node| node.right[place]);
        let relation = |token| node(token).map_or(63, |node| node.relation as u32);
        let absent = self.atoms.len() as u32 - 1;
        let buffer = |distance: u32| (state.next + distance).min(absent);

        let (s0, s1, s2) = (state.below(0), state.below(1), state.below(2));
        let (b0, b1, b2) = (buffer(0), buffer(1), buffer(2));
        let [a0, a1, a2] = [s0, s1, s2].map(|token| self.atom(token));
        let [n0, n1, n2] = [b0, b1, b2].map(|token| self.atom(token));
        let (s0l, s0r, s1l, s1r) = (left(s0, 0), right(s0, 0), left(s1, 0), right(s1, 0));
        let (s0l2, s0r2, s1r2, b0l, b0l2) = (left(s0, 1), right(s0, 1), right(s1, 1), left(b0, 0), left(b0, 1));
        let [c0l, c0r, c1l, c1r, cbl] = [s0l, s0r, s1l, s1r, b0l].map(|token| self.atom(token));
        let [c0l2, c0r2, c1r2, cbl2] = [s0l2, s0r2, s1r2, b0l2].map(|token| self.atom(token));
        let before = self.atom(if b0 == 0 { NONE } else { b0 - 1 });
        let after_s1 = self.atom(s1.saturating_add(1));
        let after_s0 = self.atom(s0.saturating_add(1));
        let gap = distance(s0, b0);
        let gap_below = distance(s1, s0);
        let counts =
            |token| node(token).map_or((0, 0), |node| (u32::from(node.left_count), u32::from(node.right_count)));
        let ((v0l, v0r), (v1l, v1r), (vbl, _)) = (counts(s0), counts(s1), counts(b0));
        let sets = |token| node(token).map_or((0, 0), |node| (fold(node.left_relations), fold(node.right_relations)));
        let ((r0l, r0r), (r1l, r1r), (rbl, _)) = (sets(s0), sets(s1), sets(b0));
        let pair = |one: u32, other: u32| one << 16 | other;
        let triple = |one: u32, other: u32, third: u32| one << 16 | other << 8 | third;

        *found = [
            feature(0, a0.word, 0, 0),
            feature(1, a0.tag, 0, 0),
            feature(2, a0.word, a0.tag, 0),
            feature(3, a1.word, 0, 0),
            feature(4, a1.tag, 0, 0),
            feature(5, a1.word, a1.tag, 0),
            feature(6, n0.word, 0, 0),
            feature(7, n0.tag, 0, 0),
            feature(8, n0.word, n0.tag, 0),
            feature(9, n1.word, 0, 0),
            feature(10, n1.tag, n2.tag, 0),
            feature(11, n1.word, n1.tag, 0),
            feature(12, a2.word, a2.tag, 0),
            feature(13, n2.word, n2.tag, 0),
            feature(14, a0.word, pair(a0.tag, n0.tag), n0.word),
            feature(15, a0.word, pair(a0.tag, n0.tag), 0),
            feature(16, n0.word, pair(a0.tag, n0.tag), 0),
            feature(17, a0.word, n0.word, 0),
            feature(18, pair(a0.tag, n0.tag), 0, 0),
            feature(19, a1.word, a0.word, 0),
            feature(20, a1.word, pair(a1.tag, a0.tag), 0),
            feature(21, a0.word, pair(a1.tag, a0.tag), 0),
            feature(22, pair(a1.tag, a0.tag), 0, 0),
            feature(23, a1.tag, pair(a0.tag, n0.tag), 0),
            feature(24, a1.word, n0.word, 0),
            feature(25, a1.word, pair(a0.tag, n0.tag), 0),
            feature(26, a1.tag, n0.word, a0.tag),
            feature(27, n0.word, n1.tag, a0.tag),
            feature(28, n0.tag, pair(n1.tag, n2.tag), 0),
            feature(29, a0.tag, pair(n0.tag, n1.tag), 0),
            feature(30, a2.tag, pair(a1.tag, a0.tag), 0),
            feature(31, a2.tag, pair(a1.tag, a0.tag), n0.tag),
            feature(32, a1.tag, pair(a0.tag, n0.tag), n1.tag),
            feature(33, a0.tag, pair(c0l.tag, n0.tag), relation(s0l)),
            feature(34, a0.tag, pair(c0r.tag, n0.tag), relation(s0r)),
            feature(35, a0.tag, pair(cbl.tag, n0.tag), relation(b0l)),
            feature(36, a1.tag, pair(c1r.tag, a0.tag), relation(s1r)),
            feature(37, a1.tag, pair(c1l.tag, a0.tag), relation(s1l)),
            feature(38, a1.tag, pair(c0l.tag, a0.tag), relation(s0l)),
            feature(39, a1.tag, pair(c0r.tag, a0.tag), relation(s0r)),
            feature(40, a0.tag, pair(c0l.tag, c0l2.tag), relation(s0l)),
            feature(41, a0.tag, pair(c0r.tag, c0r2.tag), relation(s0r)),
            feature(42, a1.tag, pair(c1r.tag, c1r2.tag), relation(s1r)),
            feature(43, n0.tag, pair(cbl.tag, cbl2.tag), relation(b0l)),
            feature(44, a0.word, gap, 0),
            feature(45, a0.tag, gap, n0.tag),
            feature(46, n0.word, gap, 0),
            feature(47, a1.word, gap_below, a0.tag),
            feature(48, a1.tag, gap_below, a0.tag),
            feature(49, a0.word, gap_below, a1.tag),
            feature(50, a0.word, v0r, v0l),
            feature(51, a0.tag, v0r, v0l),
            feature(52, a1.word, v1r, 0),
            feature(53, a1.tag, v1r, v1l),
            feature(54, n0.word, vbl, 0),
            feature(55, n0.tag, vbl, 0),
            feature(56, c0l.word, relation(s0l), 0),
            feature(57, c0r.word, relation(s0r), 0),
            feature(58, c1r.word, relation(s1r), 0),
            feature(59, c1l.word, relation(s1l), 0),
            feature(60, cbl.word, relation(b0l), 0),
            feature(61, c0l.tag, relation(s0l), a0.tag),
            feature(62, c1r.tag, relation(s1r), a1.tag),
            feature(63, a0.word, r0l, 0),
            feature(64, a0.tag, r0l, n0.tag),
            feature(65, a0.word, r0r, 0),
            feature(66, a0.tag, r0r, n0.tag),
            feature(67, n0.tag, rbl, a0.tag),
            feature(68, n0.word, rbl, 0),
            feature(69, a1.word, r1r, a0.tag),
            feature(70, a1.tag, r1r, a0.tag),
            feature(71, a1.tag, r1l, a0.tag),
            feature(72, a1.word, c0l.word, 0),
            feature(73, a1.tag, c0l.word, a0.tag),
            feature(74, a1.word, c0l.word, a0.word),
            feature(75, a2.word, c0l.word, a1.tag),
            feature(76, a2.tag, c0l.word, triple(0, a1.tag, a0.tag)),
            feature(77, before.word, before.tag, n0.tag),
            feature(78, before.tag, pair(a0.tag, n0.tag), 0),
            feature(79, after_s1.tag, pair(a1.tag, a0.tag), 0),
            feature(80, after_s0.tag, pair(a0.tag, n0.tag), 0),
            feature(81, a0.fine_cluster, n0.fine_cluster, 0),
            feature(82, a1.fine_cluster, a0.fine_cluster, 0),
            feature(83, a0.coarse_cluster, n0.coarse_cluster, pair(a0.tag, n0.tag)),
            feature(84, a1.coarse_cluster, a0.coarse_cluster, pair(a1.tag, a0.tag)),
            feature(85, a1.fine_cluster, c0l.word, a0.coarse),
            feature(86, a2.coarse_cluster, pair(a1.coarse_cluster, a0.coarse_cluster), c0l.word),
            feature(87, a0.fine_cluster, a1.coarse, n0.tag),
            feature(88, n0.fine_cluster, a0.tag, a1.coarse),
            feature(89, pair(a2.coarse, a1.coarse), pair(a0.coarse, n0.coarse), pair(n1.coarse, n2.coarse)),
            feature(90, pair(a1.coarse, a0.coarse), pair(r1r, r0l), n0.coarse),
            feature(91, pair(a1.coarse, a0.coarse), pair(v1r, v0r), pair(n0.coarse, gap)),
            feature(92, a1.word, pair(relation(s1r), a0.coarse), c0l.word),
            feature(93, c0r.word, relation(s0r), pair(a0.tag, n0.tag)),
            feature(94, n1.word, pair(a0.tag, n0.tag), 0),
            feature(95, pair(a0.tag, n0.tag), n1.fine_cluster, n2.coarse),
        ];
    }
}

/// The distance of two tokens in steps that grow.
fn distance(from: u32, to: u32) -> u32 {
    if from == NONE || to == NONE {
        return 0;
    }
    match to.saturating_sub(from) {
        near @ 0..=4 => near,
        5..=6 => 5,
        7..=10 => 6,
        11..=20 => 7,
        _ => 8,
    }
}

/// A set of relations, folded to 16 bits.
fn fold(set: u64) -> u32 {
    let product = set.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (product >> 48) as u32
}
