//! Verdicts: what each changes, that later runs inherit it, and that taking back leaves what the others alone would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

mod scene;

use ledger::Ledger;
use ledger::questions::{Filter, Order};
use ledger::verdicts::{Added, Decision, Verdict, VerdictFilter};
use proptest::prelude::*;
use scene::{FOUND, claim, content, events, lines, made, moment, recode, report_id};

fn verdict(targets: &[&str], decision: Decision) -> Verdict {
    Verdict {
        targets: targets.iter().map(|&target| target.to_owned()).collect(),
        decision,
        analyst: "Ada".to_owned(),
        reason: None,
    }
}

fn judge(ledger: &mut Ledger, targets: &[&str], decision: Decision) -> i64 {
    ledger.judge(&verdict(targets, decision), moment("2024-06-01")).unwrap()[0].0
}

fn refusal(ledger: &mut Ledger, targets: &[&str], decision: Decision) -> String {
    ledger.judge(&verdict(targets, decision), moment("2024-06-01")).unwrap_err().to_string()
}

fn correct(field: &str, value: &str) -> Decision {
    Decision::Correct { field: field.to_owned(), value: value.to_owned() }
}

fn undo(ledger: &mut Ledger, number: i64) {
    judge(ledger, &[&number.to_string()], Decision::Undo);
}

/// The event of a claim, by its id.
fn event_of(ledger: &Ledger, claim: &str) -> String {
    let sql = format!(
        "SELECT event.id FROM event JOIN claims ON claims.event_number = event.number WHERE claims.id = '{claim}'"
    );
    lines(ledger, &sql).pop().unwrap_or_default()
}

#[test]
fn one_attack_told_by_three_is_one_event() {
    let ledger = made("one-attack");
    let together = events(&ledger);
    assert!(
        together.contains(&"Courier attacked + Herald attacked + Tribune attacked".to_owned()),
        "the scene is not what the tests build on: {together:?}"
    );
    assert_eq!(together.len(), 4);
}

#[test]
fn rejected_claims_leave_all_counts_and_come_back() {
    let mut ledger = made("rejected");
    let before = content(&ledger);
    let attacked = claim("Herald", "attacked");
    let number = judge(&mut ledger, &[&attacked], Decision::Reject);
    assert!(events(&ledger).contains(&"Courier attacked + Tribune attacked".to_owned()), "{:?}", events(&ledger));
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    undo(&mut ledger, number);
    assert_eq!(content(&ledger), before);
    // The whole event.
    let event = event_of(&ledger, &attacked);
    let number = judge(&mut ledger, &[&event], Decision::Reject);
    assert_eq!(events(&ledger).len(), 3);
    // The last word holds.
    judge(&mut ledger, &[&attacked], Decision::Unsure);
    assert!(events(&ledger).contains(&"Herald attacked".to_owned()));
    undo(&mut ledger, number);
    assert_eq!(events(&ledger).len(), 4);
    assert!(refusal(&mut ledger, &[&number.to_string()], Decision::Undo).contains("taken back already"));
}

