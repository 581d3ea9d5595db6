//! The views for questions: SQL in `views`, with the conditions and columns that several of them share put in.
//!
//! `VIEWS.md` of this crate describes each for people who ask with SQLite, Python or R; a test holds the two together.

use crate::summary::counts;

/// The scripts, each after those that it builds on; "{counts}" stands for the condition under which a report counts.
const SCRIPTS: &[&str] = &[
    include_str!("views/claims.sql"),
    include_str!("views/parts.sql"),
    include_str!("views/tolls.sql"),
    include_str!("views/counts.sql"),
];

const MONTHS: &str = include_str!("views/months.sql");
const VINTAGES: &str = include_str!("views/vintages.sql");

/// Which events are counted by month: single happenings in a country, whose days lie in one month or are at most seven.
const COUNTED: &str = "event.kind = 'event' AND event.granularity = 'single' AND event.country IS NOT NULL
        AND (substr(event.from_day, 1, 7) = substr(event.to_day, 1, 7)
            OR julianday(event.to_day) - julianday(event.from_day) <= 6)";

/// PLOVER's categories, as columns.
const CATEGORIES: &[&str] = &[
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
];

/// How finely places are told apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Area {
    /// By country.
    Country,
    /// By first-level division; what is known of the country alone stands under an empty one.
    Admin1,
}

/// One statement a view, as of a day if one is given.
pub(crate) fn statements(as_of: Option<&str>) -> Vec<String> {
    let scripts = SCRIPTS.concat().replace("{counts}", &counts(as_of));
    let mut all: Vec<String> = scripts
        .split_inclusive(";\n")
        .filter_map(|statement| statement.find("CREATE VIEW").and_then(|at| statement.get(at..)))
        .map(|statement| statement.trim_end().trim_end_matches(';').to_owned())
        .collect();
    for (name, body) in [
        ("country_months", months(Area::Country, "TRUE")),
        ("admin1_months", months(Area::Admin1, "TRUE")),
        ("vintages", vintages("TRUE")),
    ] {
        all.push(format!("CREATE VIEW {name} AS\n{body}"));
    }
    all
}

/// Events and tolls by month of those events that a condition on `event` chooses.
pub(crate) fn months(area: Area, chosen: &str) -> String {
    let (event, place, column) = match area {
        Area::Country => ("''", "''", ""),
        Area::Admin1 => ("event.admin1", "place.admin1", "cells.area AS admin1, "),
    };
    let other: Vec<String> = CATEGORIES.iter().map(|name| format!("'{}'", name.to_uppercase())).collect();
    let mut categories: Vec<String> =
        CATEGORIES.iter().map(|name| format!("sum(best * (category = '{}')) AS {name}", name.to_uppercase())).collect();
    categories.push(format!("sum(best * (category NOT IN ({}))) AS other", other.join(", ")));
    let mut columns: Vec<String> = ["low", "best", "high"].iter().map(|bound| format!("events_{bound}")).collect();
    columns.extend(CATEGORIES.iter().map(|name| (*name).to_owned()));
    columns.push("other".to_owned());
    let mut tolls = Vec::new();
    for role in ["killed", "wounded"] {
        for bound in ["low", "best", "high"] {
            tolls.push(format!("sum((role = '{role}') * toll.{bound} * counts.{bound}) AS {role}_{bound}"));
            columns.push(format!("{role}_{bound}"));
        }
    }
    let known = |name: &String| {
        // Where nothing was read and nothing told, nothing is known.
        format!(
            "CASE WHEN happened.month IS NOT NULL OR everywhere.month IS NOT NULL THEN round(coalesce({name}, 0), 2) END AS {name}"
        )
    };
    MONTHS
        .replace("{area}", event)
        .replace("{place_area}", place)
        .replace("{area_column}", column)
        .replace("{counted}", COUNTED)
        .replace("{categories}", &categories.join(", "))
        .replace("{tolls}", &tolls.join(", "))
        .replace("{columns}", &columns.iter().map(known).collect::<Vec<_>>().join(", "))
        .replace("{where}", chosen)
}

/// How many events of each day were known how many days later, of those that a condition on `event` chooses.
pub(crate) fn vintages(chosen: &str) -> String {
    VINTAGES.replace("{where}", chosen)
}
