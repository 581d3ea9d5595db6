//! Loading codebooks: what is found wrong between and within files, dated actors, tables, and the guide for readers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test ends at what it did not expect")]

use coder::{About, Codebook, Examples, code};
use document::{Document, testing};

const HEAD: &str = "name = \"test\"\nversion = \"1\"\nontology = \"PLOVER\"\n";
const COUNTRIES: &str = "[[country]]\ncode = \"AFG\"\nname = \"Afghanistan\"\n";
const ATTACK: &str = "summary = \"x\"\npattern = \"\"\"\n  verb attack, set upon\n  subject @actor as actor\n  \
     object? @enemy as recipient\n  not with club\n\"\"\"\nmodes = [\"aerial\"]\nmutual = true\n\
     [[yes]]\ntext = \"a\"\n[[no]]\ntext = \"b\"\nbecause = \"c\"\n";

fn load(files: &[(&str, &str)]) -> Result<Codebook, Vec<String>> {
    let mut all = vec![("codebook.toml".to_owned(), HEAD.to_owned())];
    all.extend(files.iter().map(|(path, contents)| ((*path).to_owned(), (*contents).to_owned())));
    Codebook::load(&all, Examples::Read).map_err(|faults| faults.iter().map(ToString::to_string).collect())
}

/// The faults of these files begin so, and there are no others.
fn check_faults(files: &[(&str, &str)], expected: &[&str]) {
    let faults = load(files).err().unwrap_or_default();
    assert_eq!(faults.len(), expected.len(), "{faults:#?}");
    for (fault, expected) in faults.iter().zip(expected) {
        assert!(fault.starts_with(expected), "{fault} is not {expected}");
    }
}

/// Actors of a file, each given as lines of TOML.
fn actors(each: &[&str]) -> String {
    each.iter().map(|lines| format!("[[actor]]\n{lines}\n")).collect()
}

#[test]
fn one_name_for_two_on_one_day_is_a_fault() {
    let two = |first: &str, second: &str| {
        actors(&[
            &format!("id = \"a\"\nname = \"Free League\"\n{first}"),
            &format!("id = \"b\"\nname = \"Free-League\"\n{second}"),
        ])
    };
    let fault = "actors/a.toml:6: a bears this name at the same time: `free league`";
    check_faults(&[("actors/a.toml", &two("", ""))], &[fault]);
    check_faults(&[("actors/a.toml", &two("until = 2020-01-02", "from = 2020-01-01"))], &[fault]);
    check_faults(&[("actors/a.toml", &two("until = 2020-01-01", "from = 2020-01-01"))], &[]);
    check_faults(&[("actors/a.toml", &two("ambiguous = [\"Free League\"]", ""))], &[]);
    check_faults(
        &[("actors/a.toml", &actors(&["id = \"a\"\nname = \"A B\"\nambiguous = [\"C\"]"]))],
        &["actors/a.toml:2: an ambiguous name that is none of the actor's names: `C`"],
    );
    // Written otherwise they are told apart.
    check_faults(&[("actors/a.toml", &actors(&["id = \"a\"\nname = \"JeM\"", "id = \"b\"\nname = \"JEM\""]))], &[]);
    check_faults(
        &[("actors/a.toml", &actors(&["id = \"a\"\nname = \"Afghanistan\""])), ("actors/countries.toml", COUNTRIES)],
        &["actors/countries.toml:2: a bears this name at the same time: `afghanistan`"],
    );
}

#[test]
fn dates_that_cannot_be_are_faults() {
    let sectors = |sectors: &str| actors(&[&format!("id = \"a\"\nname = \"A\"\nsectors = [{sectors}]")]);
    let check = |written: &str, expected: &[&str]| check_faults(&[("actors/a.toml", &sectors(written))], expected);
    check(
        "{ code = \"GOV\", from = 2020-01-01, until = 2020-01-01 }",
        &["actors/a.toml:2: a sector that ends before it begins: `GOV 2020-01-01, 2020-01-01`"],
    );
    check(
        "{ code = \"GOV\", until = 2020-01-02 }, \"OPP\", { code = \"GOV\", from = 2020-01-01 }",
        &["actors/a.toml:2: the same sector twice at one time: `GOV`"],
    );
    check("{ code = \"GOV\", until = 2020-01-01 }, { code = \"GOV\", from = 2020-01-01 }", &[]);
    check("{ code = \"GOV\", from = 10:00:00 }", &["actors/a.toml:2: not a day: `10:00:00`"]);
    check_faults(
        &[("actors/a.toml", &actors(&["id = \"a\"\nname = \"A\"\nfrom = 2021-01-01\nuntil = 2020-01-01"]))],
        &["actors/a.toml:2: an actor that ends before it begins"],
    );
}

#[test]
fn countries_and_kinds_are_known() {
    let of = |country: &str| actors(&[&format!("id = \"a\"\nname = \"A\"\ncountry = \"{country}\"")]);
    let check = |country: &str, expected: &[&str]| {
        check_faults(&[("actors/a.toml", &of(country)), ("actors/countries.toml", COUNTRIES)], expected);
    };
    check("AFG", &[]);
    check("IGO", &[]);
    check("XYZ", &["actors/a.toml:2: unknown country: `XYZ`"]);
    check_faults(
        &[("actors/a.toml", &actors(&["id = \"a\"\nname = \"A\"\nkind = \"persona\""]))],
        &["actors/a.toml:2: unknown kind: `persona`"],
    );
}

