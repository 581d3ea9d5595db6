//! The phrases that may refer: names with their titles and appositions, pronouns, nouns, and pairs of these joined by
//! "and". The main type is [`Mention`]; which of them refer to the same thing is decided by `sieves`.

use super::sieves::is_side;
use super::words::{Gender, Kind, WORDS};
use document::{Name, NameKind, Relation, Syntax, Token, TokenId, TokenSpan, Upos, Xpos};

/// How a mention refers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Form {
    /// By a name, whose tokens these are.
    Name(TokenSpan),
    Pronoun(Pronoun),
    /// By a common noun.
    Description,
    /// Several joined by "and".
    Coordination,
}

/// The third-person pronouns.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Pronoun {
    He,
    She,
    It,
    They,
}

#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) span: TokenSpan,
    /// The word by which the phrase hangs in the sentence.
    pub(super) head: TokenId,
    pub(super) form: Form,
    pub(super) kind: Kind,
    pub(super) gender: Option<Gender>,
    pub(super) plural: bool,
    /// Whether the noun has "the", "this", "both": it may point back.
    pub(super) definite: bool,
    pub(super) sentence: u32,
}

/// All mentions, in the order of their heads.
pub(super) fn find(syntax: &Syntax, names: &[Name]) -> Vec<Mention> {
    let mut heads: Vec<(TokenId, &Name)> =
        names.iter().filter_map(|name| Some((head_of(syntax, name.span)?, name))).collect();
    heads.sort_by_key(|(head, name)| (*head, name.span));
    let mut mentions = Vec::new();
    for (number, sentence) in syntax.iter_sentences().enumerate() {
        for token in sentence.iter() {
            let from = heads.partition_point(|(head, _)| *head < token.id);
            let name = heads.get(from).filter(|(head, _)| *head == token.id).map(|(_, name)| *name);
            let named_apposition = || apposed_name(token, &heads);
            let found = match token.upos() {
                Upos::Pron => pronoun(token),
                _ if name.is_some() => name.and_then(|name| named(token, name)),
                Upos::Noun | Upos::Propn => described(token, named_apposition()),
                _ => None,
            };
            let Some(mut mention) = found else { continue };
            mention.sentence = number as u32;
            if let Some(pair) = coordination(&mention, token) {
                mentions.push(pair);
            }
            mentions.push(mention);
        }
    }
    mentions
}

/// The token of a span that hangs outside of it.
fn head_of(syntax: &Syntax, span: TokenSpan) -> Option<TokenId> {
    span.iter().find(|&token| syntax.parse.head(token).is_none_or(|head| !span.holds(head)))
}

