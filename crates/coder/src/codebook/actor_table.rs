//! Dated roles as a table: `actors/NAME.csv`, one row a span of time. Several rows of one id are one actor.

use super::actors::{ActorIndex, NewActor};
use super::fault::Faults;
use super::sectors::SectorCode;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// The columns that a table may have, in any order; the first two it must have.
const COLUMNS: [&str; 9] = ["id", "name", "names", "kind", "country", "sector", "from", "until", "source"];

const HINT: &str = "id,name,names,kind,country,sector,from,until,source";

impl ActorIndex {
    /// Takes in the actors of a table.
    pub(super) fn load_table(&mut self, contents: &str, faults: &mut Faults<'_>) {
        self.files.push(faults.path.to_owned());
        for actor in read(contents, faults) {
            self.add_actor(actor, faults);
        }
    }
}

/// The actors of a table, in the order of their first rows.
fn read(contents: &str, faults: &mut Faults<'_>) -> Vec<NewActor> {
    let mut records = Records::new(contents);
    let Some(head) = records.next() else {
        faults.on_line(1, "", "a table without a head", HINT);
        return Vec::new();
    };
    let Some(places) = columns(&head, faults) else { return Vec::new() };
    let mut actors: Vec<NewActor> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for record in &mut records {
        if record.cells.iter().all(|cell| cell.is_empty()) {
            continue;
        }
        if record.cells.len() != head.cells.len() {
            let found = format!("{} cells under a head of {}", record.cells.len(), head.cells.len());
            faults.at(record.at, &found, "a row of another length than the head", "quotation marks around commas");
            continue;
        }
        let cell =
            |column: usize| places[column].and_then(|place| record.cells.get(place)).map_or("", |cell| cell.as_str());
        let [id, name, names, kind, country, sector, from, until, _source] = std::array::from_fn(cell);
        if id.is_empty() {
            faults.at(record.at, name, "a row without an id", "the same id in each row of an actor");
            continue;
        }
        let (from, until) = (day(from, record.at, faults), day(until, record.at, faults));
        let number = *known.entry(id.to_owned()).or_insert_with(|| {
            actors.push(NewActor { at: record.at, id: id.to_owned(), ..NewActor::default() });
            actors.len() - 1
        });
        let Some(actor) = actors.get_mut(number) else { continue };
        // What was said in a row above need not be said again, but must not be gainsaid.
        agree(&mut actor.name, name, "name", record.at, faults);
        for (known, written, what) in [(&mut actor.kind, kind, "kind"), (&mut actor.country, country, "country")] {
            if !written.is_empty() {
                agree(known.get_or_insert_default(), written, what, record.at, faults);
            }
        }
        for name in names.split('|').map(str::trim).filter(|name| !name.is_empty()) {
            if !actor.names.iter().any(|known| known == name) {
                actor.names.push(name.to_owned());
            }
        }
        if sector.is_empty() {
            // Without a sector the dates are the actor's own.
            actor.from = actor.from.or(from);
            actor.until = actor.until.or(until);
        } else {
            actor.sectors.push(SectorCode { code: sector.to_owned(), from, until });
        }
    }
    if let Some(at) = records.open {
        faults.at(at, "\"", "a quotation mark that is not closed", "two for one within a cell");
    }
    for actor in &actors {
        if actor.name.is_empty() {
            faults.at(actor.at, &actor.id, "an actor without a name", "a name in one of its rows");
        }
    }
    actors
}

/// Where each of the columns stands; nothing if the head cannot be used.
fn columns(head: &Record, faults: &mut Faults<'_>) -> Option<[Option<usize>; COLUMNS.len()]> {
    let mut usable = true;
    let mut places = [None; COLUMNS.len()];
    for (place, cell) in head.cells.iter().enumerate() {
        match COLUMNS.iter().position(|column| column == cell) {
            Some(column) if places[column].is_none() => places[column] = Some(place),
            Some(_) => {
                faults.at(head.at, cell, "a column twice", HINT);
                usable = false;
            }
            None => {
                faults.at(head.at, cell, "unknown column", HINT);
                usable = false;
            }
        }
    }
    for column in 0..2 {
        if places[column].is_none() {
            faults.at(head.at, COLUMNS[column], "a column is missing", HINT);
            usable = false;
        }
    }
    usable.then_some(places)
}

fn agree(known: &mut String, written: &str, what: &str, at: usize, faults: &mut Faults<'_>) {
    if known.is_empty() {
        written.clone_into(known);
    } else if !written.is_empty() && known != written {
        let message = format!("another {what} than in a row above");
        faults.at(at, written, message, format!("{known}, or nothing"));
    }
}

