//! Web pages: the article in the page, and what the page says of it.
//!
//! `tree` reads the markup within limits, `metadata` finds title, date and outlet, `article` the main text, and `blocks`
//! writes text out. The stored text is title, blank line, body, as there is no other text that could be stored.

mod article;
mod blocks;
mod json_ld;
mod metadata;
mod tree;

use super::parts::{Language, Parts};
use super::{Reason, Received, charset};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use jiff::civil::Date;

/// What is known of a page beside its bytes.
#[derive(Default)]
pub(super) struct Served {
    /// The charset by the server's word.
    pub(super) charset: Option<&'static Encoding>,
    /// Where it was found.
    pub(super) url: Option<String>,
    pub(super) notes: Vec<String>,
}

/// Makes a report of the bytes of one page. `published` goes before any date that the page gives.
///
/// # Errors
/// If the bytes are no text, the page is built to do harm, or there is no article in it.
pub fn read(id: &str, bytes: Vec<u8>, published: Option<Date>) -> Result<Received, Reason> {
    let mut received = read_served(id, bytes, Served::default(), published)?;
    // A file goes by its own name; several may have been saved of one page.
    received.report.id = id.to_owned();
    Ok(received)
}

/// The same for a page of which more is known; its URL is its id.
pub(super) fn read_served(
    id: &str,
    bytes: Vec<u8>,
    served: Served,
    published: Option<Date>,
) -> Result<Received, Reason> {
    let declared = served.charset.or_else(|| declared(&bytes));
    let decoded = charset::decode(bytes, declared)?;
    let document = tree::parse(&decoded.text)?;
    let metadata = metadata::find(&document);
    let article = article::find(document, metadata.title.as_deref(), metadata.body.as_deref())?;
    let url = served.url.or(metadata.url);
    let mut notes = served.notes;
    let written = metadata.published.or(article.day).or_else(|| {
        let day = metadata::day_in(url.as_deref()?)?;
        notes.push("the day of publication was taken from the address".to_owned());
        Some(day)
    });
    let parts = Parts {
        title: metadata.title,
        body: article.text,
        published: written,
        outlet: metadata.outlet,
        url,
        language: Language::hinted(metadata.language),
        notes,
        remarks: decoded.remark.into_iter().collect(),
        ..Parts::default()
    };
    parts.receive(id, published)
}

/// The text of a piece of markup; of text without markup, that text. What cannot be read as markup is kept as it is.
pub(super) fn text_of(markup: &str) -> String {
    if !markup.contains(['<', '&']) {
        return markup.trim().to_owned();
    }
    tree::parse(markup).map_or_else(|_| markup.to_owned(), |document| blocks::write(document.root()))
}

/// The same on one line.
pub(super) fn line_of(markup: &str) -> String {
    text_of(markup).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Bytes within which a page declares its charset; browsers look at 1,024.
const DECLARATION: usize = 4096;

/// The charset that a page declares in itself: `<meta charset=…>`, also within `content`, or as XML.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).to_ascii_lowercase();
    let tags = head.split('<').filter(|tag| tag.starts_with("meta") || tag.starts_with("?xml"));
    let label = tags.filter_map(|tag| {
        let tag = tag.split('>').next()?;
        let at = tag.find("charset").map(|at| at + 7).or_else(|| tag.find("encoding").map(|at| at + 8))?;
        let value = tag[at..].trim_start().strip_prefix('=')?.trim_start_matches(['"', '\'', ' ']);
        Some(value.split(['"', '\'', ';', ' ', '/', '?']).next()?.to_owned())
    });
    let found = label.into_iter().find_map(|label| Encoding::for_label(label.as_bytes()))?;
    // That could be read, so it is not what it says.
    Some(if found == UTF_16LE || found == UTF_16BE { UTF_8 } else { found })
}
