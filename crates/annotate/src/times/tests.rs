//! Cases for times: text, day of publication, and for each expression words, value, first and last day.

use super::find;
use document::{Report, Syntax};
use jiff::civil::Date;
use proptest::prelude::*;

fn syntax(text: &str, published: Option<Date>) -> Syntax {
    let report = Report { published, ..Report::from_text("case", text) };
    let tokens = crate::tokens::split(&report);
    let sentences = crate::sentences::split(&report, &tokens);
    Syntax { report, tokens, sentences, ..Syntax::default() }
}

/// The expressions as "words=value from..to", joined by "; ".
fn check(text: &str, published: &str, expected: &str) {
    let syntax = syntax(text, published.parse().ok());
    let got: Vec<String> = find(&syntax)
        .iter()
        .map(|time| {
            let days = match (time.from, time.to) {
                (Some(from), Some(to)) if from == to => format!(" {from}"),
                (Some(from), Some(to)) => format!(" {from}..{to}"),
                _ => String::new(),
            };
            format!("{}={}{days}", syntax.text(time.span), time.value)
        })
        .collect();
    assert_eq!(got.join("; "), expected, "{text}");
}

#[test]
fn expressions_of_time() {
    // 18 July 2021 was a Sunday.
    for (text, published, expected) in [
        ("They met on Sunday.", "2021-07-18", "Sunday=2021-07-18 2021-07-18"),
        ("They met on Saturday.", "2021-07-18", "Saturday=2021-07-17 2021-07-17"),
        ("They will meet on Monday.", "2021-07-18", "Monday=2021-07-19 2021-07-19"),
        ("They met on Sunday.", "", "Sunday=XXXX-WXX-7"),
        ("Talks resume next week.", "2021-07-18", "next week=2021-W29 2021-07-19..2021-07-25"),
        ("Talks failed last week.", "2021-07-18", "last week=2021-W27 2021-07-05..2021-07-11"),
        ("They left earlier this month.", "2021-07-18", "earlier this month=2021-07 2021-07-01..2021-07-18"),
        ("It fell late last year.", "2021-07-18", "late last year=2020 2020-01-01..2020-12-31"),
        ("Shells fell over the weekend.", "2021-07-20", "the weekend=2021-W28-WE 2021-07-17..2021-07-18"),
        ("It began on September 11, 2001.", "2021-07-18", "September 11, 2001=2001-09-11 2001-09-11"),
        ("It began on 11 September 2001.", "", "11 September 2001=2001-09-11 2001-09-11"),
        ("It began on 2001-09-11.", "", "2001-09-11=2001-09-11 2001-09-11"),
        ("On Monday, July 12, 2021, they spoke.", "2021-07-18", "Monday, July 12, 2021=2021-07-12 2021-07-12"),
        ("They fled on July 5.", "2021-07-18", "July 5=2021-07-05 2021-07-05"),
        ("They fled in the early 1990s.", "2021-07-18", "the early 1990s=199 1990-01-01..1999-12-31"),
        ("After nearly two decades they left.", "2021-07-18", "nearly two decades=P20Y"),
        ("They left in late February.", "2023-05-09", "late February=2023-02 2023-02-21..2023-02-28"),
        ("It ends at the end of this month.", "2023-03-14", "the end of this month=2023-03 2023-03-21..2023-03-31"),
        ("It fell in early May 2019.", "2023-05-09", "early May 2019=2019-05 2019-05-01..2019-05-10"),
        ("They left in the night of July 5.", "2021-07-18", "the night of July 5=2021-07-05TNI 2021-07-05"),
        (
            "It began at 4 a.m. local time (0100 UTC) on Friday.",
            "2021-07-18",
            "4 a.m. local time (0100 UTC) on Friday=2021-07-16T04:00 2021-07-16",
        ),
        (
            "He resigned shortly before midnight Friday night.",
            "2021-07-18",
            "midnight Friday night=2021-07-16T00:00 2021-07-16",
        ),
        (
            "It began at 11 p.m. on Friday. It ended at 5 a.m. there.",
            "2021-07-18",
            "11 p.m. on Friday=2021-07-16T23:00 2021-07-16; 5 a.m.=2021-07-17T05:00 2021-07-17",
        ),
        ("They meet twice a month.", "2021-07-18", "twice a month=P1M"),
        ("They fought for months.", "2021-07-18", "months=PXM"),
        ("He spoke on Monday night.", "2021-07-18", "Monday night=2021-07-12TNI 2021-07-12"),
        ("It was signed two years ago.", "2021-07-18", "two years ago=2019 2019-01-01..2019-12-31"),
        (
            "He died on July 3, 2021. Two days later they left.",
            "2021-07-18",
            "July 3, 2021=2021-07-03 2021-07-03; Two days later=2021-07-05 2021-07-05",
        ),
        ("It has lasted the past three months.", "2021-07-18", "the past three months=P3M 2021-04-18..2021-07-18"),
        ("They train every day.", "2021-07-18", "every day=P1D"),
        ("They leave in October 2022.", "2021-07-18", "October 2022=2022-10 2022-10-01..2022-10-31"),
        ("It opened in 1998.", "2021-07-18", "1998=1998 1998-01-01..1998-12-31"),
        ("Some 1998 people came.", "2021-07-18", ""),
        ("He said yesterday that he may go.", "2021-07-18", "yesterday=2021-07-17 2021-07-17"),
        ("At 10:30 a.m. Thursday it fell.", "2021-07-18", "10:30 a.m. Thursday=2021-07-15T10:30 2021-07-15"),
        (
            "Sales rose in the third quarter of 2020.",
            "2021-07-18",
            "the third quarter of 2020=2020-Q3 2020-07-01..2020-09-30",
        ),
        ("A 20-year-old died.", "2021-07-18", ""),
        ("They now hold it.", "2021-07-18", "now=PRESENT_REF"),
        ("It was built in the 19th century.", "2021-07-18", "the 19th century=18 1800-01-01..1899-12-31"),
        (
            "A 27-year contract ended last summer.",
            "2021-07-18",
            "27-year=P27Y; last summer=2020-SU 2020-06-01..2020-08-31",
        ),
    ] {
        check(text, published, expected);
    }
}

