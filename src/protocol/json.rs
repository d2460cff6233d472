//! One strict reading of JSON for all that comes in, and one compact writing for all that goes out.
//!
//! `serde_json` does the grammar (RFC 8259 exactly); this module adds what a payment needs and the grammar
//! leaves free: duplicate keys are refused, numbers stay the text they were, depth and size are bounded,
//! and text that is not UTF-8 or holds a lone surrogate is an error.

use std::collections::HashSet;
use std::fmt::{self, Write as _};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use crate::error::{Error, ErrorKind, Outcome};

/// The deepest nesting that is read. The deepest documented message has six levels.
const DEPTH_MAX: usize = 32;
/// The most values (members and elements, at all levels) that are read.
const VALUES_MAX: usize = 50_000;
/// The largest text that is read, in bytes.
pub const SIZE_MAX: usize = 1024 * 1024;

/// The documents of an order fit in, so that their text is seldom moved while it grows.
const WRITTEN_USUALLY: usize = 1024;
/// Objects of up to so many members are searched for a repeated key member by member, larger ones by hashing.
const FEW_MEMBERS: usize = 32;

/// A JSON value whose numbers are the text they were written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as its text: no rounding, no lost digit.
    Number(String),
    /// A string, its escapes read.
    Text(String),
    /// An array.
    List(Vec<Value>),
    /// An object: its members in their order, no key twice.
    Object(Vec<(String, Value)>),
}

/// Why a text is not acceptable JSON. Its wording holds nothing of the text but the path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    reason: String,
    pointer: String,
}

impl JsonError {
    fn new(reason: impl Into<String>) -> Self {
        Self { reason: reason.into(), pointer: String::new() }
    }

    /// Called on the way up: puts the step in front of the path.
    fn below(mut self, step: &str) -> Self {
        self.pointer.insert_str(0, &format!("/{}", escape_step(step)));
        self
    }

    pub(crate) fn into_error(self, kind: ErrorKind, outcome: Outcome, what: &str) -> Error {
        let place = if self.pointer.is_empty() { String::new() } else { format!(" at {}", self.pointer) };
        Error::new(kind, outcome, format!("{what} is not acceptable JSON{place}: {}", self.reason))
            .with_field(self.pointer)
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.reason)
    }
}

impl Value {
    /// Reads one JSON text.
    ///
    /// # Errors
    /// When the text is larger than [`SIZE_MAX`], is not UTF-8 or not JSON, starts with a byte order mark,
    /// holds an object with the same key twice or a lone surrogate, or nests deeper than 32 levels.
    pub fn parse(bytes: &[u8]) -> Result<Self, JsonError> {
        if bytes.len() > SIZE_MAX {
            return Err(JsonError::new(format!("{} bytes, the most is {SIZE_MAX}", bytes.len())));
        }
        let text = std::str::from_utf8(bytes)
            .map_err(|e| JsonError::new(format!("not UTF-8 from byte {}", e.valid_up_to())))?;
        if text.starts_with('\u{feff}') {
            return Err(JsonError::new("it starts with a byte order mark; remove it"));
        }
        let raw: &RawValue = serde_json::from_str(text).map_err(|e| grammar(&e))?;
        let mut budget = VALUES_MAX;
        read(raw, 0, &mut budget)
    }

    /// The value at a JSON Pointer (RFC 6901); `""` is the value itself.
    pub fn pointer(&self, pointer: &str) -> Option<&Self> {
        if pointer.is_empty() {
            return Some(self);
        }
        let mut value = self;
        for step in pointer.strip_prefix('/')?.split('/') {
            let step = step.replace("~1", "/").replace("~0", "~");
            value = match value {
                Self::Object(_) => value.member(&step)?,
                Self::List(items) => {
                    let canonical = step == "0" || !step.starts_with('0');
                    let digits = !step.is_empty() && step.bytes().all(|b| b.is_ascii_digit());
                    if !(canonical && digits) {
                        return None;
                    }
                    items.get(step.parse::<usize>().ok()?)?
                }
                _ => return None,
            };
        }
        Some(value)
    }

