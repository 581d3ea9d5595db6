//! One matter told over a report: the headline, the lead, and again below. What one telling says of its day, and the
//! headline of its place, holds for the others.
//!
//! A telling borrows from the last of its category before it (the headline from the first behind) where nothing speaks
//! against their being one matter: nobody else acts, and no other time stands in the sentence. Violence and unrest that
//! are told in the past tense share the day of what was told of them last, and so does what the same party goes on to
//! do. A headline has the day of the lead, and lends it. What is borrowed is marked as derived from the narrative.

use super::Draft;
use super::sequel::{is_speech, shares_stem};
use crate::frames::points_at;
use document::{
    Claim, ClaimKind, Document, Evidence, Participant, PlaceRef, Relation, Status, Time, TimeBasis, Token, TokenId,
    TokenSpan, Upos, When, Xpos,
};

/// How many sentences back an act may have been told that shares nobody: for its day, and for its place.
const NEAR: u32 = 1;
const NEAR_PLACE: u32 = 4;
/// The same if it shares somebody.
const REACH: u32 = 30;
const REACH_PLACE: u32 = 12;
/// How many sentences back violence or unrest may have been told.
const SCENE: u32 = 20;
/// How many sentences a speech goes on for.
const SPEECH: u32 = 8;
/// How many sentences a party goes on for.
const GOES_ON: u32 = 2;
/// Longer than so many days is no date of an act.
const LONGEST: i64 = 31;

/// Lends days and places between the tellings of one act.
pub(super) fn lend(document: &Document, drafts: &mut [Draft]) {
    date_headline(document, drafts);
    // Only what a telling says itself is lent, so that no date wanders from act to act; and what a headline has of the
    // lead.
    let headline = |claim: &Claim| {
        // "Rebels end truce after shelling": the lead tells the day of the end.
        let word = document.token(claim.trigger);
        let aside = super::when::is_aside(word)
            || word.children().any(|child| matches!(child.lemma(), "after" | "before" | "since" | "following"));
        in_title(document, claim) && claim.when.is_some() && lends(claim) && !aside
    };
    let dated: Vec<usize> = (0..drafts.len())
        .filter(|&index| is_dated(document, &drafts[index].claim) || headline(&drafts[index].claim))
        .collect();
    let placed: Vec<usize> = (0..drafts.len())
        .filter(|&index| in_title(document, &drafts[index].claim) && !drafts[index].claim.places.is_empty())
        .collect();
    let mut lent: Vec<(usize, usize, bool)> = Vec::new();
    let told = &*drafts;
    for (index, draft) in told.iter().enumerate() {
        let claim = &draft.claim;
        if !may_borrow(claim) {
            continue;
        }
        let same = |near, reach| {
            move |&other: &usize| other != index && is_same_act(document, &told[other].claim, claim, near, reach)
        };
        if claim.when.is_none() && draft.spoken && !in_title(document, claim) {
            lent.extend(speaks_on(document, drafts, &dated, index).map(|from| (index, from, true)));
        } else if claim.when.is_none() && !has_time(document, claim) {
            // What a headline has of the lead is lent to who does the same there.
            let same = |other: &usize| {
                let lender = &told[*other].claim;
                same(NEAR, REACH)(other)
                    && (!headline(lender) || alike(document, &lender.actors, &claim.actors) == Some(true))
            };
            let from = nearest(document, drafts, &dated, index, same)
                .or_else(|| scene(document, drafts, &dated, index))
                .or_else(|| goes_on(document, drafts, &dated, index));
            lent.extend(from.map(|from| (index, from, true)));
        }
        if claim.places.is_empty()
            && let Some(from) = placed.iter().copied().find(same(NEAR_PLACE, REACH_PLACE))
        {
            lent.push((index, from, false));
        }
    }
    for (to, from, day) in lent {
        if day { lend_day(document, drafts, to, from) } else { lend_places(document, drafts, to, from) }
    }
}

