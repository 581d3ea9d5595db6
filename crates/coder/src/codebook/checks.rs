//! Checks that need the whole codebook: what one file says of another.

use super::fault::{Fault, Faults};
use super::{Codebook, Examples, FillerClass};
use crate::codebook::sectors::times_overlap;
use rustc_hash::{FxHashMap, FxHashSet};

/// PLOVER's codes for what is not of one country (manual, section "Non-state actors").
const BEYOND_COUNTRIES: &[&str] = &["UNO", "EUR", "IGO", "NGO", "IMG", "ISM", "MNC"];

impl Codebook {
    /// Names what is wrong between files. A codebook that is loaded without its examples has been checked before.
    pub(super) fn check(&self, files: &[(String, String)], examples: Examples, list: &mut Vec<Fault>) {
        let by_path: FxHashMap<&str, &str> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        self.check_word_lists(&by_path, list);
        self.check_scenes(&by_path, list);
        if examples == Examples::Read {
            self.check_countries(&by_path, list);
            self.check_names(&by_path, list);
        }
    }

    /// Word lists that rules name.
    fn check_word_lists(&self, files: &FxHashMap<&str, &str>, list: &mut Vec<Fault>) {
        for rule in &self.rules {
            let fillers = rule.lines.iter().flat_map(|line| &line.fillers).filter_map(|filler| match filler {
                FillerClass::List(name) => Some(name.as_str()),
                _ => None,
            });
            let triggers = rule.triggers.iter().filter_map(|trigger| trigger.lemma.strip_prefix('@'));
            for name in fillers.chain(triggers).filter(|name| !self.lists.contains_key(*name)) {
                let folder = if rule.state { "states" } else { "categories" };
                let path = format!("{folder}/{}.rule.toml", rule.id);
                let contents = files.get(path.as_str()).copied().unwrap_or_default();
                Faults::new(&path, contents, list).at(
                    contents.find(&format!("@{name}")).unwrap_or(0),
                    &format!("@{name}"),
                    "no such word list",
                    "a file words/NAME.txt, or @actor, @country, @place, @figure, a sector such as @MIL",
                );
            }
        }
    }

    /// Word lists that the table of confidence names.
    fn check_scenes(&self, files: &FxHashMap<&str, &str>, list: &mut Vec<Fault>) {
        for name in self.confidence.scenes.iter().filter(|name| !self.lists.contains_key(*name)) {
            let contents = files.get("confidence.toml").copied().unwrap_or_default();
            let at = contents.find(&format!("{name:?}")).unwrap_or(0);
            Faults::new("confidence.toml", contents, list).at(at, name, "no such word list", "a file words/NAME.txt");
        }
    }

    /// Countries that actors name. A codebook that lists no country leaves their codes open.
    fn check_countries(&self, files: &FxHashMap<&str, &str>, list: &mut Vec<Fault>) {
        let entries = &self.actors.entries;
        let known: FxHashSet<&str> =
            entries.iter().filter(|entry| entry.is_country).map(|entry| entry.id.as_str()).collect();
        if known.is_empty() {
            return;
        }
        let wrong = entries.iter().enumerate().filter_map(|(number, entry)| {
            let code = entry.country.as_deref()?;
            (!known.contains(code) && !BEYOND_COUNTRIES.contains(&code)).then_some((number, code))
        });
        self.at_entries(wrong, files, list, |faults, at, code| {
            let hint = format!("a country of actors/, or {}", BEYOND_COUNTRIES.join(", "));
            faults.at(at, code, "unknown country", hint);
        });
    }

    /// Names that two bear on one day. The program would read the first of them wherever the name stands.
    fn check_names(&self, files: &FxHashMap<&str, &str>, list: &mut Vec<Fault>) {
        let entries = &self.actors.entries;
        let time = |entry: usize| (entries[entry].from, entries[entry].until);
        let mut wrong: Vec<(usize, (String, usize))> = Vec::new();
        for names in self.actors.names().filter(|names| names.len() > 1) {
            let known = names.iter().filter(|name| !self.actors.is_ambiguous(&name.words));
            let mut names: Vec<_> = known.map(|name| (&name.words, name.capitals, name.entry)).collect();
            names.sort_unstable();
            names.dedup();
            for same in names.chunk_by(|one, other| (one.0, one.1) == (other.0, other.1)) {
                for (number, &(words, _, entry)) in same.iter().enumerate() {
                    let mut before = same.iter().take(number);
                    if let Some(&(_, _, first)) = before.find(|(_, _, it)| times_overlap(time(*it), time(entry))) {
                        wrong.push((entry, (words.join(" "), first)));
                    }
                }
            }
        }
        wrong.sort_unstable();
        self.at_entries(wrong.into_iter(), files, list, |faults, at, (name, first)| {
            let message = format!("{} bears this name at the same time", entries[first].id);
            let hint =
                "from and until where one follows the other; else ambiguous = [NAME], and nobody is read into it";
            faults.at(at, &name, message, hint);
        });
    }

    /// Adds faults at entries, given in order.
    fn at_entries<T>(
        &self,
        wrong: impl Iterator<Item = (usize, T)>,
        files: &FxHashMap<&str, &str>,
        list: &mut Vec<Fault>,
        mut add: impl FnMut(&mut Faults<'_>, usize, T),
    ) {
        let mut wrong = wrong.peekable();
        let file_of = |entry: usize| self.actors.origins.get(entry).map(|(file, _)| *file);
        while let Some(&(entry, _)) = wrong.peek() {
            let Some(file) = file_of(entry) else { return };
            let path = self.actors.files.get(file).map_or("", String::as_str);
            let mut faults = Faults::new(path, files.get(path).copied().unwrap_or_default(), list);
            while let Some((entry, about)) = wrong.next_if(|(entry, _)| file_of(*entry) == Some(file)) {
                add(&mut faults, self.actors.origins[entry].1, about);
            }
        }
    }
}
