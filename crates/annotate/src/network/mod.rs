//! The neural network that reads sentences: parts of speech, heads and relations of all words at once.
//!
//! Two recurrent layers over word, affix and pattern vectors, with small layers on top; arcs are scored by the product
//! of what a word says of itself as dependent and what others say of themselves as heads (Dozat and Manning 2017). All
//! products are sums of whole numbers, so that every processor gives the same. The main type is [`Network`]; it is
//! trained outside (`training/README.md`, which is also the description of the file), and [`Reading`] is what it gives.

mod arithmetic;
mod file;
mod forms;
mod layers;
mod matrix;

use crate::language::LanguageError;
use crate::parse::{punctuation, tree};
use crate::tags::Label;
use document::{Relation, TokenSpan, Upos, Xpos};
pub(crate) use file::File;
use forms::Forms;
pub(crate) use forms::hash;
use layers::{Dense, Recurrent, activate};
pub(crate) use matrix::Matrix;
use rustc_hash::FxHashMap;
use std::ops::Range;

/// What the network says of the words of a report.
#[derive(Clone, Debug, Default)]
pub(crate) struct Reading {
    /// Numbers of labels.
    pub(crate) labels: Vec<u16>,
    /// Heads as numbers of tokens; a root is its own head.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<Relation>,
}

/// The longest stretch that is read as one; longer sentences are read in pieces, whose roots are joined.
const LONGEST: usize = 256;

/// How many words are read together, at least.
const TOGETHER: usize = 2048;

/// What a capital within a sentence speaks for a proper noun. Training puts sentences in other capitals, so that the
/// network trusts a single capital too little.
const CAPITAL: f32 = 2.5;

/// The trained network.
#[derive(Clone, Debug, Default)]
pub(crate) struct Network {
    /// The labels that it gives, by number.
    pub(crate) labels: Vec<Label>,
    relations: Vec<Relation>,
    root: usize,
    forms: Forms,
    first: Recurrent,
    second: Recurrent,
    tag: [Dense; 2],
    /// What a capital within a sentence adds to each label.
    bonus: Vec<f32>,
    dependent: Dense,
    head: Dense,
    root_head: Vec<i16>,
    /// What a dependent and its head bring to their relation, before the scale and bias of `relation[0]`.
    pair: [Matrix; 2],
    relation: [Dense; 2],
    root_relation: Vec<f32>,
}

