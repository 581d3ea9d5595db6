//! Whether it happened: the status of any predicate word, by grammar and word lists. [`read`] climbs from the word to
//! what governs it and gives a [`Reading`]. Who vouches for it is in the document's statements.

mod background;
mod grammar;
mod words;

use document::{Document, Manner, Relation, Status, Token, TokenId, TokenSpan, Upos, Xpos};
use grammar::Link;
pub(crate) use grammar::is_circumstance;
use words::{Effect, Effects, WORDS};

/// Whether what a word tells of happened.
#[derive(Clone, PartialEq, Debug)]
pub struct Reading {
    /// The status, by the innermost speaker who vouches for it.
    pub status: Status,
    /// From -3 (certainly did not happen by the time of writing) to 3 (certainly did). What is only planned or wanted
    /// has not happened yet, so its number is below 0.
    pub factuality: f64,
    /// Whether it is told as history.
    pub background: bool,
    /// The words that decided, in text order.
    pub evidence: Vec<TokenSpan>,
}

/// Reads the status of a verb, noun or adjective that tells of a happening or state.
#[must_use]
pub fn read(document: &Document, token: TokenId) -> Reading {
    let mut climb = Climb { evidence: Vec::new() };
    let mut state = climb.state(document.token(token), 0);
    if let Some((manner, cue)) = commitment(document, token)
        && !climb.evidence.iter().any(|span| span.holds(cue))
    {
        state = by_manner(state, manner);
        if manner != Manner::Said {
            climb.evidence.push(TokenSpan::single(cue));
        }
    }
    if state.happened()
        && let Some(status) = grammar::destined(document.token(token))
    {
        state = State::new(status, if status == Status::Negated { -2.0 } else { -1.8 });
    }
    if state.status == Status::Hypothetical && is_reported_future(document, token, &climb.evidence) {
        state = State::new(Status::Planned, -1.8);
    }
    if state.status == Status::Negated && is_hearsay(document, token) {
        state = State::new(Status::Occurred, 1.0);
    }
    if state.status == Status::Occurred && (grammar::is_progressive(document.token(token)) || goes_on(document, token))
    {
        state.status = Status::Ongoing;
        state.number = state.number.min(2.3);
    }
    let mut evidence = climb.evidence;
    let history = background::find(document, token);
    evidence.extend(history);
    evidence.sort_unstable();
    evidence.dedup();
    Reading { status: state.status, factuality: state.number.clamp(-3.0, 3.0), background: history.is_some(), evidence }
}

/// "They said that they would meet": the future of the past, not a condition.
fn is_reported_future(document: &Document, token: TokenId, evidence: &[TokenSpan]) -> bool {
    let would = evidence.iter().find(|span| matches!(document.text(**span), "would" | "'d" | "’d"));
    let Some(would) = would else { return false };
    let conditional = document.token(would.start).head().is_some_and(|verb| {
        verb.children().any(|child| {
            child.relation() == Relation::Advcl && child.children().any(|mark| matches!(mark.lemma(), "if" | "unless"))
        })
    });
    let reported = commitment(document, token).is_some_and(|(manner, cue)| {
        matches!(manner, Manner::Said | Manner::Promised) && matches!(document.token(cue).xpos(), Xpos::Vbd | Xpos::Vbn)
    });
    reported && !conditional
}

/// "The rebels would have executed two men on Monday, said a relief worker": hearsay, as in a translation from French.
/// What would have been, and was not, has no day, or stands with a condition.
fn is_hearsay(document: &Document, token: TokenId) -> bool {
    let verb = document.token(token);
    let would = grammar::is_perfect(verb)
        && grammar::negations(verb).next().is_none()
        && verb.children().any(|child| child.relation() == Relation::Aux && child.form() == "would");
    let told = verb.relation() == Relation::Ccomp
        && verb.head().is_some_and(|head| matches!(head.lemma(), "say" | "report" | "tell" | "add" | "explain"))
        || commitment(document, token).is_some_and(|(manner, _)| matches!(manner, Manner::Said | Manner::Alleged));
    would
        && told
        && background::dates_past(document, verb)
        && !verb.sentence().iter().any(|word| matches!(word.lemma(), "if" | "unless" | "otherwise" | "but" | "without"))
}

