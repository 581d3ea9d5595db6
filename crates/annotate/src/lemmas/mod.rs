//! Dictionary forms: rules that cut an ending and put another in its place, learned from the tree banks, with a table
//! of exceptions by form and tag.
//!
//! The main type is [`Lemmatizer`]; `training/lemmas.py` learns the rules and applies them in the same way.

use crate::language::LanguageError;
use crate::network::{File, hash};
use crate::tags::Label;
use document::{Upos, Xpos};
use rustc_hash::FxHashMap;

/// The longest ending, in characters, that a rule is looked up by.
const LONGEST_ENDING: usize = 6;

/// How a lemma is made from a form.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Edit {
    case: Case,
    /// Number of characters to cut at the end.
    cut: usize,
    /// What is put in their place.
    ending: Box<str>,
}

/// What an edit does to capitals, before all else.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Case {
    Keep,
    Small,
    /// A capital first, then small letters.
    Title,
}

impl Edit {
    /// An edit as the model file writes it: "1 2 y" puts in small letters, cuts two characters and adds a "y".
    fn read(text: &str) -> Option<Self> {
        let (case, rest) = text.split_once(' ')?;
        let (cut, ending) = rest.split_once(' ')?;
        let case = match case {
            "0" => Case::Keep,
            "1" => Case::Small,
            "2" => Case::Title,
            _ => return None,
        };
        Some(Self { case, cut: cut.parse().ok()?, ending: ending.into() })
    }

    /// Whether nothing but the capitals is changed, as without any rule.
    fn is_plain(&self) -> bool {
        self.case == Case::Small && self.cut == 0 && self.ending.is_empty()
    }

