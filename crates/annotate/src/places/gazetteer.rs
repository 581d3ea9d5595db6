//! The table of places: main type [`Gazetteer`], read in place from its bytes with binary search, so that loading costs
//! one pass of checking and no copy. [`super::encode`] writes the same layout. What a mention means is left to the finder.
//!
//! Layout, little-endian: magic (8 bytes), checksum of all that follows (8), four section lengths in bytes (4 each),
//! then the sections:
//! - places: 15 bytes each: latitude, longitude, containing place (3 each), name (4), population (1), feature (1);
//! - countries: 6 bytes each, sorted: place (3), ISO 3166-1 alpha-3 code (3);
//! - blocks: the byte in `keys` at which each block of 16 keys begins (4 each);
//! - keys: sorted; each: bytes shared with the key before (1), bytes that differ (1 and themselves), number of places
//!   (1), the places, most important first (3 each);
//! - names (the rest): those that are not their key in title case; length (1) and bytes.

use super::supplement::Layer;
use std::borrow::Cow;
use std::cmp::Ordering;

pub(super) const MAGIC: &[u8; 8] = b"CHGAZ\x00\x01\n";
const HEAD: usize = 32;
pub(super) const PLACE: usize = 15;
const COUNTRY: usize = 6;
pub(super) const BLOCK: usize = 16;
pub(super) const NOWHERE: u32 = 0xFF_FFFF;
/// Marks a name that is the key of this number in title case.
pub(super) const FROM_KEY: u32 = 1 << 31;
/// Population is stored as the logarithm to this base, within 4.5 percent.
pub(super) const POPULATION_BASE: f64 = 1.09;
/// Degrees are stored in steps of this part of the circle's 360, about 2.4 metres.
pub(super) const STEPS: f64 = 16_777_215.0;

/// Why bytes are not a gazetteer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GazetteerError {
    /// The first bytes are not those of this format and version.
    #[error("not a gazetteer, or one of another version")]
    Format,
    /// The bytes are cut short or altered.
    #[error("the gazetteer is damaged: its checksum does not fit")]
    Damaged,
}

/// What sort of place an entry is; GeoNames feature codes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub enum Feature {
    /// A country or territory.
    Country,
    /// A first-level division.
    Division,
    /// A second-level division.
    District,
    /// A country's capital.
    Capital,
    /// A town or village.
    Town,
    /// A continent or region without fixed borders.
    Region,
    /// A sea, river or other water.
    Water,
    /// A building, base, camp or other spot.
    Spot,
}

impl Feature {
    const ALL: [Self; 8] = [
        Self::Country,
        Self::Division,
        Self::District,
        Self::Capital,
        Self::Town,
        Self::Region,
        Self::Water,
        Self::Spot,
    ];

    /// The GeoNames code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Country => "PCLI",
            Self::Division => "ADM1",
            Self::District => "ADM2",
            Self::Capital => "PPLC",
            Self::Town => "PPL",
            Self::Region => "RGN",
            Self::Water => "H",
            Self::Spot => "S",
        }
    }

    /// The feature with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|feature| feature.code() == code)
    }
}

/// A place to be encoded.
#[derive(Clone, Debug)]
pub struct Entry {
    /// The name to show.
    pub name: String,
    /// Further names under which it is found.
    pub aliases: Vec<String>,
    /// Latitude in degrees.
    pub latitude: f64,
    /// Longitude in degrees.
    pub longitude: f64,
    /// Inhabitants; 0 where unknown.
    pub population: u64,
    /// Index of the place that contains it: the division of a town, the country of a division.
    pub within: Option<usize>,
    /// What it is.
    pub feature: Feature,
    /// ISO 3166-1 alpha-3, of a country.
    pub country: Option<String>,
}

/// A place of a [`Gazetteer`], by number.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PlaceNumber(u32);

/// Places by name.
#[derive(Clone, Debug)]
pub struct Gazetteer {
    bytes: Cow<'static, [u8]>,
    /// Where countries, blocks, keys and names begin.
    starts: [usize; 4],
    /// The places of a supplement, numbered on from those of the bytes.
    pub(super) layer: Option<Box<Layer>>,
}

