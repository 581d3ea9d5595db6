//! Predictions of places. LGL counts demonyms ("American") as mentions of the country, GeoVirus does not.

use super::reports::{code_points, read};
use annotate::Language;
use annotate::places::Gazetteer;
use document::{Place, PlacePrecision, Syntax, TextSpan};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

#[derive(Deserialize)]
struct Countries {
    country: Vec<Country>,
}

#[derive(Deserialize)]
struct Country {
    name: String,
    adjectives: Vec<String>,
    people: Vec<String>,
}

pub(super) fn run(files: &[PathBuf], language: &Language, gazetteer: &Gazetteer, demonyms: bool) -> anyhow::Result<()> {
    let people = people()?;
    let mut write = std::io::stdout().lock();
    for file in files {
        let demonyms = demonyms || file.file_name().is_some_and(|name| name.to_string_lossy().contains("lgl"));
        for (doc, report) in read(file)? {
            let syntax = annotate::syntax(report, language);
            let names = annotate::names::find(&syntax, language, gazetteer);
            let times = annotate::times::find(&syntax);
            let mut places = annotate::places::find(&syntax, &names, &times, gazetteer);
            if demonyms {
                add_demonyms(&syntax, &people, gazetteer, &mut places);
            }
            let offsets = code_points(&syntax.report.text);
            let toponyms: Vec<serde_json::Value> = places
                .iter()
                .map(|place| {
                    let TextSpan { start, end } = syntax.text_span(place.span);
                    let (latitude, longitude) = place.coordinates.unzip();
                    serde_json::json!({"start": offsets(start), "end": offsets(end), "lat": latitude, "lon": longitude})
                })
                .collect();
            writeln!(write, "{}", serde_json::json!({"doc": doc, "toponyms": toponyms}))?;
        }
    }
    Ok(())
}

/// Country by demonym, from the codebook.
fn people() -> anyhow::Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(Path::new("codebook/actors/countries.toml"))?;
    let countries: Countries = toml::from_str(&text)?;
    Ok(countries
        .country
        .into_iter()
        .flat_map(|country| {
            country.adjectives.into_iter().chain(country.people).map(move |word| (word, country.name.clone()))
        })
        .collect())
}

fn add_demonyms(syntax: &Syntax, people: &BTreeMap<String, String>, gazetteer: &Gazetteer, places: &mut Vec<Place>) {
    for token in syntax.iter_tokens() {
        let Some(country) = people.get(token.form()) else { continue };
        let span = document::TokenSpan::single(token.id);
        if places.iter().any(|place| place.span.overlaps(span)) {
            continue;
        }
        let number = gazetteer.places(&annotate::places::key(country)).first().copied();
        places.push(Place {
            span,
            name: country.clone(),
            coordinates: number.map(|number| gazetteer.coordinates(number)),
            country: None,
            admin1: None,
            feature: None,
            precision: PlacePrecision::Country,
        });
    }
    places.sort_by_key(|place| place.span);
}
