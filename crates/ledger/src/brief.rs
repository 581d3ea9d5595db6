//! The situation report: what is new since a day, what is due, kept and broken, what is disputed, who met whom.
//!
//! Every line has its chain: the claims it rests on, each with who vouches for it, the outlet, the report, and the sentence.
//! A brief is reckoned from what had been available on its day; the clock plays no part in it.

mod lines;

use crate::dossiers::Entry;
use crate::error::{LedgerError, Result};
use crate::files::Ledger;
use crate::questions::Filter;
use jiff::ToSpan;
use jiff::civil::Date;

/// A situation report.
#[derive(Clone, PartialEq, Debug)]
pub struct Brief {
    /// The first day of which news is told.
    pub since: Date,
    /// The day of the brief.
    pub today: Date,
    /// What was read in that time.
    pub counts: Counts,
    /// The parts, in order; a part without lines is left out.
    pub sections: Vec<Section>,
}

/// What was read from one day to another.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Counts {
    /// Reports.
    pub reports: i64,
    /// Outlets that published them.
    pub outlets: i64,
    /// Independent stories among them.
    pub stories: i64,
    /// Speakers, and stories in their own voice, who vouch for what they tell.
    pub origins: i64,
    /// Events of which they tell.
    pub events: i64,
}

/// A part of a brief.
#[derive(Clone, PartialEq, Debug)]
pub struct Section {
    /// Its heading.
    pub heading: &'static str,
    /// What the reader should know to read it rightly.
    pub note: Option<&'static str>,
    /// Its lines.
    pub lines: Vec<Line>,
    /// Lines left out because they are too many; each event has fewer stories than those shown.
    pub more: usize,
}

/// One line with its chain.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// The event, if it is about one.
    pub event: Option<String>,
    /// Where it stands: the weightiest claims, one a story.
    pub sources: Vec<Source>,
}

/// A link of the chain.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// The claim.
    pub claim: String,
    /// The report.
    pub report: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub available: String,
    /// Who vouches for it; none in the outlet's own voice.
    pub speaker: Option<String>,
    /// The sentence; empty where the text is not in the ledger.
    pub words: String,
}

/// Lines of a part, at most.
const MOST: usize = 60;

/// Days of a brief, unless told otherwise.
const SPAN: i32 = 7;

impl Ledger {
    /// The situation report. `since` is a week before `today` unless told otherwise, and `today` the last day on which
    /// something was available; the ledger must have been opened as of that day if it is not the last.
    ///
    /// # Errors
    /// If the ledger is empty, the days are in the wrong order, the filter asks for what cannot be, or the store fails.
    pub fn brief(&self, since: Option<Date>, today: Option<Date>, filter: &Filter) -> Result<Brief> {
        let today = match today {
            Some(today) => today,
            None => self.today()?,
        };
        let since = since.unwrap_or_else(|| today.saturating_sub(SPAN.days()));
        if since > today {
            return Err(LedgerError::Refused(format!("nothing is new since {since}: the brief is of {today}")));
        }
        let sections = lines::sections(self, since, today, filter)?;
        Ok(Brief { since, today, counts: self.counts(since, today)?, sections })
    }

    fn counts(&self, since: Date, today: Date) -> Result<Counts> {
        self.with(|connection| {
            connection.query_row(
                "SELECT count(*), count(DISTINCT outlet), count(DISTINCT story),
                    (SELECT count(DISTINCT CASE WHEN speaker IS NULL THEN story ELSE origin END) FROM claims
                        WHERE available BETWEEN ?1 AND ?2),
                    (SELECT count(DISTINCT event_number) FROM claims WHERE available BETWEEN ?1 AND ?2)
                 FROM reports WHERE available BETWEEN ?1 AND ?2",
                [since.to_string(), today.to_string()],
                |row| {
                    Ok(Counts {
                        reports: row.get(0)?,
                        outlets: row.get(1)?,
                        stories: row.get(2)?,
                        origins: row.get(3)?,
                        events: row.get(4)?,
                    })
                },
            )
        })
    }

    /// The chain of some claims: the first of each story, at most `most`.
    pub(crate) fn sources(&self, entries: &[&Entry], most: usize) -> Result<Vec<Source>> {
        let mut stories: Vec<&str> = Vec::new();
        let mut sources = Vec::new();
        for entry in entries {
            if stories.contains(&entry.story.as_str()) || sources.len() == most {
                continue;
            }
            stories.push(&entry.story);
            sources.push(Source {
                claim: entry.claim.clone(),
                report: entry.report.clone(),
                outlet: entry.outlet.clone(),
                available: entry.available.clone(),
                speaker: entry.speaker.clone(),
                words: self.words(&entry.report, entry.sentence)?,
            });
        }
        Ok(sources)
    }

    /// Words of a report by code points; empty where its text is not in the ledger.
    ///
    /// # Errors
    /// If the store fails or the stored text is damaged.
    pub fn words(&self, report: &str, (start, end): (u32, u32)) -> Result<String> {
        let text = self.text(report)?.unwrap_or_default();
        let words: String = text.chars().skip(start as usize).take(end.saturating_sub(start) as usize).collect();
        Ok(words.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// The stored text of a report; none where it is not in the ledger.
    ///
    /// # Errors
    /// If the store fails or the stored text is damaged.
    pub fn text(&self, report: &str) -> Result<Option<String>> {
        let packed: Option<Vec<u8>> = self.with(|connection| {
            connection
                .prepare_cached(
                    "SELECT (SELECT text FROM report_text WHERE report = report.number) FROM report WHERE id = ?1",
                )?
                .query_row([report], |row| row.get(0))
        })?;
        packed
            .map(|packed| crate::packing::unpack(&packed))
            .transpose()
            .map_err(|error| LedgerError::Record { report: report.to_owned(), reason: error.to_string() })
    }
}
