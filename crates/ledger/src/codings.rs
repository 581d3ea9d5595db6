//! What a run made of a report: the record whole, and its claims as rows.

use crate::packing::pack;
use crate::persons;
use jiff::Timestamp;
use record::{Claim, Record, Run, Span, Statement};
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap;

/// The number of a run, new or known.
pub(crate) fn run(connection: &Connection, run: &Run, now: Timestamp) -> rusqlite::Result<i64> {
    let mut statement =
        connection.prepare_cached("SELECT number FROM run WHERE program = ?1 AND models = ?2 AND codebook = ?3")?;
    let known = statement.query_row(params![run.program, run.models, run.codebook], |row| row.get(0)).optional()?;
    if let Some(number) = known {
        return Ok(number);
    }
    connection.execute(
        "INSERT INTO run (program, models, codebook, recorded) VALUES (?1, ?2, ?3, ?4)",
        params![run.program, run.models, run.codebook, crate::moments::written(now)],
    )?;
    Ok(connection.last_insert_rowid())
}

/// Stores a record; the claims of earlier runs on the same report no longer stand. Gives the numbers of its claims.
pub(crate) fn insert(
    connection: &Connection,
    report: i64,
    run: i64,
    record: &Record,
    packed: &[u8],
) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("INSERT INTO coding (report, run, record, names, persons) VALUES (?1, ?2, ?3, ?4, ?5)")?
        .execute(params![report, run, packed, names(record), persons::private(record).join("\n")])?;
    connection
        .prepare_cached("UPDATE claim SET stands = 0 WHERE report = ?1 AND verdict IS NULL AND run IS NOT ?2")?
        .execute(params![report, run])?;
    let rows = Rows::new(connection, record);
    let mut numbers = Vec::with_capacity(record.claims.len());
    for claim in &record.claims {
        numbers.push(rows.claim(claim, report, run)?);
    }
    rows.relations(&numbers)?;
    Ok(numbers)
}

/// A record as it is stored: without the text, which the report has.
pub(crate) fn packed(record: &Record) -> serde_json::Result<Vec<u8>> {
    if record.report.text.is_none() {
        return Ok(pack(&serde_json::to_string(record)?));
    }
    let report = record::Report { text: None, ..record.report.clone() };
    Ok(pack(&serde_json::to_string(&Record { report, ..record.clone() })?))
}

/// The names of a record, each once, in order.
fn names(record: &Record) -> String {
    let names: std::collections::BTreeSet<&str> = record.names.iter().map(|name| name.text.as_str()).collect();
    names.into_iter().collect::<Vec<_>>().join("\n")
}

/// Turns the claims of one record into rows.
struct Rows<'a> {
    connection: &'a Connection,
    record: &'a Record,
    sentences: FxHashMap<&'a str, &'a record::Sentence>,
    places: FxHashMap<&'a str, &'a record::Place>,
    quantities: FxHashMap<&'a str, &'a record::Quantity>,
    statements: FxHashMap<&'a str, &'a Statement>,
}

/// Who vouches for a claim: a key that is the same for the same speaker in every report, and the name for people.
fn origin(voice: Option<&Statement>) -> (String, Option<String>) {
    let Some(voice) = voice else { return ("outlet".to_owned(), None) };
    let speaker = &voice.speaker;
    let shown = speaker.name.clone().or_else(|| Some(speaker.text.clone()).filter(|text| !text.is_empty()));
    let key = match (&speaker.actor, &speaker.name) {
        (Some(actor), _) => actor.clone(),
        (None, Some(name)) => name.to_lowercase(),
        (None, None) => {
            let text = speaker.text.to_lowercase();
            if text.is_empty() || PRONOUNS.contains(&text.as_str()) {
                return ("unnamed".to_owned(), None);
            }
            text.strip_prefix("the ").map(str::to_owned).unwrap_or(text)
        }
    };
    (key, shown)
}

/// Pronouns: a speaker who stays one is nobody of whom the report tells who he is, and two of them are not one origin.
const PRONOUNS: &[&str] = &[
    "he",
    "she",
    "it",
    "they",
    "i",
    "we",
    "you",
    "who",
    "which",
    "that",
    "what",
    "this",
    "these",
    "those",
    "others",
    "some",
    "many",
    "one",
    "all",
    "both",
    "each",
    "everybody",
    "somebody",
    "nobody",
];

impl<'a> Rows<'a> {
    fn new(connection: &'a Connection, record: &'a Record) -> Self {
        Self {
            connection,
            record,
            sentences: record.sentences.iter().map(|one| (one.id.as_str(), one)).collect(),
            places: record.places.iter().map(|one| (one.id.as_str(), one)).collect(),
            quantities: record.quantities.iter().map(|one| (one.id.as_str(), one)).collect(),
            statements: record.statements.iter().map(|one| (one.id.as_str(), one)).collect(),
        }
    }

