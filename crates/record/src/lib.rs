//! The public record, schema `chancery/1`: one [`Record`] a report.
//!
//! Types only, with reading and writing by serde: `engine` makes records, `ledger` keeps them, and what leaves the program
//! or comes back has this shape.
//!
//! Every key is always present: null where the value is not known, an empty list where there is nothing. Offsets are
//! Unicode code points of the stored text, end exclusive. References are ids within the record.
//! A key may be added without a new schema number; none is renamed, removed or given another meaning.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// One of a few fixed words.
pub type Label = Cow<'static, str>;

/// The name of the schema, in every record.
pub const SCHEMA: &str = "chancery/1";

/// From the first code point to one past the last, as a pair.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Span(pub u32, pub u32);

/// Everything that was read in one report.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
#[schemars(title = "chancery/1")]
pub struct Record {
    /// Always `chancery/1`.
    pub schema: Label,
    /// What read it.
    pub run: Run,
    /// What was read.
    pub report: Report,
    /// The sentences in order; they do not overlap.
    pub sentences: Vec<Sentence>,
    /// Proper names in order.
    pub names: Vec<Name>,
    /// Mentions that refer to the same thing.
    pub chains: Vec<Chain>,
    /// Time expressions in order.
    pub times: Vec<Time>,
    /// Places in order.
    pub places: Vec<Place>,
    /// Numbers with what they count, in order.
    pub quantities: Vec<Quantity>,
    /// Who says what.
    pub statements: Vec<Statement>,
    /// What the report says happened, holds, or will.
    pub claims: Vec<Claim>,
}

/// The program, models and codebook of one pass of coding. The same three give the same record.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Version of the program.
    pub program: String,
    /// SHA-256 of the models, in hexadecimal.
    pub models: String,
    /// SHA-256 of the codebook, in hexadecimal.
    pub codebook: String,
}

/// One text as it was received.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Unique among the inputs of a run: the input's own id, its URL, or the name of its file.
    pub id: String,
    /// The headline.
    pub title: Option<String>,
    /// Where the headline stands in the stored text.
    pub title_span: Option<Span>,
    /// The day of publication (ISO 8601).
    pub published: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// BCP 47 tag of its language.
    pub language: Option<String>,
    /// SHA-256 of the stored text in UTF-8, in hexadecimal.
    pub sha256: String,
    /// Length of the stored text in code points.
    pub length: u32,
    /// The code point at which the body begins.
    pub body_start: u32,
    /// Remarks on how the text was received.
    pub notes: Vec<String>,
    /// The stored text itself, if it was asked for.
    pub text: Option<String>,
}

/// One sentence.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Sentence {
    /// `s1`, `s2`, …
    pub id: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
}

/// A proper name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Name {
    /// `n1`, `n2`, …
    pub id: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The exact words.
    pub text: String,
    /// `person`, `organization`, `location`, `group` or `other`.
    pub kind: Label,
    /// The codebook's actor that it names.
    pub actor: Option<String>,
}

/// Mentions that refer to the same thing, within the report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Chain {
    /// `r1`, `r2`, …
    pub id: String,
    /// The mentions in text order, at least two.
    pub mentions: Vec<Span>,
    /// The codebook's actor that they refer to.
    pub actor: Option<String>,
}

/// A time expression.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Time {
    /// `t1`, `t2`, …
    pub id: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The exact words.
    pub text: String,
    /// `DATE`, `TIME`, `DURATION` or `SET`, as in TIMEX3.
    #[serde(rename = "type")]
    pub kind: Label,
    /// TIMEX3 value.
    pub value: String,
    /// First day covered (ISO 8601).
    pub from: Option<String>,
    /// Last day covered, inclusive.
    pub to: Option<String>,
    /// From what the interval was read: `stated`, `publication`, `expression` or `not stated`.
    pub derived: Label,
}

/// A mention of a place.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Place {
    /// `p1`, `p2`, …
    pub id: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The exact words.
    pub text: String,
    /// The gazetteer's name, or the words of the text where it is not resolved.
    pub name: String,
    /// Degrees north (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east (WGS 84).
    pub lon: Option<f64>,
    /// ISO 3166-1 alpha-3 code.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// GeoNames feature code.
    pub feature: Option<String>,
    /// `point`, `district`, `province`, `country`, `region` or `unresolved`.
    pub precision: Label,
}

