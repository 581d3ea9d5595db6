//! English prose that may be counted for what ships: Wikinews (CC BY 2.5), the training part of UD English EWT (CC BY-SA 4.0)
//! and the freely licensed documents of GUM's (CC BY, CC BY-SA).

use crate::json_lines;
use anyhow::Context as _;
use serde::Deserialize;
use std::path::Path;

#[derive(Deserialize)]
struct Article {
    title: String,
    text: String,
}

/// The articles and documents under `data`, one text each.
pub(crate) fn texts(data: &Path) -> anyhow::Result<Vec<String>> {
    let articles = json_lines::read::<Article>(&data.join("news/wikinews_2019_2020.jsonl"))?;
    let mut texts: Vec<String> =
        articles.into_iter().map(|article| format!("{}\n{}", article.title, article.text)).collect();
    for name in ["ewt-train", "gum-train-free"] {
        let path = data.join(format!("ud/{name}.conllu"));
        let trees = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
        for document in trees.split("# newdoc") {
            let sentences: Vec<&str> = document.lines().filter_map(|line| line.strip_prefix("# text = ")).collect();
            if !sentences.is_empty() {
                texts.push(sentences.join("\n"));
            }
        }
    }
    Ok(texts)
}
