//! The list of verdicts, and those whose claims the latest runs no longer find.

use crate::error::Result;
use crate::files::Ledger;
use crate::questions::{Answer, Conditions};
use jiff::civil::Date;

/// Which verdicts; the default asks for all.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct VerdictFilter {
    /// Who signed.
    pub analyst: Option<String>,
    /// What it is about: the id that was named, or any claim or report concerned.
    pub target: Option<String>,
    /// Given on this day or later.
    pub since: Option<Date>,
    /// Those alone that hold and name claims which the latest run on their report did not find.
    pub orphaned: bool,
}

/// Claims of verdicts that are neither in the latest run on their report nor added by an analyst.
const LOST: &str = "SELECT group_concat(concerned.id, ' ') FROM concerned
    WHERE concerned.verdict = verdicts.number AND concerned.id LIKE 'c%'
        AND NOT EXISTS (SELECT 1 FROM claim WHERE claim.id = concerned.id AND claim.run =
            (SELECT run FROM coding WHERE coding.report = claim.report ORDER BY coding.number DESC LIMIT 1))
        AND NOT EXISTS (SELECT 1 FROM verdicts AS added WHERE added.target = 'claim' AND added.id = concerned.id
            AND added.decision = 'add' AND added.undone IS NULL)";

impl Ledger {
    /// Verdicts, the first first. "undone" is the entry that takes one back, "lost" the claims that are gone.
    ///
    /// # Errors
    /// If the store fails.
    pub fn verdicts(&self, filter: &VerdictFilter) -> Result<Answer> {
        let mut all = Conditions::default();
        if let Some(analyst) = &filter.analyst {
            all.and("verdicts.analyst = ? COLLATE NOCASE", analyst);
        }
        if let Some(target) = &filter.target {
            let about = "verdicts.id = ? OR verdicts.number IN (SELECT verdict FROM concerned WHERE id = ?)";
            all.and(about, target);
        }
        if let Some(since) = filter.since {
            all.and("verdicts.recorded >= ?", &since.to_string());
        }
        let orphaned = if filter.orphaned {
            "AND verdicts.undone IS NULL AND verdicts.decision NOT IN ('add', 'undo') AND lost IS NOT NULL"
        } else {
            ""
        };
        self.answer(
            &format!(
                "SELECT verdicts.number AS verdict, verdicts.recorded, verdicts.analyst, verdicts.decision, verdicts.target,
                    verdicts.id, verdicts.field, verdicts.value, verdicts.reason, verdicts.undoes, verdicts.undone,
                    ({LOST}) AS lost
                 FROM verdicts WHERE {all} {orphaned} ORDER BY verdicts.number"
            ),
            &all.values,
        )
    }
}
