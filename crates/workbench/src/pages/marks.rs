//! A report's text cut into pieces, at every border of something marked in it, so that marks may overlap as they like:
//! each piece carries the marks that lie on it.
//!
//! Marks are what the record holds: names, places, times, quantities, speakers and cues, the contents of statements by
//! depth, and the words of claims by the role that they play there.

use record::{Claim, Record, Span};
use std::collections::{BTreeMap, BTreeSet};

/// What stands somewhere in the text.
#[derive(Clone, PartialEq, Eq, Debug)]
struct Mark {
    span: Span,
    /// What kind of thing it is, as a class of the style sheet; empty for a role of a claim.
    class: &'static str,
    /// The note that says what was made of it, or "NUMBER:role" of a claim.
    id: String,
}

/// Some of the text under the same marks.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Classes, set off by blanks.
    pub(super) classes: String,
    /// Ids of notes.
    pub(super) notes: String,
    /// Roles in claims: "3:actor 4:recipient".
    pub(super) roles: String,
    /// The role in the claim that is lit from the start.
    pub(super) lit: String,
    /// Whether the lit role begins here.
    pub(super) begins: bool,
    /// Claims whose predicates begin here.
    pub(super) anchors: Vec<String>,
}

impl Piece {
    /// Whether nothing is marked here.
    pub(super) fn plain(&self) -> bool {
        self.classes.is_empty() && self.notes.is_empty() && self.roles.is_empty() && self.anchors.is_empty()
    }
}

/// A paragraph.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Paragraph {
    /// Where its first piece begins in the text, in code points.
    pub(super) start: usize,
    pub(super) headline: bool,
    pub(super) pieces: Vec<Piece>,
}

/// Claims as the page numbers them: the id, and each role with its spans.
pub(super) struct Numbered {
    pub(super) id: String,
    pub(super) predicate: Span,
    pub(super) roles: Vec<(String, Vec<Span>)>,
}

/// The roles that words play in a claim.
pub(super) fn roles(claim: &Claim, record: &Record) -> Vec<(String, Vec<Span>)> {
    let spans_of = |parties: &[record::Participant]| -> Vec<Span> {
        parties.iter().flat_map(|party| party.spans.iter().copied()).collect()
    };
    let times =
        claim.when.iter().filter_map(|when| record.times.iter().find(|time| Some(&time.id) == when.time.as_ref()));
    let places = claim.places.iter().filter_map(|role| record.places.iter().find(|place| place.id == role.place));
    let figures =
        claim.quantities.iter().filter_map(|role| record.quantities.iter().find(|figure| figure.id == role.quantity));
    let statements =
        || claim.according_to.iter().filter_map(|id| record.statements.iter().find(|other| other.id == *id));
    let mut roles = vec![
        ("told".to_owned(), claim.predicate.spans.clone()),
        ("actor".to_owned(), spans_of(&claim.actors)),
        ("recipient".to_owned(), spans_of(&claim.recipients)),
        ("object".to_owned(), claim.object.iter().flat_map(|object| object.spans.iter().copied()).collect()),
        ("when".to_owned(), times.map(|time| Span(time.start, time.end)).collect()),
        ("where".to_owned(), places.map(|place| Span(place.start, place.end)).collect()),
        ("figure".to_owned(), figures.map(|figure| Span(figure.start, figure.end)).collect()),
        ("speaker".to_owned(), statements().flat_map(|one| one.speaker.spans.iter().copied()).collect()),
        ("cue".to_owned(), statements().flat_map(|one| one.cue.spans.iter().copied()).collect()),
    ];
    let known: BTreeSet<Span> = roles.iter().flat_map(|(_, spans)| spans.iter().copied()).collect();
    for evidence in &claim.evidence {
        let spans: Vec<Span> = evidence.spans.iter().copied().filter(|span| !known.contains(span)).collect();
        roles.push((evidence.field.to_string(), spans));
    }
    roles.retain(|(_, spans)| !spans.is_empty());
    roles
}

