use super::split;
use crate::tokens;
use document::Report;
use proptest::prelude::*;

/// The sentences of `text`, each between bars; "||" where a paragraph begins.
fn check(text: &str, expected: &[&str]) {
    let report = Report::from_text("case", text);
    let tokens = tokens::split(&report);
    let sentences = split(&report, &tokens);
    let found: Vec<&str> = sentences
        .spans
        .iter()
        .map(|span| {
            let range = span.range();
            &text[tokens.spans[range.start].start as usize..tokens.spans[range.end - 1].end as usize]
        })
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn periods_end_sentences_and_abbreviations_do_not() {
    check("Troops left. Rebels came.", &["Troops left.", "Rebels came."]);
    check("Gen. Okafor met Mr. Silva. They spoke.", &["Gen. Okafor met Mr. Silva.", "They spoke."]);
    check("The U.S. Army left the U.S. The talks went on.", &["The U.S. Army left the U.S.", "The talks went on."]);
    check("They met at 5 p.m. Monday. It rained.", &["They met at 5 p.m. Monday.", "It rained."]);
    check("J. R. Smith won. He spoke.", &["J. R. Smith won.", "He spoke."]);
    check("It fell 3.5 percent. Why? Nobody knows!", &["It fell 3.5 percent.", "Why?", "Nobody knows!"]);
    check("They took mines, guns, etc. They fled.", &["They took mines, guns, etc.", "They fled."]);
    check("He said… nothing. It was over… The end.", &["He said… nothing.", "It was over…", "The end."]);
}

#[test]
fn closing_marks_belong_to_the_sentence_they_end() {
    check("“We agreed.” They left.", &["“We agreed.”", "They left."]);
    check("\"We agreed.\" \"We did not.\" They left.", &["\"We agreed.\"", "\"We did not.\"", "They left."]);
    check("“Will they sign?” he asked. “Yes.”", &["“Will they sign?” he asked.", "“Yes.”"]);
    check("He left (it was late). She stayed.", &["He left (it was late).", "She stayed."]);
    check("He said: “Stop.” “No,” she said.", &["He said: “Stop.”", "“No,” she said."]);
}

#[test]
fn scars_of_machine_translation_are_borne() {
    check("They left . Others came.", &["They left .", "Others came."]);
    check("It will be hard. . Yet they talk.", &["It will be hard. .", "Yet they talk."]);
    check("“We meet next week, ”said the envoy. He left.", &["“We meet next week, ”said the envoy.", "He left."]);
    check("“We meet.  ” He left.", &["“We meet.  ”", "He left."]);
}

#[test]
fn blank_lines_end_headlines() {
    check("Talks resume in Doha\n\nThe parties met.", &["Talks resume in Doha", "The parties met."]);
    check("First line\nSecond line", &["First line", "Second line"]);
    check("They went to\nthe town. It fell.", &["They went to\nthe town.", "It fell."]);
}

#[test]
fn wrapped_lines_are_no_paragraphs() {
    let text = "The delegation of the northern provinces said on Monday that\n\
                it would return to the capital once the roads are open and\n\
                the army has left the checkpoints. A spokesman for the\n\
                Ministry of Defence did not answer questions about the date\n\
                of the withdrawal.";
    let report = Report::from_text("case", text);
    let tokens = tokens::split(&report);
    let sentences = split(&report, &tokens);
    assert_eq!(sentences.spans.len(), 2);
    assert_eq!(sentences.paragraphs, [0, 0]);
}

#[test]
fn paragraphs_are_counted() {
    let text = "Headline\n\nOne. Two.\n\nThree.";
    let report = Report::from_text("case", text);
    let tokens = tokens::split(&report);
    assert_eq!(split(&report, &tokens).paragraphs, [0, 1, 1, 2]);
}

proptest! {
    #[test]
    fn sentences_cover_all_tokens(text in "([a-zA-Z]{1,4}|[.!?\"“”'’()…,]| |\\n|U\\.S\\.|Mr\\.){0,80}", cut in 0usize..200) {
        let mut report = Report::from_text("case", text.clone());
        if let Some((at, _)) = text.char_indices().nth(cut) {
            report.title = Some(document::TextSpan::new(0, at));
            report.body_start = at as u32;
        }
        let tokens = tokens::split(&report);
        let sentences = split(&report, &tokens);
        let mut next = 0;
        for span in &sentences.spans {
            prop_assert_eq!(span.range().start, next);
            prop_assert!(!span.is_empty());
            next = span.range().end;
        }
        prop_assert_eq!(next, tokens.len());
        prop_assert_eq!(sentences.spans.len(), sentences.paragraphs.len());
        prop_assert!(sentences.paragraphs.is_sorted());
    }
}

#[test]
fn datelines_stand_apart() {
    check(
        "KANO, Nigeria (Savanna Wire) — Gunmen attacked a village. Two people died.",
        &["KANO, Nigeria (Savanna Wire) —", "Gunmen attacked a village.", "Two people died."],
    );
    check(
        "LA PAZ, Bolivia (Highland Agency) – Police fired.",
        &["LA PAZ, Bolivia (Highland Agency) –", "Police fired."],
    );
    check("SANAA/ADEN - Talks resumed.", &["SANAA/ADEN -", "Talks resumed."]);
    check("NATO says it will not act - for now.", &["NATO says it will not act - for now."]);
    check("UN-backed talks resumed.", &["UN-backed talks resumed."]);
}
