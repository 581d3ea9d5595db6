//! Frames and claims on hand-made parses: the deep slots are the same whatever the construction.

#![allow(clippy::panic, reason = "a test ends at what it did not expect")]

use coder::{Codebook, Examples, code};
use document::{Document, Manner, Statement, TokenId, TokenSpan, testing};

const ATTACK: &str = r#"
summary = "An attack"
pattern = """
  verb     attack, kill
  noun     attack
  subject? @actor as actor
  subject? *
  object/on? *    as recipient
"""
[[yes]]
text = "Rebels attacked soldiers."
[[no]]
text = "Rain fell."
because = "no attack"
"#;

const AGREE: &str = r#"
summary = "A promise"
pattern = """
  verb    agree, threaten
  subject @actor as actor
  clause  *      as content
"""
[[yes]]
text = "Rebels agreed to leave."
[[no]]
text = "Rain fell."
because = "no promise"
"#;

const REJECT: &str = r#"
summary = "A refusal"
pattern = """
  verb    reject
  subject @actor as actor
"""
[[yes]]
text = "Rebels rejected talks."
[[no]]
text = "Rain fell."
because = "nobody refuses"
"#;

const WITHDRAW: &str = r#"
summary = "A withdrawal"
pattern = """
  verb    withdraw
  noun    withdrawal
  subject @actor as actor
  from?   *      as origin
"""
[[yes]]
text = "Rebels left."
[[no]]
text = "Rain fell."
because = "no withdrawal"
"#;

const COUNTRIES: &str = r#"
[[country]]
code = "ARM"
name = "Armenia"
names = []
adjectives = ["Armenian"]
people = ["Armenians"]
capital = ["Yerevan"]
metonyms = []

[[country]]
code = "AZE"
name = "Azerbaijan"
names = []
adjectives = ["Azerbaijani"]
people = ["Azerbaijanis"]
capital = ["Baku"]
metonyms = []
"#;

const HEAD: &str = "name = \"test\"\nversion = \"1\"\nontology = \"PLOVER\"\n";

fn files(list: &[(&str, &str)]) -> Vec<(String, String)> {
    list.iter().map(|(path, contents)| ((*path).to_owned(), (*contents).to_owned())).collect()
}

/// A codebook of three rules, enough to see who did what to whom.
fn codebook() -> Codebook {
    let head = format!("{HEAD}[content-status]\nAGREE = \"planned\"\n[recast.AGREE]\nRETREAT = \"CONCEDE\"\n");
    let files = files(&[
        ("codebook.toml", &head),
        ("categories/assault/attack.rule.toml", ATTACK),
        ("categories/agree/agree.rule.toml", AGREE),
        ("categories/retreat/withdraw.rule.toml", WITHDRAW),
        ("categories/reject/reject.rule.toml", REJECT),
        ("words/support-verb.txt", "launch\n"),
        ("words/transparent-noun.txt", "series\n"),
        (
            "actors/roles.toml",
            "[[role]]\nnouns = [\"rebel\"]\nsector = \"REB\"\nkind = \"person\"\n[[role]]\nnouns = [\"soldier\", \"troop\"]\nsector = \"MIL\"\nkind = \"person\"\n[[role]]\nnouns = [\"army\"]\nsector = \"MIL\"\nkind = \"body\"\n",
        ),
        ("actors/countries.toml", COUNTRIES),
    ]);
    Codebook::load(&files, Examples::Read).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// One line a claim: category, actors, recipients, status, nested claims.
fn check(notation: &str, expected: &[&str]) {
    let document = Document { syntax: testing::syntax(notation), ..Document::default() };
    let coding = code(&document, &codebook());
    let words = |participants: &[document::Participant]| {
        participants.iter().map(|participant| document.text(participant.span)).collect::<Vec<_>>().join("+")
    };
    let line = |claim: &document::Claim| {
        let (actors, recipients) = (words(&claim.actors), words(&claim.recipients));
        format!("{} [{actors}] [{recipients}] {} {:?}", claim.category, claim.status.as_str(), claim.content)
    };
    let found: Vec<String> = coding.claims.iter().map(line).collect();
    assert_eq!(found, expected, "{}", document.report.text);
}

#[test]
fn active_passive_relative_and_conjoined_verbs_have_one_frame() {
    let expected = ["ASSAULT [Rebels] [soldiers] occurred []"];
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         attacked attack VERB VBD 0 root
         soldiers soldier NOUN NNS 2 obj
         . . PUNCT . 2 punct",
        &expected,
    );
    check(
        "Soldiers soldier NOUN NNS 3 nsubj:pass
         were be AUX VBD 3 aux:pass
         attacked attack VERB VBN 0 root
         by by ADP IN 5 case
         rebels rebel NOUN NNS 3 obl:agent
         . . PUNCT . 3 punct",
        &["ASSAULT [rebels] [Soldiers] occurred []"],
    );
    check(
        "Rebels rebel NOUN NNS 5 nsubj
         who who PRON WP 3 nsubj
         attacked attack VERB VBD 1 acl:relcl
         soldiers soldier NOUN NNS 3 obj
         fled flee VERB VBD 0 root
         . . PUNCT . 5 punct",
        &expected,
    );
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         arrived arrive VERB VBD 0 root
         and and CCONJ CC 4 cc
         attacked attack VERB VBD 2 conj
         soldiers soldier NOUN NNS 4 obj
         . . PUNCT . 2 punct",
        &expected,
    );
}

