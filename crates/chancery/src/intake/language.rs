//! Which language a text is in, where there is enough of it to tell.

use whatlang::Lang;

/// Letters below which a text is left undetermined: names and figures of a headline look like any language.
const LETTERS: usize = 120;

/// As much of a text as is looked at, in bytes.
const SAMPLE: usize = 4096;

/// Words of English alone, a sixth of a text.
const ENGLISH: &[&str] = &[
    "the", "The", "and", "that", "with", "which", "from", "this", "This", "their", "they", "They", "were", "have",
    "been", "would", "said",
];

/// The language of a text as a BCP 47 tag; nothing if it is short, or like several languages.
pub(super) fn detect(text: &str) -> Option<String> {
    // From the middle, as agencies' lines and names crowd the beginning.
    let start = text.ceil_char_boundary(text.len().saturating_sub(SAMPLE) / 2);
    let sample = &text[start..text.floor_char_boundary((start + SAMPLE).min(text.len()))];
    if sample.chars().filter(|char| char.is_alphabetic()).count() < LETTERS {
        return None;
    }
    if is_english(sample) {
        return Some("en".to_owned());
    }
    let info = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    Some(tag(info.lang()).to_owned())
}

/// Whether a twelfth of the words are such as stand in every English text and in no other. Most texts are English, and to
/// compare them with all languages takes a fifth of the time of taking them in.
fn is_english(sample: &str) -> bool {
    let (mut words, mut english) = (0, 0);
    for word in sample.split_whitespace() {
        words += 1;
        english += usize::from(ENGLISH.contains(&word));
    }
    english * 12 >= words
}

/// The two letters where a language has them.
fn tag(language: Lang) -> &'static str {
    let code = language.code();
    let pair = include_str!("languages.txt").lines().find_map(|line| line.strip_prefix(code));
    pair.map(str::trim).unwrap_or(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_where_there_is_enough_text() {
        check(
            "The delegations met in Geneva on Monday and agreed to exchange their prisoners within a week. The mediator said that he would return to the region soon, as both sides had asked him to.",
            Some("en"),
        );
        check(
            "Делегации встретились в понедельник в Женеве и договорились обменяться пленными в течение недели. Посредник заявил, что скоро вернётся в регион, о чём его попросили обе стороны.",
            Some("ru"),
        );
        check(
            "Les délégations se sont rencontrées lundi à Genève et ont convenu d'échanger leurs prisonniers dans la semaine. Le médiateur a déclaré qu'il reviendrait bientôt dans la région.",
            Some("fr"),
        );
        check(
            "De delegaties kwamen maandag in Genève bijeen en spraken af hun gevangenen binnen een week uit te wisselen. De bemiddelaar zei dat hij spoedig naar de regio terug zou keren.",
            Some("nl"),
        );
        check(
            "Delegationerne mødtes mandag i Genève og enedes om at udveksle deres fanger inden for en uge. Mægleren sagde, at han snart ville vende tilbage til området, sådan som begge sider havde bedt om.",
            Some("da"),
        );
        check("Rebels leave town", None);
        check("", None);
        check(&"0.5 — ".repeat(500), None);
    }

    #[track_caller]
    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(detect(text).as_deref(), expected);
    }

    #[test]
    fn all_languages_have_tags_of_two_or_three_letters() {
        for &language in Lang::all() {
            assert!(tag(language).len() == 2 || tag(language).len() == 3, "{language:?}");
        }
        assert_eq!(include_str!("languages.txt").lines().count(), Lang::all().len());
    }
}
