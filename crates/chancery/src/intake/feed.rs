//! Feeds, RSS of all kinds and Atom, read as a stream: each entry is a report.
//!
//! Feeds are seldom what the standards ask for; so elements go by their local names, end tags need not fit, and the
//! entries before a fault are given. Full content goes before a summary, and markup in either is cleaned away.

use super::charset::{self, Transcoded};
use super::inputs::{Options, Reports};
use super::page;
use super::parts::{Language, Parts};
use super::problem::Stopped;
use super::{At, Reason, Received};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Error, Reader, XmlVersion};
use std::io::{self, BufRead, BufReader, Read};

/// Elements nested deeper than this are no feed.
const DEPTH: usize = 1000;

/// Namespaces by the prefixes that everybody uses for them. What has another prefix tells of pictures and podcasts.
const PREFIXES: &[&str] = &["", "rss", "atom", "a10", "content", "dc", "dcterms", "rdf"];

/// A feed as a stream of reports.
pub struct Feed {
    reader: Reader<Rationed>,
    buffer: Vec<u8>,
    depth: usize,
    count: u64,
    ended: bool,
    /// Whether the end tag of the whole was seen.
    closed: bool,
    about: About,
    entry: Option<Entry>,
    field: Option<Open>,
}

/// What is known of the feed.
#[derive(Default)]
struct About {
    title: Option<String>,
    language: Option<String>,
}

/// An entry as far as it was read.
#[derive(Default)]
struct Entry {
    title: Option<String>,
    content: Option<String>,
    summary: Option<String>,
    published: Option<String>,
    updated: Option<String>,
    id: Option<String>,
    link: Option<String>,
    outlet: Option<String>,
    language: Option<String>,
    /// The bytes of its texts, and whether they are more than the limit.
    length: u64,
    too_long: bool,
}

/// An element whose text is being read.
struct Open {
    name: String,
    field: Field,
    text: String,
    /// Whether its markup stands as elements and not as text, so that its references are those of the markup.
    is_markup: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Field {
    Title,
    Content,
    Summary,
    Published,
    Updated,
    Id,
    Link,
    Outlet,
    Language,
    /// The title of the feed that an entry was taken over from.
    Origin,
}

impl Field {
    fn of(local: &str, prefix: &str) -> Option<Self> {
        Some(match local {
            "title" => Self::Title,
            "encoded" if prefix == "content" => Self::Content,
            "content" if prefix != "content" => Self::Content,
            "description" | "summary" => Self::Summary,
            "pubdate" | "published" | "issued" | "date" | "created" => Self::Published,
            "updated" | "modified" => Self::Updated,
            "guid" | "id" => Self::Id,
            "link" => Self::Link,
            "publisher" => Self::Outlet,
            "source" => Self::Origin,
            "language" => Self::Language,
            _ => return None,
        })
    }
}

impl Feed {
    /// Reads only as much as the declaration of the charset needs.
    ///
    /// # Errors
    /// If the input cannot be read.
    pub fn new(mut reader: Box<dyn BufRead>) -> Result<Self, Reason> {
        let start = reader.fill_buf()?;
        let encoding = charset::utf16(start).unwrap_or_else(|| declared(start));
        let rationed = Rationed { reader: BufReader::new(Transcoded::new(reader, encoding)), limit: 0, left: 0 };
        let mut reader = Reader::from_reader(rationed);
        let config = reader.config_mut();
        config.check_end_names = false;
        config.allow_unmatched_ends = true;
        config.allow_dangling_amp = true;
        config.expand_empty_elements = true;
        let (about, entry, field) = (About::default(), None, None);
        Ok(Self { reader, buffer: Vec::new(), depth: 0, count: 0, ended: false, closed: false, about, entry, field })
    }

    /// Reads on to the end of an entry, or to that of the feed.
    fn read(&mut self, limit: u64) -> Result<Option<Entry>, Reason> {
        let mut buffer = std::mem::take(&mut self.buffer);
        loop {
            buffer.clear();
            self.reader.get_mut().renew(limit);
            let event = self.reader.read_event_into(&mut buffer).map_err(reason)?;
            match event {
                Event::Start(start) => self.start(&start)?,
                Event::End(end) => {
                    let (prefix, local) = split(end.name().0);
                    self.depth = self.depth.saturating_sub(1);
                    self.closed |= matches!(local.as_str(), "rss" | "feed" | "rdf");
                    if self.end(&prefix, &local) {
                        self.buffer = buffer;
                        return Ok(self.entry.take());
                    }
                }
                Event::Text(text) => self.add(&text.into_inner(), limit),
                Event::CData(text) => self.add(&text.into_inner(), limit),
                Event::GeneralRef(reference) => self.refer(&reference, limit),
                Event::Eof => {
                    self.ended = true;
                    return if self.closed { Ok(None) } else { Err(Reason::EndsEarly) };
                }
                Event::Empty(_) | Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
            }
        }
    }

