//! JSON lines with the field names of PLOVER (manual, "Data Fields"): events and claims as one object each.
//!
//! What PLOVER has no name for stands beside its fields under Chancery's own. `text` is the sentence, `text_info` says where
//! it stands; `date` and `enddate` are left out where no day is stated.

use super::scores::Scores;
use ledger::exports::{Claim, Event, Evidence, Figure, Participant, Place};
use serde_json::{Map, Value, json};

/// An event as PLOVER's record.
pub(crate) fn event(event: &Event, scores: &Scores) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| put(&mut object, key, value);
    put("id", json!(event.id));
    put("date", json!(event.from));
    put("enddate", json!(event.to));
    put("actor", participants(&event.actors));
    put("recipient", participants(&event.recipients));
    put("event", json!([event.category]));
    put("event_loc", event.place.as_ref().map_or(Value::Null, place));
    put("event_text", json!([event.told]));
    put("quad_code", json!(scores.quad(&event.category)));
    put("event_scale", json!(scores.scale(&event.category, &event.modes)));
    put("mode", json!(event.modes));
    put("context", json!(event.contexts));
    let size = event.tolls.iter().filter(|range| range.low.total_cmp(&range.high).is_eq());
    put("size", size_of(size.map(|range| (range.role.as_str(), range.low))));
    put("text", json!(event.evidence.words));
    put("text_info", text_info(&event.evidence));
    put("coder", json!("chancery"));
    put("cameo", json!(event.cameo));
    put("kind", json!(event.kind));
    put("status", json!(event.status));
    put("disputed", json!(event.disputed));
    put("granularity", json!(event.granularity));
    put("date_precision", json!(event.precision));
    let tolls: Vec<Value> = event
        .tolls
        .iter()
        .map(|range| json!({ "role": range.role, "low": range.low, "best": range.best, "high": range.high }))
        .collect();
    put("tolls", json!(tolls));
    let counts = [
        ("claims", event.claims),
        ("reports", event.reports),
        ("outlets", event.outlets),
        ("stories", event.stories),
        ("origins", event.origins),
    ];
    for (key, count) in counts {
        put(key, json!(count));
    }
    put("first_told", json!(event.first_told));
    put("last_told", json!(event.last_told));
    put("confidence", json!(event.confidence));
    put("claim", json!(event.evidence.claim));
    Value::Object(object)
}

/// A claim as PLOVER's record; `link` is its event.
pub(crate) fn claim(claim: &Claim, scores: &Scores) -> Value {
    let mut object = Map::new();
    let mut put = |key: &str, value: Value| put(&mut object, key, value);
    put("id", json!(claim.evidence.claim));
    put("date", json!(claim.from));
    put("enddate", json!(claim.to));
    put("actor", participants(&claim.actors));
    put("recipient", participants(&claim.recipients));
    put("event", json!([claim.category]));
    put("event_loc", claim.places.first().map_or(Value::Null, place));
    put("event_text", json!([claim.told]));
    put("quad_code", json!(scores.quad(&claim.category)));
    put("event_scale", json!(scores.scale(&claim.category, &claim.modes)));
    put("mode", json!(claim.modes));
    put("context", json!(claim.contexts));
    let size = claim.figures.iter().filter(|figure| !figure.part && figure.unit.is_none());
    put("size", size_of(size.filter_map(|figure| Some((figure.role.as_str(), figure.best?)))));
    put("link", json!(claim.event));
    put("text", json!(claim.evidence.words));
    put("text_info", text_info(&claim.evidence));
    let cited = [
        ("corpus", json!(claim.outlet)),
        ("citation", json!(claim.evidence.report)),
        ("url", json!(claim.url)),
        ("title", json!(claim.title)),
        ("language", json!(claim.language)),
        ("date", json!(claim.available)),
    ];
    put("cite_info", object_of(cited));
    put("coder", json!("chancery"));
    put("cameo", json!(claim.cameo));
    put("kind", json!(claim.kind));
    put("status", json!(claim.status));
    put("factuality", json!(claim.factuality));
    put("background", json!(claim.background));
    put("nested", json!(claim.nested));
    put("granularity", json!(claim.granularity));
    put("date_bound", json!(claim.bound));
    put("date_precision", json!(claim.precision));
    put("places", Value::Array(claim.places.iter().map(place).collect()));
    put("figures", Value::Array(claim.figures.iter().map(figure).collect()));
    let voices = claim.voices.iter().map(|voice| {
        object_of([
            ("name", json!(voice.name)),
            ("actor", json!(voice.actor)),
            ("manner", json!(voice.manner)),
            ("basis", json!(voice.basis)),
            ("stake", json!(voice.stake)),
        ])
    });
    put("according_to", Value::Array(voices.collect()));
    put("story", json!(claim.story));
    put("words", json!([claim.start, claim.end]));
    put("rule", json!(claim.rule));
    put("confidence", json!(claim.confidence));
    Value::Object(object)
}

