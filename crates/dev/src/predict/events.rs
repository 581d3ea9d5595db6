//! Task "events": one event per (actor, recipient) of a claim, in text order, both directions of a mutual act.
//!
//! Nothing is held back, however low its confidence: the data marks a pair in every sentence, so that a doubtful one costs
//! nothing where a reader of news would rather have none.
//!
//! Input is a table with the columns `uid` and `sentence` (others are not looked at), or JSON lines with these keys.

use anyhow::Context as _;
use document::{Claim, Document, Participant, Report};
use engine::Engine;
use serde_json::{Value, json};
use std::io::Write;
use std::path::{Path, PathBuf};

/// The sentences of a file: uid and text.
fn sentences(path: &Path) -> anyhow::Result<Vec<(String, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    if path.extension().is_some_and(|extension| extension == "tsv") {
        let mut lines = text.lines();
        let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
        let column = |name: &str| {
            header
                .iter()
                .position(|title| *title == name)
                .ok_or_else(|| anyhow::anyhow!("{}: no column {name}", path.display()))
        };
        let (uid, sentence) = (column("uid")?, column("sentence")?);
        return Ok(lines
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter_map(|cells| Some(((*cells.get(uid)?).to_owned(), (*cells.get(sentence)?).to_owned())))
            .collect());
    }
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let line: Value = serde_json::from_str(line).with_context(|| format!("a line of {}", path.display()))?;
            let uid = line["uid"].as_str().map_or_else(|| line["uid"].to_string(), str::to_owned);
            Ok((uid, line["sentence"].as_str().unwrap_or_default().to_owned()))
        })
        .collect()
}

pub(super) fn run(files: &[PathBuf], engine: &Engine) -> anyhow::Result<()> {
    let mut output = std::io::stdout().lock();
    for path in files {
        for (uid, sentence) in sentences(path)? {
            let reading = engine.read_all(Report::from_text(&uid, sentence));
            let claims = &reading.coding.claims;
            let events: Vec<Value> = claims
                .iter()
                .filter(|claim| !claim.nested && claim.kind == document::ClaimKind::Event)
                .flat_map(|claim| pairs(&reading.document, claims, claim))
                .collect();
            writeln!(output, "{}", json!({"uid": uid, "events": events}))?;
        }
    }
    Ok(())
}

fn pairs(document: &Document, claims: &[Claim], claim: &Claim) -> Vec<Value> {
    let event = |actor: Option<&Participant>, recipient: Option<&Participant>, target: Option<&str>| {
        json!({
            "source_text": actor.map_or("", |actor| document.text(actor.span)),
            "target_text": recipient.map(|recipient| document.text(recipient.span)).or(target).unwrap_or_default(),
            "root": claim.category,
            "source_code": actor.map(code),
            "target_code": recipient.map(code),
            "cameo": claim.cameo,
        })
    };
    if claim.recipients.is_empty() && claim.actors.len() > 1 && mutual(claim) {
        let ordered = claim.actors.iter().enumerate().flat_map(|(one, actor)| {
            claim
                .actors
                .iter()
                .enumerate()
                .filter(move |(other, _)| one != *other)
                .map(move |(_, recipient)| (actor, recipient))
        });
        return ordered.map(|(actor, recipient)| event(Some(actor), Some(recipient), None)).collect();
    }
    // What a promise or demand is about tells whom it concerns.
    let inner = claim.content.iter().map(|&inner| &claims[inner]);
    let recipients: Vec<&Participant> = if claim.recipients.is_empty() {
        inner
            .flat_map(|inner| inner.recipients.iter().chain(&inner.actors))
            .filter(|participant| !claim.actors.iter().any(|actor| actor.span == participant.span))
            .collect()
    } else {
        claim.recipients.iter().collect()
    };
    let target = claim
        .object
        .map(|span| document.text(span))
        .or_else(|| claim.places.first().map(|place| document.text(document.places[place.place].span)));
    match (claim.actors.is_empty(), recipients.is_empty()) {
        (true, true) => vec![event(None, None, target)],
        (false, true) => claim.actors.iter().map(|actor| event(Some(actor), None, target)).collect(),
        (true, false) => recipients.iter().map(|recipient| event(None, Some(recipient), None)).collect(),
        (false, false) => claim
            .actors
            .iter()
            .flat_map(|actor| recipients.iter().map(move |recipient| (actor, recipient)))
            .map(|(actor, recipient)| event(Some(actor), Some(recipient), None))
            .collect(),
    }
}

/// Acts that all parties do to each other.
fn mutual(claim: &Claim) -> bool {
    claim.direction == Some(document::Direction::TwoSided)
        || matches!(claim.category.as_str(), "CONSULT" | "COOPERATE" | "SUPPORT" | "AGREE")
}

fn code(participant: &Participant) -> String {
    let actor = &participant.actor;
    format!(
        "{}{}",
        actor.country.as_deref().unwrap_or_default(),
        actor.sectors.first().map(String::as_str).unwrap_or_default()
    )
}
