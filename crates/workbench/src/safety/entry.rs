//! Who asks: where the workbench has users, the one of the session or of the token; otherwise whoever sits at this machine,
//! who may do all and signs with any name.
//!
//! What changes something takes an [`Analyst`] or an [`Admin`], which nobody else can become, so that no route can forget
//! to ask.

use super::forms::{Visitor, cookie};
use crate::problem::Problem;
use crate::query::encoded;
use crate::state::Workbench;
use crate::users::{Role, User, Users};
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use std::sync::Arc;

const SESSION: &str = "chancery_session";

/// Where users log in.
pub(crate) const LOGIN: &str = "/login";

/// Where the users of a workbench stand now, which may change while it serves.
pub(crate) struct Source(Box<dyn Fn() -> Result<Arc<Users>, String> + Send + Sync>);

impl Source {
    pub(crate) fn new(source: impl Fn() -> Result<Arc<Users>, String> + Send + Sync + 'static) -> Self {
        Self(Box::new(source))
    }

    pub(crate) fn users(&self) -> Result<Arc<Users>, Problem> {
        (self.0)().map_err(|why| Problem::new(StatusCode::SERVICE_UNAVAILABLE, format!("nobody can be let in: {why}")))
    }
}

impl std::fmt::Debug for Source {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Source")
    }
}

/// Who asks.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    /// The user's name; none where the workbench has no users.
    pub(super) name: Option<String>,
    pub(super) role: Role,
}

impl Person {
    /// Whoever sits at this machine.
    const OWN: Self = Self { name: None, role: Role::Admin };

    fn of(user: &User) -> Self {
        Self { name: Some(user.name.clone()), role: user.role }
    }
}

/// Notes who asks, or gives the answer for those who may not.
pub(super) fn identify(workbench: &Workbench, request: &mut Request) -> Result<Person, Box<Response>> {
    let person = match &workbench.users {
        None => Some(Person::OWN),
        Some(source) => {
            let users = source.users().map_err(|problem| Box::new(problem.into_response()))?;
            known(workbench, &users, request.headers())
        }
    };
    match person {
        Some(person) => {
            request.extensions_mut().insert(person.clone());
            Ok(person)
        }
        None if is_open(request.uri().path()) => Ok(Person { name: None, role: Role::Reader }),
        None => Err(Box::new(refusal(request))),
    }
}

/// What those may see who have not logged in: nothing of the ledger.
fn is_open(path: &str) -> bool {
    path == LOGIN || path.starts_with("/assets/")
}

fn known(workbench: &Workbench, users: &Users, headers: &HeaderMap) -> Option<Person> {
    if let Some(line) = headers.get(header::AUTHORIZATION) {
        // A wrong token is no reason to look for a session.
        let (kind, token) = line.to_str().ok()?.split_once(' ')?;
        return kind.eq_ignore_ascii_case("bearer").then(|| users.with_token(token.trim())).flatten().map(Person::of);
    }
    let number = cookie(headers, SESSION)?;
    workbench.sessions.user(&number, users, (workbench.settings.now)()).map(Person::of)
}

fn refusal(request: &Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    if *request.method() == Method::GET && !path.starts_with(crate::api::ROOT) {
        return Redirect::to(&format!("{LOGIN}?back={}", encoded(path))).into_response();
    }
    let why = format!("log in at {LOGIN}, or send a token: Authorization: Bearer … (`chancery users token` gives one)");
    let mut response = Problem::new(StatusCode::UNAUTHORIZED, why).into_response();
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    response
}

/// Logs somebody in: the cookie of the session.
pub(crate) async fn log_in(
    workbench: &Arc<Workbench>,
    headers: &HeaderMap,
    name: &str,
    password: &str,
) -> Result<HeaderValue, Refused> {
    let Some(source) = &workbench.users else { return Err(Refused::Wrong) };
    let users = source.users().map_err(Refused::Broken)?;
    let now = (workbench.settings.now)();
    let turn = workbench.logins.acquire().await;
    let _turn = turn.map_err(|_| Refused::Broken(Problem::ended()))?;
    workbench.attempts.begin(name, now).map_err(Refused::Wait)?;
    let (given, secret) = (name.to_owned(), password.to_owned());
    let checked = tokio::task::spawn_blocking(move || users.with_password(&given, &secret).cloned()).await;
    let user = checked.ok().flatten().ok_or(Refused::Wrong)?;
    workbench.attempts.succeeded(name);
    let number = workbench.sessions.begin(&user, now);
    let number = number.ok_or_else(|| Refused::Broken(Problem::internal("the system gives no randomness")))?;
    // A browser that came by https sends the cookie back by nothing less.
    let origin = headers.get(header::ORIGIN).and_then(|origin| origin.to_str().ok()).unwrap_or_default();
    let secure = if origin.starts_with("https://") { "; Secure" } else { "" };
    let line = format!("{SESSION}={number}; Path=/; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&line).map_err(|error| Refused::Broken(Problem::internal(error.to_string())))
}

/// Why somebody is not logged in.
pub(crate) enum Refused {
    /// Name and password do not fit.
    Wrong,
    /// Too many have tried; for so many seconds nobody may.
    Wait(i64),
    /// It cannot be told.
    Broken(Problem),
}

/// Logs somebody out: the cookie that takes the session's away.
pub(crate) fn log_out(workbench: &Workbench, headers: &HeaderMap) -> HeaderValue {
    if let Some(number) = cookie(headers, SESSION) {
        workbench.sessions.end(&number);
    }
    HeaderValue::from_static("chancery_session=; Path=/; HttpOnly; SameSite=Strict; Max-Age=0")
}

/// Whoever asks, where it is known that the role is enough.
macro_rules! at_least {
    ($(#[$about:meta])* $name:ident, $role:expr, $what:literal) => {
        $(#[$about])*
        pub(crate) struct $name(pub(crate) Visitor);

        impl FromRequestParts<Arc<Workbench>> for $name {
            type Rejection = Problem;

            async fn from_request_parts(parts: &mut Parts, workbench: &Arc<Workbench>) -> Result<Self, Problem> {
                let Ok(visitor) = Visitor::from_request_parts(parts, workbench).await;
                if visitor.role >= $role {
                    return Ok(Self(visitor));
                }
                Err(Problem::forbidden(format!(concat!("you are a {}; ", $what), visitor.role.name())))
            }
        }
    };
}

at_least! {
    /// Who may judge.
    Analyst, Role::Analyst, "analysts judge"
}

at_least! {
    /// Who may take reports in, remove texts and see every change.
    Admin, Role::Admin, "admins do this"
}
