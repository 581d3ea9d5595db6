//! Classes of words by distribution, induced from raw text with the exchange algorithm of Martin, Liermann and Ney
//! (1998): each word in turn moves to the class in which bigrams of classes predict the text best.

use annotate::language::{Clusters, Word};
use annotate::{sentences, tokens};
use anyhow::Context as _;
use document::Report;
use std::collections::BTreeMap;
use std::path::Path;

/// Number of fine and of coarse classes.
const CLASSES: [usize; 2] = [400, 64];
const LEAST_COUNT: u32 = 3;
const ROUNDS: usize = 6;

/// Sentences as word hashes.
pub(crate) type Text = Vec<Vec<u32>>;

/// The sentences of raw news: JSON lines with a title and a text.
pub(crate) fn news(path: &Path) -> anyhow::Result<Text> {
    #[derive(serde::Deserialize)]
    struct Article {
        title: String,
        text: String,
    }
    let file = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut text = Text::new();
    for line in file.lines().filter(|line| !line.trim().is_empty()) {
        let article: Article = serde_json::from_str(line)?;
        let report = Report::from_text("news", format!("{}\n\n{}", article.title, article.text));
        let tokens = tokens::split(&report);
        for sentence in sentences::split(&report, &tokens).spans {
            let spans = &tokens.spans[sentence.range()];
            text.push(spans.iter().map(|span| Word::new(span.of(&report.text)).lower).collect());
        }
    }
    Ok(text)
}

/// Induces the classes.
pub(crate) fn induce(text: &Text) -> Clusters {
    let corpus = Corpus::new(text);
    let [fine, coarse] = CLASSES.map(|classes| corpus.classes(classes));
    let pairs = corpus.words.iter().zip(fine.iter().zip(&coarse));
    Clusters::new(pairs.map(|(&word, (&fine, &coarse))| (word, [fine as u16, coarse as u16])).collect())
}

/// The frequent words of a text with their neighbours. Word 0 stands for the border of a sentence.
struct Corpus {
    /// Hashes, most frequent first; the number of a word is its place plus one.
    words: Vec<u32>,
    after: Vec<Vec<(u32, i64)>>,
    before: Vec<Vec<(u32, i64)>>,
    counts: Vec<i64>,
    total: usize,
}

impl Corpus {
    fn new(text: &Text) -> Self {
        let mut counts: BTreeMap<u32, u32> = BTreeMap::new();
        for word in text.iter().flatten() {
            *counts.entry(*word).or_default() += 1;
        }
        let mut frequent: Vec<(u32, u32)> =
            counts.into_iter().filter(|entry| entry.1 >= LEAST_COUNT).map(|(word, count)| (count, word)).collect();
        frequent.sort_unstable_by(|one, other| other.cmp(one));
        let words: Vec<u32> = frequent.iter().map(|entry| entry.1).collect();
        let numbers: BTreeMap<u32, u32> = words.iter().zip(1..).map(|(word, number)| (*word, number)).collect();
        let mut bigrams: BTreeMap<(u32, u32), i64> = BTreeMap::new();
        let mut total = 0;
        for sentence in text {
            // A rare word breaks the chain: nothing is learned over it.
            let mut last = Some(0);
            for word in sentence.iter().map(Some).chain([None]) {
                let next = word.map_or(Some(0), |word| numbers.get(word).copied());
                if let (Some(last), Some(next)) = (last, next) {
                    *bigrams.entry((last, next)).or_default() += 1;
                    total += 1;
                }
                last = next;
            }
        }
        let size = words.len() + 1;
        let (mut after, mut before, mut counts) = (vec![Vec::new(); size], vec![Vec::new(); size], vec![0; size]);
        for ((one, other), count) in bigrams {
            after[one as usize].push((other, count));
            before[other as usize].push((one, count));
            counts[one as usize] += count;
        }
        Self { words, after, before, counts, total }
    }

    /// The class of each word, counted from 1; class 0 is that of the border.
    fn classes(&self, count: usize) -> Vec<usize> {
        let mut exchange = Exchange::new(self, count);
        for _ in 0..ROUNDS {
            let moved = (1..=self.words.len()).filter(|&word| exchange.settle(word)).count();
            if moved * 200 < self.words.len() {
                break;
            }
        }
        exchange.class[1..].to_vec()
    }
}

