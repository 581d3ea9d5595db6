//! A mention as linking sees it: the words that tell it, and what stands near them in the sentence.

use super::participants::participants;
use document::{Claim, Relation, Sentence, TextSpan, TimeKind, Token, TokenId, TokenSpan, Upos};
use engine::Reading;
use jiff::civil::Date;
use ledger::events::{Day, Figure, Happening, Lexicon, Place, Predicate};

/// Steps through the tree within which a place, figure or time belongs to a happening.
const PLACE: usize = 5;
const FIGURE: usize = 4;
const TIME: usize = 3;
/// Steps upwards after which the search for a common head ends.
const DEEPEST: usize = 40;

/// What is told at these spans of the text; none where no token stands there.
pub(super) fn happening(reading: &Reading, spans: &[TextSpan], lexicon: &Lexicon) -> Option<Happening> {
    let document = &reading.document;
    let marked = |token: &Token<'_>| spans.iter().any(|span| span.overlaps(token.span()));
    let sentence = document.iter_sentences().find(|sentence| sentence.iter().any(|token| marked(&token)))?;
    let told: Vec<Token<'_>> = sentence.iter().filter(marked).collect();
    let head = head(&told)?;
    let claim = claim(reading, head);
    let (actors, recipients) = participants(reading, head, &told, lexicon);
    Some(Happening {
        predicate: predicate(head, &told),
        category: claim.map(|claim| claim.category.clone()),
        actors,
        recipients,
        places: places(reading, sentence, head),
        days: days(reading, sentence, head, claim),
        figures: figures(reading, sentence, head),
        words: sentence.iter().filter(|token| is_content(*token)).map(|token| token.form().to_lowercase()).collect(),
        sentence: sentence.id.0,
        ..Happening::default()
    })
}

/// Whether a token says something by itself.
pub(super) fn is_content(token: Token<'_>) -> bool {
    matches!(token.upos(), Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Num)
}

pub(super) fn day(date: Option<Date>) -> Option<Day> {
    date.and_then(|date| Day::parse(&date.to_string()))
}

/// The word that a mention hangs on: of those whose head lies outside, a noun or verb before others.
fn head<'a>(told: &[Token<'a>]) -> Option<Token<'a>> {
    let inside = |id: TokenId| told.iter().any(|token| token.id == id);
    let uppermost: Vec<Token<'a>> =
        told.iter().copied().filter(|token| !token.head().is_some_and(|head| inside(head.id))).collect();
    let names_it = |token: &&Token<'a>| is_content(**token) && token.upos() != Upos::Adj;
    uppermost
        .iter()
        .find(names_it)
        .or_else(|| told.iter().find(|token| is_content(**token)))
        .or_else(|| uppermost.first())
        .copied()
}

fn predicate(head: Token<'_>, told: &[Token<'_>]) -> Predicate {
    let particle = |token: &Token<'_>| token.relation() == Relation::CompoundPrt;
    let lemma = |token: Token<'_>| token.lemma().to_lowercase();
    let of_mention =
        told.iter().copied().filter(|token| is_content(*token) || token.upos() == Upos::Adp || particle(token));
    let others = of_mention.chain(head.children().filter(particle)).map(lemma);
    let head_lemma = lemma(head);
    Predicate {
        others: others.filter(|word| *word != head_lemma).collect(),
        head: head_lemma,
        noun: matches!(head.upos(), Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num),
    }
}

/// The claim whose predicate covers a token, the shortest predicate first.
fn claim<'a>(reading: &'a Reading, head: Token<'_>) -> Option<&'a Claim> {
    let spans = |claim: &Claim| match claim.predicate.as_slice() {
        [] => vec![TokenSpan::single(claim.trigger)],
        spans => spans.to_vec(),
    };
    let length = |claim: &&Claim| spans(claim).iter().map(|&span| reading.document.text(span).len() + 1).sum::<usize>();
    let covering = reading.coding.claims.iter().filter(|claim| spans(claim).iter().any(|span| span.holds(head.id)));
    covering.min_by_key(length)
}

/// Steps through the tree from a token to the last one of a span of its sentence; none outside of the sentence.
fn distance(sentence: Sentence<'_>, head: Token<'_>, span: TokenSpan) -> Option<usize> {
    let upwards = |token: Token<'_>| {
        std::iter::successors(Some(token.id), |&id| head.syntax.parse.head(id)).take(DEEPEST).collect::<Vec<_>>()
    };
    let last = span.iter().next_back().filter(|_| sentence.tokens().holds(span.start))?;
    let own = upwards(head);
    let theirs = upwards(head.syntax.token(last));
    theirs.iter().enumerate().find_map(|(up, id)| own.iter().position(|other| other == id).map(|down| up + down))
}

fn places(reading: &Reading, sentence: Sentence<'_>, head: Token<'_>) -> Vec<Place> {
    let near = reading.document.places.iter().filter(|place| {
        place.coordinates.is_some() && distance(sentence, head, place.span).is_some_and(|steps| steps <= PLACE)
    });
    near.map(|place| Place {
        name: place.name.clone(),
        country: place.country.clone(),
        admin1: place.admin1.clone(),
        point: place.coordinates.filter(|_| place.precision == document::PlacePrecision::Point),
    })
    .collect()
}

fn figures(reading: &Reading, sentence: Sentence<'_>, head: Token<'_>) -> Vec<Figure> {
    let document = &reading.document;
    let near = document
        .quantities
        .iter()
        .filter(|quantity| distance(sentence, head, quantity.span).is_some_and(|steps| steps <= FIGURE));
    near.filter_map(|quantity| {
        let counts = quantity.counts.map(|counts| document.token(counts).form());
        let role = counts.or(quantity.unit.as_deref()).unwrap_or_default().to_lowercase();
        Some(Figure { role, value: quantity.best? })
    })
    .collect()
}

/// The days of the claim, or else of the nearest time in the sentence.
fn days(reading: &Reading, sentence: Sentence<'_>, head: Token<'_>, claim: Option<&Claim>) -> Option<(Day, Day)> {
    let both = |from: Option<Date>, to: Option<Date>| day(from).zip(day(to));
    let of_claim = claim.and_then(|claim| claim.when.as_ref()).and_then(|when| both(when.from, when.to));
    of_claim.or_else(|| {
        let times = reading.document.times.iter().filter(|time| matches!(time.kind, TimeKind::Date | TimeKind::Time));
        let near = times.filter_map(|time| {
            let steps = distance(sentence, head, time.span).filter(|&steps| steps <= TIME)?;
            Some((steps, both(time.from, time.to)?))
        });
        near.min_by_key(|(steps, _)| *steps).map(|(_, days)| days)
    })
}
