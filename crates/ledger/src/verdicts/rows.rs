//! Entries in their tables, and what follows from a new one for claims, events and stories.

use super::standing;
use crate::linking::Linker;
use rusqlite::{Connection, ToSql, params};

/// An entry as the tables hold it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) struct Row {
    pub(crate) target: String,
    pub(crate) id: String,
    pub(crate) decision: String,
    pub(crate) field: Option<String>,
    pub(crate) value: Option<String>,
    pub(crate) analyst: String,
    pub(crate) reason: Option<String>,
    pub(crate) recorded: String,
    /// The number of the entry that it takes back.
    pub(crate) undoes: Option<i64>,
    /// Ids, and whether each is named.
    pub(crate) concerned: Vec<(String, bool)>,
}

impl Row {
    /// What its table holds of it, in the order of the columns.
    fn cells(&self) -> [&dyn ToSql; 9] {
        let Self { target, id, decision, field, value, analyst, reason, recorded, undoes, concerned: _ } = self;
        [target, id, decision, field, value, analyst, reason, recorded, undoes]
    }

    /// Enters it, and gives its number.
    fn insert(&self, connection: &Connection) -> rusqlite::Result<i64> {
        connection
            .prepare_cached(
                "INSERT INTO verdict (target, id, decision, field, value, analyst, reason, recorded, undoes)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            )?
            .execute(self.cells())?;
        let number = connection.last_insert_rowid();
        let mut statement =
            connection.prepare_cached("INSERT INTO concerned (verdict, ordinal, id, named) VALUES (?1, ?2, ?3, ?4)")?;
        for (ordinal, (id, named)) in (0_i64..).zip(&self.concerned) {
            statement.execute(params![number, ordinal, id, named])?;
        }
        Ok(number)
    }

    /// Enters it and all that follows from it, and gives its number.
    pub(crate) fn enter(&self, connection: &Connection, linker: &mut Linker) -> rusqlite::Result<i64> {
        let number = self.insert(connection)?;
        follow(connection, number, self.undoes, &self.decision, linker)?;
        Ok(number)
    }

    /// The numbers of the entries that are the same, the first first.
    pub(crate) fn known(&self, connection: &Connection) -> rusqlite::Result<Vec<i64>> {
        let mut statement = connection.prepare_cached(
            "SELECT number FROM verdict WHERE target = ?1 AND id = ?2 AND decision = ?3 AND field IS ?4 AND value IS ?5
                AND analyst = ?6 AND reason IS ?7 AND recorded = ?8 AND undoes IS ?9 ORDER BY number",
        )?;
        let alike: Vec<i64> = statement.query_map(self.cells(), |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        let mut same = Vec::new();
        let mut statement =
            connection.prepare_cached("SELECT id, named FROM concerned WHERE verdict = ?1 ORDER BY ordinal")?;
        for number in alike {
            let concerned: Vec<(String, bool)> = statement
                .query_map([number], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect::<rusqlite::Result<_>>()?;
            if concerned == self.concerned {
                same.push(number);
            }
        }
        Ok(same)
    }
}

/// Makes anew what an entry changes, or the entry that it takes back.
fn follow(
    connection: &Connection,
    number: i64,
    undoes: Option<i64>,
    decision: &str,
    linker: &mut Linker,
) -> rusqlite::Result<()> {
    let number = undoes.unwrap_or(number);
    let decision: String = if undoes.is_some() {
        connection
            .prepare_cached("SELECT decision FROM verdict WHERE number = ?1")?
            .query_row([number], |row| row.get(0))?
    } else {
        decision.to_owned()
    };
    let numbers = |sql: &str| -> rusqlite::Result<Vec<i64>> {
        connection.prepare_cached(sql)?.query_map([number], |row| row.get(0))?.collect()
    };
    let reports = numbers(
        "SELECT report.number FROM concerned JOIN report ON report.id = concerned.id WHERE concerned.verdict = ?1
         UNION SELECT claim.report FROM concerned JOIN claim ON claim.id = concerned.id WHERE concerned.verdict = ?1",
    )?;
    match decision.as_str() {
        "merge" | "split" => {
            for claim in numbers(
                "SELECT claim.number FROM concerned JOIN claim ON claim.id = concerned.id
                 WHERE concerned.verdict = ?1 AND claim.stands",
            )? {
                linker.touch_claim(claim);
            }
            for story in numbers(
                "SELECT report.number FROM concerned JOIN report ON report.id = concerned.id WHERE concerned.verdict = ?1",
            )? {
                linker.touch_story(story);
            }
        }
        "withdraw" => {
            for report in reports {
                linker.touch(connection, report)?;
                standing::withdraw(connection, report)?;
            }
        }
        _ => {
            for report in reports {
                linker.touch(connection, report)?;
                if standing::renew(connection, report)? {
                    linker.claims(connection, report)?;
                }
            }
        }
    }
    Ok(())
}
