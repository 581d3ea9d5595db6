//! From a document and its claims to the public record, field by field.

use super::claim_ids;
use super::code_points::CodePoints;
use ::record::{
    self as shape, Evidence, Facet, Participant, PlaceRole, QuantityRole, Record, Relationship, Run, SCHEMA, Span,
    Speaker, When, Words,
};
use document::{
    ActorRef, Claim, ClaimKind, Direction, Document, GranularityKind, Strength, Target, TextSpan, TokenSpan,
};
use sha2::{Digest, Sha256};

/// What the names, chains and speakers of a document refer to, in their order; what is missing is taken as unknown.
#[derive(Clone, Copy, Default)]
pub struct Identities<'a> {
    /// One a name.
    pub names: &'a [ActorRef],
    /// One a chain.
    pub chains: &'a [ActorRef],
    /// One list a statement: its speakers.
    pub speakers: &'a [Vec<ActorRef>],
}

/// Makes the record of a document and its claims. The stored text is included if `with_text` is set.
#[must_use]
pub fn record(run: Run, document: &Document, claims: &[Claim], identities: Identities<'_>, with_text: bool) -> Record {
    let converter = Converter { document, points: CodePoints::new(&document.report.text), identities };
    let report = converter.report(with_text);
    let ids = claim_ids::assign(document, claims, &converter.points, &report.sha256);
    Record {
        schema: SCHEMA.into(),
        run,
        sentences: converter.sentences(),
        names: converter.names(),
        chains: converter.chains(),
        times: converter.times(),
        places: converter.places(),
        quantities: converter.quantities(),
        statements: converter.statements(),
        claims: claims.iter().zip(&ids).map(|(claim, id)| converter.claim(claim, id, &ids)).collect(),
        report,
    }
}

/// The report itself as the record has it; for a report that is kept and not coded.
#[must_use]
pub fn report(report: &document::Report, with_text: bool) -> shape::Report {
    describe(report, &CodePoints::new(&report.text), with_text)
}

fn describe(report: &document::Report, points: &CodePoints<'_>, with_text: bool) -> shape::Report {
    shape::Report {
        id: report.id.clone(),
        title: report.title.map(|title| title.of(&report.text).to_owned()),
        title_span: report.title.map(|title| points.span(title)),
        published: report.published.map(|day| day.to_string()),
        outlet: report.outlet.clone(),
        url: report.url.clone(),
        language: report.language.clone(),
        sha256: hexadecimal(&Sha256::digest(report.text.as_bytes())),
        length: points.length(),
        body_start: points.before(report.body_start),
        notes: report.notes.clone(),
        text: with_text.then(|| report.text.clone()),
    }
}

/// Bytes as hexadecimal digits in small letters.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

struct Converter<'a> {
    document: &'a Document,
    points: CodePoints<'a>,
    identities: Identities<'a>,
}

/// An id within the record, counted from 1.
fn id(letter: char, index: usize) -> String {
    format!("{letter}{}", index + 1)
}

fn sentence_id(index: usize) -> String {
    id('s', index)
}

fn time_id(index: usize) -> String {
    id('t', index)
}

fn place_id(index: usize) -> String {
    id('p', index)
}

fn quantity_id(index: usize) -> String {
    id('q', index)
}

fn statement_id(index: usize) -> String {
    id('a', index)
}

