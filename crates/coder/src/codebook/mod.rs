//! The codebook in memory: rules with their index, actors, roles, word lists, contexts, crosswalks.
//!
//! [`Codebook::load`] takes the files of a codebook folder as pairs of path and contents, so that it can come from a
//! folder, from the binary, or from a test. The loader walks what it is given: there is no list to extend.

mod actor_table;
mod actors;
mod checks;
mod fault;
mod guide;
mod pattern;
mod rules;
mod sectors;
mod word_list;

pub use fault::Fault;
pub use guide::{About, Category, Context, Guide, PatternLine};
pub use rules::{CEASEFIRE_PHASES, Example, ExampleKind, Examples, Expectation, Rule};

pub(crate) use actors::{ActorIndex, NameUse, RoleKind};
pub(crate) use pattern::{FillerClass, Line, Need, Role, SlotName, Trigger, TriggerPart};
pub(crate) use word_list::WordList;

use crate::confidence::Confidence;
use fault::Faults;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// Categories, rules, actors and word lists, checked and indexed.
#[derive(Debug, Default)]
pub struct Codebook {
    /// The name in `codebook.toml`.
    pub name: String,
    /// The version in `codebook.toml`.
    pub version: String,
    /// The rules, sorted by id.
    pub rules: Vec<Rule>,
    pub(crate) actors: ActorIndex,
    lists: BTreeMap<String, WordList>,
    /// Lemma of a trigger's head word to (rule, trigger).
    index: FxHashMap<String, Vec<(usize, usize)>>,
    /// Last word of each context's entries to the words before it and the context.
    contexts: FxHashMap<String, Vec<(Vec<String>, String)>>,
    /// Words that tell a mode, by category.
    modes: BTreeMap<String, BTreeMap<String, WordList>>,
    /// Planned acts of this category are acts of speech of that one.
    pub(crate) promises: BTreeMap<String, String>,
    /// The status of what acts of this category have as content.
    content_status: BTreeMap<String, document::Status>,
    /// Acts of this category whose content is of that one are named so.
    recast: BTreeMap<String, BTreeMap<String, String>>,
    /// Acts of this category whose content is of that one have this mode, where their own words tell none.
    content_modes: BTreeMap<String, BTreeMap<String, String>>,
    /// The categories whose acts, when a speaker says that they must be done, are asked for.
    pub(crate) demands: BTreeSet<String>,
    /// The categories whose acts, when somebody will not do them, are refused.
    pub(crate) refusals: BTreeSet<String>,
    /// The categories whose acts, when somebody says that he will do them, are threatened.
    pub(crate) threats: BTreeSet<String>,
    /// The categories whose acts, when somebody says that he did not do them, are denied.
    pub(crate) denials: BTreeSet<String>,
    /// Verbs of saying that tell nothing of the act: it sits on what is said.
    pub(crate) neutral: BTreeSet<String>,
    cameo: Vec<CameoCode>,
    /// How much each trait of a claim tells for its being right.
    pub confidence: Confidence,
    guide: Guide,
}

/// What a table holds for a word: under its lemma, its form, or what its form may be inflected from. The vocabulary of the
/// codebook knows words that the lemmatizer has never seen ("militias", "shelled").
pub(crate) fn look_up<'a, T>(table: &'a FxHashMap<String, T>, token: document::Token<'_>) -> Option<&'a T> {
    if let Some(found) = table.get(token.lemma()) {
        return Some(found);
    }
    let lower = token.form().to_lowercase();
    if let Some(found) = table.get(&lower) {
        return Some(found);
    }
    stems(token, &lower).into_iter().find_map(|stem| table.get(&stem))
}

