//! Where in a capture something stands.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A place inside a capture: a member of an archive when there is one, then a spot in it.
///
/// As text: `line:17`, `row:4`, `record:2`, `entry:3`, `pointer:/0/text`, `bytes:120-380`, `box:10,20,300,40`, `whole`,
/// each with `member!` in front when the capture is an archive: `data/tweets.js!pointer:/0`. Members nest with `!`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The path of the archive member, `None` for the capture itself. Nested archives are joined with `!`.
    pub member: Option<String>,
    /// The spot.
    pub at: At,
}

/// A spot in one file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum At {
    /// The whole file.
    Whole,
    /// A line, counted from 1.
    Line(u64),
    /// A row of a table, counted from 1, the header not counted.
    Row(u64),
    /// A record of a container such as WARC or CAR, counted from 1.
    Record(u64),
    /// An entry of a list such as a HAR log, counted from 0 as in the file.
    Entry(u64),
    /// A JSON pointer (RFC 6901).
    Pointer(String),
    /// A line, then a JSON pointer inside it.
    LinePointer(u64, String),
    /// An entry, then a JSON pointer inside its body.
    EntryPointer(u64, String),
    /// Bytes `start..end`.
    Bytes(u64, u64),
    /// A box of pixels: left, top, width, height.
    Box(u32, u32, u32, u32),
}

impl Place {
    /// Returns a place in the capture itself.
    pub const fn new(at: At) -> Self {
        Self { member: None, at }
    }

    /// Returns the whole capture as a place.
    pub const fn whole() -> Self {
        Self::new(At::Whole)
    }

    /// Returns the place of line `number`, counted from 1.
    pub const fn line(number: u64) -> Self {
        Self::new(At::Line(number))
    }

    /// Returns the same spot inside the archive member `path`; an existing member becomes nested in it.
    #[must_use]
    pub fn inside(mut self, path: &str) -> Self {
        self.member = Some(match self.member {
            Some(inner) => format!("{path}!{inner}"),
            None => path.to_owned(),
        });
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(member) = &self.member {
            write!(f, "{member}!")?;
        }
        match &self.at {
            At::Whole => write!(f, "whole"),
            At::Line(n) => write!(f, "line:{n}"),
            At::Row(n) => write!(f, "row:{n}"),
            At::Record(n) => write!(f, "record:{n}"),
            At::Entry(n) => write!(f, "entry:{n}"),
            At::Pointer(pointer) => write!(f, "pointer:{pointer}"),
            At::LinePointer(n, pointer) => write!(f, "line:{n}:{pointer}"),
            At::EntryPointer(n, pointer) => write!(f, "entry:{n}:{pointer}"),
            At::Bytes(start, end) => write!(f, "bytes:{start}-{end}"),
            At::Box(x, y, w, h) => write!(f, "box:{x},{y},{w},{h}"),
        }
    }
}

/// Why a text is not a place.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{given}” is not a place in a capture; expected something like line:17 or pointer:/0/text")]
pub struct NotAPlace {
    /// The text as given.
    pub given: String,
}

impl FromStr for Place {
    type Err = NotAPlace;

    fn from_str(given: &str) -> Result<Self, NotAPlace> {
        let wrong = || NotAPlace { given: given.to_owned() };
        // A JSON pointer may itself hold '!', so the spot is looked for from each '!' on, leftmost spot first.
        if let Some(at) = spot(given) {
            return Ok(Self::new(at));
        }
        for (index, _) in given.match_indices('!') {
            if let Some(at) = spot(&given[index + 1..]) {
                return Ok(Self { member: Some(given[..index].to_owned()), at });
            }
        }
        Err(wrong())
    }
}

fn spot(text: &str) -> Option<At> {
    if text == "whole" {
        return Some(At::Whole);
    }
    let (kind, rest) = text.split_once(':')?;
    let numbered = |plain: fn(u64) -> At, deep: fn(u64, String) -> At| match rest.split_once(':') {
        Some((n, pointer)) => n.parse().ok().map(|n| deep(n, pointer.to_owned())),
        None => rest.parse().ok().map(plain),
    };
    match kind {
        "line" => numbered(At::Line, At::LinePointer),
        "entry" => numbered(At::Entry, At::EntryPointer),
        "row" => rest.parse().ok().map(At::Row),
        "record" => rest.parse().ok().map(At::Record),
        "pointer" if rest.is_empty() || rest.starts_with('/') => Some(At::Pointer(rest.to_owned())),
        "bytes" => {
            let (start, end) = rest.split_once('-')?;
            Some(At::Bytes(start.parse().ok()?, end.parse().ok()?))
        }
        "box" => {
            let mut sides = rest.split(',').map(str::parse::<u32>);
            let mut side = || sides.next()?.ok();
            let at = At::Box(side()?, side()?, side()?, side()?);
            side().is_none().then_some(at)
        }
        _ => None,
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_reads_back() {
        let places = [
            Place::whole(),
            Place::line(17),
            Place::new(At::Row(4)),
            Place::new(At::Record(2)),
            Place::new(At::Entry(0)),
            Place::new(At::Pointer("/0/te!xt".into())),
            Place::new(At::LinePointer(3, "/data/legacy".into())),
            Place::new(At::EntryPointer(3, "/a:b".into())),
            Place::new(At::Bytes(120, 380)),
            Place::new(At::Box(1, 2, 3, 4)),
            Place::line(1).inside("data/tweets.js").inside("export.zip"),
        ];
        for place in places {
            assert_eq!(place.to_string().parse(), Ok(place));
        }
        assert!("somewhere".parse::<Place>().is_err());
    }
}
