//! Training of the finder of names, on the entities of GUM whose head is a proper noun and on UNER.

use super::learner::{Learner, Random, StateLearner};
use super::treebank::Sample;
use annotate::language::Word;
use annotate::names::{Context, KINDS, LABELS, Namer, TEMPLATES, choose, demonym, features, find_with};
use annotate::perceptron::Scorer;
use annotate::places::Gazetteer;
use annotate::{Language, syntax, syntax_of};
use anyhow::Context as _;
use document::{NameKind, Relation, Report, Sentences, Syntax, TextSpan, TokenSpan, Tokens, Upos, Xpos};
use std::path::Path;

/// How strongly the weights are scaled before they are rounded, and the least that is kept.
const SCALE: (f64, i32) = (6.0, 3);
const ROUNDS: usize = 8;
const FOLDS: usize = 5;
/// How many models are averaged.
const RUNS: u64 = 3;

/// A sentence with its names.
#[derive(Clone, Default)]
pub(crate) struct Lesson {
    syntax: Syntax,
    words: Vec<Word>,
    labels: Vec<u8>,
    /// What the network makes of each word, row by row, and the length of a row.
    states: (Vec<i16>, usize),
    /// The names of UNER as they stand there, to score by; `None` for lessons from elsewhere.
    scored: Option<Vec<(usize, usize, NameKind)>>,
}

/// Trains on all lessons, several times in different order; the model is the average.
pub(crate) fn namer(lessons: &[&Lesson], gazetteer: &Gazetteer, seed: u64) -> Namer {
    let sentences: Vec<Practice<'_>> = lessons.iter().flat_map(|lesson| practice(lesson, gazetteer)).collect();
    let width = lessons.first().map_or(0, |lesson| lesson.states.1);
    let (mut learner, mut states) = (Learner::default(), StateLearner::new(width, LABELS));
    for run in 0..RUNS {
        let (other, other_states) = learn(&sentences, width, seed + run);
        learner.join(&other);
        states.join(&other_states);
    }
    Namer::new(learner.weights(SCALE.0, SCALE.1), states.weights(SCALE.0))
}

/// A sentence as it is learned from.
struct Practice<'a> {
    context: Context<'a>,
    labels: &'a [u8],
    states: &'a [i16],
}

fn practice<'a>(lesson: &'a Lesson, gazetteer: &Gazetteer) -> Vec<Practice<'a>> {
    let (states, width) = (&lesson.states.0, lesson.states.1);
    let sentences = lesson.syntax.iter_sentences().map(|sentence| {
        let range = sentence.tokens().range();
        Practice {
            context: Context::new(&lesson.syntax, &lesson.words, sentence.id, gazetteer),
            labels: &lesson.labels[range.clone()],
            states: &states[range.start * width..range.end * width],
        }
    });
    sentences.collect()
}

