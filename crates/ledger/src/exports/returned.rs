//! A line on its way back: read from JSON, checked, and ready for the writer.
//!
//! Lines of `chancery export --format record` come back as they were. Lines of `chancery read --format jsonl` are taken
//! too: the report gets its id in the ledger, and its claims get ids that go with it.

use super::entries::ENTRIES;
use crate::identity::identity;
use crate::reports::{Receipt, Tombstone};
use crate::verdicts::Row;
use crate::writer::{Arrival, Coding};
use jiff::Timestamp;
use jiff::civil::Date;
use record::{Record, Report, Run, SCHEMA};
use rustc_hash::FxHashMap;
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What a line gives back.
#[derive(Debug)]
pub enum Returned {
    /// A report, with what runs made of it.
    Report(Box<Arrival>),
    /// An entry of another ledger's own.
    Entry(Box<Entry>),
}

/// An entry of another ledger's own.
#[derive(Debug)]
pub enum Entry {
    /// A run, and the moment at which it began.
    Run(Run, String),
    /// A verdict.
    Verdict(Verdict),
    /// What could not be read: input, place in it, reason, moment.
    Skipped([String; 4]),
}

/// A verdict as another ledger entered it, with the numbers that its entries have there.
#[derive(Debug)]
pub struct Verdict {
    pub(crate) number: i64,
    pub(crate) row: Row,
}

impl Returned {
    /// What a line of JSON gives back.
    ///
    /// # Errors
    /// The reason, if it is nothing of ours, or does not fit together.
    pub fn read(line: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(line).map_err(|error| format!("this is not JSON: {error}"))?;
        match value.get("schema").and_then(Value::as_str).unwrap_or_default() {
            SCHEMA => report(value).map(|report| Self::Report(Box::new(report))),
            ENTRIES => entry(&value).map(|entry| Self::Entry(Box::new(entry))),
            "" => Err(format!(
                "this is no record: the key \"schema\" with \"{SCHEMA}\" is missing; `chancery add` takes reports in"
            )),
            other => Err(format!("the schema \"{other}\" is not known, only \"{SCHEMA}\"; use a newer Chancery")),
        }
    }
}

fn no_record(error: serde_json::Error) -> String {
    format!("this is no record of {SCHEMA}: {error}")
}

fn report(mut value: Value) -> Result<Arrival, String> {
    let receipt = value.get("received").filter(|received| !received.is_null()).map(receipt).transpose()?;
    let earlier = value.get_mut("earlier").map(Value::take).filter(|earlier| !earlier.is_null());
    if value.get("run").is_none() {
        let report = value.get("report").cloned().unwrap_or(Value::Null);
        let mut report: Report = serde_json::from_value(report).map_err(no_record)?;
        check(&report)?;
        let id = match receipt.as_ref().and_then(|receipt| receipt.redacted.as_ref()) {
            // What its id was made of went with its text.
            Some(_) if report.text.is_none() && is_id(&report.id, 'r', 16) => Some(report.id.clone()),
            Some(_) => return Err("a report whose text was removed has an id of the ledger, and no text".to_owned()),
            None => None,
        };
        name(&mut report, receipt.as_ref());
        let arrival = Arrival::new(report, None);
        let id = id.unwrap_or_else(|| arrival.id.clone());
        return Ok(Arrival { receipt, id, returned: true, ..arrival });
    }
    let record: Record = serde_json::from_value(value).map_err(no_record)?;
    check(&record.report)?;
    if receipt.as_ref().is_some_and(|receipt| receipt.redacted.is_some()) {
        return Err("a report whose text was removed has nothing that was read in it".to_owned());
    }
    let own = identity(&record.report);
    let mut report = record.report.clone();
    name(&mut report, receipt.as_ref());
    let mut earlier: Vec<Record> = earlier.map_or(Ok(Vec::new()), serde_json::from_value).map_err(no_record)?;
    earlier.push(record);
    let mut codings = Vec::new();
    for mut record in earlier {
        if record.report.sha256 != report.sha256 {
            return Err("an earlier record is of another text".to_owned());
        }
        if record.report.id == own {
            distinct(&record)?;
        } else {
            rename(&mut record, &own)?;
        }
        record.report.id.clone_from(&own);
        codings.push(Coding::new(record).map_err(no_record)?);
    }
    let coding = codings.pop();
    Ok(Arrival { receipt, earlier: codings, returned: true, ..Arrival::new(report, coding) })
}

/// A letter and so many hexadecimal digits.
fn is_id(id: &str, letter: char, digits: usize) -> bool {
    let digit = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
    id.strip_prefix(letter).is_some_and(|rest| rest.len() == digits && rest.bytes().all(digit))
}

/// Claims have ids of their own, of the form that verdicts name.
fn distinct(record: &Record) -> Result<(), String> {
    let mut ids = BTreeSet::new();
    for claim in &record.claims {
        if !is_id(&claim.id, 'c', 12) {
            return Err(format!("\"{}\" is no id of a claim, which is c and 12 hexadecimal digits", claim.id));
        }
        if !ids.insert(&claim.id) {
            return Err(format!("two claims have the id {}", claim.id));
        }
    }
    Ok(())
}

