//! The keys by which reports are found whose claims may tell of the same happenings: two things that mark a matter.
//!
//! The index keeps a report under its own keys and those of its claims, each with a week (`week_of`); a new report asks
//! for its keys in the [`WEEKS`] around and among those without a week, and its claims are scored against
//! the claims of the reports found. One term alone would be too common in a ledger about one war, and rarity must
//! not be counted in the ledger, lest results depend on what else it holds; two terms together are rare enough.

use super::{Day, Happening, Lexicon, ReportWords};

/// The foremost terms of a report, of which any two are a key.
const TERMS: usize = 8;
/// The rarest names of a claim's parties and places, of which any two are a key.
const NAMES: usize = 3;
/// A name more common than this marks nothing ("government", "police").
const RARE: f32 = 3.0;
/// Longest interval that dates a claim, in days; a longer one leaves it to the day of the report.
const LONGEST: i32 = 14;
/// Weeks between two reports whose claims may still meet.
pub const WEEKS: i32 = 2;

/// FNV-1a: the keys lie in files, so the hash must never change.
fn hash(one: &str, other: &str) -> u64 {
    let bytes = one.min(other).bytes().chain([0]).chain(one.max(other).bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// All pairs, hashed and sorted.
fn pairs(terms: &[&str]) -> Vec<u64> {
    let mut keys: Vec<u64> =
        (0..terms.len()).flat_map(|end| (0..end).map(move |start| hash(terms[start], terms[end]))).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// The keys of a report, at most 28.
#[must_use]
pub fn report_keys(report: &ReportWords) -> Vec<u64> {
    pairs(&report.foremost(TERMS))
}

/// The keys of a claim, at most 3: it may tell in passing what its report is not about.
#[must_use]
pub fn keys(lexicon: &Lexicon, happening: &Happening) -> Vec<u64> {
    let parties = happening.actors.iter().chain(&happening.recipients).filter(|party| party.named);
    let words = parties.flat_map(|party| &party.words).map(|word| word.to_lowercase());
    let places = happening.places.iter().flat_map(|place| super::nearness::words(&place.name).collect::<Vec<_>>());
    let mut names: Vec<String> = words.chain(places).filter(|word| lexicon.rarity(word) >= RARE).collect();
    names.sort_unstable();
    names.dedup();
    names.sort_by(|one, other| lexicon.rarity(other).total_cmp(&lexicon.rarity(one)).then_with(|| one.cmp(other)));
    let names: Vec<&str> = names.iter().take(NAMES).map(String::as_str).collect();
    pairs(&names)
}

/// The week of a claim: when it happened, where that is known to within a fortnight, else when it was told. Whole weeks
/// since 1970-01-01.
#[must_use]
pub fn week_of(happening: Option<&Happening>, report: &ReportWords) -> Option<i32> {
    let days = happening.and_then(|happening| happening.days);
    let day = days.filter(|(first, last)| last.0.saturating_sub(first.0) <= LONGEST).map(|(first, _)| first);
    day.or(report.day).map(|Day(day)| day.div_euclid(7))
}

#[cfg(test)]
mod tests {
    use super::super::{Day, Happening, Lexicon, Party, ReportWords};
    use super::{keys, report_keys, week_of};

    #[test]
    fn reports_of_one_matter_share_a_key() {
        let lexicon = Lexicon::new();
        let words = |text: &str, names: &[&str]| ReportWords::new(&lexicon, text, names.iter().copied(), None);
        let one =
            words("Shells fell on Tarvan and Old Kesh, the Orvan Front said.", &["Tarvan", "Old Kesh", "Orvan Front"]);
        let other = words("The Orvan Front shelled Tarvan again.", &["Orvan Front", "Tarvan"]);
        let third = words("Ministers met in Lisbon about fish.", &["Lisbon"]);
        let share = |one: &ReportWords, other: &ReportWords| {
            report_keys(one).iter().any(|key| report_keys(other).contains(key))
        };
        assert!(share(&one, &other));
        assert!(!share(&one, &third));
        assert!(report_keys(&one).len() <= 28);
    }

    #[test]
    fn a_claim_told_in_passing_has_its_own_keys() {
        let party = |words: &[&str]| Party {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            named: true,
            ..Party::default()
        };
        let happening = Happening {
            actors: vec![party(&["orvan", "front"])],
            recipients: vec![party(&["belkar"])],
            ..Happening::default()
        };
        assert!(!keys(&Lexicon::new(), &happening).is_empty());
        assert!(keys(&Lexicon::new(), &Happening::default()).is_empty());
    }

    #[test]
    fn the_week_is_that_of_the_happening_where_it_is_known() {
        let report = ReportWords::new(&Lexicon::new(), "", std::iter::empty(), Day::parse("2023-05-20"));
        let days = Day::parse("2023-03-14").zip(Day::parse("2023-03-14"));
        let happening = Happening { days, ..Happening::default() };
        assert_eq!(week_of(Some(&happening), &report), week_of(None, &report).map(|week| week - 9));
        let year = Day::parse("2023-01-01").zip(Day::parse("2023-12-31"));
        assert_eq!(week_of(Some(&Happening { days: year, ..Happening::default() }), &report), week_of(None, &report));
    }
}