    fn claim(&self, claim: &Claim, report: i64, run: i64) -> rusqlite::Result<i64> {
        let start = claim.predicate.spans.iter().map(|span| span.0).min().unwrap_or(0);
        let end = claim.predicate.spans.iter().map(|span| span.1).max().unwrap_or(0);
        let sentence = claim.sentence.as_deref().and_then(|id| self.sentences.get(id));
        let Span(sentence_start, sentence_end) =
            sentence.map_or(Span(start, end), |sentence| Span(sentence.start, sentence.end));
        let voices: Vec<&Statement> =
            claim.according_to.iter().filter_map(|id| self.statements.get(id.as_str()).copied()).collect();
        let (origin, origin_name) = origin(voices.first().copied());
        let happenings = claim.granularity.events.as_deref().and_then(|id| self.quantities.get(id));
        let when = claim.when.as_ref();
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO claim (id, report, run, stands, kind, category, modes, contexts, cameo, predicate, lemma, tag, start,
                \"end\", sentence_start, sentence_end, direction, target, object, granularity, happenings, from_day, to_day,
                bound, precision, derived, status, factuality, background, nested, strength, origin, origin_name, rule,
                confidence, event)
             VALUES (?1, ?2, ?3, 1, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, 0)",
        )?;
        statement.execute(params![
            claim.id,
            report,
            run,
            claim.kind,
            claim.category,
            claim.modes.join(" "),
            claim.contexts.join(" "),
            claim.cameo,
            claim.predicate.text,
            claim.lemma,
            claim.tag,
            start,
            end,
            sentence_start,
            sentence_end,
            claim.direction,
            claim.target,
            claim.object.as_ref().map(|object| &object.text),
            claim.granularity.kind,
            happenings.and_then(|quantity| quantity.best),
            when.and_then(|when| when.from.as_ref()),
            when.and_then(|when| when.to.as_ref()),
            when.and_then(|when| when.bound.as_ref()),
            when.map(|when| &when.precision),
            when.map(|when| &when.derived),
            claim.status,
            claim.factuality,
            claim.background,
            claim.nested,
            claim.strength,
            origin,
            origin_name,
            claim.rule,
            claim.confidence,
        ])?;
        let number = self.connection.last_insert_rowid();
        self.connection.prepare_cached("UPDATE claim SET event = number WHERE number = ?1")?.execute([number])?;
        self.participants(claim, number)?;
        self.places(claim, number)?;
        self.figures(claim, number)?;
        self.voices(&voices, number)?;
        self.facets(claim, number)?;
        Ok(number)
    }

    fn participants(&self, claim: &Claim, number: i64) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO participant (claim, ordinal, side, text, actor, name, country, sectors, role, part, inferred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        let sides =
            claim.actors.iter().map(|one| ("actor", one)).chain(claim.recipients.iter().map(|one| ("recipient", one)));
        for (ordinal, (side, one)) in (0i64..).zip(sides) {
            statement.execute(params![
                number,
                ordinal,
                side,
                one.text,
                one.actor,
                one.name,
                one.country,
                one.sectors.join(" "),
                one.role,
                one.part,
                one.inferred,
            ])?;
        }
        Ok(())
    }

    fn places(&self, claim: &Claim, number: i64) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO place (claim, ordinal, name, role, lat, lon, country, admin1, feature, precision, inferred)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for (ordinal, role) in (0i64..).zip(&claim.places) {
            let Some(place) = self.places.get(role.place.as_str()) else { continue };
            statement.execute(params![
                number,
                ordinal,
                place.name,
                role.role,
                place.lat,
                place.lon,
                place.country,
                place.admin1,
                place.feature,
                place.precision,
                role.inferred,
            ])?;
        }
        Ok(())
    }

    fn figures(&self, claim: &Claim, number: i64) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO figure (claim, ordinal, role, low, best, high, approximate, unit, counts, text, part)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
        )?;
        for (ordinal, role) in (0i64..).zip(&claim.quantities) {
            let Some(quantity) = self.quantities.get(role.quantity.as_str()) else { continue };
            let part = quantity
                .subset_of
                .as_ref()
                .is_some_and(|whole| claim.quantities.iter().any(|other| other.quantity == *whole));
            statement.execute(params![
                number,
                ordinal,
                role.role,
                quantity.low,
                quantity.best,
                quantity.high,
                quantity.approximate,
                quantity.unit,
                quantity.counts.as_ref().map(|counts| &counts.text),
                quantity.text,
                part,
            ])?;
        }
        Ok(())
    }

    fn voices(&self, voices: &[&Statement], number: i64) -> rusqlite::Result<()> {
        let mut statement = self.connection.prepare_cached(
            "INSERT INTO voice (claim, depth, text, actor, name, country, sectors, basis, stake, manner)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        )?;
        for (depth, voice) in (0i64..).zip(voices) {
            let speaker = &voice.speaker;
            statement.execute(params![
                number,
                depth,
                speaker.text,
                speaker.actor,
                speaker.name,
                speaker.country,
                speaker.sectors.join(" "),
                speaker.basis,
                speaker.stake,
                voice.manner,
            ])?;
        }
        Ok(())
    }

    fn facets(&self, claim: &Claim, number: i64) -> rusqlite::Result<()> {
        let mut statement = self
            .connection
            .prepare_cached("INSERT INTO facet (claim, ordinal, facet, field, value) VALUES (?1, ?2, ?3, ?4, ?5)")?;
        for (ordinal, facet) in (0i64..).zip(&claim.facets) {
            statement.execute(params![number, ordinal, facet.facet, facet.field, facet.value])?;
        }
        Ok(())
    }

    /// Relations between the claims of the record, nested contents among them.
    fn relations(&self, numbers: &[i64]) -> rusqlite::Result<()> {
        let by_id: FxHashMap<&str, i64> =
            self.record.claims.iter().zip(numbers).map(|(claim, &number)| (claim.id.as_str(), number)).collect();
        let mut statement = self
            .connection
            .prepare_cached("INSERT OR IGNORE INTO relation (claim, kind, other) VALUES (?1, ?2, ?3)")?;
        for (claim, &number) in self.record.claims.iter().zip(numbers) {
            let contents = claim.content.iter().map(|other| ("content", other));
            let others = claim.relations.iter().map(|relation| (&*relation.kind, &relation.claim));
            for (kind, other) in contents.chain(others) {
                if let Some(other) = by_id.get(other.as_str()) {
                    statement.execute(params![number, kind, other])?;
                }
            }
        }
        Ok(())
    }
}
