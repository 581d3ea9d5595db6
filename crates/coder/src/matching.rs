//! Rules against frames: which rules hang on a token, which of their lines are met, and which of the rules that fit wins.

use crate::actors::Actors;
use crate::codebook::{
    Codebook, FillerClass, Line, Need, Role, Rule, SlotName, Trigger, TriggerPart, is_word, precede,
};
use crate::frames::{self, Filler, Frame, Slot};
use document::{Document, Relation, Token, TokenId, Upos, Xpos};

/// A rule that fits at a trigger.
#[derive(Debug, Clone)]
pub(crate) struct Match {
    pub(crate) rule: usize,
    pub(crate) frame: Frame,
    /// Tokens of the trigger: the word and its particles.
    pub(crate) words: Vec<TokenId>,
    /// (line of the pattern, filler, whether the filler stands elsewhere)
    pub(crate) bound: Vec<(usize, TokenId, bool)>,
    score: usize,
}

/// What became of a rule at a word that it hangs on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The word.
    pub token: TokenId,
    /// The rule: its number in the codebook.
    pub rule: usize,
    /// What became of it.
    pub outcome: Outcome,
}

/// Fired, nearly fired, or gave way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It gave a claim.
    Fired,
    /// This line of its pattern ([`Rule::line`]) was not met, or was met and must not be.
    Missed(usize),
    /// This rule, more specific, fired on the same word.
    Overruled(usize),
}

/// All matches of a document in text order, at most one a trigger unless a rule stands beside others; and what became
/// of every rule that hangs on one of its words.
pub(crate) fn find(document: &Document, codebook: &Codebook, actors: &Actors<'_>) -> (Vec<Match>, Vec<Trace>) {
    let mut matches = Vec::new();
    let mut traces = Vec::new();
    // What the report itself or an interviewer asks about is not told.
    let questions: Vec<document::TokenSpan> =
        document.iter_sentences().filter(|sentence| asks(*sentence)).map(|sentence| sentence.tokens()).collect();
    for token in document.iter_tokens() {
        if questions.iter().any(|question| question.holds(token.id)) && !is_spoken(document, token.id) {
            continue;
        }
        let modals = modals(token);
        let any = if modals.is_empty() { &[] } else { codebook.candidates_of_any() };
        let candidates = codebook.candidates(token).chain(any);
        let mut here: Vec<Match> = Vec::new();
        let mut frames: Vec<Frame> = Vec::new();
        for &(rule, trigger) in candidates {
            let rule_of = &codebook.rules[rule];
            let trigger = &rule_of.triggers[trigger];
            // "to free the journalist": a verb, whatever the tagger took it for.
            let infinitive = trigger.part == TriggerPart::Verb && frames::has_mark_to(token);
            if !(trigger.part.admits(token.upos(), token.xpos()) || infinitive) || is_modal_use(token) {
                continue;
            }
            if rule_of.spoken && !is_spoken(document, token.id) {
                continue;
            }
            if !rule_of.state && trigger.part == TriggerPart::Verb && is_attributive(token) {
                continue;
            }
            // "on 8 March": the name of a day or month is no event.
            if trigger.part == TriggerPart::Noun && document.time_at(token.id).is_some() {
                continue;
            }
            // "the talks facilitator", "attack helicopters": a word that only tells the kind of another is no event.
            if trigger.part == TriggerPart::Noun && token.relation() == Relation::Compound {
                continue;
            }
            let Some(words) = trigger_words(token, trigger) else { continue };
            if here.iter().any(|found| found.rule == rule && found.words.len() >= words.len()) {
                continue;
            }
            let frame = match frames.iter().find(|frame| frame.part == trigger.part) {
                Some(frame) => frame,
                None => {
                    frames.push(frames::frame(document, codebook, token.id, trigger.part));
                    &frames[frames.len() - 1]
                }
            };
            let frame = frame.with_idiom(document, codebook, &words);
            match bind(document, codebook, actors, rule_of, &frame, &words) {
                Ok((bound, points)) => {
                    let mut words = words;
                    words.extend(bound.iter().filter(|(_, filler, _)| modals.contains(filler)).map(|bound| bound.1));
                    words.sort_unstable();
                    words.dedup();
                    let frame = frame.into_owned();
                    here.push(Match { rule, frame, score: points + 6 * (words.len() - 1), words, bound })
                }
                Err(line) => traces.push(Trace { token: token.id, rule, outcome: Outcome::Missed(line) }),
            }
        }
        here.sort_by(|one, other| other.score.cmp(&one.score).then(one.rule.cmp(&other.rule)));
        // Events give way to events and states to states of their predicate: the capture of a town is an attack as well
        // as a claim about who holds it.
        let mut winners: Vec<usize> = Vec::new();
        for found in here {
            let rule = &codebook.rules[found.rule];
            let winner = winners.iter().copied().find(|&best| {
                let best = &codebook.rules[best];
                best.state == rule.state && (!(rule.state || rule.beside) || best.category == rule.category)
            });
            match winner {
                Some(best) if !rule.beside || rule.around => {
                    traces.push(Trace { token: token.id, rule: found.rule, outcome: Outcome::Overruled(best) });
                }
                _ => {
                    if !rule.beside {
                        winners.push(found.rule);
                    }
                    traces.push(Trace { token: token.id, rule: found.rule, outcome: Outcome::Fired });
                    matches.push(found);
                }
            }
        }
    }
    settle_idioms(&mut matches, &mut traces);
    (matches, traces)
}

