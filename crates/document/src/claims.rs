//! Claims: what a report says happened, holds, or will. DESIGN section 3 of the project gives the meaning of each field.

use crate::{PlaceId, QuantityId, StatementId, TextSpan, TimeId, TokenId, TokenSpan};
use jiff::civil::Date;

/// One thing that a report says happened (event claim) or holds (state claim).
#[derive(Clone, PartialEq, Debug)]
pub struct Claim {
    /// Event or state.
    pub kind: ClaimKind,
    /// PLOVER category in capitals (AGREE … ASSAULT), or the predicate of a state claim in small letters (control …).
    pub category: String,
    /// PLOVER modes, sorted.
    pub modes: Vec<String>,
    /// PLOVER contexts, sorted.
    pub contexts: Vec<String>,
    /// CAMEO code; lossy.
    pub cameo: Option<String>,
    /// The word that the claim hangs on.
    pub trigger: TokenId,
    /// The trigger with its particle and light verb.
    pub predicate: Vec<TokenSpan>,
    /// Who did it; all parties of a mutual act.
    pub actors: Vec<Participant>,
    /// To whom.
    pub recipients: Vec<Participant>,
    /// One-sided or two-sided violence.
    pub direction: Option<Direction>,
    /// Who or what violence hit.
    pub target: Option<Target>,
    /// The object hit, if it is a thing.
    pub object: Option<TokenSpan>,
    /// Single event, campaign, aggregate, or habit.
    pub granularity: Granularity,
    /// When it happened, will, or held.
    pub when: Option<When>,
    /// Where, with the role of each place.
    pub places: Vec<PlaceRef>,
    /// Figures that belong to it.
    pub quantities: Vec<QuantityRef>,
    /// Whether it happened.
    pub status: Status,
    /// The same as a number from -3 (certainly did not happen) to 3 (certainly did), by the innermost speaker.
    pub factuality: f64,
    /// Whether it is told as history.
    pub background: bool,
    /// The chain of statements that it rests on, innermost first; empty in the outlet's own voice.
    pub according_to: Vec<StatementId>,
    /// Claims nested in this one: what is promised, asked, threatened, alleged.
    pub content: Vec<usize>,
    /// Whether this claim is the content of another.
    pub nested: bool,
    /// How firmly an act of speech binds.
    pub strength: Option<Strength>,
    /// Relations to other claims of the report.
    pub relations: Vec<Relationship>,
    /// Facets where they apply.
    pub facets: Vec<Facet>,
    /// For each field, the spans that justify it and the rule that read them.
    pub evidence: Vec<Evidence>,
    /// The rule that found it.
    pub rule: String,
    /// 0 to 1.
    pub confidence: f64,
}

/// Event or state.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ClaimKind {
    /// Something happens.
    Event,
    /// Something holds.
    State,
}

/// A filler of an actor or recipient slot.
#[derive(Clone, PartialEq, Debug)]
pub struct Participant {
    /// The phrase.
    pub span: TokenSpan,
    /// Its head.
    pub head: TokenId,
    /// What it refers to.
    pub actor: ActorRef,
    /// Part played in talks.
    pub part: Option<&'static str>,
    /// Whether the participant is inferred rather than stated at this place.
    pub inferred: bool,
}

/// What an actor phrase was resolved to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ActorRef {
    /// Id in the codebook's actor files, if the phrase names or refers to one.
    pub id: Option<String>,
    /// The name by which a reader knows it: the codebook's, or the fullest name in the report.
    pub name: Option<String>,
    /// ISO 3166-1 alpha-3 or PLOVER's codes for what is not of one country (UNO, EUR, IGO, NGO, IMG).
    pub country: Option<String>,
    /// PLOVER sector codes, primary first.
    pub sectors: Vec<String>,
    /// The role held ("counterterrorism envoy").
    pub role: Option<String>,
    /// Where the words stand that decided, when they lie outside the phrase (an antecedent).
    pub antecedent: Option<TokenSpan>,
}

/// One-sided or two-sided violence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Direction {
    /// One side uses force on another.
    OneSided,
    /// Both sides do.
    TwoSided,
    /// The text does not say.
    Unclear,
}

