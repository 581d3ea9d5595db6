//! The public record: the schema on disk is that of the types, records fit it, and every span holds the words beside it.

#![allow(clippy::unwrap_used, reason = "a test ends at what it did not expect")]

use document::testing::syntax;
use document::{
    ActorRef, Claim, ClaimKind, Direction, Document, Evidence, Facet, Granularity, GranularityKind, Manner, Name,
    NameKind, Participant, Place, PlacePrecision, PlaceRef, Quantity, QuantityRef, Relationship, Report, Statement,
    Status, Strength, Target, Time, TimeBasis, TimeKind, TokenId, TokenSpan, When,
};
use engine::Engine;
use engine::conversion::{Identities, record};
use record::{Record, Run, json_schema};
use serde_json::Value;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// `cargo dev generate` writes the schema; here it is only compared.
#[test]
fn schema_on_disk_is_that_of_the_types() {
    let written = std::fs::read_to_string(root().join("schema/chancery-1.schema.json")).unwrap_or_default();
    let expected = serde_json::to_string_pretty(&json_schema()).unwrap() + "\n";
    assert!(written == expected, "schema/chancery-1.schema.json is out of date; run `cargo dev generate`");
}

#[test]
fn engines_are_shared_between_threads() {
    fn check<T: Send + Sync>() {}
    check::<Engine>();
}

