//! Runs the examples of a codebook: every `yes` must give the expected claim and nothing more, every `no` must not give
//! its category, every `gap` must still be missed.
//!
//! One runner serves the tests and the command line. Examples are read with nothing held back: they say what a rule reads, and
//! a sentence alone shows too little to be trusted or not. A [`Failure`] carries the parse, so that one sees whether the rule
//! or the parser is at fault.

use crate::Engine;
use coder::{Codebook, Coding, Example, ExampleKind, Rule};
use document::{Claim, Document, Report};

/// An example that is not read as its rule says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The rule that the example belongs to.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// What is wrong.
    pub message: String,
    /// The parse and the claims, one line each.
    pub explanation: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}\n  {}\n{}", self.rule, self.message, self.text, self.explanation)
    }
}

/// Runs all examples; the number run, and the failures in the order of the rules.
#[must_use]
pub fn check(engine: &Engine) -> (usize, Vec<Failure>) {
    let mut count = 0;
    let mut failures = Vec::new();
    for rule in &engine.codebook().rules {
        for example in &rule.examples {
            count += 1;
            let mut report = Report::from_text(&rule.id, &example.text);
            report.published =
                example.published.as_deref().and_then(|day| day.get(..10)).and_then(|day| day.parse().ok());
            let reading = engine.read_all(report);
            if let Err(message) = check_example(rule, example, &reading.document, &reading.coding) {
                let explanation = explain(engine.codebook(), &reading.document, &reading.coding);
                failures.push(Failure { rule: rule.id.clone(), text: example.text.clone(), message, explanation });
            }
        }
    }
    (count, failures)
}

fn check_example(rule: &Rule, example: &Example, document: &Document, coding: &Coding) -> Result<(), String> {
    match example.kind {
        ExampleKind::No => match coding.claims.iter().find(|claim| claim.category == rule.category) {
            Some(claim) => Err(format!("must not give {}, but {} does", rule.category, claim.rule)),
            None => Ok(()),
        },
        ExampleKind::Gap => match check_yes(rule, example, document, coding) {
            Ok(()) => Err("a gap that is closed: make it a yes".into()),
            Err(_) => Ok(()),
        },
        ExampleKind::Yes => check_yes(rule, example, document, coding),
    }
}

fn check_yes(rule: &Rule, example: &Example, document: &Document, coding: &Coding) -> Result<(), String> {
    let mut reasons = Vec::new();
    for (index, claim) in coding.claims.iter().enumerate().filter(|(_, claim)| claim.rule == rule.id) {
        match check_claim(example, document, coding, claim) {
            Ok(()) => return nothing_more(example, coding, index),
            Err(reason) => reasons.push(reason),
        }
    }
    Err(if reasons.is_empty() { "the rule does not fire".into() } else { reasons.join("; ") })
}

fn check_claim(example: &Example, document: &Document, coding: &Coding, claim: &Claim) -> Result<(), String> {
    let expect = &example.expect;
    let phrases = |participants: &[document::Participant]| {
        let mut phrases: Vec<String> =
            participants.iter().map(|participant| document.text(participant.span).to_owned()).collect();
        phrases.dedup();
        phrases.sort();
        phrases
    };
    for (name, wanted, found) in
        [("actor", &expect.actor, &claim.actors), ("recipient", &expect.recipient, &claim.recipients)]
    {
        if let Some(wanted) = wanted {
            let mut wanted: Vec<String> = wanted.list().into_iter().map(str::to_owned).collect();
            wanted.sort();
            let found = phrases(found);
            if found != wanted {
                return Err(format!("{name} is {found:?}, not {wanted:?}"));
            }
        }
    }
    for mode in expect.mode.iter().flat_map(|modes| modes.list()) {
        if !claim.modes.iter().any(|found| found == mode) {
            return Err(format!("mode is {:?}, not {mode}", claim.modes));
        }
    }
    if let Some(wanted) = &expect.place {
        let places: Vec<&str> =
            claim.places.iter().map(|place| document.text(document.places[place.place].span)).collect();
        if !places.contains(&wanted.as_str()) {
            return Err(format!("place is {places:?}, not {wanted:?}"));
        }
    }
    if let Some(wanted) = &expect.date {
        let found = claim.when.as_ref().and_then(|when| when.from).map(|day| day.to_string()).unwrap_or_default();
        if found != wanted.to_string() {
            return Err(format!("date is {found:?}, not {wanted}"));
        }
    }
    if let Some(wanted) = &expect.status
        && claim.status.as_str() != wanted
    {
        return Err(format!("status is {}, not {wanted}", claim.status.as_str()));
    }
    if let Some(wanted) = &expect.content {
        let found: Vec<&str> = claim.content.iter().map(|&inner| coding.claims[inner].category.as_str()).collect();
        if !found.contains(&wanted.as_str()) {
            return Err(format!("content is {found:?}, not {wanted:?}"));
        }
    }
    for (name, wanted) in &expect.figures {
        let found: Vec<Option<f64>> = claim
            .quantities
            .iter()
            .filter(|quantity| quantity.role == *name)
            .map(|quantity| document.quantities[quantity.quantity].best)
            .collect();
        if !found.contains(&Some(*wanted)) {
            return Err(format!("{name} is {found:?}, not {wanted}"));
        }
    }
    Ok(())
}

/// Every other claim must be announced: what encloses the expected one or is nested in it is part of it.
fn nothing_more(example: &Example, coding: &Coding, expected: usize) -> Result<(), String> {
    let encloses = |outer: usize| outer == expected || coding.claims[outer].content.contains(&expected);
    let mut others: Vec<&str> = coding
        .claims
        .iter()
        .enumerate()
        .filter(|(index, claim)| !claim.nested && !encloses(*index))
        .map(|(_, claim)| claim.category.as_str())
        .collect();
    let mut announced: Vec<&str> = example.also.iter().map(String::as_str).collect();
    others.sort_unstable();
    announced.sort_unstable();
    if others == announced { Ok(()) } else { Err(format!("other claims are {others:?}, announced {announced:?}")) }
}

fn explain(codebook: &Codebook, document: &Document, coding: &Coding) -> String {
    use std::fmt::Write;
    let mut lines = String::new();
    for token in document.iter_tokens() {
        let head = token.head().map_or("-", |head| head.form());
        let _ = writeln!(
            lines,
            "    {:<16}{:<16}{:<7}{:<6}{:<14}{head}",
            token.form(),
            token.lemma(),
            token.upos(),
            token.xpos(),
            token.relation()
        );
    }
    for claim in &coding.claims {
        let words = |participants: &[document::Participant]| {
            participants.iter().map(|participant| document.text(participant.span)).collect::<Vec<_>>().join(" + ")
        };
        let nested = if claim.nested { "  (nested)" } else { "" };
        let _ = writeln!(
            lines,
            "    = {} {:?} [{}] -> [{}] {} by {}{nested}",
            claim.category,
            claim.modes,
            words(&claim.actors),
            words(&claim.recipients),
            claim.status.as_str(),
            claim.rule
        );
    }
    for trace in &coding.traces {
        if let coder::Outcome::Missed(line) = trace.outcome {
            let rule = &codebook.rules[trace.rule];
            let form = document.token(trace.token).form();
            let _ = writeln!(lines, "    ~ {} at {form}: {}", rule.id, rule.line(line));
        }
    }
    lines
}
