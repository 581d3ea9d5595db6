//! WARC, the archives of web crawlers: the pages among the records, read as a stream.
//!
//! Answers to requests with a page in them are read, pages stored alone (`resource`) and texts drawn from pages
//! (`conversion`); images, redirections and errors are passed over. A record whose length is told wrongly costs that
//! record: the next one is looked for where it begins.

use super::http::{Content, Head};
use super::inputs::{Options, Reports};
use super::lines::{Line, read_line};
use super::page::{self, Served};
use super::parts::Parts;
use super::returned::Returned;
use super::{At, Reason, Received, charset};
use std::io::{self, BufRead, Read};

/// The most bytes of the heads of a record, its own and that of the answer.
const HEADS: u64 = 64 * 1024;

/// A WARC file, unpacked, as a stream of reports.
pub struct Warc {
    reader: Returned,
    /// The records seen so far.
    count: u64,
    ended: bool,
}

/// What a record says of itself.
#[derive(Default)]
struct Record {
    kind: String,
    url: Option<String>,
    /// When it was fetched.
    date: Option<String>,
    content: Content,
    length: Option<u64>,
    truncated: bool,
}

impl Record {
    fn take(&mut self, line: &str) {
        let Some((key, value)) = line.split_once(':') else { return };
        let value = value.trim();
        match key.trim().to_ascii_lowercase().as_str() {
            "warc-type" => self.kind = value.to_ascii_lowercase(),
            "warc-target-uri" => self.url = Some(value.trim_matches(['<', '>']).to_owned()),
            "warc-date" => self.date = Some(value.to_owned()),
            "warc-truncated" => self.truncated = true,
            "content-type" => self.content = Content::read(value),
            "content-length" => self.length = value.parse().ok(),
            _ => {}
        }
    }

    /// Whether there may be a report in it.
    fn is_wanted(&self) -> bool {
        match self.kind.as_str() {
            "response" => self.content.media.is_empty() || self.content.media == "application/http",
            "resource" => self.content.is_page(),
            "conversion" => self.content.media == "text/plain" || self.content.is_page(),
            _ => false,
        }
    }
}

/// What a look behind a record shows.
enum Behind {
    Record,
    End,
    Else,
}

impl Warc {
    /// Reads nothing yet.
    #[must_use]
    pub fn new(reader: Box<dyn BufRead>) -> Self {
        Self { reader: Returned::new(reader), count: 0, ended: false }
    }

    /// Reads the head of the next record; nothing at the end of the file.
    fn head(&mut self) -> Result<Option<Record>, Reason> {
        let mut record = Record::default();
        let mut left = HEADS;
        let mut begun = false;
        loop {
            let line = match read_line(&mut self.reader, left)? {
                Line::End if begun => return Err(Reason::EndsEarly),
                Line::End => return Ok(None),
                Line::TooLong => return Err(Reason::BadRecord("its head is too long")),
                Line::Read(line) => line,
            };
            left = left.saturating_sub(line.len() as u64 + 1);
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end();
            match (begun, text.is_empty()) {
                // More empty lines than there should be do no harm.
                (false, true) => left = HEADS,
                (false, false) if text.starts_with("WARC/") => {
                    self.count += 1;
                    begun = true;
                }
                (false, false) => {
                    self.count += 1;
                    return Err(Reason::BadRecord("it does not begin as a record does"));
                }
                (true, true) => return Ok(Some(record)),
                (true, false) => record.take(text),
            }
        }
    }

    /// Goes on to the next line that begins a record.
    fn find_record(&mut self) -> io::Result<()> {
        loop {
            match read_line(&mut self.reader, HEADS)? {
                Line::End => return Ok(()),
                Line::Read(line) if line.starts_with(b"WARC/") => {
                    let mut whole = line;
                    whole.push(b'\n');
                    self.reader.give_back(whole);
                    return Ok(());
                }
                Line::Read(_) | Line::TooLong => {}
            }
        }
    }

    /// Looks past the empty lines behind a record, and leaves the reader there.
    fn look_behind(&mut self) -> io::Result<Behind> {
        let mut seen = Vec::new();
        loop {
            let mut byte = [0];
            if self.reader.read(&mut byte)? == 0 {
                return Ok(if seen.is_empty() { Behind::End } else { Behind::Else });
            }
            if seen.is_empty() && matches!(byte, [b'\r' | b'\n']) {
                continue;
            }
            seen.extend(byte);
            if !b"WARC/".starts_with(&seen) || seen.len() == 5 {
                let is_record = seen == b"WARC/";
                self.reader.give_back(seen);
                return Ok(if is_record { Behind::Record } else { Behind::Else });
            }
        }
    }

