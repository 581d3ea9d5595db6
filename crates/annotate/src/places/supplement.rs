//! Places of the user's own beside those of the gazetteer: a table as text, laid over it by
//! [`Gazetteer::with_supplement`].
//!
//! The first line is [`HEAD`]. Each further line is a place, eight columns set off by tabs: number, feature code, ISO
//! 3166-1 alpha-3 code of the country, name of the first-level division, latitude, longitude, inhabitants, and the names
//! set off by "|", the first to be shown. Country and division may be empty.

use super::gazetteer::Gazetteer;
use super::{Entry, Feature, PlaceNumber, encode, key};
use std::collections::BTreeMap;

/// The first line of a supplement.
pub const HEAD: &str = "# chancery gazetteer 1";
/// More places than this are no supplement; loaded, they take some 200 MB.
pub const MOST: usize = 1_000_000;
/// A name that the gazetteer has within so many degrees is the same place.
const SAME: f64 = 0.1;

/// One line of a supplement.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// The number under which its source knows it.
    pub number: u64,
    /// What it is.
    pub feature: Feature,
    /// ISO 3166-1 alpha-3; may be empty.
    pub country: String,
    /// The name of the first-level division; may be empty.
    pub division: String,
    /// Degrees.
    pub latitude: f64,
    /// Degrees.
    pub longitude: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// At least one name.
    pub names: Vec<String>,
}

impl Row {
    /// Reads a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn read(line: &str) -> Result<Self, String> {
        let columns: Vec<&str> = line.split('\t').collect();
        let [number, feature, country, division, latitude, longitude, population, names] = columns.as_slice() else {
            return Err(format!("{} columns instead of 8", columns.len()));
        };
        let degrees = |text: &str, name: &str, most: f64| {
            let degrees: f64 = text.parse().map_err(|_| format!("the {name} “{text}” is no number"))?;
            if degrees.abs() <= most { Ok(degrees) } else { Err(format!("the {name} {text} is beyond {most}")) }
        };
        let row = Self {
            number: number.parse().map_err(|_| format!("the number “{number}” is no whole number"))?,
            feature: Feature::from_code(feature).ok_or_else(|| format!("no feature has the code “{feature}”"))?,
            country: (*country).to_owned(),
            division: (*division).to_owned(),
            latitude: degrees(latitude, "latitude", 90.0)?,
            longitude: degrees(longitude, "longitude", 180.0)?,
            population: population.parse().map_err(|_| format!("“{population}” is no number of inhabitants"))?,
            names: names.split('|').filter(|name| !name.is_empty()).map(str::to_owned).collect(),
        };
        if row.names.is_empty() { Err("no name".to_owned()) } else { Ok(row) }
    }

    /// The line that [`Self::read`] reads.
    #[must_use]
    pub fn line(&self) -> String {
        let Self { number, feature, country, division, latitude, longitude, population, names } = self;
        let names = names.join("|");
        let code = feature.code();
        format!("{number}\t{code}\t{country}\t{division}\t{latitude}\t{longitude}\t{population}\t{names}")
    }
}

/// Why a text is no supplement.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SupplementError {
    /// The first line is another.
    #[error("not a gazetteer of the user's own: the first line is not “{HEAD}”")]
    Head,
    /// A line cannot be read.
    #[error("line {line}: {what}")]
    Line {
        /// Counted from 1.
        line: usize,
        /// What is wrong.
        what: String,
    },
    /// There are more than [`MOST`].
    #[error("more than {MOST} places")]
    Many,
}

/// What is laid over a gazetteer. Its places are numbered on from those below.
#[derive(Clone, Debug)]
pub(super) struct Layer {
    pub(super) table: Gazetteer,
    /// What contains each place, numbered as in the whole.
    pub(super) within: Vec<Option<PlaceNumber>>,
}

impl Gazetteer {
    /// This gazetteer with the places of a supplement beside its own. What it knows already by the same name and at the
    /// same spot is left out. A second supplement takes the place of the first.
    ///
    /// # Errors
    /// If the text is no supplement.
    pub fn with_supplement(mut self, text: &str) -> Result<Self, SupplementError> {
        self.layer = None;
        let mut lines = text.lines().enumerate();
        if lines.next().is_none_or(|(_, line)| line.trim_end() != HEAD) {
            return Err(SupplementError::Head);
        }
        let mut rows = Vec::new();
        for (index, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let mut row = Row::read(line).map_err(|what| SupplementError::Line { line: index + 1, what })?;
            let names = std::mem::take(&mut row.names);
            row.names = names.into_iter().filter(|name| !self.knows(&row, name)).collect();
            if !row.names.is_empty() {
                rows.push(row);
            }
            if rows.len() > MOST {
                return Err(SupplementError::Many);
            }
        }
        let within = self.containers(&rows);
        let entries: Vec<Entry> = rows.into_iter().map(entry).collect();
        if let Ok(table) = Self::load(encode(&entries)) {
            self.layer = Some(Box::new(Layer { table, within }));
        }
        Ok(self)
    }

    /// Whether a place of this name stands at the same spot.
    fn knows(&self, row: &Row, name: &str) -> bool {
        let wide = |feature| matches!(feature, Feature::Division | Feature::District | Feature::Region);
        self.places(&key(name)).into_iter().any(|place| {
            let (latitude, longitude) = self.coordinates(place);
            let near = (latitude - row.latitude).abs() < SAME && (longitude - row.longitude).abs() < SAME;
            // The middle of a division is a matter of opinion.
            let same = wide(row.feature) && self.feature(place) == row.feature;
            near && wide(row.feature) == wide(self.feature(place))
                || same && self.country_code(place) == Some(row.country.as_str())
        })
    }

    /// The division or country that each row lies in.
    fn containers(&self, rows: &[Row]) -> Vec<Option<PlaceNumber>> {
        let countries: BTreeMap<&str, PlaceNumber> = self.countries().collect();
        let mut divisions: BTreeMap<(&str, String), PlaceNumber> = BTreeMap::new();
        for (index, row) in rows.iter().enumerate().filter(|(_, row)| row.feature == Feature::Division) {
            for name in &row.names {
                divisions.insert((&row.country, key(name)), self.above(index));
            }
        }
        rows.iter()
            .map(|row| {
                let country = countries.get(row.country.as_str()).copied();
                let name = key(&row.division);
                let inner = !matches!(row.feature, Feature::Division | Feature::Country) && !name.is_empty();
                let own = || {
                    self.places(&name).into_iter().find(|&place| {
                        self.feature(place) == Feature::Division && country.is_some() && self.country(place) == country
                    })
                };
                let added = || divisions.get(&(row.country.as_str(), name.clone())).copied();
                Some(()).filter(|()| inner).and_then(|()| own().or_else(added)).or(country)
            })
            .collect()
    }
}

fn entry(row: Row) -> Entry {
    let mut names = row.names.into_iter();
    Entry {
        name: names.next().unwrap_or_default(),
        aliases: names.collect(),
        latitude: row.latitude,
        longitude: row.longitude,
        population: row.population,
        within: None,
        feature: row.feature,
        country: None,
    }
}
