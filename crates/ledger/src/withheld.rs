//! The names of private persons in a whole ledger, for those who look at it and are not to see them.
//!
//! [`crate::exports`] withholds by report what leaves as rows. Pages and answers mix reports, so that here who is public in
//! one report is public in all, by the full name and by parts of it: a name is withheld if some report gives it to a private
//! person and its words are not all in a name that a report gives to anybody or anything else.

use crate::error::Result;
use crate::files::Ledger;
use crate::persons::{PRIVATE, holds_nothing, is_written_as_name};
use std::collections::{BTreeMap, BTreeSet};

/// The names, as far as the ledger was read for them.
#[derive(Clone, Debug, Default)]
pub struct Withheld {
    /// The last coding and the last verdict that were read.
    coding: i64,
    verdict: i64,
    private: BTreeSet<String>,
    public: BTreeSet<String>,
    /// Names that analysts gave; read anew with each verdict.
    given: BTreeSet<String>,
    /// Names by their first word, the longest first, in all ways in which they may be written.
    index: BTreeMap<String, Vec<String>>,
}

impl Ledger {
    /// Reads on where `known` ended; none if the ledger has nothing new.
    ///
    /// # Errors
    /// If the store fails.
    pub fn withheld(&self, known: &Withheld) -> Result<Option<Withheld>> {
        let last = |table: &str| -> Result<i64> {
            let sql = format!("SELECT coalesce(max(number), 0) FROM {table}");
            self.with(|connection| connection.prepare_cached(&sql)?.query_row([], |row| row.get(0)))
        };
        let (coding, verdict) = (last("coding")?, last("verdict")?);
        if (coding, verdict) == (known.coding, known.verdict) {
            return Ok(None);
        }
        let mut now = Withheld { coding, verdict, ..known.clone() };
        self.with(|connection| {
            let mut statement = connection.prepare_cached("SELECT persons, names FROM coding WHERE number > ?1")?;
            let mut rows = statement.query([known.coding])?;
            while let Some(row) = rows.next()? {
                let (persons, names): (String, String) = (row.get(0)?, row.get(1)?);
                let persons: BTreeSet<&str> = persons.lines().collect();
                now.public.extend(names.lines().filter(|name| !persons.contains(name)).map(str::to_owned));
                now.private.extend(persons.into_iter().map(str::to_owned));
            }
            let mut statement = connection.prepare_cached(
                "SELECT name, sectors FROM participant JOIN claim ON claim.number = participant.claim
                 WHERE claim.verdict IS NOT NULL AND actor IS NULL AND name IS NOT NULL
                 UNION SELECT name, sectors FROM voice JOIN claim ON claim.number = voice.claim
                 WHERE claim.verdict IS NOT NULL AND actor IS NULL AND name IS NOT NULL",
            )?;
            let given: Vec<(String, String)> =
                statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
            let nobody = |sectors: &str| holds_nothing(None, &sectors.split_whitespace().collect::<Vec<_>>());
            let given = given.into_iter().filter(|(name, sectors)| nobody(sectors) && is_written_as_name(name));
            now.given = given.map(|(name, _)| name).collect();
            Ok(())
        })?;
        now.sort();
        Ok(Some(now))
    }
}

impl Withheld {
    fn sort(&mut self) {
        self.index.clear();
        let mut public: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for name in &self.public {
            name.split_whitespace().for_each(|word| public.entry(word).or_default().push(name));
        }
        let is_public = |name: &str| {
            let first = name.split_whitespace().next().unwrap_or_default();
            let holds =
                |other: &str| name.split_whitespace().all(|word| other.split_whitespace().any(|one| one == word));
            public.get(first).is_some_and(|others| others.iter().any(|other| holds(other)))
        };
        let names = self.private.union(&self.given).filter(|name| !is_public(name));
        let ways = names.flat_map(|name| [name.clone(), in_markup(name), in_json(name), name.replace('"', "\"\"")]);
        for way in ways.collect::<BTreeSet<_>>() {
            let way = way.trim_matches(|char: char| !char.is_alphanumeric());
            let first: String = way.chars().take_while(|char| char.is_alphanumeric()).collect();
            if !first.is_empty() {
                self.index.entry(first).or_default().push(way.to_owned());
            }
        }
        for names in self.index.values_mut() {
            names.sort_by_key(|name| std::cmp::Reverse(name.len()));
            names.dedup();
        }
    }

