//! Goes through the named inputs in order and gives one report or problem after the other, without holding more than
//! one report in memory.

use super::charset::{self, Transcoded};
use super::feed::Feed;
use super::gzip::Unpacked;
use super::kinds::{self, Kind};
use super::lines::{Line, read_line};
use super::table::Table;
use super::walk::{Named, Walk};
use super::warc::Warc;
use super::{At, MAX_BYTES, Position, Problem, Reason, Received, json_lines, page, plain_text};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// How inputs are received.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Goes before any date that an input gives.
    pub published: Option<Date>,
    /// The most bytes of one report: a text, a page, a line of JSON, a row of a table, an entry of a feed.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { published: None, max_bytes: MAX_BYTES }
    }
}

/// An input that holds several reports.
pub trait Reports {
    /// The next report, or the reason why there is none at this place; nothing at the end. `fallback` is what the ids
    /// of reports without one of their own begin with.
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)>;
}

/// An iterator over the reports of some files and folders, `-` being standard input.
pub struct Inputs {
    walk: Walk,
    options: Options,
    /// What comes before all others.
    first: Option<Result<Received, Problem>>,
    current: Option<Current>,
    /// The bytes read of all files so far.
    read: Arc<AtomicU64>,
    /// Ids given so far, with the number of reports that asked for each.
    ids: BTreeMap<String, u32>,
}

/// An input that holds several reports, with its names.
struct Current {
    input: String,
    fallback: String,
    reports: Box<dyn Reports>,
    /// Whether any report or problem came out of it.
    gave: bool,
    /// The lines in a row that could not be read.
    faults: u32,
}

/// So many lines in a row that cannot be read show that an input is not what it seems; one message each is enough.
const FAULTS: u32 = 1000;

enum Opened {
    One(Box<Received>),
    Several(Box<dyn Reports>),
}

/// How often an input is unpacked that was packed several times over.
const UNPACKINGS: u32 = 2;

impl Inputs {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, options: Options) -> Self {
        let walk = Walk::new(paths);
        Self { walk, options, first: None, current: None, read: Arc::default(), ids: BTreeMap::new() }
    }

    /// The reports of one file that somebody has sent; `name` tells of its kind, as the name of a file does.
    #[must_use]
    pub fn sent(name: &str, bytes: Vec<u8>, options: Options) -> Self {
        let mut inputs = Self::new(Vec::new(), options);
        let opened = inputs.receive(name, name, Box::new(Cursor::new(bytes)), UNPACKINGS);
        inputs.first = inputs.settle(name.to_owned(), name.to_owned(), opened);
        inputs
    }

    /// Has the bytes that are read of files counted.
    #[must_use]
    pub fn counted(self, read: Arc<AtomicU64>) -> Self {
        Self { read, ..self }
    }

    /// Begins an input: its report or problem if it is one text, nothing yet if it holds several.
    fn begin(&mut self, named: Named) -> Option<Result<Received, Problem>> {
        let opened = open(&named, &self.read).and_then(|reader| self.receive(&named.id, &named.id, reader, UNPACKINGS));
        self.settle(named.input(), named.id, opened)
    }

    /// What an opened input gives at once.
    fn settle(
        &mut self,
        input: String,
        fallback: String,
        opened: Result<Opened, Reason>,
    ) -> Option<Result<Received, Problem>> {
        match opened {
            Ok(Opened::One(mut received)) => {
                received.position = Position { input, at: None };
                Some(Ok(*received))
            }
            Ok(Opened::Several(reports)) => {
                self.current = Some(Current { input, fallback, reports, gave: false, faults: 0 });
                None
            }
            Err(reason) => Some(Err(Problem { position: Position { input, at: None }, reason })),
        }
    }

    /// Takes an input for what it is; `name` goes without the endings of what it was packed with.
    fn receive(&self, name: &str, fallback: &str, reader: Box<dyn BufRead>, unpackings: u32) -> Result<Opened, Reason> {
        let Options { published, max_bytes } = self.options;
        let (start, reader) = peek(reader)?;
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase()).unwrap_or_default();
        let one = |received| Opened::One(Box::new(received));
        let several = |reports: Box<dyn Reports>| Ok(Opened::Several(reports));
        match kinds::kind(&start, &ending) {
            Kind::Gzip if unpackings == 0 => Err(Reason::Nested),
            Kind::Gzip => {
                let reader = Box::new(BufReader::new(Unpacked::new(reader)));
                let name = if ending == "gz" { &name[..name.len() - ending.len() - 1] } else { name };
                self.receive(name, fallback, reader, unpackings - 1)
            }
            Kind::Warc => several(Box::new(Warc::new(reader))),
            Kind::Feed => several(Box::new(Feed::new(reader)?)),
            Kind::JsonLines => several(Box::new(Lines { reader: in_utf8(&start, reader), count: 0, ended: false })),
            Kind::Table(separator) => several(Box::new(Table::new(in_utf8(&start, reader), separator))),
            Kind::Json => several(json(in_utf8(&start, reader), max_bytes)?),
            Kind::Page => page::read(fallback, whole(reader, max_bytes)?, published).map(one),
            Kind::Text => plain_text::read(fallback, whole(reader, max_bytes)?, published).map(one),
            Kind::Foreign(what) => Err(Reason::Binary(what)),
        }
    }

    /// The next report or problem of the current input; nothing at its end.
    fn go_on(&self, current: &mut Current) -> Option<Result<Received, Problem>> {
        if current.faults > FAULTS {
            return None;
        }
        let next = current.reports.next(&current.fallback, self.options);
        let (at, result) = match next {
            None if current.gave => return None,
            None => (None, Err(Reason::NoReports)),
            Some(next) => next,
        };
        current.gave = true;
        current.faults = if result.is_err() && matches!(at, Some(At::Line(_))) { current.faults + 1 } else { 0 };
        let position = Position { input: current.input.clone(), at };
        Some(match result {
            Ok(received) => Ok(Received { position, ..received }),
            Err(_) if current.faults > FAULTS => Err(Problem { position, reason: Reason::ManyFaults(FAULTS) }),
            Err(reason) => Err(Problem { position, reason }),
        })
    }

    /// Makes the id of a report unique among the inputs of the run.
    fn settle_id(&mut self, received: &mut Received) {
        let asked = received.report.id.clone();
        let count = self.ids.entry(asked.clone()).or_insert(0);
        *count += 1;
        if *count == 1 {
            return;
        }
        let mut ordinal = *count;
        let id = loop {
            let id = format!("{asked}#{ordinal}");
            if !self.ids.contains_key(&id) {
                break id;
            }
            ordinal += 1;
        };
        self.ids.insert(id.clone(), 1);
        let remark = format!("the id “{asked}” was taken by an earlier report; this one has “{id}”");
        received.report.id = id;
        received.report.notes.push(remark.clone());
        received.remarks.push(remark);
    }
}

