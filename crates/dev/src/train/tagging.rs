//! Training of the tagger, of the table of features behind it, and of the lemma rules.

use super::learner::{Learner, Random};
use super::treebank::Sample;
use annotate::language::{lower_form, plain_form, sentence_casing};
use annotate::lemmas::{Edit, Lemmatizer};
use annotate::perceptron::{Scorer, best};
use annotate::tags::{Label, Morphology, TEMPLATES, Tagger, features};
use document::Upos;
use std::collections::BTreeMap;

/// How strongly tagger weights are scaled before they are rounded, and the least that is kept.
const SCALE: (f64, i32) = (6.0, 4);

/// The joint labels that occur at least three times, sorted by frequency.
pub(crate) fn labels(samples: &[Sample]) -> Vec<Label> {
    let mut counts: BTreeMap<Label, usize> = BTreeMap::new();
    for label in samples.iter().flat_map(|sample| &sample.labels) {
        *counts.entry(*label).or_default() += 1;
    }
    let mut labels: Vec<(usize, Label)> =
        counts.into_iter().filter(|entry| entry.1 >= 3).map(|(label, count)| (count, label)).collect();
    labels.sort_unstable_by(|one, other| other.0.cmp(&one.0).then(one.1.cmp(&other.1)));
    labels.truncate(250);
    labels.into_iter().map(|entry| entry.1).collect()
}

/// The number of a label; a rare one is counted with the most frequent of its part of speech.
pub(crate) fn number(labels: &[Label], label: Label) -> u8 {
    labels
        .iter()
        .position(|other| *other == label)
        .or_else(|| labels.iter().position(|other| other.0 == label.0))
        .unwrap_or(0) as u8
}

/// Trains a tagger.
pub(crate) fn tagger(samples: &[&Sample], labels: &[Label], rounds: usize, seed: u64) -> Tagger {
    let gold: Vec<Vec<u8>> =
        samples.iter().map(|sample| sample.labels.iter().map(|label| number(labels, *label)).collect()).collect();
    let certain = certain(samples, &gold);
    let mut learner = Learner::default();
    let mut order: Vec<usize> = (0..samples.len()).collect();
    let mut random = Random::new(seed);
    let mut found = [0; TEMPLATES];
    for _ in 0..rounds {
        random.shuffle(&mut order);
        for &index in &order {
            let words = &samples[index].words;
            let casing = sentence_casing(words);
            let mut before = [255; 2];
            for (at, word) in words.iter().enumerate() {
                let label = certain.get(&word.form).copied().unwrap_or_else(|| {
                    features(words, at, casing, before, &mut found);
                    let mut scores = [0; 256];
                    learner.score(&found, &mut scores);
                    let label = best(&scores, 0..labels.len());
                    let right = usize::from(gold[index][at]);
                    learner.tick();
                    if label != right {
                        learner.update(&found, right, label);
                    }
                    label as u8
                });
                before = [label, before[0]];
            }
        }
    }
    let certain = certain.into_iter().map(|(form, label)| (form, u32::from(label))).collect();
    Tagger::new(labels.to_vec(), certain, learner.weights(SCALE.0, SCALE.1))
}

