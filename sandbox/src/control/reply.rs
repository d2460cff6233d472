//! How control calls are read and answered.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use hyper::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::gateway::{Event, Rejection};
use crate::money::Amount;
use crate::sandbox::Sandbox;

pub type Shared = State<Arc<Sandbox>>;
pub type Reply = Result<Json<Value>, Problem>;

/// What a control call is answered with when it is not done.
pub struct Problem(pub StatusCode, pub String);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        (self.0, Json(json!({"error": self.1}))).into_response()
    }
}

impl From<Rejection> for Problem {
    fn from(rejection: Rejection) -> Self {
        match rejection {
            Rejection::NotFound(what) => Problem(StatusCode::NOT_FOUND, what),
            Rejection::Conflict(what) => Problem(StatusCode::CONFLICT, what),
            Rejection::BadInput(what) => Problem(StatusCode::BAD_REQUEST, what),
            Rejection::Refused(refusal) => {
                Problem(StatusCode::BAD_REQUEST, format!("{}: {}", refusal.msg, refusal.detail))
            }
        }
    }
}

pub fn bad(what: impl Into<String>) -> Problem {
    Problem(StatusCode::BAD_REQUEST, what.into())
}

/// Reads a body; an empty one is an empty object.
pub fn read<T: DeserializeOwned>(body: &Bytes) -> Result<T, Problem> {
    let text = if body.trim_ascii().is_empty() { b"{}" } else { body.as_ref() };
    serde_json::from_slice(text).map_err(|error| bad(format!("body: {error}")))
}

pub async fn step(sandbox: Arc<Sandbox>, event: Event) -> Reply {
    let stepped = tokio::task::spawn_blocking(move || sandbox.step(event)).await;
    let stepped = stepped.map_err(|error| Problem(StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))?;
    Ok(Json(stepped?))
}

pub fn read_amount(value: &Value) -> Result<Amount, Problem> {
    let amount = match value {
        Value::String(text) => Amount::parse(text),
        Value::Number(number) => Amount::parse(number.as_str()),
        _ => return Err(bad("amount: must be a decimal")),
    };
    amount.map_err(|_| bad("amount: must be a decimal with at most 8 places"))
}
