//! A record on its way back: read from a line of JSON, checked, and ready for the writer.
//!
//! Lines of `chancery export --format record` come back as they were. Lines of `chancery read --format jsonl` are taken
//! too: the report gets its id in the ledger, and its claims get ids that go with it.

use crate::identity::identity;
use crate::reports::Receipt;
use crate::writer::{Arrival, Coding};
use jiff::Timestamp;
use jiff::civil::Date;
use record::{Record, Report, SCHEMA};
use rustc_hash::FxHashMap;
use serde_json::Value;
use sha2::{Digest, Sha256};

impl Arrival {
    /// A record that comes back, from its line of JSON.
    ///
    /// # Errors
    /// The reason, if it is no record, or does not fit together.
    pub fn returned(line: &[u8]) -> Result<Self, String> {
        let value: Value = serde_json::from_slice(line).map_err(|error| format!("this is not JSON: {error}"))?;
        let schema = value.get("schema").and_then(Value::as_str).unwrap_or_default();
        if schema != SCHEMA {
            return Err(match schema {
                "" => format!(
                    "this is no record: the key \"schema\" with \"{SCHEMA}\" is missing; `chancery add` takes reports in"
                ),
                other => format!("the schema \"{other}\" is not known, only \"{SCHEMA}\"; use a newer Chancery"),
            });
        }
        let receipt = value.get("received").filter(|received| !received.is_null()).map(receipt).transpose()?;
        let fail = |error: serde_json::Error| format!("this is no record of {SCHEMA}: {error}");
        if value.get("run").is_none() {
            let report = value.get("report").cloned().unwrap_or(Value::Null);
            let mut report: Report = serde_json::from_value(report).map_err(fail)?;
            check(&report)?;
            name(&mut report, receipt.as_ref());
            return Ok(Self { receipt, ..Self::new(report, None) });
        }
        let mut record: Record = serde_json::from_value(value).map_err(fail)?;
        check(&record.report)?;
        let own = identity(&record.report);
        if record.report.id != own {
            rename(&mut record, &own)?;
        }
        let mut report = record.report.clone();
        name(&mut report, receipt.as_ref());
        record.report.id = own;
        let coding = Coding::new(record).map_err(fail)?;
        Ok(Self { receipt, ..Self::new(report, Some(coding)) })
    }
}

/// Gives a report the name by which its first ledger had received it.
fn name(report: &mut Report, receipt: Option<&Receipt>) {
    if let Some(receipt) = receipt {
        report.id.clone_from(&receipt.name);
    }
}

fn receipt(value: &Value) -> Result<Receipt, String> {
    let text = |key: &str| {
        let text = value.get(key).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| format!("the key \"{key}\" of \"received\" is missing"))
    };
    let receipt = Receipt {
        name: text("name")?,
        available: text("available")?,
        recorded: text("recorded")?,
        withdrawn: value.get("withdrawn").and_then(Value::as_str).map(str::to_owned),
    };
    day(&receipt.available)?;
    receipt.withdrawn.as_deref().map_or(Ok(()), day)?;
    let moment = receipt.recorded.parse::<Timestamp>();
    moment.map_err(|_| format!("\"{}\" is no moment of the form 2024-05-01T12:00:00Z", receipt.recorded))?;
    Ok(receipt)
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
