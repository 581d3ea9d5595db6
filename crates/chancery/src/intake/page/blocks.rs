//! Elements as text: blocks become paragraphs with a blank line between them, runs of blanks one blank.

use dom_query::NodeRef;

/// Elements that begin and end a paragraph.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "caption",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "main",
    "menu",
    "nav",
    "ol",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text is none of the page's: what runs, what is filled in, what stands for something unseen, and
/// captions, which tell of pictures that nobody sees here.
const SILENT: &[&str] = &[
    "audio",
    "button",
    "canvas",
    "datalist",
    "embed",
    "figcaption",
    "head",
    "iframe",
    "input",
    "math",
    "noscript",
    "object",
    "option",
    "script",
    "select",
    "style",
    "svg",
    "template",
    "textarea",
    "title",
    "video",
];

/// Whether an element of this name has no text of its own.
pub(super) fn is_silent(name: &str) -> bool {
    SILENT.contains(&name)
}

/// The text below an element.
pub(super) fn write(root: NodeRef<'_>) -> String {
    let mut text = Text::default();
    let mut node = root;
    loop {
        let name = node.node_name();
        let name = name.as_deref().unwrap_or_default();
        let silent = is_silent(name) || is_hidden(&node);
        if node.is_text() {
            text.add(&node.text());
        } else if BLOCKS.contains(&name) {
            text.end_paragraph();
        } else if name == "br" {
            text.end_line();
        }
        if !silent && let Some(child) = node.first_child() {
            node = child;
            continue;
        }
        // Back up to where there is a next one; whatever is left ends there.
        loop {
            if node.node_name().is_some_and(|name| BLOCKS.contains(&&*name)) {
                text.end_paragraph();
            }
            if node.id == root.id {
                return text.written;
            }
            if let Some(next) = node.next_sibling() {
                node = next;
                break;
            }
            match node.parent() {
                Some(parent) => node = parent,
                None => return text.written,
            }
        }
    }
}

/// Whether a reader of the page does not see it, by the marks that stand at the element itself.
pub(super) fn is_hidden(node: &NodeRef<'_>) -> bool {
    node.is_element()
        && (node.has_attr("hidden")
            || node.attr("aria-hidden").is_some_and(|hidden| &*hidden == "true")
            || node
                .attr("style")
                .is_some_and(|style| style.replace(' ', "").to_ascii_lowercase().contains("display:none")))
}

/// Text as it is written, with what is due before the next word.
#[derive(Default)]
struct Text {
    written: String,
    due: Due,
}

#[derive(Default, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Due {
    #[default]
    Nothing,
    Blank,
    Line,
    Paragraph,
}

impl Text {
    fn add(&mut self, text: &str) {
        // Soft hyphens and joiners of no width stand within words and mean nothing there.
        let kept = |char: &char| !matches!(char, '\u{AD}' | '\u{200B}' | '\u{FEFF}' | '\u{2060}');
        for char in text.chars().filter(kept) {
            if char.is_whitespace() || char.is_control() {
                self.due = self.due.max(Due::Blank);
                continue;
            }
            if !self.written.is_empty() {
                self.written.push_str(match self.due {
                    Due::Nothing => "",
                    Due::Blank => " ",
                    Due::Line => "\n",
                    Due::Paragraph => "\n\n",
                });
            }
            self.due = Due::Nothing;
            self.written.push(char);
        }
    }

    fn end_line(&mut self) {
        self.due = if self.due >= Due::Line { Due::Paragraph } else { Due::Line };
    }

    fn end_paragraph(&mut self) {
        self.due = Due::Paragraph;
    }
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn blocks_become_paragraphs() {
        check("one <b>two</b>\n three", "one two three");
        check("<p>one<p>two<ul><li>three<li>four</ul>", "one\n\ntwo\n\nthree\n\nfour");
        check("one<br>two<br><br>three", "one\ntwo\n\nthree");
        check("<table><tr><td>one<td>two<tr><td>three", "one\n\ntwo\n\nthree");
        check("cease&shy;fire&nbsp;now &amp; then", "ceasefire now & then");
        check("<p>one<script>x()</script><p style='display: none'>two<p hidden>three<p>four", "one\n\nfour");
        check("", "");
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        assert_eq!(write(tree::parse(html).unwrap().root()), expected);
    }
}
