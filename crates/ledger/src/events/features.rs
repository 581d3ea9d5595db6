//! What two claims have in common and where they contradict each other, as numbers. What either claim does not say is
//! 0 in every feature: absence is neutral.

use super::happening::{Figure, Happening, Party, Place, Predicate};
use super::{Day, Lexicon, Nearness};

/// The features; `weights.txt` has a line for each, under the name of `Feature::name`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each name is explained beside its weight in weights.txt")]
pub enum Feature {
    Base,
    SameLemma,
    SameRoot,
    SameFamily,
    InsidePredicate,
    Rare,
    Light,
    OthersShared,
    OthersDiffer,
    NounAndVerb,
    SameCategory,
    CategoryDiffers,
    SameReport,
    SentencesApart,
    ReportWords,
    ReportNames,
    ReportDays,
    ActorShared,
    ActorDiffers,
    RecipientShared,
    RecipientDiffers,
    Crossed,
    PartiesDiffer,
    SpeechAlone,
    ToldElsewhere,
    SameSentence,
    SameSentenceWords,
    OtherSentenceWords,
    SameReportWords,
    ReportFigures,
    PlaceShared,
    PlaceDiffers,
    DayShared,
    DayDiffers,
    FigureShared,
}

impl Feature {
    /// All features, in the order of their numbers.
    pub const ALL: [(Self, &'static str); 35] = [
        (Self::Base, "base"),
        (Self::SameLemma, "same-lemma"),
        (Self::SameRoot, "same-root"),
        (Self::SameFamily, "same-family"),
        (Self::InsidePredicate, "inside-predicate"),
        (Self::Rare, "rare"),
        (Self::Light, "light"),
        (Self::OthersShared, "others-shared"),
        (Self::OthersDiffer, "others-differ"),
        (Self::NounAndVerb, "noun-and-verb"),
        (Self::SameCategory, "same-category"),
        (Self::CategoryDiffers, "category-differs"),
        (Self::SameReport, "same-report"),
        (Self::SentencesApart, "sentences-apart"),
        (Self::ReportWords, "report-words"),
        (Self::ReportNames, "report-names"),
        (Self::ReportDays, "report-days"),
        (Self::ActorShared, "actor-shared"),
        (Self::ActorDiffers, "actor-differs"),
        (Self::RecipientShared, "recipient-shared"),
        (Self::RecipientDiffers, "recipient-differs"),
        (Self::Crossed, "crossed"),
        (Self::PartiesDiffer, "parties-differ"),
        (Self::SpeechAlone, "speech-alone"),
        (Self::ToldElsewhere, "told-elsewhere"),
        (Self::SameSentence, "same-sentence"),
        (Self::SameSentenceWords, "same-sentence-words"),
        (Self::OtherSentenceWords, "other-sentence-words"),
        (Self::SameReportWords, "same-report-words"),
        (Self::ReportFigures, "report-figures"),
        (Self::PlaceShared, "place-shared"),
        (Self::PlaceDiffers, "place-differs"),
        (Self::DayShared, "day-shared"),
        (Self::DayDiffers, "day-differs"),
        (Self::FigureShared, "figure-shared"),
    ];
}

/// The values of all features.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Features(pub [f32; Feature::ALL.len()]);

impl Features {
    pub(super) fn set(&mut self, feature: Feature, value: f32) {
        self.0[feature as usize] = value;
    }

    /// The value of one feature.
    #[must_use]
    pub fn get(&self, feature: Feature) -> f32 {
        self.0[feature as usize]
    }
}

/// How two lists of parties stand to each other: the name or word they share and how much it says (0 to 1), or that
/// both are named and nothing is shared.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Parties<'a> {
    Unknown,
    Shared(&'a str, f32),
    Differ,
}

/// How places stand to each other.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Places<'a> {
    Unknown,
    /// The place, and how much it says.
    Shared(&'a str, f32),
    Differ(&'a str, &'a str),
}

/// A comparison with what it found, for the reasons.
#[derive(Clone, Debug)]
pub(super) struct Comparison<'a> {
    pub(super) features: Features,
    pub(super) actors: Parties<'a>,
    pub(super) recipients: Parties<'a>,
    pub(super) crossed: Parties<'a>,
    pub(super) places: Places<'a>,
    /// Days between the two, 0 where they overlap.
    pub(super) days: Option<u32>,
    /// Figures of one role.
    pub(super) figures: Vec<(&'a Figure, &'a Figure)>,
    pub(super) words: Vec<&'a str>,
}

