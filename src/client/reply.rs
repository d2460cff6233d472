//! A typed view of an answer.

use std::fmt;
use std::ops::Deref;

use crate::response::Response;

/// A typed view of an answer, with the whole answer beside it.
#[derive(Clone)]
pub struct Reply<T> {
    pub(super) view: T,
    pub(super) response: Response,
}

impl<T> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("response", &self.response).finish_non_exhaustive()
    }
}

impl<T> Reply<T> {
    /// The whole answer.
    pub fn response(&self) -> &Response {
        &self.response
    }

    /// The view alone.
    pub fn into_view(self) -> T {
        self.view
    }
}

impl<T> Deref for Reply<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.view
    }
}
