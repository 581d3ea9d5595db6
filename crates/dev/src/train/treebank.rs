//! Tree banks in memory: CoNLL-U files as columns of hashes and labels.

use annotate::conllu;
use annotate::language::Word;
use annotate::tags::Label;
use anyhow::Context as _;
use document::{Relation, Upos, Xpos};
use std::path::Path;

/// A sentence to learn from.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) forms: Vec<String>,
    pub(crate) words: Vec<Word>,
    pub(crate) lemmas: Vec<String>,
    pub(crate) labels: Vec<Label>,
    pub(crate) features: Vec<String>,
    /// The head's number, counted from 0; the number of words for the root.
    pub(crate) heads: Vec<u32>,
    pub(crate) relations: Vec<Relation>,
    pub(crate) misc: Vec<String>,
    /// Whether the case of the sentence was changed; such copies teach tags and names, but no lemmas.
    pub(crate) recased: bool,
    /// Whether the entities of the sentence are marked.
    pub(crate) with_entities: bool,
}

/// Reads a tree bank. Sentences with labels that are none of the standard's are left out.
pub(crate) fn read(path: &Path) -> anyhow::Result<Vec<Sample>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    Ok(conllu::read(&text).into_iter().filter_map(sample).collect())
}

fn sample(sentence: conllu::Sentence) -> Option<Sample> {
    let length = sentence.words.len();
    let mut sample = Sample {
        forms: Vec::with_capacity(length),
        words: Vec::with_capacity(length),
        lemmas: Vec::with_capacity(length),
        labels: Vec::with_capacity(length),
        features: Vec::with_capacity(length),
        heads: Vec::with_capacity(length),
        relations: Vec::with_capacity(length),
        misc: Vec::with_capacity(length),
        recased: false,
        with_entities: false,
    };
    for word in sentence.words {
        sample.labels.push((Upos::from_label(&word.upos)?, Xpos::from_label(&word.xpos)?));
        sample.relations.push(Relation::from_label(&word.relation)?);
        sample.heads.push(if word.head == 0 { length as u32 } else { word.head as u32 - 1 });
        sample.words.push(Word::new(&word.form));
        sample.forms.push(word.form);
        sample.lemmas.push(word.lemma);
        sample.features.push(word.features);
        sample.misc.push(word.misc);
    }
    Some(sample)
}

/// Copies of some sentences in other cases: headlines are set in title case or capitals, careless writing in small
/// letters. `every` sentences give one copy, the three cases in turn.
pub(crate) fn recased(samples: &[Sample], every: usize) -> Vec<Sample> {
    let mut copies: Vec<Sample> = samples.iter().skip(1).step_by(every).cloned().collect();
    for (number, sample) in copies.iter_mut().enumerate() {
        sample.recased = true;
        for (form, label) in sample.forms.iter_mut().zip(&sample.labels) {
            *form = match number % 3 {
                0 => form.to_lowercase(),
                1 => form.to_uppercase(),
                _ if matches!(label.0, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Part) => form.clone(),
                _ => title(form),
            };
        }
        sample.words = sample.forms.iter().map(|form| Word::new(form)).collect();
    }
    copies
}

fn title(form: &str) -> String {
    let mut characters = form.chars();
    match characters.next() {
        Some(first) if first.is_alphabetic() => first.to_uppercase().chain(characters).collect(),
        _ => form.to_owned(),
    }
}
