//! Events on a map: a circle a place, its area as there are independent stories, open where the place is only known by its
//! district, province or country; squares for who holds a place.

use super::borders::strokes;
use super::{GROUPS, escaped};
use std::fmt::Write;

/// A place with what happened there.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Spot {
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    /// `point`, `district`, `province`, `country` or `region`.
    pub(crate) precision: String,
    /// Stories by group.
    pub(crate) stories: [i64; GROUPS.len()],
    pub(crate) events: [i64; GROUPS.len()],
    /// Where they are listed.
    pub(crate) address: String,
}

impl Spot {
    pub(crate) fn total(&self) -> i64 {
        self.stories.iter().sum()
    }
}

/// Of all stories, the share that a picture must show before places far away are left out of it.
const SHOWN: f64 = 0.9;
/// How many times farther than all that is shown a place must lie to be left out.
const FAR: f64 = 3.0;

/// The places that belong into one picture, and those so far away that all others would shrink to a speck. A name that was
/// taken for one on another continent is then named beside the picture, not hidden in it.
pub(crate) fn apart(mut spots: Vec<Spot>) -> (Vec<Spot>, Vec<Spot>) {
    let all: i64 = spots.iter().map(Spot::total).sum();
    let middle = |of: fn(&Spot) -> f64| {
        let mut values: Vec<(f64, i64)> = spots.iter().map(|spot| (of(spot), spot.total())).collect();
        values.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut seen = 0;
        let half = values.iter().find(|(_, stories)| {
            seen += stories;
            seen * 2 >= all
        });
        half.map_or(0.0, |(value, _)| *value)
    };
    let (lat, lon) = (middle(|spot| spot.lat), middle(|spot| spot.lon));
    let distance = |spot: &Spot| {
        let across = (spot.lon - lon).abs();
        (spot.lat - lat).hypot(across.min(360.0 - across))
    };
    spots.sort_by(|one, other| distance(one).total_cmp(&distance(other)).then_with(|| one.name.cmp(&other.name)));
    let mut seen = 0;
    let enough = spots.iter().position(|spot| {
        seen += spot.total();
        seen as f64 >= SHOWN * all as f64
    });
    let reach = enough.map_or(f64::MAX, |at| distance(&spots[at]).max(LEAST) * FAR);
    let first_far = spots.iter().position(|spot| distance(spot) > reach).unwrap_or(spots.len());
    let far = spots.split_off(first_far);
    (spots, far)
}

/// A place that somebody holds.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Held {
    pub(crate) name: String,
    pub(crate) lat: f64,
    pub(crate) lon: f64,
    pub(crate) holder: String,
    /// No recent evidence.
    pub(crate) expired: bool,
    pub(crate) disputed: bool,
}

const WIDTH: f64 = 960.0;
/// Degrees that the map shows at least.
const LEAST: f64 = 5.0;
/// Names that are written, at most.
const NAMES: usize = 40;

/// The part of the earth that is shown. Longitudes may go beyond 180 where the places lie across the antimeridian.
struct View {
    west: f64,
    east: f64,
    south: f64,
    north: f64,
    /// Pixels a degree of longitude, and of latitude.
    across: f64,
    up: f64,
}

impl View {
    fn new(places: &[(f64, f64)]) -> Self {
        let (west, east) = span_of(places.iter().map(|(_, lon)| *lon).collect());
        let lats = || places.iter().map(|(lat, _)| *lat);
        let (south, north) = (lats().fold(90.0, f64::min), lats().fold(-90.0, f64::max));
        let (south, north) = if south > north { (-60.0, 75.0) } else { (south, north) };
        let middle = f64::midpoint(south, north);
        let squeeze = middle.to_radians().cos().max(0.2);
        // Room around, and no less than a few degrees.
        let tall = ((north - south) * 1.2).max(LEAST);
        let wide = ((east - west) * 1.2).max(tall / squeeze * 1.25).min(360.0);
        let centre = f64::midpoint(west, east);
        let across = WIDTH / wide;
        let up = across / squeeze;
        let tall = tall.max(wide * squeeze / 2.2);
        let (south, north) = ((middle - tall / 2.0).max(-90.0), (middle + tall / 2.0).min(90.0));
        Self { west: centre - wide / 2.0, east: centre + wide / 2.0, south, north, across, up }
    }

    fn height(&self) -> f64 {
        (self.north - self.south) * self.up
    }

    /// Where a point lies; its longitude is turned to the one nearest to the view.
    fn at(&self, lat: f64, lon: f64) -> (f64, f64) {
        let lon = if lon < self.west {
            lon + 360.0
        } else if lon > self.east {
            lon - 360.0
        } else {
            lon
        };
        ((lon - self.west) * self.across, (self.north - lat) * self.up)
    }
}

