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

#[test]
fn a_clause_hung_on_its_subject_is_what_is_said() {
    let notation = "
        Gunmen gunman NOUN NNS 9 nsubj
        raided raid VERB VBD 1 acl
        a a DET DT 4 det
        farm farm NOUN NN 2 obj
        , , PUNCT , 1 punct
        the the DET DT 8 det
        local local ADJ JJ 8 amod
        police police NOUN NNS 9 nsubj
        said say VERB VBD 0 root";
    mended(notation, &[("Gunmen", 2, "nsubj"), ("raided", 9, "ccomp"), ("police", 9, "nsubj")]);
    let notation = "
        This this PRON DT 4 nsubj
        is be AUX VBZ 4 cop
        a a DET DT 4 det
        ruin ruin NOUN NN 7 nsubj
        , , PUNCT , 4 punct
        owners owner NOUN NNS 7 nsubj
        said say VERB VBD 0 root";
    mended(notation, &[("ruin", 7, "ccomp"), ("owners", 7, "nsubj")]);
    // A participle that modifies the subject of what is said stays there, and so does the one speaker.
    let notation = "
        Envoys envoy NOUN NNS 5 nsubj
        sent send VERB VBN 1 acl
        by by ADP IN 4 case
        Lome Lome PROPN NNP 2 obl:agent
        said say VERB VBD 0 root";
    mended(notation, &[("Envoys", 5, "nsubj"), ("sent", 1, "acl")]);
}

#[test]
fn whoever_stands_between_the_comma_and_said_says_it() {
    let notation = "
        Troops troops NOUN NNS 2 nsubj
        shelled shell VERB VBD 0 root
        Gao Gao PROPN NNP 2 obj
        , , PUNCT , 6 punct
        the the DET DT 6 det
        mayor mayor NOUN NN 2 obj
        , , PUNCT , 8 punct
        Awa Awa PROPN NNP 6 appos
        , , PUNCT , 2 punct
        said say VERB VBD 2 parataxis";
    mended(notation, &[("mayor", 10, "nsubj"), ("Gao", 2, "obj"), ("Awa", 6, "appos")]);
    let notation = "
        They they PRON PRP 2 nsubj
        lack lack VERB VBP 0 root
        water water NOUN NN 2 obj
        , , PUNCT , 6 punct
        the the DET DT 6 det
        clinic clinic NOUN NN 3 conj
        reported report VERB VBD 2 parataxis";
    mended(notation, &[("clinic", 7, "nsubj"), ("water", 2, "obj")]);
    // An apposition before the verb of its own clause is nobody who speaks.
    let notation = "
        They they PRON PRP 2 nsubj
        met meet VERB VBD 0 root
        Awa Awa PROPN NNP 2 obj
        , , PUNCT , 6 punct
        the the DET DT 6 det
        mayor mayor NOUN NN 3 appos
        , , PUNCT , 3 punct
        and and CCONJ CC 9 cc
        said say VERB VBD 2 conj
        so so ADV RB 9 advmod";
    mended(notation, &[("mayor", 3, "appos")]);
}

#[test]
fn headlines_say_of_their_subject_what_it_is_to_do() {
    let notation = "
        Army army NOUN NN 8 nsubj
        to to PART TO 3 mark
        leave leave VERB VB 1 acl
        Gao Gao PROPN NNP 3 obj
        , , PUNCT , 1 punct
        the the DET DT 7 det
        minister minister NOUN NN 8 nsubj
        says say VERB VBZ 0 root";
    mended(notation, &[("leave", 8, "ccomp"), ("Army", 3, "nsubj"), ("minister", 8, "nsubj")]);
    let notation = "
        Army army NOUN NN 2 nsubj
        retakes retake VERB VBZ 5 ccomp
        Gao Gao PROPN NNP 2 obj
        , , PUNCT , 2 punct
        says say VERB VBZ 0 root
        19 19 NUM CD 7 nummod
        rebels rebel NOUN NNS 5 obj
        killed kill VERB VBN 7 acl";
    let expected = [("retakes", 0, "root"), ("says", 2, "conj"), ("killed", 5, "ccomp"), ("rebels", 8, "nsubj:pass")];
    mended(notation, &expected);
    let notation = "
        Army army NOUN NN 2 nsubj
        leaves leave VERB VBZ 5 ccomp
        Gao Gao PROPN NNP 2 obj
        , , PUNCT , 2 punct
        says say VERB VBZ 0 root
        mayor mayor NOUN NN 5 obj";
    mended(notation, &[("mayor", 5, "nsubj"), ("leaves", 5, "ccomp")]);
}

