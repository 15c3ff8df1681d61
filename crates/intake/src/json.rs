//! What is common to reading JSON: depth before parsing, the good part of a broken file, and reaching into a value.

use serde_json::Value;
use values::{Link, Moment, SaidBy};

use crate::{Refused, time};

/// Returns how deep the brackets of `bytes` nest, without parsing: strings are skipped, errors are not noticed.
pub(crate) fn depth(bytes: &[u8]) -> u32 {
    let (mut depth, mut deepest) = (0_u32, 0_u32);
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' | b'[' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' | b']' => depth = depth.saturating_sub(1),
            b'"' => at = end_of_string(bytes, at),
            _ => {}
        }
        at += 1;
    }
    deepest
}

/// Returns the offset of the quote that ends the string opened at `start`, or the end of `bytes`.
fn end_of_string(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr2(b'"', b'\\', rest)) {
        at += found;
        if bytes[at] == b'"' {
            return at;
        }
        at += 2;
    }
    bytes.len()
}

/// Returns the part of `text` before the place `error` names, cut behind its last whole value and closed. `None` where
/// no whole value stands there.
pub(crate) fn salvage(text: &str, error: &serde_json::Error) -> Option<String> {
    let limit = offset_of(text, error.line(), error.column());
    let bytes = &text.as_bytes()[..limit];
    let mut open: Vec<u8> = Vec::new();
    // The end of the last whole value, and how many brackets were open there.
    let mut good: Option<(usize, usize)> = None;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'{' => open.push(b'}'),
            b'[' => open.push(b']'),
            b'}' | b']' => {
                if open.pop() != Some(bytes[at]) {
                    break;
                }
                good = Some((at + 1, open.len()));
            }
            b'"' => {
                let end = end_of_string(bytes, at);
                if end >= bytes.len() {
                    break;
                }
                let after = bytes[end + 1..].iter().find(|b| !b.is_ascii_whitespace());
                if after.is_some_and(|next| *next != b':') {
                    good = Some((end + 1, open.len()));
                }
                at = end;
            }
            b',' | b':' | b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => {
                let end = at
                    + bytes[at..].iter().position(|b| b",]} \t\r\n".contains(b)).unwrap_or(bytes.len() - at);
                if end >= bytes.len() || serde_json::from_slice::<Value>(&bytes[at..end]).is_err() {
                    break;
                }
                good = Some((end, open.len()));
                at = end - 1;
            }
        }
        at += 1;
    }
    let (end, depth) = good?;
    let mut saved = text[..end].to_owned();
    saved.extend(open[..depth.min(open.len())].iter().rev().map(|b| char::from(*b)));
    serde_json::from_str::<serde::de::IgnoredAny>(&saved).is_ok().then_some(saved)
}

/// Returns the byte offset of a line and column (in bytes, as serde_json counts them), at most the length of `text`.
fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = if line <= 1 {
        0
    } else {
        memchr::memchr_iter(b'\n', text.as_bytes()).nth(line - 2).map_or(text.len(), |at| at + 1)
    };
    let mut at = (start + column).min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// Replaces `\ud83d` and its like where the other half is missing. Returns `None` where none is.
pub(crate) fn mend_surrogates(text: &str) -> Option<String> {
    let bytes = text.as_bytes();
    let mut mended: Option<String> = None;
    let (mut at, mut kept) = (0, 0);
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr::memchr(b'\\', rest)) {
        at += found;
        let unit = |at: usize| -> Option<u16> {
            let hex = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
            u16::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok()
        };
        match unit(at) {
            Some(0xD800..=0xDBFF) if matches!(unit(at + 6), Some(0xDC00..=0xDFFF)) => at += 12,
            Some(0xD800..=0xDFFF) => {
                let mended = mended.get_or_insert_default();
                mended.push_str(&text[kept..at]);
                mended.push_str("\\ufffd");
                at += 6;
                kept = at;
            }
            _ => at += 2,
        }
    }
    mended.map(|mut mended| {
        mended.push_str(&text[kept..]);
        mended
    })
}

/// Returns the refusal for JSON that nests too deep.
pub(crate) fn too_deep(limit: u32) -> Refused {
    Refused::new(
        "json.too_deep",
        format!("The file nests brackets more than {limit} deep, which no export of a platform does."),
        "It may have been made to crash programs. Ask for the export again from where it came.",
    )
}

