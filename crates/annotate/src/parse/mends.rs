//! Trees that grammar forbids, put right: each mend is a construction in which the words alone leave no choice.

use super::headlines;
use super::speech::{
    clause_of_first_subject, infinitive_as_headline, infinitive_of_headline, said_behind, subject_of_the_said,
    told_by_headline, torn_speaker,
};
use document::{Parse, Relation, Syntax, Token, TokenId, Upos, Xpos};

/// A token with the head and relation that it ought to have; a root is its own head.
pub(super) type Change = (TokenId, TokenId, Relation);

/// Puts right what is certainly wrong. Each mend changes a sentence once at most, so that no two can form a cycle.
pub(crate) fn mend(syntax: &mut Syntax) {
    let verbs = headlines::find(syntax);
    if !verbs.is_empty() {
        headlines::retag(syntax, verbs.iter().map(|(verb, _)| *verb));
        apply(syntax, verbs.into_iter().flat_map(|(_, changes)| changes).collect());
    }
    let mends = [
        expletive_conjunct,
        predicate_of_copula,
        loose_participle,
        party_behind_and,
        number_that_rises,
        subjunctive,
        infinitive_of_headline,
        infinitive_as_headline,
        told_by_headline,
        said_behind,
        subject_of_the_said,
        clause_of_first_subject,
        torn_speaker,
        shared_noun,
    ];
    // One title a sentence at a time; a sentence that has one often has two.
    let titles = [title_and_bearer, title_and_bearer, bearer_below_title, bearer_below_title];
    for find in mends.into_iter().chain(titles) {
        let mut changes: Vec<Change> = Vec::new();
        for sentence in syntax.iter_sentences() {
            changes.extend(sentence.iter().find_map(find).unwrap_or_default());
        }
        if changes.is_empty() {
            continue;
        }
        apply(syntax, changes);
    }
}

/// The trees with these changes.
fn apply(syntax: &mut Syntax, changes: Vec<Change>) {
    let tokens = 0..syntax.tokens.len();
    let token = |index: usize| TokenId(index as u32);
    let mut heads: Vec<TokenId> =
        tokens.clone().map(|index| syntax.parse.head(token(index)).unwrap_or(token(index))).collect();
    let mut relations: Vec<Relation> = tokens.map(|index| syntax.parse.relation(token(index))).collect();
    for (changed, head, relation) in changes {
        heads[changed.index()] = head;
        relations[changed.index()] = relation;
    }
    syntax.parse = Parse::new(heads, relations);
}

/// "It is believed that the group holds the north and has besieged the capital": an "it" that stands for the clause
/// cannot besiege, so that the second verb belongs to the clause.
fn expletive_conjunct(conjunct: Token<'_>) -> Option<Vec<Change>> {
    let governor = conjunct.head().filter(|_| conjunct.relation() == Relation::Conj)?;
    let expletive = governor.children().any(|child| {
        child.form().eq_ignore_ascii_case("it")
            && matches!(child.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
    });
    let open = governor.upos() == Upos::Adj
        || governor.children().any(|child| matches!(child.relation(), Relation::AuxPass | Relation::NsubjPass));
    let clause = governor.children().find(|child| {
        matches!(child.relation(), Relation::Ccomp | Relation::Csubj | Relation::CsubjPass)
            && child.id > governor.id
            && child.subtree().end <= conjunct.id
    })?;
    let subject = conjunct.children().any(|child| child.relation().is_subject());
    (expletive && open && is_finite(conjunct) && !subject).then(|| vec![(conjunct.id, clause.id, Relation::Conj)])
}

pub(super) fn is_finite(verb: Token<'_>) -> bool {
    verb.children().any(|child| matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp | Xpos::Vbd | Xpos::Md))
        || matches!(verb.xpos(), Xpos::Vbz | Xpos::Vbp | Xpos::Vbd)
}

/// "he said his group remained determined to …": the participle directly behind "remained" is its predicate, and not
/// a second thing said.
fn predicate_of_copula(predicate: Token<'_>) -> Option<Vec<Change>> {
    let before = TokenId(predicate.id.0.checked_sub(1)?);
    if !matches!(predicate.xpos(), Xpos::Vbn | Xpos::Jj) || !predicate.sentence().tokens().holds(before) {
        return None;
    }
    let copula = predicate.syntax.token(before);
    let siblings = copula.head().zip(predicate.head()).is_some_and(|(one, other)| one.id == other.id);
    let links = matches!(copula.lemma(), "remain" | "stay" | "become" | "seem" | "appear" | "feel" | "look");
    let alone = !predicate.children().any(|child| {
        child.relation().is_subject() || matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop)
    });
    (links && copula.upos() == Upos::Verb && siblings && alone && predicate.relation() == copula.relation())
        .then(|| vec![(predicate.id, copula.id, Relation::Xcomp)])
}

