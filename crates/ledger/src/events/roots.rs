//! The root of a lemma: what is left without the endings that make a noun of a verb, so that "appoint" and
//! "appointment" meet. Roots that endings do not show stand in `families.txt`.

/// Endings, longest first; what stands before must keep `LEAST` letters.
const ENDINGS: &[&str] = &[
    "ization", "isation", "ations", "ation", "ition", "ments", "ment", "ance", "ence", "ings", "ing", "ions", "ion",
    "ures", "ure", "ates", "ate", "als", "al", "ers", "er", "ors", "or", "ise", "ize", "ees", "ee", "ed", "es", "y",
    "e", "s",
];
/// Letters that a root keeps at least.
const LEAST: usize = 4;

/// The root of a lemma in small letters.
#[must_use]
pub(super) fn root(lemma: &str) -> &str {
    let long = |rest: &&str| rest.chars().count() >= LEAST;
    // The "y" of "deploy" belongs to the root.
    let whole = |ending: &str, rest: &str| ending == "y" && rest.ends_with(['a', 'e', 'o', 'u']);
    let rest = ENDINGS
        .iter()
        .find_map(|ending| lemma.strip_suffix(ending).filter(|rest| long(rest) && !whole(ending, rest)))
        .unwrap_or(lemma);
    let rest = rest.strip_suffix('e').filter(long).unwrap_or(rest);
    // "travelling", "robbery": one letter of a doubled consonant is the ending's.
    let mut letters = rest.chars().rev();
    match (letters.next(), letters.next()) {
        (Some(last), Some(before)) if last == before && rest.len() < lemma.len() && !"aeiousl".contains(last) => {
            &rest[..rest.len() - last.len_utf8()]
        }
        _ => rest,
    }
}

#[cfg(test)]
mod tests {
    use super::root;

    #[test]
    fn verbs_and_their_nouns_share_a_root() {
        for (one, other) in [
            ("appoint", "appointment"),
            ("nominate", "nomination"),
            ("announce", "announcement"),
            ("resign", "resignation"),
            ("arrive", "arrival"),
            ("evacuate", "evacuation"),
            ("assist", "assistance"),
            ("deploy", "deployment"),
            ("rob", "rob"),
        ] {
            assert_eq!(root(one), root(other), "{one}, {other}");
        }
        assert_ne!(root("attack"), root("attend"));
    }
}
