//! Bytes to Unicode code points: the one place where the offsets of the program become those of the public record.

use document::TextSpan;
use record::Span;

/// Bytes between two entries of the table: small enough to count through, large enough to keep the table small.
const STRIDE: usize = 64;

/// The number of code points before any byte of a text. Built in one pass over the text.
pub(crate) struct CodePoints<'a> {
    bytes: &'a [u8],
    /// Code points before every [`STRIDE`]th byte.
    table: Vec<u32>,
}

impl<'a> CodePoints<'a> {
    pub(crate) fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut table = Vec::with_capacity(bytes.len() / STRIDE + 1);
        let mut before = 0;
        for block in bytes.chunks(STRIDE) {
            table.push(before);
            before += starts(block);
        }
        table.push(before);
        Self { bytes, table }
    }

    /// The number of code points before `byte`; a byte past the end counts as the end.
    pub(crate) fn before(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.bytes.len());
        let block = byte / STRIDE;
        self.table[block] + starts(&self.bytes[block * STRIDE..byte])
    }

    pub(crate) fn span(&self, span: TextSpan) -> Span {
        Span(self.before(span.start), self.before(span.end))
    }

    /// The number of code points of the whole text.
    pub(crate) fn length(&self) -> u32 {
        self.before(u32::MAX)
    }
}

/// The bytes that begin a code point: all but continuation bytes.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().map(|&byte| u32::from(byte & 0b1100_0000 != 0b1000_0000)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_border_agrees_with_a_plain_count() {
        for text in ["", "plain", "naïve – “quoted” 和平", &"é".repeat(200), &"a".repeat(64), &"𝄞x".repeat(64)]
        {
            check(text);
        }
    }

    proptest! {
        #[test]
        fn any_text_agrees_with_a_plain_count(text in "\\PC{0,300}") {
            check(&text);
        }
    }

    fn check(text: &str) {
        let points = CodePoints::new(text);
        for (count, (byte, _)) in text.char_indices().enumerate() {
            assert_eq!(points.before(byte as u32) as usize, count, "byte {byte} of {text:?}");
        }
        assert_eq!(points.length() as usize, text.chars().count());
    }
}