/// The shortest span that holds all longitudes; east may be greater than 180.
fn span_of(mut lons: Vec<f64>) -> (f64, f64) {
    lons.sort_by(f64::total_cmp);
    let (Some(&first), Some(&last)) = (lons.first(), lons.last()) else { return (-180.0, 180.0) };
    let gaps = lons.windows(2).map(|two| (two[1] - two[0], two[1], two[0] + 360.0));
    let around = (first + 360.0 - last, first, last);
    let (_, west, east) = gaps.chain([around]).max_by(|one, other| one.0.total_cmp(&other.0)).unwrap_or(around);
    (west, east)
}

/// The picture.
pub(crate) fn map(spots: &[Spot], held: &[Held]) -> String {
    let places: Vec<(f64, f64)> =
        spots.iter().map(|spot| (spot.lat, spot.lon)).chain(held.iter().map(|held| (held.lat, held.lon))).collect();
    let view = View::new(&places);
    let height = view.height();
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture map\" viewBox=\"0 0 {WIDTH:.0} {height:.0}\" width=\"{WIDTH:.0}\" \
         height=\"{height:.0}\" role=\"group\" aria-label=\"Events by place\" font-family=\"system-ui, sans-serif\" \
         font-size=\"12\">\n<rect class=\"ground\" width=\"{WIDTH:.0}\" height=\"{height:.0}\" fill=\"#f6f4ee\"/>\n"
    );
    draw_borders(&view, &mut svg);
    let mut taken: Vec<[f64; 4]> = Vec::new();
    let most = spots.iter().map(Spot::total).max().unwrap_or(1).max(1) as f64;
    let mut ordered: Vec<&Spot> = spots.iter().collect();
    ordered.sort_by(|one, other| other.total().cmp(&one.total()).then_with(|| one.name.cmp(&other.name)));
    for spot in &ordered {
        draw_spot(spot, most, &view, &mut svg);
    }
    for held in held {
        draw_held(held, &view, &mut taken, &mut svg);
    }
    for spot in ordered.iter().take(NAMES) {
        let (x, y) = view.at(spot.lat, spot.lon);
        label(&spot.name, "name", x + radius(spot.total(), most) + 3.0, y + 4.0, &mut taken, &mut svg);
    }
    svg.push_str("<text class=\"scale\" x=\"6\" y=\"");
    let _ = write!(
        svg,
        "{:.0}\" font-size=\"10\" fill=\"#555555\">Borders: Natural Earth, as drawn there</text>\n</svg>\n",
        height - 6.0
    );
    svg
}

fn draw_borders(view: &View, svg: &mut String) {
    svg.push_str("<path class=\"border\" fill=\"none\" stroke=\"#b5ad9c\" stroke-width=\"1\" d=\"");
    // A view across the antimeridian sees strokes of both sides.
    for turn in [-360.0, 0.0, 360.0] {
        for stroke in strokes() {
            let seen = |&(lon, lat): &(f64, f64)| {
                (view.west - 1.0..=view.east + 1.0).contains(&(lon + turn))
                    && (view.south - 1.0..=view.north + 1.0).contains(&lat)
            };
            let mut drawn = false;
            for (at, point) in stroke.iter().enumerate() {
                let near = seen(point)
                    || at.checked_sub(1).is_some_and(|before| seen(&stroke[before]))
                    || stroke.get(at + 1).is_some_and(seen);
                if near {
                    let (x, y) = ((point.0 + turn - view.west) * view.across, (view.north - point.1) * view.up);
                    let _ = write!(svg, "{}{x:.1} {y:.1}", if drawn { 'L' } else { 'M' });
                }
                drawn = near;
            }
        }
    }
    svg.push_str("\"/>\n");
}

fn radius(stories: i64, most: f64) -> f64 {
    4.0 + 18.0 * (stories as f64 / most).sqrt()
}

fn draw_spot(spot: &Spot, most: f64, view: &View, svg: &mut String) {
    let (x, y) = view.at(spot.lat, spot.lon);
    let radius = radius(spot.total(), most);
    // The group of most stories gives the colour.
    let chief = (0..GROUPS.len()).max_by_key(|group| (spot.stories[*group], std::cmp::Reverse(*group))).unwrap_or(0);
    let (group, colour, _) = GROUPS[chief];
    let exact = matches!(spot.precision.as_str(), "point" | "");
    let paint = if exact {
        format!("class=\"{group}\" fill=\"{colour}\" fill-opacity=\"0.6\" stroke=\"{colour}\"")
    } else {
        format!("class=\"{group} open\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\" stroke-dasharray=\"5 4\"")
    };
    let parts: Vec<String> = GROUPS
        .iter()
        .zip(spot.events.iter().zip(&spot.stories))
        .filter(|(_, (events, _))| **events > 0)
        .map(|((name, _, _), (events, stories))| format!("{name}: {events} events in {stories} stories"))
        .collect();
    let whole = if exact { String::new() } else { format!(" (known by its {} only)", spot.precision) };
    let _ = writeln!(
        svg,
        "<a href=\"{}\"><title>{}</title><circle {paint} cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius:.1}\"/></a>",
        escaped(&spot.address),
        escaped(&format!("{}{whole}: {}", spot.name, parts.join("; ")))
    );
}