/// What a regular form may be inflected from. Names are left alone, but a word at the head of a sentence is easily taken
/// for one.
fn stems(token: document::Token<'_>, lower: &str) -> Vec<String> {
    use document::Upos::{Adj, Noun, Propn, Verb};
    let upos = token.upos();
    let first = token.id == token.syntax.sentence_of(token.id).tokens().start;
    let plural = upos == Noun || upos == Verb || (upos == Propn && first);
    let participle = matches!(upos, Verb | Adj | Noun);
    let mut stems = Vec::new();
    let mut add = |stem: &str, ending: &str| {
        if stem.len() > 2 {
            stems.push(format!("{stem}{ending}"));
        }
    };
    if let Some(stem) = lower.strip_suffix("men").filter(|_| plural) {
        add(stem, "man");
    }
    if let Some(stem) = lower.strip_suffix("ies").filter(|_| plural) {
        add(stem, "y");
    }
    if let Some(stem) = lower.strip_suffix('s').filter(|_| plural) {
        add(stem, "");
        add(stem.strip_suffix('e').unwrap_or(""), "");
    }
    for ending in ["ed", "d", "ing"] {
        if let Some(stem) = lower.strip_suffix(ending).filter(|_| participle) {
            add(stem, "");
            add(stem, "e");
            let mut letters = stem.chars().rev();
            if letters.next() == letters.next() {
                add(&stem[..stem.len() - stem.chars().next_back().map_or(0, char::len_utf8)], "");
            }
        }
    }
    stems
}

/// Whether a token is a form of a word.
pub(crate) fn is_word(token: document::Token<'_>, word: &str) -> bool {
    let form = token.form();
    // Whatever a form is inflected from begins like it.
    let alike = form
        .bytes()
        .next()
        .zip(word.bytes().next())
        .is_some_and(|(one, other)| one.eq_ignore_ascii_case(&other) || !(one.is_ascii() && other.is_ascii()));
    token.lemma() == word
        || form.eq_ignore_ascii_case(word)
        || (alike
            && token.upos() == document::Upos::Verb
            && stems(token, &token.form().to_lowercase()).iter().any(|stem| stem == word))
}