    /// Writes the lemma into `lemma`, whose buffer is reused.
    fn apply(&self, form: &str, lemma: &mut String) {
        lemma.clear();
        let kept = match self.case {
            Case::Keep => form.len(),
            Case::Small => 0,
            Case::Title => {
                let first = form.chars().next();
                lemma.extend(first.into_iter().flat_map(char::to_uppercase));
                first.map_or(0, char::len_utf8)
            }
        };
        if self.case == Case::Keep {
            lemma.push_str(form);
        }
        for character in form[kept..].chars() {
            // Final sigma aside, this is what the standard library does for whole strings.
            lemma.extend(character.to_lowercase());
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

    /// Writes the lemma of a form into `lemma`; `lower` is the form in small letters, `knows` tells whether a word
    /// stands in the vocabulary, `key` is a buffer.
    pub(crate) fn lemma(
        &self,
        form: &str,
        lower: &str,
        label: Label,
        knows: impl Fn(&str) -> bool,
        key: &mut String,
        lemma: &mut String,
    ) {
        if is_grouped(form) {
            lemma.clear();
            lemma.extend(form.chars().filter(|character| *character != ','));
            return;
        }
        if let Some(edit) = self.of_form(lower, label, key) {
            edit.apply(form, lemma);
        } else {
            let edits = self.of_endings(lower, label, key);
            let mut edits = edits.iter().rev().flatten().copied();
            match edits.clone().next() {
                Some(edit) if edit.is_plain() || !is_inflected(label.1) => edit.apply(form, lemma),
                Some(edit) => {
                    if !settle(&mut edits, form, knows, lemma) {
                        edit.apply(form, lemma);
                    }
                }
                None => lower.clone_into(lemma),
            }
        }
        if lemma.is_empty() {
            lower.clone_into(lemma);
        }
        // Those who hurry or shout write names in one case; names that are known begin with a capital.
        let is_one_case = || form == lower || !form.chars().any(char::is_lowercase);
        if label.1 == Xpos::Nnp && is_one_case() {
            write_key(key, '^', lower);
            if let Some(edit) = self.rule(key) {
                let made = std::mem::take(lemma);
                edit.apply(&made, lemma);
            }
        }
    }

    fn rule(&self, key: &str) -> Option<&Edit> {
        self.rules.get(&hash(0, key.as_bytes())).and_then(|number| self.edits.get(*number as usize))
    }

    /// The edit of a whole form. A verb of a tag that it was not seen with, and a mark, go by the universal tag.
    fn of_form(&self, lower: &str, (upos, xpos): Label, key: &mut String) -> Option<&Edit> {
        write_key(key, '=', lower);
        key.push('\t');
        key.push_str(upos.as_str());
        let length = key.len();
        key.push('|');
        key.push_str(xpos.as_str());
        self.rule(key).or_else(|| {
            let is_wide = matches!(upos, Upos::Verb | Upos::Aux) || !lower.chars().any(char::is_alphanumeric);
            self.rule(&key[..length]).filter(|_| is_wide)
        })
    }

    /// The edits of the endings, the shortest first.
    fn of_endings(&self, lower: &str, (upos, xpos): Label, key: &mut String) -> [Option<&Edit>; LONGEST_ENDING + 1] {
        let mut edits = [None; LONGEST_ENDING + 1];
        let starts = lower.char_indices().rev().map(|(start, _)| start);
        for (edit, start) in edits.iter_mut().zip(std::iter::once(lower.len()).chain(starts)) {
            write_key(key, '~', &lower[start..]);
            key.push('\t');
            key.push_str(upos.as_str());
            key.push('|');
            key.push_str(xpos.as_str());
            *edit = self.rule(key);
        }
        edits
    }
}

/// Writes the beginning of a key: what kind it is, and a word or ending.
fn write_key(key: &mut String, kind: char, part: &str) {
    key.clear();
    key.push(kind);
    key.push_str(part);
}

/// Writes the first result of the edits that is a known word, else of those with an e more, or without a last letter
/// that was doubled or is an e; tells whether there was one.
fn settle<'a>(
    edits: &mut (impl Iterator<Item = &'a Edit> + Clone),
    form: &str,
    knows: impl Fn(&str) -> bool,
    lemma: &mut String,
) -> bool {
    let is_known = |word: &str| word.chars().nth(2).is_some() && knows(word);
    for edit in edits.clone() {
        edit.apply(form, lemma);
        if is_known(lemma) {
            return true;
        }
    }
    for edit in edits {
        edit.apply(form, lemma);
        lemma.push('e');
        if is_known(lemma) {
            return true;
        }
        lemma.pop();
        let mut back = lemma.chars().rev();
        let (last, before) = (back.next(), back.next());
        if before.is_some() && (last == Some('e') || last == before) {
            lemma.pop();
            if is_known(lemma) {
                return true;
            }
        }
    }
    false
}

fn is_inflected(xpos: Xpos) -> bool {
    use Xpos::{Jjr, Jjs, Nnps, Nns, Rbr, Rbs, Vbd, Vbg, Vbn, Vbz};
    matches!(xpos, Vbd | Vbn | Vbg | Vbz | Nns | Nnps | Jjr | Jjs | Rbr | Rbs)
}

/// Whether a form is a number whose digits are grouped by commas.
fn is_grouped(form: &str) -> bool {
    let is_digit = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_digit);
    let bytes = form.as_bytes();
    let is_number = bytes.iter().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    is_number && bytes.contains(&b',') && is_digit(bytes.first()) && is_digit(bytes.last())
}

#[cfg(test)]
mod tests {
    use super::{Edit, is_grouped, settle};

    #[test]
    fn edits_make_lemmas() {
        for (edit, form, lemma) in [
            ("1 1 ", "Troops", "troop"),
            ("1 3 y", "armies", "army"),
            ("0 0 ", "Kabul", "Kabul"),
            ("1 9 be", "was", "wasbe"),
            ("0 0 x", "", "x"),
            ("2 0 ", "KABUL", "Kabul"),
            ("2 0 ", "émile", "Émile"),
        ] {
            let mut made = String::new();
            Edit::read(edit).unwrap().apply(form, &mut made);
            assert_eq!(made, lemma, "{edit}");
        }
        assert_eq!(Edit::read("1 x"), None);
    }

    #[test]
    fn a_known_word_settles_what_an_ending_leaves_open() {
        let edits: Vec<Edit> = ["1 3 ", "1 2 "].iter().filter_map(|edit| Edit::read(edit)).collect();
        let knows = |word: &str| matches!(word, "smell" | "scale" | "retreat");
        for (form, lemma) in [("smelled", "smell"), ("scaled", "scale"), ("retreated", "retreat")] {
            let mut made = String::new();
            assert!(settle(&mut edits.iter(), form, knows, &mut made), "{form}");
            assert_eq!(made, lemma);
        }
        assert!(!settle(&mut edits.iter(), "beraded", knows, &mut String::new()));
    }

    #[test]
    fn numbers_lose_their_commas() {
        assert!(["6,606", "1,234.5"].into_iter().all(is_grouped));
        assert!(!["6606", "3,", ",5", "1,a", ""].into_iter().any(is_grouped));
    }
}
