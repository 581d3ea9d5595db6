//! A report from its parts, for all readers whose inputs keep title and body apart.

use super::dates::read_written;
use super::plain_text::{is_blank, settle_date};
use super::{Position, Reason, Received, language};
use document::{Report, TextSpan};
use jiff::civil::Date;

/// What a reader has found of one report.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) id: Option<String>,
    pub(super) title: Option<String>,
    pub(super) body: String,
    /// The day of publication as it is written.
    pub(super) published: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Language,
    /// What belongs into the report's notes and need not be told.
    pub(super) notes: Vec<String>,
    /// What the sender should hear.
    pub(super) remarks: Vec<String>,
}

/// The language of a report as the input gives it.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) enum Language {
    /// Not at all.
    #[default]
    Open,
    /// By a program that fills in a template: what the text looks like goes before.
    Hinted(String),
    /// By the sender, who knows.
    Told(String),
}

impl Language {
    pub(super) fn hinted(language: Option<String>) -> Self {
        language.map_or(Self::Open, Self::Hinted)
    }
}

impl Parts {
    /// Makes the report. `fallback_id` serves where neither id nor URL is there; `published` goes before any date
    /// found. The stored text is title, blank line, body.
    ///
    /// # Errors
    /// If there is no text.
    pub(super) fn receive(self, fallback_id: &str, published: Option<Date>) -> Result<Received, Reason> {
        if is_blank(&self.body) {
            return Err(Reason::NoText);
        }
        let mut remarks = self.remarks;
        let written = self.published.map(|written| {
            let date = read_written(&written);
            (written, date)
        });
        let published = settle_date(published, written, &mut remarks);
        let title = self.title.as_deref().map(str::trim).filter(|title| !is_blank(title));
        let (text, title, body_start) = match title {
            Some(title) => {
                let text = format!("{title}\n\n{}", self.body);
                (text, Some(TextSpan::new(0, title.len())), title.len() + 2)
            }
            None => (self.body, None, 0),
        };
        let language = match self.language {
            Language::Told(language) => Some(language),
            Language::Hinted(language) => language::detect(&text).or(Some(language)),
            Language::Open => language::detect(&text),
        };
        let mut notes = self.notes;
        notes.extend(remarks.iter().cloned());
        let report = Report {
            id: self.id.or_else(|| self.url.clone()).unwrap_or_else(|| fallback_id.to_owned()),
            text,
            title,
            body_start: u32::try_from(body_start).unwrap_or(u32::MAX),
            published,
            outlet: self.outlet,
            url: self.url,
            language,
            notes,
        };
        Ok(Received { report, remarks, position: Position::default() })
    }
}
