//! The reading pages of a codebook: generated from its files, as text or as HTML.
//!
//! A [`Page`] is made of [`Block`]s that know nothing of either format; one file a kind of page, one a format.

mod category;
mod ceasefires;
mod contents;
mod contexts;
pub(super) mod html;
mod lists;
mod markdown;
mod text;

pub use ceasefires::NOT_CODED;
pub use html::{file_name, html};
pub use text::text;

use coder::Codebook;

/// One page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What it is called by: `assault`, `ceasefires`; `index` for the page of contents.
    pub name: String,
    /// Its title.
    pub title: String,
    blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Block {
    /// A heading, with a name to link to.
    Heading {
        level: u8,
        text: String,
        anchor: Option<String>,
    },
    Paragraph(Vec<Piece>),
    List(Vec<Vec<Piece>>),
    /// Labels and what stands beside them.
    Fields(Vec<(&'static str, Vec<Piece>)>),
    Table {
        head: Vec<&'static str>,
        rows: Vec<Vec<Vec<Piece>>>,
    },
    Example {
        kind: &'static str,
        text: String,
        note: String,
    },
}

/// A part of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Text(String),
    Code(String),
    /// To a page, or to an anchor on it.
    Link {
        page: String,
        anchor: Option<String>,
        text: String,
    },
}

impl Piece {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn link(page: &str, anchor: Option<&str>, text: &str) -> Self {
        Self::Link { page: page.to_owned(), anchor: anchor.map(str::to_owned), text: text.to_owned() }
    }

    fn rule(rule: &coder::Rule) -> Self {
        let (folder, name) = rule.id.split_once('/').unwrap_or(("", &rule.id));
        Self::link(folder, Some(name), &rule.id)
    }
}

fn heading(level: u8, text: impl Into<String>) -> Block {
    Block::Heading { level, text: text.into(), anchor: None }
}

/// Pieces with the same text between each two.
fn joined(pieces: impl IntoIterator<Item = Piece>, between: &str) -> Vec<Piece> {
    let mut all = Vec::new();
    for piece in pieces {
        if !all.is_empty() {
            all.push(Piece::text(between));
        }
        all.push(piece);
    }
    all
}

/// One thing and more of them: "1 rule", "2 rules".
fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

/// All pages of a codebook, the page of contents first.
#[must_use]
pub fn pages(codebook: &Codebook) -> Vec<Page> {
    let mut pages = vec![contents::page(codebook)];
    pages.extend(contents::names(codebook).iter().map(|name| category::page(codebook, name)));
    pages.push(ceasefires::page(codebook));
    pages.push(contexts::page(codebook));
    pages.push(lists::page(codebook));
    pages
}
