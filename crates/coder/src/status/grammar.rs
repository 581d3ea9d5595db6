//! How a word hangs on its governor and what surrounds it: the questions that status asks of the parse.

use super::words::{Effect, Effects, WORDS};
use document::{Relation, Status, Token, TokenId, TokenSpan, Upos, Xpos};

/// How a word is linked to its governor.
pub(super) struct Link {
    /// The names under which the governor's list may know the link, most telling first.
    pub(super) frames: Vec<&'static str>,
    /// The conjunction or preposition before the word, growing from its first word to all: "in", "in the", "in the event of".
    pub(super) words: Vec<LinkWords>,
}

/// A conjunction or preposition of one or more words.
pub(super) struct LinkWords {
    pub(super) text: String,
    pub(super) span: TokenSpan,
}

pub(super) fn link(token: Token<'_>) -> Link {
    let mut frames = Vec::new();
    let mut words = Vec::new();
    for child in token.children().filter(|child| child.id < token.id) {
        // The parser may take "until" or "if" at the head of a clause for an adverb.
        let first = child.relation() == Relation::Advmod && child.id == token.subtree().start;
        if !(first || matches!(child.relation(), Relation::Case | Relation::Mark)) {
            continue;
        }
        words.push(link_words(child));
        if let Some(preposition) = WORDS.preposition(child.form()) {
            let to = child.relation() == Relation::Mark && preposition == "to" && token.xpos() != Xpos::Vbg;
            frames.push(if to { "infinitive" } else { preposition });
        }
    }
    // "in the event of war": the noun of the phrase governs by itself.
    match token.relation() {
        Relation::Xcomp if token.xpos() == Xpos::Vbg => frames.extend(["gerund", "infinitive"]),
        Relation::Xcomp if has_to(token) || token.xpos() == Xpos::Vb => frames.push("infinitive"),
        Relation::Ccomp if token.xpos() == Xpos::Vbg => frames.extend(["gerund", "clause"]),
        Relation::Ccomp if !has_to(token) => frames.push("clause"),
        Relation::Csubj | Relation::CsubjPass => frames.extend(["clause", "subject", "object"]),
        Relation::Advcl | Relation::Acl if has_to(token) => frames.push("infinitive"),
        Relation::Acl if finite_mark(token) => frames.push("clause"),
        Relation::Advcl if finite_mark(token) => frames.push("clause"),
        Relation::Obj | Relation::NsubjPass => frames.push("object"),
        Relation::Nsubj => frames.push("subject"),
        _ => {}
    }
    Link { frames, words }
}

fn finite_mark(token: Token<'_>) -> bool {
    token.children().any(|child| child.relation() == Relation::Mark && child.lemma() == "that")
}

/// A preposition with the words fixed to it ("instead of").
fn link_words(first: Token<'_>) -> LinkWords {
    let fixed = first.children().rfind(|child| child.relation() == Relation::Fixed);
    let end = TokenId(fixed.map_or(first.id, |last| last.id).0.max(first.id.0) + 1);
    // "as long as": the parser makes an adverb of the words before the last.
    let before = |back: u32| first.id.0.checked_sub(back).map(|id| first.syntax.token(TokenId(id)).form());
    let long =
        first.form() == "as" && before(1) == Some("long") && matches!(before(2), Some("as" | "As" | "so" | "So"));
    let span = TokenSpan { start: if long { TokenId(first.id.0 - 2) } else { first.id }, end };
    LinkWords { text: first.syntax.text(span).to_owned(), span }
}

/// What a conjunction makes of the clause of a word ("if", "unless", "as long as"), and where it stands.
pub(super) fn condition(token: Token<'_>) -> Option<(Effects, TokenSpan)> {
    token
        .children()
        .filter(|child| child.relation() == Relation::Mark && child.id < token.id)
        .map(link_words)
        .find_map(|words| Some((WORDS.link(&words.text)?, words.span)))
        .filter(|(effects, _)| matches!(effects.plain, Effect::Fixed(Status::Hypothetical, _)))
}

/// Whether a word, or the first of those conjoined with it, stands in a condition.
pub(super) fn is_conditional(token: Token<'_>) -> bool {
    condition(token).is_some()
        || token.head().is_some_and(|first| token.relation() == Relation::Conj && condition(first).is_some())
}

/// "after clashes", "since a raid": a noun that only dates or surrounds what governs it does not share its fate.
pub(crate) fn is_circumstance(token: Token<'_>) -> bool {
    matches!(token.relation(), Relation::Obl | Relation::Nmod)
        && token.children().any(|child| {
            child.relation() == Relation::Case
                && matches!(
                    child.form().to_lowercase().as_str(),
                    "after" | "following" | "despite" | "since" | "amid" | "amidst"
                )
        })
}

pub(super) fn has_to(token: Token<'_>) -> bool {
    token.xpos() != Xpos::Vbg
        && token.children().any(|child| child.relation() == Relation::Mark && child.xpos() == Xpos::To)
}

