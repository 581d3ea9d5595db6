//! The form under which a place name is looked up: small ASCII letters, without accents, points and apostrophes,
//! hyphens as blanks, "St." written out. Builder and finder share it, so that both sides fold alike.

/// The look-up key of a name. Names in other scripts than Latin give an empty key.
#[must_use]
pub fn key(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for character in name.chars() {
        fold(character, &mut folded);
    }
    if folded.contains('\u{0}') {
        return String::new();
    }
    let mut key = String::with_capacity(folded.len() + 4);
    let mut words = folded.split_ascii_whitespace().peekable();
    while let Some(word) = words.next() {
        if !key.is_empty() {
            key.push(' ');
        }
        // An abbreviation stands before something; a last "St." is a street.
        key.push_str(match (word, words.peek()) {
            ("st", Some(_)) => "saint",
            ("ste", Some(_)) => "sainte",
            ("mt", Some(_)) => "mount",
            ("ft", Some(_)) => "fort",
            _ => word,
        });
    }
    key
}

/// Appends the folded character: nothing for marks, NUL for letters of other scripts.
fn fold(character: char, folded: &mut String) {
    match character {
        'a'..='z' | '0'..='9' => folded.push(character),
        'A'..='Z' => folded.push(character.to_ascii_lowercase()),
        '.'
        | '\''
        | '\u{2019}'
        | '\u{2018}'
        | '`'
        | '\u{2bb}'..='\u{2bf}'
        | '\u{2c8}'
        | '\u{2cc}'
        | '\u{300}'..='\u{36f}' => {}
        _ if character.is_alphabetic() => match latin(character) {
            Some(letters) => folded.push_str(letters),
            None => folded.push('\u{0}'),
        },
        _ => folded.push(' '),
    }
}

/// The plain letters of an accented Latin letter.
fn latin(character: char) -> Option<&'static str> {
    // Each line: the plain letters, then all letters that fold to them.
    const GROUPS: &[(&str, &str)] = &[
        ("a", "àáâãäåāăąǎǟǡǻȁȃȧḁẚạảấầẩẫậắằẳẵặⱥ"),
        ("ae", "æǣǽ"),
        ("b", "ƀɓḃḅḇ"),
        ("c", "çćĉċčƈȼḉ"),
        ("d", "ďđɖɗðḋḍḏḑḓ"),
        ("e", "èéêëēĕėęěȅȇȩɇəḕḗḙḛḝẹẻẽếềểễệǝ"),
        ("f", "ƒḟ"),
        ("g", "ĝğġģǥǧǵɠḡ"),
        ("h", "ĥħȟḣḥḧḩḫẖ"),
        ("i", "ìíîïĩīĭįıǐȉȋɨḭḯỉịi̇"),
        ("j", "ĵǰɉ"),
        ("k", "ķƙǩḱḳḵ"),
        ("l", "ĺļľŀłƚḷḹḻḽ"),
        ("m", "ḿṁṃ"),
        ("n", "ñńņňŉŋǹṅṇṉṋɲƞ"),
        ("o", "òóôõöøōŏőơǒǫǭǿȍȏȫȭȯȱɔɵṍṏṑṓọỏốồổỗộớờởỡợ"),
        ("oe", "œ"),
        ("p", "ṕṗƥ"),
        ("r", "ŕŗřȑȓɍṙṛṝṟ"),
        ("s", "śŝşšșṡṣṥṧṩ"),
        ("ss", "ß"),
        ("t", "ţťŧțƭʈṫṭṯṱẗ"),
        ("th", "þ"),
        ("u", "ùúûüũūŭůűųưǔǖǘǚǜȕȗʉṳṵṷṹṻụủứừửữự"),
        ("v", "ṽṿʋ"),
        ("w", "ŵẁẃẅẇẉẘ"),
        ("x", "ẋẍ"),
        ("y", "ýÿŷƴȳɏẏẙỳỵỷỹ"),
        ("z", "źżžƶẑẓẕʐ"),
    ];
    let small = character.to_lowercase().next().unwrap_or(character);
    GROUPS.iter().find(|(_, letters)| letters.contains(small)).map(|&(plain, _)| plain)
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn folds_accents_marks_and_abbreviations() {
        for (name, expected) in [
            ("Spīn Bōldak", "spin boldak"),
            ("Port-au-Prince", "port au prince"),
            ("St. Louis", "saint louis"),
            ("Washington, D.C.", "washington dc"),
            ("Mt Vernon", "mount vernon"),
            ("Taʿizz", "taizz"),
            ("Łódź", "lodz"),
            ("Orchard St.", "orchard st"),
            ("İzmir", "izmir"),
            ("Кабул", ""),
            ("", ""),
        ] {
            assert_eq!(key(name), expected, "{name}");
        }
    }
}
