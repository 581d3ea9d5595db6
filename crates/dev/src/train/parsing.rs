//! Training of the parser: the arc-hybrid machine with the dynamic oracle of Goldberg and Nivre (2013), which says of
//! any state, right or wrong, which transitions lose the fewest of the arcs that can still be had.

use super::learner::{Learner, Random};
use super::treebank::Sample;
use annotate::parse::{Features, Input, NONE, Parser, State, TEMPLATES, Transition, choose, forced, labels};
use annotate::perceptron::{Scorer, Scores};
use annotate::tags::Label;
use document::Relation;

/// How strongly parser weights are scaled before they are rounded, and the least that is kept.
const SCALE: (f64, i32) = (4.0, 6);

/// Trains a parser on samples with the label numbers that a tagger gave them.
pub(crate) fn parser(samples: &[Sample], tags: &[Vec<u8>], all: &[Label], rounds: usize, seed: u64) -> Parser {
    let mut seen = [false; 256];
    for relation in samples.iter().flat_map(|sample| &sample.relations) {
        seen[*relation as usize] = true;
    }
    let relations: Vec<Relation> = Relation::ALL
        .iter()
        .copied()
        .filter(|relation| *relation != Relation::Root && seen[*relation as usize])
        .collect();
    let mut learner = Learner::default();
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = Random::new(seed);
    let (mut input, mut state) = (Input::default(), State::default());
    for round in 0..rounds {
        random.shuffle(&mut order);
        let (mut steps, mut wrong) = (0u32, 0u32);
        for &index in &order {
            let sample = &samples[index];
            input.fill(&sample.words, &tags[index], |label| all[usize::from(label)].0 as u8);
            let mut lesson = Lesson { sample, relations: &relations, learner: &mut learner, explore: round > 0 };
            let (count, errors) = lesson.sentence(&input, &mut state, &mut random);
            steps += count;
            wrong += errors;
        }
        let right = 100.0 - 100.0 * f64::from(wrong) / f64::from(steps.max(1));
        super::report(&format!("  round {}: {right:.2} % of steps right", round + 1));
    }
    let weights = learner.weights(SCALE.0, SCALE.1);
    super::report(&format!("  features and weights kept: {:?}", weights.size()));
    Parser::new(relations, weights)
}

/// One sentence's training.
struct Lesson<'a> {
    sample: &'a Sample,
    relations: &'a [Relation],
    learner: &'a mut Learner,
    /// Whether to follow the model's own mistakes, so as to learn to go on after them.
    explore: bool,
}

impl Lesson<'_> {
    fn sentence(&mut self, input: &Input, state: &mut State, random: &mut Random) -> (u32, u32) {
        let (mut steps, mut errors) = (0, 0);
        let mut found: Features = [0; TEMPLATES];
        state.begin(self.sample.words.len());
        while !state.is_done() {
            if let Some(transition) = forced(state) {
                state.apply(transition);
                continue;
            }
            input.features(state, &mut found);
            let mut scores: Scores = [0; 256];
            self.learner.score(&found, &mut scores);
            let chosen = choose(self.relations, state, &scores);
            let right = self.best_right(state, &scores);
            steps += 1;
            self.learner.tick();
            let next = if self.is_right(state, chosen) {
                chosen
            } else {
                errors += 1;
                self.learner.update(&found, self.label(right), self.label(chosen));
                // One time in ten the right way is taken, so that good states stay in view.
                if self.explore && random.below(10) > 0 { chosen } else { right }
            };
            state.apply(next);
        }
        (steps, errors)
    }

    fn label(&self, transition: Transition) -> usize {
        let range = labels(self.relations.len(), transition);
        let place = |relation| self.relations.iter().position(|other| *other == relation).unwrap_or(0);
        match transition {
            Transition::Shift => range.start,
            Transition::Left(relation) | Transition::Right(relation) => range.start + place(relation),
        }
    }

    /// The gold arcs that become unreachable by shifting, by a left and by a right arc; `None` where impossible.
    fn costs(&self, state: &State) -> [Option<u32>; 3] {
        let heads = &self.sample.heads;
        let (top, below, next) = (state.below(0), state.below(1), state.next);
        let head = |token: u32| heads.get(token as usize).copied().unwrap_or(NONE);
        let waiting = (next..state.length()).filter(|&token| head(token) == top).count() as u32;
        let top_head = head(top);
        // The buffer ends with the artificial root, whose number is the sentence's length.
        let ahead = |from: u32| top_head != NONE && top_head >= from && top_head <= state.length();
        let shift = state.can_shift().then(|| {
            let stack = &state.stack;
            let lost_head = stack[..stack.len() - 1].contains(&head(next));
            let lost = stack.iter().filter(|&&token| head(token) == next).count() as u32;
            u32::from(lost_head) + lost
        });
        let left = (state.can_go_left() && state.can_shift())
            .then(|| waiting + u32::from(top_head == below || ahead(next + 1)));
        let right = state.can_go_right().then(|| waiting + u32::from(ahead(next)));
        [shift, left, right]
    }

    /// Whether an arc from `head` to the top of the stack is in the tree bank.
    fn is_gold(&self, state: &State, head: u32) -> bool {
        self.sample.heads.get(state.below(0) as usize) == Some(&head)
    }

    fn gold_relation(&self, state: &State) -> Relation {
        self.sample.relations[state.below(0) as usize]
    }

    fn is_right(&self, state: &State, transition: Transition) -> bool {
        let costs = self.costs(state);
        let least = costs.iter().flatten().min().copied();
        match transition {
            Transition::Shift => costs[0] == least,
            Transition::Left(relation) => {
                costs[1] == least && (!self.is_gold(state, state.next) || relation == self.gold_relation(state))
            }
            Transition::Right(relation) => {
                costs[2] == least && (!self.is_gold(state, state.below(1)) || relation == self.gold_relation(state))
            }
        }
    }

    /// Of the right transitions the one that the model likes best.
    fn best_right(&self, state: &State, scores: &Scores) -> Transition {
        let costs = self.costs(state);
        let least = costs.iter().flatten().min().copied();
        let mut found = (i32::MIN, Transition::Shift);
        let mut consider = |transition: Transition, score: i32| {
            if score > found.0 {
                found = (score, transition);
            }
        };
        if costs[0] == least {
            consider(Transition::Shift, scores[0]);
        }
        let arcs = [(1, state.next), (2, state.below(1))];
        for (kind, head) in arcs {
            let make = |relation| if kind == 1 { Transition::Left(relation) } else { Transition::Right(relation) };
            if costs[kind] != least {
                continue;
            }
            let gold = self.gold_relation(state);
            // The root's relation can only be had from the root; elsewhere it means that the head is lost.
            if self.is_gold(state, head) && gold != Relation::Root {
                consider(make(gold), scores[self.label(make(gold))]);
            } else {
                for relation in self.relations {
                    consider(make(*relation), scores[self.label(make(*relation))]);
                }
            }
        }
        found.1
    }
}
