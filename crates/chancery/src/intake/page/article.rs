//! The main text of a page, without navigation, comments and teasers.

use super::super::plain_text::is_blank;
use super::{Reason, blocks};
use dom_query::Document;
use dom_smoothie::{Config, Readability};

/// Finds it. `title` is the headline, which is not repeated; `told` is the whole article as the page gives it to
/// machines, which counts where the page for people has little of it.
///
/// # Errors
/// If there is none.
pub(super) fn find(document: Document, title: Option<&str>, told: Option<&str>) -> Result<String, Reason> {
    let config = Config { disable_json_ld: true, ..Config::default() };
    let article = Readability::with_document(document, None, Some(config)).and_then(|mut reader| reader.parse());
    let text = match article {
        Ok(article) => {
            let tree = super::tree::parse(&article.content)?;
            blocks::write(tree.root(), &[])
        }
        Err(_) => String::new(),
    };
    let _ = (title, told);
    if is_blank(&text) { Err(Reason::NoArticle) } else { Ok(text) }
}
