//! Tables with named columns: CSV as RFC 4180 has it, with commas, semicolons, tabs or bars, one row a report.
//!
//! The first row names the columns, by the names that `keys` knows; `rows` takes the bytes apart.

use super::inputs::{Options, Reports};
use super::keys::Field;
use super::parts::{Language, Parts};
use super::plain_text::is_blank;
use super::rows::{Row, Rows};
use super::{At, Reason, Received, charset};
use std::io::{BufRead, Cursor};

/// What may stand between cells.
const SEPARATORS: [u8; 4] = *b",\t;|";

/// The separator that occurs most often in a line outside quotation marks; the other where there is none.
pub(super) fn separator(line: &str, otherwise: u8) -> u8 {
    let mut counts = [0; SEPARATORS.len()];
    let mut quoted = false;
    for byte in line.bytes() {
        quoted ^= byte == b'"';
        if !quoted && let Some(at) = SEPARATORS.iter().position(|&separator| separator == byte) {
            counts[at] += 1;
        }
    }
    let most = (0..SEPARATORS.len()).rev().max_by_key(|&at| counts[at]).filter(|&at| counts[at] > 0);
    most.map_or(otherwise, |at| SEPARATORS[at])
}

/// The cells of one line.
pub(super) fn cells(line: &str, separator: u8) -> Vec<String> {
    let mut rows = Rows::new(Box::new(Cursor::new(line.as_bytes().to_vec())), separator);
    match rows.next(line.len() as u64 + 1) {
        Ok(Row::Read(cells)) => cells.iter().map(|cell| String::from_utf8_lossy(cell).trim().to_owned()).collect(),
        _ => Vec::new(),
    }
}

/// A table as a stream of reports.
pub struct Table {
    rows: Rows,
    columns: Option<Columns>,
    ended: bool,
}

/// Which column holds which field, in the order of [`Field::ALL`].
struct Columns {
    number: usize,
    fields: [Option<usize>; Field::ALL.len()],
    /// What the sender should hear of them, told with the first report.
    remark: Option<String>,
}

impl Columns {
    fn of(names: &[String]) -> Result<Self, Reason> {
        let fields = Field::ALL.map(|field| field.among(names.iter()));
        if Field::Text.among(names.iter()).is_none() {
            return Err(Reason::NoTextColumn(names.to_vec()));
        }
        let (mut used, mut missing) = (Vec::new(), Vec::new());
        for (field, column) in Field::ALL.iter().zip(fields) {
            match column.and_then(|column| names.get(column)) {
                Some(name) if name == field.name() => used.push(name.clone()),
                Some(name) => used.push(format!("{name} as {}", field.name())),
                // Few tables have these two, and nobody misses them.
                None if matches!(field, Field::Id | Field::Language) => {}
                None => missing.push(field.name()),
            }
        }
        let remark = (!missing.is_empty())
            .then(|| format!("the table has no column for {}; columns used: {}", missing.join(", "), used.join(", ")));
        Ok(Self { number: names.len(), fields, remark })
    }
}

impl Table {
    /// Reads nothing yet. The first row names the columns.
    #[must_use]
    pub fn new(reader: Box<dyn BufRead>, separator: u8) -> Self {
        Self { rows: Rows::new(reader, separator), columns: None, ended: false }
    }

    fn end(&mut self, reason: Reason) -> Option<(Option<At>, Result<Received, Reason>)> {
        self.ended = true;
        Some((Some(At::Line(self.rows.began())), Err(reason)))
    }
}

impl Reports for Table {
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)> {
        while !self.ended {
            let cells = match self.rows.next(options.max_bytes) {
                Err(error) => return self.end(error.into()),
                Ok(Row::End) => return None,
                Ok(Row::Wrong(reason)) if self.columns.is_none() => return self.end(reason),
                Ok(Row::Wrong(reason)) => return Some((Some(At::Line(self.rows.began())), Err(reason))),
                Ok(Row::Read(cells)) if cells.iter().all(|cell| cell.iter().all(u8::is_ascii_whitespace)) => continue,
                Ok(Row::Read(cells)) => cells,
            };
            let Some(columns) = &mut self.columns else {
                let names: Vec<String> = cells.iter().map(|cell| name(cell)).collect();
                match Columns::of(&names) {
                    Ok(columns) => self.columns = Some(columns),
                    Err(reason) => return self.end(reason),
                }
                continue;
            };
            let line = self.rows.began();
            let result = read(columns, cells, &format!("{fallback}#{line}"), options);
            return Some((Some(At::Line(line)), result));
        }
        None
    }
}