#[test]
fn prefixes_halves_and_hours() {
    for (text, published, expected) in [
        ("It ends in mid-November.", "2021-10-18", "mid-November=2021-11 2021-11-11..2021-11-20"),
        ("The mid-1990s were calm.", "2021-10-18", "The mid-1990s=199 1990-01-01..1999-12-31"),
        ("The post-1959 politics were hard.", "2021-10-18", "post-1959=1959"),
        ("The mid-range car stopped.", "2021-10-18", ""),
        ("The worst fire since '82 burned.", "2021-10-18", "'82=1982 1982-01-01..1982-12-31"),
        ("It took 5 1/2 hours.", "2021-10-18", "5 1/2 hours=PT5H30M"),
        ("He was held for 2½ years.", "2021-10-18", "2½ years=P2Y6M"),
        ("They waited half a day.", "2021-10-18", "half a day=PT12H"),
        ("A minute and a half later it fell.", "2021-10-18", "A minute and a half=PT1M30S"),
        ("Day-long talks ended a decades-long war.", "2021-10-18", "Day-long=P1D; decades-long=PXY"),
        (
            "On Saturday they left at 4 in the morning.",
            "2021-07-18",
            "Saturday=2021-07-17 2021-07-17; 4 in the morning=2021-07-17T04:00 2021-07-17",
        ),
        ("It began at 0830 GMT.", "2021-07-18", "0830 GMT=2021-07-18T08:30Z 2021-07-18"),
        ("He will one day return.", "2021-07-18", "one day=FUTURE_REF"),
        ("He came the day before yesterday.", "2021-07-18", "the day before yesterday=2021-07-16 2021-07-16"),
        ("They meet in the week of July 7.", "2021-07-18", "the week of July 7=2021-W27 2021-07-05..2021-07-11"),
        ("Prices fell in the last half of 2020.", "2021-07-18", "the last half of 2020=2020-H2 2020-07-01..2020-12-31"),
        ("Crowds prayed as Easter week began.", "2021-04-18", "Easter week=2021-W13 2021-03-28..2021-04-03"),
    ] {
        check(text, published, expected);
    }
}

#[test]
fn holidays_fall_on_their_days() {
    // 25 July 2021 was a Sunday.
    for (text, published, expected) in [
        ("Shops close on Christmas Day 2019.", "2021-07-25", "Christmas Day 2019=2019-12-25 2019-12-25"),
        ("They met last Thanksgiving.", "2021-07-25", "last Thanksgiving=2020-11-26 2020-11-26"),
        ("Police met the 2019 Easter Sunday pilgrims.", "2021-07-25", "2019 Easter Sunday=2019-04-21 2019-04-21"),
        (
            "Guns fell silent for the Eid holiday.",
            "2021-07-25",
            "the Eid holiday=2021-07-20/2021-07-22 2021-07-20..2021-07-22",
        ),
        ("He was seized last Ramadan.", "2021-07-25", "last Ramadan=2021-04-13/2021-05-12 2021-04-13..2021-05-12"),
        ("The Easter Island council met.", "2021-07-25", ""),
        ("They signed the Good Friday Agreement.", "2021-07-25", ""),
    ] {
        check(text, published, expected);
    }
}

