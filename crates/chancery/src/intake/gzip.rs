//! Unpacks gzip as a stream, of one member or many, and stops at what unpacks to more than any text does.

use super::problem::Stopped;
use flate2::bufread::MultiGzDecoder;
use std::io::{self, BufRead, Read};

/// How much longer than its packed form a text may be. Prose is four times as long, a log of one line some fifty
/// times; what is made to do harm is a thousand times as long, the most that the format allows.
const RATIO: u64 = 200;

/// So many bytes are unpacked before the ratio counts, as a short text may be one letter many times over.
const FREE: u64 = 64 * 1024 * 1024;

/// The two bytes with which gzip begins, and the only method that it has.
pub(super) const MAGIC: &[u8] = &[0x1F, 0x8B, 0x08];

/// A reader of what a packed stream holds.
pub(super) struct Unpacked<R> {
    packed: MultiGzDecoder<Counted<R>>,
    given: u64,
}

impl<R: BufRead> Unpacked<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { packed: MultiGzDecoder::new(Counted { reader, taken: 0 }), given: 0 }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.packed.read(out)?;
        self.given = self.given.saturating_add(length as u64);
        if self.given > FREE && self.given / RATIO > self.packed.get_ref().taken {
            return Err(Stopped::Bomb(RATIO).into());
        }
        Ok(length)
    }
}

/// Counts the bytes that are taken.
struct Counted<R> {
    reader: R,
    taken: u64,
}

impl<R: BufRead> Read for Counted<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.reader.read(out)?;
        self.taken += length as u64;
        Ok(length)
    }
}

impl<R: BufRead> BufRead for Counted<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.taken += length as u64;
        self.reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::super::Reason;
    use super::*;
    use flate2::{Compression, write::GzEncoder};
    use std::io::Write;

    fn pack(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn members_are_read_one_after_the_other() {
        let packed = [pack(b"one "), pack(b""), pack(b"two")].concat();
        let mut text = String::new();
        Unpacked::new(packed.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text, "one two");
    }

    #[test]
    fn cut_and_damaged_streams_are_told_apart() {
        let mut packed = pack("The rebels left the town. ".repeat(50).as_bytes());
        let read = |packed: &[u8]| Unpacked::new(packed).read_to_end(&mut Vec::new()).map_err(Reason::from);
        assert!(matches!(read(&packed[..packed.len() - 9]), Err(Reason::Cut)));
        let at = packed.len() - 6;
        packed[at] ^= 0xFF;
        assert!(matches!(read(&packed), Err(Reason::Damaged(_))));
    }

    #[test]
    fn bombs_are_stopped() {
        let packed = pack(&vec![b'a'; 80 << 20]);
        let read = io::copy(&mut Unpacked::new(packed.as_slice()), &mut io::sink()).map_err(Reason::from);
        assert!(matches!(read, Err(Reason::Bomb(RATIO))), "{read:?}");
    }
}
