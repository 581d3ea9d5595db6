//! The front door to coding: [`Engine`] loads models and codebook once and runs the stages in order.
//!
//! An engine is shared freely between threads; reading a report changes nothing in it. [`conversion`] makes the public
//! record of what is read, [`examples`] runs the examples of a codebook. Files, the network and the clock are the callers'.

pub mod conversion;
mod digest;
pub mod examples;

use annotate::Language;
use annotate::places::Gazetteer;
use coder::{Codebook, Coding, Examples};
use digest::digest;
use document::{Document, Report, Syntax};

/// The files of the built-in codebook: path relative to its folder, with `/`, and contents.
const CODEBOOK: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/codebook_files.rs"));

/// The language model that is part of the program.
const LANGUAGE: &[u8] = include_bytes!("../../../models/english.bin");

/// The gazetteer that is part of the program.
const GAZETTEER: &[u8] = include_bytes!("../../../models/gazetteer.bin");

/// SHA-256 over both, in hexadecimal; reckoned when the program is built, as it would take a tenth of the start-up.
const MODELS: &str = env!("MODELS_SHA256");

/// The same over the files of the built-in codebook.
const CODEBOOK_HASH: &str = env!("CODEBOOK_SHA256");

/// Why an [`Engine`] could not be loaded.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// The language model cannot be read.
    #[error(transparent)]
    Language(#[from] annotate::LanguageError),
    /// The gazetteer cannot be read.
    #[error(transparent)]
    Gazetteer(#[from] annotate::places::GazetteerError),
    /// A user's own gazetteer cannot be read.
    #[error(transparent)]
    Places(#[from] annotate::places::SupplementError),
    /// The codebook has faults; all of them are listed.
    #[error("the codebook cannot be used:\n{}", list(.0))]
    Codebook(Vec<coder::Fault>),
}

fn list(faults: &[coder::Fault]) -> String {
    faults.iter().map(|fault| format!("  {fault}")).collect::<Vec<_>>().join("\n")
}

/// Models and codebook, loaded once.
#[derive(Debug)]
pub struct Engine {
    language: Language,
    gazetteer: Gazetteer,
    codebook: Codebook,
    /// Claims of a lower confidence are held back.
    min_confidence: f64,
    run: record::Run,
}

/// A report as it was read.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The report with all annotations.
    pub document: Document,
    /// Its claims, and why they are as they are.
    pub coding: Coding,
}

impl Engine {
    /// Loads the models and the codebook that are part of the program.
    ///
    /// # Errors
    /// If the codebook has faults.
    pub fn built_in() -> Result<Self, EngineError> {
        Self::load(&built_in_codebook(), Examples::Skip, CODEBOOK_HASH.to_owned())
    }

    /// Loads the models that are part of the program, and a codebook from its files: pairs of path (relative to the
    /// codebook's folder, with `/`) and contents.
    ///
    /// # Errors
    /// If the codebook has faults, be they in its examples.
    pub fn with_codebook(files: &[(String, String)]) -> Result<Self, EngineError> {
        let mut sorted: Vec<(&[u8], &[u8])> =
            files.iter().map(|(path, contents)| (path.as_bytes(), contents.as_bytes())).collect();
        sorted.sort_unstable();
        Self::load(files, Examples::Read, conversion::hexadecimal(&digest(&sorted)))
    }

    fn load(files: &[(String, String)], examples: Examples, hash: String) -> Result<Self, EngineError> {
        // The models load beside the codebook, as the user waits for both.
        let (language, gazetteer, codebook) = std::thread::scope(|scope| {
            let models = scope.spawn(|| (Language::load(LANGUAGE), Gazetteer::load(GAZETTEER)));
            let codebook = Codebook::load(files, examples);
            let (language, gazetteer) = models.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            (language, gazetteer, codebook)
        });
        let (language, gazetteer) = (language?, gazetteer?);
        let codebook = codebook.map_err(EngineError::Codebook)?;
        let run =
            record::Run { program: env!("CARGO_PKG_VERSION").to_owned(), models: MODELS.to_owned(), codebook: hash };
        let min_confidence = codebook.confidence.min_confidence;
        Ok(Self { language, gazetteer, codebook, min_confidence, run })
    }

    /// The same, holding back the claims of a lower confidence than this instead of the codebook's own bound; 0 holds back
    /// none. The record's hash of the codebook speaks of both.
    #[must_use]
    pub fn with_min_confidence(self, min_confidence: f64) -> Self {
        if min_confidence == self.min_confidence {
            return self;
        }
        let told = format!("min-confidence {min_confidence}");
        let codebook = conversion::hexadecimal(&digest(&[(self.run.codebook.as_bytes(), told.as_bytes())]));
        Self { min_confidence, run: record::Run { codebook, ..self.run }, ..self }
    }

    /// The same with places of the user's own beside those of the gazetteer; the record's hash of the models speaks of
    /// both. The text is in the format of `annotate::places`' supplement.
    ///
    /// # Errors
    /// If the text is no such table.
    pub fn with_places(self, supplement: &str) -> Result<Self, EngineError> {
        let gazetteer = self.gazetteer.with_supplement(supplement)?;
        let models = conversion::hexadecimal(&digest(&[(MODELS.as_bytes(), supplement.as_bytes())]));
        Ok(Self { gazetteer, run: record::Run { models, ..self.run }, ..self })
    }

    /// The codebook.
    #[must_use]
    pub fn codebook(&self) -> &Codebook {
        &self.codebook
    }

    /// The language model.
    #[must_use]
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The gazetteer.
    #[must_use]
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    /// The program, models and codebook, as they stand in every record.
    #[must_use]
    pub fn run(&self) -> &record::Run {
        &self.run
    }

    /// Annotates a report: the language layer alone. A report in another language than English is kept as it is, with a
    /// note and without annotations, so that nothing is claimed of it.
    #[must_use]
    pub fn parse(&self, mut report: Report) -> Document {
        if let Some(language) = report.language.as_deref().filter(|language| !is_read(language)) {
            report.notes.push(format!("not coded: its language is {language}, and only English is read"));
            let syntax = Syntax { report, ..Syntax::default() };
            return Document { syntax, ..Document::default() };
        }
        let syntax = annotate::syntax(report, &self.language);
        let names = annotate::names::find(&syntax, &self.language, &self.gazetteer);
        let times = annotate::times::find(&syntax);
        let quantities = annotate::quantities::find(&syntax, &times);
        let places = annotate::places::find(&syntax, &names, &times, &self.gazetteer);
        let chains = annotate::coreference::find(&syntax, &names);
        let statements = annotate::statements::find(&syntax, &names, &chains);
        Document { syntax, names, chains, times, places, quantities, statements }
    }

    /// Annotates a report and finds its claims; what is more likely wrong than a reader would bear is held back.
    #[must_use]
    pub fn read(&self, report: Report) -> Reading {
        let Reading { document, coding } = self.read_all(report);
        let coding = coding.hold_back(&document, &self.codebook, self.min_confidence);
        Reading { document, coding }
    }

    /// The same with nothing held back.
    #[must_use]
    pub fn read_all(&self, report: Report) -> Reading {
        let document = self.parse(report);
        let coding = coder::code(&document, &self.codebook);
        Reading { document, coding }
    }

    /// The public record of a reading; with the stored text if `with_text` is set.
    #[must_use]
    pub fn record(&self, reading: &Reading, with_text: bool) -> record::Record {
        let Reading { document, coding } = reading;
        let identities = conversion::Identities {
            names: &coding.name_actors,
            chains: &coding.chain_actors,
            speakers: &coding.speaker_actors,
        };
        conversion::record(self.run.clone(), document, &coding.claims, identities, with_text)
    }
}

/// Whether texts in a language are read, by its tag: English of whatever country, and what is said to be unknown.
#[must_use]
pub fn is_read(language: &str) -> bool {
    let primary = language.trim().split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
    matches!(primary.as_str(), "" | "en" | "eng" | "english" | "und" | "mul")
}

/// The files of the built-in codebook: pairs of path (relative to its folder, with `/`) and contents.
#[must_use]
pub fn built_in_codebook() -> Vec<(String, String)> {
    CODEBOOK.iter().map(|&(path, contents)| (path.to_owned(), contents.to_owned())).collect()
}