    /// Reads past the body of a record, and keeps it if it is wanted and within the limit.
    fn body(&mut self, record: &Record, limit: u64) -> Result<Option<Result<Vec<u8>, Reason>>, Reason> {
        let wrong = Reason::BadRecord("its length is told wrongly");
        let Some(length) = record.length else {
            self.find_record()?;
            return Err(Reason::BadRecord("it does not tell its length"));
        };
        let most = limit.saturating_add(HEADS);
        let mut held = Vec::new();
        self.reader.by_ref().take(length.min(most)).read_to_end(&mut held)?;
        let passed =
            if length > most { io::copy(&mut self.reader.by_ref().take(length - most), &mut io::sink())? } else { 0 };
        let whole = held.len() as u64 + passed == length;
        match self.look_behind()? {
            Behind::Record | Behind::End if whole && length > most => {
                Ok(record.is_wanted().then_some(Err(Reason::TooLong(limit))))
            }
            Behind::Record | Behind::End if whole => Ok(record.is_wanted().then_some(Ok(held))),
            // Too long a length swallows the records that follow; those that are still there are read.
            behind => match begins_within(&held) {
                Some(at) if passed == 0 => {
                    self.reader.give_back(held.split_off(at));
                    Err(wrong)
                }
                _ if matches!(behind, Behind::End) => Err(Reason::EndsEarly),
                _ => {
                    self.find_record()?;
                    Err(wrong)
                }
            },
        }
    }
}

/// Where a record begins within what should be the body of another.
fn begins_within(body: &[u8]) -> Option<usize> {
    let line = b"\nWARC/1.";
    body.windows(line.len()).position(|window| window == line).map(|at| at + 1)
}

impl Reports for Warc {
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)> {
        while !self.ended {
            let read = self.head().and_then(|record| {
                let Some(record) = record else { return Ok(None) };
                Ok(Some((self.body(&record, options.max_bytes)?, record)))
            });
            let at = Some(At::Record(self.count));
            match read {
                Ok(None) => return None,
                Ok(Some((None, _))) => {}
                Ok(Some((Some(Err(reason)), _))) => return Some((at, Err(reason))),
                Ok(Some((Some(Ok(body)), record))) => {
                    let id = format!("{fallback}#{}", self.count);
                    if let Some(result) = report(&record, body, &id, options) {
                        return Some((at, result));
                    }
                }
                Err(reason @ Reason::BadRecord(_)) => {
                    // A stray line has been read; the record after it may be whole.
                    self.ended = self.find_record().is_err();
                    return Some((at, Err(reason)));
                }
                Err(reason) => {
                    self.ended = true;
                    return Some((at, Err(reason)));
                }
            }
        }
        None
    }
}

