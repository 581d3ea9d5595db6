//! Claims that an analyst adds: what a report says and the program missed.

use super::{corrections, fields};
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::packing::unpack;
use record::Record;
use rusqlite::{Connection, OptionalExtension, params};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// A claim by its words and its category; its other fields as corrections would be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Added {
    /// First code point, in the stored text, of the words that the claim hangs on.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// PLOVER category, or predicate of a state.
    pub category: String,
    /// Fields and their values.
    pub fields: Vec<(String, String)>,
}

/// A report as far as a claim needs it.
struct Text {
    id: String,
    sha256: String,
    text: Vec<char>,
}

impl Added {
    /// The id that the claim will have, and what is kept of it.
    pub(super) fn understood(&self, ledger: &Ledger, report: &str, number: i64) -> Result<(String, String)> {
        let refuse = |why: String| Err(LedgerError::Refused(why));
        let Some(text) = ledger.with(|connection| text(connection, number))? else {
            return refuse(format!("the ledger has no text of {report}; a claim needs words to hang on"));
        };
        let words = text.text.get(self.start as usize..self.end as usize).unwrap_or_default();
        if words.iter().all(|char| char.is_whitespace()) {
            return refuse(format!(
                "{report} has no words from {} to {}; offsets are code points of a text of {}",
                self.start,
                self.end,
                text.text.len()
            ));
        }
        let (_, category) = fields::understood(ledger, "category", &self.category)?;
        let category = category.unwrap_or_default();
        let id = id(&text, &category, self.start, self.end);
        let known: bool = ledger.with(|connection| {
            connection
                .prepare_cached("SELECT EXISTS (SELECT 1 FROM claim WHERE id = ?1 AND stands)")?
                .query_row([&id], |row| row.get(0))
        })?;
        if known {
            return refuse(format!("these words have this claim already, {id}; accept or correct it"));
        }
        let mut understood = Vec::new();
        for (field, value) in &self.fields {
            if field == "category" {
                return refuse("the category of an added claim is given once".to_owned());
            }
            let (field, value) = fields::understood(ledger, field, value)?;
            understood.push(json!([field, value]));
        }
        let value = json!({ "start": self.start, "end": self.end, "category": category, "fields": understood });
        Ok((id, value.to_string()))
    }
}

/// As the program makes the ids of claims whose words are in one piece, so that a later run that finds the claim gives it
/// the same id.
fn id(text: &Text, category: &str, start: u32, end: u32) -> String {
    let mut hasher = Sha256::new();
    for part in [text.id.as_str(), text.sha256.as_str(), fields::kind_of(category), category] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update(start.to_le_bytes());
    hasher.update(end.to_le_bytes());
    hasher.update(0_u32.to_le_bytes());
    let digits: String = hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("c{digits}")
}

/// Makes the row of an added claim; none where its words are there no longer.
pub(super) fn insert(
    connection: &Connection,
    report: i64,
    id: &str,
    verdict: i64,
    value: Option<&str>,
) -> rusqlite::Result<Option<i64>> {
    let value: Value = value.and_then(|value| serde_json::from_str(value).ok()).unwrap_or_default();
    let at = |key: &str| value[key].as_u64().and_then(|at| usize::try_from(at).ok()).unwrap_or(0);
    let (start, end, category) = (at("start"), at("end"), value["category"].as_str().unwrap_or_default());
    let Some(text) = text(connection, report)? else { return Ok(None) };
    let Some(words) = text.text.get(start..end).filter(|words| !words.is_empty()) else { return Ok(None) };
    let words: String = words.iter().collect();
    let lemma = words.split_whitespace().next().unwrap_or_default().to_lowercase();
    let (sentence_start, sentence_end) = sentence(connection, report, &text.text, start, end)?;
    connection
        .prepare_cached(
            "INSERT INTO claim (id, report, verdict, stands, kind, category, modes, contexts, predicate, lemma, tag, start,
                \"end\", sentence_start, sentence_end, granularity, precision, derived, status, factuality, background,
                nested, origin, rule, confidence, event)
             VALUES (?1, ?2, ?3, 1, ?4, ?5, '', '', ?6, ?7, 'VERB', ?8, ?9, ?10, ?11, 'single', 'unknown', 'not stated',
                'occurred', 3.0, 0, 0, 'outlet', 'verdict', 1.0, 0)",
        )?
        .execute(params![
            id,
            report,
            verdict,
            fields::kind_of(category),
            category,
            words,
            lemma,
            start as i64,
            end as i64,
            sentence_start as i64,
            sentence_end as i64,
        ])?;
    let number = connection.last_insert_rowid();
    for field in value["fields"].as_array().into_iter().flatten() {
        corrections::apply(connection, number, field[0].as_str().unwrap_or_default(), field[1].as_str())?;
    }
    Ok(Some(number))
}

fn text(connection: &Connection, report: i64) -> rusqlite::Result<Option<Text>> {
    let (id, sha256, packed): (String, String, Option<Vec<u8>>) = connection
        .prepare_cached("SELECT id, sha256, (SELECT text FROM report_text WHERE report = report.number) FROM report WHERE number = ?1")?
        .query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let text = packed.and_then(|packed| unpack(&packed).ok());
    Ok(text.map(|text| Text { id, sha256, text: text.chars().collect() }))
}

/// The sentence around words as the last run saw it; the line where the report was not coded.
fn sentence(
    connection: &Connection,
    report: i64,
    text: &[char],
    start: usize,
    end: usize,
) -> rusqlite::Result<(usize, usize)> {
    let packed: Option<Vec<u8>> = connection
        .prepare_cached("SELECT record FROM coding WHERE report = ?1 ORDER BY number DESC LIMIT 1")?
        .query_row([report], |row| row.get(0))
        .optional()?;
    let record = packed.and_then(|packed| unpack(&packed).ok());
    let record = record.and_then(|record| serde_json::from_str::<Record>(&record).ok());
    let around = record.and_then(|record| {
        let sentences = record.sentences.iter().map(|sentence| (sentence.start as usize, sentence.end as usize));
        sentences.into_iter().find(|(first, last)| *first <= start && start < *last)
    });
    let is_break = |char: &char| *char == '\n';
    let first = text.get(..start).and_then(|before| before.iter().rposition(is_break)).map_or(0, |at| at + 1);
    let last = text.get(end..).and_then(|after| after.iter().position(is_break)).map_or(text.len(), |at| end + at);
    Ok(around.unwrap_or((first, last)))
}