/// A number with what it counts.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Quantity {
    /// `q1`, `q2`, …
    pub id: String,
    /// First code point.
    pub start: u32,
    /// One past the last code point.
    pub end: u32,
    /// The exact words.
    pub text: String,
    /// The least value that the words allow.
    pub low: Option<f64>,
    /// The value as written.
    pub best: Option<f64>,
    /// The greatest value that the words allow.
    pub high: Option<f64>,
    /// Whether the words mark it as approximate.
    pub approximate: bool,
    /// Unit of measure, ISO 4217 currency or `percent`; null for a plain count.
    pub unit: Option<String>,
    /// What is counted.
    pub counts: Option<Words>,
    /// The quantity of which this is a part.
    pub subset_of: Option<String>,
}

/// Words of the report with where they stand; more than one span where they come apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Words {
    /// Where.
    pub spans: Vec<Span>,
    /// The exact words; parts are joined by " … ".
    pub text: String,
}

/// Someone says something.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Statement {
    /// `a1`, `a2`, …
    pub id: String,
    /// Who says it; without spans if nobody is named ("it is believed").
    pub speaker: Speaker,
    /// The words that mark it.
    pub cue: Words,
    /// What is said.
    pub content: Words,
    /// To whom.
    pub addressee: Option<Words>,
    /// `said`, `believed`, `feared`, `denied`, `alleged`, `asked` or `promised`.
    pub manner: Label,
    /// Whether any of it stands in quotation marks.
    pub quoted: bool,
    /// The statement inside whose content this one stands.
    pub within: Option<String>,
}

/// The speaker of a statement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Speaker {
    /// The phrases; more than one for a joint statement.
    pub spans: Vec<Span>,
    /// The exact words; phrases are joined by " … ".
    pub text: String,
    /// The codebook's actor of the first phrase.
    pub actor: Option<String>,
    /// The name by which a reader knows the speaker.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code, or PLOVER's code for what is not of one country.
    pub country: Option<String>,
    /// PLOVER's sector codes, primary first.
    pub sectors: Vec<String>,
    /// How the speaker knows: own act, witness, document, hearsay, unnamed.
    pub basis: Option<String>,
    /// The speaker's part in the matter: party, mediator, monitor, press.
    pub stake: Option<String>,
}

/// One thing that the report says happened, holds, or will.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Claim {
    /// Depends on report, category and spans alone, so that another run can be matched.
    pub id: String,
    /// `event` or `state`.
    pub kind: Label,
    /// PLOVER category in capitals, or the predicate of a state claim in small letters.
    pub category: String,
    /// PLOVER's modes, sorted.
    pub modes: Vec<String>,
    /// PLOVER's contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code; lossy.
    pub cameo: Option<String>,
    /// The sentence of the predicate.
    pub sentence: Option<String>,
    /// The words that the claim hangs on.
    pub predicate: Words,
    /// Dictionary form of the word that the rule was tried on.
    #[serde(default)]
    pub lemma: String,
    /// Its part of speech (UPOS).
    #[serde(default)]
    pub tag: String,
    /// Who did it; all parties of a mutual act.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// `one-sided`, `two-sided` or `unclear`, of violence.
    pub direction: Option<Label>,
    /// `civilian`, `combatant`, `mixed` or `unknown`, of violence.
    pub target: Option<Label>,
    /// The thing hit.
    pub object: Option<Words>,
    /// How many happenings it covers.
    pub granularity: Granularity,
    /// When.
    pub when: Option<When>,
    /// Where, with the role of each place.
    #[serde(rename = "where")]
    pub places: Vec<PlaceRole>,
    /// Figures, with the role of each.
    pub quantities: Vec<QuantityRole>,
    /// `occurred`, `ongoing`, `attempted`, `planned`, `imminent`, `feared`, `hypothetical`, `negated` or `unsaid`.
    pub status: Label,
    /// From -3 (certainly did not happen) to 3 (certainly did).
    pub factuality: f64,
    /// Whether it is told as history.
    pub background: bool,
    /// The statements it rests on, innermost first; empty in the outlet's own voice.
    pub according_to: Vec<String>,
    /// Claims nested in this one: what is promised, asked, threatened or alleged.
    pub content: Vec<String>,
    /// Whether this claim is the content of another.
    pub nested: bool,
    /// `firm`, `effort` or `intention`, of an act of speech.
    pub strength: Option<Label>,
    /// Relations to other claims of the report.
    pub relations: Vec<Relationship>,
    /// Talks, commitment, ceasefire, control, toll, access: one entry a field.
    pub facets: Vec<Facet>,
    /// For each field the words that justify it and the rule that read them.
    pub evidence: Vec<Evidence>,
    /// The rule that found the claim.
    pub rule: String,
    /// From 0 to 1.
    pub confidence: f64,
}

