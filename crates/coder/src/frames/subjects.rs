//! Who acts: the surface subject of a predicate, found through conjunction, control, relative and participial clauses;
//! passives; and what a relative pronoun stands for.

use super::charges::{goes_on_with_charge, is_charged_with};
use super::repairs::infinitive_behind;
use super::things::writer_of;
use super::{Filler, Slot, insertions, preposition};
use document::{Relation, Token, TokenId, Upos, Xpos};
use rustc_hash::FxHashSet;
use std::sync::LazyLock;

pub(crate) fn has_mark_to(clause: Token<'_>) -> bool {
    clause.children().any(|child| child.relation() == Relation::Mark && child.form().eq_ignore_ascii_case("to"))
}

/// Verbs whose infinitive is done by whom they name, not by their subject.
pub(super) fn asks(verb: Token<'_>) -> bool {
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
            | "bribe"
            | "hire"
            | "pay"
            | "recruit"
    )
}

pub(super) fn agent(verb: Token<'_>) -> Option<Filler> {
    let by = verb.children().find(|child| {
        child.relation() == Relation::OblAgent
            || (child.relation() == Relation::Obl && preposition(*child).as_deref() == Some("by"))
    });
    let by = by.filter(|by| insertions::named_before(verb) != Some(by.id))?;
    Some(Filler { slot: Slot::Subject, token: by.id, shared: false })
}