impl Network {
    /// Reads the network out of a model file.
    pub(crate) fn load(file: &File<'_>) -> Result<Self, LanguageError> {
        let labels: Vec<Label> = file
            .strings("upos")?
            .iter()
            .zip(file.strings("xpos")?)
            .map(|(upos, xpos)| Upos::from_label(upos).zip(Xpos::from_label(xpos)))
            .collect::<Option<Vec<_>>>()
            .ok_or(LanguageError::Malformed("an unknown part of speech"))?;
        let relations = file
            .strings("relations")?
            .iter()
            .map(|relation| Relation::from_label(relation))
            .collect::<Option<Vec<_>>>()
            .ok_or(LanguageError::Malformed("an unknown relation"))?;
        let root = relations
            .iter()
            .position(|relation| *relation == Relation::Root)
            .filter(|_| relations.len() > 1)
            .ok_or(LanguageError::Malformed("no relation of the root"))?;
        let forms = Forms::load(file)?;
        let first = Recurrent::load(file, "lstm1", forms.width())?;
        let second = Recurrent::load(file, "lstm2", first.height())?;
        let (high, both) = (second.height(), first.height() + second.height());
        let stack = |name: [&str; 2], inputs: usize, outputs: usize| -> Result<[Dense; 2], LanguageError> {
            let below = Dense::load(file, name[0], inputs)?;
            let above = Dense::load(file, name[1], below.outputs())?;
            // Rows of activations are as long as the layer below is high.
            let fits = above.outputs() == outputs && below.height() == below.outputs();
            if fits { Ok([below, above]) } else { Err(LanguageError::Malformed("a layer of the wrong size")) }
        };
        let dependent = Dense::load(file, "arc_dep", high)?;
        let head = Dense::load(file, "arc_head", high)?;
        let root_head: Vec<i16> = file.rows("arc_root")?.0.into_iter().map(i16::from).collect();
        let is_even = |layer: &Dense| layer.outputs() == root_head.len() && layer.height() == root_head.len();
        if !is_even(&dependent) || !is_even(&head) {
            return Err(LanguageError::Malformed("arcs of different size"));
        }
        let relation = stack(["rel_pair", "rel_out"], 2 * high, relations.len())?;
        let (pairs, width) = file.rows("rel_pair")?;
        let half = |columns: Range<usize>| -> Matrix {
            let half: Vec<i8> =
                pairs.chunks_exact(width).flat_map(|row| row[columns.clone()].iter().copied()).collect();
            Matrix::pack(&half, high)
        };
        Ok(Self {
            root,
            tag: stack(["tag1", "tag2"], both, labels.len())?,
            bonus: labels.iter().map(|label| if is_proper(*label) { CAPITAL } else { 0.0 }).collect(),
            pair: [half(0..high), half(high..2 * high)],
            root_relation: file.floats("rel_root", relation[0].outputs())?.to_vec(),
            labels,
            relations,
            forms,
            first,
            second,
            dependent,
            head,
            root_head,
            relation,
        })
    }

    /// Whether a word stands in the vocabulary.
    pub(crate) fn knows(&self, word: &str) -> bool {
        self.forms.knows(word)
    }

    /// Length of the row of states that [`Self::read`] shows for a word.
    pub(crate) fn width(&self) -> usize {
        self.forms.width() + self.first.height() + self.second.height()
    }

