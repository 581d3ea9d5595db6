//! Goes through the named inputs in order and gives one report or problem after the other, without holding more than
//! one report in memory.

use super::{MAX_BYTES, Problem, Reason, Received, json_lines, plain_text};
use jiff::civil::Date;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::{Path, PathBuf};

/// How inputs are received.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Goes before any date that an input gives.
    pub published: Option<Date>,
    /// The most bytes of one text, or of one line of JSON.
    pub max_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self { published: None, max_bytes: MAX_BYTES }
    }
}

/// An iterator over the reports of some files, `-` being standard input.
pub struct Inputs {
    paths: std::vec::IntoIter<PathBuf>,
    options: Options,
    current: Option<Current>,
    /// Ids given so far, with the number of reports that asked for each.
    ids: BTreeMap<String, u32>,
}

/// An input that holds several reports.
struct Current {
    name: String,
    fallback: String,
    rest: Rest,
    /// The lines or values read so far.
    count: u64,
    /// Whether any report or problem came out of it.
    gave: bool,
}

enum Rest {
    Lines(Box<dyn BufRead>),
    Values(std::vec::IntoIter<Value>),
}

impl Inputs {
    /// Opens nothing yet.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, options: Options) -> Self {
        Self { paths: paths.into_iter(), options, current: None, ids: BTreeMap::new() }
    }

    /// Begins an input: its report or problem if it is one text, nothing yet if it holds several.
    fn begin(&mut self, path: &Path) -> Option<Result<Received, Problem>> {
        let is_standard_input = path.as_os_str() == "-";
        let name = if is_standard_input { "standard input".to_owned() } else { path.display().to_string() };
        let fallback = match path.file_name() {
            Some(file) if !is_standard_input => file.to_string_lossy().into_owned(),
            _ => "stdin".to_owned(),
        };
        let opened =
            if is_standard_input { Ok(Box::new(BufReader::new(io::stdin())) as Box<dyn BufRead>) } else { open(path) };
        let result = opened.and_then(|reader| self.receive(path, &fallback, reader));
        match result {
            Ok(Opened::One(received)) => Some(Ok(received)),
            Ok(Opened::Several(rest)) => {
                self.current = Some(Current { name, fallback, rest, count: 0, gave: false });
                None
            }
            Err(reason) => Some(Err(Problem { input: name, line: None, reason })),
        }
    }

    fn receive(&self, path: &Path, fallback: &str, mut reader: Box<dyn BufRead>) -> Result<Opened, Reason> {
        let limit = self.options.max_bytes;
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_ascii_lowercase());
        let json = match extension.as_deref() {
            Some("jsonl" | "ndjson" | "json") => true,
            Some("txt" | "text") => false,
            _ => looks_like_json(reader.fill_buf().map_err(Reason::Unreadable)?),
        };
        if json && extension.as_deref() != Some("json") {
            return Ok(Opened::Several(Rest::Lines(reader)));
        }
        let mut bytes = Vec::new();
        reader.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(Reason::Unreadable)?;
        if json {
            // One object or list over several lines, or else lines of JSON under the name of JSON.
            return Ok(Opened::Several(match serde_json::from_slice(without_mark(&bytes)) {
                Ok(Value::Array(values)) if bytes.len() as u64 <= limit => Rest::Values(values.into_iter()),
                Ok(value) if bytes.len() as u64 <= limit => Rest::Values(vec![value].into_iter()),
                _ => Rest::Lines(Box::new(Cursor::new(bytes).chain(reader))),
            }));
        }
        if bytes.len() as u64 > limit {
            return Err(Reason::TooLong(limit));
        }
        plain_text::read(fallback, bytes, self.options.published).map(Opened::One)
    }

    /// The next report or problem of the current input; nothing at its end.
    fn go_on(&self, current: &mut Current) -> Option<Result<Received, Problem>> {
        let options = self.options;
        loop {
            current.count += 1;
            let fallback = format!("{}#{}", current.fallback, current.count);
            let line = matches!(current.rest, Rest::Lines(_)).then_some(current.count);
            let result = match &mut current.rest {
                Rest::Values(values) => {
                    values.next().map(|value| json_lines::read_value(&fallback, &value, options.published))
                }
                Rest::Lines(reader) => match read_line(reader, options.max_bytes) {
                    Err(error) => {
                        // Nothing more can be had from it.
                        current.rest = Rest::Values(Vec::new().into_iter());
                        Some(Err(Reason::Unreadable(error)))
                    }
                    Ok(Line::End) => None,
                    Ok(Line::TooLong) => Some(Err(Reason::TooLong(options.max_bytes))),
                    Ok(Line::Read(bytes)) => {
                        let bytes = if current.count == 1 { without_mark(&bytes) } else { &bytes };
                        if bytes.iter().all(u8::is_ascii_whitespace) {
                            continue;
                        }
                        Some(json_lines::read(&fallback, bytes, options.published))
                    }
                },
            };
            let item = if line.is_some() { String::new() } else { format!(", item {}", current.count) };
            let problem = |reason| Problem { input: format!("{}{item}", current.name), line, reason };
            return match result {
                None if current.gave => None,
                None => {
                    current.gave = true;
                    Some(Err(Problem { input: current.name.clone(), line: None, reason: Reason::Empty }))
                }
                Some(result) => {
                    let result = result.map_err(problem);
                    current.gave = true;
                    Some(result)
                }
            };
        }
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
            if let Some(mut current) = self.current.take() {
                if let Some(item) = self.go_on(&mut current) {
                    self.current = Some(current);
                    break item;
                }
            } else {
                let path = self.paths.next()?;
                if let Some(item) = self.begin(&path) {
                    break item;
                }
            }
        };
        if let Ok(received) = &mut item {
            self.settle_id(received);
        }
        Some(item)
    }
}

enum Opened {
    One(Received),
    Several(Rest),
}

fn open(path: &Path) -> Result<Box<dyn BufRead>, Reason> {
    let file = File::open(path).map_err(Reason::Unreadable)?;
    if file.metadata().map_err(Reason::Unreadable)?.is_dir() {
        return Err(Reason::Folder);
    }
    Ok(Box::new(BufReader::new(file)))
}

/// Whether text of no known kind begins as an object of JSON does. Prose that begins with a brace does not.
fn looks_like_json(start: &[u8]) -> bool {
    let mut visible = without_mark(start).iter().filter(|byte| !byte.is_ascii_whitespace());
    visible.next() == Some(&b'{') && matches!(visible.next(), Some(b'"' | b'}') | None)
}

fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(bytes)
}

enum Line {
    Read(Vec<u8>),
    TooLong,
    End,
}

/// Reads one line of at most `limit` bytes. Of a longer one nothing is kept, and the reader stands behind it.
fn read_line(reader: &mut dyn BufRead, limit: u64) -> io::Result<Line> {
    let mut line = Vec::new();
    let mut too_long = false;
    let mut any = false;
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        if buffer.is_empty() {
            break;
        }
        any = true;
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let part = &buffer[..end.unwrap_or(buffer.len())];
        too_long |= (line.len() + part.len()) as u64 > limit;
        if too_long {
            line = Vec::new();
        } else {
            line.extend_from_slice(part);
        }
        let used = end.map_or(buffer.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            break;
        }
    }
    Ok(match (any, too_long) {
        (false, _) => Line::End,
        (true, true) => Line::TooLong,
        (true, false) => Line::Read(line),
    })
}
