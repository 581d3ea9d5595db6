//! The order in which the rules of time expressions are tried, what speaks for the future, and modifiers ("early 1998",
//! "nearly two decades"). Each rule reads from one token on and gives where it ends; the longest wins.

use super::calendar::{self, Reading, Unit};
use super::line::{Line, Word};
use document::{Relation, Syntax, TimeBasis, TimeKind, Token, TokenId, Upos, Xpos};
use jiff::civil::Date;

pub(super) struct Context<'a> {
    pub(super) line: &'a Line,
    pub(super) syntax: &'a Syntax,
    /// The document's number of the sentence's first token.
    pub(super) first: usize,
    pub(super) published: Option<Date>,
    pub(super) last_day: Option<Date>,
}

/// Where an expression ends, and what it means.
pub(super) type Match = (usize, Reading);

/// Past, present or future of the anchor.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Side {
    Last,
    This,
    Next,
}

impl Context<'_> {
    /// The expression that begins at `at`: first and last token (exclusive), and reading.
    pub(super) fn expression(&self, at: usize) -> Option<(usize, usize, Reading)> {
        let (end, reading) = self.longest(at)?;
        Some((at, end, reading))
    }

    fn longest(&self, at: usize) -> Option<Match> {
        let rules: [fn(&Self, usize) -> Option<Match>; 14] = [
            Self::clock,
            Self::weekday,
            Self::month,
            Self::numeric,
            Self::year_or_decade,
            Self::ordinal_period,
            Self::named_day,
            Self::deictic,
            Self::directed,
            Self::counted,
            Self::repeated,
            Self::season,
            Self::modified,
            Self::vague,
        ];
        let mut best: Option<Match> = None;
        for rule in rules {
            if let Some(found) = rule(self, at)
                && best.as_ref().is_none_or(|best| found.0 > best.0)
            {
                best = Some(found);
            }
        }
        best
    }

    pub(super) fn form(&self, at: usize) -> &str {
        self.line.form(at)
    }

    pub(super) fn is(&self, at: usize, words: &[&str]) -> bool {
        words.contains(&self.form(at))
    }

    pub(super) fn relative(&self, read: impl FnOnce(Date) -> Option<Reading>) -> Option<Reading> {
        Some(read(self.published?)?.based(TimeBasis::Publication))
    }

    /// Whether a day without direction lies ahead: by the verb it belongs to, or without a parse by the words before it.
    pub(super) fn ahead(&self, at: usize) -> bool {
        if self.syntax.parse.is_empty() {
            return self.ahead_by_words(at);
        }
        let mut token = self.syntax.token(TokenId((self.first + at) as u32));
        // The nearest verb above; a noun in between ("the meeting on Monday") has no tense.
        for _ in 0..6 {
            if matches!(token.upos(), Upos::Verb | Upos::Aux) && token.xpos() != Xpos::Md {
                return lies_ahead(token);
            }
            let Some(head) = token.head() else { break };
            token = head;
        }
        token.children().any(|child| is_will(child.form()))
    }

    fn ahead_by_words(&self, at: usize) -> bool {
        for back in 1..=at.min(10) {
            match self.line.before(at, back) {
                "will" | "'ll" | "shall" | "scheduled" | "due" | "plans" | "wo" => return true,
                "said" | "told" | "was" | "were" | "had" | "did" | ";" | "reported" | "announced" => return false,
                _ => {}
            }
        }
        false
    }

    /// "earlier this month", "late last year", "early 1998", "mid-July", "nearly two decades".
    pub(super) fn modified(&self, at: usize) -> Option<Match> {
        let form = self.form(at);
        let articled = form == "the" && self.is(at + 1, &["early", "late", "mid", "mid-"]);
        let at = at + usize::from(articled);
        let form = if articled { self.form(at) } else { form };
        if matches!(form, "early" | "late" | "mid" | "mid-" | "earlier" | "later") {
            let next = at + 1 + usize::from(self.form(at + 1) == "-") + usize::from(self.is(at + 1, &["in", "on"]));
            let all: &[fn(&Self, usize) -> Option<Match>] = if matches!(form, "earlier" | "later") {
                // "Earlier Friday" adds nothing to the day.
                &[Self::directed, Self::month, Self::year_or_decade]
            } else {
                &[
                    Self::month,
                    Self::year_or_decade,
                    Self::directed,
                    Self::weekday,
                    Self::named_day,
                    Self::season,
                    Self::deictic,
                ]
            };
            let (end, reading) = all.iter().filter_map(|rule| rule(self, next)).max_by_key(|(end, _)| *end)?;
            return Some((end, self.narrowed(form, reading)));
        }
        if form == "the" && self.is(at + 1, &["end", "beginning", "start", "middle"]) && self.form(at + 2) == "of" {
            let rules: [fn(&Self, usize) -> Option<Match>; 3] = [Self::month, Self::directed, Self::year_or_decade];
            return rules.iter().filter_map(|rule| rule(self, at + 3)).max_by_key(|(end, _)| *end).or_else(|| {
                let Word::Unit(unit, false) = self.line.word(at + 4) else { return None };
                (self.form(at + 3) == "the" && self.form(at + 5) != "of" && unit >= Unit::Week)
                    .then(|| (at + 5, self.directed_unit(Side::This, unit)))
            });
        }
        let next = match (form, self.form(at + 1)) {
            ("nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "over" | "some", _) => at + 1,
            ("more" | "less" | "fewer", "than") => at + 2,
            ("at", "least" | "most") => at + 2,
            ("up", "to") => at + 2,
            ("just", "over" | "under") => at + 2,
            _ => return None,
        };
        let (end, reading) = self.counted(next)?;
        // "over 1,200" and "about 20" stand before other things too; only lengths and "ago" take the modifier.
        (reading.kind == TimeKind::Duration || reading.kind == TimeKind::Date).then_some((end, reading))
    }

    /// The part of a unit that "earlier" and "later" leave: up to the day of publication, or from it.
    pub(super) fn narrowed(&self, modifier: &str, mut reading: Reading) -> Reading {
        if let (Some(published), Some(from), Some(to)) = (self.published, reading.from, reading.to)
            && from <= published
            && published <= to
        {
            match modifier {
                "earlier" => reading.to = Some(published),
                "later" => reading.from = Some(published),
                _ => {}
            }
        }
        reading
    }

    pub(super) fn vague(&self, at: usize) -> Option<Match> {
        let date = |end: usize, value: &str| Some((end, Reading::new(TimeKind::Date, value)));
        match (self.form(at), self.form(at + 1)) {
            ("now" | "currently" | "presently" | "nowadays", _) => date(at + 1, "PRESENT_REF"),
            ("recently" | "previously" | "formerly" | "lately", _) => date(at + 1, "PAST_REF"),
            ("the", "past") if !matches!(self.line.word(at + 2), Word::Unit(..) | Word::Number) => {
                date(at + 2, "PAST_REF")
            }
            ("the", "future") => date(at + 2, "FUTURE_REF"),
            ("recent", "years" | "months" | "weeks" | "days" | "decades") => {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                Some((at + 2, Reading::new(TimeKind::Duration, calendar::length(unit, None))))
            }
            ("the", "weekend") => Some((at + 2, self.directed_weekend())),
            ("the", "first" | "last" | "final") => {
                let (count, next) = self.count(at + 2)?;
                let Word::Unit(unit, _) = self.line.word(next) else { return None };
                Some((next + 1, Reading::new(TimeKind::Duration, calendar::length(unit, count))))
            }
            ("the" | "that" | "whole" | "entire", "year" | "month" | "week")
                if self.is(at.wrapping_sub(1), &["of", "in", "during", "for", "throughout"])
                    && self.form(at + 2) != "of" =>
            {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                Some((at + 2, self.directed_unit(Side::This, unit)))
            }
            _ => None,
        }
    }

    /// "the weekend": the last one, or the one that runs.
    pub(super) fn directed_weekend(&self) -> Reading {
        let ongoing = self.published.is_some_and(|published| published.weekday().to_monday_one_offset() >= 6);
        self.directed_unit(if ongoing { Side::This } else { Side::Last }, Unit::Weekend)
    }
}

