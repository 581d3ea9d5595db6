//! The decisions on reports invented for this purpose, and what holds for any text.

use proptest::prelude::*;

use super::{Likeness, Pair, Reason, Sketch, Verdict, Wording, compare, group};

const FERRY: &str = "A ferry with farm workers on board overturned on the Morava river near Tesno before dawn on Monday, \
    and the mayor, Ilan Dorvek, said that 14 passengers were still missing. Divers searched the muddy water below the bridge \
    until the current grew too strong for their small boats. \"We heard shouting in the dark and could do nothing from the \
    bank,\" a miller said. The owner had twice been warned to repair the rotten hull, and the harbour office had withdrawn his \
    licence in the spring. Relatives waited in the school while volunteers carried blankets and soup across the flooded road.";

const FERRY_EDITED: &str = "A ferry with farm workers on board overturned on the Morava near Tesno before dawn on Monday. \
    The mayor, Ilan Dorvek, said 14 passengers were still missing. Divers searched the muddy water below the bridge until \
    the current grew too strong for their boats. The owner had twice been warned to repair the rotten hull, and the harbour \
    office had withdrawn his licence in spring. Relatives waited in the school while volunteers carried blankets and soup.";

const FERRY_TRANSLATED: &str = "Early on Monday morning a ferry carrying agricultural workers capsized on the Morava river close to \
    Tesno; according to mayor Ilan Dorvek 14 passengers remain missing. Divers searched the muddy water beneath the bridge until \
    the current became too strong for the small boats. \"We heard screams in the darkness and were unable to help from the \
    bank,\" said a miller. The owner had been warned twice to have the rotten hull repaired, and in spring the harbour \
    authority had taken away his licence. Relatives waited at the school, while volunteers brought blankets and soup over the flooded road.";

const FERRY_INDEPENDENT: &str = "At least 14 people are feared dead after an overloaded boat sank in the Morava on Monday. Ilan \
    Dorvek, who heads the town council of Tesno, blamed heavy rain upstream and promised an inquiry. Witnesses described how \
    the vessel listed sharply, took in water and went under within minutes. Most of those aboard were seasonal labourers on their \
    way to the orchards. Police have questioned the captain, and a ministry in the capital is sending a rescue helicopter and \
    sonar equipment. It is the worst accident on the stretch since the dam was opened.";

fn decide(a: &str, b: &str) -> Likeness {
    compare(&Wording::of(a), &Wording::of(b))
}

#[test]
fn copies_are_told_from_independent_reports() {
    let opening: String = FERRY.split_inclusive(". ").take(2).collect();
    let cases = [
        ("the same in capitals", FERRY.to_uppercase(), Verdict::Copy),
        ("edited", FERRY_EDITED.to_string(), Verdict::Copy),
        ("translated", FERRY_TRANSLATED.to_string(), Verdict::Copy),
        ("cut", opening, Verdict::Part),
        ("inside a longer text", format!("{FERRY_INDEPENDENT} {FERRY}"), Verdict::Part),
        ("independent", FERRY_INDEPENDENT.to_string(), Verdict::Independent),
    ];
    for (name, text, verdict) in cases {
        let likeness = decide(FERRY, &text);
        assert_eq!(likeness.verdict, verdict, "{name}: {likeness:?}");
        assert_eq!(likeness.evidence > 0.0, verdict != Verdict::Independent, "{name}");
    }
}

#[test]
fn reasons_are_in_plain_words() {
    let reasons: Vec<String> = decide(FERRY, FERRY_EDITED).reasons.iter().map(Reason::to_string).collect();
    assert!(reasons.iter().any(|reason| reason.contains("in the same order")), "{reasons:?}");
    assert!(reasons.iter().any(|reason| reason.contains("names in common (100 %)")), "{reasons:?}");
    assert_eq!(decide(FERRY, &FERRY.replace(", ", " - ")).reasons, [Reason::SameText]);
}

#[test]
fn names_and_figures_alone_never_make_a_copy() {
    let one = "Present were Dorvek of Tesno (41), Malin of Orsk (38), Perrin of Lauth (55), Zubar of Kelm (29), Hadid of Wenna (63), \
        Okoro of Brisk (47) and Tamm of Pold (52). Their envoys signed without any ceremony in the cellar of an abandoned brewery.";
    let two = "Gunmen robbed travellers: Dorvek of Tesno (41), Malin of Orsk (38), Perrin of Lauth (55), Zubar of Kelm (29), Hadid of Wenna \
        (63), Okoro of Brisk (47) and Tamm of Pold (52). Shepherds later discovered burnt luggage beside the quarry fence.";
    assert_eq!(decide(one, two).verdict, Verdict::Independent);
}

