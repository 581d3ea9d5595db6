//! What the language layer finds in a text beside its grammar: names, chains of reference, times, places, quantities
//! and statements. Each list is sorted by position; spans of one kind do not overlap unless said.

use crate::{TextSpan, TokenId, TokenSpan};
use jiff::civil::Date;

/// What a name is the name of.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum NameKind {
    /// A person, fictional or not.
    Person,
    /// An organization: government body, company, party, armed group, outlet.
    Organization,
    /// A place: country, town, region, river, building with a postal address.
    Location,
    /// A people, nationality or creed ("Kurds", "Afghan").
    Group,
    /// Anything else: an event, law, work or product.
    Other,
}

impl NameKind {
    /// As the public record spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organization => "organization",
            Self::Location => "location",
            Self::Group => "group",
            Self::Other => "other",
        }
    }
}

/// A proper name as written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The tokens, without title ("President") and article.
    pub span: TokenSpan,
    /// What it names.
    pub kind: NameKind,
}

/// Mentions that refer to the same thing, within one report.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Chain {
    /// The mentions in text order, at least two. Mentions of different chains may nest.
    pub mentions: Vec<TokenSpan>,
}

/// TIMEX3 type of a time expression.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimeKind {
    /// A calendar day or coarser.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A repeated time.
    Set,
}

impl TimeKind {
    /// As TIMEX3 spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Date => "DATE",
            Self::Time => "TIME",
            Self::Duration => "DURATION",
            Self::Set => "SET",
        }
    }
}

/// How the interval of a time was derived.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum TimeBasis {
    /// The expression is a full date.
    Stated,
    /// Read from the day of publication ("on Sunday").
    Publication,
    /// Read from another expression of the report ("two days later").
    Expression,
    /// Nothing in the text says it.
    NotStated,
}

impl TimeBasis {
    /// As the public record spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Publication => "publication",
            Self::Expression => "expression",
            Self::NotStated => "not stated",
        }
    }
}

/// A time expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Time {
    /// The tokens, after the TIMEX3 guidelines: with article, without preposition.
    pub span: TokenSpan,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value ("2021-07-18", "P2D", "XXXX-WXX-7").
    pub value: String,
    /// The first day that the expression covers, if it can be placed on the calendar.
    pub from: Option<Date>,
    /// The last day that the expression covers (inclusive).
    pub to: Option<Date>,
    /// How the interval was derived.
    pub basis: TimeBasis,
}

/// How finely a place is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum PlacePrecision {
    /// A town, village, quarter, building or other point.
    Point,
    /// A district or county.
    District,
    /// A province, state or other first-level division.
    Province,
    /// A country.
    Country,
    /// A larger region or one without fixed borders.
    Region,
    /// Named, but not found in the gazetteer.
    Unresolved,
}

impl PlacePrecision {
    /// As the public record spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Point => "point",
            Self::District => "district",
            Self::Province => "province",
            Self::Country => "country",
            Self::Region => "region",
            Self::Unresolved => "unresolved",
        }
    }
}

/// A mention of a place, resolved or left open.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The tokens of the name.
    pub span: TokenSpan,
    /// The gazetteer's name, or the words of the text where it is not resolved.
    pub name: String,
    /// Latitude and longitude in degrees (WGS 84), if resolved.
    pub coordinates: Option<(f64, f64)>,
    /// ISO 3166-1 alpha-3 code of the country, if known.
    pub country: Option<String>,
    /// Name of the first-level division, if known.
    pub admin1: Option<String>,
    /// GeoNames feature code ("PPLC", "ADM1", "PCLI"), if known.
    pub feature: Option<String>,
    /// How finely it is known.
    pub precision: PlacePrecision,
}

/// A number with what it counts.
#[derive(Clone, PartialEq, Debug)]
pub struct Quantity {
    /// The number's tokens with its bounds and unit: "at least 12", "about half", "$5 million".
    pub span: TokenSpan,
    /// The least value that the words allow.
    pub low: Option<f64>,
    /// The value as written.
    pub best: Option<f64>,
    /// The greatest value that the words allow.
    pub high: Option<f64>,
    /// Whether the words mark it as approximate ("about", "dozens").
    pub approximate: bool,
    /// Unit of measure or currency (ISO 4217), "percent", or `None` for a plain count.
    pub unit: Option<String>,
    /// The head of the noun phrase that is counted ("fighters" in "967 enemy fighters").
    pub counts: Option<TokenId>,
    /// The quantity (index into [`crate::Document::quantities`]) of which this is a part ("half of the 400", "two of them").
    pub subset_of: Option<usize>,
}

/// In what way a content is put forward.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Manner {
    /// Said or written: the speaker vouches for the content.
    Said,
    /// Believed, estimated, expected: the speaker holds it likely.
    Believed,
    /// Feared or warned of.
    Feared,
    /// Denied: the speaker vouches for the contrary.
    Denied,
    /// Alleged, claimed or accused: put forward against someone, or doubted by the reporter.
    Alleged,
    /// Asked, ordered, demanded: the content is wanted, not asserted.
    Asked,
    /// Promised, agreed, planned: the content lies ahead.
    Promised,
}

impl Manner {
    /// As the public record spells it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Said => "said",
            Self::Believed => "believed",
            Self::Feared => "feared",
            Self::Denied => "denied",
            Self::Alleged => "alleged",
            Self::Asked => "asked",
            Self::Promised => "promised",
        }
    }
}

/// Someone says something.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The speaker's phrase; more than one for a joint statement, none for "it is believed".
    pub speakers: Vec<TokenSpan>,
    /// The head token of each speaker's phrase, in the same order.
    pub speaker_heads: Vec<TokenId>,
    /// The words that mark the statement ("said", "according to"), without the speaker; may be in several parts.
    pub cue: Vec<TokenSpan>,
    /// What is said, in one part or several, quotation marks included.
    pub content: Vec<TokenSpan>,
    /// To whom it is said.
    pub addressee: Option<TokenSpan>,
    /// In what way it is put forward.
    pub manner: Manner,
    /// Whether any of the content stands in quotation marks.
    pub quoted: bool,
    /// The statement (index into [`crate::Document::statements`]) inside whose content this one stands.
    pub within: Option<usize>,
}

/// A remark on a document by the stage that made it, bound to a span.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Note {
    /// Where.
    pub span: TextSpan,
    /// What.
    pub text: String,
}
