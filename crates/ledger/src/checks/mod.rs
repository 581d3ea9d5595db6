//! Whether all in the file is as it must be: the store itself, texts and records, the rows that were made of them (`rows`),
//! and what is derived, each made anew and compared.

mod rows;

use crate::error::{Result, explain};
use crate::files::Ledger;
use crate::identity::identity;
use crate::linking::Linker;
use crate::packing::unpack;
use crate::reports::{COLUMNS, described, prose};
use crate::stories::Wording;
use crate::{schema, summary, verdicts};
use rusqlite::{Connection, DropBehavior, Row, Transaction, TransactionBehavior};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Faults of one kind that are listed one by one.
const LISTED: usize = 100;

/// Something in the file that is not as it must be.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fault {
    /// What it is about: an id, or a table.
    pub at: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.at, self.what)
    }
}

impl Ledger {
    /// What is wrong in the file, if anything is: the store itself, texts and records, and what is derived from them.
    ///
    /// # Errors
    /// If the store fails so badly that nothing can be asked.
    pub fn check(&mut self) -> Result<Vec<Fault>> {
        let mut faults = self.sound()?;
        if faults.is_empty() {
            faults.extend(self.with(structure)?);
        }
        if faults.is_empty() {
            faults.extend(self.readable()?);
            faults.extend(self.with(rows::differing)?);
            faults.extend(self.derived()?);
        }
        Ok(faults)
    }

    /// The store itself.
    pub(crate) fn sound(&self) -> Result<Vec<Fault>> {
        let mut faults = Vec::new();
        let told: Vec<String> = self.with(|connection| {
            connection.prepare("PRAGMA integrity_check")?.query_map([], |row| row.get(0))?.collect()
        })?;
        faults.extend(told.into_iter().filter(|line| line != "ok").map(|what| Fault { at: "file".to_owned(), what }));
        let broken: Vec<(String, Option<i64>, String)> = self.with(|connection| {
            connection
                .prepare("PRAGMA foreign_key_check")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?
                .take(LISTED)
                .collect()
        })?;
        faults.extend(broken.into_iter().map(|(at, row, other)| Fault {
            at,
            what: format!("row {} refers to what is not in {other}", row.unwrap_or_default()),
        }));
        Ok(faults)
    }

    /// Texts and records.
    fn readable(&self) -> Result<Vec<Fault>> {
        self.with(|connection| {
            let mut faults = Vec::new();
            let mut statement = connection.prepare(
                "SELECT id, sha256, length, text, number, title, body_start FROM report JOIN report_text ON report = number ORDER BY id",
            )?;
            let indexed = indexed(connection)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (at, sha256): (String, String) = (row.get(0)?, row.get(1)?);
                let what = match unpack(&row.get::<_, Vec<u8>>(3)?) {
                    Err(error) => format!("its text cannot be read ({error})"),
                    Ok(text) if hexadecimal(&text) != sha256 => "its text is not the one that was received".to_owned(),
                    Ok(text) if text.chars().count() as i64 != row.get::<_, i64>(2)? => {
                        "its text has another length".to_owned()
                    }
                    Ok(text) if !indexed.contains(&row.get(4)?) && has_wording(row, &text)? => {
                        "keys by which its copies are found are missing".to_owned()
                    }
                    Ok(_) => continue,
                };
                faults.push(Fault { at, what });
            }
            // What the id is made of is gone with a text that was removed.
            let mut statement = connection.prepare(&format!(
                "SELECT {COLUMNS} FROM report WHERE number NOT IN (SELECT report FROM redaction) ORDER BY id"
            ))?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (_, report, _) = described(row)?;
                if identity(&report) != report.id {
                    let what = "its address, outlet, day, title or hash is not what its id was made of".to_owned();
                    faults.push(Fault { at: report.id, what });
                }
            }
            Ok(faults)
        })
    }

    /// What is derived, made anew and compared; the file stays as it is.
    fn derived(&mut self) -> Result<Vec<Fault>> {
        let path = self.path().to_owned();
        let fail = |error| explain(&path, error);
        let mut faults = Vec::new();
        for (sql, what) in MISSING {
            let at: Vec<String> = self
                .with(|connection| connection.prepare(sql)?.query_map([], |row| row.get(0))?.take(LISTED).collect())?;
            faults.extend(at.into_iter().map(|at| Fault { at, what: (*what).to_owned() }));
        }
        let mut transaction = Transaction::new(&mut self.connection, TransactionBehavior::Immediate).map_err(fail)?;
        transaction.set_drop_behavior(DropBehavior::Rollback);
        faults.extend(anew(&transaction).map_err(fail)?);
        Ok(faults)
    }
}