/// "Was shot dead by a student", "attacked and looted by residents": who is named behind what goes with the participle.
pub(super) fn agent_beside(participle: Token<'_>) -> Option<Filler> {
    let with = |child: &Token<'_>| match child.relation() {
        Relation::Xcomp => matches!(child.upos(), Upos::Adj | Upos::Noun),
        Relation::Conj => child.xpos() == Xpos::Vbn && !child.children().any(|inner| inner.relation().is_subject()),
        _ => false,
    };
    let found = participle.children().filter(with).find_map(agent)?;
    Some(Filler { shared: true, ..found })
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
pub(crate) fn is_passive(verb: Token<'_>, depth: usize) -> bool {
    if is_headline_passive(verb) {
        return true;
    }
    let mut auxiliary = false;
    for child in verb.children() {
        match child.relation() {
            Relation::AuxPass | Relation::NsubjPass => return true,
            Relation::Aux | Relation::Nsubj => auxiliary = true,
            _ => {}
        }
    }
    // "12 were killed and seven wounded"
    let counted = verb.relation() == Relation::Conj
        && verb.child(Relation::Nsubj).is_some_and(|subject| subject.upos() == Upos::Num)
        && verb.child(Relation::Obj).is_none();
    if counted && let Some(first) = verb.head().filter(|_| depth <= 8) {
        return is_passive(first, depth + 1);
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

/// Verbs that tell of nothing without an object.
static TRANSITIVE: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    include_str!("transitive.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .collect()
});

/// "Three killed in stabbing": in a line without a full stop a participle with a subject and nothing else of a verb. The
/// form of many verbs is that of their past: of those that cannot do without an object it is a participle as well.
fn is_headline_passive(verb: Token<'_>) -> bool {
    let bare = !verb.children().any(|child| {
        matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Obj | Relation::Iobj)
    });
    // "Iran ordered to pay widows": who orders names whom.
    let told = verb.child(Relation::Xcomp).is_some()
        && matches!(verb.lemma(), "tell" | "order" | "urge" | "instruct" | "force");
    (verb.xpos() == Xpos::Vbn || verb.xpos() == Xpos::Vbd && (told || TRANSITIVE.contains(verb.lemma())))
        && matches!(verb.relation(), Relation::Root | Relation::Ccomp | Relation::Conj | Relation::Parataxis)
        && verb.child(Relation::Nsubj).is_some_and(|subject| subject.id < verb.id)
        && bare
        && verb.sentence().iter().last().is_some_and(|last| last.upos() != Upos::Punct)
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
    // Of several the nearest without a preposition: "That evening negotiators left", "A spokesman, Salem Bin Thabit, said".
    let subjects = || verb.children().filter(|child| child.relation().is_subject() && !insertions::is_source(*child));
    // "Senior officials, including the head of the council, Abdullah Abdullah, flew": an example is not the subject.
    let including = verb.sentence().iter().find(|word| word.form() == "including").map(|word| word.id);
    let example = |child: TokenId| {
        including.is_some_and(|including| including < child && subjects().any(|first| first.id < including))
    };
    // "The army, whose commander is Bakri, entered": nor is what a relative clause before it is about.
    let aside = |child: Token<'_>| {
        let opens = verb.syntax.token(child.subtree().start);
        matches!(opens.xpos(), Xpos::Wdt | Xpos::Wp | Xpos::WpPoss)
            && opens.id != child.id
            && subjects().any(|first| first.id < child.id)
    };
    let before = subjects()
        .rfind(|child| child.id < verb.id && preposition(*child).is_none() && !example(child.id) && !aside(*child));
    if let Some(subject) = before.or_else(|| subjects().next()) {
        if let Some(participle) = insertions::before_by(verb, subject)
            && let Some((subject, _)) = subjects()
                .rfind(|child| child.id < participle.id)
                .map(|first| antecedent(verb, first))
                .or_else(|| surface_subject(participle, depth + 1))
        {
            return Some((subject, true));
        }
        let subject = insertions::before_apposition(verb, subject).unwrap_or(subject);
        let (token, shared) = antecedent(verb, subject);
        return Some((token, shared));
    }
    if let Some(subject) = insertions::before_to(verb) {
        return Some((subject.id, true));
    }
    if let Some(named) = insertions::named_before(verb) {
        return Some((named, true));
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
            if let Some(number) = number_before(verb) {
                return Some((number, false));
            }
            if let Some(subject) = insertions::behind_conjunction(verb) {
                return Some((subject.id, false));
            }
            if let Some(finite) = finite_above(head, verb) {
                return above(finite);
            }
            if matches!(head.relation(), Relation::Acl) && head.child(Relation::Nsubj).is_none() {
                surface_of_modifier(head, depth)
            } else {
                above(head)
            }
        }
        Relation::Parataxis => insertions::behind_conjunction(verb).map(|subject| (subject.id, false)),
        // "told them that …, and gave them a week": only what has no tense of its own is done by whom it is said to.
        Relation::Ccomp if is_finite(verb) => {
            match insertions::before_saying(head, verb).or_else(|| insertions::before_statement(head, verb)) {
                Some(subject) => Some((subject.id, true)),
                None => above(head),
            }
        }
        Relation::Xcomp | Relation::Ccomp => match head.child(Relation::Obj).or_else(|| head.child(Relation::Iobj)) {
            Some(object)
                if head.upos() == Upos::Verb
                    && !matches!(head.lemma(), "promise" | "vow" | "threaten" | "pledge")
                    && !is_means(head.lemma()) =>
            {
                Some(antecedent(head, object)).map(|(token, _)| (token, true))
            }
            _ => match asked_by(head, verb).or_else(|| addressed_by(head, verb)) {
                Some(asked) => Some((asked, true)),
                None => above(head),
            },
        },
        Relation::Advcl => {
            if let Some(asked) = asked_by(head, verb) {
                return Some((asked, true));
            }
            // "encouraged allies such as Chad to restrict flights", hung on the verb as a clause beside it
            if has_mark_to(verb)
                && asks(head)
                && !is_passive(head, 0)
                && let Some(object) = head.child(Relation::Obj).filter(|object| object.id < verb.id)
                && !(head.lemma() == "pay" && is_price(object))
            {
                return Some((antecedent(head, object).0, true));
            }
            let blames = verb.child(Relation::Mark).is_some_and(|mark| matches!(mark.lemma(), "of" | "for" | "from"));
            if blames && let Some(object) = head.child(Relation::Obj) {
                // "accused Chad on Monday of shelling a village"
                return Some((antecedent(head, object).0, true));
            }
            if goes_on_with_charge(head, verb)
                && let Some(object) = head.child(Relation::Obj)
            {
                return Some((antecedent(head, object).0, true));
            }
            if is_passive(head, 0)
                && !blames
                && let Some(by) = agent(head)
            {
                return Some((by.token, true));
            }
            above(told_before(head, verb).unwrap_or(head))
        }
        Relation::Acl | Relation::AclRelcl | Relation::Amod => surface_of_modifier(verb, depth),
        _ => None,
    }
}