    fn start(&mut self, start: &BytesStart<'_>) -> Result<(), Reason> {
        self.depth += 1;
        if self.depth > DEPTH {
            return Err(Reason::TooDeep(DEPTH));
        }
        let (prefix, local) = split(start.name().0);
        if matches!(local.as_str(), "item" | "entry") && PREFIXES.contains(&prefix.as_str()) {
            self.entry = Some(Entry::default());
            self.field = None;
            self.count += 1;
            return Ok(());
        }
        if let Some(open) = &mut self.field {
            if open.field == Field::Origin && local == "title" {
                open.text.clear();
            } else {
                open.text.push('<');
                open.text.push_str(&local);
                open.text.push('>');
            }
            return Ok(());
        }
        if local == "feed"
            && let Some(language) = attribute(start, "xml:lang")
        {
            self.about.language = Some(language);
        }
        let Some(field) = Field::of(&local, &prefix).filter(|_| PREFIXES.contains(&prefix.as_str())) else {
            return Ok(());
        };
        let kind = attribute(start, "type").unwrap_or_default();
        if field == Field::Link
            && let Some(address) = attribute(start, "href")
        {
            let relation = attribute(start, "rel");
            if let Some(entry) = &mut self.entry
                && relation.is_none_or(|relation| relation == "alternate")
                && entry.link.is_none()
            {
                entry.link = Some(address);
            }
            return Ok(());
        }
        self.field = Some(Open { name: local, field, text: String::new(), is_markup: kind == "xhtml" });
        Ok(())
    }

    /// Ends an element; whether that ends an entry.
    fn end(&mut self, prefix: &str, local: &str) -> bool {
        if matches!(local, "item" | "entry") && PREFIXES.contains(&prefix) {
            self.field = None;
            return self.entry.is_some();
        }
        let Some(open) = self.field.take_if(|open| open.name == local) else {
            // An element that is always empty was begun and ended by one tag.
            if let Some(open) = self.field.as_mut().filter(|_| local != "br") {
                open.text.push_str("</");
                open.text.push_str(local);
                open.text.push('>');
            }
            return false;
        };
        let text = open.text.trim();
        if text.is_empty() {
            return false;
        }
        let Some(entry) = &mut self.entry else {
            match open.field {
                // The first is that of the feed; those of its logo and its search form come later.
                Field::Title if self.about.title.is_none() => self.about.title = Some(page::text_of(text)),
                Field::Language => self.about.language = Some(text.to_owned()),
                _ => {}
            }
            return false;
        };
        let slot = match open.field {
            Field::Title => &mut entry.title,
            Field::Content => &mut entry.content,
            Field::Summary => &mut entry.summary,
            Field::Published => &mut entry.published,
            Field::Updated => &mut entry.updated,
            Field::Id => &mut entry.id,
            Field::Link => &mut entry.link,
            Field::Outlet | Field::Origin => &mut entry.outlet,
            Field::Language => &mut entry.language,
        };
        slot.get_or_insert_with(|| text.to_owned());
        false
    }

    fn add(&mut self, text: &str, limit: u64) {
        let Some(open) = &mut self.field else { return };
        if let Some(entry) = &mut self.entry {
            entry.length += text.len() as u64;
            entry.too_long |= entry.length > limit;
            if entry.too_long {
                return;
            }
        }
        open.text.push_str(text);
    }

    /// Takes a reference for its character, and leaves those of HTML, which no XML knows, to the reader of markup.
    fn refer(&mut self, reference: &BytesRef<'_>, limit: u64) {
        let name = reference.borrow().into_inner();
        let known = match &*name {
            "lt" => Some("<".to_owned()),
            "gt" => Some(">".to_owned()),
            "amp" => Some("&".to_owned()),
            "quot" => Some("\"".to_owned()),
            "apos" => Some("'".to_owned()),
            _ => reference.resolve_char_ref().ok().flatten().map(String::from),
        };
        let is_markup = self.field.as_ref().is_some_and(|open| open.is_markup);
        self.add(&known.filter(|_| !is_markup).unwrap_or_else(|| format!("&{name};")), limit);
    }