/// The name that stands in apposition to a noun: "the leader of the movement, Haibatullah Akhundzada".
fn apposed_name<'a>(token: Token<'_>, heads: &[(TokenId, &'a Name)]) -> Option<&'a Name> {
    token.children().filter(|child| is_apposition(*child)).find_map(|child| {
        let from = heads.partition_point(|(head, _)| *head < child.id);
        heads.get(from).filter(|(head, name)| *head == child.id && name.kind == NameKind::Person).map(|(_, name)| *name)
    })
}

fn is_apposition(token: Token<'_>) -> bool {
    matches!(token.relation(), Relation::Appos | Relation::NmodDesc)
}

fn is_modifier(token: Token<'_>) -> bool {
    matches!(
        token.relation(),
        Relation::Compound
            | Relation::Flat
            | Relation::Amod
            | Relation::Fixed
            | Relation::Goeswith
            | Relation::NmodDesc
    )
}

fn named(token: Token<'_>, name: &Name) -> Option<Mention> {
    // The name in an apposition belongs to the phrase that it explains.
    if token.relation() == Relation::Appos
        && token.head().is_some_and(|head| name.kind == NameKind::Person && head.upos() == Upos::Noun)
    {
        return None;
    }
    let syntax = token.syntax;
    let span = if is_modifier(token) { name.span } else { phrase(token).cover(name.span) };
    let written = syntax.text(name.span);
    let (kind, plural) = match name.kind {
        NameKind::Person => (Kind::Person, false),
        NameKind::Organization => (Kind::Body, false),
        NameKind::Location if WORDS.country(written).is_some() => (Kind::Country, false),
        NameKind::Location => (Kind::City, false),
        NameKind::Group if token.xpos() == Xpos::Jj => return None,
        NameKind::Group => (Kind::People, true),
        NameKind::Other => (Kind::Thing, false),
    };
    let gender = (name.kind == NameKind::Person).then(|| person_gender(syntax, span, name.span)).flatten();
    Some(Mention {
        span,
        head: token.id,
        form: Form::Name(name.span),
        kind,
        gender,
        plural,
        definite: false,
        sentence: 0,
    })
}

/// The gender that a title, a role word or the first name tells.
fn person_gender(syntax: &Syntax, span: TokenSpan, name: TokenSpan) -> Option<Gender> {
    let before =
        TokenSpan { start: span.start.min(name.start).max(TokenId(name.start.0.saturating_sub(3))), end: name.start };
    let title = before.iter().find_map(|token| WORDS.title(syntax.token(token).form()));
    let role =
        || span.iter().filter(|token| !name.holds(*token)).find_map(|token| WORDS.noun(syntax.token(token).lemma())?.1);
    title.or_else(role).or_else(|| WORDS.first_name(syntax.token(name.start).form()))
}

fn pronoun(token: Token<'_>) -> Option<Mention> {
    let form = token.form();
    let is = |words: &[&str]| words.iter().any(|word| form.eq_ignore_ascii_case(word));
    let pronoun = if is(&["he", "him", "his", "himself"]) {
        Pronoun::He
    } else if is(&["she", "her", "hers", "herself"]) {
        Pronoun::She
    } else if is(&["it", "its", "itself"]) && !is_expletive(token) {
        Pronoun::It
    } else if is(&["they", "them", "their", "theirs", "themselves"]) {
        Pronoun::They
    } else {
        return None;
    };
    let (kind, gender) = match pronoun {
        Pronoun::He => (Kind::Person, Some(Gender::Man)),
        Pronoun::She => (Kind::Person, Some(Gender::Woman)),
        Pronoun::It | Pronoun::They => (Kind::Thing, None),
    };
    Some(Mention {
        span: TokenSpan::single(token.id),
        head: token.id,
        form: Form::Pronoun(pronoun),
        kind,
        gender,
        plural: pronoun == Pronoun::They,
        definite: true,
        sentence: 0,
    })
}

/// "It is believed that", "it rained": the pronoun stands for nothing.
fn is_expletive(token: Token<'_>) -> bool {
    if token.relation() == Relation::Expl {
        return true;
    }
    let Some(governor) = token.head().filter(|_| token.relation().is_subject()) else { return false };
    let clause = governor.children().any(|child| {
        matches!(child.relation(), Relation::Csubj | Relation::CsubjPass)
            || matches!(child.relation(), Relation::Ccomp | Relation::Advcl) && child.id > governor.id && {
                matches!(governor.upos(), Upos::Adj) || token.relation() == Relation::NsubjPass
            }
    });
    clause || matches!(governor.lemma(), "rain" | "snow" | "seem" | "appear" | "clear" | "unclear" | "time")
}

fn described(token: Token<'_>, name: Option<&Name>) -> Option<Mention> {
    if is_modifier(token) || token.upos() == Upos::Propn && name.is_none() {
        return None;
    }
    let plural = token.xpos() == Xpos::Nns || token.xpos() == Xpos::Nnps;
    let (kind, gender) = WORDS.noun(token.lemma()).unwrap_or((Kind::Thing, None));
    let span = phrase(token);
    if let Some(name) = name {
        let gender = gender.or_else(|| person_gender(token.syntax, name.span, name.span));
        let span = span.cover(name.span);
        return Some(Mention {
            span,
            head: token.id,
            form: Form::Name(name.span),
            kind: Kind::Person,
            gender,
            plural,
            definite: false,
            sentence: 0,
        });
    }
    let definite = token.children().any(|child| {
        matches!(child.relation(), Relation::Det | Relation::DetPredet)
            && (matches!(child.lemma(), "the" | "this" | "that" | "these" | "those" | "both")
                || child.lemma() == "each" && is_side(token.lemma()))
    });
    Some(Mention { span, head: token.id, form: Form::Description, kind, gender, plural, definite, sentence: 0 })
}

/// The words of a noun phrase: without preposition, relative clause, and what is joined to it.
fn phrase(token: Token<'_>) -> TokenSpan {
    let subtree = token.subtree();
    let mut span = subtree;
    for child in token.children() {
        let part = child.subtree();
        match child.relation() {
            Relation::Case
            | Relation::Cc
            | Relation::Mark
            | Relation::Cop
            | Relation::Nsubj
            | Relation::Aux
            | Relation::Advmod
                if part.end <= token.id =>
            {
                span.start = span.start.max(part.end);
            }
            Relation::Conj
            | Relation::Acl
            | Relation::AclRelcl
            | Relation::Parataxis
            | Relation::Advcl
            | Relation::Dep
            | Relation::List
            | Relation::Obl
            | Relation::Ccomp
            | Relation::Case
            | Relation::OblUnmarked
            | Relation::NmodUnmarked
                if part.start > token.id =>
            {
                span.end = span.end.min(part.start);
            }
            _ => {}
        }
    }
    let loose = |id: TokenId| token.syntax.token(id).upos() == Upos::Punct;
    while span.end.0 > token.id.0 + 1 && loose(TokenId(span.end.0 - 1)) {
        span.end.0 -= 1;
    }
    while span.start < token.id && loose(span.start) {
        span.start.0 += 1;
    }
    if span.is_empty() || !span.holds(token.id) { TokenSpan::single(token.id) } else { span }
}

/// "the government and the rebels": the first with all that are joined to it.
fn coordination(first: &Mention, token: Token<'_>) -> Option<Mention> {
    let nominal = |child: &Token<'_>| {
        child.relation() == Relation::Conj && matches!(child.upos(), Upos::Noun | Upos::Propn) && child.id > token.id
    };
    let last = token.children().rfind(nominal)?;
    let and = token
        .children()
        .filter(nominal)
        .any(|child| child.children().any(|cc| cc.relation() == Relation::Cc && cc.lemma() == "and"));
    if !and || matches!(first.form, Form::Pronoun(_)) {
        return None;
    }
    let span = first.span.cover(phrase(last));
    // What is joined to an actor must be one too: a name, or a noun for a body or persons.
    let actor = |kind| !matches!(kind, Kind::Thing | Kind::Event | Kind::Document);
    let last_kind = WORDS.noun(last.lemma()).map_or(Kind::Thing, |(kind, _)| kind);
    let kind = if last.upos() == Upos::Propn || actor(last_kind) { first.kind } else { Kind::Thing };
    Some(Mention { span, kind, form: Form::Coordination, plural: true, gender: None, definite: false, ..first.clone() })
}
