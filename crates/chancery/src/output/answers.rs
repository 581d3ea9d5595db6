//! Answers of the ledger as a table, CSV or JSON.

use anyhow::Context;
use comfy_table::{CellAlignment, ColumnConstraint, ContentArrangement, Table, presets};
use ledger::questions::{Answer, Value};
use std::io::Write;

/// How an answer is printed.
#[derive(clap::ValueEnum, Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// For people
    Table,
    /// Comma-separated values, RFC 4180, with a line of names
    Csv,
    /// A JSON array of objects
    Json,
}

/// A column of a table for people: its head, and the columns of the answer that it joins.
pub(crate) type Column = (&'static str, &'static [&'static str]);

/// Cells up to this length are not broken.
const UNBROKEN: usize = 13;

/// The least width of a table that can be read.
const NARROWEST: usize = 60;

/// Prints an answer. A table shows the named columns, or all where none are named.
pub(crate) fn write(
    out: &mut dyn Write,
    answer: &Answer,
    columns: &[Column],
    form: Form,
    width: usize,
) -> anyhow::Result<()> {
    match form {
        Form::Table => table(out, answer, columns, width)?,
        Form::Csv => answer.write_csv(&mut *out)?,
        Form::Json => {
            serde_json::to_writer_pretty(&mut *out, &answer.objects())?;
            writeln!(out)?;
        }
    }
    out.flush().context("the output cannot be written")
}

fn table(out: &mut dyn Write, answer: &Answer, columns: &[Column], width: usize) -> anyhow::Result<()> {
    if answer.rows.is_empty() {
        writeln!(out, "nothing of the kind is on record")?;
        return Ok(());
    }
    let all: Vec<(&str, Vec<usize>)> = match columns {
        [] => answer.columns.iter().enumerate().map(|(at, name)| (name.as_str(), vec![at])).collect(),
        some => {
            let at = |name: &&str| answer.columns.iter().position(|column| column == name);
            some.iter().map(|(head, names)| (*head, names.iter().filter_map(at).collect())).collect()
        }
    };
    let cell = |row: &[Value], parts: &[usize]| {
        let parts = parts.iter().filter_map(|&at| row.get(at)).map(Value::plain).filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(" · ")
    };
    let mut table = Table::new();
    table.load_preset(presets::UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.set_width(u16::try_from(width.max(NARROWEST)).unwrap_or(u16::MAX));
    table.set_header(all.iter().map(|(head, _)| *head));
    for row in &answer.rows {
        table.add_row(all.iter().map(|(_, parts)| cell(row, parts)));
    }
    for (place, (_, parts)) in all.iter().enumerate() {
        let Some(column) = table.column_mut(place) else { continue };
        // Ids, days and counts are not broken over lines.
        let whole = |row: &Vec<Value>| cell(row, parts).len() <= UNBROKEN;
        if answer.rows.iter().all(whole) {
            column.set_constraint(ColumnConstraint::ContentWidth);
        }
        let is_number = |at: &usize| {
            let number =
                |row: &Vec<Value>| matches!(row.get(*at), Some(Value::Integer(_) | Value::Real(_) | Value::Null));
            answer.rows.iter().all(number)
        };
        if parts.iter().all(is_number) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    writeln!(out, "{table}")?;
    Ok(())
}
