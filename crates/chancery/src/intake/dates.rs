//! Days of publication as senders write them: a day, or a full timestamp whose day is taken as written. People who are
//! asked for a day write it in one form ([`read_date`]); machines and pages have several ([`read_written`]).

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

/// Reads a day as feeds, pages and tables write it: as [`read_date`] does, as `20210718` or `2021/07/18`, or with the
/// month in words, as in e-mail (`Sun, 18 Jul 2021 23:30:00 -0400`) and in print (`July 18, 2021`). Days and months in
/// figures alone stand in either order and are not read.
///
/// # Errors
/// If it has another form, or the calendar has no such day.
pub(super) fn read_written(written: &str) -> Result<Date, DateProblem> {
    let written = written.trim();
    let read = read_date(written);
    if read != Err(DateProblem::NotADay) {
        return read;
    }
    in_figures(written).or_else(|| in_words(written)).unwrap_or(Err(DateProblem::NotADay))
}

/// `20210718`, `2021/07/18` and `2021.07.18`, alone or before a time.
fn in_figures(written: &str) -> Option<Result<Date, DateProblem>> {
    let compact = written.get(..8).filter(|day| day.bytes().all(|byte| byte.is_ascii_digit()));
    let (day, rest) = match compact {
        Some(day) => (format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]), &written[8..]),
        None => (written.get(..10)?.replace(['/', '.'], "-"), &written[10..]),
    };
    let date = read_day(&day);
    (date != Err(DateProblem::NotADay) && !rest.starts_with(|next: char| next.is_alphanumeric() && next != 'T'))
        .then_some(date)
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// A month in words with its day before or behind it, and the year behind both.
fn in_words(written: &str) -> Option<Result<Date, DateProblem>> {
    let lower = written.to_lowercase();
    let words: Vec<&str> =
        lower.split([' ', ',', '.', '-', '/', '\u{A0}', '\n', '\t']).filter(|word| !word.is_empty()).collect();
    let month_of = |word: &str| {
        MONTHS
            .iter()
            .position(|month| word.len() >= 3 && month.starts_with(word) || word == "sept" && *month == "september")
    };
    let (at, month) = words.iter().enumerate().find_map(|(at, word)| Some((at, month_of(word)?)))?;
    let day_of = |word: &str| {
        let number = ["st", "nd", "rd", "th"].iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
        number.parse::<i8>().ok().filter(|day| (1..=31).contains(day) && number.len() <= 2)
    };
    let before = at.checked_sub(1).and_then(|at| day_of(words[at]));
    let (day, behind) = match before {
        Some(day) => (day, at + 1),
        None => (day_of(words.get(at + 1)?)?, at + 2),
    };
    let year_of = |word: &&str| match word.len() {
        4 => word.parse::<i16>().ok().filter(|year| *year > 1000),
        _ => None,
    };
    // Old feeds have two figures, right behind the month.
    let short = || words.get(behind).filter(|word| word.len() == 2).and_then(|word| word.parse::<i16>().ok());
    let year = words[behind.min(words.len())..].iter().find_map(year_of);
    let year = year.or_else(|| short().map(|year| if year < 70 { 2000 + year } else { 1900 + year }))?;
    let month = i8::try_from(month + 1).ok()?;
    Some(Date::new(year, month, day).map_err(|_| DateProblem::NoSuchDay))
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

    #[test]
    fn days_are_read_as_machines_and_print_write_them() {
        for (written, expected) in [
            ("2021-07-18T23:30:00-04:00", Ok("2021-07-18")),
            ("Sun, 18 Jul 2021 23:30:00 -0400", Ok("2021-07-18")),
            ("18 Jul 21 23:30 EST", Ok("2021-07-18")),
            ("Sun Jul 18 23:30:00 UTC 2021", Ok("2021-07-18")),
            ("July 18th, 2021 at 11:30 p.m.", Ok("2021-07-18")),
            ("Sunday 18 July 2021", Ok("2021-07-18")),
            ("18-Sept-2021", Ok("2021-09-18")),
            ("20210718", Ok("2021-07-18")),
            ("20210718T233000", Ok("2021-07-18")),
            ("2021/07/18 23:30", Ok("2021-07-18")),
            ("30 February 2021", Err(DateProblem::NoSuchDay)),
            ("2021-02-30", Err(DateProblem::NoSuchDay)),
            ("07/18/2021", Err(DateProblem::NotADay)),
            ("July 2021", Err(DateProblem::NotADay)),
            ("yesterday", Err(DateProblem::NotADay)),
            ("1626651000", Err(DateProblem::NotADay)),
            ("12 Marches on", Err(DateProblem::NotADay)),
        ] {
            let found = read_written(written).map(|date| date.to_string());
            assert_eq!(found, expected.map(str::to_owned), "{written}");
        }
    }

    fn check(written: &str, expected: Result<&str, DateProblem>) {
        assert_eq!(read_date(written).map(|date| date.to_string()), expected.map(str::to_owned), "{written}");
    }
}
