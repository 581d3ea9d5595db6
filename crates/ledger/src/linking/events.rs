//! Events as rows: the index of matters, the decisions on pairs of claims, and which claim belongs to which event.
//!
//! Some rules stand above the score, for it weighs what may be missing and these are there. Two claims are not one event if
//! - their stated days lie more than [`APART`] days from each other, or their stated places far from each other;
//! - other things are promised, asked for or denied in them;
//! - one was told as having happened before the day on which the other happened;
//! - both are accusations, demands, refusals or threats told as news more than [`SPEECHES`] days from each other.

use super::reachable;
use super::recent::Recent;
use super::stories::text;
use super::ties::Ties;
use crate::events::{
    Day, Figure, Granularity, Happening, Lexicon, Link, Nearness, Party, Place, Predicate, Relation, ReportWords,
    Status, THRESHOLD, WEEKS, Weights, complete, far, group_by_reports, keys, report_keys, score, week_of, words,
};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Reports kept at hand: some 20 KB each.
const AT_HAND: usize = 2_000;
/// Least likeness of two reports whose claims are compared.
const NEAR: f32 = 0.04;
/// A link of less than this is not kept: it would join nothing.
const KEPT: f32 = 0.1;
/// From this score on a claim is said to fulfil a plan, or a sum to include an event.
const HELD: f32 = 0.5;
/// Days between two claims of one event, at most, where both state a day.
const APART: i32 = 1;
/// An interval up to this many days states a day.
const STATED: i32 = 2;
/// A day is over earlier in one part of the world than in another.
const ZONES: i32 = 1;
/// Days between two tellings as news of one act of speech, at most, and the categories that are one. What is said again in
/// the same words is another act.
const SPEECHES: i32 = 3;
const SPEECH: &[&str] = &["ACCUSE", "REJECT", "REQUEST", "THREATEN"];

#[derive(Debug)]
pub(super) struct Events {
    lexicon: Lexicon,
    weights: Weights,
    reports: Recent<Matter>,
    /// Claims whose event is to be made anew.
    touched: BTreeSet<i64>,
}

impl Default for Events {
    fn default() -> Self {
        Self {
            lexicon: Lexicon::new(),
            weights: Weights::new(),
            reports: Recent::new(AT_HAND),
            touched: BTreeSet::new(),
        }
    }
}

/// A report as linking sees it.
#[derive(Debug)]
struct Matter {
    words: ReportWords,
    claims: Vec<Told>,
}

/// A claim as linking sees it.
#[derive(Debug)]
struct Told {
    number: i64,
    id: String,
    /// When its report was available.
    told: Option<Day>,
    /// Whether it is told as history.
    background: bool,
    happening: Happening,
}

impl Told {
    /// First and last day, where they state a day.
    fn stated(&self) -> Option<(Day, Day)> {
        self.happening.days.filter(|(first, last)| last.0.saturating_sub(first.0) <= STATED)
    }

    /// Whether it was told as having happened before the other happened.
    fn precedes(&self, other: &Self) -> bool {
        let happened = matches!(self.happening.status, Status::Happened | Status::Denied);
        happened
            && self.told.zip(other.stated()).is_some_and(|(told, (first, _))| first.0 > told.0.saturating_add(ZONES))
    }

    /// The day of an act of speech that is told as news.
    fn spoken(&self) -> Option<Day> {
        let speech = self.happening.category.as_deref().is_some_and(|category| SPEECH.contains(&category));
        let day = self.stated().map(|(first, _)| first).or(self.told);
        day.filter(|_| speech && !self.background && self.happening.status == Status::Happened)
    }
}

