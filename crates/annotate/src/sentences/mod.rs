//! Tokens to [`Sentences`], by the conventions of news: closing quotation marks belong to the sentence they end,
//! blank lines end a sentence even without a period (headlines), abbreviations do not.
//!
//! The scars of machine translation are borne: a period after a space, doubled periods, a closing quotation mark
//! written onto the word after it. What the tokens are is settled by [`crate::tokens`].

mod dateline;

use crate::tokens::{is_starter, is_title};
use document::{Report, Sentences, TextSpan, TokenSpan, Tokens};

/// Longer sentences are cut, as what has no period for so long is a list or no prose; it bounds the parser's work.
const LONGEST: usize = 300;

/// Groups the tokens of a report into sentences.
#[must_use]
pub fn split(report: &Report, tokens: &Tokens) -> Sentences {
    let mut walk = Walk {
        text: &report.text,
        spans: &tokens.spans,
        sentences: Sentences::default(),
        start: 0,
        paragraph: 0,
        quote: Quote::default(),
    };
    let mut first = 0;
    for block in report.blocks() {
        let length = tokens.spans[first..].partition_point(|span| span.end <= block.end);
        let wrapped = is_wrapped(block, &report.text);
        walk.block(first, first + length, wrapped);
        first += length;
    }
    // Tokens outside all blocks do not exist, but no token may be left without a sentence.
    walk.block(first, tokens.len(), false);
    dateline::cut(&report.text, &tokens.spans, walk.sentences)
}

/// How the text between two tokens separates them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Gap {
    None,
    Space,
    Line,
    Blank,
}

/// Straight quotation marks look alike; whether one is open is followed through the paragraph.
#[derive(Default)]
struct Quote {
    straight: bool,
}

struct Walk<'a> {
    text: &'a str,
    spans: &'a [TextSpan],
    sentences: Sentences,
    /// The first token of the sentence under way.
    start: usize,
    paragraph: u32,
    quote: Quote,
}

