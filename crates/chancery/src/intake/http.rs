//! An answer of a web server as a crawler stores it: head and body, the body chunked, packed or plain.

use super::Reason;
use encoding_rs::Encoding;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use std::io::{self, Read};

/// What a head says of its body.
#[derive(Debug, Default)]
pub(super) struct Head {
    /// The status; 200 is what a page has.
    pub(super) status: u16,
    pub(super) content: Content,
    encodings: Vec<String>,
    chunked: bool,
}

/// The kind of content that a head names.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Content {
    /// In small letters, without parameters; empty if none is given.
    pub(super) media: String,
    pub(super) charset: Option<&'static Encoding>,
}

impl Content {
    /// Reads the value of `Content-Type`.
    pub(super) fn read(value: &str) -> Self {
        let mut parts = value.split(';').map(str::trim);
        let media = parts.next().unwrap_or_default().to_ascii_lowercase();
        let charset = parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            let label = value.trim().trim_matches(['"', '\'']);
            key.trim().eq_ignore_ascii_case("charset").then(|| Encoding::for_label(label.as_bytes()))?
        });
        Self { media, charset }
    }

    pub(super) fn is_page(&self) -> bool {
        matches!(self.media.as_str(), "text/html" | "application/xhtml+xml")
    }
}

impl Head {
    /// Reads the head at the beginning of an answer, and tells where the body begins.
    pub(super) fn read(answer: &[u8]) -> Option<(Self, usize)> {
        let mut head = Self::default();
        let mut at = 0;
        for line in answer.split_inclusive(|&byte| byte == b'\n') {
            let first = at == 0;
            at += line.len();
            let text = String::from_utf8_lossy(line);
            let text = text.trim_end();
            if first {
                let mut words = text.strip_prefix("HTTP/")?.split_ascii_whitespace();
                head.status = words.nth(1)?.parse().ok()?;
            } else if text.is_empty() {
                return Some((head, at));
            } else if let Some((key, value)) = text.split_once(':') {
                head.take(key.trim(), value.trim());
            }
        }
        None
    }

    fn take(&mut self, key: &str, value: &str) {
        let words = || value.split(',').map(|word| word.trim().to_ascii_lowercase()).filter(|word| !word.is_empty());
        match key.to_ascii_lowercase().as_str() {
            "content-type" => self.content = Content::read(value),
            "content-encoding" => self.encodings.extend(words().filter(|word| word != "identity")),
            "transfer-encoding" => self.chunked |= words().any(|word| word == "chunked"),
            _ => {}
        }
    }

    /// The body as its sender meant it, at most `limit` bytes. Crawlers often store it decoded and leave the head as
    /// it was; so nothing is decoded that does not look encoded.
    pub(super) fn body(&self, stored: &[u8], limit: u64) -> Result<Vec<u8>, Reason> {
        let joined = self.chunked.then(|| dechunk(stored)).flatten();
        let mut body = joined.unwrap_or_else(|| stored.to_vec());
        for encoding in self.encodings.iter().rev() {
            body = match encoding.as_str() {
                "gzip" | "x-gzip" if body.starts_with(&[0x1F, 0x8B]) => {
                    unpack(MultiGzDecoder::new(body.as_slice()), limit)?
                }
                "deflate" => {
                    let unpacked = unpack(ZlibDecoder::new(body.as_slice()), limit)
                        .or_else(|_| unpack(DeflateDecoder::new(body.as_slice()), limit));
                    unpacked.unwrap_or(body)
                }
                _ if body.trim_ascii_start().starts_with(b"<") => body,
                _ => return Err(Reason::Encoding(encoding.clone())),
            };
        }
        if body.len() as u64 > limit { Err(Reason::TooLong(limit)) } else { Ok(body) }
    }
}

fn unpack(packed: impl Read, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut out = Vec::new();
    match packed.take(limit.saturating_add(1)).read_to_end(&mut out) {
        Ok(_) => Ok(out),
        // A body that a server or crawler has cut off is still worth reading, as browsers do.
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof && !out.is_empty() => Ok(out),
        Err(error) => Err(error.into()),
    }
}

/// Joins the chunks of a body; nothing if it is none.
fn dechunk(stored: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(stored.len());
    let mut rest = stored;
    loop {
        let end = rest.iter().take(1024).position(|&byte| byte == b'\n')?;
        let line = std::str::from_utf8(&rest[..end]).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[end + 1..];
        if size == 0 {
            return Some(out);
        }
        let Some(chunk) = rest.get(..size) else {
            // Cut off.
            out.extend_from_slice(rest);
            return Some(out);
        };
        out.extend_from_slice(chunk);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        if rest.is_empty() {
            return Some(out);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder, write::ZlibEncoder};
    use std::io::Write;

    #[test]
    fn heads_are_read() {
        let answer = b"HTTP/1.1 200 OK\r\nContent-Type: Text/HTML; Charset=\"koi8-r\"\r\nX: y\r\n\r\nbody";
        let (head, at) = Head::read(answer).unwrap();
        assert_eq!((head.status, &answer[at..]), (200, b"body".as_slice()));
        assert!(head.content.is_page() && head.content.charset == Some(encoding_rs::KOI8_R));
        assert!(Head::read(b"HTTP/1.1 200 OK\r\n").is_none() && Head::read(b"<html>\n\n").is_none());
    }

    #[test]
    fn bodies_are_decoded_if_they_are_encoded() {
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"<p>peace").unwrap();
        let gzip = gzip.finish().unwrap();
        let mut zlib = ZlibEncoder::new(Vec::new(), Compression::fast());
        zlib.write_all(b"<p>peace").unwrap();
        let zlib = zlib.finish().unwrap();
        check("Transfer-Encoding: chunked", b"3\r\n<p>\r\n5;x=y\r\npeace\r\n0\r\n\r\n", "<p>peace");
        check("Transfer-Encoding: chunked", b"<p>peace", "<p>peace");
        check("Transfer-Encoding: chunked", b"ffffff\n<p>peace", "<p>peace");
        check("Content-Encoding: gzip", &gzip, "<p>peace");
        check("Content-Encoding: gzip", b"<p>peace", "<p>peace");
        check("Content-Encoding: deflate", &zlib, "<p>peace");
        check("Content-Encoding: br", b"<p>peace", "<p>peace");
        check(
            "Content-Encoding: br",
            b"\x0b\x03",
            "its content is encoded as “br”, which is not read; store it decoded",
        );
        check("X: y", &[b'a'; 200], "it is longer than 100 bytes; raise the limit with --max-bytes");
    }

    #[track_caller]
    fn check(line: &str, stored: &[u8], expected: &str) {
        let (head, _) = Head::read(format!("HTTP/1.1 200 OK\r\n{line}\r\n\r\n").as_bytes()).unwrap();
        let found = match head.body(stored, 100) {
            Ok(body) => String::from_utf8(body).unwrap(),
            Err(reason) => reason.to_string(),
        };
        assert_eq!(found, expected);
    }
}
