//! A frozen version of what the ledger holds: a tabular data package (Frictionless Data, version 1) in a folder.
//!
//! The tables as CSV, what was read (`coverage.csv`), what changed since the last release (`changes.csv`), how to cite it,
//! and `datapackage.json` with schemas, sizes and SHA-256 of each file. No clock stands in it: the same ledger gives the
//! same bytes.

use super::changes::Events;
use super::columns::{Column, Kind, What};
use super::{Format, csv, write};
use anyhow::Context;
use jiff::civil::Date;
use ledger::Ledger;
use ledger::exports::Persons;
use ledger::questions::{Answer, Filter, Policy, Value as Cell};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::{self, File};
use std::path::Path;

/// What a release says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Description {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) licence: String,
    pub(crate) contributors: Vec<String>,
    /// The last day on which something was available.
    pub(crate) day: Date,
}

/// Columns of what was read.
const COVERAGE: &[(&str, Kind, &str)] = &[
    ("outlet", Kind::Text, "Who published; empty where the reports do not say"),
    ("reports", Kind::Integer, "Reports read"),
    ("stories", Kind::Integer, "Independent stories among them"),
    ("first", Kind::Day, "First day of which something was read"),
    ("last", Kind::Day, "Last day"),
    ("days read", Kind::Integer, "Days of which something was read"),
    ("days without", Kind::Integer, "Days between first and last of which nothing was read; silence is not peace"),
    ("coded", Kind::Integer, "Reports in which claims were looked for"),
    ("languages", Kind::Text, "BCP 47 tags of their languages, set off by commas"),
];

/// Columns of what changed.
const CHANGES: &[(&str, Kind, &str)] = &[
    ("event", Kind::Text, "The event"),
    ("change", Kind::Text, "added, gone or changed, since the last release"),
    ("columns", Kind::Text, "Columns of events.csv that differ, set off by blanks"),
];

/// Writes a release into an empty folder; `last` is the folder of the release before. Gives how many events changed.
pub(crate) fn release(
    folder: &Path,
    ledger: &Ledger,
    description: &Description,
    persons: Persons,
    last: Option<&Path>,
) -> anyhow::Result<usize> {
    let all = Filter::default();
    let mut resources = Vec::new();
    for what in What::RELEASED {
        let file = format!("{}.csv", what.name());
        let mut out = Vec::new();
        write(&mut out, ledger, what, Format::Csv, &all, persons, Policy::default())?;
        save(folder, &file, &out)?;
        let columns: Vec<Field> = what.columns().iter().map(Field::of).collect();
        resources.push(resource(what.name(), &file, &out, schema(what.name(), &columns)));
    }
    let coverage = ledger.coverage(&all)?;
    let columns = COVERAGE.iter().map(Field::from).collect::<Vec<_>>();
    let out = plain(&columns, &coverage.rows.iter().map(|row| cells(row)).collect::<Vec<_>>())?;
    save(folder, "coverage.csv", &out)?;
    resources.push(resource("coverage", "coverage.csv", &out, schema("coverage", &columns)));
    let mut changed = 0;
    if let Some(last) = last {
        let changes = read(last)?.changes(&read(folder)?);
        changed = changes.len();
        let columns = CHANGES.iter().map(Field::from).collect::<Vec<_>>();
        let rows: Vec<Vec<String>> =
            changes.into_iter().map(|one| vec![one.event, one.change.to_owned(), one.columns]).collect();
        let out = plain(&columns, &rows)?;
        save(folder, "changes.csv", &out)?;
        resources.push(resource("changes", "changes.csv", &out, schema("changes", &columns)));
    }
    save(folder, "CITATION.txt", citation(description).as_bytes())?;
    // Last, so that a folder with a description is complete.
    let package = package(description, &coverage, persons, last, resources)?;
    save(folder, "datapackage.json", &package)?;
    Ok(changed)
}

fn save(folder: &Path, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
    let path = folder.join(name);
    fs::write(&path, bytes)
        .with_context(|| format!("{} cannot be written; check the folder and the disk", path.display()))
}

fn read(folder: &Path) -> anyhow::Result<Events> {
    let path = folder.join("events.csv");
    let hint = || format!("{} is not the table of a release; name the folder of one with --since", path.display());
    Events::read(File::open(&path).with_context(hint)?).with_context(hint)
}

/// A field of a table's schema.
struct Field {
    name: &'static str,
    kind: Kind,
    meaning: &'static str,
}

impl Field {
    fn of(column: &Column) -> Self {
        Self { name: column.name, kind: column.kind, meaning: column.meaning }
    }

    fn described(&self) -> Value {
        let kind = match self.kind {
            Kind::Text => "string",
            Kind::Integer => "integer",
            Kind::Number => "number",
            Kind::Day => "date",
            Kind::Flag => "boolean",
        };
        json!({ "name": self.name, "type": kind, "description": self.meaning })
    }
}

impl From<&(&'static str, Kind, &'static str)> for Field {
    fn from(&(name, kind, meaning): &(&'static str, Kind, &'static str)) -> Self {
        Self { name, kind, meaning }
    }
}

