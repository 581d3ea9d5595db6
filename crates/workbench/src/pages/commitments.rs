//! Commitments on a board: open, overdue, kept, broken.

use super::dossiers::{Chain, names};
use super::{Frame, Narrowing, Page, render};
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::shown::weekday;
use crate::state::Workbench;
use askama::Template;
use axum::extract::State;
use jiff::civil::Date;
use ledger::dossiers::{Commitment, Standing};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "commitments.html")]
struct CommitmentsPage {
    frame: Frame,
    narrowing: Narrowing,
    today: String,
    columns: Vec<Column>,
}

/// A column of the board.
struct Column {
    heading: &'static str,
    note: &'static str,
    cards: Vec<Card>,
}

struct Card {
    by: String,
    to: String,
    what: String,
    category: String,
    strength: String,
    made: String,
    due: String,
    late: bool,
    shows: Option<Chain>,
    tellings: Vec<Chain>,
}

/// The columns: heading, what it means, which commitments stand there.
const COLUMNS: [(&str, &str, &[Standing]); 4] = [
    ("Open", "not yet due, or without a day", &[Standing::Open]),
    ("Overdue", "the day has passed, and nothing was told", &[Standing::Overdue]),
    ("Kept", "an act of the same kind by the same side was told", &[Standing::Kept, Standing::Late]),
    ("Broken", "somebody says that it was not done, or violated", &[Standing::Broken]),
];

pub(super) async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let asked = pairs.asked(&[])?;
    let (filter, as_of) = (asked.filter.clone(), asked.as_of);
    let (commitments, today) = workbench
        .store
        .ask(as_of, move |ledger| {
            let today = as_of.map_or_else(|| ledger.today(), Ok)?;
            Ok((ledger.commitments(&filter)?, today))
        })
        .await?;
    let columns = COLUMNS.map(|(heading, note, standings)| Column {
        heading,
        note,
        cards: commitments
            .iter()
            .filter(|commitment| standings.contains(&commitment.standing(today)))
            .map(|commitment| card(commitment, today))
            .collect(),
    });
    let page = CommitmentsPage {
        frame: Frame::new(&workbench, visitor, "Commitments", "/commitments", &asked),
        narrowing: Narrowing::new("/commitments", &asked),
        today: weekday(&today.to_string()),
        columns: columns.into(),
    };
    render(&page)
}

fn card(commitment: &Commitment, today: Date) -> Card {
    Card {
        by: names(&commitment.by),
        to: names(&commitment.to),
        what: commitment.what.clone(),
        category: commitment.category.clone().unwrap_or_default(),
        strength: commitment.strength.clone().unwrap_or_default(),
        made: weekday(&commitment.made),
        due: commitment.due.as_deref().map(weekday).unwrap_or_default(),
        late: commitment.standing(today) == Standing::Late,
        shows: commitment.shows(today).map(Chain::new),
        tellings: commitment.tellings.iter().map(Chain::new).collect(),
    }
}
