//! Re-worded copies made by chance with a fixed seed.

use std::collections::BTreeMap;

/// Random numbers (SplitMix64).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    /// The next number.
    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below a bound.
    pub(super) fn below(&mut self, bound: usize) -> usize {
        (self.throw() % bound.max(1) as u64) as usize
    }

    /// True in this share of throws.
    pub(super) fn chance(&mut self, share: f64) -> bool {
        ((self.throw() >> 11) as f64) / ((1u64 << 53) as f64) < share
    }

    /// A part of a text: at least 25 words, from the head or from anywhere.
    pub(super) fn cut(&mut self, text: &str) -> String {
        let words: Vec<&str> = text.split_whitespace().collect();
        let length = (25 + self.below(words.len().saturating_sub(25))).min(words.len());
        let from = if self.chance(0.5) { 0 } else { self.below(words.len() - length + 1) };
        words[from..from + length].join(" ")
    }
}

/// Common words to put in the place of others, by shape.
pub(super) struct Pool {
    small: Vec<String>,
    capital: Vec<String>,
}

/// A word without the signs around it, and these signs.
fn core(word: &str) -> (&str, &str, &str) {
    let start = word.find(char::is_alphanumeric).unwrap_or(word.len());
    let rest = &word[start..];
    let end = rest.char_indices().rev().find(|(_, c)| c.is_alphanumeric()).map_or(0, |(at, c)| at + c.len_utf8());
    (&word[..start], &rest[..end], &rest[end..])
}

impl Pool {
    /// The words that occur at least twenty times in the texts.
    pub(super) fn of(texts: &[String]) -> Pool {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for word in texts.iter().flat_map(|text| text.split_whitespace()) {
            *counts.entry(core(word).1).or_default() += 1;
        }
        let common = |capital: bool| {
            let of = counts.iter().filter(|(word, count)| {
                let first = word.chars().next().unwrap_or('1');
                **count >= 20 && !first.is_ascii_digit() && first.is_uppercase() == capital
            });
            of.map(|(word, _)| word.to_string()).collect()
        };
        Pool { small: common(false), capital: common(true) }
    }

    /// The text with this share of its words replaced by others of their shape (figures by figures), this share of its
    /// sentences dropped, and the rest shuffled where wanted.
    pub(super) fn reword(&self, text: &str, dice: &mut Dice, replaced: f64, dropped: f64, shuffled: bool) -> String {
        let mut sentences: Vec<&str> =
            text.split_inclusive(['.', '!', '?', '\n']).filter(|sentence| !sentence.trim().is_empty()).collect();
        let first = sentences.first().copied();
        sentences.retain(|_| !dice.chance(dropped));
        if sentences.is_empty() {
            sentences.extend(first);
        }
        for at in (1..sentences.len()).rev().filter(|_| shuffled) {
            let other = dice.below(at + 1);
            sentences.swap(at, other);
        }
        let mut out = String::with_capacity(text.len() * 2);
        for word in sentences.iter().flat_map(|sentence| sentence.split_whitespace()) {
            let (before, middle, after) = core(word);
            let replace = !middle.is_empty() && dice.chance(replaced);
            let new = match middle.chars().next() {
                Some(first) if replace && first.is_ascii_digit() => (1 + dice.below(2000)).to_string(),
                Some(first) if replace && first.is_uppercase() => self.capital[dice.below(self.capital.len())].clone(),
                Some(_) if replace => self.small[dice.below(self.small.len())].clone(),
                _ => middle.to_string(),
            };
            out.extend([before, &new, after, " "]);
        }
        out
    }
}
