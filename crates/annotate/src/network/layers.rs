//! Layers of the network: a product with what follows it, and recurrent layers that read sentences in both directions.

use super::arithmetic::{quantise, sigmoid, tanh};
use super::file::File;
use super::matrix::Matrix;
use crate::language::LanguageError;
use pulp::{Arch, NullaryFnOnce};
use std::ops::Range;

/// A product, a scale and a bias for each output.
#[derive(Clone, Debug, Default)]
pub(super) struct Dense {
    matrix: Matrix,
    scale: Vec<f32>,
    bias: Vec<f32>,
    outputs: usize,
}

impl Dense {
    /// Reads a layer that must take so many inputs.
    pub(super) fn load(file: &File<'_>, name: &str, inputs: usize) -> Result<Self, LanguageError> {
        let (weights, width) = file.rows(name)?;
        if width != inputs {
            return Err(LanguageError::Malformed("a layer that does not fit the one before"));
        }
        Self::of(file, name, &weights, width, weights.len() / width)
    }

    fn of(file: &File<'_>, name: &str, weights: &[i8], width: usize, outputs: usize) -> Result<Self, LanguageError> {
        let matrix = Matrix::pack(weights, width);
        let padded = |part: &str| -> Result<Vec<f32>, LanguageError> {
            let mut values = file.floats(&format!("{name}.{part}"), outputs)?.to_vec();
            values.resize(matrix.height(), 0.0);
            Ok(values)
        };
        Ok(Self { scale: padded("scale")?, bias: padded("bias")?, matrix, outputs })
    }

    pub(super) fn outputs(&self) -> usize {
        self.outputs
    }

    /// Length of a row of results.
    pub(super) fn height(&self) -> usize {
        self.matrix.height()
    }

    /// Sums before scale and bias.
    pub(super) fn sums(&self, rows: &[i16], sums: &mut Vec<i32>) {
        self.matrix.multiply(rows, sums);
    }

    /// Scores of rows of inputs.
    pub(super) fn scores(&self, rows: &[i16], sums: &mut Vec<i32>, scores: &mut Vec<f32>) {
        self.sums(rows, sums);
        self.weigh(sums, scores);
    }

    /// Scores from sums: scale and bias of each output.
    pub(super) fn weigh(&self, sums: &[i32], scores: &mut Vec<f32>) {
        scores.resize(sums.len(), 0.0);
        Arch::new().dispatch(Weigh { layer: self, sums, scores });
    }
}

/// Activations from scores: their hyperbolic tangents, rounded.
pub(super) fn activate(scores: &[f32], found: &mut Vec<i16>) {
    found.resize(scores.len(), 0);
    Arch::new().dispatch(Activate { scores, found });
}

// What is dispatched is a type with an inlined call, not a closure: only so is it compiled for the processor found.

struct Weigh<'a> {
    layer: &'a Dense,
    sums: &'a [i32],
    scores: &'a mut [f32],
}

impl NullaryFnOnce for Weigh<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { layer, sums, scores } = self;
        let height = layer.height();
        for (scores, sums) in scores.chunks_exact_mut(height).zip(sums.chunks_exact(height)) {
            for ((score, sum), (scale, bias)) in scores.iter_mut().zip(sums).zip(layer.scale.iter().zip(&layer.bias)) {
                *score = *sum as f32 * scale + bias;
            }
        }
    }
}

struct Activate<'a> {
    scores: &'a [f32],
    found: &'a mut [i16],
}

impl NullaryFnOnce for Activate<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        for (value, score) in self.found.iter_mut().zip(self.scores) {
            *value = quantise(tanh(*score));
        }
    }
}

/// A recurrent layer of long short-term memory that reads in both directions (Hochreiter and Schmidhuber 1997).
#[derive(Clone, Debug, Default)]
pub(super) struct Recurrent {
    directions: [Direction; 2],
    hidden: usize,
}

/// One direction: what the input brings to the gates, and what the state before does.
#[derive(Clone, Debug, Default)]
struct Direction {
    input: Matrix,
    state: Matrix,
    scale: Vec<f32>,
    bias: Vec<f32>,
}

/// How many sentences are read in step.
const ABREAST: usize = 16;

impl Recurrent {
    pub(super) fn load(file: &File<'_>, name: &str, inputs: usize) -> Result<Self, LanguageError> {
        let [ahead, back] =
            ["forward", "backward"].map(|side| Direction::load(file, &format!("{name}.{side}"), inputs));
        let ((ahead, hidden), (back, other)) = (ahead?, back?);
        if hidden != other {
            return Err(LanguageError::Malformed("two directions of different size"));
        }
        Ok(Self { directions: [ahead, back], hidden })
    }

    /// Length of a row of results: both directions.
    pub(super) fn height(&self) -> usize {
        2 * self.hidden
    }

    /// Reads sentences, given as ranges of tokens in any order of length; `row_of` tells the row of `inputs` that each
    /// token has, so that words that come again are multiplied once.
    pub(super) fn read(&self, sentences: &[Range<usize>], inputs: &[i16], row_of: &[u32], found: &mut Vec<i16>) {
        found.clear();
        found.resize(row_of.len() * self.height(), 0);
        // The longest first, so that those that still go on stand in front.
        let mut order: Vec<&Range<usize>> = sentences.iter().collect();
        order.sort_by_key(|range| (std::cmp::Reverse(range.len()), range.start));
        let mut given = Vec::new();
        for (side, direction) in self.directions.iter().enumerate() {
            direction.input.multiply(inputs, &mut given);
            for group in order.chunks(ABREAST) {
                let step = |index: usize, at: usize| {
                    let range = group[index];
                    if side == 0 { range.start + at } else { range.end - 1 - at }
                };
                direction.read(group, &given, row_of, step, |token, hidden| {
                    found[token * self.height() + side * self.hidden..][..self.hidden].copy_from_slice(hidden);
                });
            }
        }
    }
}

