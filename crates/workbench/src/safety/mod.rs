//! What stands between a request and its answer: who may ask, what a browser may do with the answer, how long it may take.

mod attempts;
mod entry;
mod forms;
mod hosts;
mod sessions;
mod withholding;

pub(crate) use attempts::Attempts;
pub(crate) use entry::{Admin, Analyst, LOGIN, Refused, Source, log_in, log_out};
pub(crate) use forms::{Form, Visitor, remembering};
pub(crate) use sessions::Sessions;
pub(crate) use withholding::withhold;

use crate::problem::Problem;
use crate::state::Workbench;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use std::time::Duration;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// Nothing but what the workbench itself serves is loaded or run, nothing inline; nobody shows it in a frame.
const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(&str, &str); 6] = [
    ("content-security-policy", POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
];

/// Lets a request pass, and puts the headers on whatever is answered.
pub(crate) async fn guard(State(workbench): State<Arc<Workbench>>, mut request: Request, next: Next) -> Response {
    let fresh = forms::settle(&mut request);
    let for_people = !request.uri().path().starts_with(crate::api::ROOT);
    let admitted = admitted(&request, workbench.users.is_some()).map_err(|problem| Box::new(problem.into_response()));
    let mut response = match admitted.and_then(|()| entry::identify(&workbench, &mut request)) {
        Err(refused) if for_people => crate::pages::problem_as_page(*refused).await,
        Err(refused) => *refused,
        Ok(_) => tokio::time::timeout(PATIENCE, next.run(request)).await.unwrap_or_else(|_| {
            let why = "the answer takes too long; narrow the question";
            Problem::new(StatusCode::SERVICE_UNAVAILABLE, why).into_response()
        }),
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-cache"));
    if let Some(cookie) = fresh.filter(|_| is_page(headers)) {
        headers.append(header::SET_COOKIE, cookie);
    }
    response
}

fn is_page(headers: &HeaderMap) -> bool {
    headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"))
}

/// Whether a request comes from where it may come from. A workbench with users answers to any name: a page that turns its
/// own name this way has no session under that name.
fn admitted(request: &Request, users: bool) -> Result<(), Problem> {
    let headers = request.headers();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    if !users && !hosts::is_own(host) {
        return Err(Problem::new(StatusCode::MISDIRECTED_REQUEST, "this workbench answers to localhost alone"));
    }
    if matches!(*request.method(), Method::GET | Method::HEAD) {
        return Ok(());
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let foreign = text("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"))
        || text("origin").is_some_and(|origin| origin.split_once("://").is_none_or(|(_, from)| from != host));
    if foreign { Err(Problem::forbidden("another site has sent this; nothing was done")) } else { Ok(()) }
}