fn learn(sentences: &[Practice<'_>], width: usize, seed: u64) -> (Learner, StateLearner) {
    let (mut learner, mut states) = (Learner::default(), StateLearner::new(width, LABELS));
    let mut order: Vec<usize> = (0..sentences.len()).collect();
    let mut random = Random::new(seed);
    let mut found = [0; TEMPLATES];
    for _ in 0..ROUNDS {
        random.shuffle(&mut order);
        for &index in &order {
            let sentence = &sentences[index];
            let mut before = [255; 2];
            for (at, (&right, row)) in sentence.labels.iter().zip(sentence.states.chunks_exact(width)).enumerate() {
                features(&sentence.context, at, before, &mut found);
                let mut scores = [0; 16];
                learner.score(&found, &mut scores);
                states.score(row, &mut scores);
                let label = choose(&scores, before[0]);
                learner.tick();
                if label != right {
                    learner.update(&found, usize::from(right), usize::from(label));
                    states.update(row, usize::from(right), usize::from(label));
                }
                before = [label, before[0]];
            }
        }
    }
    (learner, states)
}

/// Precision, recall and F1 on UNER, each fifth scored by a model that has not seen it.
pub(crate) fn cross_validate(lessons: &[Lesson], language: &Language, gazetteer: &Gazetteer, seed: u64) -> String {
    let (mut right, mut predicted, mut gold) = (0usize, 0usize, 0usize);
    for out in 0..FOLDS {
        let held = |index: usize, lesson: &Lesson| lesson.scored.is_some() && index / 20 % FOLDS == out;
        let kept: Vec<&Lesson> =
            lessons.iter().enumerate().filter(|(index, lesson)| !held(*index, lesson)).map(|pair| pair.1).collect();
        let namer = namer(&kept, gazetteer, seed);
        for (_, lesson) in lessons.iter().enumerate().filter(|(index, lesson)| held(*index, lesson)) {
            let mut syntax = lesson.syntax.clone();
            syntax.tags.names.clear();
            namer.weigh(&lesson.states.0, &mut syntax.tags.names);
            let known = lesson.scored.as_deref().unwrap_or_default();
            gold += known.len();
            for name in find_with(&namer, &syntax, language, gazetteer) {
                predicted += usize::from(is_uner(name.kind));
                let found = (name.span.start.index(), name.span.end.index(), name.kind);
                right += usize::from(known.contains(&found));
            }
        }
    }
    let part = |of: usize| 100.0 * right as f64 / of.max(1) as f64;
    let (precision, recall) = (part(predicted), part(gold));
    let f1 = 200.0 * right as f64 / (predicted + gold).max(1) as f64;
    format!("names on UNER, cross-validated: precision {precision:.1} recall {recall:.1} F1 {f1:.1} of {gold}")
}

fn is_uner(kind: NameKind) -> bool {
    matches!(kind, NameKind::Person | NameKind::Organization | NameKind::Location)
}

/// Marks a name in a sentence's labels, unless it overlaps one that is there.
fn mark(labels: &mut [u8], start: usize, end: usize, kind: NameKind) {
    let Some(number) = KINDS.iter().position(|other| *other == kind) else { return };
    if start < end && end <= labels.len() && labels[start..end].iter().all(|label| *label == 0) {
        labels[start..end].fill((1 + KINDS.len() + number) as u8);
        labels[start] = (1 + number) as u8;
    }
}

/// The lessons of GUM: every sample that carries entities, with tags and trees as the language reads them.
pub(crate) fn of_treebank(samples: &[Sample], language: &Language) -> Vec<Lesson> {
    samples
        .iter()
        .filter(|sample| sample.with_entities)
        .map(|sample| {
            let mut labels = vec![0; sample.words.len()];
            let mut found = entities(sample);
            // Outer names first: what lies inside another name is no name of its own.
            found.sort_by_key(|entity| std::cmp::Reverse(entity.1 - entity.0));
            for (start, end, kind) in found {
                mark(&mut labels, start, end, kind);
            }
            finish(lesson(given(sample, language), language, labels))
        })
        .collect()
}

fn lesson(syntax: Syntax, language: &Language, labels: Vec<u8>) -> Lesson {
    let words = language.words(&syntax.report.text, &syntax.tokens);
    let states = language.states(&syntax);
    Lesson { syntax, words, labels, states, scored: None }
}

/// A sample read anew, its tokens given.
fn given(sample: &Sample, language: &Language) -> Syntax {
    let mut tokens = Tokens::default();
    let mut text = String::new();
    for form in &sample.forms {
        let start = text.len();
        text.push_str(form);
        tokens.spans.push(TextSpan::new(start, text.len()));
        tokens.joined.push(false);
        text.push(' ');
    }
    let sentences = Sentences { spans: vec![TokenSpan::new(0, tokens.len())], paragraphs: vec![0] };
    syntax_of(Report::from_text("sample", text), tokens, sentences, language)
}

/// Peoples and creeds are marked by neither source; they are read off the list.
fn finish(mut lesson: Lesson) -> Lesson {
    for at in 0..lesson.words.len() {
        if demonym(&lesson.words[at]) && lesson.syntax.tags.upos[at] != Upos::Verb {
            mark(&mut lesson.labels, at, at + 1, NameKind::Group);
        }
    }
    lesson
}

/// The named entities of a sample, cut down to the name.
fn entities(sample: &Sample) -> Vec<(usize, usize, NameKind)> {
    let mut open: Vec<(&str, &str, usize)> = Vec::new();
    let mut found = Vec::new();
    for (at, misc) in sample.misc.iter().enumerate() {
        let Some(value) = misc.split('|').find_map(|entry| entry.strip_prefix("Entity=")) else { continue };
        for part in value.split_inclusive(')').flat_map(split_before_open) {
            let closes = part.ends_with(')');
            let name = part.trim_matches(['(', ')']);
            let mut fields = name.split('-');
            let id = fields.next().unwrap_or_default();
            if part.starts_with('(') {
                open.push((id, fields.next().unwrap_or_default(), at));
            }
            if closes && let Some(place) = open.iter().rposition(|entity| entity.0 == id) {
                let (_, kind, start) = open.remove(place);
                found.extend(name_of(sample, start, at + 1, kind));
            }
        }
    }
    found
}

/// Splits "(1-person(2-place)" before each opening bracket.
fn split_before_open(part: &str) -> Vec<&str> {
    let mut places: Vec<usize> = part.match_indices('(').map(|found| found.0).filter(|place| *place > 0).collect();
    places.insert(0, 0);
    places.push(part.len());
    places.windows(2).map(|pair| &part[pair[0]..pair[1]]).filter(|piece| !piece.is_empty()).collect()
}

/// The name within an entity mention, if its head is a proper noun: the head with what is part of its name.
fn name_of(sample: &Sample, start: usize, end: usize, kind: &str) -> Option<(usize, usize, NameKind)> {
    let inside = |token: usize| (start..end).contains(&token);
    let head = (start..end).find(|&token| !inside(sample.heads[token] as usize))?;
    let (upos, xpos) = sample.labels[head];
    let proper = |token: usize| {
        matches!(sample.labels[token].1, Xpos::Nnp | Xpos::Nnps) || sample.labels[token].0 == Upos::Propn
    };
    if upos != Upos::Propn {
        return None;
    }
    let kind = match kind {
        "person" if xpos == Xpos::Nnps => NameKind::Group,
        "person" | "animal" => NameKind::Person,
        "organization" => NameKind::Organization,
        "place" => NameKind::Location,
        "time" => return None,
        _ => NameKind::Other,
    };
    // Names of persons are the head and what is joined to it flat; others may hold "of" phrases and adjectives.
    let person = kind == NameKind::Person;
    let mut belongs = vec![false; end - start];
    belongs[head - start] = true;
    for _ in 0..4 {
        for token in start..end {
            let above = sample.heads[token] as usize;
            if !inside(above) || !belongs[above - start] {
                continue;
            }
            let relation = sample.relations[token];
            let of = sample.heads.iter().zip(&sample.forms).any(|(head, form)| *head as usize == token && form == "of");
            let capital = sample.forms[token].starts_with(char::is_uppercase);
            belongs[token - start] |= match relation {
                Relation::Flat => capital || proper(token) || sample.recased,
                Relation::Compound | Relation::Amod => proper(token) && (!person || relation == Relation::Compound),
                Relation::Nmod => !person && proper(token) && of,
                Relation::Case | Relation::Det => above != head,
                Relation::Conj | Relation::Cc => !person && proper(above) && above != head,
                Relation::Punct => sample.forms[token] == "-",
                _ => false,
            };
        }
    }
    let mut first = (start..end).find(|&token| belongs[token - start])?;
    let last = (start..end).rfind(|&token| belongs[token - start])?;
    while first < head && person && is_title(&sample.forms[first]) {
        first += 1;
    }
    Some((first, last + 1, kind))
}

fn is_title(form: &str) -> bool {
    annotate::names::title(&Word::new(form))
}

/// The lessons of UNER: JSON lines with the text and the names at code points.
pub(crate) fn of_uner(path: &Path, language: &Language) -> anyhow::Result<Vec<Lesson>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    text.lines().filter(|line| !line.trim().is_empty()).map(|line| uner(line, language)).collect()
}

