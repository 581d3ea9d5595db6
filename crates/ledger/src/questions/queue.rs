//! What is left to judge, in an order that an analyst chooses.

use super::{Answer, Filter, Value};
use crate::error::Result;
use crate::files::Ledger;

/// In which order claims are judged.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Order {
    /// Those of least confidence first.
    #[default]
    Doubtful,
    /// Those of disputed events alone, of least confidence first.
    Disputed,
    /// Those that came in last first.
    Newest,
}

impl Order {
    /// All, with their words.
    pub const ALL: [(Self, &'static str); 3] =
        [(Self::Doubtful, "doubtful"), (Self::Disputed, "disputed"), (Self::Newest, "newest")];

    /// The number by which claims are ordered, and whether only disputed events count.
    fn key(self) -> (&'static str, &'static str) {
        match self {
            Self::Doubtful => ("confidence", "TRUE"),
            Self::Disputed => ("confidence", "claims.event_number IN (SELECT number FROM event WHERE disputed)"),
            Self::Newest => ("-number", "TRUE"),
        }
    }
}

impl Ledger {
    /// Claims on which no verdict holds, in order; those behind `after` if it is given, those of reports alone that are
    /// assigned to somebody to judge if one is named. The columns are `claim`, `report`
    /// and `left`, the number of all that are left to judge.
    ///
    /// # Errors
    /// If the filter asks for what cannot be, or the store fails.
    pub fn queue(&self, filter: &Filter, order: Order, after: Option<&str>, assigned: Option<&str>) -> Result<Answer> {
        let mut conditions = filter.claims()?;
        if let Some(analyst) = assigned {
            let theirs =
                "claims.report IN (SELECT report.id FROM assignment JOIN report ON report.number = assignment.report
                WHERE NOT assignment.blind AND assignment.analyst = ?)";
            conditions.and(theirs, analyst);
        }
        let (key, disputed) = order.key();
        let mut values = conditions.values.clone();
        let behind = match after {
            None => String::new(),
            Some(after) => {
                values.push(Value::Text(after.to_owned()));
                // A claim rejected or corrected since stands no longer and still marks its place.
                format!(
                    "WHERE (key, claim) > (SELECT {key}, id FROM claim WHERE id = ? ORDER BY stands DESC, number DESC LIMIT 1)"
                )
            }
        };
        let limit = filter.limit();
        self.answer(
            &format!(
                "WITH waiting AS (SELECT claims.id AS claim, claims.report, claims.{key} AS key FROM claims
                    WHERE {conditions} AND {disputed} AND claims.verdict IS NULL)
                 SELECT claim, report, (SELECT count(*) FROM waiting) AS left FROM waiting {behind} ORDER BY key, claim {limit}"
            )
            .replace("claims.-number", "-claims.number"),
            &values,
        )
    }
}