/// "The rebels claimed the attack. The attack …": a definite noun of violence or unrest that names nobody has the doers of
/// what was told just before in the same word.
pub(super) fn lend_doers(document: &Document, drafts: &mut [Draft]) {
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    let mut lent: Vec<(usize, usize)> = Vec::new();
    for (index, draft) in drafts.iter().enumerate() {
        let claim = &draft.claim;
        let shared = matches!(claim.category.as_str(), "ASSAULT" | "PROTEST");
        let nobody = claim.actors.is_empty() && claim.recipients.is_empty();
        if !shared || !nobody || !points_at(document.token(claim.trigger)) {
            continue;
        }
        let lemma = document.token(claim.trigger).lemma();
        let same_word = |other: &Claim| {
            other.predicate.iter().flat_map(|span| span.iter()).any(|word| document.token(word).lemma() == lemma)
        };
        let before = drafts.iter().enumerate().filter(|(_, other)| {
            let other = &other.claim;
            let near = other.trigger < claim.trigger && sentence(other) + NEAR >= sentence(claim);
            near && other.category == claim.category && same_word(other) && !other.actors.is_empty()
        });
        lent.extend(before.max_by_key(|(_, other)| other.claim.trigger).map(|(from, _)| (index, from)));
    }
    for (to, from) in lent {
        let doers: Vec<Participant> = drafts[from].claim.actors.clone();
        let spans = doers.iter().map(|doer| document.text_span(doer.span)).collect();
        let claim = &mut drafts[to].claim;
        claim.actors = doers.into_iter().map(|doer| Participant { inferred: true, ..doer }).collect();
        claim.evidence.push(Evidence { field: "actors", spans, rule: "actors/retelling".into() });
    }
}

pub(super) fn lend_day(document: &Document, drafts: &mut [Draft], to: usize, from: usize) {
    let Some(when) = drafts[from].claim.when.clone() else { return };
    let spans = when.time.iter().map(|&time| document.text_span(document.times[time].span)).collect();
    let claim = &mut drafts[to].claim;
    claim.when = Some(When { derived: "narrative", ..when });
    claim.evidence.push(Evidence { field: "when", spans, rule: "times/retelling".into() });
}

fn lend_places(document: &Document, drafts: &mut [Draft], to: usize, from: usize) {
    let places: Vec<PlaceRef> = drafts[from].claim.places.clone();
    let spans = places.iter().map(|place| document.text_span(document.places[place.place].span)).collect();
    let claim = &mut drafts[to].claim;
    claim.places = places.into_iter().map(|place| PlaceRef { inferred: true, ..place }).collect();
    claim.evidence.push(Evidence { field: "where", spans, rule: "places/retelling".into() });
}

/// A headline tells what the lead tells, though the lead may say it in words that no rule knows.
fn date_headline(document: &Document, drafts: &mut [Draft]) {
    let Some(lead) = lead(document) else { return };
    let Some(time) = day_of_lead(document, lead) else { return };
    let Time { span, from, to, .. } = document.times[time];
    for index in 0..drafts.len() {
        let claim = &drafts[index].claim;
        let told = matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Attempted | Status::Negated)
            && claim.kind == ClaimKind::Event;
        let own = claim.when.is_some() || claim.background || claim.nested || has_time(document, claim);
        if own || !in_title(document, claim) {
            continue;
        }
        // "Minister signs decree to ban veils": a plan, and in the lead a ban, by a man whom the headline did not name.
        let same = drafts.iter().position(|draft| {
            lead.holds(draft.claim.trigger)
                && is_dated(document, &draft.claim)
                && draft.claim.category == claim.category
                && (is_same_act(document, &draft.claim, claim, NEAR, REACH)
                    || shares_stem(document.token(draft.claim.trigger), document.token(claim.trigger)))
        });
        // "King to visit Chad" is not on the day on which he met somebody else.
        let same = same.filter(|&lender| {
            told || shares_stem(
                document.token(drafts[lender].claim.trigger),
                document.token(drafts[index].claim.trigger),
            )
        });
        if let Some(same) = same {
            lend_day(document, drafts, index, same);
            continue;
        }
        // "Suspect in killings released": what the suspect did is not told of by the lead's day.
        let noun = document.token(claim.trigger).upos() != Upos::Verb && drafts[index].matched.frame.light.is_none();
        if !told || noun {
            continue;
        }
        let claim = &mut drafts[index].claim;
        let (throughout, bound, derived) = (false, None, "narrative");
        claim.when = Some(When { time: Some(time), from, to, throughout, bound, precision: "day", derived });
        claim.evidence.push(Evidence {
            field: "when",
            spans: vec![document.text_span(span)],
            rule: "times/lead".into(),
        });
    }
}

