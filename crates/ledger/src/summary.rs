//! What an event looks like as a whole: derived from its claims by stated rules, and made anew when they change.
//!
//! - *Category, modes, kind*: those that most stories give; among equals the first of the alphabet.
//! - *Days*: the narrowest interval that most stories give. An event without a stated day has none: it is not put on the
//!   day of publication.
//! - *Place*: the finest that most stories give.
//! - *Status*: that of the claim that vouches most (occurred before ongoing before planned …); "disputed" beside it when
//!   another origin says that it did not happen.
//! - *Counts*: reports, outlets, stories, and origins. An origin is a speaker, or the story itself where it speaks in its
//!   own voice; "officials" is one origin, however many stories name it.

use rusqlite::{Connection, params};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// A claim as the summary needs it.
#[derive(Debug, Clone)]
struct Member {
    number: i64,
    id: String,
    report: String,
    story: i64,
    outlet: Option<String>,
    available: String,
    kind: String,
    category: String,
    modes: String,
    cameo: Option<String>,
    granularity: String,
    status: String,
    background: bool,
    from: Option<String>,
    to: Option<String>,
    precision: Option<String>,
    predicate: String,
    origin: String,
    confidence: f64,
}

/// A participant or a place of a claim, with the story that tells it.
type Told<T> = Vec<(i64, T)>;

#[derive(Debug, Clone, PartialEq, PartialOrd)]
struct Where {
    name: String,
    lat: Option<f64>,
    lon: Option<f64>,
    country: Option<String>,
    admin1: Option<String>,
    precision: String,
}

/// The day up to which claims count, and the rest of the condition under which a report counts.
pub(crate) fn counts(as_of: Option<&str>) -> String {
    match as_of {
        None => "report.withdrawn IS NULL AND report.replaced IS NULL".to_owned(),
        // The day is checked where it enters the program.
        Some(day) => format!(
            "(report.withdrawn IS NULL OR report.withdrawn > '{day}') AND report.available <= '{day}'
             AND (report.replaced IS NULL OR report.replaced > '{day}')"
        ),
    }
}

/// Makes the rows of events anew; takes away those of which no claim counts. All go before the first is written: an event may
/// take the id that another had.
pub(crate) fn renew(connection: &Connection, events: &BTreeSet<i64>) -> rusqlite::Result<()> {
    for event in events {
        connection.prepare_cached("DELETE FROM event WHERE number = ?1")?.execute([event])?;
    }
    for &event in events {
        write(connection, "event", event, None)?;
    }
    Ok(())
}

/// Writes the row of an event into `table`, from the claims that count as of a day.
pub(crate) fn write(connection: &Connection, table: &str, event: i64, as_of: Option<&str>) -> rusqlite::Result<()> {
    let members = members(connection, event, as_of)?;
    let Some(lead) = members.iter().min_by(|left, right| precedence(left).cmp(&precedence(right))) else {
        return Ok(());
    };
    let first = members.iter().min_by_key(|member| (&member.available, &member.report, &member.id));
    let id = first.map_or_else(String::new, |first| id(&first.id));
    let told = |of: &dyn Fn(&Member) -> String| most(members.iter().map(|member| (member.story, of(member))));
    let category = told(&|member| member.category.clone()).unwrap_or_default();
    let same: Vec<&Member> = members.iter().filter(|member| member.category == category).collect();
    let modes = most(same.iter().map(|member| (member.story, member.modes.clone()))).unwrap_or_default();
    let days = days(&members);
    let places = places(connection, &members)?;
    let place = most_place(&places);
    let denied = members.iter().any(|member| member.status == "negated");
    let vouched = members.iter().any(|member| member.status != "negated");
    let distinct = |of: &dyn Fn(&Member) -> String| members.iter().map(of).collect::<BTreeSet<_>>().len();
    let outlets = distinct(&|member| member.outlet.clone().unwrap_or_else(|| member.report.clone()));
    let origins = distinct(&|member| match member.origin.as_str() {
        // A story that speaks in its own voice, or for somebody it does not name, vouches itself.
        "outlet" | "unnamed" => format!("story {}", member.story),
        speaker => speaker.to_owned(),
    });
    // Two events have one id only in a damaged ledger, where two claims of one id stand; `chancery check` names them.
    let mut statement = connection.prepare_cached(&format!(
        "INSERT OR REPLACE INTO {table} (number, id, kind, category, modes, cameo, granularity, status, disputed, from_day, to_day,
            precision, place, lat, lon, country, admin1, place_precision, actors, recipients, told, claims, reports, outlets,
            stories, origins, first_available, last_available, confidence)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23,
            ?24, ?25, ?26, ?27, ?28, ?29)"
    ))?;
    statement.execute(params![
        event,
        id,
        lead.kind,
        category,
        modes,
        same.iter().find(|member| member.modes == modes).and_then(|member| member.cameo.clone()),
        lead.granularity,
        lead.status,
        denied && vouched,
        days.map(|member| &member.from),
        days.map(|member| &member.to),
        days.map(|member| &member.precision),
        place.map(|place| &place.name),
        place.and_then(|place| place.lat),
        place.and_then(|place| place.lon),
        place.and_then(|place| place.country.as_ref()),
        place.and_then(|place| place.admin1.as_ref()),
        place.map(|place| &place.precision),
        participants(connection, &members, "actor")?,
        participants(connection, &members, "recipient")?,
        lead.predicate,
        members.len() as i64,
        distinct(&|member| member.report.clone()) as i64,
        outlets as i64,
        distinct(&|member| member.story.to_string()) as i64,
        origins as i64,
        members.iter().map(|member| &member.available).min(),
        members.iter().map(|member| &member.available).max(),
        members.iter().map(|member| member.confidence).fold(0.0, f64::max),
    ])?;
    Ok(())
}

