//! The word lists of coreference: what nouns stand for, who bears which first name, which names are countries.

use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// All word lists. Built once, then only read.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(Words::load);

/// What a mention stands for, as far as choosing between antecedents needs it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Person,
    /// Several persons under one word ("police", "troops").
    People,
    /// A body of persons that acts as one: organization, armed group, government.
    Body,
    Country,
    City,
    Region,
    Document,
    Event,
    /// Anything else.
    Thing,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gender {
    Man,
    Woman,
}

pub(super) struct Words {
    nouns: FxHashMap<&'static str, (Kind, Option<Gender>)>,
    titles: FxHashMap<&'static str, Gender>,
    first_names: FxHashMap<&'static str, Gender>,
    countries: FxHashMap<&'static str, &'static str>,
}

impl Words {
    fn load() -> Self {
        let mut words = Self {
            nouns: FxHashMap::default(),
            titles: FxHashMap::default(),
            first_names: FxHashMap::default(),
            countries: FxHashMap::default(),
        };
        for line in lines(include_str!("nouns.txt")) {
            let Some((kind, nouns)) = line.split_once(' ') else { continue };
            let Some(kind) = kind_of(kind) else { continue };
            // A noun on two lines keeps the later, narrower reading ("spokesman": a person, then a man).
            words.nouns.extend(nouns.split_whitespace().map(|noun| (noun, kind)));
        }
        for line in lines(include_str!("titles.txt")) {
            if let Some((title, gender)) = line.split_once(' ')
                && let Some(gender) = gender_of(gender)
            {
                words.titles.insert(title, gender);
            }
        }
        for line in lines(include_str!("first_names.txt")) {
            let Some((gender, names)) = line.split_once(' ') else { continue };
            let Some(gender) = gender_of(gender) else { continue };
            words.first_names.extend(names.split_whitespace().map(|name| (name, gender)));
        }
        for line in lines(include_str!("countries.txt")) {
            let Some(country) = line.split('|').next() else { continue };
            words.countries.extend(line.split('|').map(|name| (name, country)));
        }
        words
    }

    pub(super) fn noun(&self, lemma: &str) -> Option<(Kind, Option<Gender>)> {
        self.nouns.get(lemma).copied()
    }

    pub(super) fn title(&self, form: &str) -> Option<Gender> {
        self.titles.get(form.to_lowercase().as_str()).copied()
    }

    pub(super) fn first_name(&self, form: &str) -> Option<Gender> {
        self.first_names.get(form.to_lowercase().as_str()).copied()
    }

    /// The chief form of a country's name.
    pub(super) fn country(&self, name: &str) -> Option<&'static str> {
        self.countries.get(name).copied()
    }
}

fn lines(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn kind_of(word: &str) -> Option<(Kind, Option<Gender>)> {
    Some(match word {
        "person" => (Kind::Person, None),
        "man" => (Kind::Person, Some(Gender::Man)),
        "woman" => (Kind::Person, Some(Gender::Woman)),
        "people" => (Kind::People, None),
        "crew" => (Kind::Body, None),
        "country" => (Kind::Country, None),
        "city" => (Kind::City, None),
        "region" => (Kind::Region, None),
        "document" => (Kind::Document, None),
        "event" => (Kind::Event, None),
        _ => return None,
    })
}

fn gender_of(word: &str) -> Option<Gender> {
    match word {
        "man" => Some(Gender::Man),
        "woman" => Some(Gender::Woman),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_word_lists_is_understood() {
        for line in lines(include_str!("nouns.txt")) {
            assert!(line.split_once(' ').and_then(|(kind, _)| kind_of(kind)).is_some(), "{line}");
        }
        for line in lines(include_str!("titles.txt")) {
            assert!(line.split_once(' ').and_then(|(_, gender)| gender_of(gender)).is_some(), "{line}");
        }
        assert_eq!(WORDS.country("U.S."), Some("United States"));
        assert_eq!(WORDS.first_name("Fatima"), Some(Gender::Woman));
    }
}
