//! Why an input was skipped: one message each, with file, line and next step.

use std::fmt;

/// An input, or one line of it, that was skipped.
#[derive(Debug)]
pub struct Problem {
    /// The input as the user named it; `standard input` for `-`.
    pub input: String,
    /// The line, counted from 1, where the reason lies on one.
    pub line: Option<u64>,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with an input.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// It cannot be opened or read.
    Unreadable(std::io::Error),
    /// It is a folder.
    Folder,
    /// It holds no text.
    Empty,
    /// It is longer than the limit, in bytes.
    TooLong(u64),
    /// It is UTF-16, by its first two bytes.
    Utf16,
    /// It is not UTF-8; the first byte that does not fit and its place, counted from 1.
    NotUtf8 {
        /// The byte.
        byte: u8,
        /// Its place in the input or in the line of JSON.
        at: usize,
    },
    /// It is not text at all.
    Binary,
    /// It is a web page.
    Html,
    /// It is not JSON; what the reader of JSON says.
    NotJson(String),
    /// It is JSON, but not an object.
    NotAnObject,
    /// A key holds another kind of value than it should.
    WrongType(&'static str),
    /// It has no text.
    NoText,
    /// It is no record of ours; what is wrong with it.
    NoRecord(String),
    /// The report could be received but not coded: a fault of the program.
    Fault(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", self.input)?;
        if let Some(line) = self.line {
            write!(formatter, ":{line}")?;
        }
        write!(formatter, ": skipped: {}", self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) if error.kind() == std::io::ErrorKind::NotFound => {
                formatter.write_str("there is no such file; check the path")
            }
            Self::Unreadable(error) if error.kind() == std::io::ErrorKind::PermissionDenied => {
                formatter.write_str("permission denied; check who may read it")
            }
            Self::Unreadable(error) => write!(formatter, "it cannot be read ({error})"),
            Self::Folder => formatter.write_str("it is a folder; name the files in it, for example FOLDER/*.txt"),
            Self::Empty => formatter.write_str("it holds no text"),
            Self::TooLong(limit) => {
                write!(formatter, "it is longer than {limit} bytes; raise the limit with --max-bytes")
            }
            Self::Utf16 => formatter.write_str("it is UTF-16, not UTF-8; convert it: iconv -f UTF-16 -t UTF-8"),
            Self::NotUtf8 { byte, at } => write!(
                formatter,
                "it is not UTF-8 (byte {at} is 0x{byte:02X}); convert it, for example: iconv -f WINDOWS-1252 -t UTF-8"
            ),
            Self::Binary => formatter.write_str("it is not text; convert it to plain text in UTF-8 first"),
            Self::Html => formatter.write_str("it is a web page; save the article's text as plain text first"),
            Self::NotJson(error) => write!(formatter, "it is not valid JSON ({error}); write one object a line"),
            Self::NotAnObject => {
                formatter.write_str("it is JSON but not an object; write one object a line, with the key \"text\"")
            }
            Self::WrongType(key) => {
                write!(formatter, "the value of \"{key}\" is not a string; put it in quotation marks")
            }
            Self::NoText => formatter.write_str("it has no text; give the report's text under the key \"text\""),
            Self::NoRecord(reason) => formatter.write_str(reason),
            Self::Fault(message) => write!(
                formatter,
                "the program failed on this report ({message}); this is a fault of Chancery, please report it"
            ),
        }
    }
}
