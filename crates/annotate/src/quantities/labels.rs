//! Numbers that name or order something: a flight, a chapter, a note, a unit of troops.

use super::Reader;
use crate::times::line::Word;
use document::Upos;

impl Reader<'_> {
    /// Whether the number names or orders something rather than counting it.
    pub(super) fn labels(&self, at: usize, end: usize) -> bool {
        let form = self.form(at);
        let digit = form.starts_with(|first: char| first.is_ascii_digit());
        let before = self.line.before(at, 1);
        if !digit {
            // "Chapter two", "Unit Two"
            let numbered = matches!(before, "page" | "chapter" | "article" | "section" | "phase" | "grade" | "number");
            return end == at + 1
                && !self.plural(end)
                && (numbered || at > 1 && self.line.capital(at) && self.line.capital(at - 1) && self.is_name(at - 1));
        }
        // "[1]" points at a note.
        if before == "[" && self.form(end) == "]" {
            return true;
        }
        // "Task Force (TF) 50"
        if before == ")" && self.line.before(at, 3) == "(" && self.is_letters(at - 2) && !self.plural(end) {
            return true;
        }
        // "F-16", "G-7", "9/11", "10:30", "1-0".
        if self.touches(at) && matches!(before, "-" | "/" | ":" | "." | "'") && at > 1 {
            return true;
        }
        if self.touches(end) && matches!(self.form(end), "/" | ":") {
            return true;
        }
        if matches!(
            before,
            "no."
                | "number"
                | "no"
                | "page"
                | "chapter"
                | "article"
                | "section"
                | "resolution"
                | "flight"
                | "route"
                | "highway"
                | "room"
                | "phase"
                | "grade"
                | "aged"
        ) {
            return before != "aged";
        }
        // A capitalised word before it makes it part of a name ("Boeing 787"), unless that word opens the sentence.
        // Some names have their capital later ("iPhone 4").
        let proper = at > 0 && self.is_name(at - 1);
        let name =
            at > 0 && (proper || at > 1 && self.line.capital(at - 1)) && matches!(self.line.word(at - 1), Word::Other);
        let counted = end > at + 1 || form.contains(',');
        if name && !counted {
            return match self.syntax.tags.upos.get(self.first + at - 1) {
                Some(upos) => *upos == Upos::Propn && !(self.line.len() > end && self.plural(end)),
                None => true,
            };
        }
        false
    }

    fn is_name(&self, at: usize) -> bool {
        self.syntax.tags.upos.get(self.first + at) == Some(&Upos::Propn)
    }

    /// Whether a word is an abbreviation in capitals.
    fn is_letters(&self, at: usize) -> bool {
        let Some(span) = self.syntax.tokens.spans.get(self.first + at) else { return false };
        let form = span.of(&self.syntax.report.text);
        form.len() > 1 && form.bytes().all(|byte| byte.is_ascii_uppercase())
    }
}
