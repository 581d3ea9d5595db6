//! What goes on in the matter of a dated sentence, and nouns that name a dated act again.
//!
//! "On Monday rebels raided the camp. They killed a guard." An act without a day of its own has that of the nearest
//! sentence of its paragraph whose main verb has one, if it is told in the simple past, no other time stands between and
//! somebody of whom it tells was told of there. What is asked, said or promised has it from its own speaker alone, for
//! others may answer on any day.

use super::Draft;
use super::retelling::{alike, lend_day};
use super::when::{governed, head_of};
use crate::frames::points_at;
use document::{
    Claim, ClaimKind, Document, Evidence, Participant, Relation, Sentence, SentenceId, Status, Time, TimeBasis, Token,
    TokenId, Upos, When, Xpos,
};

/// How many sentences back the day may stand.
const REACH: u32 = 3;
/// How many sentences back a noun may name something again.
const AGAIN: u32 = 30;
/// How many letters a verb and its noun share at least: "shot" and "shooting" have the lemmas "shoot" and "shooting".
const STEM: usize = 4;

/// What a sentence tells of days.
enum Told {
    Nothing,
    /// A time that is not the one day of its main verb.
    Other,
    /// The day of its main verb, or of what somebody says there.
    Day {
        time: usize,
        said: bool,
    },
}

/// Lends days from sentence to sentence.
pub(super) fn go_on(document: &Document, drafts: &mut [Draft]) {
    for draft in drafts {
        let Some(time) = day_before(document, draft) else { continue };
        let Time { span, from, to, .. } = document.times[time];
        let (throughout, bound, derived) = (false, None, "narrative");
        let claim = &mut draft.claim;
        claim.when = Some(When { time: Some(time), from, to, throughout, bound, precision: "day", derived });
        claim.evidence.push(Evidence {
            field: "when",
            spans: vec![document.text_span(span)],
            rule: "times/sequel".into(),
        });
    }
}

/// The day that goes on for a claim.
fn day_before(document: &Document, draft: &Draft) -> Option<usize> {
    let claim = &draft.claim;
    let told = matches!(claim.status, Status::Occurred | Status::Attempted | Status::Negated) || draft.spoken;
    if claim.when.is_some() || claim.kind != ClaimKind::Event || !told || claim.background || claim.nested {
        return None;
    }
    // What somebody else tells may be of any day.
    if !draft.spoken && !claim.according_to.is_empty() {
        return None;
    }
    let verb = telling_verb(document, draft)?;
    let sentence = verb.sentence();
    if !in_simple_past(verb) || is_apart(verb) || has_other_time(document, sentence) {
        return None;
    }
    let speech = draft.spoken || is_speech(claim);
    for before in (sentence.id.0.saturating_sub(REACH)..sentence.id.0).rev() {
        let before = document.sentence(SentenceId(before));
        let first = document.text_span(before.tokens()).start;
        let headline = document.report.title.is_some_and(|title| first < title.end);
        if headline || before.paragraph() != sentence.paragraph() {
            return None;
        }
        match told_in(document, before) {
            Told::Nothing => {}
            Told::Other => return None,
            // What was said on Monday had not happened on Monday.
            Told::Day { said: true, .. } if !speech => return None,
            Told::Day { time, .. } => {
                let known = |list: &[Participant]| list.iter().any(|one| is_told_of(document, one, before));
                return (known(&claim.actors) || !speech && known(&claim.recipients)).then_some(time);
            }
        }
    }
    None
}

/// Whether acts of a category are done by saying so.
pub(super) fn is_speech(claim: &Claim) -> bool {
    matches!(claim.category.as_str(), "AGREE" | "REQUEST" | "ACCUSE" | "REJECT" | "THREATEN" | "CONCEDE" | "SUPPORT")
}

/// The verb whose tense tells when: of what is said, that of saying so; of a noun, the one it is the object or subject of.
fn telling_verb<'a>(document: &'a Document, draft: &Draft) -> Option<Token<'a>> {
    let claim = &draft.claim;
    if draft.spoken {
        let cue = &document.statements[*claim.according_to.first()?].cue;
        let mut words = cue.iter().flat_map(|part| part.iter()).map(|word| document.token(word));
        return words.find(|word| word.upos() == Upos::Verb);
    }
    let word = document.token(claim.trigger);
    if word.upos() == Upos::Verb {
        return Some(word);
    }
    let light = draft.matched.frame.light.map(|light| document.token(light));
    light.or_else(|| word.head().filter(|head| head.upos() == Upos::Verb && word.relation().is_subject()))
}

