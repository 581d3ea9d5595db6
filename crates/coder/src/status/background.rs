//! Told as history: a happening that the report looks back on, rather than its news.

use super::words::WORDS;
use document::{Document, Relation, Token, TokenId, TokenSpan, Upos, Xpos};

/// A time that ends so many days before publication belongs to history.
const OLD: i64 = 365;

/// The words that make history of what a word tells, if any do.
pub(super) fn find(document: &Document, token: TokenId) -> Option<TokenSpan> {
    let token = document.token(token);
    phrase(document, token).or_else(|| old_time(document, token)).or_else(|| reduced(token))
}

/// "over the years", "decades ago" in the clause; "in the aftermath of" before the word.
fn phrase(document: &Document, token: Token<'_>) -> Option<TokenSpan> {
    let clause = own_words(token);
    WORDS.background.iter().find_map(|(words, introduces)| {
        let fits = |start: u32| {
            words.iter().enumerate().all(|(offset, word)| {
                let id = TokenId(start + offset as u32);
                id.index() < document.tokens.len() && document.token(id).form().eq_ignore_ascii_case(word)
            }) && {
                // "in the past 24 hours" is news.
                let next = start as usize + words.len();
                document.tags.upos.get(next) != Some(&Upos::Num)
            }
        };
        let span = |start: u32| TokenSpan::new(start as usize, start as usize + words.len());
        if *introduces {
            let first = token.subtree().start.0;
            let start = first.checked_sub(words.len() as u32).filter(|&start| fits(start));
            return start
                .or_else(|| {
                    (first..=token.id.0).find(|&start| fits(start) && start + (words.len() as u32) <= token.id.0)
                })
                .map(span);
        }
        clause
            .iter()
            .find(|part| fits(part.start.0))
            .map(|part| span(part.start.0))
            .or_else(|| clause.iter().flat_map(|part| part.iter()).find(|id| fits(id.0)).map(|id| span(id.0)))
    })
}

/// The subtrees of a word's time and place phrases and adverbs.
fn own_words(token: Token<'_>) -> Vec<TokenSpan> {
    token
        .children()
        .filter(|child| {
            matches!(
                child.relation(),
                Relation::Obl | Relation::OblUnmarked | Relation::Advmod | Relation::Nmod | Relation::NmodUnmarked
            )
        })
        // "has been blockaded since last year" goes on.
        .filter(|child| !child.children().any(|case| case.lemma().eq_ignore_ascii_case("since")))
        .map(Token::subtree)
        .filter(|span| span.len() <= 8)
        .collect()
}

/// Whether the clause of a verb names a day that is not to come.
pub(super) fn dates_past(document: &Document, verb: Token<'_>) -> bool {
    let Some(published) = document.report.published else { return false };
    let clause = own_words(verb);
    document
        .times
        .iter()
        .filter(|time| time.from.is_some() && time.from == time.to)
        .any(|time| time.to <= Some(published) && clause.iter().any(|part| part.contains(time.span)))
}

/// A date of the clause that lies long before publication.
fn old_time(document: &Document, token: Token<'_>) -> Option<TokenSpan> {
    let published = document.report.published?;
    let clause = own_words(token);
    let compound = token.children().filter(|child| child.id < token.id).map(Token::subtree);
    let near: Vec<TokenSpan> = clause.into_iter().chain(compound).collect();
    document
        .times
        .iter()
        .filter(|time| near.iter().any(|part| part.contains(time.span)))
        .find(|time| time.to.is_some_and(|to| published.since(to).is_ok_and(|span| i64::from(span.get_days()) > OLD)))
        .map(|time| time.span)
}

/// "following an invasion", "since the coup": a happening that only dates another, in a report that looks back on it.
fn reduced(token: Token<'_>) -> Option<TokenSpan> {
    // The parser may take "following" for a verb with the noun as its object.
    if token.relation() == Relation::Obj
        && let Some(following) = token.head()
        && following.form().eq_ignore_ascii_case("following")
        && matches!(following.relation(), Relation::Advcl | Relation::Acl)
    {
        return Some(TokenSpan::single(following.id));
    }
    let nominal = matches!(token.relation(), Relation::Obl | Relation::Nmod | Relation::Advcl);
    let link = token.children().find(|child| {
        matches!(child.relation(), Relation::Case | Relation::Mark)
            && child.id < token.id
            && matches!(child.form(), "following" | "Following" | "since" | "Since")
    });
    let link = link.filter(|_| nominal)?;
    // "since" and "following" an old matter: the governing clause is in the perfect ("has been … since").
    let perfect = std::iter::successors(token.head(), |word| word.head()).take(3).any(|governor| {
        governor.children().any(|child| child.relation() == Relation::Aux && child.lemma() == "have")
            || governor.xpos() == Xpos::Vbn
    });
    perfect.then(|| TokenSpan::single(link.id))
}
