//! A report with all annotations, and light views on its tokens and sentences.

use crate::columns::sentence_of;
use crate::{
    Chain, Name, Parse, Place, Quantity, Relation, Report, SentenceId, Sentences, Statement, Tags, TextSpan, Time,
    TokenId, TokenSpan, Tokens, Upos, Xpos,
};

/// A [`Report`] with its grammar: what every finder of names, times, places, quantities and statements reads.
/// It is a type of its own so that those finders cannot be called before the parse is there.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Syntax {
    /// The report as received.
    pub report: Report,
    /// The tokens of its prose.
    pub tokens: Tokens,
    /// Its sentences.
    pub sentences: Sentences,
    /// Parts of speech, morphology, lemmas.
    pub tags: Tags,
    /// Dependency trees.
    pub parse: Parse,
}

/// A [`Report`] with everything that the language layer found in it. Built once, then read only.
/// It gives the views of its [`Syntax`] directly.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Document {
    /// The report with its grammar.
    pub syntax: Syntax,
    /// Proper names.
    pub names: Vec<Name>,
    /// Mentions that refer to the same thing.
    pub chains: Vec<Chain>,
    /// Time expressions.
    pub times: Vec<Time>,
    /// Mentions of places.
    pub places: Vec<Place>,
    /// Numbers with what they count.
    pub quantities: Vec<Quantity>,
    /// Who says what.
    pub statements: Vec<Statement>,
}

impl std::ops::Deref for Document {
    type Target = Syntax;

    fn deref(&self) -> &Syntax {
        &self.syntax
    }
}

impl Document {
    /// The name that a token is part of.
    #[must_use]
    pub fn name_at(&self, token: TokenId) -> Option<&Name> {
        holding(&self.names, |name| name.span, token)
    }

    /// The mention of a place that a token is part of.
    #[must_use]
    pub fn place_at(&self, token: TokenId) -> Option<&Place> {
        holding(&self.places, |place| place.span, token)
    }

    /// The time expression that a token is part of.
    #[must_use]
    pub fn time_at(&self, token: TokenId) -> Option<&Time> {
        holding(&self.times, |time| time.span, token)
    }
}

/// The one of a sorted list of mentions that holds a token, found by bisection.
fn holding<T>(mentions: &[T], span: impl Fn(&T) -> TokenSpan, token: TokenId) -> Option<&T> {
    let at = mentions.partition_point(|mention| span(mention).end <= token);
    mentions.get(at).filter(|mention| span(mention).holds(token))
}

impl Syntax {
    /// A view of one token.
    #[must_use]
    pub fn token(&self, id: TokenId) -> Token<'_> {
        Token { syntax: self, id }
    }

    /// All tokens in order.
    pub fn iter_tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.tokens.len()).map(|index| self.token(TokenId(index as u32)))
    }

    /// A view of one sentence.
    #[must_use]
    pub fn sentence(&self, id: SentenceId) -> Sentence<'_> {
        Sentence { syntax: self, id }
    }

    /// All sentences in order.
    pub fn iter_sentences(&self) -> impl DoubleEndedIterator<Item = Sentence<'_>> + ExactSizeIterator {
        (0..self.sentences.spans.len()).map(|index| self.sentence(SentenceId(index as u32)))
    }

    /// The sentence that a token stands in.
    #[must_use]
    pub fn sentence_of(&self, token: TokenId) -> Sentence<'_> {
        self.sentence(sentence_of(&self.sentences, token))
    }

    /// The bytes from the first to the last token of a span. An empty span gives an empty range.
    #[must_use]
    pub fn text_span(&self, span: TokenSpan) -> TextSpan {
        match span.range() {
            range if range.is_empty() => self
                .tokens
                .spans
                .get(range.start)
                .map_or(TextSpan::new(0, 0), |token| TextSpan { start: token.start, end: token.start }),
            range => {
                TextSpan { start: self.tokens.spans[range.start].start, end: self.tokens.spans[range.end - 1].end }
            }
        }
    }

    /// The exact words of a span.
    #[must_use]
    pub fn text(&self, span: TokenSpan) -> &str {
        self.text_span(span).of(&self.report.text)
    }
}

/// A view of one token of a [`Syntax`].
#[derive(Clone, Copy)]
pub struct Token<'a> {
    /// What it belongs to.
    pub syntax: &'a Syntax,
    /// Its number.
    pub id: TokenId,
}

impl<'a> Token<'a> {
    /// The token as written.
    #[must_use]
    pub fn form(self) -> &'a str {
        self.span().of(&self.syntax.report.text)
    }

    /// Where it stands.
    #[must_use]
    pub fn span(self) -> TextSpan {
        self.syntax.tokens.spans[self.id.index()]
    }

    /// Its dictionary form.
    #[must_use]
    pub fn lemma(self) -> &'a str {
        self.syntax.tags.lemmas.get(self.id.index())
    }

    /// Its universal part of speech.
    #[must_use]
    pub fn upos(self) -> Upos {
        self.syntax.tags.upos[self.id.index()]
    }

    /// Its Penn Treebank tag.
    #[must_use]
    pub fn xpos(self) -> Xpos {
        self.syntax.tags.xpos[self.id.index()]
    }

    /// Its universal features in CoNLL-U notation, "_" for none.
    #[must_use]
    pub fn features(self) -> &'a str {
        &self.syntax.tags.feature_sets[self.syntax.tags.features[self.id.index()] as usize]
    }

    /// Its head, or `None` for the root of the sentence.
    #[must_use]
    pub fn head(self) -> Option<Token<'a>> {
        self.syntax.parse.head(self.id).map(|id| self.syntax.token(id))
    }

    /// The relation to its head.
    #[must_use]
    pub fn relation(self) -> Relation {
        self.syntax.parse.relation(self.id)
    }

    /// Its dependents in text order.
    pub fn children(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        self.syntax.parse.children(self.id).iter().map(move |&id| self.syntax.token(id))
    }

    /// Its first dependent with this relation.
    #[must_use]
    pub fn child(self, relation: Relation) -> Option<Token<'a>> {
        self.children().find(|child| child.relation() == relation)
    }

    /// The tokens from the leftmost to the rightmost of its subtree.
    #[must_use]
    pub fn subtree(self) -> TokenSpan {
        self.syntax.parse.subtree(self.id)
    }

    /// The sentence it stands in.
    #[must_use]
    pub fn sentence(self) -> Sentence<'a> {
        self.syntax.sentence_of(self.id)
    }
}

/// A view of one sentence of a [`Syntax`].
#[derive(Clone, Copy)]
pub struct Sentence<'a> {
    /// What it belongs to.
    pub syntax: &'a Syntax,
    /// Its number.
    pub id: SentenceId,
}

impl<'a> Sentence<'a> {
    /// Its tokens.
    #[must_use]
    pub fn tokens(self) -> TokenSpan {
        self.syntax.sentences.spans[self.id.index()]
    }

    /// Views of its tokens, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Token<'a>> + ExactSizeIterator {
        self.tokens().range().map(move |index| self.syntax.token(TokenId(index as u32)))
    }

    /// The root of its tree.
    #[must_use]
    pub fn root(self) -> Option<Token<'a>> {
        self.iter().find(|token| token.head().is_none())
    }

    /// The paragraph it belongs to.
    #[must_use]
    pub fn paragraph(self) -> u32 {
        self.syntax.sentences.paragraphs[self.id.index()]
    }

    /// Its words.
    #[must_use]
    pub fn text(self) -> &'a str {
        self.syntax.text(self.tokens())
    }
}
