//! The workbench: pages and an HTTP API over a ledger, for people who would rather look than type, and for programs.
//!
//! [`Workbench`] is what all requests share; [`router`] gives the service, and [`serve`] runs it until the process is told
//! to end. Pages are made on the server ([`pages`]), the API answers what the command line answers (`api`). The clock, the
//! reader of foreign reports and the file are the caller's. No SQL here: the ledger answers every question.

mod api;
mod assets;
mod drawing;
mod intake;
mod pages;
mod problem;
mod query;
mod safety;
mod shown;
mod state;
mod store;
pub mod users;

pub use state::{Sent, Settings, Workbench};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state, map_response};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The most bytes of a request: as many as `chancery read` takes of one report.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The service.
pub fn router(workbench: Arc<Workbench>) -> Router {
    let withhold = || from_fn_with_state(Arc::clone(&workbench), safety::withhold);
    let pages =
        pages::routes().layer(from_fn(query::tidied)).layer(map_response(pages::problem_as_page)).layer(withhold());
    let api = api::routes().layer(withhold()).layer(from_fn(api::tagged));
    Router::new()
        .merge(pages)
        .nest(api::ROOT, api)
        .merge(assets::routes())
        .layer(from_fn_with_state(Arc::clone(&workbench), safety::guard))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .with_state(workbench)
}

/// Why the workbench could not be opened, or ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Others could reach it.
    #[error(
        "{0} can be reached from other machines: name who may use the workbench with --users (`chancery users add` makes \
         the file), or bind to 127.0.0.1"
    )]
    Open(SocketAddr),
    /// The address cannot be had.
    #[error("{0} cannot be listened on: {1}; choose another with --bind")]
    Bind(SocketAddr, io::Error),
    /// The system refuses something else.
    #[error("the workbench has ended: {0}")]
    System(#[from] io::Error),
}

/// Serves until the process is told to end (Ctrl-C). `ready` is called with the address once it can be asked.
///
/// # Errors
/// If others could reach the address and the workbench has no users, or it cannot be had.
pub fn serve(workbench: Workbench, bind: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    if !bind.ip().is_loopback() && workbench.users.is_none() {
        return Err(ServeError::Open(bind));
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::bind(bind).await.map_err(|error| ServeError::Bind(bind, error))?;
        ready(listener.local_addr()?);
        let ended = async {
            // Without a signal handler it ends as processes do.
            if tokio::signal::ctrl_c().await.is_err() {
                std::future::pending::<()>().await;
            }
        };
        axum::serve(listener, router(Arc::new(workbench))).with_graceful_shutdown(ended).await?;
        Ok(())
    })
}
