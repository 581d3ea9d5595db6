//! Apache Parquet: one column a column, all optional, compressed by gzip, which every reader knows.

use super::columns::{Cell, Column, Kind};
use anyhow::Context;
use jiff::civil::Date;
use parquet::basic::{Compression, GzipLevel, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// Rows of a group: they are held in memory.
const GROUP: usize = 50_000;

/// Collects a table; the file is complete at its end.
pub(crate) struct Table {
    kinds: Vec<Kind>,
    /// The cells of the group under way, by column.
    columns: Vec<Vec<Cell>>,
    rows: usize,
    writer: SerializedFileWriter<Vec<u8>>,
}

impl Table {
    pub(crate) fn begin(name: &str, columns: &[Column]) -> anyhow::Result<Self> {
        let fields = columns.iter().map(field).collect::<anyhow::Result<Vec<TypePtr>>>()?;
        let schema = Type::group_type_builder(name).with_fields(fields).build()?;
        // Neither clock nor version of a library stands in the file.
        let properties = WriterProperties::builder()
            .set_created_by("chancery".to_owned())
            .set_compression(Compression::GZIP(GzipLevel::default()))
            .build();
        Ok(Self {
            kinds: columns.iter().map(|column| column.kind).collect(),
            columns: vec![Vec::new(); columns.len()],
            rows: 0,
            writer: SerializedFileWriter::new(Vec::new(), Arc::new(schema), Arc::new(properties))?,
        })
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        for (column, cell) in self.columns.iter_mut().zip(cells) {
            column.push(cell.clone());
        }
        self.rows += 1;
        if self.rows == GROUP { self.group() } else { Ok(()) }
    }

    /// The bytes of the file.
    pub(crate) fn end(mut self) -> anyhow::Result<Vec<u8>> {
        if self.rows > 0 {
            self.group()?;
        }
        Ok(self.writer.into_inner()?)
    }

    fn group(&mut self) -> anyhow::Result<()> {
        let mut group = self.writer.next_row_group()?;
        for (kind, cells) in self.kinds.iter().zip(&mut self.columns) {
            let cells = std::mem::take(cells);
            let mut column = group.next_column()?.context("the columns do not fit the table")?;
            write(column.untyped(), *kind, &cells)?;
            column.close()?;
        }
        group.close()?;
        self.rows = 0;
        Ok(())
    }
}

fn field(column: &Column) -> anyhow::Result<TypePtr> {
    let (physical, logical) = match column.kind {
        Kind::Text => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        Kind::Integer => (Physical::INT64, None),
        Kind::Number => (Physical::DOUBLE, None),
        Kind::Day => (Physical::INT32, Some(LogicalType::Date)),
        Kind::Flag => (Physical::BOOLEAN, None),
    };
    let field = Type::primitive_type_builder(column.name, physical)
        .with_repetition(Repetition::OPTIONAL)
        .with_logical_type(logical)
        .build()?;
    Ok(Arc::new(field))
}

fn write(column: &mut ColumnWriter<'_>, kind: Kind, cells: &[Cell]) -> anyhow::Result<()> {
    match column {
        ColumnWriter::ByteArrayColumnWriter(writer) => {
            let (values, levels) = known(cells, |cell| match cell {
                Cell::Text(text) => Some(ByteArray::from(text.as_str())),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int64ColumnWriter(writer) => {
            let (values, levels) = known(cells, |cell| match cell {
                Cell::Integer(number) => Some(*number),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::Int32ColumnWriter(writer) => {
            let (values, levels) = known(cells, |cell| match cell {
                Cell::Text(day) => days(day),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::DoubleColumnWriter(writer) => {
            let (values, levels) = known(cells, |cell| match cell {
                Cell::Number(number) => Some(*number),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        ColumnWriter::BoolColumnWriter(writer) => {
            let (values, levels) = known(cells, |cell| match cell {
                Cell::Flag(flag) => Some(*flag),
                _ => None,
            });
            writer.write_batch(&values, Some(&levels), None)?;
        }
        _ => anyhow::bail!("there is no column for {kind:?}"),
    }
    Ok(())
}

/// The values that are there, and for each cell whether it has one.
fn known<T>(cells: &[Cell], value: impl Fn(&Cell) -> Option<T>) -> (Vec<T>, Vec<i16>) {
    let all: Vec<Option<T>> = cells.iter().map(value).collect();
    let levels = all.iter().map(|value| i16::from(value.is_some())).collect();
    (all.into_iter().flatten().collect(), levels)
}

/// Days since 1970.
fn days(day: &str) -> Option<i32> {
    let day: Date = day.parse().ok()?;
    Some((day - Date::constant(1970, 1, 1)).get_days())
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};

    #[test]
    fn rows_come_back() -> anyhow::Result<()> {
        let kinds = [Kind::Text, Kind::Integer, Kind::Number, Kind::Day, Kind::Flag];
        let names = ["text", "integer", "number", "day", "flag"];
        let columns: Vec<Column> =
            names.into_iter().zip(kinds).map(|(name, kind)| Column { name, kind, tag: "#x", meaning: "-" }).collect();
        let mut table = Table::begin("test", &columns)?;
        let day = Cell::from("2024-02-29");
        table.row(&["ü, \"x\"".into(), 7i64.into(), 2.5.into(), day, true.into()])?;
        table.row(&vec![Cell::Empty; 5])?;
        let bytes = table.end()?;
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes))?;
        let rows: Vec<String> =
            reader.get_row_iter(None)?.map(|row| row.map(|row| row.to_string())).collect::<Result<_, _>>()?;
        assert_eq!(
            rows,
            [
                r#"{text: "ü, "x"", integer: 7, number: 2.5, day: 2024-02-29, flag: true}"#,
                "{text: null, integer: null, number: null, day: null, flag: null}"
            ]
        );
        Ok(())
    }
}
