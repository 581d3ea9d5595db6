//! Giving a verdict: what it is about, whether it can be, the entry, and what follows from it, in one transaction.

use super::added::Added;
use super::fields;
use super::rows::Row;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::linking::Linker;
use jiff::Timestamp;
use jiff::civil::Date;
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// What is decided.
#[derive(Clone, PartialEq, Debug)]
pub enum Decision {
    /// It is as the ledger says.
    Accept,
    /// It is not so: it leaves all counts.
    Reject,
    /// It may or may not be so.
    Unsure,
    /// One field is otherwise.
    Correct {
        /// `status`, `from`, `actor`, …
        field: String,
        /// As the analyst writes it.
        value: String,
    },
    /// The report says something that was missed.
    Add(Added),
    /// The targets are one.
    Merge,
    /// Some claims of an event, or reports of a story, are another one.
    Split {
        /// Those that are taken out.
        out: Vec<String>,
    },
    /// The report counts no longer.
    Withdraw {
        /// The first day on which it does not.
        from: Date,
    },
    /// An entry is taken back.
    Undo,
}

impl Decision {
    /// The word for it.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Reject => "reject",
            Self::Unsure => "unsure",
            Self::Correct { .. } => "correct",
            Self::Add(_) => "add",
            Self::Merge => "merge",
            Self::Split { .. } => "split",
            Self::Withdraw { .. } => "withdraw",
            Self::Undo => "undo",
        }
    }
}

/// A decision with what it is about and who signs it.
#[derive(Clone, PartialEq, Debug)]
pub struct Verdict {
    /// Ids of claims (c…), events (e…), reports and stories (r…); numbers of entries to take back.
    pub targets: Vec<String>,
    /// What is decided.
    pub decision: Decision,
    /// Who decides.
    pub analyst: String,
    /// Why.
    pub reason: Option<String>,
}

/// An entry on its way into the table.
struct Entry {
    target: &'static str,
    id: String,
    field: Option<String>,
    value: Option<String>,
    undoes: Option<i64>,
    concerned: Vec<(String, bool)>,
}

impl Entry {
    fn new(target: &'static str, id: &str, concerned: Vec<String>) -> Self {
        let concerned = concerned.into_iter().map(|id| (id, false)).collect();
        Self { target, id: id.to_owned(), field: None, value: None, undoes: None, concerned }
    }
}

impl Row {
    fn of(verdict: &Verdict, entry: &Entry, now: Timestamp) -> Self {
        Self {
            target: entry.target.to_owned(),
            id: entry.id.clone(),
            decision: verdict.decision.name().to_owned(),
            field: entry.field.clone(),
            value: entry.value.clone(),
            analyst: verdict.analyst.trim().to_owned(),
            reason: verdict.reason.clone(),
            recorded: crate::moments::written(now),
            undoes: entry.undoes,
            concerned: entry.concerned.clone(),
        }
    }
}

fn refuse<T>(why: impl Into<String>) -> Result<T> {
    Err(LedgerError::Refused(why.into()))
}

impl Ledger {
    /// Enters a verdict and all that follows from it; gives the number and the target of each entry.
    ///
    /// # Errors
    /// If a target does not exist, the decision does not fit it, or the store fails; nothing is then changed.
    pub fn judge(&mut self, verdict: &Verdict, now: Timestamp) -> Result<Vec<(i64, String)>> {
        self.transact(|ledger| ledger.enter(verdict, now))
    }

    /// Enters a verdict within a transaction.
    pub(super) fn enter(&self, verdict: &Verdict, now: Timestamp) -> Result<Vec<(i64, String)>> {
        if verdict.analyst.trim().is_empty() {
            return refuse("a verdict is signed; name the analyst");
        }
        let mut entered = Vec::new();
        let mut linker = Linker::default();
        for entry in self.prepared(verdict)? {
            let row = Row::of(verdict, &entry, now);
            let number = self.with(|connection| row.enter(connection, &mut linker))?;
            if let Some(field) = &entry.field {
                self.possible(number, field)?;
            }
            entered.push((number, entry.id));
        }
        self.with(|connection| linker.settle(connection))?;
        Ok(entered)
    }

    fn prepared(&self, verdict: &Verdict) -> Result<Vec<Entry>> {
        let Some(first) = verdict.targets.first() else { return refuse("what is the verdict about? Name an id") };
        match &verdict.decision {
            Decision::Merge => {
                if verdict.targets.len() < 2 {
                    return refuse("a merger needs two or more ids");
                }
                let mut kinds = BTreeSet::new();
                let mut all = BTreeSet::new();
                for target in &verdict.targets {
                    let (kind, ids) = self.whole(target)?;
                    kinds.insert(kind);
                    all.extend(ids);
                }
                if kinds.len() > 1 {
                    return refuse("events merge with events, and stories with stories");
                }
                let kind = kinds.first().copied().unwrap_or("event");
                Ok(vec![Entry::new(kind, &verdict.targets.join(" "), all.into_iter().collect())])
            }
            Decision::Split { out } => {
                let (kind, ids) = self.whole(first)?;
                let out: BTreeSet<&String> = out.iter().collect();
                if let Some(strange) = out.iter().find(|id| !ids.contains(**id)) {
                    return refuse(format!("{strange} is no part of {first}"));
                }
                if out.is_empty() || out.len() == ids.len() {
                    return refuse(format!("{first} has {} parts; name some of them, and not all", ids.len()));
                }
                let mut entry = Entry::new(kind, first, Vec::new());
                let (named, left): (Vec<_>, Vec<_>) = ids.into_iter().partition(|id| out.contains(id));
                entry.concerned = named.into_iter().map(|id| (id, true)).collect();
                entry.concerned.extend(left.into_iter().map(|id| (id, false)));
                Ok(vec![entry])
            }
            Decision::Undo => verdict.targets.iter().map(|target| self.taking_back(target)).collect(),
            _ => verdict.targets.iter().map(|target| self.single(&verdict.decision, target)).collect(),
        }
    }

