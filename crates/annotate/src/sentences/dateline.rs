//! Datelines: "GOMA, Democratic Republic of Congo (Lakes Press Agency) —" stands apart from the sentence behind it, as
//! what the parser would otherwise take for its subject.

use document::{Sentences, TextSpan, TokenSpan};

/// Datelines have no more tokens than this.
const LONGEST: usize = 24;

/// Cuts the datelines off the first sentences of paragraphs.
pub(super) fn cut(text: &str, spans: &[TextSpan], sentences: Sentences) -> Sentences {
    let mut cut = Sentences::default();
    let mut paragraph_before = None;
    for (span, paragraph) in sentences.spans.into_iter().zip(sentences.paragraphs) {
        let mut rest = span;
        if paragraph_before != Some(paragraph)
            && let Some(end) = dateline(text, spans, span)
        {
            cut.spans.push(TokenSpan::new(span.start.index(), end));
            cut.paragraphs.push(paragraph);
            rest = TokenSpan::new(end, span.end.index());
        }
        cut.spans.push(rest);
        cut.paragraphs.push(paragraph);
        paragraph_before = Some(paragraph);
    }
    cut
}

/// The token behind a dateline: a town in capitals, perhaps its country and the agency in brackets, and a dash.
fn dateline(text: &str, spans: &[TextSpan], sentence: TokenSpan) -> Option<usize> {
    let word = |token: usize| spans[token].of(text);
    // "LA PAZ": the town is all words in capitals that open the line.
    let shouted = |token: &usize| !word(*token).chars().any(|letter| letter.is_lowercase() || letter == ',');
    let town = sentence.range().take(LONGEST).take_while(shouted).map(word);
    let capitals = town.flat_map(str::chars).filter(|letter| letter.is_uppercase()).count();
    if capitals < 3 || !word(sentence.start.index()).starts_with(char::is_uppercase) {
        return None;
    }
    let mut bracket = false;
    for token in sentence.range().take(LONGEST) {
        let form = word(token);
        let apart = token > 0 && spans[token - 1].end < spans[token].start;
        match form {
            "—" | "–" | "--" => return (!bracket && token + 1 < sentence.end.index()).then_some(token + 1),
            "-" if apart && !bracket => return (token + 1 < sentence.end.index()).then_some(token + 1),
            "(" => bracket = true,
            ")" => bracket = false,
            "," | "/" | "." | "of" | "the" | "and" | "-" | "'s" | "’s" => {}
            _ if form.starts_with(|letter: char| letter.is_uppercase() || letter.is_ascii_digit()) => {}
            _ => return None,
        }
    }
    None
}