#[test]
fn what_is_between_two_has_both() {
    let notation = "
        Talks talk NOUN NNS 0 root
        between between ADP IN 4 case
        the the DET DT 4 det
        junta junta NOUN NN 1 nmod
        and and CCONJ CC 7 cc
        the the DET DT 7 det
        rebels rebel NOUN NNS 8 nsubj
        opened open VERB VBD 1 conj
        . . PUNCT . 1 punct";
    let expected = [("rebels", 4, "conj"), ("opened", 0, "root"), ("Talks", 8, "nsubj"), (".", 8, "punct")];
    mended(notation, &expected);
    // Two clauses stay two.
    let notation = "
        Talks talk NOUN NNS 2 nsubj
        failed fail VERB VBD 0 root
        and and CCONJ CC 5 cc
        rebels rebel NOUN NNS 5 nsubj
        left leave VERB VBD 2 conj";
    mended(notation, &[("rebels", 5, "nsubj"), ("left", 2, "conj")]);
}

#[test]
fn a_number_rises_and_does_not_wound() {
    let notation = "
        The the DET DT 2 det
        number number NOUN NN 5 nsubj
        of of ADP IN 4 case
        men man NOUN NNS 2 nmod
        wounded wound VERB VBD 0 root
        by by ADP IN 7 mark
        shelling shell VERB VBG 5 advcl
        climbed climb VERB VBN 7 xcomp
        to to ADP IN 10 case
        30 30 NUM CD 8 obl
        . . PUNCT . 5 punct";
    let expected = [("climbed", 0, "root"), ("number", 8, "nsubj"), ("wounded", 4, "acl"), (".", 8, "punct")];
    mended(notation, &expected);
    let notation = "
        Shells shell NOUN NNS 2 nsubj
        killed kill VERB VBD 0 root
        men man NOUN NNS 2 obj
        as as SCONJ IN 6 mark
        prices price NOUN NNS 6 nsubj
        rose rise VERB VBD 2 advcl";
    mended(notation, &[("rose", 2, "advcl"), ("killed", 0, "root")]);
}

#[test]
fn a_headline_of_a_noun_and_an_infinitive_is_a_sentence() {
    let notation = "
        Junta junta NOUN NN 0 root
        and and CCONJ CC 3 cc
        rebels rebel NOUN NNS 1 conj
        to to PART TO 5 mark
        open open VERB VB 1 acl
        talks talk NOUN NNS 5 obj";
    mended(notation, &[("open", 0, "root"), ("Junta", 5, "nsubj"), ("rebels", 1, "conj")]);
    // "Mali first to …" tells of what was done, and so may a line with its full stop.
    let notation = "
        Mali Mali PROPN NNP 0 root
        first first ADJ JJ 1 amod
        to to PART TO 4 mark
        ban ban VERB VB 1 acl
        mines mine NOUN NNS 4 obj";
    mended(notation, &[("Mali", 0, "root"), ("ban", 1, "acl")]);
    let notation = "
        Plans plan NOUN NNS 0 root
        to to PART TO 3 mark
        leave leave VERB VB 1 acl
        . . PUNCT . 1 punct";
    mended(notation, &[("Plans", 0, "root")]);
}

#[test]
fn a_plural_before_the_noun_of_a_headline_is_its_verb() {
    let notation = "
        House House PROPN NNP 2 compound
        backs back NOUN NNS 3 compound
        bill bill NOUN NN 0 root
        on on ADP IN 5 case
        aid aid NOUN NN 3 nmod";
    mended(notation, &[("backs", 0, "root"), ("House", 2, "nsubj"), ("bill", 2, "obj")]);
    // A line with its full stop is none, and a line with a verb has one.
    let notation = "
        House House PROPN NNP 2 compound
        plans plan NOUN NNS 3 compound
        review review NOUN NN 0 root
        . . PUNCT . 3 punct";
    mended(notation, &[("review", 0, "root"), ("plans", 3, "compound")]);
}

#[test]
fn a_bare_verb_behind_the_object_of_asking_is_asked() {
    let notation = "
        He he PRON PRP 2 nsubj
        recommended recommend VERB VBD 0 root
        the the DET DT 4 det
        troops troops NOUN NNS 2 obj
        withdraw withdraw VERB VBP 2 advcl";
    mended(notation, &[("withdraw", 2, "ccomp"), ("troops", 5, "nsubj")]);
    let notation = "
        They they PRON PRP 2 nsubj
        ask ask VERB VBP 0 root
        them they PRON PRP 2 obj
        to to PART TO 5 mark
        leave leave VERB VB 2 xcomp";
    mended(notation, &[("leave", 2, "xcomp"), ("them", 2, "obj")]);
}
