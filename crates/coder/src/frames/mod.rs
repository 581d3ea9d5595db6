//! Frames: what stands around a predicate, in its deep sense, whatever the construction.
//!
//! One frame serves active and passive, relative and participial clauses, control and raising, conjoined verbs,
//! nominalizations ("the withdrawal of US troops") and light verbs ("launched a series of attacks"). A rule is written
//! once against the deep slots. The frame knows grammar only; what a filler means is the actors' business.

mod charges;
mod insertions;
mod repairs;
mod subjects;
mod things;

use crate::codebook::{Codebook, TriggerPart};
use document::{Relation, Syntax, Token, TokenId, Upos, Xpos};
use repairs::{below_object, infinitive_behind, loose_phrases, number_behind};
use std::borrow::Cow;
use subjects::{agent, antecedent, is_relative_adverb};
pub(crate) use subjects::{has_mark_to, is_passive, surface_subject};

/// A predicate with its fillers.
#[derive(Debug, Clone)]
pub(crate) struct Frame {
    pub(crate) predicate: TokenId,
    pub(crate) part: TriggerPart,
    pub(crate) fillers: Vec<Filler>,
    /// The tokens that carry the event's time, place and status: the predicate, the nouns it hangs under ("a series of")
    /// and its light verb.
    pub(crate) anchors: Vec<TokenId>,
    /// The light verb, if there is one.
    pub(crate) light: Option<TokenId>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filler {
    pub(crate) slot: Slot,
    pub(crate) token: TokenId,
    /// Whether the filler stands elsewhere (shared, controlled, or an antecedent).
    pub(crate) shared: bool,
}

/// The deep position of a filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Slot {
    Subject,
    Object,
    Indirect,
    Clause,
    Modifier,
    /// Possessor of a noun: subject or object of what it names.
    Possessor,
    Preposition(String),
}

/// List of light and support verbs: their subject is the subject of the noun that they govern.
pub(crate) const SUPPORT_VERBS: &str = "support-verb";
/// List of nouns that one looks through: "a series of attacks", "hundreds of people".
pub(crate) const TRANSPARENT_NOUNS: &str = "transparent-noun";

/// The frame of a token taken as a predicate of this kind.
pub(crate) fn frame(syntax: &Syntax, codebook: &Codebook, predicate: TokenId, part: TriggerPart) -> Frame {
    let token = syntax.token(predicate);
    match part {
        TriggerPart::Verb => verb_frame(token),
        TriggerPart::Noun => noun_frame(token, codebook),
        TriggerPart::Adjective => adjective_frame(token),
    }
}

impl Frame {
    /// The frame of a verb whose trigger has a noun in it ("take control of the town", "lay siege to", "claim the lives
    /// of"): what hangs on that noun is the verb's.
    pub(crate) fn with_idiom(&self, syntax: &Syntax, codebook: &Codebook, words: &[TokenId]) -> Cow<'_, Self> {
        let mut frame = Cow::Borrowed(self);
        if self.part == TriggerPart::Verb {
            for &word in words.iter().filter(|&&word| word != self.predicate) {
                let token = syntax.token(word);
                if token.upos() == Upos::Noun {
                    own_dependents(token, &mut frame.to_mut().fillers, codebook);
                } else if token.relation() == Relation::Case
                    && let Some(object) = token.head()
                    && object.head().is_some_and(|head| head.id == self.predicate)
                {
                    // "took in refugees", "handed over the airport": a particle taken for a preposition.
                    frame.to_mut().fillers.insert(0, Filler { slot: Slot::Object, token: object.id, shared: false });
                }
            }
        }
        frame
    }
}