fn schema(table: &str, fields: &[Field]) -> Value {
    let fields: Vec<Value> = fields.iter().map(Field::described).collect();
    let to = |field: &str, table: &str| json!({ "fields": field, "reference": { "resource": table, "fields": field } });
    let mut schema = json!({ "fields": fields, "missingValues": [""] });
    match table {
        "reports" => schema["primaryKey"] = json!("report"),
        "claims" => {
            schema["primaryKey"] = json!("claim");
            schema["foreignKeys"] = json!([to("event", "events"), to("report", "reports")]);
        }
        "events" => {
            schema["primaryKey"] = json!("event");
            schema["foreignKeys"] = json!([to("claim", "claims"), to("report", "reports")]);
        }
        "tolls" => schema["foreignKeys"] = json!([to("event", "events"), to("claim", "claims")]),
        _ => {}
    }
    schema
}

fn resource(name: &str, file: &str, bytes: &[u8], schema: Value) -> Value {
    json!({
        "name": name,
        "path": file,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": bytes.len(),
        "hash": hash(bytes),
        "schema": schema,
    })
}

fn hash(bytes: &[u8]) -> String {
    let digits: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{digits}")
}

fn plain(fields: &[Field], rows: &[Vec<String>]) -> anyhow::Result<Vec<u8>> {
    let mut out = Vec::new();
    let columns: Vec<Column> = fields
        .iter()
        .map(|field| Column { name: field.name, kind: field.kind, tag: "", meaning: field.meaning })
        .collect();
    let mut table = csv::Table::begin(&mut out, &columns, false)?;
    for row in rows {
        table.row(&row.iter().map(Into::into).collect::<Vec<_>>())?;
    }
    table.end()?;
    Ok(out)
}

fn cells(row: &[Cell]) -> Vec<String> {
    let cell = |cell: &Cell| match cell {
        Cell::Null => String::new(),
        Cell::Integer(number) => number.to_string(),
        Cell::Real(number) => number.to_string(),
        Cell::Text(text) => text.clone(),
    };
    row.iter().map(cell).collect()
}

fn authors(description: &Description) -> String {
    match description.contributors.as_slice() {
        [] => "Anonymous".to_owned(),
        some => some.join("; "),
    }
}

fn citation(description: &Description) -> String {
    let Description { title, version, day, licence, .. } = description;
    format!(
        "{} ({}): {title}. Version {version}, as of {day}. Licence: {licence}.\n\
         Made with Chancery {} (an evidence ledger of reports of war and peace).\n",
        authors(description),
        day.year(),
        env!("CARGO_PKG_VERSION"),
    )
}

fn package(
    description: &Description,
    coverage: &Answer,
    persons: Persons,
    last: Option<&Path>,
    resources: Vec<Value>,
) -> anyhow::Result<Vec<u8>> {
    let Description { title, version, licence, contributors, day } = description;
    let contributors: Vec<Value> = contributors.iter().map(|name| json!({ "title": name, "role": "author" })).collect();
    let sources: Vec<Value> = coverage
        .rows
        .iter()
        .map(|row| {
            let text = |column| coverage.get(row, column).as_text().unwrap_or_default().to_owned();
            let outlet = Some(text("outlet")).filter(|outlet| !outlet.is_empty());
            let reports = match coverage.get(row, "reports") {
                Cell::Integer(number) => *number,
                _ => 0,
            };
            json!({
                "title": outlet.unwrap_or_else(|| "outlet not stated".to_owned()),
                "reports": reports,
                "first": text("first"),
                "last": text("last"),
            })
        })
        .collect();
    let first = sources.iter().filter_map(|source| source["first"].as_str()).min().unwrap_or_default().to_owned();
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": "chancery-release",
        "title": title,
        "version": version,
        "description": DESCRIPTION,
        "licenses": [{ "name": licence }],
        "contributors": contributors,
        "sources": sources,
        "coverage": { "from": first, "to": day.to_string() },
        "persons": if persons == Persons::Withheld { "withheld" } else { "named" },
        "program": format!("chancery {}", env!("CARGO_PKG_VERSION")),
        "citation": citation(description).trim_end(),
        "resources": resources,
    });
    if let Some(last) = last {
        // Which release came before is known by its bytes; the name of its folder is nobody's business.
        let before = fs::read(last.join("datapackage.json"))
            .with_context(|| format!("{} has no datapackage.json; name the folder of a release", last.display()))?;
        package["since"] = json!(hash(&before));
    }
    let mut bytes = serde_json::to_vec_pretty(&package)?;
    bytes.push(b'\n');
    Ok(bytes)
}

const DESCRIPTION: &str = "Who did what to whom, when, where, how many, whether it happened, and according to whom, as \
    reports tell it; categories of PLOVER. Each row of events and claims carries the sentence on which it rests, with \
    offsets (Unicode code points) into the report's text, which is known by its SHA-256. The sentences remain under the \
    rights of those who published them. Coordinates: GeoNames, CC BY 4.0.";
