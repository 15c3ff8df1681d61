//! DAG-CBOR (IPLD): the one strict form of CBOR (RFC 8949) that the AT Protocol hashes and signs. Whole numbers, byte and
//! text strings, lists, maps with text keys in a fixed order, links, truth values and null; nothing of open length.

use std::cmp::Ordering;

use serde_json::{Map, Number, Value as Json};

use super::cid_text;
use crate::base64;

/// A value of DAG-CBOR.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    /// Not negative.
    Uint(u64),
    /// `-1 - n`.
    Nint(u64),
    Bytes(Vec<u8>),
    Text(String),
    List(Vec<Value>),
    /// Keys in the order of the file.
    Map(Vec<(String, Value)>),
    /// A raw CID.
    Link(Vec<u8>),
}

/// How deep a value may nest.
const MAX_DEPTH: u32 = 64;

impl Value {
    /// Returns the value under `key`.
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Map(pairs) => pairs.iter().find(|(known, _)| known == key).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn bytes(&self) -> Option<&[u8]> {
        if let Self::Bytes(bytes) = self { Some(bytes) } else { None }
    }

    pub(crate) fn link(&self) -> Option<&[u8]> {
        if let Self::Link(raw) = self { Some(raw) } else { None }
    }

    pub(crate) fn list(&self) -> &[Self] {
        if let Self::List(list) = self { list } else { &[] }
    }

    pub(crate) fn uint(&self) -> Option<u64> {
        if let Self::Uint(number) = self { Some(*number) } else { None }
    }
}

/// Reads one value and returns how many bytes it took. `None` for anything that is not strict DAG-CBOR.
pub(crate) fn decode(bytes: &[u8]) -> Option<(Value, usize)> {
    let mut reader = Reader { bytes, at: 0 };
    let value = reader.value(0)?;
    Some((value, reader.at))
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(count)?)?;
        self.at += count;
        Some(taken)
    }

    /// Returns the major type and its number, which must be written as short as it can be.
    fn head(&mut self) -> Option<(u8, u64)> {
        let first = self.take(1)?[0];
        let (number, least) = match first & 31 {
            short @ 0..=23 => (u64::from(short), 0),
            24 => (u64::from(self.take(1)?[0]), 24),
            25 => (u64::from(u16::from_be_bytes(self.take(2)?.try_into().ok()?)), 1 << 8),
            26 => (u64::from(u32::from_be_bytes(self.take(4)?.try_into().ok()?)), 1 << 16),
            27 => (u64::from_be_bytes(self.take(8)?.try_into().ok()?), 1 << 32),
            _ => return None,
        };
        let major = first >> 5;
        (number >= least || major == 7).then_some((major, number))
    }

    fn value(&mut self, depth: u32) -> Option<Value> {
        if depth > MAX_DEPTH {
            return None;
        }
        let (major, number) = self.head()?;
        let length = usize::try_from(number).ok();
        Some(match major {
            0 => Value::Uint(number),
            1 => Value::Nint(number),
            2 => Value::Bytes(self.take(length?)?.to_vec()),
            3 => Value::Text(std::str::from_utf8(self.take(length?)?).ok()?.to_owned()),
            4 => {
                let mut list = Vec::new();
                for _ in 0..length? {
                    list.push(self.value(depth + 1)?);
                }
                Value::List(list)
            }
            5 => {
                let mut pairs: Vec<(String, Value)> = Vec::new();
                for _ in 0..length? {
                    let Value::Text(key) = self.value(depth + 1)? else { return None };
                    if pairs.last().is_some_and(|(last, _)| order(last, &key) != Ordering::Less) {
                        return None;
                    }
                    pairs.push((key, self.value(depth + 1)?));
                }
                Value::Map(pairs)
            }
            6 if number == 42 => {
                let Value::Bytes(raw) = self.value(depth + 1)? else { return None };
                Value::Link(raw.strip_prefix(&[0])?.to_vec())
            }
            7 => match number {
                20 => Value::Bool(false),
                21 => Value::Bool(true),
                22 => Value::Null,
                _ => return None,
            },
            _ => return None,
        })
    }
}

/// Keys stand by length, then by bytes.
fn order(a: &str, b: &str) -> Ordering {
    a.len().cmp(&b.len()).then_with(|| a.as_bytes().cmp(b.as_bytes()))
}

/// Writes a value in the one strict form; keys are put in order.
pub(crate) fn encode(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    write(value, &mut bytes);
    bytes
}

fn write(value: &Value, bytes: &mut Vec<u8>) {
    match value {
        Value::Null => bytes.push(0xF6),
        Value::Bool(value) => bytes.push(if *value { 0xF5 } else { 0xF4 }),
        Value::Uint(number) => head(0, *number, bytes),
        Value::Nint(number) => head(1, *number, bytes),
        Value::Bytes(inner) => {
            head(2, inner.len() as u64, bytes);
            bytes.extend_from_slice(inner);
        }
        Value::Text(text) => {
            head(3, text.len() as u64, bytes);
            bytes.extend_from_slice(text.as_bytes());
        }
        Value::List(list) => {
            head(4, list.len() as u64, bytes);
            list.iter().for_each(|value| write(value, bytes));
        }
        Value::Map(pairs) => {
            let mut pairs: Vec<&(String, Value)> = pairs.iter().collect();
            pairs.sort_by(|(a, _), (b, _)| order(a, b));
            head(5, pairs.len() as u64, bytes);
            for (key, value) in pairs {
                head(3, key.len() as u64, bytes);
                bytes.extend_from_slice(key.as_bytes());
                write(value, bytes);
            }
        }
        Value::Link(raw) => {
            head(6, 42, bytes);
            head(2, raw.len() as u64 + 1, bytes);
            bytes.push(0);
            bytes.extend_from_slice(raw);
        }
    }
}

