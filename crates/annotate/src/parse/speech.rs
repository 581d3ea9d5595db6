//! Mends of trees around verbs of saying: which of two subjects says and which does, and what stands before or behind.

use super::mends::{Change, is_finite};
use document::{Relation, Token, TokenId, Upos, Xpos};

/// "“…”, said a spokesman": the noun phrase behind a verb of saying that follows what was said is its subject.
pub(super) fn said_behind(speaker: Token<'_>) -> Option<Vec<Change>> {
    let verb = speaker.head().filter(|_| matches!(speaker.relation(), Relation::Obj | Relation::Iobj))?;
    let before = verb.syntax.token(TokenId(verb.id.0.checked_sub(1)?));
    let said = matches!(verb.lemma(), "say" | "add" | "report" | "announce")
        && (verb.xpos() == Xpos::Vbd || verb.form() == "says")
        && verb.sentence().tokens().holds(before.id)
        && matches!(before.form(), "," | "”" | "\"" | "''");
    let alone = !verb
        .children()
        .any(|child| child.relation().is_subject() || child.relation() == Relation::Ccomp && child.id > verb.id);
    // "…, says 19 killed": what is told of a noun is said.
    let told = verb.form() == "says" && speaker.children().any(|child| child.relation() == Relation::Acl);
    let noun = matches!(speaker.upos(), Upos::Noun | Upos::Propn) && speaker.id > verb.id;
    (said && alone && noun && !told).then(|| vec![(speaker.id, verb.id, Relation::Nsubj)])
}

/// "The toll rose to 19, the clinic said": of two subjects of the verb of saying, the one before what was said does that,
/// and the other says it.
pub(super) fn subject_of_the_said(subject: Token<'_>) -> Option<Vec<Change>> {
    let verb = subject.head().filter(|_| is_plain_subject(subject))?;
    let clause = said_first(verb)?;
    let speaker = verb.children().any(|other| is_plain_subject(other) && other.id > clause.id);
    let nearest =
        !verb.children().any(|other| is_plain_subject(other) && other.id > subject.id && other.id < clause.id);
    let ahead = subject.id < clause.id && subject.subtree().end <= clause.subtree().start;
    if !speaker || !nearest || !ahead || clause.children().any(|child| child.relation().is_subject()) {
        return None;
    }
    Some(vec![(subject.id, clause.id, subject_relation(clause))])
}

/// "Gunmen raided a farm, the police said", with the raiding hung on the gunmen as if it modified them; "The shop is a
/// ruin, the owner said", with the ruin as a subject: of two subjects of a verb of saying the first is in what is said.
pub(super) fn clause_of_first_subject(subject: Token<'_>) -> Option<Vec<Change>> {
    let verb = subject.head().filter(|verb| is_plain_subject(subject) && says(*verb) && said_first(*verb).is_none())?;
    let speaker = verb.children().rfind(|other| is_plain_subject(*other) && other.id < verb.id)?;
    let comma = comma_before(speaker).filter(|comma| subject.id < comma.id)?;
    if subject.children().any(|child| child.relation() == Relation::Cop) {
        return Some(vec![(subject.id, verb.id, Relation::Ccomp)]);
    }
    let between = (subject.id.0 + 1..comma.id.0).map(|id| verb.syntax.token(TokenId(id)));
    let told = |word: &Token<'_>| {
        matches!(word.relation(), Relation::Acl | Relation::Parataxis)
            && is_finite(*word)
            && !word.children().any(|child| child.relation().is_subject())
    };
    let clause = between.into_iter().find(told)?;
    Some(vec![(clause.id, verb.id, Relation::Ccomp), (subject.id, clause.id, subject_relation(clause))])
}

