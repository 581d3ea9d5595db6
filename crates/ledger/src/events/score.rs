//! The decision for two claims: what relation they may have by the rules of the ledger, how likely it holds, and why.

use super::features::{self, Features};
use super::happening::{Granularity, Happening, Status};
use super::{Lexicon, Nearness, Weights, reasons};

/// What two claims may be to each other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Relation {
    /// They tell of one happening, or of one plan.
    Same,
    /// They tell of one happening, and one of the two denies it.
    Disputes,
    /// The first is a sum or campaign that takes in the second.
    Includes,
    /// The second is taken in by the first: `Includes` the other way round.
    Included,
    /// The first happened as the second had planned, called for or feared it. Which report is the later, the ledger
    /// knows: what was planned again after it happened is another plan.
    Fulfils,
    /// The second happened as the first had planned it: `Fulfils` the other way round.
    Fulfilled,
}

/// Score under which no reasons are written: such pairs are many, and nobody asks about them.
const TOLD: f32 = 0.05;

/// The decision for two claims.
#[derive(Clone, PartialEq, Debug)]
pub struct Link {
    /// What they may be to each other.
    pub relation: Relation,
    /// The probability that they are.
    pub score: f32,
    /// Why, and what speaks against it, in an analyst's words; empty where the score is next to nothing.
    pub reasons: Vec<String>,
    /// The numbers behind it.
    pub features: Features,
}

/// The relation that the rules of the ledger allow; `None` where two claims never tell of one happening.
fn relation(one: &Happening, other: &Happening) -> Option<Relation> {
    use Status::{Ahead, Denied, Happened, Unsaid};
    match (one.granularity, other.granularity) {
        (Granularity::Several, Granularity::Several) => return None,
        (Granularity::Several, Granularity::Single) => return includes(one, other).then_some(Relation::Includes),
        (Granularity::Single, Granularity::Several) => return includes(other, one).then_some(Relation::Included),
        (Granularity::Single, Granularity::Single) => {}
    }
    match (one.status, other.status) {
        (Unsaid, _) | (_, Unsaid) | (Ahead, Denied) | (Denied, Ahead) => None,
        (Happened, Happened) | (Ahead, Ahead) | (Denied, Denied) => Some(Relation::Same),
        (Happened, Denied) | (Denied, Happened) => Some(Relation::Disputes),
        (Happened, Ahead) => Some(Relation::Fulfils),
        (Ahead, Happened) => Some(Relation::Fulfilled),
    }
}

/// Whether a sum or campaign may take in a single happening: both are told as having happened, and where both are
/// dated, the happening lies within the sum's period.
fn includes(sum: &Happening, happening: &Happening) -> bool {
    let dated = sum.days.zip(happening.days);
    sum.status == Status::Happened
        && happening.status == Status::Happened
        && dated.is_none_or(|((from, to), (first, last))| from <= first && last <= to)
}

/// The decision for two claims whose reports stand to each other as `nearness` says; `None` where the rules of the
/// ledger exclude every relation. A missing field is neutral, a contradiction counts, a differing figure does not.
#[must_use]
pub fn score(
    lexicon: &Lexicon,
    weights: &Weights,
    one: &Happening,
    other: &Happening,
    nearness: &Nearness,
) -> Option<Link> {
    let relation = relation(one, other)?;
    let comparison = features::compare(lexicon, one, other, nearness);
    let odds = weights.odds(&comparison.features);
    let score = 1.0 / (1.0 + (-odds).exp());
    let reasons =
        if score >= TOLD { reasons::reasons(relation, one, other, nearness, &comparison) } else { Vec::new() };
    Some(Link { relation, score, reasons, features: comparison.features })
}

#[cfg(test)]
mod tests {
    use super::super::{Day, Figure, Granularity, Happening, Lexicon, Nearness, Party, Place, Predicate, ReportWords};
    use super::super::{Status, Weights};
    use super::{Link, Relation, score};

    const ONE: &str =
        "Twelve people died when the Orvan Front shelled the market of Tarvan on Tuesday, Mayor Ilo Besk said.";
    const OTHER: &str = "Shelling by the Orvan Front killed 15 in Tarvan. Mayor Besk called it a crime.";

