//! Reading and writing the model file: little-endian numbers and length-checked runs, so that no byte string can panic.

use super::LanguageError;

/// Appends the parts of a model file to a byte vector.
#[derive(Default)]
pub(crate) struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// The bytes written so far.
    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    pub(crate) fn u8(&mut self, value: u8) {
        self.bytes.push(value);
    }

    pub(crate) fn u32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    /// A number in as many groups of seven bits as it needs, the lowest first.
    pub(crate) fn number(&mut self, mut value: u32) {
        while value > 127 {
            self.u8(value as u8 | 128);
            value >>= 7;
        }
        self.u8(value as u8);
    }

    /// A length; a model has far less than 4 G of anything.
    pub(crate) fn length(&mut self, value: usize) {
        self.u32(u32::try_from(value).unwrap_or(u32::MAX));
    }

    pub(crate) fn raw(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }
}

/// Takes the parts of a model file off the front of a byte slice.
pub(crate) struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes }
    }

    pub(crate) fn raw(&mut self, length: usize) -> Result<&'a [u8], LanguageError> {
        let (head, tail) = self.bytes.split_at_checked(length).ok_or(LanguageError::Truncated)?;
        self.bytes = tail;
        Ok(head)
    }

    pub(crate) fn u8(&mut self) -> Result<u8, LanguageError> {
        Ok(self.raw(1)?[0])
    }

    pub(crate) fn u32(&mut self) -> Result<u32, LanguageError> {
        let bytes = self.raw(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]))
    }

    /// A number as [`Writer::number`] writes it.
    pub(crate) fn number(&mut self) -> Result<u32, LanguageError> {
        let mut value = 0;
        for shift in [0, 7, 14, 21, 28] {
            let byte = self.u8()?;
            value |= u32::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err(LanguageError::Malformed("a number without end"))
    }

    /// A length of a run whose members take at least `width` bytes each; longer than what is left is an error.
    pub(crate) fn length(&mut self, width: usize) -> Result<usize, LanguageError> {
        let length = self.u32()? as usize;
        if length.saturating_mul(width) > self.bytes.len() { Err(LanguageError::Truncated) } else { Ok(length) }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }
}

/// A checksum of the model's bytes, against damage and not against malice. Eight bytes at a time, as loading is timed.
pub(crate) fn checksum(bytes: &[u8]) -> u64 {
    let mut sum = bytes.len() as u64 ^ 0x9e37_79b9_7f4a_7c15;
    let (chunks, rest) = bytes.as_chunks::<8>();
    for chunk in chunks {
        sum = (sum.rotate_left(29) ^ u64::from_le_bytes(*chunk)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    }
    for &byte in rest {
        sum = (sum.rotate_left(29) ^ u64::from(byte)).wrapping_mul(0xd6e8_feb8_6659_fd93);
    }
    sum ^ (sum >> 32)
}