/// How deep the content of a statement lies within those of others.
fn depth(record: &Record, at: usize) -> usize {
    let mut depth = 1;
    let mut within = record.statements[at].within.as_ref();
    // A chain longer than all statements would be a ring.
    while let Some(outer) = within.and_then(|id| record.statements.iter().find(|other| other.id == *id))
        && depth <= record.statements.len()
    {
        depth += 1;
        within = outer.within.as_ref();
    }
    depth
}

fn marks(record: &Record, claims: &[Numbered]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut mark = |span: Span, class, id: &str| {
        if span.0 < span.1 {
            marks.push(Mark { span, class, id: id.to_owned() });
        }
    };
    for (at, statement) in record.statements.iter().enumerate() {
        let class = if depth(record, at) > 1 { "said within" } else { "said" };
        statement.content.spans.iter().for_each(|span| mark(*span, class, &statement.id));
        statement.speaker.spans.iter().for_each(|span| mark(*span, "speaker", &statement.id));
        statement.cue.spans.iter().for_each(|span| mark(*span, "cue", &statement.id));
    }
    record.names.iter().for_each(|name| mark(Span(name.start, name.end), "name", &name.id));
    record.places.iter().for_each(|place| mark(Span(place.start, place.end), "place", &place.id));
    record.times.iter().for_each(|time| mark(Span(time.start, time.end), "time", &time.id));
    record.quantities.iter().for_each(|figure| mark(Span(figure.start, figure.end), "figure", &figure.id));
    for (number, claim) in claims.iter().enumerate() {
        for (role, spans) in &claim.roles {
            let class = if role == "told" { "told" } else { "" };
            spans.iter().for_each(|span| mark(*span, class, &format!("{number}:{role}")));
        }
    }
    marks
}

/// The text in paragraphs, cut at the borders of all marks. `lit` is the number of the claim to light.
pub(super) fn cut(
    text: &str,
    headline: Option<Span>,
    record: &Record,
    claims: &[Numbered],
    lit: Option<usize>,
) -> Vec<Paragraph> {
    // A browser makes one sign of two at the end of a line, and offsets would be wrong.
    let signs: Vec<char> = text.chars().map(|char| if char == '\r' { ' ' } else { char }).collect();
    let marks = marks(record, claims);
    // What begins and ends at each border.
    let mut borders: BTreeMap<usize, (Vec<usize>, Vec<usize>)> = BTreeMap::from([(0, Default::default())]);
    for (at, mark) in marks.iter().enumerate() {
        let (start, end) = (mark.span.0 as usize, (mark.span.1 as usize).min(signs.len()));
        if start < end {
            borders.entry(start).or_default().0.push(at);
            borders.entry(end).or_default().1.push(at);
        }
    }
    let mut anchors: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for claim in claims {
        anchors.entry(claim.predicate.0 as usize).or_default().push(claim.id.clone());
        borders.entry((claim.predicate.0 as usize).min(signs.len())).or_default();
    }
    let ends: Vec<usize> = borders.keys().copied().skip(1).chain([signs.len()]).collect();
    let mut open: BTreeSet<usize> = BTreeSet::new();
    let mut paragraphs = vec![Paragraph::default()];
    let mut shown = String::new();
    for ((start, (begun, ended)), end) in borders.into_iter().zip(ends) {
        ended.iter().for_each(|at| {
            open.remove(at);
        });
        open.extend(begun);
        let here: Vec<&Mark> = open.iter().map(|at| &marks[*at]).collect();
        let mut piece = piece(&here, lit);
        piece.anchors = anchors.remove(&start).unwrap_or_default();
        piece.begins = !piece.lit.is_empty() && piece.lit != shown;
        shown.clone_from(&piece.lit);
        let words: String = signs[start.min(signs.len())..end.max(start).min(signs.len())].iter().collect();
        let mut at = start;
        for (line, words) in words.split('\n').enumerate() {
            if line > 0 {
                at += 1;
                paragraphs.push(Paragraph { start: at, ..Paragraph::default() });
            }
            let from = at;
            at += words.chars().count();
            if let Some(last) = paragraphs.last_mut()
                && !words.is_empty()
            {
                // A piece without marks may go on behind the headline.
                last.headline |= headline.is_some_and(|span| (from as u32) < span.1 && span.0 < at as u32);
                last.pieces.push(Piece { text: words.to_owned(), ..piece.clone() });
                (piece.begins, piece.anchors) = (false, Vec::new());
            }
        }
    }
    paragraphs.retain(|paragraph| paragraph.pieces.iter().any(|piece| !piece.text.trim().is_empty()));
    paragraphs
}

