//! The description of the API after OpenAPI 3.1, made from the same table and types as the service.

use super::lists::{LISTS, List, MOST, ROWS};
use super::{ROOT, reports, rows, single, write};
use crate::problem::Problem;
use axum::Json;
use axum::response::{IntoResponse, Response};
use record::Record;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The conditions of a filter: name, type, meaning. The names are those of the command line.
const CONDITIONS: &[(&str, &str, &str)] = &[
    ("id", "string", "The claim (c…), event (e…) or report (r…) that it is, or belongs to"),
    ("actor", "string", "An actor of the codebook by its id, or part of a name"),
    ("country", "string", "Where it happened: ISO 3166-1 alpha-3 code"),
    ("category", "string", "Category of PLOVER, or control, presence, siege, displacement, closure"),
    ("place", "string", "Part of the name of a place or of its province"),
    ("box", "string", "A box in degrees: SOUTH,WEST,NORTH,EAST"),
    ("from", "date", "What happened on this day or later; what has no day goes by when it was told"),
    ("to", "date", "What happened on this day or before"),
    ("since", "date", "What was told on this day or later"),
    ("status", "string", "occurred, ongoing, attempted, planned, imminent, feared, hypothetical, negated or unsaid"),
    ("speaker", "string", "Part of the name of who vouches for it"),
    ("outlet", "string", "Part of the name of the outlet"),
    ("stories", "integer", "At least so many independent stories"),
    ("origins", "integer", "At least so many origins"),
    ("as-of", "date", "As the ledger stood on this day, by what had been published then"),
];

/// Answers with the description.
pub(super) async fn answer() -> Response {
    Json(description()).into_response()
}

fn parameter(name: &str, kind: &str, meaning: &str) -> Value {
    let schema = match kind {
        "date" => json!({ "type": "string", "format": "date" }),
        "integer" => json!({ "type": "integer", "minimum": 0 }),
        _ => json!({ "type": "string" }),
    };
    json!({ "name": name, "in": "query", "description": meaning, "schema": schema })
}

fn reference<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}

/// What an operation answers: the answer itself, and a problem.
fn responses(status: &str, about: &str, schema: Value, problem: &Value) -> Value {
    json!({
        status: { "description": about, "content": { "application/json": { "schema": schema } } },
        "default": { "description": "What is wrong, and what would be right",
            "content": { "application/problem+json": { "schema": problem } } },
    })
}

fn conditions() -> Vec<Value> {
    CONDITIONS.iter().map(|(name, kind, meaning)| parameter(name, kind, meaning)).collect()
}

fn list(list: &List, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let mut parameters = conditions();
    parameters.push(parameter(
        "limit",
        "integer",
        &format!("At most so many rows; {ROWS} unless told otherwise, {MOST} at most"),
    ));
    parameters.push(parameter("offset", "integer", "Rows passed over first"));
    parameters.push(parameter("format", "string", "json, or csv: then all rows unless a limit is given"));
    parameters.extend(list.own.iter().map(|(name, meaning)| parameter(name, "string", meaning)));
    let row = (list.row)(generator).to_value();
    let page = json!({
        "type": "object",
        "properties": {
            "rows": { "type": "array", "items": row },
            "limit": { "type": "integer", "description": "Rows of a page, at most" },
            "offset": { "type": "integer", "description": "Rows passed over first" },
            "next": { "type": ["string", "null"], "description": "The address of the next page; null on the last" },
        },
        "required": ["rows", "limit", "offset", "next"],
        "additionalProperties": false,
    });
    json!({ "operationId": list.name, "summary": list.summary, "parameters": parameters,
        "responses": responses("200", "A page of the list", page, problem) })
}

/// An operation on one thing named by its id.
fn one<T: JsonSchema>(name: &str, summary: &str, generator: &mut SchemaGenerator, problem: &Value) -> Value {
    let id = json!({ "name": "id", "in": "path", "required": true, "schema": { "type": "string" } });
    let mut parameters = vec![id];
    parameters.extend(conditions().into_iter().filter(|one| one["name"] == "as-of" && name != "report"));
    json!({ "get": { "operationId": name, "summary": summary, "parameters": parameters,
        "responses": responses("200", summary, reference::<T>(generator), problem) } })
}

/// An operation that takes a body.
fn taking(name: &str, summary: &str, body: Value, responses: Value) -> Value {
    json!({ "operationId": name, "summary": summary, "responses": responses,
        "requestBody": { "required": true, "content": { "application/json": { "schema": body } } } })
}

