//! Numbers with what they count: figures and number words with bounds, unit, range, and the counted noun.
//!
//! [`find`] leaves alone what stands inside a time expression or numbers something (a resolution, a flight). The span
//! holds the number with its bounds and unit ("at least 12", "about half", "$5 million"), not the counted noun.

mod bounds;
mod labels;
mod shares;
#[cfg(test)]
mod tests;

use crate::numbers;
use crate::times::line::{Line, Word};
use bounds::Bounds;
use document::{Quantity, Relation, Syntax, Time, TokenId, TokenSpan, Upos};
use std::sync::LazyLock;

/// Words with what they stand for, sorted.
struct Table(Vec<(&'static str, &'static str)>);

impl Table {
    /// `#` begins a comment, `\#` a line that begins with that sign.
    fn read(text: &'static str) -> Self {
        let lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        let mut rows: Vec<_> = lines.filter_map(|line| line.trim_start_matches('\\').rsplit_once(' ')).collect();
        rows.sort_unstable();
        Self(rows)
    }

    fn get(&self, word: &str) -> Option<&'static str> {
        let row = self.0.binary_search_by_key(&word, |row| row.0).ok()?;
        Some(self.0[row].1)
    }
}

static UNITS: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("units.txt")));
static PARTICLE_VERBS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    include_str!("particles.txt").lines().filter(|line| !line.is_empty() && !line.starts_with('#')).collect()
});
static CURRENCIES: LazyLock<Table> = LazyLock::new(|| Table::read(include_str!("currencies.txt")));

/// Finds the quantities of a report outside its time expressions.
#[must_use]
pub fn find(syntax: &Syntax, times: &[Time]) -> Vec<Quantity> {
    let mut quantities: Vec<Quantity> = Vec::new();
    let mut line = Line::default();
    for sentence in &syntax.sentences.spans {
        line.read(syntax, *sentence);
        let reader = Reader { syntax, times, line: &line, first: sentence.start.index() };
        let before = quantities.len();
        let mut at = 0;
        while at < line.len() {
            match reader.quantity(at) {
                Some((end, quantity)) => {
                    at = end.max(at + 1);
                    quantities.push(quantity);
                }
                None => at += 1,
            }
        }
        for index in before..quantities.len() {
            quantities[index].subset_of = reader.subset(&quantities, index, before);
        }
    }
    quantities
}

struct Reader<'a> {
    syntax: &'a Syntax,
    times: &'a [Time],
    line: &'a Line,
    /// The document's number of the sentence's first token.
    first: usize,
}

/// A number with its unit, before bounds.
struct Amount {
    low: Option<f64>,
    best: Option<f64>,
    high: Option<f64>,
    approximate: bool,
    unit: Option<String>,
    end: usize,
}

impl Amount {
    fn exact(value: f64, unit: Option<&str>, end: usize) -> Self {
        let value = Some(value);
        Self { low: value, best: value, high: value, approximate: false, unit: unit.map(str::to_owned), end }
    }
}