/// "take control", "come under attack", "go on strike": a noun that is part of a verb's trigger tells nothing of its own.
fn settle_idioms(matches: &mut Vec<Match>, traces: &mut [Trace]) {
    let idioms: Vec<(Vec<TokenId>, TokenId, usize)> = matches
        .iter()
        .filter(|found| found.frame.part == TriggerPart::Verb && found.words.len() > 1)
        .map(|found| (found.words.clone(), found.frame.predicate, found.rule))
        .collect();
    matches.retain(|found| {
        let predicate = found.frame.predicate;
        let within = idioms.iter().find(|(words, verb, _)| *verb != predicate && words.contains(&predicate));
        if let Some(&(_, _, rule)) = within
            && let Some(trace) = traces
                .iter_mut()
                .find(|trace| trace.token == predicate && trace.outcome == Outcome::Fired && trace.rule == found.rule)
        {
            trace.outcome = Outcome::Overruled(rule);
        }
        within.is_none()
    });
}

/// "used to", "going to", "have to": words of grammar, not of events.
fn is_modal_use(token: Token<'_>) -> bool {
    matches!(
        token.relation(),
        Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Fixed | Relation::Case | Relation::Mark
    )
}

/// "captured soldiers", "a much contested project": a participle before its noun says what the noun is, not that it happens.
fn is_attributive(token: Token<'_>) -> bool {
    // "Following improved relations", taken for a clause with "following".
    let behind = token.children().any(|child| {
        child.relation() == Relation::Mark
            && child.id.0 + 1 == token.id.0
            && matches!(
                child.form().to_lowercase().as_str(),
                "following" | "despite" | "amid" | "of" | "for" | "with" | "from" | "by"
            )
    });
    let bare = || !token.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass));
    let has_object = || token.child(Relation::Obj).is_some_and(|object| object.id > token.id);
    if behind && token.xpos() == Xpos::Vbn && has_object() && bare() {
        return true;
    }
    token.relation() == Relation::Amod
        && matches!(token.xpos(), Xpos::Vbn | Xpos::Jj)
        && token.head().is_some_and(|noun| noun.id > token.id)
        && token.children().all(|child| child.relation() == Relation::Advmod)
}

/// Whether a sentence is a question.
fn asks(sentence: document::Sentence<'_>) -> bool {
    let mark = |token: &Token<'_>| !matches!(token.form(), "\"" | "”" | "''" | ")" | "’" | "'");
    sentence.iter().rfind(mark).is_some_and(|last| last.form() == "?")
}

