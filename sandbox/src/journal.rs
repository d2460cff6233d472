//! The journal: what came in and what went out, byte for byte, kept in memory.

use std::collections::VecDeque;

use hyper::HeaderMap;
use serde::Serialize;
use serde_json::{Map, Value, json};

const ENTRIES_KEPT: usize = 10_000;
const BYTES_KEPT: usize = 64 * 1024 * 1024;

/// One call of a merchant.
#[derive(Clone, Debug, Default, Serialize)]
#[allow(missing_docs)]
pub struct Entry {
    /// Counts the calls since the start.
    pub number: u64,
    pub at_ms: i64,
    /// Below `/sgs/api/`.
    pub path: String,
    pub request_headers: Value,
    /// Null when a fault left it unread.
    pub request_body_base64: Option<String>,
    /// Null when nobody looked.
    pub signature_valid: Option<bool>,
    /// Null, like the two that follow, when no answer was sent.
    pub status: Option<u16>,
    pub response_headers: Option<Value>,
    pub response_body_base64: Option<String>,
    pub fault: Option<String>,
    pub connection: u64,
}

/// The last calls, the oldest first.
#[derive(Default)]
pub struct Journal {
    entries: VecDeque<Entry>,
    bytes: usize,
    added: u64,
}

impl Entry {
    /// What it weighs, roughly: the bodies.
    fn bytes(&self) -> usize {
        let bodies = [&self.request_body_base64, &self.response_body_base64];
        bodies.into_iter().flatten().map(String::len).sum()
    }
}

impl Journal {
    /// Adds a call.
    pub fn add(&mut self, mut entry: Entry) {
        self.added += 1;
        entry.number = self.added;
        self.bytes += entry.bytes();
        self.entries.push_back(entry);
        while self.entries.len() > ENTRIES_KEPT || self.bytes > BYTES_KEPT {
            let Some(oldest) = self.entries.pop_front() else {
                return;
            };
            self.bytes -= oldest.bytes();
        }
    }

    /// All of them.
    pub fn view(&self) -> Value {
        json!({"journal": self.entries})
    }

    /// The last ones, the newest first.
    pub fn newest(&self, count: usize) -> Vec<Entry> {
        self.entries.iter().rev().take(count).cloned().collect()
    }

    /// The one of that number.
    pub fn entry(&self, number: u64) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.number == number)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Forgets them.
    pub fn clear(&mut self) {
        self.entries.clear();
        self.bytes = 0;
    }
}

/// Headers as an object of lower-case names; a name that came more than once has an array.
pub fn headers_view(headers: &HeaderMap) -> Value {
    let mut view = Map::new();
    for name in headers.keys() {
        let texts = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned());
        let mut texts: Vec<String> = texts.collect();
        let value = if texts.len() == 1 { json!(texts.pop()) } else { json!(texts) };
        view.insert(name.as_str().to_owned(), value);
    }
    Value::Object(view)
}