impl Reader<'_> {
    fn form(&self, at: usize) -> &str {
        self.line.form(at)
    }

    fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.form(at))
    }

    /// Whether two tokens stand without a blank between them.
    fn touches(&self, at: usize) -> bool {
        let spans = &self.syntax.tokens.spans;
        at > 0 && spans.get(self.first + at).is_some_and(|span| spans[self.first + at - 1].end == span.start)
    }

    fn in_time(&self, at: usize) -> bool {
        let token = TokenId((self.first + at) as u32);
        let after = self.times.partition_point(|time| time.span.start <= token);
        after > 0 && self.times[after - 1].span.holds(token)
    }

    /// A cheap test that most words fail.
    fn may_begin(&self, at: usize) -> bool {
        let form = self.form(at);
        self.line.word(at) != Word::Other
            || !form.starts_with(|first: char| first.is_ascii_lowercase())
            || matches!(
                form,
                "no" | "as"
                    | "well"
                    | "far"
                    | "slightly"
                    | "under"
                    | "below"
                    | "above"
                    | "estimated"
                    | "circa"
                    | "all"
                    | "exactly"
                    | "between"
                    | "us"
                    | "us$"
                    | "c"
                    | "nz"
                    | "hk"
                    | "tens"
                    | "scores"
                    | "millions"
                    | "billions"
                    | "usd"
                    | "eur"
                    | "gbp"
                    | "rmb"
                    | "c$"
                    | "a$"
                    | "au$"
                    | "nz$"
                    | "hk$"
                    | "s$"
            )
    }

    fn quantity(&self, at: usize) -> Option<(usize, Quantity)> {
        if !self.may_begin(at) || self.in_time(at) {
            return None;
        }
        if self.form(at) == "over" && PARTICLE_VERBS.contains(&self.line.before(at, 1)) {
            return None;
        }
        let (bounds, start) = bounds::before(self.line, at);
        let amount = self.range(start, bounds == Bounds::Between).or_else(|| self.amount(start))?;
        if (start..amount.end).any(|token| self.in_time(token)) {
            return None;
        }
        if start == at && self.labels(at, amount.end) || self.is(amount.end, &["b.c.", "bc", "bce", "b.c", "a.d."]) {
            return None;
        }
        // Modifiers stand with the first number that follows; "between" without an "and" is no bound.
        let start = if bounds == Bounds::Between && amount.low == amount.high { start } else { at };
        let mut amount = amount;
        let mut bounds = bounds;
        if self.is(amount.end, &["-", "+"]) && self.form(amount.end + 1) == "plus" || self.form(amount.end) == "+" {
            amount.end += if self.form(amount.end) == "+" { 1 } else { 2 };
            bounds = Bounds::AtLeast;
        } else if self.form(amount.end) == "or" && self.is(amount.end + 1, &["more", "so", "less", "fewer"]) {
            bounds = match self.form(amount.end + 1) {
                "more" => Bounds::AtLeast,
                "so" => Bounds::About,
                _ => Bounds::AtMost,
            };
            amount.end += 2;
        }
        bounds.apply(&mut amount);
        let span = TokenSpan::new(self.first + start, self.first + amount.end);
        let counts =
            if amount.unit.is_none() || amount.unit.as_deref() == Some("percent") { self.counted(span) } else { None };
        let Amount { low, best, high, approximate, unit, end } = amount;
        Some((end, Quantity { span, low, best, high, approximate, unit, counts, subset_of: None }))
    }

    /// Whether what stands before "from" says that a number changes.
    fn changes(&self, from: usize) -> bool {
        from > 0
            && matches!(
                self.form(from - 1),
                "rose"
                    | "risen"
                    | "rise"
                    | "rises"
                    | "grew"
                    | "grown"
                    | "increased"
                    | "climbed"
                    | "fell"
                    | "fallen"
                    | "dropped"
                    | "raised"
                    | "up"
                    | "down"
                    | "revised"
            )
    }

    /// "between 20 and 30", "15-20 %", "3,000 to 5,000", "$12 million to $20 million".
    fn range(&self, at: usize, between: bool) -> Option<Amount> {
        let low = self.amount(at)?;
        let joint = self.form(low.end);
        if !(joint == "and" && between || matches!(joint, "to" | "-" | "or") && !between) {
            return None;
        }
        if joint == "or" && !self.syntax.tokens.spans.is_empty() && self.line.word(low.end + 1) != Word::Number {
            return None;
        }
        // "rose from seven to eleven": what was and what is.
        if joint == "to" && at > 0 && self.form(at - 1) == "from" && self.changes(at - 1) {
            return None;
        }
        let high = self.amount(low.end + 1)?;
        let (mut least, most) = (low.best?, high.best?);
        // "2 to 3 million" and "from 5 to 7 billion": the scale is said once.
        if least < 1000.0 && most >= 1e6 {
            let scale = 1000_f64.powf((most.log10() / 3.0).floor());
            if least * scale <= most {
                least *= scale;
            }
        }
        // "160GB or 40,000 songs" are two.
        let alternatives = joint == "or" && low.unit != high.unit;
        if alternatives || least >= most || (low.unit.is_some() && high.unit.is_some() && low.unit != high.unit) {
            return None;
        }
        Some(Amount {
            low: Some(least),
            best: None,
            high: Some(most),
            approximate: false,
            unit: high.unit.or(low.unit),
            end: high.end,
        })
    }

    fn amount(&self, at: usize) -> Option<Amount> {
        // "US$" is cut in two, also where nothing stands between.
        let letters =
            usize::from(self.is(at, &["us", "c", "a", "nz", "hk"]) && self.touches(at + 1) && self.form(at + 1) == "$");
        if let Some(currency) = self.sign(at + letters) {
            let currency = match self.form(at) {
                "c" => "CAD",
                "a" => "AUD",
                "nz" => "NZD",
                "hk" => "HKD",
                _ => currency,
            };
            let number = numbers::read(|index| self.form(index), at + letters + 1)?;
            let mut end = number.end;
            // "$5 US dollars", "US$ 1.4 billion".
            while self.is(end, &["us", "u.s.", "dollars"])
                && self.is(end.max(1), &["us", "u.s.", "dollars"])
                && end < number.end + 2
            {
                if self.form(end) != "dollars" && self.form(end + 1) != "dollars" {
                    break;
                }
                end += 1;
            }
            return Some(Amount::exact(number.value, Some(currency), end));
        }
        if let Some(vague) = self.vague(at).or_else(|| self.share(at)) {
            return Some(vague);
        }
        let form = self.form(at);
        // Prefilter: what is neither a digit nor a number word is done with.
        if self.line.word(at) != Word::Number && !matches!(form, "a" | "an") {
            return None;
        }
        let (value, end) = match numbers::read(|index| self.form(index), at) {
            Some(number) => (number.value, number.end),
            // "500km", "60gb", "$100m" in one token.
            None => {
                let split =
                    form.find(|character: char| !(character.is_ascii_digit() || matches!(character, ',' | '.')))?;
                let (digits, rest) = form.split_at(split);
                let value = numbers::digits(digits)?;
                if let Some(scale) = numbers::scale(rest).filter(|_| {
                    rest != "m" || !self.is(at + 1, &["apart", "away", "long", "high", "deep", "wide", "tall"])
                }) {
                    (value * scale, at + 1)
                } else if matches!(rest, "%") {
                    return Some(Amount::exact(value, Some("percent"), at + 1));
                } else {
                    let unit = if rest == "m" { Some("m") } else { UNITS.get(rest) };
                    return unit.map(|unit| Amount::exact(value, Some(unit), at + 1));
                }
            }
        };
        if form == "one" && end == at + 1 && !self.one_counts(at) {
            return None;
        }
        Some(self.with_unit(value, end))
    }

    fn sign(&self, at: usize) -> Option<&'static str> {
        let form = self.form(at);
        let sign = form.len() <= 4 && form.chars().next_back().is_some_and(|last| !last.is_alphanumeric());
        let code = matches!(form, "usd" | "eur" | "gbp" | "rmb");
        // "# 13" is a list number as often as pounds; with a scale it is money.
        let scaled = form != "#" || numbers::scale(self.form(at + 2)).is_some();
        (sign || code)
            .then(|| CURRENCIES.get(form))
            .flatten()
            .filter(|_| scaled && self.line.word(at + 1) == Word::Number)
    }

    fn with_unit(&self, value: f64, end: usize) -> Amount {
        let form = self.form(end);
        match form {
            "%" | "percent" => return Amount::exact(value, Some("percent"), end + 1),
            "per" if self.form(end + 1) == "cent" => return Amount::exact(value, Some("percent"), end + 2),
            "percentage" if self.is(end + 1, &["point", "points"]) => {
                return Amount::exact(value, Some("percent"), end + 2);
            }
            _ => {}
        }
        // "20-year-old", "3-month-old".
        if form == "-"
            && self.is(end + 1, &["year", "month", "week", "day"])
            && self.form(end + 2) == "-"
            && self.is(end + 3, &["old", "olds"])
        {
            return Amount::exact(value, Some(if self.form(end + 1) == "year" { "year" } else { "month" }), end + 4);
        }
        if self.is(end, &["year", "years"]) && self.is(end + 1, &["old", "-"]) {
            return Amount::exact(value, Some("year"), end + 2 + usize::from(self.form(end + 1) == "-"));
        }
        // "two Jordanian dinars": one word may stand between.
        if let Some(currency) = CURRENCIES.get(form).filter(|_| form.chars().all(char::is_alphabetic) && form != "mark")
        {
            return Amount::exact(value, Some(currency), end + 1);
        }
        if self.is(end, &["us", "u.s.", "american", "canadian", "australian"])
            && self.is(end + 1, &["dollars", "dollar"])
        {
            let currency = match form {
                "canadian" => "CAD",
                "australian" => "AUD",
                _ => "USD",
            };
            return Amount::exact(value, Some(currency), end + 2);
        }
        if let Some(currency) =
            CURRENCIES.get(self.form(end + 1)).filter(|_| self.line.capital(end) && self.form(end + 1).ends_with('s'))
        {
            let plain = if self.form(end + 1).starts_with("dinar")
                || self.form(end + 1).starts_with("pound")
                || self.form(end + 1).starts_with("peso")
            {
                "XXX"
            } else {
                currency
            };
            return Amount::exact(value, Some(plain), end + 2);
        }
        let hyphen = usize::from(form == "-");
        let (word, next) = (self.form(end + hyphen), end + hyphen + 1);
        if matches!(word, "square" | "sq" | "cubic" | "cu" | "nautical")
            && let Some(unit) = UNITS.get(self.form(next))
        {
            let power = match word {
                "cubic" | "cu" => "cubic",
                "nautical" => "nautical",
                _ => "square",
            };
            return Amount::exact(value, Some(&format!("{power} {unit}")), next + 1);
        }
        match UNITS.get(word) {
            Some(unit) => Amount::exact(value, Some(&unit.replace('_', " ")), next),
            None => Amount::exact(value, None, end),
        }
    }

    /// "dozens", "hundreds of thousands", "a dozen", "two dozen", "a few hundred".
    fn vague(&self, at: usize) -> Option<Amount> {
        let many = |word: &str| {
            Some(match word {
                "dozens" => (24.0, 99.0),
                "scores" => (40.0, 199.0),
                "hundreds" => (200.0, 999.0),
                "thousands" => (2e3, 9_999.0),
                "millions" => (2e6, 9.99e8),
                "billions" => (2e9, 9.99e11),
                _ => return None,
            })
        };
        let open = |low, high, end| {
            Some(Amount { low: Some(low), best: None, high: Some(high), approximate: true, unit: None, end })
        };
        match self.form(at) {
            "tens" | "dozens" | "hundreds" | "scores"
                if self.form(at + 1) == "of" && self.is(at + 2, &["thousands", "millions"]) =>
            {
                let scale = if self.form(at + 2) == "thousands" { 1e3 } else { 1e6 };
                let (low, high) = many(self.form(at)).unwrap_or((20.0, 99.0));
                return open(low * scale, (high + 1.0) * scale, at + 3);
            }
            // "the hundreds" and "in scores" (of a match) are rare; "scores" counts only before "of".
            "scores" if self.form(at + 1) != "of" => return None,
            word => {
                if let Some((low, high)) = many(word) {
                    return open(low, high, at + 1);
                }
            }
        }
        let of = |end: usize| end + usize::from(self.form(end) == "of");
        match (self.form(at), self.form(at + 1)) {
            ("half", "a") if self.is(at + 2, &["million", "billion"]) => {
                let half = if self.form(at + 2) == "million" { 5e5 } else { 5e8 };
                return Some(Amount { approximate: true, ..Amount::exact(half, None, at + 3) });
            }
            ("a", "dozen") => return Some(Amount { approximate: true, ..Amount::exact(12.0, None, at + 2) }),
            ("half", "-") if self.form(at + 2) == "dozen" => {
                return Some(Amount { approximate: true, ..Amount::exact(6.0, None, at + 3) });
            }
            ("half", "a") if self.form(at + 2) == "dozen" => {
                return Some(Amount { approximate: true, ..Amount::exact(6.0, None, at + 3) });
            }
            ("a", "score") if self.form(at + 2) == "of" => {
                return Some(Amount { approximate: true, ..Amount::exact(20.0, None, of(at + 2)) });
            }
            ("a", "few" | "couple") => {
                let next = at + 2 + usize::from(self.form(at + 2) == "of");
                let scale = match self.form(next) {
                    "dozen" => 12.0,
                    "hundred" => 100.0,
                    "thousand" => 1e3,
                    "million" => 1e6,
                    _ => return None,
                };
                return open(2.0 * scale, 9.0 * scale, next + 1);
            }
            ("several", "dozen") => return open(24.0, 99.0, at + 2),
            ("several", "hundred") => return open(200.0, 999.0, at + 2),
            ("several", "thousand") => return open(2e3, 9_999.0, at + 2),
            ("several", "million") => return open(2e6, 9e6, at + 2),
            _ => {}
        }
        if self.form(at + 1) == "dozen" {
            return Some(Amount::exact(numbers::small(self.form(at))? * 12.0, None, at + 2));
        }
        None
    }

    /// "one" as a number and not a pronoun.
    fn one_counts(&self, at: usize) -> bool {
        let pronoun =
            matches!(self.line.before(at, 1), "no" | "any" | "every" | "each" | "that" | "this" | "which" | "the");
        if pronoun
            || self.is(
                at + 1,
                &[
                    "of", "another", "more", ",", ".", "who", "that", "can", "is", "was", "has", "day", "thing", "way",
                    "'s", "side",
                ],
            )
        {
            return false;
        }
        match self.syntax.tags.upos.get(self.first + at) {
            Some(upos) => {
                *upos == Upos::Num && self.syntax.parse.relation(TokenId((self.first + at) as u32)) == Relation::Nummod
            }
            None => true,
        }
    }

    fn plural(&self, at: usize) -> bool {
        self.syntax.tags.xpos.get(self.first + at).is_some_and(|xpos| *xpos == document::Xpos::Nns)
    }

    /// The head of the counted noun phrase: the noun the number modifies, or the first noun after "of the".
    fn counted(&self, span: TokenSpan) -> Option<TokenId> {
        if self.syntax.parse.is_empty() {
            return None;
        }
        let outside = |token: TokenId| !span.holds(token);
        let noun = |token: TokenId| {
            matches!(self.syntax.token(token).upos(), Upos::Noun | Upos::Propn | Upos::Pron | Upos::Adj)
        };
        for token in span.iter().rev() {
            let view = self.syntax.token(token);
            // "72 freed, including three teachers": the participle is said of the number itself.
            if view.children().any(|child| child.relation() == Relation::Acl && child.id == span.end) {
                return None;
            }
            let Some(head) = view.head().filter(|head| outside(head.id)) else { continue };
            // "thousands of people": the head is the number word itself.
            if let Some(of) = view.child(Relation::Nmod).filter(|child| child.id >= span.end && noun(child.id)) {
                return Some(of.id);
            }
            let modifies = matches!(
                view.relation(),
                Relation::Nummod | Relation::Amod | Relation::Compound | Relation::Det | Relation::Advmod
            );
            let crossed = (span.end.0..head.id.0).any(|between| {
                matches!(self.syntax.token(TokenId(between)).lemma(), "," | ";" | "include" | "including")
            });
            // "967 “enemy” fighters": the number may hang on a word before the noun.
            let quoted = head.head().filter(|noun| {
                noun.id.0 == head.id.0 + 2 && matches!(head.relation(), Relation::Compound | Relation::Amod)
            });
            let head = quoted.filter(|quoted| noun(quoted.id)).unwrap_or(head);
            return (modifies && noun(head.id) && !crossed).then_some(head.id);
        }
        None
    }

    /// The quantity that this one is a part of: "half of the 400", "two of the 12", "12 killed, including three".
    fn subset(&self, quantities: &[Quantity], index: usize, first: usize) -> Option<usize> {
        let quantity = &quantities[index];
        let end = quantity.span.end.index() - self.first;
        let start = quantity.span.start.index() - self.first;
        if let Some(next) = quantities.get(index + 1) {
            let gap = next.span.start.index().checked_sub(self.first)?;
            let of = self.form(end) == "of" || quantity.unit.as_deref() == Some("percent");
            // "half of the country's 400 districts": both count the districts.
            if of && gap > end && next.counts.is_some() && next.counts == quantity.counts {
                return Some(index + 1);
            }
            if of
                && gap > end
                && gap - end <= 4
                && (end..gap).all(|token| {
                    self.is(token, &["of", "the", "its", "their", "all", "those", "these", "some", "about"])
                })
            {
                return Some(index + 1);
            }
        }
        let smaller = |other: &Quantity| match (quantity.best.or(quantity.high), other.best.or(other.low)) {
            (Some(part), Some(whole)) => part < whole && quantity.unit.is_none() && other.unit.is_none(),
            _ => false,
        };
        let part = self.is(start.wrapping_sub(1), &["including", "among", "them"])
            || (self.form(end) == "of" && self.is(end + 1, &["them", "whom", "which", "those"]));
        part.then(|| (first..index).rev().find(|&other| smaller(&quantities[other]))).flatten()
    }
}
