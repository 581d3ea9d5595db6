//! The words of a text as the comparison reads them: folded, cut to a stem, each with its rarity and what kind of word it is.
//!
//! [`words`] is the only function. It does not know the language layer: copies must be found in reports of any language,
//! and at the speed of intake. All hashes are made here by a function written out in full, since they are kept in files.

use unicode_normalization::UnicodeNormalization;

use super::background;

/// What a word tells a reader: names and figures belong to the happening, plain words to the writer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Plain,
    Name,
    Figure,
}

/// One word of a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    /// Hash of the stem.
    pub(super) stem: u32,
    /// How rare the stem is in the background, in bits: 4 for "the", [`background::UNKNOWN`] for a word never seen.
    pub(super) rarity: u8,
    pub(super) kind: Kind,
    /// Number of the sentence, counted roughly: by full stops, question and exclamation marks and line ends.
    pub(super) sentence: u16,
    /// Whether it stands between quotation marks.
    pub(super) quoted: bool,
}

/// Quotations longer than this are taken for a mark that was never closed.
const LONGEST_QUOTATION: usize = 150;

/// The words of a text in order, and the hash of the whole text after normalisation.
pub(super) fn words(text: &str) -> (Vec<Word>, u64) {
    let mut reader = Reader::default();
    let mut chars = text.char_indices().peekable();
    let mut folded = String::new();
    while let Some((_, first)) = chars.next() {
        if !first.is_alphanumeric() {
            reader.mark(first);
            continue;
        }
        let mut end = first;
        folded.clear();
        fold(first, &mut folded);
        if !stands_alone(first) {
            while let Some(&(at, next)) = chars.peek() {
                let joins = next.is_alphanumeric() && !stands_alone(next);
                let within_figure = matches!(next, '.' | ',')
                    && end.is_ascii_digit()
                    && text[at + 1..].starts_with(|c: char| c.is_ascii_digit());
                if joins {
                    fold(next, &mut folded);
                } else if within_figure {
                    // "1,200" and "1200" are one figure; "8.8" is not "88".
                    if next == '.' {
                        folded.push('.');
                    }
                } else {
                    break;
                }
                end = next;
                chars.next();
            }
        }
        reader.word(&folded, first.is_uppercase());
    }
    reader.close();
    (reader.words, mix(reader.whole))
}

/// What is remembered between two words.
#[derive(Default)]
struct Reader {
    words: Vec<Word>,
    whole: u64,
    sentence: u16,
    /// The next word opens a sentence, so that its capital says nothing.
    opened: bool,
    /// Where the open quotation began.
    quotation: Option<usize>,
    apostrophe: bool,
    last: char,
    /// Stems seen with and without a capital where a small letter was possible.
    capital: Vec<u32>,
    small: Vec<u32>,
}

impl Reader {
    fn mark(&mut self, mark: char) {
        match mark {
            '.' | '!' | '?' | '\n' | '\u{3002}' => self.opened = true,
            '"' | '\u{201e}' | '\u{201c}' | '\u{201d}' | '\u{ab}' | '\u{bb}' => self.quote(),
            // Some agencies send `` and '' as quotation marks.
            '`' | '\'' if self.last == mark => {
                self.quote();
                self.last = ' ';
                return;
            }
            _ => {}
        }
        self.apostrophe = matches!(mark, '\'' | '\u{2019}');
        self.last = mark;
    }

    fn quote(&mut self) {
        match self.quotation.take() {
            None => {
                self.quotation = Some(self.words.len());
                self.opened = true;
            }
            Some(start) => {
                let end = self.words.len();
                if end - start <= LONGEST_QUOTATION {
                    for word in &mut self.words[start..end] {
                        word.quoted = true;
                    }
                } else {
                    self.quotation = Some(end);
                }
            }
        }
    }

    fn word(&mut self, folded: &str, capital: bool) {
        let after_apostrophe = std::mem::take(&mut self.apostrophe);
        self.last = ' ';
        self.whole = (self.whole ^ hash(folded)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        // What is left of "Iran's" and "didn't" would only be noise.
        if after_apostrophe && matches!(folded, "s" | "t" | "re" | "ve" | "ll" | "d" | "m") {
            return;
        }
        let opens = std::mem::take(&mut self.opened) || self.words.is_empty();
        if opens && !self.words.is_empty() {
            self.sentence = self.sentence.saturating_add(1);
        }
        let stem = (hash(stem(folded)) >> 32) as u32;
        let (kind, rarity) = if folded.starts_with(|c: char| c.is_ascii_digit()) {
            (Kind::Figure, background::FIGURE)
        } else {
            (Kind::Plain, background::rarity(stem))
        };
        if kind == Kind::Plain && !opens && rarity >= background::CONTENT {
            if capital { self.capital.push(stem) } else { self.small.push(stem) }
        }
        self.words.push(Word { stem, rarity, kind, sentence: self.sentence, quoted: false });
    }

    /// A text that is one long quotation is read as if it were none. A name is a content word that has a capital wherever the place does not force one.
    fn close(&mut self) {
        if self.words.iter().filter(|word| word.quoted).count() * 4 > self.words.len() * 3 {
            self.words.iter_mut().for_each(|word| word.quoted = false);
        }
        self.capital.sort_unstable();
        self.small.sort_unstable();
        for word in &mut self.words {
            if self.capital.binary_search(&word.stem).is_ok() && self.small.binary_search(&word.stem).is_err() {
                word.kind = Kind::Name;
            }
        }
    }
}

/// Lower case without accents, compatibility forms resolved ("ﬁ" is "fi").
fn fold(c: char, into: &mut String) {
    if c.is_ascii() {
        into.push(c.to_ascii_lowercase());
        return;
    }
    for part in c.nfkd().filter(|part| part.is_alphanumeric()) {
        into.extend(part.to_lowercase());
    }
}

/// Scripts written without blanks: each sign counts as a word.
fn stands_alone(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}'
        | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Cuts the commonest endings of English, so that "attacks" and "attacked" count as one word. Rough on purpose: a wrong
/// stem harms nobody as long as every text gets the same.
pub(super) fn stem(folded: &str) -> &str {
    for (ending, left) in [("ing", 4), ("ed", 4), ("ly", 4), ("es", 3), ("s", 3)] {
        if let Some(rest) = folded.strip_suffix(ending)
            && rest.len() >= left
            && !rest.ends_with('s')
        {
            return rest.strip_suffix('e').unwrap_or(rest);
        }
    }
    if folded.len() > 4 { folded.strip_suffix('e').unwrap_or(folded) } else { folded }
}

/// FNV-1a over the bytes, then mixed: kept in files, so it may never change.
pub(super) fn hash(text: &str) -> u64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in text.bytes() {
        state = (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    mix(state)
}

/// Spreads every bit of a number over all others (the finisher of MurmurHash3).
pub(super) fn mix(mut state: u64) -> u64 {
    state = (state ^ (state >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    state = (state ^ (state >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    state ^ (state >> 33)
}
