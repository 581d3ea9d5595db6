//! A small ledger made by hand: three outlets on two attacks and one meeting, and what a run found in them.

#![allow(dead_code, reason = "each test uses a part of it")]

use jiff::Timestamp;
use ledger::{Arrival, Coding, Ledger, Writer, identity};
use record::{
    Claim, Granularity, Participant, Place, PlaceRole, Record, Report, Run, Sentence, Span, Statement, When, Words,
};
use sha2::{Digest, Sha256};
use std::path::{Path, PathBuf};

pub(crate) fn moment(day: &str) -> Timestamp {
    format!("{day}T12:00:00Z").parse().unwrap()
}

/// A file of its own for a test, not there yet.
pub(crate) fn file(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}.db"));
    for ending in ["", "-wal", "-shm", ".part"] {
        let mut old = path.as_os_str().to_owned();
        old.push(ending);
        let _ = std::fs::remove_file(old);
    }
    path
}

fn hexadecimal(text: &str) -> String {
    Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

pub(crate) fn report(outlet: &str, day: &str, text: &str) -> Report {
    Report {
        id: format!("{outlet}-{day}"),
        title: None,
        title_span: None,
        published: Some(day.to_owned()),
        outlet: Some(outlet.to_owned()),
        url: Some(format!("https://{}.example/{day}", outlet.to_lowercase())),
        language: Some("en".to_owned()),
        sha256: hexadecimal(text),
        length: text.chars().count() as u32,
        body_start: 0,
        notes: Vec::new(),
        text: Some(text.to_owned()),
    }
}

pub(crate) fn run(codebook: &str) -> Run {
    Run { program: "0".to_owned(), models: "m".to_owned(), codebook: codebook.to_owned() }
}

/// What a run finds: words, category, actor, recipient, day, place; one a claim.
pub(crate) type Found<'a> = (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

pub(crate) fn record(report: &Report, run: Run, found: &[Found<'_>]) -> Record {
    let text = report.text.clone().unwrap_or_default();
    let id = identity(report);
    let at = |words: &str| {
        let byte = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
        let start = text[..byte].chars().count() as u32;
        Span(start, start + words.chars().count() as u32)
    };
    let words = |text: &str, span| Words { spans: vec![span], text: text.to_owned() };
    let mut sentences = Vec::new();
    let mut start = 0;
    for sentence in text.split_inclusive(". ") {
        let end = start + sentence.chars().count() as u32;
        sentences.push(Sentence { id: format!("s{}", sentences.len() + 1), start, end });
        start = end;
    }
    let mut places = Vec::new();
    let claims = found.iter().map(|&(told, category, actor, recipient, day, place)| {
        let span = at(told);
        let party = |name: &str| Participant {
            spans: vec![at(name)],
            text: name.to_owned(),
            head: words(name, at(name)),
            actor: Some(name.to_lowercase()),
            name: Some(name.to_owned()),
            country: Some("COD".to_owned()),
            sectors: vec!["REB".to_owned()],
            role: None,
            part: None,
            inferred: false,
            antecedent: None,
        };
        let parties = |name: &str| if name.is_empty() { Vec::new() } else { vec![party(name)] };
        let mut roles = Vec::new();
        if !place.is_empty() {
            let at = at(place);
            let id = format!("p{}", places.len() + 1);
            places.push(Place {
                id: id.clone(),
                start: at.0,
                end: at.1,
                text: place.to_owned(),
                name: place.to_owned(),
                lat: Some(-1.68),
                lon: Some(29.22),
                country: Some("COD".to_owned()),
                admin1: Some("North Kivu".to_owned()),
                feature: None,
                precision: "point".into(),
            });
            roles.push(PlaceRole { place: id, name: place.to_owned(), role: "event".into(), inferred: false });
        }
        Claim {
            // As the program makes them.
            id: claim_id(&id, &report.sha256, category, span),
            kind: "event".into(),
            category: category.to_owned(),
            modes: Vec::new(),
            contexts: Vec::new(),
            cameo: Some("190".to_owned()),
            sentence: sentences.iter().find(|one| one.start <= span.0 && span.0 < one.end).map(|one| one.id.clone()),
            predicate: words(told, span),
            lemma: told.to_owned(),
            tag: "VERB".to_owned(),
            actors: parties(actor),
            recipients: parties(recipient),
            direction: None,
            target: None,
            object: None,
            granularity: Granularity { kind: "single".into(), events: None, period: None },
            when: (!day.is_empty()).then(|| When {
                time: None,
                text: None,
                from: Some(day.to_owned()),
                to: Some(day.to_owned()),
                throughout: false,
                bound: None,
                precision: "day".into(),
                derived: "syntax".into(),
            }),
            places: roles,
            quantities: Vec::new(),
            status: "occurred".into(),
            factuality: 3.0,
            background: false,
            according_to: Vec::new(),
            content: Vec::new(),
            nested: false,
            strength: None,
            relations: Vec::new(),
            facets: Vec::new(),
            evidence: Vec::new(),
            rule: "made/by-hand".to_owned(),
            confidence: 0.5,
        }
    });
    let claims = claims.collect();
    Record {
        schema: record::SCHEMA.into(),
        run,
        report: Report { id, text: None, ..report.clone() },
        sentences,
        names: Vec::new(),
        chains: Vec::new(),
        times: Vec::new(),
        places,
        quantities: Vec::new(),
        statements: Vec::<Statement>::new(),
        claims,
    }
}

fn claim_id(report: &str, sha256: &str, category: &str, span: Span) -> String {
    let mut hasher = Sha256::new();
    for part in [report, sha256, "event", category] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    hasher.update(span.0.to_le_bytes());
    hasher.update(span.1.to_le_bytes());
    hasher.update(0_u32.to_le_bytes());
    let digits: String = hasher.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
    format!("c{digits}")
}

pub(crate) const REPORTS: [(&str, &str, &str); 3] = [
    (
        "Herald",
        "2024-05-04",
        "Fighters of Bana attacked the garrison of Katoro on Friday. They shelled the market of Katoro with mortars as \
         well. Delegates of Bana met envoys of Kuru in Lubera later that day.",
    ),
    (
        "Courier",
        "2024-05-04",
        "The garrison at Katoro was attacked by Bana on Friday, residents of the town told our reporter by telephone. \
         Nobody could say how many had died. The hospital has no power.",
    ),
    (
        "Tribune",
        "2024-05-05",
        "A day after the fighters of Bana attacked the garrison near Katoro, the road was still closed. Kuru aided the \
         displaced with tents and flour, and met nobody.",
    ),
];

/// What the first run finds in each.
pub(crate) const FOUND: [&[Found<'static>]; 3] = [
    &[
        ("attacked", "ASSAULT", "Bana", "", "2024-05-03", "Katoro"),
        ("shelled", "ASSAULT", "Bana", "", "2024-04-29", "Katoro"),
        ("met", "CONSULT", "Bana", "Kuru", "2024-05-03", "Lubera"),
    ],
    &[("attacked", "ASSAULT", "Bana", "", "2024-05-03", "Katoro")],
    &[("attacked", "ASSAULT", "Bana", "", "2024-05-04", "Katoro"), ("aided", "AID", "Kuru", "", "", "")],
];

pub(crate) fn reports() -> Vec<Report> {
    REPORTS.iter().map(|(outlet, day, text)| report(outlet, day, text)).collect()
}

/// A ledger with the three reports, coded by run "one".
pub(crate) fn made(name: &str) -> Ledger {
    let mut ledger = Ledger::create(&file(name)).unwrap();
    let mut writer = Writer::new(&mut ledger, moment("2024-05-06"));
    for (report, found) in reports().into_iter().zip(FOUND) {
        let coding = Some(Coding::new(record(&report, run("one"), found)).unwrap());
        writer.take(&Arrival::new(report, coding)).unwrap();
    }
    writer.commit().unwrap();
    drop(writer);
    ledger
}

/// Codes the reports again; none of what a report had where `found` gives nothing for it.
pub(crate) fn recode(ledger: &mut Ledger, codebook: &str, found: &[&[Found<'_>]; 3]) {
    let reports = reports();
    let mut writer = Writer::new(ledger, moment("2024-05-07"));
    for stored in writer.uncoded(&run(codebook), 0, 100).unwrap() {
        let at = reports.iter().position(|report| identity(report) == stored.report.id).unwrap();
        let coding = Coding::new(record(&reports[at], run(codebook), found[at])).unwrap();
        writer.recode(&stored, &coding).unwrap();
    }
    writer.commit().unwrap();
}

/// The id of a claim, by the outlet and the words it hangs on.
pub(crate) fn claim(outlet: &str, told: &str) -> String {
    for (report, found) in reports().iter().zip(FOUND) {
        let record = record(report, run("one"), found);
        if report.outlet.as_deref() == Some(outlet)
            && let Some(claim) = record.claims.iter().find(|claim| claim.predicate.text == told)
        {
            return claim.id.clone();
        }
    }
    panic!("{outlet} has no {told}")
}

/// The id of a report, by its outlet.
pub(crate) fn report_id(outlet: &str) -> String {
    let report = reports().into_iter().find(|report| report.outlet.as_deref() == Some(outlet));
    identity(&report.unwrap())
}

/// An answer as lines, cells set off by "|".
pub(crate) fn lines(ledger: &Ledger, sql: &str) -> Vec<String> {
    use ledger::questions::Value;
    let cell = |value: &Value| match value {
        Value::Null => "-".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => text.clone(),
    };
    let answer = ledger.ask(sql).unwrap();
    answer.rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join("|")).collect()
}

/// What the ledger says: claims that count with all their fields, how they are grouped, events and stories. Numbers of rows
/// play no part in it.
pub(crate) fn content(ledger: &Ledger) -> Vec<String> {
    let mut all = lines(
        ledger,
        "SELECT id, report, category, modes, actors, recipients, from_day, to_day, precision, place, country, figures, status,
            factuality, background, granularity, speaker, origin, start, verdict,
            (SELECT group_concat(id, ' ') FROM (SELECT other.id FROM claim AS other WHERE other.stands
                AND other.event = claims.event_number ORDER BY other.id))
         FROM claims ORDER BY id",
    );
    all.extend(lines(ledger, "SELECT id, available, withdrawn IS NULL FROM report ORDER BY id"));
    all.extend(lines(
        ledger,
        "SELECT (SELECT group_concat(id, ' ') FROM (SELECT id FROM report AS other WHERE other.story = report.story ORDER BY id))
         FROM report ORDER BY id",
    ));
    all.extend(lines(
        ledger,
        "SELECT id, category, status, disputed, from_day, to_day, place, actors, recipients, told, claims, reports, stories,
            origins FROM event ORDER BY id",
    ));
    all
}

/// The words of the claims of each event that counts, set off by "+".
pub(crate) fn events(ledger: &Ledger) -> Vec<String> {
    lines(
        ledger,
        "SELECT group_concat(told, ' + ') FROM (SELECT event_number, outlet || ' ' || predicate AS told FROM claims ORDER BY told)
         GROUP BY event_number ORDER BY 1",
    )
}