fn day(written: &str, at: usize, faults: &mut Faults<'_>) -> Option<Date> {
    if written.is_empty() {
        return None;
    }
    let read = (written.len() == 10).then(|| written.parse().ok()).flatten();
    if read.is_none() {
        faults.at(at, written, "not a day", "YYYY-MM-DD, or nothing");
    }
    read
}

/// A row of the table: cells without the blanks around them.
struct Record {
    /// The byte at which it begins.
    at: usize,
    cells: Vec<String>,
}

/// Reads rows as RFC 4180 has them: commas, and quotation marks around cells with commas, line ends or quotation marks.
struct Records<'a> {
    contents: &'a str,
    at: usize,
    /// Where a quotation mark stands open at the end.
    open: Option<usize>,
}

impl<'a> Records<'a> {
    fn new(contents: &'a str) -> Self {
        Self { contents, at: if contents.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 }, open: None }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let begin = self.at;
        let rest = self.contents.get(begin..).filter(|rest| !rest.is_empty())?;
        let mut cells = Vec::new();
        let mut cell = String::new();
        let mut quoted = None;
        let mut chars = rest.char_indices().peekable();
        self.at = self.contents.len();
        while let Some((place, char)) = chars.next() {
            match (char, quoted) {
                ('"', Some(_)) if chars.next_if(|(_, next)| *next == '"').is_some() => cell.push('"'),
                ('"', Some(_)) => quoted = None,
                ('"', None) if cell.trim().is_empty() => quoted = Some(begin + place),
                (',', None) => cells.push(std::mem::take(&mut cell).trim().to_owned()),
                ('\n', None) => {
                    self.at = begin + place + 1;
                    break;
                }
                _ => cell.push(char),
            }
        }
        self.open = quoted;
        cells.push(cell.trim().to_owned());
        Some(Record { at: begin, cells })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(contents: &str) -> (Vec<NewActor>, Vec<String>) {
        let mut list = Vec::new();
        let actors = read(contents, &mut Faults::new("actors/roles.csv", contents, &mut list));
        (actors, list.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn rows_of_one_id_are_one_actor() {
        let (actors, faults) = check(
            "\u{FEFF}id,name,names,kind,country,sector,from,until,source\r\n\
             hale,Ada Hale,\"Hale|Ada \"\"Bo\"\" Hale\",person,AFG,OPP,,2020-01-01,\"a, b\"\r\n\
             hale,,,,,GOV,2020-01-01,,\r\n\
             hale,,,,,,2001-02-03,2021-05-06,\r\n\r\n",
        );
        assert_eq!(faults, [""; 0]);
        let [hale] = actors.as_slice() else { panic!("{actors:?}") };
        assert_eq!((hale.name.as_str(), hale.country.as_deref()), ("Ada Hale", Some("AFG")));
        assert_eq!(hale.names, ["Hale", "Ada \"Bo\" Hale"]);
        let spans: Vec<String> =
            hale.sectors.iter().map(|span| format!("{} {:?} {:?}", span.code, span.from, span.until)).collect();
        assert_eq!(spans, ["OPP None Some(2020-01-01)", "GOV Some(2020-01-01) None"]);
        assert_eq!(format!("{:?} {:?}", hale.from, hale.until), "Some(2001-02-03) Some(2021-05-06)");
    }

    #[test]
    fn faults_of_a_table_name_their_line() {
        let (_, faults) = check(
            "id,name,country,from\nhale,Hale,AFG,\nhale,Hail,AFG,2020\n,Nobody,AFG,\nmoss,\"M\n\",AFG\noak,,AFG,\nash,\"A",
        );
        let expected = [
            "actors/roles.csv:3: not a day: `2020`",
            "actors/roles.csv:3: another name than in a row above: `Hail`",
            "actors/roles.csv:4: a row without an id",
            "actors/roles.csv:5: a row of another length",
            "actors/roles.csv:8: a row of another length",
            "actors/roles.csv:8: a quotation mark that is not closed",
            "actors/roles.csv:7: an actor without a name: `oak`",
        ];
        assert_eq!(faults.len(), expected.len(), "{faults:#?}");
        for (fault, expected) in faults.iter().zip(expected) {
            assert!(fault.starts_with(expected), "{fault} is not {expected}");
        }
        assert!(check("id,nom\n").1[0].contains("unknown column: `nom`"));
        assert!(check("").1[0].contains("without a head"));
    }
}
