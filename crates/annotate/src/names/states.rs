//! What the network's states say of names: one weight for each state and label.

use super::LABELS;
use crate::language::LanguageError;
use crate::language::bytes::{Reader, Writer};
use crate::network::Matrix;

/// Weights of the states of the network, all of one scale.
#[derive(Clone, Debug, Default)]
pub struct StateWeights {
    /// One row for each label.
    weights: Vec<i8>,
    width: usize,
    /// How much of a sum makes one unit of the weights of features.
    unit: i32,
    matrix: Matrix,
}

impl StateWeights {
    /// Weights that stand label by label, `width` each. `unit` is how much of a sum makes one unit of the features' weights.
    #[must_use]
    pub fn new(weights: Vec<i8>, width: usize, unit: i32) -> Self {
        Self { matrix: Matrix::pack(&weights, width), weights, width, unit: unit.max(1) }
    }

    /// Appends the scores of the labels for rows of states.
    pub(crate) fn weigh(&self, states: &[i16], scores: &mut Vec<i16>) {
        if self.width == 0 {
            return;
        }
        let mut sums = Vec::new();
        self.matrix.multiply(states, &mut sums);
        for sums in sums.chunks_exact(self.matrix.height()) {
            let bounds = i32::from(i16::MIN)..=i32::from(i16::MAX);
            scores.extend(
                sums[..LABELS].iter().map(|sum| (sum / self.unit).clamp(*bounds.start(), *bounds.end()) as i16),
            );
        }
    }

    pub(crate) fn width(&self) -> usize {
        self.width
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.length(self.width);
        writer.u32(self.unit.max(1).cast_unsigned());
        self.weights.iter().for_each(|weight| writer.raw(&weight.to_le_bytes()));
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let width = reader.length(LABELS)?;
        let unit = reader.u32()?.cast_signed();
        let weights = reader.raw(width * LABELS)?.iter().map(|byte| byte.cast_signed()).collect();
        // Longer rows could overflow the sums; the matrix takes inputs in pairs.
        if unit < 1 || width > 4096 || width % 2 == 1 {
            return Err(LanguageError::Malformed("weights of states that fit no network"));
        }
        Ok(Self::new(weights, width, unit))
    }
}
