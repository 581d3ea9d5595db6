//! The development data: texts with known copies and known independent reports.

use crate::json_lines;
use anyhow::Context as _;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Texts with what is known of them. The reports of `news` stand last and have neither copies nor independent pairs.
pub(super) struct Corpus {
    /// The texts.
    pub(super) texts: Vec<String>,
    /// The half: translations by article, independent reports by event.
    pub(super) odd: Vec<bool>,
    /// The article of which a text is a translation.
    pub(super) article: Vec<Option<String>>,
    /// Pairs of independent reports.
    pub(super) independent: Vec<(usize, usize)>,
    event: Vec<usize>,
}

#[derive(Deserialize)]
struct Text {
    #[serde(alias = "url")]
    id: String,
    text: String,
}

#[derive(Deserialize)]
struct Translation {
    id: String,
    cluster: String,
}

#[derive(Deserialize)]
struct Independent {
    a: String,
    b: String,
}

impl Corpus {
    /// Reads `copies` and `news` of the folder of development data.
    pub(super) fn read(data: &Path) -> anyhow::Result<Corpus> {
        let mut rows: Vec<Text> = json_lines::read(&data.join("copies/docs.blank.jsonl"))?;
        let place: BTreeMap<String, usize> = rows.iter().enumerate().map(|(at, row)| (row.id.clone(), at)).collect();
        let place = |id: &str| place.get(id).copied().with_context(|| format!("no text has the id {id}"));
        rows.extend(json_lines::read::<Text>(&data.join("news/wikinews_2019_2020.jsonl"))?);
        let mut article: Vec<Option<String>> = vec![None; rows.len()];
        for Translation { id, cluster } in json_lines::read(&data.join("copies/translations.gold.jsonl"))? {
            article[place(&id)?] = Some(cluster);
        }
        let independent = json_lines::read(&data.join("copies/independent_pairs.gold.jsonl"))?
            .into_iter()
            .map(|Independent { a, b }| Ok((place(&a)?, place(&b)?)))
            .collect::<anyhow::Result<Vec<_>>>()?;
        // Independent reports that hang together tell of one event, and lie in one half.
        let mut event: Vec<usize> = (0..rows.len()).collect();
        for _ in 0..20 {
            for &(a, b) in &independent {
                let least = event[a].min(event[b]);
                (event[a], event[b]) = (least, least);
            }
        }
        let half = |id: &str| {
            id.bytes().fold(7u64, |hash, byte| hash.wrapping_mul(31).wrapping_add(u64::from(byte))) / 7 % 2 == 1
        };
        let odd = (0..rows.len()).map(|at| half(article[at].as_deref().unwrap_or(&rows[event[at]].id))).collect();
        Ok(Corpus { texts: rows.into_iter().map(|row| row.text).collect(), odd, article, independent, event })
    }

    /// Whether both are translations of one article.
    pub(super) fn same_article(&self, a: usize, b: usize) -> bool {
        self.article[a].is_some() && self.article[a] == self.article[b]
    }

    /// Whether both tell of one event, as far as known.
    pub(super) fn same_event(&self, a: usize, b: usize) -> bool {
        self.event[a] == self.event[b]
    }

    /// All pairs of translations of one article.
    pub(super) fn translation_pairs(&self) -> Vec<(usize, usize)> {
        let mut articles: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, article) in self.article.iter().enumerate() {
            if let Some(article) = article {
                articles.entry(article).or_default().push(at);
            }
        }
        articles
            .values()
            .flat_map(|of| of.iter().flat_map(|&a| of.iter().filter(move |b| a < **b).map(move |&b| (a, b))))
            .collect()
    }
}