impl Events {
    /// Enters a report into the index and compares its claims with those of the reports on its matter, and each other.
    pub(super) fn add(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<()> {
        let own = self.matter(connection, report)?;
        self.touched.extend(own.claims.iter().map(|claim| claim.number));
        let within = Nearness::within();
        for (at, claim) in own.claims.iter().enumerate() {
            for other in &own.claims[at + 1..] {
                self.decide(connection, claim, other, &within)?;
            }
        }
        for other in self.on_the_matter(connection, report, &own)? {
            let others = self.matter(connection, other)?;
            let near = Nearness::between(&own.words, &others.words);
            if near.words < NEAR {
                continue;
            }
            for claim in &own.claims {
                for other in &others.claims {
                    self.decide(connection, claim, other, &near)?;
                }
            }
        }
        Ok(())
    }

    fn matter(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<Arc<Matter>> {
        let (lexicon, weights) = (&self.lexicon, &self.weights);
        self.reports.get(report, || {
            let mut matter = read(connection, lexicon, report)?;
            let mut happenings: Vec<Happening> =
                matter.claims.iter_mut().map(|claim| std::mem::take(&mut claim.happening)).collect();
            complete(lexicon, weights, &mut happenings);
            matter.claims.iter_mut().zip(happenings).for_each(|(claim, happening)| claim.happening = happening);
            Ok(matter)
        })
    }

    /// The reports that share a key in the weeks around; enters the report into the index beside.
    fn on_the_matter(&self, connection: &Connection, report: i64, own: &Matter) -> rusqlite::Result<BTreeSet<i64>> {
        let mut entries: BTreeSet<(u64, i32)> = BTreeSet::new();
        // A report has a day: it was available on one.
        let told = week_of(None, &own.words).unwrap_or(0);
        entries.extend(report_keys(&own.words).into_iter().map(|key| (key, told)));
        for claim in &own.claims {
            let week = week_of(Some(&claim.happening), &own.words).unwrap_or(told);
            entries.extend(keys(&self.lexicon, &claim.happening).into_iter().map(|key| (key, week)));
        }
        let mut found = BTreeSet::new();
        let mut find = connection
            .prepare_cached("SELECT report FROM matter WHERE key = ?1 AND week BETWEEN ?2 AND ?3 AND report <> ?4")?;
        let mut enter =
            connection.prepare_cached("INSERT OR IGNORE INTO matter (key, week, report) VALUES (?1, ?2, ?3)")?;
        for (key, week) in entries {
            let key = i64::from_le_bytes(key.to_le_bytes());
            let mut rows = find.query(params![key, week - WEEKS, week + WEEKS, report])?;
            while let Some(row) = rows.next()? {
                found.insert(row.get(0)?);
            }
            enter.execute(params![key, week, report])?;
        }
        Ok(found)
    }

    fn decide(&mut self, connection: &Connection, one: &Told, two: &Told, nearness: &Nearness) -> rusqlite::Result<()> {
        // The smaller id stands left, so that what is kept is the same in every order of arrival.
        let (left, right) = if one.id < two.id { (one, two) } else { (two, one) };
        if !self.may_be_one(left, right) {
            return Ok(());
        }
        let link = score(&self.lexicon, &self.weights, &left.happening, &right.happening, nearness);
        let Some(link) = link else { return Ok(()) };
        let (number, other) = (left.number, right.number);
        match link.relation {
            Relation::Same | Relation::Disputes if link.score >= KEPT => keep(connection, (number, other), &link),
            Relation::Includes if link.score >= HELD => relate(connection, number, "includes", other),
            Relation::Included if link.score >= HELD => relate(connection, other, "includes", number),
            Relation::Fulfils if link.score >= HELD => relate(connection, number, "fulfils", other),
            Relation::Fulfilled if link.score >= HELD => relate(connection, other, "fulfils", number),
            _ => Ok(()),
        }
    }

    /// Whether a comparison is worth its time, and nothing that both state speaks against.
    fn may_be_one(&self, one: &Told, other: &Told) -> bool {
        let (claim, second) = (&one.happening, &other.happening);
        let related = claim.category == second.category
            || self.lexicon.root(&claim.predicate.head) == self.lexicon.root(&second.predicate.head);
        let apart = one.stated().zip(other.stated()).is_some_and(|((first, last), (other_first, other_last))| {
            other_first.0.saturating_sub(last.0).max(first.0.saturating_sub(other_last.0)) > APART
        });
        // Two promises of one side on one day are two if other things are promised.
        let (inside, others) = (&claim.contents, &second.contents);
        let differ = !inside.is_empty() && !others.is_empty() && !inside.iter().any(|content| others.contains(content));
        let spoken = one.spoken().zip(other.spoken());
        let said_again = spoken.is_some_and(|(day, other)| day.0.abs_diff(other.0) > SPEECHES.unsigned_abs());
        related
            && !differ
            && !apart
            && !one.precedes(other)
            && !other.precedes(one)
            && !said_again
            && !far(&claim.places, &second.places)
    }

    /// Has the event of a claim made anew.
    pub(super) fn touch(&mut self, claim: i64) {
        self.touched.insert(claim);
    }

    /// Forgets what was read of a report whose claims are others now.
    pub(super) fn forget(&mut self, report: i64) {
        self.reports.forget(report);
    }

    /// Makes the events of what was touched anew; gives the events that have changed.
    pub(super) fn settle(&mut self, connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
        let touched = std::mem::take(&mut self.touched);
        let ties = Ties::read(connection, "event")?;
        let mut changed = BTreeSet::new();
        let mut done: BTreeSet<i64> = BTreeSet::new();
        for claim in touched {
            if !done.contains(&claim) {
                let together = reachable([claim], |number| linked(connection, number, &ties))?;
                done.extend(&together);
                changed.extend(regroup(connection, &together, &ties)?);
            }
        }
        Ok(changed)
    }
}

fn keep(connection: &Connection, (left, right): (i64, i64), link: &Link) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("INSERT OR REPLACE INTO link (left, right, score, reasons) VALUES (?1, ?2, ?3, ?4)")?;
    statement.execute(params![left, right, link.score, link.reasons.join("; ")])?;
    Ok(())
}

fn relate(connection: &Connection, claim: i64, kind: &str, other: i64) -> rusqlite::Result<()> {
    connection
        .prepare_cached("INSERT OR IGNORE INTO relation (claim, kind, other) VALUES (?1, ?2, ?3)")?
        .execute(params![claim, kind, other])?;
    Ok(())
}

/// The claims that may be one event with a claim, or must be by a verdict.
fn linked(connection: &Connection, claim: i64, ties: &Ties) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT right FROM link WHERE left = ?1 AND score >= ?2 UNION SELECT left FROM link WHERE right = ?1 AND score >= ?2",
    )?;
    let mut linked: Vec<i64> =
        statement.query_map(params![claim, THRESHOLD], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if !ties.is_empty() {
        // A claim that a verdict made may have gone with the verdict.
        let id: Option<String> = connection
            .prepare_cached("SELECT id FROM claim WHERE number = ?1")?
            .query_row([claim], |row| row.get(0))
            .optional()?;
        let mut statement = connection.prepare_cached("SELECT number FROM claim WHERE id = ?1 AND stands")?;
        for other in ties.together(id.as_deref().unwrap_or_default()) {
            let mut rows = statement.query([other])?;
            while let Some(row) = rows.next()? {
                linked.push(row.get(0)?);
            }
        }
    }
    Ok(linked)
}

