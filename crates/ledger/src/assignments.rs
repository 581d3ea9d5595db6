//! Who is to read which report: as it was read by the program, to judge its claims; or blind, to be compared.
//!
//! A blind reader's findings are a sheet beside the ledger. They change nothing in it, so that nobody who reads the same
//! report blind can see them; `crate::agreement` compares them once they are handed in.

use crate::agreement::{Coded, Party};
use crate::audit::note;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::moments::written;
use crate::questions::{Answer, Value};
use jiff::Timestamp;
use rusqlite::{OptionalExtension, params};
use serde::{Deserialize, Serialize};

/// A claim on the sheet of a blind reader; offsets are code points of the text.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Found {
    /// First code point of its words.
    pub start: u32,
    /// One past the last.
    pub end: u32,
    /// Its category.
    pub category: String,
    /// Who did it.
    #[serde(default)]
    pub actors: Vec<String>,
    /// To whom.
    #[serde(default)]
    pub recipients: Vec<String>,
    /// Whether it happened.
    #[serde(default)]
    pub status: Option<String>,
    /// The first day.
    #[serde(default)]
    pub day: Option<String>,
}

impl Found {
    /// The claim as coders are compared by it.
    #[must_use]
    pub fn coded(&self, report: &str) -> Coded {
        let parties = |names: &[String]| names.iter().map(|name| Party { names: vec![name.clone()] }).collect();
        Coded {
            report: report.to_owned(),
            start: self.start,
            end: self.end,
            category: self.category.clone(),
            actors: parties(&self.actors),
            recipients: parties(&self.recipients),
            status: self.status.clone(),
            day: self.day.clone(),
        }
    }
}

/// A report that somebody is to read.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assignment {
    /// Its number.
    pub number: i64,
    /// The report.
    pub report: String,
    /// Who is to read it.
    pub analyst: String,
    /// Whether without what others have found.
    pub blind: bool,
    /// What was found blind, so far.
    pub sheet: Vec<Found>,
    /// When it was handed in.
    pub done: Option<String>,
}

impl Ledger {
    /// Assigns reports to analysts; tells how many assignments are new.
    ///
    /// # Errors
    /// If nobody is named, a report does not exist or has no text, or the store fails; nothing is then assigned.
    pub fn assign(
        &mut self,
        analysts: &[String],
        reports: &[String],
        blind: bool,
        giver: &str,
        now: Timestamp,
    ) -> Result<usize> {
        let names: Vec<&str> = analysts.iter().map(|name| name.trim()).filter(|name| !name.is_empty()).collect();
        if names.is_empty() || reports.is_empty() {
            return Err(LedgerError::Refused("an assignment needs an analyst and a report".to_owned()));
        }
        self.transact(|ledger| {
            let mut new = 0;
            for id in reports {
                ledger.described(id)?;
                let report = ledger.report_number(id)?;
                for name in &names {
                    new += ledger.with(|connection| {
                        connection
                            .prepare_cached(
                                "INSERT OR IGNORE INTO assignment (report, analyst, blind, giver, recorded)
                                 VALUES (?1, ?2, ?3, ?4, ?5)",
                            )?
                            .execute(params![report, name, blind, giver.trim(), written(now)])
                    })?;
                }
            }
            let what = if blind { "assign blind" } else { "assign" };
            let about = format!("{} to {}", reports.join(" "), names.join(", "));
            note(ledger, giver, what, &about, now)?;
            Ok(new)
        })
    }

    /// The assignments of an analyst, or all: those not handed in first.
    ///
    /// # Errors
    /// If the store fails.
    pub fn assignments(&self, analyst: Option<&str>) -> Result<Answer> {
        self.answer(
            "SELECT assignment.number AS assignment, assignment.analyst, report.id AS report, report.title, report.outlet,
                report.available, assignment.blind, assignment.giver, assignment.recorded, assignment.done,
                (SELECT count(*) FROM claim WHERE claim.report = report.number AND claim.stands AND NOT EXISTS
                    (SELECT 1 FROM concerned JOIN verdicts ON verdicts.number = concerned.verdict
                     WHERE concerned.id = claim.id AND verdicts.undone IS NULL)) AS left
             FROM assignment JOIN report ON report.number = assignment.report
             WHERE ? IS NULL OR assignment.analyst = ?
             ORDER BY assignment.done IS NOT NULL, assignment.number",
            &[analyst, analyst].map(|name| name.map_or(Value::Null, |name| Value::Text(name.to_owned()))),
        )
    }

