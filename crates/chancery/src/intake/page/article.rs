//! The main text of a page, without navigation, comments and teasers.
//!
//! What is known to be beside the article is taken out first: what is marked so, and blocks that are links and little
//! else. Readability finds the article in the rest; alone it takes menus and teasers in where an article is short.

use super::super::dates::read_written;
use super::super::plain_text::is_blank;
use super::{Reason, blocks};
use dom_query::{Document, NodeRef};
use dom_smoothie::{Config, Readability};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Elements that stand beside an article by their name.
const BESIDE: &[&str] = &["aside", "dialog", "footer", "nav"];

/// Blocks that go if they are links and little else.
const LISTS: &[&str] = &[
    "center", "dd", "div", "dl", "dt", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "section", "table", "tbody",
    "td", "tr", "ul",
];

/// Words without which there is no sentence, and so no article.
const SENTENCE: usize = 6;

/// Finds it. `title` is the headline, which is not repeated; `told` is the whole article as the page gives it to
/// machines, which counts where the page for people has little of it.
///
/// # Errors
/// If there is none.
pub(super) fn find(document: Document, title: Option<&str>, told: Option<&str>) -> Result<Article, Reason> {
    let body = document.body().unwrap_or_else(|| document.root());
    let all = letters(&body.text());
    clean(&body, false, all);
    let rest = blocks::write(body);
    let config = Config { disable_json_ld: true, ..Config::default() };
    // It is not ours, and pages may be made to do harm; what it panics on is one page that is not read.
    let article = catch_unwind(AssertUnwindSafe(|| {
        Readability::with_document(document, None, Some(config)).and_then(|mut reader| reader.parse())
    }));
    let mut text = match article {
        Ok(Ok(article)) => blocks::write(super::tree::parse(&article.content)?.root()),
        Ok(Err(_)) => rest,
        Err(_) => return Err(Reason::Fault("the finder of main texts".to_owned())),
    };
    if let Some(told) = told.filter(|told| letters(told) > 2 * letters(&text)) {
        told.clone_into(&mut text);
    }
    let article = beheaded(&text, title);
    if article.text.split("\n\n").any(is_sentence) { Ok(article) } else { Err(Reason::NoArticle) }
}

/// What was found.
pub(super) struct Article {
    pub(super) text: String,
    /// The line between headline and text that is a day, as written.
    pub(super) day: Option<String>,
}

/// Lines before the text that are looked through for headline and day.
const HEAD: usize = 4;

/// Words of a day with its weekday, time and "Published" before it.
const DAY: usize = 8;

/// A text without the headline and the day that some pages have within it.
fn beheaded(text: &str, title: Option<&str>) -> Article {
    let headline = title.map(words);
    let mut day = None;
    let mut kept = String::new();
    for (at, line) in text.lines().enumerate() {
        let is_head = at < HEAD && !line.is_empty();
        if is_head && headline.as_ref() == Some(&words(line)) {
            continue;
        }
        if is_head && day.is_none() && words(line).len() <= DAY && !line.ends_with('.') && read_written(line).is_ok() {
            day = Some(line.to_owned());
            continue;
        }
        kept.push_str(line);
        kept.push('\n');
    }
    Article { text: kept.trim().to_owned(), day }
}

/// Whether there is a sentence in a paragraph; in some scripts there are no blanks between words.
fn is_sentence(paragraph: &str) -> bool {
    !is_blank(paragraph)
        && (words(paragraph).len() >= SENTENCE || paragraph.chars().any(|char| matches!(char, '。' | '။' | '។' | '།')))
}

fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

fn letters(text: &str) -> usize {
    text.chars().filter(|char| char.is_alphanumeric()).count()
}

/// The letters of what is left of an element, and those of them within links.
#[derive(Default, Clone, Copy)]
struct Weight {
    letters: usize,
    linked: usize,
}

/// Takes out what stands below an element and is no part of an article. `all` are the letters of the page: what holds
/// a large part of them is not beside the article, whatever its name. The depth is bounded by that of the tree.
fn clean(element: &NodeRef<'_>, within_link: bool, all: usize) -> Weight {
    let mut weight = Weight::default();
    // The heading over what comes next, if nothing stands between them.
    let mut heading: Option<(NodeRef<'_>, Weight)> = None;
    for child in element.children() {
        if child.is_text() {
            let letters = letters(&child.text());
            weight.letters += letters;
            weight.linked += if within_link { letters } else { 0 };
            continue;
        }
        let name = child.node_name();
        let name = name.as_deref().unwrap_or_default();
        if blocks::is_silent(name) {
            continue;
        }
        let below = clean(&child, within_link || name == "a", all);
        let beside = BESIDE.contains(&name) || blocks::is_hidden(&child) || is_marked(&child) || is_form(&child, below);
        let list = LISTS.contains(&name) && below.linked * 5 > below.letters * 3 && below.letters - below.linked < 100;
        if list || beside && below.letters * 3 < all.max(1) {
            child.remove_from_parent();
            if let Some((heading, counted)) = heading.take() {
                heading.remove_from_parent();
                weight.letters -= counted.letters;
                weight.linked -= counted.linked;
            }
            continue;
        }
        weight.letters += below.letters;
        weight.linked += below.linked;
        if matches!(name, "h2" | "h3" | "h4" | "h5" | "h6") {
            heading = Some((child, below));
        } else if below.letters > 0 {
            heading = None;
        }
    }
    weight
}

/// Whether an element is marked as being beside the article.
fn is_marked(element: &NodeRef<'_>) -> bool {
    let marks = [element.class(), element.id_attr()];
    marks.iter().flatten().any(|mark| {
        let mark = mark.to_ascii_lowercase();
        let mut words =
            mark.split(|char: char| !char.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        while let Some(word) = words.next() {
            let pair = words.peek().map(|next| format!("{word}{next}"));
            let mut listed = include_str!("asides.txt").lines();
            if listed.any(|line| line == word || pair.as_deref() == Some(line)) {
                return true;
            }
        }
        false
    })
}

/// Whether an element is a field to fill in with some words of advertisement.
fn is_form(element: &NodeRef<'_>, below: Weight) -> bool {
    below.letters < 150
        && element.element_children().iter().any(|child| child.has_name("form"))
        && element.find(&["form", "input"]).len() + element.find(&["form", "textarea"]).len() > 0
}
