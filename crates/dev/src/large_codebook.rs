//! A codebook of the size that an archive may need, made up: the same on every machine, with names that nobody bears.

use std::fmt::Write;

/// Rules and actors of the large codebook.
pub(crate) const RULES: usize = 5_000;
pub(crate) const ACTORS: usize = 50_000;

/// Rules in one folder, and actors in one file. Half of the actors stand in tables.
const RULES_A_CATEGORY: usize = 625;
const ACTORS_A_FILE: usize = 5_000;

const CATEGORIES: [&str; 8] = ["agree", "consult", "support", "aid", "retreat", "request", "protest", "assault"];

/// The files of a codebook with this many rules and actors.
pub(crate) fn files(rules: usize, actors: usize) -> Vec<(String, String)> {
    let mut files = vec![
        ("codebook.toml".to_owned(), "name = \"large\"\nversion = \"1\"\nontology = \"PLOVER\"\n".to_owned()),
        ("actors/countries.toml".to_owned(), "[[country]]\ncode = \"AFG\"\nname = \"Afghanistan\"\n".to_owned()),
    ];
    for list in 0..50 {
        let words: String = (0..100).map(|word| format!("{}\n", made_up(list * 100 + word))).collect();
        files.push((format!("words/list-{list}.txt"), words));
    }
    for rule in 0..rules {
        let category = CATEGORIES[(rule / RULES_A_CATEGORY) % CATEGORIES.len()];
        files.push((format!("categories/{category}/rule-{rule}.rule.toml"), rule_file(rule)));
    }
    for first in (0..actors).step_by(ACTORS_A_FILE) {
        let numbers = first..actors.min(first + ACTORS_A_FILE);
        let number = first / ACTORS_A_FILE;
        files.push(if number.is_multiple_of(2) {
            (format!("actors/made-up-{number}.toml"), numbers.map(actor).collect())
        } else {
            let head = "id,name,names,kind,country,sector,from,until,source\n".to_owned();
            (format!("actors/made-up-{number}.csv"), numbers.fold(head, |table, number| table + &rows(number)))
        });
    }
    files
}

fn rule_file(number: usize) -> String {
    let word = |offset: usize| made_up(number * 7 + offset);
    let mut file = format!(
        "summary = \"Rule {number} of a large codebook\"\npattern = \"\"\"\n  verb     {}, {}, {} up\n  noun     {}\n  \
         subject  @actor  as actor\n  object?  @actor, @list-{}  as recipient\n  in/at?   @place  as place\n  \
         not with {}\n\"\"\"\n",
        word(0),
        word(1),
        word(2),
        word(3),
        number % 50,
        word(4)
    );
    for example in 0..2 {
        let _ = write!(
            file,
            "\n[[yes]]\ntext = \"The {} of {} {}s the {} on Monday.\"\npublished = 2024-03-06\n\
             expect = {{ actor = \"The {0}\", date = 2024-03-04 }}\n",
            word(5),
            word(6),
            word(example),
            word(7)
        );
    }
    let _ = write!(file, "\n[[no]]\ntext = \"The {} was {}.\"\nbecause = \"nothing is done\"\n", word(5), word(0));
    file
}

/// The beginning of a first sector's second span.
fn turn(number: usize) -> String {
    format!("{}-0{}-1{}", 1980 + number % 40, 1 + number % 9, number % 10)
}

fn actor(number: usize) -> String {
    let turn = turn(number);
    format!(
        "[[actor]]\nid = \"actor-{number}\"\nname = \"{0} {1}\"\nnames = [\"{1} of {0}\"]\nkind = \"person\"\n\
         country = \"AFG\"\nsectors = [{{ code = \"OPP\", until = {turn} }}, {{ code = \"GOV\", from = {turn} }}]\n\
         source = \"made up\"\n\n",
        capital(number),
        capital(number / 240 + 300)
    )
}

fn rows(number: usize) -> String {
    let (given, family, turn) = (capital(number), capital(number / 240 + 300), turn(number));
    format!(
        "actor-{number},{given} {family},{family} of {given},person,AFG,OPP,,{turn},made up\n\
         actor-{number},,,,,GOV,{turn},,made up\n"
    )
}

/// A word of syllables that tell the number, so that no two are the same.
fn made_up(number: usize) -> String {
    const CONSONANTS: &[u8] = b"bdfgklmnprstvz";
    const VOWELS: &[u8] = b"aeiou";
    let mut word = String::new();
    let mut rest = number + CONSONANTS.len() * VOWELS.len();
    while rest > 0 {
        word.push(char::from(CONSONANTS[rest % CONSONANTS.len()]));
        rest /= CONSONANTS.len();
        word.push(char::from(VOWELS[rest % VOWELS.len()]));
        rest /= VOWELS.len();
    }
    word
}

fn capital(number: usize) -> String {
    let word = made_up(number);
    word[..1].to_uppercase() + &word[1..]
}

#[cfg(test)]
mod tests {
    use super::*;
    use coder::{Codebook, Examples};
    use std::time::Instant;

    /// Ten times as much takes about ten times as long; `cargo dev bench` holds it to the second.
    #[test]
    fn loading_grows_with_the_size_alone() {
        let best = |rules: usize, actors: usize| {
            let files = files(rules, actors);
            let rounds = (0..3).map(|_| {
                let before = Instant::now();
                let codebook = Codebook::load(&files, Examples::Read);
                let time = before.elapsed();
                assert_eq!(codebook.map(|codebook| codebook.rules.len()), Ok(rules));
                time
            });
            rounds.min().unwrap_or_default()
        };
        let (small, large) = (best(RULES / 10, ACTORS / 10), best(RULES, ACTORS));
        assert!(large < small * 40, "{small:?} for a tenth, {large:?} for the whole");
    }
}