impl Iterator for Inputs {
    type Item = Result<Received, Problem>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut item = loop {
            if let Some(first) = self.first.take() {
                break first;
            }
            if let Some(mut current) = self.current.take() {
                if let Some(item) = self.go_on(&mut current) {
                    self.current = Some(current);
                    break item;
                }
                continue;
            }
            match self.walk.next()? {
                Err(problem) => break Err(problem),
                Ok(named) => {
                    if let Some(item) = self.begin(named) {
                        break item;
                    }
                }
            }
        };
        if let Ok(received) = &mut item {
            self.settle_id(received);
        }
        Some(item)
    }
}

fn open(named: &Named, read: &Arc<AtomicU64>) -> Result<Box<dyn BufRead>, Reason> {
    if named.is_standard_input() {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(&named.path).map_err(Reason::Unreadable)?;
    Ok(Box::new(BufReader::new(Counted { file, read: Arc::clone(read) })))
}

/// A file of which the bytes are counted.
struct Counted {
    file: File,
    read: Arc<AtomicU64>,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.read.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

/// The first bytes of an input, and the input with them.
fn peek(mut reader: Box<dyn BufRead>) -> Result<(Vec<u8>, Box<dyn BufRead>), Reason> {
    let mut start = Vec::new();
    reader.by_ref().take(kinds::START as u64).read_to_end(&mut start)?;
    let reader = Box::new(Cursor::new(start.clone()).chain(reader));
    Ok((start, reader))
}

/// The bytes of an input that is one report.
fn whole(reader: Box<dyn BufRead>, limit: u64) -> Result<Vec<u8>, Reason> {
    let mut bytes = Vec::new();
    reader.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit { Err(Reason::TooLong(limit)) } else { Ok(bytes) }
}

/// An input whose signs are those of ASCII, as UTF-16 is not.
fn in_utf8(start: &[u8], reader: Box<dyn BufRead>) -> Box<dyn BufRead> {
    match charset::utf16(start) {
        Some(encoding) => Box::new(BufReader::new(Transcoded::new(reader, encoding))),
        None => reader,
    }
}

/// One object or list over several lines, or else lines of JSON under the name of JSON.
fn json(mut reader: Box<dyn BufRead>, limit: u64) -> Result<Box<dyn Reports>, Reason> {
    let mut bytes = Vec::new();
    reader.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok(match serde_json::from_slice(without_mark(&bytes)) {
        Ok(Value::Array(values)) if bytes.len() as u64 <= limit => {
            Box::new(Items { values: values.into_iter(), count: 0 })
        }
        Ok(value) if bytes.len() as u64 <= limit => Box::new(Items { values: vec![value].into_iter(), count: 0 }),
        _ => Box::new(Lines { reader: Box::new(Cursor::new(bytes).chain(reader)), count: 0, ended: false }),
    })
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

/// The lines of JSON lines.
struct Lines {
    reader: Box<dyn BufRead>,
    count: u64,
    ended: bool,
}

impl Reports for Lines {
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)> {
        while !self.ended {
            self.count += 1;
            let result = match read_line(&mut *self.reader, options.max_bytes) {
                Err(error) => {
                    // Nothing more can be had from it.
                    self.ended = true;
                    Err(error.into())
                }
                Ok(Line::End) => return None,
                Ok(Line::TooLong) => Err(Reason::TooLong(options.max_bytes)),
                Ok(Line::Read(bytes)) => {
                    let bytes = if self.count == 1 { without_mark(&bytes) } else { &bytes };
                    if bytes.trim_ascii().is_empty() {
                        continue;
                    }
                    json_lines::read(&format!("{fallback}#{}", self.count), bytes, options.published)
                }
            };
            return Some((Some(At::Line(self.count)), result));
        }
        None
    }
}

/// The items of a list of JSON.
struct Items {
    values: std::vec::IntoIter<Value>,
    count: u64,
}

impl Reports for Items {
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)> {
        let value = self.values.next()?;
        self.count += 1;
        let result = json_lines::read_value(&format!("{fallback}#{}", self.count), &value, options.published);
        Some((Some(At::Item(self.count)), result))
    }
}
