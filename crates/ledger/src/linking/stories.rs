//! Stories as rows: the index of wordings, the decisions on pairs of reports, and which report belongs to which story.

use super::reachable;
use super::recent::Recent;
use super::ties::Ties;
use crate::packing::unpack;
use crate::reports::prose;
use crate::stories::{Likeness, Pair, Reason, Sketch, Verdict, Wording, compare, group};
use rusqlite::{Connection, params};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Days between two reports that are compared, at most: a text is reprinted within weeks. It bounds what a bulletin that is
/// filled in anew every day costs, and does not depend on the order of arrival. The index is kept by periods as long, so
/// that three of them hold all that is to be compared.
const WINDOW: i64 = 60;
/// Reports with which one is compared, at most, those that share most. Only notices of one form that come by the hundred in
/// two months reach it, and of those the decision is the same.
const MOST: usize = 400;
/// A decision of less evidence says no more than that two reports were not compared, and is not kept.
const KEPT: f32 = -3.0;
/// Wordings kept at hand: some 10 KB each.
const AT_HAND: usize = 4_000;

#[derive(Debug)]
pub(super) struct Stories {
    wordings: Recent<Wording>,
    /// Reports whose story is to be made anew.
    touched: BTreeSet<i64>,
}

impl Default for Stories {
    fn default() -> Self {
        Self { wordings: Recent::new(AT_HAND), touched: BTreeSet::new() }
    }
}

impl Stories {
    /// Enters a report into the index and compares it with its candidates.
    pub(super) fn add(&mut self, connection: &Connection, report: i64, wording: &Arc<Wording>) -> rusqlite::Result<()> {
        if wording.is_empty() {
            return Ok(());
        }
        self.wordings.put(report, Arc::clone(wording));
        let sketch = wording.sketch();
        let keys: Vec<u32> = sketch.keys().collect();
        let mut look = connection
            .prepare_cached("SELECT id, CAST(julianday(available) AS INTEGER) FROM report WHERE number = ?1")?;
        let mut look =
            |report: i64| look.query_row([report], |row| Ok((row.get::<_, String>(0)?, row.get::<_, i64>(1)?)));
        let (own_id, day) = look(report)?;
        let period = day / WINDOW;
        let mut shared: BTreeMap<i64, (usize, bool)> = BTreeMap::new();
        let mut any = connection.prepare_cached("SELECT 1 FROM wording WHERE key BETWEEN ?1 AND ?2 LIMIT 1")?;
        let mut find = connection.prepare_cached("SELECT report FROM wording WHERE key = ?1")?;
        for period in [period - 1, period, period + 1] {
            if !any.exists([keyed(period, 0), keyed(period, u32::MAX)])? {
                continue;
            }
            for (at, &key) in keys.iter().enumerate() {
                let mut rows = find.query([keyed(period, key)])?;
                while let Some(row) = rows.next()? {
                    // The first key is that of the whole text: who shares it is compared in any case.
                    let other: i64 = row.get(0)?;
                    let entry = shared.entry(other.abs()).or_insert((0, sketch.few() || other < 0));
                    entry.0 += if at == 0 { keys.len() } else { 1 };
                }
            }
        }
        shared.remove(&report);
        let mut enter = connection.prepare_cached("INSERT OR IGNORE INTO wording (key, report) VALUES (?1, ?2)")?;
        for &key in &keys {
            enter.execute([keyed(period, key), if sketch.few() { -report } else { report }])?;
        }
        let mut candidates: Vec<(usize, String, i64)> = Vec::new();
        for (other, (shared, few)) in shared {
            if Sketch::candidate(shared, few) {
                let (id, other_day) = look(other)?;
                if (day - other_day).abs() <= WINDOW {
                    candidates.push((shared, id, other));
                }
            }
        }
        candidates.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        candidates.truncate(MOST);
        for (_, id, other) in candidates {
            if let Some(others) = self.wording(connection, other)? {
                // The smaller id stands left: the reasons tell the two texts apart.
                if own_id < id {
                    self.decide(connection, (report, other), &compare(wording, &others))?;
                } else {
                    self.decide(connection, (other, report), &compare(&others, wording))?;
                }
            }
        }
        Ok(())
    }

