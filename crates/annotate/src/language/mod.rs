//! The trained models of the language layer in one value, [`Language`], and the order in which they read a report.
//!
//! A language is loaded from bytes and never changes. What each model does stands in its own module: [`crate::tags`],
//! [`crate::lemmas`], [`crate::parse`], [`crate::names`].

pub(crate) mod bytes;
pub(crate) mod table;
mod words;

use crate::lemmas::Lemmatizer;
use crate::names::Namer;
use crate::network::{File, Network};
use crate::parse::mends;
use crate::tags::Morphology;
use crate::{sentences, tokens};
use bytes::{Reader, Writer, checksum};
use document::{Parse, Report, Sentences, Syntax, Tags, TokenId, Tokens, Upos, Xpos};
use table::Table;
pub use words::{Casing, Word, lower_form, mix, plain_form, sentence_casing};
pub(crate) use words::{class, normal, small_form};

/// The first bytes of a model file; the last is the version of the format.
const MAGIC: &[u8; 8] = b"chlang\0\x04";

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
    /// The file of the network, which also holds the tables of features and lemmas.
    network_file: Vec<u8>,
    network: Network,
    morphology: Morphology,
    lemmatizer: Lemmatizer,
    /// Classes of words by distribution.
    pub clusters: Clusters,
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
        let length = reader.length(1)?;
        let mut language = Self::of_network(reader.raw(length)?)?;
        language.clusters = Clusters(Table::read(&mut reader, usize::MAX)?);
        language.namer = Namer::read(&mut reader)?;
        if !language.namer.fits(language.network.width()) {
            return Err(LanguageError::Malformed("names for another network"));
        }
        if reader.is_empty() { Ok(language) } else { Err(LanguageError::Malformed("more than a model")) }
    }

    /// A language of the network alone, which knows no names yet. No bytes give the empty language.
    ///
    /// # Errors
    /// If the bytes are not a whole file of a network (`training/README.md`).
    pub fn of_network(bytes: &[u8]) -> Result<Self, LanguageError> {
        if bytes.is_empty() {
            return Ok(Self::default());
        }
        let file = File::read(bytes)?;
        let network = Network::load(&file)?;
        Ok(Self {
            morphology: Morphology::load(&file, network.labels.len())?,
            lemmatizer: Lemmatizer::load(&file)?,
            network_file: bytes.to_vec(),
            network,
            ..Self::default()
        })
    }

    /// The file of the network, as [`Language::of_network`] reads it.
    #[must_use]
    pub fn network_file(&self) -> &[u8] {
        &self.network_file
    }

    /// The model as a file that [`Language::load`] reads.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::default();
        writer.length(self.network_file.len());
        writer.raw(&self.network_file);
        self.clusters.0.write(&mut writer);
        self.namer.write(&mut writer);
        let body = writer.into_bytes();
        [MAGIC.as_slice(), &checksum(&body).to_le_bytes(), &body].concat()
    }

    /// The states of the network for each word of a report, row by row, and the length of a row: for training.
    #[must_use]
    pub fn states(&self, syntax: &Syntax) -> (Vec<i16>, usize) {
        let mut all = Vec::with_capacity(syntax.tokens.len() * self.network.width());
        self.network.read(
            |token| syntax.tokens.spans[token].of(&syntax.report.text),
            &syntax.sentences.spans,
            |states| all.extend_from_slice(states),
        );
        (all, self.network.width())
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
    let mut names = Vec::new();
    let reading = language.network.read(
        |token| tokens.spans[token].of(&report.text),
        &sentences.spans,
        |states| language.namer.weigh(states, &mut names),
    );
    let tags = Tags { names, ..describe(&report.text, &tokens, &reading.labels, language) };
    let parse = Parse::new(reading.heads.into_iter().map(TokenId).collect(), reading.relations);
    let mut syntax = Syntax { report, tokens, sentences, tags, parse };
    mends::mend(&mut syntax);
    syntax
}

/// Features and lemmas from forms and labels.
fn describe(text: &str, tokens: &Tokens, labels: &[u16], language: &Language) -> Tags {
    let Language { network, morphology, lemmatizer, .. } = language;
    let mut tags = Tags { feature_sets: morphology.sets.clone(), ..Tags::default() };
    tags.features.reserve(labels.len());
    let (mut plain, mut lower, mut key, mut lemma) = (String::new(), String::new(), String::new(), String::new());
    let knows = |word: &str| network.knows(word);
    for (span, &number) in tokens.spans.iter().zip(labels) {
        let label = network.labels.get(usize::from(number)).copied().unwrap_or((Upos::X, Xpos::Xx));
        let form = span.of(text);
        small_form(form, &mut lower);
        tags.features.push(morphology.find(&lower, number, &mut key));
        plain_form(form, &mut plain);
        lower_form(&plain, &mut lower);
        lemmatizer.lemma(&plain, &lower, label, knows, &mut key, &mut lemma);
        tags.upos.push(label.0);
        tags.xpos.push(label.1);
        tags.lemmas.push(&lemma);
    }
    tags
}

#[cfg(test)]
mod tests;