/// "The man appeared in court, charged with arson": a bare participle that no word joins to the verb before it says
/// something of its subject.
fn loose_participle(participle: Token<'_>) -> Option<Vec<Change>> {
    let verb = participle.head().filter(|_| participle.relation() == Relation::Conj)?;
    let bare = !participle.children().any(|child| {
        child.relation().is_subject()
            || matches!(
                child.relation(),
                Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::Cc | Relation::Conj
            )
    });
    let before = TokenId(participle.subtree().start.0.checked_sub(1)?);
    let comma = participle.sentence().tokens().holds(before)
        && (participle.syntax.token(before).form() == ","
            || participle.syntax.token(participle.subtree().start).form() == ",");
    // "was arrested, tried and jailed": one of a row of conjuncts is none.
    let row = verb.children().filter(|child| child.relation() == Relation::Conj).count() > 1;
    let active = verb.upos() == Upos::Verb && matches!(verb.xpos(), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp);
    let object = participle.children().any(|child| child.relation() == Relation::Obj);
    (participle.xpos() == Xpos::Vbn && bare && comma && active && !row && !object && participle.id > verb.id)
        .then(|| vec![(participle.id, verb.id, Relation::Advcl)])
}

/// "Talks between the junta and the militia opened", with the militia alone as the subject: "between" has two parties.
fn party_behind_and(party: Token<'_>) -> Option<Vec<Change>> {
    let verb = party.head().filter(|_| matches!(party.relation(), Relation::Nsubj | Relation::NsubjPass))?;
    let and = party.children().find(|child| child.relation() == Relation::Cc && child.id < party.id)?;
    let noun = verb.head().filter(|noun| verb.relation() == Relation::Conj && noun.id < and.id)?;
    let first = noun.children().find(|child| {
        matches!(child.relation(), Relation::Nmod | Relation::Obl)
            && child.children().any(|case| case.relation() == Relation::Case && case.form() == "between")
            && child.subtree().end == and.id
    })?;
    if !matches!(noun.upos(), Upos::Noun | Upos::Propn) || noun.children().any(|child| child.relation().is_subject()) {
        return None;
    }
    let head = noun.head().map_or(verb.id, |head| head.id);
    let mut changes = vec![
        (party.id, first.id, Relation::Conj),
        (verb.id, head, noun.relation()),
        (noun.id, verb.id, party.relation()),
    ];
    let marks = noun.children().filter(|child| child.relation() == Relation::Punct && child.id > party.id);
    changes.extend(marks.map(|mark| (mark.id, verb.id, Relation::Punct)));
    Some(changes)
}

/// "The number of people wounded by shelling rose to 30", with the wounding as the main verb: what a number does is to
/// rise.
fn number_that_rises(rising: Token<'_>) -> Option<Vec<Change>> {
    let rises = matches!(
        rising.form(),
        "rose" | "climbed" | "increased" | "grew" | "stood" | "reached" | "jumped" | "swelled" | "exceeded" | "passed"
    );
    if !rises || rising.upos() != Upos::Verb || rising.children().any(|child| child.relation().is_subject()) {
        return None;
    }
    let above = std::iter::successors(rising.head(), |word| word.head()).take(4);
    let main = above.into_iter().find(|word| {
        word.id < rising.id && matches!(word.xpos(), Xpos::Vbd | Xpos::Vbn) && {
            word.children().any(|child| is_number_of(child) && child.relation().is_subject())
        }
    })?;
    let number = main.children().find(|child| is_number_of(*child))?;
    let counted = number.children().find(|child| child.relation() == Relation::Nmod && child.id < main.id)?;
    let bare = !main.children().any(|child| matches!(child.relation(), Relation::Aux | Relation::AuxPass));
    if !bare || counted.subtree().end > main.id || rising.subtree().start.0 <= main.id.0 {
        return None;
    }
    let head = main.head().map_or(rising.id, |head| head.id);
    let mut changes = vec![
        (rising.id, head, main.relation()),
        (number.id, rising.id, Relation::Nsubj),
        (main.id, counted.id, Relation::Acl),
    ];
    let marks = main.children().filter(|child| child.relation() == Relation::Punct && child.id > rising.id);
    changes.extend(marks.map(|mark| (mark.id, rising.id, Relation::Punct)));
    Some(changes)
}

/// "He recommended the troops withdraw": a bare verb behind the object of a verb of asking is what is asked of it.
fn subjunctive(verb: Token<'_>) -> Option<Vec<Change>> {
    let asking =
        verb.head().filter(|_| matches!(verb.relation(), Relation::Advcl | Relation::Xcomp | Relation::Ccomp))?;
    let asks = matches!(
        asking.lemma(),
        "recommend" | "demand" | "insist" | "urge" | "propose" | "suggest" | "request" | "ask"
    );
    let bare = matches!(verb.xpos(), Xpos::Vb | Xpos::Vbp) && verb.form() == verb.lemma();
    let free = !verb.children().any(|child| {
        child.relation().is_subject()
            || matches!(child.relation(), Relation::Mark | Relation::Aux | Relation::AuxPass | Relation::Cc)
    });
    let object = asking.children().find(|child| {
        matches!(child.relation(), Relation::Obj | Relation::Iobj) && child.id > asking.id && child.id < verb.id
    })?;
    // Nothing else of the verb of asking stands between.
    let end = object.subtree().end;
    let between = (end.0..verb.id.0).map(|id| verb.syntax.token(TokenId(id)));
    let own = between.into_iter().all(|word| verb.subtree().holds(word.id) && word.upos() != Upos::Punct);
    let noun = matches!(object.upos(), Upos::Noun | Upos::Propn | Upos::Pron);
    (asks && bare && free && own && noun)
        .then(|| vec![(verb.id, asking.id, Relation::Ccomp), (object.id, verb.id, Relation::Nsubj)])
}