#[test]
fn a_form_filled_in_anew_is_another_report() {
    let form = |town: &str, chief: &str, street: &str, river: &str, figures: [u32; 4]| {
        format!(
            "The water works of {town} announced that supply in the district around {street} would be interrupted for {} hours while \
             crews replaced a pipe below the {river}. Engineer {chief} said {} households were affected, {} tankers had been sent and \
             the repair would cost {} crowns. Residents were asked to boil what they drink until samples had been tested.",
            figures[0], figures[1], figures[2], figures[3]
        )
    };
    let likeness = decide(
        &form("Tesno", "Dorvek", "Millgate", "Morava", [12, 340, 7, 9000]),
        &form("Brisk", "Okoro", "Saltmarket", "Lauth", [30, 1250, 15, 42000]),
    );
    assert_eq!(likeness.verdict, Verdict::Independent);
    assert_eq!(likeness.reasons, [Reason::FilledIn]);
}

#[test]
fn keys_bring_copies_and_not_other_reports() {
    let sketch = Sketch::of(FERRY);
    for copy in [FERRY_EDITED, FERRY_TRANSLATED] {
        let copy = Sketch::of(copy);
        assert!(Sketch::candidate(sketch.shared(&copy), false), "{} keys", sketch.shared(&copy));
    }
    let other = Sketch::of("Prices of maize rose again on the markets of the northern plain this week.");
    assert!(!Sketch::candidate(sketch.shared(&other), other.few()));
    assert_eq!(sketch.keys().next(), Sketch::of(&FERRY.to_lowercase()).keys().next());
}

fn pair(first: usize, second: usize, evidence: f32) -> Pair {
    let verdict = if evidence > 0.0 { Verdict::Copy } else { Verdict::Independent };
    Pair::new(first, second, &Likeness { verdict, score: 0.5, evidence, reasons: Vec::new() })
}

#[test]
fn one_link_does_not_chain_two_stories() {
    let mut pairs = vec![pair(2, 3, 9.0)];
    for (a, b) in [(0, 1), (0, 2), (1, 2), (3, 4), (3, 5), (4, 5)] {
        pairs.push(pair(a, b, 3.0));
    }
    // The strong link is taken first, and pulls one report over; the others of either story do not follow.
    let story = group(6, &pairs);
    assert_eq!(story[0], story[1]);
    assert_eq!(story[4], story[5]);
    assert_ne!(story[0], story[4]);
    assert_eq!(group(3, &[pair(0, 1, 4.0), pair(1, 2, 1.0), pair(0, 2, -9.0)]), [0, 0, 2]);
    assert_eq!(group(2, &[pair(0, 7, 4.0)]), [0, 1]);
}

#[test]
fn the_same_text_counts_once() {
    let same = compare(&Wording::of(FERRY), &Wording::of(FERRY));
    let pairs = [Pair::new(0, 1, &same), Pair::new(1, 2, &same), Pair::new(0, 2, &same), pair(2, 3, 2.0)];
    assert_eq!(group(4, &pairs), [0, 0, 0, 0]);
}

proptest! {
    #[test]
    fn any_two_texts_are_decided_alike_both_ways(a in "\\PC{0,400}", b in "([A-Za-z]{1,9}|[0-9]{1,4}|[.,\"'\u{4e00}\u{e9}\n])( [a-z]{1,3}){0,99}") {
        let (one, other) = (Wording::of(&a), Wording::of(&b));
        let (there, back) = (compare(&one, &other), compare(&other, &one));
        prop_assert_eq!(there.verdict, back.verdict);
        prop_assert_eq!(there.evidence.to_bits(), back.evidence.to_bits());
        prop_assert_eq!(&one, &Wording::of(&a));
        let sketch = one.sketch();
        prop_assert!(sketch.keys().count() <= 35);
    }

    #[test]
    fn the_order_of_pairs_changes_nothing(links in prop::collection::vec((0usize..12, 0usize..12, -5.0f32..5.0), 0..40)) {
        let mut pairs: Vec<Pair> = links.iter().map(|&(a, b, evidence)| pair(a, b, evidence)).collect();
        let forth = group(12, &pairs);
        pairs.reverse();
        prop_assert_eq!(forth, group(12, &pairs));
    }
}