/// Whether somebody named says what a word is part of.
fn is_spoken(document: &Document, word: TokenId) -> bool {
    document
        .statements
        .iter()
        .any(|statement| !statement.speaker_heads.is_empty() && statement.content.iter().any(|part| part.holds(word)))
}

/// The words of grammar that say how a verb is meant: "*must* leave", "*should* be freed", "*have* to go".
fn modals(verb: Token<'_>) -> Vec<TokenId> {
    let auxiliaries = verb.children().filter(|child| child.relation() == Relation::Aux && child.xpos() == Xpos::Md);
    let above = verb.head().filter(|head| {
        verb.relation() == Relation::Xcomp && matches!(head.lemma(), "have" | "need") && frames::has_mark_to(verb)
    });
    auxiliaries.chain(above).map(|word| word.id).collect()
}

/// The tokens of a trigger at its head word, if its other words are there.
fn trigger_words(token: Token<'_>, trigger: &Trigger) -> Option<Vec<TokenId>> {
    let mut words = vec![token.id];
    if trigger.others.is_empty() {
        return Some(words);
    }
    if trigger.part == TriggerPart::Noun {
        if !precede(token, &trigger.others) {
            return None;
        }
        let mut at = token.id.0;
        let mut wanted = trigger.others.len();
        while wanted > 0 && at > 0 {
            at -= 1;
            if !matches!(token.syntax.token(TokenId(at)).form(), "-" | "–" | "‑") {
                wanted -= 1;
            }
            words.push(TokenId(at));
        }
        words.sort_unstable();
        return Some(words);
    }
    for other in &trigger.others {
        let child = token.children().find(|child| {
            matches!(
                child.relation(),
                Relation::CompoundPrt
                    | Relation::Advmod
                    | Relation::Obl
                    | Relation::Case
                    | Relation::Xcomp
                    | Relation::Obj
                    | Relation::NsubjPass
                    | Relation::Amod
            ) && (child.lemma() == other || child.form().eq_ignore_ascii_case(other))
        });
        // A particle that the parser took for a preposition stands directly behind the verb.
        let found = child.or_else(|| complement_within_object(token, other)).map(|child| child.id).or_else(|| {
            let next = token
                .syntax
                .tokens
                .len()
                .checked_sub(1)
                .filter(|&last| token.id.index() < last)
                .map(|_| token.syntax.token(TokenId(token.id.0 + 1)))?;
            (next.form().eq_ignore_ascii_case(other) && matches!(next.upos(), Upos::Adp | Upos::Adv | Upos::Part))
                .then_some(next.id)
        })?;
        words.push(found);
    }
    Some(words)
}

/// "left 12 people dead": the adjective says what becomes of the object, but parsers hang it on the object.
fn complement_within_object<'a>(verb: Token<'a>, word: &str) -> Option<Token<'a>> {
    let object = verb.child(Relation::Obj)?;
    object.children().find(|child| {
        child.id > object.id && matches!(child.relation(), Relation::Amod | Relation::Acl) && child.form() == word
    })
}

type Bound = Vec<(usize, TokenId, bool)>;

