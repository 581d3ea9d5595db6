//! The questions to a ledger that have the form of a table: `chancery events`, `claims`, `stories` and their sisters.

use super::ledger_file::LedgerArguments;
use super::out::OutputArguments;
use crate::exit_codes::{self, Ending};
use crate::intake::{DateProblem, read_date};
use crate::output::answers::{self, Column, Form};
use anyhow::{Context, ensure};
use jiff::civil::Date;
use ledger::Ledger;
use ledger::questions::{Answer, Filter, Policy};

/// A question.
#[derive(clap::Subcommand, Debug)]
pub enum Question {
    /// Ask the ledger what happened: one line an event, with how many reports, stories and origins tell of it
    #[command(after_help = exit_codes::HELP)]
    Events(Asked),
    /// Ask the ledger for single claims, each with who says so and where it stands in its report
    #[command(after_help = exit_codes::HELP)]
    Claims(Asked),
    /// Ask the ledger for tolls: figures that differ stand side by side, with who gave them and when
    ///
    /// With --policy there is one row an event and kind of toll instead: the number that the policy takes, its bounds, and
    /// the values that origins hold, each with how many hold it. Of what an origin has said, its figure is the greatest that
    /// it has not superseded, as smaller ones may count a part of the same people. Nothing is averaged but under `weighted`,
    /// which says so in the column "averaged".
    #[command(after_help = exit_codes::HELP)]
    Tolls(Counted),
    /// Ask the ledger for talks: who met whom, in rounds, and what came of it
    #[command(after_help = exit_codes::HELP)]
    Talks(Asked),
    /// Ask the ledger for ceasefires: each step from call to breach and end, for each side
    #[command(after_help = exit_codes::HELP)]
    Ceasefires(Asked),
    /// Ask the ledger for commitments: what was promised, until when, and whether it was kept
    #[command(after_help = exit_codes::HELP)]
    Commitments(Asked),
    /// Ask the ledger who holds what: dated claims on places
    #[command(after_help = exit_codes::HELP)]
    Control(Asked),
    /// Ask the ledger who acts and is acted upon
    #[command(after_help = exit_codes::HELP)]
    Actors(Asked),
    /// Ask the ledger for stories: texts that reports have in common, and how often each was printed
    #[command(after_help = exit_codes::HELP)]
    Stories(Asked),
    /// Ask the ledger which outlets and days were read, so that silence is not taken for peace
    #[command(after_help = exit_codes::HELP)]
    Coverage(Asked),
    /// Search the texts: words, '"a phrase"', 'truce NEAR ceasefire'
    #[command(after_help = exit_codes::HELP)]
    Search(Searched),
    /// List what `chancery add` could not read, with the reason
    #[command(after_help = exit_codes::HELP)]
    Skipped(Listed),
}

/// A question with its filters.
#[derive(clap::Args, Debug)]
pub struct Asked {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    filter: FilterArguments,
    #[command(flatten)]
    form: FormArguments,
}

/// A question about numbers that may differ.
#[derive(clap::Args, Debug)]
pub struct Counted {
    #[command(flatten)]
    policy: PolicyArguments,
    #[command(flatten)]
    asked: Asked,
}

/// How one number is taken from several.
#[derive(clap::Args, Debug)]
pub(super) struct PolicyArguments {
    /// How one number is taken from several that differ
    ///
    /// most-held: the value that most independent origins hold, among equals the lower, as UCDP does where sources are
    /// equally good; low and high are the least and the greatest held. weighted: the average of what the origins hold, each
    /// with the same weight. latest: the value told last.
    #[arg(long, value_name = "NAME", value_parser = policy)]
    policy: Option<Policy>,
}

impl PolicyArguments {
    pub(super) fn chosen(&self) -> Option<Policy> {
        self.policy
    }
}

fn policy(written: &str) -> Result<Policy, String> {
    let known = Policy::ALL.into_iter().find(|policy| policy.name() == written);
    known.ok_or_else(|| format!("the policies are {}", Policy::ALL.map(Policy::name).join(", ")))
}

/// A question with words to look for.
#[derive(clap::Args, Debug)]
pub struct Searched {
    /// What to look for
    words: String,
    #[command(flatten)]
    asked: Asked,
}

/// A question without filters.
#[derive(clap::Args, Debug)]
pub struct Listed {
    #[command(flatten)]
    ledger: LedgerArguments,
    #[command(flatten)]
    form: FormArguments,
}

