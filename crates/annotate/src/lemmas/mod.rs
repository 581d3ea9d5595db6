//! Dictionary forms: rules that cut an ending and put another in its place, learned from the tree banks, with a table
//! of exceptions by form and tag.
//!
//! The main type is [`Lemmatizer`].

use crate::language::bytes::{Reader, Writer};
use crate::language::table::Table;
use crate::language::{LanguageError, mix};
use crate::perceptron::text_hash;
use crate::tags::Label;

/// The longest ending, in characters, that a rule is looked up by.
pub const LONGEST_ENDING: usize = 5;

/// How a lemma is made from a form.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Edit {
    /// Whether the form is put in small letters first.
    pub lower: bool,
    /// Number of characters to cut at the end.
    pub cut: u8,
    /// What is put in their place.
    pub ending: Box<str>,
}

impl Edit {
    /// The edit that makes `lemma` of `form`. Small letters are put first if that brings the two closer, and where it
    /// makes no difference unless `keeps_case`, which is for proper names.
    #[must_use]
    pub fn between(form: &str, lemma: &str, keeps_case: bool) -> Self {
        let small = form.to_lowercase();
        let shared = |form: &str| form.chars().zip(lemma.chars()).take_while(|(one, other)| one == other).count();
        let lower = shared(&small) + usize::from(!keeps_case) > shared(form);
        let source = if lower { small.as_str() } else { form };
        let shared = shared(source);
        let cut = source.chars().count() - shared;
        Self { lower, cut: cut.min(255) as u8, ending: lemma.chars().skip(shared).collect::<String>().into() }
    }

    /// Writes the lemma into `lemma`, whose buffer is reused.
    pub fn apply(&self, form: &str, lemma: &mut String) {
        lemma.clear();
        if self.lower {
            for character in form.chars() {
                // Final sigma aside, this is what the standard library does for whole strings.
                lemma.extend(character.to_lowercase());
            }
        } else {
            lemma.push_str(form);
        }
        let cut = usize::from(self.cut);
        if let Some((place, _)) = cut.checked_sub(1).and_then(|back| lemma.char_indices().nth_back(back)) {
            lemma.truncate(place);
        }
        lemma.push_str(&self.ending);
    }
}

/// The learned rules.
#[derive(Clone, Debug, Default)]
pub struct Lemmatizer {
    edits: Vec<Edit>,
    /// From the key of tag and ending, or of tag and whole form, to an edit.
    rules: Table,
}

impl Lemmatizer {
    /// The rules from edits and pairs of key and number of the edit.
    #[must_use]
    pub fn new(edits: Vec<Edit>, pairs: Vec<(u32, u32)>) -> Self {
        Self { edits, rules: Table::from_pairs(pairs) }
    }

    /// The key of an exception: the form in small letters with its label.
    #[must_use]
    pub fn exception_key(lower: &str, (upos, xpos): Label) -> u32 {
        mix(mix(text_hash(lower), 1), (upos as u32) << 8 | xpos as u32)
    }

    /// The keys of the rules for a form in small letters, from the longest ending to the empty one.
    pub fn rule_keys(lower: &str, (upos, xpos): Label) -> impl Iterator<Item = u32> {
        let base = mix((upos as u32) << 8 | xpos as u32, 2);
        let mut hash = base;
        let mut keys = [base; LONGEST_ENDING + 1];
        let mut length = 0;
        for character in lower.chars().rev().take(LONGEST_ENDING) {
            hash = mix(hash, u32::from(character));
            length += 1;
            keys[length] = hash;
        }
        (0..=length).rev().map(move |length| keys[length])
    }

    /// Writes the lemma of a form into `lemma`.
    pub fn lemma(&self, form: &str, lower: &str, label: Label, lemma: &mut String) {
        let edit = std::iter::once(Self::exception_key(lower, label))
            .chain(Self::rule_keys(lower, label))
            .find_map(|key| self.rules.get(key))
            .and_then(|number| self.edits.get(number as usize));
        match edit {
            Some(edit) => edit.apply(form, lemma),
            None => lower.clone_into(lemma),
        }
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        writer.length(self.edits.len());
        for edit in &self.edits {
            writer.u8(u8::from(edit.lower));
            writer.u8(edit.cut);
            writer.string(&edit.ending);
        }
        self.rules.write(writer);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        let count = reader.length(6)?;
        let mut edits = Vec::with_capacity(count);
        for _ in 0..count {
            edits.push(Edit { lower: reader.u8()? != 0, cut: reader.u8()?, ending: reader.string()?.into() });
        }
        Ok(Self { rules: Table::read(reader, edits.len())?, edits })
    }
}

#[cfg(test)]
mod tests {
    use super::Edit;

    #[test]
    fn edits_make_lemmas() {
        for (form, lemma) in
            [("Troops", "troop"), ("said", "say"), ("Kabul", "Kabul"), ("UN", "UN"), ("’s", "'s"), ("", "x")]
        {
            let mut made = String::new();
            Edit::between(form, lemma, true).apply(form, &mut made);
            assert_eq!(made, lemma);
            Edit::between(form, lemma, false).apply(form, &mut made);
            assert_eq!(made, lemma);
        }
    }
}
