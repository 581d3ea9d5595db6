//! The page of word lists.

use super::{Block, Page, Piece, joined};
use coder::Codebook;

pub(super) fn page(codebook: &Codebook) -> Page {
    let mut blocks = vec![Block::Paragraph(vec![
        Piece::text("The lists that rules name as "),
        Piece::Code("@name".to_owned()),
        Piece::text(", and those that the program asks by name. An entry is a lemma or a phrase of lemmas."),
    ])];
    for (name, entries) in &codebook.guide().lists {
        blocks.push(Block::Heading { level: 2, text: name.clone(), anchor: Some(name.clone()) });
        blocks.push(Block::Paragraph(joined(entries.iter().map(Piece::text), ", ")));
    }
    Page { name: "words".to_owned(), title: "Word lists".to_owned(), blocks }
}