#[test]
fn a_light_verb_lends_its_subject_to_the_noun() {
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         launched launch VERB VBD 0 root
         a a DET DT 4 det
         series series NOUN NN 2 obj
         of of ADP IN 6 case
         attacks attack NOUN NNS 4 nmod
         on on ADP IN 8 case
         soldiers soldier NOUN NNS 6 nmod
         . . PUNCT . 2 punct",
        &["ASSAULT [Rebels] [soldiers] occurred []"],
    );
}

#[test]
fn whoever_is_accused_of_a_deed_did_it() {
    check(
        "Envoys envoy NOUN NNS 2 nsubj
         accused accuse VERB VBD 0 root
         rebels rebel NOUN NNS 2 obj
         of of SCONJ IN 5 mark
         attacking attack VERB VBG 3 acl
         soldiers soldier NOUN NNS 5 obj
         . . PUNCT . 2 punct",
        &["ASSAULT [rebels] [soldiers] occurred []"],
    );
    // "adopted a plan of attacking …": here the subject does it.
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         adopted adopt VERB VBD 0 root
         plans plan NOUN NNS 2 obj
         of of SCONJ IN 5 mark
         attacking attack VERB VBG 3 acl
         soldiers soldier NOUN NNS 5 obj
         . . PUNCT . 2 punct",
        &["ASSAULT [Rebels] [soldiers] occurred []"],
    );
}

#[test]
fn whoever_sends_a_letter_does_what_it_says() {
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         sent send VERB VBD 0 root
         letters letter NOUN NNS 2 obj
         threatening threaten VERB VBG 3 acl
         to to PART TO 6 mark
         attack attack VERB VB 4 xcomp
         soldiers soldier NOUN NNS 6 obj
         . . PUNCT . 2 punct",
        &["AGREE [Rebels] [] occurred [1]", "ASSAULT [Rebels] [soldiers] planned []"],
    );
}

#[test]
fn what_is_promised_is_planned_and_names_the_promise() {
    check(
        "Rebels rebel NOUN NNS 2 nsubj
         agreed agree VERB VBD 0 root
         to to PART TO 4 mark
         withdraw withdraw VERB VB 2 xcomp
         . . PUNCT . 2 punct",
        &["CONCEDE [Rebels] [] occurred [1]", "RETREAT [Rebels] [] planned []"],
    );
}

#[test]
fn the_subject_of_a_nominalization_may_follow_of() {
    check(
        "The the DET DT 2 det
         withdrawal withdrawal NOUN NN 5 nsubj
         of of ADP IN 4 case
         troops troop NOUN NNS 2 nmod
         continued continue VERB VBD 0 root
         . . PUNCT . 5 punct",
        &["RETREAT [troops] [] occurred []"],
    );
}

/// Each claim's trigger with the days on which it lies, and its status.
fn check_when(notation: &str, times: &[(usize, usize, &str, &str, &str)], expected: &[&str]) {
    let mut document = Document { syntax: testing::syntax(notation), ..Document::default() };
    document.syntax.report.published = "2023-03-08".parse().ok();
    document.times = times
        .iter()
        .map(|&(start, end, value, from, to)| document::Time {
            span: document::TokenSpan::new(start, end),
            kind: if value.starts_with('P') { document::TimeKind::Duration } else { document::TimeKind::Date },
            value: value.to_owned(),
            from: from.parse().ok(),
            to: to.parse().ok(),
            basis: document::TimeBasis::Stated,
        })
        .collect();
    let coding = code(&document, &codebook());
    let line = |claim: &document::Claim| {
        let when = claim.when.as_ref().map_or_else(String::new, |when| match (when.from, when.to) {
            (Some(from), Some(to)) if from == to => format!(" {from}"),
            (Some(from), Some(to)) => format!(" {from}..{to}"),
            _ => " unknown".to_owned(),
        });
        format!("{}{when} {}", document.token(claim.trigger).form(), claim.status.as_str())
    };
    let found: Vec<String> = coding.claims.iter().map(line).collect();
    assert_eq!(found, expected, "{}", document.report.text);
}