    fn decide(&mut self, connection: &Connection, pair: (i64, i64), likeness: &Likeness) -> rusqlite::Result<()> {
        if likeness.evidence <= KEPT {
            return Ok(());
        }
        let verdict = match likeness.verdict {
            Verdict::Copy => "copy",
            Verdict::Part => "part",
            Verdict::Independent => "independent",
        };
        let reasons = likeness.reasons.iter().map(Reason::to_string).collect::<Vec<_>>().join("; ");
        let mut statement = connection.prepare_cached(
            "INSERT OR REPLACE INTO likeness (left, right, verdict, score, evidence, same, reasons)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let same = likeness.reasons == [Reason::SameText];
        statement.execute(params![pair.0, pair.1, verdict, likeness.score, likeness.evidence, same, reasons])?;
        if likeness.verdict != Verdict::Independent {
            self.touched.extend([pair.0, pair.1]);
        }
        Ok(())
    }

    fn wording(&mut self, connection: &Connection, report: i64) -> rusqlite::Result<Option<Arc<Wording>>> {
        let prose =
            || text(connection, report).map(|text| Wording::of(&text.map_or_else(String::new, |text| text.prose)));
        let wording = self.wordings.get(report, prose)?;
        Ok(Some(wording).filter(|wording| !wording.is_empty()))
    }

    /// Has the story of a report made anew.
    pub(super) fn touch(&mut self, report: i64) {
        self.touched.insert(report);
    }

    /// Makes the stories of what was touched anew; gives the reports that went to another story.
    pub(super) fn settle(&mut self, connection: &Connection) -> rusqlite::Result<BTreeSet<i64>> {
        let touched = std::mem::take(&mut self.touched);
        let ties = Ties::read(connection, "story")?;
        let mut changed = BTreeSet::new();
        let mut done: BTreeSet<i64> = BTreeSet::new();
        for report in touched {
            if done.contains(&report) {
                continue;
            }
            let together = reachable([report], |number| likely(connection, number, &ties))?;
            done.extend(&together);
            changed.extend(regroup(connection, &together, &ties)?);
        }
        Ok(changed)
    }
}

/// The reports that are held to be copies of one, by the texts or by a verdict.
fn likely(connection: &Connection, report: i64, ties: &Ties) -> rusqlite::Result<Vec<i64>> {
    let mut statement = connection.prepare_cached(
        "SELECT right FROM likeness WHERE left = ?1 AND verdict <> 'independent'
         UNION SELECT left FROM likeness WHERE right = ?1 AND verdict <> 'independent'",
    )?;
    let mut likely: Vec<i64> = statement.query_map([report], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    if !ties.is_empty() {
        let mut statement = connection.prepare_cached("SELECT number FROM report WHERE id = ?1")?;
        for other in ties.together(&id_of(connection, report)?) {
            let mut rows = statement.query([other])?;
            while let Some(row) = rows.next()? {
                likely.push(row.get(0)?);
            }
        }
    }
    Ok(likely)
}

/// Groups reports that links or verdicts hold together, and writes their stories.
fn regroup(connection: &Connection, together: &BTreeSet<i64>, ties: &Ties) -> rusqlite::Result<Vec<i64>> {
    // Numbered by what does not depend on the order of arrival.
    let mut reports: Vec<(String, String, i64, i64)> = Vec::with_capacity(together.len());
    let mut statement =
        connection.prepare_cached("SELECT available, id, number, story FROM report WHERE number = ?1")?;
    for number in together {
        reports.push(statement.query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?)))?);
    }
    reports.sort();
    let place: BTreeMap<i64, usize> = reports.iter().enumerate().map(|(place, report)| (report.2, place)).collect();
    let mut pairs = Vec::new();
    let mut evidence: BTreeMap<(usize, usize), i64> = BTreeMap::new();
    let mut statement =
        connection.prepare_cached("SELECT right, verdict, evidence, same FROM likeness WHERE left = ?1")?;
    for (place_of_left, report) in reports.iter().enumerate() {
        let mut rows = statement.query([report.2])?;
        while let Some(row) = rows.next()? {
            if let Some(&right) = place.get(&row.get::<_, i64>(0)?) {
                let part = row.get::<_, String>(1)? == "part";
                let steps = (row.get::<_, f32>(2)? * 1_000.0) as i64;
                evidence.insert((place_of_left.min(right), place_of_left.max(right)), steps);
                pairs.push(Pair::of(place_of_left, right, row.get(2)?, part, row.get(3)?));
            }
        }
    }
    let mut update = connection.prepare_cached("UPDATE report SET story = ?2 WHERE number = ?1")?;
    let mut changed = Vec::new();
    let ids: Vec<&str> = reports.iter().map(|report| report.1.as_str()).collect();
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (report, story) in group(reports.len(), &pairs).into_iter().enumerate() {
        groups.entry(story).or_default().push(report);
    }
    let score = |one: usize, two: usize| evidence.get(&(one.min(two), one.max(two))).copied().unwrap_or(0);
    for members in ties.obey(&ids, groups.into_values().collect(), &score) {
        let Some(&story) = members.first().map(|&first| &reports[first].2) else { continue };
        for report in members.iter().map(|&member| &reports[member]) {
            if report.3 != story {
                update.execute(params![report.2, story])?;
                changed.push(report.2);
            }
        }
    }
    Ok(changed)
}

/// A key of wording as it stands in the index, in the four bytes of a small integer of the store: 256 periods are 42 years,
/// and a key that two texts share by chance once in 16 million makes no candidate.
fn keyed(period: i64, key: u32) -> i64 {
    let [.., period] = period.to_be_bytes();
    let [first, second, third, _] = key.to_be_bytes();
    i64::from(i32::from_be_bytes([period, first, second, third]))
}

fn id_of(connection: &Connection, report: i64) -> rusqlite::Result<String> {
    connection.prepare_cached("SELECT id FROM report WHERE number = ?1")?.query_row([report], |row| row.get(0))
}

/// A stored text, and the prose in it; none where the text is not there.
pub(super) struct Text {
    pub(super) stored: String,
    pub(super) prose: String,
}

pub(super) fn text(connection: &Connection, report: i64) -> rusqlite::Result<Option<Text>> {
    let mut statement = connection.prepare_cached("SELECT (SELECT text FROM report_text WHERE report = report.number), title, body_start FROM report WHERE number = ?1")?;
    let (packed, title, start): (Option<Vec<u8>>, Option<String>, i64) =
        statement.query_row([report], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    // A damaged text has no wording; `chancery check` names it.
    let stored = packed.and_then(|packed| unpack(&packed).ok());
    Ok(stored.map(|stored| {
        let body: String = stored.chars().skip(usize::try_from(start).unwrap_or(0)).collect();
        Text { prose: prose(title.as_deref(), &body), stored }
    }))
}
