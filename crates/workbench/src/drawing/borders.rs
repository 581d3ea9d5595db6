//! Borders and coasts, as strokes, so that no ring has to be split where the map ends.

use std::str::SplitAsciiWhitespace;

const STROKES: &str = include_str!("borders.txt");

/// A stroke in degrees: longitude and latitude of each point.
pub(super) fn strokes() -> impl Iterator<Item = Vec<(f64, f64)>> {
    STROKES.lines().filter(|line| !line.starts_with('#')).map(|line| {
        let mut numbers = line.split_ascii_whitespace();
        let (mut x, mut y) = (0, 0);
        let mut points = Vec::new();
        while let Some((right, up)) = step(&mut numbers) {
            (x, y) = (x + right, y + up);
            points.push((f64::from(x) / 100.0, f64::from(y) / 100.0));
        }
        points
    })
}

fn step(numbers: &mut SplitAsciiWhitespace<'_>) -> Option<(i32, i32)> {
    Some((numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::strokes;

    #[test]
    fn every_stroke_lies_on_the_earth() {
        let mut points = 0;
        for stroke in strokes() {
            assert!(stroke.len() > 1);
            points += stroke.len();
            assert!(stroke.iter().all(|(lon, lat)| lon.abs() <= 180.0 && lat.abs() <= 90.0), "{stroke:?}");
            assert!(
                stroke.windows(2).all(|two| (two[0].0 - two[1].0).abs() < 60.0),
                "a stroke goes around: {stroke:?}"
            );
        }
        assert!(points > 30_000);
    }
}