    /// An assignment by its number.
    ///
    /// # Errors
    /// If there is none, or the store fails.
    pub fn assignment(&self, number: i64) -> Result<Assignment> {
        let found = self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT report.id, analyst, blind, sheet, done FROM assignment
                     JOIN report ON report.number = assignment.report WHERE assignment.number = ?1",
                )?
                .query_row([number], |row| {
                    let sheet: Option<String> = row.get(3)?;
                    Ok(Assignment {
                        number,
                        report: row.get(0)?,
                        analyst: row.get(1)?,
                        blind: row.get(2)?,
                        sheet: sheet.and_then(|sheet| serde_json::from_str(&sheet).ok()).unwrap_or_default(),
                        done: row.get(4)?,
                    })
                })
                .optional()
        })?;
        found.ok_or_else(|| LedgerError::Unknown(format!("the ledger has no assignment {number}")))
    }

    /// The blind assignment of a report to an analyst that was not handed in yet.
    ///
    /// # Errors
    /// If the store fails.
    pub fn blind(&self, analyst: &str, report: &str) -> Result<Option<i64>> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT assignment.number FROM assignment JOIN report ON report.number = assignment.report
                     WHERE analyst = ?1 AND report.id = ?2 AND blind AND done IS NULL",
                )?
                .query_row([analyst, report], |row| row.get(0))
                .optional()
        })
    }

    /// Keeps what somebody has found; `hand_in` ends the assignment, after which nothing is changed.
    ///
    /// # Errors
    /// If the assignment is not theirs or was handed in, a claim stands nowhere in the text or has no category, the sheet
    /// is another now than `seen`, or the store fails.
    pub fn keep_sheet(
        &mut self,
        number: i64,
        analyst: &str,
        (seen, sheet): (&[Found], &[Found]),
        hand_in: bool,
        now: Timestamp,
    ) -> Result<()> {
        let refuse = |why: String| Err(LedgerError::Refused(why));
        self.transact(|ledger| {
            let known = ledger.assignment(number)?;
            if known.analyst.to_lowercase() != analyst.trim().to_lowercase() {
                return refuse(format!("assignment {number} is that of {}", known.analyst));
            }
            if let Some(done) = known.done {
                return refuse(format!("assignment {number} was handed in, {done}"));
            }
            if known.sheet != seen {
                let told = format!("the sheet of assignment {number} was changed meanwhile");
                return Err(LedgerError::Overtaken(told));
            }
            let length = ledger.described(&known.report)?.length;
            for found in sheet {
                if found.start >= found.end || found.end > length {
                    return refuse(format!("there are no words from {} to {}", found.start, found.end));
                }
                crate::verdicts::category(ledger, &found.category)?;
            }
            let text = serde_json::to_string(sheet).map_err(|error| LedgerError::Refused(error.to_string()))?;
            let done = hand_in.then(|| written(now));
            ledger.with(|connection| {
                connection
                    .prepare_cached("UPDATE assignment SET sheet = ?2, done = ?3 WHERE number = ?1")?
                    .execute(params![number, text, done])
            })?;
            if hand_in {
                note(ledger, analyst, "hand in", &format!("{} (assignment {number})", known.report), now)?;
            }
            Ok(())
        })
    }

    /// Who has handed in sheets.
    ///
    /// # Errors
    /// If the store fails.
    pub fn coders(&self) -> Result<Vec<String>> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT min(analyst) FROM assignment WHERE blind AND done IS NOT NULL GROUP BY analyst ORDER BY 1",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        })
    }

    /// The sheets that an analyst has handed in, by report.
    ///
    /// # Errors
    /// If the store fails.
    pub fn sheets(&self, analyst: &str) -> Result<Vec<(String, Vec<Found>)>> {
        self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT report.id, coalesce(sheet, '[]') FROM assignment
                     JOIN report ON report.number = assignment.report
                     WHERE analyst = ?1 AND blind AND done IS NOT NULL ORDER BY report.id",
                )?
                .query_map([analyst], |row| {
                    let sheet: String = row.get(1)?;
                    Ok((row.get(0)?, serde_json::from_str(&sheet).unwrap_or_default()))
                })?
                .collect()
        })
    }
}
