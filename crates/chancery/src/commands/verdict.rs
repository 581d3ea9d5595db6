//! `chancery verdict`: enter what an analyst decides.

use super::ledger_file::LedgerArguments;
use super::questions::day;
use super::signature::SignatureArguments;
use crate::exit_codes::{self, Ending};
use anyhow::Context;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::Offset;
use ledger::Ledger;
use ledger::verdicts::{Added, Decision, Verdict};
use std::io::Write;

/// Enter what an analyst decides about claims, events, stories and reports
///
/// Entries are signed and dated and never change; `undo` is another entry. Later runs of coding do not undo them: a claim
/// that a later run finds again inherits what was decided about it, and `chancery verdicts --orphaned` lists the verdicts
/// whose claims it no longer finds. Where entries contradict each other the last one holds. Prints number and target of each
/// entry.
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(subcommand)]
    decision: Chosen,
}

#[derive(clap::Subcommand, Debug)]
enum Chosen {
    /// It is as the ledger says: claims (c…), events (e…), reports (r…)
    Accept(Targets),
    /// It is not so: claims (c…) or events (e…) leave all counts
    Reject(Targets),
    /// It may or may not be so: claims (c…), events (e…), reports (r…)
    Unsure(Targets),
    /// One field of a claim, or of all claims of an event, is otherwise
    ///
    /// Fields: category, modes, contexts, status, factuality, from, to, day (or days: 2023-05-01..2023-05-03), precision,
    /// bound, granularity, background (yes, no), direction, target, object, strength, actor, recipient ("M23; FARDC", by name
    /// or the codebook's id), place ("Goma", "Goma, COD" or "Goma, COD, -1.68, 29.22"), figure ("killed 12", "killed 10-15",
    /// "killed none"), speaker (a name, or outlet), facet ("ceasefire phase declared"). "none" takes a value away.
    Correct(Corrected),
    /// A report says something that was missed
    Add(Missed),
    /// Events (or their claims) are one event, stories one story
    Merge(Targets),
    /// Some claims of an event are another event, some reports of a story another story
    Split(Parted),
    /// Reports leave all counts
    Withdraw(Withdrawn),
    /// Take entries back, by their numbers
    Undo(Targets),
}

#[derive(clap::Args, Debug)]
struct Signed {
    #[command(flatten)]
    signature: SignatureArguments,
    /// Why
    #[arg(long, value_name = "WORDS")]
    reason: Option<String>,
    #[command(flatten)]
    ledger: LedgerArguments,
}

#[derive(clap::Args, Debug)]
struct Targets {
    /// What it is about
    #[arg(required = true, value_name = "ID")]
    targets: Vec<String>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(clap::Args, Debug)]
struct Corrected {
    /// A claim (c…) or an event (e…)
    #[arg(value_name = "ID")]
    target: String,
    /// Which field
    field: String,
    /// What it is
    #[arg(allow_hyphen_values = true)]
    value: String,
    #[command(flatten)]
    signed: Signed,
}

#[derive(clap::Args, Debug)]
struct Missed {
    /// The report (r…)
    #[arg(value_name = "REPORT")]
    target: String,
    /// Where the words of the claim stand in the stored text, in code points
    #[arg(long, value_name = "START-END", value_parser = offsets)]
    at: (u32, u32),
    /// PLOVER category, or control, presence, siege, displacement, closure
    #[arg(long, value_name = "NAME")]
    category: String,
    /// Another field, as for `correct`; once for each
    #[arg(long = "set", value_name = "FIELD=VALUE", value_parser = pair)]
    fields: Vec<(String, String)>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(clap::Args, Debug)]
struct Parted {
    /// The event (e…) or story (r…)
    #[arg(value_name = "ID")]
    target: String,
    /// The claims (c…) or reports (r…) that are taken out
    #[arg(required = true, value_name = "PART")]
    out: Vec<String>,
    #[command(flatten)]
    signed: Signed,
}

#[derive(clap::Args, Debug)]
struct Withdrawn {
    /// Reports (r…)
    #[arg(required = true, value_name = "REPORT")]
    targets: Vec<String>,
    /// The first day on which they do not count; today unless told otherwise
    #[arg(long, value_name = "DAY", value_parser = day)]
    from: Option<Date>,
    #[command(flatten)]
    signed: Signed,
}

fn offsets(written: &str) -> Result<(u32, u32), String> {
    let parts = written.split_once('-').map(|(start, end)| (start.trim().parse(), end.trim().parse()));
    match parts {
        Some((Ok(start), Ok(end))) if start < end => Ok((start, end)),
        _ => Err("two offsets, the second greater, for example 120-127".to_owned()),
    }
}

fn pair(written: &str) -> Result<(String, String), String> {
    let parts = written.split_once('=').map(|(field, value)| (field.trim().to_owned(), value.trim().to_owned()));
    parts.ok_or_else(|| "a field and its value, for example status=planned".to_owned())
}

/// Runs the command.
///
/// # Errors
/// If there is no such target, the decision does not fit it, or the ledger cannot be written; nothing is then entered.
pub fn run(arguments: Arguments) -> anyhow::Result<Ending> {
    let now = Timestamp::now();
    let (targets, decision, signed) = match arguments.decision {
        Chosen::Accept(one) => (one.targets, Decision::Accept, one.signed),
        Chosen::Reject(one) => (one.targets, Decision::Reject, one.signed),
        Chosen::Unsure(one) => (one.targets, Decision::Unsure, one.signed),
        Chosen::Merge(one) => (one.targets, Decision::Merge, one.signed),
        Chosen::Undo(one) => (one.targets, Decision::Undo, one.signed),
        Chosen::Correct(one) => {
            (vec![one.target], Decision::Correct { field: one.field, value: one.value }, one.signed)
        }
        Chosen::Add(one) => {
            let Missed { target, at: (start, end), category, fields, signed } = one;
            (vec![target], Decision::Add(Added { start, end, category, fields }), signed)
        }
        Chosen::Split(one) => (vec![one.target], Decision::Split { out: one.out }, one.signed),
        Chosen::Withdraw(one) => {
            let from = one.from.unwrap_or_else(|| Offset::UTC.to_datetime(now).date());
            (one.targets, Decision::Withdraw { from }, one.signed)
        }
    };
    let Signed { signature, reason, ledger } = signed;
    let verdict = Verdict { targets, decision, analyst: signature.analyst, reason };
    let entered = Ledger::open(ledger.path())?.judge(&verdict, now)?;
    let mut out = anstream::stdout().lock();
    for (number, target) in entered {
        writeln!(out, "{number}\t{target}").context("the output cannot be written")?;
    }
    Ok(Ending::Complete)
}