#[test]
fn any_field_is_corrected_and_the_correction_checked() {
    let mut ledger = made("corrected");
    let before = content(&ledger);
    let met = claim("Herald", "met");
    let corrections = [
        ("status", "Planned"),
        ("day", "2024-05-10..2024-05-11"),
        ("place", "Katoro"),
        ("actors", "bana; Monitors of the Lakes"),
        ("recipient", "none"),
        ("figure", "delegates 10-12"),
        ("speaker", "Kuru"),
        ("facet", "talks round second"),
        ("contexts", "peace, military"),
        ("category", "agree"),
    ];
    let numbers: Vec<i64> =
        corrections.map(|(field, value)| judge(&mut ledger, &[&met], correct(field, value))).to_vec();
    let sql = format!(
        "SELECT kind, category, status, factuality, from_day, to_day, precision, place, country, actors, recipients, figures,
            speaker, origin, contexts, verdict FROM claims WHERE id = '{met}'"
    );
    let now = lines(&ledger, &sql);
    assert_eq!(
        now,
        [
            "event|AGREE|planned|1|2024-05-10|2024-05-11|interval|Katoro|COD|Bana; Monitors of the Lakes|-|delegates 10-12|\
          Kuru|kuru|military peace|correct"
        ]
    );
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    for (field, value, reason) in [
        ("status", "maybe", "status is one of occurred"),
        ("colour", "red", "there is no field colour"),
        ("from", "2024-06-01", "would end before it begins"),
        ("from", "May", "is a day"),
        ("figure", "killed many", "a figure is ROLE NUMBER"),
        ("category", "WAR", "there is no category WAR"),
        ("factuality", "9", "from -3 to 3"),
        ("place", "Katoro, COD, 95, 10", "a place is NAME"),
    ] {
        let told = refusal(&mut ledger, &[&met], correct(field, value));
        assert!(told.contains(reason), "{told}");
    }
    for number in numbers {
        undo(&mut ledger, number);
    }
    assert_eq!(content(&ledger), before);
}

#[test]
fn what_was_missed_is_added() {
    let mut ledger = made("added");
    let before = content(&ledger);
    let courier = report_id("Courier");
    let text = scene::REPORTS[1].2;
    let start = text.find("told our reporter").unwrap() as u32;
    let added = |start, end| {
        let fields = vec![("actor".to_owned(), "residents".to_owned()), ("status".to_owned(), "ongoing".to_owned())];
        Decision::Add(Added { start, end, category: "CONSULT".to_owned(), fields })
    };
    let number = judge(&mut ledger, &[&courier], added(start, start + 4));
    let row = lines(
        &ledger,
        "SELECT predicate, category, actors, status, sentence_start, verdict FROM claims WHERE rule = 'verdict'",
    );
    assert_eq!(row, ["told|CONSULT|residents|ongoing|0|add"]);
    assert!(refusal(&mut ledger, &[&courier], added(start, start + 4)).contains("this claim already"));
    assert!(refusal(&mut ledger, &[&courier], added(4_000, 4_004)).contains("no words from 4000 to 4004"));
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    undo(&mut ledger, number);
    assert_eq!(content(&ledger), before);
}

#[test]
fn events_merge_and_split_and_stay_so() {
    let mut ledger = made("merged");
    let before = content(&ledger);
    let (attacked, shelled) = (claim("Herald", "attacked"), claim("Herald", "shelled"));
    let (one, two) = (event_of(&ledger, &attacked), event_of(&ledger, &shelled));
    let merged = judge(&mut ledger, &[&one, &two], Decision::Merge);
    let all = "Courier attacked + Herald attacked + Herald shelled + Tribune attacked";
    assert!(events(&ledger).contains(&all.to_owned()), "{:?}", events(&ledger));
    // A later verdict on a part of it.
    let tribune = claim("Tribune", "attacked");
    let event = event_of(&ledger, &attacked);
    let split = judge(&mut ledger, &[&event], Decision::Split { out: vec![tribune.clone()] });
    assert!(events(&ledger).contains(&"Courier attacked + Herald attacked + Herald shelled".to_owned()));
    assert!(events(&ledger).contains(&"Tribune attacked".to_owned()));
    // Another run finds the same: the verdicts hold.
    let now = events(&ledger);
    recode(&mut ledger, "two", &FOUND);
    assert_eq!(events(&ledger), now);
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    undo(&mut ledger, merged);
    assert!(events(&ledger).contains(&"Courier attacked + Herald attacked".to_owned()), "{:?}", events(&ledger));
    undo(&mut ledger, split);
    assert_eq!(content(&ledger), before);
    let refused = refusal(&mut ledger, &[&one], Decision::Split { out: vec![shelled] });
    assert!(refused.contains("is no part of"), "{refused}");
}

