//! Hand-made documents for tests: a [`Syntax`] from a compact notation, so that a stage is tested on a parse that a
//! person wrote, not on the output of the stage before. Behind the feature `testing`; never part of the program.

use crate::{Parse, Relation, Report, Syntax, TextSpan, TokenId, TokenSpan, Upos, Xpos};

/// Builds a [`Syntax`] from one line a token: `form lemma UPOS XPOS head relation`, blank-separated. Heads are counted
/// from 1 within the sentence, 0 for the root. An empty line ends a sentence, a line `#` a paragraph. Blanks of the
/// text follow the usual setting of punctuation; a form written with a leading `_` is joined to the token before it.
///
/// # Panics
/// On lines that do not have six columns, unknown labels, and heads outside the sentence.
#[must_use]
pub fn syntax(notation: &str) -> Syntax {
    let mut builder = Builder::default();
    for line in notation.lines().map(str::trim) {
        match line {
            "" => builder.end_sentence(false),
            "#" => builder.end_sentence(true),
            _ => builder.token(line),
        }
    }
    builder.end_sentence(false);
    builder.finish()
}

#[derive(Default)]
struct Builder {
    text: String,
    syntax: Syntax,
    heads: Vec<TokenId>,
    relations: Vec<Relation>,
    sentence_start: usize,
    paragraph: u32,
    /// Whether the next token follows the last without a blank (after an opening bracket or quotation mark).
    opened: bool,
}

impl Builder {
    fn token(&mut self, line: &str) {
        let columns: Vec<&str> = line.split_whitespace().collect();
        let &[form, lemma, upos, xpos, head, relation] = columns.as_slice() else {
            panic!("six columns wanted: {line}");
        };
        let xpos = label(Xpos::from_label(xpos), line);
        let (joined, form) = match form.strip_prefix('_') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, form),
        };
        let closes = matches!(xpos, Xpos::Stop | Xpos::Comma | Xpos::Colon | Xpos::CloseQuote | Xpos::Rrb | Xpos::Pos)
            || form == "n't";
        if !(self.text.is_empty() || self.opened || joined || closes || self.text.ends_with('\n')) {
            self.text.push(' ');
        }
        self.opened = matches!(xpos, Xpos::OpenQuote | Xpos::Lrb | Xpos::Dollar);
        let start = self.text.len();
        self.text.push_str(form);
        let index = self.heads.len();
        self.syntax.tokens.spans.push(TextSpan::new(start, self.text.len()));
        self.syntax.tokens.joined.push(form == "n't");
        self.syntax.tags.upos.push(label(Upos::from_label(upos), line));
        self.syntax.tags.xpos.push(xpos);
        self.syntax.tags.features.push(0);
        self.syntax.tags.lemmas.push(lemma);
        self.relations.push(label(Relation::from_label(relation), line));
        let head: usize = label(head.parse().ok(), line);
        let head = if head == 0 { index } else { self.sentence_start + head - 1 };
        self.heads.push(TokenId(u32::try_from(head).unwrap_or(u32::MAX)));
    }

    fn end_sentence(&mut self, paragraph_too: bool) {
        let count = self.heads.len();
        if count > self.sentence_start {
            self.syntax.sentences.spans.push(TokenSpan::new(self.sentence_start, count));
            self.syntax.sentences.paragraphs.push(self.paragraph);
            self.sentence_start = count;
        }
        if paragraph_too {
            self.paragraph += 1;
            self.text.push_str("\n\n");
            self.opened = false;
        }
    }

    fn finish(mut self) -> Syntax {
        self.syntax.tags.feature_sets = std::sync::Arc::from([Box::from("_")]);
        self.syntax.parse = Parse::new(self.heads, self.relations);
        self.syntax.report = Report::from_text("test", self.text);
        self.syntax
    }
}

#[track_caller]
fn label<T>(label: Option<T>, line: &str) -> T {
    label.unwrap_or_else(|| panic!("unknown label or number: {line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notation_gives_text_sentences_and_trees() {
        let syntax = syntax(
            "“ “ PUNCT `` 2 punct
             Rebels rebel NOUN NNS 3 nsubj
             left leave VERB VBD 0 root
             . . PUNCT . 3 punct
             ” ” PUNCT '' 3 punct

             It it PRON PRP 2 nsubj
             rained rain VERB VBD 0 root
             #
             Nobody nobody PRON NN 2 nsubj
             came come VERB VBD 0 root",
        );
        assert_eq!(syntax.report.text, "“Rebels left.” It rained\n\nNobody came");
        assert_eq!(syntax.sentences.paragraphs, [0, 0, 1]);
        assert_eq!(syntax.token(TokenId(5)).head().map(|head| head.form()), Some("rained"));
    }
}
