//! What the finder of names looks at.

use super::lists::{self, Hints};
use super::{LABELS, known};
use crate::language::{Casing, Word, sentence_casing};
use crate::perceptron::{Scores, feature};
use crate::places::Gazetteer;
use document::{Relation, SentenceId, Syntax, Upos, Xpos};

/// Number of feature templates.
pub const TEMPLATES: usize = 70;

/// A sentence, ready for the finder.
#[derive(Clone, Debug)]
pub struct Context<'a> {
    /// Its words.
    pub words: &'a [Word],
    upos: &'a [Upos],
    xpos: &'a [Xpos],
    casing: Casing,
    hints: Vec<Hints>,
    places: Vec<Place>,
    /// What the gazetteer says of each word.
    known: Vec<u32>,
    /// What the network says of each word, a row of labels each; nothing if it said nothing.
    scores: &'a [i16],
}

/// The place of a word in the tree: what the phrase that it names something in hangs on.
#[derive(Clone, Copy, Debug, Default)]
struct Place {
    /// The word's own relation.
    relation: u32,
    /// The relation of the phrase.
    phrase: u32,
    /// The word that the phrase depends on.
    governor: u32,
    /// The preposition before the phrase.
    preposition: u32,
}

impl<'a> Context<'a> {
    /// A sentence of a report whose words are given.
    #[must_use]
    pub fn new(syntax: &'a Syntax, words: &'a [Word], sentence: SentenceId, gazetteer: &Gazetteer) -> Self {
        let range = syntax.sentence(sentence).tokens().range();
        let places = syntax
            .sentence(sentence)
            .iter()
            .map(|token| {
                let mut top = token;
                // Chains of parts of a name are short; the bound keeps long lists cheap.
                for _ in 0..6 {
                    let within = matches!(top.relation(), Relation::Flat | Relation::Compound);
                    match top.head().filter(|_| within) {
                        Some(head) => top = head,
                        None => break,
                    }
                }
                let lower = |id: document::TokenId| words[id.index()].lower;
                Place {
                    relation: token.relation() as u32,
                    phrase: top.relation() as u32,
                    governor: top.head().map_or(0, |head| lower(head.id)),
                    preposition: top.child(Relation::Case).map_or(0, |child| lower(child.id)),
                }
            })
            .collect();
        let known = known::classes(syntax, words, range.clone(), gazetteer);
        let words = &words[range.clone()];
        let scores = syntax.tags.names.get(range.start * LABELS..range.end * LABELS).unwrap_or_default();
        Self {
            words,
            upos: &syntax.tags.upos[range.clone()],
            xpos: &syntax.tags.xpos[range],
            casing: sentence_casing(words),
            hints: lists::hints(words),
            places,
            known,
            scores,
        }
    }

    /// The scores that labels have at a word before any feature is weighed.
    #[must_use]
    pub fn scores(&self, at: usize) -> Scores {
        let mut scores: Scores = [0; 16];
        let row = self.scores.get(at * LABELS..(at + 1) * LABELS).unwrap_or_default();
        scores.iter_mut().zip(row).for_each(|(score, given)| *score = i32::from(*given));
        scores
    }

    /// What the gazetteer says of a word; outside the sentence what it says of none.
    fn known(&self, at: Option<usize>) -> u32 {
        at.and_then(|at| self.known.get(at)).copied().unwrap_or(99)
    }

    /// What the lists say of a word; nothing outside the sentence.
    fn hints(&self, at: Option<usize>) -> Hints {
        at.and_then(|at| self.hints.get(at)).copied().unwrap_or(64)
    }

    fn tag(&self, at: Option<usize>) -> u32 {
        let Some(at) = at else { return 0 };
        match (self.upos.get(at), self.xpos.get(at)) {
            (Some(&upos), Some(&xpos)) => 1 + ((upos as u32) << 8 | xpos as u32),
            _ => 0,
        }
    }
}

