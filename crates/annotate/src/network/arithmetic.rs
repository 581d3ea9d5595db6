//! The functions between the products, in single precision with every step in a fixed order, so that all processors
//! agree; and the rounding of activations to whole numbers.

/// The whole number that stands for an activation of 1.
pub(super) const ONE: f32 = 127.0;

/// The hyperbolic tangent by Lambert's continued fraction, cut off at ±4.97; wrong by less than 0.00012.
#[inline(always)]
pub(super) fn tanh(value: f32) -> f32 {
    let value = value.clamp(-4.97, 4.97);
    let square = value * value;
    let above = value * (135_135.0 + square * (17_325.0 + square * (378.0 + square)));
    let below = 135_135.0 + square * (62_370.0 + square * (3_150.0 + square * 28.0));
    above / below
}

/// The logistic function.
#[inline(always)]
pub(super) fn sigmoid(value: f32) -> f32 {
    0.5 + 0.5 * tanh(0.5 * value)
}

/// An activation between -1 and 1 as a whole number, halves rounded up.
#[inline(always)]
pub(super) fn quantise(value: f32) -> i16 {
    (value * ONE + 0.5).floor() as i16
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_stay_near_the_true_ones() {
        for step in -800..=800 {
            let value = step as f32 / 100.0;
            assert!((tanh(value) - value.tanh()).abs() < 1.5e-4, "{value}");
            assert!((sigmoid(value) - 1.0 / (1.0 + (-value).exp())).abs() < 1e-4, "{value}");
        }
        assert_eq!([-1.0, -0.5, 0.0, 0.5, 1.0].map(quantise), [-127, -63, 0, 64, 127]);
    }
}
