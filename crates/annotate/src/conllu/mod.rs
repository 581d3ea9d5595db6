//! The language layer as CoNLL-U (universaldependencies.org/format), and CoNLL-U as the tree banks have it.
//!
//! [`write()`] prints a [`Syntax`]; [`read`] gives plain [`Sentence`]s, from which [`tokens`] makes columns.

use document::{Report, Sentences, Syntax, TextSpan, TokenId, TokenSpan, Tokens};
use std::fmt::Write;

/// A sentence as it stands in a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Sentence {
    /// The lines that begin with "#", without it and the white space around.
    pub comments: Vec<String>,
    /// The words, those of multiword tokens each for itself. Empty nodes are left out.
    pub words: Vec<Word>,
    /// The multiword tokens: the numbers of the first and the last word, counted from 0, and the form.
    pub ranges: Vec<(usize, usize, String)>,
}

/// One word line.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// Column FORM.
    pub form: String,
    /// Column LEMMA.
    pub lemma: String,
    /// Column UPOS.
    pub upos: String,
    /// Column XPOS.
    pub xpos: String,
    /// Column FEATS.
    pub features: String,
    /// Column HEAD: the number of the head's line, 0 for the root.
    pub head: usize,
    /// Column DEPREL.
    pub relation: String,
    /// Column MISC.
    pub misc: String,
}

/// Reads CoNLL-U leniently: columns that are missing are empty, lines that are none of the format's are passed over.
#[must_use]
pub fn read(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for line in text.lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            sentence.comments.push(comment.trim().to_owned());
        } else {
            word(line, &mut sentence);
        }
    }
    sentences
}

fn word(line: &str, sentence: &mut Sentence) {
    let mut columns = line.split('\t');
    let mut column = || columns.next().unwrap_or_default();
    let id = column();
    if let Some((first, last)) = id.split_once('-') {
        if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>())
            && 0 < first
            && first <= last
        {
            sentence.ranges.push((first - 1, last - 1, column().to_owned()));
        }
    } else if id.parse::<usize>().is_ok() {
        let mut text = || column().to_owned();
        let (form, lemma, upos, xpos, features) = (text(), text(), text(), text(), text());
        let head = text().parse().unwrap_or(0);
        let relation = text();
        let _ = text();
        let misc = text();
        sentence.words.push(Word { form, lemma, upos, xpos, features, head, relation, misc });
    }
}

/// A report made of the forms alone, one sentence a line, with its tokens and sentences.
#[must_use]
pub fn tokens(id: &str, sentences: &[Sentence]) -> (Report, Tokens, Sentences) {
    let mut text = String::new();
    let mut tokens = Tokens::default();
    let mut columns = Sentences::default();
    for sentence in sentences {
        let first = tokens.len();
        for (number, word) in sentence.words.iter().enumerate() {
            let joined = sentence.ranges.iter().any(|range| range.0 < number && number <= range.1);
            if number > 0 && !joined {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(&word.form);
            tokens.spans.push(TextSpan::new(start, text.len()));
            tokens.joined.push(joined);
        }
        text.push('\n');
        if tokens.len() > first {
            columns.spans.push(TokenSpan::new(first, tokens.len()));
            columns.paragraphs.push(0);
        }
    }
    (Report::from_text(id, text), tokens, columns)
}

/// Writes the language layer of a report.
#[must_use]
pub fn write(syntax: &Syntax) -> String {
    let mut output = String::with_capacity(syntax.tokens.len() * 40);
    let mut paragraph = None;
    for (number, sentence) in syntax.iter_sentences().enumerate() {
        if paragraph != Some(sentence.paragraph()) {
            paragraph = Some(sentence.paragraph());
            output.push_str("# newpar\n");
        }
        let id = if syntax.report.id.is_empty() { "report" } else { syntax.report.id.as_str() };
        let _ = writeln!(output, "# sent_id = {}-{}", one_line(id), number + 1);
        let _ = writeln!(output, "# text = {}", one_line(sentence.text()));
        let span = sentence.tokens();
        for token in span.iter() {
            multiword(syntax, span, token, &mut output);
            row(syntax, span, token, &mut output);
        }
        output.push('\n');
    }
    output
}

/// Words that are one word in the text, up to `end`.
fn joined_end(syntax: &Syntax, sentence: TokenSpan, token: TokenId) -> TokenId {
    let joined = &syntax.tokens.joined;
    let end = (token.index() + 1..sentence.end.index()).take_while(|&next| joined[next]).count();
    TokenId(token.0 + 1 + end as u32)
}

fn is_joined(syntax: &Syntax, sentence: TokenSpan, token: TokenId) -> bool {
    token > sentence.start && syntax.tokens.joined[token.index()]
}

fn multiword(syntax: &Syntax, sentence: TokenSpan, token: TokenId, output: &mut String) {
    let end = joined_end(syntax, sentence, token);
    if is_joined(syntax, sentence, token) || end.0 == token.0 + 1 {
        return;
    }
    let (first, last) = (token.0 - sentence.start.0 + 1, end.0 - sentence.start.0);
    let form = one_line(syntax.text(TokenSpan { start: token, end }));
    let misc = if is_glued(syntax, end) { "SpaceAfter=No" } else { "_" };
    let _ = writeln!(output, "{first}-{last}\t{form}\t_\t_\t_\t_\t_\t_\t_\t{misc}");
}

fn row(syntax: &Syntax, sentence: TokenSpan, id: TokenId, output: &mut String) {
    let token = syntax.token(id);
    let number = |id: TokenId| id.0 - sentence.start.0 + 1;
    let after = TokenId(id.0 + 1);
    let in_multiword = is_joined(syntax, sentence, id) || joined_end(syntax, sentence, id) > after;
    let misc = if !in_multiword && is_glued(syntax, after) { "SpaceAfter=No" } else { "_" };
    let lemma = if token.lemma().is_empty() { "_".into() } else { one_line(token.lemma()) };
    let _ = writeln!(
        output,
        "{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t_\t{}",
        number(id),
        one_line(token.form()),
        lemma,
        token.upos(),
        token.xpos(),
        token.features(),
        token.head().map_or(0, |head| number(head.id)),
        token.relation(),
        misc
    );
}

/// Whether a token follows the one before it without a space.
fn is_glued(syntax: &Syntax, token: TokenId) -> bool {
    let spans = &syntax.tokens.spans;
    spans.get(token.index()).is_some_and(|span| token.0 > 0 && spans[token.index() - 1].end == span.start)
}

/// A text on one line: white space of any kind, which would break the format, becomes a space, and what is nothing
/// but such characters the replacement character.
fn one_line(text: &str) -> std::borrow::Cow<'_, str> {
    let breaks = |character: char| character.is_whitespace() || character.is_control();
    if !text.contains(|character: char| character != ' ' && breaks(character)) {
        return text.into();
    }
    let parts: Vec<&str> = text.split(breaks).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { "\u{fffd}".into() } else { parts.join(" ").into() }
}
