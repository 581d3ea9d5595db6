//! What became of the events since the last release: added, gone, changed.

use anyhow::Context;
use std::collections::BTreeMap;
use std::io::Read;

/// A table of events as text, by the id of the event.
#[derive(Debug)]
pub(crate) struct Events {
    names: Vec<String>,
    rows: BTreeMap<String, Vec<String>>,
}

/// One event that differs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Change {
    pub(crate) event: String,
    /// `added`, `gone` or `changed`.
    pub(crate) change: &'static str,
    /// The columns that differ, set off by blanks.
    pub(crate) columns: String,
}

impl Events {
    /// Reads the table of a release; its first column is the id.
    pub(crate) fn read(csv: impl Read) -> anyhow::Result<Self> {
        let mut reader = csv::Reader::from_reader(csv);
        let names: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
        anyhow::ensure!(names.first().is_some_and(|name| name == "event"), "its first column is not \"event\"");
        let mut rows = BTreeMap::new();
        for row in reader.records() {
            let row: Vec<String> = row.context("a row cannot be read")?.iter().map(str::to_owned).collect();
            rows.insert(row.first().cloned().unwrap_or_default(), row);
        }
        Ok(Self { names, rows })
    }

    fn get(&self, row: &[String], name: &str) -> Option<String> {
        let at = self.names.iter().position(|other| other == name)?;
        row.get(at).cloned()
    }

    /// What is different now, by the id of the event. Columns that one of the two tables lacks are not compared.
    pub(crate) fn changes(&self, now: &Self) -> Vec<Change> {
        let mut ids: Vec<&String> = self.rows.keys().chain(now.rows.keys()).collect();
        ids.sort_unstable();
        ids.dedup();
        let change = |id: &String| {
            let (change, columns) = match (self.rows.get(id), now.rows.get(id)) {
                (None, _) => ("added", String::new()),
                (_, None) => ("gone", String::new()),
                (Some(before), Some(after)) => {
                    let differs = |name: &&String| {
                        let before = self.get(before, name);
                        before.is_some() && before != now.get(after, name)
                    };
                    let columns: Vec<&str> = now.names.iter().filter(differs).map(String::as_str).collect();
                    if columns.is_empty() {
                        return None;
                    }
                    ("changed", columns.join(" "))
                }
            };
            Some(Change { event: id.clone(), change, columns })
        };
        ids.into_iter().filter_map(change).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_added_gone_and_changed() -> anyhow::Result<()> {
        let before = Events::read("event,place,reports,old\ne1,Goma,1,x\ne2,Beni,1,x\ne3,Bunia,1,x\n".as_bytes())?;
        let now = Events::read("event,place,reports,new\ne1,Goma,1,y\ne3,Bunia,2,y\ne4,Uvira,1,y\n".as_bytes())?;
        let found: Vec<String> = before
            .changes(&now)
            .iter()
            .map(|change| format!("{} {} {}", change.event, change.change, change.columns).trim_end().to_owned())
            .collect();
        assert_eq!(found, ["e2 gone", "e3 changed reports", "e4 added"]);
        assert!(Events::read("place\nGoma\n".as_bytes()).is_err());
        Ok(())
    }
}
