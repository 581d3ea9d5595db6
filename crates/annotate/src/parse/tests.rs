//! Each mend, on the tree that it puts right.

use document::TokenId;

/// The head (from 1, 0 for the root) and relation of each token after the mends.
#[track_caller]
fn mended(notation: &str, expected: &[(&str, u32, &str)]) {
    let mut syntax = document::testing::syntax(notation);
    super::mends::mend(&mut syntax);
    for &(form, head, relation) in expected {
        let place = (0..syntax.tokens.len() as u32).map(TokenId).find(|id| syntax.token(*id).form() == form);
        let Some(token) = place.map(|id| syntax.token(id)) else { panic!("no {form}") };
        let found = token.head().map_or(0, |head| head.id.0 + 1);
        assert_eq!((found, token.relation().as_str()), (head, relation), "{form}");
    }
}

#[test]
fn what_stands_under_an_expletive_goes_on_in_its_clause() {
    let notation = "
        It it PRON PRP 3 nsubj:pass
        is be AUX VBZ 3 aux:pass
        thought think VERB VBN 0 root
        that that SCONJ IN 6 mark
        they they PRON PRP 6 nsubj
        hold hold VERB VBP 3 ccomp
        Gao Gao PROPN NNP 6 obj
        and and CCONJ CC 10 cc
        have have AUX VBP 10 aux
        mined mine VERB VBN 3 conj
        roads road NOUN NNS 10 obj";
    mended(notation, &[("mined", 6, "conj"), ("hold", 3, "ccomp")]);
    // "It is thought and feared that …" stays as it is.
    let notation = "
        It it PRON PRP 3 nsubj:pass
        is be AUX VBZ 3 aux:pass
        thought think VERB VBN 0 root
        and and CCONJ CC 5 cc
        feared fear VERB VBN 3 conj
        that that SCONJ IN 8 mark
        they they PRON PRP 8 nsubj
        left leave VERB VBD 3 ccomp";
    mended(notation, &[("feared", 3, "conj")]);
}

#[test]
fn the_predicate_behind_a_copula_hangs_on_it() {
    let notation = "
        He he PRON PRP 2 nsubj
        said say VERB VBD 0 root
        Kigali Kigali PROPN NNP 4 nsubj
        remained remain VERB VBD 2 ccomp
        determined determined VERB VBN 2 ccomp
        to to PART TO 7 mark
        talk talk VERB VB 5 xcomp";
    mended(notation, &[("determined", 4, "xcomp"), ("remained", 2, "ccomp")]);
}

#[test]
fn an_abbreviated_country_before_and_shares_the_noun() {
    let notation = "
        exit exit NOUN NN 0 root
        of of ADP IN 3 case
        US US PROPN NNP 1 nmod
        and and CCONJ CC 6 cc
        allied allied ADJ JJ 6 amod
        troops troops NOUN NNS 3 conj";
    mended(notation, &[("troops", 1, "nmod"), ("US", 6, "compound"), ("allied", 3, "conj"), ("of", 6, "case")]);
    // With its article it is a party of its own.
    let notation = "
        exit exit NOUN NN 0 root
        of of ADP IN 4 case
        the the DET DT 4 det
        US US PROPN NNP 1 nmod
        and and CCONJ CC 7 cc
        allied allied ADJ JJ 7 amod
        troops troops NOUN NNS 4 conj";
    mended(notation, &[("troops", 4, "conj"), ("US", 1, "nmod")]);
}

#[test]
fn a_bare_participle_behind_a_comma_is_no_second_verb() {
    let notation = "
        Salem Salem PROPN NNP 2 nsubj
        appeared appear VERB VBD 0 root
        yesterday yesterday NOUN NN 2 obl:unmarked
        , , PUNCT , 5 punct
        charged charge VERB VBN 2 conj
        with with ADP IN 7 case
        arson arson NOUN NN 5 obl";
    mended(notation, &[("charged", 2, "advcl")]);
    // Joined by a word it is one.
    let notation = "
        Salem Salem PROPN NNP 2 nsubj
        appeared appear VERB VBD 0 root
        and and CCONJ CC 4 cc
        charged charge VERB VBN 2 conj";
    mended(notation, &[("charged", 2, "conj")]);
}