fn draw_held(held: &Held, view: &View, taken: &mut Vec<[f64; 4]>, svg: &mut String) {
    let (x, y) = view.at(held.lat, held.lon);
    let (dash, class) = if held.expired { (" stroke-dasharray=\"3 3\"", "held old") } else { ("", "held") };
    let doubt = match (held.disputed, held.expired) {
        (true, _) => ", disputed",
        (false, true) => ", no recent evidence",
        (false, false) => "",
    };
    let _ = writeln!(
        svg,
        "<g><title>{}</title><rect class=\"{class}\" x=\"{:.1}\" y=\"{:.1}\" width=\"11\" height=\"11\" fill=\"none\" \
         stroke=\"#1c1b19\" stroke-width=\"2\"{dash}/></g>",
        escaped(&format!("{}: held by {}{doubt}", held.name, held.holder)),
        x - 5.5,
        y - 5.5
    );
    label(&format!("{}{doubt}", held.holder), "holder", x + 9.0, y + 18.0, taken, svg);
}

/// Writes a name where no other stands.
fn label(text: &str, class: &str, x: f64, y: f64, taken: &mut Vec<[f64; 4]>, svg: &mut String) {
    let text: String = text.chars().take(40).collect();
    let own = [x, y - 11.0, x + text.chars().count() as f64 * 6.6, y + 3.0];
    if taken.iter().any(|other| own[0] < other[2] && other[0] < own[2] && own[1] < other[3] && other[1] < own[3]) {
        return;
    }
    taken.push(own);
    let _ =
        writeln!(svg, "<text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\" fill=\"#1c1b19\">{}</text>", escaped(&text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortest_way_around_is_taken() {
        assert_eq!(span_of(vec![18.0, 21.0, 19.0]), (18.0, 21.0));
        assert_eq!(span_of(vec![178.0, -179.0]), (178.0, 181.0));
        assert_eq!(span_of(Vec::new()), (-180.0, 180.0));
    }

    #[test]
    fn places_across_the_antimeridian_lie_side_by_side() {
        let view = View::new(&[(-17.0, 178.0), (-18.0, -179.0)]);
        let (fiji, east) = (view.at(-17.0, 178.0), view.at(-18.0, -179.0));
        assert!(fiji.0 < east.0 && east.0 - fiji.0 < WIDTH, "{fiji:?} {east:?}");
    }

    #[test]
    fn what_lies_far_away_is_set_apart() {
        let spot = |name: &str, lat: f64, lon: f64, stories: i64| Spot {
            name: name.to_owned(),
            lat,
            lon,
            precision: "point".to_owned(),
            stories: [stories, 0, 0, 0],
            events: [1, 0, 0, 0],
            address: String::new(),
        };
        let (near, far) = apart(vec![
            spot("Atongo", 20.3, -98.0, 2),
            spot("Bria", 6.5, 22.0, 20),
            spot("Ippy", 6.3, 21.2, 9),
            spot("Libreville", 0.4, 9.5, 4),
        ]);
        let names = |spots: &[Spot]| spots.iter().map(|spot| spot.name.clone()).collect::<Vec<_>>();
        assert_eq!(
            (names(&near), names(&far)),
            (["Bria", "Ippy", "Libreville"].map(str::to_owned).into(), vec!["Atongo".to_owned()])
        );
        let (near, far) = apart(vec![spot("Suva", -18.1, 178.4, 1), spot("Apia", -13.8, -171.8, 1)]);
        assert_eq!((near.len(), far.len()), (2, 0));
        assert!(apart(Vec::new()).0.is_empty());
    }

    #[test]
    fn a_map_of_nothing_and_a_hostile_name_are_drawn() {
        assert!(map(&[], &[]).ends_with("</svg>\n"));
        let spot = Spot {
            name: "<script>".to_owned(),
            lat: 6.5,
            lon: 20.5,
            precision: "district".to_owned(),
            stories: [2, 0, 0, 0],
            events: [1, 0, 0, 0],
            address: "/events".to_owned(),
        };
        let svg = map(&[spot], &[]);
        assert!(svg.contains("&lt;script&gt; (known by its district only): force: 1 events in 2 stories"), "{svg}");
        assert!(!svg.contains("<script"));
    }
}
