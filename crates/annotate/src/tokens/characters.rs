//! Classes of characters as the tokenizer sees them, and the few shapes it takes whole: links and emoticons.

/// What a character does to the token it stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Class {
    /// Letter, digit, or a sign that belongs to the letter before it.
    Word,
    /// A mark that forms one token with its repetitions.
    Run,
    /// A mark that opens a word: "#", "@", "+".
    Sigil,
    /// A single quotation mark or apostrophe.
    Apostrophe,
    /// Any other character: a token of its own.
    Mark,
}

pub(super) fn class(character: char) -> Class {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' => Class::Word,
        '.' | '!' | '?' | '-' | '*' | '=' | '_' | '~' | '–' | '—' => Class::Run,
        '#' | '@' | '+' => Class::Sigil,
        '\'' | '’' | '‘' | '`' => Class::Apostrophe,
        _ if !character.is_ascii() && is_word(character) => Class::Word,
        _ => Class::Mark,
    }
}

/// Whether the character is part of a word.
pub(super) fn is_word(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || character == '_'
        || (!character.is_ascii() && (character.is_alphanumeric() || attaches(character)))
}

/// Combining and format characters: they belong to what stands before them.
pub(super) fn attaches(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{300}'..='\u{36f}'
            | '\u{483}'..='\u{489}'
            | '\u{591}'..='\u{5bd}'
            | '\u{610}'..='\u{61a}'
            | '\u{64b}'..='\u{65f}'
            | '\u{670}'
            | '\u{6d6}'..='\u{6dc}'
            | '\u{93c}'
            | '\u{94d}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{2064}'
            | '\u{2066}'..='\u{2069}'
            | '\u{20d0}'..='\u{20ff}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{1f3fb}'..='\u{1f3ff}'
    )
}

/// Apostrophes as they stand inside words; a grave accent is often typed for one.
pub(super) fn is_apostrophe(character: char) -> bool {
    matches!(character, '\'' | '’' | '`' | 'ʼ' | '＇')
}

/// The length of an emoticon that is the whole chunk but for marks after it.
pub(super) fn emoticon(chunk: &str) -> Option<usize> {
    const SHAPES: [&str; 14] =
        [":-)", ":)", ":-(", ":(", ";-)", ";)", ":-D", ":D", ":P", ":-P", ":-/", "=)", "<3", "^_^"];
    if !chunk.starts_with([':', ';', '=', '<', '^']) {
        return None;
    }
    let shape = SHAPES.iter().find(|shape| chunk.starts_with(**shape))?;
    (!chunk[shape.len()..].starts_with(is_word)).then_some(shape.len())
}

/// The length of the link or mail address that starts the chunk, without the punctuation after it.
pub(super) fn link(chunk: &str) -> Option<usize> {
    let is_link = chunk.starts_with("www.")
        || chunk.starts_with("mailto:")
        || chunk.find("://").is_some_and(|at| at > 0 && chunk[..at].bytes().all(|byte| byte.is_ascii_alphabetic()))
        || is_address(chunk);
    if !is_link {
        return None;
    }
    let stop = chunk.find(['"', '“', '”', '<', '>']).unwrap_or(chunk.len());
    let mut link = &chunk[..stop];
    let opened = link.contains('(');
    while let Some(last) = link.chars().next_back() {
        let drop = matches!(last, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | ']' | '}' | '…' | '*')
            || (last == ')' && !opened);
        if !drop {
            break;
        }
        link = &link[..link.len() - last.len_utf8()];
    }
    (!link.is_empty()).then_some(link.len())
}

fn is_address(chunk: &str) -> bool {
    let Some(at) = chunk.find('@') else { return false };
    let local = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_' | '%' | '+' | '-');
    at > 0 && chunk[..at].chars().all(local) && chunk[at + 1..].starts_with(is_word)
}
