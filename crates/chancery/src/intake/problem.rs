//! Why an input was skipped: one message each, with position, reason and next step.

use std::fmt;
use std::io;

/// Where in the inputs a report or a problem stands.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Position {
    /// The input as the user named it, or the file in a folder; `standard input` for `-`.
    pub input: String,
    /// The place within it, where it holds several reports.
    pub at: Option<At>,
}

/// A place within an input that holds several reports, counted from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// A line of JSON lines, or the first line of a row of a table.
    Line(u64),
    /// An item of a JSON list.
    Item(u64),
    /// An entry of a feed.
    Entry(u64),
    /// A record of a WARC file.
    Record(u64),
}

/// An input, or one report of it, that was skipped.
#[derive(Debug)]
pub struct Problem {
    /// Where it stands.
    pub position: Position,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with an input.
#[derive(Debug)]
#[non_exhaustive]
pub enum Reason {
    /// It cannot be opened or read.
    Unreadable(io::Error),
    /// It is a folder that holds nothing to read.
    EmptyFolder,
    /// It holds no text.
    Empty,
    /// It holds no report, though it is whole.
    NoReports,
    /// It is longer than the limit, in bytes.
    TooLong(u64),
    /// It is not text at all; what it seems to be.
    Binary(&'static str),
    /// Its compressed data end too early.
    Cut,
    /// Its compressed data are damaged; what the reader of them says.
    Damaged(String),
    /// It unpacks to more than this many times its size.
    Bomb(u64),
    /// It is left, with all that follows, after so many lines in a row that could not be read.
    ManyFaults(u32),
    /// It is packed again within what was unpacked, more often than is looked into.
    Nested,
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
    /// A table whose columns are named, none of them as the text.
    NoTextColumn(Vec<String>),
    /// A quotation mark in a table that is not closed before something else follows, or at all.
    OpenQuote,
    /// A row of a table with more cells than there are columns: the cells, the columns.
    MoreCells(usize, usize),
    /// Its elements are nested deeper than this.
    TooDeep(usize),
    /// It has more elements than this, or more attributes of one than are read.
    TooManyElements(usize),
    /// It is a page without an article.
    NoArticle,
    /// A feed that is not well-formed; what the reader of XML says.
    NotXml(String),
    /// A file or record that ends before it is complete.
    EndsEarly,
    /// What is wrong with a record of a WARC file.
    BadRecord(&'static str),
    /// A body that is encoded in a way that is not read.
    Encoding(String),
    /// The report could be received but not coded, or not received: a fault of the program.
    Fault(String),
}

/// A reason on its way through a reader, as an error of input.
#[derive(Debug)]
pub(super) struct Stop(pub(super) Stopped);

/// Why a reader does not go on.
#[derive(Debug, Clone, Copy)]
pub(super) enum Stopped {
    /// See [`Reason::Bomb`].
    Bomb(u64),
    /// See [`Reason::TooLong`].
    TooLong(u64),
}

impl std::error::Error for Stop {}

impl fmt::Display for Stop {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}", Reason::from(self.0))
    }
}

impl From<Stopped> for io::Error {
    fn from(stopped: Stopped) -> Self {
        Self::other(Stop(stopped))
    }
}

impl From<Stopped> for Reason {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Bomb(ratio) => Self::Bomb(ratio),
            Stopped::TooLong(limit) => Self::TooLong(limit),
        }
    }
}

impl Reason {
    /// What an error of input says of the input, if it speaks of that and not of the machine.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        if let Some(Stop(stopped)) = error.get_ref().and_then(|inner| inner.downcast_ref()) {
            return Some((*stopped).into());
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => Some(Self::Cut),
            // The reader of gzip has both kinds for what it does not understand.
            io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => Some(Self::Damaged(error.to_string())),
            _ => None,
        }
    }
}

impl From<io::Error> for Reason {
    fn from(error: io::Error) -> Self {
        Self::of(&error).unwrap_or(Self::Unreadable(error))
    }
}

