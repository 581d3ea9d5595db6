//! Questions to the ledger. Each gives an [`Answer`]: named columns and rows, ready for a table, CSV or JSON.
//!
//! All take a [`Filter`]; what a question does not know is left out of its conditions only where the documentation of the
//! filter says so.

mod answer;
mod filter;
mod policies;
mod queue;
mod reading;
mod sums;
mod written;

pub(crate) use answer::sql_value;
pub use answer::{Answer, Value};
pub(crate) use filter::Conditions;
pub use filter::Filter;
pub use policies::Policy;
pub use queue::Order;
pub use reading::Reading;
pub use written::{WRITTEN, corners};

pub use crate::views::Area;

use crate::error::{LedgerError, Result};
use crate::files::Ledger;

/// What a question gives.
pub type Answered = Result<Answer>;

impl Ledger {
    /// Events, the latest first.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn events(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.events()?;
        let limit = filter.limit();
        self.answer(
            &format!(
                "SELECT event.id AS event, event.from_day AS \"from\", event.to_day AS \"to\", event.category, event.modes,
                    event.actors, event.recipients, event.told, event.place, event.admin1, event.country, event.lat,
                    event.lon, event.status, event.disputed, event.granularity, event.reports, event.outlets,
                    event.stories, event.origins, event.first_available AS \"first told\",
                    event.last_available AS \"last told\", event.confidence, ({JUDGED}) AS verdict
                 FROM event WHERE {conditions} ORDER BY coalesce(event.from_day, event.first_available) DESC, event.id {limit}"
            ),
            &conditions.values,
        )
    }

    /// Claims, the latest report first, in the order of the text.
    ///
    /// # Errors
    /// As for [`Ledger::events`].
    pub fn claims(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.claims()?;
        let limit = filter.limit();
        let order = "ORDER BY claims.available DESC, claims.report, claims.start, claims.id";
        // What a claim is made of is looked up for those shown alone.
        self.answer(
            &format!(
                "SELECT claims.id AS claim, (SELECT id FROM event WHERE number = claims.event_number) AS event,
                    claims.category, claims.modes, claims.actors, claims.predicate AS told, claims.recipients,
                    claims.from_day AS \"from\", claims.to_day AS \"to\", claims.place, claims.country, claims.figures,
                    claims.status, claims.speaker, claims.outlet, claims.available, claims.report, claims.story,
                    claims.start, claims.\"end\", claims.rule, claims.confidence, claims.verdict
                 FROM claims WHERE claims.number IN (SELECT claims.number FROM claims WHERE {conditions} {order} {limit}) {order}"
            ),
            &conditions.values,
        )
    }

    /// Stories: how often each was printed, and where first.
    ///
    /// # Errors
    /// As for [`Ledger::events`].
    pub fn stories(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.reports()?;
        let limit = filter.limit();
        // Of a hundred thousand stories only those shown are looked up; who is as often printed as the last of them, since
        // the same day, is ordered by id, which is the same in every ledger.
        let last = filter.limit.map_or(0, |limit| u64::from(limit) + u64::from(filter.offset.unwrap_or(0)));
        let shown = if last == 0 {
            "TRUE".to_owned()
        } else {
            format!(
                "coalesce((counted.reports, first) >= (SELECT counted.reports, first FROM counted
                    ORDER BY counted.reports DESC, first DESC LIMIT 1 OFFSET {}), TRUE)",
                last - 1
            )
        };
        let values = [conditions.values.as_slice(), conditions.values.as_slice()].concat();
        self.answer(
            &format!(
                "WITH counted AS MATERIALIZED (SELECT reports.story_number AS number, min(reports.available) AS first,
                    max(reports.available) AS last, count(*) AS reports, count(DISTINCT reports.outlet) AS outlets
                    FROM reports WHERE {conditions} GROUP BY reports.story_number)
                 SELECT head.id AS story, first, last, counted.reports, outlets, head.title,
                    (SELECT group_concat(DISTINCT outlet) FROM reports WHERE story_number = counted.number
                        AND {conditions}) AS \"printed by\"
                 FROM counted JOIN report AS head ON head.number = counted.number WHERE {shown}
                 ORDER BY counted.reports DESC, first DESC, head.id {limit}"
            ),
            &values,
        )
    }

    /// What was read: each outlet with its first and last day, the days between on which nothing of it was read, and how
    /// many of its reports were coded.
    ///
    /// # Errors
    /// As for [`Ledger::events`].
    pub fn coverage(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.reports()?;
        let limit = filter.limit();
        self.answer(
            &format!(
                "SELECT coalesce(reports.outlet, '') AS outlet, count(*) AS reports,
                    count(DISTINCT reports.story_number) AS stories, min(reports.available) AS first,
                    max(reports.available) AS last, count(DISTINCT reports.available) AS \"days read\",
                    CAST(julianday(max(reports.available)) - julianday(min(reports.available)) AS INTEGER) + 1
                        - count(DISTINCT reports.available) AS \"days without\",
                    sum(reports.number IN (SELECT report FROM coding)) AS coded,
                    group_concat(DISTINCT reports.language) AS languages
                 FROM reports WHERE {conditions} GROUP BY reports.outlet
                 ORDER BY count(*) DESC, outlet {limit}"
            ),
            &conditions.values,
        )
    }

    /// Who acts and is acted upon.
    ///
    /// # Errors
    /// As for [`Ledger::events`].
    pub fn actors(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.claims()?;
        let limit = filter.limit();
        self.answer(
            &format!(
                "SELECT coalesce(participant.name, participant.text) AS name, participant.actor, participant.country,
                    participant.sectors, count(DISTINCT claims.event_number) AS events,
                    count(DISTINCT CASE WHEN side = 'actor' THEN claims.event_number END) AS \"as actor\",
                    count(DISTINCT CASE WHEN side = 'recipient' THEN claims.event_number END) AS \"as recipient\",
                    count(*) AS claims
                 FROM claims JOIN participant ON participant.claim = claims.number
                 WHERE (participant.actor IS NOT NULL OR participant.name IS NOT NULL) AND {conditions}
                 GROUP BY 1, 2, 3, 4 ORDER BY events DESC, claims DESC, name {limit}"
            ),
            &conditions.values,
        )
    }

    /// Figures of the dead, hurt, missing, taken and driven out: one row a figure, so that those that differ stand side by
    /// side. "superseded" is 1 where the same speaker gave a later figure for the same event.
    ///
    /// # Errors
    /// As for [`Ledger::events`].
    pub fn tolls(&self, filter: &Filter) -> Result<Answer> {
        let conditions = filter.claims()?;
        let limit = filter.limit();
        self.answer(&format!("{TOLLS} WHERE {conditions} {TOLL_ORDER} {limit}"), &conditions.values)
    }

    /// The same for one event.
    pub(crate) fn tolls_of(&self, event: &str) -> Result<Answer> {
        self.answer(&format!("{TOLLS} WHERE event.id = ? {TOLL_ORDER}"), &[Value::Text(event.to_owned())])
    }

    /// Reports whose words match: plain words, all of which stand in it, or FTS5's language ("truce NEAR ceasefire", "\"no
    /// agreement\"").
    ///
    /// # Errors
    /// As for [`Ledger::events`], and if the question cannot be understood.
    pub fn search(&self, words: &str, filter: &Filter) -> Result<Answer> {
        let mut conditions = filter.reports()?;
        let question = words_or_language(words);
        self.answer("SELECT rowid FROM report_words WHERE report_words MATCH ? LIMIT 1", &[Value::Text(question.clone())])
            .map_err(|error| match error {
                LedgerError::Store(_, reason) => LedgerError::Refused(format!(
                    "\"{words}\" cannot be understood ({reason}); give plain words, \"a phrase\" in quotation marks, or words \
                     joined by AND, OR, NOT and NEAR"
                )),
                other => other,
            })?;
        conditions.and("reports.number IN (SELECT rowid FROM report_words WHERE report_words MATCH ?)", &question);
        let limit = filter.limit();
        let found = self.answer(
            &format!(
                "SELECT reports.id AS report, reports.available, reports.outlet, reports.title, reports.story, reports.url
                 FROM reports WHERE {conditions} ORDER BY reports.available DESC, reports.id {limit}"
            ),
            &conditions.values,
        );
        found.map_err(|error| match error {
            // The words are the only part of the question that is not our own.
            LedgerError::Store(_, why) if why.sqlite_error_code() == Some(rusqlite::ErrorCode::Unknown) => {
                let why = format!("these words cannot be looked for ({why}); put them in quotation marks");
                LedgerError::Refused(why)
            }
            other => other,
        })
    }

    /// What could not be read, with its reason.
    ///
    /// # Errors
    /// If the store fails.
    pub fn skipped(&self) -> Result<Answer> {
        self.answer("SELECT input, place, reason, recorded FROM skipped ORDER BY input, place, reason", &[])
    }
}

