//! Things by which somebody acts: who makes or uses a text, a law or a gathering does what it is said to do.

use super::preposition;
use super::subjects::{agent, is_passive, surface_subject};
use document::{Relation, Token, TokenId, Upos, Xpos, puts_out};

/// "Sent a bill legalizing …", "held a rally denouncing …", "took part in a march against …": who makes or uses a thing, or
/// takes part in it, does what the thing is said to do, where the thing cannot.
pub(super) fn user_of(thing: Token<'_>, clause: Token<'_>) -> Option<TokenId> {
    let said_of = clause.head().is_some_and(|noun| noun.id == thing.id) && thing.upos() == Upos::Noun;
    let gathering = GATHERINGS.contains(&thing.lemma()) && clause.xpos() == Xpos::Vbg;
    let used = gathering || USED.contains(&thing.lemma());
    let verb = thing.head().filter(|verb| said_of && used && verb.upos() == Upos::Verb)?;
    // Who is against it, breaks it up or receives it has no part in it.
    if !USING.contains(&verb.lemma()) && !takes_part(verb) {
        return None;
    }
    let passive = is_passive(verb, 0);
    match thing.relation() {
        Relation::NsubjPass => agent(verb).map(|by| by.token),
        Relation::Obj if !passive => surface_subject(verb, 0).map(|(subject, _)| subject),
        Relation::Obl if !passive && gathering && takes_part(verb) && preposition(thing).as_deref() == Some("in") => {
            surface_subject(verb, 0).map(|(subject, _)| subject)
        }
        _ => None,
    }
}

/// "A bomb planted by rebels killed 12": who set a thing to work does what it does.
pub(super) fn setter_of(thing: Token<'_>) -> Option<TokenId> {
    let sets = |verb: &Token<'_>| {
        verb.relation() == Relation::Acl
            && verb.xpos() == Xpos::Vbn
            && matches!(
                verb.lemma(),
                "plant"
                    | "lay"
                    | "drop"
                    | "detonate"
                    | "fire"
                    | "launch"
                    | "carry"
                    | "conduct"
                    | "stage"
                    | "mount"
                    | "perpetrate"
            )
    };
    let works = matches!(
        thing.lemma(),
        "attack"
            | "bomb"
            | "bombing"
            | "device"
            | "drone"
            | "explosive"
            | "mine"
            | "missile"
            | "mortar"
            | "operation"
            | "raid"
            | "rocket"
            | "shell"
            | "strike"
    );
    thing.children().filter(sets).find_map(agent).map(|by| by.token).filter(|_| works)
}

/// "Participated in", "took part in", "marched in".
fn takes_part(verb: Token<'_>) -> bool {
    matches!(verb.lemma(), "participate" | "engage" | "join" | "march" | "gather" | "assemble")
        || verb.lemma() == "take" && verb.child(Relation::Obj).is_some_and(|part| part.lemma() == "part")
}

/// "signed a letter urging the sides to talk": whoever signs or issues a text does what it says.
pub(super) fn writer_of(text: Token<'_>, depth: usize) -> Option<TokenId> {
    let verb = puts_out(text).filter(|verb| !is_passive(*verb, 0))?;
    surface_subject(verb, depth + 1).map(|(subject, _)| subject)
}

/// Verbs for making or using a thing, or having a part in it.
const USING: [&str; 35] = [
    "adopt",
    "approve",
    "attend",
    "back",
    "begin",
    "carry",
    "conduct",
    "deliver",
    "enact",
    "file",
    "give",
    "hold",
    "introduce",
    "issue",
    "join",
    "launch",
    "lead",
    "mount",
    "organise",
    "organize",
    "pass",
    "post",
    "propose",
    "publish",
    "release",
    "send",
    "sign",
    "sponsor",
    "stage",
    "start",
    "submit",
    "table",
    "tweet",
    "use",
    "write",
];

/// Texts, acts of state and campaigns.
const USED: [&str; 35] = [
    "act",
    "amendment",
    "attack",
    "banner",
    "bill",
    "budget",
    "campaign",
    "case",
    "complaint",
    "decree",
    "declaration",
    "directive",
    "edict",
    "email",
    "law",
    "lawsuit",
    "legislation",
    "letter",
    "message",
    "measure",
    "motion",
    "offensive",
    "operation",
    "order",
    "petition",
    "placard",
    "post",
    "proposal",
    "raid",
    "resolution",
    "ruling",
    "slogan",
    "statement",
    "suit",
    "tweet",
];

/// Gatherings, which act as little as what is said at them.
const GATHERINGS: [&str; 11] = [
    "conference",
    "demonstration",
    "march",
    "parade",
    "procession",
    "protest",
    "rally",
    "sit-in",
    "speech",
    "strike",
    "vigil",
];
