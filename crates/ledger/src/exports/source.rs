//! Where a row stands: the report, and the words of it that are handed on.

use super::Persons;
use crate::packing::unpack;
use crate::persons::Mask;
use rusqlite::Connection;

/// The sentence that justifies a row. Offsets are code points of the text that has this hash.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Evidence {
    /// The claim.
    pub claim: String,
    /// Its report.
    pub report: String,
    /// SHA-256 of the report's text, in hexadecimal.
    pub sha256: String,
    /// First code point of the sentence.
    pub start: u32,
    /// One past its last.
    pub end: u32,
    /// The sentence; none where the text is not in the ledger.
    pub words: Option<String>,
}

/// A report with what its rows need of it.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) number: i64,
    pub(super) title: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) sha256: String,
    text: Option<String>,
    pub(super) mask: Mask,
}

impl Source {
    pub(super) fn load(connection: &Connection, number: i64, persons: Persons) -> rusqlite::Result<Self> {
        let mask = mask(connection, number, persons)?;
        let mut statement =
            connection.prepare_cached("SELECT title, url, language, sha256, (SELECT text FROM report_text WHERE report = report.number) FROM report WHERE number = ?1")?;
        statement.query_row([number], |row| {
            let packed: Option<Vec<u8>> = row.get(4)?;
            Ok(Self {
                number,
                title: row.get::<_, Option<String>>(0)?.map(|title| mask.apply(&title)),
                url: row.get(1)?,
                language: row.get(2)?,
                sha256: row.get(3)?,
                // A damaged text has no words to hand on; `chancery check` names it.
                text: packed.and_then(|packed| unpack(&packed).ok()),
                mask,
            })
        })
    }

    /// Words of the text on one line.
    pub(super) fn words(&self, start: u32, end: u32) -> Option<String> {
        let text = self.text.as_deref()?;
        let words: String = text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
        Some(self.mask.apply(&words.split_whitespace().collect::<Vec<_>>().join(" ")))
    }
}

/// The mask of a report; one that hides nothing where persons are named.
pub(super) fn mask(connection: &Connection, report: i64, persons: Persons) -> rusqlite::Result<Mask> {
    match persons {
        Persons::Withheld => Mask::load(connection, report),
        Persons::Named => Ok(Mask::default()),
    }
}
