//! What makes a report the report that it is.

use record::Report;
use sha2::{Digest, Sha256};

/// The id of a report: of where it was published and of its text.
///
/// Where it was published is its URL, or else its outlet, day and title: the same text from forty outlets is forty
/// reports. What the sender calls it (a file name, a number in an archive) is no part of it, so that a report that comes
/// twice by different ways is there once.
#[must_use]
pub fn identity(report: &Report) -> String {
    let mut hasher = Sha256::new();
    let mut part = |value: Option<&str>| {
        let value = value.unwrap_or_default().as_bytes();
        hasher.update((value.len() as u64).to_le_bytes());
        hasher.update(value);
    };
    match report.url.as_deref() {
        Some(url) => part(Some(url)),
        None => {
            part(report.outlet.as_deref());
            part(report.published.as_deref());
            part(report.title.as_deref());
        }
    }
    part(Some(&report.sha256));
    let digest = hasher.finalize();
    let digits: String = digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    format!("r{digits}")
}
