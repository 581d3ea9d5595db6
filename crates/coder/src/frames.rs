//! Frames: what stands around a predicate, in its deep sense, whatever the construction.
//!
//! One frame serves active and passive, relative and participial clauses, control and raising, conjoined verbs,
//! nominalizations ("the withdrawal of US troops") and light verbs ("launched a series of attacks"). A rule is written
//! once against the deep slots. The frame knows grammar only; what a filler means is the actors' business.

use crate::codebook::{Codebook, TriggerPart};
use document::{Relation, Syntax, Token, TokenId, Upos, Xpos};

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
    pub(crate) fn with_idiom(&self, syntax: &Syntax, codebook: &Codebook, words: &[TokenId]) -> Self {
        let mut frame = self.clone();
        if self.part == TriggerPart::Verb {
            for &word in words.iter().filter(|&&word| word != self.predicate) {
                let token = syntax.token(word);
                if token.upos() == Upos::Noun {
                    own_dependents(token, &mut frame.fillers, codebook);
                } else if token.relation() == Relation::Case
                    && let Some(object) = token.head()
                    && object.head().is_some_and(|head| head.id == self.predicate)
                {
                    // "took in refugees", "handed over the airport": a particle taken for a preposition.
                    frame.fillers.insert(0, Filler { slot: Slot::Object, token: object.id, shared: false });
                }
            }
        }
        frame
    }
}

fn verb_frame(verb: Token<'_>) -> Frame {
    let mut fillers = Vec::new();
    let passive = is_passive(verb, 0);
    if let Some((subject, shared)) = surface_subject(verb, 0) {
        fillers.push(Filler { slot: if passive { Slot::Object } else { Slot::Subject }, token: subject, shared });
    }
    collect_dependents(verb, passive, None, &mut fillers);
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
    below_object(verb, passive, &mut fillers);
    if !fillers.iter().any(|filler| filler.slot == Slot::Clause)
        && let Some(infinitive) = infinitive_behind(verb)
    {
        fillers.push(Filler { slot: Slot::Clause, token: infinitive, shared: false });
    }
    Frame { predicate: verb.id, part: TriggerPart::Verb, fillers, anchors: vec![verb.id], light: None }
}

/// "sent an envoy to Sudan", "urged both sides to talk": what the parser hung on the object, or on another phrase of the
/// verb, may be the verb's as well. It comes last, so that what hangs on the verb itself is preferred.
fn below_object(verb: Token<'_>, passive: bool, fillers: &mut Vec<Filler>) {
    let own: Vec<Filler> = fillers.iter().filter(|filler| !filler.shared).cloned().collect();
    let has_subject = own.iter().any(|filler| filler.slot == Slot::Subject);
    for filler in own {
        let object = filler.slot == Slot::Object;
        if !object && !matches!(filler.slot, Slot::Preposition(_)) {
            continue;
        }
        let phrase = verb.syntax.token(filler.token);
        // "control of the port to Ethiopia", "two million in aid to Fiji": also what hangs on these.
        let inner = phrase.children().filter(|child| {
            child.relation() == Relation::Nmod && matches!(preposition(*child).as_deref(), Some("of" | "in"))
        });
        let hanging = phrase.children().chain(inner.flat_map(|inner| inner.children()));
        for child in hanging.filter(|child| child.id > verb.id) {
            let mut add = |slot| fillers.push(Filler { slot, token: child.id, shared: false });
            match child.relation() {
                Relation::Nmod => match preposition(child) {
                    Some(word) if word == "by" && passive && !has_subject => add(Slot::Subject),
                    Some(word) if is_loose(&word) || (word == "of" && takes_of(verb)) => add(Slot::Preposition(word)),
                    _ => {}
                },
                // "accused the militia of shelling a village", "criticized the minister for arresting journalists"
                Relation::Acl | Relation::Advcl
                    if child.child(Relation::Mark).is_some_and(|mark| mark.upos() != Upos::Part) =>
                {
                    if let Some(mark) = child.child(Relation::Mark) {
                        add(Slot::Preposition(mark.form().to_lowercase()));
                    }
                }
                Relation::Acl if asks(verb) && has_mark_to(child) => add(Slot::Clause),
                _ => {}
            }
        }
    }
}

/// Verbs of a person and, with "of", a deed or thing: "convicted the colonel of murder".
fn takes_of(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "accuse"
            | "acquit"
            | "clear"
            | "convict"
            | "deprive"
            | "inform"
            | "notify"
            | "rob"
            | "strip"
            | "suspect"
            | "warn"
    )
}

/// Prepositions between a light verb and its noun: "engaged in talks", not "declared before the talks".
fn supports(preposition: &str) -> bool {
    matches!(preposition, "in" | "into" | "to" | "for" | "at" | "on" | "upon" | "with" | "by" | "under")
}

