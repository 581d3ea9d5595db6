//! What an input is: by its content first, by its name where the content leaves it open.

use super::{charset, gzip, keys::Field, table};

/// What an input is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Gzip,
    Warc,
    Feed,
    Page,
    /// One value over several lines, or a list of values.
    Json,
    JsonLines,
    /// With what stands between its cells.
    Table(u8),
    Text,
    /// Nothing that is read; what it seems to be.
    Foreign(&'static str),
}

/// As much of an input as its kind is told by.
pub(super) const START: usize = 8192;

/// Elements with which a page may begin whose writer left out the rest.
const PAGE_ELEMENTS: &[&str] = &[
    "html", "head", "body", "title", "meta", "link", "base", "script", "style", "div", "p", "article", "main",
    "section", "header", "nav", "table", "center", "font", "span", "h1", "h2", "h3", "a", "b", "br", "img", "ul",
];

/// Tells the kind by the first bytes, at most [`START`] of them, and by the ending of the name, in small letters.
pub(super) fn kind(start: &[u8], ending: &str) -> Kind {
    if start.starts_with(gzip::MAGIC) {
        return Kind::Gzip;
    }
    let encoding = charset::utf16(start);
    if encoding.is_none()
        && let Some(what) = charset::binary(start)
    {
        return Kind::Foreign(what);
    }
    let text = encoding.unwrap_or(encoding_rs::UTF_8).decode(start).0;
    let text = text.trim_start_matches(|char: char| char == '\u{FEFF}' || char.is_whitespace());
    if text.starts_with("WARC/") {
        return Kind::Warc;
    }
    if let Some(element) = first_element(text) {
        // The prefix that a namespace may bring along says nothing.
        let local = element.rsplit(':').next().unwrap_or_default();
        match local {
            "rss" | "feed" | "rdf" => return Kind::Feed,
            "" => {}
            _ if PAGE_ELEMENTS.contains(&local) => return Kind::Page,
            _ if text.starts_with("<?xml") && !ending.contains("htm") => return Kind::Foreign("XML of another kind"),
            _ => {}
        }
    }
    let line = text.lines().next().unwrap_or_default();
    if let Some(json) = json(text, line, ending) {
        return json;
    }
    match ending {
        "jsonl" | "ndjson" => Kind::JsonLines,
        "json" => Kind::Json,
        "html" | "htm" | "xhtml" | "shtml" => Kind::Page,
        "csv" | "tsv" | "tab" => Kind::Table(table::separator(line, if ending == "csv" { b',' } else { b'\t' })),
        "css" | "js" => Kind::Foreign("program code"),
        _ if is_table(line) => Kind::Table(table::separator(line, b',')),
        _ => Kind::Text,
    }
}

/// The name of the first element, in small letters, behind declaration, comments and document type. Of a document type
/// its own name, as it is that of the element.
fn first_element(text: &str) -> Option<String> {
    let mut rest = text;
    loop {
        rest = rest.trim_start().strip_prefix('<')?;
        let end = match rest {
            _ if rest.starts_with('?') => "?>",
            _ if rest.starts_with("!--") => "-->",
            _ => break,
        };
        rest = rest.split_once(end)?.1;
    }
    let doctype = rest.get(..8).filter(|word| word.eq_ignore_ascii_case("!doctype"));
    let name = if doctype.is_some() { rest[8..].trim_start() } else { rest };
    let end = name
        .find(|char: char| !(char.is_ascii_alphanumeric() || matches!(char, ':' | '-' | '_')))
        .unwrap_or(name.len());
    (end > 0).then(|| name[..end].to_ascii_lowercase())
}

/// JSON by its first signs. Prose that begins with a brace has no quotation mark behind it.
fn json(text: &str, line: &str, ending: &str) -> Option<Kind> {
    let mut visible = text.chars().filter(|char| !char.is_whitespace());
    match (visible.next()?, visible.next()) {
        ('{', Some('"' | '}') | None) => {
            // An object that goes on over several lines is no line of JSON.
            let alone = line.trim() == "{" && !matches!(ending, "jsonl" | "ndjson");
            Some(if ending == "json" || alone { Kind::Json } else { Kind::JsonLines })
        }
        ('[', Some('{')) if !matches!(ending, "jsonl" | "ndjson") => Some(Kind::Json),
        _ => None,
    }
}

/// Whether a line names the columns of a table: two or more, one of them the text, and none of them long.
fn is_table(line: &str) -> bool {
    let separator = table::separator(line, 0);
    if separator == 0 || line.len() > 1000 {
        return false;
    }
    let cells = table::cells(line, separator);
    cells.len() > 1
        && cells.iter().all(|cell| cell.len() < 40)
        && Field::Text.among(cells.iter()).is_some()
        && Field::ALL.iter().filter(|field| field.among(cells.iter()).is_some()).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_name() {
        check("", "txt", Kind::Text);
        check("The rebels left.", "", Kind::Text);
        check("The rebels left.", "html", Kind::Page);
        check("WARC/1.0\r\n", "gz", Kind::Warc);
        check("\u{FEFF}<?xml version=\"1.0\"?>\n<!-- made -->\n<rss version=\"2.0\">", "txt", Kind::Feed);
        check("<rdf:RDF xmlns=\"x\">", "", Kind::Feed);
        check("<atom:feed>", "xml", Kind::Feed);
        check("<?xml version=\"1.0\"?><html>", "xml", Kind::Page);
        check("<!DOCTYPE html><title>", "txt", Kind::Page);
        check("<!-- saved --><!doctype HTML public>", "", Kind::Page);
        check("<?xml version=\"1.0\"?><urlset>", "xml", Kind::Foreign("XML of another kind"));
        check("<strong words> were said", "txt", Kind::Text);
        check("<p>The rebels left.", "", Kind::Page);
        check("{\"text\": \"a\"}", "txt", Kind::JsonLines);
        check("{\"text\": \"a\"}", "json", Kind::Json);
        check("{\n  \"text\": \"a\"}", "", Kind::Json);
        check("[{\"text\": \"a\"}]", "", Kind::Json);
        check("[1]", "jsonl", Kind::JsonLines);
        check("{curly} prose", "", Kind::Text);
        check("[Reuters] prose", "", Kind::Text);
        check("date,title,text\n", "", Kind::Table(b','));
        check("date\ttitle\tbody\n", "", Kind::Table(b'\t'));
        check("\"Date\";\"Body\"\n", "", Kind::Table(b';'));
        check("Peace, the text, and war\n", "", Kind::Text);
        check("a,b\n", "csv", Kind::Table(b','));
        check("text\n", "tsv", Kind::Table(b'\t'));
        check("body { color: red }", "css", Kind::Foreign("program code"));
        check("%PDF-1.4", "txt", Kind::Foreign("a PDF"));
    }

    #[track_caller]
    fn check(start: &str, ending: &str, expected: Kind) {
        assert_eq!(kind(start.as_bytes(), ending), expected, "{start}");
    }
}