impl Gazetteer {
    /// Reads a gazetteer; borrowed bytes are not copied.
    ///
    /// # Errors
    /// If the bytes are not a gazetteer of this version, or are damaged.
    pub fn load(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, GazetteerError> {
        let bytes = bytes.into();
        if !bytes.starts_with(MAGIC) {
            return Err(GazetteerError::Format);
        }
        let rest = bytes.get(16..).ok_or(GazetteerError::Damaged)?;
        if bytes.get(8..16) != Some(&checksum(rest).to_le_bytes()[..]) {
            return Err(GazetteerError::Damaged);
        }
        let mut starts = [0; 4];
        let mut position = HEAD;
        for (section, start) in starts.iter_mut().enumerate() {
            let length = number(&bytes, 16 + 4 * section, 4).ok_or(GazetteerError::Damaged)?;
            position = position.checked_add(length as usize).ok_or(GazetteerError::Damaged)?;
            *start = position;
        }
        let whole = |from: usize, to: usize, size: usize| (to - from).is_multiple_of(size);
        let fits = position <= bytes.len()
            && whole(HEAD, starts[0], PLACE)
            && whole(starts[0], starts[1], COUNTRY)
            && whole(starts[1], starts[2], 4);
        if fits { Ok(Self { bytes, starts, layer: None }) } else { Err(GazetteerError::Damaged) }
    }

    /// Number of places.
    #[must_use]
    pub fn len(&self) -> usize {
        self.own() + self.layer.as_ref().map_or(0, |layer| layer.table.len())
    }

    /// Number of places without those of a supplement.
    fn own(&self) -> usize {
        (self.starts[0] - HEAD) / PLACE
    }

    /// The number of a supplement's place.
    pub(super) fn above(&self, index: usize) -> PlaceNumber {
        PlaceNumber((self.own() + index) as u32)
    }

    /// The layer that a place stands in, if it is the supplement's, and its number there.
    fn layered(&self, place: PlaceNumber) -> Option<(&Layer, PlaceNumber)> {
        let layer = self.layer.as_deref()?;
        Some((layer, PlaceNumber(place.0.checked_sub(self.own() as u32)?)))
    }

    /// The codes of the countries, and which places they are.
    pub(super) fn countries(&self) -> impl Iterator<Item = (&str, PlaceNumber)> {
        let rows = self.bytes.get(self.starts[0]..self.starts[1]).unwrap_or_default().chunks_exact(COUNTRY);
        rows.filter_map(|row| Some((std::str::from_utf8(&row[3..]).ok()?, PlaceNumber(number(row, 0, 3)?))))
    }

    /// Whether it holds no place.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The places with this key (as [`super::key`] gives it), most important first.
    #[must_use]
    pub fn places(&self, key: &str) -> Vec<PlaceNumber> {
        let mut places = self.own_places(key);
        if let Some(layer) = &self.layer {
            let below = places.len();
            places.extend(layer.table.places(key).into_iter().map(|place| self.above(place.0 as usize)));
            if places.len() > below {
                places.sort_by(|&one, &other| self.importance(other).total_cmp(&self.importance(one)));
            }
        }
        places
    }

    fn importance(&self, place: PlaceNumber) -> f64 {
        if self.feature(place) == Feature::Country { f64::INFINITY } else { self.population(place) }
    }

    fn own_places(&self, key: &str) -> Vec<PlaceNumber> {
        let Some(mut cursor) = self.block_of(key.as_bytes()) else { return Vec::new() };
        while let Some(places) = cursor.next() {
            match cursor.key.as_slice().cmp(key.as_bytes()) {
                Ordering::Less => {}
                Ordering::Equal => {
                    let numbers = places.chunks_exact(3).filter_map(|chunk| number(chunk, 0, 3));
                    return numbers.filter(|&place| (place as usize) < self.own()).map(PlaceNumber).collect();
                }
                Ordering::Greater => break,
            }
        }
        Vec::new()
    }

    /// Whether some key equals `key` or continues it with a further word.
    #[must_use]
    pub fn begins(&self, key: &str) -> Begins {
        let own = self.own_begins(key);
        let Some(layer) = &self.layer else { return own };
        let added = layer.table.begins(key);
        Begins { whole: own.whole || added.whole, more: own.more || added.more }
    }

    fn own_begins(&self, key: &str) -> Begins {
        let Some(mut cursor) = self.block_of(key.as_bytes()) else { return Begins::default() };
        let mut begins = Begins::default();
        while cursor.next().is_some() {
            match cursor.key.as_slice().cmp(key.as_bytes()) {
                Ordering::Less => {}
                Ordering::Equal => begins.whole = true,
                Ordering::Greater => {
                    // Nothing sorts between a key and its continuations by a blank: a blank comes before any letter.
                    begins.more = cursor.key.starts_with(key.as_bytes()) && cursor.key.get(key.len()) == Some(&b' ');
                    break;
                }
            }
        }
        begins
    }

    /// Latitude and longitude in degrees.
    #[must_use]
    pub fn coordinates(&self, place: PlaceNumber) -> (f64, f64) {
        if let Some((layer, place)) = self.layered(place) {
            return layer.table.coordinates(place);
        }
        (degrees(self.field(place, 0, 3), 180.0), degrees(self.field(place, 3, 3), 360.0))
    }

    /// The place that contains it.
    #[must_use]
    pub fn within(&self, place: PlaceNumber) -> Option<PlaceNumber> {
        if let Some((layer, place)) = self.layered(place) {
            return layer.within.get(place.0 as usize).copied().flatten();
        }
        let within = self.field(place, 6, 3);
        (within != NOWHERE && (within as usize) < self.own()).then_some(PlaceNumber(within))
    }

    /// Inhabitants, within five percent; 0 where unknown.
    #[must_use]
    pub fn population(&self, place: PlaceNumber) -> f64 {
        if let Some((layer, place)) = self.layered(place) {
            return layer.table.population(place);
        }
        match self.field(place, 13, 1) {
            0 => 0.0,
            step => POPULATION_BASE.powi(step as i32),
        }
    }

    /// What it is.
    #[must_use]
    pub fn feature(&self, place: PlaceNumber) -> Feature {
        if let Some((layer, place)) = self.layered(place) {
            return layer.table.feature(place);
        }
        Feature::ALL.get(self.field(place, 14, 1) as usize).copied().unwrap_or(Feature::Town)
    }

    /// The name to show.
    #[must_use]
    pub fn name(&self, place: PlaceNumber) -> String {
        if let Some((layer, place)) = self.layered(place) {
            return layer.table.name(place);
        }
        let name = self.field(place, 9, 4);
        if name & FROM_KEY == 0 {
            let start = self.starts[3] + name as usize;
            let length = number(&self.bytes, start, 1).unwrap_or(0) as usize;
            let bytes = self.bytes.get(start + 1..start + 1 + length).unwrap_or_default();
            return String::from_utf8_lossy(bytes).into_owned();
        }
        let index = (name & !FROM_KEY) as usize;
        let Some(mut cursor) = self.cursor(index / BLOCK) else { return String::new() };
        for _ in 0..=index % BLOCK {
            cursor.next();
        }
        title_case(&String::from_utf8_lossy(&cursor.key))
    }

    /// The division of first level that it lies in or is.
    #[must_use]
    pub fn division(&self, place: PlaceNumber) -> Option<PlaceNumber> {
        self.upwards(place).find(|&above| self.feature(above) == Feature::Division)
    }

    /// The country that it lies in or is.
    #[must_use]
    pub fn country(&self, place: PlaceNumber) -> Option<PlaceNumber> {
        self.upwards(place).find(|&above| self.feature(above) == Feature::Country)
    }

    /// ISO 3166-1 alpha-3 code of the country that it lies in or is.
    #[must_use]
    pub fn country_code(&self, place: PlaceNumber) -> Option<&str> {
        let country = self.country(place)?;
        let table = self.bytes.get(self.starts[0]..self.starts[1])?;
        let count = table.len() / COUNTRY;
        let at = partition(count, |index| number(table, index * COUNTRY, 3).is_some_and(|place| place < country.0));
        let row = table.get(at * COUNTRY..(at + 1) * COUNTRY)?;
        (number(row, 0, 3) == Some(country.0)).then(|| std::str::from_utf8(&row[3..]).ok()).flatten()
    }

    /// Whether `place` lies in `container` or is it.
    #[must_use]
    pub fn lies_in(&self, place: PlaceNumber, container: PlaceNumber) -> bool {
        self.upwards(place).any(|above| above == container)
    }

    /// The place and what contains it, at most a few steps even in strange data.
    fn upwards(&self, place: PlaceNumber) -> impl Iterator<Item = PlaceNumber> + '_ {
        std::iter::successors(Some(place), |&below| self.within(below)).take(4)
    }