/// "The junta broke its word, the militia's spokesman said", with the spokesman in what was said, whatever he is there:
/// the phrase between the comma and a verb of saying without a subject says it.
pub(super) fn torn_speaker(verb: Token<'_>) -> Option<Vec<Change>> {
    let spoken = says(verb) && verb.xpos() == Xpos::Vbd;
    if !spoken || verb.children().any(|child| child.relation().is_subject()) {
        return None;
    }
    let syntax = verb.syntax;
    let sentence = verb.sentence().tokens();
    let form = |id: u32| syntax.token(TokenId(id)).form();
    let before = verb.id.0.checked_sub(1).filter(|id| sentence.holds(TokenId(*id)))?;
    let parted = form(before) == ",";
    let last = syntax.token(TokenId(if parted { before.checked_sub(1)? } else { before }));
    let nominal = |word: Token<'_>| matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Pron);
    let mut speaker = last;
    while let Some(above) = speaker.head().filter(|above| nominal(*above) && above.id < verb.id) {
        // What follows a comma is no part of what stands before, unless it says who that is.
        let tells = speaker.relation() == Relation::Appos
            || speaker.child(Relation::Case).is_some_and(|case| case.form() == "including");
        if comma_before(speaker).is_some() && !tells || above.subtree().end > verb.id {
            break;
        }
        speaker = above;
    }
    let span = speaker.subtree();
    let apposed = (speaker.id.0..last.id.0).any(|id| form(id) == ",");
    let case = speaker.children().any(|child| matches!(child.relation(), Relation::Case | Relation::Cc));
    // What is said has a subject and a verb of its own.
    let clause = (sentence.start.0..span.start.0)
        .map(|id| syntax.token(TokenId(id)))
        .any(|word| is_plain_subject(word) && word.head().is_some_and(|head| head.id < span.start));
    let whole = span.end <= verb.id && (!parted || apposed);
    (comma_before(speaker).is_some() && nominal(speaker) && whole && clause && !case && !holds(speaker, verb.id))
        .then(|| vec![(speaker.id, verb.id, Relation::Nsubj)])
}

/// "Army to leave Gao, the minister says", a headline: who is to do something is the subject of that.
pub(super) fn infinitive_of_headline(subject: Token<'_>) -> Option<Vec<Change>> {
    let verb = subject.head().filter(|verb| is_plain_subject(subject) && says(*verb) && verb.form() == "says")?;
    let behind = subject.subtree().iter().filter(|id| *id > subject.id).map(|id| verb.syntax.token(id));
    let infinitive = behind.into_iter().find(|child| {
        let to = child.children().any(|mark| mark.relation() == Relation::Mark && mark.form() == "to");
        to && child.xpos() == Xpos::Vb && matches!(child.relation(), Relation::Acl | Relation::Xcomp | Relation::Amod)
    })?;
    // "Rivals to open talks", with the opening hung on the talks.
    let object = infinitive.head().filter(|_| infinitive.relation() == Relation::Amod);
    let comma = TokenId(infinitive.subtree().end.0.max(subject.subtree().end.0));
    let ends = [comma, TokenId(comma.0.saturating_sub(1))]
        .iter()
        .any(|id| verb.sentence().tokens().holds(*id) && verb.syntax.token(*id).form() == ",");
    let own = infinitive.head().is_some_and(|head| head.id == subject.id) || object.is_some();
    (ends && own && infinitive.id < verb.id).then(|| {
        let mut changes = vec![(infinitive.id, verb.id, Relation::Ccomp), (subject.id, infinitive.id, Relation::Nsubj)];
        changes.extend(object.map(|object| (object.id, infinitive.id, Relation::Obj)));
        changes
    })
}