    fn report(&self, entry: Entry, fallback: &str, options: Options) -> Result<Received, Reason> {
        if entry.too_long {
            return Err(Reason::TooLong(options.max_bytes));
        }
        let texts =
            [entry.content, entry.summary].map(|text| text.map(|text| page::text_of(&text)).unwrap_or_default());
        let [content, summary] = texts;
        // Some feeds have the lead as content and the whole as summary.
        let body = if content.len() >= summary.len() { content } else { summary };
        let title = entry.title.map(|title| page::line_of(&title));
        let url = entry.link.or_else(|| entry.id.clone().filter(|id| id.starts_with("http")));
        let parts = Parts {
            id: entry.id,
            // An entry that is a headline alone is a report of one line.
            body: if body.is_empty() { title.clone().unwrap_or_default() } else { body.clone() },
            title: title.filter(|_| !body.is_empty()),
            published: entry.published.or(entry.updated),
            outlet: entry.outlet.map(|outlet| page::line_of(&outlet)).or_else(|| self.about.title.clone()),
            url,
            language: Language::hinted(entry.language.or_else(|| self.about.language.clone())),
            ..Parts::default()
        };
        parts.receive(&format!("{fallback}#{}", self.count), options.published)
    }
}

impl Reports for Feed {
    fn next(&mut self, fallback: &str, options: Options) -> Option<(Option<At>, Result<Received, Reason>)> {
        if self.ended {
            return None;
        }
        let read = self.read(options.max_bytes);
        let at = Some(At::Entry(self.count)).filter(|_| self.count > 0);
        match read {
            Ok(None) => None,
            Ok(Some(entry)) => Some((at, self.report(entry, fallback, options))),
            Err(reason) => {
                self.ended = true;
                Some((at, Err(reason)))
            }
        }
    }
}

/// Prefix and local name of an element, in small letters.
fn split(name: &str) -> (String, String) {
    let (prefix, local) = name.split_once(':').unwrap_or(("", name));
    (prefix.to_ascii_lowercase(), local.to_ascii_lowercase())
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = start.html_attributes();
    let found = attributes.with_checks(false).take(50).flatten().find(|attribute| attribute.key.0 == name)?;
    let value = found.normalized_value(XmlVersion::Implicit1_0).map(std::borrow::Cow::into_owned);
    Some(value.unwrap_or_else(|_| found.value.into_owned())).filter(|value| !value.trim().is_empty())
}

fn reason(error: Error) -> Reason {
    match error {
        Error::Io(error) => {
            Reason::of(&error).unwrap_or_else(|| Reason::Unreadable(io::Error::new(error.kind(), error.to_string())))
        }
        Error::Syntax(_) => Reason::EndsEarly,
        error => Reason::NotXml(error.to_string()),
    }
}

/// The charset of an XML declaration; by the looks of the start where there is none.
fn declared(start: &[u8]) -> &'static Encoding {
    let head = String::from_utf8_lossy(&start[..start.len().min(512)]);
    let declaration =
        head.trim_start_matches('\u{FEFF}').trim_start().strip_prefix("<?xml").and_then(|rest| rest.split_once("?>"));
    let label = declaration.and_then(|(declaration, _)| {
        let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let quote = value.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        value[1..].split(quote).next()
    });
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    match declared {
        // What is UTF-8 and declared otherwise is told by its first characters beyond ASCII.
        Some(declared) if declared == UTF_16LE || declared == UTF_16BE => UTF_8,
        Some(declared) if start.is_ascii() || !is_utf8(start) => declared,
        Some(_) => UTF_8,
        None if is_utf8(start) => UTF_8,
        None => {
            let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
            detector.feed(start, true);
            detector.guess(None, chardetng::Utf8Detection::Allow)
        }
    }
}

/// Whether some bytes are UTF-8, but for a character that is cut at their end.
fn is_utf8(start: &[u8]) -> bool {
    std::str::from_utf8(start).map_or_else(|error| error.error_len().is_none(), |_| true)
}

/// A reader that gives no more than its ration for one piece of markup or text.
struct Rationed {
    reader: BufReader<Transcoded<Box<dyn BufRead>>>,
    limit: u64,
    left: u64,
}

impl Rationed {
    fn renew(&mut self, limit: u64) {
        (self.limit, self.left) = (limit, limit);
    }
}

impl Read for Rationed {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let length = self.fill_buf()?.read(out)?;
        self.consume(length);
        Ok(length)
    }
}

