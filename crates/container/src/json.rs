//! JSON read so that no two readers can disagree on it: bounded depth, no key twice, nothing after the end.
//!
//! A manifest with two `hash` keys is two manifests: one reader takes the first, another the last, and a signature
//! covers both. Such a text is refused, as is one nested deeper than any manifest needs, which makes naive readers
//! run out of stack.

use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

/// Why a text was refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// Nested deeper than the limit.
    Depth,
    /// The key stands twice in one object.
    DuplicateKey(String),
    /// Not JSON; the parser's own words.
    Syntax(String),
}

/// Reads one JSON text. Errors when it is refused: see [`Refused`].
pub fn read(text: &[u8], depth: usize) -> Result<Value, Refused> {
    let why = Cell::new(None);
    let mut reader = serde_json::Deserializer::from_slice(text);
    let strict = Strict { left: depth, why: &why };
    let read = strict.deserialize(&mut reader).and_then(|value| reader.end().map(|()| value));
    read.map_err(|error| match why.take() {
        Some(refused) => refused,
        None if error.to_string().starts_with("recursion limit") => Refused::Depth,
        None => Refused::Syntax(error.to_string()),
    })
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    left: usize,
    why: &'a Cell<Option<Refused>>,
}

impl Strict<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        if self.left == 0 {
            self.why.set(Some(Refused::Depth));
            return Err(E::custom("too deep"));
        }
        Ok(Self { left: self.left - 1, ..self })
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(inner)? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if map.contains_key(&key) {
                self.why.set(Some(Refused::DuplicateKey(key)));
                return Err(A::Error::custom("key twice"));
            }
            let value = entries.next_value_seed(inner)?;
            map.insert(key, value);
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<Value, Refused>) {
        assert_eq!(read(text.as_bytes(), 4), expected, "{text}");
    }

    #[test]
    fn ordinary_values_are_read_as_they_are() {
        check(r#"{"a":[1,-2,2.5,null,true,"x"]}"#, Ok(serde_json::json!({"a":[1,-2,2.5,null,true,"x"]})));
        check("[[[[1]]]]", Ok(serde_json::json!([[[[1]]]])));
    }

    #[test]
    fn what_readers_could_disagree_on_is_refused() {
        check(r#"{"a":1,"a":1}"#, Err(Refused::DuplicateKey("a".into())));
        check(r#"{"a":1,"\u0061":2}"#, Err(Refused::DuplicateKey("a".into())));
        check("[[[[[]]]]]", Err(Refused::Depth));
        check(&"[".repeat(200_000), Err(Refused::Depth));
        check(&format!("{}1", r#"{"a":"#.repeat(200_000)), Err(Refused::Depth));
        assert!(matches!(read(b"{} {}", 4), Err(Refused::Syntax(_))));
        assert!(matches!(read(b"\xff", 4), Err(Refused::Syntax(_))));
        assert!(matches!(read(b"", 4), Err(Refused::Syntax(_))));
    }
}