/// Who is hit by violence.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// Civilians.
    Civilian,
    /// Fighters, soldiers, armed police.
    Combatant,
    /// Both.
    Mixed,
    /// The text does not say.
    Unknown,
}

/// How many happenings a claim covers.
#[derive(Clone, PartialEq, Debug)]
pub struct Granularity {
    /// Which kind.
    pub kind: GranularityKind,
    /// The number of events, if stated.
    pub events: Option<QuantityId>,
    /// The period covered, if stated.
    pub period: Option<TimeId>,
}

/// Single event, campaign, aggregate, or habit.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum GranularityKind {
    /// One happening.
    Single,
    /// A series held together by a purpose, not counted ("a series of attacks").
    Campaign,
    /// A sum of happenings; never enters daily counts.
    Aggregate,
    /// Repeated ("intermittently", "often").
    Habitual,
}

/// When a claim's content lies.
#[derive(Clone, PartialEq, Debug)]
pub struct When {
    /// The expression it is read from, if any.
    pub time: Option<TimeId>,
    /// First day, inclusive.
    pub from: Option<Date>,
    /// Last day, inclusive.
    pub to: Option<Date>,
    /// Whether it lasts throughout the interval rather than lying at a point in it.
    pub throughout: bool,
    /// "before", "after", "since", "until", "by": how the interval bounds the event.
    pub bound: Option<&'static str>,
    /// "day", "week", "month", "year", "interval", "unknown".
    pub precision: &'static str,
    /// "syntax", "narrative", "publication", "not stated".
    pub derived: &'static str,
}

/// A place with the role it plays in a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct PlaceRef {
    /// Which place of the document.
    pub place: PlaceId,
    /// "event", "venue", "origin", "destination", "route".
    pub role: &'static str,
    /// Whether it is inferred rather than stated with the event.
    pub inferred: bool,
}

/// A figure with the role it plays in a claim.
#[derive(Clone, PartialEq, Debug)]
pub struct QuantityRef {
    /// Which quantity of the document.
    pub quantity: QuantityId,
    /// "events", "killed", "wounded", "arrested", "amount", "area", … as the facets use it.
    pub role: String,
}

/// Whether it happened, by the innermost speaker who vouches for it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Status {
    /// It happened, or holds.
    Occurred,
    /// It is going on.
    Ongoing,
    /// Tried without success.
    Attempted,
    /// Intended or scheduled.
    Planned,
    /// About to happen.
    Imminent,
    /// Feared, expected, predicted.
    Feared,
    /// Possible, conditional, asked about.
    Hypothetical,
    /// Did not happen.
    Negated,
    /// Was not mentioned.
    Unsaid,
}

impl Status {
    /// As the public record spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Occurred => "occurred",
            Self::Ongoing => "ongoing",
            Self::Attempted => "attempted",
            Self::Planned => "planned",
            Self::Imminent => "imminent",
            Self::Feared => "feared",
            Self::Hypothetical => "hypothetical",
            Self::Negated => "negated",
            Self::Unsaid => "unsaid",
        }
    }
}

/// How firmly an act of speech binds its speaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Strength {
    /// "will", "agreed to", "pledged".
    Firm,
    /// "work to", "seek to", "try to".
    Effort,
    /// "plan to", "hope to", "are considering".
    Intention,
}

/// A relation from one claim to another of the same report.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Relationship {
    /// "denies", "confirms", "corrects", "repeats", "contradicts", "responds to", "includes", "violates", "fulfils".
    pub kind: &'static str,
    /// The other claim's index.
    pub claim: usize,
}

/// One facet value: `talks.format = direct`, with its evidence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facet {
    /// "talks", "commitment", "ceasefire", "control", "toll", "access".
    pub facet: &'static str,
    /// The field within the facet.
    pub field: &'static str,
    /// Its value.
    pub value: String,
}

/// Why a field is as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Evidence {
    /// The field of the public record ("actors", "status").
    pub field: &'static str,
    /// The words.
    pub spans: Vec<TextSpan>,
    /// The rule or finder that read them.
    pub rule: String,
}