/// What must be there, as questions for what is wrong.
const MISSING: &[(&str, &str)] = &[
    (
        "SELECT report.id FROM report WHERE NOT EXISTS (SELECT 1 FROM report AS head WHERE head.number = report.story)
         ORDER BY 1",
        "its story does not exist",
    ),
    (
        "SELECT id FROM claims WHERE event_number NOT IN (SELECT number FROM event) ORDER BY 1",
        "its event does not exist",
    ),
    (
        "SELECT report.id FROM report JOIN report_text ON report = number WHERE number NOT IN (SELECT rowid FROM report_words) ORDER BY 1",
        "it is not in the full-text index",
    ),
    (
        "SELECT coalesce(report.id, 'row ' || report_words.rowid) FROM report_words
         LEFT JOIN report ON report.number = report_words.rowid
         WHERE report_words.rowid NOT IN (SELECT report FROM report_text) ORDER BY 1",
        "it is in the full-text index, and its text is not there",
    ),
    (
        "SELECT id FROM report JOIN redaction ON redaction.report = report.number
         WHERE title IS NOT NULL OR url IS NOT NULL
            OR EXISTS (SELECT 1 FROM report_text WHERE report_text.report = report.number)
            OR EXISTS (SELECT 1 FROM coding WHERE coding.report = report.number)
            OR EXISTS (SELECT 1 FROM claim WHERE claim.report = report.number) ORDER BY 1",
        "its text was removed, and something of it is still there; `chancery redact` removes it",
    ),
    (
        "SELECT id FROM report JOIN redaction ON redaction.report = report.number WHERE withdrawn IS NULL ORDER BY 1",
        "its text was removed, and it still counts",
    ),
    ("SELECT id FROM report WHERE published <> available ORDER BY 1", "it was available on another day than that of publication"),
    (
        "SELECT own.id FROM report AS own WHERE EXISTS (SELECT 1 FROM report AS later WHERE later.url = own.url
            AND (later.available, later.number) > (own.available, own.number)
            AND (own.replaced IS NULL OR own.replaced > later.available)) ORDER BY 1",
        "a later text of its address does not replace it",
    ),
    (
        "SELECT report.id FROM report JOIN verdicts ON verdicts.id = report.id AND decision = 'withdraw' AND undone IS NULL
         WHERE withdrawn IS NULL ORDER BY 1",
        "it was withdrawn by a verdict, and still counts",
    ),
    (
        "SELECT claim.id FROM claim JOIN coding ON coding.report = claim.report AND coding.run = claim.run
         WHERE claim.verdict IS NULL AND claim.id NOT IN (SELECT id FROM concerned)
            AND claim.stands <> (coding.number = (SELECT max(number) FROM coding WHERE coding.report = claim.report)) ORDER BY 1",
        "it stands though a later run has read the report, or does not though none has",
    ),
    (
        "SELECT 'verdict ' || number FROM verdict WHERE decision <> 'undo'
            AND NOT EXISTS (SELECT 1 FROM concerned WHERE concerned.verdict = verdict.number) ORDER BY 1",
        "it concerns nothing",
    ),
    (
        "SELECT 'verdict ' || number FROM verdict WHERE (decision = 'undo') <> (undoes IS NOT NULL) OR undoes >= number
            OR decision NOT IN ('accept', 'correct', 'reject', 'add', 'unsure', 'merge', 'split', 'withdraw', 'undo') ORDER BY 1",
        "it is no decision, or takes back what was not given before it",
    ),
];

/// Tables and indexes that are not as a new ledger has them.
fn structure(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    let (own, new) = (objects(connection)?, objects(&scratch()?)?);
    let differ = |(name, sql): (&String, &String)| match own.get(name) {
        None => Some("it is missing".to_owned()),
        Some(other) if other != sql => Some("it is not as this schema has it".to_owned()),
        Some(_) => None,
    };
    let missing = new.iter().filter_map(|(name, sql)| differ((name, sql)).map(|what| (name, what)));
    // Tables of others may stand beside ours; what acts on ours may not.
    let strange = own.keys().filter(|name| name.starts_with("trigger") && !new.contains_key(*name));
    let strange = strange.map(|name| (name, "no ledger has it".to_owned()));
    Ok(missing.chain(strange).map(|(at, what)| Fault { at: at.clone(), what }).collect())
}

/// Whether a text has words by which its copies can be found.
fn has_wording(row: &Row<'_>, text: &str) -> rusqlite::Result<bool> {
    let (title, start): (Option<String>, usize) = (row.get(5)?, row.get::<_, u32>(6)? as usize);
    let body: String = text.chars().skip(start).collect();
    Ok(!Wording::of(&prose(title.as_deref(), &body)).is_empty())
}

/// The reports that stand in the index of wordings.
fn indexed(connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
    let mut statement = connection.prepare("SELECT DISTINCT abs(report) FROM wording")?;
    statement.query_map([], |row| row.get(0))?.collect()
}