    /// The entry of a decision about one thing.
    fn single(&self, decision: &Decision, target: &str) -> Result<Entry> {
        let report = target.starts_with('r');
        match decision {
            Decision::Reject if report => {
                refuse(format!("{target} is a report; `withdraw` takes it out of all counts"))
            }
            Decision::Withdraw { from } => {
                self.report_number(target)?;
                let mut entry = Entry::new("report", target, vec![target.to_owned()]);
                entry.value = Some(from.to_string());
                Ok(entry)
            }
            Decision::Add(added) => {
                let (id, value) = added.understood(self, target, self.report_number(target)?)?;
                let mut entry = Entry::new("claim", &id, vec![id.clone(), target.to_owned()]);
                entry.value = Some(value);
                Ok(entry)
            }
            Decision::Correct { .. } if report => {
                refuse(format!("{target} is a report, and a report is never changed; correct its claims"))
            }
            _ if report => {
                self.report_number(target)?;
                Ok(Entry::new("report", target, vec![target.to_owned()]))
            }
            _ => {
                let (_, ids) = self.whole(target)?;
                let kind = if target.starts_with('c') { "claim" } else { "event" };
                let mut entry = Entry::new(kind, target, ids);
                if let Decision::Correct { field, value } = decision {
                    let (field, value) = fields::understood(self, field, value)?;
                    (entry.field, entry.value) = (Some(field), value);
                }
                Ok(entry)
            }
        }
    }

    fn taking_back(&self, target: &str) -> Result<Entry> {
        let number: i64 = match target.parse() {
            Ok(number) => number,
            Err(_) => return refuse(format!("{target} is no number of a verdict; `chancery verdicts` lists them")),
        };
        let found: Option<(String, String, Option<i64>)> = self.with(|connection| {
            connection
                .prepare_cached("SELECT id, decision, undone FROM verdicts WHERE number = ?1")?
                .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
                .optional()
        })?;
        match found {
            None => refuse(format!("there is no verdict {number}; `chancery verdicts` lists them")),
            Some((_, _, Some(by))) => refuse(format!("verdict {number} was taken back already, by entry {by}")),
            Some((_, decision, _)) if decision == "undo" => {
                refuse(format!("entry {number} took a verdict back; give that verdict again instead"))
            }
            Some((id, _, None)) => {
                let mut entry = Entry::new("verdict", &id, Vec::new());
                entry.undoes = Some(number);
                Ok(entry)
            }
        }
    }

    /// What a target consists of: the claims of an event, the reports of a story, or the claim itself.
    fn whole(&self, target: &str) -> Result<(&'static str, Vec<String>)> {
        let ids = |sql: &str| -> Result<Vec<String>> {
            self.with(|connection| connection.prepare_cached(sql)?.query_map([target], |row| row.get(0))?.collect())
        };
        let (kind, name, found) = match target.chars().next() {
            Some('c') => ("event", "claim", ids("SELECT DISTINCT id FROM claim WHERE id = ?1")?),
            Some('e') => (
                "event",
                "event",
                ids("SELECT DISTINCT claim.id FROM claim JOIN event ON event.number = claim.event
                     WHERE event.id = ?1 AND claim.stands ORDER BY claim.id")?,
            ),
            Some('r') => (
                "story",
                "report",
                ids("SELECT other.id FROM report JOIN report AS other ON other.story = report.story
                     WHERE report.id = ?1 ORDER BY other.id")?,
            ),
            _ => return refuse(format!("{target} is no id: claims begin with c, events with e, reports with r")),
        };
        if found.is_empty() {
            let why = format!("the ledger has no {name} {target}; ids are in the first column of its answers");
            return Err(LedgerError::Unknown(why));
        }
        Ok((kind, found))
    }

    pub(crate) fn report_number(&self, id: &str) -> Result<i64> {
        let number = self.with(|connection| {
            connection
                .prepare_cached("SELECT number FROM report WHERE id = ?1")?
                .query_row([id], |row| row.get(0))
                .optional()
        })?;
        let unknown = || LedgerError::Unknown(format!("the ledger has no report {id}; ids of reports begin with r"));
        number.ok_or_else(unknown)
    }

    /// Refuses a correction after which a claim would end before it begins.
    fn possible(&self, verdict: i64, field: &str) -> Result<()> {
        let turned: Option<String> = self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT claim.id FROM concerned JOIN claim ON claim.id = concerned.id
                     WHERE concerned.verdict = ?1 AND claim.stands AND claim.from_day > claim.to_day LIMIT 1",
                )?
                .query_row([verdict], |row| row.get(0))
                .optional()
        })?;
        match turned {
            Some(id) => refuse(format!("{id} would end before it begins; correct `day` instead of `{field}`")),
            None => Ok(()),
        }
    }
}
