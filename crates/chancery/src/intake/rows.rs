//! The rows of a table as a stream. A row may go over several lines within quotation marks. A quotation mark that is
//! never closed would swallow all that follows; so what was read behind its line is put back, and reading goes on there.

use super::Reason;
use super::lines::read_line;
use super::returned::Returned;
use std::io::{self, BufRead};

/// The rows of a table.
pub(super) struct Rows {
    reader: Returned,
    separator: u8,
    /// The lines read so far, and the line at which the last row began, both counted from 1.
    lines: u64,
    began: u64,
}

/// What came of one row.
pub(super) enum Row {
    Read(Vec<Vec<u8>>),
    Wrong(Reason),
    End,
}

/// Where in a row the reader stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// Before the first sign of a cell.
    Before,
    Plain,
    Quoted,
    /// Behind a quotation mark within quotation marks: the end of them, or half of a double one.
    Closed,
}

/// What one more byte does to a row.
enum Step {
    Go,
    End,
    Wrong,
}

/// A row as far as it was read.
struct Cells {
    done: Vec<Vec<u8>>,
    current: Vec<u8>,
    state: State,
}

impl Cells {
    fn take(&mut self, byte: u8, separator: u8) -> Step {
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::Closed,
            (State::Closed, b'"') | (State::Quoted, _) => {
                self.current.push(byte);
                State::Quoted
            }
            (_, b'\n') => return Step::End,
            (_, byte) if byte == separator => {
                self.done.push(std::mem::take(&mut self.current));
                State::Before
            }
            (State::Before, b'"') => State::Quoted,
            (state @ (State::Before | State::Closed), b' ') | (state, b'\r') => state,
            (State::Closed, _) => return Step::Wrong,
            (State::Before | State::Plain, _) => {
                self.current.push(byte);
                State::Plain
            }
        };
        Step::Go
    }

    fn end(mut self) -> Row {
        self.done.push(self.current);
        Row::Read(self.done)
    }
}

impl Rows {
    pub(super) fn new(reader: Box<dyn BufRead>, separator: u8) -> Self {
        Self { reader: Returned::new(reader), separator, lines: 0, began: 0 }
    }

    /// The line at which the last row began.
    pub(super) fn began(&self) -> u64 {
        self.began
    }

    /// Reads one row of at most `limit` bytes; of a wrong row, one line.
    pub(super) fn next(&mut self, limit: u64) -> io::Result<Row> {
        self.began = self.lines + 1;
        let mut cells = Cells { done: Vec::new(), current: Vec::new(), state: State::Before };
        // The row as it stands, to be put back if its quotation marks turn out wrong.
        let mut raw: Vec<u8> = Vec::new();
        loop {
            let buffer = match self.reader.fill_buf() {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                buffer => buffer?,
            };
            if buffer.is_empty() {
                return match cells.state {
                    State::Quoted => self.put_back(raw),
                    _ if raw.is_empty() => Ok(Row::End),
                    _ => Ok(cells.end()),
                };
            }
            let mut step = Step::Go;
            let mut used = 0;
            while let (Step::Go, Some(&byte)) = (&step, buffer.get(used)) {
                step = cells.take(byte, self.separator);
                used += 1;
            }
            raw.extend_from_slice(&buffer[..used]);
            self.reader.consume(used);
            let too_long = raw.len() as u64 > limit.saturating_add(2);
            match step {
                Step::Wrong => return self.put_back(raw),
                Step::Go if too_long && cells.state == State::Quoted && raw.contains(&b'\n') => {
                    return self.put_back(raw);
                }
                Step::Go if too_long => {
                    read_line(&mut self.reader, 0)?;
                    self.lines += 1 + newlines(&raw);
                    return Ok(Row::Wrong(Reason::TooLong(limit)));
                }
                Step::Go => {}
                Step::End => {
                    self.lines += newlines(&raw);
                    return Ok(if too_long { Row::Wrong(Reason::TooLong(limit)) } else { cells.end() });
                }
            }
        }
    }

    /// Takes a row with wrong quotation marks for one line, and gives what stands behind that line back.
    fn put_back(&mut self, mut raw: Vec<u8>) -> io::Result<Row> {
        self.lines += 1;
        match raw.iter().position(|&byte| byte == b'\n') {
            Some(end) => {
                raw.drain(..=end);
                self.reader.give_back(raw);
            }
            None => {
                read_line(&mut self.reader, 0)?;
            }
        }
        Ok(Row::Wrong(Reason::OpenQuote))
    }
}

fn newlines(bytes: &[u8]) -> u64 {
    bytes.iter().filter(|&&byte| byte == b'\n').count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufReader, Cursor};

    #[test]
    fn rows_are_taken_apart() {
        check("a,b\n1,2\n", "1[a|b] 2[1|2]");
        check("a,b\r\n\"1, \"\"x\"\"\",2", "1[a|b] 2[1, \"x\"|2]");
        check("\"two\nlines\", 2 \nb", "1[two\nlines|2 ] 3[b]");
        check("\"a\" ,\"b\"\r\n", "1[a|b]");
        check(",\n\n", "1[|] 2[]");
        check("5\" gun,x\n", "1[5\" gun|x]");
    }

    #[test]
    fn wrong_quotation_marks_cost_one_line() {
        check("a\n\"open,1\nb,2\nc,3", "1[a] 2! 3[b|2] 4[c|3]");
        check("\"he \"said\" it\"\nb", "1! 2[b]");
        check("\"open\nb\n\"c\",1\nd", "1! 2[b] 3[c|1] 4[d]");
        check(&"\"open ".repeat(3), "1!");
    }

    #[test]
    fn long_rows_are_passed_over() {
        let long = "x".repeat(200);
        check(&format!("a\n{long}\nb"), "1[a] 2! 3[b]");
        check(&format!("a\n\"{long}\nb\n"), "1[a] 2! 3[b]");
    }

    #[test]
    fn many_open_quotation_marks_take_no_longer_than_few() {
        let text = format!("{}{}", "\"a\n".repeat(200_000), "b\n".repeat(200_000));
        let mut rows = Rows::new(Box::new(Cursor::new(text.into_bytes())), b',');
        let mut wrong = 0;
        while let Ok(row) = rows.next(1 << 20) {
            match row {
                Row::End => break,
                Row::Wrong(_) => wrong += 1,
                Row::Read(_) => {}
            }
        }
        assert_eq!((wrong, rows.lines), (200_000, 400_000));
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        for capacity in [1, 7, 8192] {
            let reader = BufReader::with_capacity(capacity, Cursor::new(text.as_bytes().to_vec()));
            let mut rows = Rows::new(Box::new(reader), b',');
            let mut found = Vec::new();
            loop {
                match rows.next(100).unwrap() {
                    Row::End => break,
                    Row::Wrong(_) => found.push(format!("{}!", rows.began)),
                    Row::Read(cells) => {
                        let cells: Vec<_> = cells.iter().map(|cell| String::from_utf8_lossy(cell)).collect();
                        found.push(format!("{}[{}]", rows.began, cells.join("|")));
                    }
                }
            }
            assert_eq!(found.join(" "), expected, "capacity {capacity}");
        }
    }
}
