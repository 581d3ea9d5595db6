//! The pages: one file each, with a template of the same name. A page asks the ledger, puts the answer into words, and
//! leaves markup to its template.

mod about;
mod add;
mod agreement;
mod assigned;
mod audit;
mod brief;
mod claims;
mod commitments;
mod coverage;
mod dossiers;
mod entering;
mod event;
mod events;
mod login;
mod marks;
mod parse;
mod pictures;
mod report;
mod reports;
mod review;
mod uniting;
mod verdicts;

use crate::problem::Problem;
use crate::query::Asked;
use crate::safety::Visitor;
use crate::shown;
use crate::state::Workbench;
use crate::users::Role;
use askama::Template;
use axum::Router;
use axum::http::{StatusCode, header};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::{get, post};
use ledger::questions::Filter;
use std::sync::Arc;

/// What every handler of a page returns.
pub(crate) type Page = Result<Response, Problem>;

/// Rows of a list on one page.
const ROWS: u32 = 50;

pub(crate) fn routes() -> Router<Arc<Workbench>> {
    Router::new()
        .route("/", get(brief::page))
        .route("/events", get(events::page))
        .route("/events/{id}", get(event::page))
        .route("/events/{id}/tolls.svg", get(event::tolls_file))
        .route("/events/{id}/parts", get(uniting::event).post(uniting::judge_event))
        .route("/stories/{id}", get(uniting::story).post(uniting::judge_story))
        .route("/claims", get(claims::page))
        .route("/claims/{id}", get(claims::one))
        .route("/reports", get(reports::page))
        .route("/reports/{id}", get(report::page))
        .route("/reports/{id}/verdicts", post(entering::enter))
        .route("/reports/{id}/parse", get(parse::page))
        .route("/reports/{id}/redaction", post(add::redact))
        .route("/add", get(add::page).post(add::take))
        .route("/talks", get(dossiers::talks))
        .route("/ceasefires", get(dossiers::ceasefires))
        .route("/control", get(dossiers::control))
        .route("/commitments", get(commitments::page))
        .route("/timeline", get(pictures::timeline_page))
        .route("/timeline.svg", get(pictures::timeline_file))
        .route("/map", get(pictures::map_page))
        .route("/map.svg", get(pictures::map_file))
        .route("/coverage", get(coverage::page))
        .route("/review", get(review::page).post(review::judge))
        .route("/verdicts", get(verdicts::page))
        .route("/about", get(about::page))
        .route("/assigned", get(assigned::page).post(assigned::assign))
        .route("/assigned/{number}", get(assigned::blind).post(assigned::keep))
        .route("/agreement", get(agreement::page))
        .route("/audit", get(audit::page))
        .merge(login::routes())
        .fallback(missing)
}

async fn missing() -> Problem {
    Problem::unknown("there is no such page")
}

/// The pages that the head of each page names: path, name, whether it takes the conditions of a view along, and who may
/// look at it.
const VIEWS: &[(&str, &str, bool, Role)] = &[
    ("/", "Brief", true, Role::Reader),
    ("/events", "Events", true, Role::Reader),
    ("/claims", "Claims", true, Role::Reader),
    ("/timeline", "Timeline", true, Role::Reader),
    ("/map", "Map", true, Role::Reader),
    ("/talks", "Talks", true, Role::Reader),
    ("/ceasefires", "Ceasefires", true, Role::Reader),
    ("/commitments", "Commitments", true, Role::Reader),
    ("/control", "Control", true, Role::Reader),
    ("/reports", "Reports", true, Role::Reader),
    ("/coverage", "Coverage", true, Role::Reader),
    ("/review", "Review", true, Role::Analyst),
    ("/assigned", "Assigned", false, Role::Analyst),
    ("/verdicts", "Verdicts", false, Role::Reader),
    ("/add", "Add", false, Role::Admin),
    ("/audit", "Audit", false, Role::Admin),
];

/// A link of the head.
struct Link {
    address: String,
    name: &'static str,
    here: bool,
}

/// What stands around the matter of a page.
struct Frame {
    title: String,
    ledger: String,
    links: Vec<Link>,
    /// The day as of which the page answers.
    as_of: String,
    visitor: Visitor,
}

