//! The article that a page describes in JSON-LD, by the words of schema.org.

use super::line_of;
use dom_query::Document;
use serde_json::Value;

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
}

/// Looks for the first article in the page's scripts; nothing if there is none that can be read.
pub(super) fn find(document: &Document) -> Linked {
    let scripts = document.select("script[type='application/ld+json']");
    let values: Vec<Value> = scripts.nodes().iter().filter_map(|script| parse(&script.text())).collect();
    let mut all = Vec::new();
    values.iter().for_each(|value| flatten(value, &mut all));
    let Some(article) = all.iter().find(|value| is_article(value)) else { return Linked::default() };
    let publisher = article.get("publisher").or_else(|| article.get("sourceOrganization"));
    Linked {
        title: text(article.get("headline")).or_else(|| text(article.get("name"))),
        published: text(article.get("datePublished")).or_else(|| text(article.get("dateCreated"))),
        outlet: publisher.and_then(|publisher| name(publisher, &all)),
        url: text(article.get("url"))
            .or_else(|| text(article.get("mainEntityOfPage")))
            .or_else(|| text(article.get("mainEntityOfPage")?.get("@id"))),
        language: text(article.get("inLanguage")),
        body: article.get("articleBody").and_then(Value::as_str).map(super::text_of),
    }
}

fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = script.strip_prefix("<!--").and_then(|rest| rest.strip_suffix("-->")).unwrap_or(script);
    // Line breaks within strings are forbidden, and common.
    serde_json::from_str(script).or_else(|_| serde_json::from_str(&script.replace(['\n', '\r', '\t'], " "))).ok()
}

/// The objects of lists and graphs one after the other.
fn flatten<'a>(value: &'a Value, all: &mut Vec<&'a Value>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| flatten(value, all)),
        Value::Object(object) => {
            all.push(value);
            if let Some(graph) = object.get("@graph") {
                flatten(graph, all);
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let is = |kind: &Value| {
        kind.as_str().is_some_and(|kind| kind.ends_with("Article") || kind.ends_with("Posting") || kind == "Report")
    };
    match value.get("@type") {
        Some(Value::Array(kinds)) => kinds.iter().any(is),
        Some(kind) => is(kind),
        None => false,
    }
}

/// The name of an organization, which may be given by reference.
fn name(organization: &Value, all: &[&Value]) -> Option<String> {
    match organization {
        Value::Array(several) => several.iter().find_map(|one| name(one, &[])),
        Value::Object(object) => text(object.get("name")).or_else(|| {
            let id = object.get("@id")?;
            let named = all.iter().find(|value| value.get("@id") == Some(id) && value.get("name").is_some())?;
            text(named.get("name"))
        }),
        other => text(Some(other)),
    }
}

fn text(value: Option<&Value>) -> Option<String> {
    let value = match value? {
        Value::Array(values) => values.first()?,
        value => value,
    };
    Some(line_of(value.as_str()?)).filter(|text| !text.is_empty())
}