/// Writes the features of the word at `at`; `before` holds the labels of the word before it and the one before that.
pub fn features(context: &Context<'_>, at: usize, before: [u8; 2], found: &mut [u32; TEMPLATES]) {
    let words = context.words;
    let back = |distance: usize| at.checked_sub(distance);
    let word_back =
        |distance: usize| back(distance).map_or_else(|| Word::outside(distance as u32), |place| words[place]);
    let word_ahead =
        |distance: usize| words.get(at + distance).copied().unwrap_or_else(|| Word::outside(8 + distance as u32));
    let (word, previous, second) = (words[at], word_back(1), word_back(2));
    let (next, further) = (word_ahead(1), word_ahead(2));
    let tag = context.tag(Some(at));
    let (tag_before, tag_after) = (context.tag(back(1)), context.tag(Some(at + 1)));
    let last = u32::from(before[0]);
    let position = u32::from(at == 0) << 4 | context.casing as u32;
    let shape = word.shape;
    let casing = word.casing as u32;
    let hint = context.hints(Some(at));
    let hint_before = context.hints(back(1));
    let hint_after = context.hints(Some(at + 1));
    let place = context.places[at];
    let next_place = context.places.get(at + 1).copied().unwrap_or_default();
    let known = context.known(Some(at));
    *found = [
        feature(0, 0, 0, 0),
        feature(1, word.lower, 0, 0),
        feature(2, word.form, 0, 0),
        feature(3, word.lower, last, 0),
        feature(4, tag, 0, 0),
        feature(5, tag, last, 0),
        feature(6, tag, tag_before, tag_after),
        feature(7, tag, tag_after, last),
        feature(8, shape, position, 0),
        feature(9, shape, last, tag),
        feature(10, casing, tag, position),
        feature(11, word.suffixes[2], casing, 0),
        feature(12, word.suffixes[3], casing, 0),
        feature(13, word.suffixes[1], tag, 0),
        feature(14, word.prefixes[2], casing, 0),
        feature(15, u32::from(word.clusters[0]), casing, 0),
        feature(16, u32::from(word.clusters[0]), last, tag),
        feature(17, previous.lower, 0, 0),
        feature(18, previous.lower, last, casing),
        feature(19, next.lower, 0, 0),
        feature(20, next.lower, last, casing),
        feature(21, second.lower, previous.lower, casing),
        feature(22, further.lower, next.lower, casing),
        feature(23, previous.lower, word.lower, 0),
        feature(24, word.lower, next.lower, 0),
        feature(25, u32::from(previous.clusters[0]), casing, last),
        feature(26, u32::from(next.clusters[0]), casing, last),
        feature(27, u32::from(previous.clusters[0]), u32::from(next.clusters[0]), casing),
        feature(28, next.shape, shape, last),
        feature(29, previous.shape, shape, last),
        feature(30, last, u32::from(before[1]), tag),
        feature(31, previous.suffixes[2], casing, 0),
        feature(32, next.suffixes[2], casing, last),
        feature(33, second.lower, casing, last),
        feature(34, further.lower, casing, last),
        feature(35, previous.lower, next.lower, casing),
        feature(36, tag_before, tag, last),
        feature(37, word.lower, tag, tag_after),
        feature(38, next.form, next.casing as u32, last),
        feature(39, previous.form, last, tag),
        feature(40, hint, casing, 0),
        feature(41, hint, last, tag),
        feature(42, hint_before, hint, casing),
        feature(43, hint_after, hint, casing),
        feature(44, hint_after << 8 | hint, last, casing),
        feature(45, hint_before << 8 | hint, last, tag),
        feature(46, hint, previous.lower, casing),
        feature(47, hint, next.lower, casing),
        feature(48, context.hints(Some(at + 2)) << 8 | hint_after, casing, last),
        feature(49, hint_after, word.lower, last),
        feature(50, place.relation, last, casing),
        feature(51, place.phrase, tag, casing),
        feature(52, place.phrase, place.governor, casing),
        feature(53, place.preposition, casing, tag),
        feature(54, place.preposition, place.phrase, casing),
        feature(55, place.preposition, place.governor, casing),
        feature(56, next_place.relation, last, casing),
        feature(57, place.relation, next_place.relation, tag),
        feature(58, place.preposition, hint, last),
        feature(59, place.phrase << 8 | place.relation, hint, casing),
        feature(60, known, last, 0),
        feature(61, known, tag, casing),
        feature(62, known, context.known(back(1)), last),
        feature(63, known, context.known(Some(at + 1)), last),
        feature(64, known, hint, last),
        feature(65, known, previous.lower, 0),
        feature(66, known, next.lower, 0),
        feature(67, known, u32::from(word.clusters[1]), last),
        feature(68, known, position, casing),
        feature(69, known, place.preposition, place.phrase),
    ];
}
