//! A report: one text as it was received, with what is known of it.

use crate::TextSpan;
use jiff::civil::Date;

/// One text as received. It is never changed; a corrected article is another report.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Report {
    /// Unique among the inputs of a run: the input's own id, its URL, or the file name.
    pub id: String,
    /// The stored text: the whole input for plain text; title, blank line, body where they come apart.
    pub text: String,
    /// Where the headline stands in `text`, if there is one.
    pub title: Option<TextSpan>,
    /// The byte of `text` at which the body begins; before it stand the title and any head of metadata.
    pub body_start: u32,
    /// The day of publication, as far as it is known. All relative dates are read from it.
    pub published: Option<Date>,
    /// Who published it. An outlet named in the text is not promoted to publisher.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// BCP 47 tag of its language, if known.
    pub language: Option<String>,
    /// Remarks of the reader on how the text was received ("date line runs into the first sentence").
    pub notes: Vec<String>,
}

impl Report {
    /// A report whose text is all body, with no metadata.
    #[must_use]
    pub fn from_text(id: impl Into<String>, text: impl Into<String>) -> Self {
        Self { id: id.into(), text: text.into(), ..Self::default() }
    }

    /// The parts of the text that are prose, in order: the title if there is one, and the body.
    /// What lies outside them (a head of metadata lines) is stored but not read.
    pub fn blocks(&self) -> impl Iterator<Item = TextSpan> + '_ {
        self.title
            .into_iter()
            .chain(std::iter::once(TextSpan { start: self.body_start, end: self.text.len() as u32 }))
            .filter(|block| !block.is_empty())
    }
}