fn uner(line: &str, language: &Language) -> anyhow::Result<Lesson> {
    #[derive(serde::Deserialize)]
    struct Row {
        text: String,
        entities: Vec<Entity>,
    }
    #[derive(serde::Deserialize)]
    struct Entity {
        start: usize,
        end: usize,
        r#type: String,
    }
    let row: Row = serde_json::from_str(line)?;
    let syntax = syntax(Report::from_text("uner", row.text), language);
    let text = syntax.report.text.clone();
    let byte = |point: usize| text.char_indices().nth(point).map_or(text.len(), |entry| entry.0) as u32;
    let labels = vec![0; syntax.tokens.len()];
    let mut lesson = lesson(syntax, language, labels);
    let spans = &lesson.syntax.tokens.spans;
    let mut scored = Vec::new();
    for entity in row.entities {
        let kind = match entity.r#type.as_str() {
            "PER" => NameKind::Person,
            "ORG" => NameKind::Organization,
            _ => NameKind::Location,
        };
        let (start, end) = (byte(entity.start), byte(entity.end));
        let first = spans.partition_point(|span| span.end <= start);
        let last = spans.partition_point(|span| span.start < end);
        mark(&mut lesson.labels, first, last, kind);
        // A name that starts or ends inside a token counts as missed.
        let exact = spans.get(first).is_some_and(|span| span.start == start);
        scored.push((if exact { first } else { usize::MAX }, last, kind));
    }
    lesson.scored = Some(scored);
    Ok(finish(lesson))
}