/// Groups claims that links or verdicts hold together, and writes their events.
fn regroup(connection: &Connection, together: &BTreeSet<i64>, ties: &Ties) -> rusqlite::Result<BTreeSet<i64>> {
    let mut claims: Vec<(String, String, i64, i64)> = Vec::with_capacity(together.len());
    let mut statement = connection.prepare_cached(
        "SELECT claim.id, report.id, claim.number, claim.event FROM claim JOIN report ON report.number = claim.report
         WHERE claim.number = ?1 AND claim.stands",
    )?;
    for number in together {
        let mut rows = statement.query([number])?;
        if let Some(row) = rows.next()? {
            claims.push((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        }
    }
    claims.sort();
    let place: FxHashMap<i64, usize> = claims.iter().enumerate().map(|(place, claim)| (claim.2, place)).collect();
    let mut links = Vec::new();
    let mut statement = connection.prepare_cached("SELECT right, score FROM link WHERE left = ?1 ORDER BY right")?;
    for (at, claim) in claims.iter().enumerate() {
        let mut rows = statement.query([claim.2])?;
        while let Some(row) = rows.next()? {
            if let Some(&right) = place.get(&row.get::<_, i64>(0)?) {
                links.push((at, right, row.get(1)?));
            }
        }
    }
    let places: Vec<usize> = (0..claims.len()).collect();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let reports: Vec<usize> = claims
        .iter()
        .map(|claim| {
            let next = numbers.len();
            *numbers.entry(claim.1.as_str()).or_insert(next)
        })
        .collect();
    let mut update = connection.prepare_cached("UPDATE claim SET event = ?2 WHERE number = ?1")?;
    let mut changed: BTreeSet<i64> = claims.iter().map(|claim| claim.3).collect();
    let ids: Vec<&str> = claims.iter().map(|claim| claim.0.as_str()).collect();
    let scores: FxHashMap<(usize, usize), i64> =
        links.iter().map(|&(one, two, score)| ((one.min(two), one.max(two)), (score * 1_000.0) as i64)).collect();
    let score = |one: usize, two: usize| scores.get(&(one.min(two), one.max(two))).copied().unwrap_or(0);
    for members in ties.obey(&ids, group_by_reports(&places, &reports, &links, THRESHOLD), &score) {
        // The event goes by the number of its first claim; the number means nothing outside this file.
        let Some(event) = members.first().and_then(|&first| claims.get(first)).map(|claim| claim.2) else { continue };
        for claim in members.iter().filter_map(|&member| claims.get(member)) {
            if claim.3 != event {
                update.execute(params![claim.2, event])?;
            }
        }
        changed.insert(event);
    }
    Ok(changed)
}

/// Reads a report as linking sees it.
fn read(connection: &Connection, lexicon: &Lexicon, report: i64) -> rusqlite::Result<Matter> {
    let (stored, prose) = text(connection, report)?.map_or_else(Default::default, |text| (text.stored, text.prose));
    let (available, names): (String, String) = connection
        .prepare_cached(
            "SELECT report.available, (SELECT names FROM coding WHERE report = report.number ORDER BY run DESC LIMIT 1)
             FROM report WHERE number = ?1",
        )?
        .query_row([report], |row| Ok((row.get(0)?, row.get::<_, Option<String>>(1)?.unwrap_or_default())))?;
    let terms = ReportWords::new(lexicon, &prose, names.lines(), Day::parse(&available));
    let stored: Vec<char> = stored.chars().collect();
    let mut statement = connection.prepare_cached(
        "SELECT number, category, lemma, tag, predicate, from_day, to_day, status, granularity, sentence_start, sentence_end,
            id, background FROM claim WHERE report = ?1 AND stands ORDER BY start, id",
    )?;
    let mut rows = statement.query([report])?;
    let mut claims: Vec<Told> = Vec::new();
    let mut sentences: Vec<(usize, usize)> = Vec::new();
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let (head, tag): (String, String) = (row.get::<_, String>(2)?.to_lowercase(), row.get(3)?);
        let predicate: String = row.get(4)?;
        let (from, to): (Option<String>, Option<String>) = (row.get(5)?, row.get(6)?);
        let day = |day: Option<String>| day.and_then(|day| Day::parse(&day));
        let sentence: (usize, usize) = (row.get::<_, i64>(9)? as usize, row.get::<_, i64>(10)? as usize);
        if sentences.last() != Some(&sentence) {
            sentences.push(sentence);
        }
        let sentence_text: String =
            stored.iter().skip(sentence.0).take(sentence.1.saturating_sub(sentence.0)).collect();
        claims.push(Told {
            number,
            id: row.get(11)?,
            told: Day::parse(&available),
            background: row.get(12)?,
            happening: Happening {
                predicate: predicate_of(lexicon, head, &predicate, &tag),
                category: row.get(1)?,
                days: day(from).zip(day(to)),
                status: status(&row.get::<_, String>(7)?),
                granularity: match row.get::<_, String>(8)?.as_str() {
                    "single" => Granularity::Single,
                    _ => Granularity::Several,
                },
                words: words(&sentence_text).filter(|word| lexicon.rarity(word) > COMMON).collect(),
                sentence: (sentences.len() - 1) as u32,
                ..Happening::default()
            },
        });
    }
    for claim in &mut claims {
        fill(connection, claim.number, &mut claim.happening)?;
    }
    Ok(Matter { words: terms, claims })
}

/// What tells a happening: its head, but of "came under fire" the fire.
fn predicate_of(lexicon: &Lexicon, head: String, predicate: &str, tag: &str) -> Predicate {
    let mut others: Vec<String> =
        words(predicate).filter(|word| *word != head && lexicon.root(word) != lexicon.root(&head)).collect();
    let noun = matches!(tag, "NOUN" | "PROPN" | "ADJ" | "NUM");
    let content = |word: &&String| !lexicon.is_light(word) && lexicon.rarity(word) > COMMON;
    if lexicon.is_light(&head)
        && let Some(telling) = others.iter().rfind(content).cloned()
    {
        others.retain(|word| *word != telling);
        others.push(head);
        return Predicate { head: telling, others, noun: true };
    }
    Predicate { head, others, noun }
}

/// A word of less rarity is no content word.
const COMMON: f32 = 1.0;

fn status(status: &str) -> Status {
    match status {
        "occurred" | "ongoing" | "attempted" => Status::Happened,
        "negated" => Status::Denied,
        "unsaid" => Status::Unsaid,
        _ => Status::Ahead,
    }
}

fn fill(connection: &Connection, number: i64, claim: &mut Happening) -> rusqlite::Result<()> {
    let mut statement = connection
        .prepare_cached("SELECT side, text, actor, name, country FROM participant WHERE claim = ?1 ORDER BY ordinal")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let (side, text, name): (String, String, Option<String>) = (row.get(0)?, row.get(1)?, row.get(3)?);
        let party = Party {
            actor: row.get(2)?,
            words: words(name.as_deref().unwrap_or(&text)).collect(),
            phrase: words(&text).collect(),
            named: name.is_some(),
            country: row.get(4)?,
        };
        if side == "actor" { claim.actors.push(party) } else { claim.recipients.push(party) }
    }
    let mut statement = connection.prepare_cached(
        "SELECT name, country, admin1, lat, lon, precision FROM place WHERE claim = ?1 ORDER BY inferred, ordinal",
    )?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        let point: (Option<f64>, Option<f64>) = (row.get(3)?, row.get(4)?);
        claim.places.push(Place {
            name: row.get(0)?,
            country: row.get(1)?,
            admin1: row.get(2)?,
            point: point.0.zip(point.1).filter(|_| row.get::<_, String>(5).is_ok_and(|precision| precision == "point")),
        });
    }
    let mut statement = connection.prepare_cached(
        "SELECT inside.category || ' ' || inside.modes FROM relation JOIN claim AS inside ON inside.number = relation.other
         WHERE relation.claim = ?1 AND relation.kind = 'content' ORDER BY inside.id",
    )?;
    claim.contents = statement.query_map([number], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection
        .prepare_cached("SELECT role, best FROM figure WHERE claim = ?1 AND best IS NOT NULL ORDER BY ordinal")?;
    let mut rows = statement.query([number])?;
    while let Some(row) = rows.next()? {
        claim.figures.push(Figure { role: row.get(0)?, value: row.get(1)? });
    }
    Ok(())
}
