//! What leaves the ledger, in the forms of other programs. `rows` makes cells of the ledger's rows; each form has its file.
//!
//! All carry the sentence on which a row rests and not the whole report, and withhold the names of private persons unless
//! told otherwise.

mod cameo;
mod changes;
mod columns;
mod csv;
mod geojson;
pub(crate) mod package;
mod parquet;
mod plover;
mod rows;
mod scores;

pub use columns::What;

use anyhow::bail;
use columns::Cell;
use ledger::Ledger;
use ledger::exports::Persons;
use ledger::questions::{Filter, Policy};
use scores::Scores;
use std::io::Write;

/// How rows are written.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Format {
    /// Comma-separated values, RFC 4180, with a line of names
    Csv,
    /// One JSON object a line; events and claims with the field names of PLOVER
    Jsonl,
    /// Apache Parquet
    Parquet,
    /// GeoJSON of events, RFC 7946; what has no point is left out and counted on standard error
    Geojson,
    /// CSV with a second line of hashtags, Humanitarian Exchange Language
    Hxl,
    /// Tab-separated table of events as of CAMEO and GDELT; lossy, what it cannot hold is left out and counted
    Cameo,
    /// The stored records, chancery/1, one JSON object a line; `chancery import` takes them back
    Record,
}

/// Rows written, and rows that the form cannot hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Written {
    pub(crate) rows: u64,
    pub(crate) left_out: u64,
}

impl Written {
    fn count(&mut self, written: bool) {
        self.rows += u64::from(written);
        self.left_out += u64::from(!written);
    }
}

/// Writes rows of the ledger. Records are no rows: [`Ledger::each_record`] gives them.
pub(crate) fn write(
    out: &mut dyn Write,
    ledger: &Ledger,
    what: What,
    format: Format,
    filter: &Filter,
    persons: Persons,
    policy: Policy,
) -> anyhow::Result<Written> {
    let mut written = Written::default();
    match format {
        Format::Csv | Format::Hxl => {
            let mut table = csv::Table::begin(&mut *out, &what.columns(), format == Format::Hxl)?;
            rows::each(ledger, what, filter, persons, policy, &mut |cells| {
                written.count(true);
                table.row(cells)
            })?;
            table.end()?;
        }
        Format::Parquet => {
            let mut table = parquet::Table::begin(what.name(), &what.columns())?;
            rows::each(ledger, what, filter, persons, policy, &mut |cells| {
                written.count(true);
                table.row(cells)
            })?;
            out.write_all(&table.end()?)?;
        }
        Format::Jsonl => json_lines(out, ledger, what, filter, persons, policy, &mut written)?,
        Format::Geojson => {
            only_events(what, "GeoJSON is written")?;
            let columns = what.columns();
            let mut collection = geojson::Collection::begin(&mut *out)?;
            ledger.each_event(filter, persons, policy, |event| {
                written.count(collection.event(&event, &columns, &rows::event(&event))?);
                anyhow::Ok(())
            })?;
            collection.end()?;
        }
        Format::Cameo => {
            only_events(what, "the CAMEO table is written")?;
            cameo::begin(out)?;
            ledger.each_event(filter, persons, policy, |event| {
                written.count(cameo::event(out, &event)?);
                anyhow::Ok(())
            })?;
        }
        Format::Record => bail!("records are whole reports; leave out --what"),
    }
    out.flush()?;
    Ok(written)
}

fn only_events(what: What, written: &str) -> anyhow::Result<()> {
    if what == What::Events {
        return Ok(());
    }
    bail!("{written} of events alone; leave out --what, or take csv, jsonl, parquet or hxl for {}", what.name())
}

fn json_lines(
    out: &mut dyn Write,
    ledger: &Ledger,
    what: What,
    filter: &Filter,
    persons: Persons,
    policy: Policy,
    written: &mut Written,
) -> anyhow::Result<()> {
    let mut line = |value: serde_json::Value| {
        written.count(true);
        writeln!(out, "{value}").map_err(anyhow::Error::from)
    };
    match what {
        What::Events => {
            let scores = Scores::built_in()?;
            ledger.each_event(filter, persons, policy, |event| line(plover::event(&event, &scores)))
        }
        What::Claims => {
            let scores = Scores::built_in()?;
            ledger.each_claim(filter, persons, |claim| line(plover::claim(&claim, &scores)))
        }
        _ => {
            let columns = what.columns();
            rows::each(ledger, what, filter, persons, policy, &mut |cells: &[Cell]| {
                let pairs = columns.iter().zip(cells).map(|(column, cell)| (column.name.to_owned(), cell.json()));
                line(serde_json::Value::Object(pairs.collect()))
            })
        }
    }
}
