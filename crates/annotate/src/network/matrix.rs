//! Products of whole numbers: rows of activations with 16 bits times a matrix of weights with 8, summed in 32 bits.
//!
//! Integer sums have no order, so that every processor gives the same bytes; which instructions are used is chosen when
//! the program runs. The main type is [`Matrix`].

#[cfg(target_arch = "x86_64")]
use pulp::Arch;

/// Outputs that are computed together: one vector register.
const LANES: usize = 8;

/// How many rows share one reading of the weights.
const ROWS: usize = 4;

/// A matrix of weights, packed so that one vector instruction multiplies two inputs with eight outputs.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matrix {
    /// For each group of eight outputs, for each pair of inputs: both weights of each output in turn.
    blocks: Vec<[i16; 2 * LANES]>,
    /// Pairs of inputs.
    pairs: usize,
    /// Groups of outputs.
    groups: usize,
}

impl Matrix {
    /// Packs weights that stand output by output, `inputs` each. Both dimensions are filled up with zeros.
    pub(crate) fn pack<Weight: Copy + Into<i16>>(weights: &[Weight], inputs: usize) -> Self {
        let outputs = weights.len().checked_div(inputs).unwrap_or(0);
        let (pairs, groups) = (inputs.div_ceil(2), outputs.div_ceil(LANES));
        let mut blocks = vec![[0; 2 * LANES]; pairs * groups];
        for (output, row) in weights.chunks_exact(inputs.max(1)).enumerate() {
            let column = &mut blocks[output / LANES * pairs..][..pairs];
            for (input, &weight) in row.iter().enumerate() {
                column[input / 2][output % LANES * 2 + input % 2] = weight.into();
            }
        }
        Self { blocks, pairs, groups }
    }

    /// Length of a row of inputs: their number, rounded up to pairs.
    pub(crate) fn width(&self) -> usize {
        self.pairs * 2
    }

    /// Length of a row of outputs: their number, rounded up to whole groups.
    pub(crate) fn height(&self) -> usize {
        self.groups * LANES
    }

    /// Multiplies rows of [`Self::width`] inputs into rows of [`Self::height`] sums.
    pub(crate) fn multiply(&self, rows: &[i16], sums: &mut Vec<i32>) {
        let count = rows.len().checked_div(self.width()).unwrap_or(0);
        // What the buffer held before is written over.
        sums.resize(count * self.height(), 0);
        if sums.is_empty() {
            return;
        }
        #[cfg(target_arch = "x86_64")]
        if let Arch::V3(simd) = Arch::new() {
            simd.vectorize(vector::Product { simd, matrix: self, rows, sums });
            return;
        }
        sums.fill(0);
        Portable { matrix: self, rows, sums }.call();
    }

    fn column(&self, group: usize) -> &[[i16; 2 * LANES]] {
        &self.blocks[group * self.pairs..][..self.pairs]
    }
}

/// The product in plain code, for processors without a version of their own.
struct Portable<'a> {
    matrix: &'a Matrix,
    rows: &'a [i16],
    sums: &'a mut [i32],
}

impl Portable<'_> {
    fn call(self) {
        let Self { matrix, rows, sums } = self;
        for (row, sums) in rows.chunks_exact(matrix.width()).zip(sums.chunks_exact_mut(matrix.height())) {
            let inputs = row.as_chunks::<2>().0;
            for (group, sums) in sums.as_chunks_mut::<LANES>().0.iter_mut().enumerate() {
                for (weights, &[first, second]) in matrix.column(group).iter().zip(inputs) {
                    let (first, second) = (i32::from(first), i32::from(second));
                    for (sum, pair) in sums.iter_mut().zip(weights.as_chunks::<2>().0) {
                        *sum += first * i32::from(pair[0]) + second * i32::from(pair[1]);
                    }
                }
            }
        }
    }
}

#[cfg(target_arch = "x86_64")]
mod vector {
    //! The product with 256-bit registers: one instruction multiplies sixteen pairs of numbers and adds them by twos.

    use super::{LANES, Matrix, ROWS};
    use pulp::NullaryFnOnce;
    use pulp::x86::V3;
    use std::arch::x86_64::__m256i;