    /// Reads the sentences of a report whose words are given. `show` sees the states of all words, row by row in the
    /// order of the text: the word by itself, then what both recurrent layers make of it where it stands.
    pub(crate) fn read<'a>(
        &self,
        form: impl Fn(usize) -> &'a str,
        sentences: &[TokenSpan],
        mut show: impl FnMut(&[i16]),
    ) -> Reading {
        let mut reading = Reading::default();
        if self.labels.is_empty() {
            return unread(sentences);
        }
        let mut pieces: Vec<Range<usize>> = Vec::new();
        let mut begun = 0;
        for sentence in sentences {
            let range = sentence.range();
            let starts = range.clone().step_by(LONGEST);
            pieces.extend(starts.map(|start| start..(start + LONGEST).min(range.end)));
            let long = pieces.last().map_or(0, |piece| piece.end) - begun;
            if long >= TOGETHER {
                self.read_together(&form, &std::mem::take(&mut pieces), &mut reading, &mut show);
                begun = range.end;
            }
        }
        self.read_together(&form, &pieces, &mut reading, &mut show);
        join(sentences, &mut reading);
        reading
    }

    /// Reads neighbouring pieces, appending to `reading`.
    fn read_together<'a>(
        &self,
        form: &impl Fn(usize) -> &'a str,
        pieces: &[Range<usize>],
        reading: &mut Reading,
        show: &mut impl FnMut(&[i16]),
    ) {
        let (Some(begin), Some(end)) = (pieces.first().map(|piece| piece.start), pieces.last().map(|piece| piece.end))
        else {
            return;
        };
        let count = end - begin;
        let local: Vec<Range<usize>> = pieces.iter().map(|piece| piece.start - begin..piece.end - begin).collect();
        // The first layer sees a word as its form alone: each form is multiplied once.
        let mut known: FxHashMap<&str, u32> = FxHashMap::default();
        let mut inputs: Vec<i16> = Vec::new();
        let width = self.forms.width();
        let rows: Vec<u32> = (begin..end)
            .map(|token| {
                let form = form(token);
                let next = known.len() as u32;
                *known.entry(form).or_insert_with(|| {
                    let start = inputs.len();
                    inputs.resize(start + width, 0);
                    self.forms.input(form, &mut inputs[start..]);
                    next
                })
            })
            .collect();
        let (mut low, mut high) = (Vec::new(), Vec::new());
        self.first.read(&local, &inputs, &rows, &mut low);
        let each: Vec<u32> = (0..count as u32).collect();
        self.second.read(&local, &low, &each, &mut high);
        let mut both: Vec<i16> = Vec::with_capacity(low.len() + high.len());
        for (low, high) in low.chunks_exact(self.first.height()).zip(high.chunks_exact(self.second.height())) {
            both.extend_from_slice(low);
            both.extend_from_slice(high);
        }
        let mut states: Vec<i16> = Vec::with_capacity(count * self.width());
        for (row, both) in rows.iter().zip(both.chunks_exact(self.first.height() + self.second.height())) {
            states.extend_from_slice(&inputs[*row as usize * width..][..width]);
            states.extend_from_slice(both);
        }
        show(&states);
        let mut workspace = Workspace::default();
        let within = capitals(|word| form(begin + word), &local);
        for (scores, is_within) in workspace.stack(&self.tag, &both).zip(within) {
            let scores = scores.iter().zip(&self.bonus);
            let label = best(scores.map(|(score, bonus)| if is_within { score + bonus } else { *score }));
            reading.labels.push(label as u16);
        }
        let mut heads = self.heads(&local, &high, &mut workspace);
        let known = reading.relations.len();
        self.relations(&heads, &high, &mut workspace, &mut reading.relations);
        let is_mark: Vec<bool> =
            reading.relations[known..].iter().map(|relation| *relation == Relation::Punct).collect();
        for piece in local {
            let start = piece.start;
            let mut own: Vec<Option<usize>> = heads[piece.clone()].iter().map(|head| Some((*head)? - start)).collect();
            punctuation::attach(|word| form(begin + start + word), &is_mark[piece.clone()], &mut own);
            heads.splice(piece, own.into_iter().map(|head| Some(head? + start)));
        }
        reading.heads.extend(heads.iter().enumerate().map(|(token, head)| (head.unwrap_or(token) + begin) as u32));
    }

    /// The head of each word, none for the root of a piece.
    fn heads(&self, pieces: &[Range<usize>], high: &[i16], workspace: &mut Workspace) -> Vec<Option<usize>> {
        let width = self.root_head.len();
        let dependents = workspace.layer(&self.dependent, high);
        let heads = workspace.layer(&self.head, high);
        let mut found = Vec::new();
        let mut sums = Vec::new();
        for piece in pieces {
            let keys = [&self.root_head, &heads[piece.start * width..piece.end * width]].concat();
            let keys = Matrix::pack(&keys, width);
            keys.multiply(&dependents[piece.start * width..piece.end * width], &mut sums);
            let count = piece.len();
            let score = |word: usize, head: usize| {
                // Place 0 of a row is the root's, which the tree counts last.
                i64::from(sums[word * keys.height() + if head == count { 0 } else { head + 1 }])
            };
            let tree = tree::best(count, score);
            found.extend(tree.into_iter().map(|head| (head < count).then_some(piece.start + head)));
        }
        found
    }

    fn relations(&self, heads: &[Option<usize>], high: &[i16], workspace: &mut Workspace, found: &mut Vec<Relation>) {
        let height = self.relation[0].height();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        self.pair[0].multiply(high, &mut left);
        self.pair[1].multiply(high, &mut right);
        for (row, head) in left.chunks_exact_mut(height).zip(heads) {
            if let Some(head) = head {
                row.iter_mut().zip(&right[head * height..]).for_each(|(sum, other)| *sum += other);
            }
        }
        let mut scores = Vec::new();
        self.relation[0].weigh(&left, &mut scores);
        for (row, _) in scores.chunks_exact_mut(height).zip(heads).filter(|(_, head)| head.is_none()) {
            row.iter_mut().zip(&self.root_relation).for_each(|(score, extra)| *score += extra);
        }
        activate(&scores, &mut workspace.activations);
        self.relation[1].scores(&workspace.activations, &mut workspace.sums, &mut workspace.scores);
        for (scores, head) in workspace.scores.chunks_exact_mut(self.relation[1].height()).zip(heads) {
            scores[self.root] = f32::MIN;
            let scores = scores[..self.relations.len()].iter().copied();
            let relation = if head.is_some() { best(scores) } else { self.root };
            found.push(self.relations[relation]);
        }
    }
}

