//! What the models see of a token: hashes of its normal form, its ends and its shape.
//!
//! Curly quotation marks, long dashes and digits are made alike here and nowhere else, so that the text stays as it is.

use document::TextSpan;

/// The hashes of one token.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Word {
    /// The normal form with its case.
    pub form: u32,
    /// The normal form in small letters.
    pub lower: u32,
    /// The pattern of capitals, digits and marks.
    pub shape: u32,
    /// The first one, two and three characters, in small letters.
    pub prefixes: [u32; 3],
    /// The last one to four characters, in small letters.
    pub suffixes: [u32; 4],
    /// Classes of distribution, fine and coarse; 0 for an unknown word.
    pub clusters: [u16; 2],
    /// How the word is capitalised.
    pub casing: Casing,
}

/// How a word is capitalised.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Casing {
    /// No letters.
    #[default]
    None,
    /// Small letters alone.
    Small,
    /// One capital at the front.
    Title,
    /// Capitals alone, at least two.
    Upper,
    /// Anything else.
    Mixed,
}

/// Mixes a number into a hash. All hashes of the models are made of this.
#[must_use]
pub fn mix(hash: u32, value: u32) -> u32 {
    let product = (u64::from(hash) ^ 0x5851_f42d).wrapping_mul(0x9e37_79b9_7f4a_7c15)
        ^ u64::from(value).wrapping_mul(0xd6e8_feb8_6659_fd93);
    let product = (product ^ (product >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (product >> 32) as u32
}

impl Word {
    /// The word that stands outside the sentence, on the side given by `number`.
    #[must_use]
    pub fn outside(number: u32) -> Self {
        let hash = mix(0xffff_fff0, number);
        Self { form: hash, lower: hash, shape: hash, prefixes: [hash; 3], suffixes: [hash; 4], ..Self::default() }
    }

    /// The hashes of a form.
    #[must_use]
    pub fn new(form: &str) -> Self {
        let mut word = Self { form: 1, lower: 2, shape: 3, ..Self::default() };
        let (mut last, mut count, mut run, mut before) = ([0u32; 4], 0usize, 0, ' ');
        let (mut upper, mut small) = (0usize, 0usize);
        let mut first_is_upper = false;
        for character in form.chars() {
            let character = normal(character);
            word.form = mix(word.form, u32::from(character));
            let class = class(character);
            upper += usize::from(class == 'X');
            small += usize::from(class == 'x');
            first_is_upper |= count == 0 && class == 'X';
            run = if class == before { run + 1 } else { 0 };
            before = class;
            if run < 2 {
                word.shape = mix(word.shape, u32::from(class));
            }
            let lower = if character.is_ascii() {
                u32::from(character.to_ascii_lowercase())
            } else {
                character.to_lowercase().next().map_or(0, u32::from)
            };
            word.lower = mix(word.lower, lower);
            if count < 3 {
                word.prefixes[count] = mix(word.lower, 7);
            }
            last.rotate_right(1);
            last[0] = lower;
            count += 1;
        }
        for length in count.min(3)..3 {
            word.prefixes[length] = mix(word.lower, 7);
        }
        let mut hash = 5;
        for (length, slot) in word.suffixes.iter_mut().enumerate() {
            hash = mix(hash, last[length]);
            *slot = hash;
        }
        word.casing = match (upper, small) {
            (0, 0) => Casing::None,
            (0, _) => Casing::Small,
            (1, _) if first_is_upper => Casing::Title,
            (_, 0) => Casing::Upper,
            _ => Casing::Mixed,
        };
        word
    }

    /// The words of a text.
    pub(crate) fn all<'a>(text: &'a str, spans: &'a [TextSpan]) -> impl Iterator<Item = Self> + 'a {
        spans.iter().map(|span| Self::new(span.of(text)))
    }
}

/// The class of a normal character in the pattern of a word: digits, small letters and capitals are one each.
pub(crate) fn class(character: char) -> char {
    match character {
        '0' => '0',
        _ if character.is_ascii_lowercase() => 'x',
        _ if character.is_ascii_uppercase() => 'X',
        _ if character.is_ascii() => character,
        _ if character.is_lowercase() => 'x',
        _ if character.is_uppercase() => 'X',
        _ if character.is_alphabetic() => 'x',
        _ => '#',
    }
}

/// Makes alike what differs in typography alone, and all digits.
pub(crate) fn normal(character: char) -> char {
    match character {
        '0'..='9' => '0',
        _ if character.is_ascii() => character,
        '‘' | '’' | 'ʼ' | '´' | '′' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '–' | '‑' | '‒' | '−' | '—' | '―' => '-',
        '…' => '.',
        _ => character,
    }
}

/// How the capitals of a sentence are to be read.
#[must_use]
pub fn sentence_casing(words: &[Word]) -> Casing {
    let count = |casing| words.iter().filter(|word| word.casing == casing).count();
    let (small, title, upper) = (count(Casing::Small), count(Casing::Title), count(Casing::Upper));
    if upper > 2 && upper > 3 * (small + title) {
        Casing::Upper
    } else if title + upper > 2 && title > 2 * small {
        Casing::Title
    } else if title + upper == 0 {
        Casing::Small
    } else {
        Casing::Mixed
    }
}

/// Writes a form with plain quotation marks into `plain`: what lemmas are made of.
pub fn plain_form(form: &str, plain: &mut String) {
    plain.clear();
    if form.is_ascii() {
        plain.push_str(form);
    } else {
        plain.extend(form.chars().map(|character| match character {
            '‘' | '’' | '“' | '”' | '„' => normal(character),
            _ => character,
        }));
    }
}

/// Writes the normal form in small letters into `small`, one character for each: what the network's tables are keyed by.
pub(crate) fn small_form(form: &str, small: &mut String) {
    small.clear();
    for character in form.chars().map(normal) {
        if character.is_ascii() {
            small.push(character.to_ascii_lowercase());
        } else {
            small.extend(character.to_lowercase().next());
        }
    }
}

/// Writes a form in small letters into `lower`.
pub fn lower_form(form: &str, lower: &mut String) {
    lower.clear();
    if form.is_ascii() {
        lower.push_str(form);
        lower.make_ascii_lowercase();
    } else {
        lower.extend(form.chars().flat_map(char::to_lowercase));
    }
}