/// The negating words that hang on a word: adverbs, "no" before it, "nobody" as its subject, "nothing" as its object.
pub(super) fn negations(token: Token<'_>) -> impl Iterator<Item = Token<'_>> {
    token.children().filter_map(move |child| match child.relation() {
        Relation::Advmod | Relation::Det | Relation::Cc | Relation::CcPreconj => Some(child).filter(|child| {
            WORDS.negation(child.form()).is_some()
                && !(child.relation() == Relation::Advmod && child.lemma() == "little")
        }),
        Relation::Nsubj | Relation::NsubjPass | Relation::Obj if token.upos() != Upos::Noun => {
            let pronoun = matches!(child.lemma(), "nobody" | "nothing" | "none" | "no-one" | "neither");
            if pronoun {
                Some(child)
            } else {
                child.children().find(|inner| inner.relation() == Relation::Det && inner.lemma() == "no")
            }
        }
        _ => None,
    })
}

/// Whether a word opens a question about a detail ("how", "who"), not "whether".
pub(super) fn is_question_word(token: Token<'_>) -> bool {
    matches!(token.xpos(), Xpos::Wrb | Xpos::Wp | Xpos::Wdt | Xpos::WpPoss)
        && !matches!(token.lemma(), "that" | "whether" | "if")
}

/// Whether a clause asks for a detail of what it takes for granted: "how they escaped".
pub(super) fn asks_for_detail(token: Token<'_>) -> bool {
    token.children().any(|child| child.id < token.id && is_question_word(child))
}

/// Whether a word has no tense of its own, so that less is certain of it.
pub(super) fn is_tenseless(token: Token<'_>) -> bool {
    let participle = matches!(token.xpos(), Xpos::Vbg | Xpos::Vbn);
    participle
        && !token.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop))
}

/// The lemma under which a governor is listed: "going" where it stands for the
/// future, "had" where "had to" tells of what was done.
pub(super) fn listed_lemma<'a>(governor: Token<'a>) -> &'a str {
    match (governor.lemma(), governor.xpos()) {
        ("go", Xpos::Vbg) => "going",
        ("have", Xpos::Vbd) => "had",
        (lemma, _) => lemma,
    }
}

/// Whether a noun phrase introduces something: no "the", "this" or possessor.
pub(super) fn is_indefinite(token: Token<'_>) -> bool {
    token.upos() == Upos::Noun
        && !token.children().any(|child| match child.relation() {
            Relation::Det => !matches!(child.lemma(), "a" | "an" | "any" | "another" | "some" | "no"),
            Relation::NmodPoss => true,
            _ => false,
        })
}

/// "Marched to demand his release", "wrote to protest": what is said by what was done has been said.
pub(super) fn is_shown_by_deed(infinitive: Token<'_>) -> bool {
    infinitive.relation() == Relation::Advcl
        && matches!(
            infinitive.lemma(),
            "demand"
                | "protest"
                | "denounce"
                | "condemn"
                | "decry"
                | "oppose"
                | "mourn"
                | "commemorate"
                | "urge"
                | "request"
        )
}

/// "Our goal is to leave": an infinitive as predicate.
pub(super) fn is_goal(token: Token<'_>) -> bool {
    // In "seemed to be united" the copula stands behind the "to".
    let to = token.children().find(|child| child.relation() == Relation::Mark && child.xpos() == Xpos::To);
    has_to(token)
        && to.is_some_and(|to| token.children().any(|child| child.relation() == Relation::Cop && child.id < to.id))
}

/// "Leave the town!": a base form with no subject and nothing that governs it.
pub(super) fn is_imperative(token: Token<'_>) -> bool {
    let main = matches!(
        token.relation(),
        Relation::Root | Relation::Parataxis | Relation::Conj | Relation::Ccomp | Relation::Dep | Relation::List
    );
    // "the rules freeze funds and ban visits": a conjunct has the subject of the first, unless an infinitive or a modal
    // before it says where its base form comes from.
    let finite = |first: Token<'_>| {
        let subject = first.upos() == Upos::Propn || first.children().any(|child| child.relation().is_subject());
        subject
            && !token
                .sentence()
                .iter()
                .any(|word| word.id < token.id && (matches!(word.xpos(), Xpos::To | Xpos::Md) || word.form() == "if"))
    };
    let alone = token.relation() != Relation::Conj || !token.head().is_some_and(finite);
    main && alone
        && token.xpos() == Xpos::Vb
        && !token.children().any(|child| {
            let helper = child.relation() == Relation::Aux && !matches!(child.lemma(), "do");
            child.relation().is_subject() || helper || child.xpos() == Xpos::To
        })
}

/// Whether a question asks if the word's clause holds: "?" at the end, an auxiliary or copula before the subject, and
/// no question word, whose answer would take the clause for granted.
pub(super) fn is_questioned(token: Token<'_>) -> bool {
    if !matches!(token.relation(), Relation::Root | Relation::Conj | Relation::Parataxis | Relation::Ccomp) {
        return false;
    }
    let subject = token.children().find(|child| child.relation().is_subject());
    let helper =
        token.children().find(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop));
    let inverted = matches!((subject, helper), (Some(subject), Some(helper)) if helper.id < subject.id);
    inverted && token.sentence().iter().rev().take(2).any(|last| last.form() == "?") && {
        let first = token.subtree().start;
        !token.syntax.token(first).xpos().as_str().starts_with('W')
    }
}