/// Forms that occur often and practically always with one label.
fn certain(samples: &[&Sample], gold: &[Vec<u8>]) -> BTreeMap<u32, u8> {
    let mut counts: BTreeMap<u32, BTreeMap<u8, usize>> = BTreeMap::new();
    for (sample, gold) in samples.iter().zip(gold).filter(|pair| !pair.0.recased) {
        for (word, label) in sample.words.iter().zip(gold) {
            *counts.entry(word.form).or_default().entry(*label).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter_map(|(form, counts)| {
            let total: usize = counts.values().sum();
            let (label, count) = counts.into_iter().max_by_key(|entry| entry.1)?;
            (total >= 40 && count * 500 >= total * 499).then_some((form, label))
        })
        .collect()
}

/// Tags every sample by a tagger that has not seen it, so that later models train on what they will meet.
pub(crate) fn jackknife(samples: &[Sample], labels: &[Label], folds: usize, rounds: usize, seed: u64) -> Vec<Vec<u8>> {
    let mut tags = vec![Vec::new(); samples.len()];
    // Neighbouring sentences are of one text; whole runs are held out, as whole texts are new at work.
    let fold = |index: usize| index / 40 % folds;
    let parts: Vec<Vec<(usize, Vec<u8>)>> = std::thread::scope(|scope| {
        let handles: Vec<_> = (0..folds)
            .map(|out| {
                scope.spawn(move || {
                    let kept: Vec<&Sample> = samples
                        .iter()
                        .enumerate()
                        .filter(|(index, _)| fold(*index) != out)
                        .map(|(_, sample)| sample)
                        .collect();
                    let tagger = tagger(&kept, labels, rounds, seed + out as u64);
                    let held = samples.iter().enumerate().filter(|(index, _)| fold(*index) == out);
                    held.map(|(index, sample)| {
                        let mut tags = Vec::new();
                        tagger.tag(&sample.words, &mut tags);
                        (index, tags)
                    })
                    .collect()
                })
            })
            .collect();
        handles.into_iter().map(|handle| handle.join().unwrap_or_default()).collect()
    });
    for (index, found) in parts.into_iter().flatten() {
        tags[index] = found;
    }
    tags
}

/// The table of features: for each label its most frequent set, and the forms that differ from it.
pub(crate) fn morphology(samples: &[Sample]) -> Morphology {
    let mut by_label: BTreeMap<Label, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut by_form: BTreeMap<(String, Label), BTreeMap<&str, usize>> = BTreeMap::new();
    let mut lower = String::new();
    for sample in samples.iter().filter(|sample| !sample.recased) {
        for ((form, &label), set) in sample.forms.iter().zip(&sample.labels).zip(&sample.features) {
            lower_plain(form, &mut lower);
            *by_label.entry(label).or_default().entry(set).or_default() += 1;
            *by_form.entry((lower.clone(), label)).or_default().entry(set).or_default() += 1;
        }
    }
    let mut sets: Vec<Box<str>> = vec!["_".into()];
    let mut pairs = Vec::new();
    let mut number = |set: &str| {
        sets.iter().position(|other| **other == *set).unwrap_or_else(|| {
            sets.push(set.into());
            sets.len() - 1
        }) as u32
    };
    let mut usual = BTreeMap::new();
    for (&label, counts) in &by_label {
        let set = most(counts);
        usual.insert(label, set);
        pairs.push((Morphology::key("", label), number(set)));
    }
    for ((form, label), counts) in &by_form {
        let set = most(counts);
        if usual.get(label) != Some(&set) {
            pairs.push((Morphology::key(form, *label), number(set)));
        }
    }
    Morphology::new(sets, pairs)
}

/// The lemma rules: for each label and ending the most frequent edit where it differs from that of the shorter ending,
/// and the forms that the rules get wrong.
pub(crate) fn lemmatizer(samples: &[Sample]) -> Lemmatizer {
    let mut by_key: BTreeMap<(usize, u32), BTreeMap<Edit, usize>> = BTreeMap::new();
    let mut by_form: BTreeMap<(String, Label), BTreeMap<Edit, usize>> = BTreeMap::new();
    let (mut plain, mut lower) = (String::new(), String::new());
    for sample in samples.iter().filter(|sample| !sample.recased) {
        for ((form, &label), lemma) in sample.forms.iter().zip(&sample.labels).zip(&sample.lemmas) {
            if lemma == "_" && form != "_" {
                continue;
            }
            plain_form(form, &mut plain);
            lower_form(&plain, &mut lower);
            let edit = Edit::between(&plain, lemma, matches!(label.0, Upos::Propn | Upos::X | Upos::Sym));
            *by_form.entry((lower.clone(), label)).or_default().entry(edit).or_default() += 1;
        }
    }
    // Each form counts once: the rules speak for forms that were not seen.
    for ((lower, label), edits) in &by_form {
        let edit = most_edit(edits);
        let keys: Vec<u32> = Lemmatizer::rule_keys(lower, *label).collect();
        for (length, key) in keys.iter().rev().enumerate() {
            *by_key.entry((length, *key)).or_default().entry(edit.clone()).or_default() += 1;
        }
    }
    let chosen: BTreeMap<u32, Edit> = by_key
        .iter()
        .filter(|(key, counts)| key.0 == 0 || counts.values().sum::<usize>() >= 2)
        .map(|(key, counts)| (key.1, most_edit(counts)))
        .collect();
    let mut edits: Vec<Edit> = Vec::new();
    let mut number = |edit: &Edit| {
        edits.iter().position(|other| other == edit).unwrap_or_else(|| {
            edits.push(edit.clone());
            edits.len() - 1
        }) as u32
    };
    let mut pairs: BTreeMap<u32, u32> = BTreeMap::new();
    for ((lower, label), counts) in &by_form {
        let keys: Vec<u32> = Lemmatizer::rule_keys(lower, *label).collect();
        let mut shorter: Option<&Edit> = None;
        for key in keys.iter().rev() {
            let Some(edit) = chosen.get(key) else { continue };
            if shorter != Some(edit) {
                pairs.insert(*key, number(edit));
            }
            shorter = Some(edit);
        }
        let edit = most_edit(counts);
        if shorter != Some(&edit) {
            pairs.insert(Lemmatizer::exception_key(lower, *label), number(&edit));
        }
    }
    let pairs = pairs.into_iter().collect();
    Lemmatizer::new(edits, pairs)
}

fn lower_plain(form: &str, lower: &mut String) {
    let mut plain = String::new();
    plain_form(form, &mut plain);
    lower_form(&plain, lower);
}

fn most<'a>(counts: &BTreeMap<&'a str, usize>) -> &'a str {
    counts.iter().max_by_key(|entry| entry.1).map_or("_", |entry| entry.0)
}

fn most_edit(counts: &BTreeMap<Edit, usize>) -> Edit {
    counts.iter().max_by_key(|entry| entry.1).map_or_else(|| Edit::between("", "", false), |entry| entry.0.clone())
}