/// Whether a verb is in the simple past or a participle beside one that is: "struck him and ran, leaving him there".
fn in_simple_past(verb: Token<'_>) -> bool {
    let auxiliaries = || {
        verb.children().filter(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop))
    };
    if auxiliaries().any(|word| word.lemma() == "have" || word.xpos() == Xpos::Md) {
        return false;
    }
    let beside = matches!(verb.relation(), Relation::Advcl | Relation::Conj)
        && matches!(verb.xpos(), Xpos::Vbg | Xpos::Vbn)
        && auxiliaries().next().is_none();
    verb.xpos() == Xpos::Vbd
        || auxiliaries().any(|word| word.xpos() == Xpos::Vbd)
        || beside && verb.head().is_some_and(in_simple_past)
}

/// Whether a verb stands in a clause that may be of another time: at a noun, or with "after", "because".
fn is_apart(verb: Token<'_>) -> bool {
    std::iter::successors(Some(verb), |word| word.head()).take(8).any(|word| match word.relation() {
        Relation::AclRelcl | Relation::Acl => true,
        Relation::Advcl => word.children().any(|child| child.relation() == Relation::Mark),
        _ => false,
    })
}

/// Whether a sentence has a time, or a word that sets it off from what was told before.
fn has_other_time(document: &Document, sentence: Sentence<'_>) -> bool {
    let sets_off = |word: Token<'_>| {
        matches!(
            word.form().to_lowercase().as_str(),
            "earlier"
                | "previously"
                | "recently"
                | "formerly"
                | "originally"
                | "initially"
                | "repeatedly"
                | "often"
                | "later"
                | "subsequently"
                | "eventually"
                | "ago"
                | "since"
                | "always"
                | "never"
                | "historically"
        )
    };
    document.times.iter().any(|time| sentence.tokens().contains(time.span)) || sentence.iter().any(sets_off)
}

/// What a sentence tells of days.
fn told_in(document: &Document, sentence: Sentence<'_>) -> Told {
    let within = sentence.tokens();
    let dated = |time: &Time| within.contains(time.span) && (time.from.is_some() || time.to.is_some());
    if !document.times.iter().any(dated) {
        return Told::Nothing;
    }
    let published = document.report.published;
    let told = |time: usize, said: bool| {
        let Time { from, to, basis, ref value, .. } = document.times[time];
        // "At midnight" has its day from another expression, which may be another matter's.
        if basis == TimeBasis::Expression && value.contains('T') {
            return Told::Other;
        }
        let behind = from.is_some() && published.is_none_or(|published| from <= Some(published));
        if behind && from == to { Told::Day { time, said } } else { Told::Other }
    };
    for statement in &document.statements {
        let cue = statement.cue.iter().flat_map(|part| part.iter());
        if !cue.clone().next().is_some_and(|first| within.holds(first)) {
            continue;
        }
        let cue: Vec<TokenId> = cue.collect();
        let outside = |time: &usize| statement.content.iter().all(|part| !part.overlaps(document.times[*time].span));
        if let Some(time) = governed(document, &cue).map(|(time, _)| time).filter(outside) {
            return told(time, true);
        }
    }
    let Some(root) = sentence.root().filter(|root| in_simple_past(*root)) else { return Told::Other };
    let mut verbs = vec![root.id];
    verbs.extend(root.children().filter(|child| child.relation() == Relation::Conj).map(|child| child.id));
    governed(document, &verbs).map_or(Told::Other, |(time, _)| told(time, false))
}

/// Whether a sentence tells of somebody: by the same word, by a chain, or by the pronoun that follows it.
fn is_told_of(document: &Document, one: &Participant, sentence: Sentence<'_>) -> bool {
    let within = sentence.tokens();
    let head = document.token(one.head);
    if head.upos() == Upos::Pron || one.actor.antecedent.is_some_and(|span| within.holds(span.start)) {
        return true;
    }
    let chained = document.chains.iter().any(|chain| {
        chain.mentions.iter().any(|mention| mention.holds(one.head))
            && chain.mentions.iter().any(|mention| within.holds(head_of(document, *mention)))
    });
    let same = |word: Token<'_>| {
        matches!(word.upos(), Upos::Noun | Upos::Propn) && word.lemma().eq_ignore_ascii_case(head.lemma())
    };
    chained || sentence.iter().any(same)
}

