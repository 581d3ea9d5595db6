//! Records of `chancery/1` on their way back, one JSON object a line. Every line is a record or one clear problem.

use super::{Problem, Reason};
use ledger::exports::Returned;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Opens a file of records, `-` being standard input, and calls `each` with every record or problem in order.
///
/// # Errors
/// What `each` returns ends the reading.
pub fn read(
    path: &Path,
    max_bytes: u64,
    mut each: impl FnMut(Result<Returned, Problem>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let is_standard_input = path.as_os_str() == "-";
    let name = if is_standard_input { "standard input".to_owned() } else { path.display().to_string() };
    let problem = |line, reason| Problem { input: name.clone(), line, reason };
    let mut reader: Box<dyn BufRead> = if is_standard_input {
        Box::new(BufReader::new(io::stdin()))
    } else if path.is_dir() {
        return each(Err(problem(None, Reason::Folder)));
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return each(Err(problem(None, Reason::Unreadable(error)))),
        }
    };
    let mut any = false;
    for number in 1.. {
        let line = match read_line(&mut *reader, max_bytes) {
            Ok(None) => break,
            Ok(Some(line)) => line,
            Err(error) => return each(Err(problem(Some(number), Reason::Unreadable(error)))),
        };
        let Some(line) = line else {
            any = true;
            each(Err(problem(Some(number), Reason::TooLong(max_bytes))))?;
            continue;
        };
        let line = if number == 1 { line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line) } else { &line };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        any = true;
        each(Returned::read(line).map_err(|reason| problem(Some(number), Reason::NoRecord(reason))))?;
    }
    if any { Ok(()) } else { each(Err(problem(None, Reason::Empty))) }
}

/// The next line without its end, or nothing in its place if it is too long; nothing at all at the end.
fn read_line(reader: &mut dyn BufRead, limit: u64) -> io::Result<Option<Option<Vec<u8>>>> {
    let mut line = Vec::new();
    let mut part = io::Read::take(&mut *reader, limit.saturating_add(1));
    if part.read_until(b'\n', &mut line)? == 0 {
        return Ok(None);
    }
    if line.last() == Some(&b'\n') {
        line.pop();
        return Ok(Some(Some(line)));
    }
    if line.len() as u64 <= limit {
        return Ok(Some(Some(line)));
    }
    drop(line);
    loop {
        let buffer = match reader.fill_buf() {
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            buffer => buffer?,
        };
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let (used, done) = (end.map_or(buffer.len(), |end| end + 1), end.is_some() || buffer.is_empty());
        reader.consume(used);
        if done {
            return Ok(Some(None));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_read_up_to_the_limit() {
        let mut reader: &[u8] = b"one\n\nlonger than it may be\nlast";
        let mut lines = Vec::new();
        while let Ok(Some(line)) = read_line(&mut reader, 5) {
            lines.push(line.map(|line| String::from_utf8_lossy(&line).into_owned()));
        }
        assert_eq!(lines, [Some("one".to_owned()), Some(String::new()), None, Some("last".to_owned())]);
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_record_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Returned::read(&bytes);
        }
    }
}