#[test]
fn stories_merge_and_split() {
    let mut ledger = made("stories");
    let before = content(&ledger);
    let (herald, courier) = (report_id("Herald"), report_id("Courier"));
    let merged = judge(&mut ledger, &[&herald, &courier], Decision::Merge);
    let stories = |ledger: &Ledger| lines(ledger, "SELECT count(DISTINCT story) FROM reports");
    assert_eq!(stories(&ledger), ["2"]);
    let event = event_of(&ledger, &claim("Herald", "attacked"));
    assert_eq!(lines(&ledger, &format!("SELECT reports, stories FROM event WHERE id = '{event}'")), ["3|2"]);
    let split = judge(&mut ledger, &[&herald], Decision::Split { out: vec![courier.clone()] });
    assert_eq!(stories(&ledger), ["3"]);
    undo(&mut ledger, split);
    assert_eq!(stories(&ledger), ["2"]);
    undo(&mut ledger, merged);
    assert_eq!(content(&ledger), before);
    let event = event_of(&ledger, &claim("Herald", "attacked"));
    assert!(refusal(&mut ledger, &[&event, &herald], Decision::Merge).contains("events merge with events"));
}

#[test]
fn a_withdrawn_report_counts_until_its_day() {
    let mut ledger = made("withdrawn");
    let before = content(&ledger);
    let herald = report_id("Herald");
    let from = "2024-05-20".parse().unwrap();
    let number = judge(&mut ledger, &[&herald], Decision::Withdraw { from });
    assert!(events(&ledger).contains(&"Courier attacked + Tribune attacked".to_owned()));
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    let path = ledger.path().to_owned();
    let told_on = |day: &str| {
        let mut then = Ledger::read(&path).unwrap();
        then.as_of(day.parse().unwrap()).unwrap();
        then.events(&Filter::default()).unwrap().rows.len()
    };
    assert_eq!((told_on("2024-05-19"), told_on("2024-05-20")), (4, 2));
    undo(&mut ledger, number);
    assert_eq!(content(&ledger), before);
    assert!(refusal(&mut ledger, &[&herald], Decision::Reject).contains("withdraw"));
}