#[test]
fn periods_of_reports_on_results() {
    for (text, published, expected) in [
        (
            "Sales rose in the quarter ended June 30, 2021, from a year earlier.",
            "2021-07-18",
            "the quarter=2021-Q2 2021-04-01..2021-06-30; June 30, 2021=2021-06-30 2021-06-30; \
             a year earlier=2020-Q2 2020-04-01..2020-06-30",
        ),
        (
            "It lost $3 million in the first quarter, up from $1 million in the year-ago period.",
            "2021-07-18",
            "the first quarter=2021-Q1 2021-01-01..2021-03-31; the year-ago period=2020-Q1 2020-01-01..2020-03-31",
        ),
        ("Mills closed in the 2019 second quarter.", "", "the 2019 second quarter=2019-Q2 2019-04-01..2019-06-30"),
        (
            "Mills closed in last year's second half.",
            "2021-07-18",
            "last year's second half=2020-H2 2020-07-01..2020-12-31",
        ),
        (
            "It paid $2 in the six months ended June 30.",
            "2021-07-18",
            "the six months=P6M 2021-01-01..2021-06-30; June 30=2021-06-30 2021-06-30",
        ),
        ("The third-quarter loss grew.", "2021-10-18", "third-quarter=2021-Q3 2021-07-01..2021-09-30"),
        ("It will close by year-end.", "2021-07-18", "year-end=2021 2021-12-01..2021-12-31"),
        (
            "They left in the last week of March.",
            "2021-07-18",
            "the last week of March=2021-W12 2021-03-22..2021-03-28",
        ),
    ] {
        check(text, published, expected);
    }
}

#[test]
fn what_a_narrative_has_named_is_counted_from() {
    for (text, published, expected) in [
        (
            "It was founded in May 1943. In August it was bombed, and the following month it fell.",
            "",
            "May 1943=1943-05 1943-05-01..1943-05-31; August=1943-08 1943-08-01..1943-08-31; \
             the following month=1943-09 1943-09-01..1943-09-30",
        ),
        (
            "He fled in 2012 and came back later that year.",
            "2021-07-18",
            "2012=2012 2012-01-01..2012-12-31; later that year=2012 2012-01-01..2012-12-31",
        ),
        (
            "They meet on April 24 and 25, 2022.",
            "2021-07-18",
            "April 24=2021-04-24 2021-04-24; 25, 2022=2022-04-25 2022-04-25",
        ),
        ("He died weeks before the vote.", "2021-07-18", "weeks=PXW"),
        (
            "He died two days after July 5, 2021.",
            "2021-07-18",
            "two days=P2D 2021-07-07; July 5, 2021=2021-07-05 2021-07-05",
        ),
        ("Talks took between two and six days.", "2021-07-18", "two=P2D; six days=P6D"),
        ("Atlanta, nineteen ninety-six: a bomb.", "2021-07-18", "nineteen ninety-six=1996 1996-01-01..1996-12-31"),
        (
            "He was seized last October. That same day they fled.",
            "2021-07-18",
            "last October=2020-10 2020-10-01..2020-10-31; That same day=2020-10-XX 2020-10-01..2020-10-31",
        ),
        (
            "He fled on July 5. He was caught the next morning. An hour later he was dead.",
            "2021-07-18",
            "July 5=2021-07-05 2021-07-05; the next morning=2021-07-06TMO 2021-07-06; An hour later=PT1H",
        ),
        (
            "It began on Saturday. They spoke later in the day.",
            "2021-07-18",
            "Saturday=2021-07-17 2021-07-17; later in the day=2021-07-17 2021-07-17",
        ),
        ("Every now and then they met.", "2021-07-18", ""),
        ("He told \"60 Minutes\" nothing.", "2021-07-18", ""),
    ] {
        check(text, published, expected);
    }
}

/// The value of the last expression of a sentence with a parse.
#[track_caller]
fn check_parsed(notation: &str, published: &str, expected: &str) {
    let mut syntax = document::testing::syntax(notation);
    syntax.report.published = published.parse().ok();
    let times = find(&syntax);
    let value = times.last().map_or("", |time| time.value.as_str());
    assert_eq!(value, expected, "{}", syntax.report.text);
}

