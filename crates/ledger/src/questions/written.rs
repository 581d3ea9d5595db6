//! Conditions of a [`Filter`] as people write them in an address or a form: a name and a value.

use super::Filter;
use crate::error::{LedgerError, Result};
use jiff::civil::Date;

/// The names of all conditions, as on the command line.
pub const WRITTEN: [&str; 16] = [
    "id", "actor", "country", "category", "place", "box", "from", "to", "since", "status", "speaker", "outlet",
    "stories", "origins", "limit", "offset",
];

/// A box of south, west, north and east.
///
/// # Errors
/// If it is not four numbers; the reason says what would be right.
pub fn corners(written: &str) -> std::result::Result<[f64; 4], String> {
    let numbers: std::result::Result<Vec<f64>, _> = written.split(',').map(|number| number.trim().parse()).collect();
    let numbers = numbers.ok().and_then(|numbers| <[f64; 4]>::try_from(numbers).ok());
    numbers.ok_or_else(|| "four numbers set off by commas, for example 12.5,22,15.5,26.5".to_owned())
}

fn day(written: &str) -> std::result::Result<Date, String> {
    written.trim().parse().map_err(|_| {
        let form: Vec<usize> = written.trim().split('-').map(str::len).collect();
        let digits = written.trim().bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        let right = digits && form == [4, 2, 2];
        if right { "the calendar has no such day" } else { "not of the form YYYY-MM-DD" }.to_owned()
    })
}

fn number(written: &str) -> std::result::Result<u32, String> {
    written.trim().parse().map_err(|_| "not a whole number from 0 on".to_owned())
}

impl Filter {
    /// Sets a condition by its name; an empty value sets nothing. Whether there is such a name.
    ///
    /// # Errors
    /// If the value cannot be understood.
    pub fn set(&mut self, name: &str, value: &str) -> Result<bool> {
        if !WRITTEN.contains(&name) {
            return Ok(false);
        }
        if value.trim().is_empty() {
            return Ok(true);
        }
        let text = || Some(value.trim().to_owned());
        let wrong = |why: String| LedgerError::Refused(format!("invalid value '{value}' for {name}: {why}"));
        match name {
            "id" => self.id = text(),
            "actor" => self.actor = text(),
            "country" => self.country = text(),
            "category" => self.category = text(),
            "place" => self.place = text(),
            "box" => self.within = Some(corners(value).map_err(wrong)?),
            "from" => self.from = Some(day(value).map_err(wrong)?),
            "to" => self.to = Some(day(value).map_err(wrong)?),
            "since" => self.since = Some(day(value).map_err(wrong)?),
            "status" => self.status = text(),
            "speaker" => self.speaker = text(),
            "outlet" => self.outlet = text(),
            "stories" => self.stories = Some(number(value).map_err(wrong)?),
            "origins" => self.origins = Some(number(value).map_err(wrong)?),
            "limit" => self.limit = Some(number(value).map_err(wrong)?),
            _ => self.offset = Some(number(value).map_err(wrong)?),
        }
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_sets_a_condition() {
        for name in WRITTEN {
            let value = match name {
                "box" => "12.5,22,15.5,26.5",
                "from" | "to" | "since" => "2018-03-11",
                _ => "7",
            };
            let mut filter = Filter::default();
            assert!(filter.set(name, value).unwrap() && filter != Filter::default(), "{name}");
        }
    }

    #[test]
    fn what_is_wrong_is_said() {
        let fault = |name, value| Filter::default().set(name, value).unwrap_err().to_string();
        assert_eq!(fault("from", "2018-02-30"), "invalid value '2018-02-30' for from: the calendar has no such day");
        assert_eq!(fault("to", "tomorrow"), "invalid value 'tomorrow' for to: not of the form YYYY-MM-DD");
        assert_eq!(fault("stories", "-1"), "invalid value '-1' for stories: not a whole number from 0 on");
        assert!(!Filter::default().set("colour", "red").unwrap());
    }
}
