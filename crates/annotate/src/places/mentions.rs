//! Which words name a place: the longest keys of the gazetteer among capitalised words, checked against their
//! neighbours, and names whose last or first word says that they are places. No sense is chosen here.

use super::{Begins, Gazetteer, PlaceNumber, key};
use document::{Name, NameKind, Syntax, Time, TokenId, TokenSpan};
use std::sync::LazyLock;

/// Words that may name a place, with what the gazetteer has under them.
pub(super) struct Mention {
    pub(super) span: TokenSpan,
    pub(super) key: String,
    /// Most important first; empty where the gazetteer has nothing.
    pub(super) candidates: Vec<PlaceNumber>,
}

/// A sorted list of keys.
struct Words(Vec<&'static str>);

impl Words {
    fn read(text: &'static str) -> Self {
        let mut words: Vec<&str> = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).collect();
        words.sort_unstable();
        Self(words)
    }

    fn has(&self, word: &str) -> bool {
        self.0.binary_search(&word).is_ok()
    }
}

static COMMON: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("common.txt")));
static TAILS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("tails.txt")));
static HEADS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("heads.txt")));
static BODIES: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("bodies.txt")));
static TITLES: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("titles.txt")));
static SIGNS: LazyLock<Words> = LazyLock::new(|| Words::read(include_str!("signs.txt")));

/// Compass words, with the French that the names of provinces have.
const COMPASS: [(&str, &str); 4] = [("north", "nord"), ("south", "sud"), ("east", "est"), ("west", "ouest")];
/// The most tokens that a name of a place may have.
const LONGEST: usize = 7;
/// From this size a town is believed without a sign beside it.
const LARGE: f64 = 60_000.0;

pub(super) fn find(syntax: &Syntax, names: &[Name], times: &[Time], gazetteer: &Gazetteer) -> Vec<Mention> {
    let finder = Finder { syntax, names, gazetteer };
    let mut mentions: Vec<Mention> = Vec::new();
    for sentence in &syntax.sentences.spans {
        let (mut at, end) = (sentence.start.index(), sentence.end.index());
        while at < end {
            if !finder.capital(at) {
                at += 1;
                continue;
            }
            match finder.name_at(at) {
                Some(name) if matches!(name.kind, NameKind::Person | NameKind::Organization) => {
                    at = name.span.end.index().max(at + 1);
                    continue;
                }
                _ => {}
            }
            let after = times.partition_point(|time| time.span.start.index() <= at);
            if let Some(time) =
                after.checked_sub(1).map(|index| &times[index]).filter(|time| time.span.end.index() > at)
            {
                at = time.span.end.index();
                continue;
            }
            let previous = mentions.last().map(|mention| mention.span.end.index());
            if let Some(mention) = finder.mention(at, sentence.start.index(), end, previous) {
                at = mention.span.end.index();
                mentions.push(mention);
            } else {
                at += 1;
            }
        }
    }
    mentions
}

struct Finder<'a> {
    syntax: &'a Syntax,
    names: &'a [Name],
    gazetteer: &'a Gazetteer,
}

