//! Proper names: a tagger over the words of a sentence that knows their parts of speech, what the network makes of them,
//! which places the gazetteer has, and what names it saw before.
//!
//! The main types are [`Name`](document::Name) and [`Namer`]. What a name refers to is left to the coder.

mod acronyms;
mod borders;
mod features;
mod known;
mod lists;
mod states;
#[cfg(test)]
mod tests;

use crate::language::bytes::{Reader, Writer};
use crate::language::{Language, LanguageError, Word, mix};
use crate::perceptron::{Scorer, Scores, Weights, best};
use crate::places::Gazetteer;
use document::{Name, NameKind, Syntax, TokenId, TokenSpan, Upos};
use rustc_hash::{FxHashMap, FxHashSet};

pub use features::{Context, TEMPLATES, features};
pub use states::StateWeights;

/// The kinds that are learned, in the order of their labels.
pub const KINDS: [NameKind; 5] =
    [NameKind::Person, NameKind::Organization, NameKind::Location, NameKind::Group, NameKind::Other];

/// Number of labels: outside, and the begin and the inside of each kind.
pub const LABELS: usize = 1 + 2 * KINDS.len();

/// A trained finder of names.
#[derive(Clone, Debug, Default)]
pub struct Namer {
    pub(crate) weights: Weights,
    states: StateWeights,
}

impl Namer {
    /// A finder with these weights of features and of the network's states.
    #[must_use]
    pub fn new(weights: Weights, states: StateWeights) -> Self {
        Self { weights, states }
    }

    /// Appends what the states of the network say of words, a row for each ([`document::Tags::names`]).
    pub fn weigh(&self, states: &[i16], scores: &mut Vec<i16>) {
        self.states.weigh(states, scores);
    }

