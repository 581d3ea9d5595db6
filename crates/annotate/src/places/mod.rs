//! Mentions of places, each resolved to coordinates or left open.
//!
//! [`find`] walks capitalised words against a [`Gazetteer`], then settles all mentions of a report together
//! ([`resolve`]): by what contains what, by the countries and divisions the report is about, and by size. One name has
//! one sense in a report. Whether a capital stands for its government is left to the codebook.

mod encode;
mod gazetteer;
mod key;
mod mentions;
mod resolve;
mod supplement;
#[cfg(test)]
mod tests;

use document::{Name, Place, PlacePrecision, Syntax, Time};
pub use encode::encode;
pub use gazetteer::{Begins, Entry, Feature, Gazetteer, GazetteerError, PlaceNumber};
pub use key::key;
pub use supplement::{HEAD, MOST, Row, SupplementError};

/// Finds the places that a report names. With no names at all (`names` empty) it goes by capitals and neighbours alone.
/// What stands in a time expression is none ("in May 2021").
#[must_use]
pub fn find(syntax: &Syntax, names: &[Name], times: &[Time], gazetteer: &Gazetteer) -> Vec<Place> {
    let mentions = mentions::find(syntax, names, times, gazetteer);
    let senses = resolve::senses(syntax, &mentions, gazetteer);
    mentions
        .into_iter()
        .zip(senses)
        .map(|(mention, sense)| match sense {
            None => Place {
                span: mention.span,
                name: syntax.text(mention.span).to_owned(),
                coordinates: None,
                country: None,
                admin1: None,
                feature: None,
                precision: PlacePrecision::Unresolved,
            },
            Some(place) => {
                let feature = gazetteer.feature(place);
                Place {
                    span: mention.span,
                    name: gazetteer.name(place),
                    coordinates: Some(gazetteer.coordinates(place)),
                    country: gazetteer.country_code(place).map(str::to_owned),
                    admin1: gazetteer.division(place).map(|division| gazetteer.name(division)),
                    feature: Some(feature.code().to_owned()),
                    precision: match feature {
                        Feature::Country => PlacePrecision::Country,
                        Feature::Division => PlacePrecision::Province,
                        Feature::District => PlacePrecision::District,
                        Feature::Region | Feature::Water => PlacePrecision::Region,
                        Feature::Capital | Feature::Town | Feature::Spot => PlacePrecision::Point,
                    },
                }
            }
        })
        .collect()
}