#[test]
fn records_of_the_examples_fit_the_schema_and_their_spans_hold() {
    let engine = Engine::built_in().unwrap();
    let mut files: Vec<PathBuf> = std::fs::read_dir(root().join("examples"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    for file in files {
        let report = Report::from_text(file.display().to_string(), std::fs::read_to_string(&file).unwrap());
        let reading = engine.read(report.clone());
        assert_eq!(reading, engine.read(report), "the same report gives the same reading");
        check(&engine.record(&reading, true));
    }
}

#[test]
fn one_person_has_one_name_throughout_a_report() {
    let text = "A spokesman for the rebels, Hamat Djibrine, said that 12 soldiers had been taken prisoner. \
        Djibrine said that they were treated well.";
    let engine = Engine::built_in().unwrap();
    let record = engine.record(&engine.read(Report::from_text("case", text)), true);
    let names: Vec<Option<&str>> =
        record.statements.iter().map(|statement| statement.speaker.name.as_deref()).collect();
    assert_eq!(names, [Some("Hamat Djibrine"), Some("Hamat Djibrine")], "{:?}", record.statements);
}

#[test]
fn strange_texts_give_records_that_hold() {
    let engine = Engine::built_in().unwrap();
    for text in [
        "",
        "\u{FEFF}",
        "\u{200F}مرحبا\u{200E} rebels left\u{202E} town.",
        "a\u{0C}b\r\nc\u{0}d",
        "𝄞𝄞 killed 𝄞 e\u{301}\u{301} — “”‘’…",
        &"((((".repeat(500),
        &"killed ".repeat(600),
        &"x".repeat(10_000),
        ". . . . ? ! \"\"\"",
    ] {
        check(&engine.record(&engine.read(Report::from_text("strange", text)), true));
    }
}

/// What refers back is looked up, not searched: these once took time that grew with the square of their length.
#[test]
fn long_runs_of_the_same_words_give_records() {
    let engine = Engine::built_in().unwrap();
    let runs = [
        "head of the ",
        "\" he ",
        "he said that ",
        "soldiers and ",
        "President Arlan of Kenya said the army had attacked. ",
        "(a ",
        "\"",
        "- ",
    ];
    for run in runs {
        let text = run.repeat(20_000 / run.len());
        let record = engine.record(&engine.read(Report::from_text("run", &text)), false);
        assert!(!record.sentences.is_empty(), "{run}");
    }
}

#[test]
fn every_field_of_a_hand_made_claim_is_kept() {
    let found = record(run(), &by_hand(), &[claim(1, vec![1]), claim(4, vec![])], Identities::default(), true);
    check(&found);
    let claim = serde_json::to_value(&found.claims[0]).unwrap();
    assert_eq!(claim["predicate"]["text"], "killed");
    assert_eq!(claim["actors"][0]["text"], "Émigrés");
    assert_eq!(claim["actors"][0]["country"], "FRA");
    assert_eq!(claim["where"][0]["name"], "Lyon");
    assert_eq!(claim["quantities"][0]["quantity"], "q1");
    assert_eq!(claim["according_to"][0], "a1");
    assert_eq!(claim["content"][0], found.claims[1].id.as_str());
    assert_eq!(claim["relations"][0]["claim"], found.claims[1].id.as_str());
    assert_eq!(claim["when"]["text"], "Sunday");
    assert_eq!(found.quantities[0].counts.as_ref().map(|words| words.text.as_str()), Some("men"));
}

#[test]
fn claim_ids_depend_on_report_category_and_spans_alone() {
    let ids = |document: &Document, claims: &[Claim]| -> Vec<String> {
        record(run(), document, claims, Identities::default(), false).claims.into_iter().map(|claim| claim.id).collect()
    };
    let document = by_hand();
    let first = claim(1, vec![]);
    let changed = Claim { rule: "other".into(), status: Status::Negated, actors: vec![], ..first.clone() };
    assert_eq!(ids(&document, std::slice::from_ref(&first)), ids(&document, &[changed]));
    let other = Claim { category: "COERCE".into(), ..first.clone() };
    let three = ids(&document, &[first.clone(), other, first.clone()]);
    assert!(three[0] != three[1] && three[0] != three[2] && three[1] != three[2], "{three:?}");
    let mut moved = document.clone();
    moved.syntax.report.id = "elsewhere".into();
    assert_ne!(ids(&document, std::slice::from_ref(&first)), ids(&moved, &[first]));
}

fn run() -> Run {
    Run { program: "0".into(), models: "m".into(), codebook: "c".into() }
}

fn by_hand() -> Document {
    let syntax = syntax(
        "Émigrés émigré NOUN NNS 2 nsubj
         killed kill VERB VBD 0 root
         three three NUM CD 4 nummod
         men man NOUN NNS 2 obj
         in in ADP IN 6 case
         Lyon Lyon PROPN NNP 2 obl
         Sunday Sunday PROPN NNP 2 obl:unmarked",
    );
    let span = |at: usize| TokenSpan::new(at, at + 1);
    Document {
        names: vec![Name { span: span(5), kind: NameKind::Location }],
        times: vec![Time {
            span: span(6),
            kind: TimeKind::Date,
            value: "2021-07-18".into(),
            from: Some(jiff::civil::date(2021, 7, 18)),
            to: Some(jiff::civil::date(2021, 7, 18)),
            basis: TimeBasis::Publication,
        }],
        places: vec![Place {
            span: span(5),
            name: "Lyon".into(),
            coordinates: Some((45.75, 4.85)),
            country: Some("FRA".into()),
            admin1: None,
            feature: Some("PPLA".into()),
            precision: PlacePrecision::Point,
        }],
        quantities: vec![Quantity {
            span: span(2),
            low: Some(3.0),
            best: Some(3.0),
            high: Some(3.0),
            approximate: false,
            unit: None,
            counts: Some(TokenId(3)),
            subset_of: None,
        }],
        statements: vec![Statement {
            speakers: vec![span(0)],
            speaker_heads: vec![TokenId(0)],
            cue: vec![span(1)],
            content: vec![TokenSpan::new(2, 4), TokenSpan::new(5, 7)],
            addressee: None,
            manner: Manner::Said,
            quoted: false,
            within: None,
        }],
        chains: vec![document::Chain { mentions: vec![span(0), span(3)] }],
        syntax,
    }
}

fn claim(trigger: usize, content: Vec<usize>) -> Claim {
    let span = |at: usize| TokenSpan::new(at, at + 1);
    Claim {
        kind: ClaimKind::Event,
        category: "ASSAULT".into(),
        modes: vec!["firearms".into()],
        contexts: vec![],
        cameo: Some("190".into()),
        trigger: TokenId(trigger as u32),
        predicate: vec![span(trigger)],
        actors: vec![Participant {
            span: span(0),
            head: TokenId(0),
            actor: ActorRef {
                country: Some("FRA".into()),
                sectors: vec!["REB".into()],
                antecedent: Some(span(3)),
                ..ActorRef::default()
            },
            part: None,
            inferred: false,
        }],
        recipients: vec![],
        direction: Some(Direction::OneSided),
        target: Some(Target::Unknown),
        object: Some(span(3)),
        granularity: Granularity { kind: GranularityKind::Aggregate, events: Some(0), period: Some(0) },
        when: Some(When {
            time: Some(0),
            from: Some(jiff::civil::date(2021, 7, 18)),
            to: Some(jiff::civil::date(2021, 7, 18)),
            throughout: false,
            bound: None,
            precision: "day",
            derived: "syntax",
        }),
        places: vec![PlaceRef { place: 0, role: "event", inferred: false }],
        quantities: vec![QuantityRef { quantity: 0, role: "killed".into() }],
        status: Status::Occurred,
        factuality: 3.0,
        background: false,
        according_to: vec![0],
        relations: vec![Relationship { kind: "repeats", claim: 1 }; content.len()],
        content,
        nested: false,
        strength: Some(Strength::Firm),
        facets: vec![Facet { facet: "toll", field: "killed", value: "3".into() }],
        evidence: vec![Evidence { field: "actors", spans: vec![document::TextSpan::new(0, 9)], rule: "r".into() }],
        rule: "assault/kill".into(),
        confidence: 0.5,
    }
}

/// Checks a record against the schema, and every span in it against the words beside it.
#[track_caller]
fn check(record: &Record) {
    let value = serde_json::to_value(record).unwrap();
    let schema = json_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
    let text: Vec<char> = record.report.text.as_deref().unwrap_or_default().chars().collect();
    check_spans(&value, &text);
    check_references(&value);
}

fn check_spans(value: &Value, text: &[char]) {
    let slice = |start: &Value, end: &Value| -> String {
        text[start.as_u64().unwrap() as usize..end.as_u64().unwrap() as usize].iter().collect()
    };
    match value {
        Value::Array(values) => values.iter().for_each(|value| check_spans(value, text)),
        Value::Object(object) => {
            if let (Some(start), Some(end)) = (object.get("start"), object.get("end")) {
                let words = slice(start, end);
                assert!(object.get("text").is_none_or(|written| *written == words), "{object:?}");
            }
            if let Some(Value::Array(spans)) = object.get("spans") {
                let words: Vec<String> = spans.iter().map(|span| slice(&span[0], &span[1])).collect();
                assert!(object.get("text").is_none_or(|written| *written == words.join(" … ")), "{object:?}");
            }
            if let (Some(Value::String(title)), Some(span)) = (object.get("title"), object.get("title_span")) {
                assert_eq!(*title, slice(&span[0], &span[1]));
            }
            object.values().for_each(|value| check_spans(value, text));
        }
        _ => {}
    }
}

/// Every id that a claim or statement names is there.
fn check_references(record: &Value) {
    let ids = |list: &str| -> Vec<&Value> { record[list].as_array().unwrap().iter().map(|item| &item["id"]).collect() };
    let known = |id: &Value, list: &str| assert!(id.is_null() || ids(list).contains(&id), "{id} is not in {list}");
    for claim in record["claims"].as_array().unwrap() {
        let each = |key: &str| claim[key].as_array().unwrap().clone();
        known(&claim["sentence"], "sentences");
        known(&claim["when"]["time"], "times");
        known(&claim["granularity"]["events"], "quantities");
        each("where").iter().for_each(|place| known(&place["place"], "places"));
        each("quantities").iter().for_each(|figure| known(&figure["quantity"], "quantities"));
        each("according_to").iter().for_each(|statement| known(statement, "statements"));
        each("content").iter().for_each(|content| known(content, "claims"));
        each("relations").iter().for_each(|relation| known(&relation["claim"], "claims"));
    }
    record["statements"].as_array().unwrap().iter().for_each(|statement| known(&statement["within"], "statements"));
    let claims = ids("claims");
    assert!(claims.iter().enumerate().all(|(index, id)| !claims[..index].contains(id)), "claim ids differ");
}