/// The first sentence below the headline. A line without a verb is a date line.
fn lead(document: &Document) -> Option<TokenSpan> {
    let title = document.report.title?.end;
    let verbal = |sentence: &TokenSpan| sentence.iter().any(|token| document.token(token).upos() == Upos::Verb);
    let below = |sentence: &TokenSpan| document.text_span(*sentence).start >= title;
    document.sentences.spans.iter().copied().find(|sentence| below(sentence) && verbal(sentence))
}

/// The first day behind us that the lead names.
fn day_of_lead(document: &Document, lead: TokenSpan) -> Option<usize> {
    let published = document.report.published?;
    document.times.iter().position(|time| {
        lead.contains(time.span) && time.from.is_some_and(|day| time.to == Some(day) && day <= published)
    })
}

/// The nearest telling before; for the headline the first one behind.
fn nearest(
    document: &Document,
    drafts: &[Draft],
    lenders: &[usize],
    index: usize,
    same: impl Fn(&usize) -> bool,
) -> Option<usize> {
    let here = drafts[index].claim.trigger;
    let candidates: Vec<usize> = lenders.iter().copied().filter(|other| same(other)).collect();
    let before = candidates.iter().copied().filter(|&other| drafts[other].claim.trigger < here);
    let headline = in_title(document, &drafts[index].claim);
    // "He has repeatedly said so" is not said of the day told of before.
    if !headline && is_present(document, &drafts[index].claim) && !is_past(document, &drafts[index].claim) {
        return None;
    }
    before.max_by_key(|&other| drafts[other].claim.trigger).or_else(|| candidates.first().copied().filter(|_| headline))
}

/// Violence, unrest and arrests make one scene, whoever acts; of one kind of act only if nobody else does.
fn scene(document: &Document, drafts: &[Draft], lenders: &[usize], index: usize) -> Option<usize> {
    let claim = &drafts[index].claim;
    // Arrests, surrender and flight follow at once.
    let arrest = claim.category == "COERCE" && claim.modes.iter().any(|mode| mode == "arrest");
    let gives_up = claim.category == "RETREAT" && !claim.modes.iter().any(|mode| mode == "resign");
    let follows = (arrest || gives_up) && document.token(claim.trigger).upos() == Upos::Verb;
    if !(is_unrest(claim) || follows) || !is_past(document, claim) {
        return None;
    }
    let reach = if follows { NEAR } else { SCENE };
    last_before(document, drafts, lenders, index, reach, |lender| {
        let arrest = lender.category == "COERCE"
            && lender.modes.iter().any(|mode| mode == "arrest")
            && !in_title(document, lender);
        // A total may be of many days.
        let total = in_title(document, lender) && !claim.quantities.is_empty();
        let other = lender.category == claim.category && alike(document, &lender.actors, &claim.actors) == Some(false);
        // What follows at once does so in the same place.
        let place = |claim: &Claim| claim.places.first().map(|place| place.place);
        let names = |at: usize| document.places[at].name.clone();
        let elsewhere =
            follows && place(lender).zip(place(claim)).is_some_and(|(one, other)| names(one) != names(other));
        (is_unrest(lender) || arrest) && !other && !total && !elsewhere
    })
}

/// "He also called on them to leave": the party spoken of last goes on.
fn goes_on(document: &Document, drafts: &[Draft], lenders: &[usize], index: usize) -> Option<usize> {
    let claim = &drafts[index].claim;
    let pronoun = claim.actors.iter().any(|actor| document.token(actor.head).upos() == Upos::Pron);
    let mut beside = document.token(claim.trigger).children();
    let also = beside.any(|child| matches!(child.lemma(), "also" | "further" | "additionally"));
    if !(pronoun || also) || !is_past(document, claim) {
        return None;
    }
    last_before(document, drafts, lenders, index, GOES_ON, |lender| {
        alike(document, &lender.actors, &claim.actors) == Some(true)
    })
}

/// Who has asked, accused or promised something goes on to do so in the same speech.
fn speaks_on(document: &Document, drafts: &[Draft], lenders: &[usize], index: usize) -> Option<usize> {
    let claim = &drafts[index].claim;
    last_before(document, drafts, lenders, index, SPEECH, |lender| {
        is_speech(lender) && alike(document, &lender.actors, &claim.actors) == Some(true)
    })
}