/// "9 were killed and 200 arrested": a bare number directly before the second participle counts others. (Those wounded
/// besides are a figure of those killed.)
fn number_before(participle: Token<'_>) -> Option<TokenId> {
    let before = TokenId(participle.id.0.checked_sub(1)?);
    let number = participle.children().find(|child| child.id == before)?;
    let bare = !participle.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass));
    let besides = matches!(participle.lemma(), "wound" | "injure" | "hurt");
    (participle.xpos() == Xpos::Vbn && number.upos() == Upos::Num && bare && !besides).then_some(before)
}

/// "find a solution to end the war", "took steps to free them": whoever finds or takes does it, and not what is found.
fn is_means(lemma: &str) -> bool {
    matches!(lemma, "find" | "have" | "hold" | "launch" | "make" | "reach" | "seek" | "sign" | "take" | "use")
}

/// "did not want France to intervene and calls on Chad": what has a tense of its own goes on from the verb that has one, not
/// from the infinitive before it.
fn finite_above<'a>(infinitive: Token<'a>, verb: Token<'a>) -> Option<Token<'a>> {
    let tense = matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz) && !verb.children().any(|child| child.form() == "to");
    let mut above = infinitive;
    while tense && has_mark_to(above) && above.upos() == Upos::Verb {
        above = above.head().filter(|_| matches!(above.relation(), Relation::Xcomp | Relation::Advcl))?;
    }
    (above.id != infinitive.id && above.upos() == Upos::Verb).then_some(above)
}

/// Whether a verb has a tense.
fn is_finite(verb: Token<'_>) -> bool {
    matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
        || verb.children().any(|child| {
            matches!(child.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md)
                && child.relation() != Relation::Conj
                && !child.relation().is_clause()
        })
}

/// "said that troops shelled the town, killing 11", hung on "said": the deed of those of whom it is said, unless the
/// participle goes on speaking ("adding that …").
fn told_before<'a>(head: Token<'a>, participle: Token<'a>) -> Option<Token<'a>> {
    if participle.xpos() != Xpos::Vbg || participle.child(Relation::Mark).is_some() || goes_on_speaking(participle) {
        return None;
    }
    head.children().rfind(|child| {
        child.relation() == Relation::Ccomp && child.id > head.id && child.id < participle.id && is_finite(*child)
    })
}

/// Whether a participle goes on with what its sentence says, and not with what is said of somebody.
pub(super) fn goes_on_speaking(participle: Token<'_>) -> bool {
    participle.child(Relation::Ccomp).is_some() || SPEAKING.contains(&participle.lemma())
}

/// Participles that go on speaking behind what was said.
const SPEAKING: [&str; 20] = [
    "accuse", "add", "argue", "blame", "call", "cite", "claim", "demand", "describe", "express", "insist", "note",
    "quote", "refer", "say", "speak", "stress", "urge", "vow", "warn",
];

/// What is paid, where it stands in the place of whom it is paid to.
fn is_price(object: Token<'_>) -> bool {
    object.upos() == Upos::Num
        || object.child(Relation::Nummod).is_some()
        || matches!(
            object.lemma(),
            "$" | "money" | "ransom" | "fine" | "fee" | "price" | "bounty" | "bribe" | "tribute" | "sum" | "visit"
        )
}

