//! A reader of JSON by the book (RFC 8259), with the library's own limits.

use std::collections::HashSet;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

const DEPTH_MOST: usize = 32;
const VALUES_MOST: usize = 50_000;
const BYTES_MOST: usize = 1024 * 1024;

/// `None` for what the library must refuse.
pub(crate) fn read(bytes: &[u8]) -> Option<Json> {
    if bytes.len() > BYTES_MOST {
        return None;
    }
    let mut reader = Reader { text: std::str::from_utf8(bytes).ok()?, values: 0 };
    let value = reader.value(0)?;
    reader.blanks();
    reader.text.is_empty().then_some(value)
}

impl Json {
    pub(crate) fn member(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(members) => members.iter().find(|(name, _)| name == key).map(|(_, value)| value),
            _ => None,
        }
    }

    /// The member of the member of the member.
    pub(crate) fn at(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |value, key| value.member(key))
    }

    /// A number's or a string's text.
    pub(crate) fn scalar(&self) -> Option<&str> {
        match self {
            Self::Number(text) | Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Every number and string under one of these keys, at any depth.
    pub(crate) fn scalars_under(&self, keys: &[&str], found: &mut Vec<(bool, String)>) {
        match self {
            Self::Object(members) => {
                for (key, value) in members {
                    if let (true, Some(text)) = (keys.contains(&key.as_str()), value.scalar()) {
                        found.push((matches!(value, Self::Number(_)), text.to_owned()));
                    }
                    value.scalars_under(keys, found);
                }
            }
            Self::List(items) => items.iter().for_each(|item| item.scalars_under(keys, found)),
            _ => {}
        }
    }
}

struct Reader<'a> {
    text: &'a str,
    values: usize,
}

impl Reader<'_> {
    fn blanks(&mut self) {
        self.text = self.text.trim_start_matches([' ', '\t', '\r', '\n']);
    }

    fn eat(&mut self, token: &str) -> bool {
        let rest = self.text.strip_prefix(token);
        self.text = rest.unwrap_or(self.text);
        rest.is_some()
    }

    fn next(&mut self) -> Option<char> {
        let next = self.text.chars().next()?;
        self.text = &self.text[next.len_utf8()..];
        Some(next)
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        self.values += 1;
        if depth > DEPTH_MOST || self.values > VALUES_MOST {
            return None;
        }
        self.blanks();
        Some(match self.text.bytes().next()? {
            b'{' => Json::Object(self.members(depth)?),
            b'[' => Json::List(self.items(depth)?),
            b'"' => Json::Text(self.string()?),
            b'n' if self.eat("null") => Json::Null,
            b't' if self.eat("true") => Json::Bool(true),
            b'f' if self.eat("false") => Json::Bool(false),
            _ => Json::Number(self.number()?),
        })
    }

    fn members(&mut self, depth: usize) -> Option<Vec<(String, Json)>> {
        let (mut members, mut keys) = (Vec::new(), HashSet::new());
        self.eat("{");
        self.blanks();
        if self.eat("}") {
            return Some(members);
        }
        loop {
            self.blanks();
            let key = self.string()?;
            self.blanks();
            if !self.eat(":") || !keys.insert(key.clone()) {
                return None;
            }
            members.push((key, self.value(depth + 1)?));
            self.blanks();
            if self.eat("}") {
                return Some(members);
            }
            if !self.eat(",") {
                return None;
            }
        }
    }

    fn items(&mut self, depth: usize) -> Option<Vec<Json>> {
        let mut items = Vec::new();
        self.eat("[");
        self.blanks();
        if self.eat("]") {
            return Some(items);
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.blanks();
            if self.eat("]") {
                return Some(items);
            }
            if !self.eat(",") {
                return None;
            }
        }
    }

    fn string(&mut self) -> Option<String> {
        if !self.eat("\"") {
            return None;
        }
        let mut string = String::new();
        loop {
            match self.next()? {
                '"' => return Some(string),
                '\\' => string.push(self.escaped()?),
                '\0'..='\x1f' => return None,
                other => string.push(other),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            same @ ('"' | '\\' | '/') => same,
            'b' => '\x08',
            'f' => '\x0c',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'u' => match self.four_digits()? {
                high @ 0xd800..=0xdbff => {
                    let low = if self.eat("\\u") { self.four_digits()? } else { 0 };
                    let low = Some(low).filter(|low| (0xdc00..=0xdfff).contains(low))?;
                    char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00))?
                }
                unit => char::from_u32(unit)?,
            },
            _ => return None,
        })
    }

    fn four_digits(&mut self) -> Option<u32> {
        (0..4).try_fold(0, |unit, _| Some(unit * 16 + self.next()?.to_digit(16)?))
    }

    fn number(&mut self) -> Option<String> {
        let start = self.text;
        self.eat("-");
        if !self.eat("0") {
            self.digits()?;
        }
        if self.eat(".") {
            self.digits()?;
        }
        if self.eat("e") || self.eat("E") {
            let _ = self.eat("+") || self.eat("-");
            self.digits()?;
        }
        Some(start[..start.len() - self.text.len()].to_owned())
    }

    fn digits(&mut self) -> Option<()> {
        let rest = self.text.trim_start_matches(|digit: char| digit.is_ascii_digit());
        let some = rest.len() < self.text.len();
        self.text = rest;
        some.then_some(())
    }
}

#[test]
fn it_reads_by_the_book() {
    for good in ["0", "-0.5e+1", " [ ] ", r#"{"a":[true,null,"\ud83d\ude00\/"]}"#] {
        assert!(read(good.as_bytes()).is_some(), "{good}");
    }
    for bad in ["", "01", "1.", "+1", "[1,]", "{}x", r#"{"a":1,"\u0061":2}"#, r#""\ud800""#, "\u{feff}1", "\"\t\""] {
        assert!(read(bad.as_bytes()).is_none(), "{bad}");
    }
    assert!(read(&[[b'['; 33], [b']'; 33]].concat()).is_some());
    assert!(read(&[[b'['; 34], [b']'; 34]].concat()).is_none());
}
