//! What an address asks for: the conditions of a filter, a day as of which to answer, and what is a page's own.

use crate::problem::Problem;
use axum::extract::{FromRequestParts, Query, Request};
use axum::http::Method;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use jiff::civil::Date;
use ledger::questions::{Filter, WRITTEN};
use std::fmt::Write;

/// The pairs of an address, in order.
pub(crate) struct Pairs(pub(crate) Vec<(String, String)>);

impl<S: Send + Sync> FromRequestParts<S> for Pairs {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let read = Query::<Vec<(String, String)>>::from_request_parts(parts, state).await;
        read.map(|Query(pairs)| Self(pairs)).map_err(|error| Problem::refused(error.body_text()))
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    pub(crate) filter: Filter,
    pub(crate) as_of: Option<Date>,
    /// All that is not empty, as it was written.
    pub(crate) written: Vec<(String, String)>,
}

impl Pairs {
    /// Understands the pairs; `own` are the names that the page or route knows beside the conditions.
    pub(crate) fn asked(self, own: &[&str]) -> Result<Asked, Problem> {
        let mut asked = Asked::default();
        for (name, value) in self.0 {
            let name = if name == "as_of" { "as-of".to_owned() } else { name };
            if name == "as-of" {
                let mut day = Filter::default();
                day.set("since", &value)
                    .map_err(|error| Problem::refused(error.to_string().replace(" for since", " for as-of")))?;
                asked.as_of = day.since;
            } else if !asked.filter.set(&name, &value)? && !own.contains(&name.as_str()) {
                let mut known: Vec<&str> = WRITTEN.into_iter().chain(["as-of"]).chain(own.iter().copied()).collect();
                known.sort_unstable();
                return Err(Problem::refused(format!(
                    "there is no condition '{name}'; there are {}",
                    known.join(", ")
                )));
            }
            if !value.trim().is_empty() {
                asked.written.retain(|(other, _)| *other != name);
                asked.written.push((name, value.trim().to_owned()));
            }
        }
        Ok(asked)
    }
}

impl Asked {
    /// The value of a condition as it was written.
    pub(crate) fn value(&self, name: &str) -> &str {
        self.written.iter().find(|(other, _)| other == name).map_or("", |(_, value)| value)
    }

    /// The conditions that narrow a view, without what turns its pages.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &(String, String)> {
        self.written.iter().filter(|(name, _)| {
            name == "as-of" || WRITTEN.contains(&name.as_str()) && !matches!(name.as_str(), "limit" | "offset")
        })
    }

    /// The conditions as the end of an address, beginning with `?`; empty if there are none.
    pub(crate) fn narrowed(&self) -> String {
        address(self.conditions())
    }

    /// All that was asked without one condition, from the first page on.
    pub(crate) fn without(&self, name: &str) -> String {
        address(self.written.iter().filter(|(other, _)| other != name && other != "offset"))
    }

    /// All that was asked with another offset.
    pub(crate) fn turned(&self, offset: u32) -> String {
        let offset = [("offset".to_owned(), offset.to_string())];
        let kept = self.written.iter().filter(|(name, _)| name != "offset");
        address(kept.chain(offset.iter().filter(|(_, value)| value != "0")))
    }
}

/// Sends whoever asks with empty fields, as forms do, to the address without them: it can be read, and sent to others.
pub(crate) async fn tidied(request: Request, next: Next) -> Response {
    let Some(query) = request.uri().query() else { return next.run(request).await };
    let empty = |pair: &&str| pair.split_once('=').is_none_or(|(_, value)| value.is_empty());
    if request.method() != Method::GET || !query.split('&').any(|pair| empty(&pair)) {
        return next.run(request).await;
    }
    let kept: Vec<&str> = query.split('&').filter(|pair| !empty(pair)).collect();
    let path = request.uri().path();
    Redirect::to(&if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }).into_response()
}

/// Pairs as the end of an address.
pub(crate) fn address<'a>(pairs: impl Iterator<Item = &'a (String, String)>) -> String {
    let mut out = String::new();
    for (name, value) in pairs {
        out.push(if out.is_empty() { '?' } else { '&' });
        out.push_str(&encoded(name));
        out.push('=');
        out.push_str(&encoded(value));
    }
    out
}

/// A text as it stands in an address.
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<Asked, Problem> {
        Pairs(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()).asked(&["words"])
    }

    #[test]
    fn an_address_goes_round() {
        let asked = asked(&[("actor", "Kiir & co"), ("place", ""), ("offset", "50"), ("as_of", "2018-03-01")]).unwrap();
        assert_eq!(asked.narrowed(), "?actor=Kiir%20%26%20co&as-of=2018-03-01");
        assert_eq!(asked.without("actor"), "?as-of=2018-03-01");
        assert_eq!(asked.turned(100), "?actor=Kiir%20%26%20co&as-of=2018-03-01&offset=100");
        assert_eq!(asked.turned(0), "?actor=Kiir%20%26%20co&as-of=2018-03-01");
    }

    #[test]
    fn an_unknown_condition_is_refused() {
        assert!(asked(&[("words", "x")]).is_ok());
        let problem = asked(&[("colour", "red")]).unwrap_err();
        assert_eq!(problem.status, 400);
        assert!(problem.detail.starts_with("there is no condition 'colour'"), "{}", problem.detail);
    }
}