    pub(super) struct Product<'a> {
        pub(super) simd: V3,
        pub(super) matrix: &'a Matrix,
        pub(super) rows: &'a [i16],
        pub(super) sums: &'a mut [i32],
    }

    impl NullaryFnOnce for Product<'_> {
        type Output = ();

        #[inline(always)]
        fn call(self) {
            let Self { simd, matrix, rows, sums } = self;
            let (width, height) = (matrix.width(), matrix.height());
            for (rows, sums) in rows.chunks(width * ROWS).zip(sums.chunks_mut(height * ROWS)) {
                let count = rows.len() / width;
                let row = |index: usize| rows[index.min(count - 1) * width..][..width].as_chunks::<2>().0;
                if count == 1 {
                    pass(simd, matrix, [row(0)], sums);
                } else {
                    pass(simd, matrix, [row(0), row(1), row(2), row(3)], sums);
                }
            }
        }
    }

    /// Multiplies some rows with all outputs, two groups at a time.
    #[inline(always)]
    fn pass<const N: usize>(simd: V3, matrix: &Matrix, rows: [&[[i16; 2]]; N], sums: &mut [i32]) {
        let height = matrix.height();
        let add = |sum: __m256i, weights: __m256i, inputs: __m256i| {
            simd.avx2._mm256_add_epi32(sum, simd.avx2._mm256_madd_epi16(weights, inputs))
        };
        for group in (0..matrix.groups).step_by(2) {
            let second = (group + 1).min(matrix.groups - 1);
            let (one, two) = (matrix.column(group), matrix.column(second));
            let mut found = [[simd.avx._mm256_setzero_si256(); 2]; N];
            let length = one.len();
            let (two, rows) = (&two[..length], rows.map(|row| &row[..length]));
            for (pair, (one, two)) in one.iter().zip(two).enumerate() {
                let weights: [__m256i; 2] = [pulp::cast(*one), pulp::cast(*two)];
                for (found, row) in found.iter_mut().zip(&rows) {
                    let inputs = simd.avx._mm256_set1_epi32(pulp::cast(row[pair]));
                    found[0] = add(found[0], weights[0], inputs);
                    found[1] = add(found[1], weights[1], inputs);
                }
            }
            for (found, sums) in found.iter().zip(sums.chunks_mut(height)) {
                let [one, two]: [[i32; LANES]; 2] = found.map(pulp::cast);
                sums[group * LANES..][..LANES].copy_from_slice(&one);
                sums[second * LANES..][..LANES].copy_from_slice(if second == group { &one } else { &two });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_in_every_shape() {
        for (rows, inputs, outputs) in [(1, 2, 8), (4, 6, 16), (3, 5, 9), (7, 96, 31), (2, 1, 1), (9, 33, 40)] {
            let weights: Vec<i8> = (0..inputs * outputs).map(|at| ((at * 37 + 11) % 255) as u8 as i8).collect();
            let matrix = Matrix::pack(&weights, inputs);
            let mut inputs_of = vec![0; rows * matrix.width()];
            for (at, value) in inputs_of.iter_mut().enumerate().filter(|(at, _)| at % matrix.width() < inputs) {
                *value = ((at * 7919 + 13) % 8191) as i16 - 4095;
            }
            let mut sums = Vec::new();
            matrix.multiply(&inputs_of, &mut sums);
            let mut plain = vec![0; sums.len()];
            Portable { matrix: &matrix, rows: &inputs_of, sums: &mut plain }.call();
            assert_eq!(sums, plain, "{rows} {inputs} {outputs}");
            for row in 0..rows {
                for output in 0..outputs {
                    let expected: i32 = (0..inputs)
                        .map(|input| {
                            i32::from(inputs_of[row * matrix.width() + input])
                                * i32::from(weights[output * inputs + input])
                        })
                        .sum();
                    assert_eq!(sums[row * matrix.height() + output], expected, "{rows} {inputs} {outputs}");
                }
            }
        }
    }

    #[test]
    fn no_rows_and_no_weights_give_nothing() {
        let mut sums = vec![1];
        Matrix::default().multiply(&[1, 2, 3], &mut sums);
        assert!(sums.is_empty());
        Matrix::pack(&[1i8, 2], 2).multiply(&[], &mut sums);
        assert!(sums.is_empty());
    }
}