/// Tables, indexes and triggers, with what made them.
fn objects(connection: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    let mut statement = connection.prepare(
        "SELECT type || ' ' || name, sql FROM sqlite_schema WHERE type <> 'view' AND name NOT LIKE 'sqlite_%'
            AND name NOT LIKE 'report_words_%'",
    )?;
    let rows =
        statement.query_map([], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())))?;
    rows.collect()
}

/// An empty ledger in memory.
fn scratch() -> rusqlite::Result<Connection> {
    let mut scratch = Connection::open_in_memory()?;
    schema::migrate(&mut scratch)?;
    Ok(scratch)
}

/// What verdicts have made of claims.
const MADE: &str =
    "SELECT id, category, modes, contexts, from_day, to_day, bound, precision, status, factuality, background, object,
    granularity, origin, confidence,
    (SELECT group_concat(side || ' ' || coalesce(name, text), '; ') FROM participant WHERE claim = claim.number),
    (SELECT group_concat(role || ' ' || name || coalesce(country, ''), '; ') FROM place WHERE claim = claim.number),
    (SELECT group_concat(role || ' ' || text, '; ') FROM figure WHERE claim = claim.number),
    (SELECT group_concat(coalesce(name, text), '; ') FROM voice WHERE claim = claim.number),
    (SELECT group_concat(facet || field || value, '; ') FROM facet WHERE claim = claim.number)
    FROM claim WHERE verdict IS NOT NULL";

/// Claims by verdicts, stories, events and their rows, each made anew inside a transaction that is rolled back.
fn anew(connection: &Connection) -> rusqlite::Result<Vec<Fault>> {
    connection.execute_batch(&format!(
        "CREATE TEMP TABLE was AS SELECT claim.number, claim.id, claim.stands, claim.event FROM claim;
         CREATE TEMP TABLE was_story AS SELECT number, story FROM report;
         CREATE TEMP TABLE was_event AS SELECT * FROM event;
         CREATE TEMP TABLE was_made AS {MADE}",
    ))?;
    let mut faults = Vec::new();
    let mut list = |sql: &str, what: &str| -> rusqlite::Result<()> {
        let at: Vec<String> =
            connection.prepare(sql)?.query_map([], |row| row.get(0))?.take(LISTED).collect::<rusqlite::Result<_>>()?;
        faults.extend(at.into_iter().map(|at| Fault { at, what: what.to_owned() }));
        Ok(())
    };
    // Groups first, as they stand; remade claims would have other numbers.
    let mut linker = Linker::default();
    for number in numbers(connection, "SELECT number FROM claim WHERE stands ORDER BY number")? {
        linker.touch_claim(number);
    }
    for number in numbers(connection, "SELECT number FROM report ORDER BY number")? {
        linker.touch_story(number);
    }
    linker.settle(connection)?;
    list(
        "SELECT was.id FROM temp.was JOIN claim ON claim.number = was.number
         WHERE claim.stands AND claim.event <> was.event ORDER BY 1",
        "it belongs to another event when events are made anew",
    )?;
    list(
        "SELECT report.id FROM temp.was_story AS was JOIN report ON report.number = was.number
         WHERE report.story <> was.story ORDER BY 1",
        "it belongs to another story when stories are made anew",
    )?;
    summary::renew(connection, &numbers(connection, "SELECT number FROM event")?.into_iter().collect())?;
    list(
        "SELECT id FROM (SELECT * FROM event EXCEPT SELECT * FROM temp.was_event)
         UNION SELECT id FROM (SELECT * FROM temp.was_event EXCEPT SELECT * FROM event) ORDER BY 1",
        "its row is another when it is made anew",
    )?;
    for report in
        numbers(connection, "SELECT DISTINCT claim.report FROM claim JOIN concerned ON concerned.id = claim.id")?
    {
        verdicts::renew(connection, report)?;
    }
    list(
        "SELECT id FROM (SELECT id, sum(stands) AS stand FROM temp.was GROUP BY id EXCEPT
            SELECT id, sum(stands) FROM claim GROUP BY id) ORDER BY 1",
        "it stands, or does not, against the verdicts on it",
    )?;
    list(
        &format!(
            "SELECT DISTINCT id FROM (SELECT * FROM ({MADE} EXCEPT SELECT * FROM temp.was_made)
            UNION ALL SELECT * FROM (SELECT * FROM temp.was_made EXCEPT {MADE})) ORDER BY 1"
        ),
        "it is not what the verdicts on it make of it",
    )?;
    Ok(faults)
}

fn numbers(connection: &Connection, sql: &str) -> rusqlite::Result<Vec<i64>> {
    connection.prepare(sql)?.query_map([], |row| row.get(0))?.collect()
}

fn hexadecimal(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}