/// "has been besieged since May"; "said it was looking into it": what held when it was told of.
fn goes_on(document: &Document, token: TokenId) -> bool {
    let verb = document.token(token);
    (grammar::is_perfect_present(verb)
        && (verb.xpos() == Xpos::Vbg || WORDS.is_durative(verb.lemma()) && grammar::has_since(verb)))
        || grammar::is_past_progressive(verb)
            && commitment(document, token).is_some_and(|(manner, cue)| {
                let cue = document.token(cue);
                manner == Manner::Said
                    && cue.xpos() == Xpos::Vbd
                    && std::iter::successors(Some(verb), |word| word.head()).take(REACH).any(|word| word.id == cue.id)
            })
}

/// The manner of the innermost statement whose content holds the word, and the first word of its cue.
fn commitment(document: &Document, token: TokenId) -> Option<(Manner, TokenId)> {
    document
        .statements
        .iter()
        .filter(|statement| statement.content.iter().any(|part| part.holds(token)))
        .filter(|statement| !statement.cue.iter().any(|part| part.holds(token)))
        .filter(|statement| is_put_forward(document, token, &statement.content))
        .min_by_key(|statement| statement.content.iter().map(|part| part.len()).sum::<usize>())
        .and_then(|statement| {
            let cue = statement.cue.first()?;
            // The governing word is the last verb ("said in a statement"), else the last noun or adjective.
            let last = |of: fn(Upos) -> bool| cue.iter().rev().find(|&id| of(document.token(id).upos()));
            let head = last(|upos| upos == Upos::Verb).or_else(|| last(|upos| matches!(upos, Upos::Noun | Upos::Adj)));
            Some((statement.manner, head.unwrap_or(cue.start)))
        })
}

/// Whether the manner of a statement reaches a word of its content: not through a relative clause or another aside,
/// nor in a question that takes its clause for granted ("asked how they escaped").
fn is_put_forward(document: &Document, token: TokenId, content: &[TokenSpan]) -> bool {
    let Some(part) = content.iter().find(|part| part.holds(token)) else { return false };
    let first = document.token(part.start);
    if grammar::is_question_word(first) {
        return false;
    }
    let mut word = document.token(token);
    for _ in 0..REACH {
        // "fear that the army will fall, opening the way to the capital": what a bare participle adds is feared too.
        let participle =
            word.relation() == Relation::Advcl && word.xpos() == Xpos::Vbg && word.child(Relation::Mark).is_none();
        if matches!(word.relation(), Relation::AclRelcl | Relation::Acl | Relation::Appos | Relation::Amod)
            || (word.relation() == Relation::Advcl && !participle)
        {
            return false;
        }
        match word.head() {
            Some(head) if part.holds(head.id) => word = head,
            _ => break,
        }
    }
    true
}

fn by_manner(state: State, manner: Manner) -> State {
    let happened = matches!(state.status, Status::Occurred | Status::Ongoing);
    match manner {
        Manner::Said => state,
        Manner::Believed => State { number: state.number.min(1.5), ..state },
        Manner::Alleged => State { number: state.number.min(1.3), ..state },
        Manner::Feared if happened => State::new(Status::Feared, -0.5),
        Manner::Feared if matches!(state.status, Status::Planned | Status::Hypothetical) => {
            State::new(Status::Feared, state.number.min(-0.8))
        }
        Manner::Denied if happened => State::new(Status::Negated, -1.5),
        Manner::Asked if happened => State::new(Status::Hypothetical, -1.2),
        Manner::Promised if happened => State::new(Status::Planned, -1.8),
        _ => state,
    }
}

