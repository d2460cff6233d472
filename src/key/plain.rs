//! What forms, web pages, mails and programs do to a text that is pasted, undone as far as it is certain: only
//! characters change that neither PEM nor Base64 has.

use zeroize::Zeroizing;

/// Elements that a copied page or mail has between the parts of a text: those that break its line, and others.
const BREAKING: [&[u8]; 7] = [b"br", b"p", b"div", b"pre", b"tr", b"td", b"li"];
const INLINE: [&[u8]; 7] = [b"span", b"code", b"wbr", b"font", b"b", b"i", b"tt"];
const ELEMENT_MAX: usize = 200;
const NAMED: [(&[u8], char); 8] = [
    (b"nbsp", '\u{a0}'),
    (b"shy", '\u{ad}'),
    (b"plus", '+'),
    (b"sol", '/'),
    (b"equals", '='),
    (b"lowbar", '_'),
    (b"hyphen", '-'),
    (b"NewLine", '\n'),
];
const ENTITY_MAX: usize = 10;

/// The text without percent-encoding, HTML, escapes of JSON and of shells, and invisible characters.
///
/// Each step writes into a buffer that has its final size from the start, and is wiped.
pub(super) fn plain(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let text = without_percent(text);
    let text = without_html(&text);
    let text = without_escapes(&text);
    without_decoration(&text)
}

/// A text that is encoded as a whole has no blank and no line end. A `+` that it has is a blank, if plus signs and
/// slashes are `%2B` and `%2F`.
fn without_percent(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len()));
    if !text.contains(&b'%') || text.trim_ascii().iter().any(u8::is_ascii_whitespace) {
        plain.extend_from_slice(text);
        return plain;
    }
    let encoded = |rest: &[u8]| match rest {
        [b'%', high, low, ..] => Some((hex(*high)? << 4 | hex(*low)?) as u8),
        _ => None,
    };
    let is_form = [&b"%2B"[..], b"%2b", b"%2F", b"%2f", b"BEGIN+"].iter().any(|part| contains(text, part));
    let mut rest = text;
    while let [first, after @ ..] = rest {
        match encoded(rest) {
            Some(byte) => {
                plain.push(byte);
                rest = rest.get(3..).unwrap_or_default();
                continue;
            }
            None if *first == b'+' && is_form => plain.push(b' '),
            None => plain.push(*first),
        }
        rest = after;
    }
    plain
}

fn without_html(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let [first, after @ ..] = rest {
        if let Some((breaks, length)) = element(rest) {
            if breaks {
                plain.push(b'\n');
            }
            rest = rest.get(length..).unwrap_or_default();
        } else if let Some((character, length)) = entity(rest) {
            push(&mut plain, character);
            rest = rest.get(length..).unwrap_or_default();
        } else {
            plain.push(*first);
            rest = after;
        }
    }
    plain
}

/// Whether the element that the text begins with breaks the line, and its length.
fn element(text: &[u8]) -> Option<(bool, usize)> {
    let inner = text.strip_prefix(b"<")?;
    let inner = inner.strip_prefix(b"/").unwrap_or(inner);
    let name = inner.split(|byte| !byte.is_ascii_alphanumeric()).next()?;
    let is = |names: &[&[u8]]| names.iter().any(|one| one.eq_ignore_ascii_case(name));
    let breaks = is(&BREAKING);
    let end = text.iter().take(ELEMENT_MAX).position(|byte| *byte == b'>')?;
    (breaks || is(&INLINE)).then_some((breaks, end + 1))
}

/// The character that an entity at the beginning of the text stands for, and the entity's length.
fn entity(text: &[u8]) -> Option<(char, usize)> {
    let inner = text.strip_prefix(b"&")?;
    let end = inner.iter().take(ENTITY_MAX).position(|byte| *byte == b';')?;
    let name = inner.get(..end)?;
    let character = match name {
        [b'#', b'x' | b'X', digits @ ..] => number(digits, 16)?,
        [b'#', digits @ ..] => number(digits, 10)?,
        _ => NAMED.iter().find(|(known, _)| *known == name)?.1,
    };
    Some((character, end + 2))
}

/// Backslashes are in no key: one or more with `n` or `r` are a line end, and so are those at the end of a line.
fn without_escapes(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len()));
    let mut rest = text;
    while let [first, after @ ..] = rest {
        if *first != b'\\' {
            plain.push(*first);
            rest = after;
            continue;
        }
        let escaped = after.iter().position(|byte| *byte != b'\\').and_then(|at| after.get(at..)).unwrap_or_default();
        rest = match escaped {
            [b'n' | b'r' | b'\n' | b'\r', after @ ..] => {
                plain.push(b'\n');
                after
            }
            [b't', after @ ..] => {
                plain.push(b' ');
                after
            }
            [b'/', after @ ..] => {
                plain.push(b'/');
                after
            }
            [b'"' | b'\'', after @ ..] => after,
            [b'u', digits @ ..] => match digits.split_at_checked(4) {
                Some((digits, after)) if number(digits, 16).is_some() => {
                    push(&mut plain, number(digits, 16).unwrap_or_default());
                    after
                }
                _ => {
                    plain.push(b'\\');
                    escaped
                }
            },
            other => {
                plain.push(b'\\');
                other
            }
        };
    }
    plain
}

/// Blanks of every kind become plain ones, and what cannot be seen goes.
fn without_decoration(text: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut plain = Zeroizing::new(Vec::with_capacity(text.len()));
    for chunk in text.utf8_chunks() {
        for character in chunk.valid().chars() {
            match character {
                '\u{85}' | '\u{2028}' | '\u{2029}' => plain.push(b'\n'),
                blank if !blank.is_ascii() && blank.is_whitespace() => plain.push(b' '),
                invisible if is_invisible(invisible) => {}
                other => push(&mut plain, other),
            }
        }
        plain.extend_from_slice(chunk.invalid());
    }
    plain
}

/// Unicode's characters that are drawn as nothing (`Default_Ignorable_Code_Point`), as far as texts have them.
fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{ad}'
            | '\u{34f}'
            | '\u{61c}'
            | '\u{115f}'
            | '\u{1160}'
            | '\u{17b4}'
            | '\u{17b5}'
            | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}'
            | '\u{ffa0}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e0fff}'
    )
}

fn push(plain: &mut Vec<u8>, character: char) {
    plain.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
}

fn number(digits: &[u8], radix: u32) -> Option<char> {
    let digits = std::str::from_utf8(digits).ok().filter(|digits| !digits.starts_with('+'))?;
    char::from_u32(u32::from_str_radix(digits, radix).ok()?)
}

fn hex(digit: u8) -> Option<u32> {
    char::from(digit).to_digit(16)
}

pub(super) fn contains(text: &[u8], part: &[u8]) -> bool {
    split(text, part).is_some()
}

pub(super) fn split<'a>(text: &'a [u8], separator: &[u8]) -> Option<(&'a [u8], &'a [u8])> {
    let at = text.windows(separator.len()).position(|window| window == separator)?;
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.get(separator.len()..)?))
}