/// The operation that takes reports in, which has several kinds of body and of answer.
fn taking_in(report: &Value, taken: &Value, problem: &Value) -> Value {
    let whole = json!({ "oneOf": [report, { "type": "array", "items": report }] });
    let mut answers = responses("201", "What was taken in; 200 where the ledger had it all", taken.clone(), problem);
    answers["200"] = answers["201"].clone();
    answers["201"]["content"]["text/event-stream"] = json!({ "schema": { "type": "string", "description":
        "Where it is accepted, events: `report` for each that is safe on the disk, `problem`, `failed`, and `end` with the sums" } });
    json!({
        "operationId": "add",
        "summary": "Takes reports in, for admins. What takes more than a minute is asked for with Accept: text/event-stream",
        "parameters": [
            parameter("name", "string", "The name of the file, by whose ending its kind is told"),
            parameter("analyst", "string", "Who takes them in, where the workbench has no users"),
        ],
        "requestBody": { "required": true, "content": {
            "application/json": { "schema": whole },
            "application/x-ndjson": { "schema": { "type": "string", "description": "A report a line" } },
            "application/octet-stream": { "schema": { "type": "string", "format": "binary",
                "description": "Any file that `chancery add` reads" } },
        } },
        "responses": answers,
    })
}

fn generator(settings: SchemaSettings) -> SchemaGenerator {
    settings.with(|settings| settings.definitions_path = "/components/schemas".into()).into_generator()
}

/// The whole description.
fn description() -> Value {
    // What goes out has every key; of what comes in some may be left out.
    let mut sent = generator(SchemaSettings::draft2020_12().for_deserialize());
    let mut answers = generator(SchemaSettings::draft2020_12().for_serialize());
    let generator = &mut answers;
    let problem = reference::<Problem>(generator);
    let mut paths = Map::new();
    for each in LISTS {
        paths.insert(format!("{ROOT}/{}", each.name), json!({ "get": list(each, generator, &problem) }));
    }
    let mut add = |path: &str, operations: Value| {
        paths.insert(format!("{ROOT}{path}"), operations);
    };
    add("/events/{id}", one::<rows::EventWhole>("event", "An event with all that is told of it", generator, &problem));
    add(
        "/claims/{id}",
        one::<rows::ClaimWhole>("claim", "A claim with what was decided about it", generator, &problem),
    );
    add(
        "/reports/{id}",
        one::<single::ReportWhole>("report", "A report with its record, chancery/1", generator, &problem),
    );
    let brief = responses("200", "The brief", reference::<single::Brief>(generator), &problem);
    add(
        "/brief",
        json!({ "get": { "operationId": "brief", "summary": "What is new, each line with its chain; a week unless \
        `since` is given", "parameters": conditions(), "responses": brief } }),
    );
    let about = "Reads a report and keeps nothing of it";
    let read = responses("200", "The record, chancery/1", reference::<Record>(generator), &problem);
    add("/read", json!({ "post": taking("read", about, reference::<write::Sent>(&mut sent), read) }));
    let about = "Enters a verdict; 409 if somebody else has judged it since it was `seen`";
    let entered = responses("201", "The entries", reference::<write::Entered>(generator), &problem);
    let judge = taking("judge", about, reference::<write::Judged>(&mut sent), entered);
    if let Some(verdicts) = paths.get_mut(&format!("{ROOT}/verdicts")) {
        verdicts["post"] = judge;
    }
    let taken = reference::<reports::TakenIn>(generator);
    let one = reference::<write::Sent>(&mut sent);
    if let Some(reports) = paths.get_mut(&format!("{ROOT}/reports")) {
        reports["post"] = taking_in(&one, &taken, &problem);
    }
    let mut schemas = generator.take_definitions(true);
    schemas.extend(sent.take_definitions(true));
    json!({
        "openapi": "3.1.0",
        "info": { "title": "Chancery", "version": env!("CARGO_PKG_VERSION"),
            "description": "An evidence ledger of conflict and talks: questions, reading and verdicts. Columns and conditions \
                are named as on the command line." },
        "paths": paths,
        "components": { "schemas": schemas, "securitySchemes": { "token": { "type": "http", "scheme": "bearer",
            "description": "Where the workbench has users: a token of `chancery users token`" } } },
        "security": [{}, { "token": [] }],
    })
}