/// Enters what is known; PLOVER leaves the rest out.
fn put(object: &mut Map<String, Value>, key: &str, value: Value) {
    if !value.is_null() {
        object.insert(key.to_owned(), value);
    }
}

fn object_of<'a>(pairs: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let mut object = Map::new();
    for (key, value) in pairs {
        put(&mut object, key, value);
    }
    Value::Object(object)
}

fn participants(all: &[Participant]) -> Value {
    let one = |one: &Participant| {
        object_of([
            ("code", json!(one.country)),
            ("sector", one.sectors.first().map_or(Value::Null, |sector| json!(sector))),
            ("sector_secondary", if one.sectors.len() > 1 { json!(one.sectors[1..]) } else { Value::Null }),
            ("entity_text", json!(one.text)),
            ("identifier_id", json!(one.actor)),
            ("identifier_text", json!(one.name)),
            ("office", json!(one.role)),
            ("part", json!(one.part)),
            ("inferred", if one.inferred { json!(true) } else { Value::Null }),
        ])
    };
    Value::Array(all.iter().map(one).collect())
}

fn place(place: &Place) -> Value {
    object_of([
        ("name", json!(place.name)),
        ("role", if place.role.is_empty() { Value::Null } else { json!(place.role) }),
        ("lat", json!(place.lat)),
        ("lon", json!(place.lon)),
        ("country", json!(place.country)),
        ("adm1", json!(place.admin1)),
        ("precision", json!(place.precision)),
    ])
}

fn figure(figure: &Figure) -> Value {
    object_of([
        ("role", json!(figure.role)),
        ("low", json!(figure.low)),
        ("best", json!(figure.best)),
        ("high", json!(figure.high)),
        ("approximate", json!(figure.approximate)),
        ("unit", json!(figure.unit)),
        ("counts", json!(figure.counts)),
        ("text", json!(figure.text)),
        ("part", json!(figure.part)),
    ])
}

/// PLOVER's size: one number a kind, so that nothing stands where the figures differ.
fn size_of<'a>(figures: impl Iterator<Item = (&'a str, f64)>) -> Value {
    let mut found: Vec<(&str, f64)> = Vec::new();
    let mut several: Vec<&str> = Vec::new();
    for (role, number) in figures {
        let name = match role {
            "killed" => "dead",
            "wounded" => "injured",
            "arrested" => "arrested",
            _ => continue,
        };
        match found.iter().find(|(other, _)| *other == name) {
            Some(_) => several.push(name),
            None => found.push((name, number)),
        }
    }
    found.retain(|(name, _)| !several.contains(name));
    if found.is_empty() {
        return Value::Null;
    }
    object_of(found.into_iter().map(|(name, number)| (name, json!(number))))
}

fn text_info(evidence: &Evidence) -> Value {
    object_of([
        ("start", json!(evidence.start)),
        ("end", json!(evidence.end)),
        ("report", json!(evidence.report)),
        ("sha256", json!(evidence.sha256)),
    ])
}