/// Whether these words stand directly before the token, hyphens left out of account.
pub(crate) fn precede(token: document::Token<'_>, words: &[String]) -> bool {
    let mut at = token.id.index();
    words.iter().rev().all(|word| {
        while at > 0 {
            at -= 1;
            let before = token.syntax.token(document::TokenId(at as u32));
            if matches!(before.form(), "-" | "–" | "‑") {
                continue;
            }
            return before.lemma() == word || before.form().eq_ignore_ascii_case(word);
        }
        false
    })
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct CameoCode {
    category: String,
    #[serde(default)]
    mode: String,
    #[serde(default)]
    context: String,
    cameo: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodebookFile {
    name: String,
    version: String,
    ontology: String,
    #[serde(default)]
    promises: BTreeMap<String, String>,
    #[serde(default, rename = "content-status")]
    content_status: BTreeMap<String, toml::Spanned<String>>,
    #[serde(default)]
    recast: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default, rename = "content-modes")]
    content_modes: BTreeMap<String, BTreeMap<String, String>>,
    #[serde(default)]
    demands: BTreeSet<String>,
    #[serde(default)]
    refusals: BTreeSet<String>,
    #[serde(default)]
    threats: BTreeSet<String>,
    #[serde(default)]
    denials: BTreeSet<String>,
    #[serde(default)]
    neutral: BTreeSet<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WordsFile {
    summary: String,
    words: Vec<toml::Spanned<String>>,
}

/// PLOVER's sixteen categories (manual, chapter "Event Categories").
pub(crate) const CATEGORIES: [&str; 16] = [
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
];

/// Predicates of state claims.
pub(crate) const STATES: [&str; 5] = ["control", "presence", "siege", "displacement", "closure"];

const TWICE: &str = "the list has this entry already";
const TWICE_HINT: &str = "once is enough; hyphens are blanks, capitals do not count";

impl Codebook {
    /// Loads a codebook from its files, given as pairs of path (relative to the codebook's folder, with `/`) and contents.
    ///
    /// # Errors
    /// All faults of all files, sorted by file and line, if there is any.
    pub fn load(files: &[(String, String)], examples: Examples) -> Result<Self, Vec<Fault>> {
        let mut codebook = Self::default();
        let mut list = Vec::new();
        let mut sorted: Vec<&(String, String)> = files.iter().collect();
        sorted.sort();
        for (path, contents) in sorted {
            let mut faults = Faults::new(path, contents, &mut list);
            codebook.load_file(path, contents, examples, &mut faults);
        }
        if codebook.name.is_empty() {
            list.push(Fault {
                path: "codebook.toml".into(),
                line: 1,
                words: String::new(),
                message: "the codebook has no name".into(),
                hint: "a file codebook.toml with name, version and ontology".into(),
            });
        }
        codebook.check(files, examples, &mut list);
        codebook.actors.finish();
        codebook.rules.sort_by(|one, other| one.id.cmp(&other.id));
        for rule in &mut codebook.rules {
            rule.triggers = std::mem::take(&mut rule.triggers)
                .into_iter()
                .flat_map(|trigger| spell_out(trigger, &codebook.lists))
                .collect();
        }
        for (number, rule) in codebook.rules.iter().enumerate() {
            for (which, trigger) in rule.triggers.iter().enumerate() {
                codebook.index.entry(trigger.lemma.clone()).or_default().push((number, which));
            }
        }
        if list.is_empty() {
            Ok(codebook)
        } else {
            list.sort();
            Err(list)
        }
    }

    fn load_file(&mut self, path: &str, contents: &str, examples: Examples, faults: &mut Faults<'_>) {
        let parts: Vec<&str> = path.split('/').collect();
        match parts.as_slice() {
            ["codebook.toml"] => {
                if let Some(file) = read_toml::<CodebookFile>(contents, faults) {
                    if file.ontology != "PLOVER" {
                        faults.at(0, &file.ontology, "unknown ontology", "PLOVER");
                    }
                    self.name = file.name;
                    self.version = file.version;
                    self.promises = file.promises;
                    self.recast = file.recast;
                    self.content_modes = file.content_modes;
                    self.demands = file.demands;
                    self.refusals = file.refusals;
                    self.threats = file.threats;
                    self.denials = file.denials;
                    self.neutral = file.neutral;
                    for (category, written) in file.content_status {
                        match rules::status_named(written.get_ref()) {
                            Some(status) => drop(self.content_status.insert(category, status)),
                            None => faults.at(
                                written.span().start,
                                written.get_ref(),
                                "unknown status",
                                "planned, hypothetical, negated, …",
                            ),
                        }
                    }
                }
            }
            ["cameo.toml"] => {
                #[derive(Deserialize)]
                #[serde(deny_unknown_fields)]
                struct CameoFile {
                    code: Vec<CameoCode>,
                }
                if let Some(file) = read_toml::<CameoFile>(contents, faults) {
                    self.cameo = file.code;
                }
            }
            ["confidence.toml"] => {
                if let Some(table) = read_toml(contents, faults) {
                    self.confidence = table;
                }
            }
            ["words", name] if name.ends_with(".txt") => {
                let name = name.trim_end_matches(".txt");
                let entries = contents.lines().map(|line| line.split('#').next().unwrap_or_default().trim());
                let line_of: FxHashMap<&str, usize> =
                    entries.clone().enumerate().map(|(number, entry)| (entry, number + 1)).collect();
                let entries = entries.filter(|entry| !entry.is_empty());
                let list = WordList::new(entries.clone(), |entry| {
                    let line = line_of.get(entry).copied().unwrap_or(1);
                    faults.on_line(line, entry, TWICE, TWICE_HINT);
                });
                if examples == Examples::Read {
                    self.guide.add_list(name, entries);
                }
                self.lists.insert(name.to_owned(), list);
            }
            ["contexts", name] if name.ends_with(".toml") => {
                if let Some(file) = read_toml::<WordsFile>(contents, faults) {
                    let name = name.trim_end_matches(".toml");
                    let mut seen = rustc_hash::FxHashSet::default();
                    for entry in &file.words {
                        let mut words = word_list::words(entry.get_ref());
                        if !seen.insert(words.clone()) {
                            faults.at(entry.span().start, entry.get_ref(), TWICE, TWICE_HINT);
                        } else if let Some(last) = words.pop() {
                            self.contexts.entry(last).or_default().push((words, name.to_owned()));
                        }
                    }
                    if examples == Examples::Read {
                        let words = file.words.into_iter().map(toml::Spanned::into_inner);
                        self.guide.contexts.push(Context {
                            name: name.to_owned(),
                            summary: file.summary,
                            words: words.collect(),
                        });
                    }
                }
            }
            ["actors", name] if name.ends_with(".toml") => self.actors.load(contents, faults),
            ["actors", name] if name.ends_with(".csv") => self.actors.load_table(contents, faults),
            [folder @ ("categories" | "states"), category, "category.md"] => {
                if examples == Examples::Read {
                    self.guide.category(folder, category).text = contents.to_owned();
                }
            }
            [folder @ ("categories" | "states"), category, "modes.toml"] => {
                if let Some(file) = read_toml::<BTreeMap<String, Vec<toml::Spanned<String>>>>(contents, faults) {
                    let mut modes = BTreeMap::new();
                    for (mode, entries) in file {
                        let words = WordList::new(entries.iter().map(|entry| entry.get_ref().as_str()), |twice| {
                            let place = entries.iter().rfind(|entry| entry.get_ref() == twice);
                            faults.at(place.map_or(0, |entry| entry.span().start), twice, TWICE, TWICE_HINT);
                        });
                        if examples == Examples::Read {
                            let entries = entries.into_iter().map(toml::Spanned::into_inner).collect();
                            self.guide.category(folder, category).modes.push((mode.clone(), entries));
                        }
                        modes.insert(mode, words);
                    }
                    self.modes.insert(category.to_uppercase(), modes);
                }
            }
            [folder @ ("categories" | "states"), category, name] if name.ends_with(".rule.toml") => {
                let id = format!("{category}/{}", name.trim_end_matches(".rule.toml"));
                let state = *folder == "states";
                let known = if state {
                    STATES.contains(category)
                } else {
                    CATEGORIES.contains(&category.to_uppercase().as_str())
                };
                if !known {
                    faults.on_line(
                        1,
                        category,
                        "the folder is not a category of the ontology",
                        "a folder under categories/ or states/ named after one",
                    );
                }
                if let Some(rule) = rules::read(id, category, state, contents, examples, faults) {
                    self.rules.push(rule);
                }
            }
            _ if path.ends_with(".md") || path == "scores.toml" => {}
            _ => faults.on_line(
                1,
                path,
                "a file with no place in a codebook",
                "see CONTRIBUTING.md for the folders and suffixes",
            ),
        }
    }

    /// What a reader of the codebook is shown beside the rules; empty if the examples were not read.
    #[must_use]
    pub fn guide(&self) -> &Guide {
        &self.guide
    }

    /// The rules that hang on any verb: (rule, trigger).
    pub(crate) fn candidates_of_any(&self) -> &[(usize, usize)] {
        self.index.get(pattern::ANY).map_or(&[], Vec::as_slice)
    }

    /// The rules that hang on this word: (rule, trigger).
    pub(crate) fn candidates(&self, token: document::Token<'_>) -> impl Iterator<Item = &(usize, usize)> {
        let found = look_up(&self.index, token);
        // Participles that rules name as adjectives: "committed".
        let form = token.form().to_lowercase();
        let participle =
            (form != token.lemma() && token.upos() == document::Upos::Verb).then(|| self.index.get(&form)).flatten();
        found.into_iter().chain(participle).flatten()
    }

    /// Whether a rule hangs on this noun.
    pub(crate) fn names_event(&self, noun: document::Token<'_>) -> bool {
        self.candidates(noun).any(|&(rule, trigger)| self.rules[rule].triggers[trigger].part == TriggerPart::Noun)
    }

    /// The status of what an act of speech of this category has as content, where its own words do not tell.
    pub(crate) fn content_status(&self, category: &str) -> Option<document::Status> {
        self.content_status.get(category).copied()
    }

    /// The mode of an act of this category whose content is of that one.
    pub(crate) fn content_mode(&self, category: &str, content: &str) -> Option<&str> {
        self.content_modes.get(category)?.get(content).map(String::as_str)
    }

    /// What an act of this category is called when its content is of that one; "none" when it is no event of its own.
    pub(crate) fn recast(&self, category: &str, content: &str) -> Option<&str> {
        self.recast.get(category)?.get(content).map(String::as_str)
    }

    pub(crate) fn list(&self, name: &str) -> Option<&WordList> {
        self.lists.get(name)
    }

    /// Modes of a category that the word at this token tells.
    pub(crate) fn modes_told(&self, category: &str, token: document::Token<'_>, into: &mut BTreeSet<String>) {
        for (mode, words) in self.modes.get(category).into_iter().flatten() {
            if words.matches(token) {
                into.insert(mode.clone());
            }
        }
    }

    /// Contexts that the words of these tokens signal.
    pub(crate) fn contexts_told<'a>(&self, tokens: impl Iterator<Item = document::Token<'a>>) -> BTreeSet<String> {
        let mut told = BTreeSet::new();
        for token in tokens {
            if !token.form().starts_with(char::is_alphabetic) {
                continue;
            }
            for (words, context) in self.contexts.get(token.lemma()).into_iter().flatten() {
                if precede(token, words) {
                    told.insert(context.clone());
                }
            }
        }
        told
    }

    /// The most specific CAMEO code for a category with its modes and contexts.
    pub(crate) fn cameo(&self, category: &str, modes: &[String], contexts: &[String]) -> Option<String> {
        let fits = |code: &&CameoCode| {
            code.category == category
                && (code.mode.is_empty() || modes.contains(&code.mode))
                && (code.context.is_empty() || contexts.contains(&code.context))
        };
        // The first of the most specific: the file's order decides between equals.
        let specific =
            |code: &CameoCode| 2 * usize::from(!code.mode.is_empty()) + usize::from(!code.context.is_empty());
        let best = self.cameo.iter().filter(fits).map(specific).max()?;
        self.cameo.iter().filter(fits).find(|code| specific(code) == best).map(|code| code.cameo.clone())
    }
}

/// The triggers that a word list stands for; any other trigger stands for itself.
fn spell_out(trigger: Trigger, lists: &BTreeMap<String, WordList>) -> Vec<Trigger> {
    let Some(list) = trigger.lemma.strip_prefix('@').and_then(|name| lists.get(name)) else { return vec![trigger] };
    // The head of a phrase is its last word, whatever its part of speech: "politically motivated".
    let of = |(last, words): (&str, &[String])| Trigger {
        part: trigger.part,
        lemma: last.to_owned(),
        others: words.to_vec(),
    };
    list.sorted().into_iter().map(of).collect()
}

pub(crate) fn read_toml<T: serde::de::DeserializeOwned>(contents: &str, faults: &mut Faults<'_>) -> Option<T> {
    match toml::from_str(contents) {
        Ok(value) => Some(value),
        Err(error) => {
            let span = error.span().unwrap_or(0..0);
            let words = contents.get(span.clone()).unwrap_or_default().lines().next().unwrap_or_default().to_owned();
            faults.at(span.start, &words, error.message(), "");
            None
        }
    }
}