#[test]
fn a_time_dates_its_own_verb() {
    check_when(
        "Rebels rebel NOUN NNS 2 nsubj
         attacked attack VERB VBD 0 root
         soldiers soldier NOUN NNS 2 obj
         and and CCONJ CC 5 cc
         left leave VERB VBD 2 conj
         on on ADP IN 7 case
         Tuesday Tuesday PROPN NNP 5 obl
         and and CCONJ CC 9 cc
         Wednesday Wednesday PROPN NNP 7 conj",
        &[(6, 7, "2023-03-07", "2023-03-07", "2023-03-07"), (8, 9, "2023-03-08", "2023-03-08", "2023-03-08")],
        &["attacked occurred"],
    );
    check_when(
        "Rebels rebel NOUN NNS 2 nsubj
         attacked attack VERB VBD 0 root
         soldiers soldier NOUN NNS 2 obj
         on on ADP IN 5 case
         Tuesday Tuesday PROPN NNP 2 obl
         and and CCONJ CC 7 cc
         Wednesday Wednesday PROPN NNP 5 conj",
        &[(4, 5, "2023-03-07", "2023-03-07", "2023-03-07"), (6, 7, "2023-03-08", "2023-03-08", "2023-03-08")],
        &["attacked 2023-03-07..2023-03-08 occurred"],
    );
    check_when(
        "Envoys envoy NOUN NNS 2 nsubj
         left leave VERB VBD 0 root
         on on ADP IN 4 case
         Tuesday Tuesday PROPN NNP 2 obl
         after after ADP IN 7 case
         an a DET DT 7 det
         attack attack NOUN NN 2 obl
         on on ADP IN 9 case
         soldiers soldier NOUN NNS 7 nmod",
        &[(3, 4, "2023-03-07", "2023-03-07", "2023-03-07")],
        &["attack occurred"],
    );
    check_when(
        "Envoys envoy NOUN NNS 2 nsubj
         left leave VERB VBD 0 root
         after after ADP IN 5 case
         an a DET DT 5 det
         attack attack NOUN NN 2 obl
         last last ADJ JJ 7 amod
         week week NOUN NN 2 obl:unmarked
         on on ADP IN 9 case
         soldiers soldier NOUN NNS 5 nmod",
        &[(5, 7, "2023-W09", "2023-02-27", "2023-03-05")],
        &["attack 2023-02-27..2023-03-05 occurred"],
    );
}

#[test]
fn a_day_to_come_makes_a_plan_of_the_present_tense() {
    check_when(
        "Troops troop NOUN NNS 2 nsubj
         withdraw withdraw VERB VBP 0 root
         on on ADP IN 4 case
         Friday Friday PROPN NNP 2 obl",
        &[(3, 4, "2023-03-10", "2023-03-10", "2023-03-10")],
        &["withdraw 2023-03-10 planned"],
    );
    check_when(
        "Troops troop NOUN NNS 3 nsubj
         will will AUX MD 3 aux
         withdraw withdraw VERB VB 0 root
         within within ADP IN 6 case
         10 10 NUM CD 6 nummod
         days day NOUN NNS 3 obl",
        &[(4, 6, "P10D", "", "")],
        &["withdraw 2023-03-08..2023-03-18 planned"],
    );
}

/// The claim of a sentence that stands in a statement of this manner: how many statements vouch for it.
fn vouching(notation: &str, manner: Manner, cue: usize, content: TokenSpan) -> Vec<usize> {
    let statement = Statement {
        speakers: vec![TokenSpan::new(0, 1)],
        speaker_heads: vec![TokenId(0)],
        cue: vec![TokenSpan::new(cue, cue + 1)],
        content: vec![content],
        addressee: None,
        manner,
        quoted: false,
        within: None,
    };
    let syntax = testing::syntax(notation);
    let document = Document { syntax, statements: vec![statement], ..Document::default() };
    code(&document, &codebook()).claims.iter().map(|claim| claim.according_to.len()).collect()
}