impl Frame {
    /// The categories that every codebook has.
    fn categories(&self) -> impl Iterator<Item = &'static str> {
        ledger::verdicts::categories()
    }

    /// Whether something happened: the words for it.
    fn statuses(&self) -> impl Iterator<Item = &'static str> {
        ledger::verdicts::statuses()
    }

    /// The frame of a page; `here` is the path of its link in the head.
    fn new(workbench: &Workbench, visitor: Visitor, title: impl Into<String>, here: &str, asked: &Asked) -> Self {
        let narrowed = asked.narrowed();
        let link = |&(path, name, along, _): &(&str, &'static str, bool, Role)| {
            let address = if along { format!("{path}{narrowed}") } else { path.to_owned() };
            Link { address, name, here: path == here }
        };
        Self {
            title: title.into(),
            ledger: workbench.store.name(),
            links: VIEWS.iter().filter(|(.., role)| visitor.role >= *role).map(link).collect(),
            as_of: asked.as_of.map(|day| shown::weekday(&day.to_string())).unwrap_or_default(),
            visitor,
        }
    }
}

/// The conditions of a view as its form shows them.
struct Narrowing {
    /// The path of the page.
    action: &'static str,
    asked: Asked,
    /// The end of the address under which programs get the same as CSV.
    csv: String,
    /// Each condition that is set, and the address of the view without it.
    set: Vec<(String, String)>,
    categories: Vec<&'static str>,
    statuses: Vec<&'static str>,
}

impl Narrowing {
    fn new(action: &'static str, asked: &Asked) -> Self {
        let set = asked.conditions().map(|(name, value)| {
            let without = asked.without(name);
            (
                format!("{name} {value}"),
                if without.is_empty() { action.to_owned() } else { format!("{action}{without}") },
            )
        });
        let narrowed = asked.narrowed();
        Self {
            action,
            csv: format!("{narrowed}{}format=csv", if narrowed.is_empty() { '?' } else { '&' }),
            set: set.collect(),
            asked: asked.clone(),
            categories: ledger::verdicts::categories().collect(),
            statuses: ledger::verdicts::statuses().collect(),
        }
    }
}

/// A list that goes over several pages.
struct Turning {
    first: u32,
    last: u32,
    total: Option<i64>,
    earlier: Option<String>,
    later: Option<String>,
}

/// Sets the limits of a list; one row more than is shown is asked for, to know whether there are more.
fn limited(asked: &Asked) -> Filter {
    let shown = asked.filter.limit.unwrap_or(ROWS).clamp(1, 500);
    Filter { limit: Some(shown + 1), ..asked.filter.clone() }
}

/// Cuts the row that was asked for beyond the limit, and says how to go on.
fn turn<T>(asked: &Asked, filter: &Filter, rows: &mut Vec<T>, total: Option<i64>) -> Turning {
    let shown = filter.limit.unwrap_or(ROWS + 1).saturating_sub(1);
    let offset = filter.offset.unwrap_or(0);
    let more = rows.len() > shown as usize;
    rows.truncate(shown as usize);
    Turning {
        first: offset.saturating_add(1),
        last: offset.saturating_add(rows.len() as u32),
        total,
        earlier: (offset > 0).then(|| asked.turned(offset.saturating_sub(shown))),
        later: more.then(|| asked.turned(offset.saturating_add(shown))),
    }
}

/// A template as an answer.
fn render(template: &impl Template) -> Page {
    let page = template.render().map_err(|error| Problem::internal(error.to_string()))?;
    Ok(Html(shown::harmless(page)).into_response())
}

#[derive(Template)]
#[template(path = "problem.html")]
struct ProblemPage {
    problem: Problem,
}

/// A problem as people read it.
pub(crate) async fn problem_as_page(response: Response) -> Response {
    let Some(problem) = response.extensions().get::<Problem>().cloned() else { return response };
    let status = StatusCode::from_u16(problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    match (ProblemPage { problem }).render() {
        Ok(page) => (status, [(header::CACHE_CONTROL, "no-store")], Html(shown::harmless(page))).into_response(),
        Err(_) => response,
    }
}
