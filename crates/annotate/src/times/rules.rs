//! The order in which the rules of time expressions are tried, what speaks for the future, and modifiers ("early 1998",
//! "nearly two decades"). Each rule reads from one token on and gives where it ends; the longest wins.

use super::calendar::{self, Reading, Unit};
use super::line::{Line, Word};
use super::thread::Thread;
use document::{Relation, Syntax, TimeBasis, TimeKind, Token, TokenId, Upos, Xpos};
use jiff::civil::Date;

pub(super) struct Context<'a> {
    pub(super) line: &'a Line,
    pub(super) syntax: &'a Syntax,
    /// The document's number of the sentence's first token.
    pub(super) first: usize,
    pub(super) published: Option<Date>,
    pub(super) thread: Thread,
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
        let (mut end, reading) = self.longest(at)?;
        let reading = match (at..end).map(|at| self.line.prefix(at)).find(|prefix| !prefix.is_empty()) {
            None => reading,
            Some("mid") => self.narrowed("mid", reading),
            // "the post-1959 years": the year is where they begin.
            Some(_) => Reading { from: None, to: None, ..reading }.based(TimeBasis::NotStated),
        };
        // "60 Minutes" and "This Week" in quotation marks are titles.
        let begin = if self.line.word(at.wrapping_sub(1)) == Word::Number { at - 1 } else { at };
        let quoted = matches!(self.line.before(begin, 1), "\"" | "``" | "\u{201c}" | "''");
        if quoted && end > begin + 1 && self.line.capital(end - 1) && matches!(self.line.word(end - 1), Word::Unit(..))
        {
            return None;
        }
        // "the next year or so"
        if self.form(end) == "or" && self.form(end + 1) == "so" {
            end += 2;
        }
        Some((at, end, reading))
    }

    fn longest(&self, at: usize) -> Option<Match> {
        let rules: [fn(&Self, usize) -> Option<Match>; 19] = [
            Self::clock,
            Self::weekday,
            Self::month,
            Self::further_day,
            Self::numeric,
            Self::year_or_decade,
            Self::period,
            Self::year_ago,
            Self::part_of_month,
            Self::year_end,
            Self::holiday,
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
        // "as early as Tuesday" is said of what is to come.
        if self.is(at.wrapping_sub(2), &["early", "soon"]) && self.is(at.wrapping_sub(1), &["as"]) {
            return true;
        }
        if self.syntax.parse.is_empty() {
            return self.ahead_by_words(at);
        }
        match self.verb_above(at) {
            Some((verb, noun)) => lies_ahead(verb) || self.is_arranged(at, verb, noun),
            None => self.top(at).children().any(|child| is_will(child.form())),
        }
    }

    /// Whether a date without a year was: its verb is in the past tense and arranges nothing.
    pub(super) fn behind(&self, at: usize) -> bool {
        if self.syntax.parse.is_empty() {
            return false;
        }
        self.verb_above(at).is_some_and(|(verb, noun)| {
            is_past(verb)
                && noun.is_none()
                && !ARRANGES.contains(&verb.lemma())
                && !PLANS.contains(&verb.lemma())
                && !self.is(
                    at.wrapping_sub(1),
                    &["for", "until", "till", "to", "by", "before", "after", "from", "through", "-", "of"],
                )
        })
    }

    /// Whether the verb that a word belongs to tells of the past.
    pub(super) fn told_of_the_past(&self, at: usize) -> bool {
        !self.syntax.parse.is_empty() && self.verb_above(at).is_some_and(|(verb, _)| is_past(verb))
    }

    /// Whether a day is that on which something was told: "said on Monday", "by reports on Monday".
    pub(super) fn says(&self, at: usize) -> bool {
        let tells = |token: Token<'_>| {
            matches!(
                token.lemma(),
                "say" | "tell" | "report" | "announce" | "state" | "add" | "statement" | "confirm" | "write"
            )
        };
        !self.syntax.parse.is_empty() && self.verb_above(at).is_some_and(|(verb, noun)| noun.map_or(tells(verb), tells))
    }

    /// Whether an expression serves to name what follows it: "the November 27 agreement". The narrative does not go there.
    pub(super) fn names(&self, start: usize, end: usize) -> bool {
        let after = self.first + end;
        (start..end).map(|at| self.syntax.token(TokenId((self.first + at) as u32))).any(|token| {
            token.relation() != Relation::NmodPoss
                && token.head().is_some_and(|head| head.id.index() >= after && head.upos() == Upos::Noun)
        })
    }

    /// The nearest verb above a word, and the noun that stands in between ("the meeting on Monday").
    fn verb_above(&self, at: usize) -> Option<(Token<'_>, Option<Token<'_>>)> {
        let mut token = self.syntax.token(TokenId((self.first + at) as u32));
        let mut noun = None;
        for step in 0..6 {
            let verb = matches!(token.upos(), Upos::Verb | Upos::Aux) && token.xpos() != Xpos::Md;
            // "will be payable on Monday"
            if verb || step > 0 && token.upos() == Upos::Adj && token.child(Relation::Cop).is_some() {
                return Some((token, noun));
            }
            let part = matches!(
                token.lemma(),
                "morning"
                    | "afternoon"
                    | "evening"
                    | "night"
                    | "midnight"
                    | "noon"
                    | "end"
                    | "start"
                    | "week"
                    | "month"
            );
            if step > 0 && token.upos() == Upos::Noun && !part {
                noun = noun.or(Some(token));
            }
            token = token.head()?;
        }
        None
    }

    /// The topmost word that [`Self::verb_above`] looks at.
    fn top(&self, at: usize) -> Token<'_> {
        let mut token = self.syntax.token(TokenId((self.first + at) as u32));
        for _ in 0..6 {
            let Some(head) = token.head() else { break };
            token = head;
        }
        token
    }

    /// "called a strike for Monday", "invited them to talks on Monday", "gave them until Monday": a day to come, though
    /// the verb is in the past.
    fn is_arranged(&self, at: usize, verb: Token<'_>, noun: Option<Token<'_>>) -> bool {
        let day = self.syntax.token(TokenId((self.first + at) as u32));
        let mut phrase = day;
        // "Sunday evening": the preposition hangs on the last word.
        while let Some(head) =
            phrase.head().filter(|head| head.upos() != Upos::Verb && Some(head.id) != noun.map(|noun| noun.id))
        {
            if phrase.child(Relation::Case).is_some() {
                break;
            }
            phrase = head;
        }
        let word = phrase.child(Relation::Case).map_or("", |case| case.form());
        let present = matches!(verb.xpos(), Xpos::Vbz | Xpos::Vbp);
        let occasion = |noun: Token<'_>| {
            matches!(
                noun.lemma(),
                "meeting"
                    | "talk"
                    | "negotiation"
                    | "consultation"
                    | "discussion"
                    | "summit"
                    | "conference"
                    | "hearing"
                    | "session"
                    | "round"
                    | "dialogue"
            )
        };
        match word {
            // "a meeting planned for Monday" may have come and gone.
            "for" => ARRANGES.contains(&verb.lemma()) && verb.xpos() != Xpos::Vbn,
            // "agree to a truce from Sunday", "declared a ceasefire from Sunday"
            "from" => matches!(verb.lemma(), "agree" | "announce" | "declare" | "impose" | "offer" | "order"),
            "until" | "till" => {
                present
                    || matches!(
                        verb.lemma(),
                        "give" | "extend" | "prolong" | "suspend" | "delay" | "postpone" | "adjourn"
                    )
            }
            "on" => {
                let invited = matches!(verb.lemma(), "invite" | "summon" | "convoke")
                    && noun.is_some_and(|noun| occasion(noun) && noun.child(Relation::Case).is_some());
                let planned = verb.xpos() != Xpos::Vbn && matches!(verb.lemma(), "plan" | "schedule" | "arrange");
                // "takes effect on Sunday", "comes into force on Sunday"
                let effect = matches!(verb.lemma(), "take" | "come" | "go" | "enter")
                    && verb.children().any(|child| matches!(child.lemma(), "effect" | "force"));
                invited
                    || planned
                    || present && effect
                    || present && matches!(verb.lemma(), "expire" | "begin" | "start" | "resume" | "end" | "reopen")
            }
            _ => false,
        }
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
        // "the late-November trip": the article belongs to the noun.
        let articled = form == "the" && self.is(at + 1, &["early", "late", "mid", "mid-"]) && self.form(at + 2) != "-";
        let at = at + usize::from(articled);
        let form = if articled { self.form(at) } else { form };
        if matches!(form, "early" | "late" | "mid" | "mid-" | "earlier" | "later") {
            let next = at + 1 + usize::from(self.form(at + 1) == "-") + usize::from(self.is(at + 1, &["in", "on"]));
            let all: &[fn(&Self, usize) -> Option<Match>] = if matches!(form, "earlier" | "later") {
                // "Earlier Friday" adds nothing to the day.
                &[Self::directed, Self::month, Self::year_or_decade, Self::named_day, Self::deictic, Self::vague]
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
            let whole = rules.iter().filter_map(|rule| rule(self, at + 3)).max_by_key(|(end, _)| *end);
            let part = self.form(at + 1);
            return whole.map(|(end, reading)| (end, self.narrowed(part, reading))).or_else(|| {
                let Word::Unit(unit, false) = self.line.word(at + 4) else { return None };
                (self.form(at + 3) == "the" && self.form(at + 5) != "of" && unit >= Unit::Week)
                    .then(|| (at + 5, self.narrowed(part, self.directed_unit(Side::This, unit))))
            });
        }
        let next = match (form, self.form(at + 1)) {
            // "has grown over several years" says how long, not that it was longer.
            ("over", "several" | "many") => return None,
            ("nearly" | "almost" | "about" | "around" | "roughly" | "approximately" | "over" | "some", _) => at + 1,
            ("no", _)
                if self.is(at + 1, &["more", "less", "fewer", "later", "earlier"]) && self.form(at + 2) == "than" =>
            {
                at + 3
            }
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

    /// The part of a unit that "earlier" and "later" leave: up to the day of publication, or from it; and the third of a
    /// month that "early", "the middle of" or "the end of" means.
    pub(super) fn narrowed(&self, modifier: &str, mut reading: Reading) -> Reading {
        if let (Some(from), Some(to)) = (reading.from, reading.to)
            && from.first_of_month() == from
            && from.last_of_month() == to
        {
            let day = |day: i8| {
                calendar::date(
                    i32::from(from.year()),
                    u32::from(from.month().unsigned_abs()),
                    u32::from(day.unsigned_abs()),
                )
            };
            match modifier {
                "early" | "beginning" | "start" => reading.to = day(10).or(Some(to)),
                "mid" | "mid-" | "middle" => {
                    reading.from = day(11).or(Some(from));
                    reading.to = day(20).or(Some(to));
                }
                "late" | "end" => reading.from = day(21).or(Some(from)),
                _ => {}
            }
        }
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
            // "every now and then" is no time.
            ("now", "and") if self.is(at + 2, &["then", "again"]) => None,
            ("now" | "currently" | "presently" | "nowadays", _) => date(at + 1, "PRESENT_REF"),
            ("these", "days") => date(at + 2, "PRESENT_REF"),
            ("recently" | "lately", _) => date(at + 1, "PAST_REF"),
            ("more" | "most", "recently") => date(at + 2, "PAST_REF"),
            ("the", "near" | "distant") if self.form(at + 2) == "future" => date(at + 3, "FUTURE_REF"),
            ("the", "past") if !matches!(self.line.word(at + 2), Word::Unit(..) | Word::Number) => {
                date(at + 2, "PAST_REF")
            }
            ("the", "future") => date(at + 2, "FUTURE_REF"),
            ("recent", "years" | "months" | "weeks" | "days" | "decades") => {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                Some((at + 2, Reading::new(TimeKind::Duration, calendar::length(unit, None))))
            }
            ("the", "weekend") => Some((at + 2, self.directed_weekend())),
            ("the", "day") if self.names_whole_day(at) => {
                let day = self.thread.day.or(self.published);
                let reading = day.map_or_else(|| Reading::new(TimeKind::Date, "XXXX-XX-XX"), calendar::day);
                Some((at + 2, reading.based(TimeBasis::Expression)))
            }
            ("the", "first" | "last" | "final") => {
                let (count, next) = self.count(at + 2)?;
                let Word::Unit(unit, _) = self.line.word(next) else { return None };
                Some((next + 1, Reading::new(TimeKind::Duration, calendar::length(unit, count))))
            }
            ("the" | "whole" | "entire", "year" | "month" | "week")
                if self.is(at.wrapping_sub(1), &["of", "in", "during", "for", "throughout", "earlier", "later"])
                    && !self.is(at + 2, &["of", "-", "'s", "before", "after"]) =>
            {
                let Word::Unit(unit, _) = self.line.word(at + 1) else { return None };
                if let Some((from, to)) = self.closed(at + 2, unit, 1) {
                    let reading = Reading::new(TimeKind::Duration, calendar::length(unit, Some(1.0)));
                    return Some((at + 2, reading.during(Some(from), Some(to)).based(TimeBasis::Stated)));
                }
                Some((at + 2, self.directed_unit(Side::This, unit)))
            }
            _ => None,
        }
    }

    /// "later in the day", "ended the day", "For the day, it lost": not "the day on which" or "in the days of".
    fn names_whole_day(&self, at: usize) -> bool {
        let before = |back: usize, words: &[&str]| at >= back && self.is(at - back, words);
        match self.line.before(at, 1) {
            "in" => before(2, &["later", "earlier", "early", "late"]) && !self.is(at + 2, &["of", "when"]),
            "for" => self.form(at + 2) == ",",
            "end" | "ended" | "ending" | "finish" | "finished" | "began" | "started" => self.form(at + 2) != "of",
            _ => false,
        }
    }

    /// "the weekend": the last one, or the one that runs.
    pub(super) fn directed_weekend(&self) -> Reading {
        let ongoing = self.published.is_some_and(|published| published.weekday().to_monday_one_offset() >= 6);
        self.directed_unit(if ongoing { Side::This } else { Side::Last }, Unit::Weekend)
    }
}