impl Direction {
    fn load(file: &File<'_>, name: &str, inputs: usize) -> Result<(Self, usize), LanguageError> {
        let (weights, width) = file.rows(name)?;
        let gates = weights.len() / width;
        let hidden = width.saturating_sub(inputs);
        if hidden == 0 || gates != 4 * hidden || !hidden.is_multiple_of(8) || !inputs.is_multiple_of(2) {
            return Err(LanguageError::Malformed("a recurrent layer of an impossible shape"));
        }
        let part = |columns: Range<usize>| -> Matrix {
            let part: Vec<i8> =
                weights.chunks_exact(width).flat_map(|row| row[columns.clone()].iter().copied()).collect();
            Matrix::pack(&part, columns.len())
        };
        Ok((
            Self {
                input: part(0..inputs),
                state: part(inputs..width),
                scale: file.floats(&format!("{name}.scale"), gates)?.to_vec(),
                bias: file.floats(&format!("{name}.bias"), gates)?.to_vec(),
            },
            hidden,
        ))
    }

    /// Reads sentences in step. `token` gives the token that sentence `index` reads at a step.
    fn read(
        &self,
        sentences: &[&Range<usize>],
        given: &[i32],
        row_of: &[u32],
        token: impl Fn(usize, usize) -> usize,
        mut put: impl FnMut(usize, &[i16]),
    ) {
        let size = self.state.width();
        let mut hidden = vec![0i16; sentences.len() * size];
        let mut cells = vec![0f32; sentences.len() * size];
        let (mut sums, mut rows) = (Vec::new(), Vec::new());
        let longest = sentences.first().map_or(0, |range| range.len());
        for at in 0..longest {
            let active = sentences.iter().take_while(|range| range.len() > at).count();
            self.state.multiply(&hidden[..active * size], &mut sums);
            rows.clear();
            rows.extend((0..active).map(|index| row_of[token(index, at)]));
            let (cells, hidden) = (&mut cells[..active * size], &mut hidden[..active * size]);
            Arch::new().dispatch(Step { direction: self, given, sums: &sums, rows: &rows, cells, hidden });
            for (index, hidden) in hidden.chunks_exact(size).enumerate() {
                put(token(index, at), hidden);
            }
        }
    }
}

/// One step of some sentences: gates in the order input, forget, cell, output.
struct Step<'a> {
    direction: &'a Direction,
    given: &'a [i32],
    sums: &'a [i32],
    rows: &'a [u32],
    cells: &'a mut [f32],
    hidden: &'a mut [i16],
}

/// Applies a function to eight numbers.
#[inline(always)]
fn each(numbers: [f32; 8], function: impl Fn(f32) -> f32) -> [f32; 8] {
    let mut found = [0.0; 8];
    for lane in 0..8 {
        found[lane] = function(numbers[lane]);
    }
    found
}

/// Eight scores of a gate: what input and state bring together, with scale and bias.
#[inline(always)]
fn weigh(given: &[i32; 8], sums: &[i32; 8], scale: &[f32; 8], bias: &[f32; 8]) -> [f32; 8] {
    let mut found = [0.0; 8];
    for lane in 0..8 {
        found[lane] = (given[lane] + sums[lane]) as f32 * scale[lane] + bias[lane];
    }
    found
}

impl NullaryFnOnce for Step<'_> {
    type Output = ();

    /// Written by eights, so that vector registers are filled.
    #[inline(always)]
    fn call(self) {
        let size = self.direction.state.width();
        let (scale, bias) = (self.direction.scale.as_chunks::<8>().0, self.direction.bias.as_chunks::<8>().0);
        let states = self.cells.chunks_exact_mut(size).zip(self.hidden.chunks_exact_mut(size));
        for (((cells, hidden), sums), row) in states.zip(self.sums.chunks_exact(4 * size)).zip(self.rows) {
            let given = self.given[*row as usize * 4 * size..][..4 * size].as_chunks::<8>().0;
            let sums = sums.as_chunks::<8>().0;
            let count = size / 8;
            let states = cells.as_chunks_mut::<8>().0.iter_mut().zip(hidden.as_chunks_mut::<8>().0);
            for (chunk, (cells, hidden)) in states.enumerate() {
                let [i, f, c, o] = [chunk, count + chunk, 2 * count + chunk, 3 * count + chunk];
                let input = each(weigh(&given[i], &sums[i], &scale[i], &bias[i]), sigmoid);
                let forget = each(weigh(&given[f], &sums[f], &scale[f], &bias[f]), sigmoid);
                let cell = each(weigh(&given[c], &sums[c], &scale[c], &bias[c]), tanh);
                let output = each(weigh(&given[o], &sums[o], &scale[o], &bias[o]), sigmoid);
                for lane in 0..8 {
                    cells[lane] = forget[lane] * cells[lane] + input[lane] * cell[lane];
                }
                let shown = each(*cells, tanh);
                for lane in 0..8 {
                    hidden[lane] = quantise(output[lane] * shown[lane]);
                }
            }
        }
    }
}
