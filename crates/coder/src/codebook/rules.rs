//! One rule file: pattern, what it sets, and the examples that must and must not match.

use super::fault::Faults;
use super::pattern::{self, Line, Need, Trigger};
use super::read_toml;
use document::{Status, Strength};
use serde::Deserialize;
use std::collections::BTreeMap;

/// One way in which a text expresses a category.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The path without suffix: `protest/police-disperse-crowd`.
    pub id: String,
    /// PLOVER category in capitals, or the predicate of a state claim in small letters.
    pub category: String,
    /// What the rule catches.
    pub summary: String,
    /// The examples, in the order of the file; none if they were not read.
    pub examples: Vec<Example>,
    pub(crate) state: bool,
    pub(crate) triggers: Vec<Trigger>,
    pub(crate) lines: Vec<Line>,
    pub(crate) modes: Vec<String>,
    pub(crate) contexts: Vec<String>,
    pub(crate) strength: Option<Strength>,
    /// Saying so is the act: "pledged support" supports, though what is pledged is to come.
    pub(crate) performative: bool,
    /// What the claim is called when its content is of a category, before the codebook's table is asked.
    pub(crate) recast: BTreeMap<String, String>,
    /// Name of the figure that counts the recipient or object: "killed".
    pub(crate) figure: Option<String>,
    pub(crate) facets: Vec<(&'static str, &'static str, String)>,
    /// All participants are actors.
    pub(crate) mutual: bool,
    /// Fires beside another rule on the same words instead of giving way to the more specific one.
    pub(crate) beside: bool,
    /// An act that only its content makes an event: without a nested claim there is none.
    pub(crate) needs_content: bool,
    /// Its nouns tell nothing of what is only possible: "an investigation may be needed".
    pub(crate) needs_fact: bool,
    /// Whoever says so acts, where the rule finds no other actor: "The minister is lying".
    pub(crate) speaker_acts: bool,
    /// Only where somebody named says so.
    pub(crate) spoken: bool,
    /// Stands around whatever else its word tells, which is its content: "must release", around the release.
    pub(crate) around: bool,
    /// What the negation of its verb tells has occurred: "no longer recognizes the truce".
    pub(crate) negated_acts: bool,
    /// How the claim relates to its content.
    pub(crate) relation: Option<&'static str>,
    /// The status of what is nested, where its own words do not tell.
    pub(crate) content_status: Option<Status>,
}

impl Rule {
    /// A line of the pattern as written; empty if there is no such line.
    #[must_use]
    pub fn line(&self, number: usize) -> &str {
        self.lines.get(number).map_or("", |line| &line.written)
    }

    /// Whether a line says what must not be there.
    #[must_use]
    pub fn forbids(&self, number: usize) -> bool {
        self.lines.get(number).is_some_and(|line| line.need == Need::Forbidden)
    }
}

/// Whether a codebook is loaded with its examples. They are most of its text, and only who tests a rule needs them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examples {
    /// Read and checked: for codebooks that have not been tested yet.
    Read,
    /// Left out: for those that have.
    Skip,
}

/// Whether an example must match, must not, or is known to be missed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExampleKind {
    /// Must give the expected claim and nothing more.
    Yes,
    /// Must not give this category from any rule.
    No,
    /// Known to be missed; when it is found, it is to be promoted.
    Gap,
}

/// A sentence with what is to be read in it.
#[derive(Debug, Clone)]
pub struct Example {
    /// Yes, no or gap.
    pub kind: ExampleKind,
    /// The text.
    pub text: String,
    /// The day from which relative dates are read (ISO 8601).
    pub published: Option<String>,
    /// What a `yes` must give.
    pub expect: Expectation,
    /// Categories of other claims that the text gives as well.
    pub also: Vec<String>,
    /// Why a `no` or `gap` is one.
    pub because: Option<String>,
}

