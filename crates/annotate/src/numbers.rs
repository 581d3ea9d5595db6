//! Numbers in digits and words ("1,200", "4.7 million", "a hundred and five"), read from the forms of tokens.
//! What they count or measure is left to [`crate::quantities`] and [`crate::times`].

/// A number read from one or more tokens.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(crate) struct Number {
    pub(crate) value: f64,
    /// One past its last token.
    pub(crate) end: usize,
    /// Whether it stands in words throughout.
    pub(crate) spelled: bool,
}

/// Reads the longest number that begins at `start`; `form` gives the small-letter form of a token, "" past the end.
pub(crate) fn read<'a>(form: impl Fn(usize) -> &'a str, start: usize) -> Option<Number> {
    if let Some(value) = digits(form(start)) {
        let (value, end) = scaled(&form, value, start + 1);
        return Some(Number { value, end, spelled: false });
    }
    words(&form, start)
}

/// Applies "thousand", "million" and so on after a number in digits.
fn scaled<'a>(form: &impl Fn(usize) -> &'a str, value: f64, next: usize) -> (f64, usize) {
    if let Some(scale) = scale(form(next)) {
        return (value * scale, next + 1);
    }
    // "13-million" is cut into three tokens.
    match (form(next), scale(form(next + 1))) {
        ("-", Some(scale)) => (value * scale, next + 2),
        _ => (value, next),
    }
}

/// A number in words. "and" joins only after a hundred or thousand.
fn words<'a>(form: &impl Fn(usize) -> &'a str, start: usize) -> Option<Number> {
    let (mut total, mut current, mut at) = (0.0, None::<f64>, start);
    loop {
        let word = form(at);
        if let Some(small) = small(word) {
            current = match current {
                None => Some(small),
                // "twenty one", "hundred five"; not "five six", which are two numbers.
                Some(before) if fits_after(before, small) => Some(before + small),
                Some(_) => break,
            };
        } else if word == "hundred" {
            current = Some(current.unwrap_or(1.0) * 100.0);
            if start == at {
                return None;
            }
        } else if let Some(scale) = scale(word).filter(|_| word.len() > 2) {
            let Some(before) = current else { break };
            total += before * scale;
            current = None;
        } else if matches!(word, "a" | "an")
            && at == start
            && (form(at + 1) == "hundred" || scale(form(at + 1)).is_some_and(|_| form(at + 1).len() > 2))
        {
            current = Some(1.0);
        } else if word == "-"
            && at > start
            && current.is_some()
            && small(form(at + 1)).is_some_and(|next| next < 10.0)
            && current.is_some_and(|before| before >= 20.0 && before % 10.0 == 0.0 && before < 100.0)
        {
            // "twenty-one"
        } else if word == "and"
            && at > start
            && current.is_none_or(|before| before % 100.0 == 0.0)
            && small(form(at + 1)).is_some()
            && (total > 0.0 || current.is_some_and(|before| before >= 100.0))
        {
            // "a hundred and five"
        } else {
            break;
        }
        at += 1;
    }
    (at > start).then(|| Number { value: total + current.unwrap_or(0.0), end: at, spelled: true })
}

fn fits_after(before: f64, next: f64) -> bool {
    let room = if before % 100.0 == 0.0 {
        100.0
    } else if before % 10.0 == 0.0 && before % 100.0 >= 20.0 {
        10.0
    } else {
        0.0
    };
    next < room
}

/// Digits with commas and point: "1,200", "4.7", "50".
pub(crate) fn digits(form: &str) -> Option<f64> {
    if !form.starts_with(|character: char| character.is_ascii_digit()) || form.len() > 24 {
        return None;
    }
    let mut groups = form.split(',');
    let first = groups.next()?;
    let mut plain = first.to_owned();
    let mut grouped = false;
    for group in groups {
        let whole = group.split('.').next().unwrap_or_default();
        // "1,200" and the Indian "1,00,000"; "3,5" is no number of English.
        if whole.len() != 3 && whole.len() != 2 {
            return None;
        }
        grouped = true;
        plain.push_str(group);
    }
    if grouped && first.len() > 3 {
        return None;
    }
    if !plain.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.') {
        return None;
    }
    plain.parse().ok()
}

/// A number word below a hundred.
pub(crate) fn small(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] = &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if word.len() < 3 || word.len() > 9 || !word.starts_with(|first| "zotfsen".contains(first)) {
        return None;
    }
    let position = |list: &[&str]| list.iter().position(|&entry| entry == word);
    position(WORDS).map(|index| index as f64).or_else(|| position(TENS).map(|index| 20.0 + 10.0 * index as f64))
}

/// "thousand", "million" and their short forms.
pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "thousand" => 1e3,
        "million" | "mn" | "m" => 1e6,
        "billion" | "bn" => 1e9,
        "trillion" | "tn" => 1e12,
        _ => return None,
    })
}

/// An ordinal in words or digits: "third", "21st".
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(index) = WORDS.iter().position(|&entry| entry == word) {
        return Some(index as u32 + 1);
    }
    let split = word.find(|character: char| !character.is_ascii_digit())?;
    matches!(&word[split..], "st" | "nd" | "rd" | "th").then(|| word[..split].parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::{Number, ordinal, read};

    #[test]
    fn reads_digits_and_words() {
        for (text, value, end) in [
            ("1,200", 1200.0, 1),
            ("4.7 million people", 4.7e6, 2),
            ("forty", 40.0, 1),
            ("twenty - four hours", 24.0, 3),
            ("twenty four hours", 24.0, 2),
            ("a hundred and five men", 105.0, 4),
            ("two hundred thousand", 200_000.0, 3),
            ("one million two hundred", 1_000_200.0, 4),
            ("five six", 5.0, 1),
            ("two and three", 2.0, 1),
        ] {
            let forms: Vec<&str> = text.split(' ').collect();
            let number = read(|index| forms.get(index).copied().unwrap_or(""), 0);
            assert_eq!(number.map(|Number { value, end, .. }| (value, end)), Some((value, end)), "{text}");
        }
        for text in ["", "men", "hundred", "a man", "3,5", "1.2.3.4", "-"] {
            let forms: Vec<&str> = text.split(' ').collect();
            assert_eq!(read(|index| forms.get(index).copied().unwrap_or(""), 0), None, "{text}");
        }
        assert_eq!(ordinal("21st"), Some(21));
        assert_eq!(ordinal("third"), Some(3));
        assert_eq!(ordinal("5"), None);
    }
}
