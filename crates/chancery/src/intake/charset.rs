//! Which characters some bytes stand for: by byte order mark, by declaration, by detection, in this order; but what is
//! UTF-8 through and through is UTF-8 whatever is declared, as no other charset gives such bytes by chance.

use super::Reason;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, BufRead, Read};

/// Some text, and how its characters were guessed where they were.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) remark: Option<String>,
}

/// Of a hundred characters beyond ASCII, so many may be damaged in what still counts as UTF-8.
const DAMAGED: usize = 10;

/// Decodes a text; a byte order mark stays part of it. `declared` is what stands in a head or a tag.
///
/// # Errors
/// If the bytes are no text.
pub(super) fn decode(bytes: Vec<u8>, declared: Option<&'static Encoding>) -> Result<Decoded, Reason> {
    let sure = |text: String| Decoded { text, remark: None };
    let by = |encoding: &'static Encoding, bytes: &[u8]| encoding.decode_without_bom_handling(bytes).0.into_owned();
    if let Some(utf16) = utf16(&bytes) {
        return Ok(sure(by(utf16, &bytes)));
    }
    if let Some(what) = binary(&bytes) {
        return Err(Reason::Binary(what));
    }
    if declared == Some(ISO_2022_JP) {
        return Ok(sure(by(ISO_2022_JP, &bytes)));
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return Ok(sure(text)),
        Err(error) => error.into_bytes(),
    };
    if let Some(declared) = declared.filter(|&declared| declared != UTF_8) {
        return Ok(sure(by(declared, &bytes)));
    }
    let (good, bad) = multibyte(&bytes);
    if bad * 100 <= (good + bad) * DAMAGED {
        let remark = format!("{bad} damaged characters were replaced by U+FFFD");
        return Ok(Decoded { text: by(UTF_8, &bytes), remark: Some(remark) });
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes, true);
    let guessed = detector.guess(None, Utf8Detection::Deny);
    let remark = format!("its characters were read as {}, by their looks", guessed.name());
    Ok(Decoded { text: by(guessed, &bytes), remark: Some(remark) })
}

/// UTF-16 by its mark, or by the NULs that ASCII has in it.
pub(super) fn utf16(start: &[u8]) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(start) {
        return (encoding != UTF_8).then_some(encoding);
    }
    let pairs = start.get(..start.len().min(256)).unwrap_or_default().chunks_exact(2);
    let (mut little, mut big, mut all) = (0, 0, 0);
    for pair in pairs {
        all += 1;
        match pair {
            [0, 0] => return None,
            [_, 0] => little += 1,
            [0, _] => big += 1,
            _ => {}
        }
    }
    // Half of them, as there is text with other letters between its blanks and digits.
    match () {
        () if all < 4 => None,
        () if little * 2 > all && big == 0 => Some(UTF_16LE),
        () if big * 2 > all && little == 0 => Some(UTF_16BE),
        () => None,
    }
}

/// The beginnings of files that people keep beside texts.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xD0\xCF\x11\xE0", "an office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG", "an image"),
    (b"\xFF\xD8\xFF", "an image"),
    (b"GIF8", "an image"),
    (b"SQLite format 3\0", "a database"),
    (b"BZh", "packed by bzip2"),
    (b"\xFD7zXZ", "packed by xz"),
    (b"\x28\xB5\x2F\xFD", "packed by zstd"),
    (b"7z\xBC\xAF", "a 7z archive"),
];

/// What some bytes are that are no text. Text has no NUL and few control characters; one in ten is past any damage
/// that text takes on its way.
pub(super) fn binary(bytes: &[u8]) -> Option<&'static str> {
    if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| bytes.starts_with(signature)) {
        return Some(what);
    }
    // ISO-2022 charsets are text with escapes.
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B);
    let controls = bytes.iter().filter(|byte| is_control(byte)).count();
    (bytes.contains(&0) || controls * 10 > bytes.len()).then_some("binary data")
}

