//! The API: what the command line answers, at `/api/v1`, under the same names and with the same conditions.
//!
//! [`LISTS`] is one table of all lists; the service and the description of it (`document`) are made from it, so that
//! neither can have what the other has not. Errors are problem documents, answers carry an `ETag`.

mod body;
mod document;
mod lists;
mod reports;
mod rows;
mod single;
mod write;

use crate::problem::Problem;
use crate::state::Workbench;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use lists::LISTS;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// The path of the API.
pub(crate) const ROOT: &str = "/api/v1";

pub(crate) fn routes() -> Router<Arc<Workbench>> {
    let mut router = Router::new()
        .route("/openapi.json", get(document::answer))
        .route("/brief", get(single::brief))
        .route("/events/{id}", get(single::event))
        .route("/claims/{id}", get(single::claim))
        .route("/reports/{id}", get(single::report))
        .route("/read", post(write::read));
    for list in LISTS {
        let mut methods = get(move |workbench, visitor, pairs| lists::answer(list, workbench, visitor, pairs));
        methods = match list.name {
            "verdicts" => methods.post(write::judge),
            "reports" => methods.post(reports::add),
            _ => methods,
        };
        router = router.route(&format!("/{}", list.name), methods);
    }
    let missing =
        || async { Problem::unknown(format!("there is nothing here; {ROOT}/openapi.json describes the API")) };
    let wrong = || async {
        Problem::new(StatusCode::METHOD_NOT_ALLOWED, format!("{ROOT}/openapi.json says what can be asked how"))
    };
    router.fallback(missing).method_not_allowed_fallback(wrong)
}

/// Puts the hash of an answer on it, and leaves out the answer where the asker has it already.
pub(crate) async fn tagged(request: Request, next: Next) -> Response {
    let asked = matches!(*request.method(), Method::GET | Method::HEAD);
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    let response = next.run(request).await;
    if !asked || response.status() != StatusCode::OK {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return Problem::internal("the answer could not be written").into_response();
    };
    let hash: String = Sha256::digest(&bytes).iter().take(16).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{hash}\"");
    let same = known.as_ref().and_then(|known| known.to_str().ok()).is_some_and(|known| {
        known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*")
    });
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        parts.headers.insert(header::ETAG, tag);
    }
    if same {
        parts.status = StatusCode::NOT_MODIFIED;
        parts.headers.remove(header::CONTENT_LENGTH);
        parts.headers.remove(header::CONTENT_TYPE);
        return Response::from_parts(parts, Body::empty());
    }
    Response::from_parts(parts, Body::from(bytes))
}