fn is_number_of(noun: Token<'_>) -> bool {
    matches!(noun.lemma(), "number" | "count" | "tally" | "toll") && noun.upos() == Upos::Noun
}

/// "Iraqi Prime Minister Adil Abdul-Mahdi met …": of two subjects or objects side by side the first is the title of the
/// second, which is the person.
fn title_and_bearer(bearer: Token<'_>) -> Option<Vec<Change>> {
    let governor = bearer.head()?;
    let twice = matches!(bearer.relation(), Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj);
    if !twice || bearer.upos() != Upos::Propn || !is_capital(bearer) {
        return None;
    }
    let start = bearer.subtree().start;
    let title = governor
        .children()
        .find(|title| title.id < bearer.id && title.relation() == bearer.relation() && title.subtree().end == start)?;
    let bare = !title.children().any(|child| matches!(child.relation(), Relation::Flat | Relation::Conj));
    (bare && is_title(title))
        .then(|| vec![(title.id, bearer.id, Relation::NmodDesc), (bearer.id, governor.id, title.relation())])
}

/// "Secretary of State Mike Pompeo": the person heads the phrase, and the title before "of" belongs to him.
fn bearer_below_title(bearer: Token<'_>) -> Option<Vec<Change>> {
    let title = bearer.head().filter(|title| title.id < bearer.id && is_title(*title))?;
    let cases = bearer.children().any(|child| child.relation() == Relation::Case && child.id < bearer.id);
    if bearer.relation() != Relation::Nmod || bearer.upos() != Upos::Propn || cases || !is_capital(bearer) {
        return None;
    }
    let of = title.children().find(|child| child.relation() == Relation::Nmod && child.id < bearer.id)?;
    let office = of.children().any(|child| child.relation() == Relation::Case && child.form() == "of")
        && of.subtree().end == bearer.subtree().start;
    if !office {
        return None;
    }
    let head = title.head().map_or(bearer.id, |head| head.id);
    let mut changes = vec![(bearer.id, head, title.relation()), (title.id, bearer.id, Relation::NmodDesc)];
    // "by Secretary of State …, who …": what governs the phrase, or follows the name, is said of the person.
    let moved = title.children().filter(|child| {
        child.id != bearer.id && (child.id > bearer.id || matches!(child.relation(), Relation::Case | Relation::Cc))
    });
    changes.extend(moved.map(|child| (child.id, bearer.id, child.relation())));
    Some(changes)
}

fn is_capital(word: Token<'_>) -> bool {
    word.form().starts_with(char::is_uppercase)
}

/// A noun that is written like a title.
fn is_title(word: Token<'_>) -> bool {
    is_capital(word) && matches!(word.xpos(), Xpos::Nn | Xpos::Nnp)
}

/// "of US and foreign troops": a name that never stands without "the" on its own is an adjective before "and", and the
/// noun behind is the head of both.
fn shared_noun(name: Token<'_>) -> Option<Vec<Change>> {
    if !matches!(name.form(), "US" | "U.S." | "UK" | "U.K." | "UN" | "U.N." | "EU" | "E.U.")
        || name.children().any(|child| matches!(child.relation(), Relation::Det | Relation::Compound))
    {
        return None;
    }
    let noun =
        name.children().find(|child| child.relation() == Relation::Conj && child.id > name.id).filter(|noun| {
            matches!(noun.xpos(), Xpos::Nns | Xpos::Nn)
                && !noun.children().any(|child| child.relation() == Relation::Det)
        })?;
    // "US and foreign troops": nothing but "and" and adjectives between the two.
    let between = name.id.0 + 1..noun.id.0;
    let plain = between
        .map(|id| name.syntax.token(TokenId(id)))
        .all(|word| word.upos() == Upos::Cconj || matches!(word.relation(), Relation::Amod | Relation::Compound));
    let adjective = noun.children().find(|child| child.relation() == Relation::Amod && child.id > name.id)?;
    if !plain {
        return None;
    }
    let head = name.head().map_or(noun.id, |head| head.id);
    let mut changes = vec![
        (noun.id, head, name.relation()),
        (name.id, noun.id, Relation::Compound),
        (adjective.id, name.id, Relation::Conj),
    ];
    changes
        .extend(name.children().filter(|child| child.id != noun.id).map(|child| (child.id, noun.id, child.relation())));
    changes.extend(
        noun.children().filter(|child| child.relation() == Relation::Cc).map(|cc| (cc.id, adjective.id, Relation::Cc)),
    );
    Some(changes)
}