fn name(cell: &[u8]) -> String {
    String::from_utf8_lossy(cell).trim_start_matches('\u{FEFF}').trim().to_owned()
}

fn read(columns: &mut Columns, cells: Vec<Vec<u8>>, id: &str, options: Options) -> Result<Received, Reason> {
    let full = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    if full > columns.number {
        return Err(Reason::MoreCells(full, columns.number));
    }
    let mut remarks = Vec::new();
    let mut texts = Vec::with_capacity(cells.len());
    for cell in cells {
        if cell.is_empty() {
            texts.push(String::new());
            continue;
        }
        let decoded = charset::decode(cell, None)?;
        texts.push(decoded.text);
        remarks.extend(decoded.remark);
    }
    let [text, title, published, outlet, url, id_cell, language] = columns.fields.map(|column| {
        column.and_then(|column| texts.get_mut(column)).map(std::mem::take).filter(|text| !is_blank(text))
    });
    remarks.sort();
    remarks.dedup();
    remarks.extend(columns.remark.take());
    let trimmed = |text: Option<String>| text.map(|text| text.trim().to_owned());
    let parts = Parts {
        id: trimmed(id_cell),
        title,
        body: text.unwrap_or_default(),
        published: trimmed(published),
        outlet: trimmed(outlet),
        url: trimmed(url),
        language: trimmed(language).map_or(Language::Open, Language::Told),
        remarks,
        ..Parts::default()
    };
    parts.receive(id, options.published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_known_by_their_names() {
        check("id,text\n1,Rebels left.\n", "1: - \"Rebels left.\" (no column for title, published, outlet, url)");
        check(
            "Date,Headline,Body,Source,Link\n18 July 2021,T,B,Post,https://a.example/1\n",
            "https://a.example/1: 2021-07-18 \"T\\n\\nB\"",
        );
        check(
            "title;text;date;outlet;url\n\"a; b\";\"x\ny\";2021-07-18;;\n;;;;\nc;;;;\n",
            "t#2: 2021-07-18 \"a; b\\n\\nx\\ny\"\nt#5: no text",
        );
        check("date,title\n2021-07-18,T\n", "no text column: date, title");
        check("url,title,text,date,outlet\n,,x,,,\n,,y,,,,z\n", "t#2: - \"x\"\nt#3: 7 cells under 5");
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let line = text.lines().next().unwrap_or_default();
        let mut table = Table::new(Box::new(Cursor::new(text.as_bytes().to_vec())), separator(line, b','));
        let mut found = Vec::new();
        while let Some((at, result)) = table.next("t", Options::default()) {
            found.push(match result {
                Ok(Received { report, remarks, .. }) => {
                    let date = report.published.map_or("-".to_owned(), |day| day.to_string());
                    let remark = remarks
                        .first()
                        .map(|remark| remark.replace("the table has ", "").replace("; columns used: text, id", ""));
                    format!(
                        "{}: {date} {:?}{}",
                        report.id,
                        report.text,
                        remark.map_or(String::new(), |remark| format!(" ({remark})"))
                    )
                }
                Err(Reason::NoTextColumn(columns)) => format!("no text column: {}", columns.join(", ")),
                Err(Reason::NoText) => format!(
                    "t#{}: no text",
                    match at {
                        Some(At::Line(line)) => line,
                        _ => 0,
                    }
                ),
                Err(Reason::MoreCells(cells, columns)) => format!(
                    "t#{}: {cells} cells under {columns}",
                    match at {
                        Some(At::Line(line)) => line,
                        _ => 0,
                    }
                ),
                Err(reason) => reason.to_string(),
            });
        }
        assert_eq!(found.join("\n"), expected);
    }
}
