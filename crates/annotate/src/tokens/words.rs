//! The inside of words: which marks join two parts to one token, and which endings are cut off.

use super::Splitter;
use super::characters::{is_apostrophe, is_word};
use super::lists;

/// Endings that are cut off after an apostrophe.
const ENDINGS: [&str; 6] = ["s", "m", "d", "ll", "ve", "re"];

impl Splitter<'_> {
    /// Takes the word whose token starts at `start`, its first letter or digit standing at `from`.
    pub(super) fn word(&mut self, start: usize, from: usize) -> usize {
        let mut part = from;
        let mut end = self.while_at(part, is_word);
        while let Some(connector) = self.character(end) {
            let next = end + connector.len_utf8();
            if !self.is(next, is_word) || !self.joins(start, part, end, connector, next) {
                break;
            }
            part = next;
            end = self.while_at(part, is_word);
        }
        if self.keeps_period(start, part, end) {
            self.push(start, end + 1);
            return end + 1;
        }
        self.cut(start, end)
    }

    /// Whether `connector` between the part `part..end` and what starts at `next` stays inside the token.
    fn joins(&self, start: usize, part: usize, end: usize, connector: char, next: usize) -> bool {
        let left = &self.text[part..end];
        let right = &self.text[next..self.while_at(next, is_word)];
        let last_digit = left.ends_with(|character: char| character.is_ascii_digit());
        let digits = |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
        match connector {
            '.' => joins_at_period(left, right),
            ',' => last_digit && digits(right) && right.len() == 3,
            ':' => digits(left) && left.len() <= 2 && digits(right) && right.len() <= 2,
            '/' => {
                let dates = |day: &str| digits(day) && day.len() <= 2;
                let third = self.text[next + right.len()..self.end]
                    .strip_prefix('/')
                    .is_some_and(|rest| rest.starts_with(|character: char| character.is_ascii_digit()));
                let before = self.text[start..part].ends_with('/');
                let letters = left.chars().count() == 1 && right.chars().count() == 1;
                (letters && !last_digit)
                    || (left.eq_ignore_ascii_case("s") && right.eq_ignore_ascii_case("he"))
                    || (dates(left) && digits(right) && (third || before || (left, right) == ("9", "11")))
            }
            '-' | '\u{2011}' => {
                let phone = last_digit
                    && digits(left)
                    && digits(right)
                    && left.len() <= 4
                    && ((right.len() == 4 && left.len() == 3)
                        || (right.len() == 3 && left.len() == 3)
                        || left.len() == 1 && right.len() == 3);
                phone || (part == start && lists::is_prefix(left))
            }
            '&' => left.len() <= 3 && is_capitals(left) && is_capitals(right),
            '*' => left.ends_with(char::is_alphabetic) && right.starts_with(char::is_alphabetic),
            _ if is_apostrophe(connector) => {
                let negation = right.eq_ignore_ascii_case("t") && left.ends_with(['n', 'N']);
                let ending = ENDINGS.iter().any(|ending| right.eq_ignore_ascii_case(ending)) || negation;
                // "'s" after a full decade is its plural ("1960's"); elsewhere the ending is cut off.
                let decade = digits(left) && left.ends_with('0') && right.eq_ignore_ascii_case("s");
                decade || !ending
            }
            _ => false,
        }
    }

    /// Whether the period after the word that ends at `end` belongs to it.
    fn keeps_period(&self, start: usize, part: usize, end: usize) -> bool {
        if !self.text[end..self.end].starts_with('.') || self.text[end + 1..self.end].starts_with('.') {
            return false;
        }
        let word = &self.text[start..end];
        let last = &self.text[part..end];
        let mut letters = last.chars();
        let single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
        if part > start && (single || last == "D") && self.text[..part].ends_with('.') {
            // "p.m." at the end of a paragraph gives its period to the sentence; "U.S." does not.
            return !(last.eq_ignore_ascii_case("m") && self.ends_paragraph(end + 1));
        }
        if part > start {
            return false;
        }
        if lists::is_title(word) && (word.starts_with(char::is_uppercase) || word == "vs") {
            return true;
        }
        if lists::is_abbreviation(word) {
            return !self.ends_paragraph(end + 1);
        }
        let (next, directly) = self.following(end + 1);
        match word {
            "No" | "Nos" | "no" | "Art" | "Sec" | "p" => next.starts_with(|character: char| character.is_ascii_digit()),
            _ if single && word.starts_with(char::is_uppercase) => {
                word != "I" && next.starts_with(char::is_uppercase) && (directly || !lists::is_starter(next))
            }
            _ => {
                // A number at the start of a line, as in lists.
                start == self.chunk
                    && self.first_in_line
                    && !directly
                    && word.len() <= 2
                    && word.bytes().all(|byte| byte.is_ascii_digit())
                    && !self.ends_paragraph(end + 1)
            }
        }
    }

    /// The word after a place, and whether it follows without white space.
    fn following(&self, at: usize) -> (&str, bool) {
        let rest = &self.text[at..];
        let trimmed = rest.trim_start();
        let length = trimmed.find(|character| !is_word(character)).unwrap_or(trimmed.len());
        (&trimmed[..length], rest.len() == trimmed.len())
    }

    /// Whether only white space with a line break, or nothing, follows.
    fn ends_paragraph(&self, at: usize) -> bool {
        let rest = &self.text[at..];
        let trimmed = rest.trim_start();
        trimmed.is_empty() || rest[..rest.len() - trimmed.len()].contains('\n')
    }

    /// Pushes the word `start..end` with the endings that follow it, cut where two tokens are written as one.
    fn cut(&mut self, start: usize, mut end: usize) -> usize {
        let text = self.text;
        let word = &text[start..end];
        if let Some(ending) = self.ending(end)
            && ending.negation
        {
            // "n't" alone is text that was cut into tokens before.
            if word.len() > 1 {
                self.push(start, end - 1);
                self.join(end - 1, ending.end);
            } else {
                self.push(start, ending.end);
            }
            end = ending.end;
        } else if let Some(length) = lists::fused(word) {
            self.push(start, start + length);
            self.join(start + length, end);
        } else if let Some(digits) = unit(word) {
            self.push(start, start + digits);
            self.push(start + digits, end);
        } else if word.len() <= 3
            && is_capitals(word)
            && text[end..self.end].starts_with('$')
            && self.is(end + 1, |next| next.is_ascii_digit())
        {
            end += 1;
            self.push(start, end);
        } else {
            self.push(start, end);
        }
        while let Some(ending) = self.ending(end) {
            if ending.negation {
                break;
            }
            self.join(end, ending.end);
            end = ending.end;
        }
        self.possessive(end)
    }

    /// The bare apostrophe after a plural, unless it closes a quotation.
    fn possessive(&mut self, end: usize) -> usize {
        let Some(mark) = self.character(end).filter(|&mark| is_apostrophe(mark)) else { return end };
        let after = end + mark.len_utf8();
        if !self.is_before(end, |last| matches!(last, 's' | 'S' | 'x' | 'z' | 'Z'))
            || self.is(after, |next| is_word(next) || is_apostrophe(next))
        {
            return end;
        }
        if self.quoted {
            self.quoted = false;
            return self.mark(end, after);
        }
        self.join(end, after);
        after
    }

    /// An ending after an apostrophe at `end`: "'s", "'ll", or the "'t" of a negation.
    fn ending(&self, end: usize) -> Option<Ending> {
        let mark = self.character(end).filter(|&mark| is_apostrophe(mark))?;
        let letters = end + mark.len_utf8();
        let after = self.while_at(letters, is_word);
        let word = &self.text[letters..after];
        if word.eq_ignore_ascii_case("t") && self.is_before(end, |last| matches!(last, 'n' | 'N')) {
            return Some(Ending { end: after, negation: true });
        }
        ENDINGS.iter().any(|ending| word.eq_ignore_ascii_case(ending)).then_some(Ending { end: after, negation: false })
    }
}