/// Binds the lines of a rule to the fillers of a frame, or names the first line that is not met.
fn bind(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors<'_>,
    rule: &Rule,
    frame: &Frame,
    words: &[TokenId],
) -> Result<(Bound, usize), usize> {
    let mut bound: Bound = Vec::new();
    let mut points = 0;
    let has_object_line =
        rule.lines.iter().any(|line| line.slots.contains(&SlotName::Object) && line.need != Need::Forbidden);
    let is_agentless = frame.part == TriggerPart::Verb
        && frames::is_passive(document.token(frame.predicate), 0)
        && !frame.fillers.iter().any(|filler| filler.slot == Slot::Subject);
    if let Some(number) = unfit_subject(document, codebook, actors, rule, frame) {
        return Err(number);
    }
    let mut waived: Option<usize> = None;
    let mut certain = false;
    // Required lines choose first, so that an optional line cannot take what a required one needs.
    let mut order: Vec<usize> = (0..rule.lines.len()).collect();
    order.sort_by_key(|&number| (rule.lines[number].need == Need::Optional, number));
    for number in order {
        let line = &rule.lines[number];
        let mut met = false;
        for slot in &line.slots {
            for (token, shared) in fillers_of(document, actors, frame, slot, has_object_line) {
                // A filler has one role; conditions may look at it all the same.
                let taken = line.role.is_some()
                    && bound.iter().any(|&(other, bound, _)| bound == token && rule.lines[other].role.is_some());
                if (words.contains(&token) && !slot.is_stretch()) || taken {
                    continue;
                }
                if fits(document, codebook, actors, line, slot, token) {
                    if line.need == Need::Forbidden {
                        return Err(number);
                    }
                    bound.push((number, token, shared));
                    met = true;
                    if !matches!(slot, SlotName::Clause | SlotName::Infinitive)
                        && line.role != Some(crate::codebook::Role::Content)
                    {
                        break;
                    }
                }
            }
            if met {
                break;
            }
        }
        if !met && matches!(line.need, Need::Required | Need::Named) {
            // "The offer was turned down": a passive need not say who did it, if all else that the rule asks for is there.
            if waived.is_none()
                && line.need == Need::Required
                && is_agentless
                && line.role == Some(Role::Actor(None))
                && line.slots == [SlotName::Subject]
            {
                waived = Some(number);
                continue;
            }
            return Err(number);
        }
        // What lets anything pass tells nothing: "subject? *".
        let tells = line.need != Need::Optional || line.role.is_some() || line.fillers != [FillerClass::Any];
        if met && tells {
            let exact = !line.fillers.iter().any(|filler| matches!(filler, FillerClass::Any));
            let lexical =
                line.fillers.iter().any(|filler| matches!(filler, FillerClass::List(_) | FillerClass::Lemma(_)));
            points += 1 + usize::from(exact) + usize::from(lexical) + usize::from(line.need != Need::Optional);
            certain |= lexical && line.need == Need::Required;
        }
    }
    if let Some(line) = waived.filter(|_| !certain) {
        return Err(line);
    }
    bound.sort_unstable();
    Ok((bound, points))
}

/// The first optional line for the subject, where a verb in the active voice has a subject and no such line of the rule
/// knows it: "a bill that legalized …" is nobody's deed.
fn unfit_subject(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors<'_>,
    rule: &Rule,
    frame: &Frame,
) -> Option<usize> {
    let predicate = document.token(frame.predicate);
    // "The deadline for releasing them": what a noun is for has no subject in sight.
    let linked = || predicate.children().any(|child| matches!(child.relation(), Relation::Mark | Relation::Case));
    let gerund =
        matches!(predicate.relation(), Relation::Acl | Relation::Advcl) && predicate.xpos() == Xpos::Vbg && linked();
    if frame.part != TriggerPart::Verb || gerund || frames::is_passive(predicate, 0) {
        return None;
    }
    let subjects = || frame.fillers.iter().filter(|filler| filler.slot == Slot::Subject);
    let of_subject = |line: &Line| line.need != Need::Forbidden && line.slots.contains(&SlotName::Subject);
    let first = rule.lines.iter().position(|line| line.need == Need::Optional && of_subject(line))?;
    // A pronoun that stands for nobody known may stand for anybody, and a place for its government.
    let known = |filler: &Filler| {
        if document.token(filler.token).upos() == Upos::Pron || document.place_at(filler.token).is_some() {
            return true;
        }
        let takes = |line: &&Line| fits(document, codebook, actors, line, &SlotName::Subject, filler.token);
        rule.lines.iter().filter(|line| of_subject(line)).any(|line| takes(&line))
    };
    (subjects().next().is_some() && !subjects().any(known)).then_some(first)
}

/// A place in a frame where fillers are looked for.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    In(&'a Slot),
    After(&'a str),
}

