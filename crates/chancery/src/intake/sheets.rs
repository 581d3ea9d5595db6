//! What coders hand in, as lines of JSON: coding sheets, single claims, or records of the program.
//!
//! A sheet is `{"report", "text", …, "claims": [CLAIM…]}`, as `chancery assign` writes it and the coder fills it in. A
//! single claim is a CLAIM with the key `"report"`. A CLAIM is `{"start", "end", "category", "actors": [NAME…],
//! "recipients": [NAME…], "status", "day"}`, offsets in code points of the text; the last four may be left out.

use ledger::agreement::{Coded, Party};
use record::{Record, Report, Span};
use serde::Deserialize;
use std::collections::BTreeMap;

/// What one coder handed in.
#[derive(Debug, Default)]
pub struct Sheets {
    /// The reports that the coder has read, with their texts where the sheets have them.
    pub reports: BTreeMap<String, Option<Report>>,
    /// What was found in them.
    pub claims: Vec<Coded>,
}

#[derive(Deserialize)]
struct Sheet {
    report: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    title_span: Option<Span>,
    #[serde(default)]
    body_start: u32,
    claims: Vec<Line>,
}

#[derive(Deserialize)]
struct Line {
    #[serde(default)]
    report: String,
    start: u32,
    end: u32,
    category: String,
    #[serde(default)]
    actors: Vec<String>,
    #[serde(default)]
    recipients: Vec<String>,
    #[serde(default)]
    status: Option<String>,
    #[serde(default)]
    day: Option<String>,
}

/// Reads what a coder handed in; the reason with the number of the line where that fails.
///
/// # Errors
/// If a line is none of the three.
pub fn read(text: &str) -> Result<Sheets, String> {
    let mut sheets = Sheets::default();
    for (number, line) in (1..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let line = line.trim_start_matches('\u{feff}');
        take(&mut sheets, line).map_err(|reason| format!("line {number}: {reason}"))?;
    }
    Ok(sheets)
}

fn take(sheets: &mut Sheets, line: &str) -> Result<(), String> {
    let value: serde_json::Value = serde_json::from_str(line).map_err(|error| error.to_string())?;
    if value.get("schema").is_some() {
        let record: Record = serde_json::from_value(value).map_err(|error| error.to_string())?;
        sheets.claims.extend(record.claims.iter().map(|claim| of_record(&record, claim)));
        sheets.reports.insert(record.report.id.clone(), Some(record.report).filter(|report| report.text.is_some()));
    } else if value.get("claims").is_some() {
        let sheet: Sheet = serde_json::from_value(value).map_err(|error| error.to_string())?;
        for claim in sheet.claims {
            sheets.claims.push(of_line(&sheet.report, claim)?);
        }
        let (title_span, body_start) = (sheet.title_span, sheet.body_start);
        let report = sheet.text.map(|text| described(&sheet.report, text, title_span, body_start));
        sheets.reports.insert(sheet.report, report);
    } else if value.get("report").is_some() {
        let claim: Line = serde_json::from_value(value).map_err(|error| error.to_string())?;
        let report = claim.report.clone();
        sheets.claims.push(of_line(&report, claim)?);
        sheets.reports.entry(report).or_default();
    } else {
        return Err("it has no \"report\": a sheet, a claim or a record is expected".to_owned());
    }
    Ok(())
}

fn described(id: &str, text: String, title_span: Option<Span>, body_start: u32) -> Report {
    Report {
        id: id.to_owned(),
        title: None,
        title_span,
        published: None,
        outlet: None,
        url: None,
        language: None,
        sha256: String::new(),
        length: u32::try_from(text.chars().count()).unwrap_or(u32::MAX),
        body_start,
        notes: Vec::new(),
        text: Some(text),
    }
}

fn of_line(report: &str, line: Line) -> Result<Coded, String> {
    if line.start >= line.end {
        return Err(format!("a claim of {report} ends at {} before it begins at {}", line.end, line.start));
    }
    let parties = |names: Vec<String>| names.into_iter().map(|name| Party { names: vec![name] }).collect();
    Ok(Coded {
        report: report.to_owned(),
        start: line.start,
        end: line.end,
        category: line.category,
        actors: parties(line.actors),
        recipients: parties(line.recipients),
        status: line.status,
        day: line.day,
    })
}

fn of_record(record: &Record, claim: &record::Claim) -> Coded {
    let parties = |side: &[record::Participant]| {
        let names = |one: &record::Participant| {
            let names = one.name.iter().chain(std::iter::once(&one.text)).chain(one.actor.iter());
            Party { names: names.cloned().collect() }
        };
        side.iter().map(names).collect()
    };
    Coded {
        report: record.report.id.clone(),
        start: claim.predicate.spans.iter().map(|span| span.0).min().unwrap_or(0),
        end: claim.predicate.spans.iter().map(|span| span.1).max().unwrap_or(0),
        category: claim.category.clone(),
        actors: parties(&claim.actors),
        recipients: parties(&claim.recipients),
        status: Some(claim.status.to_string()),
        day: claim.when.as_ref().and_then(|when| when.from.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sheets_and_claims_are_read() {
        let text = r#"{"report":"r1","text":"A truce.","claims":[{"start":2,"end":7,"category":"AGREE","actors":["A"]}]}

{"report":"r2","start":0,"end":4,"category":"AID"}"#;
        let sheets = read(text).unwrap_or_default();
        assert_eq!(sheets.reports.keys().collect::<Vec<_>>(), ["r1", "r2"]);
        assert_eq!(sheets.claims.len(), 2);
        for (bad, reason) in [
            ("{", "line 1: EOF"),
            ("\n{}", "line 2: it has no \"report\""),
            (r#"{"report":"r1","start":4,"end":4,"category":"AID"}"#, "line 1: a claim of r1 ends at 4"),
        ] {
            let told = read(bad).err().unwrap_or_default();
            assert!(told.starts_with(reason), "{told}");
        }
    }
}