    fn field(&self, place: PlaceNumber, offset: usize, width: usize) -> u32 {
        number(&self.bytes[..self.starts[0]], HEAD + place.0 as usize * PLACE + offset, width).unwrap_or(0)
    }

    fn cursor(&self, block: usize) -> Option<Cursor<'_>> {
        let at = number(self.bytes.get(self.starts[1]..self.starts[2])?, block * 4, 4)? as usize;
        let keys = self.bytes.get(self.starts[2]..self.starts[3])?;
        Some(Cursor { rest: keys.get(at..)?, key: Vec::with_capacity(24) })
    }

    /// A cursor at the last block whose first key is not greater than `key`.
    fn block_of(&self, key: &[u8]) -> Option<Cursor<'_>> {
        let blocks = (self.starts[2] - self.starts[1]) / 4;
        let keys = self.bytes.get(self.starts[2]..self.starts[3])?;
        let first = |block: usize| {
            let at = number(&self.bytes, self.starts[1] + block * 4, 4)? as usize;
            let length = *keys.get(at + 1)? as usize;
            keys.get(at + 2..at + 2 + length)
        };
        let after = partition(blocks, |block| first(block).is_some_and(|first| first <= key));
        self.cursor(after.saturating_sub(1))
    }
}

/// What [`Gazetteer::begins`] found.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Begins {
    /// The words are a key.
    pub whole: bool,
    /// Some key goes on after them.
    pub more: bool,
}

