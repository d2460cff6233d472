//! JSON: the same reading as by the book, and what is written reads back.

use bonuspay::json::Value;

use crate::independent::json::{self, Json};

pub(crate) fn run(input: &[u8]) {
    let (ours, theirs) = (Value::parse(input), json::read(input));
    let value = match (ours, theirs) {
        (Ok(value), Some(theirs)) => {
            assert!(same(&value, &theirs), "read differently");
            value
        }
        (Err(error), None) => {
            assert!(error.to_string().len() < 600);
            return;
        }
        (ours, theirs) => panic!("one of two readers refuses: {ours:?}, {theirs:?}"),
    };
    let written = value.to_json();
    assert_eq!(Value::parse(written.as_bytes()).as_ref(), Ok(&value), "what is written reads back");
    assert!(json::read(written.as_bytes()).is_some_and(|theirs| same(&value, &theirs)));
    assert!(value.pointer("").is_some_and(|whole| *whole == value));
    if let Ok(text) = std::str::from_utf8(input) {
        let _ = value.pointer(text);
    }
    for pointer in ["/", "/a", "/a/0", "/~0~1", "//"] {
        let _ = value.pointer(pointer).and_then(Value::scalar);
    }
}

fn same(ours: &Value, theirs: &Json) -> bool {
    match (ours, theirs) {
        (Value::Null, Json::Null) => true,
        (Value::Bool(a), Json::Bool(b)) => a == b,
        (Value::Number(a), Json::Number(b)) | (Value::Text(a), Json::Text(b)) => a == b,
        (Value::List(a), Json::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|((a_key, a), (b_key, b))| a_key == b_key && same(a, b))
        }
        _ => false,
    }
}