impl Walk<'_> {
    fn block(&mut self, first: usize, end: usize, wrapped: bool) {
        self.start = first;
        self.quote = Quote::default();
        let mut at = first;
        while at < end {
            let after = self.end_of_sentence(at, end);
            let mut border = at + 1;
            if let Some(after) = after {
                for token in at..after {
                    self.follow_quote(token, end);
                }
                border = after;
            } else {
                self.follow_quote(at, end);
            }
            let gap = if border < end { self.gap(border) } else { Gap::Blank };
            let breaks = gap == Gap::Blank || (gap == Gap::Line && !wrapped && !self.runs_on(border));
            if breaks || after.is_some() || border - self.start >= LONGEST {
                self.close(border);
            }
            if breaks {
                self.paragraph += 1;
                self.quote = Quote::default();
            }
            at = border;
        }
    }

    fn close(&mut self, end: usize) {
        if end > self.start {
            self.sentences.spans.push(TokenSpan::new(self.start, end));
            self.sentences.paragraphs.push(self.paragraph);
            self.start = end;
        }
    }

    fn form(&self, token: usize) -> &str {
        self.spans[token].of(self.text)
    }

    /// What lies between a token and the one before it.
    fn gap(&self, token: usize) -> Gap {
        let between = &self.text[self.spans[token - 1].end as usize..self.spans[token].start as usize];
        match between.bytes().filter(|&byte| byte == b'\n').count() {
            _ if between.is_empty() => Gap::None,
            0 if between.contains(['\u{2028}', '\u{2029}', '\r']) => Gap::Line,
            0 => Gap::Space,
            1 => Gap::Line,
            _ => Gap::Blank,
        }
    }

    /// Whether the sentence goes on over the line break before `token`: the line ends openly and the next begins small.
    fn runs_on(&self, token: usize) -> bool {
        self.form(token).starts_with(char::is_lowercase)
            && !matches!(self.form(token - 1), "." | "!" | "?" | ":" | "…" | "\"" | "”")
    }

    fn follow_quote(&mut self, token: usize, end: usize) {
        if self.form(token) == "\"" {
            self.quote.straight = !self.closes(token, end);
        }
    }

    /// Whether the token closes a quotation or bracket that the sentence before it belongs to.
    fn closes(&self, token: usize, end: usize) -> bool {
        match self.form(token) {
            "”" | "’" | "»" | ")" | "]" | "''" => true,
            "'" => self.gap_before(token) == Gap::None,
            "\"" => {
                let before = self.gap_before(token) == Gap::None && token > 0 && !self.opens(token - 1);
                let after = token + 1 >= end || self.gap(token + 1) != Gap::None;
                if before == after { before || self.quote.straight } else { before || (after && self.quote.straight) }
            }
            _ => false,
        }
    }

    fn opens(&self, token: usize) -> bool {
        matches!(self.form(token), "(" | "[" | "“" | "‘" | "—" | "–" | "«")
    }

    fn gap_before(&self, token: usize) -> Gap {
        if token == 0 { Gap::Blank } else { self.gap(token) }
    }

    /// One past the last token of the sentence, if it ends with the token `at` and the marks that close it.
    fn end_of_sentence(&self, at: usize, end: usize) -> Option<usize> {
        let form = self.form(at);
        let kind = Stop::of(form)?;
        let mut border = at + 1;
        // Marks that close the sentence: quotation marks and brackets, and periods set twice.
        while border < end && self.gap(border) != Gap::Blank {
            let closing =
                kind != Stop::Abbreviation && matches!(Stop::of(self.form(border)), Some(Stop::Full | Stop::Strong));
            let near = self.gap(border) != Gap::Line;
            if near && (closing || (self.closes(border, end) && self.closing_is_near(border, end))) {
                border += 1;
            } else {
                break;
            }
        }
        if border >= end {
            return Some(border);
        }
        let gap = self.gap(border);
        if gap == Gap::Blank {
            return Some(border);
        }
        let next = self.first_word(border, end);
        let small = next.starts_with(char::is_lowercase);
        let ends = match kind {
            Stop::Full => !small || (gap == Gap::Space && border > at + 1 && self.form(border - 1) == "."),
            Stop::Strong => !small,
            Stop::Open => next.starts_with(char::is_uppercase) && (gap != Gap::None || is_starter(next)),
            Stop::Abbreviation => {
                let word = form.trim_end_matches('.');
                let initial = word.chars().count() == 1;
                let title = is_title(word) && word != "Sr";
                border > at + 1 && !small || !title && !initial && gap != Gap::None && is_starter(next)
            }
        };
        ends.then_some(border)
    }

    /// Whether a closing mark belongs to what stands before it: it is written onto it, or (as machine translation
    /// leaves it) stands free or before a small letter.
    fn closing_is_near(&self, token: usize, end: usize) -> bool {
        if self.gap(token) == Gap::None {
            return true;
        }
        // `. ”He` with the mark on the wrong side, but not `. "He` with a mark that opens.
        matches!(self.form(token), "”" | ")" | "]" | "»") || token + 1 >= end || self.gap(token + 1) != Gap::None
    }

    /// The next word, quotation marks and brackets before it left out.
    fn first_word(&self, from: usize, end: usize) -> &str {
        (from..end.min(from + 4))
            .map(|token| self.form(token))
            .find(|form| form.starts_with(char::is_alphanumeric))
            .unwrap_or_default()
    }
}

/// Tokens that may end a sentence.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Stop {
    /// A period.
    Full,
    /// A question or exclamation mark.
    Strong,
    /// Points of ellipsis.
    Open,
    /// A word with its period.
    Abbreviation,
}

impl Stop {
    fn of(form: &str) -> Option<Self> {
        let last = form.chars().next_back()?;
        match last {
            '.' if form == "." => Some(Self::Full),
            '.' if form.starts_with('.') => Some(Self::Open),
            '.' => Some(Self::Abbreviation),
            '…' => Some(Self::Open),
            '!' | '?' | '。' | '？' | '！' => Some(Self::Strong),
            _ => None,
        }
    }
}

/// Whether the lines of the block are wrapped at a width, so that a line break means no more than a space.
fn is_wrapped(block: TextSpan, text: &str) -> bool {
    let Some(block) = text.get(block.start as usize..block.end as usize) else { return false };
    let (mut breaks, mut inside) = (0u32, 0u32);
    let mut before = "";
    for line in block.lines().map(str::trim) {
        if !before.is_empty() && !line.is_empty() {
            breaks += 1;
            let open = !before.ends_with(['.', '!', '?', '"', '”', ':']);
            inside += u32::from(open && before.len() >= 40 && line.starts_with(char::is_lowercase));
        }
        before = line;
    }
    inside >= 2 && inside * 4 >= breaks
}

#[cfg(test)]
mod tests;