/// Prepositions whose phrase the parser hangs now on the verb and now on the noun before it.
fn is_loose(preposition: &str) -> bool {
    matches!(preposition, "to" | "from" | "for" | "with" | "against" | "on" | "into" | "between" | "over" | "in")
}

pub(crate) fn has_mark_to(clause: Token<'_>) -> bool {
    clause.children().any(|child| child.relation() == Relation::Mark && child.form().eq_ignore_ascii_case("to"))
}

/// Verbs whose infinitive is done by whom they name, not by their subject.
fn asks(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "urge"
            | "ask"
            | "tell"
            | "order"
            | "advise"
            | "press"
            | "call"
            | "appeal"
            | "invite"
            | "allow"
            | "permit"
            | "force"
            | "push"
            | "persuade"
            | "encourage"
            | "request"
            | "instruct"
            | "direct"
            | "command"
            | "beg"
            | "implore"
            | "warn"
            | "want"
            | "expect"
            | "help"
            | "enable"
            | "require"
            | "compel"
            | "plead"
            | "lobby"
            | "prevail"
            | "convince"
            | "lead"
            | "cause"
            | "pressure"
            | "exhort"
            | "remind"
    )
}

/// "killed at least 14", "injuring more than 30": a bare number directly behind the verb, wherever the parser hung it.
fn number_behind(verb: Token<'_>) -> Option<TokenId> {
    let behind = verb.syntax.sentence_of(verb.id).iter().filter(|token| token.id > verb.id).take(4);
    for token in behind {
        if token.upos() == Upos::Num {
            return (token.relation() != Relation::Nummod).then_some(token.id);
        }
        let bound = matches!(
            token.lemma(),
            "at" | "least" | "more" | "than" | "about" | "around" | "nearly" | "almost" | "up" | "to" | "over" | "some"
        );
        if !bound && !matches!(token.form(), "least" | "more" | "most") {
            return None;
        }
    }
    None
}

/// "will work to provide": the infinitive directly behind a verb, where the parser hung it elsewhere.
fn infinitive_behind(verb: Token<'_>) -> Option<TokenId> {
    let sentence = verb.sentence().tokens();
    let next = Some(TokenId(verb.id.0 + 1)).filter(|next| sentence.holds(*next))?;
    let to = verb.syntax.token(next);
    let infinitive =
        to.head().filter(|infinitive| to.relation() == Relation::Mark && infinitive.upos() == Upos::Verb)?;
    let elsewhere = infinitive.head().is_none_or(|head| head.id != verb.id) && infinitive.id != verb.id;
    (to.form().eq_ignore_ascii_case("to") && elsewhere).then_some(infinitive.id)
}