/// "Rivals to open talks on Monday", a whole headline: the infinitive is its verb.
pub(super) fn infinitive_as_headline(subject: Token<'_>) -> Option<Vec<Change>> {
    let sentence = subject.sentence();
    let finite = sentence.iter().any(|word| matches!(word.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    let stop = sentence.iter().last().is_some_and(|last| last.upos() == Upos::Punct);
    let infinitive = subject.children().find(|child| {
        let to = child.children().find(|mark| mark.relation() == Relation::Mark && mark.form() == "to");
        child.relation() == Relation::Acl
            && child.xpos() == Xpos::Vb
            // "Army first to leave" tells what it did.
            && to.is_some_and(|to| {
                to.id == child.subtree().start
                    && (subject.id.0 + 1..to.id.0).map(|id| subject.syntax.token(TokenId(id))).all(is_listed)
            })
    })?;
    // A phrase with its article is no headline.
    let named = !subject.children().any(|child| child.relation() == Relation::Det);
    let actor = matches!(subject.upos(), Upos::Noun | Upos::Propn) && infinitive.subtree().end == sentence.tokens().end;
    (subject.relation() == Relation::Root && !finite && !stop && actor && named)
        .then(|| vec![(infinitive.id, infinitive.id, Relation::Root), (subject.id, infinitive.id, Relation::Nsubj)])
}

/// Whether a word may stand between the members of a list.
fn is_listed(word: Token<'_>) -> bool {
    matches!(word.upos(), Upos::Noun | Upos::Propn | Upos::Cconj | Upos::Det) || word.form() == ","
}

/// "Army retakes Gao, says 19 rebels killed", a headline: the first verb's subject goes on to say that the rebels were
/// killed.
pub(super) fn told_by_headline(told: Token<'_>) -> Option<Vec<Change>> {
    let verb = told.head().filter(|verb| told.relation() == Relation::Obj && matches!(verb.form(), "says" | "say"))?;
    let participle = told.children().find(|child| child.relation() == Relation::Acl && child.xpos() == Xpos::Vbn)?;
    let first = verb.children().find(|child| child.relation() == Relation::Ccomp && child.id < verb.id)?;
    let comma = verb.syntax.token(TokenId(verb.id.0.checked_sub(1)?)).form() == ",";
    let alone = !verb.children().any(|child| child.relation().is_subject());
    let subject = first.children().any(is_plain_subject);
    if !comma || !alone || !subject || told.id < verb.id {
        return None;
    }
    let above = verb.head().map_or(first.id, |head| head.id);
    Some(vec![
        (first.id, above, verb.relation()),
        (verb.id, first.id, Relation::Conj),
        (participle.id, verb.id, Relation::Ccomp),
        (told.id, participle.id, Relation::NsubjPass),
    ])
}

/// The comma before a phrase, which may hang on it.
fn comma_before(phrase: Token<'_>) -> Option<Token<'_>> {
    let start = phrase.subtree().start;
    let before =
        [Some(start.0), start.0.checked_sub(1)].into_iter().flatten().map(|id| phrase.syntax.token(TokenId(id)));
    before.into_iter().find(|word| word.form() == "," && phrase.sentence().tokens().holds(word.id))
}

fn subject_relation(clause: Token<'_>) -> Relation {
    let passive = clause.children().any(|child| child.relation() == Relation::AuxPass);
    if passive { Relation::NsubjPass } else { Relation::Nsubj }
}

fn says(verb: Token<'_>) -> bool {
    matches!(
        verb.lemma(),
        "say" | "add" | "announce" | "claim" | "declare" | "insist" | "note" | "report" | "state" | "tell" | "warn"
    )
}

/// The finite clause before a verb of saying that is what it says.
fn said_first(verb: Token<'_>) -> Option<Token<'_>> {
    verb.children().find(|child| {
        says(verb) && child.relation() == Relation::Ccomp && child.subtree().end <= verb.id && is_finite(*child)
    })
}

fn is_plain_subject(word: Token<'_>) -> bool {
    matches!(word.relation(), Relation::Nsubj | Relation::NsubjPass)
}

/// Whether a word stands below another.
fn holds(top: Token<'_>, word: TokenId) -> bool {
    std::iter::successors(Some(top.syntax.token(word)), |word| word.head()).take(64).any(|above| above.id == top.id)
}
