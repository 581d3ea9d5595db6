//! Dictionary forms: rules that cut an ending and put another in its place, learned from the tree banks, with a table
//! of exceptions by form and tag.
//!
//! The main type is [`Lemmatizer`].

use crate::language::LanguageError;
use crate::network::{File, hash};
use crate::tags::Label;
use rustc_hash::FxHashMap;

/// The longest ending, in characters, that a rule is looked up by.
const LONGEST_ENDING: usize = 6;

/// How a lemma is made from a form.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Edit {
    /// Whether the form is put in small letters first.
    lower: bool,
    /// Number of characters to cut at the end.
    cut: usize,
    /// What is put in their place.
    ending: Box<str>,
}

impl Edit {
    /// An edit as the model file writes it: "1 2 y" puts in small letters, cuts two characters and adds a "y".
    fn read(text: &str) -> Option<Self> {
        let (lower, rest) = text.split_once(' ')?;
        let (cut, ending) = rest.split_once(' ')?;
        Some(Self { lower: lower == "1", cut: cut.parse().ok()?, ending: ending.into() })
    }

    /// Writes the lemma into `lemma`, whose buffer is reused.
    fn apply(&self, form: &str, lemma: &mut String) {
        lemma.clear();
        if self.lower {
            for character in form.chars() {
                // Final sigma aside, this is what the standard library does for whole strings.
                lemma.extend(character.to_lowercase());
            }
        } else {
            lemma.push_str(form);
        }
        if let Some((place, _)) = self.cut.checked_sub(1).and_then(|back| lemma.char_indices().nth_back(back)) {
            lemma.truncate(place);
        }
        lemma.push_str(&self.ending);
    }
}

/// The learned rules.
#[derive(Clone, Debug, Default)]
pub(crate) struct Lemmatizer {
    edits: Vec<Edit>,
    /// From the hash of form or ending and label to an edit.
    rules: FxHashMap<u64, u32>,
}

impl Lemmatizer {
    /// Reads the rules out of a model file.
    pub(crate) fn load(file: &File<'_>) -> Result<Self, LanguageError> {
        let edits = file.strings("lemmas.edits")?.iter().map(|edit| Edit::read(edit)).collect::<Option<Vec<_>>>();
        let edits = edits.ok_or(LanguageError::Malformed("an edit that cannot be read"))?;
        let keys = file.strings("lemmas.keys")?;
        let values = file.numbers("lemmas.values")?;
        if keys.len() != values.len() || values.iter().any(|value| *value as usize >= edits.len()) {
            return Err(LanguageError::Malformed("rules for lemmas without edits"));
        }
        let rules = keys.iter().zip(values).map(|(key, edit)| (hash(0, key.as_bytes()), *edit)).collect();
        Ok(Self { edits, rules })
    }

    /// Writes the lemma of a form into `lemma`; `lower` is the form in small letters, `key` a buffer.
    pub(crate) fn lemma(&self, form: &str, lower: &str, (upos, xpos): Label, key: &mut String, lemma: &mut String) {
        let mut find = |kind: char, part: &str| {
            key.clear();
            key.push(kind);
            key.push_str(part);
            key.push('\t');
            key.push_str(upos.as_str());
            key.push('|');
            key.push_str(xpos.as_str());
            self.rules.get(&hash(0, key.as_bytes())).and_then(|number| self.edits.get(*number as usize))
        };
        let mut edit = find('=', lower);
        if edit.is_none() {
            let mut starts = [lower.len(); LONGEST_ENDING + 1];
            let mut longest = 0;
            for (length, (start, _)) in lower.char_indices().rev().take(LONGEST_ENDING).enumerate() {
                starts[length + 1] = start;
                longest = length + 1;
            }
            edit = (0..=longest).rev().find_map(|length| find('~', &lower[starts[length]..]));
        }
        match edit {
            Some(edit) => edit.apply(form, lemma),
            None => lower.clone_into(lemma),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;

    #[test]
    fn edits_make_lemmas() {
        for (edit, form, lemma) in [
            ("1 1 ", "Troops", "troop"),
            ("1 3 y", "armies", "army"),
            ("0 0 ", "Kabul", "Kabul"),
            ("1 9 be", "was", "wasbe"),
            ("0 0 x", "", "x"),
        ] {
            let mut made = String::new();
            Edit::read(edit).unwrap().apply(form, &mut made);
            assert_eq!(made, lemma, "{edit}");
        }
        assert_eq!(Edit::read("1 x"), None);
    }
}
