//! Writes the bytes of a gazetteer, whose layout stands in [`super::gazetteer`].

use super::gazetteer::{BLOCK, FROM_KEY, MAGIC, NOWHERE, PLACE, POPULATION_BASE, STEPS, checksum, title_case};
use super::{Entry, Feature};
use std::collections::BTreeMap;

/// Writes the bytes that [`super::Gazetteer::load`] reads. Same entries, same bytes.
#[must_use]
pub fn encode(entries: &[Entry]) -> Vec<u8> {
    let mut keys: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (place, entry) in entries.iter().enumerate().take(NOWHERE as usize) {
        for name in std::iter::once(&entry.name).chain(&entry.aliases) {
            let key = super::key(name);
            if key.is_empty() || key.len() > 60 {
                continue;
            }
            let places = keys.entry(key).or_default();
            if !places.contains(&(place as u32)) {
                places.push(place as u32);
            }
        }
    }
    let mut blocks = Vec::new();
    let mut packed: Vec<u8> = Vec::new();
    let mut numbers: BTreeMap<&str, u32> = BTreeMap::new();
    let mut before: &[u8] = &[];
    for (index, (key, places)) in keys.iter_mut().enumerate() {
        if index.is_multiple_of(BLOCK) {
            blocks.extend_from_slice(&(packed.len() as u32).to_le_bytes());
            before = &[];
        }
        // Ties fall to the earlier entry, so that the order does not hang on the sort.
        places.sort_by_key(|&place| {
            let entry = &entries[place as usize];
            let own = super::key(&entry.name) == *key;
            (std::cmp::Reverse((entry.feature == Feature::Country, entry.population, own)), place)
        });
        places.truncate(255);
        let key = key.as_bytes();
        let shared = before.iter().zip(key).take_while(|(left, right)| left == right).count();
        packed.extend_from_slice(&[shared as u8, (key.len() - shared) as u8]);
        packed.extend_from_slice(&key[shared..]);
        packed.push(places.len() as u8);
        places.iter().for_each(|place| packed.extend_from_slice(&place.to_le_bytes()[..3]));
        before = key;
    }
    numbers.extend(keys.keys().zip(0u32..).map(|(key, index)| (key.as_str(), index)));

    let mut names = Vec::new();
    let mut places = Vec::with_capacity(entries.len() * PLACE);
    let mut countries = Vec::new();
    for (place, entry) in entries.iter().enumerate() {
        let key = super::key(&entry.name);
        let name = match numbers.get(key.as_str()) {
            Some(&index) if title_case(&key) == entry.name => index | FROM_KEY,
            _ => {
                let start = names.len() as u32;
                let length =
                    (0..=255.min(entry.name.len())).rfind(|&end| entry.name.is_char_boundary(end)).unwrap_or(0);
                names.push(length as u8);
                names.extend_from_slice(&entry.name.as_bytes()[..length]);
                start
            }
        };
        places.extend_from_slice(&steps(entry.latitude, 180.0).to_le_bytes()[..3]);
        places.extend_from_slice(&steps(entry.longitude, 360.0).to_le_bytes()[..3]);
        places.extend_from_slice(&entry.within.map_or(NOWHERE, |within| within as u32).to_le_bytes()[..3]);
        places.extend_from_slice(&name.to_le_bytes());
        let population = (entry.population as f64).max(1.0).ln() / POPULATION_BASE.ln();
        places.push(population.round().clamp(0.0, 255.0) as u8);
        places.push(entry.feature as u8);
        if let Some(code) = entry.country.as_deref().filter(|code| code.len() == 3) {
            countries.extend_from_slice(&(place as u32).to_le_bytes()[..3]);
            countries.extend_from_slice(code.as_bytes());
        }
    }

    let mut rest = Vec::new();
    for section in [&places, &countries, &blocks, &packed] {
        rest.extend_from_slice(&(section.len() as u32).to_le_bytes());
    }
    for section in [&places, &countries, &blocks, &packed, &names] {
        rest.extend_from_slice(section);
    }
    [&MAGIC[..], &checksum(&rest).to_le_bytes(), &rest].concat()
}

fn steps(degrees: f64, circle: f64) -> u32 {
    (((degrees + circle / 2.0) / circle).clamp(0.0, 1.0) * (STEPS - 1.0)).round() as u32
}