/// A status with its number, on the way up the tree.
#[derive(Clone, Copy, PartialEq, Debug)]
struct State {
    status: Status,
    number: f64,
}

impl State {
    fn new(status: Status, number: f64) -> Self {
        Self { status, number }
    }

    fn certain() -> Self {
        Self::new(Status::Occurred, 2.7)
    }

    fn happened(self) -> bool {
        matches!(self.status, Status::Occurred | Status::Ongoing)
    }
}

/// How far up the tree governing words are read.
const REACH: usize = 12;

struct Climb {
    evidence: Vec<TokenSpan>,
}

impl Climb {
    fn note(&mut self, token: Token<'_>) {
        self.evidence.push(TokenSpan::single(token.id));
    }

    /// The state of a word: what its governors leave it, and what its own dependents make of that.
    fn state(&mut self, token: Token<'_>, depth: usize) -> State {
        if depth > REACH {
            return State::certain();
        }
        let outer = self.outer(token, depth);
        self.local(token, outer)
    }

    /// What the words above leave open.
    fn outer(&mut self, token: Token<'_>, depth: usize) -> State {
        let Some(governor) = token.head() else { return State::certain() };
        // "…, or only if the army left": the parser may take a condition for a conjunct.
        if matches!(token.relation(), Relation::Conj | Relation::Parataxis)
            && let Some((effects, span)) = grammar::condition(token)
        {
            self.evidence.push(span);
            return apply(effects, State::certain());
        }
        match token.relation() {
            Relation::Conj if depth < REACH => self.joined(token, governor, depth),
            Relation::Parataxis | Relation::AclRelcl | Relation::AdvclRelcl | Relation::Appos => State::certain(),
            _ => self.governed(token, governor, depth),
        }
    }

    /// A conjunct shares the governors of the first, and its auxiliaries if it has no subject or auxiliary of its own.
    fn joined(&mut self, token: Token<'_>, first: Token<'_>, depth: usize) -> State {
        let outer = self.outer(first, depth + 1);
        let own = token.children().any(|child| {
            child.relation().is_subject()
                || matches!(child.relation(), Relation::Aux | Relation::Cop) && child.id < token.id
        });
        if own {
            return outer;
        }
        let outer = self.modals(first, outer);
        let or =
            token.children().any(|child| child.relation() == Relation::Cc && matches!(child.lemma(), "or" | "nor"));
        if or || token.upos() == Upos::Noun { self.negations(first, outer) } else { outer }
    }

    fn governed(&mut self, token: Token<'_>, governor: Token<'_>, depth: usize) -> State {
        // "…, but there has been no return to fighting": a clause of its own, wherever the parser hung it.
        if grammar::is_own_clause(token) {
            return State::certain();
        }
        let link = grammar::link(token);
        if let Some((effects, words)) =
            link.words.iter().rev().find_map(|words| Some((WORDS.link(&words.text)?, words)))
        {
            self.evidence.push(words.span);
            return apply(effects, State::certain());
        }
        // "called off", "took advantage": the particle or the noun makes another word of the verb.
        let joined = governor.child(Relation::CompoundPrt).map(|particle| particle.form());
        let joined = joined
            .or_else(|| governor.child(Relation::Obj).filter(|noun| noun.id != token.id).map(|noun| noun.lemma()));
        let effects =
            link.frames.iter().find_map(|frame| WORDS.governor(grammar::listed_lemma(governor), joined, frame));
        if let Some(effects) = effects {
            self.note(governor);
            let above = self.state(governor, depth + 1);
            let granted = link.frames.contains(&"clause") && grammar::asks_for_detail(token);
            return apply(if granted { Effects { plain: Effect::Through, negated: None } } else { effects }, above);
        }
        self.unlisted(token, governor, &link, depth)
    }