    /// A text, page or answer without the names: "private person" stands in their place.
    #[must_use]
    pub fn apply(&self, text: &str) -> String {
        self.replace(text, |_| PRIVATE.to_owned())
    }

    /// A text of as many signs as before, with a block for each sign of a name, so that offsets stay right.
    #[must_use]
    pub fn blot(&self, text: &str) -> String {
        self.replace(text, |name| name.chars().map(|char| if char.is_whitespace() { char } else { '█' }).collect())
    }

    fn replace(&self, text: &str, with: impl Fn(&str) -> String) -> String {
        let mut out = String::with_capacity(text.len());
        let mut kept = 0;
        let mut at = 0;
        while let Some(word) = text.get(at..).map(first_word).filter(|word| !word.is_empty()) {
            at += word.start;
            let name = self.index.get(text.get(at..at + word.len()).unwrap_or_default()).and_then(|names| {
                let rest = text.get(at..).unwrap_or_default();
                names.iter().find(|name| rest.strip_prefix(name.as_str()).is_some_and(|after| !goes_on(after)))
            });
            match name {
                Some(name) => {
                    out.push_str(text.get(kept..at).unwrap_or_default());
                    out.push_str(&with(name));
                    at += name.len();
                    kept = at;
                }
                None => at += word.len(),
            }
        }
        out.push_str(text.get(kept..).unwrap_or_default());
        out
    }
}

/// Where the first word of a text stands.
fn first_word(text: &str) -> std::ops::Range<usize> {
    let start = text.find(char::is_alphanumeric).unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    start..start + rest.find(|char: char| !char.is_alphanumeric()).unwrap_or(rest.len())
}

/// Whether the word that ends here is longer than the name.
fn goes_on(after: &str) -> bool {
    after.starts_with(char::is_alphanumeric)
}

/// As a page has it.
fn in_markup(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for char in name.chars() {
        match char {
            '"' | '&' | '\'' | '<' | '>' => out.push_str(&format!("&#{};", char as u32)),
            _ => out.push(char),
        }
    }
    out
}

/// As an answer of the API has it.
fn in_json(name: &str) -> String {
    serde_json::to_string(name).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn withheld(private: &[&str], public: &[&str]) -> Withheld {
        let own = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let mut withheld = Withheld { private: own(private), public: own(public), ..Withheld::default() };
        withheld.sort();
        withheld
    }

    #[test]
    fn names_are_replaced_as_whole_words() {
        let withheld = withheld(&["Anna", "Anna Berg", "Goma", "Li O'Hara"], &["Goma"]);
        for (text, expected) in [
            ("Anna Berg's sister Anna met Annabel.", "private person's sister private person met Annabel."),
            ("Goma", "Goma"),
            ("<b>Li O&#39;Hara</b>", "<b>private person</b>"),
            ("Li O'Hara", "private person"),
            ("Anna", "private person"),
            ("", ""),
        ] {
            assert_eq!(withheld.apply(text), expected);
        }
        let minister = self::withheld(&["Berg", "Anna Berg", "Berg Li"], &["Anna Berg", "Li"]);
        assert_eq!(minister.apply("Berg, Anna Berg, Berg Li"), "Berg, Anna Berg, private person");
        assert_eq!(withheld.blot("So Anna Berg said."), "So ████ ████ said.");
    }

    proptest! {
        #[test]
        fn no_name_is_left(text in "[ABé ,]{0,40}", names in proptest::collection::vec("[ABé]{1,3}( [ABé])?", 0..4)) {
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let withheld = withheld(&names, &[]);
            let blotted = withheld.blot(&text);
            prop_assert_eq!(blotted.chars().count(), text.chars().count());
            prop_assert_eq!(withheld.blot(&blotted), blotted);
        }
    }
}
