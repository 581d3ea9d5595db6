//! `chancery gazetteer`: places of the user's own, for `--gazetteer` of other commands.

use crate::exit_codes::{self, Ending};
use crate::intake::geonames;
use annotate::places::{Feature, HEAD, MOST, Row};
use anyhow::{Context, ensure};
use engine::Engine;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

/// Make a gazetteer of your own
#[derive(clap::Args, Debug)]
#[command(after_help = exit_codes::HELP)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

#[derive(clap::Subcommand, Debug)]
enum Action {
    /// Add the places of a GeoNames dump (allCountries.txt or the file of a country)
    ///
    /// The dump has 19 columns set off by tabs. Lines that cannot be read are named on standard error with their
    /// numbers; the others go on. A place that is there already, by its number, is replaced.
    Add {
        /// The dump
        #[arg(value_name = "FILE")]
        dump: PathBuf,
        /// The gazetteer of your own to extend; it is made where there is none
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
        /// Keep only the places of these countries: two letters each, as in the dump (UA,MD)
        #[arg(long, value_name = "CODES", value_delimiter = ',')]
        only: Vec<String>,
    },
}

#[derive(clap::Args, Debug)]
pub(super) struct GazetteerArguments {
    /// Places of your own beside the built-in ones: a file that `chancery gazetteer add` made
    #[arg(long, value_name = "FILE")]
    gazetteer: Option<PathBuf>,
}

impl GazetteerArguments {
    /// The engine with these places.
    pub(super) fn lay_over(&self, engine: Engine) -> anyhow::Result<Engine> {
        let Some(path) = &self.gazetteer else { return Ok(engine) };
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        engine.with_places(&text).with_context(|| format!("loading {}", path.display()))
    }
}

/// A line of more bytes than this is no place.
const LONGEST: u64 = 64 * 1024;
/// After so many faults the rest is only counted.
const NAMED: usize = 50;

/// Runs the command.
///
/// # Errors
/// If a file cannot be read or written.
pub fn run(arguments: &Arguments) -> anyhow::Result<Ending> {
    let Action::Add { dump, to, only } = &arguments.action;
    let mut rows = if to.exists() { own(to)? } else { BTreeMap::new() };
    let before = rows.len();
    let file = File::open(dump).with_context(|| format!("reading {}", dump.display()))?;
    let added = add(BufReader::new(file), &dump.display().to_string(), only, &mut rows)?;
    if added.places > 0 {
        write(to, &rows)?;
    }
    let Added { places, left_out, faults } = added;
    anstream::eprintln!(
        "chancery: {}: {places} places read, {left_out} left out as roads, fields and the like, {faults} lines not understood; {} \
         new, {} in all",
        dump.display(),
        rows.len() - before,
        rows.len()
    );
    Ok(Ending::of(places, faults))
}

/// What became of the lines of a dump.
#[derive(Default)]
struct Added {
    places: u64,
    left_out: u64,
    faults: u64,
}

fn add(mut dump: impl BufRead, name: &str, only: &[String], rows: &mut BTreeMap<u64, Row>) -> anyhow::Result<Added> {
    let mut added = Added::default();
    let mut divisions: BTreeMap<(String, String), String> = BTreeMap::new();
    let mut fresh = Vec::new();
    let mut line = Vec::new();
    for number in 1_u64.. {
        line.clear();
        let read =
            dump.by_ref().take(LONGEST).read_until(b'\n', &mut line).with_context(|| format!("reading {name}"))?;
        if read == 0 {
            break;
        }
        let whole = line.ends_with(b"\n") || (read as u64) < LONGEST;
        if !whole {
            skip_line(&mut dump).with_context(|| format!("reading {name}"))?;
        }
        let text = if whole {
            std::str::from_utf8(&line).map_err(|_| "not UTF-8".to_owned())
        } else {
            Err("too long".to_owned())
        };
        let text = text.map(|text| text.trim_end_matches(['\r', '\n']));
        if text.as_ref().is_ok_and(|text| text.is_empty() || text.starts_with('#')) {
            continue;
        }
        let elsewhere = |text: &&str| {
            let country = text.split('\t').nth(geonames::COUNTRY);
            !only.is_empty()
                && country.is_some_and(|country| only.iter().all(|code| !code.eq_ignore_ascii_case(country)))
        };
        if text.as_ref().is_ok_and(elsewhere) {
            continue;
        }
        match text.and_then(geonames::read) {
            Ok(Some(row)) => {
                ensure!(
                    rows.len() <= MOST,
                    "{name}: line {number}: more than {MOST} places; take the file of a country, or \
                     --only with its code"
                );
                if row.feature == Feature::Division {
                    divisions.insert((row.country.clone(), row.division.clone()), row.names[0].clone());
                }
                fresh.push(row.number);
                rows.insert(row.number, row);
                added.places += 1;
            }
            Ok(None) => added.left_out += 1,
            Err(what) => {
                added.faults += 1;
                if added.faults <= NAMED as u64 {
                    anstream::eprintln!("chancery: {name}: line {number}: {what}");
                }
            }
        }
    }
    if added.faults > NAMED as u64 {
        anstream::eprintln!("chancery: {name}: {} more lines not understood", added.faults - NAMED as u64);
    }
    // Divisions stand as codes in the dump, which names them in lines of their own; a code without a name says nothing.
    for number in fresh {
        if let Some(row) = rows.get_mut(&number) {
            let name = divisions.get(&(row.country.clone(), std::mem::take(&mut row.division)));
            row.division = name.cloned().unwrap_or_default();
        }
    }
    Ok(added)
}

/// Goes to the end of a line without keeping it.
fn skip_line(input: &mut impl BufRead) -> std::io::Result<()> {
    loop {
        let buffer = input.fill_buf()?;
        if buffer.is_empty() {
            return Ok(());
        }
        let end = buffer.iter().position(|&byte| byte == b'\n');
        let used = end.map_or(buffer.len(), |end| end + 1);
        input.consume(used);
        if end.is_some() {
            return Ok(());
        }
    }
}

/// The places of a gazetteer that was made before.
fn own(path: &Path) -> anyhow::Result<BTreeMap<u64, Row>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut lines = text.lines().enumerate();
    ensure!(
        lines.next().is_some_and(|(_, line)| line == HEAD),
        "{} was not made by this command: its first line is not “{HEAD}”",
        path.display()
    );
    let mut rows = BTreeMap::new();
    for (index, line) in lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
        let row = Row::read(line).map_err(|what| anyhow::anyhow!("{}: line {}: {what}", path.display(), index + 1))?;
        rows.insert(row.number, row);
    }
    Ok(rows)
}

/// Writes beside the file first, so that a full disk leaves what was there.
fn write(path: &Path, rows: &BTreeMap<u64, Row>) -> anyhow::Result<()> {
    let writing = || format!("writing {}", path.display());
    let beside = path.with_extension("new");
    let mut file = BufWriter::new(File::create(&beside).with_context(writing)?);
    writeln!(file, "{HEAD}").with_context(writing)?;
    for row in rows.values() {
        writeln!(file, "{}", row.line()).with_context(writing)?;
    }
    file.flush().with_context(writing)?;
    drop(file);
    std::fs::rename(&beside, path).with_context(writing)
}