/// What a network that knows nothing says: the first word of each sentence is the root of the others.
fn unread(sentences: &[TokenSpan]) -> Reading {
    let mut reading = Reading::default();
    for sentence in sentences {
        for token in sentence.range() {
            let first = sentence.start.index();
            reading.labels.push(0);
            reading.heads.push(first as u32);
            reading.relations.push(if token == first { Relation::Root } else { Relation::Dep });
        }
    }
    reading
}

/// Buffers that layers share.
#[derive(Default)]
struct Workspace {
    sums: Vec<i32>,
    scores: Vec<f32>,
    activations: Vec<i16>,
}

impl Workspace {
    /// The activations of one layer.
    fn layer(&mut self, layer: &Dense, rows: &[i16]) -> Vec<i16> {
        layer.scores(rows, &mut self.sums, &mut self.scores);
        let mut found = Vec::new();
        activate(&self.scores, &mut found);
        found
    }

    /// The scores of two layers, one on the other, row by row.
    fn stack(&mut self, layers: &[Dense; 2], rows: &[i16]) -> std::slice::ChunksExact<'_, f32> {
        self.activations = self.layer(&layers[0], rows);
        layers[1].scores(&self.activations, &mut self.sums, &mut self.scores);
        self.scores.chunks_exact(layers[1].height().max(1))
    }
}

fn is_proper((upos, xpos): Label) -> bool {
    upos == Upos::Propn || matches!(xpos, Xpos::Nnp | Xpos::Nnps)
}

/// The place of the highest score, the first of equals.
fn best(scores: impl Iterator<Item = f32>) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (place, score) in scores.enumerate() {
        if score > best.1 {
            best = (place, score);
        }
    }
    best.0
}

/// Whether each word of the pieces begins with a capital within its piece. In a headline, where nearly all long words
/// do, none counts.
fn capitals<'a>(form: impl Fn(usize) -> &'a str, pieces: &[Range<usize>]) -> Vec<bool> {
    let mut found = Vec::new();
    let is_capital = |word: usize| form(word).starts_with(char::is_uppercase);
    for piece in pieces {
        let is_long =
            |word: &usize| form(*word).chars().nth(3).is_some() && form(*word).starts_with(char::is_alphabetic);
        let long = piece.clone().filter(is_long);
        let (count, capitals) = (long.clone().count(), long.filter(|word| is_capital(*word)).count());
        let is_headline = 4 * capitals > 3 * count;
        found.extend(piece.clone().map(|word| !is_headline && word > piece.start && is_capital(word)));
    }
    found
}

/// Makes one tree of a sentence that was read in pieces: later roots stand beside the first.
fn join(sentences: &[TokenSpan], reading: &mut Reading) {
    for sentence in sentences.iter().filter(|sentence| sentence.len() > LONGEST) {
        let mut first = None;
        for token in sentence.range() {
            if reading.heads[token] as usize == token {
                match first {
                    None => first = Some(token),
                    Some(first) => {
                        reading.heads[token] = first as u32;
                        reading.relations[token] = Relation::Parataxis;
                    }
                }
            }
        }
    }
}