impl Finder<'_> {
    fn form(&self, token: usize) -> &str {
        self.syntax.tokens.spans.get(token).map_or("", |span| span.of(&self.syntax.report.text))
    }

    fn small(&self, token: usize) -> String {
        self.form(token).trim_end_matches('.').to_lowercase()
    }

    fn capital(&self, token: usize) -> bool {
        self.form(token).starts_with(char::is_uppercase)
    }

    fn name_at(&self, token: usize) -> Option<&Name> {
        let after = self.names.partition_point(|name| name.span.start.index() <= token);
        let name = &self.names[after.checked_sub(1)?];
        name.span.holds(TokenId(token as u32)).then_some(name)
    }

    /// Whether a line is set in capitals throughout, so that capitals say nothing.
    fn key_of(&self, start: usize, end: usize) -> String {
        key(self.syntax.text(TokenSpan::new(start, end)))
    }

    fn mention(&self, start: usize, first: usize, end: usize, previous: Option<usize>) -> Option<Mention> {
        let limit = end.min(start + LONGEST);
        let mut longest = None;
        let mut run = start + 1;
        loop {
            let key = self.key_of(start, run);
            let Begins { whole, more } = if key.is_empty() { Begins::default() } else { self.gazetteer.begins(&key) };
            if whole && (self.capital(run - 1) || run == start + 1) {
                longest = Some((run, key));
            }
            // A point or hyphen adds nothing to a key, so the walk goes on over it.
            if !more || run >= limit {
                break;
            }
            run += 1;
        }
        let named = self.name_at(start).filter(|name| name.kind == NameKind::Location);
        let generic = self.generic(start, end, first);
        if let Some((stop, key)) = longest {
            let stop = self.with_point(stop, end);
            // "Orchard St." and "Kern River" are more than Orchard and Kern.
            if let Some(generic) = generic.filter(|&generic| generic > stop) {
                return Some(self.found(start, generic));
            }
            // "Northern Syria" and "the Eastern Mediterranean" are parts of what is named behind.
            let part = key.strip_suffix("ern").is_some_and(|word| COMPASS.iter().any(|(english, _)| *english == word));
            if part && stop < end && self.capital(stop) {
                return None;
            }
            // "North Kivu" is no North, whatever the gazetteer has.
            if COMPASS.iter().any(|(english, _)| *english == key) && stop < end && self.capital(stop) {
                let upto = (stop..end.min(start + 4))
                    .take_while(|&token| self.capital(token))
                    .last()
                    .map_or(stop, |last| last + 1);
                return Some(self.found(start, upto));
            }
            // A word out of a longer name is looked at as if it stood in none: "Thames Valley Police" is no Thames.
            let whole = named.is_some_and(|name| {
                name.span.end.index() <= stop
                    || stop - start > 1
                    || matches!(self.form(stop), "," | "'s" | "’s" | "(" | "and")
            });
            if self.believed(start, stop, first, end, &key, previous, whole) {
                return Some(Mention {
                    span: TokenSpan::new(start, stop),
                    candidates: self.gazetteer.places(&key),
                    key,
                });
            }
            return None;
        }
        if let Some(generic) = generic {
            return Some(self.found(start, generic));
        }
        let named = named.filter(|name| name.span.start.index() == start)?;
        Some(self.found(start, named.span.end.index()))
    }

    fn found(&self, start: usize, stop: usize) -> Mention {
        let mut key = self.key_of(start, stop);
        let mut candidates = self.gazetteer.places(&key);
        // "North Kivu" for "Nord-Kivu".
        if candidates.is_empty()
            && let Some((compass, rest)) = key.split_once(' ')
            && let Some((_, french)) = COMPASS.iter().find(|(english, _)| *english == compass)
        {
            let other = format!("{french} {rest}");
            candidates = self.gazetteer.places(&other);
            if !candidates.is_empty() {
                key = other;
            }
        }
        Mention { span: TokenSpan::new(start, stop), candidates, key }
    }

    /// An abbreviation keeps its point ("Calif." in texts that are split there).
    fn with_point(&self, stop: usize, end: usize) -> usize {
        let abbreviated = |token: usize| matches!(self.small(token).as_str(), "st" | "ave" | "rd" | "blvd");
        if stop < end && self.form(stop) == "." && abbreviated(stop - 1) { stop + 1 } else { stop }
    }

    /// The end of a name whose last or first word says that it is a place ("Kern River", "Lake Tana").
    fn generic(&self, start: usize, end: usize, first: usize) -> Option<usize> {
        if self.small(start).chars().count() < 2 {
            return None;
        }
        let common = COMMON.has(&self.small(start)) && start == first;
        let mut stop = start + 1;
        while stop < end
            && stop < start + 4
            && self.capital(stop)
            && self.name_at(stop).is_none_or(|name| name.kind == NameKind::Location)
        {
            stop += 1;
        }
        let tail = (start + 1..stop).rev().find(|&token| TAILS.has(&self.small(token)));
        let bodied = stop > start + 1 && BODIES.has(&self.small(stop - 1));
        if let (Some(tail), false, false) = (tail, bodied, common) {
            // "Fifth" or "the" alone is no name, but a street may have it.
            return Some(self.with_point(tail + 1, end));
        }
        let headed = HEADS.has(&self.small(start)) && stop > start + 1 && !bodied;
        headed.then_some(stop.min(start + 2))
    }

    #[expect(clippy::too_many_arguments, reason = "one question with many sides")]
    fn believed(
        &self,
        start: usize,
        stop: usize,
        first: usize,
        end: usize,
        key: &str,
        previous: Option<usize>,
        named: bool,
    ) -> bool {
        let form = self.syntax.text(TokenSpan::new(start, stop));
        let letters = form.chars().filter(|character| character.is_alphabetic()).count();
        let capitals = form.chars().filter(|character| character.is_uppercase()).count();
        // "us" and "US", "La" and "LA": two letters must both be capitals; one is an initial.
        if letters < 2 || (letters == 2 && capitals < 2) {
            return false;
        }
        let Some(&best) = self.gazetteer.places(key).first() else { return false };
        let feature = self.gazetteer.feature(best);
        let before = if start > first { self.small(start - 1) } else { String::new() };
        let sign = SIGNS.has(&before);
        let after_place = previous.is_some_and(|previous| {
            previous + 1 == start
                && (self.form(previous) == "," || matches!(self.form(previous), "and" | "or" | "/" | "-"))
        });
        let container = self.container_after(stop, end);
        let dateline = start == first
            && matches!(self.form(stop), "," | "(" | "\u{2014}" | "\u{2013}" | "-" | "_" | "--")
            && stop < end;
        let grand = matches!(
            feature,
            super::Feature::Country | super::Feature::Division | super::Feature::Region | super::Feature::Water
        );
        // Directions and movement stand before common words too ("to police", "North Carolina").
        let firm = sign && !matches!(before.as_str(), "to" | "from" | "north" | "south" | "east" | "west");
        if COMMON.has(key) && !(container || firm || named) {
            return false;
        }
        // A capitalised neighbour makes it part of a longer name, unless that neighbour is known to stand beside places.
        if stop < end && self.capital(stop) && !named {
            let next = self.small(stop);
            if BODIES.has(&next) {
                return false;
            }
            let office = TITLES.has(&next) || crate::tokens::is_title(self.form(stop));
            if !office && !feature_is(feature) && !self.gazetteer.begins(&key_or(self.form(stop))).whole {
                return false;
            }
        }
        if start > first && self.capital(start - 1) && !named && previous != Some(start) {
            let title = crate::tokens::is_title(self.form(start - 1));
            if title || !(feature_is(feature) || sign) {
                return false;
            }
        }
        // "Fishmongers' Hall": what somebody owns is a house, unless the world knows it ("Putin's Russia").
        let owned = start > first + 1
            && matches!(self.form(start - 1), "'" | "\u{2019}" | "'s" | "\u{2019}s")
            && self.capital(start - 2)
            && previous != Some(start - 1);
        if owned && !(feature_is(feature) || self.gazetteer.population(best) >= LARGE) {
            return false;
        }
        // "John 'Red' Florida": initials before, possessive names.
        if start > first + 1 && self.form(start - 1) == "." && self.form(start - 2).chars().count() == 1 {
            return false;
        }
        named
            || sign
            || container
            || after_place
            || dateline
            || grand
            || self.gazetteer.population(best) >= LARGE
            || (start > first && matches!(before.as_str(), "of" | "the" | "," | "and" | "for" | "on"))
            || self.form(stop) == "'s" && stop < end
    }

    /// Whether ", Georgia" or ", Ga." or "in Kandahar province" follows, and something of this name lies there.
    fn container_after(&self, stop: usize, end: usize) -> bool {
        let at = match self.form(stop) {
            "," | "(" | "in" => stop + 1,
            _ => return false,
        };
        if at >= end || !self.capital(at) {
            return false;
        }
        (at + 1..=end.min(at + 3)).any(|upto| {
            let key = self.key_of(at, upto);
            self.gazetteer.places(&key).first().is_some_and(|&place| feature_is(self.gazetteer.feature(place)))
        })
    }
}

fn key_or(form: &str) -> String {
    let key = key(form);
    if key.is_empty() { "\u{1}".to_owned() } else { key }
}

fn feature_is(feature: super::Feature) -> bool {
    matches!(feature, super::Feature::Country | super::Feature::Division)
}
