//! Who says what: speech, belief, fear, denial, demand and promise, with the words that show it. [`find`] gives
//! [`Statement`]s that may nest. Cue words are data (`verbs.txt` and its neighbours); what the content means is left to
//! the coder, whether it happened to the coder's status.

mod clauses;
mod cues;
mod draft;
mod links;
mod nominals;
mod quotes;
mod speakers;
mod speeches;

#[cfg(test)]
mod tests;

use document::{Chain, Name, Statement, Syntax, TokenId, TokenSpan};
use draft::Draft;

/// All statements of a report, in the order of their first words.
#[must_use]
pub fn find(syntax: &Syntax, names: &[Name], chains: &[Chain]) -> Vec<Statement> {
    let quotations = quotes::find(syntax);
    let mut drafts = clauses::find(syntax);
    speeches::attach(syntax, &quotations, names, &mut drafts);
    speeches::labels(syntax, names, &mut drafts);
    drafts.retain(|draft| !draft.content.is_empty());
    part_trailing_cues(syntax, &mut drafts);
    without_datelines(syntax, &mut drafts);
    let mut mentions: Vec<TokenSpan> = chains.iter().flat_map(|chain| chain.mentions.iter().copied()).collect();
    mentions.sort_unstable();
    for draft in &mut drafts {
        widen_speakers(draft, &mentions);
        draft.speakers = draft.speakers.iter().flat_map(|speaker| speakers::apart(syntax, *speaker)).collect();
    }
    drafts.sort_by_key(|draft| (first_token(draft), draft.head));
    let within = nest(&drafts);
    drafts
        .into_iter()
        .zip(within)
        .map(|(draft, within)| Statement {
            quoted: speeches::is_quoted(&quotations, &draft),
            speakers: draft.speakers.iter().map(|speaker| speaker.span).collect(),
            speaker_heads: draft.speakers.iter().map(|speaker| speaker.head).collect(),
            cue: draft.cue,
            content: draft.content,
            addressee: draft.addressee,
            manner: draft.manner,
            within,
        })
        .collect()
}

/// How far into a paragraph a dateline may reach.
const DATELINE: usize = 16;

/// A content that begins with the paragraph does not take in its dateline ("KABUL (Agency) — ").
fn without_datelines(syntax: &Syntax, drafts: &mut [Draft]) {
    for part in drafts.iter_mut().flat_map(|draft| &mut draft.content) {
        let sentence = syntax.sentence_of(part.start);
        let tokens = sentence.tokens();
        if part.start != tokens.start {
            continue;
        }
        let form = |id: TokenId| syntax.token(id).form();
        let dash = tokens.iter().take(DATELINE).find(|id| matches!(form(*id), "—" | "–" | "--"));
        let capitals = |form: &str| form.len() > 2 && form.chars().all(|letter| letter.is_uppercase());
        if let Some(dash) = dash
            && dash > part.start
            && TokenId(dash.0 + 1) < part.end
            && (form(TokenId(dash.0 - 1)) == ")" || capitals(form(tokens.start)))
        {
            part.start = TokenId(dash.0 + 1);
        }
    }
}

/// "They said that X, the agency learned": the trailing cue wraps the whole sentence, and the parser often puts it into
/// the inner content. It is taken out of there.
fn part_trailing_cues(syntax: &Syntax, drafts: &mut [Draft]) {
    let trailing: Vec<(TokenSpan, Vec<TokenSpan>)> = drafts
        .iter()
        .filter_map(|draft| {
            let cue = *draft.cue.last()?;
            let speaker = draft.speakers.first()?.span;
            let before = draft.content.last().is_some_and(|part| part.end <= speaker.start && speaker.end == cue.start);
            before.then(|| (speaker.cover(cue), draft.content.clone()))
        })
        .collect();
    for draft in drafts {
        let Some(end) = draft.content.last().map(|part| part.end) else { continue };
        let at = trailing.partition_point(|(words, _)| words.end < end);
        let ends = trailing[at..].iter().take_while(|(words, _)| words.end == end);
        for (words, content) in ends {
            if !words.holds(draft.head) && content.iter().any(|part| part.holds(draft.head)) {
                draft.content = draft::cut(syntax, &draft.content, &[*words]);
            }
        }
    }
}

fn first_token(draft: &Draft) -> TokenId {
    let spans = draft.cue.iter().chain(&draft.content).map(|span| span.start);
    spans.chain(draft.speakers.iter().map(|speaker| speaker.span.start)).min().unwrap_or(draft.head)
}

/// How many words a title or place may add before a speaker's phrase.
const TITLE: u32 = 8;

/// A speaker's phrase grows to the mention that has its words and more: a title or a place in apposition.
fn widen_speakers(draft: &mut Draft, mentions: &[TokenSpan]) {
    for speaker in &mut draft.speakers {
        let start = speaker.span.start;
        let from = mentions.partition_point(|mention| mention.start.0 + TITLE <= start.0);
        let wider = mentions[from..]
            .iter()
            .take_while(|mention| mention.start <= start)
            .filter(|mention| mention.end == speaker.span.end)
            .filter(|mention| !draft.cue.iter().chain(&draft.content).any(|span| span.overlaps(**mention)))
            .min_by_key(|mention| mention.len());
        if let Some(&wider) = wider {
            speaker.span = wider;
        }
    }
}

/// For each draft the one inside whose content it stands: the smallest content that holds its cue, if the two do not
/// hold each other.
fn nest(drafts: &[Draft]) -> Vec<Option<usize>> {
    let holds = |outer: &Draft, inner: &Draft| outer.content.iter().any(|part| part.holds(inner.head));
    let size = |draft: &Draft| draft.content.iter().map(|part| part.len()).sum::<usize>();
    let extents: Vec<TokenSpan> = drafts
        .iter()
        .map(|draft| draft.content.iter().copied().reduce(TokenSpan::cover).unwrap_or(TokenSpan::single(draft.head)))
        .collect();
    // Only contents that begin within the longest one's reach before a cue can hold it.
    let mut order: Vec<usize> = (0..drafts.len()).collect();
    order.sort_by_key(|&number| extents[number].start);
    let longest = extents.iter().map(|extent| extent.len()).max().unwrap_or(0);
    drafts
        .iter()
        .enumerate()
        .map(|(number, inner)| {
            let from = order.partition_point(|&other| extents[other].start.index() + longest < inner.head.index());
            let outer = |&other: &usize| {
                other != number
                    && extents[other].holds(inner.head)
                    && holds(&drafts[other], inner)
                    && !holds(inner, &drafts[other])
            };
            order[from..]
                .iter()
                .copied()
                .take_while(|&other| extents[other].start <= inner.head)
                .filter(outer)
                .min_by_key(|&other| (size(&drafts[other]), other))
        })
        .collect()
}
