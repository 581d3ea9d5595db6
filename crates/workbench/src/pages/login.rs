//! Logging in and out, where the workbench has users.

use super::{Page, render};
use crate::query::Pairs;
use crate::safety::{Form, LOGIN, Refused, Visitor, log_in, log_out};
use crate::state::Workbench;
use askama::Template;
use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect};
use axum::routing::{get, post};
use std::sync::Arc;

/// The most bytes of a form that somebody sends who may be anybody.
const MAX_BYTES: usize = 16 * 1024;

#[derive(Template)]
#[template(path = "login.html")]
struct LoginPage {
    visitor: Visitor,
    /// Where to go then.
    to: String,
    name: String,
    remark: String,
}

pub(super) fn routes() -> Router<Arc<Workbench>> {
    Router::new()
        .route(LOGIN, get(page).post(enter))
        .route("/logout", post(leave))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
}

/// An address of this workbench; the brief in place of any other.
fn own(to: &str) -> String {
    let is_own = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\n', '\r', '\t']);
    if is_own && !to.starts_with(LOGIN) { to.to_owned() } else { "/".to_owned() }
}

async fn page(State(workbench): State<Arc<Workbench>>, visitor: Visitor, pairs: Pairs) -> Page {
    let to = own(pairs.asked(&["back"])?.value("back"));
    if workbench.users.is_none() {
        return Ok(Redirect::to(&to).into_response());
    }
    render(&LoginPage { visitor, to, name: String::new(), remark: String::new() })
}

async fn enter(State(workbench): State<Arc<Workbench>>, visitor: Visitor, headers: HeaderMap, form: Form) -> Page {
    let (name, to) = (form.field("name").to_owned(), own(form.field("back")));
    let (status, wait, remark) = match log_in(&workbench, &headers, &name, form.written("password")).await {
        Ok(cookie) => return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response()),
        Err(Refused::Broken(problem)) => return Err(problem),
        Err(Refused::Wrong) => (StatusCode::FORBIDDEN, None, "Name and password do not fit.".to_owned()),
        Err(Refused::Wait(seconds)) => {
            let why = format!("Too many attempts have failed; try again in {seconds} s.");
            (StatusCode::TOO_MANY_REQUESTS, Some(HeaderValue::from(seconds)), why)
        }
    };
    let mut response = render(&LoginPage { visitor, to, name, remark })?;
    *response.status_mut() = status;
    wait.and_then(|wait| response.headers_mut().insert(header::RETRY_AFTER, wait));
    Ok(response)
}

async fn leave(State(workbench): State<Arc<Workbench>>, headers: HeaderMap, _form: Form) -> Page {
    let cookie = log_out(&workbench, &headers);
    Ok(([(header::SET_COOKIE, cookie)], Redirect::to(LOGIN)).into_response())
}
