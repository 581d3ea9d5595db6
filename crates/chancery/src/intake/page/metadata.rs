//! What a page says of its article: JSON-LD first, as it is written for machines to read, then OpenGraph and other
//! `meta` elements, then what people see.

use super::super::dates::read_written;
use super::{blocks, json_ld};
use dom_query::{Document, NodeRef};

/// What was found.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Metadata {
    pub(super) title: Option<String>,
    /// As written.
    pub(super) published: Option<String>,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    /// The whole article, where the page repeats it for machines.
    pub(super) body: Option<String>,
}

const TITLES: &[&str] = &["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title"];

const DATES: &[&str] = &[
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "publication_date",
    "publish-date",
    "publishdate",
    "pubdate",
    "pub_date",
    "published_date",
    "article.published",
    "article_date_original",
    "originalpublicationdate",
    "date",
];

const OUTLETS: &[&str] = &["og:site_name", "publisher", "dc.publisher", "dcterms.publisher", "application-name"];

/// Looks for it.
pub(super) fn find(document: &Document) -> Metadata {
    let linked = json_ld::find(document);
    let metas = Metas::of(document);
    let text = |selector: &str| {
        let found = document.select_single(selector);
        found.nodes().first().map(|node| line(&node.text())).filter(|text| !text.is_empty())
    };
    let outlet = linked.outlet.or_else(|| metas.first(OUTLETS));
    let heads: Vec<String> = document.select("h1").nodes().iter().map(|node| line(&blocks::write(*node))).collect();
    let told =
        linked.title.or_else(|| metas.first(TITLES)).or_else(|| text("head > title").map(|title| without_site(&title)));
    let title = told.map(|told| headline(&told, outlet.as_deref(), &heads));
    let title = title.or_else(|| heads.first().cloned()).filter(|title| !title.is_empty());
    let url = document.select_single("link[rel=canonical]").attr("href").map(|href| href.trim().to_owned());
    let is_address = |url: &String| url.starts_with("http://") || url.starts_with("https://");
    let language = document.html_root().attr("lang").map(|lang| lang.trim().to_owned());
    Metadata {
        title,
        published: linked.published.or_else(|| metas.first_day()).or_else(|| seen(document)),
        outlet,
        url: url.filter(is_address).or_else(|| metas.first(&["og:url"])).or(linked.url).filter(is_address),
        language: linked.language.or(language).filter(|language| !language.is_empty()),
        body: linked.body,
    }
}

/// The values of `meta` elements, in the order of the page.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(document: &Document) -> Self {
        let mut found = Vec::new();
        for node in document.select("meta[content]").nodes() {
            let value = line(&node.attr_or("content", ""));
            let name = ["property", "name", "itemprop"].iter().find_map(|key| node.attr(key));
            if let Some(name) = name.filter(|_| !value.is_empty()) {
                found.push((name.trim().to_ascii_lowercase(), value));
            }
        }
        Self(found)
    }

    fn all<'a>(&'a self, names: &'a [&str]) -> impl Iterator<Item = &'a String> {
        names.iter().flat_map(|name| self.0.iter().filter(move |(key, _)| key == name)).map(|(_, value)| value)
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        self.all(names).next().cloned()
    }

    fn first_day(&self) -> Option<String> {
        self.all(DATES).find(|value| read_written(value).is_ok()).cloned()
    }
}

/// The day in the first `time` element or other element that is marked as the day of publication, or else in the
/// first that stands in no list of other articles.
fn seen(document: &Document) -> Option<String> {
    let written = |node: &NodeRef<'_>| {
        let value = ["datetime", "content", "title"]
            .iter()
            .find_map(|key| node.attr(key).filter(|value| read_written(value).is_ok()));
        value
            .map(|value| value.to_string())
            .or_else(|| Some(line(&node.text())).filter(|text| read_written(text).is_ok()))
    };
    let marked = document.select(
        "[itemprop=datePublished], time[pubdate], time[class*=publish], .published, .entry-date, abbr.published",
    );
    let marked = marked.nodes().iter().find_map(written);
    let apart = |node: &&NodeRef<'_>| {
        !node.ancestors_it(None).any(|above| {
            let name = above.node_name();
            matches!(name.as_deref(), Some("aside" | "nav" | "footer" | "li"))
        })
    };
    marked.or_else(|| document.select("time").nodes().iter().filter(apart).find_map(written))
}

