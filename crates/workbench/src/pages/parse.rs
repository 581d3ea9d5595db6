//! The grammar of a sentence, made when somebody asks for it: words with tags, the tree, and the rules that fired or nearly
//! did. The report is read anew by this program, so that the tree may differ from that of the run whose claims are shown.

use super::{Frame, Page, render};
use crate::drawing::{Leaf, arcs};
use crate::problem::Problem;
use crate::query::Pairs;
use crate::safety::Visitor;
use crate::state::Workbench;
use askama::Template;
use axum::extract::{Path, State};
use coder::Outcome;
use document::{Sentence, TokenSpan};
use engine::{Engine, Reading, conversion};
use std::sync::Arc;

#[derive(Template)]
#[template(path = "parse.html")]
struct ParsePage {
    frame: Frame,
    id: String,
    parsed: Parsed,
    earlier: Option<usize>,
    later: Option<usize>,
}

/// The same without what stands around it, to be put into a page.
#[derive(Template)]
#[template(path = "parsed.html")]
struct ParsedPart {
    parsed: Parsed,
}

/// A sentence.
struct Parsed {
    text: String,
    words: Vec<Word>,
    picture: String,
    rules: Vec<Rule>,
    /// Where the sentences before and after begin.
    earlier: Option<usize>,
    later: Option<usize>,
}

struct Word {
    number: usize,
    form: String,
    lemma: String,
    part: &'static str,
    tag: &'static str,
    relation: &'static str,
    head: String,
}

struct Rule {
    /// `fired`, `nearly` or `gave way`.
    outcome: &'static str,
    id: String,
    form: String,
    why: String,
}

pub(super) async fn page(
    State(workbench): State<Arc<Workbench>>,
    Path(id): Path<String>,
    visitor: Visitor,
    pairs: Pairs,
) -> Page {
    let asked = pairs.asked(&["at", "bare"])?;
    let at: usize = match asked.value("at") {
        "" => 0,
        written => written
            .parse()
            .map_err(|_| Problem::refused(format!("at is the offset of a word in code points, not {written}")))?,
    };
    let own = id.clone();
    let reading = workbench.store.ask(None, move |ledger| ledger.reading(&own)).await?;
    let reading = reading.ok_or_else(|| Problem::unknown(format!("the ledger has no report {id}")))?;
    let reading = workbench.shown_to(&visitor, reading).await?;
    if reading.report.text.is_none() {
        return Err(Problem::unknown(format!("the ledger has no text of {id}")));
    }
    let report = conversion::from_record(&reading.report);
    let parsed = workbench.with_engine(move |engine| parsed(engine, &engine.read(report), at)).await?;
    let parsed = parsed.ok_or_else(|| Problem::unknown(format!("no sentence of {id} stands at {at}")))?;
    if asked.value("bare") == "yes" {
        return render(&ParsedPart { parsed });
    }
    let page = ParsePage {
        frame: Frame::new(&workbench, visitor, format!("Grammar of {id}"), "/reports", &asked),
        id,
        earlier: parsed.earlier,
        later: parsed.later,
        parsed,
    };
    render(&page)
}

/// The sentence in which a code point stands, or the next one.
fn parsed(engine: &Engine, reading: &Reading, at: usize) -> Option<Parsed> {
    let document = &reading.document;
    let text = &document.report.text;
    let byte = text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    let sentences: Vec<Sentence<'_>> = document.iter_sentences().collect();
    let end = |sentence: &Sentence<'_>| document.text_span(sentence.tokens()).end as usize;
    let here = sentences.iter().position(|sentence| byte < end(sentence))?;
    let sentence = sentences[here];
    let first = sentence.tokens().start.index();
    let starts = |number: usize| {
        let start = document.text_span(sentences.get(number)?.tokens()).start as usize;
        Some(text.get(..start)?.chars().count())
    };
    let words = sentence.iter().map(|token| Word {
        number: token.id.index() + 1 - first,
        form: token.form().to_owned(),
        lemma: token.lemma().to_owned(),
        part: token.upos().as_str(),
        tag: token.xpos().as_str(),
        relation: token.relation().as_str(),
        head: token.head().map_or_else(String::new, |head| format!("{} {}", head.id.index() + 1 - first, head.form())),
    });
    let leaves: Vec<Leaf> = sentence
        .iter()
        .map(|token| Leaf {
            form: token.form().to_owned(),
            tag: token.upos().as_str().to_owned(),
            relation: token.relation().as_str().to_owned(),
            head: token.head().and_then(|head| head.id.index().checked_sub(first)),
        })
        .collect();
    Some(Parsed {
        text: sentence.text().to_owned(),
        words: words.collect(),
        picture: arcs(&leaves),
        rules: rules(engine, reading, sentence.tokens()),
        earlier: here.checked_sub(1).and_then(starts),
        later: starts(here + 1),
    })
}

/// What became of every rule that hangs on a word of the sentence; those that fired first.
fn rules(engine: &Engine, reading: &Reading, sentence: TokenSpan) -> Vec<Rule> {
    let codebook = engine.codebook();
    let traces = reading.coding.traces.iter().filter(|trace| sentence.holds(trace.token));
    let mut rules: Vec<Rule> = traces
        .map(|trace| {
            let rule = &codebook.rules[trace.rule];
            let (outcome, why) = match trace.outcome {
                Outcome::Fired => ("fired", String::new()),
                Outcome::Missed(line) => {
                    let must_not = if rule.forbids(line) { "must not be there: " } else { "" };
                    let line = rule.line(line).split_whitespace().collect::<Vec<_>>().join(" ");
                    ("nearly", format!("wanted: {must_not}{line}"))
                }
                Outcome::Overruled(by) => ("gave way", format!("{} is more specific", codebook.rules[by].id)),
            };
            let form = reading.document.token(trace.token).form().to_owned();
            Rule { outcome, id: rule.id.clone(), form, why }
        })
        .collect();
    rules.sort_by_key(|rule| rule.outcome != "fired");
    rules
}