/// A walk along the keys from the start of a block; keys of later blocks share nothing with the one before.
struct Cursor<'a> {
    rest: &'a [u8],
    key: Vec<u8>,
}

impl<'a> Cursor<'a> {
    /// Moves to the next key, and gives its places, packed.
    fn next(&mut self) -> Option<&'a [u8]> {
        let (&[shared, length], rest) = self.rest.split_first_chunk::<2>()?;
        let (suffix, rest) = rest.split_at_checked(length as usize)?;
        let (&count, rest) = rest.split_first()?;
        let (places, rest) = rest.split_at_checked(count as usize * 3)?;
        self.key.truncate(shared as usize);
        self.key.extend_from_slice(suffix);
        self.rest = rest;
        Some(places)
    }
}

/// A little-endian number of `width` bytes, at most 4.
fn number(bytes: &[u8], at: usize, width: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(width)?)?;
    Some(bytes.iter().rev().fold(0, |number, &byte| number << 8 | u32::from(byte)))
}

/// The middle of a step, rounded to the five decimals that the source has.
fn degrees(steps: u32, circle: f64) -> f64 {
    let degrees = f64::from(steps) / (STEPS - 1.0) * circle - circle / 2.0;
    (degrees * 1e4).round() / 1e4
}

/// The first index at which `before` is false.
fn partition(count: usize, before: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, count);
    while low < high {
        let middle = usize::midpoint(low, high);
        if before(middle) { low = middle + 1 } else { high = middle }
    }
    low
}

pub(super) fn title_case(key: &str) -> String {
    let mut title = String::with_capacity(key.len());
    let mut first = true;
    for character in key.chars() {
        title.push(if first { character.to_ascii_uppercase() } else { character });
        first = character == ' ';
    }
    title
}

/// Eight bytes a step, so that megabytes are checked in about a millisecond.
pub(super) fn checksum(bytes: &[u8]) -> u64 {
    let mut lanes = [0xcbf2_9ce4_8422_2325_u64, 0x9e37_79b9_7f4a_7c15, 0x2545_f491_4f6c_dd1d, 0xd6e8_feb8_6659_fd93];
    for (index, chunk) in bytes.chunks(8).enumerate() {
        let mut word = [0; 8];
        word[..chunk.len()].copy_from_slice(chunk);
        let lane = &mut lanes[index % 4];
        *lane = (*lane ^ u64::from_le_bytes(word)).wrapping_mul(0x0000_0100_0000_01b3).rotate_left(29);
    }
    lanes.into_iter().fold(bytes.len() as u64, |sum, lane| (sum ^ lane).wrapping_mul(0x9e37_79b9_7f4a_7c15))
}