struct Ending {
    end: usize,
    negation: bool,
}

fn joins_at_period(left: &str, right: &str) -> bool {
    let (Some(before), Some(after)) = (left.chars().next_back(), right.chars().next()) else { return false };
    let letter = |word: &str| word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    if before.is_ascii_digit() && after.is_ascii_digit() {
        return true;
    }
    if letter(left) {
        // "U.S" and "e.g", but not an initial written onto a name ("J.Smith").
        return letter(right) || !after.is_uppercase() || is_capitals(right);
    }
    if matches!(left, "Ph" | "M" | "B") {
        return true;
    }
    if after.is_uppercase() {
        // A missing space after a sentence ("ended.Then"), unless both sides are of capitals, as in file names.
        return is_capitals(left) && is_capitals(right);
    }
    if after.is_ascii_digit() {
        return left.len() <= 2 && !before.is_ascii_digit();
    }
    !lists::is_title(left)
}

/// Whether the word is of capital letters alone.
fn is_capitals(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// The number of digits before a unit that is written onto them.
fn unit(word: &str) -> Option<usize> {
    let digits = word.find(|character: char| character.is_ascii_alphabetic())?;
    let number = word[..digits].bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b':'));
    (digits > 0 && number && lists::UNITS.contains(&word[digits..])).then_some(digits)
}

/// Whether a word after an apostrophe at the start of a chunk was elided ("'em", "'60s") or cut off before.
pub(super) fn is_elision(word: &str) -> bool {
    let decade = word.strip_suffix('s').unwrap_or(word);
    (decade.len() == 2 && decade.bytes().all(|byte| byte.is_ascii_digit()))
        || matches!(word, "em" | "n" | "til" | "cause")
        || ENDINGS.contains(&word)
}