/// What FTS5 is asked: words that are no question of its language are looked for as they are, "cease-fire" and "l'accord" too.
fn words_or_language(words: &str) -> String {
    let operator = |word: &str| {
        matches!(word, "AND" | "OR" | "NOT" | "NEAR") || word.starts_with("title:") || word.starts_with("body:")
    };
    if words.contains(['"', '(', ')', '*', '^', '+', '{', '}']) || words.split_whitespace().any(operator) {
        return words.to_owned();
    }
    words.split_whitespace().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ")
}

/// The last mark that an analyst has set on an event.
const JUDGED: &str = "SELECT verdicts.decision FROM claim JOIN concerned ON concerned.id = claim.id
    JOIN verdicts ON verdicts.number = concerned.verdict
    WHERE claim.event = event.number AND claim.stands AND verdicts.target = 'event' AND verdicts.undone IS NULL
        AND verdicts.decision IN ('accept', 'unsure') ORDER BY verdicts.number DESC LIMIT 1";

const TOLLS: &str =
    "SELECT event.id AS event, event.from_day AS \"from\", event.to_day AS \"to\", event.place, event.told,
    tolls.role, tolls.low, tolls.best, tolls.high, tolls.counts, tolls.text,
    coalesce(tolls.speaker, tolls.outlet) AS speaker, tolls.outlet, tolls.story, tolls.available, event.granularity,
    tolls.superseded, claims.id AS claim
    FROM tolls JOIN claims ON claims.number = tolls.claim_number JOIN event ON event.number = tolls.event_number";

const TOLL_ORDER: &str = "ORDER BY coalesce(event.from_day, event.first_available) DESC, event.id, tolls.role,
    claims.available, claims.report, claims.start";
