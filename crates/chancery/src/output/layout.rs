//! Paragraphs with a hanging indent, wrapped at blanks, in styles that carry no meaning of their own.

use anstyle::{AnsiColor, Style};
use std::ops::RangeInclusive;

/// The widths, in columns, at which text is laid out; a terminal outside them gets the nearest.
pub const WIDTHS: RangeInclusive<usize> = 60..=100;

pub(super) const PLAIN: Style = Style::new();
pub(super) const STRONG: Style = Style::new().bold();
pub(super) const FAINT: Style = Style::new().dimmed();
pub(super) const OPEN: Style = AnsiColor::Yellow.on_default();
pub(super) const DENIED: Style = AnsiColor::Red.on_default();

/// Words with their styles, to be wrapped.
#[derive(Default)]
pub(super) struct Paragraph {
    pieces: Vec<(Style, String)>,
}

impl Paragraph {
    /// Adds text; blanks in it are places to wrap.
    pub(super) fn push(&mut self, style: Style, text: impl AsRef<str>) -> &mut Self {
        self.pieces.push((style, clean(text.as_ref())));
        self
    }

    /// What stands between blanks; pieces without a blank between them are parts of one word.
    fn words(&self) -> Vec<Vec<(Style, &str)>> {
        let mut words: Vec<Vec<(Style, &str)>> = Vec::new();
        let mut begins = true;
        for (style, text) in &self.pieces {
            for (number, part) in text.split(' ').enumerate() {
                begins |= number > 0;
                if part.is_empty() {
                    continue;
                }
                match words.last_mut().filter(|_| !begins) {
                    Some(word) => word.push((*style, part)),
                    None => words.push(vec![(*style, part)]),
                }
                begins = false;
            }
        }
        words
    }

    /// Writes the paragraph: `first` before its first line, blanks of the same width before the others.
    pub(super) fn write(&self, out: &mut String, first: &str, first_style: Style, width: usize) {
        let indent = columns(first);
        out.push_str(&styled(first_style, first));
        let mut column = indent;
        for (number, word) in self.words().iter().enumerate() {
            let length: usize = word.iter().map(|(_, part)| columns(part)).sum();
            if number > 0 {
                if column + 1 + length > width {
                    out.push('\n');
                    out.push_str(&" ".repeat(indent));
                    column = indent;
                } else {
                    out.push(' ');
                    column += 1;
                }
            }
            word.iter().for_each(|(style, part)| out.push_str(&styled(*style, part)));
            column += length;
        }
        while out.ends_with(' ') {
            out.pop();
        }
        out.push('\n');
    }
}

pub(super) fn styled(style: Style, text: &str) -> String {
    if style == PLAIN || text.trim().is_empty() { text.to_owned() } else { format!("{style}{text}{style:#}") }
}

/// One line of text that is safe to print: white space becomes a blank; control characters, among them those that
/// steer terminals, and those that turn the direction of writing become U+FFFD.
pub(super) fn clean(text: &str) -> String {
    text.chars()
        .map(|char| match char {
            '\n' | '\r' | '\t' | '\u{0B}' | '\u{0C}' | '\u{2028}' | '\u{2029}' => ' ',
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
            _ if char.is_control() => char::REPLACEMENT_CHARACTER,
            _ => char,
        })
        .collect()
}

/// Columns that a text takes: one a character, none for marks that stand on or between others, two for the wide
/// characters of East Asia.
pub(super) fn columns(text: &str) -> usize {
    text.chars()
        .map(|char| match char {
            '\u{0300}'..='\u{036F}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' => 0,
            '\u{1100}'..='\u{115F}' | '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7A3}' | '\u{F900}'..='\u{FAFF}' => 2,
            '\u{FF00}'..='\u{FF60}' | '\u{1F300}'..='\u{1FAFF}' => 2,
            _ => 1,
        })
        .sum()
}

/// Text filled up with blanks to a number of columns, at least one.
pub(super) fn padded(text: &str, width: usize) -> String {
    let text = clean(text);
    let blanks = width.saturating_sub(columns(&text)).max(1);
    format!("{text}{}", " ".repeat(blanks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_wrap_under_the_hanging_indent() {
        let mut paragraph = Paragraph::default();
        paragraph.push(PLAIN, "one two").push(PLAIN, "three, ").push(PLAIN, "four\u{1b}[2J five");
        let mut out = String::new();
        paragraph.write(&mut out, "  x  ", PLAIN, 20);
        assert_eq!(out, "  x  one twothree,\n     four\u{FFFD}[2J five\n");
    }
}