/// A filler of an actor or recipient slot.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Participant {
    /// The phrase.
    pub spans: Vec<Span>,
    /// Its exact words.
    pub text: String,
    /// Its head.
    pub head: Words,
    /// The codebook's actor.
    pub actor: Option<String>,
    /// The name by which a reader knows it.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 code, or PLOVER's code for what is not of one country.
    pub country: Option<String>,
    /// PLOVER's sector codes, primary first.
    pub sectors: Vec<String>,
    /// The role held ("counterterrorism envoy").
    pub role: Option<String>,
    /// Part played in talks.
    pub part: Option<Label>,
    /// Whether it is inferred rather than stated here.
    pub inferred: bool,
    /// The words that decided who it is, where they stand outside the phrase.
    pub antecedent: Option<Words>,
}

/// How many happenings a claim covers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Granularity {
    /// `single`, `campaign`, `aggregate` or `habitual`.
    pub kind: Label,
    /// The quantity that counts them.
    pub events: Option<String>,
    /// The time expression that bounds them.
    pub period: Option<String>,
}

/// When a claim's content lies.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct When {
    /// The time expression.
    pub time: Option<String>,
    /// Its exact words.
    pub text: Option<String>,
    /// First day (ISO 8601).
    pub from: Option<String>,
    /// Last day, inclusive.
    pub to: Option<String>,
    /// Whether it lasts throughout the interval rather than lying at a point in it.
    pub throughout: bool,
    /// `before`, `after`, `since`, `until` or `by`.
    pub bound: Option<Label>,
    /// `day`, `week`, `month`, `year`, `interval` or `unknown`.
    pub precision: Label,
    /// `syntax`, `narrative`, `publication` or `not stated`.
    pub derived: Label,
}

/// A place with its role in a claim.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct PlaceRole {
    /// Which place.
    pub place: String,
    /// Its name.
    pub name: String,
    /// `event`, `venue`, `origin`, `destination` or `route`.
    pub role: Label,
    /// Whether it is inferred rather than stated with the event.
    pub inferred: bool,
}

/// A figure with its role in a claim.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct QuantityRole {
    /// Which quantity.
    pub quantity: String,
    /// `events`, `killed`, `wounded`, `arrested`, `amount`, `area`, …
    pub role: String,
}

/// A relation to another claim of the report.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Relationship {
    /// `denies`, `confirms`, `corrects`, `repeats`, `contradicts`, `responds to`, `includes`, `violates`, `fulfils`, …
    pub kind: Label,
    /// The other claim.
    pub claim: String,
}

/// One value of a facet.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Facet {
    /// `talks`, `commitment`, `ceasefire`, `control`, `toll` or `access`.
    pub facet: Label,
    /// The field within the facet.
    pub field: Label,
    /// Its value.
    pub value: String,
}

/// Why a field is as it is.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// The field of the claim.
    pub field: Label,
    /// The words.
    pub spans: Vec<Span>,
    /// The rule or finder that read them.
    pub rule: String,
}

/// The JSON Schema (draft 2020-12) of [`Record`], as it is written.
#[must_use]
pub fn json_schema() -> serde_json::Value {
    let generator = schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator();
    generator.into_root_schema_for::<Record>().to_value()
}