/// The headline in a title that may have the name of the outlet or of a section before or behind it.
fn headline(told: &str, outlet: Option<&str>, heads: &[String]) -> String {
    // What the page shows as its heading, where the title has it.
    let shown = heads.iter().filter(|head| head.split(' ').count() > 2 && told.contains(head.as_str()));
    if let Some(head) = shown.max_by_key(|head| head.len()) {
        return head.clone();
    }
    for separator in [" | ", " - ", " – ", " — ", " :: ", " » ", " · "] {
        if let Some((before, behind)) = told.rsplit_once(separator)
            && outlet.is_some_and(|outlet| is_same_name(behind, outlet))
        {
            return before.trim().to_owned();
        }
        if let Some((before, behind)) = told.split_once(separator)
            && outlet.is_some_and(|outlet| is_same_name(before, outlet))
        {
            return behind.trim().to_owned();
        }
    }
    told.trim().to_owned()
}

/// A page's title without the name of the site, which few words behind many are.
fn without_site(title: &str) -> String {
    let ends = [" | ", " - ", " – ", " — "].into_iter().filter_map(|separator| title.rsplit_once(separator));
    let words = |text: &str| text.split(' ').count();
    let shortest =
        ends.filter(|(before, behind)| words(before) > 3 && words(behind) < 4).max_by_key(|(before, _)| before.len());
    shortest.map_or(title, |(before, _)| before).trim().to_owned()
}

fn is_same_name(one: &str, other: &str) -> bool {
    let letters = |name: &str| name.to_lowercase().chars().filter(|char| char.is_alphanumeric()).collect::<String>();
    let (one, other) = (letters(one), letters(other));
    !one.is_empty() && (one == other || one == format!("the{other}") || other == format!("the{one}"))
}

/// The day in an address of the form `…/2023/03/14/…` or `…/2023-03-14-…`.
pub(super) fn day_in(url: &str) -> Option<String> {
    let path = url.split_once("://")?.1.split(['?', '#']).next()?;
    (0..path.len()).filter(|&at| path.is_char_boundary(at)).find_map(|at| {
        let before = path[..at].chars().next_back()?;
        let day = path.get(at..at + 10)?;
        let behind = path[at + 10..].chars().next();
        let sign = day.get(4..5)?;
        let whole = matches!(before, '/' | '-' | '_') && !behind.is_some_and(|char| char.is_ascii_digit());
        let day = (matches!(sign, "/" | "-") && whole).then(|| day.replace('/', "-"))?;
        read_written(&day).ok().map(|_| day)
    })
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tree;
    use super::*;

    #[test]
    fn pages_tell_of_themselves_in_many_ways() {
        check("<title>Rebels leave the town | The Post</title>", "Rebels leave the town | - | - | -");
        check("<title>Truce - Post</title><h1>Truce signed in Lenz</h1>", "Truce - Post | - | - | -");
        check(
            "<meta property=og:title content='Post: Truce'><meta property=og:site_name content=Post><h1>Truce signed</h1>",
            "Post: Truce | - | Post | -",
        );
        check("<title>The Post » Truce</title><meta name=publisher content=Post>", "Truce | - | Post | -");
        check(
            "<h1>Truce</h1><meta name=date content=never><time datetime=2021-07-18>x</time>",
            "Truce | 2021-07-18 | - | -",
        );
        check("<aside><time datetime=2020-01-01></time></aside><time>18 July 2021</time>", "- | 18 July 2021 | - | -");
        check("<link rel=canonical href=https://a.example/1>", "- | - | - | https://a.example/1");
        check(
            "<link rel=canonical href=/1><meta property=og:url content=http://a.example/2>",
            "- | - | - | http://a.example/2",
        );
        check(
            "<script type=application/ld+json>[{\"@type\": \"WebSite\", \"name\": \"x\"}, {\"@type\": \"Report\",\n\"headline\": \"A &amp; B\",\n\"publisher\": \"P\", \"datePublished\": [\"2021-07-18\"]}]</script>",
            "A & B | 2021-07-18 | P | -",
        );
        check("<script type=application/ld+json>{\"@type\": </script><title>One</title>", "One | - | - | -");
    }

    #[track_caller]
    fn check(html: &str, expected: &str) {
        let found = find(&tree::parse(html).unwrap());
        let fields = [found.title, found.published, found.outlet, found.url];
        assert_eq!(fields.map(|field| field.unwrap_or_else(|| "-".to_owned())).join(" | "), expected);
    }

    #[test]
    fn addresses_have_days() {
        for (url, expected) in [
            ("https://a.example/2023/03/14/talks", Some("2023-03-14")),
            ("https://a.example/talks-2023-03-14.html", Some("2023-03-14")),
            ("https://a.example/2023/13/14/talks", None),
            ("https://a.example/é/12023/03/14", None),
            ("https://a.example/?d=2023/03/14", None),
            ("2023-03-14", None),
        ] {
            assert_eq!(day_in(url).as_deref(), expected, "{url}");
        }
    }
}
