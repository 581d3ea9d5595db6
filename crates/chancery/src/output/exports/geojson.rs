//! GeoJSON (RFC 7946): a collection of events with a point. How exact the point is, is the property `place_precision`: that
//! of a country or province stands for all of it.

use super::columns::{Cell, Column};
use ledger::exports::Event;
use serde_json::{Map, Value, json};
use std::io::Write;

/// Writes a collection as its features come.
pub(crate) struct Collection<W: Write> {
    out: W,
    any: bool,
}

impl<W: Write> Collection<W> {
    pub(crate) fn begin(mut out: W) -> anyhow::Result<Self> {
        write!(out, "{{\"type\":\"FeatureCollection\",\"features\":[")?;
        Ok(Self { out, any: false })
    }

    /// Writes an event; false if it has no point.
    pub(crate) fn event(&mut self, event: &Event, columns: &[Column], cells: &[Cell]) -> anyhow::Result<bool> {
        let Some(feature) = feature(event, columns, cells) else { return Ok(false) };
        write!(self.out, "{}\n{feature}", if self.any { "," } else { "" })?;
        self.any = true;
        Ok(true)
    }

    pub(crate) fn end(mut self) -> anyhow::Result<()> {
        writeln!(self.out, "\n]}}")?;
        Ok(self.out.flush()?)
    }
}

fn feature(event: &Event, columns: &[Column], cells: &[Cell]) -> Option<Value> {
    let place = event.place.as_ref()?;
    let (lat, lon) = place.lat.zip(place.lon)?;
    if place.precision == "unresolved" {
        return None;
    }
    let properties: Map<String, Value> = columns
        .iter()
        .zip(cells)
        // The point has them, in the order of the standard: east before north.
        .filter(|(column, _)| !matches!(column.name, "lat" | "lon"))
        .map(|(column, cell)| (column.name.to_owned(), cell.json()))
        .collect();
    Some(json!({
        "type": "Feature",
        "id": event.id,
        "geometry": { "type": "Point", "coordinates": [lon, lat] },
        "properties": properties,
    }))
}
