//! Heads of punctuation marks. By the guidelines of Universal Dependencies they follow from the tree of the words, so
//! that they are not left to the network: a mark hangs as high as it can without crossing an arc, on the unit that it
//! sets off, and a pair of brackets or quotation marks on the head of what it encloses.

use std::ops::Range;

/// Brackets that open and close.
const BRACKETS: [(&str, &str); 8] =
    [("(", ")"), ("[", "]"), ("{", "}"), ("<", ">"), ("“", "”"), ("‘", "’"), ("«", "»"), ("``", "''")];

/// Quotation marks that open and close alike.
const ALIKE: [&str; 2] = ["\"", "'"];

/// Hangs the marks of one sentence anew. `heads` are places in the sentence, none for the root; `is_mark` tells which
/// words the network takes for punctuation: those on which something hangs stay as they are.
pub(crate) fn attach<'a>(form: impl Fn(usize) -> &'a str, is_mark: &[bool], heads: &mut [Option<usize>]) {
    let mut marks = is_mark.to_vec();
    for head in heads.iter().flatten() {
        marks[*head] = false;
    }
    let pair = pairs(&form, &marks);
    let tree = Tree { marks: &marks, heads: &*heads };
    let found: Vec<(usize, usize)> = (0..marks.len())
        .filter(|place| marks[*place])
        .filter_map(|mark| Some((mark, tree.enclosed(mark, &pair).or_else(|| tree.beside(mark, &pair, &form))?)))
        .collect();
    for (mark, head) in found {
        heads[mark] = Some(head);
    }
}

/// The other mark of each that belongs to a pair.
fn pairs<'a>(form: impl Fn(usize) -> &'a str, marks: &[bool]) -> Vec<Option<usize>> {
    let mut pair = vec![None; marks.len()];
    let mut opened: Vec<(usize, &str)> = Vec::new();
    let mut quotes = [None; ALIKE.len()];
    for place in (0..marks.len()).filter(|place| marks[*place]) {
        let form = form(place);
        let other = if let Some((_, close)) = BRACKETS.iter().find(|(open, _)| *open == form) {
            opened.push((place, close));
            None
        } else if let Some(quote) = ALIKE.iter().position(|quote| *quote == form) {
            let other = quotes[quote].take();
            quotes[quote] = if other.is_none() { Some(place) } else { None };
            other
        } else {
            let index = opened.iter().rposition(|(_, close)| *close == form);
            index.and_then(|index| opened.drain(index..).next()).map(|(other, _)| other)
        };
        if let Some(other) = other {
            pair[place] = Some(other);
            pair[other] = Some(place);
        }
    }
    pair
}

/// The words of a sentence, with the marks that are to be hung.
struct Tree<'a> {
    marks: &'a [bool],
    heads: &'a [Option<usize>],
}

impl Tree<'_> {
    /// Steps from a word up to the root.
    fn depth(&self, word: usize) -> usize {
        std::iter::successors(self.heads[word], |head| self.heads[*head]).count()
    }

    /// The highest word between a mark and the other of its pair.
    fn enclosed(&self, mark: usize, pair: &[Option<usize>]) -> Option<usize> {
        let other = pair[mark]?;
        let within = mark.min(other) + 1..mark.max(other);
        let is_top = |word: &usize| !self.marks[*word] && !self.heads[*word].is_some_and(|head| within.contains(&head));
        within.clone().filter(is_top).min_by_key(|word| self.depth(*word))
    }

    /// The unit beside a mark that it sets off. A mark does not look out of the pair around it.
    fn beside<'a>(&self, mark: usize, pair: &[Option<usize>], form: impl Fn(usize) -> &'a str) -> Option<usize> {
        let around = (0..mark).filter_map(|start| Some(start + 1..pair[start].filter(|end| *end > mark)?));
        let around = around.min_by_key(Range::len).unwrap_or(0..self.marks.len());
        let is_word = |place: &usize| !self.marks[*place];
        let left = (around.start..mark).rev().find(is_word);
        // What stands in square brackets behind a sentence is a note; the stop belongs to the sentence.
        let has_note = mark + 1 < self.marks.len() && form(mark + 1) == "[" && matches!(form(mark), "." | "!" | "?");
        let right = (mark + 1..around.end).find(is_word).filter(|_| left.is_none() || !has_note);
        let (before, after) = (around.start..mark, mark + 1..around.end);
        let top = |word: usize, side: &Range<usize>| self.path(word, side).last().unwrap_or(word);
        match (left, right) {
            (Some(left), Some(right)) => {
                let (one, other) = (top(left, &before), top(right, &after));
                let hangs = |unit: usize, word: usize, side: &Range<usize>| {
                    self.heads[unit].is_some_and(|head| self.path(word, side).any(|above| above == head))
                };
                let takes_left =
                    hangs(one, right, &after) || !hangs(other, left, &before) && self.depth(one) > self.depth(other);
                Some(if takes_left { one } else { other })
            }
            (Some(word), None) => Some(top(word, &before)),
            (None, Some(word)) => Some(top(word, &after)),
            (None, None) => None,
        }
    }

    /// A word and those above it, as long as they stand on its side of the mark.
    fn path(&self, word: usize, side: &Range<usize>) -> impl Iterator<Item = usize> {
        std::iter::successors(Some(word), move |word| self.heads[*word].filter(|head| side.contains(head)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Words with their heads' places, marks with those expected: "He:1 left:- .:1".
    fn check(sentence: &str) {
        let words: Vec<(&str, &str)> = sentence.split(' ').filter_map(|word| word.rsplit_once(':')).collect();
        let expected: Vec<Option<usize>> = words.iter().map(|(_, head)| head.parse().ok()).collect();
        let is_mark: Vec<bool> = words.iter().map(|(form, _)| !form.chars().any(char::is_alphanumeric)).collect();
        let root = expected.iter().position(Option::is_none);
        let mut heads: Vec<Option<usize>> =
            expected.iter().zip(&is_mark).map(|(head, is_mark)| if *is_mark { root } else { *head }).collect();
        attach(|place| words[place].0, &is_mark, &mut heads);
        assert_eq!(heads, expected, "{sentence}");
    }

    #[test]
    fn marks_hang_on_what_they_set_off() {
        for sentence in [
            "He:1 left:- .:1",
            "If:2 rebels:2 come:5 ,:2 they:5 flee:- .:5",
            "Mali:4 ,:2 Niger:0 and:3 Chad:- .:4",
            "Troops:1 fled:- ,:4 he:4 said:1 .:1",
            "He:1 said:- ,:5 \":5 They:5 fled:1 .:5 \":5",
            "The:1 army:7 (:4 the:4 force:1 ):4 has:7 won:- .:7",
            "He:1 died:- .:1 [:4 cite4:1 ]:4",
        ] {
            check(sentence);
        }
    }

    #[test]
    fn marks_alone_stay() {
        let mut heads = [None, Some(0), Some(0)];
        attach(|place| ["(", ")", "!"][place], &[true; 3], &mut heads);
        assert_eq!(heads[0], None);
    }
}
