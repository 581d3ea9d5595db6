//! Layers of the network: a product with what follows it, and recurrent layers that read sentences in both directions.

use super::arithmetic::{quantise, sigmoid, tanh};
use super::file::File;
use super::matrix::Matrix;
use crate::language::LanguageError;
use pulp::Arch;
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
        scores.clear();
        scores.resize(sums.len(), 0.0);
        Arch::new().dispatch(|| {
            for (scores, sums) in scores.chunks_exact_mut(self.height()).zip(sums.chunks_exact(self.height())) {
                for ((score, sum), (scale, bias)) in scores.iter_mut().zip(sums).zip(self.scale.iter().zip(&self.bias))
                {
                    *score = *sum as f32 * scale + bias;
                }
            }
        });
    }
}

/// Activations from scores: their hyperbolic tangents, rounded.
pub(super) fn activate(scores: &[f32], found: &mut Vec<i16>) {
    found.clear();
    found.resize(scores.len(), 0);
    Arch::new().dispatch(|| {
        found.iter_mut().zip(scores).for_each(|(value, score)| *value = quantise(tanh(*score)));
    });
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
        let mut sums = Vec::new();
        let longest = sentences.first().map_or(0, |range| range.len());
        for at in 0..longest {
            let active = sentences.iter().take_while(|range| range.len() > at).count();
            self.state.multiply(&hidden[..active * size], &mut sums);
            Arch::new().dispatch(|| {
                for index in 0..active {
                    let row = row_of[token(index, at)] as usize;
                    let state = &mut hidden[index * size..][..size];
                    let given = &given[row * 4 * size..][..4 * size];
                    self.step(given, &sums[index * 4 * size..][..4 * size], &mut cells[index * size..][..size], state);
                }
            });
            for index in 0..active {
                put(token(index, at), &hidden[index * size..][..size]);
            }
        }
    }

    /// One step of one sentence: gates in the order input, forget, cell, output. Written by eights, so that vector
    /// registers are filled.
    #[inline(always)]
    fn step(&self, given: &[i32], sums: &[i32], cells: &mut [f32], hidden: &mut [i16]) {
        let (given, sums) = (given.as_chunks::<8>().0, sums.as_chunks::<8>().0);
        let (scale, bias) = (self.scale.as_chunks::<8>().0, self.bias.as_chunks::<8>().0);
        let count = cells.len() / 8;
        let states = cells.as_chunks_mut::<8>().0.iter_mut().zip(hidden.as_chunks_mut::<8>().0);
        for (chunk, (cells, hidden)) in states.enumerate() {
            let gate = |number: usize| -> [f32; 8] {
                let at = number * count + chunk;
                let (given, sums, scale, bias) = (&given[at], &sums[at], &scale[at], &bias[at]);
                std::array::from_fn(|lane| (given[lane] + sums[lane]) as f32 * scale[lane] + bias[lane])
            };
            let (input, forget, cell, output) =
                (gate(0).map(sigmoid), gate(1).map(sigmoid), gate(2).map(tanh), gate(3).map(sigmoid));
            for lane in 0..8 {
                cells[lane] = forget[lane] * cells[lane] + input[lane] * cell[lane];
            }
            for lane in 0..8 {
                hidden[lane] = quantise(output[lane] * tanh(cells[lane]));
            }
        }
    }
}
