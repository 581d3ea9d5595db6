//! Cases for quantities: text, and for each the words, low, best and high, unit.

use super::find;
use document::{Report, Syntax};
use proptest::prelude::*;

fn syntax(text: &str) -> Syntax {
    let report = Report::from_text("case", text);
    let tokens = crate::tokens::split(&report);
    let sentences = crate::sentences::split(&report, &tokens);
    Syntax { report, tokens, sentences, ..Syntax::default() }
}

/// The quantities as "words=low/best/high unit<subset", joined by "; "; "~" marks the approximate.
fn check(text: &str, expected: &str) {
    let syntax = syntax(text);
    let times = crate::times::find(&syntax);
    let number = |value: Option<f64>| value.map_or_else(|| "-".to_owned(), |value| value.to_string());
    let got: Vec<String> = find(&syntax, &times)
        .iter()
        .map(|quantity| {
            let values = if quantity.low == quantity.high && quantity.low.is_some() {
                number(quantity.best)
            } else {
                format!("{}/{}/{}", number(quantity.low), number(quantity.best), number(quantity.high))
            };
            let unit = quantity.unit.as_deref().map_or_else(String::new, |unit| format!(" {unit}"));
            let mark = if quantity.approximate { "~" } else { "" };
            let subset = quantity.subset_of.map_or_else(String::new, |whole| format!("<{whole}"));
            format!("{}={mark}{values}{unit}{subset}", syntax.text(quantity.span))
        })
        .collect();
    assert_eq!(got.join("; "), expected, "{text}");
}

#[test]
fn numbers_with_bounds_and_units() {
    for (text, expected) in [
        ("They killed 12 men.", "12=12"),
        ("Over half a million people fled.", "Over half a million=~500000/500000/-"),
        ("The lake holds 7,000 m3 of water.", "7,000 m3=7000 cubic m"),
        ("At least 12 fighters died.", "At least 12=12/12/-"),
        ("The rebels have taken over 24 districts.", "24=24"),
        ("The blast killed over 24 people.", "over 24=24/24/-"),
        ("Up to 300 families fled.", "Up to 300=-/300/300"),
        ("Some 1,200 people left.", "Some 1,200=~-/1200/-"),
        ("Between 20 and 30 shells fell.", "Between 20 and 30=20/-/30"),
        ("The toll rose from 7 to 11.", "7=7; 11=11"),
        ("Prices fell from 300 to 200.", "300=300; 200=200"),
        ("They lost 3,000 to 5,000 men.", "3,000 to 5,000=3000/-/5000"),
        ("Dozens died and hundreds of thousands fled.", "Dozens=~24/-/99; hundreds of thousands=~200000/-/1000000"),
        ("A dozen rebels gave up.", "A dozen=~12"),
        ("They hold half of the 400 districts.", "half=50 percent<1; 400=400"),
        ("It holds around half of the 400 districts.", "around half=~-/50/- percent<1; 400=400"),
        (
            "Nearly one in ten of the 22 million inhabitants left.",
            "Nearly one in ten=~-/10/10 percent<1; 22 million=22000000",
        ),
        ("They were killed in one in two raids.", "one=1; two=2"),
        ("Two of the 12 men spoke.", "Two=2<1; 12=12"),
        ("Twelve people died, including three children.", "Twelve=12; three=3<0"),
        ("It cost $5 million.", "$5 million=5000000 USD"),
        ("It cost US$ 1.4 billion.", "US$ 1.4 billion=1400000000 USD"),
        ("It holds 160GB or 40,000 songs.", "160GB=160 GB; 40,000=40000"),
        ("It cost 9.9 billion yuan.", "9.9 billion yuan=9900000000 CNY"),
        ("About 15 percent agreed.", "About 15 percent=~-/15/- percent"),
        ("It lies 45km north, or 28 miles.", "45km=45 km; 28 miles=28 mile"),
        ("They took 300 square miles.", "300 square miles=300 square mile"),
        ("A 20-year-old was hurt.", "20-year-old=20 year"),
        ("They took 24 districts in July 2021.", "24=24"),
        ("The Security Council passed Resolution 2254.", ""),
        ("He flew an F-16.", ""),
        ("No one came; one of them spoke.", ""),
        ("Two thirds of voters agreed.", "Two thirds=66.67 percent"),
        ("Twenty-one soldiers and a few thousand others left.", "Twenty-one=21; a few thousand=~2000/-/9000"),
        ("Four hundred or more came.", "Four hundred or more=400/400/-"),
    ] {
        check(text, expected);
    }
}

#[test]
fn numbers_that_name_count_nothing() {
    for text in ["The bridge fell.[3]", "It stands in chapter two of the report.", "The wall is from 575 B.C. or so."] {
        check(text, "");
    }
}

proptest! {
    #[test]
    fn any_text_gives_quantities_in_order(text in "((at least|between|and|to|half|of the|12|1,200|\\$|million|%|-|dozen|hundreds|one|two|km|F|a|few|\\PC)( |)){0,25}") {
        let syntax = syntax(&text);
        let times = crate::times::find(&syntax);
        let quantities = find(&syntax, &times);
        prop_assert!(quantities.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(quantities.iter().all(|quantity| !quantity.span.is_empty()));
        prop_assert!(quantities.iter().enumerate().all(|(index, quantity)| quantity.subset_of.is_none_or(|whole| whole != index && whole < quantities.len())));
    }
}