    /// Under a word that no list knows.
    fn unlisted(&mut self, token: Token<'_>, governor: Token<'_>, link: &Link, depth: usize) -> State {
        let purpose = link.frames.contains(&"infinitive")
            && matches!(
                token.relation(),
                Relation::Advcl | Relation::Acl | Relation::Xcomp | Relation::Ccomp | Relation::Csubj
            );
        if purpose && grammar::has_to(token) && !grammar::is_perfect(token) {
            let above = self.state(governor, depth + 1);
            if above.happened() && grammar::is_shown_by_deed(token) {
                return above;
            }
            return State::new(Status::Hypothetical, if above.happened() { -0.4 } else { -1.5 });
        }
        let shares = match token.relation() {
            // Participles ("… , killing three"), times ("when they arrive") and things made by the act ("reach a deal").
            Relation::Advcl => token.xpos() == Xpos::Vbg || matches!(token.xpos(), Xpos::Vbp | Xpos::Vbz),
            Relation::Xcomp | Relation::Csubj | Relation::CsubjPass => true,
            Relation::Ccomp => true,
            Relation::Obj | Relation::NsubjPass | Relation::Obl | Relation::Nmod => grammar::is_indefinite(token),
            _ => false,
        };
        if !shares || grammar::is_circumstance(token) {
            return State::certain();
        }
        let before = self.evidence.len();
        let above = self.state(governor, depth + 1);
        match above.status {
            Status::Occurred | Status::Ongoing => {
                self.evidence.truncate(before);
                State::certain()
            }
            Status::Negated if token.relation() == Relation::Ccomp => State::new(Status::Hypothetical, -0.5),
            _ => above,
        }
    }

    /// What the word's own dependents make of it.
    fn local(&mut self, token: Token<'_>, outer: State) -> State {
        let mut state = self.modals(token, outer);
        state = self.modifiers(token, state);
        if state.happened() && grammar::is_goal(token) {
            state = State::new(Status::Planned, -1.5);
        }
        if state.happened() && grammar::is_announced(token) {
            state = State::new(Status::Planned, -1.8);
        }
        if grammar::is_outstanding(token) {
            state = State::new(Status::Negated, -2.0);
        }
        if state.status == Status::Occurred && grammar::is_continuing(token) {
            state = State::new(Status::Ongoing, state.number.min(2.3));
        }
        let imperative = state.happened() && grammar::is_imperative(token);
        state = self.negations(token, state);
        if imperative {
            // An order not to do something tells no more of what happened than an order to do it.
            let number = if state.status == Status::Negated { -2.2 } else { -1.7 };
            state = State::new(Status::Hypothetical, number);
        } else if state.number > -1.5 && grammar::is_questioned(token) {
            state = State::new(Status::Hypothetical, -1.6);
        } else if state.happened() && grammar::is_generic(token) {
            state.number = state.number.min(1.0);
        } else if state.happened() && grammar::is_tenseless(token) {
            state.number = state.number.min(2.0);
        }
        state
    }

    fn modals(&mut self, token: Token<'_>, outer: State) -> State {
        let mut state = outer;
        for child in token.children().filter(|child| child.relation() == Relation::Aux) {
            let Some(effects) = WORDS.modal(child.form()) else { continue };
            // "gunfire could still be heard": what could be perceived was.
            if child.form() == "could" && matches!(token.lemma(), "hear" | "see") && token.xpos() == Xpos::Vbn {
                continue;
            }
            // "'d" is "had" before a participle.
            if child.form().ends_with('d') && child.form().len() <= 4 && token.xpos() == Xpos::Vbn {
                continue;
            }
            self.note(child);
            let perfect = token
                .children()
                .any(|other| other.relation() == Relation::Aux && other.lemma() == "have" && other.id > child.id);
            let effect = effects.negated.filter(|_| perfect).unwrap_or(effects.plain);
            state = match effect {
                Effect::Fixed(status, number) if state.happened() => State::new(status, number),
                Effect::Fixed(_, number) => State::new(state.status, state.number.min(number)),
                _ => state,
            };
        }
        state
    }

