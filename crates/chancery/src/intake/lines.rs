//! Lines of a stream, none of them longer in memory than the limit.

use std::io::{self, BufRead};

/// What came of one line.
pub(super) enum Line {
    Read(Vec<u8>),
    TooLong,
    End,
}

/// Reads one line of at most `limit` bytes. Of a longer one nothing is kept, and the reader stands behind it.
pub(super) fn read_line(reader: &mut dyn BufRead, limit: u64) -> io::Result<Line> {
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
