//! A verified answer.
use crate::state::State;

/// The answer of a successful call.
#[derive(Clone)]
pub struct Response;
impl Response {
    /// The scalar at a JSON Pointer into the answer's `body`, as text.
    pub fn get(&self, pointer: &str) -> Option<&str> { todo!("{pointer}") }
    /// The answer's `body` with the documented spellings, amounts as strings.
    pub fn json(&self) -> &str { todo!() }
    /// The HTTP body as it came.
    pub fn raw(&self) -> &[u8] { todo!() }
    /// What the status means.
    pub fn state(&self) -> State { todo!() }
    /// The checked URL of the hosted page.
    pub fn checkout_url(&self) -> Option<&str> { todo!() }
    /// Whether the answer itself names what was asked for.
    pub fn is_bound(&self) -> bool { todo!() }
}
