//! A reading for people: the report sentence by sentence, and under each sentence what it was read to claim.
//!
//! It is made from the public record, so that what is seen here is what the JSON holds.

use super::layout::{DENIED, FAINT, OPEN, PLAIN, Paragraph, STRONG, clean};
use anstyle::Style;
use record::{Claim, Participant, Place, Quantity, Record, Statement};
use std::collections::{BTreeMap, BTreeSet};

/// Columns of the labels before a claim's fields.
const LABEL: usize = 14;
/// Columns before a claim that is not nested.
const OUTERMOST: usize = 6;
/// Contents nest at most this deep; a record that is deeper is cut with a mark.
const MAX_DEPTH: usize = 8;

/// Lays out a record whose stored text is `text`, `width` columns wide.
#[must_use]
pub fn write(record: &Record, text: &str, width: usize) -> String {
    let mut out = String::new();
    heading(record, width, &mut out);
    let claims: BTreeMap<&str, &Claim> = record.claims.iter().map(|claim| (claim.id.as_str(), claim)).collect();
    let nested: BTreeSet<&str> = record.claims.iter().flat_map(|claim| &claim.content).map(String::as_str).collect();
    let bytes: Vec<usize> = text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let slice = |start: u32, end: u32| {
        let byte = |point: u32| bytes.get(point as usize).copied().unwrap_or(text.len());
        text.get(byte(start)..byte(end)).unwrap_or_default()
    };
    for (index, sentence) in record.sentences.iter().enumerate() {
        let here: Vec<&Claim> = record
            .claims
            .iter()
            .filter(|claim| claim.sentence.as_deref() == Some(&sentence.id) && !nested.contains(claim.id.as_str()))
            .collect();
        let style = if here.is_empty() { FAINT } else { PLAIN };
        let words = slice(sentence.start, sentence.end);
        Paragraph::default().push(style, words).write(&mut out, &format!("{:>4}  ", index + 1), FAINT, width);
        for claim in here {
            out.push('\n');
            Page { record, claims: &claims, width }.claim(claim, &[], OUTERMOST, &mut out);
        }
        out.push('\n');
    }
    if record.claims.is_empty() {
        Paragraph::default()
            .push(FAINT, "No claims were found in this report.")
            .write(&mut out, "      ", PLAIN, width);
        out.push('\n');
    }
    out
}

fn heading(record: &Record, width: usize, out: &mut String) {
    let report = &record.report;
    let known =
        [Some(report.id.as_str()), report.published.as_deref(), report.outlet.as_deref(), report.url.as_deref()];
    let mut line = Paragraph::default();
    let parts: Vec<String> = known.into_iter().flatten().map(clean).collect();
    line.push(STRONG, parts.join(" · "));
    line.write(out, "── ", FAINT, width);
    if report.published.is_none() {
        let note = "No day of publication is known, so relative dates stay open; give one with --published.";
        Paragraph::default().push(FAINT, note).write(out, "   ", PLAIN, width);
    }
    for note in &report.notes {
        Paragraph::default().push(FAINT, format!("note: {note}")).write(out, "   ", PLAIN, width);
    }
    out.push('\n');
}

/// What the lay-out of a claim looks things up in.
struct Page<'a> {
    record: &'a Record,
    claims: &'a BTreeMap<&'a str, &'a Claim>,
    width: usize,
}

