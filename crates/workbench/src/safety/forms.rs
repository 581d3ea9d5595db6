//! Forms come back from the visitor to whom they were shown: each holds a token that fits the visitor's cookie and the
//! secret of this workbench. The name with which an analyst signs is remembered in a cookie, too.

use super::entry::Person;
use crate::problem::Problem;
use crate::query::encoded;
use crate::state::Workbench;
use crate::users::{Role, hexadecimal};
use axum::Form as Fields;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, header};
use sha2::{Digest, Sha256};
use std::convert::Infallible;
use std::sync::Arc;

const COOKIE: &str = "chancery_visitor";
const ANALYST: &str = "chancery_analyst";

/// The longest name with which somebody signs.
const LONGEST: usize = 100;

/// Who looks at a page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Visitor {
    /// What the forms of the page send back.
    pub(crate) token: String,
    /// The name with which verdicts are signed; empty before the first.
    pub(crate) analyst: String,
    /// What the visitor may do.
    pub(crate) role: Role,
    /// Whether the name is that of a user, and signs whatever a form says.
    pub(crate) user: bool,
}

impl Visitor {
    /// Who signs: the user; where there are none, whom the form names.
    pub(crate) fn signature<'a>(&'a self, written: &'a str) -> Result<&'a str, Problem> {
        if !self.user || written.is_empty() || written == self.analyst {
            return Ok(if self.user { &self.analyst } else { written });
        }
        Err(Problem::forbidden(format!("you are {} and sign with no other name", self.analyst)))
    }

    /// Whether the visitor may judge.
    pub(crate) fn judges(&self) -> bool {
        self.role >= Role::Analyst
    }

    /// Whether the visitor may take reports in, remove texts and see every change.
    pub(crate) fn administers(&self) -> bool {
        self.role >= Role::Admin
    }
}

/// The visitor's number in a request.
#[derive(Clone)]
struct Number(String);

pub(super) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut pairs = all.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(other, _)| *other == name).map(|(_, value)| value.to_owned())
}

/// Gives a visitor without a number one; the cookie to be set for it.
pub(super) fn settle(request: &mut Request) -> Option<HeaderValue> {
    let known = cookie(request.headers(), COOKIE)
        .filter(|number| number.len() == 32 && number.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let fresh = known.is_none();
    let number = known.unwrap_or_else(|| {
        let mut bytes = [0; 16];
        let _ = getrandom::fill(&mut bytes);
        hexadecimal(&bytes)
    });
    request.extensions_mut().insert(Number(number.clone()));
    let line = format!("{COOKIE}={number}; Path=/; HttpOnly; SameSite=Strict");
    fresh.then(|| HeaderValue::from_str(&line).ok()).flatten()
}

fn token(workbench: &Workbench, number: &str) -> String {
    let mut digest = Sha256::new();
    digest.update(workbench.secret);
    digest.update(number);
    hexadecimal(&digest.finalize())
}

impl FromRequestParts<Arc<Workbench>> for Visitor {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, workbench: &Arc<Workbench>) -> Result<Self, Infallible> {
        let number = parts.extensions.get::<Number>().map(|Number(number)| number.clone()).unwrap_or_default();
        let token = token(workbench, &number);
        // Somebody whom nobody has identified may do nothing.
        let Some(person) = parts.extensions.get::<Person>() else { return Ok(Self { token, ..Self::default() }) };
        let remembered = || cookie(&parts.headers, ANALYST).map(|name| decoded(&name)).unwrap_or_default();
        let (user, analyst) = (person.name.is_some(), person.name.clone().unwrap_or_else(remembered));
        Ok(Self { token, analyst, role: person.role, user })
    }
}

/// The fields of a form that this workbench has shown to this visitor.
pub(crate) struct Form(Vec<(String, String)>);

impl Form {
    /// A field; empty where there is none.
    pub(crate) fn field(&self, name: &str) -> &str {
        self.written(name).trim()
    }

    /// All fields of one name that are not empty.
    pub(crate) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let values = self.0.iter().filter(move |(other, _)| other == name).map(|(_, value)| value.trim());
        values.filter(|value| !value.is_empty())
    }

    /// A field with the blanks around it.
    pub(crate) fn written(&self, name: &str) -> &str {
        self.0.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }
}

impl FromRequest<Arc<Workbench>> for Form {
    type Rejection = Problem;

    async fn from_request(request: Request, workbench: &Arc<Workbench>) -> Result<Self, Problem> {
        let number = request.extensions().get::<Number>().map(|Number(number)| number.clone()).unwrap_or_default();
        let read = Fields::<Vec<(String, String)>>::from_request(request, workbench).await;
        let form =
            Self(read.map(|Fields(fields)| fields).map_err(|error| Problem::new(error.status(), error.body_text()))?);
        if form.field("token") == token(workbench, &number) {
            Ok(form)
        } else {
            Err(Problem::forbidden("this form is not of the workbench as it runs now; load the page again"))
        }
    }
}

/// The header that remembers with what name somebody signs.
pub(crate) fn remembering(analyst: &str) -> HeaderValue {
    let name: String = analyst.chars().take(LONGEST).collect();
    let line = format!("{ANALYST}={}; Path=/; HttpOnly; SameSite=Strict; Max-Age=31536000", encoded(&name));
    HeaderValue::from_str(&line).unwrap_or(HeaderValue::from_static(""))
}

fn decoded(written: &str) -> String {
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let byte = (first == b'%')
            .then(|| std::str::from_utf8(after.get(..2)?).ok().and_then(|two| u8::from_str_radix(two, 16).ok()))
            .flatten();
        bytes.push(byte.unwrap_or(first));
        rest = if byte.is_some() { &after[2..] } else { after };
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_go_round_in_a_cookie() {
        for name in ["Ada", "Zoé; x=y", "100%", "%zz"] {
            assert_eq!(decoded(&encoded(name)), name);
        }
        assert_eq!(decoded("%e9%zz%"), "\u{fffd}%zz%");
    }
}
