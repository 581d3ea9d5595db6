//! The trained models of the language layer in one value, [`Language`], and the order in which they read a report.
//!
//! A language is loaded from bytes and never changes. What each model does stands in its own module: [`crate::tags`],
//! [`crate::lemmas`], [`crate::parse`], [`crate::names`].

pub(crate) mod bytes;
pub(crate) mod table;
mod words;

use crate::lemmas::Lemmatizer;
use crate::names::Namer;
use crate::parse::{Input, Parser, State};
use crate::tags::{Morphology, Tagger};
use crate::{sentences, tokens};
use bytes::{Reader, Writer, checksum};
use document::{Parse, Relation, Report, Sentences, Syntax, Tags, TokenId, Tokens};
use table::Table;
pub use words::{Casing, Word, lower_form, mix, plain_form, sentence_casing};

/// The first bytes of a model file; the last is the version of the format.
const MAGIC: &[u8; 8] = b"chlang\0\x02";

/// Why bytes are not a model.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LanguageError {
    /// The bytes do not begin as a model file of this version does.
    #[error("loading the language model: not a model file of this version; make it anew with `cargo dev train`")]
    NotAModel,
    /// The bytes end too early.
    #[error("loading the language model: the file is cut short")]
    Truncated,
    /// The checksum does not fit the bytes.
    #[error("loading the language model: the file is damaged")]
    Damaged,
    /// The bytes are intact but say something impossible.
    #[error("loading the language model: it holds {0}")]
    Malformed(&'static str),
}

/// The trained models of one language.
#[derive(Clone, Debug, Default)]
pub struct Language {
    /// Classes of words by distribution.
    pub clusters: Clusters,
    /// Parts of speech.
    pub tagger: Tagger,
    /// Universal features.
    pub morphology: Morphology,
    /// Dictionary forms.
    pub lemmatizer: Lemmatizer,
    /// Dependency trees.
    pub parser: Parser,
    /// Names.
    pub namer: Namer,
}

/// Classes of words by distribution, induced from raw text.
#[derive(Clone, Debug, Default)]
pub struct Clusters(Table);

impl Clusters {
    /// Clusters from pairs of [`Word::lower`] and the fine and the coarse class, each counted from 1.
    #[must_use]
    pub fn new(pairs: Vec<(u32, [u16; 2])>) -> Self {
        let pack = |[fine, coarse]: [u16; 2]| u32::from(coarse) << 16 | u32::from(fine);
        Self(Table::from_pairs(pairs.into_iter().map(|(key, classes)| (key, pack(classes))).collect()))
    }

    /// The fine and the coarse class of a word, 0 if it is unknown.
    #[must_use]
    pub fn of(&self, word: &Word) -> [u16; 2] {
        self.0.get(word.lower).map_or([0; 2], |classes| [classes as u16, (classes >> 16) as u16])
    }
}

impl Language {
    /// Reads a model file.
    ///
    /// # Errors
    /// If the bytes are not a whole and undamaged model file of this version.
    pub fn load(bytes: &[u8]) -> Result<Self, LanguageError> {
        let rest = bytes.strip_prefix(MAGIC).ok_or(LanguageError::NotAModel)?;
        let (sum, body) = rest.split_at_checked(8).ok_or(LanguageError::Truncated)?;
        if sum != checksum(body).to_le_bytes() {
            return Err(LanguageError::Damaged);
        }
        let mut reader = Reader::new(body);
        let language = Self {
            clusters: Clusters(Table::read(&mut reader, usize::MAX)?),
            tagger: Tagger::read(&mut reader)?,
            morphology: Morphology::read(&mut reader)?,
            lemmatizer: Lemmatizer::read(&mut reader)?,
            parser: Parser::read(&mut reader)?,
            namer: Namer::read(&mut reader)?,
        };
        if reader.is_empty() { Ok(language) } else { Err(LanguageError::Malformed("more than a model")) }
    }

    /// The model as a file that [`Language::load`] reads.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        self.clusters.0.write(&mut writer);
        self.tagger.write(&mut writer);
        self.morphology.write(&mut writer);
        self.lemmatizer.write(&mut writer);
        self.parser.write(&mut writer);
        self.namer.write(&mut writer);
        let body = writer.into_bytes();
        [MAGIC.as_slice(), &checksum(&body).to_le_bytes(), &body].concat()
    }

    /// The words of tokens as the models see them.
    #[must_use]
    pub fn words(&self, text: &str, tokens: &Tokens) -> Vec<Word> {
        Word::all(text, &tokens.spans)
            .map(|mut word| {
                word.clusters = self.clusters.of(&word);
                word
            })
            .collect()
    }
}

/// Reads a report: tokens, sentences, tags, lemmas and trees.
#[must_use]
pub fn syntax(report: Report, language: &Language) -> Syntax {
    let tokens = tokens::split(&report);
    let sentences = sentences::split(&report, &tokens);
    syntax_of(report, tokens, sentences, language)
}

/// The same for tokens and sentences that are given: tags, lemmas and trees.
#[must_use]
pub fn syntax_of(report: Report, tokens: Tokens, sentences: Sentences, language: &Language) -> Syntax {
    let words = language.words(&report.text, &tokens);
    let mut labels = Vec::with_capacity(tokens.len());
    for sentence in &sentences.spans {
        language.tagger.tag(&words[sentence.range()], &mut labels);
    }
    let tags = describe(&report.text, &tokens, &labels, language);
    let parse = trees(&words, &sentences, &labels, language);
    Syntax { report, tokens, sentences, tags, parse }
}

/// Features and lemmas from forms and labels.
fn describe(text: &str, tokens: &Tokens, labels: &[u8], language: &Language) -> Tags {
    let Language { tagger, morphology, lemmatizer, .. } = language;
    let mut tags = Tags { feature_sets: morphology.sets.clone(), ..Tags::default() };
    tags.features.reserve(labels.len());
    let (mut plain, mut lower, mut lemma) = (String::new(), String::new(), String::new());
    for (span, &label) in tokens.spans.iter().zip(labels) {
        let label = tagger.labels[usize::from(label)];
        plain_form(span.of(text), &mut plain);
        lower_form(&plain, &mut lower);
        tags.upos.push(label.0);
        tags.xpos.push(label.1);
        tags.features.push(morphology.find(&lower, label));
        lemmatizer.lemma(&plain, &lower, label, &mut lemma);
        tags.lemmas.push(&lemma);
    }
    tags
}

fn trees(words: &[Word], sentences: &Sentences, labels: &[u8], language: &Language) -> Parse {
    let mut heads: Vec<TokenId> = Vec::with_capacity(words.len());
    let mut relations = Vec::with_capacity(words.len());
    let (mut input, mut state) = (Input::default(), State::default());
    for sentence in &sentences.spans {
        let range = sentence.range();
        let coarse = |label: u8| language.tagger.labels[usize::from(label)].0 as u8;
        input.fill(&words[range.clone()], &labels[range.clone()], coarse);
        language.parser.parse(&input, range.len(), &mut state);
        for (token, node) in state.nodes[..range.len()].iter().enumerate() {
            let is_root = node.relation == Relation::Root;
            let head = if is_root { token } else { node.head as usize };
            heads.push(TokenId((range.start + head) as u32));
            relations.push(node.relation);
        }
    }
    Parse::new(heads, relations)
}

#[cfg(test)]
mod tests;