impl Page<'_> {
    fn claim(&self, claim: &Claim, above: &[String], indent: usize, out: &mut String) {
        let prefix = if indent > OUTERMOST { "└ " } else { "" };
        self.headline(claim, indent, prefix, out);
        let mut field = |label: &str, paragraph: &Paragraph| {
            let first = format!("{}{label:<LABEL$}", " ".repeat(indent + 2));
            paragraph.write(out, &first, FAINT, self.width);
        };
        participants(if claim.kind == "state" { "holder" } else { "actor" }, &claim.actors, &mut field);
        participants("recipient", &claim.recipients, &mut field);
        if let Some(object) = &claim.object {
            field("object", Paragraph::default().push(PLAIN, &object.text));
        }
        let violence: Vec<String> = claim
            .direction
            .iter()
            .map(|direction| direction.to_string())
            .chain(claim.target.iter().map(|target| format!("target {target}")))
            .collect();
        if !violence.is_empty() {
            field("violence", Paragraph::default().push(PLAIN, violence.join(", ")));
        }
        if claim.granularity.kind != "single" {
            field("covers", &self.granularity(claim));
        }
        if let Some(when) = &claim.when {
            field("when", &when_line(when));
        }
        for place in &claim.places {
            let found = self.record.places.iter().find(|found| found.id == place.place);
            field("where", Paragraph::default().push(PLAIN, place_line(place, found)));
        }
        for figure in &claim.quantities {
            if let Some(quantity) = self.record.quantities.iter().find(|quantity| quantity.id == figure.quantity) {
                let whole = quantity.subset_of.as_ref();
                let whole = whole.and_then(|id| self.record.quantities.iter().find(|other| other.id == *id));
                field("figure", &figure_line(&figure.role, quantity, whole));
            }
        }
        for (facet, values) in facets(claim) {
            field(facet, Paragraph::default().push(PLAIN, values));
        }
        // What a nested claim rests on beyond what its parent does; the rest stands above.
        let own = claim.according_to.iter().filter(|id| !above.contains(id));
        for (depth, id) in own.enumerate() {
            if let Some(statement) = self.record.statements.iter().find(|statement| statement.id == *id) {
                field(if depth == 0 { "according to" } else { "as told by" }, &speaker_line(statement));
            }
        }
        for relation in &claim.relations {
            if let Some(other) = self.claims.get(relation.claim.as_str()) {
                field(
                    &relation.kind,
                    Paragraph::default().push(PLAIN, format!("{} “{}”", other.category, other.predicate.text)),
                );
            }
        }
        for content in claim.content.iter().filter_map(|id| self.claims.get(id.as_str())) {
            if indent / 4 < MAX_DEPTH {
                self.claim(content, &claim.according_to, indent + 4, out);
            } else {
                Paragraph::default().push(FAINT, "…").write(out, &" ".repeat(indent + 4), PLAIN, self.width);
            }
        }
    }

    fn headline(&self, claim: &Claim, indent: usize, prefix: &str, out: &mut String) {
        let mut line = Paragraph::default();
        line.push(STRONG, &claim.category);
        if !claim.modes.is_empty() {
            line.push(PLAIN, format!(" {}", claim.modes.join(", ")));
        }
        line.push(FAINT, " · ").push(status_style(&claim.status), &*claim.status);
        if let Some(strength) = claim.strength.as_deref().filter(|&strength| strength != "firm") {
            line.push(FAINT, " · ").push(PLAIN, strength);
        }
        if claim.background {
            line.push(FAINT, " · ").push(PLAIN, "background");
        }
        line.push(FAINT, " · ").push(PLAIN, format!("“{}”", claim.predicate.text));
        if !claim.contexts.is_empty() {
            line.push(FAINT, format!(" · {}", claim.contexts.join(", ")));
        }
        line.write(out, &format!("{}{prefix}", " ".repeat(indent)), FAINT, self.width);
    }

    fn granularity(&self, claim: &Claim) -> Paragraph {
        let granularity = &claim.granularity;
        let mut line = Paragraph::default();
        line.push(
            PLAIN,
            match &*granularity.kind {
                "aggregate" => "a sum of events",
                "campaign" => "a series of events",
                "habitual" => "a habit",
                other => other,
            },
        );
        let events = granularity.events.as_ref();
        if let Some(quantity) = events.and_then(|id| self.record.quantities.iter().find(|quantity| quantity.id == *id))
        {
            line.push(PLAIN, format!(": {}", figure(quantity)));
        }
        let period = granularity.period.as_ref();
        if let Some(time) = period.and_then(|id| self.record.times.iter().find(|time| time.id == *id)) {
            line.push(PLAIN, format!(", over “{}”", time.text));
        }
        line
    }
}

/// The facets of a claim, each with all its values.
fn facets(claim: &Claim) -> Vec<(&str, String)> {
    let mut facets: Vec<(&str, String)> = Vec::new();
    for facet in &claim.facets {
        let value = format!("{}: {}", facet.field, facet.value);
        match facets.iter_mut().find(|(name, _)| *name == facet.facet) {
            Some((_, values)) => *values = format!("{values}; {value}"),
            None => facets.push((&*facet.facet, value)),
        }
    }
    facets
}

fn status_style(status: &str) -> Style {
    match status {
        "occurred" | "ongoing" => PLAIN,
        "negated" => DENIED,
        _ => OPEN,
    }
}

fn participants(label: &str, participants: &[Participant], field: &mut dyn FnMut(&str, &Paragraph)) {
    for (index, participant) in participants.iter().enumerate() {
        let mut line = Paragraph::default();
        line.push(PLAIN, &participant.text);
        let known = identity(
            participant.name.as_deref().filter(|name| *name != participant.text),
            participant.country.as_deref(),
            &participant.sectors,
        );
        let mut details: Vec<String> = known.into_iter().collect();
        details.extend(participant.role.clone().filter(|role| !participant.text.contains(role.as_str())));
        details.extend(participant.part.as_deref().map(str::to_owned));
        if participant.inferred {
            details.push("inferred".to_owned());
        }
        if let Some(antecedent) = &participant.antecedent {
            details.push(format!("from “{}”", shortened(&antecedent.text)));
        }
        if !details.is_empty() {
            line.push(FAINT, format!("  [{}]", details.join(" · ")));
        }
        field(if index == 0 { label } else { "" }, &line);
    }
}

