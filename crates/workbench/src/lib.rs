//! The workbench: pages and an HTTP API over a ledger, for people who would rather look than type, and for programs.
//!
//! [`Workbench`] is what all requests share; [`router`] gives the service, and [`serve`] runs it until the process is told
//! to end. Pages are made on the server ([`pages`]), the API answers what the command line answers (`api`). The clock, the
//! reader of foreign reports and the file are the caller's. No SQL here: the ledger answers every question.

mod api;
mod assets;
mod drawing;
mod pages;
mod problem;
mod query;
mod safety;
mod shown;
mod state;
mod store;

pub use state::{Settings, Workbench};

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware::from_fn;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use tokio::net::TcpListener;

/// The most bytes of a request: as many as `chancery read` takes of one report.
const MAX_BYTES: usize = 8 * 1024 * 1024;

/// The service.
pub fn router(workbench: Arc<Workbench>) -> Router {
    let pages =
        pages::routes().layer(from_fn(query::tidied)).layer(axum::middleware::map_response(pages::problem_as_page));
    let api = api::routes().layer(from_fn(api::tagged));
    Router::new()
        .merge(pages)
        .nest("/api/v1", api)
        .merge(assets::routes())
        .layer(from_fn(safety::guard))
        .layer(DefaultBodyLimit::max(MAX_BYTES))
        .with_state(workbench)
}

/// Why the workbench could not be opened, or ended.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// Others could reach it.
    #[error("{0} can be reached from other machines, and the workbench does not know its users; bind to 127.0.0.1")]
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
/// If the address is not of this machine alone, or cannot be had.
pub fn serve(workbench: Workbench, bind: SocketAddr, ready: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    if !bind.ip().is_loopback() {
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
