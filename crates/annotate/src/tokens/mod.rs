//! Text to [`Tokens`]: words in the sense of Universal Dependencies, as the English tree banks cut them.
//!
//! "don't" gives "do" and "n't", most hyphens are tokens of their own, abbreviations keep their period. Any string is
//! accepted: every character that is not white space lies in exactly one token. Which tokens end a sentence is left
//! to [`crate::sentences`].

mod characters;
mod lists;
mod words;

use characters::{Class, class, is_apostrophe, is_word};
use document::{Report, TextSpan, Tokens};
pub(crate) use lists::{is_starter, is_title};

/// Splits the prose of a report into tokens.
#[must_use]
pub fn split(report: &Report) -> Tokens {
    let mut splitter = Splitter {
        text: &report.text,
        tokens: Tokens::default(),
        end: 0,
        chunk: 0,
        first_in_line: true,
        quoted: false,
    };
    let estimate = report.text.len() / 5;
    splitter.tokens.spans.reserve(estimate);
    splitter.tokens.joined.reserve(estimate);
    for block in report.blocks() {
        splitter.block(block);
    }
    splitter.tokens
}

/// The state of a walk over one block of text.
struct Splitter<'a> {
    text: &'a str,
    tokens: Tokens,
    /// Where the current chunk (run without white space) ends.
    end: usize,
    /// Where the current chunk starts.
    chunk: usize,
    /// Whether the current chunk is the first of its line.
    first_in_line: bool,
    /// Whether a single quotation mark is open in this paragraph.
    quoted: bool,
}

impl Splitter<'_> {
    fn block(&mut self, block: TextSpan) {
        let (start, end) = (block.start as usize, block.end as usize);
        // A block that does not lie on character borders is no prose that anyone could read.
        let Some(block) = self.text.get(start..end) else { return };
        self.first_in_line = true;
        self.quoted = false;
        let mut newlines = 0;
        let mut chunk = None;
        for (offset, character) in block.char_indices() {
            if character.is_whitespace() {
                if let Some(from) = chunk.take() {
                    self.chunk(from, start + offset);
                    self.first_in_line = false;
                    newlines = 0;
                }
                if character == '\n' {
                    newlines += 1;
                    self.first_in_line = true;
                    self.quoted &= newlines < 2;
                }
            } else if chunk.is_none() {
                chunk = Some(start + offset);
            }
        }
        if let Some(from) = chunk {
            self.chunk(from, end);
        }
    }

    /// Splits a run without white space.
    fn chunk(&mut self, start: usize, end: usize) {
        self.chunk = start;
        self.end = end;
        let chunk = &self.text[start..end];
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            return self.plain(start, end);
        }
        if let Some(length) = characters::emoticon(chunk) {
            self.push(start, start + length);
            return self.run(start + length);
        }
        let first_word = chunk.char_indices().find(|&(_, character)| is_word(character)).map(|(offset, _)| offset);
        if let Some(offset) = first_word
            && let Some(length) = characters::link(&chunk[offset..])
        {
            let until = start + offset;
            let mut at = start;
            while at < until {
                at = self.next(at);
            }
            if at == until {
                self.push(until, until + length);
                return self.run(until + length);
            }
            return self.run(at);
        }
        self.run(start);
    }

    fn run(&mut self, mut at: usize) {
        while at < self.end {
            at = self.next(at);
        }
    }

    /// Takes the token or tokens of one word or mark at `at` and gives the place after them.
    fn next(&mut self, at: usize) -> usize {
        let Some(character) = self.character(at) else { return self.end };
        let after = at + character.len_utf8();
        match class(character) {
            Class::Word => self.word(at, at),
            Class::Run if character == '.' => {
                let end = self.while_at(after, |next| next == '.');
                if end == after && self.is(after, |next| next.is_ascii_digit()) && !self.is_before(at, is_word) {
                    return self.word(at, after);
                }
                self.mark(at, end)
            }
            Class::Run if matches!(character, '!' | '?') => {
                let end = self.while_at(after, |next| matches!(next, '!' | '?'));
                self.mark(at, end)
            }
            Class::Run => {
                let end = self.while_at(after, |next| next == character);
                self.mark(at, end)
            }
            Class::Sigil if self.is(after, is_word) && !self.is_before(at, is_word) => {
                let end = self.while_at(after, is_word);
                self.mark(at, end)
            }
            Class::Apostrophe => self.apostrophe(at, after, character),
            Class::Sigil | Class::Mark => {
                let end = self.while_at(after, characters::attaches);
                self.mark(at, end)
            }
        }
    }

    /// An apostrophe that does not stand inside a word: a quotation mark, or an elision ("'em", "'60s").
    fn apostrophe(&mut self, at: usize, after: usize, character: char) -> usize {
        if character != '’' && self.is(after, |next| next == character) {
            return self.mark(at, after + character.len_utf8());
        }
        let end = self.while_at(after, is_word);
        let word = &self.text[after..end];
        let elided = at == self.chunk && character != '‘' && words::is_elision(word) && self.chunk_ends_word(end);
        if elided {
            return self.mark(at, end);
        }
        self.quoted = !word.is_empty();
        self.mark(at, after)
    }

    /// Whether no apostrophe or hyphen carries the word on.
    fn chunk_ends_word(&self, at: usize) -> bool {
        !self.is(at, |next| is_apostrophe(next) || next == '-')
    }

    fn plain(&mut self, start: usize, end: usize) {
        if let Some(length) = lists::fused(&self.text[start..end]) {
            self.push(start, start + length);
            self.join(start + length, end);
        } else {
            self.push(start, end);
        }
    }

    fn push(&mut self, start: usize, end: usize) {
        debug_assert!(start < end);
        self.tokens.spans.push(TextSpan::new(start, end));
        self.tokens.joined.push(false);
    }

    /// Pushes the continuation of a multiword token.
    fn join(&mut self, start: usize, end: usize) {
        debug_assert!(start < end);
        self.tokens.spans.push(TextSpan::new(start, end));
        self.tokens.joined.push(true);
    }

    fn mark(&mut self, start: usize, end: usize) -> usize {
        self.push(start, end);
        end
    }

    /// The character at a place inside the chunk.
    fn character(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn is(&self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.character(at).is_some_and(test)
    }

    fn is_before(&self, at: usize, test: impl Fn(char) -> bool) -> bool {
        self.text[self.chunk..at].chars().next_back().is_some_and(test)
    }

    /// The end of the characters from `at` on that pass the test.
    fn while_at(&self, at: usize, test: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[at..self.end];
        at + rest.find(|character| !test(character)).unwrap_or(rest.len())
    }
}

#[cfg(test)]
mod tests;
