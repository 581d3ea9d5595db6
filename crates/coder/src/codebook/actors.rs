//! Countries, named actors and role nouns, indexed by the words of their names.

use super::fault::Faults;
use super::sectors::{SectorCode, check_spans, is_sector};
use document::{Relation, Syntax, TokenId, TokenSpan, Upos};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Deserialize;

/// A country or a named actor.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) country: Option<String>,
    pub(crate) sectors: Vec<SectorCode>,
    pub(crate) is_country: bool,
    /// Seas, valleys, continents: named so that no shorter name is read into theirs; they do not act.
    pub(crate) is_place: bool,
    /// The first day on which it is there, and the first on which it is no more.
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
}

impl Entry {
    /// The sectors held on a day; without a day, those of the present.
    pub(crate) fn sectors_on(&self, day: Option<Date>) -> Vec<String> {
        let holds = |sector: &&SectorCode| match day {
            Some(day) => sector.from.is_none_or(|from| from <= day) && sector.until.is_none_or(|until| day < until),
            None => sector.until.is_none(),
        };
        self.sectors.iter().filter(holds).map(|sector| sector.code.clone()).collect()
    }

    /// Whether it is there on a day; without a day, in the present.
    fn is_there_on(&self, day: Option<Date>) -> bool {
        match day {
            Some(day) => self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day < until),
            None => self.until.is_none(),
        }
    }
}

/// In what sense a name stands for its entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NameUse {
    Name,
    Adjective,
    People,
    /// A capital: stands for the government where it acts, and for a town elsewhere.
    Capital,
    /// A seat of government that stands for it.
    Metonym,
}

/// What a role noun says of who bears it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum RoleKind {
    Person,
    Group,
    Body,
}

#[derive(Debug, Clone)]
pub(crate) struct RoleEntry {
    /// `None` means: the sector of what it belongs to.
    pub(crate) sector: Option<String>,
    pub(crate) kind: RoleKind,
    /// Whether whose they are is whom they stand against: "the group's opponents".
    pub(crate) against: bool,
}

#[derive(Debug, Default)]
pub(crate) struct ActorIndex {
    pub(crate) entries: Vec<Entry>,
    /// First word of a name to the names that begin with it, longest first.
    names: FxHashMap<String, Vec<IndexedName>>,
    /// First words of names that begin with a small letter ("al-Shabaab"), as written.
    small: rustc_hash::FxHashSet<String>,
    ids: rustc_hash::FxHashSet<String>,
    /// Which of them are single persons.
    persons: rustc_hash::FxHashSet<String>,
    roles: Vec<RoleEntry>,
    /// Last word of a role noun to the words before it and the role, longest first.
    role_heads: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// Head of a role noun with "of" ("secretary of state") to the words behind it and the role, longest first.
    role_offices: FxHashMap<String, Vec<(Vec<String>, usize)>>,
    /// The role nouns, to find one that stands twice.
    role_nouns: rustc_hash::FxHashSet<Vec<String>>,
    /// Names that several bear, as the codebook says itself: nobody is read into them.
    ambiguous: rustc_hash::FxHashSet<Vec<String>>,
    /// The files that entries came from, and for each entry its file and where in it.
    pub(super) files: Vec<String>,
    pub(super) origins: Vec<(usize, usize)>,
}