#[test]
fn who_denies_something_does_not_vouch_for_a_relative_clause_in_it() {
    let notation = "Envoys envoy NOUN NNS 2 nsubj
         mentioned mention VERB VBD 0 root
         men man NOUN NNS 2 obj
         who who PRON WP 5 nsubj
         attacked attack VERB VBD 3 acl:relcl
         soldiers soldier NOUN NNS 5 obj
         . . PUNCT . 2 punct";
    let content = TokenSpan::new(2, 6);
    assert_eq!(vouching(notation, Manner::Denied, 1, content), [0]);
    assert_eq!(vouching(notation, Manner::Said, 1, content), [1]);
}

#[test]
fn what_another_said_is_not_vouched_for_unless_the_cue_follows() {
    let notation = "Envoys envoy NOUN NNS 2 nsubj
         announced announce VERB VBD 0 root
         talks talk NOUN NNS 2 obj
         which which PRON WDT 6 obj
         rebels rebel NOUN NNS 6 nsubj
         rejected reject VERB VBD 3 acl:relcl
         . . PUNCT . 2 punct";
    assert_eq!(vouching(notation, Manner::Said, 1, TokenSpan::new(2, 6)), [0]);
    assert_eq!(vouching(notation, Manner::Said, 6, TokenSpan::new(1, 6)), [1]);
}

/// The countries of the first actors of the claims of a text.
fn countries(notation: &str) -> Vec<Option<String>> {
    let document = Document { syntax: testing::syntax(notation), ..Document::default() };
    let claims = code(&document, &codebook()).claims;
    claims.iter().map(|claim| claim.actors.first()?.actor.country.clone()).collect()
}

#[test]
fn a_capital_tells_whose_body_acts_and_two_armies_leave_a_third_open() {
    let armenian = "The the DET DT 3 det
         Armenian Armenian ADJ JJ 3 amod
         army army NOUN NN 4 nsubj
         attacked attack VERB VBD 0 root
         soldiers soldier NOUN NNS 4 obj
         . . PUNCT . 4 punct";
    let in_baku = "In in ADP IN 2 case
         Baku Baku PROPN NNP 6 obl
         , , PUNCT , 2 punct
         the the DET DT 5 det
         army army NOUN NN 6 nsubj
         attacked attack VERB VBD 0 root
         soldiers soldier NOUN NNS 6 obj
         . . PUNCT . 6 punct";
    let bare = "The the DET DT 2 det
         army army NOUN NN 3 nsubj
         withdrew withdraw VERB VBD 0 root
         . . PUNCT . 3 punct";
    let (arm, aze) = (Some("ARM".to_owned()), Some("AZE".to_owned()));
    assert_eq!(countries(&format!("{armenian}\n\n{bare}")), [arm.clone(), arm.clone()]);
    assert_eq!(countries(&format!("{armenian}\n\n{in_baku}\n\n{bare}")), [arm, aze, None]);
}

#[test]
fn all_faults_are_reported_at_once() {
    let bad =
        "summary = \"x\"\npattern = \"\"\"\n  verb hit\n  object @nowhere as recipient\n  sabject * as actor\n\"\"\"\n";
    let reasonless = "summary = \"x\"\npattern = \"verb rain\"\n[[yes]]\ntext = \"a\"\n[[no]]\ntext = \"b\"\n";
    let files = files(&[
        ("codebook.toml", HEAD),
        ("categories/assault/bad.rule.toml", bad),
        ("categories/weather/rain.rule.toml", reasonless),
        ("actors/people.toml", "[[actor]]\nid = \"x\"\nname = \"X\"\nsectors = [\"ABC\"]\n"),
    ]);
    let faults: Vec<String> =
        Codebook::load(&files, Examples::Read).err().unwrap_or_default().iter().map(ToString::to_string).collect();
    let expected = [
        "bad.rule.toml:4: no such word list: `@nowhere`",
        "bad.rule.toml:5: unknown slot: `sabject`",
        "bad.rule.toml:1: the rule has no example that must match",
        "weather/rain.rule.toml:1: the folder is not a category",
        "rain.rule.toml:6: an example that must not match needs its reason",
        "actors/people.toml:2: unknown sector: `ABC`",
    ];
    for expected in expected {
        assert!(faults.iter().any(|fault| fault.contains(expected)), "{expected} not in {faults:#?}");
    }
}