/// Returns the refusal for JSON of which nothing could be read.
pub(crate) fn broken(error: &serde_json::Error) -> Refused {
    Refused::new(
        "json.broken",
        format!(
            "The file should be JSON and breaks its rules at line {}, column {}, before anything could be read.",
            error.line(),
            error.column()
        ),
        "Make the export again, or name another format with --as.",
    )
}

/// Reaching into a JSON value.
pub(crate) trait Dig {
    /// Returns the value at a path of keys with dots between them.
    fn dig(&self, path: &str) -> Option<&Value>;

    /// Returns the text at a path, `None` where it is empty or no text.
    fn text(&self, path: &str) -> Option<&str> {
        self.dig(path)?.as_str().filter(|text| !text.is_empty())
    }

    /// Returns the id at a path: a text, or a whole number as its digits. A float is no id: it has lost digits. `0` and
    /// the empty text mean that there is none.
    fn id(&self, path: &str) -> Option<String> {
        let id = match self.dig(path)? {
            Value::String(text) => text.clone(),
            Value::Number(number) if !number.is_f64() => number.to_string(),
            _ => return None,
        };
        (!id.is_empty() && id != "0").then_some(id)
    }

    /// Returns the count at a path, given as a number or as digits.
    fn count(&self, path: &str) -> Option<u64> {
        match self.dig(path)? {
            Value::Number(number) => number.as_u64().or_else(|| {
                number.as_f64().filter(|n| n.fract() == 0.0 && (0.0..9e15).contains(n)).map(|n| n as u64)
            }),
            Value::String(text) => text.trim().parse().ok(),
            _ => None,
        }
    }

    /// Returns the truth value at a path.
    fn flag(&self, path: &str) -> Option<bool> {
        self.dig(path)?.as_bool()
    }

    /// Returns the RFC 3339 time at a path.
    fn moment(&self, path: &str, said_by: SaidBy) -> Option<Moment> {
        Moment::parse(self.text(path)?, said_by).ok()
    }

    /// Returns the time at a path given as seconds, or milliseconds, since 1970.
    fn epoch(&self, path: &str, said_by: SaidBy) -> Option<Moment> {
        time::epoch(i64::try_from(self.count(path)?).ok()?, said_by)
    }

    /// Returns the address at a path.
    fn link(&self, path: &str) -> Option<Link> {
        Link::new(self.text(path)?)
    }

    /// Returns the list at a path, empty where there is none.
    fn list(&self, path: &str) -> &[Value];
}

impl Dig for Value {
    fn dig(&self, path: &str) -> Option<&Value> {
        let found = path.split('.').try_fold(self, |value, key| value.get(key))?;
        (!found.is_null()).then_some(found)
    }

    fn list(&self, path: &str) -> &[Value] {
        self.dig(path).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_skips_strings() {
        assert_eq!(depth(br#"{"a":["[[[[\"[[",1]}"#), 2);
        assert_eq!(depth("[".repeat(200_000).as_bytes()), 200_000);
        assert_eq!(depth(br#""open"#), 0);
    }

    #[test]
    fn the_good_part_of_a_cut_file_is_kept() {
        let check = |given: &str, expected: Option<&str>| {
            let error = serde_json::from_str::<serde::de::IgnoredAny>(given).unwrap_err();
            assert_eq!(salvage(given, &error).as_deref(), expected, "{given}");
        };
        check(r#"[{"a":1},{"b":"cu"#, Some(r#"[{"a":1}]"#));
        check(r#"{"log":{"entries":[{"u":"x","v":[1,2"#, Some(r#"{"log":{"entries":[{"u":"x","v":[1]}]}}"#));
        check(r#"[{"a":1},{"b":@"#, Some(r#"[{"a":1}]"#));
        check("{\"é\": \"é\", \"b\n\": 1", Some("{\"é\": \"é\"}"));
        check("{", None);
        check("nonsense", None);
    }

    #[test]
    fn half_characters_are_mended() {
        assert_eq!(mend_surrogates(r#""\ud83d\ude00 \\ud83d""#), None);
        assert_eq!(mend_surrogates(r#""a\ud83d b\ude00""#).as_deref(), Some(r#""a\ufffd b\ufffd""#));
    }

    #[test]
    fn a_float_is_no_id() {
        let value: Value =
            serde_json::from_str(r#"{"a":1985726524027830284,"b":1.9857e18,"c":"7","d":0}"#).unwrap();
        assert_eq!(value.id("a").as_deref(), Some("1985726524027830284"));
        assert_eq!((value.id("b"), value.id("d")), (None, None));
        assert_eq!(value.id("c").as_deref(), Some("7"));
    }
}
