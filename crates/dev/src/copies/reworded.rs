//! How well copies are found, by half and by kind: two tables.
//!
//! First the translations and independent reports of `copies`, after grouping; then copies re-worded with a fixed
//! seed: whether the keys bring them (found), whether the comparison alone tells them (told), and both together.
//! The false alarms of the re-worded are re-worded copies of a report held to be copies of an independent report of its event.

#![expect(clippy::print_stdout, reason = "this command's output")]

use super::corpus::Corpus;
use super::index::{Index, candidates};
use super::rewording::{Dice, Pool};
use ledger::stories::{Pair, Verdict, Wording, compare, group};

pub(super) fn measure(corpus: &Corpus) {
    let wordings: Vec<Wording> = corpus.texts.iter().map(|text| Wording::of(text)).collect();
    halves(corpus, &wordings);
    reworded(corpus, &wordings);
}

fn halves(corpus: &Corpus, wordings: &[Wording]) {
    let candidates = candidates(wordings);
    let pairs: Vec<Pair> =
        candidates.iter().map(|&(a, b)| Pair::new(a, b, &compare(&wordings[a], &wordings[b]))).collect();
    let story = group(wordings.len(), &pairs);
    let backwards: Vec<Pair> = pairs.iter().rev().copied().collect();
    println!("the same stories from the pairs backwards: {}", story == group(wordings.len(), &backwards));
    println!("half   found   told      P      R     F1   false alarms");
    for odd in [false, true] {
        let translations: Vec<(usize, usize)> =
            corpus.translation_pairs().into_iter().filter(|pair| corpus.odd[pair.0] == odd).collect();
        let share = |of: usize| of as f64 / translations.len() as f64;
        let found = candidates.iter().filter(|&&(a, b)| corpus.same_article(a, b) && corpus.odd[a] == odd).count();
        let told = translations
            .iter()
            .filter(|&&(a, b)| compare(&wordings[a], &wordings[b]).verdict != Verdict::Independent)
            .count();
        let right = translations.iter().filter(|&&(a, b)| story[a] == story[b]).count();
        let known: Vec<usize> =
            (0..wordings.len()).filter(|&at| corpus.article[at].is_some() && corpus.odd[at] == odd).collect();
        let wrong: usize = known
            .iter()
            .map(|&a| {
                let joined =
                    (0..wordings.len()).filter(|&b| b != a && story[a] == story[b] && !corpus.same_article(a, b));
                // Pairs within the half are met twice.
                joined.map(|b| if corpus.article[b].is_some() && corpus.odd[b] == odd { 1 } else { 2 }).sum::<usize>()
            })
            .sum::<usize>()
            / 2;
        let (precision, recall) = (right as f64 / (right + wrong) as f64, share(right));
        let independent: Vec<&(usize, usize)> =
            corpus.independent.iter().filter(|pair| corpus.odd[pair.0] == odd).collect();
        let alarms = independent.iter().filter(|pair| story[pair.0] == story[pair.1]).count();
        println!(
            "{}  {:.4} {:.4} {precision:.4} {recall:.4} {:.4}   {alarms} of {} ({:.4})",
            if odd { "odd " } else { "even" },
            share(found),
            share(told),
            2.0 * precision * recall / (precision + recall),
            independent.len(),
            alarms as f64 / independent.len() as f64
        );
    }
}

fn reworded(corpus: &Corpus, wordings: &[Wording]) {
    let pool = Pool::of(&corpus.texts);
    let mut index = Index::default();
    wordings.iter().for_each(|wording| index.add(&wording.sketch()));
    println!("\nreplaced dropped shuffled half   found   told    both   false alarms");
    let settings = [
        (0.1, 0.1, false),
        (0.3, 0.0, false),
        (0.3, 0.3, true),
        (0.5, 0.0, false),
        (0.5, 0.0, true),
        (0.5, 0.15, true),
        (0.5, 0.3, true),
        (0.6, 0.0, false),
    ];
    for (replaced, dropped, shuffled) in settings {
        for odd in [false, true] {
            let mut dice = Dice(2026);
            let (mut all, mut found, mut told, mut both, mut alarms, mut others) = (0, 0, 0, 0, 0, 0);
            for at in (0..wordings.len()).filter(|&at| corpus.odd[at] == odd) {
                let copy = Wording::of(&pool.reword(&corpus.texts[at], &mut dice, replaced, dropped, shuffled));
                let brought = index.candidates(&copy.sketch()).binary_search(&at).is_ok();
                let copied = compare(&copy, &wordings[at]).verdict != Verdict::Independent;
                all += 1;
                found += usize::from(brought);
                told += usize::from(copied);
                both += usize::from(brought && copied);
                for &(a, b) in corpus.independent.iter().filter(|pair| pair.0 == at || pair.1 == at) {
                    others += 1;
                    alarms += usize::from(compare(&copy, &wordings[a + b - at]).verdict != Verdict::Independent);
                }
            }
            let share = |of: usize| of as f64 / all as f64;
            println!(
                "{replaced:8} {dropped:7} {shuffled:8} {}  {:.4} {:.4} {:.4}   {alarms} of {others} ({:.4})",
                if odd { "odd " } else { "even" },
                share(found),
                share(told),
                share(both),
                alarms as f64 / others as f64
            );
        }
    }
}