/// The first words, as many as fit half a line; where they stand is in the record.
fn shortened(text: &str) -> String {
    const LENGTH: usize = 45;
    if text.chars().count() <= LENGTH {
        return text.to_owned();
    }
    let start: String = text.chars().take(LENGTH).collect();
    let words = start.rsplit_once(' ').map_or(start.as_str(), |(words, _)| words);
    format!("{words} …")
}

/// "Afghanistan · AFG GOV", as far as it is known.
fn identity(name: Option<&str>, country: Option<&str>, sectors: &[String]) -> Option<String> {
    let codes: Vec<&str> = country.into_iter().chain(sectors.iter().map(String::as_str)).collect();
    let parts: Vec<String> =
        name.map(str::to_owned).into_iter().chain((!codes.is_empty()).then(|| codes.join(" "))).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

fn when_line(when: &record::When) -> Paragraph {
    let mut line = Paragraph::default();
    let days = match (&when.from, &when.to) {
        (Some(from), Some(to)) if from == to => Some(from.clone()),
        (Some(from), Some(to)) => Some(format!("{from} to {to}")),
        (Some(from), None) => Some(format!("from {from}")),
        (None, Some(to)) => Some(format!("to {to}")),
        (None, None) => None,
    };
    let mut parts = Vec::new();
    if let Some(bound) = &when.bound {
        parts.push(bound.to_string());
    }
    if let Some(text) = &when.text {
        parts.push(format!("“{text}”"));
    }
    let spoken = !parts.is_empty();
    line.push(PLAIN, parts.join(" "));
    match days {
        Some(days) if spoken => line.push(PLAIN, format!(" = {days}")),
        Some(days) => line.push(PLAIN, days),
        None => line.push(FAINT, " day not known"),
    };
    if when.throughout {
        line.push(FAINT, ", throughout");
    }
    if !matches!(&*when.derived, "syntax" | "not stated") {
        line.push(FAINT, format!("  [by {}]", when.derived));
    }
    line
}

fn place_line(place: &record::PlaceRole, found: Option<&Place>) -> String {
    let mut text = place.name.clone();
    let above = found.into_iter().flat_map(|found| [&found.admin1, &found.country]).flatten();
    for name in above.filter(|name| **name != place.name) {
        text.push_str(", ");
        text.push_str(name);
    }
    let mut details = Vec::new();
    if place.role != "event" {
        details.push(&*place.role);
    }
    if found.is_some_and(|found| found.precision == "unresolved") {
        details.push("not resolved");
    }
    if place.inferred {
        details.push("inferred");
    }
    if details.is_empty() { text } else { format!("{text}  [{}]", details.join(" · ")) }
}

fn figure_line(role: &str, quantity: &Quantity, whole: Option<&Quantity>) -> Paragraph {
    let mut line = Paragraph::default();
    let words = match &quantity.counts {
        Some(counts) if !quantity.text.contains(&counts.text) => format!("“{} … {}”", quantity.text, counts.text),
        _ => format!("“{}”", quantity.text),
    };
    // "about 50 percent of 400"
    let of = whole.map_or_else(String::new, |whole| format!(" of {}", figure(whole)));
    line.push(PLAIN, format!("{role}: {}{of}  ", figure(quantity))).push(FAINT, words);
    line
}

/// "about 200", "3 to 5", "at least 12 percent".
fn figure(quantity: &Quantity) -> String {
    let number = match (quantity.low, quantity.best, quantity.high) {
        (Some(low), _, Some(high)) if low == high => low.to_string(),
        (Some(low), best, None) if best.is_none_or(|best| best == low) => format!("{low} or more"),
        (None, best, Some(high)) if best.is_none_or(|best| best == high) => format!("{high} or fewer"),
        (Some(low), None, Some(high)) => format!("{low} to {high}"),
        (_, Some(best), _) => best.to_string(),
        _ => "not known".to_owned(),
    };
    let about = if quantity.approximate { "about " } else { "" };
    let unit = quantity.unit.as_ref().map_or(String::new(), |unit| format!(" {unit}"));
    format!("{about}{number}{unit}")
}

fn speaker_line(statement: &Statement) -> Paragraph {
    let mut line = Paragraph::default();
    let speaker = &statement.speaker;
    if speaker.spans.is_empty() {
        line.push(PLAIN, "nobody named");
    } else {
        line.push(PLAIN, &speaker.text);
        let name = speaker.name.as_deref().filter(|name| *name != speaker.text);
        if let Some(known) = identity(name, speaker.country.as_deref(), &speaker.sectors) {
            line.push(FAINT, format!("  [{known}]"));
        }
    }
    let manner = if statement.manner == "said" { String::new() } else { format!(" {}", statement.manner) };
    line.push(FAINT, format!("  “{}”{manner}", statement.cue.text));
    line
}