fn verb_frame(verb: Token<'_>) -> Frame {
    let mut fillers = Vec::new();
    let passive = is_passive(verb, 0);
    let surface = surface_subject(verb, 0);
    if let Some((subject, shared)) = surface {
        fillers.push(Filler { slot: if passive { Slot::Object } else { Slot::Subject }, token: subject, shared });
    }
    collect_dependents(verb, passive, None, &mut fillers);
    if !passive
        && let Some((thing, true)) = surface
        && let Some(user) = things::user_of(verb.syntax.token(thing), verb)
    {
        fillers.insert(0, Filler { slot: Slot::Subject, token: user, shared: true });
    } else if passive && !fillers.iter().any(|filler| filler.slot == Slot::Subject) {
        fillers.extend(subjects::agent_beside(verb));
        if !fillers.iter().any(|filler| filler.slot == Slot::Subject)
            && let Some(agent) = insertions::distant_agent(verb)
        {
            fillers.push(Filler { slot: Slot::Subject, token: agent, shared: false });
        }
    }
    let doers = fillers.iter().filter(|filler| filler.slot == Slot::Subject);
    let setters: Vec<TokenId> = doers.filter_map(|doer| things::setter_of(verb.syntax.token(doer.token))).collect();
    fillers.extend(setters.into_iter().map(|token| Filler { slot: Slot::Subject, token, shared: true }));
    let has_object = fillers.iter().any(|filler| filler.slot == Slot::Object);
    if !has_object && !passive {
        if verb.relation() == Relation::AclRelcl
            && let Some(antecedent) = verb.head()
            && !fillers.iter().any(|filler| filler.token == antecedent.id)
            && !verb.children().any(is_relative_adverb)
        {
            // "the attack that rebels launched", "the town rebels took": the gap is the object.
            fillers.push(Filler { slot: Slot::Object, token: antecedent.id, shared: true });
        } else if let Some(next) =
            verb.children().find(|child| child.relation() == Relation::Conj && child.upos() == Upos::Verb)
            && !next.children().any(|child| child.relation().is_subject())
            && let Some(object) = next.child(Relation::Obj)
            && !verb.children().any(|child| {
                matches!(child.relation(), Relation::Obl | Relation::Xcomp | Relation::Ccomp | Relation::CompoundPrt)
            })
        {
            // "attacked and looted the village"
            fillers.push(Filler { slot: Slot::Object, token: object.id, shared: true });
        } else if let Some(number) = number_behind(verb) {
            fillers.push(Filler { slot: Slot::Object, token: number, shared: false });
        }
    }
    if !has_object
        && !passive
        && let Some(told) = fillers.iter().find(|filler| filler.slot == Slot::Indirect).cloned()
    {
        // "told the rebels to disarm": the one object there is.
        fillers.push(Filler { slot: Slot::Object, ..told });
    }
    if let Some(doer) = doer_before(verb) {
        fillers.push(Filler { slot: Slot::Subject, token: doer.id, shared: false });
    }
    if let Some(said) = said_before(verb)
        && !fillers.iter().any(|filler| matches!(filler.slot, Slot::Clause | Slot::Object))
    {
        fillers.push(Filler { slot: Slot::Clause, token: said.id, shared: true });
    }
    below_object(verb, passive, &mut fillers);
    if !fillers.iter().any(|filler| filler.slot == Slot::Clause)
        && let Some(infinitive) = infinitive_behind(verb)
    {
        fillers.push(Filler { slot: Slot::Clause, token: infinitive, shared: false });
    }
    Frame { predicate: verb.id, part: TriggerPart::Verb, fillers, anchors: vec![verb.id], light: None }
}