impl fmt::Display for At {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(formatter, "line {line}"),
            Self::Item(item) => write!(formatter, "item {item}"),
            Self::Entry(entry) => write!(formatter, "entry {entry}"),
            Self::Record(record) => write!(formatter, "record {record}"),
        }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.input)?;
        match self.at {
            None => Ok(()),
            Some(At::Line(line)) => write!(formatter, ":{line}"),
            Some(at) => write!(formatter, ", {at}"),
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: skipped: {}", self.position, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) if error.kind() == io::ErrorKind::NotFound => {
                formatter.write_str("there is no such file; check the path")
            }
            Self::Unreadable(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                formatter.write_str("permission denied; check who may read it")
            }
            Self::Unreadable(error) => write!(formatter, "it cannot be read ({error})"),
            Self::EmptyFolder => {
                formatter.write_str("it is a folder without files; hidden files are not read, name those yourself")
            }
            Self::Empty => formatter.write_str("it holds no text"),
            Self::NoReports => formatter.write_str("it holds no report; check that it is the right file"),
            Self::TooLong(limit) => {
                write!(formatter, "it is longer than {limit} bytes; raise the limit with --max-bytes")
            }
            Self::Binary(what) => write!(formatter, "it is {what}, not text; convert it to plain text first"),
            Self::Cut => formatter.write_str("its compressed data end too early; fetch the file again"),
            Self::Damaged(error) => {
                write!(formatter, "its compressed data are damaged ({error}); fetch the file again")
            }
            Self::Bomb(ratio) => write!(
                formatter,
                "it unpacks to more than {ratio} times its size, which no text does; unpack it yourself if you trust it"
            ),
            Self::ManyFaults(number) => write!(
                formatter,
                "so are the {number} lines before it, and all that follow are left; check that it is the right file"
            ),
            Self::Nested => formatter.write_str("it is packed several times over; unpack it first"),
            Self::NotJson(error) => write!(formatter, "it is not valid JSON ({error}); write one object a line"),
            Self::NotAnObject => {
                formatter.write_str("it is JSON but not an object; write one object a line, with the key \"text\"")
            }
            Self::WrongType(key) => {
                write!(formatter, "the value of \"{key}\" is not a string; put it in quotation marks")
            }
            Self::NoText => formatter.write_str("it has no text; give the report's text under the key \"text\""),
            Self::NoRecord(reason) => formatter.write_str(reason),
            Self::NoTextColumn(columns) => write!(
                formatter,
                "no column holds the text; name one of them \"text\" in the first line (there are: {})",
                columns.join(", ")
            ),
            Self::OpenQuote => formatter.write_str(
                "a quotation mark is not closed, or is followed by more text; close it, and double those within a cell",
            ),
            Self::MoreCells(cells, columns) => write!(
                formatter,
                "it has {cells} cells under {columns} columns; put cells with separators in quotation marks"
            ),
            Self::TooDeep(depth) => {
                write!(formatter, "its elements are nested more than {depth} deep; save the article's text instead")
            }
            Self::TooManyElements(number) => {
                write!(formatter, "it has more than {number} elements; save the article's text instead")
            }
            Self::NoArticle => {
                formatter.write_str("no article was found in this page; if there is one, save its text as plain text")
            }
            Self::NotXml(error) => write!(
                formatter,
                "the feed is not well-formed ({error}); what stands before was read, mend it to have the rest"
            ),
            Self::EndsEarly => formatter.write_str("it ends in the middle; fetch the file again to have the rest"),
            Self::BadRecord(what) => write!(formatter, "{what}; fetch the file again if the record matters"),
            Self::Encoding(encoding) => {
                write!(formatter, "its content is encoded as “{encoding}”, which is not read; store it decoded")
            }
            Self::Fault(message) => write!(
                formatter,
                "the program failed on this report ({message}); this is a fault of Chancery, please report it"
            ),
        }
    }
}