/// The id of an event: of its first claim, so that later claims do not change it.
fn id(claim: &str) -> String {
    let digits: String = Sha256::digest(claim).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("e{digits}")
}

/// Which claim stands for the event: one that vouches for it, told as news, with a day, of the greatest confidence.
fn precedence(member: &Member) -> (usize, bool, bool, i64, &str, &str) {
    const ORDER: &[&str] =
        &["occurred", "ongoing", "imminent", "planned", "attempted", "feared", "hypothetical", "unsaid", "negated"];
    let status = ORDER.iter().position(|status| *status == member.status).unwrap_or(ORDER.len());
    let doubt = (1000.0 * (1.0 - member.confidence)) as i64;
    (status, member.background, member.from.is_none(), doubt, &member.report, &member.id)
}

/// What most stories tell; among equals the least.
fn most<T: Ord + Clone>(told: impl Iterator<Item = (i64, T)>) -> Option<T> {
    let mut stories: BTreeMap<T, BTreeSet<i64>> = BTreeMap::new();
    for (story, value) in told {
        stories.entry(value).or_default().insert(story);
    }
    let mut best: Option<(T, usize)> = None;
    for (value, stories) in stories {
        if best.as_ref().is_none_or(|(_, most)| stories.len() > *most) {
            best = Some((value, stories.len()));
        }
    }
    best.map(|(value, _)| value)
}

/// A claim with the interval that most stories give; among equals the narrowest.
fn days(members: &[Member]) -> Option<&Member> {
    let mut stories: BTreeMap<(&str, &str), BTreeSet<i64>> = BTreeMap::new();
    for member in members {
        if let (Some(from), Some(to)) = (&member.from, &member.to) {
            stories.entry((from, to)).or_default().insert(member.story);
        }
    }
    let length = |(from, to): (&str, &str)| {
        let day = |day: &str| day.parse::<jiff::civil::Date>().ok();
        day(from).zip(day(to)).map_or(i32::MAX, |(from, to)| (to - from).get_days())
    };
    let best = stories.iter().min_by_key(|(days, stories)| (std::cmp::Reverse(stories.len()), length(**days), **days));
    match best {
        Some((&(from, to), _)) => {
            members.iter().find(|member| member.from.as_deref() == Some(from) && member.to.as_deref() == Some(to))
        }
        None => members.iter().find(|member| member.from.is_some() || member.to.is_some()),
    }
}

