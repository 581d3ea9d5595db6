//! Claims that are held back as too likely wrong: they leave the coding together with what is nested in them, and what
//! points at them points nowhere.

use super::{Weighed, weighed};
use crate::{Codebook, Coding};
use document::{Claim, Document};

/// A claim that is held back.
#[derive(Debug, Clone, PartialEq)]
pub struct HeldBack {
    /// The claim, without its content and its relations to others.
    pub claim: Claim,
    /// What it shows, the heaviest first.
    pub traits: Vec<Weighed>,
}

impl Coding {
    /// The same without the claims of a lower confidence, which stand under `held_back`. What is nested in a claim stands
    /// or falls with it: it has its status from there, and nobody says it but by that act.
    #[must_use]
    pub fn hold_back(mut self, document: &Document, codebook: &Codebook, min_confidence: f64) -> Self {
        if self.claims.iter().all(|claim| claim.confidence >= min_confidence) {
            return self;
        }
        let goes = goes(&self.claims, min_confidence);
        let traits = weighed(document, codebook, &self.claims);
        let mut place_of = Vec::with_capacity(goes.len());
        let mut kept = 0;
        for goes in &goes {
            place_of.push((!goes).then_some(kept));
            kept += usize::from(!goes);
        }
        for ((mut claim, mut traits), place) in std::mem::take(&mut self.claims).into_iter().zip(traits).zip(&place_of)
        {
            if place.is_some() {
                claim.content = claim.content.iter().filter_map(|&inner| place_of[inner]).collect();
                claim.relations.retain_mut(|relation| {
                    let place = place_of[relation.claim];
                    relation.claim = place.unwrap_or_default();
                    place.is_some()
                });
                self.claims.push(claim);
            } else {
                claim.content.clear();
                claim.relations.clear();
                traits.sort_by(|one, other| other.weight.abs().total_cmp(&one.weight.abs()));
                self.held_back.push(HeldBack { claim, traits });
            }
        }
        self
    }
}

/// Which claims go: those of too low a confidence, and nested ones when all go that they are nested in.
fn goes(claims: &[Claim], min_confidence: f64) -> Vec<bool> {
    let mut outer = vec![Vec::new(); claims.len()];
    for (index, claim) in claims.iter().enumerate() {
        for &inner in claim.content.iter().filter(|inner| **inner != index) {
            outer[inner].push(index);
        }
    }
    let mut goes: Vec<bool> =
        claims.iter().zip(&outer).map(|(claim, outer)| outer.is_empty() && claim.confidence < min_confidence).collect();
    // What is nested in what is nested: as often as the nesting is deep.
    loop {
        let falls =
            |index: &usize| !goes[*index] && !outer[*index].is_empty() && outer[*index].iter().all(|&at| goes[at]);
        let falling: Vec<usize> = (0..goes.len()).filter(falls).collect();
        if falling.is_empty() {
            return goes;
        }
        falling.into_iter().for_each(|index| goes[index] = true);
    }
}
