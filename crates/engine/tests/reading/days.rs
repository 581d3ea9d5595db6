//! On which days the acts of whole reports lie: what one sentence says of its day holds for others.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use document::{Report, TextSpan};
use engine::Engine;
use std::sync::OnceLock;

/// The claims of a report of Thursday, 7 March 2024, each as its first word and the day on which its act begins. Nothing is
/// held back: a few sentences show too little to be trusted.
fn days(title: &str, body: &str) -> Vec<String> {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine = ENGINE.get_or_init(|| Engine::built_in().unwrap().with_min_confidence(0.0));
    let text = if title.is_empty() { body.to_owned() } else { format!("{title}\n\n{body}") };
    let mut report = Report::from_text("case", text);
    report.published = "2024-03-07".parse().ok();
    report.body_start = u32::try_from(title.len()).unwrap();
    report.title = (!title.is_empty()).then(|| TextSpan::new(0, title.len()));
    let record = engine.record(&engine.read(report), true);
    let day = |claim: &record::Claim| {
        let when = claim.when.as_ref().and_then(|when| when.from.clone());
        let word = claim.predicate.text.split(' ').next().unwrap_or_default();
        format!("{word} {}", when.as_deref().and_then(|day| day.strip_prefix("2024-03-")).unwrap_or("-"))
    };
    record.claims.iter().map(day).collect()
}

#[test]
fn a_paragraph_goes_on_in_the_matter_of_its_dated_sentence() {
    let raid = "On Monday, rebels raided an army camp near Goma. Soldiers chased them into the forest. \
        They killed a soldier there and wounded two guards.";
    assert_eq!(days("", raid), ["raided 04", "killed 04"]);
    let judge = "On Monday, judge Eva Lund met the lawyers in Oslo. Lund rejected their request.";
    assert_eq!(days("", judge), ["met 04", "rejected 04"]);
    let two = "On Monday, judge Eva Lund met the lawyers in Oslo.\n\nLund rejected their request.";
    assert_eq!(days("", two), ["met 04", "rejected -"], "another paragraph");
    let earlier = "On Monday, judge Eva Lund met the lawyers in Oslo. Lund had rejected their request.";
    assert_eq!(days("", earlier), ["met 04", "rejected -"], "told as further back");
}

#[test]
fn others_may_answer_on_any_day() {
    let one = "On Monday the minister criticized Chad. \"They must leave our country\", she added.";
    assert_eq!(days("", one), ["criticized 04", "must 04"]);
    let other = "On Monday the minister criticized Chad. The opposition condemned Niger.";
    assert_eq!(days("", other), ["criticized 04", "condemned -"]);
}

#[test]
fn a_noun_names_a_dated_act_again() {
    let envoy = "On Monday, Jan Horak resigned as envoy.\n\n\
        The president said on Wednesday that Horak's resignation surprised him.";
    assert_eq!(days("", envoy), ["resigned 04", "resignation 04"]);
}

#[test]
fn a_headline_has_the_day_of_the_same_act_in_the_lead() {
    let ban = "On Monday, Eva Lund signed a decree banning anyone from Telegram.";
    assert_eq!(days("Prime Minister signs decree to ban Telegram", ban), ["ban 04", "banning 04"]);
    let freed = "On Monday, the suspect was freed from a jail in Oslo.";
    assert_eq!(days("Suspect in Oslo bombings freed from jail", freed), ["bombings -", "freed 04"]);
}

#[test]
fn clauses_beside_a_dated_verb_share_its_day() {
    let place = "On Tuesday the minister met the envoys, then visited the king, where he denounced the treaty.";
    assert_eq!(days("", place), ["met 05", "visited 05", "denounced 05"]);
    let beside = "On Tuesday, the president, meeting the envoys in Oslo, condemned Chad.";
    assert_eq!(days("", beside), ["meeting 05", "condemned 05"]);
    let told = "On Sunday the rebels announced they had entered into an agreement with the government.";
    assert_eq!(days("", told), ["entered 03"]);
    let behind = "The minister said, \"They need to stand by us\", while addressing the press yesterday.";
    assert_eq!(days("", behind)[..1], ["need 06"]);
}

#[test]
fn what_may_be_has_not_the_day_on_which_it_was_said() {
    assert_eq!(days("", "The president said on Monday he may declare a state of emergency."), ["declare -"]);
    assert_eq!(days("", "The meeting of the ministers is set to open on Saturday.")[..1], ["meeting 09"]);
}

#[test]
fn what_is_said_in_the_present_has_the_day_of_saying_so() {
    let we = "\"We reject this treaty,\" the minister said on Tuesday.";
    assert_eq!(days("", we), ["reject 05"]);
    let had = "\"We have rejected this treaty,\" the minister said on Tuesday.";
    assert_eq!(days("", had), ["rejected -"]);
}

#[test]
fn violence_of_one_day_is_meant_by_whatever_word_points_at_it() {
    let one = "On Monday, a man stabbed two guards in Oslo.\n\n\
        The mayor said she was following an investigation into the attack.";
    assert!(days("", one).contains(&"attack 04".to_owned()), "{:?}", days("", one));
}

#[test]
fn arrests_follow_at_once() {
    let at_once = "On Monday, a man stabbed two guards in Oslo.\n\nPolice arrested a suspect.";
    assert_eq!(days("", at_once), ["stabbed 04", "arrested 04"]);
}

#[test]
fn a_time_of_something_else_does_not_date_what_is_done() {
    let hearing = "The court issued a request for papers, scheduled for this week.";
    assert!(days("", hearing).iter().all(|day| day.ends_with('-')), "{:?}", days("", hearing));
    let part = "On Tuesday the court issued a subpoena as part of its investigation into the minister.";
    assert_eq!(days("", part), ["issued 05", "investigation -"]);
    let call = "On Monday, Chad condemned Niger.\n\nChad criticized the February 12 treaty of Niger and Mali.";
    assert_eq!(days("", call)[..2], ["condemned 04", "criticized 04"]);
}

#[test]
fn one_sort_of_people_goes_on_and_another_does_not() {
    let troops = "On Monday, soldiers beat two students in Oslo.\n\nTroops wounded a teacher.";
    assert_eq!(days("", troops), ["beat 04", "wounded 04"]);
    let rebels = "On Monday, soldiers beat two students in Oslo.\n\nRebels wounded a teacher.";
    assert_eq!(days("", rebels), ["beat 04", "wounded -"]);
}