/// Compares two claims whose reports stand to each other as `nearness` says.
pub(super) fn compare<'a>(
    lexicon: &Lexicon,
    one: &'a Happening,
    other: &'a Happening,
    nearness: &Nearness,
) -> Comparison<'a> {
    let mut features = Features([0.0; Feature::ALL.len()]);
    features.set(Feature::Base, 1.0);
    predicates(lexicon, &one.predicate, &other.predicate, &mut features);
    if let Some((first, second)) = one.category.as_ref().zip(other.category.as_ref()) {
        features.set(if first == second { Feature::SameCategory } else { Feature::CategoryDiffers }, 1.0);
    }
    if nearness.same {
        features.set(Feature::SameReport, 1.0);
        features.set(Feature::SameSentence, f32::from(u8::from(one.sentence == other.sentence)));
        features.set(Feature::SentencesApart, (one.sentence.abs_diff(other.sentence) as f32 / 10.0).min(1.0));
    } else {
        features.set(Feature::ReportWords, (nearness.words + 0.03).ln() - 0.25_f32.ln());
        features.set(Feature::ReportNames, nearness.names.map_or(0.0, |names| (names + 0.05).ln() - 0.3_f32.ln()));
        let figures = nearness.figures.map_or(0.0, |figures| (figures + 0.1).ln() - 0.2_f32.ln());
        features.set(Feature::ReportFigures, figures);
        features.set(Feature::ReportDays, nearness.days.map_or(0.0, |days| (days as f32 / 30.0).min(1.0)));
    }
    let actors = parties(lexicon, &one.actors, &other.actors);
    let recipients = parties(lexicon, &one.recipients, &other.recipients);
    let crossed =
        match (parties(lexicon, &one.actors, &other.recipients), parties(lexicon, &one.recipients, &other.actors)) {
            (Parties::Shared(word, value), Parties::Shared(second, other_value)) => {
                // The higher counts, and of equal ones the first by spelling, so that the order of the claims is nothing.
                let first = (value, std::cmp::Reverse(word)) > (other_value, std::cmp::Reverse(second));
                if first { Parties::Shared(word, value) } else { Parties::Shared(second, other_value) }
            }
            (Parties::Shared(word, value), _) | (_, Parties::Shared(word, value)) => Parties::Shared(word, value),
            _ => Parties::Unknown,
        };
    let aligned = matches!(actors, Parties::Shared(..)) || matches!(recipients, Parties::Shared(..));
    for (found, shared, differs) in [
        (actors, Feature::ActorShared, Feature::ActorDiffers),
        (recipients, Feature::RecipientShared, Feature::RecipientDiffers),
    ] {
        match found {
            Parties::Shared(_, value) => features.set(shared, value),
            Parties::Differ => features.set(differs, 1.0),
            Parties::Unknown => {}
        }
    }
    if let (false, Parties::Shared(_, value)) = (aligned, crossed) {
        features.set(Feature::Crossed, value);
    }
    if parties_differ(one, other) {
        features.set(Feature::PartiesDiffer, 1.0);
    }
    let speech = lexicon.is_speech(&one.predicate.head) && lexicon.is_speech(&other.predicate.head);
    if speech && !matches!(actors, Parties::Shared(..)) {
        features.set(Feature::SpeechAlone, 1.0);
    }
    let places = places(&one.places, &other.places);
    match places {
        Places::Shared(_, value) => features.set(Feature::PlaceShared, value),
        Places::Differ(..) => features.set(Feature::PlaceDiffers, 1.0),
        Places::Unknown => {}
    }
    let days = days_apart(one.days, other.days);
    match days {
        Some(0) => features.set(Feature::DayShared, 1.0),
        Some(days) => features.set(Feature::DayDiffers, (days as f32 / 3.0).min(1.0)),
        None => {}
    }
    let figures = figures(lexicon, &one.figures, &other.figures);
    let equal = figures.iter().filter(|(first, second)| first.value == second.value);
    features.set(
        Feature::FigureShared,
        equal.map(|(first, _)| if first.value >= 5.0 { 1.0 } else { 0.4 }).fold(0.0, f32::max),
    );
    let same = features.get(Feature::SameLemma) + features.get(Feature::SameRoot) > 0.0;
    let (sentence, words) = sentences(lexicon, one, other);
    features.set(if same { Feature::SameSentenceWords } else { Feature::OtherSentenceWords }, sentence);
    if same {
        features.set(Feature::SameReportWords, features.get(Feature::ReportWords));
    } else if told_elsewhere(lexicon, one, other) || told_elsewhere(lexicon, other, one) {
        features.set(Feature::ToldElsewhere, 1.0);
    }
    Comparison { features, actors, recipients, crossed, places, days, figures, words }
}