/// The tokens that a slot of a pattern can mean in this frame, best first.
fn fillers_of(
    document: &Document,
    actors: &Actors<'_>,
    frame: &Frame,
    slot: &SlotName,
    has_object_line: bool,
) -> Vec<(TokenId, bool)> {
    let stands = |filler: &Filler, wanted: &Wanted<'_>| match (wanted, &filler.slot) {
        (Wanted::After(word), Slot::Preposition(written)) => written == word,
        (Wanted::In(slot), written) => *slot == written,
        (Wanted::After(_), _) => false,
    };
    let among = |wanted: &[Wanted<'_>]| -> Vec<(TokenId, bool)> {
        let mut found = Vec::new();
        for wanted in wanted {
            let fillers = frame.fillers.iter().filter(|filler| stands(filler, wanted));
            found.extend(fillers.map(|filler| (filler.token, filler.shared)));
        }
        found
    };
    use Wanted::{After, In};
    let noun = frame.part == TriggerPart::Noun;
    match slot {
        SlotName::Subject if noun => {
            let mut found =
                among(&[After("by"), In(&Slot::Subject), After("between"), In(&Slot::Possessor), In(&Slot::Modifier)]);
            // "the Doha talks" are held there, not by it.
            found.retain(|&(token, _)| {
                !actors.is_capital(token)
                    || frame.fillers.iter().all(|filler| filler.token != token || filler.slot != Slot::Modifier)
            });
            if !has_object_line {
                found.extend(among(&[After("of")]));
            }
            found
        }
        SlotName::Subject => among(&[In(&Slot::Subject)]),
        SlotName::Object if noun => among(&[After("of"), In(&Slot::Possessor), In(&Slot::Modifier)]),
        SlotName::Object => among(&[In(&Slot::Object)]),
        SlotName::Indirect => among(&[In(&Slot::Indirect)]),
        SlotName::Clause => among(&[In(&Slot::Clause)]),
        SlotName::Infinitive => {
            let mut found = among(&[In(&Slot::Clause)]);
            found.retain(|&(token, _)| {
                document
                    .token(token)
                    .children()
                    .any(|child| child.relation() == Relation::Mark && child.form().eq_ignore_ascii_case("to"))
            });
            found
        }
        SlotName::Modifier => among(&[In(&Slot::Modifier)]),
        SlotName::Modal => modals(document.token(frame.predicate)).into_iter().map(|modal| (modal, false)).collect(),
        SlotName::Head => document.token(frame.predicate).head().map(|head| (head.id, true)).into_iter().collect(),
        SlotName::Light => frame.light.map(|light| (light, true)).into_iter().collect(),
        SlotName::Preposition(word) => among(&[After(word)]),
        SlotName::Near => frame.anchors.iter().flat_map(|&anchor| around(document, anchor)).collect(),
        SlotName::ModifierOf(slot) => {
            let nouns = fillers_of(document, actors, frame, slot, has_object_line);
            nouns.into_iter().flat_map(|(noun, _)| before(document.token(noun))).collect()
        }
        SlotName::Sentence => scene(document, frame.predicate, 0),
        SlotName::Scene => scene(document, frame.predicate, SCENE),
    }
}

/// The words that tell the kind of a noun: "tax returns", "peaceful protests".
fn before(noun: Token<'_>) -> impl Iterator<Item = (TokenId, bool)> {
    let modifies = |child: &Token<'_>| {
        matches!(child.relation(), Relation::Amod | Relation::Compound | Relation::NmodPoss | Relation::NmodUnmarked)
    };
    noun.children().filter(modifies).map(|child| (child.id, false))
}

/// How many sentences back a scene reaches.
const SCENE: u32 = 3;

/// The words of the headline, of a word's sentence and of so many before it.
fn scene(document: &Document, predicate: TokenId, back: u32) -> Vec<(TokenId, bool)> {
    let here = document.sentence_of(predicate).id.0;
    let sentences = document.sentences.spans.iter().zip(0..=here);
    let near = sentences.filter(|(_, number)| *number == 0 || number + back >= here);
    near.flat_map(|(sentence, _)| sentence.iter()).map(|token| (token, true)).collect()
}

