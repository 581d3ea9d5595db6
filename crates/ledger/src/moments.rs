//! Moments as the file has them.

use jiff::Timestamp;

/// UTC to the second, as ISO 8601 writes it; the first ten letters are the day.
pub(crate) fn written(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}
