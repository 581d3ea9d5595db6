use super::split;
use document::Report;
use proptest::prelude::*;

/// Tokens of `text`, parted by one space; a joined token has a "+" before it.
fn check(text: &str, expected: &str) {
    let report = Report::from_text("case", text);
    let tokens = split(&report);
    let found: Vec<String> = tokens
        .spans
        .iter()
        .zip(&tokens.joined)
        .map(|(span, joined)| format!("{}{}", if *joined { "+" } else { "" }, span.of(text)))
        .collect();
    assert_eq!(found.join(" "), expected, "{text}");
}

#[test]
fn words_are_cut_as_the_tree_banks_do() {
    for (text, expected) in [
        ("They don't know.", "They do +n't know ."),
        ("They don’t; she can't, I won't", "They do +n’t ; she ca +n't , I wo +n't"),
        ("It cannot be", "It can +not be"),
        ("Mali's army", "Mali +'s army"),
        ("the group’s men", "the group +’s men"),
        ("the rebels' camp", "the rebels +' camp"),
        ("the 'old rebels' came", "the ' old rebels ' came"),
        ("I'd've gone; he'll go; we're", "I +'d +'ve gone ; he +'ll go ; we +'re"),
        ("Sana'a and O'Brien", "Sana'a and O'Brien"),
        ("a 15-year term", "a 15 - year term"),
        ("anti-war, ex-soldiers, re-elected", "anti-war , ex-soldiers , re-elected"),
        ("al-Shabaab-linked", "al - Shabaab - linked"),
        ("U.S. troops and E.U. envoys", "U.S. troops and E.U. envoys"),
        ("J. R. Smith met Mr. Okafor.", "J. R. Smith met Mr. Okafor ."),
        ("at 5pm on Feb. 3", "at 5 pm on Feb. 3"),
        ("from 10:30 a.m. on", "from 10:30 a.m. on"),
        ("$1.5m, £20 and US$3bn", "$ 1.5 m , £ 20 and US$ 3 bn"),
        ("1,200 men, 50% of 2.4 million", "1,200 men , 50 % of 2.4 million"),
        ("on 9/11 and 11/28/2000", "on 9/11 and 11/28/2000"),
        ("and/or 3/4", "and / or 3 / 4"),
        ("in the 1990s and '60s", "in the 1990s and '60s"),
        ("the 2010's", "the 2010's"),
        ("see www.example.org/a-b, or x.y@example.com.", "see www.example.org/a-b , or x.y@example.com ."),
        ("(https://example.org/a?b=c)", "( https://example.org/a?b=c )"),
        ("#peace @envoy", "#peace @envoy"),
        ("AT&T and R&D", "AT&T and R&D"),
        ("No. 5 of them. No. He left", "No. 5 of them . No . He left"),
        ("Acme Inc. said", "Acme Inc. said"),
        ("guns, mines, etc.", "guns , mines , etc ."),
        ("a deal … or not...", "a deal … or not ..."),
        ("What?! Yes!!", "What ?! Yes !!"),
        ("talks–if any–and war—or -- none", "talks – if any – and war — or -- none"),
        ("it ended.Then", "it ended . Then"),
        ("1. First", "1. First"),
        ("World War I. Germany", "World War I . Germany"),
        ("café naïve Köln", "café naïve Köln"),
        ("rock 'n' roll", "rock ' n ' roll"),
    ] {
        check(text, expected);
    }
}

#[test]
fn quotation_marks_are_tokens() {
    for (text, expected) in [
        ("“We will,” he said.", "“ We will , ” he said ."),
        ("week, ”said the envoy", "week , ” said the envoy"),
        ("\"No,\" she said", "\" No , \" she said"),
        ("to take. time . . That", "to take . time . . That"),
    ] {
        check(text, expected);
    }
}

#[test]
fn title_and_body_are_read_apart() {
    let text = "Title words\n\nignored\n\nBody.";
    let report =
        Report { title: Some(document::TextSpan::new(0, 11)), body_start: 22, ..Report::from_text("case", text) };
    let words: Vec<&str> = split(&report).spans.iter().map(|span| span.of(text)).collect();
    assert_eq!(words, ["Title", "words", "Body", "."]);
}

fn sound(text: &str) {
    let report = Report::from_text("case", text);
    let tokens = split(&report);
    let mut at = 0;
    for span in &tokens.spans {
        let (start, end) = (span.start as usize, span.end as usize);
        assert!(start < end && at <= start);
        assert!(text[at..start].chars().all(char::is_whitespace), "{text:?}");
        assert!(!text[start..end].contains(char::is_whitespace), "{text:?}");
        at = end;
    }
    assert!(text[at..].chars().all(char::is_whitespace), "{text:?}");
    assert_eq!(tokens.spans.len(), tokens.joined.len());
    assert_eq!(tokens, split(&report));
}

proptest! {
    #[test]
    fn any_string_is_covered(text in any::<String>()) {
        sound(&text);
    }

    #[test]
    fn any_mixture_of_marks_is_covered(text in "([a-zA-Z0-9'’`“”\"$#@&/.,:;!?_*()-]|n't|'s|U\\.S\\.|\\n| |é|://|www\\.|\u{301}|\u{200d}|etc\\.|5pm|No\\.){0,40}") {
        sound(&text);
    }
}