fn predicates(lexicon: &Lexicon, one: &Predicate, other: &Predicate, features: &mut Features) {
    let (first, second) = (lexicon.root(&one.head), lexicon.root(&other.head));
    let inside = |outer: &Predicate, root: &str| outer.others.iter().any(|word| lexicon.root(word) == root);
    let same = first == second;
    if one.head == other.head {
        features.set(Feature::SameLemma, 1.0);
    } else if same {
        features.set(Feature::SameRoot, 1.0);
    } else if lexicon.families(first).iter().any(|family| lexicon.families(second).contains(family)) {
        features.set(Feature::SameFamily, 1.0);
    } else if inside(one, second) || inside(other, first) {
        features.set(Feature::InsidePredicate, 1.0);
    }
    if same {
        let rarity = lexicon.rarity(&one.head).max(lexicon.rarity(&other.head)) / lexicon.highest();
        features.set(Feature::Rare, rarity);
        features.set(Feature::Light, f32::from(u8::from(lexicon.is_light(&one.head) || lexicon.is_light(&other.head))));
        if !one.others.is_empty() && !other.others.is_empty() {
            let shared = one.others.iter().any(|word| other.others.contains(word));
            features.set(if shared { Feature::OthersShared } else { Feature::OthersDiffer }, 1.0);
        }
    }
    if one.noun != other.noun {
        features.set(Feature::NounAndVerb, 1.0);
    }
}

/// How two lists of parties stand to each other, the same whichever comes first.
fn parties<'a>(lexicon: &Lexicon, ones: &'a [Party], others: &'a [Party]) -> Parties<'a> {
    let mut best: Option<(f32, &str)> = None;
    let mut consider = |value: f32, word: &'a str| {
        if best.is_none_or(|(old, old_word)| value > old || (value == old && word < old_word)) {
            best = Some((value, word));
        }
    };
    for one in ones {
        for other in others {
            if let Some(actor) = one.actor.as_ref().filter(|actor| other.actor.as_ref() == Some(*actor)) {
                consider(1.0, actor);
            }
            for word in one.words.iter().filter(|word| other.words.contains(word)) {
                consider((lexicon.rarity(word) / lexicon.highest()).min(1.0), word);
            }
        }
    }
    if let Some((value, word)) = best {
        return Parties::Shared(word, value);
    }
    let named = |party: &Party| party.named || party.actor.is_some();
    if ones.iter().any(named) && others.iter().any(named) { Parties::Differ } else { Parties::Unknown }
}

/// Whether both claims name parties and no word of their phrases is shared, in whatever part.
fn parties_differ(one: &Happening, other: &Happening) -> bool {
    let mut ones = one.actors.iter().chain(&one.recipients).peekable();
    let others = || other.actors.iter().chain(&other.recipients);
    ones.peek().is_some() && others().next().is_some() && !ones.any(|first| others().any(|second| meet(first, second)))
}

/// Whether two parties share an actor of the codebook or a word of name or phrase.
fn meet(one: &Party, other: &Party) -> bool {
    let has = |word| other.words.contains(word) || other.phrase.contains(word);
    (one.actor.is_some() && one.actor == other.actor) || one.words.iter().chain(&one.phrase).any(has)
}

/// Whether the sentence of `other` has a word of the root of `one` beside its own predicate: then that word is likelier
/// to tell of what `one` tells.
fn told_elsewhere(lexicon: &Lexicon, one: &Happening, other: &Happening) -> bool {
    let root = lexicon.root(&one.predicate.head);
    root != lexicon.root(&other.predicate.head)
        && other.words.iter().any(|word| word == &one.predicate.head || lexicon.root(word) == root)
}

/// Kilometres under which two points are one place, and from which they are two.
const NEAR: f64 = 25.0;
const FAR: f64 = 100.0;

