//! Quotations: the stretches between quotation marks, over sentences and paragraphs. The main type is [`Quotation`].
//! Who says them is the business of `clauses` and `speeches`.

use document::{Syntax, TokenId, TokenSpan};

/// A quotation, marks included. It ends where its mark closes, or with its paragraph.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Quotation {
    pub(super) span: TokenSpan,
    /// Whether it opens a paragraph while the quotation of the paragraph before was never closed.
    pub(super) continues: bool,
    /// Whether its closing mark is there.
    pub(super) closed: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    Open,
    Close,
    /// A straight mark, whose direction hangs on where it stands.
    Straight,
}

fn mark(form: &str) -> Option<Mark> {
    match form {
        "“" | "``" | "„" | "«" | "‟" => Some(Mark::Open),
        "”" | "»" => Some(Mark::Close),
        "\"" | "''" | "＂" => Some(Mark::Straight),
        _ => None,
    }
}

/// Whether the token is a double quotation mark of any kind.
pub(super) fn is_mark(form: &str) -> bool {
    mark(form).is_some()
}

/// All quotations in order; they do not overlap.
pub(super) fn find(syntax: &Syntax) -> Vec<Quotation> {
    let mut quotations: Vec<Quotation> = Vec::new();
    let sentences = &syntax.sentences;
    let mut sentence = 0;
    while sentence < sentences.spans.len() {
        let paragraph = sentences.paragraphs[sentence];
        let first = sentence;
        while sentence < sentences.spans.len() && sentences.paragraphs[sentence] == paragraph {
            sentence += 1;
        }
        let span = sentences.spans[first].cover(sentences.spans[sentence - 1]);
        let left_open = quotations.last().is_some_and(|last| !last.closed && last.span.end == span.start);
        find_in_paragraph(syntax, span, left_open, &mut quotations);
    }
    quotations
}

fn find_in_paragraph(syntax: &Syntax, paragraph: TokenSpan, left_open: bool, quotations: &mut Vec<Quotation>) {
    let mut open: Option<TokenId> = None;
    for token in paragraph.iter() {
        let Some(mark) = mark(syntax.token(token).form()) else { continue };
        let opens = match (mark, open) {
            (Mark::Open, _) => true,
            (Mark::Close, _) => false,
            (Mark::Straight, Some(_)) => false,
            // A straight mark that hangs on the word before and not on the word after closes what nobody opened.
            (Mark::Straight, None) => token == paragraph.start || !hangs_left(syntax, token, paragraph),
        };
        match (opens, open) {
            // A second opening mark inside a quotation is a nested one, or the first was never closed; the outer stays.
            (true, None) => open = Some(token),
            (false, Some(start)) => {
                let span = TokenSpan { start, end: TokenId(token.0 + 1) };
                let continues = left_open && start == paragraph.start;
                quotations.push(Quotation { span, continues, closed: true });
                open = None;
            }
            _ => {}
        }
    }
    if let Some(start) = open {
        let span = TokenSpan { start, end: paragraph.end };
        let continues = left_open && start == paragraph.start;
        quotations.push(Quotation { span, continues, closed: false });
    }
}

fn hangs_left(syntax: &Syntax, token: TokenId, paragraph: TokenSpan) -> bool {
    let span = |index: u32| syntax.tokens.spans[index as usize];
    let blank_before = token > paragraph.start && span(token.0 - 1).end < span(token.0).start;
    let blank_after = token.0 + 1 >= paragraph.end.0 || span(token.0).end < span(token.0 + 1).start;
    blank_after && !blank_before
}
