//! The rules of the dossiers on claims made by hand.

use super::entries::{Entry, Kind, Party, Place, Side};
use super::{Standing, ceasefires, commitments, control, talks};
use jiff::civil::Date;
use std::collections::BTreeMap;

fn side(key: &str) -> Side {
    Side { key: key.to_owned(), name: key.to_owned(), kind: Kind::Other }
}

/// A claim: number, day, category, actors, and what else is set by the caller.
fn entry(number: i64, day: &str, category: &str, actors: &[&str]) -> Entry {
    Entry {
        number,
        event: number,
        claim: format!("c{number}"),
        report: format!("r{number}"),
        story: format!("r{number}"),
        available: day.to_owned(),
        category: category.to_owned(),
        from: Some(day.to_owned()),
        to: Some(day.to_owned()),
        status: "occurred".to_owned(),
        granularity: "single".to_owned(),
        actors: actors.iter().map(|actor| Party { name: (*actor).to_owned(), side: side(actor) }).collect(),
        ..Entry::default()
    }
}

fn phase(number: i64, day: &str, phase: &str, sides: &[&str], speaker: Option<&str>) -> Entry {
    Entry {
        facets: vec![("ceasefire".to_owned(), "phase".to_owned(), phase.to_owned())],
        speaker_side: speaker.map(side),
        ..entry(number, day, "CONCEDE", sides)
    }
}