#[test]
fn a_date_that_names_a_thing_is_not_where_the_narrative_goes() {
    check_parsed(
        "They they PRON PRP 2 nsubj
         met meet VERB VBD 0 root
         Tuesday Tuesday PROPN NNP 2 obl:unmarked
         on on ADP IN 8 case
         the the DET DT 8 det
         May May PROPN NNP 8 compound
         2 2 NUM CD 6 nummod
         accord accord NOUN NN 2 obl
         and and CCONJ CC 10 cc
         left leave VERB VBD 2 conj
         the the DET DT 13 det
         following follow VERB VBG 13 amod
         day day NOUN NN 10 obl:unmarked",
        "2023-09-15",
        "2023-09-13",
    );
}

#[test]
fn the_verb_says_on_which_side_a_day_lies() {
    // 15 September 2023 was a Friday.
    check_parsed(
        "A a DET DT 2 det
         truce truce NOUN NN 5 nsubj
         is be AUX VBZ 5 aux
         to to PART TO 5 mark
         begin begin VERB VB 0 root
         on on ADP IN 7 case
         Sunday Sunday PROPN NNP 5 obl",
        "2023-09-15",
        "2023-09-17",
    );
    check_parsed(
        "Unions union NOUN NNS 2 nsubj
         called call VERB VBD 0 root
         a a DET DT 4 det
         strike strike NOUN NN 2 obj
         for for ADP IN 6 case
         Monday Monday PROPN NNP 2 obl",
        "2023-09-15",
        "2023-09-18",
    );
    check_parsed(
        "She she PRON PRP 2 nsubj
         invited invite VERB VBD 0 root
         them they PRON PRP 2 obj
         to to ADP IN 5 case
         talks talk NOUN NNS 2 obl
         on on ADP IN 7 case
         Monday Monday PROPN NNP 5 nmod",
        "2023-09-15",
        "2023-09-18",
    );
    check_parsed(
        "She she PRON PRP 2 nsubj
         invited invite VERB VBD 0 root
         them they PRON PRP 2 obj
         on on ADP IN 5 case
         Monday Monday PROPN NNP 2 obl",
        "2023-09-15",
        "2023-09-11",
    );
    check_parsed(
        "It it PRON PRP 2 nsubj
         gave give VERB VBD 0 root
         them they PRON PRP 2 iobj
         until until ADP IN 6 case
         Sunday Sunday PROPN NNP 6 compound
         evening evening NOUN NN 2 obl",
        "2023-09-15",
        "2023-09-17TEV",
    );
    check_parsed(
        "The the DET DT 2 det
         truce truce NOUN NN 3 nsubj
         expired expire VERB VBD 0 root
         on on ADP IN 5 case
         October October PROPN NNP 3 obl
         2 2 NUM CD 5 nummod",
        "2023-06-22",
        "2022-10-02",
    );
    check_parsed(
        "It it PRON PRP 2 nsubj
         said say VERB VBD 0 root
         in in ADP IN 4 case
         May May PROPN NNP 2 obl
         it it PRON PRP 7 nsubj
         would would AUX MD 7 aux
         leave leave VERB VB 2 ccomp
         in in ADP IN 9 case
         June June PROPN NNP 7 obl",
        "2023-07-18",
        "2023-06",
    );
}

#[test]
fn the_ends_of_the_calendar_give_no_interval_beyond_it() {
    check("They met last year.", "0001-01-01", "last year=XXXX");
    check("They met next week and tomorrow.", "9999-12-31", "next week=XXXX-WXX; tomorrow=XXXX-XX-XX");
}

proptest! {
    #[test]
    fn any_text_on_any_day_gives_times_in_order(
        text in "((last|next|this|the|Monday|May|5|1998|two|million|years|ago|later|-|/|10:30|p\\.m\\.|quarter|century|999999999|st|winter|of|weekend|'90s|half|a|\\PC) ?){0,25}",
        year in prop_oneof![Just(1i16), Just(9999), 1i16..=9999],
        day in 1i16..=365,
        known in any::<bool>(),
    ) {
        let published = Date::new(year, 1, 1).unwrap().checked_add(jiff::Span::new().days(i64::from(day) - 1)).unwrap();
        let syntax = syntax(&text, known.then_some(published));
        let times = find(&syntax);
        prop_assert!(times.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start));
        prop_assert!(times.iter().all(|time| !time.span.is_empty() && time.from.is_some() == time.to.is_some()));
        prop_assert!(times.iter().all(|time| time.from <= time.to && !time.value.is_empty()));
    }
}