/// "You take a boat": a present tense that tells of no one time.
pub(super) fn is_generic(token: Token<'_>) -> bool {
    matches!(token.xpos(), Xpos::Vbp)
        && token.children().any(|child| child.relation().is_subject() && matches!(child.lemma(), "you" | "one"))
}

/// "is fighting", "are being held": the present progressive.
pub(super) fn is_progressive(token: Token<'_>) -> bool {
    let present = |child: &Token<'_>| {
        child.relation() == Relation::Aux && child.lemma() == "be" && matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp)
    };
    let being = token.children().any(|child| child.xpos() == Xpos::Vbg && child.lemma() == "be");
    (token.xpos() == Xpos::Vbg || being) && token.children().any(|child| present(&child))
}

/// "Is to be freed", "Troops to leave" lie ahead; "was to have been freed" did not come about.
pub(super) fn destined(token: Token<'_>) -> Option<Status> {
    let to =
        token.children().any(|child| child.relation() == Relation::Mark && child.form().eq_ignore_ascii_case("to"));
    let governed = matches!(token.relation(), Relation::Xcomp | Relation::Ccomp | Relation::Advcl);
    let above = governed && token.head().is_some_and(|head| head.lemma() == "be");
    // Mostly the parser makes an auxiliary of the "be" before "to".
    let mark = token.children().find(|child| child.relation() == Relation::Mark && child.xpos() == Xpos::To);
    let before = mark.is_some_and(|mark| {
        token.children().any(|child| {
            child.id < mark.id
                && child.lemma() == "be"
                && matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop)
        })
    });
    // "Rivals to open talks", a headline: the subject stands before the "to".
    let own = matches!(token.relation(), Relation::Root | Relation::Ccomp)
        && mark.is_some_and(|mark| token.child(Relation::Nsubj).is_some_and(|subject| subject.id < mark.id))
        && !token.children().any(|child| child.relation() == Relation::Mark && child.form() == "for");
    (to && (above || before || own)).then_some(if is_perfect(token) { Status::Negated } else { Status::Planned })
}

/// "to have been detained", "has been detained".
pub(super) fn is_perfect(token: Token<'_>) -> bool {
    token.children().any(|child| child.relation() == Relation::Aux && child.lemma() == "have")
}

/// "have been obstructing", "has been besieged".
pub(super) fn is_perfect_present(token: Token<'_>) -> bool {
    token.children().any(|child| {
        child.relation() == Relation::Aux && child.lemma() == "have" && matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp)
    })
}

/// "since May", "since 2019" beside a verb, also where the parser hangs it on a noun below.
pub(super) fn has_since(token: Token<'_>) -> bool {
    token.sentence().iter().filter(|word| word.id > token.id && word.form() == "since").any(|since| {
        std::iter::successors(since.head(), |word| word.head())
            .take(5)
            .find(|word| matches!(word.upos(), Upos::Verb | Upos::Aux))
            .is_some_and(|verb| verb.id == token.id)
    })
}

/// "was looking", "were marching".
pub(super) fn is_past_progressive(token: Token<'_>) -> bool {
    token.xpos() == Xpos::Vbg
        && token
            .children()
            .any(|child| child.relation() == Relation::Aux && child.lemma() == "be" && child.xpos() == Xpos::Vbd)
}

/// "goes on", "continues": a verb in the present that says of its subject that it has not ended.
pub(super) fn is_continuing(token: Token<'_>) -> bool {
    let particle =
        || token.children().any(|child| child.id > token.id && child.form() == "on" && child.subtree().len() == 1);
    matches!(token.xpos(), Xpos::Vbz | Xpos::Vbp)
        && (matches!(token.lemma(), "continue" | "persist" | "rage") || token.lemma() == "go" && particle())
}

/// "RIVALS TO MEET": the future of headlines.
pub(super) fn is_announced(token: Token<'_>) -> bool {
    matches!(token.relation(), Relation::Root | Relation::Parataxis)
        && has_to(token)
        && token.children().any(|child| child.relation().is_subject())
        && !token.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop))
}

/// "has yet to begin".
pub(super) fn is_outstanding(token: Token<'_>) -> bool {
    token
        .children()
        .filter(|child| child.relation() == Relation::Mark && child.xpos() == Xpos::To)
        .any(|mark| mark.id.0.checked_sub(1).is_some_and(|before| token.syntax.token(TokenId(before)).lemma() == "yet"))
}

/// Whether a noun is the predicate of a clause: it has a copula or "there".
pub(super) fn is_own_clause(token: Token<'_>) -> bool {
    matches!(token.relation(), Relation::Obl | Relation::Nmod | Relation::Obj | Relation::NmodUnmarked)
        && token.children().any(|child| {
            let there = child.children().any(|inner| inner.relation() == Relation::Expl);
            child.id < token.id
                && (child.relation() == Relation::Expl
                    || child.relation() == Relation::Cop && (there || is_finite(child)))
        })
}

fn is_finite(verb: Token<'_>) -> bool {
    matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp)
}