impl Converter<'_> {
    fn span(&self, span: TokenSpan) -> Span {
        self.points.span(self.document.text_span(span))
    }

    fn text(&self, span: TokenSpan) -> String {
        self.document.text(span).to_owned()
    }

    fn words(&self, spans: &[TokenSpan]) -> Words {
        let text = spans.iter().map(|&span| self.document.text(span)).collect::<Vec<_>>().join(" … ");
        Words { spans: spans.iter().map(|&span| self.span(span)).collect(), text }
    }

    fn report(&self, with_text: bool) -> shape::Report {
        describe(&self.document.report, &self.points, with_text)
    }

    fn sentences(&self) -> Vec<shape::Sentence> {
        let sentences = self.document.sentences.spans.iter().enumerate();
        sentences
            .map(|(index, &tokens)| {
                let Span(start, end) = self.span(tokens);
                shape::Sentence { id: sentence_id(index), start, end }
            })
            .collect()
    }

    fn names(&self) -> Vec<shape::Name> {
        let names = self.document.names.iter().enumerate();
        names
            .map(|(index, name)| {
                let Span(start, end) = self.span(name.span);
                let text = self.text(name.span);
                let actor = self.identities.names.get(index).and_then(|actor| actor.id.clone());
                shape::Name { id: id('n', index), start, end, text, kind: name.kind.as_str().into(), actor }
            })
            .collect()
    }

    fn chains(&self) -> Vec<shape::Chain> {
        let chains = self.document.chains.iter().enumerate();
        chains
            .map(|(index, chain)| shape::Chain {
                id: id('r', index),
                mentions: chain.mentions.iter().map(|&mention| self.span(mention)).collect(),
                actor: self.identities.chains.get(index).and_then(|actor| actor.id.clone()),
            })
            .collect()
    }

    fn times(&self) -> Vec<shape::Time> {
        let times = self.document.times.iter().enumerate();
        times
            .map(|(index, time)| {
                let Span(start, end) = self.span(time.span);
                shape::Time {
                    id: time_id(index),
                    start,
                    end,
                    text: self.text(time.span),
                    kind: time.kind.as_str().into(),
                    value: time.value.clone(),
                    from: time.from.map(|day| day.to_string()),
                    to: time.to.map(|day| day.to_string()),
                    derived: time.basis.as_str().into(),
                }
            })
            .collect()
    }

    fn places(&self) -> Vec<shape::Place> {
        let places = self.document.places.iter().enumerate();
        places
            .map(|(index, place)| {
                let Span(start, end) = self.span(place.span);
                shape::Place {
                    id: place_id(index),
                    start,
                    end,
                    text: self.text(place.span),
                    name: place.name.clone(),
                    lat: place.coordinates.map(|(lat, _)| lat),
                    lon: place.coordinates.map(|(_, lon)| lon),
                    country: place.country.clone(),
                    admin1: place.admin1.clone(),
                    feature: place.feature.clone(),
                    precision: place.precision.as_str().into(),
                }
            })
            .collect()
    }

    fn quantities(&self) -> Vec<shape::Quantity> {
        let quantities = self.document.quantities.iter().enumerate();
        quantities
            .map(|(index, quantity)| {
                let Span(start, end) = self.span(quantity.span);
                shape::Quantity {
                    id: quantity_id(index),
                    start,
                    end,
                    text: self.text(quantity.span),
                    low: quantity.low,
                    best: quantity.best,
                    high: quantity.high,
                    approximate: quantity.approximate,
                    unit: quantity.unit.clone(),
                    counts: quantity.counts.map(|counts| self.words(&[TokenSpan::single(counts)])),
                    subset_of: quantity.subset_of.map(quantity_id),
                }
            })
            .collect()
    }

    fn statements(&self) -> Vec<shape::Statement> {
        let statements = self.document.statements.iter().enumerate();
        statements
            .map(|(index, statement)| {
                let words = self.words(&statement.speakers);
                let speakers = self.identities.speakers.get(index);
                let actor = speakers.and_then(|speakers| speakers.first()).cloned().unwrap_or_default();
                shape::Statement {
                    id: statement_id(index),
                    speaker: Speaker {
                        spans: words.spans,
                        text: words.text,
                        actor: actor.id,
                        name: actor.name,
                        country: actor.country,
                        sectors: actor.sectors,
                        basis: None,
                        stake: None,
                    },
                    cue: self.words(&statement.cue),
                    content: self.words(&statement.content),
                    addressee: statement.addressee.map(|addressee| self.words(&[addressee])),
                    manner: statement.manner.as_str().into(),
                    quoted: statement.quoted,
                    within: statement.within.map(statement_id),
                }
            })
            .collect()
    }

    fn claim(&self, claim: &Claim, id: &str, ids: &[String]) -> shape::Claim {
        let document = self.document;
        let inside = claim.trigger.index() < document.tokens.len();
        shape::Claim {
            id: id.to_owned(),
            kind: match claim.kind {
                ClaimKind::Event => "event".into(),
                ClaimKind::State => "state".into(),
            },
            category: claim.category.clone(),
            modes: claim.modes.clone(),
            contexts: claim.contexts.clone(),
            cameo: claim.cameo.clone(),
            sentence: inside.then(|| sentence_id(document.sentence_of(claim.trigger).id.index())),
            predicate: self.words(&claim_ids::predicate(claim)),
            lemma: if inside { document.token(claim.trigger).lemma().to_owned() } else { String::new() },
            tag: if inside { document.token(claim.trigger).upos().as_str().to_owned() } else { String::new() },
            actors: claim.actors.iter().map(|participant| self.participant(participant)).collect(),
            recipients: claim.recipients.iter().map(|participant| self.participant(participant)).collect(),
            direction: claim.direction.map(|direction| match direction {
                Direction::OneSided => "one-sided".into(),
                Direction::TwoSided => "two-sided".into(),
                Direction::Unclear => "unclear".into(),
            }),
            target: claim.target.map(|target| match target {
                Target::Civilian => "civilian".into(),
                Target::Combatant => "combatant".into(),
                Target::Mixed => "mixed".into(),
                Target::Unknown => "unknown".into(),
            }),
            object: claim.object.map(|object| self.words(&[object])),
            granularity: shape::Granularity {
                kind: match claim.granularity.kind {
                    GranularityKind::Single => "single".into(),
                    GranularityKind::Campaign => "campaign".into(),
                    GranularityKind::Aggregate => "aggregate".into(),
                    GranularityKind::Habitual => "habitual".into(),
                },
                events: claim.granularity.events.map(quantity_id),
                period: claim.granularity.period.map(time_id),
            },
            when: claim.when.as_ref().map(|when| self.when(when)),
            places: claim
                .places
                .iter()
                .map(|place| PlaceRole {
                    place: place_id(place.place),
                    name: document.places.get(place.place).map(|found| found.name.clone()).unwrap_or_default(),
                    role: place.role.into(),
                    inferred: place.inferred,
                })
                .collect(),
            quantities: claim
                .quantities
                .iter()
                .map(|figure| QuantityRole { quantity: quantity_id(figure.quantity), role: figure.role.clone() })
                .collect(),
            status: claim.status.as_str().into(),
            factuality: claim.factuality,
            background: claim.background,
            according_to: claim.according_to.iter().copied().map(statement_id).collect(),
            content: claim.content.iter().filter_map(|&index| ids.get(index).cloned()).collect(),
            nested: claim.nested,
            strength: claim.strength.map(|strength| match strength {
                Strength::Firm => "firm".into(),
                Strength::Effort => "effort".into(),
                Strength::Intention => "intention".into(),
            }),
            relations: claim
                .relations
                .iter()
                .filter_map(|relation| {
                    ids.get(relation.claim)
                        .map(|other| Relationship { kind: relation.kind.into(), claim: other.clone() })
                })
                .collect(),
            facets: claim
                .facets
                .iter()
                .map(|facet| Facet { facet: facet.facet.into(), field: facet.field.into(), value: facet.value.clone() })
                .collect(),
            evidence: claim
                .evidence
                .iter()
                .map(|evidence| Evidence {
                    field: evidence.field.into(),
                    spans: evidence.spans.iter().map(|&span: &TextSpan| self.points.span(span)).collect(),
                    rule: evidence.rule.clone(),
                })
                .collect(),
            rule: claim.rule.clone(),
            confidence: claim.confidence,
        }
    }

    fn participant(&self, participant: &document::Participant) -> Participant {
        let Words { spans, text } = self.words(&[participant.span]);
        let actor = &participant.actor;
        Participant {
            spans,
            text,
            head: self.words(&[TokenSpan::single(participant.head)]),
            actor: actor.id.clone(),
            name: actor.name.clone(),
            country: actor.country.clone(),
            sectors: actor.sectors.clone(),
            role: actor.role.clone(),
            part: participant.part.map(Into::into),
            inferred: participant.inferred,
            antecedent: actor.antecedent.map(|span| self.words(&[span])),
        }
    }

    fn when(&self, when: &document::When) -> When {
        When {
            time: when.time.map(time_id),
            text: when.time.and_then(|time| self.document.times.get(time)).map(|time| self.text(time.span)),
            from: when.from.map(|day| day.to_string()),
            to: when.to.map(|day| day.to_string()),
            throughout: when.throughout,
            bound: when.bound.map(Into::into),
            precision: when.precision.into(),
            derived: when.derived.into(),
        }
    }
}