/// "called on Israel to withdraw": who is asked, not who asks, does what the infinitive says.
fn asked_by(asking: Token<'_>, infinitive: Token<'_>) -> Option<TokenId> {
    if !has_mark_to(infinitive)
        || !matches!(asking.lemma(), "call" | "appeal" | "press" | "push" | "plead" | "lobby" | "prevail" | "pay")
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

/// "Wrote to the embassy asking to waive …": who is written to is asked.
fn addressed_by(asking: Token<'_>, infinitive: Token<'_>) -> Option<TokenId> {
    let verb = asking.head().filter(|verb| matches!(verb.lemma(), "write" | "appeal" | "send" | "speak"))?;
    let asks = matches!(asking.lemma(), "ask" | "plead" | "beg") && asking.xpos() == Xpos::Vbg;
    if !asks || !has_mark_to(infinitive) || is_passive(infinitive, 0) {
        return None;
    }
    let to = |child: &Token<'_>| child.relation() == Relation::Obl && preposition(*child).as_deref() == Some("to");
    verb.children().find(to).map(|addressee| addressee.id)
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
        // "instituted a policy of confiscating land": whoever instituted it does.
        let of = verb.children().any(|child| {
            matches!(child.relation(), Relation::Mark | Relation::Case)
                && matches!(child.form(), "of" | "for" | "to" | "in")
        });
        if of && verb.xpos() == Xpos::Vbg && verb.relation() != Relation::AclRelcl {
            if let Some(possessor) = noun.child(Relation::NmodPoss) {
                return Some((possessor.id, true));
            }
            let governor = noun.head().filter(|_| matches!(noun.relation(), Relation::Obj | Relation::Obl))?;
            // "accused the army of shelling a village": whoever is accused did it.
            if noun.relation() == Relation::Obj && is_charged_with(governor, verb) {
                return Some((antecedent(governor, noun).0, true));
            }
            return surface_subject(governor, depth + 1).map(|(token, _)| (token, true));
        }
        if verb.xpos() == Xpos::Vbg
            && let Some(writer) = writer_of(noun, depth)
        {
            return Some((writer, true));
        }
        if let Some(subject) = subject_across_comma(noun, verb, depth) {
            return Some((subject, true));
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

/// "X met leaders, advocating …": a participle behind a comma goes on with what the subject does, unless it modifies a
/// subject itself.
fn subject_across_comma(noun: Token<'_>, verb: Token<'_>, depth: usize) -> Option<TokenId> {
    let before = TokenId(verb.subtree().start.0.checked_sub(1)?);
    let apart = verb.xpos() == Xpos::Vbg && verb.relation() == Relation::Acl && verb.syntax.token(before).form() == ",";
    let governor = noun.head().filter(|head| apart && head.upos() == Upos::Verb && head.id < noun.id)?;
    let beside = matches!(noun.relation(), Relation::Obj | Relation::Obl);
    surface_subject(governor, depth + 1).filter(|_| beside && !is_passive(governor, 0)).map(|(subject, _)| subject)
}

/// What a dependent of a relative clause stands for: a relative pronoun stands for the noun that the clause modifies.
pub(super) fn antecedent(verb: Token<'_>, dependent: Token<'_>) -> (TokenId, bool) {
    if is_relative_pronoun(dependent) && !opens_question(verb, dependent) {
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

/// "declined to say who had fired first": a pronoun behind the verb that its clause completes asks, and points at nothing.
fn opens_question(verb: Token<'_>, pronoun: Token<'_>) -> bool {
    verb.relation() == Relation::Ccomp && verb.head().is_some_and(|head| head.id < pronoun.id)
}

/// "who", "whom", "which", or "that" as a pronoun.
fn is_relative_pronoun(token: Token<'_>) -> bool {
    matches!(token.xpos(), Xpos::Wdt | Xpos::Wp | Xpos::WpPoss)
        || (token.upos() == Upos::Pron
            && token.lemma() == "that"
            && token.relation() != Relation::Obj
            && token.head().is_some_and(|head| head.relation() == Relation::AclRelcl))
}

pub(super) fn is_relative_adverb(token: Token<'_>) -> bool {
    matches!(token.lemma(), "where" | "when" | "why")
        || (token.relation() == Relation::Obl && token.children().count() > 0 && is_relative_pronoun(token))
}