    fn modifiers(&mut self, token: Token<'_>, outer: State) -> State {
        let mut state = outer;
        if !matches!(token.upos(), Upos::Noun | Upos::Propn) {
            return state;
        }
        for child in token.children() {
            let before =
                matches!(child.relation(), Relation::Amod | Relation::Compound | Relation::Nmod) && child.id < token.id;
            let Some(effects) = before.then(|| WORDS.modifier(child.lemma())).flatten() else { continue };
            self.note(child);
            if let Effect::Fixed(status, number) = effects.plain
                && state.happened()
            {
                state = State::new(status, number);
            }
        }
        state
    }

    fn negations(&mut self, token: Token<'_>, outer: State) -> State {
        let mut state = outer;
        for negation in grammar::negations(token) {
            let Some(weight) = WORDS.negation(negation.form()) else { continue };
            // "made no mention": the verb has been negated by its object's "no" already.
            if self.evidence.contains(&TokenSpan::single(negation.id)) {
                // "no arrests were reported": the "no" is the noun's, not the report's.
                if token.upos() == Upos::Noun && state.status == Status::Hypothetical {
                    state = State::new(Status::Negated, -1.9);
                }
                continue;
            }
            self.note(negation);
            // "if it is not attacked": a condition stays open, whichever way it is put.
            if state.status == Status::Hypothetical && grammar::is_conditional(token) {
                continue;
            }
            state = match state.status {
                // "found no survivors": the act itself took place, without its object.
                Status::Occurred | Status::Ongoing
                    if negation.relation() == Relation::Det && token.upos() == Upos::Verb =>
                {
                    State::new(Status::Negated, -1.0)
                }
                Status::Occurred | Status::Ongoing if weight >= 0.9 => State::new(Status::Negated, -1.9),
                Status::Occurred | Status::Ongoing => State::new(state.status, 2.7 - 3.5 * weight),
                Status::Planned | Status::Imminent => State::new(Status::Negated, -2.6),
                Status::Negated | Status::Attempted => State::new(Status::Occurred, 1.5),
                Status::Hypothetical if state.number < -0.2 => State::new(Status::Negated, -1.9),
                _ => State::new(Status::Negated, -1.9),
            };
        }
        state
    }
}

/// What a governing word in the state `above` leaves to what hangs on it.
fn apply(effects: Effects, above: State) -> State {
    if above.status == Status::Unsaid {
        return above;
    }
    let negated = above.status == Status::Negated;
    let effect = effects.negated.filter(|_| negated).unwrap_or(effects.plain);
    match effect {
        Effect::Through if above.happened() || negated => State::certain(),
        Effect::Through => State::new(Status::Occurred, 1.2),
        Effect::Same => above,
        Effect::Reverse if negated => State::new(Status::Occurred, 2.2),
        Effect::Reverse if above.happened() => State::new(Status::Negated, -1.8),
        Effect::Reverse => State::new(Status::Hypothetical, 0.3),
        Effect::Fixed(status, number) if above.happened() || negated && effects.negated.is_some() => {
            State::new(status, number)
        }
        // What might be said, or was not: the content is less sure than if it had been said.
        Effect::Fixed(status @ (Status::Occurred | Status::Ongoing), number) => {
            if negated {
                State::new(Status::Hypothetical, number - 2.5)
            } else {
                State::new(status, number - 0.8)
            }
        }
        // What might be refused is not yet undone.
        Effect::Fixed(Status::Negated, number) if above.status == Status::Hypothetical => {
            State::new(Status::Hypothetical, number.min(above.number) - 0.2)
        }
        Effect::Fixed(status, number) => State::new(status, number.min(above.number) - 0.2),
    }
}

#[cfg(test)]
mod tests;