/// A piece under some marks, still without its words.
fn piece(marks: &[&Mark], lit: Option<usize>) -> Piece {
    let mut piece = Piece::default();
    let add = |to: &mut String, word: &str| {
        if !word.is_empty() && !to.split(' ').any(|other| other == word) {
            if !to.is_empty() {
                to.push(' ');
            }
            to.push_str(word);
        }
    };
    for mark in marks {
        mark.class.split(' ').for_each(|class| add(&mut piece.classes, class));
        let role = mark.id.split_once(':');
        add(if role.is_some() { &mut piece.roles } else { &mut piece.notes }, &mark.id.replace(' ', "-"));
        if let Some((number, role)) = role
            && piece.lit.is_empty()
            && lit.is_some_and(|lit| lit.to_string() == number)
        {
            piece.lit = role.to_owned();
        }
    }
    piece
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(id: &str, told: Span, actor: Span) -> Numbered {
        let roles = vec![("told".to_owned(), vec![told]), ("actor".to_owned(), vec![actor])];
        Numbered { id: id.to_owned(), predicate: told, roles }
    }

    const EMPTY: &str = r#"{
        "schema": "chancery/1", "run": {"program": "", "models": "", "codebook": ""},
        "report": {"id": "", "title": null, "title_span": null, "published": null, "outlet": null, "url": null,
            "language": null, "sha256": "", "length": 0, "body_start": 0, "notes": [], "text": null},
        "sentences": [], "names": [], "chains": [], "times": [], "places": [], "quantities": [], "statements": [],
        "claims": []
    }"#;

    fn shown(text: &str, claims: &[Numbered], lit: Option<usize>) -> Vec<String> {
        let record: Record = serde_json::from_str(EMPTY).unwrap();
        let paragraphs = cut(text, None, &record, claims, lit);
        let piece = |piece: &Piece| format!("[{}|{}|{}]", piece.text, piece.roles, piece.lit);
        paragraphs.iter().map(|paragraph| paragraph.pieces.iter().map(piece).collect()).collect()
    }

    #[test]
    fn overlapping_marks_share_pieces() {
        let claims = [numbered("c1", Span(4, 9), Span(0, 6)), numbered("c2", Span(5, 6), Span(20, 90))];
        let expected =
            ["[Tro\u{e9}|0:actor|][p|0:told 0:actor|][s|0:told 0:actor 1:told|told]", "[at|0:told|][tack||]"];
        assert_eq!(shown("Tro\u{e9}ps\nattack", &claims, Some(1)), expected);
    }

    #[test]
    fn paragraphs_know_where_they_begin() {
        let record = serde_json::from_str(EMPTY).unwrap();
        let claims = [numbered("c1", Span(1, 8), Span(0, 1))];
        let paragraphs = cut("\u{e9}b\n\ncd e\r\nf", None, &record, &claims, None);
        let starts: Vec<usize> = paragraphs.iter().map(|paragraph| paragraph.start).collect();
        assert_eq!(starts, [0, 4, 10]);
        assert!(paragraphs[1].pieces.iter().all(|piece| !piece.text.contains('\r')));
    }

    #[test]
    fn the_headline_ends_where_it_ends() {
        let record = serde_json::from_str(EMPTY).unwrap();
        let paragraphs = cut("Truce\n\nIt holds.", Some(Span(0, 5)), &record, &[], None);
        assert_eq!(paragraphs.iter().map(|paragraph| paragraph.headline).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn all_of_the_text_is_there() {
        let claims = [numbered("c1", Span(2, 2), Span(1, 400)), numbered("c2", Span(90, 95), Span(0, 0))];
        let all: String = shown("ab\n\ncd e", &claims, None).concat();
        let words: String = all.split('[').filter_map(|piece| piece.split('|').next()).collect();
        assert_eq!(words, "abcd e");
    }
}