impl BufRead for Rationed {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Err(Stopped::TooLong(self.limit).into());
        }
        self.reader.fill_buf()
    }

    fn consume(&mut self, length: usize) {
        self.left = self.left.saturating_sub(length as u64);
        self.reader.consume(length);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ATOM: &str = r#"<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Post &amp; Mail</title>
        <entry><title type="html">Truce &amp;amp; talks</title><link rel="replies" href="https://a.example/r"/>
        <link href="https://a.example/1"/><id>tag:a,1</id><published>2021-07-18T23:00:00-04:00</published>
        <updated>2021-07-20T00:00:00Z</updated><summary>Short.</summary>
        <content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One &lt; two.</p><p>Two<br/>three.</p></div></content></entry></feed>"#;

    #[test]
    fn entries_are_reports() {
        check(
            ATOM,
            "tag:a,1 | 2021-07-18 | Post & Mail | https://a.example/1 | Truce & talks\n\nOne < two.\n\nTwo\nthree.",
        );
        check(
            r#"<rss><channel><title>Post</title><image><title>Logo</title></image>
            <item><title>T</title><link>https://a.example/2</link><guid isPermaLink="false">77</guid>
            <pubDate>Sun, 18 Jul 2021 23:00:00 GMT</pubDate><description>Lead &amp;hellip;</description>
            <content:encoded><![CDATA[<p>The <b>whole</b> text&nbsp;here.</p>]]></content:encoded><media:content url="x"/></item>
            <item><title>Alone</title><source url="y">Agency</source></item></channel></rss>"#,
            "77 | 2021-07-18 | Post | https://a.example/2 | T\n\nThe whole text here.\nfeed#2 | - | Agency | - | Alone",
        );
        check(
            r#"<rdf:RDF><channel><title>Post</title></channel><item rdf:about="z"><title>T</title><dc:date>2021-07-18</dc:date>
            <description>B &eacute; <i>c</i></description></item></rdf:RDF>"#,
            "feed#1 | 2021-07-18 | Post | - | T\n\nB é c",
        );
    }

    #[test]
    fn faults_cost_what_stands_behind_them() {
        let entry = "<item><title>T</title><description>a & b &nope; <p>c</description></item>";
        let one = "feed#1 | - | - | - | T\n\na & b &nope;\n\nc\n";
        check(&format!("<rss>{entry}<item><title>U"), &format!("{one}entry 2: {}", Reason::EndsEarly));
        check(&format!("<rss>{entry}"), &format!("{one}entry 1: {}", Reason::EndsEarly));
        check(&format!("<rss>{entry}</item></b></rss>"), one.trim_end());
        check(&format!("<rss>{entry}<item><title><![CDATA[x"), &format!("{one}entry 2: {}", Reason::EndsEarly));
        check(&format!("<rss>{}", "<a>".repeat(100_000)), &format!("{}", Reason::TooDeep(DEPTH)));
        let long = "x".repeat(600);
        let two = one.replace('1', "2");
        check(
            &format!("<rss><item><title>{long}</title></item>{entry}</rss>"),
            &format!("entry 1: {}\n{}", Reason::TooLong(500), two.trim_end()),
        );
        let parts = "<b>word</b> ".repeat(200);
        let too_long = format!("entry 1: {}\n{}", Reason::TooLong(500), two);
        check(&format!("<rss><item><description>{parts}</description></item>{entry}</rss>"), too_long.trim_end());
    }

    #[test]
    fn charsets_are_declared_or_guessed() {
        let text = "<rss><channel><title>Известия</title><item><title>Стороны встретились в среду</title></item></channel></rss>";
        let expected = "feed#1 | - | Известия | - | Стороны встретились в среду";
        check(text, expected);
        let legacy = encoding_rs::WINDOWS_1251.encode(text).0.into_owned();
        let told = [b"<?xml version='1.0' encoding='windows-1251'?>".as_slice(), &legacy].concat();
        let wrong = format!("<?xml version=\"1.0\" encoding=\"iso-8859-1\"?>{text}");
        let utf16: Vec<u8> = format!("\u{FEFF}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [legacy, told, wrong.into_bytes(), utf16] {
            assert_eq!(entries(bytes), expected);
        }
    }

    fn check(text: &str, expected: &str) {
        assert_eq!(entries(text.as_bytes().to_vec()), expected);
    }

    fn entries(bytes: Vec<u8>) -> String {
        let mut feed = Feed::new(Box::new(io::Cursor::new(bytes))).unwrap();
        let options = Options { max_bytes: 500, ..Options::default() };
        let mut found = Vec::new();
        while let Some((at, result)) = feed.next("feed", options) {
            found.push(match result {
                Ok(Received { report, .. }) => {
                    let fields = [report.published.map(|day| day.to_string()), report.outlet, report.url];
                    let fields = fields.map(|field| field.unwrap_or_else(|| "-".to_owned()));
                    format!("{} | {} | {}", report.id, fields.join(" | "), report.text)
                }
                Err(reason) => match at {
                    Some(At::Entry(entry)) => format!("entry {entry}: {reason}"),
                    _ => reason.to_string(),
                },
            });
        }
        found.join("\n")
    }
}
