//! The language layer's columns, each addressed by [`TokenId`] or [`SentenceId`].

use crate::{
    SentenceId, TextSpan, TokenId, TokenSpan,
    labels::{Relation, Upos, Xpos},
};

/// The tokens: words in the sense of Universal Dependencies, so that "don't" is two. Each is a span of the text;
/// spans are in order and do not overlap, and between them lies white space or text that is not prose.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tokens {
    /// Where each token stands.
    pub spans: Vec<TextSpan>,
    /// Whether the token is the continuation of a multiword token ("n't" in "don't").
    pub joined: Vec<bool>,
}

impl Tokens {
    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }
}

/// The sentences: consecutive token spans that cover all tokens, none empty.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Sentences {
    /// The tokens of each sentence.
    pub spans: Vec<TokenSpan>,
    /// The number of the paragraph that each sentence belongs to, counted from 0 and never falling.
    pub paragraphs: Vec<u32>,
}

/// Part of speech, morphology and lemma of each token.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tags {
    /// Universal part of speech.
    pub upos: Vec<Upos>,
    /// Penn Treebank tag, as extended by the English tree banks of Universal Dependencies.
    pub xpos: Vec<Xpos>,
    /// Universal features of each token, as a number into `feature_sets`.
    pub features: Vec<u16>,
    /// The feature sets in CoNLL-U notation ("Number=Sing|Person=3", "_" for none).
    pub feature_sets: std::sync::Arc<[Box<str>]>,
    /// Dictionary form of each token.
    pub lemmas: Strings,
    /// What the network's reading says for and against each label of names: a row of equal length for each token, in
    /// units of the finder's weights; nothing if no network read the text.
    pub names: Vec<i16>,
}

/// A column of short strings, packed into one allocation.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Strings {
    text: String,
    ends: Vec<u32>,
}

impl Strings {
    /// Appends a string.
    pub fn push(&mut self, string: &str) {
        self.text.push_str(string);
        #[expect(clippy::cast_possible_truncation, reason = "a lemma is about as long as its token")]
        self.ends.push(self.text.len() as u32);
    }

    /// The string at `index`.
    #[must_use]
    pub fn get(&self, index: usize) -> &str {
        let start = if index == 0 { 0 } else { self.ends[index - 1] as usize };
        &self.text[start..self.ends[index] as usize]
    }

    /// Number of strings.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

impl<'a> FromIterator<&'a str> for Strings {
    fn from_iter<I: IntoIterator<Item = &'a str>>(iter: I) -> Self {
        let mut strings = Self::default();
        for string in iter {
            strings.push(string);
        }
        strings
    }
}

/// A dependency tree over each sentence: one head and one relation for each token.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Parse {
    heads: Vec<TokenId>,
    relations: Vec<Relation>,
    child_starts: Vec<u32>,
    children: Vec<TokenId>,
    edges: Vec<TokenSpan>,
}

impl Parse {
    /// Builds the columns from heads and relations; a root is its own head.
    ///
    /// # Panics
    /// If the columns differ in length, or a head lies outside them. Cycles are the parser's to exclude.
    #[must_use]
    pub fn new(heads: Vec<TokenId>, relations: Vec<Relation>) -> Self {
        assert_eq!(heads.len(), relations.len(), "one relation for each head");
        let count = heads.len();
        let mut child_starts = vec![0u32; count + 1];
        for (token, head) in heads.iter().enumerate() {
            if head.index() != token {
                child_starts[head.index() + 1] += 1;
            }
        }
        for index in 0..count {
            child_starts[index + 1] += child_starts[index];
        }
        let mut next = child_starts.clone();
        let mut children = vec![TokenId(0); child_starts[count] as usize];
        for (token, head) in heads.iter().enumerate() {
            if head.index() != token {
                children[next[head.index()] as usize] = TokenId(token as u32);
                next[head.index()] += 1;
            }
        }
        // Edges of subtrees: walk up from each token; the depth of English trees keeps this near linear.
        let mut edges: Vec<TokenSpan> = (0..count).map(|token| TokenSpan::new(token, token + 1)).collect();
        for token in 0..count {
            let mut above = token;
            for _ in 0..count {
                let head = heads[above].index();
                if head == above {
                    break;
                }
                edges[head] = edges[head].cover(TokenSpan::new(token, token + 1));
                above = head;
            }
        }
        Self { heads, relations, child_starts, children, edges }
    }

    /// The head of a token; `None` for the root of its sentence.
    #[must_use]
    pub fn head(&self, token: TokenId) -> Option<TokenId> {
        let head = self.heads[token.index()];
        (head != token).then_some(head)
    }

    /// The relation of a token to its head, subtype included.
    #[must_use]
    pub fn relation(&self, token: TokenId) -> Relation {
        self.relations[token.index()]
    }

    /// The dependents of a token, in text order.
    #[must_use]
    pub fn children(&self, token: TokenId) -> &[TokenId] {
        &self.children[self.child_starts[token.index()] as usize..self.child_starts[token.index() + 1] as usize]
    }

    /// From the leftmost to the rightmost token of the subtree.
    #[must_use]
    pub fn subtree(&self, token: TokenId) -> TokenSpan {
        self.edges[token.index()]
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.heads.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }
}

/// The sentence that each token belongs to, found by bisection.
#[must_use]
pub(crate) fn sentence_of(sentences: &Sentences, token: TokenId) -> SentenceId {
    SentenceId(sentences.spans.partition_point(|span| span.end <= token) as u32)
}
