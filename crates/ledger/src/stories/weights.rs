//! Weights of the decision, in the order of the terms: written by `cargo run --release --bin fit`, not by hand.

use super::traits::TERMS;

/// The sum where nothing is shared.
pub(super) const BIAS: f32 = -2.52902;
/// Weight of each of [`super::Traits::terms`].
#[rustfmt::skip]
pub(super) const WEIGHTS: [f32; TERMS] = [
    -2.92552,
    2.61498,
    -0.04273,
    -7.87592,
    -3.75318,
    -0.85005,
    16.48905,
    16.87092,
    0.52103,
    2.21023,
    -8.76827,
    0.21938,
    -1.98032,
    -1.00928,
    0.01265,
    -1.42846,
    -4.31147,
    1.06818,
    0.31444,
    2.68654,
    3.40247,
    -5.12480,
    -2.05384,
    -5.35609,
    0.54908,
    -3.90170,
    6.07291,
    3.96947,
    7.40291,
    0.23877,
];
/// The least sum of a copy.
pub(super) const LEAST: f32 = 1.57996;