/// Verbs whose infinitive lies ahead: "plan to meet on Monday".
const PLANS: &[&str] = &[
    "plan", "expect", "schedule", "intend", "hope", "set", "due", "slate", "prepare", "agree", "vow", "promise", "be",
    "invite", "decide", "pledge", "threaten", "urge", "ask", "order",
];

/// Verbs that put something on a day to come: "called a strike for Monday".
const ARRANGES: &[&str] =
    &["announce", "arrange", "call", "convene", "fix", "plan", "schedule", "set", "slate", "summon", "time"];

/// Whether a verb speaks of what lies ahead: "will meet", "to meet" under "plan", "is to meet", "is scheduled".
fn lies_ahead(verb: Token<'_>) -> bool {
    if matches!(verb.xpos(), Xpos::Vbd) {
        return false;
    }
    if verb.children().any(|child| is_will(child.form())) {
        return true;
    }
    // "said it would leave on Friday", but not "would have left".
    let auxiliary =
        |word: &str| verb.children().any(|child| child.relation() == Relation::Aux && child.lemma() == word);
    if !auxiliary("have") && (auxiliary("would") || auxiliary("should") || auxiliary("may") || auxiliary("might")) {
        return true;
    }
    // "On Monday, they plan to meet."
    let present = matches!(verb.xpos(), Xpos::Vbz | Xpos::Vbp);
    if present && PLANS.contains(&verb.lemma()) && verb.lemma() != "be" && verb.child(Relation::Xcomp).is_some() {
        return true;
    }
    let infinitive = verb.xpos() == Xpos::Vb && verb.children().any(|child| child.form() == "to");
    if infinitive {
        let destined = verb
            .children()
            .any(|child| child.lemma() == "be" && child.id < verb.id && matches!(child.xpos(), Xpos::Vbz | Xpos::Vbp));
        return destined
            || verb.head().is_some_and(|head| {
                PLANS.contains(&head.lemma()) || head.children().any(|child| is_will(child.form()))
            });
    }
    matches!(verb.lemma(), "schedule" | "slate" | "expect") && verb.xpos() == Xpos::Vbn
}

/// "met", "was held", "had been met", "was ready".
fn is_past(verb: Token<'_>) -> bool {
    let carried = |child: Token<'_>| {
        matches!(child.relation(), Relation::Aux | Relation::AuxPass | Relation::Cop) && child.xpos() == Xpos::Vbd
    };
    verb.xpos() == Xpos::Vbd || (verb.xpos() == Xpos::Vbn || verb.upos() == Upos::Adj) && verb.children().any(carried)
}

fn is_will(form: &str) -> bool {
    matches!(form, "will" | "Will" | "'ll" | "wo" | "shall")
}
