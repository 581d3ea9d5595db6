//! Commitments over time: what was promised, by whom, until when, and whether it was kept.
//!
//! Rules:
//! - A commitment is an AGREE or CONCEDE that occurred, with what is promised as its content. Its tellings in many reports
//!   are one: the same side promises the same, by event, or by category and due day.
//! - It is *due* on the last day that its content names; a ceasefire lasts and is due on none.
//! - It is *kept* once an event of the content's category by the same side occurred after the promise was made, and shares
//!   with the content its words, its recipient, a place or a figure; *kept late* if that was after the due day.
//! - It is *broken* once somebody says that the side did not do it, or that it violates the promise.
//! - It is *overdue* when the due day has passed without such evidence, and *open* until then.

use super::entries::{Entry, Side};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// How a commitment stands on a day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Not yet due, or without a day.
    Open,
    /// The day has passed, and nothing was told.
    Overdue,
    /// It was done.
    Kept,
    /// It was done after the day.
    Late,
    /// Somebody says that it was not done, or violated.
    Broken,
}

impl Standing {
    /// The word for it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Overdue => "overdue",
            Self::Kept => "kept",
            Self::Late => "kept late",
            Self::Broken => "broken",
        }
    }
}

/// One commitment.
#[derive(Clone, PartialEq, Debug)]
pub struct Commitment {
    /// Who promises.
    pub by: Vec<Side>,
    /// To whom.
    pub to: Vec<Side>,
    /// What, in the words of the first telling.
    pub what: String,
    /// The content's category, where it is codable.
    pub category: Option<String>,
    /// `firm`, `effort` or `intention`.
    pub strength: Option<String>,
    /// The day on which it was made.
    pub made: String,
    /// The day until which it is due.
    pub due: Option<String>,
    /// Where it is told.
    pub tellings: Vec<Entry>,
    /// The content of the first telling.
    pub content: Option<Entry>,
    /// What shows that it was kept.
    pub kept: Option<Entry>,
    /// What shows that it was broken.
    pub broken: Option<Entry>,
}

impl Commitment {
    /// What shows that it was kept or broken, as it stands on a day.
    #[must_use]
    pub fn shows(&self, today: Date) -> Option<&Entry> {
        match self.standing(today) {
            Standing::Kept | Standing::Late => self.kept.as_ref(),
            Standing::Broken => self.broken.as_ref(),
            Standing::Open | Standing::Overdue => None,
        }
    }

    /// How it stands on a day.
    #[must_use]
    pub fn standing(&self, today: Date) -> Standing {
        let after = |day: &str| self.due.as_deref().is_some_and(|due| day > due);
        match (&self.kept, &self.broken) {
            (Some(kept), broken) if broken.as_ref().is_none_or(|broken| broken.day() <= kept.day()) => {
                if after(kept.day()) { Standing::Late } else { Standing::Kept }
            }
            (_, Some(_)) => Standing::Broken,
            _ if after(&today.to_string()) => Standing::Overdue,
            _ => Standing::Open,
        }
    }
}

/// The commitments that claims tell of. `entries` are by day; `contents` has the claims nested in them.
pub(crate) fn derive(entries: &[Entry], contents: &BTreeMap<i64, Entry>) -> Vec<Commitment> {
    let mut found: Vec<Commitment> = Vec::new();
    let made = |entry: &&Entry| {
        matches!(entry.category.as_str(), "AGREE" | "CONCEDE") && entry.status == "occurred" && !entry.background
    };
    for entry in entries.iter().filter(made) {
        let by: Vec<Side> = entry.actors.iter().map(|party| party.side.clone()).filter(Side::is_known).collect();
        let words = entry.facet("commitment", "what");
        if by.is_empty() || entry.content.is_empty() && words.is_none() {
            continue;
        }
        let nested: Vec<&Entry> = entry.content.iter().filter_map(|number| contents.get(number)).collect();
        if nested.is_empty() {
            tell(&mut found, entry, &by, None, words.unwrap_or_default());
        }
        for content in nested {
            tell(&mut found, entry, &by, Some(content), words.unwrap_or(&content.told));
        }
    }
    for commitment in &mut found {
        commitment.kept = entries.iter().find(|entry| fulfils(entry, commitment)).cloned();
        commitment.broken = entries.iter().find(|entry| breaks(entry, commitment)).cloned();
    }
    found
}

fn tell(found: &mut Vec<Commitment>, entry: &Entry, by: &[Side], content: Option<&Entry>, what: &str) {
    // That arms rest from a day on is due on no day; how long they do, the dossier of the ceasefire follows.
    let lasts = |content: &&Entry| content.modes.split(' ').any(|mode| mode == "ceasefire");
    let due = content
        .filter(|content| !lasts(content))
        .and_then(|content| content.to.clone().or_else(|| content.from.clone()));
    let category = content.map(|content| content.category.clone());
    let same = |commitment: &&mut Commitment| {
        let event = match (&commitment.content, content) {
            (Some(known), Some(content)) => {
                known.event == content.event
                    || known.category == content.category
                        && (commitment.due == due || due.is_none() || commitment.due.is_none())
            }
            (None, None) => commitment.tellings.iter().any(|telling| telling.event == entry.event),
            _ => false,
        };
        event && commitment.by.iter().any(|side| by.contains(side))
    };
    if let Some(commitment) = found.iter_mut().find(same) {
        commitment.due = commitment.due.take().or(due);
        commitment.tellings.push(entry.clone());
        return;
    }
    found.push(Commitment {
        by: by.to_vec(),
        to: entry.recipients.iter().map(|party| party.side.clone()).filter(Side::is_known).collect(),
        what: what.to_owned(),
        category,
        strength: entry.facet("commitment", "strength").map(str::to_owned),
        made: entry.day().to_owned(),
        due,
        tellings: vec![entry.clone()],
        content: content.cloned(),
        kept: None,
        broken: None,
    });
}

/// Whether a claim tells of the same thing as what was promised.
fn is_about(entry: &Entry, commitment: &Commitment) -> bool {
    let Some(content) = &commitment.content else { return false };
    let acts = |side: &Side| entry.actors.iter().any(|party| party.side == *side);
    let later = entry.day() >= commitment.made.as_str() && !entry.nested && entry.number != content.number;
    if entry.category != content.category || !later || !commitment.by.iter().any(acts) {
        return false;
    }
    // A truce that holds opens no road: another mode is another act.
    if !content.modes.is_empty() && !entry.modes.is_empty() && entry.modes != content.modes {
        return false;
    }
    let mode = !content.modes.is_empty() && entry.modes == content.modes;
    let recipient = entry
        .recipients
        .iter()
        .any(|party| party.side.is_known() && content.recipients.iter().any(|other| other.side == party.side));
    let place = entry.places.iter().any(|place| content.places.iter().any(|other| other.name == place.name));
    mode || recipient || place || entry.told == content.told
}

fn fulfils(entry: &Entry, commitment: &Commitment) -> bool {
    matches!(entry.status.as_str(), "occurred" | "ongoing") && !entry.background && is_about(entry, commitment)
}

fn breaks(entry: &Entry, commitment: &Commitment) -> bool {
    entry.status == "negated" && is_about(entry, commitment)
}