fn states(entries: &[Entry]) -> String {
    let found = ceasefires::derive(entries);
    let states = found.iter().map(|ceasefire| {
        let states = ceasefire.states(Date::MAX);
        let states = states.iter().map(|(side, state)| format!("{} {}", side.name, state.join(", ")));
        states.collect::<Vec<_>>().join("; ")
    });
    states.collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_truce_is_agreed_holds_is_extended_and_ends_for_one_side() {
    let mut steps = vec![
        phase(1, "2023-03-01", "agreed", &["AAA", "front"], None),
        phase(2, "2023-03-03", "in effect", &["AAA", "front"], Some("mission")),
        phase(3, "2023-03-05", "agreed", &["AAA", "front"], None),
        phase(4, "2023-03-10", "extended", &["AAA", "front"], None),
    ];
    assert_eq!(states(&steps), "AAA extended; front extended");
    steps.push(phase(5, "2023-03-12", "ended", &["front"], Some("front")));
    assert_eq!(states(&steps), "AAA extended; front ended");
    steps.push(phase(6, "2023-03-14", "ended", &["AAA"], Some("AAA")));
    steps.push(phase(7, "2023-05-01", "agreed", &["AAA", "front"], None));
    assert_eq!(states(&steps), "AAA ended; front ended | AAA agreed; front agreed");
}

#[test]
fn a_breach_is_alleged_by_a_side_and_confirmed_by_who_has_no_part() {
    let truce = phase(1, "2023-03-01", "in effect", &["AAA", "front"], None);
    let breach = |speaker| vec![truce.clone(), phase(2, "2023-03-05", "breach alleged", &["front"], speaker)];
    assert_eq!(states(&breach(Some("AAA"))), "AAA in effect; front in effect, breach alleged");
    assert_eq!(states(&breach(Some("mission"))), "AAA in effect; front in effect, breach confirmed");
    assert_eq!(states(&breach(Some("front"))), "AAA in effect; front in effect, breach accepted");
    assert_eq!(states(&breach(None)), "AAA in effect; front in effect, breach alleged");
}

#[test]
fn a_claim_that_names_nobody_binds_all_but_who_has_left() {
    let truce = phase(1, "2023-03-01", "agreed", &["AAA", "front"], None);
    let mut steps = vec![
        truce.clone(),
        phase(2, "2023-03-05", "ended", &["front"], Some("front")),
        phase(3, "2023-03-06", "in effect", &[], None),
    ];
    assert_eq!(states(&steps), "AAA in effect; front ended");
    // A government without a country is that of the only state; what is announced has not ended.
    let mut government = phase(4, "2023-03-07", "ended", &[], None);
    government.actors =
        vec![Party { name: "the minister".to_owned(), side: Side { kind: Kind::State, ..Side::default() } }];
    let mut announced = government.clone();
    announced.status = "planned".to_owned();
    steps.push(announced);
    assert_eq!(states(&steps), "AAA in effect; front ended");
    steps.push(government);
    assert_eq!(states(&steps), "AAA ended; front ended");
    // Two who declare it together have agreed.
    assert_eq!(states(&[phase(1, "2023-03-01", "declared", &["AAA", "front"], None)]), "AAA agreed; front agreed");
}

#[test]
fn a_last_day_that_goes_by_is_an_end() {
    let mut truce = phase(1, "2023-03-01", "in effect", &["AAA", "front"], None);
    (truce.to, truce.bound) = (Some("2023-03-15".to_owned()), Some("until".to_owned()));
    let found = ceasefires::derive(&[truce]);
    let on = |day: &str| found[0].states(day.parse().unwrap_or_default()).into_values().next();
    assert_eq!(on("2023-03-15"), Some(vec!["in effect"]));
    assert_eq!(on("2023-03-16"), Some(vec!["expired"]));
}

#[test]
fn a_breach_of_nobody_is_that_of_the_other_side() {
    let truce = phase(1, "2023-03-01", "in effect", &["AAA", "front"], None);
    let mut said = phase(2, "2023-03-05", "breach alleged", &[], Some("front"));
    said.event = 7;
    assert_eq!(states(&[truce.clone(), said.clone()]), "AAA in effect, breach alleged; front in effect");
    let mut seen = phase(3, "2023-03-06", "breach alleged", &[], Some("mission"));
    assert_eq!(states(&[truce.clone(), said.clone(), seen.clone()]), "AAA in effect, breach alleged; front in effect");
    seen.event = 7;
    assert_eq!(states(&[truce, said, seen]), "AAA in effect, breach confirmed; front in effect");
}

#[test]
fn what_may_come_is_no_step() {
    let mut feared = phase(1, "2023-03-01", "ended", &["front"], None);
    feared.status = "feared".to_owned();
    assert_eq!(states(&[feared]), "");
}

#[test]
fn a_promise_is_open_overdue_kept_late_or_broken() {
    let promise = |due: Option<&str>| {
        let mut promise = entry(1, "2023-03-01", "AGREE", &["front"]);
        promise.content = vec![2];
        let mut content = entry(2, "2023-03-10", "RETREAT", &["front"]);
        content.nested = true;
        content.modes = "release".to_owned();
        content.status = "planned".to_owned();
        content.to = due.map(str::to_owned);
        content.from.clone_from(&content.to);
        (promise, BTreeMap::from([(2, content)]))
    };
    let release = |number, day: &str, status: &str| {
        let mut release = entry(number, day, "RETREAT", &["front"]);
        release.modes = "release".to_owned();
        release.status = status.to_owned();
        release
    };
    for (due, later, today, expected) in [
        (Some("2023-03-10"), None, "2023-03-09", Standing::Open),
        (Some("2023-03-10"), None, "2023-03-10", Standing::Open),
        (Some("2023-03-10"), None, "2023-03-11", Standing::Overdue),
        (None, None, "2024-01-01", Standing::Open),
        (Some("2023-03-10"), Some(release(3, "2023-03-09", "occurred")), "2023-04-01", Standing::Kept),
        (Some("2023-03-10"), Some(release(3, "2023-03-12", "occurred")), "2023-04-01", Standing::Late),
        (Some("2023-03-10"), Some(release(3, "2023-03-12", "negated")), "2023-04-01", Standing::Broken),
        (Some("2023-03-10"), Some(release(3, "2023-03-12", "planned")), "2023-04-01", Standing::Overdue),
        // Before it was promised.
        (Some("2023-03-10"), Some(release(3, "2023-02-12", "occurred")), "2023-04-01", Standing::Overdue),
        // By somebody else.
        (Some("2023-03-10"), Some(entry(3, "2023-03-09", "RETREAT", &["AAA"])), "2023-04-01", Standing::Overdue),
    ] {
        let (promise, contents) = promise(due);
        let entries: Vec<Entry> = std::iter::once(promise).chain(later.clone()).collect();
        let mut found = commitments::derive(&entries, &contents);
        commitments::judge(&mut found, &entries);
        assert_eq!(found.len(), 1);
        let today = today.parse().unwrap_or_default();
        assert_eq!(found[0].standing(today), expected, "{due:?} {later:?} {today}");
    }
}

#[test]
fn a_promise_told_twice_is_one() {
    let mut entries = Vec::new();
    let mut contents = BTreeMap::new();
    for telling in 0..3 {
        let mut promise = entry(telling * 10, "2023-03-01", "AGREE", &["front"]);
        promise.content = vec![telling * 10 + 1];
        contents.insert(telling * 10 + 1, entry(telling * 10 + 1, "2023-03-10", "RETREAT", &["front"]));
        entries.push(promise);
    }
    let mut found = commitments::derive(&entries, &contents);
    commitments::judge(&mut found, &entries);
    assert_eq!((found.len(), found[0].tellings.len()), (1, 3));
}

fn hold(number: i64, day: &str, change: &str, who: &str) -> Entry {
    Entry {
        facets: vec![("control".to_owned(), "change".to_owned(), change.to_owned())],
        places: vec![Place {
            name: "Kesh".to_owned(),
            country: Some("AAA".to_owned()),
            precision: "point".to_owned(),
            role: "event".to_owned(),
        }],
        ..entry(number, day, "control", &[who])
    }
}

#[test]
fn a_town_changes_hands_and_evidence_grows_old() {
    let steps = [
        hold(1, "2023-03-01", "holds", "AAA"),
        hold(2, "2023-03-07", "gains", "front"),
        hold(3, "2023-03-09", "holds", "front"),
        hold(4, "2023-03-14", "gains", "AAA"),
    ];
    for (until, today, expected) in [
        (1, "2023-03-02", "AAA since - last 2023-03-01"),
        (2, "2023-03-08", "front since 2023-03-07 last 2023-03-07"),
        (3, "2023-03-10", "front since 2023-03-07 last 2023-03-09"),
        (4, "2023-03-15", "AAA since 2023-03-14 last 2023-03-14"),
        (4, "2023-04-13", "AAA since 2023-03-14 last 2023-03-14"),
        (4, "2023-04-14", "expired"),
    ] {
        let found = control::derive(&steps[..until]);
        let holder = found[0].holder(today.parse().unwrap_or_default());
        let told = holder.map_or_else(String::new, |holder| match holder.expired {
            true => "expired".to_owned(),
            false => {
                format!("{} since {} last {}", holder.side.name, holder.since.as_deref().unwrap_or("-"), holder.last)
            }
        });
        assert_eq!(told, expected, "{today}");
    }
}

#[test]
fn two_who_claim_a_town_dispute_it_and_a_loss_leaves_nobody() {
    let disputed = [hold(1, "2023-03-07", "gains", "front"), hold(2, "2023-03-08", "holds", "AAA")];
    let holder = control::derive(&disputed)[0].holder("2023-03-09".parse().unwrap_or_default());
    assert!(holder.is_some_and(|holder| holder.disputed && holder.side.name == "front"));
    let lost = [hold(1, "2023-03-07", "gains", "front"), hold(2, "2023-03-08", "loses", "front")];
    let holder = control::derive(&lost)[0].holder("2023-03-09".parse().unwrap_or_default());
    assert!(holder.is_some_and(|holder| !holder.side.is_known()));
}

#[test]
fn tellings_of_one_meeting_are_one_round() {
    let mut second = entry(2, "2023-03-19", "CONSULT", &["AAA", "front"]);
    second.event = 1;
    let mut visit = entry(4, "2023-04-02", "CONSULT", &["AAA", "BBB"]);
    visit.modes = "visit".to_owned();
    let entries = [
        entry(1, "2023-03-19", "CONSULT", &["AAA", "front", "GAB"]),
        second,
        entry(3, "2023-04-04", "CONSULT", &["AAA", "front"]),
        visit,
    ];
    let found = talks::derive(&entries);
    let rounds: Vec<usize> = found.iter().map(|talks| talks.rounds.len()).collect();
    assert_eq!(rounds, [2, 1]);
    assert_eq!(found[0].rounds[0].tellings.len(), 2);
    assert_eq!(found[1].rounds[0].format.as_deref(), Some("visit"));
}
