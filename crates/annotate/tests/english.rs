//! The language layer through the shipped model: clear cases by hand, and what must hold for any text.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use annotate::places::Gazetteer;
use annotate::{Language, conllu, names, syntax};
use document::{NameKind, Relation, Report, Syntax, TokenId};
use proptest::prelude::*;
use std::sync::LazyLock;

static MODEL: &[u8] = include_bytes!("../../../models/english.bin");
static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::load(MODEL).unwrap());
static PLACES: LazyLock<Gazetteer> =
    LazyLock::new(|| Gazetteer::load(&include_bytes!("../../../models/gazetteer.bin")[..]).unwrap());

fn read(text: &str) -> Syntax {
    syntax(Report::from_text("case", text), &ENGLISH)
}

/// Each expectation is "word relation head", the root's head being "root"; words must be unique in the text.
fn check(text: &str, expected: &[&str]) {
    let syntax = read(text);
    for expectation in expected {
        let [word, relation, head] = expectation.split(' ').collect::<Vec<_>>()[..] else { panic!("{expectation}") };
        let token = syntax.iter_tokens().find(|token| token.form() == word).unwrap();
        let found = token.head().map_or("root", |head| head.form());
        assert_eq!((token.relation().as_str(), found), (relation, head), "{word} in {text:?}");
    }
}

#[test]
fn trees_of_clear_sentences() {
    check(
        "The rebels attacked the village on Monday.",
        &[
            "rebels nsubj attacked",
            "attacked root root",
            "village obj attacked",
            "Monday obl attacked",
            "on case Monday",
        ],
    );
    check(
        "Two soldiers were killed by gunmen near the border.",
        &["soldiers nsubj:pass killed", "were aux:pass killed", "gunmen obl:agent killed", "Two nummod soldiers"],
    );
    check(
        "The minister said that the army had not left the town.",
        &["minister nsubj said", "left ccomp said", "not advmod left", "town obj left", "that mark left"],
    );
    check("The envoy who led the talks resigned.", &["led acl:relcl envoy", "resigned root root", "talks obj led"]);
    check("Both sides agreed to extend the truce.", &["extend xcomp agreed", "truce obj extend", "sides nsubj agreed"]);
    check("They visited Mali and Niger.", &["Mali obj visited", "Niger conj Mali", "and cc Niger"]);
}

#[test]
fn tags_and_lemmas_of_clear_words() {
    let syntax = read("Government forces withdrew from the cities, they said.");
    let found: Vec<String> =
        syntax.iter_tokens().map(|token| format!("{} {} {}", token.lemma(), token.upos(), token.xpos())).collect();
    let expected = [
        "government NOUN NN",
        "force NOUN NNS",
        "withdraw VERB VBD",
        "from ADP IN",
        "the DET DT",
        "city NOUN NNS",
        ", PUNCT ,",
        "they PRON PRP",
        "say VERB VBD",
        ". PUNCT .",
    ];
    assert_eq!(found, expected);
    assert_eq!(syntax.token(TokenId(1)).features(), "Number=Plur");
}

#[test]
fn curly_quotation_marks_read_as_straight_ones() {
    let straight = read("\"We don't agree,\" the leader's aide said.");
    let curly = read("“We don’t agree,” the leader’s aide said.");
    assert_eq!(straight.parse, curly.parse);
    assert_eq!(straight.tags.lemmas.get(2), curly.tags.lemmas.get(2));
}

#[test]
fn names_of_clear_sentences() {
    let syntax = read("President Maria Silva met Ahmed Hassan of the Labour Party in Nairobi. Somali leaders came.");
    let found: Vec<(&str, NameKind)> =
        names::find(&syntax, &ENGLISH, &PLACES).iter().map(|name| (syntax.text(name.span), name.kind)).collect();
    let expected = [
        ("Maria Silva", NameKind::Person),
        ("Ahmed Hassan", NameKind::Person),
        ("Labour Party", NameKind::Organization),
        ("Nairobi", NameKind::Location),
        ("Somali", NameKind::Group),
    ];
    assert_eq!(found, expected);
}

#[test]
fn conllu_has_ranges_and_glued_tokens() {
    let text = conllu::write(&read("They don't.\n\nYes."));
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines[..4], ["# newpar", "# sent_id = case-1", "# text = They don't.", lines[3]]);
    assert!(lines[4].starts_with("2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No"), "{text}");
    let sentences = conllu::read(&text);
    assert_eq!(sentences.len(), 2);
    assert_eq!(sentences[0].ranges, [(1, 2, "don't".to_owned())]);
    let forms: Vec<&str> = sentences[0].words.iter().map(|word| word.form.as_str()).collect();
    assert_eq!(forms, ["They", "do", "n't", "."]);
}

#[test]
fn damaged_models_are_errors() {
    assert!(Language::load(&[]).is_err());
    assert!(Language::load(b"no model at all").is_err());
    for cut in [8, 15, 16, 1000, MODEL.len() / 2, MODEL.len() - 1] {
        assert!(Language::load(&MODEL[..cut]).is_err());
    }
    let mut bytes = MODEL.to_vec();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    assert!(Language::load(&bytes).is_err());
}

#[test]
fn a_model_written_again_is_the_same() {
    assert!(ENGLISH.to_bytes() == MODEL);
}

fn sound(text: &str) {
    let syntax = read(text);
    let count = syntax.tokens.len();
    assert_eq!(syntax.tags.upos.len(), count);
    assert_eq!(syntax.tags.lemmas.len(), count);
    assert_eq!(syntax.parse.len(), count);
    for sentence in syntax.iter_sentences() {
        let span = sentence.tokens();
        assert_eq!(sentence.iter().filter(|token| token.head().is_none()).count(), 1);
        for token in sentence.iter() {
            let mut above = token;
            let mut steps = 0;
            while let Some(head) = above.head() {
                assert!(span.holds(head.id));
                above = head;
                steps += 1;
                assert!(steps <= span.len(), "a cycle in {text:?}");
            }
            assert_eq!(above.relation(), Relation::Root);
        }
    }
    for name in names::find(&syntax, &ENGLISH, &PLACES) {
        assert!(!name.span.is_empty() && name.span.end.index() <= count);
    }
    assert_eq!(syntax, read(text));
    for sentence in conllu::read(&conllu::write(&syntax)) {
        assert!(sentence.words.iter().all(|word| !word.form.is_empty() && word.head <= sentence.words.len()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_string_gives_trees(text in any::<String>()) {
        sound(&text);
    }

    #[test]
    fn any_words_give_trees(text in "((the|rebels|said|attacked|that|Mali|in|of|and|killed|[A-Z][a-z]{1,6}|[0-9]{1,4}|don't|“|”|,|\\.|\\n\\n) ?){0,60}") {
        sound(&text);
    }
}

#[test]
fn damaged_networks_are_errors_or_can_be_used() {
    let bytes = ENGLISH.network_file();
    // Lengths and shapes stand between the weights; the steps are odd, so that all kinds of bytes are met.
    for place in (0..bytes.len()).step_by(bytes.len() / 40 + 1).chain((12..600).step_by(29)) {
        let mut damaged = bytes.to_vec();
        damaged[place] ^= 0x41;
        if let Ok(language) = Language::of_network(&damaged) {
            let syntax =
                annotate::syntax(document::Report::from_text("case", "Rebels left Lyon on Sunday."), &language);
            assert_eq!(syntax.parse.len(), syntax.tokens.len());
        }
        assert!(Language::of_network(&bytes[..place.max(1)]).is_err());
    }
}
