//! Who is a private person, and how its name is kept out of what leaves the program.
//!
//! A private person is somebody whom a report names and whom neither the codebook nor an office makes public: a name of a
//! person, without an actor of the codebook, that stands in no phrase with the sector of an office; a teacher or a nurse holds none. Who holds an
//! office in one sentence keeps it in the others, by the chains of reference and by the words of the name.
//!
//! Whom an analyst names in a correction or an added claim is one too, if the codebook does not know the name, the program
//! read it in the report as nobody else's, and it is written as names of persons are.

use record::{Record, Span};
use rusqlite::Connection;
use std::collections::BTreeSet;

/// What stands in the place of a name.
pub(crate) const PRIVATE: &str = "private person";

/// PLOVER's sectors of those who hold no office: civilians, and those who are named after what they work at.
const PRIVATE_LIFE: &[&str] = &["AGR", "CVL", "EDU", "LAB", "MED", "REF"];

/// Whether neither the codebook nor an office makes somebody public.
pub(crate) fn holds_nothing<S: AsRef<str>>(actor: Option<&str>, sectors: &[S]) -> bool {
    actor.is_none() && sectors.iter().all(|sector| PRIVATE_LIFE.contains(&sector.as_ref()))
}

/// The names of the private persons of a record, each once, in order.
pub(crate) fn private(record: &Record) -> Vec<String> {
    let public = public_spans(record);
    let inside = |start, end, spans: &[Span]| spans.iter().any(|span| span.0 <= start && end <= span.1);
    let persons = || record.names.iter().filter(|name| name.kind == "person");
    let is_public = |name: &&record::Name| name.actor.is_some() || inside(name.start, name.end, &public);
    let known: BTreeSet<&str> = persons().filter(is_public).flat_map(|name| name.text.split_whitespace()).collect();
    let private: BTreeSet<&str> = persons()
        .filter(|name| !is_public(name) && !name.text.split_whitespace().all(|word| known.contains(word)))
        .map(|name| name.text.as_str())
        .collect();
    private.into_iter().map(str::to_owned).collect()
}

/// The phrases that stand for actors of the codebook or for holders of an office, with what refers to the same.
fn public_spans(record: &Record) -> Vec<Span> {
    let participants = record.claims.iter().flat_map(|claim| claim.actors.iter().chain(&claim.recipients));
    let participants = participants.map(|one| (one.actor.as_deref(), &one.sectors, &one.spans));
    let speakers = record.statements.iter().map(|statement| &statement.speaker);
    let speakers = speakers.map(|one| (one.actor.as_deref(), &one.sectors, &one.spans));
    let mut public: Vec<Span> = participants
        .chain(speakers)
        .filter(|(actor, sectors, _)| !holds_nothing(*actor, sectors))
        .flat_map(|(_, _, spans)| spans.iter().copied())
        .collect();
    for chain in &record.chains {
        let meets = |span: &Span| public.iter().any(|other| span.0 < other.1 && other.0 < span.1);
        if chain.actor.is_some() || chain.mentions.iter().any(meets) {
            public.extend(&chain.mentions);
        }
    }
    public
}

/// Puts [`PRIVATE`] in the place of the names of a report's private persons.
#[derive(Debug, Default)]
pub(crate) struct Mask(Vec<String>);

impl Mask {
    /// The mask of a report.
    pub(crate) fn load(connection: &Connection, report: i64) -> rusqlite::Result<Self> {
        let mut statement = connection.prepare_cached("SELECT persons, names FROM coding WHERE report = ?1")?;
        let lists: Vec<(String, String)> =
            statement.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let read: BTreeSet<&str> = lists.iter().flat_map(|(_, names)| names.lines()).collect();
        let mut statement = connection.prepare_cached(
            "SELECT name, sectors FROM participant JOIN claim ON claim.number = participant.claim
             WHERE claim.report = ?1 AND claim.verdict IS NOT NULL AND actor IS NULL AND name IS NOT NULL
             UNION SELECT name, sectors FROM voice JOIN claim ON claim.number = voice.claim
             WHERE claim.report = ?1 AND claim.verdict IS NOT NULL AND actor IS NULL AND name IS NOT NULL",
        )?;
        let named: Vec<(String, String)> =
            statement.query_map([report], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        let named = named.iter().filter(|(name, sectors)| {
            let sectors: Vec<&str> = sectors.split_whitespace().collect();
            holds_nothing(None, &sectors) && !read.contains(name.as_str()) && is_written_as_name(name)
        });
        let read = lists.iter().flat_map(|(persons, _)| persons.lines());
        Ok(Self::new(read.chain(named.map(|(name, _)| name.as_str()))))
    }

    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Self {
        let names: BTreeSet<&str> = names.filter(|name| !name.is_empty()).collect();
        let mut names: Vec<String> = names.into_iter().map(str::to_owned).collect();
        // A full name goes before its parts.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        Self(names)
    }

    /// Whether a text names one of them.
    pub(crate) fn covers(&self, text: &str) -> bool {
        self.0.iter().any(|name| find(text, text, name).is_some())
    }

    /// The text without the names.
    pub(crate) fn apply(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        // The first place where a name stands; of several names there the longest.
        while let Some((at, name)) =
            self.0.iter().filter_map(|name| Some((find(text, rest, name)?, name))).min_by_key(|(at, _)| *at)
        {
            masked.push_str(rest.get(..at).unwrap_or_default());
            masked.push_str(PRIVATE);
            rest = rest.get(at + name.len()..).unwrap_or_default();
        }
        masked + rest
    }
}

/// Whether all words are written with a capital but for short ones ("de", "bin"); "gunmen from Kuru" is no name.
pub(crate) fn is_written_as_name(name: &str) -> bool {
    /// Letters of a word within a name that is written small, at most.
    const SHORT: usize = 3;
    let capital = |word: &str| !word.starts_with(char::is_lowercase);
    capital(name) && name.split_whitespace().all(|word| capital(word) || word.chars().count() <= SHORT)
}

/// Where a name stands as whole words in the rest of a text.
fn find(text: &str, rest: &str, name: &str) -> Option<usize> {
    let done = text.len() - rest.len();
    let borders = |at: &usize| {
        let before = text.get(..done + at).and_then(|before| before.chars().next_back());
        let after = rest.get(at + name.len()..).and_then(|after| after.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    };
    rest.match_indices(name).map(|(at, _)| at).find(borders)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_have_capitals() {
        for (name, is) in
            [("Anna Berg", true), ("Anna de la Berg", true), ("gunmen from Kuru", false), ("Kuru rebels", false)]
        {
            assert_eq!(is_written_as_name(name), is, "{name}");
        }
    }

    #[test]
    fn names_are_replaced_as_whole_words() {
        let mask = Mask::new(["Anna", "Anna Berg", "private"].into_iter());
        assert_eq!(
            mask.apply("Anna Berg's sister Anna met Annabel."),
            "private person's sister private person met Annabel."
        );
        assert!(mask.covers("(Anna)") && !mask.covers("Annabel"));
    }

    proptest! {
        #[test]
        fn no_name_is_left(text in "[ABé ,]{0,40}", names in proptest::collection::vec("[ABé]{1,3}( [ABé])?", 0..4)) {
            let mask = Mask::new(names.iter().map(String::as_str));
            prop_assert!(!mask.covers(&mask.apply(&text)));
        }
    }
}