/// The dependents of a verb by deep slot, its surface subject left out. `except` is a noun whose own frame asks.
fn collect_dependents(verb: Token<'_>, passive: bool, except: Option<TokenId>, fillers: &mut Vec<Filler>) {
    for child in verb.children() {
        if Some(child.id) == except {
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
    let mut light = None;
    if top.children().any(|child| child.relation() == Relation::Cop)
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

/// "the repatriation of refugees by Chad", "announced the withdrawal of its troops from Tigray": what the parser hung on
/// the "of" phrase or on the verb above, though it stands directly behind the noun's phrase.
fn loose_phrases(noun: Token<'_>, top: Token<'_>, fillers: &mut Vec<Filler>) {
    let mut add = |child: Token<'_>| {
        if let Some(word) = preposition(child)
            && (is_loose(&word) || matches!(word.as_str(), "by" | "of"))
        {
            fillers.push(Filler { slot: Slot::Preposition(word), token: child.id, shared: false });
        }
    };
    for of in noun
        .children()
        .filter(|child| child.relation() == Relation::Nmod && preposition(*child).as_deref() == Some("of"))
    {
        of.children().filter(|child| child.relation() == Relation::Nmod && child.id > of.id).for_each(&mut add);
    }
    let mut high = top;
    for _ in 0..4 {
        match high.head() {
            Some(above) if high.relation() == Relation::Nmod => high = above,
            _ => break,
        }
    }
    if let Some(verb) = high.head().filter(|head| head.upos() == Upos::Verb)
        && top.id > verb.id
    {
        let end = top.subtree().end;
        verb.children()
            .filter(|child| child.relation() == Relation::Obl && child.subtree().start == end)
            .for_each(&mut add);
    }
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

fn agent(verb: Token<'_>) -> Option<Filler> {
    let by = verb.children().find(|child| {
        child.relation() == Relation::OblAgent
            || (child.relation() == Relation::Obl && preposition(*child).as_deref() == Some("by"))
    })?;
    Some(Filler { slot: Slot::Subject, token: by.id, shared: false })
}

/// The preposition of a phrase in small letters, with its fixed parts ("because of"); several are joined ("from under").
pub(crate) fn preposition(phrase: Token<'_>) -> Option<String> {
    let mut word = String::new();
    for case in phrase
        .children()
        .filter(|child| child.relation() == Relation::Case && child.form() != "'s" && child.form() != "’s")
    {
        for part in std::iter::once(case).chain(case.children().filter(|child| child.relation() == Relation::Fixed)) {
            if !word.is_empty() {
                word.push(' ');
            }
            word.extend(part.form().chars().flat_map(char::to_lowercase));
        }
    }
    (!word.is_empty()).then_some(word)
}

/// Verbs whose own subject does what their infinitive says; none of them says it of the subject of a passive.
fn controls_by_subject(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "agree"
            | "promise"
            | "vow"
            | "pledge"
            | "threaten"
            | "refuse"
            | "decide"
            | "decline"
            | "try"
            | "attempt"
            | "fail"
            | "begin"
            | "start"
            | "continue"
            | "cease"
            | "plan"
            | "intend"
            | "hope"
            | "offer"
            | "manage"
            | "undertake"
            | "consent"
    )
}

/// Whether the surface subject of a verb is its deep object.
fn is_passive(verb: Token<'_>, depth: usize) -> bool {
    let mut auxiliary = false;
    for child in verb.children() {
        match child.relation() {
            Relation::AuxPass | Relation::NsubjPass => return true,
            Relation::Aux | Relation::Nsubj => auxiliary = true,
            _ => {}
        }
    }
    if verb.xpos() != Xpos::Vbn || auxiliary || depth > 8 {
        return false;
    }
    match (verb.relation(), verb.head()) {
        // "Both sides promised to continue", taken for sides that were promised something.
        (Relation::Acl, Some(_)) if verb.child(Relation::Xcomp).is_some() && controls_by_subject(verb) => false,
        (Relation::Acl, Some(noun)) if is_whole_sentence(noun, verb) => false,
        // With an object of its own it is a main verb that the parser hung on its subject.
        (Relation::Acl | Relation::Amod, Some(_)) => verb.child(Relation::Obj).is_none(),
        // "was arrested and beaten"
        (Relation::Conj, Some(first)) => is_passive(first, depth + 1),
        // "backed by Rwanda, the rebels …": a participle that modifies the clause
        (Relation::Advcl, Some(_)) => verb.child(Relation::Obj).is_none(),
        _ => false,
    }
}

/// "Students protested outside the parliament.", taken for students that were protested: a sentence with its full stop has
/// a finite verb, and if nothing else in it can be that verb, the participle is. Headlines have no full stop.
fn is_whole_sentence(noun: Token<'_>, verb: Token<'_>) -> bool {
    let sentence = verb.syntax.sentence_of(verb.id);
    noun.relation() == Relation::Root
        && verb.id > noun.id
        && agent(verb).is_none()
        && sentence.iter().last().is_some_and(|token| matches!(token.form(), "." | "!" | "\"" | "”"))
        && !sentence.iter().any(|token| matches!(token.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md))
}

/// The surface subject of a verb or other predicate, found through conjunction, control, relative and participial clauses,
/// and whether it stands with another predicate.
pub(crate) fn surface_subject(verb: Token<'_>, depth: usize) -> Option<(TokenId, bool)> {
    if depth > 12 {
        return None;
    }
    if let Some(subject) = verb.children().find(|child| child.relation().is_subject()) {
        let (token, shared) = antecedent(verb, subject);
        return Some((token, shared));
    }
    let head = verb.head()?;
    let above = |head: Token<'_>| surface_subject(head, depth + 1).map(|(token, _)| (token, true));
    let to = verb.child(Relation::Mark).and_then(|to| to.id.0.checked_sub(1));
    let before = to.map(|id| verb.syntax.token(TokenId(id))).filter(|before| before.upos() == Upos::Verb);
    if let Some(before) = before.filter(|before| infinitive_behind(*before) == Some(verb.id)) {
        return above(before);
    }
    match verb.relation() {
        Relation::Conj => {
            if matches!(head.relation(), Relation::Acl) && head.child(Relation::Nsubj).is_none() {
                surface_of_modifier(head, depth)
            } else {
                above(head)
            }
        }
        Relation::Xcomp | Relation::Ccomp => match head.child(Relation::Obj).or_else(|| head.child(Relation::Iobj)) {
            Some(object)
                if head.upos() == Upos::Verb
                    && !matches!(head.lemma(), "promise" | "vow" | "threaten" | "pledge" | "use") =>
            {
                Some(antecedent(head, object)).map(|(token, _)| (token, true))
            }
            _ => match asked_by(head, verb) {
                Some(asked) => Some((asked, true)),
                None => above(head),
            },
        },
        Relation::Advcl => {
            if let Some(asked) = asked_by(head, verb) {
                return Some((asked, true));
            }
            if is_passive(head, 0)
                && let Some(by) = agent(head)
            {
                return Some((by.token, true));
            }
            above(head)
        }
        Relation::Acl | Relation::AclRelcl | Relation::Amod => surface_of_modifier(verb, depth),
        _ => None,
    }
}

/// "called on Israel to withdraw": who is asked, not who asks, does what the infinitive says.
fn asked_by(asking: Token<'_>, infinitive: Token<'_>) -> Option<TokenId> {
    if !has_mark_to(infinitive)
        || !matches!(asking.lemma(), "call" | "appeal" | "press" | "push" | "plead" | "lobby" | "prevail")
    {
        return None;
    }
    let asked = asking.children().find(|child| {
        child.relation() == Relation::Obl
            && matches!(preposition(*child).as_deref(), Some("on" | "upon" | "for" | "to" | "with"))
            && child.id < infinitive.id
    })?;
    Some(asked.id)
}

/// The surface subject of a clause that modifies a noun.
fn surface_of_modifier(verb: Token<'_>, depth: usize) -> Option<(TokenId, bool)> {
    let noun = verb.head()?;
    let infinitive =
        verb.children().any(|child| child.relation() == Relation::Mark && child.form().eq_ignore_ascii_case("to"));
    if !infinitive || verb.relation() == Relation::AclRelcl {
        // "The army and the rebels agreed …", where the finite verb was taken for a modifier of the last of them.
        if verb.relation() == Relation::Acl
            && verb.xpos() == Xpos::Vbd
            && noun.relation() == Relation::Conj
            && let Some(first) = noun.head()
        {
            return Some((first.id, true));
        }
        return match verb.xpos() {
            // A relative clause without a subject of its own and without a pronoun is a reduced one.
            Xpos::Vbg | Xpos::Vbn | Xpos::Vbd | Xpos::Vb | Xpos::Vbz | Xpos::Vbp | Xpos::Jj => Some((noun.id, true)),
            _ => None,
        };
    }
    // "Kabul's decision to withdraw", "they signed a deal to withdraw", "a decision by Kabul to withdraw"
    // ("repeated his promise to meet": whoever repeats it, says the grammar better than the pronoun)
    if let Some(possessor) = noun.child(Relation::NmodPoss)
        && (possessor.upos() != Upos::Pron || noun.relation() != Relation::Obj)
    {
        return Some((possessor.id, true));
    }
    if let Some(by) =
        noun.children().find(|child| child.relation() == Relation::Nmod && preposition(*child).as_deref() == Some("by"))
    {
        return Some((by.id, true));
    }
    let governor = noun.head()?;
    if asks(governor) && matches!(noun.relation(), Relation::Obj | Relation::Iobj | Relation::Obl | Relation::NsubjPass)
    {
        return Some((noun.id, true));
    }
    if matches!(noun.relation(), Relation::Obj | Relation::Obl | Relation::Xcomp) {
        return surface_subject(governor, depth + 1).map(|(token, _)| (token, true));
    }
    None
}

/// What a dependent of a relative clause stands for: a relative pronoun stands for the noun that the clause modifies.
fn antecedent(verb: Token<'_>, dependent: Token<'_>) -> (TokenId, bool) {
    if is_relative_pronoun(dependent) {
        let mut clause = verb;
        for _ in 0..8 {
            if matches!(clause.relation(), Relation::AclRelcl | Relation::Acl)
                && let Some(noun) = clause.head()
            {
                return (noun.id, true);
            }
            match clause.head() {
                Some(head)
                    if matches!(
                        clause.relation(),
                        Relation::Conj | Relation::Xcomp | Relation::Ccomp | Relation::Advcl
                    ) =>
                {
                    clause = head
                }
                _ => break,
            }
        }
    }
    (dependent.id, false)
}

/// "who", "whom", "which", or "that" as a pronoun.
pub(crate) fn is_relative_pronoun(token: Token<'_>) -> bool {
    matches!(token.xpos(), Xpos::Wdt | Xpos::Wp | Xpos::WpPoss)
        || (token.upos() == Upos::Pron
            && token.lemma() == "that"
            && token.relation() != Relation::Obj
            && token.head().is_some_and(|head| head.relation() == Relation::AclRelcl))
}

fn is_relative_adverb(token: Token<'_>) -> bool {
    matches!(token.lemma(), "where" | "when" | "why")
        || (token.relation() == Relation::Obl && token.children().count() > 0 && is_relative_pronoun(token))
}

/// The members of a coordination, the given token first.
pub(crate) fn conjuncts(first: Token<'_>) -> Vec<TokenId> {
    let mut members = vec![first.id];
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
    members
}
