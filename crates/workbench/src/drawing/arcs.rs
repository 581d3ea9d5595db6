//! The tree of a sentence: its words in a row, and above them an arc from each head to its dependent with the relation.

use super::escaped;
use std::fmt::Write;

/// A word in its tree.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Leaf {
    pub(crate) form: String,
    pub(crate) tag: String,
    pub(crate) relation: String,
    /// The place of its head in the row; none for the root.
    pub(crate) head: Option<usize>,
}

/// Widths and heights, in units of the picture.
const LETTER: usize = 8;
const GAP: usize = 22;
const STEP: usize = 22;
const BELOW: usize = 44;

/// How high each arc runs: above all that lie within it.
fn levels(leaves: &[Leaf]) -> Vec<usize> {
    let span = |at: usize| leaves[at].head.map(|head| (at.min(head), at.max(head)));
    let mut order: Vec<usize> = (0..leaves.len()).filter(|at| span(*at).is_some()).collect();
    order.sort_by_key(|at| span(*at).map(|(left, right)| right - left));
    let mut levels = vec![0; leaves.len()];
    for (number, &at) in order.iter().enumerate() {
        let Some((left, right)) = span(at) else { continue };
        let below = order.iter().take(number).filter(|other| {
            span(**other).is_some_and(|(other_left, other_right)| left <= other_left && other_right <= right)
        });
        levels[at] = below.map(|other| levels[*other]).max().unwrap_or(0) + 1;
    }
    levels
}

/// The picture.
pub(crate) fn arcs(leaves: &[Leaf]) -> String {
    let levels = levels(leaves);
    let top = (levels.iter().max().copied().unwrap_or(0) + 1) * STEP + 12;
    let mut centres = Vec::new();
    let mut x = GAP / 2;
    for leaf in leaves {
        let letters = [&leaf.form, &leaf.tag].map(|text| text.chars().count()).into_iter().max().unwrap_or(1);
        // A relation needs room between the words that it joins.
        let width = (letters * LETTER).max(leaf.relation.chars().count() * 6) + GAP;
        centres.push(x + width / 2);
        x += width;
    }
    let height = top + BELOW;
    let mut out = String::new();
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"picture tree\" width=\"{x}\" height=\"{height}\" \
         viewBox=\"0 0 {x} {height}\" role=\"img\" aria-label=\"The tree of the sentence; the table has the same\" \
         font-family=\"system-ui, DejaVu Sans, sans-serif\">"
    );
    for (at, leaf) in leaves.iter().enumerate() {
        let (to, relation) = (centres[at], escaped(&leaf.relation));
        match leaf.head.and_then(|head| centres.get(head).map(|from| (head, *from))) {
            Some((head, from)) => {
                let y = top - levels[at] * STEP;
                // Arcs of one head leave it apart from each other.
                let from = if head < at { from + 5 } else { from - 5 };
                let end = if head < at { to - 3 } else { to + 3 };
                let _ = write!(
                    out,
                    "<path class=\"arc\" d=\"M{from} {top} C{from} {y} {from} {y} {} {y} S{end} {y} {end} {}\" fill=\"none\" \
                     stroke=\"#66615a\"/><path class=\"tip\" d=\"M{end} {top} l-3.5 -7 h7 z\" fill=\"#66615a\"/>\
                     <text class=\"relation\" x=\"{}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">{relation}</text>",
                    usize::midpoint(from, end),
                    top - 4,
                    usize::midpoint(from, end),
                    y - 3,
                );
            }
            None => {
                let _ = write!(
                    out,
                    "<path class=\"arc\" d=\"M{to} 14 V{}\" stroke=\"#66615a\"/><path class=\"tip\" d=\"M{to} {top} l-3.5 -7 h7 z\" \
                     fill=\"#66615a\"/><text class=\"relation\" x=\"{to}\" y=\"11\" font-size=\"11\" text-anchor=\"middle\">{relation}</text>",
                    top - 4,
                );
            }
        }
        let _ = write!(
            out,
            "<text class=\"word\" x=\"{to}\" y=\"{}\" font-size=\"14\" text-anchor=\"middle\">{}</text>\
             <text class=\"tag\" x=\"{to}\" y=\"{}\" font-size=\"11\" text-anchor=\"middle\">{}</text>",
            top + 17,
            escaped(&leaf.form),
            top + 34,
            escaped(&leaf.tag),
        );
    }
    out.push_str("</svg>");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn leaf(form: &str, head: Option<usize>) -> Leaf {
        Leaf { form: form.to_owned(), tag: "X".to_owned(), relation: "dep".to_owned(), head }
    }

    #[test]
    fn longer_arcs_run_above_shorter_ones() {
        let leaves =
            [leaf("a", Some(1)), leaf("b", Some(4)), leaf("c", Some(1)), leaf("d", Some(2)), leaf("<e>", None)];
        assert_eq!(levels(&leaves), [1, 2, 1, 1, 0]);
        let picture = arcs(&leaves);
        assert!(picture.contains("&lt;e&gt;") && !picture.contains("<e>"));
        assert_eq!(picture.matches("class=\"arc\"").count(), 5);
        assert!(arcs(&[]).starts_with("<svg"));
    }
}
