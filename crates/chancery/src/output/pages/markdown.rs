//! The little Markdown that the texts of categories use: headings, paragraphs, lists, and words in backticks.

use super::{Block, Piece, heading};

/// The blocks of a text. Lines that follow each other are one paragraph, or go on with the entry of a list.
pub(super) fn blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    // What the next line may go on with: the words of a paragraph, or a list whose last entry is open.
    let mut paragraph = String::new();
    let mut entries: Vec<String> = Vec::new();
    for line in text.lines().map(str::trim).chain([""]) {
        let level = line.bytes().take_while(|byte| *byte == b'#').count();
        let title = line.get(level..).filter(|_| level > 0).and_then(|rest| rest.strip_prefix(' '));
        let entry = line.strip_prefix("- ");
        if !paragraph.is_empty() && (line.is_empty() || title.is_some() || entry.is_some()) {
            blocks.push(Block::Paragraph(pieces(&std::mem::take(&mut paragraph))));
        }
        if !entries.is_empty() && (line.is_empty() || title.is_some()) {
            blocks.push(Block::List(entries.drain(..).map(|entry| pieces(&entry)).collect()));
        }
        if let Some(title) = title {
            blocks.push(heading(u8::try_from(level).unwrap_or(6).min(6), title));
        } else if let Some(entry) = entry {
            entries.push(entry.to_owned());
        } else if !line.is_empty() {
            let open = entries.last_mut().unwrap_or(&mut paragraph);
            if !open.is_empty() {
                open.push(' ');
            }
            open.push_str(line);
        }
    }
    blocks
}

fn pieces(text: &str) -> Vec<Piece> {
    let parts = text.split('`').enumerate().filter(|(_, part)| !part.is_empty());
    parts.map(|(number, part)| if number % 2 == 1 { Piece::Code(part.to_owned()) } else { Piece::text(part) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_as_blocks() {
        let text = |text: &str| vec![Piece::text(text)];
        assert_eq!(
            blocks("# A\nOne.\nTwo `x`.\n\n- first\n  goes on\n- second\n## B\nend"),
            [
                heading(1, "A"),
                Block::Paragraph(vec![Piece::text("One. Two "), Piece::Code("x".into()), Piece::text(".")]),
                Block::List(vec![text("first goes on"), text("second")]),
                heading(2, "B"),
                Block::Paragraph(text("end")),
            ]
        );
    }
}
