//! Weights of the decision, in the order of the terms: written by `cargo dev copies fit`, not by hand.

use super::traits::TERMS;

/// The sum where nothing is shared.
pub(super) const BIAS: f32 = -2.61026;
/// Weight of each of [`super::Traits::terms`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; TERMS] = [
    -2.61722,
    3.28294,
    -0.09340,
    -8.31094,
    -3.28470,
    -0.86654,
    16.64675,
    18.0142,
    0.43382,
    2.43996,
    -9.33836,
    0.58813,
    -2.00240,
    -1.09220,
    0.10258,
    -1.45356,
    -4.88084,
    1.11477,
    0.34169,
    2.84657,
    3.49182,
    -5.63011,
    -2.51689,
    -4.73110,
    0.40117,
    -3.97105,
    6.38654,
    3.17375,
    7.56267,
    0.40081,
];
/// The least sum of a copy.
pub(super) const LEAST: f32 = 1.84827;
