//! Pages as text, wrapped to a width.

use super::{Block, Page, Piece};
use crate::output::layout::{DENIED, FAINT, OPEN, PLAIN, Paragraph, STRONG, clean, styled};
use anstyle::Style;

/// Columns before the fields of a rule, and of their labels.
const INDENT: usize = 2;
const LABEL: usize = 12;

/// A page as text, `width` columns wide.
#[must_use]
pub fn text(page: &Page, width: usize) -> String {
    let mut out = String::new();
    Paragraph::default().push(STRONG, &page.title).write(&mut out, "", PLAIN, width);
    let mut before: Option<&Block> = None;
    for block in &page.blocks {
        // Examples stand close to each other.
        if !matches!((before, block), (Some(Block::Example { .. }), Block::Example { .. })) {
            out.push('\n');
        }
        write_block(block, width, &mut out);
        before = Some(block);
    }
    out
}

fn write_block(block: &Block, width: usize, out: &mut String) {
    match block {
        Block::Heading { text, .. } => Paragraph::default().push(STRONG, text).write(out, "", PLAIN, width),
        Block::Paragraph(pieces) => paragraph(pieces).write(out, "", PLAIN, width),
        Block::List(entries) => entries.iter().for_each(|entry| paragraph(entry).write(out, "- ", PLAIN, width)),
        Block::Fields(fields) => {
            for (label, pieces) in fields {
                paragraph(pieces).write(out, &format!("{:INDENT$}{label:<LABEL$}", ""), FAINT, width);
            }
        }
        Block::Table { head, rows } => table(head, rows, width, out),
        Block::Example { kind, text, note } => {
            let style = match *kind {
                "no" => DENIED,
                "gap" => OPEN,
                _ => PLAIN,
            };
            let label = format!("{:INDENT$}{kind:<LABEL$}", "");
            Paragraph::default().push(PLAIN, text).write(out, &label, style, width);
            if !note.is_empty() {
                Paragraph::default().push(FAINT, note).write(out, &" ".repeat(INDENT + LABEL), PLAIN, width);
            }
        }
    }
}

fn paragraph(pieces: &[Piece]) -> Paragraph {
    let mut paragraph = Paragraph::default();
    for piece in pieces {
        paragraph.push(PLAIN, words(piece));
    }
    paragraph
}

fn words(piece: &Piece) -> &str {
    match piece {
        Piece::Text(text) | Piece::Code(text) | Piece::Link { text, .. } => text,
    }
}

/// A table whose cells are wrapped: what does not fit into the width is taken from the widest columns.
fn table(head: &[&str], rows: &[Vec<Vec<Piece>>], width: usize, out: &mut String) {
    let cell = |pieces: &Vec<Piece>| clean(&pieces.iter().map(words).collect::<String>());
    let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(cell).collect()).collect();
    let columns = |text: &str| text.chars().count();
    let mut widths: Vec<usize> = head.iter().map(|title| columns(title)).collect();
    // A column is as wide as its longest word at least.
    let mut least = widths.clone();
    for row in &rows {
        for ((width, least), text) in widths.iter_mut().zip(&mut least).zip(row) {
            *width = (*width).max(columns(text));
            *least = text.split(' ').map(columns).fold(*least, usize::max);
        }
    }
    let available = width.saturating_sub(2 * widths.len().saturating_sub(1));
    while widths.iter().sum::<usize>() > available {
        let wider = widths.iter_mut().zip(&least).filter(|(width, least)| **width > **least);
        let Some((widest, _)) = wider.max_by_key(|(width, _)| **width) else { break };
        *widest -= 1;
    }
    let mut line = |style: Style, cells: &[String]| {
        let cells: Vec<Vec<String>> = cells.iter().zip(&widths).map(|(cell, width)| wrapped(cell, *width)).collect();
        for number in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut row = String::new();
            for (cell, width) in cells.iter().zip(&widths) {
                let part = cell.get(number).map_or("", String::as_str);
                row.push_str(part);
                row.push_str(&" ".repeat((width + 2).saturating_sub(columns(part))));
            }
            out.push_str(&styled(style, row.trim_end()));
            out.push('\n');
        }
    };
    let head: Vec<String> = head.iter().map(|title| (*title).to_owned()).collect();
    line(FAINT, &head);
    rows.iter().for_each(|row| line(PLAIN, row));
}

/// The lines of a text of at most this width; a longer word has a line of its own.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ').filter(|word| !word.is_empty()) {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
