//! Lines of GeoNames' dumps (`allCountries.txt` or the file of one country): 19 columns set off by tabs, as its readme
//! describes them. [`read`] takes one line.

use annotate::places::{Feature, Row, key};
use std::sync::LazyLock;

/// Two letters of a country, and its three.
static COUNTRIES: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    let lines = include_str!("countries.txt").lines().filter(|line| !line.starts_with('#'));
    let mut countries: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(' ')).collect();
    countries.sort_unstable();
    countries
});

/// The column of the country's two letters, counted from 0.
pub const COUNTRY: usize = 8;
/// More spellings of one place are not kept.
const SPELLINGS: usize = 30;

/// What a line holds: a place, or something that no report is located by (a road, a field, a place that is no more).
///
/// # Errors
/// What is wrong with the line.
pub fn read(line: &str) -> Result<Option<Row>, String> {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[number, name, ascii, alternates, latitude, longitude, class, code, country, _, division, ..] =
        columns.as_slice()
    else {
        return Err(format!("{} columns instead of 19", columns.len()));
    };
    if columns.len() != 19 {
        return Err(format!("{} columns instead of 19", columns.len()));
    }
    let Some(feature) = feature(class, code)? else { return Ok(None) };
    let at = COUNTRIES.binary_search_by_key(&country, |row| row.0);
    let country = match at {
        Ok(at) => COUNTRIES[at].1,
        // What lies in no country, or in one that is no more.
        Err(_) if country.is_empty() || matches!(country, "YU" | "CS" | "AN") => "",
        Err(_) => return Err(format!("“{country}” is no code of a country")),
    };
    let mut names: Vec<String> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for spelling in [name, ascii].into_iter().chain(alternates.split(',')) {
        let folded = key(spelling);
        // Codes of airports and addresses of pages stand among the names.
        let told = folded.len() > 2 && !spelling.contains(['/', '|']) && spelling.chars().any(char::is_lowercase);
        if told && !keys.contains(&folded) && names.len() < SPELLINGS {
            names.push(spelling.to_owned());
            keys.push(folded);
        }
    }
    if name.is_empty() {
        return Err("no name".to_owned());
    }
    if names.is_empty() {
        return Ok(None);
    }
    let population = columns[14];
    // The row's own reader checks the rest.
    let row = [
        number,
        feature.code(),
        country,
        if division == "00" { "" } else { division },
        latitude,
        longitude,
        if population.is_empty() { "0" } else { population },
        &names.join("|"),
    ];
    Row::read(&row.join("\t")).map(Some)
}

/// What a feature class and code stand for.
fn feature(class: &str, code: &str) -> Result<Option<Feature>, String> {
    // What was and is no more is not where something happens.
    if code.ends_with('H') && class != "H" || matches!(code, "PPLQ" | "PPLW") {
        return Ok(None);
    }
    Ok(match class {
        "A" => match code {
            "ADM1" => Some(Feature::Division),
            "ADM2" | "ADM3" | "ADM4" | "ADM5" | "ADMD" => Some(Feature::District),
            // Countries are built in.
            _ => None,
        },
        "P" if code == "PPLC" => Some(Feature::Capital),
        "P" => Some(Feature::Town),
        "H" => Some(Feature::Water),
        "L" if matches!(code, "RGN" | "RGNE") => Some(Feature::Region),
        "T" if matches!(code, "ISL" | "ISLS" | "MT" | "MTS" | "PASS" | "PEN" | "VAL" | "DSRT") => Some(Feature::Spot),
        "S" if matches!(
            code,
            "AIRB" | "AIRF" | "AIRP" | "BDG" | "DAM" | "HSP" | "INSM" | "MLTR" | "MSQE" | "NUC" | "PRN" | "PS"
        ) =>
        {
            Some(Feature::Spot)
        }
        "S" if matches!(code, "CMPRF" | "CH" | "UNIV" | "RSTN" | "HBR" | "CTRB") => Some(Feature::Spot),
        "L" if matches!(code, "MILB" | "NVB" | "PRT" | "INDS") => Some(Feature::Spot),
        "L" | "T" | "S" | "R" | "U" | "V" => None,
        _ => return Err(format!("“{class}” is no feature class")),
    })
}