/// "rebel-held districts", "SDF controlled territory": who does what a participle before its noun says.
fn doer_before(participle: Token<'_>) -> Option<Token<'_>> {
    if participle.relation() != Relation::Amod || participle.xpos() != Xpos::Vbn {
        return None;
    }
    let before = |distance: u32| {
        let id = TokenId(participle.id.0.checked_sub(distance)?);
        participle.sentence().tokens().holds(id).then(|| participle.syntax.token(id))
    };
    let first = before(1)?;
    let hyphen = matches!(first.form(), "-" | "–" | "‑");
    let doer = if hyphen { before(2)? } else { first };
    let names = matches!(doer.upos(), Upos::Propn | Upos::Noun) || hyphen && doer.upos() == Upos::Adj;
    let governor = participle.head()?.id;
    let beside = doer.head().is_some_and(|head| head.id == participle.id || head.id == governor);
    (names && beside).then_some(doer)
}

/// "The raid was illegal, the ministry said": the clause before a verb of saying that hangs on it, which is what it says.
pub(crate) fn said_before(verb: Token<'_>) -> Option<Token<'_>> {
    let says = matches!(
        verb.lemma(),
        "say"
            | "tell"
            | "add"
            | "argue"
            | "claim"
            | "declare"
            | "insist"
            | "note"
            | "state"
            | "stress"
            | "warn"
            | "write"
    );
    let said = verb.head().filter(|_| says && verb.relation() == Relation::Parataxis)?;
    let is_clause = said.children().any(|child| child.relation().is_subject());
    let has_subject = verb.children().any(|child| child.relation().is_subject());
    (said.id < verb.id && is_clause && has_subject).then_some(said)
}

/// Prepositions between a light verb and its noun: "engaged in talks", not "declared before the talks".
fn supports(preposition: &str) -> bool {
    matches!(preposition, "in" | "into" | "to" | "for" | "at" | "on" | "upon" | "with" | "by" | "under")
}

/// The dependents of a verb by deep slot, its surface subject left out. `except` is a noun whose own frame asks.
fn collect_dependents(verb: Token<'_>, passive: bool, except: Option<TokenId>, fillers: &mut Vec<Filler>) {
    let named = insertions::named_before(verb);
    for child in verb.children() {
        if Some(child.id) == except || Some(child.id) == named {
            continue;
        }
        let (token, shared) = antecedent(verb, child);
        let mut add = |slot| fillers.push(Filler { slot, token, shared });
        match child.relation() {
            Relation::Obj => add(Slot::Object),
            Relation::Iobj => add(Slot::Indirect),
            Relation::OblAgent => add(Slot::Subject),
            Relation::Obl | Relation::Nmod => match preposition(child) {
                Some(word) if word == "by" && passive => add(Slot::Subject),
                Some(word) => add(Slot::Preposition(word)),
                // "laid down their arms": a noun behind the verb without a preposition is its object.
                None if child.relation() == Relation::Obl
                    && !passive
                    && child.id > verb.id
                    && child.upos() == Upos::Noun
                    && verb.child(Relation::Obj).is_none() =>
                {
                    add(Slot::Object);
                }
                None => {}
            },
            // "opened its borders to refugees", where the noun was taken for a verb.
            Relation::Xcomp if matches!(child.upos(), Upos::Noun | Upos::Propn) && has_mark_to(child) => {
                add(Slot::Preposition("to".into()));
            }
            Relation::Xcomp | Relation::Ccomp => {
                add(Slot::Clause);
                // "halted fighting", "stopped shelling the town"
                if child.relation() == Relation::Xcomp && child.xpos() == Xpos::Vbg {
                    fillers.push(Filler { slot: Slot::Object, token, shared });
                }
            }
            Relation::Advcl => match child.child(Relation::Mark).or_else(|| child.child(Relation::Case)) {
                Some(mark) if mark.form().eq_ignore_ascii_case("to") => add(Slot::Clause),
                Some(mark) => add(Slot::Preposition(mark.form().to_lowercase())),
                None => {}
            },
            Relation::Advmod | Relation::CompoundPrt | Relation::Amod => add(Slot::Modifier),
            _ => {}
        }
    }
}

fn noun_frame(noun: Token<'_>, codebook: &Codebook) -> Frame {
    let mut fillers = Vec::new();
    let mut anchors = vec![noun.id];
    own_dependents(noun, &mut fillers, codebook);
    let mut top = noun;
    // "a series of attacks", "the second day of talks": what is said of the series is said of the attacks.
    for _ in 0..4 {
        let Some(above) = top.head() else { break };
        let through = match top.relation() {
            Relation::Nmod => {
                preposition(top).as_deref() == Some("of")
                    && codebook.list(TRANSPARENT_NOUNS).is_some_and(|list| list.matches(above))
            }
            Relation::Conj => {
                matches!(above.upos(), Upos::Noun | Upos::Propn) && top.child(Relation::NmodPoss).is_none()
            }
            _ => false,
        };
        if !through {
            break;
        }
        if top.relation() == Relation::Nmod {
            own_dependents(above, &mut fillers, codebook);
            anchors.push(above.id);
        }
        top = above;
    }
    loose_phrases(noun, top, &mut fillers);
    if let Some(subject) = subject_of_circumstance(top, codebook)
        && noun.child(Relation::NmodPoss).is_none()
        && !fillers.iter().any(|filler| {
            filler.slot == Slot::Subject
                || matches!(&filler.slot, Slot::Preposition(word) if matches!(word.as_str(), "between" | "by" | "of"))
        })
    {
        fillers.push(Filler { slot: Slot::Subject, token: subject, shared: true });
    }
    if let Some((accuser, accused)) = charges::suspects(top) {
        fillers.extend(accuser.map(|token| Filler { slot: Slot::Subject, token, shared: true }));
        fillers.push(Filler { slot: Slot::Preposition("against".into()), token: accused, shared: true });
    } else if let Some(accused) = charges::accused_of(top)
        && (noun.child(Relation::NmodPoss).is_none() || charges::has_victim(noun))
    {
        // Whose a murder is, is its victim; "by" names who did it, whatever the noun.
        let slot = if charges::has_victim(noun) { Slot::Preposition("by".into()) } else { Slot::Subject };
        fillers.insert(0, Filler { slot, token: accused, shared: true });
    }
    let mut light = None;
    // What is only conjoined with a predicate noun is not said of its subject.
    if (top.id == noun.id || noun.relation() != Relation::Conj)
        && top.children().any(|child| child.relation() == Relation::Cop)
        && let Some((subject, shared)) = surface_subject(top, 0)
    {
        fillers.push(Filler { slot: Slot::Subject, token: subject, shared });
    } else if let Some(verb) = top.head()
        && verb.upos() == Upos::Verb
        && (top.relation() != Relation::Obl || preposition(top).is_some_and(|word| supports(&word)))
        && codebook.list(SUPPORT_VERBS).is_some_and(|list| list.has_verb(verb))
        && !is_circumstance(top)
    {
        let passive = is_passive(verb, 0);
        match top.relation() {
            Relation::Obj | Relation::Obl | Relation::OblUnmarked | Relation::Xcomp => {
                if passive {
                    fillers.extend(agent(verb));
                } else if let Some((subject, shared)) = surface_subject(verb, 0) {
                    fillers.push(Filler { slot: Slot::Subject, token: subject, shared });
                    // "The conflict between Chad and Niger escalated to violence"
                    let is_outcome = top.relation() == Relation::Obl;
                    let parties = parties_of(noun.syntax.token(subject)).filter(|_| is_outcome);
                    fillers.extend(parties.map(|party| Filler {
                        slot: Slot::Preposition("between".into()),
                        token: party,
                        shared: true,
                    }));
                }
            }
            Relation::NsubjPass => fillers.extend(agent(verb)),
            _ => {}
        }
        if matches!(
            top.relation(),
            Relation::Obj
                | Relation::Obl
                | Relation::OblUnmarked
                | Relation::NsubjPass
                | Relation::Nsubj
                | Relation::Xcomp
        ) {
            let mut others = Vec::new();
            collect_dependents(verb, passive, Some(top.id), &mut others);
            fillers.extend(
                others
                    .into_iter()
                    .filter(|filler| matches!(filler.slot, Slot::Preposition(_) | Slot::Indirect | Slot::Clause)),
            );
            light = Some(verb.id);
            anchors.push(verb.id);
        }
    }
    Frame { predicate: noun.id, part: TriggerPart::Noun, fillers, anchors, light }
}

/// Between whom something is, as its noun says: "the conflict between Chad and Niger".
fn parties_of(noun: Token<'_>) -> impl Iterator<Item = TokenId> {
    let parties = |child: &Token<'_>| preposition(*child).as_deref() == Some("between");
    noun.children().filter(|child| child.relation() == Relation::Nmod).filter(parties).map(|child| child.id)
}

/// List of meetings, visits and exchanges.
const ENCOUNTERS: &str = "talk";

/// List of words for what several do together.
const JOINT_ACTIONS: &str = "joint-action";

/// "During a visit to Berlin, the president called for …": whoever the sentence is about made the visit.
fn subject_of_circumstance(noun: Token<'_>, codebook: &Codebook) -> Option<TokenId> {
    let listed = |name: &str| codebook.list(name).is_some_and(|list| list.matches(noun));
    let word = preposition(noun).filter(|_| noun.relation() == Relation::Obl)?;
    let told = match word.as_str() {
        "in" if listed(JOINT_ACTIONS) => true,
        "during" | "in" | "on" | "after" | "following" => {
            noun.child(Relation::Det).is_none_or(|det| matches!(det.lemma(), "a" | "an")) && listed(ENCOUNTERS)
        }
        _ => false,
    };
    let verb = noun.head().filter(|verb| told && verb.upos() == Upos::Verb && !is_passive(*verb, 0))?;
    surface_subject(verb, 0).map(|(subject, _)| subject)
}

/// "sent troops after three bombings", "held a vigil despite the curfew": when or why, not what the verb supports.
fn is_circumstance(noun: Token<'_>) -> bool {
    noun.relation() == Relation::Obl
        && preposition(noun).is_some_and(|word| {
            matches!(
                word.as_str(),
                "after"
                    | "before"
                    | "since"
                    | "following"
                    | "amid"
                    | "despite"
                    | "because of"
                    | "until"
                    | "without"
                    | "like"
                    | "as"
            )
        })
}

/// What a noun governs itself, and what its participial modifier does ("talks held in Doha by …").
fn own_dependents(noun: Token<'_>, fillers: &mut Vec<Filler>, codebook: &Codebook) {
    for child in noun.children() {
        let mut add = |slot| fillers.push(Filler { slot, token: child.id, shared: false });
        match child.relation() {
            Relation::NmodPoss => add(Slot::Possessor),
            Relation::Nmod | Relation::Obl => match preposition(child) {
                Some(word) => add(Slot::Preposition(word)),
                None => add(Slot::Modifier),
            },
            Relation::Amod | Relation::Compound | Relation::NmodDesc | Relation::NmodUnmarked => add(Slot::Modifier),
            Relation::Ccomp | Relation::Xcomp => add(Slot::Clause),
            // "accusations that the army tortured prisoners"
            Relation::AclRelcl if child.children().any(is_conjunction_that) => add(Slot::Clause),
            Relation::Acl
                if child.xpos() == Xpos::Vbn
                    && codebook.list(SUPPORT_VERBS).is_some_and(|list| list.has_verb(child)) =>
            {
                collect_dependents(child, true, None, fillers);
            }
            Relation::Acl if child.xpos() == Xpos::Vbn => {}
            Relation::Acl => {
                add(Slot::Clause);
                // "talks involving the two sides", "an agreement calling for …"
                if let Some(object) = child.child(Relation::Obj)
                    && child.lemma() == "involve"
                {
                    fillers.push(Filler { slot: Slot::Preposition("between".into()), token: object.id, shared: true });
                }
            }
            Relation::Advcl if child.child(Relation::Mark).is_some_and(|mark| mark.form() == "to") => add(Slot::Clause),
            _ => {}
        }
    }
}

fn is_conjunction_that(word: Token<'_>) -> bool {
    word.relation() == Relation::Mark && word.lemma() == "that"
}

fn adjective_frame(adjective: Token<'_>) -> Frame {
    let mut fillers = Vec::new();
    if adjective.relation() == Relation::Amod
        && let Some(noun) = adjective.head()
    {
        fillers.push(Filler { slot: Slot::Subject, token: noun.id, shared: false });
    } else if let Some((subject, shared)) = surface_subject(adjective, 0) {
        fillers.push(Filler { slot: Slot::Subject, token: subject, shared });
    }
    collect_dependents(adjective, false, None, &mut fillers);
    Frame { predicate: adjective.id, part: TriggerPart::Adjective, fillers, anchors: vec![adjective.id], light: None }
}

/// The preposition of a phrase in small letters, with its fixed parts ("because of"); several are joined ("from under").
pub(crate) fn preposition(phrase: Token<'_>) -> Option<String> {
    let mut word = String::new();
    let mut end = None;
    for case in phrase
        .children()
        .filter(|child| child.relation() == Relation::Case && child.form() != "'s" && child.form() != "’s")
    {
        // "rose from 7 to 11": of two that stand apart the last is the phrase's own.
        if end.is_some_and(|end| case.id > end) && case.id < phrase.id {
            word.clear();
        }
        end = Some(case.subtree().end);
        for part in std::iter::once(case).chain(case.children().filter(|child| child.relation() == Relation::Fixed)) {
            if !word.is_empty() {
                word.push(' ');
            }
            word.extend(part.form().chars().flat_map(char::to_lowercase));
        }
    }
    (!word.is_empty()).then_some(word)
}

/// Whether a noun has "the", "this", "that": it may point at what was told before.
pub(crate) fn points_at(noun: Token<'_>) -> bool {
    noun.children().any(|child| {
        child.relation() == Relation::Det && matches!(child.lemma(), "the" | "this" | "that" | "these" | "those")
    })
}

/// The members of a coordination, the given token first; both names of "US-China".
pub(crate) fn conjuncts(first: Token<'_>) -> Vec<TokenId> {
    let mut members = vec![first.id];
    members.extend(insertions::joined_before(first).map(|member| member.id));
    for child in first.children().filter(|child| child.relation() == Relation::Conj) {
        members.push(child.id);
        // Some parses chain the members of a list.
        members.extend(
            child
                .children()
                .filter(|grandchild| grandchild.relation() == Relation::Conj)
                .map(|grandchild| grandchild.id),
        );
    }
    members.extend(hyphened(first));
    members
}

/// The name that a hyphen joins to a name of the same standing: "Turkish" of "the Turkish-Libyan agreement".
fn hyphened(name: Token<'_>) -> Option<TokenId> {
    let modifies = |token: Token<'_>| {
        matches!(token.relation(), Relation::Amod | Relation::Compound | Relation::Nmod)
            && matches!(token.upos(), Upos::Adj | Upos::Propn)
            && token.form().starts_with(char::is_uppercase)
    };
    let sentence = name.sentence().tokens();
    let beside = |distance: i64| {
        let id = |step: i64| u32::try_from(i64::from(name.id.0) + step).ok().map(TokenId);
        let (hyphen, other) = (id(distance.signum())?, id(distance)?);
        (sentence.holds(hyphen) && sentence.holds(other)).then(|| (name.syntax.token(hyphen), name.syntax.token(other)))
    };
    [-2, 2].into_iter().filter_map(beside).find_map(|(hyphen, other)| {
        let joined = matches!(hyphen.form(), "-" | "–" | "‑") && modifies(name) && modifies(other);
        let related = other.head().is_some_and(|head| head.id == name.id)
            || name.head().is_some_and(|head| head.id == other.id)
            || other.relation() == name.relation();
        (joined && related).then_some(other.id)
    })
}