/// The characters beyond ASCII that are well-formed UTF-8, and the pieces that are not.
fn multibyte(bytes: &[u8]) -> (usize, usize) {
    bytes.utf8_chunks().fold((0, 0), |(good, bad), chunk| {
        let beyond = chunk.valid().chars().filter(|char| !char.is_ascii()).count();
        (good + beyond, bad + usize::from(!chunk.invalid().is_empty()))
    })
}

/// A stream in another charset as a stream in UTF-8.
pub(super) struct Transcoded<R> {
    reader: R,
    decoder: Decoder,
    /// What was decoded and not yet read, from `at` on.
    text: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: BufRead> Transcoded<R> {
    pub(super) fn new(reader: R, encoding: &'static Encoding) -> Self {
        let decoder = encoding.new_decoder_without_bom_handling();
        Self { reader, decoder, text: Vec::new(), at: 0, ended: false }
    }

    fn fill(&mut self) -> io::Result<()> {
        self.at = 0;
        self.text.resize(16 * 1024, 0);
        let mut written = 0;
        while written == 0 && !self.ended {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            let last = buffer.is_empty();
            let (result, read, wrote, _) = self.decoder.decode_to_utf8(buffer, &mut self.text, last);
            self.reader.consume(read);
            written = wrote;
            self.ended = last && result == encoding_rs::CoderResult::InputEmpty;
        }
        self.text.truncate(written);
        Ok(())
    }
}

impl<R: BufRead> Read for Transcoded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() && !self.ended {
            self.fill()?;
        }
        let rest = &self.text[self.at..];
        let length = rest.len().min(out.len());
        out[..length].copy_from_slice(&rest[..length]);
        self.at += length;
        Ok(length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_known_by_mark_declaration_and_looks() {
        let text = "Президент Молдавии заявил о прекращении огня.";
        let legacy = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        let utf16: Vec<u8> = "\u{FEFF}Peace".encode_utf16().flat_map(u16::to_be_bytes).collect();
        let unmarked: Vec<u8> = "Peace talks".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(text.as_bytes(), None, text);
        check(text.as_bytes(), Some(encoding_rs::WINDOWS_1252), text);
        check(&legacy, Some(encoding_rs::WINDOWS_1251), text);
        check(&legacy, None, &format!("{text} (its characters were read as windows-1251, by their looks)"));
        check(&legacy, Some(UTF_8), &format!("{text} (its characters were read as windows-1251, by their looks)"));
        check(b"\x1B$B$3$s\x1B(B", Some(ISO_2022_JP), "こん");
        check(&utf16, None, "\u{FEFF}Peace");
        check(&unmarked, None, "Peace talks");
        let damaged = [text.as_bytes(), b" \xD0 ", text.as_bytes()].concat();
        let mended = format!("{text} \u{FFFD} {text}");
        check(&damaged, None, &format!("{mended} (1 damaged characters were replaced by U+FFFD)"));
        check(b"%PDF-1.7", None, "a PDF");
        check(b"a\0b\0\0c", None, "binary data");
    }

    #[track_caller]
    fn check(bytes: &[u8], declared: Option<&'static Encoding>, expected: &str) {
        let found = match decode(bytes.to_vec(), declared) {
            Ok(Decoded { text, remark: None }) => text,
            Ok(Decoded { text, remark: Some(remark) }) => format!("{text} ({remark})"),
            Err(Reason::Binary(what)) => what.to_owned(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, expected);
    }

    #[test]
    fn streams_are_read_as_utf8_in_any_pieces() {
        let text = "Peace — мир — 和平\n".repeat(3000);
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for capacity in [1, 3, 8192] {
            let reader = io::BufReader::with_capacity(capacity, bytes.as_slice());
            let mut found = String::new();
            Transcoded::new(reader, UTF_16LE).read_to_string(&mut found).unwrap();
            assert!(found == text);
        }
    }
}