#[derive(clap::Args, Debug)]
pub(super) struct FormArguments {
    /// How to print: a table for people (some columns), or all columns as CSV or JSON
    #[arg(long, value_enum, default_value = "table")]
    format: Form,
    #[command(flatten)]
    output: OutputArguments,
}

/// What a question is about; conditions are joined by "and".
#[derive(clap::Args, Debug)]
pub(super) struct FilterArguments {
    /// What belongs to a claim (c…), an event (e…) or a report (r…)
    #[arg(long, value_name = "ID", help_heading = "Filters")]
    id: Option<String>,
    /// An actor of the codebook by its id, or part of a name ("M23", "Kiir")
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    actor: Option<String>,
    /// Where it happened: ISO 3166-1 alpha-3 code (SSD)
    #[arg(long, value_name = "CODE", help_heading = "Filters")]
    country: Option<String>,
    /// Category of PLOVER, or control, presence, siege, displacement, closure
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    category: Option<String>,
    /// Part of the name of a place or of its province
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    place: Option<String>,
    /// A box in degrees
    #[arg(long = "box", value_name = "SOUTH,WEST,NORTH,EAST", value_parser = ledger::questions::corners, allow_hyphen_values = true, help_heading = "Filters")]
    within: Option<[f64; 4]>,
    /// What happened on this day or later; what has no day goes by when it was told
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Filters")]
    from: Option<Date>,
    /// What happened on this day or before
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Filters")]
    to: Option<Date>,
    /// What was told on this day or later
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Filters")]
    pub(super) since: Option<Date>,
    /// occurred, ongoing, attempted, planned, imminent, feared, hypothetical, negated or unsaid
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    status: Option<String>,
    /// Part of the name of who vouches for it
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    speaker: Option<String>,
    /// Part of the name of the outlet
    #[arg(long, value_name = "NAME", help_heading = "Filters")]
    outlet: Option<String>,
    /// At least so many independent stories
    #[arg(long, value_name = "N", help_heading = "Filters")]
    stories: Option<u32>,
    /// At least so many origins
    #[arg(long, value_name = "N", help_heading = "Filters")]
    origins: Option<u32>,
    /// At most so many rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), help_heading = "Filters")]
    limit: Option<u32>,
    /// As the ledger stood on this day, by what had been published then
    #[arg(long, value_name = "DAY", value_parser = day, help_heading = "Filters")]
    pub(super) as_of: Option<Date>,
}

pub(super) fn day(written: &str) -> Result<Date, DateProblem> {
    read_date(written)
}

impl FilterArguments {
    /// The filter, if its category is one that the ledger or PLOVER has.
    pub(super) fn filter(&self, ledger: &Ledger) -> anyhow::Result<Filter> {
        let filter = Filter {
            id: self.id.clone(),
            actor: self.actor.clone(),
            country: self.country.clone(),
            category: self.category.clone(),
            place: self.place.clone(),
            within: self.within,
            from: self.from,
            to: self.to,
            since: self.since,
            status: self.status.clone(),
            speaker: self.speaker.clone(),
            outlet: self.outlet.clone(),
            stories: self.stories,
            origins: self.origins,
            limit: self.limit,
            offset: None,
        };
        Ok(filter.known(ledger)?)
    }
}

/// Opens a ledger for questions, as it stood on a day if one is given.
pub(super) fn open(ledger: &LedgerArguments, as_of: Option<Date>) -> anyhow::Result<Ledger> {
    let mut ledger = Ledger::read(ledger.path())?;
    if let Some(day) = as_of {
        ledger.as_of(day)?;
    }
    Ok(ledger)
}

/// The columns of the table for people, each made of columns of the answer; the other forms have all as they are.
const EVENTS: &[Column] = &[
    ("event", &["event"]),
    ("day", &["from"]),
    ("category", &["category", "status"]),
    ("who · what · whom", &["actors", "told", "recipients"]),
    ("where", &["place", "country"]),
    ("reports · stories · origins", &["reports", "stories", "origins"]),
];
const CLAIMS: &[Column] = &[
    ("claim", &["claim"]),
    ("day", &["from"]),
    ("category", &["category", "status"]),
    ("who · what · whom", &["actors", "told", "recipients"]),
    ("where", &["place"]),
    ("according to", &["speaker", "outlet"]),
    ("told", &["available"]),
];
const TOLLS: &[Column] = &[
    ("event", &["event"]),
    ("day", &["from"]),
    ("what · where", &["told", "place"]),
    ("toll", &["role", "text"]),
    ("according to", &["speaker", "outlet"]),
    ("told", &["available"]),
    ("superseded", &["superseded"]),
];

