//! Markup as a tree, within limits that no honest page comes near: building and walking a tree takes time with the
//! square of its depth, and a page can be made that is nothing but depth.

use super::Reason;
use dom_query::Document;
use html5ever::tendril::TendrilSink;
use html5ever::tree_builder::TreeBuilderOpts;
use html5ever::{ParseOpts, parse_document};

/// Elements within elements. Browsers stop at 512; pages have some 30, and those with tables in tables 100.
const DEPTH: usize = 256;

/// Elements and texts together. A long page with a thousand comments has a tenth of them.
const NODES: usize = 200_000;

/// Attributes of one element; each new one is compared with all before it.
const ATTRIBUTES: usize = 2_000;

/// Bytes that are read before the limits are looked at again. They add some thousand levels at most.
const STEP: usize = 16 * 1024;

/// Reads a page.
///
/// # Errors
/// If the page is beyond a limit.
pub(super) fn parse(html: &str) -> Result<Document, Reason> {
    if most_attributes(html) > ATTRIBUTES {
        return Err(Reason::TooManyElements(ATTRIBUTES));
    }
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..TreeBuilderOpts::default() };
    let mut parser = parse_document(Document::default(), ParseOpts { tree_builder, ..ParseOpts::default() });
    let mut rest = html;
    while !rest.is_empty() {
        let (step, after) = rest.split_at(rest.floor_char_boundary(STEP).max(rest.ceil_char_boundary(1)));
        rest = after;
        parser.process(step.into());
        let document = &parser.tokenizer.sink.sink;
        if document.tree.len() > NODES {
            return Err(Reason::TooManyElements(NODES));
        }
        if depth(document) > DEPTH {
            return Err(Reason::TooDeep(DEPTH));
        }
        document.errors.borrow_mut().clear();
    }
    Ok(parser.finish())
}

fn depth(document: &Document) -> usize {
    let (mut depth, mut deepest) = (0, 0);
    let mut node = document.root();
    loop {
        if let Some(child) = node.first_child() {
            depth += 1;
            deepest = deepest.max(depth);
            node = child;
            continue;
        }
        while node.next_sibling().is_none() {
            match node.parent() {
                Some(parent) => node = parent,
                None => return deepest,
            }
            depth -= 1;
        }
        match node.next_sibling() {
            Some(next) => node = next,
            None => return deepest,
        }
    }
}

/// The most attributes of one tag, or what look like them, outside scripts.
fn most_attributes(html: &str) -> usize {
    let bytes = html.as_bytes();
    let (mut most, mut at) = (0, 0);
    while let Some(start) = bytes[at..].iter().position(|&byte| byte == b'<') {
        at += start + 1;
        if !bytes.get(at).is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        let raw = ["script", "style"].into_iter().find(|name| {
            bytes.get(at..at + name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
        });
        let (mut count, mut quote, mut before) = (0, None, b' ');
        while let Some(&byte) = bytes.get(at) {
            match quote {
                Some(open) if open == byte => quote = None,
                Some(_) => {}
                None if byte == b'>' => break,
                None if matches!(byte, b'"' | b'\'') && before == b'=' => quote = Some(byte),
                None if matches!(before, b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'"' | b'\'') => count += 1,
                None => {}
            }
            before = byte;
            at += 1;
        }
        most = most.max(count);
        if let Some(raw) = raw {
            // A script goes on to its end tag, whatever stands in it.
            let end = bytes[at..]
                .windows(raw.len() + 2)
                .position(|window| window.starts_with(b"</") && window[2..].eq_ignore_ascii_case(raw.as_bytes()));
            at += end.unwrap_or(bytes.len() - at);
        }
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_beyond_the_limits_are_refused() {
        check("<p>one<p>two<table><tr><td>three", "ok");
        check(&"<div>".repeat(100_000), "deep");
        check(&"<b>".repeat(100_000), "deep");
        check(&"<table><tr><td>".repeat(100_000), "deep");
        check(&"<div><table><td></div>".repeat(50_000), "deep");
        check(&(0..20_000).map(|n| format!("<p>a<b id={n}>")).collect::<String>(), "many");
        check(&"<svg><g>".repeat(50_000), "deep");
        check(&"<p>a<br>".repeat(100_000), "many");
        check(&format!("<a {}>", (0..100_000).map(|n| format!("a{n} ")).collect::<String>()), "many");
        check(&"<a href='<a'".repeat(10), "ok");
        check(&format!("<script>if (a<b {})</script><p>x", "c ".repeat(10_000)), "ok");
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let found = match parse(html) {
            Ok(_) => "ok",
            Err(Reason::TooDeep(_)) => "deep",
            Err(Reason::TooManyElements(_)) => "many",
            Err(_) => "other",
        };
        assert_eq!(found, expected, "{}", &html[..html.len().min(40)]);
    }
}