#[test]
fn later_runs_inherit_verdicts_and_the_lost_are_listed() {
    let mut ledger = made("inherited");
    let (attacked, shelled, met) = (claim("Herald", "attacked"), claim("Herald", "shelled"), claim("Herald", "met"));
    judge(&mut ledger, &[&attacked], Decision::Accept);
    judge(&mut ledger, &[&shelled], Decision::Reject);
    judge(&mut ledger, &[&met], correct("status", "planned"));
    let orphans = |ledger: &Ledger| {
        let filter = VerdictFilter { orphaned: true, ..VerdictFilter::default() };
        let answer = ledger.verdicts(&filter).unwrap();
        answer.rows.iter().map(|row| answer.get(row, "id").as_text().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert!(orphans(&ledger).is_empty());
    // The second run finds all again but the attack, and the meeting with somebody else.
    let herald = [FOUND[0][1], ("met", "CONSULT", "Kuru", "", "2024-05-03", "Lubera")];
    recode(&mut ledger, "two", &[&herald, FOUND[1], FOUND[2]]);
    assert_eq!(orphans(&ledger), std::slice::from_ref(&attacked));
    let claims = "SELECT predicate, actors, status, verdict FROM claims WHERE outlet = 'Herald' ORDER BY start";
    assert_eq!(lines(&ledger, claims), ["met|Kuru|planned|correct"]);
    assert!(ledger.check().unwrap().is_empty(), "{:?}", ledger.check());
    // A third finds nothing: what the analyst has corrected stands on the analyst's word.
    recode(&mut ledger, "three", &[&[], FOUND[1], FOUND[2]]);
    assert_eq!(lines(&ledger, claims), ["met|Kuru|planned|correct"]);
    assert_eq!(orphans(&ledger), [attacked, shelled, met.clone()]);
    let by_target = VerdictFilter { target: Some(met), ..VerdictFilter::default() };
    assert_eq!(ledger.verdicts(&by_target).unwrap().rows.len(), 1);
    let since = VerdictFilter { since: "2024-06-02".parse().ok(), ..VerdictFilter::default() };
    assert!(ledger.verdicts(&since).unwrap().rows.is_empty());
}

#[test]
fn nothing_is_entered_of_what_is_refused() {
    let mut ledger = made("refused");
    let attacked = claim("Herald", "attacked");
    for (targets, reason) in [
        (vec!["c000000000000"], "no claim c000000000000"),
        (vec![attacked.as_str(), "e000000000000"], "no event"),
        (vec!["x"], "x is no id"),
    ] {
        let told = refusal(&mut ledger, &targets, Decision::Accept);
        assert!(told.contains(reason), "{told}");
    }
    assert!(refusal(&mut ledger, &["7"], Decision::Undo).contains("no verdict 7"));
    let unsigned = Verdict { analyst: " ".to_owned(), ..verdict(&[&attacked], Decision::Accept) };
    assert!(ledger.judge(&unsigned, moment("2024-06-01")).is_err());
    assert_eq!(lines(&ledger, "SELECT count(*) FROM verdict"), ["0"]);
}

/// One step of a random session: a decision on one of the claims, or taking back one of the entries.
#[derive(Clone, Debug)]
enum Step {
    Judge(usize, usize),
    Undo(usize),
}

fn decide(ledger: &mut Ledger, which: usize, on: usize) -> Option<i64> {
    let claims: Vec<String> =
        [("Herald", "attacked"), ("Herald", "shelled"), ("Courier", "attacked"), ("Tribune", "aided")]
            .map(|(outlet, told)| claim(outlet, told))
            .to_vec();
    let (one, other) = (claims[on % 4].as_str(), claims[(on + 1) % 4].as_str());
    let reports = ["Herald", "Courier", "Tribune"].map(report_id);
    // A merger of stories is about all that the stories hold at that time, so always the same two.
    let (story, part) = (reports[on % 3].as_str(), reports[1].clone());
    let (targets, decision) = match which {
        0 => (vec![one], Decision::Reject),
        1 => (vec![one], Decision::Accept),
        2 => (vec![one], correct("status", "planned")),
        3 => (vec![one], correct("day", "2024-05-03")),
        4 => (vec![one, other], Decision::Merge),
        5 => (vec![reports[0].as_str(), part.as_str()], Decision::Merge),
        6 => (vec![story], Decision::Withdraw { from: "2024-06-01".parse().unwrap() }),
        _ => {
            let at = 10 + on as u32;
            let added = Added { start: at, end: at + 3, category: "AID".to_owned(), fields: Vec::new() };
            (vec![story], Decision::Add(added))
        }
    };
    ledger.judge(&verdict(&targets, decision), moment("2024-06-01")).ok().map(|entered| entered[0].0)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_back_leaves_no_trace(
        steps in proptest::collection::vec(
            prop_oneof![3 => (0_usize..8, 0_usize..4).prop_map(|(which, on)| Step::Judge(which, on)),
                2 => (0_usize..8).prop_map(Step::Undo)],
            1..9,
        ),
        again in any::<bool>(),
    ) {
        let mut ledger = made("random-steps");
        let mut held: Vec<(i64, usize, usize)> = Vec::new();
        for step in steps {
            match step {
                Step::Judge(which, on) => held.extend(decide(&mut ledger, which, on).map(|number| (number, which, on))),
                Step::Undo(at) if at < held.len() => undo(&mut ledger, held.remove(at).0),
                Step::Undo(_) => {}
            }
        }
        if again {
            recode(&mut ledger, "two", &FOUND);
        }
        prop_assert_eq!(ledger.check().unwrap(), []);
        let mut alone = made("remaining-steps");
        for (_, which, on) in held {
            decide(&mut alone, which, on);
        }
        prop_assert_eq!(content(&ledger), content(&alone));
    }
}

#[test]
fn a_verdict_given_meanwhile_is_not_written_over() {
    let mut ledger = made("overtaken");
    let (one, other) = (claim("Herald", "attacked"), claim("Tribune", "attacked"));
    let event = event_of(&ledger, &one);
    assert_eq!(ledger.version(&[one.clone(), event.clone()]).unwrap(), 0);
    let number = judge(&mut ledger, &[&one], Decision::Accept);
    // What concerns a claim concerns its event, and no other claim.
    assert_eq!(ledger.version(std::slice::from_ref(&event)).unwrap(), number);
    assert_eq!(ledger.version(std::slice::from_ref(&other)).unwrap(), 0);
    let late = verdict(&[&event], Decision::Reject);
    let refused = ledger.judge_unless_overtaken(&late, 0, moment("2024-06-02")).unwrap_err().to_string();
    assert!(refused.contains("accept by Ada, 2024-06-01"), "{refused}");
    ledger.judge_unless_overtaken(&late, number, moment("2024-06-02")).unwrap();
    // Taking back is an entry as well.
    undo(&mut ledger, number);
    assert!(ledger.judge_unless_overtaken(&verdict(&[&one], Decision::Unsure), number, moment("2024-06-02")).is_err());
}

#[test]
fn the_queue_has_what_is_left_to_judge() {
    let mut ledger = made("queue");
    let queue = |ledger: &Ledger, order, after: Option<&str>| {
        let answer = ledger.queue(&Filter::default(), order, after, None).unwrap();
        answer.rows.iter().filter_map(|row| row[0].as_text().map(str::to_owned)).collect::<Vec<_>>()
    };
    let all = queue(&ledger, Order::Doubtful, None);
    assert_eq!(queue(&ledger, Order::Doubtful, Some(&all[1])), all[2..]);
    assert_eq!(queue(&ledger, Order::Newest, None).len(), all.len());
    assert!(queue(&ledger, Order::Disputed, None).len() < all.len());
    for (at, decision) in [Decision::Accept, Decision::Reject].into_iter().enumerate() {
        judge(&mut ledger, &[&all[at]], decision);
    }
    assert_eq!(queue(&ledger, Order::Doubtful, None), all[2..]);
    // Who was judged still marks a place.
    assert_eq!(queue(&ledger, Order::Doubtful, Some(&all[1])), all[2..]);
}

#[test]
fn an_id_narrows_to_what_belongs_to_it() {
    let ledger = made("belongs");
    let attacked = claim("Herald", "attacked");
    let (event, report) = (event_of(&ledger, &attacked), report_id("Herald"));
    let count = |id: &str| {
        let filter = Filter { id: Some(id.to_owned()), ..Filter::default() };
        let claims = ledger.claims(&filter).unwrap().rows.len();
        assert_eq!(ledger.count_claims(&filter).unwrap(), claims as i64);
        (ledger.events(&filter).unwrap().rows.len(), claims, ledger.reports(&filter).unwrap().rows.len())
    };
    assert_eq!(count(&attacked), (1, 1, 1));
    assert_eq!(count(&event), (1, 3, 3));
    let (events, claims, reports) = count(&report);
    assert!(events > 0 && claims > 0 && reports == 1);
    assert_eq!(count("c0000000000000"), (0, 0, 0));
    let strange = Filter { id: Some("x1".to_owned()), ..Filter::default() };
    assert!(ledger.claims(&strange).unwrap_err().to_string().contains("x1 is no id"));
    let reading = ledger.reading(&report).unwrap().unwrap();
    assert!(reading.report.text.is_some() && reading.record.is_some());
    assert_eq!(ledger.reading("r0").unwrap(), None);
}