#[test]
fn entries_that_stand_twice_are_faults() {
    let context = "summary = \"x\"\nwords = [\"air force\",\n\"navy\",\n\"Navy\"]\n";
    let roles = "[[role]]\nnouns = [\"chief of staff\"]\nsector = \"GOV\"\nkind = \"person\"\n\
                 [[role]]\nnouns = [\n\"mayor\", \"chief-of-staff\"]\nsector = \"MIL\"\nkind = \"person\"\n";
    check_faults(
        &[
            ("words/weapon.txt", "# arms\nrifle\nair gun\nair-gun # again\n"),
            ("contexts/military.toml", context),
            ("categories/assault/modes.toml", "aerial = [\"jet\"]\nbeat = [\n\"beat\",\n\"jet\",\n\"beat\"]\n"),
            ("actors/roles.toml", roles),
        ],
        &[
            "actors/roles.toml:7: this role noun is there already: `chief-of-staff`",
            "categories/assault/modes.toml:5: the list has this entry already: `beat`",
            "contexts/military.toml:4: the list has this entry already: `Navy`",
            "words/weapon.txt:4: the list has this entry already: `air-gun`",
        ],
    );
}

#[test]
fn phases_of_a_ceasefire_are_known() {
    let rule = ATTACK.replace("mutual = true", "facets.\"ceasefire.phase\" = \"broken\"");
    check_faults(
        &[("categories/assault/attack.rule.toml", &rule), ("words/enemy.txt", "foe\n")],
        &["categories/assault/attack.rule.toml:9: unknown phase: `broken`"],
    );
}

#[test]
fn tables_stand_beside_the_other_actors() {
    let table = "id,name,country,sector,from,until\nhale,Ada Hale,AFG,GOV,2020-01-01,2019-01-01\n";
    check_faults(
        &[("actors/people.csv", table), ("actors/a.toml", &actors(&["id = \"x\"\nname = \"Ada Hale\""]))],
        &[
            "actors/people.csv:2: a sector that ends before it begins: `GOV 2020-01-01, 2019-01-01`",
            "actors/people.csv:2: x bears this name at the same time: `ada hale`",
        ],
    );
}

/// Who attacked, on a day.
fn attacker(files: &[(&str, &str)], published: &str) -> Option<String> {
    let rule = ATTACK.replace("@enemy", "foe");
    let files: Vec<(&str, &str)> =
        [("categories/assault/attack.rule.toml", rule.as_str())].into_iter().chain(files.iter().copied()).collect();
    let codebook = load(&files).unwrap_or_else(|faults| panic!("{faults:#?}"));
    let mut syntax = testing::syntax(
        "Free free PROPN NNP 2 compound
         League league PROPN NNP 3 nsubj
         attacked attack VERB VBD 0 root
         it it PRON PRP 3 obj
         . . PUNCT . 3 punct",
    );
    syntax.report.published = published.parse().ok();
    let document = Document { syntax, ..Document::default() };
    let coding = code(&document, &codebook);
    let actor = coding.claims.first()?.actors.first()?;
    actor.actor.id.as_ref().map(|id| format!("{id} {}", actor.actor.sectors.join("+")))
}

#[test]
fn a_name_is_read_as_who_bears_it_on_the_day() {
    let league = "id,name,sector,from,until\nold,Free League,REB,,\nold,,,,2020-01-01\nnew,Free League,OPP,2020-01-01,2021-01-01\nnew,,GOV,2021-01-01,\nnew,,,2020-01-01,\n";
    let read = |day: &str| attacker(&[("actors/league.csv", league)], day);
    assert_eq!(read("2019-05-05").as_deref(), Some("old REB"));
    assert_eq!(read("2020-05-05").as_deref(), Some("new OPP"));
    assert_eq!(read("2022-05-05").as_deref(), Some("new GOV"));
    let shared = actors(&["id = \"a\"\nname = \"Free League\"\nambiguous = [\"Free League\"]"]);
    assert_eq!(attacker(&[("actors/league.toml", &shared)], "2022-05-05"), None);
}

#[test]
fn the_guide_keeps_what_readers_need() {
    let codebook = load(&[
        ("categories/assault/attack.rule.toml", ATTACK),
        ("categories/assault/category.md", "# ASSAULT\n"),
        ("categories/assault/modes.toml", "aerial = [\"jet\", \"air raid\"]\n"),
        ("states/control/category.md", "# control\n"),
        ("contexts/military.toml", "summary = \"Armies\"\nwords = [\"army\"]\n"),
        ("words/enemy.txt", "foe\n"),
    ])
    .unwrap();
    let guide = codebook.guide();
    let names: Vec<&str> = guide.categories.iter().map(|category| category.name.as_str()).collect();
    assert_eq!(names, ["ASSAULT", "control"]);
    assert_eq!(guide.categories[0].modes, [("aerial".to_owned(), vec!["jet".to_owned(), "air raid".to_owned()])]);
    assert_eq!((guide.contexts[0].summary.as_str(), guide.lists["enemy"].len()), ("Armies", 1));
    let pattern = codebook.rules[0].pattern();
    let about: Vec<About> = pattern.iter().map(|line| line.about).collect();
    assert_eq!(about, [About::Words, About::Who, About::Whom, About::Never]);
    assert_eq!((pattern[0].fillers.join(", ").as_str(), pattern[2].optional), ("attack, set upon", true));
    let settings: Vec<String> =
        codebook.rules[0].settings().into_iter().map(|(key, value)| format!("{key}={value}")).collect();
    assert_eq!(settings, ["modes=aerial", "mutual=yes"]);
}
