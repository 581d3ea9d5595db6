//! Records of `chancery/1` and a ledger's own entries on their way back, one JSON object a line. Every line is one of
//! them or one clear problem.

use super::lines::{Line, read_line};
use super::{At, Position, Reason};
use ledger::exports::Returned;
use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

/// Opens a file of records, `-` being standard input, and calls `each` with the place and what stands there, or why it is
/// nothing, in order.
///
/// # Errors
/// What `each` returns ends the reading.
pub fn read(
    path: &Path,
    max_bytes: u64,
    mut each: impl FnMut(Position, Result<Returned, Reason>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let is_standard_input = path.as_os_str() == "-";
    let name = if is_standard_input { "standard input".to_owned() } else { path.display().to_string() };
    let at = |line: Option<u64>| Position { input: name.clone(), at: line.map(At::Line) };
    let mut reader: Box<dyn BufRead> = if is_standard_input {
        Box::new(BufReader::new(io::stdin()))
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => return each(at(None), Err(Reason::Unreadable(error))),
        }
    };
    for number in 1.. {
        let line = match read_line(&mut *reader, max_bytes) {
            Ok(Line::End) if number > 1 => return Ok(()),
            Ok(Line::End) => return each(at(None), Err(Reason::Empty)),
            Ok(Line::Read(line)) => line,
            Ok(Line::TooLong) => {
                each(at(Some(number)), Err(Reason::TooLong(max_bytes)))?;
                continue;
            }
            Err(error) => return each(at(Some(number)), Err(Reason::Unreadable(error))),
        };
        let line = if number == 1 { line.strip_prefix("\u{FEFF}".as_bytes()).unwrap_or(&line) } else { &line };
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        each(at(Some(number)), Returned::read(line).map_err(Reason::NoRecord))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_give_a_record_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            let _ = Returned::read(&bytes);
        }
    }
}