    fn nearness(one: &str, other: &str) -> Nearness {
        let lexicon = Lexicon::new();
        let names = ["Orvan Front", "Tarvan", "Ilo Besk"];
        let words = |text: &str| ReportWords::new(&lexicon, text, names.into_iter(), Day::parse("2023-03-15"));
        Nearness::between(&words(one), &words(other))
    }

    fn shelling(killed: f64) -> Happening {
        let party =
            |name: &str| Party { words: name.split(' ').map(str::to_owned).collect(), named: true, ..Party::default() };
        Happening {
            predicate: Predicate { head: "shell".to_owned(), ..Predicate::default() },
            category: Some("ASSAULT".to_owned()),
            actors: vec![party("orvan front")],
            places: vec![Place { name: "Tarvan".to_owned(), point: Some((4.8, 31.6)), ..Place::default() }],
            days: Day::parse("2023-03-14").zip(Day::parse("2023-03-14")),
            figures: vec![Figure { role: "killed".to_owned(), value: killed }],
            words: ["orvan", "front", "shelled", "market", "tarvan"].map(str::to_owned).to_vec(),
            ..Happening::default()
        }
    }

    fn link(one: &Happening, other: &Happening) -> Option<Link> {
        score(&Lexicon::new(), &Weights::new(), one, other, &nearness(ONE, OTHER))
    }

    fn value(one: &Happening, other: &Happening) -> f32 {
        link(one, other).map_or(0.0, |link| link.score)
    }

    #[test]
    fn a_differing_figure_is_told_and_prevents_nothing() {
        let found = link(&shelling(12.0), &shelling(15.0)).unwrap();
        assert_eq!(found.relation, Relation::Same);
        assert!(found.score > 0.8, "{found:?}");
        for reason in ["both ASSAULT", "same day 2023-03-14", "both in Tarvan", "same actor: orvan"] {
            assert!(found.reasons.iter().any(|found| found == reason), "{reason}: {:?}", found.reasons);
        }
        assert!(found.reasons.contains(&"killed 12 against 15: differs, does not prevent".to_owned()));
        let mut silent = shelling(0.0);
        silent.figures.clear();
        assert!((value(&shelling(12.0), &silent) - found.score).abs() < 1e-6);
    }

    #[test]
    fn absence_is_neutral_and_contradiction_counts() {
        let whole = shelling(12.0);
        let full = value(&whole, &whole);
        let mut bare = whole.clone();
        (bare.places, bare.days, bare.actors) = (Vec::new(), None, Vec::new());
        let mut far = whole.clone();
        far.places[0] = Place { name: "Lisbon".to_owned(), point: Some((38.7, -9.1)), ..Place::default() };
        far.days = Day::parse("2023-02-01").zip(Day::parse("2023-02-01"));
        let mut foreign = far.clone();
        foreign.actors[0].words = vec!["belkar".to_owned()];
        let values = [full, value(&whole, &bare), value(&whole, &far), value(&whole, &foreign)];
        assert!(values.is_sorted_by(|one, other| one > other), "{values:?}");
    }

    #[test]
    fn reports_of_other_matters_are_not_linked() {
        let far = nearness(ONE, "A court in Lisbon fined three fishermen who had caught too many sardines.");
        let found = score(&Lexicon::new(), &Weights::new(), &shelling(12.0), &shelling(12.0), &far).unwrap();
        assert!(found.score < value(&shelling(12.0), &shelling(12.0)) - 0.05);
    }

    #[test]
    fn the_relation_follows_status_and_granularity() {
        let with = |status, granularity| Happening { status, granularity, ..shelling(12.0) };
        let happened = with(Status::Happened, Granularity::Single);
        for (status, granularity, expected) in [
            (Status::Ahead, Granularity::Single, Some(Relation::Fulfils)),
            (Status::Denied, Granularity::Single, Some(Relation::Disputes)),
            (Status::Unsaid, Granularity::Single, None),
            (Status::Happened, Granularity::Several, Some(Relation::Included)),
            (Status::Ahead, Granularity::Several, None),
        ] {
            let found = link(&happened, &with(status, granularity)).map(|link| link.relation);
            assert_eq!(found, expected, "{status:?} {granularity:?}");
        }
        let sum = with(Status::Happened, Granularity::Several);
        assert_eq!(link(&sum, &sum), None);
        let april = Happening { days: Day::parse("2023-04-01").zip(Day::parse("2023-04-30")), ..sum };
        assert_eq!(link(&april, &happened), None);
    }
}
