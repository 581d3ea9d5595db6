//! Cases for places: a small gazetteer of invented sizes, texts of our own.

use super::{Entry, Feature, Gazetteer, HEAD, Row, encode, find};
use document::{Report, Syntax};
use proptest::prelude::*;

fn entry(name: &str, population: u64, within: Option<usize>, feature: Feature, country: Option<&str>) -> Entry {
    Entry {
        name: name.to_owned(),
        aliases: Vec::new(),
        latitude: population as f64 % 89.0,
        longitude: -10.5,
        population,
        within,
        feature,
        country: country.map(str::to_owned),
    }
}

fn bytes() -> Vec<u8> {
    let mut afghanistan = entry("Afghanistan", 37_000_000, None, Feature::Country, Some("AFG"));
    afghanistan.aliases.push("Islamic Republic of Afghanistan".to_owned());
    encode(&[
        afghanistan,
        entry("United States", 330_000_000, None, Feature::Country, Some("USA")),
        entry("Georgia", 3_700_000, None, Feature::Country, Some("GEO")),
        entry("Kandahar", 1_200_000, Some(0), Feature::Division, None),
        entry("Georgia", 10_000_000, Some(1), Feature::Division, None),
        entry("Spin Boldak", 0, Some(3), Feature::Town, None),
        entry("Kandahar", 520_000, Some(3), Feature::Town, None),
        entry("Athens", 125_000, Some(4), Feature::Town, None),
        entry("Greece", 10_000_000, None, Feature::Country, Some("GRC")),
        entry("Athens", 664_000, Some(8), Feature::Capital, None),
        entry("Rome", 37_000, Some(4), Feature::Town, None),
        entry("Macon", 150_000, Some(4), Feature::Town, None),
        entry("Bath", 90_000, Some(1), Feature::Town, None),
        entry("Tbilisi", 1_000_000, Some(2), Feature::Capital, None),
        entry("São Tomé", 60_000, None, Feature::Town, None),
        entry("North", 2_000_000, Some(1), Feature::Division, None),
        entry("Eastern", 2_000_000, Some(1), Feature::Division, None),
        entry("Nord-Kivu", 5_000_000, Some(2), Feature::Division, None),
        entry("May", 900_000, Some(1), Feature::Division, None),
    ])
}

fn syntax(text: &str) -> Syntax {
    let report = Report::from_text("case", text);
    let tokens = crate::tokens::split(&report);
    let sentences = crate::sentences::split(&report, &tokens);
    Syntax { report, tokens, sentences, ..Syntax::default() }
}

/// Each place as "words=name/division/country".
fn check(text: &str, expected: &[&str]) {
    let gazetteer = Gazetteer::load(bytes()).unwrap();
    let syntax = syntax(text);
    let places = find(&syntax, &[], &crate::times::find(&syntax), &gazetteer);
    let got: Vec<String> = places
        .iter()
        .map(|place| {
            let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
            format!("{}={}/{}", syntax.text(place.span), or_dash(&place.admin1), or_dash(&place.country))
        })
        .collect();
    assert_eq!(got, expected, "{text}");
}

#[test]
fn size_decides_without_context() {
    check("They met in Athens on Monday.", &["Athens=-/GRC"]);
}

#[test]
fn no_place_stands_in_a_time_and_no_compass_word_stands_alone() {
    check("They met in May 2021 and left.", &[]);
    check("They fought in North Kivu on Monday.", &["North Kivu=Nord-Kivu/GEO"]);
    check("They fought in North Spinia on Monday.", &["North Spinia=-/-"]);
    check("They fought in the Eastern Spinia of old.", &[]);
    check("They came to Eastern Greece.", &["Greece=-/GRC"]);
    check("They came to Eastern on Monday.", &["Eastern=Eastern/USA"]);
}

#[test]
fn a_container_beside_it_decides() {
    check("They met in Athens, Georgia, on Monday.", &["Athens=Georgia/USA", "Georgia=Georgia/USA"]);
    check("Fighters took Spin Boldak in Kandahar province.", &["Spin Boldak=Kandahar/AFG", "Kandahar=Kandahar/AFG"]);
}

#[test]
fn a_name_has_one_sense_in_a_report() {
    check(
        "Police in Athens, Georgia, said so. The mayor of Athens agreed.",
        &["Athens=Georgia/USA", "Georgia=Georgia/USA", "Athens=Georgia/USA"],
    );
}

#[test]
fn neighbours_of_the_report_decide() {
    check("Talks moved from Tbilisi to Georgia's coast.", &["Tbilisi=-/GEO", "Georgia=-/GEO"]);
}

#[test]
fn persons_and_bodies_are_no_places() {
    check("The Macon Police Department and Mr. Macon agreed.", &[]);
    check("He took a bath. Bath time came.", &[]);
}

#[test]
fn what_somebody_owns_is_a_house() {
    check("They met in Fishmongers' Rome and left.", &[]);
    check("They met in Tbilisi's Macon and left.", &["Tbilisi=-/GEO", "Macon=Georgia/USA"]);
}