fn places<'a>(ones: &'a [Place], others: &'a [Place]) -> Places<'a> {
    let mut best: Option<(f32, &str)> = None;
    let mut differ: Option<(&str, &str)> = None;
    for one in ones {
        for other in others {
            let distance = one.point.zip(other.point).map(|(first, second)| kilometres(first, second));
            let country = one.country.is_some() && one.country == other.country;
            let within = country && (one.admin1.is_none() || other.admin1.is_none() || one.admin1 == other.admin1);
            let value = match distance {
                _ if one.name == other.name && (one.country == other.country) => {
                    if one.point.is_some() {
                        1.0
                    } else {
                        0.4
                    }
                }
                Some(distance) if distance <= NEAR => 0.8,
                Some(distance) if distance >= FAR => 0.0,
                None if within => 0.3,
                None if one.country.is_some() && other.country.is_some() => 0.0,
                _ => continue,
            };
            let word = one.name.as_str().min(other.name.as_str());
            if value == 0.0 {
                let pair = (word, one.name.as_str().max(other.name.as_str()));
                differ = Some(differ.map_or(pair, |old| old.min(pair)));
            } else if best.is_none_or(|(old, old_word)| value > old || (value == old && word < old_word)) {
                best = Some((value, word));
            }
        }
    }
    match (best, differ) {
        (Some((value, word)), _) => Places::Shared(word, value),
        (None, Some((first, second))) => Places::Differ(first, second),
        (None, None) => Places::Unknown,
    }
}

/// Whether both name points, and none of them lies near one of the other.
pub(crate) fn far(ones: &[Place], others: &[Place]) -> bool {
    let points = |places: &[Place]| places.iter().filter_map(|place| place.point).collect::<Vec<_>>();
    let (ones, others) = (points(ones), points(others));
    let apart = |one: &(f64, f64)| others.iter().all(|other| kilometres(*one, *other) >= FAR);
    !ones.is_empty() && !others.is_empty() && ones.iter().all(apart)
}

/// The way over ground, on a sphere.
fn kilometres(one: (f64, f64), other: (f64, f64)) -> f64 {
    let (one_lat, other_lat) = (one.0.to_radians(), other.0.to_radians());
    let (lat, lon) = (other_lat - one_lat, (other.1 - one.1).to_radians());
    let half = (lat / 2.0).sin().powi(2) + one_lat.cos() * other_lat.cos() * (lon / 2.0).sin().powi(2);
    12_742.0 * half.clamp(0.0, 1.0).sqrt().asin()
}

/// Days between two intervals; 0 where they overlap.
fn days_apart(one: Option<(Day, Day)>, other: Option<(Day, Day)>) -> Option<u32> {
    let ((first, last), (other_first, other_last)) = one.zip(other)?;
    let gap = (other_first.0.saturating_sub(last.0)).max(first.0.saturating_sub(other_last.0));
    Some(gap.max(0).unsigned_abs())
}

/// Figures that count the same thing.
fn figures<'a>(lexicon: &Lexicon, ones: &'a [Figure], others: &'a [Figure]) -> Vec<(&'a Figure, &'a Figure)> {
    let mut pairs = Vec::new();
    for one in ones {
        for other in others {
            if !one.role.is_empty() && lexicon.root(&one.role) == lexicon.root(&other.role) {
                pairs.push((one, other));
            }
        }
    }
    pairs
}

/// Likeness of the sentences by their rare words, and the words they share, rarest first.
fn sentences<'a>(lexicon: &Lexicon, one: &'a Happening, other: &'a Happening) -> (f32, Vec<&'a str>) {
    let weight = |words: &[String]| {
        let mut seen: Vec<&str> = words.iter().map(String::as_str).collect();
        seen.sort_unstable();
        seen.dedup();
        seen.iter().map(|word| lexicon.rarity(word).powi(2)).sum::<f32>()
    };
    let mut shared: Vec<&str> =
        one.words.iter().filter(|word| other.words.contains(word)).map(String::as_str).collect();
    shared.sort_unstable();
    shared.dedup();
    let common: f32 = shared.iter().map(|word| lexicon.rarity(word).powi(2)).sum();
    let length = (weight(&one.words) * weight(&other.words)).sqrt();
    shared.sort_by(|first, second| lexicon.rarity(second).total_cmp(&lexicon.rarity(first)).then(first.cmp(second)));
    (if length > 0.0 { (common / length).min(1.0) } else { 0.0 }, shared)
}