/// Whether a verb speaks of what lies ahead: "will meet", "to meet" under "plan", "is scheduled".
fn lies_ahead(verb: Token<'_>) -> bool {
    const PLANS: &[&str] = &[
        "plan", "expect", "schedule", "intend", "hope", "set", "due", "slate", "prepare", "agree", "vow", "promise",
        "be", "invite", "decide", "pledge", "threaten", "urge", "ask", "order",
    ];
    if matches!(verb.xpos(), Xpos::Vbd) {
        return false;
    }
    if verb.children().any(|child| is_will(child.form())) {
        return true;
    }
    // "said it would leave on Friday", but not "would have left".
    let perfect = verb.children().any(|child| child.relation() == Relation::Aux && child.lemma() == "have");
    if !perfect && verb.children().any(|child| child.relation() == Relation::Aux && child.form() == "would") {
        return true;
    }
    let infinitive = verb.xpos() == Xpos::Vb && verb.children().any(|child| child.form() == "to");
    if infinitive {
        return verb
            .head()
            .is_some_and(|head| PLANS.contains(&head.lemma()) || head.children().any(|child| is_will(child.form())));
    }
    matches!(verb.lemma(), "schedule" | "slate") && verb.xpos() == Xpos::Vbn
}

fn is_will(form: &str) -> bool {
    matches!(form, "will" | "Will" | "'ll" | "wo" | "shall")
}
