//! Krippendorff's alpha of two coders, nominal values, none missing.

use std::collections::BTreeMap;

/// One minus the disagreement observed over that expected by chance; none where chance could not disagree, since only one
/// value was given or there are no units.
#[must_use]
pub fn alpha<T: Ord>(units: &[(T, T)]) -> Option<f64> {
    let mut given: BTreeMap<&T, f64> = BTreeMap::new();
    for value in units.iter().flat_map(|(one, two)| [one, two]) {
        *given.entry(value).or_default() += 1.0;
    }
    let values = 2.0 * units.len() as f64;
    let observed = units.iter().filter(|(one, two)| one != two).count() as f64 * 2.0 / values;
    let same: f64 = given.values().map(|count| count * (count - 1.0)).sum();
    let expected = 1.0 - same / (values * (values - 1.0));
    (units.len() > 1 && expected > 0.0).then(|| 1.0 - observed / expected)
}