fn entry(value: &Value) -> Result<Entry, String> {
    let part = |key: &str| value.get(key).filter(|part| part.is_object());
    if let Some(run) = part("run") {
        let read: Run = serde_json::from_value(run.clone()).map_err(|error| format!("this is no run: {error}"))?;
        return Ok(Entry::Run(read, moment(&text(run, "recorded")?)?));
    }
    if let Some(skipped) = part("skipped") {
        let recorded = moment(&text(skipped, "recorded")?)?;
        return Ok(Entry::Skipped([
            text(skipped, "input")?,
            text(skipped, "place")?,
            text(skipped, "reason")?,
            recorded,
        ]));
    }
    let Some(verdict) = part("verdict") else {
        return Err(format!("an entry of {ENTRIES} has the key \"run\", \"verdict\" or \"skipped\""));
    };
    let may = |key: &str| verdict.get(key).and_then(Value::as_str).map(str::to_owned);
    let decision = text(verdict, "decision")?;
    if !DECISIONS.contains(&decision.as_str()) {
        return Err(format!("\"{decision}\" is no decision; there are {}", DECISIONS.join(", ")));
    }
    let undoes = verdict.get("undoes").and_then(Value::as_i64);
    if (decision == "undo") != undoes.is_some() {
        return Err("an undo, and nothing else, has the number of what it takes back".to_owned());
    }
    let concerned = verdict
        .get("concerned")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|one| Ok((text(one, "id")?, one.get("named").and_then(Value::as_bool).unwrap_or_default())));
    let number = verdict.get("number").and_then(Value::as_i64).ok_or("a verdict has a number")?;
    let row = Row {
        target: text(verdict, "target")?,
        id: text(verdict, "id")?,
        field: may("field"),
        value: may("value"),
        analyst: text(verdict, "analyst")?,
        reason: may("reason"),
        recorded: moment(&text(verdict, "recorded")?)?,
        undoes,
        concerned: concerned.collect::<Result<_, String>>()?,
        decision,
    };
    Ok(Entry::Verdict(Verdict { number, row }))
}

const DECISIONS: [&str; 9] = ["accept", "correct", "reject", "add", "unsure", "merge", "split", "withdraw", "undo"];

fn text(value: &Value, key: &str) -> Result<String, String> {
    let text = value.get(key).and_then(Value::as_str);
    text.map(str::to_owned).ok_or_else(|| format!("the key \"{key}\" is missing"))
}

/// Gives a report the name by which its first ledger had received it.
fn name(report: &mut Report, receipt: Option<&Receipt>) {
    if let Some(receipt) = receipt {
        report.id.clone_from(&receipt.name);
    }
}

fn receipt(value: &Value) -> Result<Receipt, String> {
    let part = |key: &str| text(value, key).map_err(|error| format!("{error} in \"received\""));
    let may = |key: &str| {
        let day = value.get(key).and_then(Value::as_str).map(str::to_owned);
        day.as_deref().map_or(Ok(()), self::day).map(|()| day)
    };
    let redacted = value.get("redacted").filter(|redacted| !redacted.is_null());
    let tombstone = |redacted: &Value| {
        let (reason, analyst) = (text(redacted, "reason")?, text(redacted, "analyst")?);
        Ok::<_, String>(Tombstone { reason, analyst, recorded: moment(&text(redacted, "recorded")?)? })
    };
    let receipt = Receipt {
        name: part("name")?,
        available: part("available")?,
        recorded: moment(&part("recorded")?)?,
        withdrawn: may("withdrawn")?,
        replaced: may("replaced")?,
        redacted: redacted.map(tombstone).transpose()?,
    };
    day(&receipt.available)?;
    Ok(receipt)
}

fn moment(written: &str) -> Result<String, String> {
    let moment = written.parse::<Timestamp>();
    moment.map_err(|_| format!("\"{written}\" is no moment of the form 2024-05-01T12:00:00Z"))?;
    Ok(written.to_owned())
}

fn day(written: &str) -> Result<(), String> {
    // Days are compared as text, so that they must be written in full.
    let day = written.parse::<Date>().ok().filter(|day| day.to_string() == written);
    day.map(|_| ()).ok_or_else(|| format!("\"{written}\" is no day of the form 2024-05-01"))
}

/// What a report says of itself must hold.
fn check(report: &Report) -> Result<(), String> {
    report.published.as_deref().map_or(Ok(()), day)?;
    if report.sha256.len() != 64 || !report.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err("the hash of the text is no SHA-256 in hexadecimal".to_owned());
    }
    let Some(text) = &report.text else { return Ok(()) };
    let hash: String = Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect();
    if hash != report.sha256 {
        return Err("the text does not have the hash that stands beside it; it was changed on the way".to_owned());
    }
    let length = text.chars().count();
    if length != report.length as usize || report.body_start as usize > length {
        return Err("the text does not have the length that stands beside it".to_owned());
    }
    Ok(())
}

/// Gives the claims ids that go with the id that the report has in a ledger: two senders may call two reports the same.
fn rename(record: &mut Record, report: &str) -> Result<(), String> {
    let mut ids: FxHashMap<String, String> = FxHashMap::default();
    for claim in &mut record.claims {
        let digest = Sha256::digest(format!("{report} {}", claim.id));
        let id: String = digest.iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let id = format!("c{id}");
        if ids.insert(std::mem::replace(&mut claim.id, id.clone()), id).is_some() {
            return Err("two claims have one id".to_owned());
        }
    }
    for claim in &mut record.claims {
        let contents = claim.content.iter_mut();
        for other in contents.chain(claim.relations.iter_mut().map(|relation| &mut relation.claim)) {
            if let Some(id) = ids.get(other) {
                other.clone_from(id);
            }
        }
    }
    Ok(())
}
