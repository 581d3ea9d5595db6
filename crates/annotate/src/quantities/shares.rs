//! Shares of a whole: "half", "two thirds", "one in ten of". They are percentages; the whole is a quantity of its own.

use super::{Amount, Reader};
use crate::numbers;

impl Reader<'_> {
    /// "half", "a third", "two-thirds", "three quarters" of something.
    pub(super) fn share(&self, at: usize) -> Option<Amount> {
        let percent = |share: f64, end| Some(Amount::exact((share * 1e4).round() / 1e2, Some("percent"), end));
        match self.form(at) {
            // "half an hour", "half-hearted", "the second half".
            "half" if self.is(at + 1, &["of", "the", "its", "their", "his"]) => return percent(0.5, at + 1),
            "a" | "one" if self.form(at + 2) == "of" => {
                let share = match self.form(at + 1) {
                    "third" => 1.0 / 3.0,
                    "quarter" | "fourth" => 0.25,
                    "fifth" => 0.2,
                    "tenth" => 0.1,
                    _ => return None,
                };
                return percent(share, at + 2);
            }
            _ => {}
        }
        // "one in ten of the inhabitants".
        if self.form(at + 1) == "in"
            && self.form(at + 3) == "of"
            && let (Some(part), Some(whole)) = (numbers::small(self.form(at)), numbers::small(self.form(at + 2)))
            && part < whole
        {
            return percent(part / whole, at + 3);
        }
        let count = numbers::small(self.form(at))?;
        let next = at + 1 + usize::from(self.form(at + 1) == "-");
        let whole = match self.form(next) {
            "thirds" => 3.0,
            "quarters" if self.form(next + 1) == "of" => 4.0,
            "fourths" => 4.0,
            "fifths" => 5.0,
            "tenths" => 10.0,
            _ => return None,
        };
        percent(count / whole, next + 1)
    }
}