/// What stands below a word, clauses beside it with subjects of their own left out ("two died; rebels spoke of shelling").
fn around(document: &Document, anchor: TokenId) -> Vec<(TokenId, bool)> {
    let beside: Vec<document::TokenSpan> = document
        .token(anchor)
        .children()
        .filter(|child| {
            matches!(child.relation(), Relation::Conj | Relation::Parataxis)
                && child.children().any(|inner| inner.relation().is_subject())
        })
        .map(Token::subtree)
        .collect();
    // "The violence must stop, the president said": what he says stands above.
    let top = frames::said_before(document.token(anchor)).map_or(anchor, |said| said.id);
    let below = document.parse.subtree(top).iter();
    below.filter(|&token| !beside.iter().any(|span| span.holds(token))).map(|token| (token, false)).collect()
}

fn fits(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors<'_>,
    line: &Line,
    slot: &SlotName,
    token: TokenId,
) -> bool {
    let fits = |token: TokenId| line.fillers.iter().any(|class| fits_class(document, codebook, actors, class, token));
    if slot.is_stretch() { fits(token) } else { frames::conjuncts(document.token(token)).into_iter().any(fits) }
}

/// "each other", "one another", and "the other" of two: those who act are also those to whom it is done.
pub(crate) fn is_reciprocal(token: Token<'_>) -> bool {
    let before = token.id.0.checked_sub(1).map(|before| token.syntax.token(TokenId(before)));
    let follows = |word: &str| before.is_some_and(|before| before.form().eq_ignore_ascii_case(word));
    let of_two = || {
        follows("the")
            && token.children().all(|child| child.relation() == Relation::Det)
            && token.head().and_then(|verb| frames::surface_subject(verb, 0)).is_some_and(|(subject, _)| {
                token.syntax.token(subject).children().any(|child| child.lemma() == "each")
                    || token.syntax.token(subject).lemma() == "each"
            })
    };
    // Parsers hang the two words on each other in several ways.
    let next = token.sentence().iter().find(|next| next.id.0 == token.id.0 + 1);
    let heads = |word: &str| next.is_some_and(|next| next.lemma() == word);
    match token.lemma() {
        "each" => heads("other"),
        "one" => heads("another"),
        "other" => follows("each") || of_two(),
        "another" => follows("one"),
        _ => false,
    }
}

/// Whether a filler belongs to a class, looking through "hundreds of".
pub(crate) fn fits_class(
    document: &Document,
    codebook: &Codebook,
    actors: &Actors<'_>,
    class: &FillerClass,
    token: TokenId,
) -> bool {
    let written = document.token(token);
    let inner = || actors.look_through(actors.referent(written));
    match class {
        // When is not what: "agreed on Monday", "called for two days".
        FillerClass::Any => document.time_at(token).is_none(),
        FillerClass::Actor => actors.is_actor(token) || is_reciprocal(written),
        FillerClass::Country => actors.is_country(token),
        FillerClass::Place => document.place_at(token).is_some(),
        FillerClass::Figure => {
            let inner = inner().id;
            document.quantities.iter().any(|quantity| {
                quantity.counts == Some(token) || quantity.span.holds(token) || quantity.span.holds(inner)
            })
        }
        FillerClass::Sector(code) => {
            // PLOVER has codes of international bodies in place of a country; the UN and the EU are such bodies as well.
            let actor = actors.resolve(token);
            let international = code == "IGO" && matches!(actor.country.as_deref(), Some("UNO" | "EUR"));
            actor.sectors.contains(code) || actor.country.as_ref() == Some(code) || international
        }
        FillerClass::List(name) => {
            codebook.list(name).is_some_and(|list| list.matches(written) || list.matches(inner()))
        }
        FillerClass::Lemma(words) => {
            let is =
                |token| words.split_last().is_some_and(|(last, before)| is_word(token, last) && precede(token, before));
            is(written) || is(inner())
        }
    }
}
