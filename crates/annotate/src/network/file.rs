//! The model file of the network: named records of numbers and strings, little-endian, as `training/README.md` says.

use crate::language::LanguageError;
use crate::language::bytes::Reader;
use std::collections::BTreeMap;

/// The first bytes of the file; the fourth number from the end is the version.
const MAGIC: &[u8; 12] = b"chneural\x01\x00\x00\x00";

/// The values of a record.
enum Values<'a> {
    Floats(Vec<f32>),
    Bytes(&'a [u8]),
    Numbers(Vec<u32>),
    Strings(Vec<&'a str>),
}

struct Record<'a> {
    shape: Vec<usize>,
    values: Values<'a>,
}

/// A file that was read: records by name.
pub(crate) struct File<'a> {
    records: BTreeMap<&'a str, Record<'a>>,
}

impl<'a> File<'a> {
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, LanguageError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(LanguageError::NotAModel)?;
        let mut reader = Reader::new(rest);
        let mut records = BTreeMap::new();
        for _ in 0..reader.u32()? {
            let name = short_string(&mut reader)?;
            let kind = reader.u8()?;
            let dimensions = reader.u8()?;
            let shape =
                (0..dimensions).map(|_| Ok(reader.u32()? as usize)).collect::<Result<Vec<_>, LanguageError>>()?;
            let count = shape
                .iter()
                .try_fold(1usize, |product, length| product.checked_mul(*length))
                .ok_or(LanguageError::Truncated)?;
            let words = |bytes: &[u8]| -> Vec<u32> {
                bytes.as_chunks::<4>().0.iter().map(|word| u32::from_le_bytes(*word)).collect()
            };
            let wide = count.checked_mul(4).ok_or(LanguageError::Truncated);
            let values = match kind {
                0 => Values::Floats(words(reader.raw(wide?)?).into_iter().map(f32::from_bits).collect()),
                1 => Values::Bytes(reader.raw(count)?),
                2 => Values::Numbers(words(reader.raw(wide?)?)),
                3 => {
                    let [count, length] = shape[..] else {
                        return Err(LanguageError::Malformed("strings without their length"));
                    };
                    let mut inner = Reader::new(reader.raw(length)?);
                    let mut strings = Vec::with_capacity(count.min(length));
                    while !inner.is_empty() {
                        strings.push(short_string(&mut inner)?);
                    }
                    if strings.len() != count {
                        return Err(LanguageError::Malformed("a wrong number of strings"));
                    }
                    Values::Strings(strings)
                }
                _ => return Err(LanguageError::Malformed("a record of an unknown kind")),
            };
            records.insert(name, Record { shape, values });
        }
        if reader.is_empty() { Ok(Self { records }) } else { Err(LanguageError::Malformed("more than a model")) }
    }

    fn record(&self, name: &str) -> Result<&Record<'a>, LanguageError> {
        self.records.get(name).ok_or(LanguageError::Malformed("no record of a name that it needs"))
    }

    /// A vector of numbers of this length, all of them finite.
    pub(crate) fn floats(&self, name: &str, length: usize) -> Result<&[f32], LanguageError> {
        match &self.record(name)?.values {
            Values::Floats(values) if values.len() == length && values.iter().all(|value| value.is_finite()) => {
                Ok(values)
            }
            _ => Err(LanguageError::Malformed("a vector of the wrong kind, length or value")),
        }
    }

    /// Rows of small whole numbers, and the length of a row.
    pub(crate) fn rows(&self, name: &str) -> Result<(Vec<i8>, usize), LanguageError> {
        let record = self.record(name)?;
        let wide = record.shape.last().copied().unwrap_or(0);
        match &record.values {
            // Rows longer than this could overflow the sums of their products.
            Values::Bytes(bytes) if wide > 0 && wide <= 4096 && !bytes.is_empty() => {
                Ok((bytes.iter().map(|byte| *byte as i8).collect(), wide))
            }
            _ => Err(LanguageError::Malformed("a matrix of the wrong kind or shape")),
        }
    }

    pub(crate) fn numbers(&self, name: &str) -> Result<&[u32], LanguageError> {
        match &self.record(name)?.values {
            Values::Numbers(values) => Ok(values),
            _ => Err(LanguageError::Malformed("numbers of the wrong kind")),
        }
    }

    pub(crate) fn strings(&self, name: &str) -> Result<&[&'a str], LanguageError> {
        match &self.record(name)?.values {
            Values::Strings(values) => Ok(values),
            _ => Err(LanguageError::Malformed("strings of the wrong kind")),
        }
    }
}

/// A string behind its length in one byte.
fn short_string<'a>(reader: &mut Reader<'a>) -> Result<&'a str, LanguageError> {
    let length = reader.u8()?;
    std::str::from_utf8(reader.raw(usize::from(length))?)
        .map_err(|_| LanguageError::Malformed("text that is not UTF-8"))
}