    /// Whether the states that it weighs have this number.
    pub(crate) fn fits(&self, width: usize) -> bool {
        self.states.width() == 0 || self.states.width() == width
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        self.weights.write(writer);
        self.states.write(writer);
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Result<Self, LanguageError> {
        Ok(Self { weights: Weights::read(reader)?, states: StateWeights::read(reader)? })
    }
}

/// Finds the names of a report.
#[must_use]
pub fn find(syntax: &Syntax, language: &Language, gazetteer: &Gazetteer) -> Vec<Name> {
    find_with(&language.namer, syntax, language, gazetteer)
}

/// The same with another finder than the language's own.
#[must_use]
pub fn find_with(namer: &Namer, syntax: &Syntax, language: &Language, gazetteer: &Gazetteer) -> Vec<Name> {
    let words = language.words(&syntax.report.text, &syntax.tokens);
    let mut labels = Vec::with_capacity(words.len());
    for sentence in syntax.iter_sentences() {
        label(&Context::new(syntax, &words, sentence.id, gazetteer), &namer.weights, &mut labels);
    }
    let names = syntax.sentences.spans.iter().flat_map(|sentence| spans(&labels, *sentence)).collect();
    let mut names = borders::draw(syntax, &words, names, gazetteer);
    for name in &mut names {
        name.kind = by_words(syntax, &words, name);
    }
    agree(syntax, &words, &mut names);
    carry(syntax, &words, &mut names);
    know(syntax, &words, &mut names);
    acronyms::tie(syntax, &words, &mut names);
    names
}

/// Gives listed names their kind and full length, and adds those that the model passed over. A person's name stays one
/// ("Jordan").
fn know(syntax: &Syntax, words: &[Word], names: &mut Vec<Name>) {
    let mut added = Vec::new();
    let families = families(words, names);
    let is_family = |span: TokenSpan| span.len() == 1 && families.contains(&words[span.start.index()].form);
    let listed = syntax.sentences.spans.iter().flat_map(|sentence| {
        let first = sentence.start.index();
        lists::listed(&words[sentence.range()])
            .into_iter()
            .map(move |(range, kind)| (TokenSpan::new(first + range.start, first + range.end), kind))
    });
    for (span, kind) in listed {
        // Short words are ambiguous in lines of capitals; the tagger has the last word there.
        let upos = syntax.tags.upos[span.start.index()];
        let proper = span.len() > 1 || upos == Upos::Propn || (kind == NameKind::Group && upos != Upos::Verb);
        let at = names.partition_point(|name| name.span.end <= span.start);
        match names.get_mut(at) {
            Some(name) if name.span != span && span.contains(name.span) => *name = Name { span, kind },
            Some(name) if name.span.overlaps(span) => {
                let person = name.kind == NameKind::Person
                    && (kind == NameKind::Group
                        || lists::is_first_name(syntax.token(span.start).form())
                        || is_family(span));
                let stays = name.span != span || (person && kind != NameKind::Organization);
                name.kind = if stays { name.kind } else { kind };
            }
            _ if proper => added.push(Name { span, kind }),
            _ => {}
        }
    }
    names.extend(added);
    names.sort_by_key(|name| name.span);
    names.dedup_by(|later, earlier| earlier.span.overlaps(later.span));
}

/// The last words of the fuller names of persons.
fn families(words: &[Word], names: &[Name]) -> FxHashSet<u32> {
    let full = names.iter().filter(|name| name.kind == NameKind::Person && name.span.len() > 1);
    full.map(|name| words[name.span.end.index() - 1].form).collect()
}

/// The kind that a name's own words force: what mixes letters with digits is no place ("M23"), nor is a first name with
/// one word more, unless a listed place begins with it.
fn by_words(syntax: &Syntax, words: &[Word], name: &Name) -> NameKind {
    let first = syntax.token(name.span.start).form();
    let own = &words[name.span.range()];
    let mixed = first.starts_with(char::is_alphabetic) && first.ends_with(|letter: char| letter.is_ascii_digit());
    match own {
        _ if name.kind != NameKind::Location => name.kind,
        [_] if mixed => NameKind::Organization,
        [_, _] if lists::is_first_name(first) && !lists::listed(own).iter().any(|(range, _)| range.start == 0) => {
            NameKind::Person
        }
        _ => NameKind::Location,
    }
}

/// "the town of X", "residents of X": whatever follows is a place.
fn is_located(syntax: &Syntax, start: TokenId) -> bool {
    let first = syntax.sentence_of(start).tokens().start;
    if start.0 < first.0 + 2 || syntax.token(TokenId(start.0 - 1)).form() != "of" {
        return false;
    }
    matches!(
        syntax.token(TokenId(start.0 - 2)).lemma(),
        "town" | "city" | "village" | "port" | "district" | "township" | "suburb" | "outskirts" | "resident"
    )
}

/// Makes one report speak with one voice: a single word that ends a fuller name of a person seen before is that
/// person, and a name that is written alike gets the kind it has most often.
fn agree(syntax: &Syntax, words: &[Word], names: &mut [Name]) {
    let families = families(words, names);
    let mut counts: FxHashMap<u32, [u16; KINDS.len()]> = FxHashMap::default();
    let number = |kind: NameKind| KINDS.iter().position(|other| *other == kind).unwrap_or(0);
    let key = |name: &Name| words[name.span.range()].iter().fold(0, |hash, word| mix(hash, word.form));
    let mut located: FxHashSet<u32> = FxHashSet::default();
    for name in names.iter() {
        if is_located(syntax, name.span.start) {
            located.insert(key(name));
        }
        let count = &mut counts.entry(key(name)).or_default()[number(name.kind)];
        *count = count.saturating_add(1);
    }
    for name in names {
        if name.span.len() == 1 && families.contains(&words[name.span.start.index()].form) {
            name.kind = NameKind::Person;
        } else if located.contains(&key(name)) {
            name.kind = NameKind::Location;
        } else if let Some(counts) = counts.get(&key(name)) {
            let most = counts.iter().copied().max().unwrap_or(0);
            if counts[number(name.kind)] * 2 < most {
                name.kind = KINDS[counts.iter().position(|count| *count == most).unwrap_or(0)];
            }
        }
    }
}

/// A word that the report has as a place twice or more, and as nothing else, is one wherever it stands alone as a proper
/// noun, though the model passed over it.
fn carry(syntax: &Syntax, words: &[Word], names: &mut Vec<Name>) {
    let mut known: FxHashMap<u32, (u16, bool)> = FxHashMap::default();
    for name in names.iter().filter(|name| name.span.len() == 1) {
        let (count, other) = known.entry(words[name.span.start.index()].form).or_default();
        *count = count.saturating_add(1);
        *other |= name.kind != NameKind::Location;
    }
    let mut added = Vec::new();
    for sentence in &syntax.sentences.spans {
        let capital =
            |id: u32| sentence.holds(TokenId(id)) && syntax.token(TokenId(id)).form().starts_with(char::is_uppercase);
        for id in sentence.iter() {
            let place = known.get(&words[id.index()].form).is_some_and(|&(count, other)| count > 1 && !other);
            let beside = capital(id.0 + 1) || id.0 > sentence.start.0 && capital(id.0 - 1);
            let at = names.partition_point(|name| name.span.end <= id);
            let named = names.get(at).is_some_and(|name| name.span.holds(id));
            if place && !beside && !named && syntax.tags.upos[id.index()] == Upos::Propn {
                added.push(Name { span: TokenSpan::single(id), kind: NameKind::Location });
            }
        }
    }
    names.extend(added);
    names.sort_by_key(|name| name.span);
}

/// Labels one sentence with any scorer, appending to `output`.
pub fn label(context: &Context<'_>, scorer: &impl Scorer, output: &mut Vec<u8>) {
    let start = output.len();
    let mut found = [0; TEMPLATES];
    for at in 0..context.words.len() {
        let before = |distance: usize| if at >= distance { output[start + at - distance] } else { 255 };
        features(context, at, [before(1), before(2)], &mut found);
        let mut scores = context.scores(at);
        scorer.score(&found, &mut scores);
        output.push(choose(&scores, before(1)));
    }
}

/// The best label that may follow `before`: the inside of a name follows its begin or inside.
#[must_use]
pub fn choose(scores: &Scores, before: u8) -> u8 {
    let begin = best(scores, 0..1 + KINDS.len());
    let inside = 1 + KINDS.len()..LABELS;
    let kind = kind_of(before);
    match kind.map(|kind| inside.start + kind) {
        Some(inside) if scores[inside] > scores[begin] => inside as u8,
        _ => begin as u8,
    }
}

/// The number in [`KINDS`] of the kind that a label speaks of.
fn kind_of(label: u8) -> Option<usize> {
    let label = usize::from(label);
    (1..LABELS).contains(&label).then(|| (label - 1) % KINDS.len())
}

/// The names that the labels of a sentence spell.
fn spans(labels: &[u8], sentence: TokenSpan) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for at in sentence.range() {
        let Some(kind) = kind_of(labels[at]) else { continue };
        if usize::from(labels[at]) > KINDS.len()
            && let Some(last) = names.last_mut()
            && last.span.end.index() == at
        {
            last.span = TokenSpan::new(last.span.start.index(), at + 1);
        } else {
            names.push(Name { span: TokenSpan::new(at, at + 1), kind: KINDS[kind] });
        }
    }
    names
}

/// Whether the list of peoples and creeds holds the word.
#[must_use]
pub fn demonym(word: &Word) -> bool {
    lists::hints(std::slice::from_ref(word))[0] & lists::DEMONYM > 0
}

/// Whether the list of titles holds the word.
#[must_use]
pub fn title(word: &Word) -> bool {
    lists::hints(std::slice::from_ref(word))[0] & lists::TITLE > 0
}