#[test]
fn who_stands_behind_said_says_it() {
    let notation = "
        They they PRON PRP 2 nsubj
        left leave VERB VBD 4 ccomp
        , , PUNCT , 4 punct
        said say VERB VBD 0 root
        a a DET DT 6 det
        farmer farmer NOUN NN 4 obj";
    mended(notation, &[("farmer", 4, "nsubj")]);
}

#[test]
fn what_is_said_first_has_its_own_subject() {
    let notation = "
        Tolls toll NOUN NNS 6 nsubj
        rose rise VERB VBD 6 ccomp
        , , PUNCT , 2 punct
        the the DET DT 5 det
        clinic clinic NOUN NN 6 nsubj
        said say VERB VBD 0 root";
    mended(notation, &[("Tolls", 2, "nsubj"), ("clinic", 6, "nsubj"), ("rose", 6, "ccomp")]);
    let notation = "
        Rockets rocket NOUN NNS 7 nsubj
        were be AUX VBD 3 aux:pass
        fired fire VERB VBN 7 ccomp
        , , PUNCT , 3 punct
        the the DET DT 6 det
        monitors monitor NOUN NNS 7 nsubj
        said say VERB VBD 0 root";
    mended(notation, &[("Rockets", 3, "nsubj:pass"), ("monitors", 7, "nsubj")]);
    // Without anybody else to say it, the first subject speaks.
    let notation = "
        Monitors monitor NOUN NNS 5 nsubj
        , , PUNCT , 1 punct
        it it PRON PRP 4 nsubj
        seems seem VERB VBZ 5 ccomp
        said say VERB VBD 0 root";
    mended(notation, &[("Monitors", 5, "nsubj"), ("it", 4, "nsubj")]);
}

#[test]
fn who_says_it_is_no_subject_of_what_is_said() {
    let notation = "
        Juntas junta NOUN NNS 2 nsubj
        lied lie VERB VBD 6 ccomp
        , , PUNCT , 2 punct
        the the DET DT 5 det
        envoy envoy NOUN NN 2 nsubj
        said say VERB VBD 0 root";
    mended(notation, &[("Juntas", 2, "nsubj"), ("envoy", 6, "nsubj")]);
}

#[test]
fn a_title_belongs_to_the_person_behind_it() {
    let notation = "
        Malian malian ADJ JJ 2 amod
        Minister Minister PROPN NNP 5 nsubj
        Awa Awa PROPN NNP 5 nsubj
        Dembele Dembele PROPN NNP 3 flat
        met meet VERB VBD 0 root
        General General PROPN NNP 5 obj
        Oumar Oumar PROPN NNP 5 obj";
    mended(notation, &[("Minister", 3, "nmod:desc"), ("Awa", 5, "nsubj"), ("General", 7, "nmod:desc")]);
    // Two things given are no title and its bearer.
    let notation = "
        They they PRON PRP 2 nsubj
        gave give VERB VBD 0 root
        rebels rebel NOUN NNS 2 obj
        Goma Goma PROPN NNP 2 obj";
    mended(notation, &[("rebels", 2, "obj"), ("Goma", 2, "obj")]);
}

#[test]
fn the_person_heads_a_title_with_of() {
    let notation = "
        criticism criticism NOUN NN 0 root
        by by ADP IN 3 case
        Secretary Secretary PROPN NNP 1 nmod
        of of ADP IN 5 case
        State State PROPN NNP 3 nmod
        Lena Lena PROPN NNP 3 nmod
        Voss Voss PROPN NNP 6 flat";
    let expected = [
        ("Lena", 1, "nmod"),
        ("Secretary", 6, "nmod:desc"),
        ("by", 6, "case"),
        ("State", 3, "nmod"),
        ("of", 5, "case"),
    ];
    mended(notation, &expected);
}