#[test]
fn a_chain_ends_in_the_country_of_all() {
    check("They met in Bath, Tbilisi, Georgia, and left.", &["Bath=-/-", "Tbilisi=-/GEO", "Georgia=-/GEO"]);
    check("They met in Tbilisi, Bath, Georgia, and left.", &["Tbilisi=-/GEO", "Bath=-/-", "Georgia=-/GEO"]);
    check("They left the town of Athens in northern Greece.", &["Athens=-/GRC", "Greece=-/GRC"]);
}

#[test]
fn unknown_places_stay_open() {
    check("They crossed the Talvar River.", &["Talvar River=-/-"]);
}

#[test]
fn accents_do_not_matter() {
    check("It flew to Sao Tome.", &["Sao Tome=-/-"]);
    let gazetteer = Gazetteer::load(bytes()).unwrap();
    let place = gazetteer.places("sao tome")[0];
    assert_eq!(gazetteer.name(place), "São Tomé");
    assert_eq!(gazetteer.name(gazetteer.places("spin boldak")[0]), "Spin Boldak");
}

#[test]
fn what_is_encoded_is_read_back() {
    let gazetteer = Gazetteer::load(bytes()).unwrap();
    assert_eq!(gazetteer.len(), 19);
    let place = gazetteer.places("spin boldak")[0];
    assert_eq!(gazetteer.country_code(place), Some("AFG"));
    assert_eq!(gazetteer.division(place).map(|division| gazetteer.name(division)).as_deref(), Some("Kandahar"));
    assert_eq!(gazetteer.coordinates(place), (0.0, -10.5));
    assert!((gazetteer.population(gazetteer.places("kandahar")[1]) / 520_000.0 - 1.0).abs() < 0.05);
    assert_eq!(gazetteer.places("islamic republic of afghanistan").len(), 1);
    assert!(gazetteer.begins("islamic").more && !gazetteer.begins("islamic").whole);
    assert!(gazetteer.places("nowhere").is_empty());
}

#[test]
fn every_altered_byte_is_noticed() {
    let bytes = bytes();
    for at in 0..bytes.len() {
        let mut altered = bytes.clone();
        altered[at] ^= 0x41;
        assert!(Gazetteer::load(altered).is_err(), "byte {at}");
        assert!(Gazetteer::load(bytes[..at].to_vec()).is_err(), "cut at {at}");
    }
}

/// A supplement of two places and a division.
const OWN: &str = "\
7\tADM1\tGEO\t\t42.25\t43.5\t480000\tUpper Vale|Zemo Veli
8\tPPL\tGEO\tUpper Vale\t42.3\t43.6\t900\tMarani|Maranee
9\tPPL\tGEO\t\t41.7\t44.8\t5\tAthens
10\tPPLC\tGRC\t\t60\t-10.5\t664000\tAthens";

#[test]
fn a_supplement_stands_beside_the_gazetteer() {
    let gazetteer = Gazetteer::load(bytes()).unwrap().with_supplement(&format!("{HEAD}\n{OWN}\n")).unwrap();
    let marani = gazetteer.places("maranee")[0];
    assert_eq!(gazetteer.name(marani), "Marani");
    assert_eq!(gazetteer.country_code(marani), Some("GEO"));
    assert_eq!(gazetteer.division(marani).map(|division| gazetteer.name(division)).as_deref(), Some("Upper Vale"));
    assert!(gazetteer.begins("upper").more && gazetteer.begins("athens").whole);
    // The largest is first, whatever table it stands in; what stands at the same spot is one place.
    let athens = gazetteer.places("athens");
    let codes: Vec<_> = athens.iter().map(|&place| gazetteer.country_code(place)).collect();
    assert_eq!((codes, gazetteer.len()), (vec![Some("GRC"), Some("USA"), Some("GEO")], 22));
}

#[test]
fn a_faulty_supplement_is_refused_with_its_line() {
    let refuse = |text: &str| {
        let gazetteer = Gazetteer::load(bytes()).unwrap();
        gazetteer.with_supplement(text).err().map(|error| error.to_string())
    };
    assert!(refuse("7\tADM1").unwrap().contains("first line"));
    assert_eq!(refuse(&format!("{HEAD}\n\n7\tADM1")).as_deref(), Some("line 3: 2 columns instead of 8"));
    let far = format!("{HEAD}\n7\tPPL\tGEO\t\t97\t43.5\t0\tMarani");
    assert_eq!(refuse(&far).as_deref(), Some("line 2: the latitude 97 is beyond 90"));
}

proptest! {
    #[test]
    fn a_line_of_a_supplement_is_read_or_refused(line in "\\PC{0,80}|([0-9]{1,3}\t|PPL\t|\t|[a-z|]{1,5}){6,9}") {
        if let Ok(row) = Row::read(&line) {
            prop_assert_eq!(Row::read(&row.line()), Ok(row));
        }
    }

    #[test]
    fn foreign_bytes_are_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(Gazetteer::load(bytes).is_err());
    }

    #[test]
    fn any_text_gives_places_in_order(text in "(Athens|Georgia|Spin Boldak|St\\.|[A-Z]\\.|, |\\PC){0,40}") {
        let gazetteer = Gazetteer::load(bytes()).unwrap();
        let syntax = syntax(&text);
        let places = find(&syntax, &[], &crate::times::find(&syntax), &gazetteer);
        prop_assert!(places.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(places.iter().all(|place| !place.span.is_empty()));
    }
}