/// The last lender before a claim within so many sentences.
fn last_before(
    document: &Document,
    drafts: &[Draft],
    lenders: &[usize],
    index: usize,
    reach: u32,
    lends: impl Fn(&Claim) -> bool,
) -> Option<usize> {
    let claim = &drafts[index].claim;
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    let here = sentence(claim);
    lenders
        .iter()
        .copied()
        .filter(|&other| {
            let lender = &drafts[other].claim;
            lender.trigger < claim.trigger && here - sentence(lender) <= reach && lends(lender)
        })
        .max_by_key(|&other| drafts[other].claim.trigger)
}

fn is_unrest(claim: &Claim) -> bool {
    matches!(claim.category.as_str(), "ASSAULT" | "PROTEST")
}

/// Whether the words of an act tell of the past, or name it as something known ("the attack").
fn is_past(document: &Document, claim: &Claim) -> bool {
    let word = document.token(claim.trigger);
    let auxiliary = |verb: Token<'_>, tells: fn(&Token<'_>) -> bool| {
        let relations = [Relation::Aux, Relation::AuxPass, Relation::Cop];
        verb.children().any(|child| relations.contains(&child.relation()) && tells(&child))
    };
    let perfect = |verb: Token<'_>| auxiliary(verb, |child| child.lemma() == "have");
    let past = |verb: Token<'_>| !perfect(verb) && verb.xpos() == Xpos::Vbd;
    let verb =
        if word.upos() == Upos::Verb { Some(word) } else { word.head().filter(|head| head.upos() == Upos::Verb) };
    let told = verb.is_some_and(|verb| {
        let bare = matches!(verb.xpos(), Xpos::Vbg | Xpos::Vbn | Xpos::Vb);
        let finite = auxiliary(verb, |_| true);
        let mut above = verb.head();
        // "showed protesters throwing stones"
        let toll = matches!(verb.lemma(), "kill" | "wound" | "injure");
        if verb.relation() == Relation::Acl && !toll {
            above = std::iter::successors(above, |word| word.head()).take(4).find(|word| word.upos() == Upos::Verb);
        }
        let below = bare && !finite && above.is_some_and(past);
        !perfect(verb) && (past(verb) || auxiliary(verb, |child| child.xpos() == Xpos::Vbd) || below)
    });
    told || word.upos() != Upos::Verb && crate::frames::points_at(word)
}

/// "Has said", "is saying": an act that is not told of one day.
fn is_present(document: &Document, claim: &Claim) -> bool {
    let verb = document.token(claim.trigger);
    let auxiliary = |child: Token<'_>| {
        matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop)
            && matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp)
    };
    // "have abused and ignored them"
    let shared = || verb.head().filter(|_| verb.relation() == Relation::Conj && verb.xpos() == Xpos::Vbn);
    verb.upos() == Upos::Verb
        && (verb.children().any(auxiliary) || shared().is_some_and(|head| head.children().any(auxiliary)))
}

/// Whether a claim says itself on which days its act took place.
fn is_dated(document: &Document, claim: &Claim) -> bool {
    let Some(when) = claim.when.as_ref().filter(|when| when.bound.is_none() && when.derived == "syntax") else {
        return false;
    };
    let short = when.from.zip(when.to).is_some_and(|(from, to)| to.duration_since(from).as_hours() / 24 <= LONGEST);
    // "At 2 p.m." has its day from another expression, which may be another matter's.
    let own = when.time.is_some_and(|time| document.times[time].basis != TimeBasis::Expression);
    // What has happened was not on a day to come.
    let past = document.report.published.is_none_or(|published| when.from.is_some_and(|from| from <= published));
    short && own && past && lends(claim)
}

/// Acts that took place in the matter of the report itself; promises, fears and history keep to themselves.
fn lends(claim: &Claim) -> bool {
    let took_place = matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Attempted);
    claim.kind == ClaimKind::Event && took_place && !claim.background && !claim.nested
}

/// The same, and of violence and unrest also what is denied or alleged of that matter.
fn may_borrow(claim: &Claim) -> bool {
    let told = matches!(claim.status, Status::Occurred | Status::Ongoing | Status::Attempted | Status::Negated);
    lends(claim) || is_unrest(claim) && claim.kind == ClaimKind::Event && told && !claim.background
}

/// Whether a day, month or year stands in the sentence of a claim, outside of the clauses below it.
fn has_time(document: &Document, claim: &Claim) -> bool {
    let sentence = document.sentence_of(claim.trigger).tokens();
    sentence.iter().any(|token| {
        document.time_at(token).is_some_and(|time| time.from.is_some() && !(is_of_thing(document, time, claim.trigger)))
            && !stands_below(document, token, claim.trigger)
    })
}

