//! Pages as HTML: self-contained, without scripts, readable in the dark and in print.

use super::{Block, Page, Piece};
use std::fmt::Write;

pub(in crate::output) const STYLE: &str = include_str!("style.css");

/// The name of a page's file.
#[must_use]
pub fn file_name(page: &str) -> String {
    format!("{page}.html")
}

/// A page as HTML; its links go to the other `pages`, by the names of their files.
#[must_use]
pub fn html(page: &Page, pages: &[Page]) -> String {
    let mut navigation = String::new();
    for other in pages {
        let title = if other.name == "index" { "Contents" } else { &other.title };
        let here = if other.name == page.name { " aria-current=\"page\"" } else { "" };
        let _ = writeln!(navigation, "<a href=\"{}\"{here}>{}</a>", escaped(&file_name(&other.name)), escaped(title));
    }
    let mut body = String::new();
    page.blocks.iter().for_each(|block| write_block(block, &mut body));
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<nav aria-label=\"Pages\">\n{navigation}</nav>\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
        title = escaped(&page.title),
    )
}

fn write_block(block: &Block, out: &mut String) {
    let _ = match block {
        Block::Heading { level, text, anchor } => {
            let id = anchor.as_ref().map(|anchor| format!(" id=\"{}\"", escaped(anchor))).unwrap_or_default();
            writeln!(out, "<h{level}{id}>{}</h{level}>", escaped(text))
        }
        Block::Paragraph(pieces) => writeln!(out, "<p>{}</p>", inline(pieces)),
        Block::List(entries) => {
            let entries: String = entries.iter().map(|entry| format!("<li>{}</li>\n", inline(entry))).collect();
            writeln!(out, "<ul>\n{entries}</ul>")
        }
        Block::Fields(fields) => {
            let fields: String = fields
                .iter()
                .map(|(label, pieces)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(label), inline(pieces)))
                .collect();
            writeln!(out, "<dl>\n{fields}</dl>")
        }
        Block::Table { head, rows } => {
            let head: String = head.iter().map(|cell| format!("<th scope=\"col\">{}</th>", escaped(cell))).collect();
            let row = |row: &Vec<Vec<Piece>>| {
                let cells: String = row.iter().map(|cell| format!("<td>{}</td>", inline(cell))).collect();
                format!("<tr>{cells}</tr>\n")
            };
            let rows: String = rows.iter().map(row).collect();
            writeln!(
                out,
                "<div class=\"table\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>"
            )
        }
        Block::Example { kind, text, note } => {
            let note = if note.is_empty() { String::new() } else { format!(" <small>{}</small>", escaped(note)) };
            writeln!(out, "<p class=\"example {kind}\"><b>{kind}</b> <q>{}</q>{note}</p>", escaped(text))
        }
    };
}

fn inline(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let _ = match piece {
            Piece::Text(text) => write!(out, "{}", escaped(text)),
            Piece::Code(text) => write!(out, "<code>{}</code>", escaped(text)),
            Piece::Link { page, anchor, text } => {
                let anchor = anchor.as_ref().map(|anchor| format!("#{anchor}")).unwrap_or_default();
                let address = format!("{}{anchor}", file_name(page));
                write!(out, "<a href=\"{}\">{}</a>", escaped(&address), escaped(text))
            }
        };
    }
    out
}

/// Text with nothing in it that HTML would read as its own.
pub(in crate::output) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for char in text.chars() {
        match char {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            _ => out.push(char),
        }
    }
    out
}
