//! Days of publication as senders write them: a day, or a full timestamp whose day is taken as written.

use jiff::civil::Date;

/// Why a day of publication could not be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateProblem {
    /// It has the form of a day, but the calendar has no such day.
    NoSuchDay,
    /// It does not have the form of a day.
    NotADay,
}

impl std::error::Error for DateProblem {}

impl std::fmt::Display for DateProblem {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(match self {
            Self::NoSuchDay => "the calendar has no such day",
            Self::NotADay => "not of the form YYYY-MM-DD",
        })
    }
}

/// Reads `YYYY-MM-DD`, alone or at the head of an ISO 8601 or RFC 3339 timestamp. The day of a timestamp is taken as
/// written, whatever its offset: it is the day on the outlet's own calendar.
///
/// # Errors
/// If it has another form, or the calendar has no such day.
pub fn read_date(written: &str) -> Result<Date, DateProblem> {
    let written = written.trim();
    let (day, rest) = written.split_at_checked(10).ok_or(DateProblem::NotADay)?;
    let date = read_day(day)?;
    let is_time = |rest: &str| {
        let Some(time) = rest.strip_prefix(['T', 't', ' ']) else { return false };
        let time = time.trim_start();
        time.starts_with(|first: char| first.is_ascii_digit())
            && time
                .chars()
                .all(|char| char.is_ascii_digit() || matches!(char, ':' | '.' | ',' | '+' | '-' | 'Z' | 'z' | ' '))
    };
    if rest.is_empty() || is_time(rest) { Ok(date) } else { Err(DateProblem::NotADay) }
}

/// Reads exactly `YYYY-MM-DD`.
pub(super) fn read_day(day: &str) -> Result<Date, DateProblem> {
    let bytes = day.as_bytes();
    let form = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !form {
        return Err(DateProblem::NotADay);
    }
    let number =
        |range: std::ops::Range<usize>| bytes[range].iter().fold(0i16, |sum, digit| sum * 10 + i16::from(digit - b'0'));
    let part = |range| i8::try_from(number(range)).map_err(|_| DateProblem::NoSuchDay);
    Date::new(number(0..4), part(5..7)?, part(8..10)?).map_err(|_| DateProblem::NoSuchDay)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_and_timestamps_are_read_and_others_named() {
        for (written, expected) in [
            ("2021-07-18", Ok("2021-07-18")),
            (" 2021-07-18 ", Ok("2021-07-18")),
            ("2021-07-18T23:30:00-04:00", Ok("2021-07-18")),
            ("2021-07-18 06:05", Ok("2021-07-18")),
            ("2021-07-18t06:05:00.123Z", Ok("2021-07-18")),
            ("2024-02-29", Ok("2024-02-29")),
            ("2021-02-30", Err(DateProblem::NoSuchDay)),
            ("2021-13-01", Err(DateProblem::NoSuchDay)),
            ("2021-00-00", Err(DateProblem::NoSuchDay)),
            ("2021-07-18 Delegations", Err(DateProblem::NotADay)),
            ("18 July 2021", Err(DateProblem::NotADay)),
            ("2021-07-1é", Err(DateProblem::NotADay)),
            ("", Err(DateProblem::NotADay)),
        ] {
            check(written, expected);
        }
    }

    fn check(written: &str, expected: Result<&str, DateProblem>) {
        assert_eq!(read_date(written).map(|date| date.to_string()), expected.map(str::to_owned), "{written}");
    }
}