/// The report in the body of a record, if there is one.
fn report(record: &Record, body: Vec<u8>, id: &str, options: Options) -> Option<Result<Received, Reason>> {
    let mut notes: Vec<String> = record.date.iter().map(|date| format!("fetched {date}")).collect();
    if record.truncated {
        notes.push("the crawler stored only a part of it".to_owned());
    }
    let url = record.url.clone();
    if record.kind == "conversion" && !record.content.is_page() {
        let parts = charset::decode(body, record.content.charset).map(|decoded| Parts {
            body: decoded.text,
            url,
            notes,
            remarks: decoded.remark.into_iter().collect(),
            ..Parts::default()
        });
        return Some(parts.and_then(|parts| parts.receive(id, options.published)));
    }
    let (body, content) = if record.kind == "response" {
        let (head, at) = Head::read(&body)?;
        if head.status != 200 || !(head.content.is_page() || head.content.media.is_empty()) {
            return None;
        }
        match head.body(&body[at..], options.max_bytes) {
            Ok(body) => (body, head.content),
            Err(reason) => return Some(Err(reason)),
        }
    } else {
        (body, Content { charset: record.content.charset, media: String::new() })
    };
    if body.trim_ascii().is_empty() {
        return None;
    }
    let served = Served { charset: content.charset, url, notes };
    Some(page::read_served(id, body, served, options.published))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn page(text: &str) -> String {
        format!(
            "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>{text} was said to be so.</p></body></html>"
        )
    }

    fn record(kind: &str, number: u32, body: &str, length: usize) -> String {
        let content = if kind == "response" { "application/http; msgtype=response" } else { "text/plain" };
        format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: http://a.example/{number}\r\n\
            WARC-Date: 2023-03-14T00:00:00Z\r\nContent-Type: {content}\r\nContent-Length: {length}\r\n\r\n{body}\r\n\r\n"
        )
    }

    fn whole(kind: &str, number: u32, body: &str) -> String {
        record(kind, number, body, body.len())
    }

    const FIRST: &str = "1 http://a.example/1: One and all was said to be so.";
    const LAST: &str = "3 http://a.example/3: Three of them was said to be so.";

    #[test]
    fn pages_are_read_and_others_passed_over() {
        let picture = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxx";
        let missing = page("Nothing here").replace("200 OK", "404 Not Found");
        let file = [
            whole("response", 1, &page("One and all")),
            whole("warcinfo", 2, "software: x"),
            whole("response", 3, &page("Three of them")),
            whole("response", 4, picture),
            whole("response", 5, &missing),
            whole("request", 6, "GET / HTTP/1.1\r\n\r\n"),
            whole("conversion", 7, "Plain text."),
        ];
        check(&file.concat(), &format!("{FIRST}\n{LAST}\n7 http://a.example/7: Plain text."));
    }

    #[test]
    fn a_record_with_a_wrong_length_costs_that_record() {
        let (first, last) = (whole("response", 1, &page("One and all")), whole("response", 3, &page("Three of them")));
        let two = page("Two or more");
        let wrong = Reason::BadRecord("its length is told wrongly");
        for length in [two.len() - 20, two.len() + 20, two.len() + 300, 3000, 60_000] {
            let file = format!("{first}{}{last}", record("response", 2, &two, length));
            check(&file, &format!("{FIRST}\n2 {wrong}\n{LAST}"));
        }
        let nothing = record("response", 2, &two, 0).replace("Content-Length: 0", "Content-Length: many");
        let told = Reason::BadRecord("it does not tell its length");
        check(&format!("{first}{nothing}{last}"), &format!("{FIRST}\n2 {told}\n{LAST}"));
        check(
            &format!("{first}{}", record("response", 2, &two, usize::MAX)),
            &format!("{FIRST}\n2 {}", Reason::EndsEarly),
        );
        let begins = Reason::BadRecord("it does not begin as a record does");
        check(&format!("{first}stray\r\nlines\r\n{last}"), &format!("1 {wrong}\n{}", LAST.replacen('3', "2", 1)));
        check(&format!("stray\r\n{first}"), &format!("1 {begins}\n{}", FIRST.replacen('1', "2", 1)));
    }

    #[test]
    fn cut_files_and_long_records_are_told() {
        let first = whole("response", 1, &page("One and all"));
        let second = whole("response", 2, &page("Two or more"));
        let cut = Reason::EndsEarly;
        check(&format!("{first}{}", &second[..second.len() - 30]), &format!("{FIRST}\n2 {cut}"));
        check(&format!("{first}{}", &second[..60]), &format!("{FIRST}\n2 {cut}"));
        let long = whole("response", 2, &page(&"long ".repeat(30_000)));
        let last = whole("response", 3, &page("Three of them"));
        check(&format!("{first}{long}{last}"), &format!("{FIRST}\n2 {}\n{LAST}", Reason::TooLong(5000)));
        let head = format!("WARC/1.0\r\nX: {}\r\n\r\n", "y".repeat(100_000));
        check(
            &format!("{head}{last}"),
            &format!("1 {}\n{}", Reason::BadRecord("its head is too long"), LAST.replacen('3', "2", 1)),
        );
    }

    #[track_caller]
    fn check(file: &str, expected: &str) {
        let mut warc = Warc::new(Box::new(Cursor::new(file.as_bytes().to_vec())));
        let options = Options { max_bytes: 5000, ..Options::default() };
        let mut found = Vec::new();
        while let Some((at, result)) = warc.next("w", options) {
            let Some(At::Record(record)) = at else { panic!("no record") };
            found.push(match result {
                Ok(Received { report, .. }) => format!("{record} {}: {}", report.id, report.text),
                Err(reason) => format!("{record} {reason}"),
            });
        }
        assert_eq!(found.join("\n"), expected);
    }
}
