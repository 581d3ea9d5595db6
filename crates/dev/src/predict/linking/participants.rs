//! Who acts and who is acted on in a mention, by the tree around it, and by what names the report calls them.

use super::mention::is_content;
use document::{Relation, Token, TokenId, TokenSpan, Upos, Xpos};
use engine::Reading;
use ledger::events::{Lexicon, Party};

/// A mention of a chain stands for a phrase if it is at most so many bytes longer.
const LONGER: usize = 25;
/// A mention of a chain is named by a name in it if it is at most so many bytes longer than the name.
const BESIDE_NAME: usize = 12;
/// Clauses upwards in which the subject of a verb is sought.
const CLAUSES: usize = 3;

/// The actors and the recipients of a mention.
pub(super) fn participants(
    reading: &Reading,
    head: Token<'_>,
    told: &[Token<'_>],
    lexicon: &Lexicon,
) -> (Vec<Party>, Vec<Party>) {
    let mut sides = Sides { told, actors: Vec::new(), recipients: Vec::new() };
    let noun = matches!(head.upos(), Upos::Noun | Upos::Propn | Upos::Adj);
    sides.below(head, noun);
    sides.beside(head);
    if noun {
        sides.around(head, lexicon);
    } else if sides.actors.is_empty() {
        sides.above(head);
    }
    let parties = |tokens: Vec<Token<'_>>| tokens.into_iter().filter_map(|token| party(reading, token)).collect();
    (parties(sides.joined(&sides.actors)), parties(sides.joined(&sides.recipients)))
}

struct Sides<'a, 'b> {
    told: &'b [Token<'a>],
    actors: Vec<Token<'a>>,
    recipients: Vec<Token<'a>>,
}

