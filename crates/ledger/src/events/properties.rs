//! Properties that hold for any claims and reports.

use super::{
    Day, Figure, Granularity, Happening, Lexicon, Nearness, Party, Place, Predicate, ReportWords, Status, THRESHOLD,
    Weights, group, keys, report_keys, score,
};
use proptest::prelude::*;
use std::sync::LazyLock;

/// The tables are read once, not for each case.
static TABLES: LazyLock<(Lexicon, Weights)> = LazyLock::new(|| (Lexicon::new(), Weights::new()));

/// Words that stand in the tables, that do not, and nonsense.
fn word() -> impl Strategy<Value = String> {
    prop_oneof!["(attack|kill|death|say|make|blast|explosion|Tarvan|orvan|besk)", "[a-z]{0,6}", any::<String>()]
}

fn list() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(word(), 0..5)
}

fn party() -> impl Strategy<Value = Party> {
    (prop::option::of(word()), list(), list(), any::<bool>()).prop_map(|(actor, words, phrase, named)| Party {
        actor,
        words,
        phrase,
        named,
        country: None,
    })
}

fn place() -> impl Strategy<Value = Place> {
    (word(), prop::option::of("(SSD|UGA)"), prop::option::of(word()), prop::option::of((any::<f64>(), -200.0..200.0)))
        .prop_map(|(name, country, admin1, point)| Place { name, country, admin1, point })
}

fn happening() -> impl Strategy<Value = Happening> {
    let parties = || prop::collection::vec(party(), 0..3);
    let predicate = (word(), list(), any::<bool>()).prop_map(|(head, others, noun)| Predicate { head, others, noun });
    let figure = (word(), any::<f64>()).prop_map(|(role, value)| Figure { role, value });
    let status = prop_oneof![
        4 => Just(Status::Happened), 1 => Just(Status::Ahead), 1 => Just(Status::Denied), 1 => Just(Status::Unsaid)
    ];
    let granularity = prop_oneof![4 => Just(Granularity::Single), 1 => Just(Granularity::Several)];
    (
        (predicate, prop::option::of("(ASSAULT|COERCE)"), parties(), parties()),
        prop::collection::vec(place(), 0..3),
        prop::option::of((any::<i32>(), any::<i32>())),
        prop::collection::vec(figure, 0..3),
        (status, granularity, list(), 0_u32..30),
    )
        .prop_map(|((predicate, category, actors, recipients), places, days, figures, rest)| Happening {
            predicate,
            category,
            actors,
            recipients,
            places,
            days: days.map(|(first, last)| (Day(first), Day(last))),
            figures,
            status: rest.0,
            granularity: rest.1,
            contents: Vec::new(),
            words: rest.2,
            sentence: rest.3,
        })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn the_order_of_two_claims_does_not_matter(
        one in happening(), other in happening(), text in any::<String>(), words in list(), day in any::<Option<i32>>()
    ) {
        let (lexicon, weights) = &*TABLES;
        let first = ReportWords::new(lexicon, &text, words.iter().map(String::as_str), day.map(Day));
        let second = ReportWords::new(lexicon, &words.join(" "), words.iter().map(String::as_str), Some(Day(3)));
        for (there, back) in [
            (Nearness::between(&first, &second), Nearness::between(&second, &first)),
            (Nearness::within(), Nearness::within()),
        ] {
            prop_assert_eq!(&there, &back);
            let there = score(lexicon, weights, &one, &other, &there);
            let back = score(lexicon, weights, &other, &one, &back);
            prop_assert_eq!(there.is_some(), back.is_some());
            if let Some((there, back)) = there.zip(back) {
                prop_assert!((0.0..=1.0).contains(&there.score));
                prop_assert_eq!(there.score, back.score);
                prop_assert_eq!(there.reasons, back.reasons);
            }
        }
        prop_assert!(keys(lexicon, &one).len() <= 3 && report_keys(&first).len() <= 28);
    }

    #[test]
    fn the_order_of_input_does_not_matter(
        links in prop::collection::vec((0_usize..14, 0_usize..14, 0.0_f32..1.0), 0..60),
        order in Just((0_usize..12).collect::<Vec<_>>()).prop_shuffle(),
        turn in any::<bool>(),
    ) {
        let ids: Vec<usize> = (0..12).collect();
        let expected = group(&ids, &links, THRESHOLD);
        let mut place = [0; 12];
        order.iter().enumerate().for_each(|(now, id)| place[*id] = now);
        let of = |id: usize| place.get(id).copied().unwrap_or(id);
        let mut moved: Vec<_> = links
            .iter()
            .map(|(one, other, score)| if turn { (of(*other), of(*one), *score) } else { (of(*one), of(*other), *score) })
            .collect();
        moved.reverse();
        prop_assert_eq!(group(&order, &moved, THRESHOLD), expected);
    }
}