fn head(major: u8, number: u64, bytes: &mut Vec<u8>) {
    let major = major << 5;
    let long = number.to_be_bytes();
    match number {
        0..=23 => bytes.push(major | number as u8),
        24..=0xFF => bytes.extend_from_slice(&[major | 24, number as u8]),
        0x100..=0xFFFF => {
            bytes.push(major | 25);
            bytes.extend_from_slice(&long[6..]);
        }
        0x1_0000..=0xFFFF_FFFF => {
            bytes.push(major | 26);
            bytes.extend_from_slice(&long[4..]);
        }
        _ => {
            bytes.push(major | 27);
            bytes.extend_from_slice(&long);
        }
    }
}

/// Returns the record that a JSON text stands for: `{"$link": …}` is a link, `{"$bytes": …}` bytes. `None` where JSON
/// says something the strict form cannot hold, such as a fraction.
pub(crate) fn from_json(json: &Json) -> Option<Value> {
    Some(match json {
        Json::Null => Value::Null,
        Json::Bool(value) => Value::Bool(*value),
        Json::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => Value::Uint(number),
            (None, Some(number)) => Value::Nint(number.unsigned_abs() - 1),
            _ => return None,
        },
        Json::String(text) => Value::Text(text.clone()),
        Json::Array(list) => Value::List(list.iter().map(from_json).collect::<Option<_>>()?),
        Json::Object(map) if map.len() == 1 && map.contains_key("$link") => {
            Value::Link(cid_raw(map.get("$link")?.as_str()?)?)
        }
        Json::Object(map) if map.len() == 1 && map.contains_key("$bytes") => {
            Value::Bytes(base64::decode(map.get("$bytes")?.as_str()?)?)
        }
        Json::Object(map) => Value::Map(
            map.iter().map(|(key, value)| Some((key.clone(), from_json(value)?))).collect::<Option<_>>()?,
        ),
    })
}

/// Returns the JSON text that stands for a record.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Bool(value) => Json::Bool(*value),
        Value::Uint(number) => Json::Number(Number::from(*number)),
        Value::Nint(number) => {
            Json::Number(Number::from(-1_i64 - i64::try_from(*number).unwrap_or(i64::MAX - 1)))
        }
        Value::Bytes(bytes) => {
            Json::Object(Map::from_iter([("$bytes".to_owned(), Json::String(base64::encode(bytes)))]))
        }
        Value::Text(text) => Json::String(text.clone()),
        Value::List(list) => Json::Array(list.iter().map(to_json).collect()),
        Value::Map(pairs) => {
            Json::Object(pairs.iter().map(|(key, value)| (key.clone(), to_json(value))).collect())
        }
        Value::Link(raw) => Json::Object(Map::from_iter([("$link".to_owned(), Json::String(cid_text(raw)))])),
    }
}

/// Returns the raw CID of one written in base 32.
fn cid_raw(text: &str) -> Option<Vec<u8>> {
    let mut raw = Vec::new();
    let (mut bits, mut count) = (0_u32, 0);
    for byte in text.strip_prefix('b')?.bytes() {
        let value = match byte {
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => return None,
        };
        bits = bits << 5 | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            raw.push((bits >> count & 0xFF) as u8);
        }
    }
    Some(raw)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_reads_back_the_same() {
        let json: Json = serde_json::from_str(
            r#"{"b":[1,-1,23,24,255,256,65535,65536,4294967296,null,true,false],"aa":"é","c":{"$bytes":"Zm9v"},"l":{"$link":"bafyreia5ml4hvx6yoroqopncjesn2smu6vd3nwa7dxv7ms5hew55ydhkim"}}"#,
        )
        .unwrap();
        let value = from_json(&json).unwrap();
        let bytes = encode(&value);
        let (back, length) = decode(&bytes).unwrap();
        assert_eq!((to_json(&back), length), (json, bytes.len()));
        assert_eq!(encode(&back), bytes);
    }

    #[test]
    fn other_forms_of_cbor_are_refused() {
        for wrong in [
            &[0x18, 5][..],                              // a number longer than it needs to be
            &[0xFB, 0, 0, 0, 0, 0, 0, 0, 0],             // a float
            &[0x9F, 0xFF],                               // a list of open length
            &[0xA2, 0x61, b'b', 0, 0x61, b'a', 0],       // keys out of order
            &[0xA2, 0x61, b'a', 0, 0x61, b'a', 0],       // a key twice
            &[0xC1, 0],                                  // another tag
            &[0x5B, 0xFF, 0xFF, 0xFF, 0xFF, 0, 0, 0, 0], // bytes that are not there
            &[],
        ] {
            assert_eq!(decode(wrong), None, "{wrong:?}");
        }
        assert_eq!(decode(&[0x81; 100_000]), None);
    }
}
