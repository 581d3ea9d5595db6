//! What one report tells of one happening belongs together: a claim that states no day, place or party takes those of the
//! claims of its report that tell of the same, before it is compared with other reports.

use super::group::{THRESHOLD, group};
use super::{Happening, Lexicon, Nearness, Relation, Weights, score};

/// Completes the claims of one report from each other.
pub fn complete(lexicon: &Lexicon, weights: &Weights, claims: &mut [Happening]) {
    let within = Nearness::within();
    let mut links = Vec::new();
    for (at, one) in claims.iter().enumerate() {
        for (to, other) in claims.iter().enumerate().skip(at + 1) {
            let link = score(lexicon, weights, one, other, &within);
            let same = link.filter(|link| matches!(link.relation, Relation::Same | Relation::Disputes));
            links.extend(same.map(|link| (at, to, link.score)));
        }
    }
    let places: Vec<usize> = (0..claims.len()).collect();
    for together in group(&places, &links, THRESHOLD).iter().filter(|together| together.len() > 1) {
        let members = || together.iter().filter_map(|&member| claims.get(member));
        // Of several days the narrowest, of several places and parties those told first.
        let days = members()
            .filter_map(|claim| claim.days)
            .min_by_key(|(first, last)| (last.0.saturating_sub(first.0), first.0));
        let places = members().map(|claim| &claim.places).find(|places| !places.is_empty()).cloned();
        for &member in together {
            let Some(claim) = claims.get_mut(member) else { continue };
            claim.days = claim.days.or(days);
            take(&mut claim.places, places.as_ref());
        }
    }
}

fn take<T: Clone>(own: &mut Vec<T>, others: Option<&Vec<T>>) {
    if own.is_empty()
        && let Some(others) = others
    {
        own.clone_from(others);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::{Day, Place, Predicate};

    fn claim(head: &str, days: Option<i32>, sentence: u32) -> Happening {
        Happening {
            predicate: Predicate { head: head.to_owned(), ..Predicate::default() },
            category: Some("ASSAULT".to_owned()),
            days: days.map(|day| (Day(day), Day(day))),
            sentence,
            ..Happening::default()
        }
    }

    #[test]
    fn what_is_told_twice_is_told_with_all_that_is_known() {
        let mut claims = [claim("explosion", Some(17_000), 0), claim("explosion", None, 1), claim("strike", None, 2)];
        claims[1].places.push(Place { name: "Bambari".to_owned(), ..Place::default() });
        complete(&Lexicon::new(), &Weights::new(), &mut claims);
        assert_eq!(claims[1].days, Some((Day(17_000), Day(17_000))));
        assert_eq!(claims[0].places, claims[1].places);
        assert_eq!((claims[2].days, claims[2].places.len()), (None, 0));
    }
}
