//! The envelope of the wire: what a request's body must hold, and what an answer's is made of. No I/O, so that a
//! simulation speaks the same protocol as the program.

use serde_json::{Value, json};

use crate::gateway::refusal::{Refusal, success_head};
use crate::gateway::{Call, Endpoint};

/// The call that a verified body asks for.
///
/// # Errors
/// The refusal of a body that is not an envelope.
pub fn read_call(endpoint: Endpoint, partner_id: &str, body: &[u8], clock_error_ms: i64) -> Result<Call, Refusal> {
    let request: Value = serde_json::from_slice(body).map_err(|error| Refusal::parameter(format!("body: {error}")))?;
    let request_time = request.get("requestTime").and_then(Value::as_i64);
    let request_time = request_time.filter(|time| (0..100_000_000_000_000).contains(time));
    let request_time =
        request_time.ok_or_else(|| Refusal::parameter("requestTime: must be an integer of milliseconds"))?;
    let biz_content = request.get("bizContent").and_then(Value::as_object);
    let biz_content = biz_content.ok_or_else(|| Refusal::parameter("bizContent: must be an object"))?;
    Ok(Call {
        endpoint,
        partner_id: partner_id.to_owned(),
        request_time,
        biz_content: biz_content.clone(),
        clock_error_ms,
    })
}

/// The answer's document.
pub fn answer(outcome: Result<&Value, &Refusal>, trace_code: &str) -> Value {
    match outcome {
        Ok(body) => json!({"head": success_head(trace_code), "body": body}),
        Err(refusal) => json!({"head": refusal.head(trace_code)}),
    }
}