/// "a call in late July", "the March 3 decree": the time of another thing that is told of.
fn is_of_thing(document: &Document, time: &Time, trigger: TokenId) -> bool {
    let word = document.token(super::when::head_of(document, time.span));
    let nominal = matches!(
        word.relation(),
        Relation::Nmod
            | Relation::NmodUnmarked
            | Relation::NmodPoss
            | Relation::Compound
            | Relation::Amod
            | Relation::Nummod
    );
    // "The night they were shot" is that of the shooting.
    let own = std::iter::successors(document.token(trigger).head(), |word| word.head())
        .take(12)
        .any(|above| above.id == word.id);
    nominal
        && !own
        && word.head().is_some_and(|noun| {
            noun.id != trigger && matches!(noun.upos(), Upos::Noun | Upos::Propn) && !noun.relation().is_subject()
        })
}

/// Whether a word stands in a clause below another: "attacked the decree, which was signed on Monday".
fn stands_below(document: &Document, word: TokenId, trigger: TokenId) -> bool {
    let mut clause = false;
    let mut at = document.token(word);
    for _ in 0..12 {
        clause |= at.relation().is_clause() && at.id != trigger;
        let Some(head) = at.head() else { return false };
        if head.id == trigger {
            return clause;
        }
        at = head;
    }
    false
}

fn in_title(document: &Document, claim: &Claim) -> bool {
    let start = document.text_span(TokenSpan::single(claim.trigger)).start;
    document.report.title.is_some_and(|title| title.start <= start && start < title.end)
}

/// Whether two claims may tell of one matter.
fn is_same_act(document: &Document, one: &Claim, other: &Claim, near: u32, reach: u32) -> bool {
    let sentence = |claim: &Claim| document.sentence_of(claim.trigger).id.0;
    let apart = sentence(one).abs_diff(sentence(other));
    // Who acts is compared last: a long report has many claims of one category.
    if one.category != other.category || apart > reach {
        return false;
    }
    let actors = alike(document, &one.actors, &other.actors);
    let shares = actors == Some(true) || alike(document, &one.recipients, &other.recipients) == Some(true);
    actors != Some(false) && (shares || apart <= near)
}

/// Whether two lists have somebody in common; `None` where one of them is empty or holds pronouns alone of which nobody
/// knows whom they mean.
pub(super) fn alike(document: &Document, one: &[Participant], other: &[Participant]) -> Option<bool> {
    let same = |one: &Participant, other: &Participant| match (&one.actor.id, &other.actor.id) {
        (Some(one), Some(other)) => one == other,
        _ => {
            let (head, rival) =
                (document.token(stands_for(document, one)), document.token(stands_for(document, other)));
            one.actor.country == other.actor.country && head.lemma().eq_ignore_ascii_case(rival.lemma())
                || is_chained(document, one.head, other.head)
                || is_one_role(one, other)
        }
    };
    let known = |list: &[Participant]| {
        list.iter().any(|one| one.actor.antecedent.is_some() || document.token(one.head).upos() != Upos::Pron)
    };
    (known(one) && known(other)).then(|| one.iter().any(|one| other.iter().any(|other| same(one, other))))
}

/// "Police" and "the officers": one sort of people of one country, of whom two names would make two.
fn is_one_role(one: &Participant, other: &Participant) -> bool {
    let (one, other) = (&one.actor, &other.actor);
    let unnamed = one.name.is_none() || other.name.is_none();
    unnamed && !one.sectors.is_empty() && one.sectors == other.sectors && one.country == other.country
}

/// Whether two words are told of as one.
fn is_chained(document: &Document, one: TokenId, other: TokenId) -> bool {
    let holds = |chain: &document::Chain, head: TokenId| {
        chain.mentions.iter().any(|mention| mention.holds(head) && super::when::head_of(document, *mention) == head)
    };
    document.chains.iter().any(|chain| holds(chain, one) && holds(chain, other))
}

/// The word that names a participant: of a pronoun, that of what it refers to.
fn stands_for(document: &Document, one: &Participant) -> TokenId {
    let named = one.actor.antecedent.filter(|_| document.token(one.head).upos() == Upos::Pron);
    named.map_or(one.head, |span| super::when::head_of(document, span))
}