#[derive(Debug)]
pub(super) struct IndexedName {
    pub(super) words: Vec<String>,
    pub(super) entry: usize,
    name_use: NameUse,
    /// Short names in capitals ("US", "UN") must be written so.
    pub(super) capitals: bool,
    /// Written with a small first letter.
    small: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorsFile {
    #[serde(default)]
    country: Vec<CountryEntry>,
    #[serde(default)]
    actor: Vec<ActorEntry>,
    #[serde(default)]
    role: Vec<RoleFileEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CountryEntry {
    code: toml::Spanned<String>,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    adjectives: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    metonyms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ActorEntry {
    id: toml::Spanned<String>,
    name: String,
    #[serde(default)]
    names: Vec<String>,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    country: Option<String>,
    #[serde(default)]
    ambiguous: Vec<String>,
    #[serde(default)]
    sectors: Vec<SectorEntry>,
    #[serde(default)]
    from: Option<toml::value::Datetime>,
    #[serde(default)]
    until: Option<toml::value::Datetime>,
    #[serde(default, rename = "source")]
    _source: Option<String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum SectorEntry {
    Code(String),
    Dated {
        code: String,
        #[serde(default)]
        from: Option<toml::value::Datetime>,
        #[serde(default)]
        until: Option<toml::value::Datetime>,
    },
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RoleFileEntry {
    nouns: Vec<toml::Spanned<String>>,
    sector: toml::Spanned<String>,
    kind: toml::Spanned<String>,
    #[serde(default)]
    against: bool,
}

/// An actor as a file gives it, whatever the format.
#[derive(Debug, Default)]
pub(super) struct NewActor {
    /// Where it stands in the file.
    pub(super) at: usize,
    pub(super) id: String,
    pub(super) name: String,
    pub(super) names: Vec<String>,
    pub(super) ambiguous: Vec<String>,
    pub(super) kind: Option<String>,
    pub(super) country: Option<String>,
    pub(super) sectors: Vec<SectorCode>,
    pub(super) from: Option<Date>,
    pub(super) until: Option<Date>,
}

/// What an actor can be.
const KINDS: &[&str] = &[
    "armed-group",
    "organization",
    "state-body",
    "party",
    "movement",
    "outlet",
    "company",
    "person",
    "region",
    "place",
];

impl ActorIndex {
    pub(super) fn load(&mut self, contents: &str, faults: &mut Faults<'_>) {
        let Some(file) = super::read_toml::<ActorsFile>(contents, faults) else { return };
        self.files.push(faults.path.to_owned());
        for country in file.country {
            let code = country.code.get_ref().clone();
            if code.len() != 3 || !code.bytes().all(|byte| byte.is_ascii_uppercase()) {
                faults.at(country.code.span().start, &code, "not a country code", "three capitals, ISO 3166-1 alpha-3");
            }
            let entry = Entry {
                id: code.clone(),
                name: country.name.clone(),
                country: Some(code),
                sectors: Vec::new(),
                is_country: true,
                is_place: false,
                from: None,
                until: None,
            };
            let entry = self.add_entry(entry, country.code.span().start, faults);
            self.add_names(entry, NameUse::Name, std::iter::once(&country.name).chain(&country.names));
            self.add_names(entry, NameUse::Adjective, &country.adjectives);
            self.add_names(entry, NameUse::People, &country.people);
            self.add_names(entry, NameUse::Capital, &country.capital);
            self.add_names(entry, NameUse::Metonym, &country.metonyms);
        }
        for actor in file.actor {
            let at = actor.id.span().start;
            let mut day = |written: Option<toml::value::Datetime>| {
                let read = written.and_then(day);
                if let (Some(written), None) = (written, read) {
                    faults.at(at, &written.to_string(), "not a day", "a date without quotation marks: 2024-03-06");
                }
                read
            };
            let mut sectors = Vec::with_capacity(actor.sectors.len());
            for sector in actor.sectors {
                sectors.push(match sector {
                    SectorEntry::Code(code) => SectorCode { code, from: None, until: None },
                    SectorEntry::Dated { code, from, until } => SectorCode { code, from: day(from), until: day(until) },
                });
            }
            let actor = NewActor {
                at,
                from: day(actor.from),
                until: day(actor.until),
                id: actor.id.into_inner(),
                name: actor.name,
                names: actor.names,
                ambiguous: actor.ambiguous,
                kind: actor.kind,
                country: actor.country,
                sectors,
            };
            self.add_actor(actor, faults);
        }
        for role in file.role {
            let sector = match role.sector.get_ref().as_str() {
                "of" => None,
                code => {
                    if !is_sector(code) {
                        faults.at(
                            role.sector.span().start,
                            code,
                            "unknown sector",
                            "one of PLOVER's sector codes, or \"of\"",
                        );
                    }
                    Some(code.to_owned())
                }
            };
            let kind = match role.kind.get_ref().as_str() {
                "group" => RoleKind::Group,
                "body" => RoleKind::Body,
                "person" => RoleKind::Person,
                other => {
                    faults.at(role.kind.span().start, other, "unknown kind", "person, group or body");
                    RoleKind::Person
                }
            };
            let number = self.roles.len();
            self.roles.push(RoleEntry { sector, kind, against: role.against });
            for noun in &role.nouns {
                let at = noun.span().start;
                let noun = noun.get_ref();
                if let Some((head, office)) = noun.split_once(" of ")
                    && !head.contains([' ', '-'])
                {
                    let words: Vec<String> =
                        std::iter::once("of").chain(office.split(' ')).map(str::to_lowercase).collect();
                    if !self.role_nouns.insert(std::iter::once(head.to_lowercase()).chain(words.clone()).collect()) {
                        faults.at(at, noun, "this role noun is there already", "one entry for a noun");
                    }
                    self.role_offices.entry(head.to_lowercase()).or_default().push((words, number));
                    continue;
                }
                let mut words: Vec<String> = noun.split([' ', '-']).map(str::to_lowercase).collect();
                if !self.role_nouns.insert(words.clone()) {
                    faults.at(at, noun, "this role noun is there already", "one entry for a noun; hyphens are blanks");
                }
                if let Some(last) = words.pop() {
                    self.role_heads.entry(last).or_default().push((words, number));
                }
            }
        }
    }

    /// Takes in an actor, and names what is wrong with it.
    pub(super) fn add_actor(&mut self, actor: NewActor, faults: &mut Faults<'_>) {
        if let Some(kind) = actor.kind.as_deref().filter(|kind| !KINDS.contains(kind)) {
            faults.at(actor.at, kind, "unknown kind", KINDS.join(", "));
        }
        check_spans(&actor, faults);
        if actor.kind.as_deref() == Some("person") {
            self.persons.insert(actor.id.clone());
        }
        for name in &actor.ambiguous {
            if *name != actor.name && !actor.names.contains(name) {
                faults.at(actor.at, name, "an ambiguous name that is none of the actor's names", "name or names");
            }
            self.ambiguous.insert(words_of(name));
        }
        let entry = Entry {
            id: actor.id,
            name: actor.name.clone(),
            country: actor.country,
            sectors: actor.sectors,
            is_country: false,
            is_place: actor.kind.as_deref() == Some("place"),
            from: actor.from,
            until: actor.until,
        };
        let entry = self.add_entry(entry, actor.at, faults);
        self.add_names(entry, NameUse::Name, std::iter::once(&actor.name).chain(&actor.names));
    }

    fn add_entry(&mut self, entry: Entry, at: usize, faults: &mut Faults<'_>) -> usize {
        if !self.ids.insert(entry.id.clone()) {
            faults.at(
                at,
                &entry.id,
                "an actor with this id is there already",
                "another id, or more names for the first",
            );
        }
        self.entries.push(entry);
        self.origins.push((self.files.len().saturating_sub(1), at));
        self.entries.len() - 1
    }

    fn add_names<'a>(&mut self, entry: usize, name_use: NameUse, names: impl IntoIterator<Item = &'a String>) {
        for name in names {
            let words = words_of(name);
            let Some(first) = words.first().cloned() else { continue };
            let small = name.starts_with(char::is_lowercase);
            if small {
                self.small.insert(first.clone());
            }
            let letters: String = name.chars().filter(|letter| letter.is_alphabetic()).collect();
            let capitals = letters.chars().count() <= 5 && letters.chars().all(char::is_uppercase);
            self.names.entry(first).or_default().push(IndexedName { words, entry, name_use, capitals, small });
        }
    }

    /// Sorts the index once everything is loaded: longest name first, and the plain name before its other uses.
    pub(super) fn finish(&mut self) {
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for names in self.names.values_mut() {
            names.sort_by(|one, other| {
                other
                    .words
                    .len()
                    .cmp(&one.words.len())
                    .then(one.name_use.cmp(&other.name_use))
                    // "JEM" is tried before "JeM", as the first must be written so.
                    .then(other.capitals.cmp(&one.capitals))
                    .then(one.entry.cmp(&other.entry))
            });
        }
        for roles in self.role_heads.values_mut().chain(self.role_offices.values_mut()) {
            roles.sort_by_key(|(words, number)| (std::cmp::Reverse(words.len()), *number));
        }
    }

    /// Whether an actor is one person.
    pub(crate) fn is_person(&self, id: &str) -> bool {
        self.persons.contains(id)
    }

    /// All names: in no order, a list for each word that they begin with.
    pub(super) fn names(&self) -> impl Iterator<Item = &[IndexedName]> {
        self.names.values().map(Vec::as_slice)
    }

    /// Whether the codebook says itself that several bear this name.
    pub(super) fn is_ambiguous(&self, words: &[String]) -> bool {
        !self.ambiguous.is_empty() && self.ambiguous.contains(words)
    }

    /// All names of entries in a text, leftmost longest, sorted by position.
    pub(crate) fn find_names(&self, syntax: &Syntax) -> Vec<(TokenSpan, usize, NameUse)> {
        let mut found = Vec::new();
        let count = syntax.tokens.len();
        let day = syntax.report.published;
        let mut at = 0;
        while at < count {
            match self.name_at(syntax, at) {
                Some((end, name)) => {
                    if !self.is_ambiguous(&name.words) {
                        found.push((TokenSpan::new(at, end), self.bearer(name, day), name.name_use));
                    }
                    at = end;
                }
                None => at += 1,
            }
        }
        found
    }

    /// Whose the name is on a day: where another bears the same when its own bearer is not there, the other's.
    fn bearer(&self, name: &IndexedName, day: Option<Date>) -> usize {
        let there = |name: &IndexedName| self.entries[name.entry].is_there_on(day);
        if there(name) {
            return name.entry;
        }
        let alike = name.words.first().and_then(|first| self.names.get(first)).into_iter().flatten();
        let same = |other: &&IndexedName| {
            other.words == name.words && other.capitals == name.capitals && other.name_use == name.name_use
        };
        alike.filter(same).find(|other| there(other)).map_or(name.entry, |other| other.entry)
    }

    fn name_at(&self, syntax: &Syntax, at: usize) -> Option<(usize, &IndexedName)> {
        let form = syntax.token(TokenId(at as u32)).form();
        let capital = form.starts_with(|letter: char| letter.is_uppercase() || letter == '\'' || letter == '’');
        if !capital && !self.small.contains(form) {
            return None;
        }
        let first = words_of(form).into_iter().next()?;
        let sentence = syntax.sentence_of(TokenId(at as u32)).tokens();
        self.names.get(&first)?.iter().find_map(|name| {
            if !capital && !name.small {
                return None;
            }
            let mut wanted = name.words.iter();
            let mut next = at;
            let mut current = wanted.next();
            while let Some(word) = current {
                if next >= sentence.end.index() {
                    return None;
                }
                let form = syntax.token(TokenId(next as u32)).form();
                if next > at && matches!(form, "-" | "–" | "‑" | "." | "'" | "’" | "(" | ")") {
                    next += 1;
                    continue;
                }
                // A token may hold several words of a name ("al-Shabaab" unsplit) or one.
                let words = words_of(form);
                let mut expected = Some(word);
                for word in &words {
                    if expected != Some(word) {
                        return None;
                    }
                    expected = wanted.next();
                }
                if words.is_empty() || (name.capitals && form.chars().any(char::is_lowercase)) {
                    return None;
                }
                current = expected;
                next += 1;
            }
            // In a headline set in capitals "WHO" and "IS" are words.
            let shouted = |token: usize| {
                sentence.holds(TokenId(token as u32)) && shouts(syntax.token(TokenId(token as u32)).form())
            };
            if name.capitals
                && name.words.len() == 1
                && (next < syntax.tokens.len() && shouted(next))
                && (at == 0 || !sentence.holds(TokenId(at as u32 - 1)) || shouted(at - 1))
            {
                return None;
            }
            Some((next, name))
        })
    }

    /// The role noun that a token heads: its first token, and what it says. "Secretary of State" is one.
    pub(crate) fn role_at(&self, token: document::Token<'_>) -> Option<(usize, &RoleEntry)> {
        if !matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::X)
            || (token.upos() == Upos::Adj && token.relation() == Relation::Amod)
        {
            return None;
        }
        let offices = super::look_up(&self.role_offices, token);
        let office = offices.into_iter().flatten().find(|(words, _)| follow(token, words));
        if let Some((_, number)) = office {
            return Some((1, &self.roles[*number]));
        }
        super::look_up(&self.role_heads, token)?
            .iter()
            .find(|(words, _)| super::precede(token, words))
            .map(|(words, number)| (words.len() + 1, &self.roles[*number]))
    }
}

/// Whether these words stand directly behind the token.
fn follow(token: document::Token<'_>, words: &[String]) -> bool {
    let behind = token.id.0 + 1..;
    let end = token.sentence().tokens().end.0;
    behind.zip(words).all(|(id, word)| {
        let is_word = |next: document::Token<'_>| next.form().eq_ignore_ascii_case(word) || next.lemma() == word;
        id < end && is_word(token.syntax.token(TokenId(id)))
    })
}

/// Whether a word of several letters has no small one.
fn shouts(form: &str) -> bool {
    form.chars().filter(|letter| letter.is_alphabetic()).count() > 3 && !form.chars().any(char::is_lowercase)
}

/// The words of a name for comparison: small letters, no periods or apostrophes, hyphens as gaps.
pub(crate) fn words_of(name: &str) -> Vec<String> {
    // The tokenizer makes the genitive a word of its own.
    let mut words: Vec<String> = Vec::new();
    for part in name.split([' ', '-', '–', '‑']) {
        let (own, genitive) = match part.strip_suffix("'s").or_else(|| part.strip_suffix("’s")) {
            Some(own) => (own, Some("s")),
            None => (part, None),
        };
        for part in std::iter::once(own).chain(genitive) {
            let mut word = String::with_capacity(part.len());
            let letters = part.chars().filter(|letter| !matches!(letter, '.' | '\'' | '’' | '‘' | 'ʿ' | ','));
            word.extend(letters.flat_map(char::to_lowercase));
            if !word.is_empty() {
                words.push(word);
            }
        }
    }
    words
}

fn day(datetime: toml::value::Datetime) -> Option<Date> {
    let date = datetime.date?;
    Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}