/// The classes so far, with the counts of their bigrams.
struct Exchange<'a> {
    corpus: &'a Corpus,
    class: Vec<usize>,
    count: usize,
    /// Bigram counts by first and second class, and the other way round.
    rows: Vec<i64>,
    columns: Vec<i64>,
    left: Vec<i64>,
    right: Vec<i64>,
    /// n ln n, scaled to a whole number.
    entropy: Vec<i64>,
}

impl<'a> Exchange<'a> {
    fn new(corpus: &'a Corpus, count: usize) -> Self {
        let class: Vec<usize> =
            (0..=corpus.words.len()).map(|word| if word == 0 { 0 } else { 1 + (word - 1) % count }).collect();
        let size = count + 1;
        let entropy =
            (0..=corpus.total).map(|n| (n as f64 * (n.max(1) as f64).ln() * 65536.0).round() as i64).collect();
        let mut exchange = Self {
            corpus,
            class,
            count,
            rows: vec![0; size * size],
            columns: vec![0; size * size],
            left: vec![0; size],
            right: vec![0; size],
            entropy,
        };
        for word in 0..exchange.class.len() {
            let one = exchange.class[word];
            for &(next, count) in &corpus.after[word] {
                let other = exchange.class[next as usize];
                exchange.add(one, other, count);
            }
        }
        exchange
    }

    fn add(&mut self, one: usize, other: usize, count: i64) {
        let size = self.count + 1;
        self.rows[one * size + other] += count;
        self.columns[other * size + one] += count;
        self.left[one] += count;
        self.right[other] += count;
    }

    fn gain(&self, before: i64, more: i64) -> i64 {
        self.entropy[(before + more) as usize] - self.entropy[before as usize]
    }

    /// Moves a word to its best class; says whether that is another one.
    fn settle(&mut self, word: usize) -> bool {
        let corpus = self.corpus;
        let home = self.class[word];
        let mut own = 0;
        let sum = |list: &[(u32, i64)], class: &[usize]| {
            let mut sums: BTreeMap<usize, i64> = BTreeMap::new();
            for &(other, count) in list.iter().filter(|entry| entry.0 as usize != word) {
                *sums.entry(class[other as usize]).or_default() += count;
            }
            sums.into_iter().collect::<Vec<(usize, i64)>>()
        };
        if let Some(entry) = corpus.after[word].iter().find(|entry| entry.0 as usize == word) {
            own = entry.1;
        }
        let (after, before) = (sum(&corpus.after[word], &self.class), sum(&corpus.before[word], &self.class));
        self.place(home, &after, &before, own, -1);
        let mut best = (i64::MIN, home);
        for class in 1..=self.count {
            let score = self.score(class, &after, &before, own, corpus.counts[word]);
            if score > best.0 || (score == best.0 && class == home) {
                best = (score, class);
            }
        }
        self.place(best.1, &after, &before, own, 1);
        self.class[word] = best.1;
        best.1 != home
    }

    fn place(&mut self, class: usize, after: &[(usize, i64)], before: &[(usize, i64)], own: i64, sign: i64) {
        for &(other, count) in after {
            self.add(class, other, sign * count);
        }
        for &(other, count) in before {
            self.add(other, class, sign * count);
        }
        self.add(class, class, sign * own);
    }

    /// What the text gains in likelihood if a word that is in no class joins this one.
    fn score(&self, class: usize, after: &[(usize, i64)], before: &[(usize, i64)], own: i64, total: i64) -> i64 {
        let size = self.count + 1;
        let row = &self.rows[class * size..(class + 1) * size];
        let column = &self.columns[class * size..(class + 1) * size];
        let mut inside = own;
        let mut score = 0;
        for &(other, count) in after {
            if other == class {
                inside += count;
            } else {
                score += self.gain(row[other], count);
            }
        }
        for &(other, count) in before {
            if other == class {
                inside += count;
            } else {
                score += self.gain(column[other], count);
            }
        }
        score + self.gain(row[class], inside) - self.gain(self.left[class], total) - self.gain(self.right[class], total)
    }
}