fn members(connection: &Connection, event: i64, as_of: Option<&str>) -> rusqlite::Result<Vec<Member>> {
    let mut statement = connection.prepare_cached(&format!(
        "SELECT claim.number, claim.id, report.id, report.story, report.outlet, report.available, claim.kind,
            claim.category, claim.modes, claim.cameo, claim.granularity, claim.status, claim.background, claim.from_day,
            claim.to_day, claim.precision, claim.predicate, claim.origin, claim.confidence
         FROM claim JOIN report ON report.number = claim.report
         WHERE claim.event = ?1 AND claim.stands AND {}
         ORDER BY report.id, claim.id",
        counts(as_of)
    ))?;
    let rows = statement.query_map([event], |row| {
        Ok(Member {
            number: row.get(0)?,
            id: row.get(1)?,
            report: row.get(2)?,
            story: row.get(3)?,
            outlet: row.get(4)?,
            available: row.get(5)?,
            kind: row.get(6)?,
            category: row.get(7)?,
            modes: row.get(8)?,
            cameo: row.get(9)?,
            granularity: row.get(10)?,
            status: row.get(11)?,
            background: row.get(12)?,
            from: row.get(13)?,
            to: row.get(14)?,
            precision: row.get(15)?,
            predicate: row.get(16)?,
            origin: row.get(17)?,
            confidence: row.get(18)?,
        })
    })?;
    rows.collect()
}

/// The names of a side, those that most stories give first; a phrase that no codebook or name resolves only where there is
/// no better.
fn participants(connection: &Connection, members: &[Member], side: &str) -> rusqlite::Result<String> {
    let mut named: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut phrases: BTreeMap<String, BTreeSet<i64>> = BTreeMap::new();
    let mut statement = connection.prepare_cached(
        "SELECT name, text, actor IS NOT NULL FROM participant WHERE claim = ?1 AND side = ?2 ORDER BY ordinal",
    )?;
    for member in members {
        let mut rows = statement.query(params![member.number, side])?;
        while let Some(row) = rows.next()? {
            let (name, text): (Option<String>, String) = (row.get(0)?, row.get(1)?);
            let (into, key) = match name {
                Some(name) => (&mut named, name),
                None => (&mut phrases, text),
            };
            into.entry(key).or_default().insert(member.story);
        }
    }
    let mut chosen: Vec<(String, usize)> = named.into_iter().map(|(name, stories)| (name, stories.len())).collect();
    if chosen.is_empty() {
        chosen = phrases.into_iter().map(|(phrase, stories)| (phrase, stories.len())).collect();
        // Several phrases for one unnamed party: the shortest that most stories use.
        chosen.sort_by_key(|(phrase, stories)| (std::cmp::Reverse(*stories), phrase.len(), phrase.clone()));
        chosen.truncate(1);
    }
    chosen.sort_by(|left, right| right.1.cmp(&left.1).then_with(|| left.0.cmp(&right.0)));
    Ok(chosen.into_iter().map(|(name, _)| name).collect::<Vec<_>>().join("; "))
}

fn places(connection: &Connection, members: &[Member]) -> rusqlite::Result<Told<Where>> {
    let mut statement = connection.prepare_cached(
        "SELECT name, lat, lon, country, admin1, precision FROM place
         WHERE claim = ?1 AND role IN ('event', 'venue', 'destination') ORDER BY ordinal",
    )?;
    let mut told = Vec::new();
    for member in members {
        let rows = statement.query_map([member.number], |row| {
            Ok(Where {
                name: row.get(0)?,
                lat: row.get(1)?,
                lon: row.get(2)?,
                country: row.get(3)?,
                admin1: row.get(4)?,
                precision: row.get(5)?,
            })
        })?;
        for place in rows {
            told.push((member.story, place?));
        }
    }
    Ok(told)
}

/// The finest place; among equally fine ones that of most stories, among those the first by name.
fn most_place(told: &Told<Where>) -> Option<&Where> {
    const FINENESS: &[&str] = &["point", "district", "province", "region", "country", "unresolved"];
    let stories = |place: &Where| {
        let same = told.iter().filter(|(_, other)| other.name == place.name && other.country == place.country);
        same.map(|(story, _)| *story).collect::<BTreeSet<_>>().len()
    };
    told.iter().map(|(_, place)| place).min_by_key(|place| {
        let fineness = FINENESS.iter().position(|precision| *precision == place.precision).unwrap_or(FINENESS.len());
        (fineness, std::cmp::Reverse(stories(place)), place.name.clone())
    })
}