    /// An object's member.
    pub fn member(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// A scalar as text: a string's content, a number's text, `true` or `false`. None for `null`, lists and objects.
    pub fn scalar(&self) -> Option<&str> {
        match self {
            Self::Text(text) | Self::Number(text) => Some(text),
            Self::Bool(true) => Some("true"),
            Self::Bool(false) => Some("false"),
            Self::Null | Self::List(_) | Self::Object(_) => None,
        }
    }

    /// A string's content.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// What kind of value it is, for error texts.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "null",
            Self::Bool(_) => "a boolean",
            Self::Number(_) => "a number",
            Self::Text(_) => "a string",
            Self::List(_) => "an array",
            Self::Object(_) => "an object",
        }
    }

    /// Compact JSON: non-ASCII characters and slashes as they are.
    pub fn to_json(&self) -> String {
        let mut out = String::with_capacity(WRITTEN_USUALLY);
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
            Self::Number(text) => out.push_str(text),
            Self::Text(text) => write_text(text, out),
            Self::List(items) => {
                out.push('[');
                for (at, item) in items.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (at, (key, value)) in members.iter().enumerate() {
                    if at > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// A step of a JSON Pointer in its escaped form.
pub(crate) fn escape_step(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

fn write_text(text: &str, out: &mut String) {
    if text.bytes().all(stands_for_itself) {
        out.push('"');
        out.push_str(text);
        out.push('"');
    } else {
        // Writing to a String cannot fail.
        let _ = write!(out, "{}", serde_json::Value::from(text));
    }
}

/// Whether a byte of a string is written as it is read: neither the quote, nor the escape, nor a control character.
fn stands_for_itself(byte: u8) -> bool {
    byte >= b' ' && byte != b'"' && byte != b'\\'
}

fn read(raw: &RawValue, depth: usize, budget: &mut usize) -> Result<Value, JsonError> {
    if depth > DEPTH_MAX {
        return Err(JsonError::new(format!("nested deeper than {DEPTH_MAX} levels")));
    }
    *budget = budget.checked_sub(1).ok_or_else(|| JsonError::new(format!("more than {VALUES_MAX} values")))?;
    let text = raw.get();
    Ok(match text.as_bytes().first() {
        Some(b'{') => {
            let Members(members) = serde_json::from_str(text).map_err(|e| grammar(&e))?;
            if let Some(key) = repeated_key(&members) {
                return Err(JsonError::new("the same key stands twice in one object").below(key));
            }
            let mut object = Vec::with_capacity(members.len().min(64));
            for (key, member) in members {
                match read(member, depth + 1, budget) {
                    Ok(value) => object.push((key, value)),
                    Err(error) => return Err(error.below(&key)),
                }
            }
            Value::Object(object)
        }
        Some(b'[') => {
            let items: Vec<&RawValue> = serde_json::from_str(text).map_err(|e| grammar(&e))?;
            let read_item =
                |(at, item): (usize, &&RawValue)| read(item, depth + 1, budget).map_err(|e| e.below(&at.to_string()));
            Value::List(items.iter().enumerate().map(read_item).collect::<Result<_, _>>()?)
        }
        Some(b'"') => Value::Text(read_text(text)?),
        Some(b't') => Value::Bool(true),
        Some(b'f') => Value::Bool(false),
        Some(b'n') => Value::Null,
        _ => Value::Number(text.to_owned()),
    })
}

/// A string. Its raw text is already known to be one, so that between its quotes only escapes are left to be read.
fn read_text(raw: &str) -> Result<String, JsonError> {
    match raw.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(text) if text.bytes().all(stands_for_itself) => Ok(text.to_owned()),
        _ => serde_json::from_str(raw).map_err(|e| grammar(&e)),
    }
}

fn repeated_key<V>(members: &[(String, V)]) -> Option<&str> {
    let mut keys = members.iter().map(|(key, _)| key.as_str());
    if members.len() > FEW_MEMBERS {
        let mut known = HashSet::with_capacity(members.len());
        return keys.find(|key| !known.insert(*key));
    }
    let before = |at: usize, key: &str| members.iter().take(at).any(|(known, _)| known == key);
    keys.enumerate().find(|(at, key)| before(*at, key)).map(|(_, key)| key)
}

/// serde_json's syntax messages are fixed texts; its other messages may quote the input.
fn grammar(error: &serde_json::Error) -> JsonError {
    use serde_json::error::Category;
    match error.classify() {
        Category::Syntax => JsonError::new(error.to_string()),
        Category::Eof => JsonError::new("it ends too early"),
        Category::Io | Category::Data => JsonError::new("ill-formed"),
    }
}

struct Members<'de>(Vec<(String, &'de RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EveryMember;

        impl<'de> Visitor<'de> for EveryMember {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(EveryMember)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reason(text: &str) -> String {
        let error = Value::parse(text.as_bytes()).unwrap_err();
        format!("{}: {}", error.pointer, error.reason)
    }

    #[test]
    fn numbers_stay_the_text_they_were() {
        let value = Value::parse(br#"{"a":0.10,"b":0E-8,"c":1E+2,"d":131710904557001559,"e":-0.0}"#).unwrap();
        for (key, text) in [("a", "0.10"), ("b", "0E-8"), ("c", "1E+2"), ("d", "131710904557001559"), ("e", "-0.0")] {
            assert_eq!(value.member(key), Some(&Value::Number(text.into())));
        }
        assert_eq!(value.to_json(), r#"{"a":0.10,"b":0E-8,"c":1E+2,"d":131710904557001559,"e":-0.0}"#);
    }

    #[test]
    fn a_key_twice_is_refused_also_when_one_is_escaped() {
        assert!(reason(r#"{"status":"CREATED","status":"SUCCESS"}"#).starts_with("/status: the same key"));
        assert!(reason(r#"{"x":{"a":1,"\u0061":2}}"#).starts_with("/x/a: the same key"));
    }

    #[test]
    fn bombs_are_errors_on_a_small_stack() {
        let bombs = vec![
            "[".repeat(100_000),
            r#"{"a":"#.repeat(13_000),
            format!("{}1{}", "[".repeat(50_000), "]".repeat(50_000)),
            format!("{}1{}", r#"{"a":"#.repeat(40_000), "}".repeat(40_000)),
            format!("[{}1]", "1,".repeat(60_000)),
        ];
        std::thread::Builder::new()
            .stack_size(256 * 1024)
            .spawn(move || {
                for bomb in bombs {
                    assert!(Value::parse(bomb.as_bytes()).is_err());
                }
            })
            .unwrap()
            .join()
            .unwrap();
        assert!(Value::parse(format!("{}1{}", "[".repeat(32), "]".repeat(32)).as_bytes()).is_ok());
        assert!(Value::parse(format!("{}1{}", "[".repeat(33), "]".repeat(33)).as_bytes()).is_err());
    }

    #[test]
    fn only_utf8_without_lone_surrogates() {
        let bad: [&[u8]; 9] = [
            b"\xef\xbb\xbf{}",
            b"{\"a\":\"\xff\"}",
            b"{\"a\":\"\xc0\xaf\"}",
            b"{\"a\":\"\xe2\x82\"}",
            b"{\"a\":\"\xed\xa0\x80\"}",
            br#"{"a":"\ud800"}"#,
            br#"{"a":"\udc00x"}"#,
            br#"{"\ud800":1}"#,
            b"{\x00\"\x00a\x00\"\x00:\x001\x00}\x00",
        ];
        for text in bad {
            assert!(Value::parse(text).is_err(), "{text:?}");
        }
        let good = Value::parse(br#"{"a":"\ud83d\ude00\u0000"}"#).unwrap();
        assert_eq!(good.member("a").and_then(Value::text), Some("😀\0"));
    }

    #[test]
    fn the_grammar_is_rfc_8259s() {
        for text in [
            "",
            " ",
            "{",
            "{]",
            "{\"a\"}",
            "{\"a\":}",
            "{\"a\":1,}",
            "[1,]",
            "[,1]",
            "{a:1}",
            "{'a':1}",
            "[01]",
            "[+1]",
            "[1.]",
            "[.5]",
            "[0x10]",
            "[NaN]",
            "[Infinity]",
            "[1_0]",
            "[-]",
            "[1e]",
            "[\"\t\"]",
            "[\"\\x41\"]",
            "[\"\\u12\"]",
            "1 2",
            "{} x",
            "// c\n1",
            "[True]",
            "nul",
            "\"\u{1}\"",
            "[1\u{a0}]",
            "\u{ff11}",
        ] {
            assert!(Value::parse(text.as_bytes()).is_err(), "{text:?}");
        }
        for text in [
            "null",
            " true ",
            "\"\"",
            "0",
            "-0",
            "1e5",
            "1E-400",
            "[]",
            "{}",
            "\r\n\t[ 1 , 2 ]\r\n",
            "[\"\\/\\u002f\"]",
            "{\"\":1}",
        ] {
            assert!(Value::parse(text.as_bytes()).is_ok(), "{text:?}");
        }
    }

    #[test]
    fn pointers() {
        let value = Value::parse(br#"{"a":{"b":[10,{"c/d":true,"~":null}]},"":"e"}"#).unwrap();
        let get = |pointer: &str| value.pointer(pointer).and_then(Value::scalar);
        assert_eq!(get("/a/b/0"), Some("10"));
        assert_eq!(get("/a/b/1/c~1d"), Some("true"));
        assert_eq!(get("/a/b/1/~0"), None);
        assert_eq!(get("/"), Some("e"));
        for none in ["/a/b/00", "/a/b/-", "/a/b/2", "/a/b/+1", "a", "/a/b", "/x"] {
            assert_eq!(get(none), None, "{none}");
        }
    }

    #[test]
    fn errors_quote_nothing() {
        for text in [r#"{"secret":"s3cr3t"#, r#"["s3cr3t" "x"]"#, r#"{"s3cr3t":tru}"#] {
            assert!(!reason(text).contains("s3cr3t"), "{}", reason(text));
        }
    }

    #[test]
    fn writing_reads_back() {
        let text = "\"q\" \\ / \u{1} \u{7f} é 😀 \u{202e} </script>";
        let json = Value::Object(vec![("k\"".into(), Value::Text(text.into()))]).to_json();
        assert!(json.contains("é 😀") && json.contains("</script>"));
        assert_eq!(Value::parse(json.as_bytes()).unwrap().member("k\"").and_then(Value::text), Some(text));
    }
}
