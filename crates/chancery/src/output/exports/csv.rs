//! Comma-separated values (RFC 4180): a line of names, then one line a row; with a line of hashtags between them it is
//! tagged in the Humanitarian Exchange Language.

use super::columns::{Cell, Column};
use std::io::Write;

/// Writes a table as its rows come.
pub(crate) struct Table<W: Write>(csv::Writer<W>);

impl<W: Write> Table<W> {
    /// Begins with the names, and the hashtags if the table is to be tagged.
    pub(crate) fn begin(out: W, columns: &[Column], tagged: bool) -> anyhow::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(|column| column.name))?;
        if tagged {
            writer.write_record(columns.iter().map(|column| column.tag))?;
        }
        Ok(Self(writer))
    }

    pub(crate) fn row(&mut self, cells: &[Cell]) -> anyhow::Result<()> {
        Ok(self.0.write_record(cells.iter().map(Cell::plain))?)
    }

    pub(crate) fn end(mut self) -> anyhow::Result<()> {
        Ok(self.0.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::super::columns::{Kind, one_line};
    use super::*;
    use proptest::prelude::*;

    const COLUMNS: &[Column] = &[
        Column { name: "place", kind: Kind::Text, tag: "#loc+name", meaning: "Where" },
        Column { name: "killed", kind: Kind::Number, tag: "#affected+killed", meaning: "How many" },
    ];

    fn written(tagged: bool, rows: &[[Cell; 2]]) -> String {
        let mut out = Vec::new();
        let mut table = Table::begin(&mut out, COLUMNS, tagged).unwrap_or_else(|error| unreachable!("{error}"));
        for row in rows {
            assert!(table.row(row).is_ok());
        }
        assert!(table.end().is_ok());
        String::from_utf8(out).unwrap_or_default()
    }

    #[test]
    fn what_would_break_a_cell_is_quoted() {
        for (text, cell) in [
            ("Goma", "Goma"),
            ("Goma, north", "\"Goma, north\""),
            ("the \"old\" town", "\"the \"\"old\"\" town\""),
            ("two\nlines\tand a tab", "two lines and a tab"),
            ("#not a tag", "#not a tag"),
            ("", ""),
        ] {
            let found = written(false, &[[text.into(), Cell::Number(12.0)]]);
            assert_eq!(found.lines().nth(1), Some(format!("{cell},12").as_str()), "{found}");
        }
    }

    #[test]
    fn hashtags_stand_in_the_second_row() {
        let found = written(true, &[["Goma".into(), Cell::Number(2.5)], ["Beni".into(), Cell::Empty]]);
        assert_eq!(found, "place,killed\n#loc+name,#affected+killed\nGoma,2.5\nBeni,\n");
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "\\PC{0,40}|[\"',;\n\r\t#]{0,10}") {
            let found = written(true, &[[text.as_str().into(), Cell::Flag(true)]]);
            let mut reader = csv::Reader::from_reader(found.as_bytes());
            let rows: Vec<csv::StringRecord> = reader.records().filter_map(Result::ok).collect();
            prop_assert_eq!(rows.len(), 2);
            let plain = one_line(&text);
            prop_assert_eq!(rows[1].get(0), Some(plain.as_str()));
        }
    }
}
