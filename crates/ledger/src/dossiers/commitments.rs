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
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};

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
    let mut found = Found::default();
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
            found.tell(entry, &by, None, words.unwrap_or_default());
        }
        for content in nested {
            found.tell(entry, &by, Some(content), words.unwrap_or(&content.told));
        }
    }
    found.commitments
}

/// Settles what became of commitments; `entries` are the claims among which it is looked for, by day.
pub(crate) fn judge(commitments: &mut [Commitment], entries: &[Entry]) {
    let deeds = Deeds::of(entries);
    for commitment in commitments {
        let (mut kept, mut broken) = (None, None);
        for entry in deeds.of_those_bound(commitment) {
            kept = kept.or_else(|| Some(entry).filter(|entry| fulfils(entry, commitment)));
            broken = broken.or_else(|| Some(entry).filter(|entry| breaks(entry, commitment)));
        }
        (commitment.kept, commitment.broken) = (kept.cloned(), broken.cloned());
    }
}

/// What deeds must have to show what became of commitments; each key but those of sides begins with the category.
#[derive(Default)]
pub(crate) struct Sought {
    /// Those who promised.
    pub(crate) sides: BTreeSet<String>,
    /// The same with the category of what they promised.
    pub(crate) actors: BTreeSet<String>,
    /// Modes and words.
    pub(crate) acts: BTreeSet<String>,
    pub(crate) places: BTreeSet<String>,
    pub(crate) recipients: BTreeSet<String>,
}

impl Sought {
    pub(crate) fn of(commitments: &[Commitment]) -> Self {
        let mut sought = Self::default();
        for commitment in commitments {
            let Some(content) = &commitment.content else { continue };
            let key = |of: &str| format!("{} {of}", content.category);
            sought.sides.extend(commitment.by.iter().map(|side| side.key.clone()));
            sought.actors.extend(commitment.by.iter().map(|side| key(&side.key)));
            sought.acts.extend(Some(&content.modes).filter(|modes| !modes.is_empty()).map(|modes| key(modes)));
            sought.acts.insert(key(&content.told));
            sought.places.extend(content.places.iter().map(|place| key(&place.name)));
            let known = content.recipients.iter().filter(|party| party.side.is_known());
            sought.recipients.extend(known.map(|party| key(&party.side.key)));
        }
        sought
    }
}

/// What was done, by category and side, in the order of days.
struct Deeds<'a> {
    entries: &'a [Entry],
    places: FxHashMap<(&'a str, &'a str), Vec<usize>>,
}

impl<'a> Deeds<'a> {
    fn of(entries: &'a [Entry]) -> Self {
        let mut places: FxHashMap<(&str, &str), Vec<usize>> = FxHashMap::default();
        for (at, entry) in entries.iter().enumerate() {
            for party in &entry.actors {
                places.entry((entry.category.as_str(), party.side.key.as_str())).or_default().push(at);
            }
        }
        Self { entries, places }
    }

    /// The deeds of the category of what was promised, by those who promised it.
    fn of_those_bound(&self, commitment: &Commitment) -> impl Iterator<Item = &'a Entry> + use<'a> {
        let category = commitment.category.as_deref().unwrap_or_default();
        let mut places: BTreeSet<usize> = BTreeSet::new();
        for side in &commitment.by {
            places.extend(self.places.get(&(category, side.key.as_str())).into_iter().flatten());
        }
        let entries = self.entries;
        places.into_iter().filter_map(move |at| entries.get(at))
    }
}

/// The commitments found so far, and which of them a side made.
#[derive(Default)]
struct Found {
    commitments: Vec<Commitment>,
    by_side: FxHashMap<String, Vec<usize>>,
}

impl Found {
    fn tell(&mut self, entry: &Entry, by: &[Side], content: Option<&Entry>, what: &str) {
        // That arms rest from a day on is due on no day; how long they do, the dossier of the ceasefire follows.
        let lasts = |content: &&Entry| content.modes.split(' ').any(|mode| mode == "ceasefire");
        let due = content
            .filter(|content| !lasts(content))
            .and_then(|content| content.to.clone().or_else(|| content.from.clone()));
        let same = |commitment: &Commitment| match (&commitment.content, content) {
            (Some(known), Some(content)) => {
                known.event == content.event
                    || known.category == content.category
                        && (commitment.due == due || due.is_none() || commitment.due.is_none())
            }
            (None, None) => commitment.tellings.iter().any(|telling| telling.event == entry.event),
            _ => false,
        };
        let mut candidates: BTreeSet<usize> = BTreeSet::new();
        for side in by {
            candidates.extend(self.by_side.get(&side.key).into_iter().flatten());
        }
        let told = candidates.into_iter().find(|&at| self.commitments.get(at).is_some_and(same));
        if let Some(commitment) = told.and_then(|at| self.commitments.get_mut(at)) {
            commitment.due = commitment.due.take().or(due);
            commitment.tellings.push(entry.clone());
            return;
        }
        for side in by {
            self.by_side.entry(side.key.clone()).or_default().push(self.commitments.len());
        }
        self.commitments.push(Commitment {
            by: by.to_vec(),
            to: entry.recipients.iter().map(|party| party.side.clone()).filter(Side::is_known).collect(),
            what: what.to_owned(),
            category: content.map(|content| content.category.clone()),
            strength: entry.facet("commitment", "strength").map(str::to_owned),
            made: entry.day().to_owned(),
            due,
            tellings: vec![entry.clone()],
            content: content.cloned(),
            kept: None,
            broken: None,
        });
    }
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