/// "The rebels raided the camp on Monday. … The raid …", "Lee resigned on Friday. … Lee's resignation …": a noun that
/// names again what was told before has its day, whatever else its own sentence tells, and also as background.
pub(super) fn name_again(document: &Document, drafts: &mut [Draft]) {
    let mut lent: Vec<(usize, usize)> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let claim = &draft.claim;
        let noun = document.token(claim.trigger);
        let told = matches!(claim.status, Status::Occurred | Status::Ongoing) && claim.kind == ClaimKind::Event;
        let owned = noun.children().any(|child| child.relation() == Relation::NmodPoss);
        let again = noun.upos() == Upos::Noun && (owned || points_at(noun)) && !is_told_apart(noun);
        if claim.when.is_some() || !told || !again {
            continue;
        }
        let lenders = drafts.iter().enumerate().filter(|(_, other)| is_named_again(document, drafts, other, claim));
        lent.extend(lenders.max_by_key(|(_, other)| other.claim.trigger).map(|(from, _)| (index, from)));
    }
    for (to, from) in lent {
        lend_day(document, drafts, to, from);
    }
}

/// Whether the noun of a claim names again what another tells with its day.
fn is_named_again(document: &Document, drafts: &[Draft], lender: &Draft, claim: &Claim) -> bool {
    let lender = &lender.claim;
    let noun = document.token(claim.trigger);
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    let near = lender.trigger < claim.trigger && sentence(claim) - sentence(lender) <= AGAIN;
    if !near || lender.category != claim.category || lender.background || !says_day(document, lender) {
        return false;
    }
    let verb = document.token(lender.trigger);
    let violent = |word: Token<'_>| matches!(word.lemma(), "attack" | "assault" | "violence" | "incident");
    let plural = |word: Token<'_>| word.xpos() == Xpos::Nns;
    // "The shooting" is the violence of which the report tells, whatever the word, if that has one day alone.
    // "The bombing of Dresden" names its own deed.
    let own = claim.background
        || noun.child(Relation::Nmod).is_some()
        || alike(document, &lender.recipients, &claim.recipients) == Some(false);
    if lender.category == "ASSAULT" && points_at(noun) && !plural(noun) && !own {
        let day = |claim: &Claim| claim.when.as_ref().and_then(|when| when.from);
        return drafts.iter().map(|draft| &draft.claim).all(|other| {
            other.category != "ASSAULT" || other.background || !says_day(document, other) || day(other) == day(lender)
        });
    }
    if plural(verb) != plural(noun) || !(shares_stem(verb, noun) || violent(noun) || violent(verb)) {
        return false;
    }
    let doers = alike(document, &lender.actors, &claim.actors);
    let whom = alike(document, &lender.recipients, &claim.recipients);
    // Nobody else's: "the raid" after one raid, but not after two of different days.
    let same_days = |one: &When, other: &When| (one.from, one.to) == (other.from, other.to);
    let only = || {
        drafts.iter().map(|draft| &draft.claim).all(|other| {
            other.category != lender.category
                || other.trigger >= claim.trigger
                || !shares_stem(document.token(other.trigger), noun)
                || other.when.as_ref().zip(lender.when.as_ref()).is_none_or(|(one, own)| same_days(one, own))
        })
    };
    doers == Some(true)
        || whom == Some(true)
        || points_at(noun) && doers != Some(false) && whom != Some(false)
        || shares_stem(verb, noun) && only()
}

/// Whether a claim itself says the one day behind us on which its act took place.
fn says_day(document: &Document, claim: &Claim) -> bool {
    let published = document.report.published;
    claim.when.as_ref().is_some_and(|when| {
        let behind = when.from.is_some() && published.is_none_or(|published| when.from <= Some(published));
        behind && when.from == when.to && when.bound.is_none() && when.derived == "syntax"
    })
}

/// Whether two words are of one stem: "resign", "resignation".
pub(super) fn shares_stem(one: Token<'_>, other: Token<'_>) -> bool {
    let letters = |word: Token<'_>| word.lemma().to_lowercase();
    let (one, other) = (letters(one), letters(other));
    let shared = one.chars().zip(other.chars()).take_while(|(one, other)| one == other).count();
    shared >= STEM || shared == one.chars().count() && shared == other.chars().count()
}

/// "The second attack", "the earlier raid": told apart from another of its kind.
fn is_told_apart(noun: Token<'_>) -> bool {
    noun.children().any(|child| {
        matches!(
            child.lemma(),
            "first"
                | "second"
                | "third"
                | "fourth"
                | "last"
                | "latest"
                | "previous"
                | "earlier"
                | "other"
                | "another"
                | "new"
                | "next"
                | "recent"
                | "past"
                | "former"
                | "subsequent"
                | "similar"
                | "later"
                | "future"
        )
    })
}
