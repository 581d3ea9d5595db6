//! A reader that takes bytes back, for inputs that turn out to be other than they said.

use std::io::{self, BufRead, Read};

/// A reader that takes bytes back.
pub(super) struct Returned {
    reader: Box<dyn BufRead>,
    /// What was given back, read from `at` on.
    held: Vec<u8>,
    at: usize,
}

impl Returned {
    pub(super) fn new(reader: Box<dyn BufRead>) -> Self {
        Self { reader, held: Vec::new(), at: 0 }
    }

    /// Takes back the bytes that were read last.
    pub(super) fn give_back(&mut self, bytes: Vec<u8>) {
        // They are still there if they came from here; so that many wrong rows in a long stretch cost no copies.
        match self.at.checked_sub(bytes.len()) {
            Some(start) if self.held[start..self.at] == bytes => self.at = start,
            _ => {
                let rest = self.held.split_off(self.at);
                self.held = bytes;
                self.held.extend(rest);
                self.at = 0;
            }
        }
    }
}

impl Read for Returned {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Returned {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.at < self.held.len() {
            return Ok(&self.held[self.at..]);
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        if self.at < self.held.len() {
            self.at += length;
        } else {
            self.reader.consume(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    #[test]
    fn what_is_given_back_is_read_again() {
        let mut reader = Returned::new(Box::new(Cursor::new(b"abcdef".to_vec())));
        let mut four = [0; 4];
        reader.read_exact(&mut four).unwrap();
        reader.give_back(four[1..].to_vec());
        let mut two = [0; 2];
        reader.read_exact(&mut two).unwrap();
        assert_eq!(&two, b"bc");
        reader.give_back(b"c".to_vec());
        reader.give_back(b"x".to_vec());
        let mut rest = String::new();
        reader.read_to_string(&mut rest).unwrap();
        assert_eq!(rest, "xcdef");
    }
}
