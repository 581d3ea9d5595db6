//! Dependency trees: a greedy arc-hybrid parser, trained with a dynamic oracle.
//!
//! The main type is [`Parser`]. [`State`] is the machine, [`Input`] what it sees; the crate `dev` trains with both.

mod features;
mod state;

use crate::language::LanguageError;
use crate::language::bytes::{Reader, Writer};
use crate::perceptron::{Scorer, Scores, Weights, best};
use document::{Relation, Upos};
pub use features::{Features, Input, TEMPLATES};
pub use state::{NONE, Node, State, Transition};

/// A trained parser.
#[derive(Clone, Debug)]
pub struct Parser {
    /// The relations that it gives, the root's excepted; transitions are numbered after them.
    pub relations: Vec<Relation>,
    pub(crate) weights: Weights,
}

impl Default for Parser {
    /// A parser that knows nothing, so that an empty language is no special case.
    fn default() -> Self {
        Self { relations: vec![Relation::Dep], weights: Weights::default() }
    }
}

impl Parser {
    /// A parser from its parts.
    #[must_use]
    pub fn new(relations: Vec<Relation>, weights: Weights) -> Self {
        Self { relations, weights }
    }

    /// Runs the machine over the sentence in `input` of `length` tokens; `state` holds the tree afterwards.
    pub fn parse(&self, input: &Input, length: usize, state: &mut State) {
        let mut found = [0; TEMPLATES];
        state.begin(length);
        while !state.is_done() {
            let transition = forced(state).unwrap_or_else(|| {
                input.features(state, &mut found);
                let mut scores: Scores = [0; 256];
                self.weights.score(&found, &mut scores);
                self.forbid(input.part_of_speech(state.below(0)), &mut scores);
                choose(&self.relations, state, &scores)
            });
            state.apply(transition);
        }
    }

    /// Takes arcs to the top of the stack out of the choice that its part of speech excludes. After a mistake the
    /// weights may know no good label, and would give any.
    fn forbid(&self, upos: Option<Upos>, scores: &mut Scores) {
        let Some(upos) = upos else { return };
        let count = self.relations.len();
        for (place, _) in self.relations.iter().enumerate().filter(|entry| !may_bear(upos, *entry.1)) {
            scores[1 + place] = i32::MIN / 2;
            scores[1 + count + place] = i32::MIN / 2;
        }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.length(self.relations.len());
        self.relations.iter().for_each(|relation| writer.string(relation.as_str()));
        self.weights.write(writer);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let count = reader.length(4)?;
        if count == 0 || count > 100 {
            return Err(LanguageError::Malformed("a parser without relations or with too many"));
        }
        let relations = (0..count)
            .map(|_| Relation::from_label(reader.string()?).ok_or(LanguageError::Malformed("an unknown relation")))
            .collect::<Result<_, _>>()?;
        Ok(Self { relations, weights: Weights::read(reader)? })
    }
}

/// Whether a word of this part of speech may bear the relation, for the relations of function words and marks.
fn may_bear(upos: Upos, relation: Relation) -> bool {
    match relation {
        Relation::Punct => matches!(upos, Upos::Punct | Upos::Sym),
        Relation::Cc => matches!(upos, Upos::Cconj | Upos::Sconj | Upos::Adv | Upos::Adp | Upos::Punct | Upos::Sym),
        Relation::Aux | Relation::AuxPass => matches!(upos, Upos::Aux | Upos::Verb),
        Relation::Cop => upos == Upos::Aux,
        Relation::Det => !matches!(upos, Upos::Verb | Upos::Punct | Upos::Aux),
        Relation::Case | Relation::Mark => !matches!(upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Punct),
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Obl | Relation::Nmod => {
            !matches!(upos, Upos::Punct | Upos::Part | Upos::Cconj)
        }
        _ => upos != Upos::Punct || matches!(relation, Relation::Fixed | Relation::Goeswith | Relation::Dep),
    }
}

/// The only possible transition, where there is but one.
#[must_use]
pub fn forced(state: &State) -> Option<Transition> {
    if state.stack.is_empty() {
        Some(Transition::Shift)
    } else if !state.can_shift() && state.stack.len() == 1 {
        Some(Transition::Left(Relation::Root))
    } else {
        None
    }
}

/// The numbers of the transitions of a kind: 0 is to shift, then come the left and the right arcs, by relation.
#[must_use]
pub fn labels(relations: usize, transition: Transition) -> std::ops::Range<usize> {
    match transition {
        Transition::Shift => 0..1,
        Transition::Left(_) => 1..1 + relations,
        Transition::Right(_) => 1 + relations..1 + 2 * relations,
    }
}

/// The possible transition with the highest score.
#[must_use]
pub fn choose(relations: &[Relation], state: &State, scores: &Scores) -> Transition {
    let count = relations.len();
    let kinds = [
        (state.can_shift(), Transition::Shift),
        (state.can_shift() && state.can_go_left(), Transition::Left(Relation::Dep)),
        (state.can_go_right(), Transition::Right(Relation::Dep)),
    ];
    let mut chosen = (i32::MIN, Transition::Shift);
    for (_, kind) in kinds.into_iter().filter(|kind| kind.0) {
        let range = labels(count, kind);
        let label = best(scores, range.clone());
        if scores[label] > chosen.0 {
            let relation = relations[(label - range.start).min(count - 1)];
            let transition = match kind {
                Transition::Shift => Transition::Shift,
                Transition::Left(_) => Transition::Left(relation),
                Transition::Right(_) => Transition::Right(relation),
            };
            chosen = (scores[label], transition);
        }
    }
    chosen.1
}