impl<'a> Sides<'a, '_> {
    fn is_told(&self, token: Token<'_>) -> bool {
        self.told.iter().any(|told| told.id == token.id)
    }

    /// Dependents of the head.
    fn below(&mut self, head: Token<'a>, noun: bool) {
        for child in head.children() {
            let case = |lemma: &str| {
                child
                    .children()
                    .any(|word| word.relation() == Relation::Case && word.lemma().eq_ignore_ascii_case(lemma))
            };
            match child.relation() {
                Relation::Nsubj if !noun => self.actors.push(child),
                Relation::NmodPoss => self.actors.push(child),
                Relation::NsubjPass | Relation::Obj | Relation::Iobj => self.recipients.push(child),
                Relation::Compound if noun && !self.is_told(child) => self.recipients.push(child),
                relation if matches!(relation.universal(), "obl" | "nmod") => {
                    if case("by") {
                        self.actors.push(child);
                    } else if case("of") || case("against") || noun && case("on") {
                        self.recipients.push(child);
                    }
                }
                _ => {}
            }
        }
    }

    /// Subjects and objects of the mention's other words.
    fn beside(&mut self, head: Token<'a>) {
        for token in self.told.iter().filter(|token| token.id != head.id) {
            for child in token.children().filter(|child| !self.told.iter().any(|told| told.id == child.id)) {
                match child.relation() {
                    Relation::Nsubj => self.actors.push(child),
                    Relation::Obj | Relation::NsubjPass => self.recipients.push(child),
                    _ => {}
                }
            }
        }
    }

    /// For a noun: the subject of its light verb ("carried out an attack") or of its copula.
    fn around(&mut self, head: Token<'a>, lexicon: &Lexicon) {
        let object = matches!(head.relation(), Relation::Obj | Relation::NsubjPass | Relation::Obl);
        let verb = head.head().filter(|verb| object && lexicon.is_light(&verb.lemma().to_lowercase()));
        let copula = Some(head).filter(|head| head.child(Relation::Cop).is_some());
        for predicate in verb.into_iter().chain(copula) {
            self.actors.extend(predicate.children().filter(|child| child.relation() == Relation::Nsubj));
        }
    }

    /// For a verb without a subject: the noun it modifies, or the subject of the clause above.
    fn above(&mut self, head: Token<'a>) {
        use Relation::{Acl, AclRelcl, Advcl, Aux, Ccomp, Conj, Nsubj, NsubjPass, Xcomp};
        let participle = head.xpos() == Xpos::Vbn;
        let mut below = head;
        for _ in 0..CLAUSES {
            let Some(above) = below.head() else { return };
            match below.relation() {
                Acl | AclRelcl if participle => return self.recipients.push(above),
                Acl | AclRelcl => return self.actors.push(above),
                Xcomp | Conj | Advcl | Ccomp | Aux => {}
                _ => return,
            }
            let passive = participle && head.relation() == Conj && above.child(NsubjPass).is_some();
            for child in above.children() {
                match child.relation() {
                    NsubjPass if passive => self.recipients.push(child),
                    Nsubj | NsubjPass => self.actors.push(child),
                    _ => {}
                }
            }
            if !self.actors.is_empty() {
                return;
            }
            below = above;
        }
    }

    /// With what is joined to them by "and" or stands in apposition; each once.
    fn joined(&self, tokens: &[Token<'a>]) -> Vec<Token<'a>> {
        let mut all: Vec<Token<'a>> = Vec::new();
        for &token in tokens {
            let more = token.children().filter(|child| matches!(child.relation(), Relation::Conj | Relation::Appos));
            for token in std::iter::once(token).chain(more) {
                let known = all.iter().any(|other| other.id == token.id);
                if !known && !self.is_told(token) && !matches!(token.upos(), Upos::Det | Upos::Adp) {
                    all.push(token);
                }
            }
        }
        all
    }
}

/// The tokens of a noun phrase, without what is told of it in clauses and by prepositions.
fn phrase(head: Token<'_>) -> Vec<TokenId> {
    use Relation::{Acl, AclRelcl, Advcl, Appos, Cc, Conj, NmodPoss, Parataxis, Punct};
    let mut ids = vec![head.id];
    for child in head.children() {
        let relation = child.relation();
        let outside = matches!(relation, AclRelcl | Acl | Appos | Conj | Cc | Punct | Parataxis | Advcl)
            || relation.universal() == "nmod" && relation != NmodPoss;
        if !outside {
            ids.extend(phrase(child));
        }
    }
    ids.sort_unstable();
    ids
}

fn party(reading: &Reading, head: Token<'_>) -> Option<Party> {
    let (document, coding) = (&reading.document, &reading.coding);
    let ids = phrase(head);
    let span = ids.iter().map(|&id| TokenSpan::single(id)).reduce(TokenSpan::cover)?;
    let length = |span: TokenSpan| document.text_span(span).len();
    let named = document.names.iter().zip(&coding.name_actors);
    let own: Vec<_> = named.filter(|(name, _)| span.contains(name.span) || name.span.holds(head.id)).collect();
    let at_head = own.iter().find(|(name, _)| name.span.holds(head.id));
    let mut name = at_head.map(|(name, _)| name.span);
    let mut actor = at_head.and_then(|(_, actor)| actor.id.clone());
    let chain = document.chains.iter().zip(&coding.chain_actors).find(|(chain, _)| {
        chain.mentions.iter().any(|mention| mention.holds(head.id) && length(*mention) <= length(span) + LONGER)
    });
    if let Some((chain, of_chain)) = chain {
        actor = actor.or_else(|| of_chain.id.clone());
        for other in document.names.iter().map(|name| name.span) {
            let names_it =
                |mention: &TokenSpan| mention.contains(other) && length(*mention) <= length(other) + BESIDE_NAME;
            if name.is_none_or(|name| length(other) > length(name)) && chain.mentions.iter().any(names_it) {
                name = Some(other);
            }
        }
    }
    let pronoun = head.upos() == Upos::Pron;
    let words: Vec<String> = match name {
        Some(name) => name_words(document.text(name)).collect(),
        None if pronoun => Vec::new(),
        None => vec![head.lemma().to_lowercase()],
    };
    let content = ids.iter().map(|&id| document.token(id)).filter(|token| !pronoun && is_content(*token));
    let mut countries = own.iter().filter_map(|(_, actor)| actor.id.as_ref().filter(|id| is_country(id)));
    (actor.is_some() || !words.is_empty()).then(|| Party {
        words,
        phrase: content.map(|token| token.form().to_lowercase()).collect(),
        named: name.is_some(),
        country: countries.next_back().cloned(),
        actor,
    })
}

fn name_words(name: &str) -> impl Iterator<Item = String> {
    name.split(|letter: char| !letter.is_alphanumeric()).filter(|word| word.len() > 1).map(str::to_lowercase)
}

/// Countries are actors whose id is their code.
fn is_country(actor: &str) -> bool {
    actor.len() == 3 && actor.bytes().all(|byte| byte.is_ascii_uppercase())
}
