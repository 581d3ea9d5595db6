//! Ids of claims: from report, category and spans alone, so that the claims of two runs can be matched.

use super::code_points::CodePoints;
use document::{Claim, ClaimKind, Document, TokenSpan};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// One id a claim, in order. `sha256` is that of the stored text.
///
/// The words of the predicate tell nearly all claims of a report apart, and stay when a later rule finds another actor.
/// Only where two claims of a category hang on the same words do the participants' spans enter, and the order last.
pub(super) fn assign(document: &Document, claims: &[Claim], points: &CodePoints<'_>, sha256: &str) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut ids = Vec::with_capacity(claims.len());
    for claim in claims {
        let words = predicate(claim);
        let participants = || claim.actors.iter().chain(&claim.recipients).map(|participant| participant.span);
        let candidates = std::iter::once_with(|| hash(document, claim, &words, points, sha256, 0))
            .chain(std::iter::once_with(|| {
                let all: Vec<TokenSpan> = words.iter().copied().chain(participants()).collect();
                hash(document, claim, &all, points, sha256, 0)
            }))
            .chain((1..).map(|ordinal| hash(document, claim, &words, points, sha256, ordinal)));
        for id in candidates {
            if taken.insert(id.clone()) {
                ids.push(id);
                break;
            }
        }
    }
    ids
}

/// The words that a claim hangs on; its trigger if it has no others.
pub(super) fn predicate(claim: &Claim) -> Vec<TokenSpan> {
    if claim.predicate.is_empty() { vec![TokenSpan::single(claim.trigger)] } else { claim.predicate.clone() }
}

fn hash(
    document: &Document,
    claim: &Claim,
    spans: &[TokenSpan],
    points: &CodePoints<'_>,
    sha256: &str,
    ordinal: u32,
) -> String {
    let kind = match claim.kind {
        ClaimKind::Event => "event",
        ClaimKind::State => "state",
    };
    let mut hasher = Sha256::new();
    for part in [document.report.id.as_str(), sha256, kind, claim.category.as_str()] {
        hasher.update((part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    for &span in spans {
        let span = points.span(document.text_span(span));
        hasher.update(span.0.to_le_bytes());
        hasher.update(span.1.to_le_bytes());
    }
    hasher.update(ordinal.to_le_bytes());
    format!("c{}", &super::convert::hexadecimal(&hasher.finalize())[..12])
}
