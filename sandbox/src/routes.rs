//! Everything that the sandbox serves, each part under its path.

use std::sync::Arc;

use axum::Router;
use axum::routing::any;

use crate::http::api;
use crate::sandbox::Sandbox;
use crate::{control, page};

/// The sandbox's routes.
pub fn router(sandbox: Arc<Sandbox>) -> Router {
    Router::new()
        .route("/sgs/api/{*path}", any(api::serve))
        .merge(page::routes())
        .nest("/sandbox/api", control::routes())
        .with_state(sandbox)
}