/// What an example's claim must look like; what is left out is not looked at.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation {
    /// The actors' phrases, exactly these.
    #[serde(default)]
    pub actor: Option<OneOrMany>,
    /// The recipients' phrases, exactly these.
    #[serde(default)]
    pub recipient: Option<OneOrMany>,
    /// Modes that must be among the claim's.
    #[serde(default)]
    pub mode: Option<OneOrMany>,
    /// The words of the event's place.
    #[serde(default)]
    pub place: Option<String>,
    /// First day.
    #[serde(default)]
    pub date: Option<toml::value::Date>,
    /// Status as the record spells it.
    #[serde(default)]
    pub status: Option<String>,
    /// Category of the nested claim.
    #[serde(default)]
    pub content: Option<String>,
    /// Figures by name.
    #[serde(default)]
    pub figures: BTreeMap<String, f64>,
}

/// A string or a list of strings.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum OneOrMany {
    /// One.
    One(String),
    /// Several.
    Many(Vec<String>),
}

impl OneOrMany {
    /// All of them.
    #[must_use]
    pub fn list(&self) -> Vec<&str> {
        match self {
            Self::One(one) => vec![one],
            Self::Many(many) => many.iter().map(String::as_str).collect(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleFile {
    summary: String,
    pattern: toml::Spanned<String>,
    #[serde(default)]
    modes: Vec<String>,
    #[serde(default)]
    contexts: Vec<String>,
    #[serde(default)]
    strength: Option<toml::Spanned<String>>,
    #[serde(default)]
    figure: Option<String>,
    #[serde(default)]
    facets: BTreeMap<String, toml::Spanned<String>>,
    #[serde(default)]
    performative: bool,
    #[serde(default)]
    recast: BTreeMap<String, String>,
    #[serde(default)]
    mutual: bool,
    #[serde(default)]
    beside: bool,
    #[serde(default, rename = "needs-content")]
    needs_content: bool,
    #[serde(default, rename = "needs-fact")]
    needs_fact: bool,
    #[serde(default, rename = "speaker-acts")]
    speaker_acts: bool,
    #[serde(default)]
    spoken: bool,
    #[serde(default)]
    around: bool,
    #[serde(default, rename = "negated-acts")]
    negated_acts: bool,
    #[serde(default)]
    relation: Option<toml::Spanned<String>>,
    #[serde(default, rename = "content-status")]
    content_status: Option<toml::Spanned<String>>,
    #[serde(default)]
    yes: Vec<ExampleEntry>,
    #[serde(default)]
    no: Vec<ExampleEntry>,
    #[serde(default)]
    gap: Vec<ExampleEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExampleEntry {
    text: toml::Spanned<String>,
    #[serde(default)]
    published: Option<toml::value::Datetime>,
    #[serde(default)]
    expect: Expectation,
    #[serde(default)]
    also: Vec<String>,
    #[serde(default)]
    because: Option<String>,
}

/// Facets and their fields (DESIGN section 3).
const FACETS: &[(&str, &[&str])] = &[
    ("talks", &["round", "format", "level", "venue", "agenda", "outcome", "stage", "agreement"]),
    ("commitment", &["what", "strength", "condition", "due"]),
    ("ceasefire", &["phase", "mutuality", "scope", "monitor", "guarantor"]),
    ("control", &["change", "area", "share"]),
    ("toll", &["side", "counting"]),
    ("access", &["permission", "by", "for", "good"]),
];

/// The phases of a ceasefire (DESIGN section 3), from the call for one to its end.
pub const CEASEFIRE_PHASES: &[&str] = &[
    "called for",
    "offered",
    "declared",
    "agreed",
    "in effect",
    "extended",
    "breach alleged",
    "breach confirmed",
    "breach accepted",
    "suspended",
    "ended",
    "expired",
    "refused",
    "not called for",
];

/// Relations between claims (DESIGN section 3).
const RELATIONS: &[&str] = &[
    "denies",
    "confirms",
    "corrects",
    "retracts",
    "updates",
    "repeats",
    "includes",
    "fulfils",
    "violates",
    "responds to",
    "contradicts",
];

/// The status with this spelling.
pub(super) fn status_named(name: &str) -> Option<Status> {
    use Status::{Attempted, Feared, Hypothetical, Imminent, Negated, Occurred, Ongoing, Planned, Unsaid};
    [Occurred, Ongoing, Attempted, Planned, Imminent, Feared, Hypothetical, Negated, Unsaid]
        .into_iter()
        .find(|status| status.as_str() == name)
}

/// What stands before the first example: all that coding needs, and less than half of the file.
fn before_examples(contents: &str) -> &str {
    let heads = ["\n[[yes]]", "\n[[no]]", "\n[[gap]]"];
    let end = heads.iter().filter_map(|head| contents.find(head)).min().unwrap_or(contents.len());
    &contents[..end]
}

pub(super) fn read(
    id: String,
    category: &str,
    state: bool,
    contents: &str,
    examples: Examples,
    faults: &mut Faults<'_>,
) -> Option<Rule> {
    let contents = if examples == Examples::Skip { before_examples(contents) } else { contents };
    let file: RuleFile = read_toml(contents, faults)?;
    let at = file.pattern.span().start;
    let opening = contents.get(at..).unwrap_or_default();
    // A multi-line string's content begins on the line after its quotation marks.
    let first_line = 1
        + contents[..at].matches('\n').count()
        + usize::from(opening.starts_with("\"\"\"\n") || opening.starts_with("'''\n"));
    let pattern = pattern::parse(file.pattern.get_ref(), first_line, faults);
    let strength = file.strength.and_then(|written| match written.get_ref().as_str() {
        "firm" => Some(Strength::Firm),
        "effort" => Some(Strength::Effort),
        "intention" => Some(Strength::Intention),
        other => {
            faults.at(written.span().start, other, "unknown strength", "firm, effort or intention");
            None
        }
    });
    let relation = file.relation.and_then(|written| {
        let known = RELATIONS.iter().find(|known| **known == written.get_ref()).copied();
        if known.is_none() {
            faults.at(written.span().start, written.get_ref(), "unknown relation", RELATIONS.join(", "));
        }
        known
    });
    let content_status = file.content_status.and_then(|written| {
        let known = status_named(written.get_ref());
        if known.is_none() {
            faults.at(written.span().start, written.get_ref(), "unknown status", "planned, hypothetical, negated, …");
        }
        known
    });
    let mut facets = Vec::new();
    for (key, value) in file.facets {
        let known = key.split_once('.').and_then(|(facet, field)| {
            let (facet, fields) = FACETS.iter().find(|(name, _)| *name == facet)?;
            Some((*facet, *fields.iter().find(|name| **name == field)?))
        });
        match known {
            Some(("ceasefire", "phase")) if !CEASEFIRE_PHASES.contains(&value.get_ref().as_str()) => {
                faults.at(value.span().start, value.get_ref(), "unknown phase", CEASEFIRE_PHASES.join(", "));
            }
            Some((facet, field)) => facets.push((facet, field, value.into_inner())),
            None => faults.at(value.span().start, &key, "unknown facet", "for example \"ceasefire.phase\""),
        }
    }
    let wanted = examples == Examples::Read;
    if wanted && file.yes.is_empty() {
        faults.on_line(1, "", "the rule has no example that must match", "[[yes]] with text and expect");
    }
    if wanted && file.no.is_empty() {
        faults.on_line(1, "", "the rule has no example that must not match", "[[no]] with text and because");
    }
    let mut examples = Vec::new();
    for (kind, entries) in [(ExampleKind::Yes, file.yes), (ExampleKind::No, file.no), (ExampleKind::Gap, file.gap)] {
        for entry in entries {
            if kind != ExampleKind::Yes && entry.because.is_none() {
                faults.at(
                    entry.text.span().start,
                    entry.text.get_ref(),
                    "an example that must not match needs its reason",
                    "because = \"…\"",
                );
            }
            let published = entry.published.map(|published| published.to_string());
            examples.push(Example {
                kind,
                text: entry.text.into_inner(),
                published,
                expect: entry.expect,
                also: entry.also,
                because: entry.because,
            });
        }
    }
    Some(Rule {
        id,
        category: if state { category.to_owned() } else { category.to_uppercase() },
        summary: file.summary,
        examples,
        state,
        triggers: pattern.triggers,
        lines: pattern.lines,
        modes: file.modes,
        contexts: file.contexts,
        strength,
        performative: file.performative,
        recast: file.recast,
        figure: file.figure,
        facets,
        mutual: file.mutual,
        beside: file.beside || file.around,
        needs_content: file.needs_content,
        needs_fact: file.needs_fact,
        speaker_acts: file.speaker_acts,
        spoken: file.spoken,
        around: file.around,
        negated_acts: file.negated_acts,
        relation,
        content_status,
    })
}