const ESTIMATES: &[Column] = &[
    ("event", &["event"]),
    ("day", &["from"]),
    ("what · where", &["told", "place"]),
    ("toll", &["role"]),
    ("low", &["low"]),
    ("best", &["best"]),
    ("high", &["high"]),
    ("averaged", &["averaged"]),
    ("value by origins", &["inputs"]),
];
const TALKS: &[Column] = &[
    ("day", &["from"]),
    ("sides", &["sides"]),
    ("venue", &["venue"]),
    ("status", &["status", "format", "outcome"]),
    ("told", &["told"]),
    ("according to", &["speaker", "outlet"]),
    ("published", &["available"]),
];
const CEASEFIRES: &[Column] = &[
    ("day", &["day"]),
    ("phase", &["phase"]),
    ("sides", &["sides"]),
    ("until", &["until"]),
    ("told", &["told"]),
    ("according to", &["speaker", "outlet"]),
    ("published", &["available"]),
];
const COMMITMENTS: &[Column] = &[
    ("by", &["by"]),
    ("to", &["to"]),
    ("what", &["category", "what"]),
    ("made", &["made"]),
    ("due", &["due"]),
    ("standing", &["standing", "shown"]),
    ("according to", &["speaker", "outlet"]),
];
const CONTROL: &[Column] = &[
    ("place", &["place", "country"]),
    ("day", &["day"]),
    ("change", &["change", "status"]),
    ("side", &["side"]),
    ("according to", &["speaker", "outlet"]),
    ("published", &["available"]),
];

/// Asks, and prints the answer.
///
/// # Errors
/// If the ledger cannot be opened, the question cannot be understood, or the output cannot be written.
pub fn run(question: Question) -> anyhow::Result<Ending> {
    let asked = |asked: Asked, columns, ask: &dyn Fn(&Ledger, &Filter) -> ledger::questions::Answered| {
        let ledger = open(&asked.ledger, asked.filter.as_of)?;
        print(&ask(&ledger, &asked.filter.filter(&ledger)?)?, columns, asked.form)
    };
    match question {
        Question::Events(one) => asked(one, EVENTS, &Ledger::events),
        Question::Claims(one) => asked(one, CLAIMS, &Ledger::claims),
        Question::Tolls(one) => match one.policy.chosen() {
            None => asked(one.asked, TOLLS, &Ledger::tolls),
            Some(policy) => asked(one.asked, ESTIMATES, &|ledger, filter| ledger.tolls_by(policy, filter)),
        },
        Question::Talks(one) => asked(one, TALKS, &Ledger::talks_table),
        Question::Ceasefires(one) => asked(one, CEASEFIRES, &Ledger::ceasefires_table),
        Question::Commitments(one) => asked(one, COMMITMENTS, &Ledger::commitments_table),
        Question::Control(one) => asked(one, CONTROL, &Ledger::control_table),
        Question::Actors(one) => asked(one, &[], &Ledger::actors),
        Question::Stories(one) => asked(one, &[], &Ledger::stories),
        Question::Coverage(one) => asked(one, &[], &Ledger::coverage),
        Question::Search(one) => {
            ensure!(!one.words.trim().is_empty(), "what is to be looked for? Give words");
            asked(one.asked, &[], &|ledger, filter| ledger.search(&one.words, filter))
        }
        Question::Skipped(one) => print(&open(&one.ledger, None)?.skipped()?, &[], one.form),
    }
}

pub(super) fn print(answer: &Answer, columns: &[Column], form: FormArguments) -> anyhow::Result<Ending> {
    print_under("", answer, columns, form)
}

/// Prints an answer; a table stands under a text for people.
pub(super) fn print_under(
    head: &str,
    answer: &Answer,
    columns: &[Column],
    form: FormArguments,
) -> anyhow::Result<Ending> {
    let (mut out, width) = form.output.open()?;
    if form.format == Form::Table {
        out.write_all(head.as_bytes()).context("the output cannot be written")?;
    }
    answers::write(&mut out, answer, columns, form.format, width)?;
    Ok(Ending::Complete)
}
