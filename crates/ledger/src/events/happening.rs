//! What the linking sees of a claim. Everything but the predicate's head may be missing, and often is.

use super::Day;

/// One claim, as the linking sees it.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Happening {
    /// The words that tell it.
    pub predicate: Predicate,
    /// PLOVER category or state predicate, where a rule gave one.
    pub category: Option<String>,
    /// Who did it.
    pub actors: Vec<Party>,
    /// To whom.
    pub recipients: Vec<Party>,
    /// Where it happened, finest first.
    pub places: Vec<Place>,
    /// First and last day between which it lies.
    pub days: Option<(Day, Day)>,
    /// Figures told with it.
    pub figures: Vec<Figure>,
    /// Whether it happened.
    pub status: Status,
    /// One happening, or several told together.
    pub granularity: Granularity,
    /// What is nested in it, promised or denied: categories with their modes.
    pub contents: Vec<String>,
    /// The content words of its sentence, in small letters.
    pub words: Vec<String>,
    /// Which sentence of its report.
    pub sentence: u32,
}

/// The words that tell a happening.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Predicate {
    /// Lemma of the head, in small letters.
    pub head: String,
    /// Lemmas of the other words of the predicate, in small letters: particles, light verbs, parts of a compound.
    pub others: Vec<String>,
    /// Whether the head is a noun.
    pub noun: bool,
}

/// An actor or recipient.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Party {
    /// Id in the codebook's actor files.
    pub actor: Option<String>,
    /// Words of the fullest name in the report, or the head of the phrase where there is no name; in small letters.
    pub words: Vec<String>,
    /// Content words of the phrase, in small letters.
    pub phrase: Vec<String>,
    /// Whether `words` are a name.
    pub named: bool,
    /// ISO 3166-1 alpha-3 or PLOVER's code.
    pub country: Option<String>,
}

/// A place.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Place {
    /// Name in the gazetteer.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<String>,
    /// First-level division.
    pub admin1: Option<String>,
    /// Latitude and longitude, where it is a point rather than a province or country.
    pub point: Option<(f64, f64)>,
}

/// A figure with its role.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Figure {
    /// "killed", "wounded", …, or what is counted.
    pub role: String,
    /// The number, or the best of a range.
    pub value: f64,
}

/// Whether it happened, as far as linking goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Status {
    /// It happened, goes on, or was tried: occurred, ongoing, attempted.
    #[default]
    Happened,
    /// It is planned, about to happen, feared, called for or supposed.
    Ahead,
    /// It did not happen, says the claim.
    Denied,
    /// The claim only says that it was not mentioned.
    Unsaid,
}

/// One happening, or several told together.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Granularity {
    /// One.
    #[default]
    Single,
    /// A campaign, a sum or a habit: never one event with single happenings.
    Several,
}
