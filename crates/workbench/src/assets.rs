//! The files that pages load, built into the program.

use crate::problem::Problem;
use crate::state::Workbench;
use axum::Router;
use axum::extract::Path;
use axum::http::header;
use axum::response::IntoResponse;
use axum::routing::get;
use std::sync::Arc;

const CSS: &str = "text/css; charset=utf-8";
const MODULE: &str = "text/javascript; charset=utf-8";

/// Name, type and contents.
const FILES: &[(&str, &str, &str)] = &[
    ("style.css", CSS, include_str!("../assets/style.css")),
    ("reading.css", CSS, include_str!("../assets/reading.css")),
    ("reading.js", MODULE, include_str!("../assets/reading.js")),
    ("adding.js", MODULE, include_str!("../assets/adding.js")),
    ("choosing.js", MODULE, include_str!("../assets/choosing.js")),
    ("review.js", MODULE, include_str!("../assets/review.js")),
    ("pictures.js", MODULE, include_str!("../assets/pictures.js")),
    ("icon.svg", "image/svg+xml", include_str!("../assets/icon.svg")),
];

pub(crate) fn routes() -> Router<Arc<Workbench>> {
    Router::new().route("/assets/{name}", get(file))
}

async fn file(Path(name): Path<String>) -> Result<impl IntoResponse, Problem> {
    let found = FILES.iter().find(|(other, _, _)| *other == name);
    let (_, kind, contents) = found.ok_or_else(|| Problem::unknown(format!("there is no file {name}")))?;
    Ok(([(header::CONTENT_TYPE, *kind)], *contents))
}
